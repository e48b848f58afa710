import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '../support/read.ts';

const numbered = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `${index + 1}. Do part ${index}:\n   \`\`\`bash\n   echo ${index}\n   \`\`\`\n`,
  ).join('\n');

/** Work done so far, in ms of this process's own time: what else a machine does is not in it. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function timeOf(text: string): Promise<number> {
  const before = workMs();
  await read(text);
  return workMs() - before;
}

const SECTION = `## Look

Text with **strong** words, \`code\` and a [link][docs].

- [ ] Check the disk
- [ ] Check the load

1. Restart the pool:

   \`\`\`bash
   systemctl restart pool
   \`\`\`

2. Call the owner

| Metric | Warning | Check Command |
|---|---|---|
| Disk | > 80% | \`df -h\` |

`;

describe('hostile text', () => {
  let plainMs = 0;
  beforeAll(async () => {
    await timeOf(SECTION.repeat(20));
    plainMs = Math.max(20, await timeOf(SECTION.repeat(60)));
  });

  test.each([
    ['lists in lists on one line', `${'- '.repeat(12_500)}x`],
    ['quotes in quotes', `${'>'.repeat(25_000)}x`],
    ['quotes and lists', `${'> - '.repeat(6000)}x`],
    [
      'lists by indentation',
      Array.from({ length: 200 }, (_, at) => `${' '.repeat(at * 2)}- x`).join('\n'),
    ],
    ['open brackets', '['.repeat(25_000)],
    ['stars around a letter', `${'*'.repeat(12_000)}a${'*'.repeat(12_000)}`],
    ['marks within words', 'a*b_c'.repeat(5000)],
    ['open links', '[a](b '.repeat(4000)],
    ['open comments', '<!-- '.repeat(5000)],
    ['open fences', '```bash\n'.repeat(3000)],
    ['fences that pair up wrongly', '```\n```bash\n'.repeat(2000)],
    ['open quotes in a script', `\`\`\`bash\n${"echo '\n".repeat(3000)}\`\`\`\n`],
    ['here-documents without an end', `\`\`\`bash\n${'cat <<END\n'.repeat(2000)}\`\`\`\n`],
    ['prompts with open quotes', `\`\`\`\n${'$ a "\n'.repeat(3000)}\`\`\`\n`],
    ['underlined headings', 'a\n=\n'.repeat(6000)],
    ['a wide table', `|${'a|'.repeat(2000)}\n|${'-|'.repeat(2000)}\n${'|x'.repeat(2000)}`],
    [
      'one long word in the braces of a fence',
      `\`\`\`bash {${'ab'.repeat(60_000)}}\ntrue\n\`\`\`\n`,
    ],
    ['open braces behind a fence', `\`\`\`bash ${'{'.repeat(60_000)}\ntrue\n\`\`\`\n`],
    ['open quotes behind a fence', `\`\`\`bash ${'a="'.repeat(30_000)}\ntrue\n\`\`\`\n`],
    ['open words of scrut', `\`\`\`scrut {${'a: {'.repeat(20_000)}\n$ true\n\`\`\`\n`],
    ['attributes of a heading', `## B {${'k=v '.repeat(20_000)}\n`],
    ['conditions without an end', `1. ${'If, '.repeat(6000)}`],
  ])('%s are read or refused in a moment', async (_, text) => {
    const before = workMs();
    const outcome = await read(text).then(
      () => 'read',
      (error: { readonly code?: string }) => error.code,
    );
    expect(['read', 'RUNBOOK_REFUSED']).toContain(outcome);
    expect(workMs() - before).toBeLessThan(100 * plainMs);
  });

  test('whatever the text, a reading has steps on lines of the file, with ids of their own', async () => {
    const bits = [
      '# A\n',
      '\n',
      '- [ ] x\n',
      '1. Run it\n',
      '   ',
      '```bash\n',
      '```\n',
      '````markdown\n',
      '````\n',
      'uptime\n',
      '$ who\n',
      '<!-- handrail: timeout=5s -->\n',
      '<!--\n',
      '-->\n',
      '| a | Check |\n|---|---|\n| b | `c` |\n',
      '**Now**:\n',
      '> ',
      '\t',
      '{{x}} <y> $Z\n',
      '---\n',
      '\u0000',
      'é😀\n',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...bits), { maxLength: 40 }), async (parts) => {
        const text = parts.join('');
        const { steps, references, procedures } = await read(text);
        const lines = text.split('\n').length;
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
        for (const { line, endLine } of [...steps, ...references, ...procedures]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('long text', () => {
  test('ten times the text takes about ten times as long', async () => {
    const head = '# Manual\n\n[docs]: https://example.org\n\n';
    await timeOf(head + SECTION.repeat(20));
    const one = await timeOf(head + SECTION.repeat(150));
    const ten = await timeOf(head + SECTION.repeat(1500));
    expect(ten / one).toBeLessThan(20);
  });

  test('a list of 1,200 fences is read whole', async () => {
    const { steps } = await read(`# Parts\n\n${numbered(1200)}`);
    expect(steps).toHaveLength(1200);
    expect(steps[1199]).toMatchObject({ title: 'Do part 1199', text: 'echo 1199' });
  });

  test('where the text is cut for reading cannot be seen', async () => {
    const body = `${SECTION}Doing it by hand:\n\n${Array.from({ length: 900 }, (_, at) => `${at + 1}. Check part ${at}`).join('\n')}\n\n`;
    const { steps } = await read(`# Manual\n\n${body}[docs]: https://example.org\n`);
    expect(steps.filter(({ type }) => type === 'manual')).toHaveLength(901);
    expect(steps.at(-1)?.title).toBe('Check part 899');
  });

  test('a script keeps every line at its number', async () => {
    const text = `# A\n\n${'Words.\n\n'.repeat(3000)}\`\`\`bash\nuptime\n\`\`\`\n`;
    const { steps } = await read(text);
    expect(steps[0]).toMatchObject({ line: 6003, textLine: 6004, text: 'uptime' });
  });
});
