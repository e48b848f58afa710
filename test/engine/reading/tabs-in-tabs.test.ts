import { describe, expect, test } from 'vitest';
import type { StepCondition } from '../../../src/index.ts';
import { read } from '../../support/read.ts';

type Lines = readonly string[];
/** Two tabs as one tool writes them, with the lines that stand in each. */
type Writes = (tabs: Readonly<Record<string, Lines>>) => Lines;

const indented = (columns: number, lines: Lines): Lines =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(columns) + line));
const quoted = (lines: Lines): Lines => lines.map((line) => `> ${line}`.trimEnd());
const run = (command: string): Lines => ['', '```bash', command, '```', ''];

const between =
  (set: readonly [string, string], opens: (name: string) => string, closes: string): Writes =>
  (tabs) => [
    set[0],
    '',
    ...Object.entries(tabs).flatMap(([name, lines]) => [
      ...opens(name).split('\n'),
      ...lines,
      closes,
    ]),
    set[1],
    '',
  ];

const TOOLS: Readonly<Record<string, Writes>> = {
  MkDocs: (tabs) =>
    Object.entries(tabs).flatMap(([name, lines]) => [`=== "${name}"`, ...indented(4, lines), '']),
  Docusaurus: between(
    ['<Tabs>', '</Tabs>'],
    (name) => `<TabItem value="x" label="${name}">`,
    '</TabItem>',
  ),
  'Docusaurus on many lines': between(
    ['<Tabs>', '</Tabs>'],
    (name) => `<TabItem\n  value="x"\n  label="${name}"\n>`,
    '</TabItem>',
  ),
  Mintlify: between(['<Tabs>', '</Tabs>'], (name) => `<Tab title="${name}">`, '</Tab>'),
  'a tag of HTML': between(
    ['<div class="tabs">', '</div>'],
    (name) => `<Tab title="${name}">`,
    '</Tab>',
  ),
  'a tag of HTML with nothing around it': between(
    ['<div>', '</div>'],
    (name) => `<Tab title="${name}">`,
    '</Tab>',
  ),
  Hugo: between(
    ['{{< tabs >}}', '{{< /tabs >}}'],
    (name) => `{{% tab name="${name}" %}}`,
    '{{% /tab %}}',
  ),
  GitBook: between(
    ['{% tabs %}', '{% endtabs %}'],
    (name) => `{% tab title="${name}" %}`,
    '{% endtab %}',
  ),
  VuePress: between([':::: tabs', '::::'], (name) => `::: tab ${name}`, ':::'),
  'VuePress with @tab': between(['::: tabs', ':::'], (name) => `@tab ${name}`, ''),
  MyST: between(['::::{tab-set}', '::::'], (name) => `:::{tab-item} ${name}`, ':::'),
};

/** Steps by their command, each with the labels around it. */
async function labelsOf(lines: Lines): Promise<Readonly<Record<string, string>>> {
  const { steps } = await read(`# Install the agent\n\n${lines.join('\n')}\n`);
  return Object.fromEntries(
    steps.map((step) => {
      const labels: string[] = [];
      let at: StepCondition | undefined = step.condition;
      for (; at !== undefined; at = at.within)
        labels.unshift(at.group === undefined ? '' : at.text);
      return [step.text, labels.join(' > ')];
    }),
  );
}

const SETS: Readonly<Record<string, Lines>> = {
  Linux: [],
  Mac: run('other'),
};

/** The inner set with a command behind it, in a tab of the outer one. */
const nested = (outer: Writes, inner: Writes, in_: (lines: Lines) => Lines = (it) => it): Lines => [
  ...outer({
    ...SETS,
    Linux: [
      ...run('before'),
      ...in_(inner({ Apt: run('first'), Dnf: run('second') })),
      ...run('behind'),
    ],
  }),
  ...run('after'),
];

const RIGHT = {
  before: 'Linux',
  first: 'Linux > Apt',
  second: 'Linux > Dnf',
  behind: 'Linux',
  other: 'Mac',
  after: '',
};

const PAIRS = Object.keys(TOOLS).flatMap((outer) =>
  Object.keys(TOOLS).map((inner) => [outer, inner] as const),
);
const toolOf = (name: string): Writes => TOOLS[name] ?? (() => []);

