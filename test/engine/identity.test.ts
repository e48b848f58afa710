import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownSteps, type ListedStep } from '../../src/engine/planning/identity.ts';
import { type Done, md, type Workplace, workplace } from '../support/engine.ts';

/** `id=text`, or `id=text!name`. */
function listed(words: string): readonly ListedStep[] {
  return words
    .split(' ')
    .filter(Boolean)
    .map((word, at) => {
      const [id = '', rest = ''] = word.split('=');
      const [own = '', name] = rest.split('!');
      return {
        id,
        type: 'shell',
        title: id,
        line: at,
        procedure: '',
        phase: 'main',
        own,
        content: own,
        ...(name === undefined ? {} : { name }),
      };
    });
}

const match = (before: string, now: string): string =>
  knownSteps(listed(before), listed(now))
    .map((one) => one?.id ?? '-')
    .join(' ');

describe('a step of an edited text is known again', () => {
  test.each([
    ['unchanged', 'a=1 b=2', 'a=1 b=2', 'a b'],
    ['under another id', 'a=1 b=2', 'x=1 y=2', 'a b'],
    ['behind a new one of the same id', 'a=1 b=2', 'a=9 a-2=1 b=2', '- a b'],
    ['edited, by its id', 'a=1 b=2', 'a=9 b=2', 'a b'],
    ['edited and renamed, by its place', 'a=1 b=2 c=3', 'a=1 x=9 c=3', 'a b c'],
    ['not by its place when there are more now', 'a=1 b=2 c=3', 'a=1 x=8 y=9 c=3', 'a - - c'],
    ['by its name, whatever it does', 'a=1!n b=2', 'x=7 y=8!n z=2', '- a b'],
    ['among equal ones, in their order', 'a=1 b=1', 'x=1 y=1 z=1', 'a b -'],
    ['among equal ones, by its id', 'a=1 b=1', 'n=1 a=1 b=1', '- a b'],
    ['although others were taken out', 'a=1 b=2 c=3', 'c=3', 'c'],
    [
      'once, where moved steps leave two places for it',
      'a=1 b=0 c=0',
      'w=2 x=0 y=1 z=1',
      'b c a -',
    ],
    ['although it was moved', 'a=1 b=2 c=3', 'c=3 a=1 b=2', 'c a b'],
  ])('%s', (_, before, now, expected) => {
    expect(match(before, now)).toBe(expected);
  });

  test('however it is edited, no two steps are the same one, and what is unique is found', () => {
    const texts = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, now) => {
        const name = (prefix: string, one: number, at: number): string => `${prefix}${at}=${one}`;
        const old = listed(before.map((one, at) => name('a', one, at)).join(' '));
        const next = listed(now.map((one, at) => name('b', one, at)).join(' '));
        const found = knownSteps(old, next).filter((one) => one !== undefined);
        expect(new Set(found).size).toBe(found.length);
        const once = (list: readonly number[], one: number): boolean =>
          list.filter((each) => each === one).length === 1;
        for (const [at, one] of now.entries())
          if (once(before, one) && once(now, one))
            expect(knownSteps(old, next)[at]?.own).toBe(String(one));
      }),
      { numRuns: 1000 },
    );
  });
});

const truth = ({ folder }: Workplace): string =>
  existsSync(join(folder, 'truth')) ? readFileSync(join(folder, 'truth'), 'utf8') : '';

function edit({ folder }: Workplace, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(md(from));
  writeFileSync(path, text.replace(md(from), md(to)));
}

/** Ends the run while that text is in `truth`, as if the engine were lost: the log has no end. */
async function lost(place: Workplace, file: string, said: string): Promise<Done | undefined> {
  const controller = new AbortController();
  const run = place.run(file, { signal: controller.signal });
  while (!truth(place).includes(said)) await new Promise((resolve) => setTimeout(resolve, 20));
  controller.abort('SIGTERM');
  return run;
}

