import { hostname } from 'node:os';
import path from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { closeTerminals, type Person, type Sitting, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const REPLICA = `---
name: Promote the replica
---
# Promote the replica

## Check the lag

Lag must be **under 5 seconds** during all of it. See [the graphs](https://example.com/lag).

| Host | Role    | Zone |
|------|---------|------|
| db1  | primary | a    |
| db2  | replica | b    |

> [!WARNING]
> There is no automatic way back.

- \`pg_isready\` answers on both
- nobody else is *working* on it

\`\`\`bash
# how far behind is db2?
lag=2; printf '%s\\n' "lag $lag s" "warning: archive_command is not set" >&2
\`\`\`

## Promote

\`\`\`bash
rm -rf ./data/standby.signal && echo "server promoted, a line that is much longer than forty columns"
\`\`\`

## Before you open traffic again

- [ ] Application errors are below 1 % on every dashboard that the on-call lead looks at
- [ ] Backups run
`;

/** What differs from one machine and moment to the next, replaced. */
function normal(text: string): string {
  return (
    text
      .replace(/^ {2}log +\S.*(?:\n {12}\S.*)*/gm, '  log       <log>')
      .replace(/^Log:\s+\S+/gm, 'Log: <log>')
      .replace(/[0-9a-f]{8}…[0-9a-f]{4}/g, '<run>')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}(?:-[0-9a-f-]+)?/g, '<run>')
      .replace(/\d\d:\d\d:\d\d/g, '<time>')
      .replace(/\b\d{4}-\d\d-\d\d\b/g, '<date>')
      // Where the line breaks depends on how long the names of user and host are.
      .replace(/(?<= )by\s+\S+\s+on\s+\S+\s+(?=\()/g, 'by <user> on <host> ')
      .replace(/^( {2}who +)\S+ on /gm, '$1<user> on ')
      .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b(?! before)/g, '<span>')
      .replace(new RegExp(`(?: {2,}|^)?\\b${hostname()}\\b`, 'gm'), '  <host>')
      .replace(/sha256 [0-9a-f]+/g, 'sha256 <sha256>')
      .replace(
        / {3,}(run <run>|<run>|changes|read only|writes|DESTRUCTIVE|<span>|<time>)/g,
        '   $1',
      )
      // How long something took decides how much room a title has beside it.
      .replace(/ {2,}(?=exit \d+ after <span>)/g, '   ')
      .replace(/(?<= )(\w[\w ]{4})[\w' ]*…(?=.*<span>)/g, '$1…')
      .replace(/^─{20,}$/gm, '─────')
      .replace(/ +$/gm, '')
  );
}

async function walked(sitting: Partial<Sitting>): Promise<Person> {
  const ada = sitDown({
    runbook: REPLICA,
    args: ['run', 'runbook.md', '--all'],
    rows: 60,
    ...sitting,
  });
  await ada.press('r');
  await ada.sees('standby.signal');
  await ada.press('r');
  await ada.answer('./data/standby.signal');
  await ada.sees('Backups run');
  await ada.press('2', ' ', '1', 'x');
  await ada.answer('no dashboards here');
  await ada.ends();
  return ada;
}

const PUMP = `# Pump

Pressure falls while this lasts.

## Tell them

Call the fire brigade first.

## Repair

\`\`\`bash
echo one
test -e ready
echo three
\`\`\`

If it still rattles:

\`\`\`bash
touch greased
\`\`\`

## Close

1. Ring the bell.

Write down what was done.
`;

/** Every further screen once: text to be read, outline, failure card, output, condition, instruction, the end, a resume. */
async function toured(columns: number): Promise<string> {
  const ada = sitDown({
    runbook: PUMP,
    args: ['run', 'runbook.md', '--all'],
    columns,
    rows: 50,
  });
  await ada.press('o');
  await ada.shows('Outline of Pump');
  ada.type('\u001b');
  await ada.shows(/^> *$/m);
  await ada.press('d', 'r');
  await ada.sees('go on at line 3');
  await ada.press('v');
  await ada.shows('Output of Repair');
  await ada.press('q', 'c');
  await ada.sees('Does this hold');
  await ada.press('q');
  await ada.ends();
  const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'], columns, rows: 50 });
  await bob.press('r', 'y');
  await bob.press('d', 'd');
  await bob.ends();
  return `${ada.text()}\n\n======== resume\n${bob.text()}`;
}

const MANUAL = `---
kind: manual
---
# Pumps

## Valve

Takes about 5 minutes.

~~~bash
echo "valve {valve}"
~~~

**Expected output:**

~~~text
valve 2
~~~

## Hose

1. Look at the hose:
   - both ends
   - the middle
`;

/** Further screens: inputs, the gate before a procedure, who carries it out, a difference and its keys, choosing. */
async function visited(columns: number): Promise<string> {
  const ada = sitDown({
    runbook: MANUAL,
    args: ['run', 'runbook.md', '--all'],
    columns,
    rows: 50,
  });
  await ada.answer('3');
  await ada.sees('begin with these');
  await ada.press('y');
  await ada.sees('procedure 1 of');
  await ada.press('y');
  await ada.sees('valve=3');
  const bob = sitDown({
    folder: ada.folder,
    args: ['run', 'runbook.md', '--all', '--input', 'valve=2'],
    columns,
    rows: 50,
  });
  await bob.sees('watch it');
  await bob.press('q');
  await bob.ends();
  await ada.press('r');
  await ada.sees('accept the difference');
  await ada.press('d');
  await ada.answer('the other valve');
  await ada.sees('procedure 2 of');
  await ada.press('y');
  await ada.sees('the middle');
  await ada.press('d');
  await ada.ends();
  const cleo = sitDown({ folder: ada.folder, args: ['run', 'runbook.md'], columns, rows: 50 });
  await cleo.shows('type to filter');
  cleo.type('hose');
  await cleo.shows('1 of');
  cleo.type('\u001b');
  await cleo.shows(/^filter: *$/m);
  cleo.type('\u001b');
  await cleo.ends();
  return `${ada.text()}\n\n======== somebody else\n${bob.text()}\n\n======== choosing\n${cleo.text()}`;
}

const widest = (person: Person): number =>
  Math.max(...person.lines().map((line) => [...line].length));

describe.concurrent('the screens', () => {
  test.for([40, 80, 200])('fit %i columns', async (columns, { expect }) => {
    const ada = await walked({ columns });
    expect(widest(ada)).toBeLessThanOrEqual(columns);
    // Only a command's own lines and what is being typed are left to the terminal.
    expect(ada.broken().filter((line) => !/^(?:[e ] \| |[?✔])/.test(line))).toEqual([]);
    await expect(normal(ada.text())).toMatchFileSnapshot(
      path.join(import.meta.dirname, `screens/columns-${columns}.txt`),
    );
  });

  test.for([60, 100])(
    'that a tour comes by look right at %i columns',
    async (columns, { expect }) => {
      const shown = await toured(columns);
      const widths = shown.split('\n').map((line) => [...line].length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
      const text = normal(shown);
      await expect(text).toMatchFileSnapshot(
        path.join(import.meta.dirname, `screens/tour-${columns}.txt`),
      );
    },
  );

  test.for([60, 100])(
    'of inputs, gates, a second person, differences and choosing look right at %i columns',
    async (columns, { expect }) => {
      const shown = await visited(columns);
      expect(Math.max(...shown.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(
        columns,
      );
      // How long something took decides where these lines are cut and folded.
      const text = normal(shown)
        .replace(/^ {2}since +\S.*(?:\n {12}\S.*)*/gm, '  since     <since>')
        .replace(/ +(<span>)(?: {3}.*…)?$/gm, '   $1');
      await expect(text).toMatchFileSnapshot(
        path.join(import.meta.dirname, `screens/visit-${columns}.txt`),
      );
    },
  );

  test('are for 80 columns where the terminal says 0', async ({ expect }) => {
    const ada = await walked({ columns: 80, through: 'stty cols 0; exec "$@"' });
    expect(ada.text()).toContain('─'.repeat(80));
  });

  test('have no colour with NO_COLOR, and colour without', async ({ expect }) => {
    const [none, some] = await Promise.all([walked({ env: { NO_COLOR: '1' } }), walked({})]);
    expect(none.raw()).not.toMatch(/\[(?:[0-9;]*)m.*(?:Promote the replica)/);
    expect(none.text()).toContain('`pg_isready`');
    expect(some.raw()).toContain('\u001b[1mPromote the replica');
  });
});

describe.concurrent('plain mode', () => {
  test.for([
    ['--plain', ['run', 'runbook.md', '--all', '--plain'], {}],
    ['TERM=dumb', ['run', 'runbook.md', '--all'], { TERM: 'dumb' }],
    ['HANDRAIL_PLAIN', ['run', 'runbook.md', '--all'], { HANDRAIL_PLAIN: '1' }],
  ] as const)(
    'by %s asks the same in words, one fact a line, and redraws nothing',
    async ([how, args, env], { expect }) => {
      const ada = sitDown({ runbook: REPLICA, args, env, rows: 60 });
      await ada.answer('');
      await ada.sees('DESTRUCTIVE');
      await ada.answer('');
      await ada.answer('dance');
      await ada.sees('"dance" is not one of the choices.');
      await ada.answer('run');
      await ada.answer('./data/standby.signal');
      await ada.sees('Checklist');
      await ada.answer('2');
      await ada.sees('1 of 2 answered');
      await ada.answer('not applicable');
      await ada.answer('no dashboards here');
      expect(await ada.ends()).toBe(0);
      expect(ada.eventsOf('approval.granted')).toHaveLength(1);
      expect(ada.raw()).not.toContain('\u001b[2K');
      if (how === '--plain')
        await expect(normal(ada.text())).toMatchFileSnapshot(
          path.join(import.meta.dirname, 'screens/plain.txt'),
        );
    },
  );
});
