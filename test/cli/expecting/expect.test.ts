import { describe, expect, it } from 'vitest';
import { rewriteExpected } from '../../../src/cli/writing/rewrite.ts';
import { handrail } from '../../support/handrail.ts';
import { read } from '../../support/read.ts';

const page = (said: string): string =>
  `# Look\n\nSay it:\n\n\`\`\`bash name=say\necho new\n\`\`\`\n\nExpected output:\n\n\`\`\`text\n${said}\n\`\`\`\n\nThe end.\n`;

describe('expect', () => {
  it('puts the output into the fence that states it, and nowhere else', async () => {
    const after = rewriteExpected(
      page('old'),
      await read(page('old')),
      new Map([['say', 'one\n\ntwo\n']]),
    );
    expect(after).toEqual({ text: page('one\n\ntwo'), steps: ['say'], kept: [] });
  });

  it('keeps the indentation of an item and CR LF', async () => {
    const text =
      '1. Say it:\n\n   ```bash name=say\n   echo a\n   ```\n\n   Expected output:\n\n   ```text\n   old\n   ```\n';
    const after = rewriteExpected(
      text.replaceAll('\n', '\r\n'),
      await read(text),
      new Map([['say', 'a\nb\n']]),
    );
    expect(after.text).toBe(text.replace('   old', '   a\n   b').replaceAll('\n', '\r\n'));
  });

  it('leaves what would end the fence', async () => {
    const after = rewriteExpected(
      page('old'),
      await read(page('old')),
      new Map([['say', '```\nrm -rf /\n']]),
    );
    expect(after).toMatchObject({ text: page('old'), steps: [], kept: [{ id: 'say' }] });
  });

  it('changes nothing where the page says it already', async () => {
    const after = rewriteExpected(
      page('new'),
      await read(page('new')),
      new Map([['say', 'new\n']]),
    );
    expect(after).toMatchObject({ text: page('new'), steps: [] });
  });
});

it('shows the difference, writes with --yes, and refuses a page that has changed', async () => {
  const first = await handrail({ runbook: page('old') });
  expect(first.exitCode).not.toBe(0);
  const { folder } = first;
  const shown = await handrail({ folder, args: ['expect', '{file}'] });
  expect([shown.exitCode, shown.files['runbook.md']]).toEqual([0, page('old')]);
  expect(shown.stdout).toContain('-old\n+new\n');
  const written = await handrail({ folder, args: ['expect', '{file}', '--from', 'last', '--yes'] });
  expect([written.exitCode, written.files['runbook.md']]).toEqual([0, page('new')]);
  const again = await handrail({ folder, args: ['expect', '{file}', '--yes'] });
  expect(again.exitCode).toBe(64);
  expect(again.stderr).toContain('is not as it was when');
});
