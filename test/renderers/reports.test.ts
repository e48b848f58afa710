import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Nodes } from 'mdast';
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import type { Renderer } from '../../src/engine/contracts/renderer.ts';
import { junit } from '../../src/renderers/junit.ts';
import { runHtml } from '../../src/renderers/run-html.ts';
import { runJson } from '../../src/renderers/run-json.ts';
import { runLog } from '../../src/renderers/run-log.ts';
import { runSummary } from '../../src/renderers/run-summary.ts';
import { hostileText } from '../support/hostile.ts';
import {
  said as confirmed,
  contextOf,
  ended,
  outputOf,
  ran,
  readRunbookText,
  reportOf,
} from '../support/rendered-run.ts';

const SOURCE = `# Pool

## Look

One:

\`\`\`bash
echo one
\`\`\`

Two:

\`\`\`bash
false
\`\`\`

## Act

1. Call the lead
2. Restart the pool
3. Check the traffic
`;

/** What a renderer makes of a run in which the texts were said and printed. */
async function rendered(
  renderer: Renderer<'report'>,
  said: readonly string[] = ['it broke', 'asmith', 'hello', 'no pager'],
): Promise<string> {
  const [why = '', by = '', output = '', skip = ''] = said;
  const runbook = await readRunbookText(SOURCE);
  const [one, two, call, restart] = runbook.steps;
  const report = reportOf(runbook, {
    started: { runbook: { path: 'ops.md', title: why, sha256: 'ab'.repeat(32) }, reason: skip },
    events: [
      { type: 'input.bound', name: by, source: why, secret: false, value: output },
      ...ran(one, { output: outputOf('output/one.log', output) }, output),
      ...ran(two, {
        outcome: 'failed',
        exitCode: 1,
        why,
        output: outputOf('output/one.log', output),
        expectations: [{ line: 12, passed: false, advisory: false, detail: output }],
      }),
      { type: 'note.added', by, text: why, stepId: two?.id ?? '' },
      { type: 'deviation.recorded', by, what: why, why: skip, text: output },
      confirmed(call, 'confirmed', { by, note: skip }),
      { type: 'step.skipped', stepId: restart?.id ?? '', by, why: skip },
      ...ended('failed', why),
    ],
  });
  const outputs = { 'output/one.log': output };
  const files = await renderer.render({ report, runbook }, contextOf(SOURCE, outputs));
  return String(files[0]?.content);
}

const texts = fc.array(hostileText, { minLength: 4, maxLength: 4 });

describe('JUnit XML', () => {
  test('a suite per procedure, a case per step', async () => {
    const xml = await rendered(junit);
    expect(xml).toMatchSnapshot();
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    expect([testsuites['@_tests'], testsuites['@_failures'], testsuites['@_skipped']]).toEqual([
      '5',
      '1',
      '2',
    ]);
  });

  test('is well-formed whatever was printed, with as many cases', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (hostile) => {
        const xml = await rendered(junit, hostile);
        expect(XMLValidator.validate(xml)).toBe(true);
        expect([...xml].find((character) => !isXml(character))).toBe(undefined);
        const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
        expect(
          testsuites.testsuite.map((suite: { testcase: unknown[] }) => suite.testcase.length),
        ).toEqual([2, 3]);
      }),
      { numRuns: 40 },
    );
  });
});

test('a run that was refused is an error in JUnit, though no step failed', async () => {
  const runbook = await readRunbookText(SOURCE);
  const report = reportOf(runbook, { events: ended('refused', 'an input is missing') });
  const [file] = await junit.render({ report, runbook }, contextOf(SOURCE));
  expect(String(file?.content)).toContain('<error type="Refused" message="an input is missing">');
});

test.each([
  ['run log', runLog],
  ['page', runHtml],
])('nothing is left out of the commands that the %s of a run tells', async (_what, renderer) => {
  const runbook = await readRunbookText(SOURCE);
  const [one] = runbook.steps;
  const events = [
    ...ran(one, {}, 'echo \u001b[;./one'),
    { type: 'deviation.recorded', by: 'ada', what: 'edited', text: 'echo \u009b;./two' } as const,
    ...ended(),
  ];
  const files = await renderer.render(
    { report: reportOf(runbook, { events }), runbook },
    contextOf(SOURCE),
  );
  const told = String(files[0]?.content);
  expect(told).toContain('echo ␛[;./one');
  expect(told).toContain('echo ‹U+009B›;./two');
});

describe('the page of a run', () => {
  test('tells everything in words', async () => {
    expect(await rendered(runHtml)).toMatchSnapshot();
  });

  test('has the same elements whatever was printed, and no script', async () => {
    const usual = shapeOf(parseHtml(await rendered(runHtml)));
    expect(usual.filter((name) => ['script', 'a', 'img', 'iframe', 'form'].includes(name))).toEqual(
      [],
    );
    await fc.assert(
      fc.asyncProperty(texts, async (hostile) => {
        // What shows nothing at all is left out, and an element with it.
        const visible = hostile.map((text) => `x${text}`);
        expect(shapeOf(parseHtml(await rendered(runHtml, visible)))).toEqual(usual);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the short summary', () => {
  test('says the outcome and what needs attention', async () => {
    expect(await rendered(runSummary)).toMatchSnapshot();
  });

  test('has one heading and no link, whatever was printed', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (hostile) => {
        const tree = unified()
          .use(remarkParse)
          .use(remarkGfm)
          .parse(await rendered(runSummary, hostile));
        const types = typesOf(tree);
        expect(types.filter((type) => type === 'heading')).toEqual(['heading']);
        for (const forged of [
          'link',
          'image',
          'table',
          'definition',
          'emphasis',
          'footnoteDefinition',
          'thematicBreak',
        ])
          expect(types).not.toContain(forged);
        expect(tree.children.filter((node) => node.type === 'list').length).toBe(1);
      }),
      { numRuns: 40 },
    );
  });
});

test('the report is one JSON document', async () => {
  expect(JSON.parse(await rendered(runJson))).toMatchObject({ outcome: 'failed', exitCode: 1 });
});

/** The characters that XML 1.0 can hold (2.2). */
function isXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}

const typesOf = (node: Nodes): readonly string[] => [
  node.type,
  ...('children' in node ? node.children.flatMap(typesOf) : []),
];

function shapeOf(node: DefaultTreeAdapterTypes.Node): readonly string[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap(shapeOf) : [];
  return node.nodeName.startsWith('#') ? inner : [node.nodeName, ...inner];
}
