import { describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { read } from '../../support/read.ts';

const table = (header: string, ...rows: readonly string[]): string =>
  `# Checks\n\n${header}\n|${' --- |'.repeat(header.split('|').length - 2)}\n${rows.join('\n')}\n`;

describe('a column that says what is expected', () => {
  test.each([
    ['Expected', 'active', 'active'],
    ['Expected output', '`0`', '0'],
    ['Expected result', '"all good"', 'all good'],
    ['Should be', '12', '12'],
    ['Erwartet', 'aktiv', 'aktiv'],
    ['Résultat attendu', '`ok`', 'ok'],
    ['期待値', '`ok`', 'ok'],
    ['Expected', 'nothing', ''],
  ])('%s: %s', async (name, cell, text) => {
    const { steps } = await read(
      table(`| Check | Command | ${name} |`, `| Queue | \`echo x\` | ${cell} |`),
    );
    expect(steps.map(({ expectation }) => expectation)).toMatchObject([
      { text, line: 5, advisory: false },
    ]);
  });

  test.each([['-'], [''], ['n/a']])('with "%s" in it expects nothing', async (cell) => {
    const { steps, diagnostics } = await read(
      table('| Check | Command | Expected |', `| Queue | \`echo x\` | ${cell} |`),
    );
    expect(steps.map(({ expectation }) => expectation)).toEqual([null]);
    expect(diagnostics.filter(({ rule }) => rule === 'unread-limit')).toEqual([]);
  });

  test('names words that are compared with nothing', async () => {
    const { steps, diagnostics } = await read(
      table(
        '| Check | Command | Expected |',
        '| Pods | `echo x` | every pod is well and running |',
      ),
    );
    expect(steps.map(({ expectation }) => expectation)).toEqual([null]);
    expect(diagnostics.map(({ rule, line }) => [rule, line])).toContainEqual(['unread-limit', 5]);
  });

  test.each([
    ['active', 'echo active', 0],
    ['active', 'echo failed', 1],
    ['0', 'echo 0', 0],
    ['0', 'echo 5', 1],
    ['less than 80%', 'echo 40%', 0],
    ['less than 80%', 'echo 95%', 1],
    ['nothing', 'true', 0],
    ['nothing', 'echo a line', 1],
  ])('of %s decides about `%s`', async (cell, command, exitCode) => {
    const runbook = table('| Check | Command | Expected |', `| Queue | \`${command}\` | ${cell} |`);
    expect(await handrail({ runbook, args: ['run', 'runbook.md', '--unattended'] })).toMatchObject({
      exitCode,
    });
  });

  test('leaves the number of a row out of its name', async () => {
    const { steps } = await read(
      table(
        '| # | Check | Command | Expected |',
        '| 1 | Nginx answers | `echo a` | a |',
        '| 2. | Queue is empty | `echo 0` | 0 |',
      ),
    );
    expect(steps.map(({ title }) => title)).toEqual(['Nginx answers', 'Queue is empty']);
  });
});

test.each([
  ['Lépés', 'Parancs', 'Várt kimenet'],
  ['Vaihe', 'Komento', 'Odotettu tulos'],
  ['Pas', 'Comandă', 'Rezultat așteptat'],
  ['Βήμα', 'Εντολή', 'Αναμενόμενη έξοδος'],
  ['Шаг', 'Команда', 'Ожидаемый результат'],
  ['Langkah', 'Perintah', 'Keluaran yang diharapkan'],
  ['Trin', 'Kommando', 'Forventet resultat'],
])('a table whose head is %s, %s, %s is one of checks', async (...head) => {
  const page = `# U\n\n| ${head.join(' | ')} |\n|---|---|---|\n| Диск | \`systemctl is-active sor\` | \`active\` |\n`;
  const { steps } = await read(page);
  expect(steps.map(({ type, title, expectation }) => [type, title, expectation?.text])).toEqual([
    ['threshold', 'Диск', 'active'],
  ]);
});
