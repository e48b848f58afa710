import { describe, expect, test } from 'vitest';
import { isKept } from '../../../src/engine/reading/kept.ts';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { read, stepsOf } from '../../support/read.ts';

const PLAIN = 'rm -rf /srv/old';
const SCRIPTS = [PLAIN, `#!/bin/bash\n${PLAIN}`];
const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const fence = (text: string, tag = 'bash'): string => `\`\`\`${tag}\n${text}\n\`\`\``;

describe('a script that is handed to a file is not run', () => {
  const HANDED = [
    'Create backup.sh with',
    'Put this in `/etc/cron.daily/clean`:',
    'Save it as `/usr/local/bin/clean.sh`:',
    'Erstellen Sie die Datei `clean.sh` mit folgendem Inhalt:',
    'Cree el script `/usr/local/bin/clean.sh`:',
    'スクリプト `clean.sh` を作成します:',
    '在服务器上创建脚本文件 clean.sh，内容如下：',
  ];
  const AROUND: readonly [string, (lead: string, code: string) => string][] = [
    ['in a section', (lead, code) => `${lead}\n\n${code}`],
    ['in a quote', (lead, code) => `${lead}\n\n${code}`.replace(/^/gm, '> ')],
    ['in an item', (lead, code) => `1. ${lead}\n\n${indented(code, 3)}`],
    [
      'in tabs of MkDocs',
      (lead, code) =>
        `${lead}\n\n=== "A"\n\n${indented(code, 4)}\n\n=== "B"\n\n${indented(code, 4)}`,
    ],
    ['in a tab of its own', (lead, code) => `=== "A"\n\n${indented(`${lead}\n\n${code}`, 4)}`],
    [
      'in tabs of Docusaurus',
      (lead, code) =>
        `${lead}\n\n<Tabs>\n<TabItem value="a" label="A">\n\n${code}\n\n</TabItem>\n<TabItem value="b" label="B">\n\n${code}\n\n</TabItem>\n</Tabs>`,
    ],
    [
      'in details',
      (lead, code) => `${lead}\n\n<details>\n<summary>Show it</summary>\n\n${code}\n\n</details>`,
    ],
    ['in tabs of an item', (lead, code) => `1. ${lead}\n\n   === "A"\n\n${indented(code, 7)}`],
  ];
  test.each(AROUND)('%s', async (_where, wrap) => {
    for (const lead of HANDED)
      for (const script of SCRIPTS)
        for (const tag of ['bash', '']) {
          const page = `# Backup\n\n${wrap(lead, fence(script, tag))}\n`;
          const { steps, diagnostics } = await read(page);
          expect([page, steps.filter(({ type }) => type === 'shell')]).toEqual([page, []]);
          expect([page, steps.length + diagnostics.length > 0]).toEqual([page, true]);
        }
  });
});

describe('the name of a script is the place of what stands below it', () => {
  test.each([
    ['a label', `**backup.sh**\n\n${fence(PLAIN)}`],
    ['a path', `**\`/etc/cron.d/clean\`**:\n\n${fence(PLAIN)}`],
    ['a tab', `=== "crontab"\n\n${indented(fence('/usr/local/bin/clean --all'), 4)}`],
    ['a summary', `<details><summary>clean.sh</summary>\n\n${fence(PLAIN)}\n\n</details>`],
    ['a title', fence(PLAIN, 'bash title="backup.sh"')],
    ['a heading', `## backup.sh\n\n${fence(PLAIN)}`],
  ])('%s', async (_what, text) => {
    expect(await stepsOf(`# P\n\n${text}\n`)).toEqual([]);
  });
});

test.each(LANGUAGES)('$name: words that put a script into a file keep it', (language) => {
  const [put = ''] = (language.leads.puts ?? 'create').split(' ');
  const lead = `${put.replaceAll('-', ' ').trim()} clean.sh:`;
  expect(isKept(PLAIN, [lead], [language])).toBe(true);
});

test.each([
  ['Create `/usr/local/bin/clean.sh`:', 'cat > /usr/local/bin/clean.sh <<X\nrm a\nX'],
  ['**install.sh**:', './install.sh --all'],
  ['Run `clean.sh` with:', 'bash clean.sh'],
  ['Add clean.sh to cron by running:', '(crontab -l; echo "@daily clean") | crontab -'],
  ['Create the user with:', 'useradd web'],
  ['Create the backup file `/srv/a.sql`:', 'pg_dump app -f /srv/a.sql'],
  ['Install what `backup.sh` needs:', 'apt-get install restic'],
  ['Put the job on hold in cron:', 'systemctl stop cron'],
  ['Before you create clean.sh:', 'mkdir -p /srv/bin'],
])('%s is no place for `%s`', (lead, text) => {
  expect(isKept(text, [lead])).toBe(false);
});

test('a hole in angle brackets is no redirection: the script below its name is still kept', () => {
  expect(isKept('. <folder>/profile\nacme --renew --home <folder>', ['`renew.sh`:'])).toBe(true);
  expect(isKept('acme --renew > renewed.log', ['`renew.sh`:'])).toBe(false);
});

test.each(['Script `offline.sh`:', 'File `offline.sh`:', '`offline.sh`:'])(
  '%j is the name of a script that stands below it',
  async (lead) => {
    expect(await stepsOf(`# U\n\n${lead}\n\n${fence(`#!/bin/bash\n${PLAIN}`)}\n`)).toEqual([]);
  },
);

test.each(['Run `offline.sh`:', 'Starten Sie `offline.sh`:'])('%j asks for it', async (lead) => {
  expect(await stepsOf(`# U\n\n${lead}\n\n${fence(`#!/bin/bash\n${PLAIN}`)}\n`)).toHaveLength(1);
});

test('a script with its name before its first line is one', async () => {
  expect(
    await stepsOf(
      `# U\n\nCreate a script that checks the folder in /srv/bin:\n\n${fence(`# check.sh\n#!/bin/bash\n${PLAIN}`)}\n`,
    ),
  ).toEqual([]);
});
