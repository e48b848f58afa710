import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const FLAKY = `# Flaky

## Go

\`\`\`bash
echo looking; test -e ready
\`\`\`

\`\`\`bash
echo after
\`\`\`

## Rollback

\`\`\`bash
touch rolled-back
\`\`\`
`;
const GO = ['run', '{file}#go'];

describe.concurrent('the failure menu', () => {
  test('calls unknown what is unknown, and failed what failed', async () => {
    for (const [command, word] of [
      ['touch half; exit 137', 'UNKNOWN'],
      ['touch half; exit 1', 'FAILED'],
    ]) {
      const ada = sitDown({ runbook: `# Half\n\n\`\`\`bash\n${command}\n\`\`\`\n` });
      await ada.press('r');
      expect(await ada.sees('r retry')).toMatch(new RegExp(`1\\. Half   ${word}\\b`));
      await ada.press('x');
      await ada.ends();
    }
  });

  test('says why it counts as failed, retries, and takes it as done by hand', async () => {
    const ada = sitDown({ runbook: FLAKY, args: GO });
    await ada.press('\r');
    expect(await ada.sees('retry')).toContain('Exit code 1; 0 was expected.');
    await ada.press('r');
    await ada.sees(/tries +2/);
    writeFileSync(path.join(ada.folder, 'ready'), '');
    await ada.press('r');
    await ada.sees('echo after');
    await ada.press('\r');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.finished').map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'passed',
      'passed',
    ]);
  });

  test('edits and retries, or skips with a reason, or takes it as done by hand', async () => {
    const ada = sitDown({
      runbook: `${FLAKY.slice(0, FLAKY.indexOf('## Rollback'))}\n\`\`\`bash\nfalse\n\`\`\`\n\n\`\`\`bash\nexit 3\n\`\`\`\n`,
      files: { 'editor.sh': '#!/bin/sh\necho "touch ready" > "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
    });
    await ada.press('r');
    await ada.sees('FAILED');
    await ada.press('e');
    await ada.sees('Run this instead?');
    ada.type('y\r');
    await ada.answer('another way');
    await ada.sees('echo after');
    await ada.press('r', 'r');
    await ada.sees('FAILED');
    await ada.press('s');
    await ada.answer('known to fail');
    await ada.sees('exit 3');
    await ada.press('r');
    await ada.sees('FAILED');
    await ada.press('m');
    await ada.answer('did it on the host');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('deviation.recorded').map(({ what }) => what)).toEqual([
      'edited',
      'skipped',
      'done by hand',
    ]);
  });

  test('rolls back, or ends the run as failed', async () => {
    const ada = sitDown({ runbook: FLAKY, args: GO });
    await ada.press('r', 'u');
    await ada.sees('Roll back with');
    ada.type('y\r');
    const back = await ada.sees(/touch rolled-back[\s\S]*run on, until it asks/);
    expect(back.slice(back.indexOf('roll back '))).not.toContain('next');
    await ada.press('r');
    expect(await ada.ends()).toBe(1);
    expect(existsSync(path.join(ada.folder, 'rolled-back'))).toBe(true);
    const bob = sitDown({ runbook: FLAKY, args: GO });
    await bob.press('r', 'x');
    expect(await bob.ends()).toBe(1);
    expect(bob.text()).toContain('FAILED');
  });
});

const LINES = `# Lines

\`\`\`bash
a=5; echo one
test -e ready
echo "three $a"
for i in 1 2; do
  echo "last $i"
done
\`\`\`
`;

