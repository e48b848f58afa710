import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

/** What the steps wrote down, in one line. */
const done = (folder: string): string => {
  const file = path.join(folder, 'done');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').join(', ') : '';
};

const page = (inputs: string, annotations: string, rollback: string): string =>
  `---\ninputs: ${inputs}\n---\n# Roll out\n\n## Go\n\n\`\`\`bash name=go ${annotations}\nfalse\n\`\`\`\n\n## Rollback\n\n\`\`\`bash ${rollback}\necho "back {{host}}" >> done\n\`\`\`\n`;

describe.concurrent('what a run comes to outside of its steps', () => {
  test.each([
    ['a value that only the rollback uses', '{ host: { default: web1 } }', '', 'back web1'],
    [
      'a list that only the rollback uses',
      '{ hosts: { default: [web1, web2] } }',
      'each="host in hosts"',
      'back web1, back web2',
    ],
  ])('has %s', async (_what, inputs, words, wanted) => {
    const cron = await handrail({ runbook: page(inputs, 'on-fail=rollback', words) });
    expect([cron.exitCode, done(cron.folder)]).toEqual([1, wanted]);

    const ada = sitDown({ runbook: page(inputs, '', words), args: ['run', '{file}#go'] });
    await ada.press('r', 'u');
    await ada.sees('Roll back with');
    ada.type('y\r');
    for (const _ of wanted.split(', ')) {
      await ada.sees('done by hand');
      await ada.press('r');
    }
    expect([await ada.ends(), done(ada.folder)]).toEqual([1, wanted]);
  });

  test('where a step leads on failure, too', async () => {
    const { exitCode, folder } = await handrail({
      runbook: page('{ host: { default: web1 } }', 'on-fail="goto #rollback"', ''),
    });
    expect([exitCode, done(folder)]).toEqual([1, 'back web1']);
  });

  test.each([
    ['#go', 'on-fail=rollback', 'linked a, main a', 1],
    ['', 'on-fail=rollback', 'linked a, main a', 1],
    ['#go', 'on-fail="goto #rollback"', 'linked a', 1],
    ['', 'on-fail="goto #further"', 'further, after', 0],
    ['#go', 'on-fail="goto #further"', 'further', 1],
  ])(
    'a step of a page linked with "%s" that says %s comes to what its own page has',
    async (link, words, wanted, code) => {
      const file = ({ name, text }: { name: string; text: string }): string =>
        `### ${name}\n\n~~~bash\necho "${text}" >> done\n~~~\n\n`;
      const linked = `# Database\n\n## Go\n\n~~~bash ${words}\nfalse\n~~~\n\n~~~bash\necho never >> done\n~~~\n\n${file({ name: 'Rollback', text: 'linked {{host}}' })}## Further\n\n~~~bash\necho further >> done\n~~~\n`;
      const main = `---\ninputs: { host: { default: a } }\n---\n# All\n\n## Deploy\n\n1. [The database](database.md${link})\n\n~~~bash\necho after >> done\n~~~\n\n${file({ name: 'Rollback', text: 'main {{host}}' })}`;
      const run = await handrail({ runbook: main, files: { 'database.md': linked } });
      expect([run.exitCode, done(run.folder)]).toEqual([code, wanted]);
      const { stdout } = await handrail({ folder: run.folder, args: ['verify'] });
      expect(stdout).toContain('sound');
    },
  );

  test.each([
    ['--done', 'one, two, three'],
    ['--not-done', 'one, two, two, three'],
  ])(
    'a way back on a linked page that a lost engine left half gone is gone to its end: %s',
    async (word, wanted) => {
      const step = (says: string, rest = ''): string =>
        `~~~bash effect=writes\necho ${says} >> done${rest}\n~~~\n\n`;
      const linked = `# Database\n\n## Go\n\n~~~bash on-fail=rollback\nfalse\n~~~\n\n### Rollback\n\n${step('one')}${step('two', '; echo half-way; sleep 0.3')}${step('three')}`;
      const { folder } = await handrail({
        runbook: '# All\n\n1. [The database](database.md#go)\n',
        files: { 'database.md': linked },
        signalAt: { text: 'half-way', signal: 'SIGKILL' },
      });
      expect(done(folder)).toBe('one, two');
      const open = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
      expect(open.exitCode).toBe(4);
      const known = ['resume', 'last', '--unattended', word, 'last'];
      const { exitCode, stdout } = await handrail({ folder, args: known });
      expect([exitCode, done(folder)]).toEqual([1, wanted]);
      expect(stdout).toContain('Rolled back: #');
    },
  );

  test('refuses a run that would find the value missing only when it is needed', async () => {
    const { exitCode, stderr, stdout } = await handrail({
      runbook: page('{ host: {} }', 'on-fail=rollback', ''),
    });
    expect(exitCode).toBe(65);
    expect(`${stdout}${stderr}`).toContain('host');
  });

  test('a cleanup is done for each item of a list that a step has captured', async () => {
    const { exitCode, folder } = await handrail({
      runbook:
        '# T\n\n```bash capture=hosts\nprintf "a\\nb\\n"\n```\n\n```bash\nfalse\n```\n\n## Cleanup\n\n```bash each="host in hosts"\necho "tidy {{host}}" >> done\n```\n',
    });
    expect([exitCode, done(folder)]).toEqual([1, 'tidy a, tidy b']);
  });

  test('a cleanup that waits for approval makes no failed run a waiting one', async () => {
    const { exitCode, events } = await handrail({
      runbook:
        '# T\n\n```bash\nfalse\n```\n\n## Cleanup\n\n```bash\nrm -rf ./old\n```\n\n```bash\ntouch done\n```\n',
    });
    expect(exitCode).toBe(1);
    expect(events.find(({ type }) => type === 'run.finished')).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(events)).toContain('was not done: it needs approval');
  });

  test('says which procedure a rollback undoes where it does not undo the step that failed', async () => {
    const ada = sitDown({
      runbook:
        '# Roll out\n\n## Deploy\n\n```bash\necho deployed\n```\n\n### Rollback\n\n```bash\necho back >> done\n```\n\n## Look\n\n```bash\nfalse\n```\n',
    });
    await ada.press('r', 'r');
    await ada.sees('roll back another procedure');
    await ada.press('u');
    await ada.choose('undoes "Deploy", not this step');
    await ada.sees('done by hand');
    await ada.press('r');
    expect([await ada.ends(), done(ada.folder)]).toEqual([1, 'back']);
  });

  // Which step's engine is lost, what is said of it, and what was carried out by the end.
  const back = 'back two, back one';
  test.each([
    ['back-two', '--done', 'one, two, back two, back one'],
    ['back-two', '--not-done', `one, two, back two, ${back}`],
    ['back-one', '--done', `one, two, ${back}`],
    ['back-one', '--not-done', `one, two, ${back}, back one`],
    ['two', '--not-done', `one, two, two, ${back}`],
  ])('is gone to its end when the engine is lost at %s, which is %s', async (at, word, wanted) => {
    const step = (name: string, says: string, rest = ''): string => {
      const lost = name === at ? '; echo half-way; sleep 0.3' : '';
      return `\`\`\`bash name=${name} effect=writes on-fail=rollback\necho "${says}" >> done${lost}${rest}\n\`\`\`\n\n`;
    };
    const runbook = `# Roll out\n\n## Go\n\n${step('one', 'one')}${step('two', 'two', '; false')}## Rollback\n\n${step('back-two', 'back two')}${step('back-one', 'back one')}`;
    const signalAt = { text: 'half-way', signal: 'SIGKILL' } as const;
    const { folder } = await handrail({ runbook, signalAt });
    const open = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
    expect(open.exitCode).toBe(4);
    const ended = await handrail({
      folder,
      args: ['resume', 'last', '--unattended', word, 'last'],
    });
    expect([ended.exitCode, done(folder)]).toEqual([1, wanted]);
    expect(ended.stdout).toContain('Rolled back: #rollback');
  });
});

