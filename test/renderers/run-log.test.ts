import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Runbook, Step } from '../../src/engine/model/runbook.ts';
import { parseMarkdown } from '../../src/engine/reading/markdown.ts';
import { openTemplates } from '../../src/renderers/formats/template.ts';
import { runLog } from '../../src/renderers/run-log.ts';
import {
  contextOf,
  ended,
  outputOf,
  ran,
  readRunbookText,
  reportOf,
  runMarkdown,
  said,
} from '../support/rendered-run.ts';

const stepAt = (runbook: Runbook, line: number): Step | undefined =>
  runbook.steps.find((step) => step.line === line);

const isShell = (step: Step): boolean => step.type === 'shell';

/** What `git diff` shows as added and taken away. */
function diffOf(before: string, after: string): { added: string[]; removed: string[] } {
  const dir = mkdtempSync(path.join(tmpdir(), 'handrail-diff-'));
  writeFileSync(path.join(dir, 'runbook.md'), before);
  writeFileSync(path.join(dir, 'run.md'), after);
  const args = ['diff', '--no-index', '--no-color', '-U0', 'runbook.md', 'run.md'];
  let diff = '';
  try {
    execFileSync('git', args, { cwd: dir, encoding: 'utf8' });
  } catch (error) {
    diff = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
  const lines = diff.split('\n').filter((line) => !/^(?:\+\+\+|---) /.test(line));
  return {
    added: lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1)),
    removed: lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1)),
  };
}

const MANUAL = `---
title: Pool
---
# Restart the pool

Look first:

\`\`\`bash
echo active
\`\`\`

Expected output:

\`\`\`
active
\`\`\`

1. Drain the node:
   \`\`\`sh
   echo drained
   \`\`\`
2. Call the team lead

- [ ] Errors are below 1 %
- [ ] Traffic is back

| Metric | Check Command | Warning |
|---|---|---|
| load | \`cut -d' ' -f1 /proc/loadavg\` | > 5 |

Done.
`;

