import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

/** What is said of misplaced words, `line: sentence hint` each. */
async function said(markdown: string): Promise<readonly string[]> {
  const { diagnostics } = await read(markdown);
  return diagnostics
    .filter(({ rule }) => rule === 'annotation' || rule === 'unknown-annotation')
    .map(({ line, message, hint }) => `${line}: ${message} ${hint}`);
}

const fence = (words: string, language = 'bash', text = 'uptime'): string =>
  `\`\`\`${language}${words === '' ? '' : ` ${words}`}\n${text}\n\`\`\`\n`;

describe('a word at a place where it means nothing', () => {
  test.each([
    ['connection=shop', fence('connection=shop')],
    ['capture=load', `<!-- handrail: capture=load -->\n- [ ] Look at it\n`],
    ['until=ok', fence('until=ok', 'sql', 'select 1;')],
  ])('%s is told of', async (word, page) => {
    expect((await said(`# T\n\n${page}`)).join('\n')).toContain(`\`${word.split('=')[0]}`);
  });

  test.each([
    ['a timeout at a command', fence('timeout=5s')],
    ['a connection at a query', fence('connection=default', 'sql', 'select 1;')],
    ['other tools’ words at a fence that is only shown', fence('cwd=/srv', 'yaml', 'a: 1')],
  ])('%s is where it belongs', async (_what, page) => {
    expect(await said(`# T\n\n${page}`)).toEqual([]);
  });
});

describe('a comment above what leads to a fence', () => {
  const numbered = (words: string): string =>
    `# T\n\n<!-- handrail: ${words} -->\n1. Restart the pool\n\n${fence('')}\n2. Call the owner\n`;

  test.each([
    ['name=pool', { name: 'pool' }],
    ['confirm', { confirm: true }],
    ['tag=weekly', { tag: 'weekly' }],
    ['timeout=5s', { timeout: 5000 }],
  ])('is said of the fence that an item leads to: %s', async (words, annotations) => {
    expect(await said(numbered(words))).toEqual([]);
    const { steps } = await read(numbered(words));
    expect(steps.find(({ type }) => type === 'shell')?.annotations).toEqual(annotations);
  });

  test('takes that fence out with its item', async () => {
    for (const words of ['ignore', 'run=false'])
      expect((await read(numbered(words))).steps.map(({ type }) => type)).toEqual(['manual']);
  });

  test.each(['ignore', 'run=false', 'name=pool', 'title=Pool', 'tag=weekly', 'confirm'])(
    'is an error above a sentence: %s',
    async (words) => {
      const page = `# T\n\n<!-- handrail: ${words} -->\nRestart the pool:\n\n${fence('')}`;
      const { diagnostics } = await read(page);
      expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
      expect(await said(page.replace('<!-- handrail', '<!-- a remark'))).toEqual([]);
    },
  );
});

test.each([
  ['eval=FALSE', false],
  ['eval=no', false],
  ['no_run', false],
  ['eval=TRUE', true],
  ['eval', true],
])('%s of another tool means here what it means there', async (word, runs) => {
  const { diagnostics, steps } = await read(`# T\n\n${fence(word)}\n${fence('')}`);
  expect([diagnostics.length, steps.length]).toEqual([0, runs ? 2 : 1]);
});

