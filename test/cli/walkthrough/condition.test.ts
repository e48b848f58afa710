import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const DOWN = `# Connection failure

1. Look at it:

   \`\`\`bash
   echo looked
   \`\`\`

2. Leave a mark:

   \`\`\`bash
   touch marked
   \`\`\`

3. If the database is down:

   \`\`\`bash
   touch restarted
   \`\`\`

   \`\`\`bash
   touch settled
   \`\`\`

4. Write it down:

   \`\`\`bash
   touch noted
   \`\`\`
`;

const SYSTEMS = `# Install

On Debian:

\`\`\`bash
touch deb
\`\`\`

On Red Hat:

\`\`\`bash
touch red
\`\`\`
`;

describe.concurrent('a condition at the terminal', () => {
  const READ: readonly (readonly [how: string, page: string])[] = [
    [
      'a heading',
      '# L\n\n## If the ledger is locked\n\nOnly the clerks know.\n\n### Tell the clerks\n\nAsk them to run `touch span`.\n\n### Unlock\n\n```bash\ntouch step\n```\n\n### Tell the press\n\nAsk them to print `touch span`.\n',
    ],
    [
      'a gate',
      '# L\n\n## Unlock\n\nAbort if the ledger is in use.\n\n### Tell the clerks\n\nAsk them to run `touch span`.\n\n### Open it\n\n```bash\ntouch step\n```\n\n### Tell the press\n\nAsk them to print `touch span`.\n',
    ],
  ];
  test.each(READ)(
    'over text to be read is asked before its code is offered: %s',
    async (_, page) => {
      const ada = sitDown({ runbook: page, args: ['run', '{file}', '--all'] });
      let screen = await ada.sees('q save and quit');
      if (screen.includes('READ')) {
        expect(screen).not.toContain('run the code');
        await ada.press('d');
      }
      screen = await ada.sees('! look first');
      expect(screen).not.toContain('yes, run it');
      await ada.press('x');
      await ada.answer('not today');
      await ada.ends();
      expect(ada.text()).not.toContain('run the code');
      expect(existsSync(path.join(ada.folder, 'step'))).toBe(false);
    },
  );

  test('is never passed by running on; yes runs the step', async () => {
    const ada = sitDown({ runbook: DOWN });
    await ada.press('a');
    await ada.sees('Does this hold: If the database is down');
    expect(existsSync(path.join(ada.folder, 'marked'))).toBe(true);
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(false);
    await ada.press('y');
    await ada.sees('touch settled');
    await ada.press('r');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    // What was answered is not said again of each step under it.
    expect(ada.text()).not.toContain('only if');
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(true);
    expect(ada.eventsOf('condition.decided')).toMatchObject([{ holds: true, by: 'ada' }]);
  });

  test('does not apply, with a reason', async () => {
    const ada = sitDown({ runbook: DOWN });
    await ada.press('a');
    await ada.press('x');
    await ada.answer('it answers');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(false);
    expect(ada.eventsOf('condition.decided')).toMatchObject([{ holds: false, why: 'it answers' }]);
  });

  test('is asked with the values of this run, and so are the headings around it', async () => {
    const ada = sitDown({
      runbook:
        '---\ninputs: { replica: { default: db2 } }\n---\n\n# Fail over\n\n## Promote {{replica}}\n\nIf {{replica}} is in recovery, stop.\n\n```bash\necho one\n```\n\nIf {{replica}} is slow:\n\n```bash\necho two\n```\n\n## Look at {{replica}}\n\n- [ ] {{replica}} is fine\n- [ ] All is fine\n',
    });
    await ada.sees('The page says: If db2 is in recovery, stop.');
    await ada.press('y');
    await ada.sees('Does this hold: If db2 is slow');
    await ada.press('y');
    await ada.sees('Look at db2');
    // A key that is not offered draws nothing.
    ada.type('c');
    await ada.press(' ');
    await ada.shows('checklist  1 of 2');
    expect(ada.text().match(/checklist {2}\d of 2/g)).toHaveLength(1);
    await ada.press(' ');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('{{');
  });

  test('of alternatives one is chosen by its number', async () => {
    const ada = sitDown({ runbook: SYSTEMS });
    await ada.sees('At most one of these');
    await ada.press('2');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'deb'))).toBe(false);
    expect(existsSync(path.join(ada.folder, 'red'))).toBe(true);
  });

  test('more alternatives than digits are read by the screenful and chosen from a list', async () => {
    const option = (at: number): string =>
      `### Option ${'ABCDEFGHIJKL'[at]}: move it to cluster ${at}\n\n\`\`\`bash\ntouch option-${at}\necho ${at}\n\`\`\`\n`;
    const options = Array.from({ length: 12 }, (_, at) => option(at)).join('\n');
    const ada = sitDown({
      runbook: `# Move\n\n## Move the tenant\n\n${options}`,
      columns: 40,
      rows: 24,
    });
    await ada.press('c');
    await ada.shows('12 Option L');
    ada.type('Option K');
    await ada.until(() => !ada.lines().at(-1)?.includes('Option L'));
    ada.type('\r');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'option-10'))).toBe(true);
    expect(existsSync(path.join(ada.folder, 'option-0'))).toBe(false);
  });

  test.each([40, 60, 80])(
    'is asked once, whole, right above its keys: %i columns',
    async (columns) => {
      const words =
        'Abort if the lag of the billing database in the second region is larger than thirty seconds, or if the primary still takes writes from any of the old application servers.';
      const ada = sitDown({
        runbook: `# Gate\n\n## Promote\n\n${words}\n\n\`\`\`bash\ntouch promoted\n\`\`\`\n`,
        columns,
        rows: 24,
      });
      await ada.sees('Enter is off here');
      const shown = ada.lines().join(' ').replaceAll(/\s+/g, ' ');
      const asked = `May it go on? The page says: ${words}`;
      expect(shown.split(asked)).toHaveLength(2);
      expect(shown.slice(shown.indexOf(asked) + asked.length).trim()).toMatch(/^y yes, go on/);
    },
  );

  test('in plain words', async () => {
    const ada = sitDown({ runbook: SYSTEMS, env: { HANDRAIL_PLAIN: '1' } });
    await ada.sees('At most one of these');
    await ada.answer('none');
    await ada.answer('this is Alpine');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'deb'))).toBe(false);
    expect(existsSync(path.join(ada.folder, 'red'))).toBe(false);
  });
});

