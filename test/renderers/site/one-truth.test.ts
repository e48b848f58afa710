import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { parse as parseHtml } from 'parse5';
import { expect, test } from 'vitest';
import type { Step } from '../../../src/engine/model/runbook.ts';
import { visibleText } from '../../../src/text/safe-text.ts';
import { handrail } from '../../support/handrail.ts';
import { read } from '../../support/read.ts';
import { SHOP } from '../../support/site-folder.ts';

type HtmlNode = DefaultTreeAdapterTypes.Node;
const nodesIn = (node: HtmlNode): HtmlNode[] => [
  node,
  ...('childNodes' in node ? node.childNodes.flatMap(nodesIn) : []),
];
const textIn = (node: HtmlNode): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
const given = (node: HtmlNode, wanted: string): string | undefined =>
  'attrs' in node ? node.attrs.find(({ name }) => name === wanted)?.value : undefined;

/** Commands of every look that can be run anywhere; the last one fails. */
const RUN = `# Run

\`\`\`bash
echo "a & b" | sed 's/<x>/{{ y }}/'   # and a comment
\`\`\`

\`\`\`console
$ echo one \\
>   two
one two
$ printf '%s\\n' "*three* _x_ <b>" | cat
*three* _x_ <b>
\`\`\`

## In other places

| Check | Command | Warn | Critical |
|---|---|--:|--:|
| Lines | \`echo 'a||b' | wc -l | tr -d ' '\` | > 50 | > 90 |

1. Look at it:

   \`\`\`bash
   ls / | head -2

   true "[l](http://e)" # \u202e hidden \u2069
   \`\`\`

\`\`\`\`bash
cat <<'X'
\`\`\`
no fence, and no <!-- handrail:timeline:end --> either
\`\`\`
X
\`\`\`\`

\`\`\`bash
echo last; false
\`\`\`
`;

test('every command in a run log, in its timeline and on its page is the one that ran, whole', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-truth-'));
  mkdirSync(path.join(folder, '.handrail'));
  writeFileSync(path.join(folder, 'run.md'), RUN);
  const call = (...args: readonly string[]) => handrail({ folder, args });
  expect((await call('run', 'run.md', '--unattended', '--incident', 'I-1')).exitCode).toBe(1);
  const ran = (await read(RUN)).steps.map(({ text }) => text.trim());
  expect(ran).toHaveLength(6);

  const told = JSON.parse((await call('timeline', 'last', '--format', 'json')).stdout);
  const steps = told.events.filter(({ kind }: { kind: string }) => kind === 'step');
  expect(steps.map(({ command }: { command: string }) => command.trim())).toEqual(ran);

  const log = (await call('log', 'last')).stdout;
  // The page as it stood, between what was written about it: no letter of it is lost or changed.
  const page = log.split('\n');
  let from = 0;
  for (const line of RUN.trim().split('\n')) {
    const at = page.indexOf(line, from);
    expect(at, line).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }

  expect((await call('site', 'build', '.', '--out', 'out')).exitCode).toBe(0);
  const [run = ''] = readdirSync(path.join(folder, 'out/_/runs'));
  const nodes = nodesIn(parseHtml(readFileSync(path.join(folder, 'out/_/runs', run), 'utf8')));
  const commands = nodes
    .filter(({ nodeName }) => nodeName === 'pre' || nodeName === 'code')
    .map((node) => (given(node, 'data-copy') ?? textIn(node)).trim());
  for (const command of ran) expect(commands).toContain(visibleText(command));
});

/** Commands as authors write them, in every place where a page can hold one. */
const PLACES = `# Places

## Fences

\`\`\`bash
echo "a & b" | sed 's/<x>/{{ y }}/'   # and a comment
\`\`\`

\`\`\`console
$ echo one \\
>   two
one two
$ printf '%s\\n' three
three
\`\`\`

    $ uptime --pretty

~~~sh title="look.sh"
if true; then
	echo tab
fi
~~~

## Tables

| Check | Command | Limit |
|---|---|--:|
| Users | \`who | wc -l | tr -d ' '\` | < 50 |
| Load | \`cut -d' ' -f1 /proc/loadavg\` | < 500 |
| Split \`x|y\` | \`echo 'a||b' | grep -c '|'\` | < 5 |

> | Check | Command | Limit |
> |---|---|---|
> | Quoted | \`df / | tail -1 | awk '{print $5}'\` | < 90 |

## Lists

1. Look at the disk:

   \`\`\`bash
   df -h / | head -2
   \`\`\`

2. \`ls -1 /tmp | wc -l\`

Then \`echo \u202e# gone\` and:

\`\`\`bash
echo \u202e"olleh" \u2066# for nothing\u2069
\`\`\`

<pre>
$ uname -a | cut -c1-20
</pre>
`;

/** Runbooks that come with the project, and pages that programs write. */
function ownBooks(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['runbooks', 'docs'].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.md'))
        .map((name) => [`${folder}/${name}`, readFileSync(path.join(folder, name), 'utf8')]),
    ),
  );
}

test('every command on every page is the one that runs, whole', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-truth-'));
  const own = ownBooks();
  const books: Readonly<Record<string, string>> = {
    ...SHOP,
    'places.md': PLACES,
    ...own,
  };
  for (const [name, text] of Object.entries(books)) {
    mkdirSync(path.dirname(path.join(folder, 'books', name)), { recursive: true });
    writeFileSync(path.join(folder, 'books', name), text);
  }
  expect(
    (await handrail({ folder, args: ['site', 'build', 'books', '--out', 'out'] })).exitCode,
  ).toBe(0);
  const index = JSON.parse(readFileSync(path.join(folder, 'out/index.json'), 'utf8'));
  let compared = 0;
  for (const { path: book, page } of index.runbooks) {
    // Of the many the reading is asked itself, of the others what people see of it.
    const steps: readonly Pick<Step, 'effect' | 'text' | 'title' | 'line'>[] =
      book in own
        ? (await read(own[book] ?? '')).steps
        : JSON.parse((await handrail({ folder, args: ['show', `books/${book}`, '--json'] })).stdout)
            .steps;
    const nodes = nodesIn(parseHtml(readFileSync(path.join(folder, 'out', page), 'utf8')));
    const commands = nodes
      .filter(({ nodeName }) => nodeName === 'pre' || nodeName === 'code')
      .map((node) => (given(node, 'data-copy') ?? textIn(node)).trim());
    // What turns the text around stands in no code that is shown, only in what is copied.
    for (const node of nodes.filter(({ nodeName }) => nodeName === 'pre' || nodeName === 'code'))
      expect(textIn(node)).not.toMatch(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    for (const step of steps) {
      if (step.effect === 'asks' || step.text.trim() === step.title.trim()) continue;
      compared += 1;
      expect(commands, `${book}:${step.line}`).toContain(step.text.trim());
    }
  }
  expect(compared).toBeGreaterThan(80);
});