describe('a word that nothing reads', () => {
  test.each([
    ['handrial: timeout=5m', '`<!-- handrail: timeout… -->`'],
    ['handrail timeout=5m', '`<!-- handrail: timeout… -->`'],
    ['Handrails: effect=reads', '`<!-- handrail: effect… -->`'],
  ])('stands in the comment %s', async (comment, hint) => {
    expect(await said(`# T\n\n<!-- ${comment} -->\n${fence('')}`)).toEqual([
      `3: This comment looks like an annotation, and nothing reads it. Write ${hint}.`,
    ]);
  });

  test.each([
    'handrail: timeout=5m',
    'HANDRAIL : timeout=5m',
    'handrail is our tool',
    'bandrail: x=1',
    'note: name=x',
  ])('does not stand in the comment %s', async (comment) => {
    expect(await said(`# T\n\n<!-- ${comment} -->\n${fence('')}`)).toEqual([]);
  });

  test.each([
    ['a task', '- [ ] Tell them <!-- handrail: when="a = b" -->'],
    ['a task in a task', '- [ ] Tell them\n  - [ ] All of them <!-- handrail: confirm=two -->'],
    ['an instruction', '1. Restart the pool <!-- handrail: unattended=skip -->'],
    ['a heading', '## Deploy <!-- handrail: procedure-timeout=10m -->'],
    ['a sentence', 'Do it: <!-- handrail: timeout=5m -->'],
    ['the end of a paragraph', 'Do it\nnow. <!-- handrail: timeuot=5m -->'],
    ['a quote', '> Do it <!-- handrail: effect=reads -->'],
    [
      'a row',
      '| Check | Command | Critical |\n|---|---|---|\n| a <!-- handrail: timeout=5m --> | `date` | > 5 |',
    ],
    ['a link that nobody sees', '[//]: # (handrail: name=v)'],
    ['a comment of other tools', '{# handrail: name=v #}'],
    ['a comment of MDX with braces', '{/* handrail: host={{host}} */}'],
  ])('stands in %s', async (_, text) => {
    const page = `# T\n\n${text}\n\n${fence('')}`;
    expect((await said(page)).join()).toContain('nothing reads it where it stands');
    const alone = /(?:<!-- |\{[#/]\*? |\()(handrail: .*?)(?: -->| #\}| \*\/\}|\))/.exec(text)?.[1];
    expect((await said(`# T\n\n<!-- ${alone} -->\n${fence('')}`)).join()).not.toContain(
      'it stands.',
    );
  });

  test.each([
    'Write `<!-- handrail: timeout=5m -->` above it.',
    '```text\n- [ ] Tell <!-- handrail: confirm -->\n```',
    '    Tell <!-- handrail: confirm -->',
    '<details><!-- handrail: infer -->\nMore\n</details>',
    'A <!-- handrail: a fine tool --> word',
  ])('does not stand in what is shown: %s', async (text) => {
    expect((await said(`# T\n\n${text}\n\n${fence('')}`)).join()).not.toContain('where it stands');
  });

  test('is none in a comment of MDX, which has no other ones', async () => {
    const { steps } = await read(`# T\n\n{/* handrail: name=v timeout=5m */}\n${fence('')}`);
    expect(steps[0]).toMatchObject({ id: 'v', annotations: { timeout: 300_000 } });
  });

  test.each([
    ['until=/ready/', 'Write `until="ready"`'],
    ['until="/^up$/i"', 'Write `until="^up$"`'],
  ])('is a slash around the expression %s', async (word, hint) => {
    expect((await said(`# T\n\n${fence(word)}`)).join()).toContain(hint);
    expect(await said(`# T\n\n${fence('until="[/]ready/"')}`)).toEqual([]);
    const front = '---\ninputs: { a: { pattern: "/^[a-z]+$/", default: abc } }\n---\n';
    const { diagnostics } = await read(`${front}# T\n\n${fence('')}`);
    expect(diagnostics.map((one) => one.hint).join()).toContain('Write `^[a-z]+$`');
  });

  test('is an id that somebody chose, and not one that a tool drew', async () => {
    expect((await said(`# T\n\n${fence('id=renew')}`)).join()).toContain('`name=renew`');
    expect(await said(`# T\n\n${fence('{"id":"01HF7BT3HEQBTBM9SSSRB5RFB3"}')}`)).toEqual([]);
  });
});

describe('values for a procedure of the same page', () => {
  const page = (given: string): string =>
    `---\ninputs: { target: { choices: [nas, s3], default: nas }, other: { default: s3 } }\n---\n# T\n\n<!-- handrail: ${given} -->\n1. [Copy](#copy)\n\n## Copy\n\n${fence('', 'bash', 'echo {{target}}')}`;

  test.each([
    ['with.targt=s3', 'no input `targt`. Did you mean `target`?'],
    ['with.target=ftp', 'does not take `ftp` for `target`: it is none of `nas`, `s3`'],
  ])('%s is told of', async (given, why) => {
    expect((await said(page(given))).join('\n')).toContain(why);
  });

  test.each(['with.target=s3', 'with.target={{other}}'])('%s is one', async (given) => {
    expect(await said(page(given))).toEqual([]);
  });
});

describe('`holds`', () => {
  test('means something at a step under a condition, and at no other', async () => {
    const under = `If the disk is full:\n\n${fence('holds')}`;
    expect(await said(`# T\n\n${under}`)).toEqual([]);
    expect(await said(`# T\n\nLook at the load:\n\n${fence('holds')}`)).toEqual([
      expect.stringMatching(/^5: .*`holds`.*under no condition.*`when=`/),
    ]);
  });

  test('means something where only a part of the step stands under one', async () => {
    const parts = '# If the disk is full:\nrm -rf cache\n\n# Then look\ndf -h';
    const { steps } = await read(`# T\n\n${fence('holds', 'bash', parts)}`);
    expect(steps[0]?.condition ?? steps[0]?.parts.find(({ condition }) => condition)).toBeDefined();
    expect(await said(`# T\n\n${fence('holds', 'bash', parts)}`)).toEqual([]);
  });
});

test('a word that needs another beside it is told which', async () => {
  const lone = await said(`# T\n\n${fence('delay=5s')}`);
  expect(lone.join('\n')).toMatch(/nothing says `[a-z-]+=`.*beside it, or take it out/);
});

test.each([
  ['http', 'run', 'GET https://shop.example.net/health', 'json', '{"status": "ok"}'],
  ['python', 'run', 'print(1)', 'text', '1'],
  ['sql', '', 'select 1;', 'text', '1'],
  ['bash', '', 'echo 1', '', '1'],
])(
  'what stands directly below a step of type %s is its expected output',
  async (language, words, text, tag, out) => {
    const page = (below: string): string =>
      `# T\n\n${fence(words, language, text)}\n\`\`\`${below}\n${out}\n\`\`\`\n`;
    const { steps } = await read(page(tag));
    expect(steps.map(({ expectation }) => expectation?.text)).toEqual([out]);
    expect((await read(page('yaml'))).steps.map(({ expectation }) => expectation)).toEqual([null]);
  },
);
