import { expect, test } from 'vitest';
import { headingsOf, untouched } from '../../src/alerts/leads.ts';
import { read } from '../support/read.ts';

const PAGE = `# Queue

What it is.

## Drain it

\`\`\`bash
echo drain
\`\`\`

### By hand

\`\`\`bash
echo by hand
\`\`\`

## Look

\`\`\`bash
echo look
\`\`\`

## Background

Words alone.
`;

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing', [], ['drain-it', 'by-hand', 'look']],
  ['the page', ['queue'], []],
  ['one with another in it', ['drain-it'], ['look']],
  ['one in another', ['by-hand'], ['look']],
  ['one beside', ['look'], ['drain-it', 'by-hand']],
  ['one without steps', ['background'], ['drain-it', 'by-hand', 'look']],
])(
  'what leads to %s leaves the procedures with steps that it does not touch',
  async (_, ids, left) => {
    const runbook = await read(PAGE);
    expect(untouched(runbook, new Set(ids)).map(({ id }) => id)).toEqual(left);
  },
);

test.each<[string | null, readonly (string | null)[]]>([
  [null, [null]],
  ['queue', [null]],
  ['drain-it', ['drain-it']],
  ['Drain it', ['drain-it']],
  ['L15', ['by-hand']],
  ['nothing-like-it', []],
])('the anchor %s of an address names %j', async (anchor, named) => {
  const page = { path: 'queue.md', runbook: await read(PAGE), proofs: [] };
  expect(headingsOf(page, anchor).map((one) => one?.id ?? null)).toEqual(named);
});

const PLACES = `<a name="above"></a>

Before all headings.

# Store

<a name="front"></a>

<a id='second'></a>
## Full

\`\`\`html
<a name="code"></a>
\`\`\`

Say \`<a name="said">\`. <span class="x" id="inside">Here</span>

(of-myst)=

## <a id="own"></a> Slow

Words {: .note #of-kramdown }

A box {.note #of-mkdocs}
`;

test.each<[string, readonly (string | null)[]]>([
  ['above', [null]],
  ['top', [null]],
  ['Top', [null]],
  ['front', ['full']],
  ['second', ['full']],
  ['inside', ['full']],
  ['user-content-inside', ['full']],
  ['of-myst', ['slow']],
  ['own', ['slow']],
  ['of-kramdown', ['slow']],
  ['of-mkdocs', ['slow']],
  ['code', []],
  ['said', []],
  ['x', []],
])(
  'a place that its author made leads to the heading that it belongs to: %s',
  async (anchor, to) => {
    const page = { path: 'store.md', runbook: await read(PLACES), proofs: [] };
    expect(headingsOf(page, anchor).map((one) => one?.id ?? null)).toEqual(to);
  },
);
