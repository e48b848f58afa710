import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const POOL = `# Pool

Connections **leak** at night.

## Look

\`\`\`bash
echo "active: 12"
\`\`\`

## Act

\`\`\`bash
touch restarted; echo restarted
\`\`\`

## Clean

\`\`\`bash
rm -rf ./old-data
\`\`\`
`;

const FOUR = `# Four

\`\`\`bash
echo one
\`\`\`

<!-- handrail: name=two -->
\`\`\`bash
touch two; echo ran two
\`\`\`

<!-- handrail: verify -->
\`\`\`bash
test -e two
\`\`\`

\`\`\`bash
echo three
\`\`\`

\`\`\`bash
echo four
\`\`\`
`;

const PARTS = `# Parts

\`\`\`bash
# First part
a=1; echo "part one"

# Second part
echo "two has a=$a"

# Third part
echo "three"
\`\`\`
`;

describe.concurrent('a step prompt', () => {
  test('runs by r, runs by Enter only what reads, and what destroys by its typed target', async () => {
    const ada = sitDown({ runbook: POOL });
    await ada.sees('active: 12');
    await ada.press('\r');
    expect(await ada.sees('touch restarted')).toContain('  | active: 12');
    await ada.press('r');
    await ada.sees('rm -rf');
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(true);
    await ada.press('r');
    await ada.answer('./wrong');
    await ada.sees('Not run');
    expect(ada.eventsOf('step.started')).toHaveLength(2);
    await ada.press('r');
    await ada.answer('./old-data');
    await ada.sees('DONE');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('approval.granted').map(({ by, how }) => [by, how])).toEqual([
      ['ada', 'typed ./old-data'],
    ]);
  });

  test('takes no Enter for what writes, and no key that comes too early', async () => {
    const ada = sitDown({ runbook: POOL });
    await ada.sees(/^>/m);
    ada.type('rrrrrrr');
    await ada.press('r');
    await ada.sees('touch restarted');
    await ada.sees(/^>/m);
    ada.type('rrrr');
    await new Promise((resolve) => setTimeout(resolve, 400));
    ada.type('\r\r');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ada.eventsOf('step.started')).toHaveLength(1);
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
  });

  test('takes a reason for a skip, a note, the way back, a jump, and records each', async () => {
    const ada = sitDown({ runbook: FOUR });
    await ada.press('n');
    await ada.answer('paged by the bank');
    await ada.press('r', 's');
    await ada.sees('Why skip it?');
    ada.type('\r');
    await ada.sees('A reason is needed');
    ada.type('done at noon\r');
    await ada.sees('echo three');
    await ada.press('b');
    await ada.sees('touch two');
    await ada.press('m');
    await ada.answer('on the console');
    await ada.sees('echo three');
    await ada.press('o');
    await ada.shows('Outline of Four');
    ada.type('4.');
    await ada.shows('filter: 4.');
    ada.type('\r');
    await ada.answer('three is not needed');
    await ada.sees('last step');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('DONE WITH EXCEPTIONS');
    expect(ada.eventsOf('note.added').map(({ by, text }) => `${by}: ${text}`)).toEqual([
      'ada: paged by the bank',
    ]);
    expect(ada.eventsOf('deviation.recorded').map(({ what, why }) => [what, why])).toEqual([
      ['skipped', 'done at noon'],
      ['jumped to `two`', 'back'],
      ['done by hand', 'on the console'],
      ['jumped to `four/four-4`', 'three is not needed'],
    ]);
  });

  test('shows the log so far, help and a handover, and runs a command of my own and a probe', async () => {
    const ada = sitDown({ runbook: FOUR });
    await ada.press('?');
    expect(await ada.sees('recorded as deviations')).toContain('until something needs you');
    await ada.press('r', 'k');
    await ada.sees('probe FAILED');
    await ada.press('!');
    await ada.answer('touch two; echo mine');
    await ada.sees('  | mine');
    await ada.press('l');
    expect(await ada.sees('log ')).toMatch(/1 passed +Four/);
    await ada.press('p');
    expect(await ada.sees('handrail resume')).toContain('Now at step 2 of 4');
    await ada.press('\u0003');
    await ada.sees('Nothing is running');
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
    const probes = ada.eventsOf('step.finished').filter(({ probe }) => probe);
    expect(probes.map(({ outcome }) => outcome)).toEqual(['failed']);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([
      { what: 'command', text: 'touch two; echo mine' },
    ]);
  });

  test('wants the target of what destroys typed with its value, and says with it which line failed', async () => {
    const ada = sitDown({
      runbook: '# D\n\n```bash\ncd .\nrm -r /nosuch/<place-name>\n```\n',
      args: ['run', 'runbook.md', '--input', 'place-name=berth'],
    });
    await ada.press('r');
    await ada.sees('Type /nosuch/berth to run it');
    await ada.answer('/nosuch/<place-name>');
    await ada.sees('Not run');
    await ada.press('r');
    await ada.answer('/nosuch/berth');
    expect(await ada.sees('end the run as failed')).toMatch(/rm -r \/nosuch\/berth +failed/);
    await ada.press('q');
    await ada.ends();
  });

  test('wants each of several targets typed, and the number of many behind the first', async () => {
    const page = (...names: readonly string[]): string =>
      `# D\n\n\`\`\`bash\n${names.map((name) => `rm -rf ./${name}`).join('\n')}\n\`\`\`\n`;
    const ada = sitDown({ runbook: page('one', 'two') });
    await ada.press('r');
    await ada.sees('It destroys 2 things:');
    await ada.answer('./one');
    await ada.sees('Type ./two to go on');
    await ada.answer('./one');
    await ada.sees('Not run');
    await ada.press('r');
    await ada.answer('./one');
    await ada.answer('./two');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('approval.granted')).toMatchObject([{ how: 'typed ./one, ./two' }]);

    const bob = sitDown({ runbook: page('a', 'b', 'c', 'd', 'e') });
    await bob.press('r');
    expect(await bob.sees('Type ./a to go on')).toMatch(/1\. \.\/a\n.*\n.*\n.*\n +5\. \.\/e/);
    await bob.answer('./a');
    await bob.sees('Type 5, for all of them');
    await bob.answer('5');
    expect(await bob.ends()).toBe(0);
  });

  test('wants the target typed of what an edit makes destroy, as it is edited', async () => {
    const ada = sitDown({
      runbook: '# L\n\n```bash\nls old\n```\n\n```bash\nrm -rf ./old\n```\n',
      files: { 'editor.sh': '#!/bin/sh\nsed -i \'s/ls old/rm -rf .\\/new/; s/old/newer/\' "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
      args: ['run', 'runbook.md'],
    });
    for (const target of ['./new', './newer']) {
      await ada.press('e');
      await ada.sees('Run this instead?');
      await ada.answer('y');
      await ada.answer('it moved');
      await ada.sees(`Type ${target} to run it`);
      await ada.answer(target);
      await ada.sees(/PASSED/);
    }
    expect(await ada.ends()).toBe(0);
  });

  test('that failed and was skipped is not what a resume says to go on with', async () => {
    const ada = sitDown({
      runbook: '# S\n\n## One\n\n```bash\nfalse\n```\n\n## Two\n\n```bash\necho two\n```\n',
    });
    await ada.press('r', 's');
    await ada.answer('not today');
    await ada.sees('2. Two');
    await ada.press('q');
    await ada.ends();
    const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'] });
    expect(await bob.sees('go on (Enter)')).toMatch(/next +2\. Two/);
    await bob.press('r');
    await bob.sees('echo two');
    await bob.press('q');
    await bob.ends();
  });

  test('has in its help the keys of the stop that it is at, and no other', async () => {
    const ada = sitDown({
      runbook: '# H\n\n- [ ] Call the bank\n\n## Then\n\n```bash\nfalse\n```\n',
    });
    await ada.press('?');
    const byHand = await ada.sees('recorded as deviations');
    expect(byHand).toMatch(/^d +done, next$/m);
    expect(byHand).not.toMatch(/^(?:r|e|m|k|a) +/m);
    expect(byHand).toMatch(/^l +what happened so far$/m);
    await ada.press('d', 'r', '?');
    const failed = await ada.sees('recorded as deviations');
    expect(failed).toMatch(/^x +end the run as failed$/m);
    expect(failed).not.toMatch(/^(?:a|f) +/m);
    await ada.press('q');
    await ada.ends();
  });

  test('lets me edit the command in my editor, and records the edit', async () => {
    const ada = sitDown({
      runbook: '# E\n\n```bash\necho one\n```\n',
      files: { 'editor.sh': '#!/bin/sh\necho "echo edited" > "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
    });
    await ada.press('e');
    await ada.sees('Run this instead?');
    ada.type('y\r');
    await ada.answer('another way');
    await ada.sees('  | edited');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([
      { what: 'edited', text: 'echo edited\n', by: 'ada', why: 'another way' },
    ]);
  });

  test('runs on until something needs me', async () => {
    const ada = sitDown({ runbook: `${FOUR}\n- [ ] Somebody looked\n` });
    await ada.press('a');
    await ada.sees('Somebody looked');
    expect(ada.eventsOf('step.finished').filter(({ probe }) => !probe)).toHaveLength(4);
    await ada.press('d');
    expect(await ada.ends()).toBe(0);
  });

  test('running on says where it asks for a target', async () => {
    const ada = sitDown({
      runbook:
        '# L\n\n```bash\nrm -rf ./one\n```\n\n```bash\ntouch two\n```\n\n```bash\nrm -rf ./three\n```\n',
      columns: 100,
    });
    await ada.sees('a run on, to step 3 (asks for targets)');
    await ada.press('r');
    await ada.answer('./one');
    await ada.sees(/2\/3[\s\S]*a run on, to step 3 \(asks for targets\)/);
    await ada.press('q');
    await ada.ends();
  });

  test('what is pasted into a question of one line is kept, all of it', async () => {
    const ada = sitDown({ runbook: '# L\n\n```bash\ntouch one\n```\n\n```bash\ntouch two\n```\n' });
    await ada.press('n');
    await ada.sees('Note:');
    ada.type('first\rsecönd\r\nthird\r');
    await ada.press('s');
    await ada.sees('Why skip it?');
    ada.type('r\rs\rq');
    await ada.sees('r s q');
    ada.type('\r');
    await ada.sees('step 2/2');
    await ada.press('q');
    await ada.ends();
    expect(ada.eventsOf('note.added')).toMatchObject([{ text: 'first secönd third' }]);
    expect(ada.eventsOf('step.skipped')).toMatchObject([{ why: 'r s q' }]);
    expect(existsSync(path.join(ada.folder, 'one'))).toBe(false);
  });

  test('does not run on after what was typed for the first step was taken back', async () => {
    const ada = sitDown({
      runbook: '# L\n\n```bash\nrm -rf ./one\n```\n\n```bash\ntouch two\n```\n',
    });
    await ada.press('a');
    await ada.sees('Type ./one to run it');
    await ada.answer('no');
    await ada.sees('Not run');
    await ada.press('r');
    await ada.sees('Type ./one to run it');
    await ada.answer('./one');
    await ada.sees('r run');
    await ada.sees(/step 2\/2/);
    await ada.press('q');
    await ada.ends();
    expect(ada.eventsOf('step.started')).toHaveLength(1);
    expect(existsSync(path.join(ada.folder, 'two'))).toBe(false);
  });

  test('offers the parts of a fence one after another, with the state of the shell', async () => {
    const ada = sitDown({ runbook: PARTS });
    await ada.sees('run part 1');
    await ada.press('\r');
    await ada.sees('run part 2');
    await ada.press('\r');
    expect(await ada.sees('run part 3')).toContain('  | two has a=1');
    await ada.press('\r');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.started').map(({ part }) => part)).toEqual([
      { number: 1, of: 3 },
      { number: 2, of: 3 },
      { number: 3, of: 3 },
    ]);
    const other = sitDown({ runbook: PARTS });
    await other.press('2');
    await other.sees('  | two has a=');
    await other.press('w');
    expect(await other.ends()).toBe(0);
    expect(other.text()).toContain('  | part one');
  });

  test('picks a procedure of a manual by a few letters', async () => {
    const ada = sitDown({
      runbook: `---\nkind: manual\n---\n# M\n\n## Restart ${'very '.repeat(30)}long\n\n\`\`\`bash\necho r\n\`\`\`\n\n## Backup\n\n\`\`\`bash\necho b\n\`\`\`\n`,
      args: ['run', '{file}'],
    });
    await ada.shows('Which procedure');
    ada.type('backup');
    await ada.shows('filter: backup');
    ada.type('\r');
    await ada.sees('echo b');
    expect(ada.lines().every((line) => line.length <= 80)).toBe(true);
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
  });

  test('asks for inputs once, shows them in a table, and begins when I say so', async () => {
    const ada = sitDown({
      runbook:
        '---\ninputs:\n  region:\n    description: Where it runs\n  token:\n    secret: true\n  size:\n    choices: [small, large]\n  port:\n    default: 5432\n---\n# I\n\n```bash\necho {{region}} {{size}} {{port}}; test -n {{token}} && echo has token\n```\n',
    });
    await ada.answer('eu-1');
    await ada.sees('size');
    await ada.choose('large');
    await ada.sees('token');
    ada.type('hunter2secret\r');
    const table = await ada.sees('begin with these');
    expect(table).toMatch(/region +eu-1 +you/);
    expect(table).toMatch(/token +\*\*\* +you/);
    expect(table).toMatch(/port +5432 +default/);
    await ada.press('y', 'r');
    await ada.sees('  | eu-1 large 5432');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('hunter2secret');
  });

  test('what is typed ahead of a secret’s question is on no screen', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const ada = sitDown({
      runbook: `---\ninputs:\n${names.map((name) => `  ${name}: { secret: true }\n`).join('')}---\n# I\n\n\`\`\`bash\n: ${names.map((name) => `{{${name}}}`).join(' ')}\n\`\`\`\n`,
    });
    await ada.sees('Values that it needs');
    // Whatever moment lies between two questions, some of these fall into it.
    for (let at = 0; !ada.text().includes('begin with these'); at += 1) {
      ada.type(at % 40 === 39 ? '\r' : 'Z');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(ada.text()).not.toContain('Z');
    await ada.press('q');
    await ada.ends();
  });

  test('clocks go on while a stop waits: the time in all, here, and what is left of the heading’s', async () => {
    const ada = sitDown({
      runbook: '# M\n\n## Look (5 minutes)\n\n```bash\necho looked\n```\n',
    });
    await ada.shows(/left of 5 m {3}here 0 s/);
    await ada.shows(/4 m 5\d s left of 5 m {3}here 2 s/);
    expect(ada.text().match(/left of 5 m/g)).toHaveLength(1);
    expect(ada.raw()).not.toContain('\u001b[2J');
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
  });

  test('wants the step named where what would be typed is a piece of a pipeline', async () => {
    const ada = sitDown({
      runbook: '# Db\n\n```bash name=load-it\ngunzip -c dump.gz | psql shop\n```\n',
    });
    await ada.press('r');
    await ada.sees('Type load-it to run it');
    await ada.answer('gunzip');
    await ada.sees('Not run');
    await ada.press('q');
    await ada.ends();
  });

  for (const columns of [40, 80])
    test(`shows what it runs before its comments where ${columns}x24 holds only one of them`, async () => {
      const why = Array.from(
        { length: 20 },
        (_, at) => `# Reason ${at + 1} why it is done so, at length.`,
      );
      const ada = sitDown({
        runbook: `# C\n\n\`\`\`bash\n${why.join('\n')}\ncat <<'END'\n# kept\n\nEND\n\necho two\n\`\`\`\n`,
        columns,
        rows: 24,
        env: { LANG: 'C.UTF-8' },
      });
      await ada.sees('save and quit');
      const shown = ada.lines().slice(-24).join('\n');
      expect(shown).toMatch(/21 │ cat <<'END'/);
      if (columns === 80) expect(shown).toMatch(/22 │ # kept\n +23 │\n +24 │ END\n +26 │ echo two/);
      expect(shown).toMatch(/more lines: \+ shows all/);
      await ada.press('+');
      expect(await ada.sees('26 │ echo two')).toContain('20 │ # Reason 20');
    });

  test('what it is, what it does and every key stand on 24 rows, whatever else is to be said', async () => {
    const parts = ['Drain', 'Stop', 'Copy', 'Check', 'Switch', 'Start', 'Look', 'Tell everybody'];
    const fence = parts.map(
      (title, at) => `# ${at + 1}. ${title} it all over the place\ndo-${at} --version {{v}}`,
    );
    const ada = sitDown({
      runbook: `---\ninputs: { v: { default: '1.2' } }\n---\n# Deploy\n\n\`\`\`bash\n${fence.join('\n\n')}\nrm -rf ./old\n\`\`\`\n`,
    });
    await ada.sees('save and quit');
    await ada.until(() => ada.lines().at(-1)?.startsWith('>') ?? false);
    const screen = ada.lines().slice(-24).join('\n');
    expect(screen).toMatch(/^runbook\.md +step 1\/1/m);
    expect(screen).toContain('DESTRUCTIVE');
    expect(screen).toContain('8 in all');
    expect(screen).not.toMatch(/\d\u00a0?\s*\d+\. Stop/);
    await ada.press('q');
    await ada.ends();
  });

  test('all of a manual is gone through procedure by procedure: each is begun, or left out with a reason', async () => {
    const part = (name: string): string => `## ${name}\n\n\`\`\`bash\ntouch ${name}\n\`\`\`\n`;
    const ada = sitDown({
      runbook: `---\nkind: manual\n---\n# Manual\n\n${['alpha', 'beta', 'gamma', 'delta'].map(part).join('\n')}`,
    });
    await ada.sees('procedure 1 of 4');
    await ada.press('y');
    await ada.sees('touch alpha');
    await ada.press('r');
    await ada.sees('procedure 2 of 4');
    await ada.press('x');
    await ada.answer('not due today');
    await ada.sees('procedure 3 of 4');
    await ada.press('w');
    await ada.sees('touch gamma');
    await ada.press('r');
    await ada.sees('touch delta');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.skipped')).toMatchObject([{ why: 'not due today' }]);
    expect(
      ['alpha', 'beta', 'gamma', 'delta'].map((name) => existsSync(path.join(ada.folder, name))),
    ).toEqual([true, false, true, true]);
  });
});

