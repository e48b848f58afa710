import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const table = (...rows: readonly string[]): string => {
  const [head = '', ...others] = rows;
  return [head, head.replaceAll(/[^|]+/g, '---'), ...others].map((row) => `| ${row} |`).join('\n');
};
const section = (title: string): string => `## ${title}\n\n\`\`\`bash\n./do.sh\n\`\`\`\n`;

/** Per step: its text, and the words under which it is done. */
async function told(
  ...parts: readonly string[]
): Promise<readonly (readonly [string, string | undefined])[]> {
  const { steps } = await read(`# Care of the brokers\n\n${parts.join('\n\n')}\n`);
  return steps.map(({ text, title, condition }) => [
    text === './do.sh' ? title : text,
    condition && `${condition.gate === 'unless' ? 'not ' : ''}${condition.text}`,
  ]);
}

async function leftOut(...parts: readonly string[]): Promise<readonly number[]> {
  const { diagnostics } = await read(`# Care of the brokers\n\n${parts.join('\n\n')}\n`);
  return diagnostics.filter(({ rule }) => rule === 'left-out').map(({ line }) => line);
}

describe('a command in a row of a table of cases is done in its case', () => {
  test.each([
    ['If you see | Then run', 'A red light', 'A red light'],
    ['Symptom | Action', 'Queue full', 'Queue full'],
    ['Status | What to do', 'lagging', 'lagging'],
    ['Version | Action', '4.x', '4.x'],
    ['Observed behaviour | Remedy', 'Pods restart', 'Pods restart'],
    ['Severity | Owner | Action', 'P1 | Ada', 'P1'],
    ['# | Alert | Severity | Command', '1 | QueueDead | P1', 'QueueDead: P1'],
    ['Metric | Threshold | Action', 'Lag | > 900', 'Lag: > 900'],
    ['Problem | Cause | Fix', 'Mails bounce | It is listed', 'Mails bounce: It is listed'],
    ['Fehlerbild | Maßnahme', 'Platte voll', 'Platte voll'],
    ['Symptôme | Que faire', 'Disque plein', 'Disque plein'],
    ['症状 | 対処', 'ディスクが満杯', 'ディスクが満杯'],
    ['When | Command', 'Диск полон', 'Диск полон'],
  ])('%s', async (head, cells, expected) => {
    const rows = table(head, `${cells} | \`queuectl purge --all\``);
    expect(await told(rows)).toEqual([['queuectl purge --all', expected]]);
    // Nor does a sentence that asks to run them make it unconditional.
    expect(await told('Run these commands:', rows)).toEqual([['queuectl purge --all', expected]]);
  });
});

describe('a section to which a row leads is carried out in its case', () => {
  test.each([
    ['Alert | Procedure', '[Drain](#drain)'],
    ['Alert | Runbook', 'Drain'],
    ['Symptom | What to do', 'Follow "Drain"'],
    ['Situation | Next step', 'See Drain'],
    ['If | Go to', 'Continue with Drain.'],
    ['Fehlerbild | Abschnitt', 'siehe Drain'],
  ])('%s: %s', async (head, cell) => {
    const rows = table(head, `NodeDown | ${cell}`, 'NodeSlow | Wait an hour');
    expect(await told(rows, section('Drain'), section('Report'))).toEqual([
      ['Drain', 'NodeDown'],
      ['Report', undefined],
    ]);
  });

  test('two rows lead to one', async () => {
    const rows = table('Alert | Section', 'NodeDown | 2', 'NodeSlow | Section 2');
    expect(await told(rows, section('1. Look'), section('2. Drain'))).toEqual([
      ['1. Look', undefined],
      ['2. Drain', 'NodeDown / NodeSlow'],
    ]);
  });

  test('a row that stops, and one that leads past, stand before what follows', async () => {
    const item = (at: number): string =>
      `${at}. Do it:\n\n   \`\`\`bash\n   ./do.sh ${at}\n   \`\`\`\n`;
    const rows = table('Result | Next step', 'active | Go to step 3', 'no answer | Stop.');
    expect(await told(item(1), rows.replaceAll(/^/gm, '   '), item(2), item(3))).toEqual([
      ['./do.sh 1', undefined],
      ['./do.sh 2', 'not active'],
      ['./do.sh 3', 'not no answer: Stop.'],
    ]);
  });
});

describe('what a row of such a table says beside commands is not lost in silence', () => {
  test.each([
    ['Queue full | Run `queuectl purge --all`, then call the owner', [7]],
    ['Queue full | See [the list](list.md) of owners', [7]],
    ['Queue full | `DELETE FROM jobs;`', [7]],
    ['Queue full | Nothing', []],
    ['Queue full | –', []],
  ])('%s', async (row, expected) => {
    const rows = table('Symptom | Action', 'Broker down | `systemctl restart broker`', row);
    expect(await leftOut(rows)).toEqual(expected.map((line) => line - 1));
  });
});

describe('a table to look things up in stays what it is', () => {
  test.each([
    ['Exit code | Meaning | Example', '1 | It failed | `make all`'],
    ['Task | Section', 'Drain a node | [Drain](#drain)'],
    ['Phase | Status | Section', 'First | done | [Drain](#drain)'],
    ['Section | Duration', 'Drain | 10 min'],
    ['Error | Log', 'E100 | `/var/log/jobs.log`'],
    ['Alert | Owner', 'NodeDown | Ada'],
    ['Metric | Threshold | Action', 'Errors | > 1% | Look at the logs'],
    ['Command | When to use', '`queuectl purge` | When it is full'],
  ])('%s', async (head, row) => {
    expect(await told(table(head, row), section('Drain'))).toEqual([['Drain', undefined]]);
  });

  test('limits of a check are no case in which it is done', async () => {
    const rows = table('Metric | Warning | Critical | Command', 'Disk | > 80% | > 90% | `df /`');
    expect(await told(rows)).toEqual([['df /', undefined]]);
  });
});
