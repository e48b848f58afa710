import { describe, expect, test } from 'vitest';
import type { PlannedStep } from '../../../src/engine/model/plan.ts';
import { planRun } from '../../../src/engine/plan.ts';
import { read } from '../../support/read.ts';

const REPLICA = `---
owner: ada
---
# Take a rack out

Everybody waits while it is away.

## What it touches

Reads get slower.

## Step 1 - Stop the agent

- Switch the agent off with a reason.

## Step 2 - Look

\`\`\`bash
echo "racks: 3"
\`\`\`

**Expected output:**

\`\`\`text
racks: 3
\`\`\`

## Step 3 - Drain it

\`\`\`bash
touch drained
\`\`\`

**Communication**:

- Tell the team channel

## Rollback

\`\`\`bash
rm drained
\`\`\`

## Links

See [the graphs](https://example.com).
`;

async function stops(
  text: string,
  asked: { readonly attended?: boolean; readonly procedures?: readonly string[] } = {},
): Promise<readonly PlannedStep[]> {
  const runbook = await read(text);
  const plan = await planRun(
    runbook,
    {
      procedures: asked.procedures ?? [],
      all: true,
      steps: [],
      from: null,
      to: null,
      tags: [],
      inputs: {},
      attended: asked.attended ?? true,
      approve: [],
      holds: [],
      not: [],
      timeoutMs: null,
      on: [],
      keepGoing: false,
      parallel: 1,
      reason: null,
      ticket: null,
      incident: null,
    },
    () => Promise.reject(new Error('no links here')),
  );
  return plan.steps;
}

describe('the whole page, for a person', () => {
  test('has a stop for a heading that asks for something and holds no step, and one for what stands last', async () => {
    const found = await stops(REPLICA);
    expect(found.map(({ step, reading }) => [step.title, reading ?? false])).toEqual([
      ['Step 1 - Stop the agent', true],
      ['Step 2 - Look', false],
      ['Step 3 - Drain it', false],
      ['The rest of the page', true],
    ]);
    expect(found[0]?.step.text).toContain('Switch the agent off');
    expect(found.at(-1)?.step.text).toContain('Tell the team channel');
    expect(found.at(-1)?.step.text).toContain('See [the graphs]');
  });

  test('shows text between two stops with the second, once, and no step or its expectation', async () => {
    const found = await stops(REPLICA);
    const shown = found.map(
      ({ lead, step, reading }) => `${lead ?? ''}\n${reading ? step.text : ''}`,
    );
    expect(shown[0]).toContain('Everybody waits');
    expect(shown[0]).toContain('Reads get slower');
    const all = shown.join('\n');
    for (const text of ['Everybody waits', 'Reads get slower', 'Switch the agent', 'Tell the team'])
      expect(all.split(text)).toHaveLength(2);
    for (const text of ['owner: ada', 'touch drained', 'rm drained', 'racks: 3'])
      expect(all).not.toContain(text);
  });

  test('is that of the procedure that was picked', async () => {
    const found = await stops(REPLICA, {
      procedures: ['step-1---stop-the-agent', 'step-2---look'],
    });
    expect(found.map(({ step }) => step.title)).toEqual([
      'Step 1 - Stop the agent',
      'Step 2 - Look',
    ]);
    expect(found.map(({ lead }) => lead ?? '').join()).not.toContain('Everybody waits');
  });

  test('is left to whoever is there: without a person there are only steps', async () => {
    const found = await stops(REPLICA, { attended: false });
    expect(found.map(({ step, lead }) => [step.title, lead])).toEqual([
      ['Step 2 - Look', undefined],
      ['Step 3 - Drain it', undefined],
    ]);
  });

  test('does not stop at what only tells', async () => {
    const found = await stops(
      '# Ops\n\n## Overview\n\nCheck this page often.\n\n## Symptoms\n\nSee the alert.\n\n## Fix\n\n```bash\ntrue\n```\n\n## Contacts\n\n- Ada\n',
    );
    expect(found.map(({ step }) => step.title)).toEqual(['Fix', 'Contacts']);
  });
});

