import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { article, site } from '../../support/site-pages.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const INLINE = new Set(
  'a em strong span code sup sub mark del b i kbd u s small abbr mi mo mn'.split(' '),
);

/** The text of a page, with a blank where a block begins or ends. */
function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value;
      if (!('childNodes' in node) || ['script', 'style', 'head'].includes(node.nodeName))
        return ' ';
      const between = INLINE.has(node.nodeName) ? '' : ' ';
      return `${between}${textOf(node.childNodes)}${between}`;
    })
    .join('');
}

const wordsOf = (nodes: readonly Node[]): readonly string[] =>
  textOf(nodes)
    .replaceAll('\u200B', '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function lost(wanted: readonly string[], shown: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const word of shown) left.set(word, (left.get(word) ?? 0) + 1);
  return wanted.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

/** Each spelling with what stands on the page for it. */
const FURNITURE: readonly (readonly [name: string, markdown: string, html: string | RegExp])[] = [
  ['an emoji code', 'All good :white_check_mark: now', 'All good ✅ now'],
  ['a code that names no emoji', 'at 10:30:00 :nothing-like-it:', 'at 10:30:00 :nothing-like-it:'],
  ['an emoji code in a command', '`a:fire:b`', '<code>a:fire:b</code>'],
  ['math in a line', String.raw`is $\frac{a}{b}$ of it`, /is <math.*<mfrac>.*<\/math> of it/s],
  ['math in a block', '$$\nx_1 = 2\n$$', /<math display="block"/],
  [
    'rows of math',
    '$$\n\\begin{matrix}\na & b \\\\\nc & d\n\\end{matrix}\n$$',
    /<mtr>.*<\/mtr><mtr>/s,
  ],
  ['math with stars and braces', String.raw`$$ \{ a*b*c \} $$`, /\{<\/mo>(?:.*∗){2}.*\}<\/mo>/s],
  [
    'spaces of math in a line',
    String.raw`is $a\,b = c$`,
    /<mi>a<\/mi><mspace[^>]*><\/mspace><mi>b/,
  ],
  [
    'rows of math in a list',
    '- first\n\n  $$\n  \\begin{matrix} a \\\\ b \\end{matrix}\n  $$',
    /<mtr>.*<\/mtr><mtr>/s,
  ],
  [
    'rows of math in a quote',
    '> $$\n> \\begin{matrix} a \\\\ b \\end{matrix}\n> $$',
    /<mtr>.*<\/mtr><mtr>/s,
  ],
  ['math beside prices', String.raw`is $a\;b = c$ for \$5 or \$6`, /<\/math> for \$5 or \$6/],
  ['math in a fence', '```math\nx^2\n```', /<math display="block"/],
  ['math that is none', String.raw`is $\frac{a}$ of it`, String.raw`is $\frac{a}$ of it`],
  ['variables of a shell', 'Set $HOME and $PATH first', 'Set $HOME and $PATH first'],
  ['braces of a shell', 'run x --a="${A_B}" --c="${D}"', 'run x --a="${A_B}" --c="${D}"'],
  ['a command within', 'a="$(date)"=$(x_1) b', 'a="$(date)"=$(x_1) b'],
  ['one of its braces', 'cp "${A_B}=$" x', 'cp "${A_B}=$" x'],
  ['prices', 'from $5 to $10 = cheap', 'from $5 to $10 = cheap'],
  ['marked text', 'it is ==important== here', 'it is <mark>important</mark> here'],
  ['a comparison', 'if a == b and c == d', 'if a == b and c == d'],
  ['keys', 'press ++ctrl+c++', 'press <kbd>ctrl</kbd>+<kbd>c</kbd>'],
  ['a language', 'C++ and g++ here', 'C++ and g++ here'],
  ['raised text', 'the 2^nd^ of 10^6^ and x^sup^', /2<sup>nd<\/sup> of 10<sup>6<\/sup> and x<sup>/],
  ['what a shell takes for another word', 'type ^old^new^ then', 'type ^old^new^ then'],
  ['a component of MDX on a line', '<Aside>Mind *it*.</Aside>', '<p>Mind <em>it</em>.</p>'],
  ['a component in a line', 'So <Note title="Hey">mind</Note> it', '<p>So Hey: mind it</p>'],
  ['a component that shows words', 'It is <Badge text="New" /> here', '<p>It is New here</p>'],
  ['a name in angle brackets', 'Use <Pod> here', '<p>Use &lt;Pod> here</p>'],
  ['a shortcode around words', 'So {{% note %}}mind it{{% /note %}} now', '<p>So mind it now</p>'],
  ['a shortcode for a page', 'See {{< ref "no/such.md" >}} now', 'See <em>no/such.md</em> now'],
  ['a link by shortcode', 'See [it]({{< relref "/no" >}}) now', 'See <em>it</em> now'],
  ['powers', 'from 2^8 to 2^16 rows', 'from 2^8 to 2^16 rows'],
  [
    'tabs on one line',
    '<Tabs><TabItem value="a" label="Linux">Use `dig`.</TabItem><TabItem label="Mac">Or not</TabItem></Tabs>',
    /<strong>Linux<\/strong> Use <code>dig<\/code>\.\s*<strong>Mac<\/strong> Or not\s*<\/p>/,
  ],
  [
    'tabs with braces on one line',
    "<Tabs items={['A', 'B']}><Tab>One</Tab><Tab>Two</Tab></Tabs>",
    /<p>\s*One\s+Two\s*<\/p>/,
  ],
  ['a placeholder that is no tab', 'on <Host> or <Tabular>', /on &lt;Host> or &lt;Tabular>/],
  [
    'a role of MyST that leads to a place of the page',
    '(again)=\n### Once more\n\nsee {ref}`again` and {ref}`this <again>`',
    /see <a href="#again">Once more<\/a> and <a href="#again">this<\/a>/,
  ],
  [
    'a role that leads to another page',
    'see {doc}`the-pool` or {doc}`it <the-pool>`',
    'see <a href="the-pool.html">the-pool</a> or <a href="the-pool.html">it</a>',
  ],
  ['a role that leads nowhere', 'see {ref}`it <nowhere>`', 'see <em>it</em>'],
  ['a role of words', 'run {command}`ls` as {kbd}`Enter`', '<code>ls</code> as <kbd>Enter</kbd>'],
  ['braces that are no role', 'the {x}`y` of it', 'the {x}<code>y</code> of it'],
  ['attributes of a paragraph', 'Mind it {.wide #own}', '<p>Mind it</p>'],
  [
    'a target that links name',
    '(howto:look)=\n\nLook. See [it](#howto:look)',
    /<span id="howto:look"><\/span>\s*<p>Look\. See <a href="#howto%3Alook">it<\/a>/,
  ],
  ['a target in front of its text', '(look)=\nLook', /<span id="look"><\/span>\s*<p>Look</],
  ['brackets that name no target', '(see there) = so', '(see there) = so'],
  ['attributes of an image', '![A rack](gone.png){ width=300 }', '<p>A rack</p>'],
  ['a set of words in braces', 'one of {red, blue}', 'one of {red, blue}'],
  ['a brace expansion', 'the files {a,b}.log {c}', 'the files {a,b}.log {c}'],
  [
    'a definition list',
    'Replica\n: A copy of `main`',
    '<dl><dt>Replica</dt><dd>A copy of <code>main</code></dd></dl>',
  ],
  ['raw text of Jekyll', 'as {% raw %}{{ x }}{% endraw %} is', 'as {{ x }} is'],
  ['a directive', '::yaml{file="deploy/values.yaml"}', 'deploy/values.yaml'],
  ['a wiki page that is there', 'see [[The pool]]', 'see <a href="the-pool.html">The pool</a>'],
  [
    'a wiki page under another name',
    'see [[the-pool#Look here|it]]',
    '<a href="the-pool.html#look-here">it</a>',
  ],
  ['a wiki page that is not there', 'see [[Nowhere]]', 'see [[Nowhere]]'],
  [
    'code in the title of a box',
    ':::tip[Use `top` *first*]\nBody\n:::',
    /alert-title">Use <code>top<\/code> <em>first<\/em><\/p>\s*<p>Body<\/p>/,
  ],
  [
    'code in a title without brackets',
    ':::note On `db1` now\n\nBody\n\n:::',
    /alert-title">On <code>db1<\/code> now<\/p>\s*<p>Body<\/p>/,
  ],
  [
    'abbreviations',
    'The SLO holds, SLOW or not.\n\n*[SLO]: service level objective\n*[DB]: `db1` base',
    /<abbr title="service level objective">SLO<\/abbr> holds, SLOW .*<dl><dt>SLO<\/dt><dd>service level objective<\/dd>/s,
  ],
  ['brackets that abbreviate nothing', 'as *[x]* and\n*[SLO]: it', /\[SLO\]: it/],
  ['text put in', 'so {++be *it*++} now', 'so <ins>be <em>it</em></ins> now'],
  ['text taken out', 'so {--not `x` --}now', 'so <del>not <code>x</code> </del>now'],
  ['text put in the place of other', 'on {~~two~>three~~} nodes', '<del>two</del><ins>three</ins>'],
  ['a remark', 'it is {==so==}{>>why?<<}.', 'it is <mark>so</mark> <small>why?</small>.'],
  ['a mark that nothing closes', 'give {--force or {++ here', 'give {--force or {++ here'],
  ['math in brackets', String.raw`is \(\frac{a}{b}\) of it`, /is <math.*<mfrac>.*<\/math> of it/s],
  ['math between brackets', '\\[\na^2 = 3\n\\]', /<math display="block"/],
  ['a group of find', String.raw`find \( -name a_b -o -x \) here`, 'find ( -name a_b -o -x ) here'],
  ['a group of a pattern', String.raw`sed s/\(a_b\)/x/ now`, 'sed s/(a_b)/x/ now'],
  ['brackets of words', String.raw`see \[it\] and \(that\)`, 'see [it] and (that)'],
  [
    'a program of MDX',
    "export const R = {\n  name: 'eu}',\n\n    zone: 1,\n};\nexport function f() {\n  return 1;\n}\n\nSaid",
    /<\/p>\s*<\/div>\s*<p>Said<\/p>|<\/h1>\s*(?:<p class.*<\/p>)?\s*<p>Said<\/p>/,
  ],
  [
    'an import over lines',
    "import {\n  A,\n  B,\n} from './x.js'\n\nSaid",
    /<\/h1>.*<p>Said<\/p>/s,
  ],
  [
    'words that begin as a program does',
    'export default settings to it\n\nexport const\n\nexport PATH=/x\n\nexport function of it',
    /export default settings to it.*export const.*export PATH=\/x.*export function of it/s,
  ],
  [
    'a quote right below a box',
    '!!! warning\n    Mind it.\n> Said.\n> So.',
    /<p>Mind it\.<\/p>\s*<blockquote>\s*<p>Said\.\nSo\.<\/p>\s*<\/blockquote>/,
  ],
  [
    'a quote behind a box',
    '!!! warning\n    Mind it.\n\n> Said.\n\nMore',
    /<p>Mind it\.<\/p>\s*<\/div>\s*<blockquote>\s*<p>Said\.<\/p>\s*<\/blockquote>\s*<p>More/,
  ],
  ['a test of bash', 'if [[ -f x ]] holds', 'if [[ -f x ]] holds'],
];

describe('furniture of other site generators', () => {
  test('a footnote far below what refers to it is told once and whole, and links beside it lead on', async () => {
    const far = '## More\n\nText of a section.\n\n'.repeat(2000);
    const shown = await article(
      `# A\n\nLook[^a] at [it][there] first.\n\n${far}\n\nAnd[^a] once more.\n\n[^a]: Only some\n  can \`do\` it.\n\n    In two parts.\n\n[there]: https://x.example/y\n`,
    );
    expect(shown).toContain('<a href="https://x.example/y" rel="noopener noreferrer">it</a> first');
    expect(shown.match(/Only some\s+can <code>do<\/code> it\./g)).toHaveLength(1);
    expect(shown.match(/In two parts\./g)).toHaveLength(1);
    expect(shown).not.toContain('[there]');
  });

  test.each(FURNITURE)('%s', async (_name, markdown, html) => {
    const shown = await article(`# A\n\n${markdown}\n`, {
      'ops/the-pool.md': '# The pool\n\n## Look here\n\ntext\n',
    });
    if (typeof html === 'string') expect(shown).toContain(html);
    else expect(shown).toMatch(html);
  });

  test.each(['[TOC]', '[[_TOC_]]', '[[toc]]'])('%s is the contents of the page', async (mark) => {
    const shown = await article(`# A\n\n${mark}\n\n## One {#first}\n\n### Two\n\n## Three\n`);
    expect(shown.replaceAll('\n', '')).toContain(
      '<ul><li><a href="#first">One</a><ul><li><a href="#two">Two</a></li></ul></li><li><a href="#three">Three</a></li></ul>',
    );
    expect(shown.toLowerCase()).not.toContain('toc');
  });

  test('an anchor that a heading gives itself is its anchor, and leads there from elsewhere', async () => {
    const { files, broken } = await site({
      'a.md': '# A {#top}\n\n## Fail over {#fail .wide}\n\n[here](#fail)\n',
      'b.md': '# B\n\n[there](a.md#fail) [not there](a.md#fail-over)\n',
    });
    const a = String(files.find(({ path: at }) => at === 'a.html')?.content);
    expect(a).toContain('<h2 id="fail" tabindex="-1">Fail over<');
    expect(broken.map(({ target }) => target)).toEqual(['a.md#fail-over']);
  });

  test('a flowchart whose statements end in semicolons is drawn', async () => {
    const shown = await article('# A\n\n```mermaid\ngraph TD; A["x; y"]-->B; B-->C\n```\n');
    expect(shown).toContain('class="diagram"');
  });

  test('whatever stands in a line, none of its words is lost', async () => {
    const piece = fc.constantFrom(
      '$',
      '$$',
      '==',
      '++',
      ':',
      '[[',
      ']]',
      '{',
      '}',
      '{:',
      '#',
      '.',
      '|',
      '\n: ',
      ' ',
      '\n',
      'word',
      'x_1',
      'fire',
      'raw',
      '{% raw %}',
      '![a](b)',
      '`c`',
      '**d**',
      'k=v',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        const markdown = `# A\n\nbefore ${pieces.join('')} after\n`;
        const shown = wordsOf(parseFragment(await article(markdown)).childNodes).join(' ');
        for (const word of ['before', 'after']) expect(shown).toContain(word);
        const attributes = [...markdown.matchAll(/\{[^{}\n]*\}/g)].join(' ');
        for (const word of ['word', 'x', 'd'])
          if (markdown.includes(word) && !attributes.includes(word)) expect(shown).toContain(word);
      }),
      { numRuns: 150 },
    );
  });
});

