import { describe, expect, test } from 'vitest';
import { unfold } from '../../../src/engine/reading/furniture/unfold.ts';
import { findingsOf, read, stepOf, stepsOf } from '../../support/read.ts';

/** Lines of a page, joined. */
const page = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('tabs', () => {
  test('of MkDocs are read, titled by their label', async () => {
    const text = page(
      '# U',
      '',
      '=== "Fedora"',
      '',
      '    ```bash',
      '    dnf update',
      '    ```',
      '',
      '=== "Debian"',
      '',
      '    First look:',
      '',
      '    ```bash',
      '    apt list',
      '    ```',
    );
    expect(await stepsOf(text)).toEqual(['5 shell Fedora', '13 shell First look']);
    expect((await read(text)).steps[0]?.text).toBe('dnf update');
  });

  test('of MkDocs stand in list items and in one another', async () => {
    const text = page(
      '1. Stop it:',
      '',
      '    === "systemd"',
      '',
      '        ```bash',
      '        systemctl stop app',
      '        ```',
      '',
      '2. Tell the team',
    );
    expect(await stepsOf(text)).toEqual(['5 shell Stop it', '9 manual Tell the team']);
  });

  test.each([
    ['MDX', '<TabItem value="apt" label="Debian">', '</TabItem>', '<Tabs>', '</Tabs>'],
    ['Hugo', '{{< tab "Debian" >}}', '{{< /tab >}}', '{{< tabs >}}', '{{< /tabs >}}'],
    ['GitBook', '{% tab title="Debian" %}', '{% endtab %}', '{% tabs %}', '{% endtabs %}'],
    ['MyST', ':::{tab-item} Debian', ':::', '::::{tab-set}', '::::'],
    ['VuePress', '@tab Debian', '', '::: tabs', ':::'],
  ])('of %s are read, titled by their label', async (_tool, open, close, before, after) => {
    const text = page(
      '# U',
      '',
      before,
      open,
      '',
      '```bash',
      'apt update',
      '```',
      '',
      close,
      after,
    );
    expect(await stepsOf(text)).toEqual(['6 shell Debian']);
  });

  test('of MDX may indent what is in them', async () => {
    const text = page(
      'import Tabs from "@theme/Tabs";',
      '',
      '# U',
      '',
      '<Tabs',
      '  groupId="os"',
      '>',
      '  <TabItem value="debian">',
      '',
      '    ```bash',
      '    apt update',
      '    ```',
      '',
      '  </TabItem>',
      '</Tabs>',
    );
    expect(await stepsOf(text)).toEqual(['10 shell debian']);
  });
});

describe('boxes', () => {
  test.each(['!!! tip "Do this"', '??? note "Do this"', '???+ custom "Do this"'])(
    '%j holds steps',
    async (head) => {
      const text = page(
        '# U',
        '',
        head,
        '',
        '    ```bash',
        '    uptime',
        '    ```',
        '',
        '    1. Tell the owner',
        '    2. Close the ticket',
      );
      expect(await stepsOf(text)).toEqual([
        '5 shell Do this',
        '9 manual Tell the owner',
        '10 manual Close the ticket',
      ]);
    },
  );

  test('an alert of GitHub holds steps, a quotation none', async () => {
    expect(await stepsOf('> [!NOTE]\n> 1. Tell the owner\n')).toEqual(['2 manual Tell the owner']);
    expect(await stepsOf('> 1. Tell the owner\n')).toEqual([]);
  });

  test('a summary is the title of what it hides, with a blank line or without', async () => {
    for (const gap of ['\n', ''])
      expect(
        (
          await stepOf(
            `# U\n\n<details>\n<summary>Look at the load</summary>\n${gap}\n\`\`\`bash\nuptime\n\`\`\`\n\n</details>\n`,
          )
        ).title,
      ).toBe('Look at the load');
  });
});