test('a step that is a row of a table is led to by that row under its header', async () => {
  const found = await stops(
    '# Health\n\n| Check | Command | Normal |\n|---|---|---|\n| Disk | `echo 1` | < 70 |\n| Load | `echo 2` | < 4 |\n',
  );
  expect(found.map(({ lead }) => lead?.split('\n').at(-1))).toEqual([
    '| Disk | `echo 1` | < 70 |',
    '| Load | `echo 2` | < 4 |',
  ]);
  expect(found[1]?.lead).toBe(
    '| Check | Command | Normal |\n|---|---|---|\n| Load | `echo 2` | < 4 |',
  );
});

describe('what stands within a list item that a person carries out', () => {
  const BEHIND: Readonly<Record<string, string>> = {
    'a second paragraph': 'Only the lead may decide.',
    'code that is not run': '```json\n{"pool": 50}\n```',
    'output to compare with': '```text\nlooks like this\n```',
    'a table': '| host | role |\n|---|---|\n| db1 | primary |',
    bullets: '- the replica too\n- not the primary',
    'a quote': '> Ask before you do it twice.',
    'an alert': '> [!WARNING]\n> There is no way back.',
    'several of them':
      'First look.\n\n- then wait\n\n  ```text\n  ten minutes\n  ```\n\nThen go on.',
  };
  const ITEMS: Readonly<Record<string, string>> = {
    'a numbered item': '1. Call the lead:',
    'a ticked item': '- [ ] Call the lead:',
    'an item with a wide number': '10) Call the lead',
    'an item of two lines': '1. Call the lead\n   and the manager:',
  };
  const cases = Object.entries(ITEMS).flatMap(([item, first]) =>
    Object.entries(BEHIND).map(([what, text]) => ({ item, first, what, text })),
  );

  test.each(cases)('$what in $item is shown at its stop, once', async ({ first, text }) => {
    const indent = ' '.repeat(/^(?:- |\d+[.)] )/.exec(first)?.[0].length ?? 0);
    const inside = text.replaceAll(/^(?=.)/gm, indent);
    const next = first.replace(/^10/, '11').replaceAll('Call', 'Tell');
    const found = await stops(`# A\n\n## Fix\n\n${first}\n\n${inside}\n\n${next}\n`);
    expect(found[0]?.inside).toBe(text);
    expect(found[1]?.inside).toBeUndefined();
    for (const { lead } of found) expect(lead ?? '').not.toContain(text.split('\n')[0]);
  });

  test('leaves what is a step of its own to that stop', async () => {
    const found = await stops(
      '# A\n\n## Check\n\n- [ ] Replicas are well\n  - [ ] The first is\n\n  See the graphs.\n- [ ] Done\n',
    );
    const outer = found.find(({ step }) => step.title === 'Replicas are well');
    expect(outer?.inside).toBe('See the graphs.');
  });

  test.each([
    [
      'directly behind it',
      '1) Call the lead\n- by phone\n  - twice\n- or in the channel\n\nNotes\n',
      true,
    ],
    [
      'behind a blank, before its numbering goes on',
      '1. Call the lead\n\n- by phone\n- or in the channel\n\n2. Tell the team\n',
      true,
    ],
    ['behind a blank, where it ends', '1. Call the lead\n\n- by phone\n\nNotes\n', false],
    [
      'behind a blank and a colon, where it ends',
      '1. Call the lead:\n\n- by phone\n- or in the channel\n\n## Notes\n\nNotes\n',
      true,
    ],
    ['behind a blank and a bold colon', '1. **Call the lead:**\n\n- by phone\n\nNotes\n', true],
    [
      'behind another sentence',
      '1. Call the lead\n\nWays:\n\n- by phone\n\n2. Tell the team\n',
      false,
    ],
  ])('bullets that are not indented, %s', async (_what, text, isOwn) => {
    const found = await stops(`# A\n\n## Fix\n\n${text}`);
    const says = (said: string | undefined): boolean => said?.includes('by phone') ?? false;
    expect(says(found[0]?.inside)).toBe(isOwn);
    const later = found.slice(1).map(({ lead, step }) => says(lead) || says(step.text));
    expect(later.some(Boolean)).toBe(!isOwn);
    expect(found[0]?.inside ?? '').not.toContain('Notes');
  });

  test('bullets that are not indented keep their levels', async () => {
    const bullets = '- by phone\n  - twice\n- or in the channel';
    const [item] = await stops(`# A\n\n## Fix\n\n1) Call the lead\n${bullets}\n`);
    expect(item?.inside).toBe(bullets);
  });

  test('has the links of its words', async () => {
    const [item] = await stops(
      '# A\n\n## Check\n\n- [ ] See [the graphs](https://example.com/g) for errors\n',
    );
    expect(item?.inside).toBe('- [the graphs](https://example.com/g)');
  });
});