/** A page whose second step fails until `mended` is there, and what undoes both. */
const undone = (onFail: string, rollback = ''): string =>
  `# Roll out\n\n## Go\n\n\`\`\`bash name=one\necho one >> done\n\`\`\`\n\n\`\`\`bash name=two ${onFail}\necho two >> done; test -e mended\n\`\`\`\n\n## Rollback\n\n\`\`\`bash name=back\necho back >> done\n\`\`\`\n\n### The rest\n\n\`\`\`bash name=rest\necho rest >> done${rollback}\n\`\`\`\n`;

const OFFERS = /^go on |resume=|handrail resume/m;

describe.concurrent('a run that was rolled back is over', () => {
  const linked = `# All\n\n1. [Roll out](page.md)\n\n## Rollback\n\n\`\`\`bash\necho back >> done\n\`\`\`\n`;
  const shipped = undone('on-fail=rollback');
  test.each([
    ['by the runbook', shipped, {}, 'one, two, back, rest', 'rolled back \\(#rollback\\)'],
    ['by half', undone('on-fail=rollback', '; false'), {}, 'one, two, back, rest', 'by half'],
    ['by goto', undone('on-fail="goto #rollback"'), {}, 'one, two, back, rest', '#rollback'],
    ['in part', undone('on-fail="goto #the-rest"'), {}, 'one, two, rest', '#the-rest'],
    [
      'around a linked runbook',
      linked,
      { 'page.md': shipped },
      'one, two, back, rest, back',
      '#rollback',
    ],
  ])('%s', async (_how, runbook, files, wanted, why) => {
    const failed = await handrail({ runbook, files });
    const { folder, events } = failed;
    expect([failed.exitCode, done(folder)]).toEqual([1, wanted]);
    expect(failed.stdout + failed.stderr).not.toMatch(OFFERS);
    writeFileSync(path.join(folder, 'mended'), '');
    for (const run of ['last', events[0]?.run ?? '']) {
      const again = await handrail({ folder, args: ['resume', run, '--unattended'] });
      expect([again.exitCode, again.stdout, done(folder)]).toEqual([64, '', wanted]);
      expect(again.stderr).not.toMatch(OFFERS);
      expect(again.stderr).toMatch(run === 'last' ? 'all of them are over' : new RegExp(why));
    }
  });

  test('by a person', async () => {
    const ada = sitDown({ runbook: undone('') });
    await ada.press('r', 'r', 'u');
    await ada.sees('Roll back with');
    ada.type('y\r');
    await ada.sees('done by hand');
    await ada.press('r', 'r');
    expect([await ada.ends(), done(ada.folder)]).toEqual([1, 'one, two, back, rest']);
    expect(ada.text()).not.toMatch(OFFERS);
    const again = await handrail({ folder: ada.folder, args: ['resume', '--unattended'] });
    expect([again.exitCode, done(ada.folder)]).toEqual([64, 'one, two, back, rest']);
  });

  test.each([
    ['a person', true],
    ['nobody', false],
  ])('by a person whose engine was lost in it: %s goes its rest', async (_who, isThere) => {
    const ada = sitDown({ runbook: undone('') });
    await ada.press('r', 'r', 'u');
    await ada.sees('Roll back with');
    ada.type('y\r');
    await ada.sees('done by hand');
    await ada.press('r');
    await ada.sees('The rest');
    ada.signal('SIGKILL');
    await ada.ends();
    const { folder } = ada;
    writeFileSync(path.join(folder, 'mended'), '');
    if (isThere) {
      const bo = sitDown({ folder, args: ['resume', 'last'] });
      await bo.press('r', 'r');
      expect(await bo.ends()).toBe(1);
    } else {
      const { exitCode } = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
      expect(exitCode).toBe(1);
    }
    expect(done(folder)).toBe('one, two, back, rest');
    const last = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
    expect([last.exitCode, done(folder)]).toEqual([64, 'one, two, back, rest']);
  });

  test('but not where nothing of its rollback was carried out, nor where a failure leads elsewhere', async () => {
    const waits = undone('on-fail=rollback').replace('name=back', 'name=back confirm');
    const aside = `${undone('on-fail="goto #tell"').split('## Rollback')[0]}## Clean up\n\n\`\`\`bash name=tell-all\necho tell >> done\n\`\`\`\n`;
    for (const [runbook, wanted] of [
      [waits, 'one, two, two'],
      [aside.replace('#tell', '#clean-up'), 'one, two, tell, tell, two, tell'],
    ] as const) {
      const { exitCode, folder, stdout } = await handrail({ runbook });
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(OFFERS)]);
      writeFileSync(path.join(folder, 'mended'), '');
      const again = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
      expect([again.exitCode, done(folder)]).toEqual([0, wanted]);
    }
  });
});