describe('code that has no fence', () => {
  test('indented code that reads as commands is a step that is inferred', async () => {
    const { steps } = await read(
      '# Up\n\n## Step 1: prepare\n\n    sudo apt update\n    sudo apt upgrade -y\n',
    );
    expect(steps).toMatchObject([
      { line: 5, textLine: 5, inferred: true, text: 'sudo apt update\nsudo apt upgrade -y' },
    ]);
  });

  test('indented text below commands is no expectation of theirs', async () => {
    const { steps } = await read('```bash\nuptime\n```\n\n    NAME  READY\n    web   1/1\n');
    expect(steps).toMatchObject([{ expectation: null }]);
  });

  test('code shortcodes are fences', async () => {
    expect(await stepsOf('# U\n\n{{< highlight bash >}}\nuptime\n{{< /highlight >}}\n')).toEqual([
      '3 shell U',
    ]);
    expect(await stepsOf('# U\n\n{% highlight sh %}\nuptime\n{% endhighlight %}\n')).toEqual([
      '3 shell U',
    ]);
  });

  test.each([
    [':::{code-block} bash\nuptime\n:::\n', '3 shell U'],
    ['::::{code-block} bash\n:caption: Look\n\nuptime\n::::\n', '3 shell U'],
    ['1. Look at it:\n\n   :::{code-block} bash\n   uptime\n   :::\n', '5 shell Look at it'],
    ['::::{note}\n:::{code-block} bash\nuptime\n:::\n::::\n', '4 shell U'],
    [':::{code-block} json\n{}\n:::\n\n```bash\nuptime\n```\n', '7 shell U'],
  ])('code of MyST between colons is a fence: %j', async (text, step) => {
    expect(await stepsOf(`# U\n\n${text}`)).toEqual([step]);
  });

  test('a paragraph that is one command is a step, one that is a word none', async () => {
    expect(await stepsOf('**Restart the service**\n\n`sudo systemctl restart app`\n')).toEqual([
      '3 shell Restart the service',
    ]);
    expect(await stepsOf('The setting is\n\n`max_size`\n')).toEqual([]);
  });
});

describe('marks', () => {
  test.each([
    ['## Deploy {#deploy-it}', 'Deploy'],
    ['## Deploy {: .no_toc }', 'Deploy'],
    ['Deploy\n------', 'Deploy'],
  ])('of the heading %j are no title', async (heading, title) => {
    expect((await stepOf(`# U\n\n${heading}\n\n\`\`\`bash\nuptime\n\`\`\`\n`)).title).toBe(title);
  });

  test.each([
    '{.bash}',
    '{.bash data-prompt="$"}',
    '{ .sh .copy title="Terminal" }',
    'bash {linenos=table}',
  ])('of a fence %j leave its language', async (info) => {
    expect((await stepOf(`\`\`\`${info}\nuptime\n\`\`\`\n`)).type).toBe('shell');
  });

  test('furniture in a fence is text', async () => {
    expect((await stepOf('```bash\ncat <<EOF\n=== "x"\n    y\n{% tab %}\nEOF\n```\n')).text).toBe(
      'cat <<EOF\n=== "x"\n    y\n{% tab %}\nEOF',
    );
  });
});

describe('items with fences', () => {
  test('the second fence of an item has its title with what it begins with, or that of the words between', async () => {
    const text = page(
      '1. Clear both caches:',
      '',
      '   ```bash',
      '   rm -rf a',
      '   ```',
      '',
      '   ```bash',
      '   rm -rf b',
      '   ```',
      '',
      '   Look again:',
      '',
      '   ```bash',
      '   ls',
      '   ```',
    );
    expect(await stepsOf(text)).toEqual([
      '3 shell Clear both caches',
      '7 shell Clear both caches: rm -rf b',
      '13 shell Look again',
    ]);
  });

  test('a table of commands that the text asks to run needs no limits', async () => {
    const table =
      '| OS | Command |\n|---|---|\n| Linux | `dig db.internal` |\n| Windows | `nslookup db.internal` |\n';
    expect(await stepsOf(`Run this on the failed node:\n\n${table}`)).toHaveLength(2);
    expect((await read(`Useful:\n\n${table}`)).diagnostics.map(({ rule }) => rule)).toEqual([
      'left-out',
    ]);
  });
});