describe('what the page says before a step that is not asked about', () => {
  test('how a procedure ends, and what stands above several, is shown when the next is left out', async () => {
    const ada = sitDown({
      runbook: `---
kind: manual
---
# Mill

Doors stay shut meanwhile.

## Flood

\`\`\`bash
touch flood
\`\`\`

Ring the mayor within a quarter of an hour.

## About the wheel

It turns twice a minute.

## Fire

\`\`\`bash
touch fire
\`\`\`

Wet the roof for an hour.

## Storm

\`\`\`bash
touch storm
\`\`\`

Count the shingles.
`,
    });
    const first = await ada.sees('procedure 1 of 3');
    expect(first).toContain('Doors stay shut meanwhile.');
    await ada.press('y');
    await ada.sees('touch flood');
    await ada.press('r');
    const second = await ada.sees('procedure 2 of 3');
    expect(second).toContain('Ring the mayor within a quarter of an hour.');
    expect(second).toContain('It turns twice a minute.');
    await ada.press('x');
    await ada.answer('nothing burns');
    await ada.sees('procedure 3 of 3');
    await ada.press('y');
    await ada.sees('touch storm');
    await ada.press('r');
    await ada.sees('Count the shingles.');
    await ada.press('d');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('Wet the roof');
    expect(ada.text().split('It turns twice a minute.')).toHaveLength(2);
  });

  test('the rest of the page is read though the last procedure is left out', async () => {
    const part = (name: string): string => `## ${name}\n\n\`\`\`bash\ntouch ${name}\n\`\`\`\n`;
    const ada = sitDown({
      runbook: `---\nkind: manual\n---\n# Mill\n\n${part('alpha')}\n${part('beta')}\nOil it.\n\n## About\n\nBuilt in 1890.\n`,
    });
    await ada.press('y');
    await ada.sees('touch alpha');
    await ada.press('r');
    await ada.sees('procedure 2 of 2');
    await ada.press('x');
    await ada.answer('not due');
    await ada.sees('READ');
    await ada.shows('Built in 1890.');
    await ada.press('d');
    expect(await ada.ends()).toBe(0);
  });

  test('steps behind a link are left out with the procedure that the link stands in', async () => {
    const part = (name: string): string => `## ${name}\n\n\`\`\`bash\ntouch ${name}\n\`\`\`\n`;
    const ada = sitDown({
      runbook: `---\nkind: manual\n---\n# Mill\n\n${part('alpha')}\n${part('beta')}\n1. [Grease it](other.md)\n`,
      files: { 'other.md': '# Other\n\n## alpha\n\n```bash\ntouch greased\n```\n' },
    });
    await ada.press('x');
    await ada.answer('not the first');
    await ada.sees('procedure 2 of 2');
    await ada.press('y');
    await ada.sees('touch beta');
    await ada.press('r');
    await ada.sees('touch greased');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'greased'))).toBe(true);
    expect(existsSync(path.join(ada.folder, 'alpha'))).toBe(false);
  });

  test('is shown while it runs on', async () => {
    const ada = sitDown({
      runbook:
        '# Round\n\n## Look\n\n```bash\ndate\n```\n\nTell the miller what it says.\n\n```bash\nhostname\n```\n\nWrite it down.\n',
    });
    await ada.sees('run on, to step 3');
    await ada.press('a');
    await ada.sees('Write it down.');
    expect(ada.text()).toContain('Tell the miller what it says.');
    await ada.press('d');
    expect(await ada.ends()).toBe(0);
  });
});

