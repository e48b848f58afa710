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