test('directives that only frame text are read for what is in them', async () => {
  const text = page(
    '# U',
    '',
    '````{tab-set}',
    '```{tab-item} Debian',
    'apt update',
    '```',
    '````',
    '',
    '```{note}',
    '1. Tell the owner',
    '```',
  );
  expect(await stepsOf(text)).toEqual(['10 manual Tell the owner']);
});

test('a box behind a box is one of its own', async () => {
  const text = page(
    '# U',
    '',
    '!!! note',
    '    one',
    '',
    '??? warning "Two"',
    '    - [ ] Look',
    '',
  );
  expect(await stepsOf(text)).toEqual(['7 checklist Look']);
  const { procedures } = await read(
    page('# Fail over {#fail}', '', '## B {: #b .x }', '', '## C {#b}'),
  );
  expect(procedures.map(({ id, title }) => [id, title])).toEqual([
    ['fail', 'Fail over'],
    ['b', 'B'],
    ['c', 'C'],
  ]);
});

test.each(['{terminal}', '{bash}', '{console}'])(
  'a directive %s is a fence of what it is named after',
  async (name) => {
    const text = page('# U', '', `\`\`\`${name}`, ':copy:', ':user:', 'uptime -p', '```');
    expect(await stepsOf(text)).toEqual(['3 shell U']);
    expect((await stepOf(text)).text).toBe('uptime -p');
  },
);

test('what a terminal shows below a blank line, or below its input, is output', async () => {
  const below = page(
    '# U',
    '',
    '```{terminal}',
    ':copy:',
    'pushdb -r far',
    '',
    'Propagation: SUCCEEDED',
    '```',
  );
  const input = page('# U', '', '```{terminal}', ':input: whoami', 'root', '```');
  for (const [text, command] of [
    [below, 'pushdb -r far'],
    [input, 'whoami'],
  ] as const) {
    const step = await stepOf(text);
    expect([step.type, step.text.trim()]).toEqual(['shell', command]);
    expect(step.expectation).not.toBeNull();
  }
});

test('a page that begins with a rule has no frontmatter', async () => {
  const ruled = '---\n\n# One\n\n```bash\ndate\n```\n\n---\n\n# Two\n\n```bash\nuptime\n```\n';
  expect(await stepsOf(ruled)).toEqual(['5 shell One', '13 shell Two']);
});

const TAKEN_IN: readonly (readonly [line: string, file: string | null])[] = [
  ['--8<-- "snippets/drain.md"', 'snippets/drain.md'],
  ['{{< include "drain.md" >}}', 'drain.md'],
  ['{{% readfile file="/content/drain.md" %}}', '/content/drain.md'],
  ['{% include_relative drain.md %}', 'drain.md'],
  ['{% include "./drain.md" %}', './drain.md'],
  ['<!--@include: ./drain.md-->', './drain.md'],
  ['@include(drain.md)', 'drain.md'],
  ['[!INCLUDE [drain](../includes/drain.md)]', '../includes/drain.md'],
  ["import Drain from './_drain.mdx';", './_drain.mdx'],
  ['{% include alert.html %}', null],
  ['{{< ref "drain.md" >}}', null],
  ["import Tabs from '@theme/Tabs';", null],
  ['{/* see drain.md */}', null],
  ['Include drain.md in the report.', null],
  ['```text\n--8<-- "drain.md"\n```', null],
];

test.each(TAKEN_IN)('%j takes in %j', async (line, file) => {
  const { diagnostics, steps } = await read(`# A\n\n\`\`\`bash\nuptime\n\`\`\`\n\n${line}\n`);
  const said = diagnostics.filter(({ rule }) => rule === 'left-out');
  expect(said.map((one) => [one.line, one.message.split('`')[1]])).toEqual(
    file === null ? [] : [[7, file]],
  );
  expect(steps).toHaveLength(1);
});