describe('a section, whatever it is for', () => {
  const SECTIONS: Readonly<Record<string, string>> = {
    'steps with text around': `Amber first.

1. Wipe the pump:
   - the basil rim
2. Hang up the hoses:

- the cedar hose

Run this in dill:

\`\`\`bash
echo "elder"
\`\`\`

Sign the fennel paper.

### Ginger

Hand in your hazel badge.
`,
    'text alone': 'Put the amber key back into the safe.\n',
    'text in a section below': '### Keys\n\nPut the amber key back into the safe.\n',
  };
  const WORDS = ['amber', 'basil', 'cedar', 'dill', 'elder', 'fennel', 'hazel'];
  const TITLES = ['Work', 'Cleanup', 'Clean up', 'Teardown', 'Prerequisites', 'Verification'];
  const cases = TITLES.flatMap((title) =>
    Object.entries(SECTIONS).map(([what, text]) => ({ title, what, text })),
  );

  test.each(cases)('$title with $what is shown whole, each line once', async ({ title, text }) => {
    const found = await stops(
      `# A\n\n## Do\n\n\`\`\`bash\necho hi\n\`\`\`\n\n## ${title}\n\n${text}`,
    );
    for (const word of WORDS.filter((one) => text.toLowerCase().includes(one))) {
      const showing = found.filter(({ lead, inside, step }) =>
        [lead, inside, step.text].some((said) => said?.toLowerCase().includes(word)),
      );
      expect(
        showing.map(({ step }) => step.title),
        word,
      ).toHaveLength(1);
    }
  });

  test('is a way back whole, with what that cleans up: nothing of it is met before', async () => {
    const page =
      '# A\n\n```bash\necho hi\n```\n\n## Rollback\n\nAmber.\n\n```bash\necho back\n```\n\n### Cleanup\n\nBasil.\n\n```bash\nrm cedar\n```\n';
    const titles = (found: readonly PlannedStep[]): unknown => found.map(({ step }) => step.text);
    expect(titles(await stops(page))).toEqual(['echo hi']);
    expect(titles(await stops(page, { attended: false }))).toEqual(['echo hi']);
    const back = await stops(page, { procedures: ['rollback'] });
    expect(titles(back)).toEqual(['echo back', 'rm cedar']);
    expect(back.map(({ lead }) => lead)).toEqual([
      expect.stringContaining('Amber.'),
      expect.stringContaining('Basil.'),
    ]);
  });

  test('is carried out where the page has nothing but a cleanup', async () => {
    const found = await stops('# A\n\n## Cleanup\n\n```bash\nrm cedar\n```\n', { attended: false });
    expect(found.map(({ step }) => step.text)).toEqual(['rm cedar']);
  });
});