describe('the run log', () => {
  test('a diff against the runbook shows only what happened', async () => {
    const rendered = await runMarkdown(MANUAL, (runbook) => ({
      events: [
        ...ran(stepAt(runbook, 8), { output: outputOf('output/look-1.log', 'active\n') }),
        ...ran(stepAt(runbook, 19)),
        said(stepAt(runbook, 22), 'confirmed'),
        said(stepAt(runbook, 24), 'confirmed'),
        { type: 'step.skipped', stepId: stepAt(runbook, 25)?.id ?? '', by: 'asmith', why: 'later' },
        ...ended(),
      ],
      outputs: { 'output/look-1.log': 'active\n' },
    }));
    const { added, removed } = diffOf(MANUAL, rendered);
    expect(removed).toEqual(['- [ ] Errors are below 1 %']);
    expect(added.filter((line) => !/^(?: *>| *$)/.test(line))).toEqual([
      '- [x] Errors are below 1 %',
    ]);
    expect(rendered).toMatchSnapshot();
  });

  test('what ran reads as the same steps again', async () => {
    const rendered = await runMarkdown(MANUAL, (runbook) => ({
      events: [
        ...runbook.steps
          .filter(isShell)
          .flatMap((step) =>
            ran(step, { output: outputOf('o', '```bash\nrm -rf /\n```\n') }, 'echo else'),
          ),
        ...ended(),
      ],
      outputs: { o: '```bash\nrm -rf /\n```\n' },
    }));
    const facts = (runbook: Runbook): unknown =>
      runbook.steps.map(({ id, type, title, text, effect, expectation }) => [
        id,
        type,
        title,
        text,
        effect,
        expectation?.text,
      ]);
    expect(facts(await readRunbookText(rendered))).toEqual(facts(await readRunbookText(MANUAL)));
  });

  test('the same events give the same bytes', async () => {
    const render = () =>
      runMarkdown(MANUAL, (runbook) => ({ events: [...ran(runbook.steps[0]), ...ended()] }));
    expect(await render()).toBe(await render());
  });

  test('an outcome comes after the expectation that judges it', async () => {
    const rendered = await runMarkdown(MANUAL, (runbook) => ({
      events: [
        ...ran(stepAt(runbook, 8), {
          outcome: 'failed',
          expectations: [{ line: 14, passed: false, advisory: false, detail: '1 - active' }],
        }),
        ...ended('failed'),
      ],
    }));
    const at = (text: string): number => rendered.indexOf(text);
    expect(at('```\nactive\n```')).toBeLessThan(at('Not as line 14 expects'));
    expect(at('Not as line 14 expects')).toBeLessThan(at('1. Drain'));
  });

  test('an outcome in a list item stays in it', async () => {
    const rendered = await runMarkdown(MANUAL, (runbook) => ({
      events: [...ran(stepAt(runbook, 19)), ...ended()],
    }));
    expect(rendered).toMatch(/ {3}```\n\n {3}> \*\*Passed\*\* .*\n\n2\. Call/);
  });

  test('what a step did in a nested fence is told after the outer fence, by name', async () => {
    const source =
      '# All\n\n```markdown\n# Inner\n\n- [ ] Agree\n\nLook:\n\n```bash\necho a\n```\n\nLook again:\n\n```bash\necho b\n```\n```\n\nAfter.\n';
    const rendered = await runMarkdown(source, (runbook) => ({
      events: [
        ...runbook.steps.flatMap((step) =>
          step.type === 'checklist' ? [said(step, 'confirmed')] : ran(step),
        ),
        ...ended(),
      ],
    }));
    const inner = rendered.slice(rendered.indexOf('```markdown'), rendered.indexOf('\n> Line'));
    expect(inner).toBe(
      `${source.slice(source.indexOf('```markdown'), source.indexOf('\n\nAfter')).replace('[ ]', '[x]')}\n`,
    );
    expect(rendered.match(/> Line \d+, .*/g)).toEqual([
      '> Line 6, Agree:',
      '> Line 10, Look:',
      '> Line 16, Look again:',
    ]);
  });

  test('a box under which a fence failed is not ticked', async () => {
    const source =
      '- [ ] Restart\n  ```bash\n  true\n  ```\n- [x] Check\n  ```bash\n  false\n  ```\n';
    const rendered = await runMarkdown(source, (runbook) => ({
      events: [
        ...ran(runbook.steps[0]),
        ...ran(runbook.steps[1], { outcome: 'failed', exitCode: 1 }),
        ...ended('failed'),
      ],
    }));
    expect(rendered.match(/- \[.\] \w+/g)).toEqual(['- [x] Restart', '- [ ] Check']);
  });

  test('a lost engine is told in plain words, with what was decided', async () => {
    const rendered = await runMarkdown('```bash\nsleep 9\n```\n', (runbook) => ({
      events: [
        ...ran(runbook.steps[0]).slice(0, 1),
        {
          type: 'step.resolved',
          stepId: runbook.steps[0]?.id ?? '',
          outcome: 'done',
          by: 'the probe',
          why: 'exit 0',
        },
        ...ended(),
      ],
    }));
    expect(rendered).toContain('the engine was lost before its end was recorded');
    expect(rendered).toContain('Unknown outcome decided: done, says the probe (exit 0)');
    expect(rendered).not.toContain('Not reached');
  });

  test('a step that was not reached says why', async () => {
    const rendered = await runMarkdown(
      'One:\n\n```bash\nfalse\n```\n\nTwo:\n\n```bash\ntrue\n```\n',
      (runbook) => ({
        events: [...ran(runbook.steps[0], { outcome: 'failed', exitCode: 1 }), ...ended('failed')],
      }),
    );
    expect(rendered).toContain(
      '> **Not reached**: `the run ended at line 3, One`'.replaceAll('`', ''),
    );
  });

  test('a linked runbook is told at its link', async () => {
    const source = '# Ops\n\n1. [Drain](drain.md)\n\nAfter.\n';
    const runbook = await readRunbookText(source);
    const link = runbook.steps[0];
    const listed = {
      type: 'shell',
      title: 'Drain it',
      line: 4,
      procedure: '',
      phase: 'main' as const,
    };
    const report = reportOf(runbook, {
      started: { steps: [{ ...listed, id: `${link?.id}/drain-it` }] },
      events: [...ran({ ...listed, ...link, id: `${link?.id}/drain-it` } as Step), ...ended()],
    });
    const [file] = await runLog.render({ report, runbook }, contextOf(source));
    expect(String(file?.content)).toMatch(/1\. \[Drain\]\(drain\.md\)\n {3}> Line 4, Drain it:/);
  });

  test('CRLF line ends and a byte order mark stay, and inserted lines end alike', async () => {
    const source = `\ufeff# A\r\n\r\n\`\`\`bash\r\ntrue\r\n\`\`\`\r\n`;
    const rendered = await runMarkdown(source, (runbook) => ({
      events: [...ran(runbook.steps[0]), ...ended()],
    }));
    expect(rendered.startsWith('\ufeff\r\n>') || rendered.startsWith('\ufeff>')).toBe(true);
    expect(rendered.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(rendered).toContain(source.slice(1));
  });

  test('what a source leaves open is closed before the seal', async () => {
    for (const [source, closing] of [
      ['# A\n\n```bash\ntrue\n', '\n```\n\n>'],
      ['# A\n\n<!-- never closed\n', '\n-->\n\n>'],
      ['# A\n\n- x\n  ~~~~sh\n  true', '\n  ~~~~\n\n  >'],
    ] as const) {
      const rendered = await runMarkdown(source, () => ({
        events: ended('refused', 'not closed'),
      }));
      expect(rendered).toContain(closing);
    }
  });

  test('of a long output the beginning and the end are shown, and where the rest is', async () => {
    const content = Array.from({ length: 5000 }, (_, at) => `line ${at}\n`).join('');
    const rendered = await runMarkdown('```bash\nseq\n```\n', (runbook) => ({
      events: [
        ...ran(runbook.steps[0], { output: outputOf('output/seq-1.log', content) }),
        ...ended(),
      ],
      outputs: { 'output/seq-1.log': content },
    }));
    expect(rendered.match(/^> line \d+$/gm)?.length).toBe(200);
    expect(rendered).toContain('> line 0\n');
    expect(rendered).toContain('> line 4999\n');
    expect(rendered).toMatch(
      /Left out here: [\d,]+ bytes\. The whole output: output\/seq-1\.log, 48,890 bytes, sha256 [0-9a-f]{64}/,
    );
  });

  test('an output that is gone is said to be missing', async () => {
    const rendered = await runMarkdown('```bash\nx\n```\n', (runbook) => ({
      events: [...ran(runbook.steps[0], { output: outputOf('output/x-1.log', 'x') }), ...ended()],
    }));
    expect(rendered).toContain('The output file is missing.');
  });

  test("a user's own template takes the place of ours, and cannot forge either", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-templates-'));
    writeFileSync(path.join(folder, 'run-log-foot.hbs'), 'Done by {{run}}\n');
    writeFileSync(path.join(folder, 'run-log-remark.hbs'), 'Said: {{note}}');
    const source = '```bash\ntrue\n```\n';
    const runbook = await readRunbookText(source);
    const report = reportOf(runbook, {
      events: [
        ...ran(runbook.steps[0]),
        { type: 'note.added', by: 'asmith', text: '[click](http://evil)' },
        ...ended(),
      ],
    });
    const context = { ...contextOf(source), template: openTemplates({ folder }) };
    const [file] = await runLog.render({ report, runbook }, context);
    expect(String(file?.content)).toContain('> Said: `[click](http://evil)`\n');
    expect(String(file?.content)).toContain(`> Done by ${report.run}\n`);
  });

  test('a template that asks for a field that is not there says so', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-templates-'));
    writeFileSync(path.join(folder, 'run-log-foot.hbs'), '{{nobody}}');
    const template = await openTemplates({ folder })('run-log-foot');
    expect(() => template({})).toThrow(/run-log-foot\.hbs` does not work: .*nobody/);
  });
});

describe('the author’s fences', () => {
  const fences = (text: string): readonly string[] => {
    const found: string[] = [];
    const walk = (node: { type: string; value?: string; children?: unknown[] }): void => {
      if (node.type === 'code') found.push((node.value ?? '').trim());
      for (const child of node.children ?? []) walk(child as typeof node);
    };
    walk(parseMarkdown(text));
    return found;
  };

  test.each([
    [
      'a here-document with another fence in it',
      "cat > page.txt <<'EOF'\n```rust\nfn main() {}\nEOF\n",
    ],
    ['a here-document with a fence of waves', "cat > page.txt <<'EOF'\n~~~toml\na = 1\n~~~\nEOF\n"],
    ['a fence in a language of its own', "cat <<'EOF'\n```mermaid\ngraph LR\nEOF\n"],
  ])('stay whole around %s', async (_what, script) => {
    const text = `# Write it\n\n\`\`\`bash\n${script}\`\`\`\n\n\`\`\`bash\nwc -l page.txt\n\`\`\`\n`;
    const page = await runMarkdown(text, ({ steps }) => ({
      events: [...steps.flatMap((step) => ran(step)), ...ended()],
    }));
    expect(fences(page)).toEqual(expect.arrayContaining([...fences(text)]));
    expect(page.indexOf('Passed', page.indexOf('# Write it'))).toBeGreaterThan(
      page.indexOf('EOF\n```'),
    );
  });

  test('are closed where their author meant them to end, before anything else is put there', async () => {
    const text = '# A\n\n```bash\necho one\n\n## B\n\n```bash\necho two\n```\n';
    const page = await runMarkdown(text, ({ steps }) => ({
      events: [...steps.flatMap((step) => ran(step)), ...ended()],
    }));
    expect(fences(page)).toEqual(expect.arrayContaining(['echo one', 'echo two']));
  });
});