test.each([
  [
    'AsciiDoc',
    '. Log in to the host\n+\n----\nhostname\n----\n. Restart the app\n.. Look at the log\n',
  ],
  ['reStructuredText', '#. Log in to the host\n#. Restart the app\n#. Look at the log\n'],
])('items that %s numbers by their markers are those of a list', async (_name, list) => {
  const titles = (await read(`# Restart\n\n${list}`)).steps.map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining(['Log in to the host', 'Restart the app', 'Look at the log']),
  );
});

test('one line with such a marker is text', async () => {
  expect((await read('# Restart\n\nRun it\n\n. and so on\n')).steps).toEqual([]);
});

test('what a term means is its own, with its fence', async () => {
  const terms =
    '# Restart\n\nClear the spool\n: Run this on the host:\n\n    ```bash\n    rm -rf /var/spool/broker/x\n    ```\n\nBroker\n:   What hands messages on\n';
  const { steps } = await read(terms);
  expect(steps.map(({ line, type, title }) => [line, type, title])).toEqual([
    [6, 'shell', 'Run this on the host'],
  ]);
});

test('tags of MDX that share a line are tags, and their tabs are alternatives', async () => {
  const { steps } = await read(
    '# Install\n\n<Tabs><TabItem value="deb" label="Debian">\n\n```bash\nsudo apt install fleet\n```\n\n</TabItem><TabItem value="rpm" label="RHEL">\n\n```bash\nsudo dnf install fleet\n```\n\n</TabItem></Tabs>\n',
  );
  expect(steps.map(({ title }) => title)).toEqual(['Debian', 'RHEL']);
  const groups = steps.map(({ condition }) => condition?.group ?? null);
  expect([new Set(groups).size, groups.includes(null)]).toEqual([1, false]);
});

test('fences of a code group are alternatives by the labels in their info strings', async () => {
  const { steps, diagnostics } = await read(
    '# Deploy\n\n::: code-group\n\n```bash [npm]\nnpm run deploy\n```\n\n```bash [yarn]\nyarn deploy\n```\n\n:::\n\n## Look\n\n```bash\nuptime\n```\n',
  );
  expect(steps.map(({ title }) => title)).toEqual(['npm', 'yarn', 'Look']);
  expect(steps.map(({ condition }) => condition?.group === undefined)).toEqual([
    false,
    false,
    true,
  ]);
  expect(diagnostics).toEqual([]);
});

test.each([
  [
    'blocks of Org',
    '# Rotate\n\n1. Stop the shipper\n   #+BEGIN_SRC sh\n   systemctl stop shipper\n   #+END_SRC\n2. Start the shipper\n',
    ['4 shell Stop the shipper', '7 manual Start the shipper'],
  ],
  [
    'headings of Org',
    '#+TITLE: Pump\n\n* Restart of the pump\n** TODO [#A] Stop the pump :ops:\n#+begin_src sh\nsystemctl stop pump\n#+end_src\n** DONE Start the pump  :ops:prod:\n#+begin_src sh\nsystemctl start pump\n#+end_src\n** Afterwards\n- [ ] The pressure holds\n',
    ['5 shell Stop the pump', '9 shell Start the pump', '13 checklist The pressure holds'],
  ],
  [
    'bullets that are stars on a page with headings of markdown',
    '# Steps\n\n#+begin_src sh\nsystemctl stop pump\n#+end_src\n\n* [ ] TODO the pressure holds\n',
    ['3 shell Steps', '7 checklist TODO the pressure holds'],
  ],
  [
    'names of chunks of knitr',
    '# Install\n\n```{bash install-tools, echo=TRUE}\nmake install\n```\n',
    ['3 shell Install'],
  ],
  [
    'fences of HackMD',
    '# Search\n\n###### tags: `ops`\n\n1. Close the index\n```bash!\nindexctl close books\n```\n2. Open it\n```bash=7\nindexctl open books\n```\n',
    ['6 shell Close the index', '10 shell Open it'],
  ],
  [
    'emoji by their names, and links of wikis',
    '# Steps\n\n1. :wrench: Restart the pump\n2. Update [[Stock#Disks|the stock list]]\n3. Tell [[Daily]]\n%% 4. Hidden %%\n',
    ['3 manual Restart the pump', '4 manual Update the stock list', '5 manual Tell Daily'],
  ],
  [
    'sessions that cram indents by two',
    '# Drain\n\nTake it out:\n\n  $ drainctl off w-3\n  w-3: draining\n\nDone.\n',
    ['5 shell Take it out'],
  ],
])('%s are read as what they stand for', async (_name, text, expected) => {
  expect(await stepsOf(text)).toEqual(expected);
});