test('text between two procedures of a manual is told apart by whose it is, in the order of the page', async () => {
  const steps = await stops(
    '---\nkind: manual\n---\n# Ops\n\nAsk first.\n\n## Flood\n\n```bash\ntouch flood\n```\n\nRing Jo.\n\n# Fires\n\nWet roofs burn less.\n\n## Fire\n\nLook up.\n\n```bash\ntouch fire\n```\n',
  );
  expect(steps.map(({ passage }) => passage)).toEqual([
    { behind: '', between: '# Ops\n\nAsk first.', own: '## Flood' },
    {
      behind: 'Ring Jo.',
      between: '# Fires\n\nWet roofs burn less.',
      own: '## Fire\n\nLook up.',
    },
  ]);
});

test('the fence around a runbook within the page is no text of it', async () => {
  const steps = await stops(
    '# Ops\n\n````markdown\n## Pool is full\n\n1. Restart it:\n   ```bash\n   touch restarted\n   ```\n\n2. Look:\n   ```bash\n   echo ok\n   ```\n\n### After it\n\n- Tell the team\n````\n',
  );
  const texts = steps.flatMap(({ lead = '', step }) => [lead, step.text]).join('\n');
  expect(texts).toContain('Tell the team');
  expect(texts).not.toContain('````');
});

describe('commands that nobody asks to run', () => {
  const STEP = '```bash\necho one\n```\n';
  const TABLE: readonly (readonly [what: string, page: string, stops: readonly string[]])[] = [
    [
      'among steps, a stop of their own',
      `# L\n\n${STEP}\n- \`systemctl restart x\`\n\n${STEP}`,
      ['systemctl restart x'],
    ],
    [
      'with a word beside them, together',
      `# L\n\n${STEP}\n- \`systemctl restart x\`\n- Wait for it\n\n${STEP}`,
      ['systemctl restart x …'],
    ],
    [
      'below a heading without steps, part of what it asks for',
      `# L\n\n${STEP}\n## Restart it\n\n- \`systemctl restart x\`\n\n## Then\n\n${STEP}`,
      ['Restart it'],
    ],
    [
      'below a sentence that asks for them, steps',
      `# L\n\n${STEP}\nRun these:\n\n- \`systemctl restart x\`\n- \`systemctl status x\`\n\n${STEP}`,
      [],
    ],
  ];
  test.each(TABLE)('are come past by a person: %s', async (_, page, titles) => {
    const all = await stops(page, { attended: true });
    const told = all.filter(({ reading }) => reading === true).map(({ step }) => step.title);
    expect(told).toEqual(titles);
    expect((await stops(page, { attended: false })).some(({ reading }) => reading)).toBe(false);
  });
});