const SHADOW = `# Move

\`\`\`bash
# Move to shadow
echo shadow >> done

# After a week without violations, proceed
echo enforce >> done

# Mark it complete
echo complete >> done
\`\`\`
`;

describe.concurrent('a condition of one part', () => {
  const done = (folder: string): string =>
    readFileSync(path.join(folder, 'done'), 'utf8').trim().replaceAll('\n', ' ');

  test('is asked when it comes to it, whichever key the parts above it ran by', async () => {
    for (const key of ['r', 'a']) {
      const ada = sitDown({ runbook: SHADOW });
      await ada.sees('run part 1');
      expect(ada.text()).not.toContain('Does this hold');
      expect(ada.text()).not.toContain('run it whole');
      await ada.press(key);
      await ada.sees('Does this hold: After a week without violations, proceed');
      expect(done(ada.folder)).toBe('shadow');
      await ada.press('y');
      await ada.sees('run part 2');
      await ada.press('r');
      await ada.sees('run part 3');
      expect(done(ada.folder)).toBe('shadow enforce');
      await ada.press('r');
      expect(await ada.ends()).toBe(0);
    }
  });

  test('leaves the part out where it does not hold, and a run that goes on knows it', async () => {
    const ada = sitDown({ runbook: SHADOW });
    await ada.press('r');
    await ada.sees('Does this hold');
    await ada.press('x');
    await ada.answer('there were some');
    await ada.sees('run part 3');
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
    const bo = sitDown({ folder: ada.folder, args: ['resume'] });
    await bo.sees('part 3 of 3');
    await bo.press('r');
    await bo.sees('run part 3');
    await bo.press('r');
    expect(await bo.ends()).toBe(0);
    expect(done(ada.folder)).toBe('shadow complete');
  });

  test('is asked in plain words too, and not again of a part that failed', async () => {
    const runbook = SHADOW.replace('echo enforce >> done', 'cat ok >> done');
    const ada = sitDown({ runbook, env: { HANDRAIL_PLAIN: '1' } });
    await ada.answer('run');
    await ada.sees('Does this hold: After a week');
    await ada.answer('yes');
    await ada.answer('run');
    await ada.sees('FAILED');
    writeFileSync(path.join(ada.folder, 'ok'), 'enforce\n');
    await ada.answer('retry');
    await ada.sees('3 Mark it complete (next)');
    expect(ada.text().match(/Does this hold/g)).toHaveLength(1);
    await ada.answer('run');
    expect(await ada.ends()).toBe(0);
    expect(done(ada.folder)).toBe('shadow enforce complete');
  });

  test('stays on a low screen, right above its keys', async () => {
    const ada = sitDown({ runbook: SHADOW, columns: 40, rows: 24 });
    await ada.press('r');
    await ada.sees('Enter is off here');
    const rows = ada.lines().slice(-16);
    expect(rows.join(' ')).toMatch(/Does this hold: After a week/);
  });
});

describe.concurrent('commands in the words of a page', () => {
  const PAGE = `# Standby

\`\`\`bash
echo first
\`\`\`

## Reconstruct a standby that is lost

It is lost when it lags.

* Start a session, it takes some hours
* \`touch looked\`
* \`rm -r data/*\`
* Follow the other page to start the replica
`;

  test('are counted where they can be run, and one that destroys wants its target typed', async () => {
    const ada = sitDown({ runbook: PAGE, files: { data: 'x' } });
    await ada.press('r');
    await ada.sees('2 commands in it');
    await ada.press('r');
    await ada.choose('rm -r');
    await ada.sees('It destroys. Type data/* to run it:');
    await ada.answer('no');
    await ada.sees('Not run');
    await ada.press('r');
    await ada.choose('touch');
    await ada.sees('Run `touch looked`?');
    await ada.answer('y');
    await ada.until(() => existsSync(path.join(ada.folder, 'looked')));
    expect(existsSync(path.join(ada.folder, 'data'))).toBe(true);
    await ada.press('d');
    expect(await ada.ends()).toBe(0);
    expect(
      ada
        .eventsOf('deviation.recorded')
        .map(({ what }) => what)
        .join(),
    ).not.toContain('rm -r');
  });
});