test('what stands below an item is its own, however it is indented', async () => {
  const { steps } = await read('# Drain\n\n- Look at it\n\n  $ drainctl status\n');
  expect(steps).toEqual([]);
});

test('fences of a code group of Mintlify are named by the words behind their language', async () => {
  const { steps, diagnostics } = await read(
    '# Upgrade\n\n<CodeGroup>\n```bash npm\nnpm i -g fleet\n```\n```bash yarn\nyarn global add fleet\n```\n</CodeGroup>\n',
  );
  expect(steps.map(({ line, title }) => [line, title])).toEqual([
    [4, 'npm'],
    [7, 'yarn'],
  ]);
  expect(diagnostics).toEqual([]);
});

describe('what MDX sets side by side', () => {
  const groupOf = async (text: string): Promise<readonly (string | undefined)[]> =>
    (await read(text)).steps.map(({ condition }) => condition?.group);

  const tabs = (indent: string, inside: (os: string) => readonly string[]): string =>
    ['macOS', 'Linux']
      .flatMap((os) => [`<Tab title="${os}">`, ...inside(os), '</Tab>'])
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n');
  const fence = (os: string): readonly string[] => ['```bash', `fleet install --${os}`, '```'];

  test.each([
    ['in an item', `1. Install it.\n\n   <Tabs>\n${tabs('   ', fence)}\n   </Tabs>\n`],
    [
      'above text without an empty line',
      `<Tabs>\n${tabs('  ', (os) => ['Get it:', '', ...fence(os)])}\n</Tabs>\n`,
    ],
    [
      'below text without an empty line',
      `Get it.\n<Tabs>\n${tabs('', (os) => ['Do it:', ...fence(os)])}\n</Tabs>\n`,
    ],
    [
      'with labels of their own',
      `<Tabs>\n${tabs('', (os) => ['', '**Packages:**', '', ...fence(os)])}\n</Tabs>\n`,
    ],
    [
      'in boxes',
      `<Steps>\n  <Step title="Install it">\n    <Tabs>\n${tabs('      ', fence)}\n    </Tabs>\n  </Step>\n</Steps>\n`,
    ],
    [
      'in a code group',
      '<CodeGroup>\n```bash macOS\nbrew install fleet\n```\n```bash Linux theme={null}\napt-get install fleet\n```\n</CodeGroup>\n',
    ],
    [
      'of Hugo above text',
      '{{< tabs >}}\n{{% tab "Debian" %}}\nUse apt:\n```bash\nfleet-apt\n```\n{{% /tab %}}\n{{% tab "Fedora" %}}\nUse dnf:\n```bash\nfleet-dnf\n```\n{{% /tab %}}\n{{< /tabs >}}\n',
    ],
    [
      'of MkDocs below text',
      'Stop it:\n=== "Plugin"\n\n    ```bash\n    fleet stop\n    ```\n\n=== "Standalone"\n\n    ```bash\n    fleet-cli stop\n    ```\n',
    ],
    [
      'of MkDocs below the text of an item',
      '1. Stop it:\n    === "Plugin"\n\n        ```bash\n        fleet stop\n        ```\n\n    === "Standalone"\n\n        ```bash\n        fleet-cli stop\n        ```\n',
    ],
    [
      'in a code group with titles',
      '<CodeGroup>\n\n  ```bash title="macOS"\n  brew install fleet\n  ```\n\n  ```bash title="Linux"\n  apt-get install fleet\n  ```\n\n</CodeGroup>\n',
    ],
  ])('is done in one way alone: tabs %s', async (_name, text) => {
    const [first, second, ...others] = await groupOf(`# Install\n\n${text}`);
    expect(first).toBeDefined();
    expect([second, ...others]).toEqual([first]);
  });

  test('a paragraph with a bold number is done in the tabs directly below it', async () => {
    const { steps } = await read(
      '# Move\n\n**1.** Stop the stack.\n=== "Plugin"\n\n    ```bash\n    fleet stop\n    ```\n\n=== "Standalone"\n\n    ```bash\n    fleet-cli stop\n    ```\n',
    );
    expect(steps.map(({ line, type }) => `${line} ${type}`)).toEqual(['6 shell', '12 shell']);
  });

  test('holds no longer behind it', async () => {
    const { steps } = await read(
      `# Install\n\n<Tabs>\n${tabs('', fence)}\n</Tabs>\n\n\`\`\`bash\nfleet start\n\`\`\`\n`,
    );
    expect(steps.at(-1)?.condition).toBeUndefined();
  });

  test('a step in words is one, and its label ends with the steps', async () => {
    const { steps } = await read(
      '# Move\n\n<Steps>\n  <Step title="Open the console">\n    It takes a minute.\n  </Step>\n  <Step title="Restart it">\n    ```bash\n    fleet restart\n    ```\n  </Step>\n</Steps>\n\n```bash\nfleet status\n```\n',
    );
    expect(steps.map(({ line, type, title }) => `${line} ${type} ${title}`)).toEqual([
      '4 manual Open the console',
      '8 shell Restart it',
      '14 shell Move',
    ]);
  });
});