describe('text to be read', () => {
  const STEP = '```bash\necho one\n```\n';
  const LOCKED = '## If the ledger is locked';
  const TABLE: readonly (readonly [what: string, page: string, title: string, under: string])[] = [
    [
      'below a heading that holds no step',
      `# L\n\n${STEP}\n${LOCKED}\n\nAsk the clerks to wait.\n\n## Then\n\n${STEP}`,
      'If the ledger is locked',
      'If the ledger is locked',
    ],
    [
      'below a heading inside of it',
      `# L\n\n${STEP}\n${LOCKED}\n\nAsk the clerks to wait.\n\n### Tell the press\n\nWrite to them.\n\n## Then\n\n${STEP}`,
      'Tell the press',
      'If the ledger is locked',
    ],
    [
      'behind the last step of it',
      `# L\n\n${STEP}\n${LOCKED}\n\n${STEP}\nThe clerks have \`rm /lock\`.\n`,
      'After “If the ledger is locked”',
      'If the ledger is locked',
    ],
    [
      'behind the last step, below a heading that tells',
      `# L\n\n${STEP}\n${LOCKED}\n\nThe clerks have \`rm /lock\`.\n`,
      'If the ledger is locked',
      'If the ledger is locked',
    ],
    [
      'behind a gate',
      `# L\n\n## Open\n\nAbort if the ledger is in use.\n\n${STEP}\nThe clerks have \`rm /lock\`.\n`,
      'After “Open”',
      'Abort if the ledger is in use.',
    ],
    [
      'behind the section that is conditional',
      `# L\n\n${STEP}\n${LOCKED}\n\nThe clerks have \`rm /lock\`.\n\n## About\n\nThe wiki knows.\n`,
      'About',
      '',
    ],
  ];
  const CALL = 'Tell the clerks that you warned them.';
  const THEN = `## Then\n\nThe till is open.\n\n${STEP}`;
  const BEHIND: readonly (readonly [what: string, page: string, under: string])[] = [
    ['of a heading', `${LOCKED}\n\n${STEP}\n${CALL}\n\n${THEN}`, 'If the ledger is locked'],
    [
      'of a heading, with a reading of its own',
      `${LOCKED}\n\n${STEP}\n### Ask\n\n- Ask the clerks to wait.\n\n### Told\n\n${CALL}\n\n${THEN}`,
      'If the ledger is locked',
    ],
    [
      'of a heading, before another that is conditional',
      `${LOCKED}\n\n${STEP}\n${CALL}\n\n## If the till is shut\n\nThe till is open.\n\n${STEP}`,
      'If the ledger is locked',
    ],
    [
      'of a heading around another that is conditional',
      `${LOCKED}\n\n### If the clerks are away\n\n${STEP}\n### Told\n\n${CALL}\n\n${THEN}`,
      'If the ledger is locked',
    ],
    [
      'of an item',
      `1. If the ledger is locked:\n\n   ${STEP.replaceAll('\n', '\n   ').trim()}\n\n   ${CALL}\n\n2. The till is open.\n\n   ${STEP.replaceAll('\n', '\n   ')}`,
      'If the ledger is locked',
    ],
    [
      'of an item, behind the item',
      `1. If the ledger is locked:\n\n   ${STEP.replaceAll('\n', '\n   ').trim()}\n\n${CALL}\n\n2. The till is open.\n\n   ${STEP.replaceAll('\n', '\n   ')}`,
      '',
    ],
    [
      'of an item that asks only at its end',
      `1. Count the till. If the ledger is locked, run:\n\n   ${STEP.replaceAll('\n', '\n   ').trim()}\n\n   ${CALL}\n\n2. The till is open.\n\n   ${STEP.replaceAll('\n', '\n   ')}`,
      '',
    ],
    [
      'of a label, behind what it leads to',
      `If the ledger is locked:\n\n${STEP}\n${CALL}\n\n${THEN}`,
      '',
    ],
  ];
  test.each(BEHIND)(
    'behind a step stands under what asked about it: %s',
    async (_, text, under) => {
      const all = await stops(`# L\n\n${STEP}\n${text}`);
      const found = all.filter(({ lead, reading, step }) =>
        `${lead ?? ''}${reading ? step.text : ''}`.includes(CALL),
      );
      const told = all.map(({ step, condition }) => [step.title, condition?.text]);
      expect(found, JSON.stringify(told)).toHaveLength(1);
      expect(found[0]?.condition?.text ?? '').toBe(under);
      // What stands behind the section is not left out with it.
      const later = all.find(({ lead, step }) =>
        `${lead}${step.title}`.includes('The till is open'),
      );
      expect(later?.condition?.text ?? '').not.toBe('If the ledger is locked');
    },
  );
  test.each(TABLE)('stands under what its section does: %s', async (_, page, title, under) => {
    const all = await stops(page, { attended: true });
    const found = all.find((one) => one.reading === true && one.step.title === title);
    expect(found, all.map(({ step }) => step.title).join(', ')).toBeDefined();
    expect(found?.condition?.text ?? '').toBe(under);
  });
});