describe('every command in tabs stands under all labels around it, and none behind them', () => {
  test.each(PAIRS)('tabs of %s around tabs of %s', async (outer, inner) => {
    expect(await labelsOf(nested(toolOf(outer), toolOf(inner)))).toEqual(RIGHT);
  });

  test.each(Object.keys(TOOLS))('tabs of %s around quoted tabs', async (outer) => {
    for (const inner of ['MkDocs', 'Docusaurus', 'Hugo'])
      expect(await labelsOf(nested(toolOf(outer), toolOf(inner), quoted))).toEqual(RIGHT);
  });

  test.each(Object.keys(TOOLS))('tabs of %s in quotes', async (name) => {
    const tabs = toolOf(name)({ Apt: run('first'), Dnf: run('second') });
    const right = { first: 'Apt', second: 'Dnf', after: '' };
    expect(await labelsOf([...quoted(tabs), ...run('after')])).toEqual(right);
    expect(await labelsOf([...quoted(quoted(tabs)), ...run('after')])).toEqual(right);
    expect(await labelsOf([...quoted(['[!TIP]', '', ...tabs]), ...run('after')])).toEqual(right);
  });

  test.each(Object.keys(TOOLS))('a code group in tabs of %s', async (name) => {
    const group = [
      '::: code-group',
      '',
      '```bash [Apt]',
      'first',
      '```',
      '```bash [Dnf]',
      'second',
      '```',
      '',
      ':::',
    ];
    expect(await labelsOf(nested(toolOf(name), () => group))).toEqual(RIGHT);
  });

  test.each(['MkDocs', 'Docusaurus', 'Hugo', 'GitBook'])('tabs of %s in an item', async (name) => {
    const tabs = indented(4, nested(toolOf(name), toolOf(name)));
    expect(await labelsOf(['1.  Install it', '', ...tabs])).toEqual(RIGHT);
  });

  test('headings in tabs end none of them', async () => {
    const inner = toolOf('MkDocs');
    const lines = nested(inner, inner).flatMap((line) =>
      line.trim() === '```bash' ? [line.replace('```bash', '#### Do it'), '', line] : [line],
    );
    expect(await labelsOf(lines)).toEqual(RIGHT);
  });

  test('headings below one with a class for tabs, or in a container of that class, are tabs', async () => {
    const lines = (opens: Lines, closes: Lines): Lines => [
      ...opens,
      '### Package',
      ...run('first'),
      '#### Channel {.tabset .tabset-pills}',
      '##### Edge',
      ...run('edge'),
      '##### Stable',
      ...run('stable'),
      '### Sources {#hand}',
      ...run('second'),
      ...closes,
      ...run('after'),
    ];
    const right = {
      first: 'Package',
      edge: 'Package > Edge',
      stable: 'Package > Stable',
      second: 'Sources',
      after: '',
    };
    expect(await labelsOf(lines(['## Ways {.tabset .tabset-fade}'], ['## {-}']))).toEqual(right);
    expect(await labelsOf(lines(['## Ways', '', '::: {.panel-tabset}', ''], [':::']))).toEqual(
      right,
    );
    const step = lines(['## Step by step {.wide}'], ['## Next']).filter(
      (one) => !/tabset/.test(one),
    );
    expect(Object.values(await labelsOf(step)).filter((label) => label !== '')).toEqual([]);
  });

  test('tabs without a label are counted, or named by the tag around them', async () => {
    const tabs = (set: string): Lines => [
      set,
      '<Tab>',
      ...run('first'),
      '</Tab>',
      '<Tab>',
      ...run('second'),
      '</Tab>',
      '</Tabs>',
      ...run('after'),
    ];
    expect(await labelsOf(tabs('<Tabs>'))).toEqual({ first: 'Tab 1', second: 'Tab 2', after: '' });
    expect(await labelsOf(tabs("<Tabs items={['npm', 'yarn']}>"))).toEqual({
      first: 'npm',
      second: 'yarn',
      after: '',
    });
  });

  test('what looks like tabs in code is none', async () => {
    const code = ['```yaml', '=== "x"', '<Tabs>', '::: tabs', '{{< /tabs >}}', '```', ''];
    const lines = toolOf('MkDocs')({ Apt: [...code, ...run('first')], Dnf: run('second') });
    expect(await labelsOf([...lines, ...run('after')])).toEqual({
      first: 'Apt',
      second: 'Dnf',
      after: '',
    });
  });

  test('a sentence above a set holds in all its tabs, and one in a tab ends with it', async () => {
    const tabs = toolOf('MkDocs')({
      Apt: ['', 'If the disk is full:', ...run('first')],
      Dnf: run('second'),
    });
    const { steps } = await read(`# Mend it\n\nIf the node is dead, run:\n\n${tabs.join('\n')}\n`);
    expect(steps.map(({ condition }) => [condition?.text, condition?.within?.text])).toEqual([
      ['If the disk is full', 'Apt'],
      ['If the node is dead, run', 'Dnf'],
    ]);
  });
});

test.each([
  ['Tab', ' label="A"'],
  ['TabItem', ' value="a" label="A"'],
])(
  'a <%s> that nobody closed holds neither the next one nor what stands behind the set',
  async (tag, words) => {
    const fence = (file: string): string => `\n\`\`\`bash\ntouch ${file}\n\`\`\`\n\n`;
    const other = words
      .replaceAll(/a/gi, (letter) => (letter === 'a' ? 'b' : 'B'))
      .replace('lbbel', 'label')
      .replace('vblue', 'value');
    const { steps } = await read(
      `# I\n\n<Tabs>\n<${tag}${words}>\n${fence('a')}<${tag}${other}>\n${fence('b')}</Tabs>\n\nThen start it:\n${fence('c')}## Next\n${fence('d')}`,
    );
    const [one, two, ...behind] = steps.map(({ condition }) => condition);
    expect(one?.group).toBeDefined();
    expect(two).toMatchObject({ group: one?.group });
    expect(two?.within).toBeUndefined();
    expect(behind).toEqual([undefined, undefined]);
  },
);