describe.concurrent('the failure card', () => {
  test('says which line failed and what did not run, and goes on at the next line', async () => {
    const ada = sitDown({ runbook: LINES });
    await ada.press('r');
    const card = await ada.sees('go on at line 3');
    expect(card).toMatch(/2 .* test -e ready +failed/);
    expect(card).toMatch(/3 .* echo "three \$a" +not run/);
    expect(card).toContain('last output');
    await ada.press('c');
    await ada.sees('last 2');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('three 5');
    expect(ada.eventsOf('step.started').map(({ text }) => text.split('\n')[0])).toEqual([
      'a=5; echo one',
      'echo "three $a"',
    ]);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([{ what: 'went on at line 3' }]);
  });

  test('what was printed before the line that failed counts for what the page expects', async () => {
    const expected = '\nExpected output:\n\n```text\none\nthree 5\nlast 1\nlast 2\n```\n';
    const ada = sitDown({ runbook: LINES + expected });
    await ada.press('r');
    await ada.sees('go on at line 3');
    await ada.press('c');
    await ada.sees('last 2');
    expect(await ada.ends()).toBe(0);
    const bob = sitDown({ runbook: LINES + expected.replace('one', 'two') });
    await bob.press('r');
    await bob.sees('go on at line 3');
    await bob.press('c');
    const card = await bob.sees('accept the difference');
    expect(card).toMatch(/-\s+two/);
    expect(card).not.toContain('expect this from now on');
    await bob.press('r');
    await bob.sees('go on at line 3');
  });

  test('a step that went on behind a failed line is not marked as done as the page says, in a later sitting either', async () => {
    const ada = sitDown({
      runbook:
        '# Lines\n\n```bash\ntest -e ready\necho two\n```\n\n```bash\necho next\n```\n\n```bash\necho last\n```\n',
    });
    await ada.press('r');
    await ada.press('c');
    expect(await ada.sees('3 Lines: echo last')).toContain('~▸   next');
    await ada.press('r');
    expect(await ada.sees('last step')).toContain('~✓▸   last step');
    await ada.press('q');
    await ada.ends();
    const bo = sitDown({ folder: ada.folder, args: ['resume'] });
    await bo.press('r');
    expect(await bo.sees('last step')).toContain('~✓▸   last step');
    await bo.press('b');
    await bo.press('b');
    await bo.sees('next  2 Lines: echo next');
    await bo.press('o');
    await bo.shows('not as the page says');
    bo.hangUp();
    await bo.ends();
  });

  test('a command that never ends is stopped by Ctrl-C, and what stands behind it can go on', async () => {
    const ada = sitDown({
      runbook: '# Logs\n\n```bash\necho begins > log\ntail -f log\necho behind it\n```\n',
    });
    expect(await ada.sees('never ends by itself: Ctrl-C stops it')).not.toContain('until=');
    await ada.press('r');
    await ada.sees('  | begins');
    ada.type('\u0003');
    const card = await ada.sees('go on at line 3');
    expect(card).toMatch(/tail -f log +stopped/);
    await ada.press('c');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('behind it');
  });

  test('shows the command of a step that it ran on to', async () => {
    const ada = sitDown({
      runbook: '# Two\n\n```bash\necho one\n```\n\n```bash\ntest -e nowhere\n```\n',
    });
    await ada.press('a');
    expect(await ada.sees('retry')).toMatch(/1 .* test -e nowhere +failed/);
    await ada.press('x');
    expect(await ada.ends()).toBe(1);
  });

  test('retries as edited what was edited', async () => {
    const ada = sitDown({
      runbook: '# T\n\n```bash\nfalse\n```\n',
      files: { 'editor.sh': '#!/bin/sh\necho "echo tried >> tries; test -e ready" > "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
    });
    await ada.press('r', 'e');
    await ada.sees('Run this instead?');
    ada.type('y\r');
    await ada.answer('the page is wrong');
    await ada.sees('retry as edited');
    writeFileSync(path.join(ada.folder, 'ready'), '');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(readFileSync(path.join(ada.folder, 'tries'), 'utf8')).toBe('tried\ntried\n');
  });

  test('what could not be done has its reason in the record, also where it was taken back', async () => {
    const ada = sitDown({ runbook: '# T\n\n1. Ring the bell.\n\n2. Open the door.\n' });
    await ada.press('f');
    await ada.answer('the rope is torn');
    await ada.sees('take it back');
    await ada.press('r');
    await ada.sees('Ring the bell');
    await ada.press('d', 'd');
    expect(await ada.ends()).toBe(0);
    const log = readFileSync(path.join(ada.runFolder(), 'run.md'), 'utf8');
    expect(log).toContain('Note: the rope is torn');
    expect(log).toContain('Taken back by ada (asked again)');
    expect(log).not.toContain('Unknown outcome');
  });

  test('retries without a terminal, and with one', async () => {
    const ada = sitDown({
      runbook: '# T\n\n```bash\n[ -t 1 ] && echo "has one" || echo none; false\n```\n',
    });
    await ada.press('r');
    await ada.sees('has one');
    await ada.press('t');
    await ada.sees('none');
    await ada.press('t');
    await ada.sees('has one');
    await ada.press('x');
    expect(await ada.ends()).toBe(1);
  });

  test('is there for what a person says is not right, and ends nothing by itself', async () => {
    const ada = sitDown({ runbook: LINES });
    await ada.press('f');
    await ada.answer('the wrong host');
    await ada.sees('FAILED');
    await ada.press('r');
    await ada.sees('test -e ready');
    await ada.press('f');
    await ada.answer('still wrong');
    await ada.press('g');
    await ada.answer('the other host did it');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.started')).toEqual([]);
    expect(ada.text()).toContain('DONE WITH EXCEPTIONS');
  });

  test('shows what was printed, with the difference to the try before, and finds in it', async () => {
    const ada = sitDown({ runbook: '# T\n\n```bash\necho same; date +%N; seq 40; false\n```\n' });
    await ada.press('r', 'r', 'v');
    await ada.shows('Output of T: try 2');
    ada.type('d');
    await ada.shows(/^- \d+$/m);
    ada.type('/');
    await ada.answer('33');
    await ada.shows('33');
    await ada.press('q', 'x');
    expect(await ada.ends()).toBe(1);
  });
});

test('an empty command is a shell with what the run has set, and what it sets stays', async () => {
  const ada = sitDown({
    runbook: '# T\n\n```bash\na=5; b=0\n```\n\n```bash\necho "b is $b"\n```\n',
  });
  await ada.press('r', '!');
  await ada.answer('');
  await ada.sees('this run');
  ada.type('echo "a is $a"; b=7\r');
  await ada.sees('a is 5');
  ada.type('exit\r');
  await ada.press('r');
  await ada.sees('b is 7');
  expect(await ada.ends()).toBe(0);
});

const SLOW = '# Slow\n\n```bash\necho $$ > pid; echo started; sleep 60; echo never\n```\n';

describe.concurrent('Ctrl-C', () => {
  test('while a step runs stops it and shows the failure menu', async () => {
    const ada = sitDown({ runbook: SLOW });
    await ada.press('r');
    await ada.sees('  | started');
    ada.type('\u0003');
    await ada.sees('CANCELLED');
    expect(isAlive(ada)).toBe(false);
    await ada.press('x');
    expect(await ada.ends()).toBe(1);
  });

  test('twice within 2 s ends the run with 130, and nothing is left behind', async () => {
    const ada = sitDown({
      runbook:
        "# Deaf\n\n```bash\ntrap '' INT TERM; echo $$ > pid; echo started; for i in $(seq 600); do sleep 0.1; done\n```\n",
    });
    await ada.press('r');
    await ada.sees('  | started');
    ada.type('\u0003');
    await new Promise((resolve) => setTimeout(resolve, 300));
    ada.type('\u0003');
    expect(await ada.ends()).toBe(130);
    expect(isAlive(ada)).toBe(false);
    expect(ada.eventsOf('run.finished')).toMatchObject([{ outcome: 'cancelled', exitCode: 130 }]);
  });

  test('in a question leaves the question', async () => {
    const ada = sitDown({ runbook: FLAKY, args: GO });
    await ada.press('s');
    await ada.sees('Why skip it?');
    ada.type('\u0003');
    await ada.press('n');
    await ada.sees('Note:');
    ada.type('\u001b');
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
    expect(ada.eventsOf('step.skipped')).toEqual([]);
  });
});

function isAlive({ folder }: Person): boolean {
  const stat = `/proc/${readFileSync(path.join(folder, 'pid'), 'utf8').trim()}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

describe.concurrent('output that is not what the page expects', () => {
  const PAGE = '# Lag\n\n```bash\necho lag 3 s\n```\n\nExpected output:\n\n```text\nlag 2 s\n```\n';

  test('can be accepted with a reason, and the failed try stays in the record', async () => {
    const ada = sitDown({ runbook: PAGE });
    await ada.press('r');
    await ada.sees('accept the difference');
    await ada.press('d');
    await ada.answer('the replica is far away');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.finished').map(({ outcome }) => outcome)).toEqual([
      'failed',
      'confirmed',
    ]);
    expect(ada.text()).toContain('DONE WITH EXCEPTIONS');
  });

  test('can be expected from now on: the page is shown as it would be, and written after a yes', async () => {
    const ada = sitDown({ runbook: PAGE });
    await ada.press('r');
    await ada.sees('expect this from now on');
    await ada.press('w');
    await ada.sees('+lag 3 s');
    await ada.sees('Write this into runbook.md?');
    ada.type('y\r');
    await ada.sees('Written.');
    await ada.press('q');
    await ada.ends();
    const page = readFileSync(path.join(ada.folder, 'runbook.md'), 'utf8');
    expect(page).toBe(PAGE.replace('lag 2 s', 'lag 3 s'));
  });
});

test.each([
  ['goto #fix', 'on-fail: goto #fix (o leads there)'],
  ['rollback', 'on-fail: rollback'],
])('the card says what the page says of a failure: %s', async (says, shown) => {
  const ada = sitDown({
    runbook: `# T\n\n~~~bash on-fail="${says}"\nfalse\n~~~\n\n## Fix\n\n~~~bash\ntrue\n~~~\n\n## Rollback\n\n~~~bash\ntrue\n~~~\n`,
  });
  await ada.sees('1 │ false');
  await ada.press('r');
  expect(await ada.sees('page says')).toContain(shown);
});
