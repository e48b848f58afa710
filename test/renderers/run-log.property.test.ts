import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import type { RunEventBody } from '../../src/engine/model/event.ts';
import { hostileText } from '../support/hostile.ts';
import { ended, outputOf, ran, runMarkdown, said } from '../support/rendered-run.ts';

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).freeze();
const treeOf = (markdown: string): Root => processor.parse(markdown);

/** What tries hardest: lines that would be structure, if they ever began a line of their own. */
const forging = fc.constantFrom(
  '- [x] FORGED',
  '# FORGED',
  'FORGED\n===',
  '[FORGED](http://evil)',
  '[FORGED]: http://evil',
  'https://FORGED.example',
  'FORGED@evil.example',
  '| FORGED | b |\n| --- | --- |\n| c | d |',
  '</details>\n\n# FORGED\n\n- [x] FORGED',
  '</summary></details><a href="FORGED">',
  '```\n# FORGED\n- [x] FORGED',
  '~~~~\n# FORGED',
  '````````\n- [x] FORGED',
  '> # FORGED',
  '1. [x] FORGED',
  '12) FORGED',
  '<!-- FORGED',
  '--> FORGED',
  '**FORGED**',
  '``FORGED`',
  '\r# FORGED\r\n- [x] FORGED',
  '\u2028# FORGED',
);
const untrusted = fc.oneof(
  forging,
  hostileText,
  fc.array(fc.oneof(forging, hostileText), { maxLength: 4 }).map((parts) => parts.join('\n')),
);

const name = fc.constantFrom('one', 'two', 'three', 'four');
const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');
const command = name.map((word) => `\`\`\`bash\necho ${word}\n\`\`\``);
const block = fc.oneof(
  name.map((word) => `## Part ${word}`),
  name.map((word) => `Some **words** about ${word}:`),
  command,
  fc
    .tuple(command, name)
    .map(([fence, word]) => `${fence}\n\nExpected output:\n\n\`\`\`\n${word}\n\`\`\``),
  name.map((word) => `- [ ] Check ${word}\n- [ ] Ask about ${word}\n  and wait\n- [ ] Verify it`),
  fc
    .tuple(command, name)
    .map(([fence, word]) => `1. Restart ${word}:\n${indented(fence, '   ')}\n2. Stop ${word}`),
  fc
    .tuple(command, name)
    .map(
      ([fence, word]) =>
        `- [ ] Drain ${word}\n\n  ${indented(fence, '  ').trimStart()}\n\n- context`,
    ),
  command.map((fence) => `- outer\n  1. Restart the inner\n${indented(fence, '     ')}`),
  name.map(
    (word) =>
      `| Metric | Check Command | Warning |\n| --- | --- | --- |\n| ${word} | \`echo 1\` | > 5 |`,
  ),
  command.map((fence) => `\`\`\`\`markdown\n# Inner\n\n- [ ] Agree\n\n${fence}\n\`\`\`\``),
  name.map((word) => `<div>${word}</div>`),
);
/** A fence in a markdown fence of the same length: GitHub ends the outer one early. */
const misnested = command.map((fence) => `\`\`\`markdown\n# Inner\n\n${fence}\n\`\`\``);
const ending = fc.constantFrom('', '\n', '\n\n<!-- open\n', '\n\n~~~\nopen', '\n\n`open');

const sourceOf = (blocks: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', '---\nowner: me\n---\n'),
      fc.array(blocks, { minLength: 1, maxLength: 6 }),
      ending,
      fc.boolean(),
    )
    .map(([front, parts, end, crlf]) => {
      const text = `${front}# Title\n\n${parts.join('\n\n')}${end}`;
      return crlf ? text.replaceAll('\n', '\r\n') : text;
    });

type Kind = 'ran' | 'failed' | 'said' | 'skipped' | 'nothing' | 'unknown';
const kinds = fc.array(
  fc.constantFrom<Kind>('ran', 'failed', 'said', 'skipped', 'nothing', 'unknown'),
  { minLength: 12, maxLength: 12 },
);

interface Case {
  readonly source: string;
  readonly texts: readonly string[];
  readonly kinds: readonly Kind[];
}
const caseOf = (blocks: fc.Arbitrary<string>): fc.Arbitrary<Case> =>
  fc.record({
    source: sourceOf(blocks),
    texts: fc.array(untrusted, { minLength: 6, maxLength: 6 }),
    kinds,
  });