test('a value that is left open is named before the run begins', async () => {
  const ada = sitDown({ runbook: '# Mill\n\n```bash\necho "to $WHERE_TO"\n```\n' });
  await ada.sees('WHERE_TO:');
  await new Promise((resolve) => setTimeout(resolve, 300));
  ada.type('\u0003');
  await ada.sees('WHERE_TO is left open.');
  await ada.press('q');
  await ada.ends();
});

test('going ahead by the outline says before how many stops it skips', async () => {
  const part = (name: string): string => `## ${name}\n\n\`\`\`bash\ntouch ${name}\n\`\`\`\n`;
  const ada = sitDown({ runbook: `# Mill\n\n${['alpha', 'beta', 'gamma'].map(part).join('\n')}` });
  await ada.sees('touch alpha');
  await ada.press('o');
  await ada.sees('Outline of Mill');
  ada.type('gamma');
  await ada.shows('1 of 3');
  ada.type('\r');
  await ada.sees('Why go there? It skips 2 stops.');
  await ada.answer('both are done');
  await ada.sees('touch gamma');
  await ada.press('r');
  expect(await ada.ends()).toBe(0);
  expect(ada.eventsOf('step.skipped')).toHaveLength(2);
});

test('lines that are pasted where a key is asked for approve nothing', async () => {
  const ada = sitDown({ runbook: POOL });
  await ada.sees('active: 12');
  await ada.press('r');
  await ada.sees('touch restarted');
  await new Promise((resolve) => setTimeout(resolve, 600));
  ada.type('restart it\nr\nd\n');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(false);
  await ada.press('r');
  await ada.sees('rm -rf ./old-data');
  expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(true);
});

test('what a session has to print is said without its prompts', async () => {
  for (const [fence, said] of [
    ['```console\n$ echo one\none\n$ echo two\ntwo\n```\n', 'expect    one two   (line'],
    ['```bash\necho one\n```\n\nExpected output:\n\n```\none\n```\n', 'expect    one   (line'],
  ] as const) {
    const ada = sitDown({ runbook: `# S\n\n${fence}` });
    await ada.sees(said);
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
  }
});