test('no word of a page is lost that another renderer shows', async () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const files = Object.fromEntries(
    [
      'README.md',
      ...readdirSync(path.join(root, 'docs')),
      ...readdirSync(path.join(root, 'runbooks')),
    ]
      .filter((name) => name.endsWith('.md'))
      .map((name): [string, string] => {
        const folder = ['docs', 'runbooks', '.'].find((each) =>
          readdirSync(path.join(root, each)).includes(name),
        );
        return [name, readFileSync(path.join(root, folder ?? '.', name), 'utf8')];
      }),
  );
  const other = new MarkdownIt({ html: true, linkify: true });
  const { files: pages } = await site(files);
  const said = Object.entries(files).map(([name, text]) => {
    // What a fence says of itself and where a link leads is no text, also within the fence of a runbook in a runbook.
    const own = text
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/^([ \t]*[`~]{3,}).*$/gm, '$1')
      .replace(/\]\([^()\s]*\)/g, ']()');
    const at = name === 'README.md' ? 'index.html' : name.replace(/\.md$/, '.html');
    const page = String(pages.find((one) => one.path === at)?.content);
    const wanted = wordsOf(parse(other.render(own)).childNodes);
    // Ticks and the numbers of items are no words.
    return [
      name,
      lost(wanted, wordsOf(parse(page).childNodes)).filter((word) => !/^(?:x|\d)$/.test(word)),
    ];
  });
  expect(said.filter(([, words]) => words?.length)).toEqual([]);
});