test('a bold first line that a hard break ends is the title of its item', async () => {
  expect(
    await stepsOf(
      '# Move\n\n1. **Restart the primary**  \n   Only if it hangs.\n2. **Look at it**\\\n   Read the log.\n',
    ),
  ).toEqual(['3 manual Restart the primary', '5 manual Look at it']);
});

test.each([
  ['<LinkCard title="Next steps" description="What to do" href="/x/" />', 'Next steps: What to do'],
  ["<Badge text='New' />", 'New'],
  ['<Aside type="note" title={"Mind it"}>', 'Mind it'],
  ['{{< figure src="/pool.png" caption="The pool" data-title="no" >}}', 'The pool'],
  ['{{% notice warning "Heads up" %}}', '**Heads up**'],
  ['{{< alert title="Heads up" color="warning" >}}', 'Heads up'],
  ['<LinkCard title="- [ ] no box" />', ''],
  ['<Badge text="1. no item" />', ''],
  ['<Tabs groupId="os">', ''],
  ['{{< youtube "abc" >}}', ''],
])('what %j shows of itself is among the words: %j', (line, said) => {
  expect(unfold(['# A', '', line, ''], 0).lines[2]).toBe(said);
});

test('the title in frontmatter that is TOML is that of the page', async () => {
  const { title } = await read('+++\nweight = 3\ntitle = "Restore"\n+++\n\n```bash\ndate\n```\n');
  expect(title).toBe('Restore');
  expect((await read('+++\nweight = 3\n+++\n\n# R\n\ntitle = "no"\n')).title).toBe('R');
});

test.each(['Aside', 'Callout', 'Note', 'Details.Body', 'Warning', 'Whatever'])(
  'what stands in <%s> is read, on its line and below it, and its tags are taken out',
  async (name) => {
    const below = `# P\n\n<${name}>\n1. Stop the server\n2. Restart the server\n</${name}>\n`;
    const { lines } = unfold(below.split('\n'), 0);
    expect([lines[2], lines[5]]).toEqual(['', '']);
    expect(await stepsOf(below)).toHaveLength(2);
    const line = `<${name}>Mind **it** first.</${name}>`;
    expect(
      unfold(['# P', '', line, `1. ${line}`, `<${name}>- no item</${name}>`], 0).lines,
    ).toEqual([
      '# P',
      '',
      'Mind **it** first.',
      '1. Mind **it** first.',
      `<${name}>- no item</${name}>`,
    ]);
  },
);

test('a name in angle brackets that nothing closes stands for a value, and stays', () => {
  const lines = ['# P', '', '<Namespace>', '', '<Pod> is down, <Aside>so it is'];
  expect(unfold(lines, 0).lines).toEqual(lines);
});

