import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scripted, workplace } from '../support/engine.ts';

const read = (place: { readonly folder: string }, name: string): string =>
  readFileSync(join(place.folder, name), 'utf8');
const STEP = (name: string, script: string): string => `~~~bash name=${name}\n${script}\n~~~\n`;
const PAGE = (first: string): string =>
  `---\ninputs: { who: { type: string } }\n---\n# A\n\n${STEP('one', first)}\n${STEP('two', '[ -e mended ]; echo "$FOUND {{who}}" > said')}`;

test('what a step that is done has set is not asked for when the run is gone on with', async () => {
  const place = workplace(PAGE('FOUND=kept'));
  const asked = { request: { inputs: { who: 'ana' } } };
  expect((await place.run('ops.md', asked)).exitCode).toBe(1);
  writeFileSync(join(place.folder, 'mended'), '');
  expect((await place.resume()).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('kept ana\n');
});

test('what nothing has set is still asked for then', async () => {
  const place = workplace(PAGE('true'));
  const given = { FOUND: 'given' };
  const asked = { request: { inputs: { who: 'ana' } }, env: given };
  expect((await place.run('ops.md', asked)).exitCode).toBe(1);
  await expect(place.resume()).rejects.toThrow(/Nothing sets `\$FOUND`/);
  expect(existsSync(join(place.folder, 'said'))).toBe(false);
});

test('a rollback has what the steps before it have set', async () => {
  const back = `\n## Rollback\n\n${STEP('back', 'echo "$FOUND" > undone')}`;
  const place = workplace(
    `# A\n\n## Do\n\n${STEP('one', 'FOUND=kept')}\n${STEP('two on-fail=rollback', 'false')}${back}`,
  );
  const done = await place.run('ops.md', { request: { procedures: ['do'] } });
  expect([done.exitCode, read(place, 'undone')]).toEqual([1, 'kept\n']);
});

test('a step that changes something and ran out of its time is settled by a word', async () => {
  const place = workplace(`# A\n\n${STEP('one effect=writes timeout=100ms', 'sleep 20')}`);
  await place.run();
  expect((await place.resume()).exitCode).toBe(4);
  const done = await place.resume(null, { resume: { words: [{ step: 'one', outcome: 'done' }] } });
  expect(done.exitCode).toBe(0);
});

test('a word about a step that is not in doubt is refused, and the run stays as it was', async () => {
  const place = workplace(PAGE('FOUND=kept'));
  await place.run('ops.md', { request: { inputs: { who: 'ana' } } });
  for (const [step, outcome] of [
    ['one', 'not-done'],
    ['two', 'done'],
    ['two', 'not-done'],
    ['last', 'done'],
  ] as const)
    await expect(place.resume(null, { resume: { words: [{ step, outcome }] } })).rejects.toThrow(
      /of unknown outcome: there is nothing/,
    );
  expect((await place.handrail.report(await place.handrail.find('last'))).attempts).toBe(1);
});

test('what a step had set that was lost, and is said to be done, is gone with its shell', async () => {
  const lost = STEP('one', 'FOUND=lost; kill -9 $$');
  const place = workplace(`# A\n\n${lost}\n${STEP('two', 'echo "$FOUND" > said')}`);
  expect((await place.run('ops.md', { request: { approve: ['one'] } })).exitCode).toBe(4);
  const words = [{ step: 'last', outcome: 'done' }] as const;
  await expect(place.resume(null, { resume: { words } })).rejects.toThrow(/Nothing sets `\$FOUND`/);
  expect(existsSync(join(place.folder, 'said'))).toBe(false);
  const resume = { words, inputs: { FOUND: 'given' } };
  expect((await place.resume(null, { resume })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('given\n');
});

test('what the steps that are left out set is asked for, also on a page that has no other input', async () => {
  const place = workplace(
    `# A\n\n## Set\n\n${STEP('one', 'FOUND=set')}\n## Use\n\n${STEP('two', 'echo "$FOUND" > said')}`,
  );
  for (const some of [{ steps: ['two'] }, { procedures: ['use'] }, { from: 'two' }]) {
    const refused = await place.run('ops.md', { request: some });
    expect([refused.exitCode, existsSync(join(place.folder, 'said'))]).toEqual([65, false]);
    const given = await place.run('ops.md', { request: { ...some, inputs: { FOUND: 'given' } } });
    expect([given.exitCode, read(place, 'said')]).toEqual([0, 'given\n']);
    rmSync(join(place.folder, 'said'));
  }
  expect((await place.run()).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('set\n');
});

test('a word about a step says nothing of what is lost behind it, nor of that step once it has run again', async () => {
  const killed = (name: string): string => STEP(name, `echo ${name} >> began; kill -9 $$`);
  const place = workplace(`# A\n\n${killed('one')}\n${killed('two')}`);
  const approve = ['one', 'two'];
  expect((await place.run('ops.md', { request: { approve } })).exitCode).toBe(4);
  for (const [outcome, waitsFor, began] of [
    ['not-done', 'one', 'one\none\n'],
    ['done', 'two', 'one\none\ntwo\n'],
    ['not-done', 'two', 'one\none\ntwo\ntwo\n'],
  ] as const) {
    const words = [{ step: 'last', outcome }] as const;
    const { exitCode, report } = await place.resume(null, { resume: { words, approve } });
    expect([exitCode, report.waitingFor?.stepId, read(place, 'began')]).toEqual([
      4,
      waitsFor,
      began,
    ]);
  }
});

test.each([
  ['its probe', '', `\n${STEP('probe', 'test -e runs').replace('name=probe', 'verify')}`],
  ['the runbook', ' on-unknown=done', ''],
])('what a step set that %s says was done is gone with its shell', async (_, how, probe) => {
  const lost = STEP(`one effect=writes${how}`, 'FOUND=lost; echo ran >> runs; kill -9 $$');
  const place = workplace(`# A\n\n${lost}${probe}\n${STEP('two', 'echo "$FOUND" > said')}`);
  const refused = await place.run('ops.md', { request: { approve: ['one'] } });
  expect([refused.exitCode, refused.outcome, refused.steps['one']]).toEqual([
    65,
    'waiting',
    'unknown',
  ]);
  expect(refused.why).toContain('Give it with `--input FOUND=…`');
  expect((await place.resume()).exitCode).toBe(65);
  expect(existsSync(join(place.folder, 'said'))).toBe(false);
  expect((await place.resume(null, { resume: { inputs: { FOUND: 'given' } } })).exitCode).toBe(0);
  expect([read(place, 'said'), read(place, 'runs')]).toEqual(['given\n', 'ran\n']);
});

test('what a step captured that is found done is gone as well, and nothing else is asked for', async () => {
  const lost = STEP('two effect=writes capture=ID on-unknown=done', 'echo 7; kill -9 $$');
  const place = workplace(
    `# A\n\n${STEP('one', 'KEPT=kept')}\n${lost}\n${STEP('three', 'echo "{{ID}} $KEPT" > said')}`,
  );
  const refused = await place.run('ops.md', { request: { approve: ['two'] } });
  expect([refused.exitCode, refused.why]).toEqual([
    65,
    expect.stringContaining('Give it with `--input ID=…`'),
  ]);
  expect((await place.resume(null, { resume: { inputs: { ID: '8' } } })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('8 kept\n');
});

test('a person is asked for what a step had set that is found done', async () => {
  const lost = STEP('one effect=writes on-unknown=done', 'FOUND=lost; kill -9 $$');
  const place = workplace(`# A\n\n${lost}\n${STEP('two', 'echo "$FOUND" > said')}`);
  await place.run('ops.md', { request: { approve: ['one'] } });
  const asked: string[] = [];
  const operator = {
    ...scripted(),
    resolve: async () => ({ outcome: 'done' as const, why: 'seen' }),
    input: async (name: string) => {
      asked.push(name);
      return 'told';
    },
  };
  expect((await place.resume(null, { resume: { attended: true }, operator })).exitCode).toBe(0);
  expect([asked, read(place, 'said')]).toEqual([['FOUND'], 'told\n']);
});

test('a step that is done already, as its probe says, sets nothing: what needs it is not run with nothing in its place', async () => {
  const probe = STEP('probe', 'test -e there').replace('name=probe', 'verify');
  const one = STEP('one', 'FOUND=set; touch there');
  const place = workplace(`# A\n\n${one}\n${probe}\n${STEP('two', 'echo "$FOUND" > said')}`);
  writeFileSync(join(place.folder, 'there'), '');
  expect((await place.run()).exitCode).toBe(65);
  expect((await place.resume(null, { resume: { inputs: { FOUND: 'given' } } })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('given\n');
  rmSync(join(place.folder, 'there'));
  expect((await place.run()).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('set\n');
});

test('a step that is run again after all sets its own value, whatever was given for it', async () => {
  const again = '[ -e ran ] || { touch ran; kill -9 $$; }; FOUND=own';
  const place = workplace(
    `# A\n\n${STEP('one effect=writes', again)}\n${STEP('two', 'echo "$FOUND" > said')}`,
  );
  await place.run('ops.md', { request: { approve: ['one'] } });
  const words = [{ step: 'one', outcome: 'not-done' }] as const;
  const resume = { inputs: { FOUND: 'given' }, words };
  expect((await place.resume(null, { resume })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('own\n');
});

test('a failure whose `goto` leads out of what runs is not behind the run: its step runs again', async () => {
  const main = `## Main\n\n${STEP('one on-fail="goto #other"', 'echo one >> did; test -e mended')}\n${STEP('two', 'echo two >> did')}`;
  const place = workplace(`# A\n\n${main}\n## Other\n\n${STEP('else', 'echo else >> did')}`);
  expect((await place.run('ops.md', { request: { procedures: ['main'] } })).exitCode).toBe(1);
  expect((await place.resume()).exitCode).toBe(1);
  writeFileSync(join(place.folder, 'mended'), '');
  expect((await place.resume()).exitCode).toBe(0);
  expect(read(place, 'did')).toBe('one\nelse\none\nelse\none\ntwo\n');
});

test('what an earlier step had set does not stand for what a step set anew that is found done', async () => {
  const again = 'FOUND=new; LIST=(b); read -r READ < <(echo new); export GIVEN=new; kill -9 $$';
  const first = 'FOUND=old; LIST=(a); READ=old; FREE=free';
  const place = workplace(
    `# A\n\n${STEP('one', first)}\n${STEP('two effect=writes', again)}\n${STEP('three', '[ -e mended ] && echo "$FOUND $READ ${LIST[0]} $GIVEN $FREE" > said')}\n${STEP('four', 'FOUND=last; echo set')}\n${STEP('five', 'echo "$FOUND" > last')}`,
  );
  const env = { GIVEN: 'from outside' };
  await place.run('ops.md', { request: { approve: ['two'] }, env });
  const words = [{ step: 'two', outcome: 'done' }] as const;
  const inputs: Record<string, string> = {};
  for (const name of ['FOUND', 'READ', 'LIST', 'GIVEN']) {
    await expect(place.resume(null, { resume: { words, inputs }, env })).rejects.toThrow(
      new RegExp(`Nothing sets \`\\$${name}\`.* The step that had set it last was done`),
    );
    inputs[name] = `told ${name}`;
  }
  expect((await place.resume(null, { resume: { words, inputs }, env })).exitCode).toBe(1);
  writeFileSync(join(place.folder, 'mended'), '');
  expect((await place.resume(null, { env })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('told FOUND told READ told LIST told GIVEN free\n');
  expect(read(place, 'last')).toBe('last\n');
});

test('what an earlier step captured does not stand for what one captured that is found done', async () => {
  const place = workplace(
    `# A\n\n${STEP('one capture=current', 'echo old')}\n${STEP('two effect=writes capture=current', 'echo new; kill -9 $$')}\n${STEP('three', 'echo "{{current}} $current" > said')}`,
  );
  await place.run('ops.md', { request: { approve: ['two'] } });
  const words = [{ step: 'last', outcome: 'done' }] as const;
  await expect(place.resume(null, { resume: { words } })).rejects.toThrow(/input `current`/);
  const resume = { words, inputs: { current: 'told' } };
  expect((await place.resume(null, { resume })).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('told told\n');
});

test('what the runbook or a probe finds done leaves no older value in its place either', async () => {
  for (const [words, verify] of [
    ['on-unknown=done', ''],
    ['', STEP('probe', 'true').replace('name=probe', 'verify')],
  ] as const) {
    const place = workplace(
      `# A\n\n${STEP('one capture=current', 'FOUND=old; echo old')}\n${STEP(`two effect=writes capture=current ${words}`, 'FOUND=new; echo new; kill -9 $$')}\n${verify}\n${STEP('three', 'echo "$FOUND {{current}}" > said')}`,
    );
    const first = await place.run('ops.md', { request: { approve: ['two'] } });
    const last = await place.resume();
    expect([first.exitCode, last.exitCode]).toContain(65);
    expect(existsSync(join(place.folder, 'said'))).toBe(false);
    const inputs = { FOUND: 'told', current: 'told, too' };
    expect((await place.resume(null, { resume: { inputs } })).exitCode).toBe(0);
    expect(read(place, 'said')).toBe('told told, too\n');
  }
});

const LOST_FOLDER = (how: string, later: string): ReturnType<typeof workplace> =>
  workplace(
    `# A\n\n${STEP('one', 'mkdir -p old new/deep; cd old')}\n${STEP('two effect=writes', `${how}; kill -9 $$`)}\n${STEP('three', later)}\n${STEP('four', 'pwd -P > "$HOME/last"')}`,
  );

test.each([
  ['cd ../new'],
  ['pushd ../new > /dev/null'],
  ['if true; then cd ../new; fi'],
  ['go() { cd ../new; }; go'],
])('no step goes on in the old folder behind a step that is found done: %s', async (how) => {
  const place = LOST_FOLDER(how, 'touch here; [ -e mended ]');
  await place.run('ops.md', { request: { approve: ['two'] } });
  const words = [{ step: 'two', outcome: 'done' }] as const;
  await expect(place.resume(null, { resume: { words } })).rejects.toThrow(
    /Nothing sets `\$PWD`.*gone with its shell.*`--input PWD=…`/,
  );
  const relative = { words, inputs: { PWD: 'new' } };
  await expect(place.resume(null, { resume: relative })).rejects.toThrow(/`PWD`.* does not match/);
  const folder = join(place.folder, 'new');
  const given = { words, inputs: { PWD: folder } };
  expect((await place.resume(null, { resume: given })).exitCode).toBe(1);
  writeFileSync(join(folder, 'mended'), '');
  expect((await place.resume()).exitCode).toBe(0);
  expect(existsSync(join(folder, 'here'))).toBe(true);
  expect(existsSync(join(place.folder, 'old/here'))).toBe(false);
  expect(read(place, 'last')).toBe(`${folder}\n`);
});

test('a folder that is given and is not there is never replaced by another', async () => {
  const place = LOST_FOLDER('cd ../new', 'touch here');
  await place.run('ops.md', { request: { approve: ['two'] } });
  const words = [{ step: 'two', outcome: 'done' }] as const;
  const resume = { words, inputs: { PWD: join(place.folder, 'gone') } };
  const { steps, why } = await place.resume(null, { resume });
  expect([steps['three'], why]).toEqual(['failed', expect.stringContaining('is none')]);
  expect(existsSync(join(place.folder, 'here'))).toBe(false);
});

test('the folder of a step that is found done is not asked for where it left none, or none goes on in it', async () => {
  for (const [how, later] of [
    ['(cd ../new && touch in)', 'true'],
    ['cd ../new | cat', 'true'],
    ['cd ../new', 'cd "/" && true'],
  ] as const) {
    const place = LOST_FOLDER(how, later);
    await place.run('ops.md', { request: { approve: ['two'] } });
    const words = [{ step: 'two', outcome: 'done' }] as const;
    expect((await place.resume(null, { resume: { words } })).exitCode).toBe(0);
  }
});

test('what the runbook finds done leaves neither its old folder nor its old mask, and a person is asked for both', async () => {
  const lost = 'two effect=writes on-unknown=done';
  const place = workplace(
    `# A\n\n${STEP('one', 'mkdir new; umask 022')}\n${STEP(lost, 'cd new; umask 077; kill -9 $$')}\n${STEP('three effect=writes', 'echo x > made; umask > mask')}`,
  );
  await place.run('ops.md', { request: { approve: ['two'] } });
  const stopped = await place.resume();
  expect([stopped.exitCode, stopped.why]).toEqual([65, expect.stringContaining('--input UMASK=…')]);
  const asked: string[] = [];
  const operator = {
    resolve: async () => undefined,
    input: async (name: string) => {
      asked.push(name);
      return name === 'PWD' ? join(place.folder, 'new') : '077';
    },
  };
  expect((await place.resume(null, { resume: { attended: true }, operator })).exitCode).toBe(0);
  expect([asked.toSorted(), read(place, 'new/mask')]).toEqual([['PWD', 'UMASK'], '0077\n']);
});

test.each([
  ['say() { echo new; }', 'say > said'],
  ["alias say='echo new'", 'shopt -s expand_aliases\nsay > said'],
])(
  'what calls `say` does not call the old one behind a step that is found done: %s',
  async (made, call) => {
    const page = (words: string): string =>
      `# A\n\n${STEP('one', 'say() { echo old; }')}\n${STEP(`two effect=writes ${words}`, `${made}; [ -e ran ] || { touch ran; kill -9 $$; }`)}\n${STEP('three', call)}`;
    const place = workplace(page(''));
    await place.run('ops.md', { request: { approve: ['two'] } });
    const done = { words: [{ step: 'two', outcome: 'done' }] } as const;
    await expect(place.resume(null, { resume: done })).rejects.toThrow(
      /`say`, which it had defined and step `three` calls, is gone.*`--not-done two`/,
    );
    const again = { words: [{ step: 'two', outcome: 'not-done' }] } as const;
    expect((await place.resume(null, { resume: again })).exitCode).toBe(0);
    expect(read(place, 'said')).toBe('new\n');
    const other = workplace(page('on-unknown=done'));
    await other.run('ops.md', { request: { approve: ['two'] } });
    const stopped = await other.resume();
    expect([stopped.exitCode, stopped.why]).toEqual([65, expect.stringContaining('`say`')]);
    expect(existsSync(join(other.folder, 'said'))).toBe(false);
  },
);