describe('a run that is resumed on an edited runbook', () => {
  const page = `
# Deploy

## One

Write it:

~~~bash
echo one >> truth
~~~

## Two

Check it:

~~~bash
test -e go && echo two >> truth
~~~
`;

  test.each([
    ['the sentence above it', 'Write it:', 'Write it down:'],
    ['its heading', '## One', '## First'],
    ['the heading of another', '## Two', '## Second'],
    ['a step before it', 'Write it:', '~~~bash\necho new >> other\n~~~\n\nWrite it:'],
    [
      'a step before it with the same title',
      'Write it:',
      'Write it:\n\n~~~bash\necho new >> other\n~~~\n\nWrite it:',
    ],
    ['a list before it', '## One', '## Before\n\n- a fact\n- another\n\n## One'],
    ['its fence’s language', '~~~bash\necho one', '~~~sh\necho one'],
    ['the step itself', 'echo one >> truth', 'echo one again >> truth'],
    ['a title', '~~~bash\necho one', '~~~bash title="Write"\necho one'],
  ])('does not repeat a step that passed: %s was edited', async (_, from, to) => {
    const place = workplace(page);
    expect((await place.run()).exitCode).toBe(1);
    edit(place, 'ops.md', from, to);
    writeFileSync(join(place.folder, 'go'), '');
    const done = await place.resume();
    expect(done.exitCode).toBe(0);
    expect(truth(place)).toBe('one\ntwo\n');
    expect(done.report.steps.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(
      1,
    );
  });

  const whole = page.replace(
    '~~~bash\necho one',
    '~~~bash\necho zero {{where}} >> truth\necho one',
  );
  const declared = `---\ninputs: { where: { default: here } }\n---\n${whole}`;

  test('does not repeat a part of a step that passed: its fence was split', async () => {
    const place = workplace(declared);
    expect((await place.run()).exitCode).toBe(1);
    edit(place, 'ops.md', '>> truth\necho one', '>> truth\n~~~\n\nThen:\n\n~~~bash\necho one');
    writeFileSync(join(place.folder, 'go'), '');
    const { report, exitCode } = await place.resume();
    expect([exitCode, truth(place)]).toEqual([0, 'zero here\none\ntwo\n']);
    const whys = report.steps.flatMap(({ why }) => why ?? []);
    expect(whys).toContain('it ran as part of `one/write-it`, which passed');
  });

  test('does not take a step that passed into one to come, until somebody says so', async () => {
    const place = workplace(page);
    await place.run();
    edit(place, 'ops.md', 'Write it:\n\n~~~bash\necho one >> truth\n~~~\n\n', '');
    edit(place, 'ops.md', 'test -e go', 'echo one >> truth\ntest -e go');
    writeFileSync(join(place.folder, 'go'), '');
    await expect(place.resume()).rejects.toThrow('changed');
    expect(truth(place)).toBe('one\n');
  });

  test('says per step what was changed, in the record', async () => {
    const place = workplace(page);
    await place.run();
    edit(place, 'ops.md', '## One', '## First');
    edit(place, 'ops.md', '## Two', '~~~bash\necho more >> truth\n~~~\n\n## Two');
    writeFileSync(join(place.folder, 'go'), '');
    const { report, run } = await place.resume();
    expect(report.resumes[0]?.changes).toEqual([
      { id: 'one/write-it', what: 'renamed', line: 7 },
      { id: 'first/write-it-2', what: 'added', line: 11 },
    ]);
    const log = await place.handrail.render(await place.handrail.find(run));
    expect(log).toContain('was renamed (line 7)');
    expect(truth(place)).toBe('one\nmore\ntwo\n');
  });

  test('remembers over several edits and resumes', async () => {
    const place = workplace(page);
    await place.run();
    edit(place, 'ops.md', '## Two', '~~~bash\necho more >> truth\n~~~\n\n## Two');
    expect((await place.resume()).exitCode).toBe(1);
    edit(place, 'ops.md', '~~~bash\necho more', 'More:\n\n~~~bash\necho more');
    edit(place, 'ops.md', '## One', '## First');
    writeFileSync(join(place.folder, 'go'), '');
    expect((await place.resume()).exitCode).toBe(0);
    expect(truth(place)).toBe('one\nmore\ntwo\n');
  });

  test('a procedure that was asked for by name may be called otherwise', async () => {
    const place = workplace(page);
    await place.run('ops.md', { request: { procedures: ['two'] } });
    edit(place, 'ops.md', '## Two', '## Second');
    writeFileSync(join(place.folder, 'go'), '');
    expect((await place.resume()).exitCode).toBe(0);
    expect(truth(place)).toBe('two\n');
  });

  test('the order is another: refused, until somebody says so', async () => {
    const place = workplace(page);
    await place.run();
    writeFileSync(
      join(place.folder, 'ops.md'),
      md(
        '# Deploy\n\n## Two\n\nCheck it:\n\n~~~bash\ntest -e go && echo two >> truth\n~~~\n\n## One\n\n~~~bash\necho one >> truth\n~~~\n',
      ),
    );
    writeFileSync(join(place.folder, 'go'), '');
    await expect(place.resume()).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    expect((await place.resume(null, { resume: { force: true } })).exitCode).toBe(0);
    expect(truth(place)).toBe('one\ntwo\n');
  });
});

describe('a step of unknown outcome', () => {
  const linked = {
    'ops.md': '# R\n\n1. [Pay](sub.md)\n\n~~~bash\necho end >> truth\n~~~\n',
    'sub.md': '# Sub\n\nCharge the card:\n\n~~~bash\necho pay >> truth; sleep 30\n~~~\n',
  };

  test('stays unknown when its linked runbook is edited, until somebody says it was done', async () => {
    const place = workplace(linked);
    await lost(place, 'ops.md', 'pay');
    edit(place, 'sub.md', 'Charge the card:', 'Charge the credit card:');
    const again = await place.resume();
    expect(again.exitCode).toBe(4);
    expect(truth(place)).toBe('pay\n');
    const done = await place.resume(null, {
      resume: { words: [{ step: 'last', outcome: 'done' }], force: true },
    });
    expect(done.exitCode).toBe(0);
    expect(truth(place)).toBe('pay\nend\n');
  });

  test('is not forgotten when it is no longer in the text', async () => {
    const place = workplace(
      '# R\n\n~~~bash name=pay\necho pay >> truth; sleep 30\n~~~\n\n~~~bash\necho end >> truth\n~~~\n',
    );
    await lost(place, 'ops.md', 'pay');
    edit(place, 'ops.md', '~~~bash name=pay\necho pay >> truth; sleep 30\n~~~\n', '');
    const waiting = await place.resume(null, { resume: { force: true } });
    expect([waiting.exitCode, truth(place)]).toEqual([4, 'pay\n']);
    const done = await place.resume(null, {
      resume: { words: [{ step: 'pay', outcome: 'done' }], force: true },
    });
    expect([done.exitCode, truth(place)]).toEqual([0, 'pay\nend\n']);
  });

  test.each([
    ['', 4, 'pay\n'],
    [' on-fail=continue', 0, 'pay\nend\n'],
  ])(
    'that ran out of its time and is no longer in the text is one, too (%s)',
    async (words, exitCode, left) => {
      const step = `~~~bash name=pay timeout=200ms${words}\necho pay >> truth; sleep 30\n~~~\n`;
      const place = workplace(
        `# R\n\n${step}\n~~~bash name=end\ntest -e go && echo end >> truth\n~~~\n`,
      );
      expect((await place.run('ops.md')).exitCode).toBe(1);
      edit(place, 'ops.md', step, '');
      writeFileSync(join(place.folder, 'go'), '');
      const resumed = await place.resume(null, { resume: { force: true } });
      expect([resumed.exitCode, truth(place)]).toEqual([exitCode, left]);
    },
  );
});