test.each([
  ['Version {{< param version >}} it is', true],
  ['Sum: {{% total %}}', true],
  ['{{% note %}}Mind it{{% /note %}}', false],
  ['See [it]({{< relref "b.md" >}})', false],
  ['Write `{{< param version >}}`', false],
])('what another tool fills in is said to be shown as it stands: %s', async (line, isSaid) => {
  expect((await findingsOf(`# P\n\nWords.\n${line}\n`)).includes('4 left-out')).toBe(isSaid);
});

test.each([
  ['{{< param siteTitle >}}', true],
  ['{{< figure src="x.png" >}}', true],
  ['{{% children %}}', true],
  ['{{< param "a" >}} and more', true],
  ['{{< box >}}\nText.\n{{< /box >}}', false],
  ['{{< tabs >}}\n{{< tab "A" >}}\nText.\n{{< /tab >}}\n{{< /tabs >}}', false],
])('no shortcode goes without a word: %j', async (text, named) => {
  const { diagnostics } = await read(`# Ops\n\nBefore.\n\n${text}\n\nAfter.\n`);
  const told = diagnostics.filter(({ message }) => message.startsWith('Another tool puts'));
  expect(told.map(({ line }) => line)).toEqual(named ? [5] : []);
});

describe('blocks of pymdownx', () => {
  const tabs = (marks: string, between: string): string =>
    ['Debian', 'Fedora']
      .map(
        (os) =>
          `${marks} tab | ${os}\n${between}\`\`\`bash\nfleet-${os}\n\`\`\`\n${between}${marks}\n`,
      )
      .join('\n');

  test.each([
    ['close to their text', tabs('///', '')],
    ['apart from it', tabs('///', '\n')],
    ['with four slashes', tabs('////', '')],
    ['in another block', `//// details | More\n    type: tip\n\n${tabs('///', '')}////\n`],
    ['in a block that only looks', `//// html | div.grid\n\n${tabs('///', '')}////\n`],
  ])('that are tabs %s are ways of one thing, titled by their label', async (_name, text) => {
    const { steps } = await read(`# U\n\n${text}`);
    expect(steps.map(({ title, text: code }) => [title, code])).toEqual([
      ['Debian', 'fleet-Debian'],
      ['Fedora', 'fleet-Fedora'],
    ]);
    expect(steps.every(({ condition }) => condition !== undefined)).toBe(true);
  });

  test('that nobody closes, and what stands in code, are text', async () => {
    const text = '# U\n\n/// tab | A\n\n```bash\nfleet-a\n```\n\n```rust\n/// note | x\n///\n```\n';
    const { steps } = await read(text);
    expect(steps.map(({ text: code, condition }) => [code, condition])).toEqual([
      ['fleet-a', undefined],
    ]);
  });
});

describe('what a box is titled', () => {
  const boxes = (title: string, told: string): readonly string[] => [
    `!!! warning "${title}"\n    ${told}\n    \`\`\`bash\n    fleet wipe\n    \`\`\`\n`,
    `> [!WARNING] ${title}\n> ${told}\n> \`\`\`bash\n> fleet wipe\n> \`\`\`\n`,
    `:::warning ${title}\n${told}\n\`\`\`bash\nfleet wipe\n\`\`\`\n:::\n`,
    `:::warning[${title}]\n${told}\n\`\`\`bash\nfleet wipe\n\`\`\`\n:::\n`,
    `/// warning | ${title}\n${told}\n\`\`\`bash\nfleet wipe\n\`\`\`\n///\n`,
  ];

  test.each(boxes('Careful', 'Never do this:'))(
    'hides no "never" right below it: %j',
    async (text) => {
      expect(await stepsOf(`# U\n\n${text}`)).toEqual([]);
    },
  );

  test.each(boxes('Only on replicas', 'Do it **now**:'))(
    'is a condition of its own: %j',
    async (text) => {
      const { steps } = await read(`# U\n\n${text}`);
      expect(steps.map(({ condition }) => condition?.text)).toEqual(['Only on replicas']);
    },
  );
});