/** The run log of a run in which everything untrusted is one of the texts. */
function render({ source, texts, kinds: what }: Case): Promise<string> {
  const text = (at: number): string => texts[at % texts.length] ?? '';
  const outputs: Record<string, string> = {};
  return runMarkdown(source, (runbook) => {
    const events = runbook.steps.flatMap((step, at): readonly RunEventBody[] => {
      const path = `output/${at}-${text(at)}.log`;
      outputs[path] = text(at + 1);
      const stepId = step.id;
      const by = text(at + 2);
      const why = text(at + 3);
      switch (what[at % what.length]) {
        case 'ran':
          return [
            ...ran(
              step,
              { output: outputOf(path, text(at + 1)), warnings: [why], facts: { [by]: why } },
              by,
            ),
            { type: 'note.added', by, text: why, stepId, milestone: text(at) },
            { type: 'deviation.recorded', by, what: why, stepId, text: text(at), why: by },
          ];
        case 'failed':
          return ran(step, {
            outcome: 'failed',
            why,
            signal: by,
            expectations: [{ line: 1, passed: false, advisory: false, detail: text(at) }],
          });
        case 'said':
          return [said(step, 'confirmed', { by, note: why })];
        case 'skipped':
          return [{ type: 'step.skipped', stepId, by, why }];
        case 'unknown':
          return [
            ...ran(step).slice(0, 1),
            { type: 'step.resolved', stepId, outcome: 'not-done', by, why },
          ];
        default:
          return [{ type: 'approval.granted', stepId, by, how: why }];
      }
    });
    return {
      outputs,
      started: {
        reason: text(0),
        ticket: text(1),
        incident: text(2),
        procedures: [text(3)],
        linked: [{ path: text(4), sha256: text(5) }],
        runbook: { path: text(0), title: text(1), sha256: text(2), commit: text(3), dirty: true },
      },
      events: [
        { type: 'input.bound', name: text(4), source: text(5), secret: false, value: text(0) },
        ...events,
        ...ended('failed', text(1)),
      ],
    };
  });
}

/** The tree as plain structure: without places, looseness, ticks and whatever stands in a block quote. */
function skeleton(node: Nodes): unknown {
  if (node.type === 'listItem') return ['item', node.children.filter(isSource).map(skeleton)];
  if ('children' in node) return [node.type, node.children.filter(isSource).map(skeleton)];
  return [node.type, 'value' in node ? node.value.replaceAll(/\[[ xX]\]/g, '[ ]') : ''];
}
const isSource = (node: Nodes): boolean => node.type !== 'blockquote';

const OWN_TAGS = /^(?:<details(?: open)?>\r?\n<summary>[^<>]*<\/summary>|<\/details>)$/;

/** Everything in block quotes, and in them only what our templates make. */
function checkQuoted(node: Nodes, quoted: boolean): void {
  const inQuote = quoted || node.type === 'blockquote';
  if (quoted) {
    expect([
      'heading',
      'link',
      'image',
      'table',
      'definition',
      'footnoteDefinition',
      'thematicBreak',
      'linkReference',
      'emphasis',
      'delete',
    ]).not.toContain(node.type);
    if (node.type === 'listItem') expect(node.checked).toBe(null);
    if (node.type === 'html') expect(node.value).toMatch(OWN_TAGS);
  }
  if ('children' in node) for (const child of node.children) checkQuoted(child, inQuote);
}

const ticks = (node: Nodes): number =>
  (node.type === 'listItem' && node.checked ? 1 : 0) +
  ('children' in node ? node.children.reduce((sum, child) => sum + ticks(child), 0) : 0);

/** How many details are opened and closed within each quote, in order. */
function foldsClose(markdown: string): boolean {
  let open = 0;
  let fence = '';
  for (const line of markdown.split(/\r?\n/)) {
    const text = /^[ \t]*> ?(.*)$/.exec(line)?.[1];
    if (text === undefined) {
      if (open !== 0 || fence !== '') return false;
      continue;
    }
    const mark = /^(`{3,})(?:text)?$/.exec(text)?.[1];
    if (mark && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    else if (fence === '' && text.startsWith('<details')) open += 1;
    else if (fence === '' && text === '</details>') open -= 1;
    if (open < 0 || open > 1) return false;
  }
  return open === 0 && fence === '';
}

describe('the run log under attack', () => {
  test('the runbook keeps its structure, and what happened stays in its quotes', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf(block), async (example) => {
        const rendered = await render(example);
        expect(skeleton(treeOf(rendered))).toEqual(skeleton(treeOf(closeEnds(example.source))));
        checkQuoted(treeOf(rendered), false);
        expect(foldsClose(rendered)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  test('every line of the runbook is there, in order, ticks aside', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf(fc.oneof(block, misnested)), async (example) => {
        const own = (text: string): string[] => text.replaceAll(/\[[ xX]\]/g, '[ ]').split(/\r?\n/);
        const kept = own(await render(example))[Symbol.iterator]();
        for (const line of own(example.source)) {
          let next = kept.next();
          while (!next.done && next.value !== line) next = kept.next();
          expect(next.done, `lost: ${line}`).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('only steps that were done are ticked', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf(block), async (example) => {
        const nothing = { ...example, kinds: ['skipped'] as const };
        expect(ticks(treeOf(await render(nothing)))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('where GitHub ends an outer fence early, nothing is forged either', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf(fc.oneof(block, misnested)), async (example) => {
        const rendered = await render(example);
        const forged: string[] = [];
        const look = (node: Nodes, inStructure: boolean): void => {
          const structure =
            inStructure ||
            ['heading', 'link', 'image', 'table', 'definition', 'linkReference'].includes(
              node.type,
            ) ||
            (node.type === 'listItem' && node.checked !== null && node.checked !== undefined);
          if (structure && node.type === 'text' && node.value.includes('FORGED'))
            forged.push(node.value);
          if (node.type === 'blockquote') checkQuoted(node, true);
          else if ('children' in node) for (const child of node.children) look(child, structure);
        };
        look(treeOf(rendered), false);
        expect(forged).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

/** The source as it is rendered: what it leaves open is closed. */
function closeEnds(source: string): string {
  if (source.endsWith('open\n') || source.endsWith('open\r\n')) return `${source}-->\n`;
  return /~~~\r?\nopen$/.test(source) ? `${source}\n~~~\n` : source;
}
