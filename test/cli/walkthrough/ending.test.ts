import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const TWO =
  '# Two\n\n```bash\necho one\n```\n\n```bash\nrm -rf ./old; touch was-run; echo two\n```\n';

describe.concurrent('a run that is left at a prompt', () => {
  test('waits after q or the end of input, and goes on where it stood', async () => {
    const ada = sitDown({ runbook: TWO });
    await ada.press('r', '\u0004');
    expect(await ada.ends()).toBe(5);
    expect(ada.eventsOf('run.finished')).toMatchObject([{ outcome: 'waiting', exitCode: 5 }]);
    const bob = sitDown({ folder: ada.folder, args: ['resume'] });
    expect(await bob.sees('Go on with Two?')).toMatch(/steps +1 passed, 1 not run/);
    await bob.press('q');
    expect(await bob.ends()).toBe(5);
    expect(bob.eventsOf('run.resumed')).toEqual([]);
    const eve = sitDown({ folder: ada.folder, args: ['resume', 'last'] });
    await eve.press('\r', 'r');
    await eve.answer('./old');
    expect(await eve.ends()).toBe(0);
    expect(eve.eventsOf('step.started')).toHaveLength(2);
  });

  test.each([
    ['TERM', 143],
    ['HUP', 129],
  ] as const)('records %s and ends with %i', async (name, exitCode) => {
    const ada = sitDown({ runbook: TWO });
    await ada.sees('run (Enter)');
    ada.signal(`SIG${name}`);
    expect(await ada.ends()).toBe(exitCode);
    expect(ada.eventsOf('run.finished')).toMatchObject([{ outcome: 'cancelled', exitCode }]);
    expect(ada.eventsOf('run.sealed')).toHaveLength(1);
  });

  test('records TERM while a question is open', async () => {
    const ada = sitDown({ runbook: TWO });
    await ada.press('s');
    await ada.sees('Why skip it?');
    ada.signal('SIGTERM');
    expect(await ada.ends()).toBe(143);
    expect(ada.eventsOf('step.skipped')).toEqual([]);
  });

  test('is recorded when the window is closed, and can be resumed', async () => {
    const ada = sitDown({ runbook: TWO });
    await ada.press('r');
    await ada.sees('asks for its target');
    ada.hangUp();
    await ada.ends();
    while (ada.eventsOf('run.sealed').length === 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const bob = sitDown({ folder: ada.folder, args: ['resume'] });
    await bob.sees('Go on with Two?');
    await bob.press('r', 'q');
    expect(await bob.ends()).toBe(5);
  });
});

describe.concurrent('what can be gone on with', () => {
  test('is a run that rests, and none that somebody is at', async () => {
    const ada = sitDown({ runbook: TWO });
    await ada.press('r');
    await ada.sees('asks for its target');
    await ada.press('q');
    await ada.ends();
    const eve = sitDown({ folder: ada.folder });
    await eve.sees('run (Enter)');
    const bob = sitDown({ folder: ada.folder, args: ['resume'] });
    await bob.sees(/steps +1 passed, 1 not run/);
    await bob.press('q');
    expect(await bob.ends()).toBe(5);
    await eve.press('q');
    await eve.ends();
  });

  test('is shown with the values of the run, a secret as one', async () => {
    const page =
      '---\ninputs: { host: { default: db7 }, token: { secret: true, env: TOKEN } }\n---\n# Two\n\n```bash\necho one\n```\n\n```bash\ntouch "{{host}}" {{token}}\n```\n';
    const env = { TOKEN: 'correct-horse' };
    const ada = sitDown({ runbook: page, env });
    await ada.press('r', 'q');
    await ada.ends();
    const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'], env });
    const screen = await bob.sees('go on (Enter)');
    expect(screen).toContain('touch "db7" ***');
    await bob.press('q');
    await bob.ends();
  });
});

test('Ctrl-Z at a prompt stops handrail, and it goes on where it was with a note', async () => {
  const ada = sitDown({ runbook: TWO, through: 'set -m; "$@"; echo shell has it; sleep 0.5; fg' });
  await ada.press('r');
  await ada.sees('asks for its target');
  await ada.press('\u001a');
  await ada.sees('shell has it');
  await ada.press('s');
  await ada.answer('not now');
  await ada.sees('DONE WITH');
  await ada.ends();
  expect(ada.eventsOf('note.added').map(({ text }) => text)).toEqual([
    expect.stringMatching(/^suspended at the prompt for /),
  ]);
  expect(ada.eventsOf('step.skipped')).toHaveLength(1);
});

test('Ctrl-Z in a question does not stop handrail, and the question goes on', async () => {
  const ada = sitDown({ runbook: TWO, through: 'set -m; "$@"; echo shell has it; sleep 0.5; fg' });
  await ada.press('s');
  await ada.sees('Why skip it?');
  ada.type('after \u001athe break\r');
  await ada.until(() => ada.eventsOf('step.skipped').length > 0);
  expect(ada.eventsOf('step.skipped')).toMatchObject([{ why: 'after the break' }]);
  await ada.press('q');
  await ada.ends();
});

test('Ctrl-Z in a question of plain mode stops handrail, and the question goes on', async () => {
  const ada = sitDown({
    runbook: TWO,
    args: ['run', '{file}', '--plain'],
    through: 'set -m; "$@"; echo shell has it; sleep 0.5; fg',
  });
  await ada.sees('Answer');
  ada.type('\u001a');
  await ada.sees('shell has it');
  await ada.answer('skip');
  await ada.sees('Why skip it?');
  await ada.answer('not now');
  await ada.until(() => ada.eventsOf('step.skipped').length > 0);
  await ada.answer('quit');
  expect(await ada.ends()).not.toBe(13);
});

const LOST =
  '# Lost\n\n```bash\necho begun; touch half; kill -9 $PPID; sleep 1\n```\n\n```bash\necho after\n```\n';

describe.concurrent('a step whose engine was lost', () => {
  test('is shown as unknown, and was done when the person says so and why', async () => {
    const ada = sitDown({ runbook: LOST });
    await ada.press('r');
    await ada.answer('$PPID');
    expect(await ada.ends()).toBe(137);
    const bob = sitDown({ folder: ada.folder, args: ['resume'] });
    const screen = await bob.sees('it was not done');
    expect(screen).toMatch(/1 unknown, 1 not run/);
    expect(screen).toContain('UNKNOWN');
    await bob.press('d');
    await bob.answer('half is there');
    await bob.sees('echo after');
    await bob.press('r');
    expect(await bob.ends()).toBe(0);
    expect(bob.eventsOf('step.resolved')).toMatchObject([
      { outcome: 'done', by: 'ada', why: 'half is there' },
    ]);
  });

  test('is run again when the person says that it was not done', async () => {
    const ada = sitDown({ runbook: LOST.replace('kill -9', 'test -e half.txt || kill -9') });
    await ada.press('r');
    await ada.answer('$PPID');
    await ada.ends();
    writeFileSync(path.join(ada.folder, 'half.txt'), '');
    const bob = sitDown({ folder: ada.folder, args: ['resume'] });
    await bob.press('r');
    await bob.answer('nothing was there');
    await bob.sees('kill -9');
    await bob.press('r');
    await bob.answer('$PPID');
    await bob.press('r');
    expect(await bob.ends()).toBe(0);
    expect(bob.eventsOf('step.resolved')).toMatchObject([
      { outcome: 'not-done', why: 'nothing was there' },
    ]);
  });
});

test('what changed in the runbook is shown before the run goes on, and asked where it matters', async () => {
  const ada = sitDown({ runbook: TWO });
  await ada.press('r', 'q');
  await ada.ends();
  const bob = sitDown({
    folder: ada.folder,
    runbook: TWO.replace('echo two', 'echo three'),
    args: ['resume'],
  });
  await bob.sees('f shows what changed');
  await bob.press('f');
  const shown = await bob.sees('+ rm -rf');
  expect(shown).toContain('- rm -rf ./old; touch was-run; echo two');
  await bob.press('r');
  await bob.sees('Go on all the same?');
  bob.type('y\r');
  await bob.sees('step 2/2');
  await bob.press('q');
  expect(await bob.ends()).toBe(5);
  expect(bob.eventsOf('run.resumed')).toMatchObject([{ changed: true, forced: true }]);
});

test('nobody is asked when one end is no terminal', async () => {
  const { exitCode, stderr } = await handrail({
    runbook: TWO,
    args: ['run', '{file}', '--all'],
    answers: ['r', '', 'y'],
  });
  expect(exitCode).toBe(64);
  expect(stderr).toContain('nobody said `--unattended`');
});

test('a second person leaves a note, waits for the end of the first run, and begins', async () => {
  const ada = sitDown({ runbook: TWO });
  await ada.shows('step 1/2');
  const first = path.basename(ada.runFolder());
  const bob = sitDown({ folder: ada.folder, args: ['run', 'runbook.md', '--all'] });
  await bob.sees('carries out Two right now');
  await bob.press('n');
  await bob.answer('leave db2 alone');
  await bob.sees(`stands in the record of run ${first}`);
  await bob.press('u');
  await bob.sees('1 of 2: Two');
  await ada.press('q');
  expect(await ada.ends()).toBe(5);
  await bob.sees('step 1/2');
  await bob.press('q');
  expect(await bob.ends()).toBe(5);
  const log = await handrail({ folder: ada.folder, args: ['timeline', first] });
  expect(log.stdout).toContain('leave db2 alone');
});

test('a second person sees who carries it out and how far, and may watch', async () => {
  const ada = sitDown({ runbook: TWO });
  await ada.shows('step 1/2');
  const bob = sitDown({ folder: ada.folder, args: ['run', 'runbook.md', '--all'] });
  const seen = await bob.sees('carries out Two right now');
  expect(seen).toMatch(/who +\S+ on /);
  expect(seen).toMatch(/at +1 of 2: Two/);
  await bob.press('q');
  expect(await bob.ends()).toBe(75);
  await ada.press('q');
  expect(await ada.ends()).toBe(5);
});
