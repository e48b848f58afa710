import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

/** A manual of its own shape, with stand-ins for what it calls, how it is carried out, and what a person has to see. */
interface Manual {
  readonly name: string;
  readonly text: string;
  /** Programs that stand in for the real ones, by name. */
  readonly programs: Readonly<Record<string, string>>;
  /** Up to where the walkthrough is killed. */
  readonly before: (ada: Person) => Promise<void>;
  /** From the stop on at which it is gone on with, to the last screen. */
  readonly after: (bob: Person) => Promise<void>;
  /** What stands on the stop at which it was killed. */
  readonly killedAt: string;
  /** Texts that are no step and must have stood on the screen. */
  readonly shown: readonly string[];
  /** What was left out and why. */
  readonly skipped: string;
  /** A file that only the edited command writes, and what it holds. */
  readonly edited: readonly [file: string, text: string];
  /** Files that a command writes whose condition does not hold. */
  readonly unmade: readonly string[];
}

/** Says no once. */
const FAILS_ONCE =
  'if [ -e "$HOME_OF_TEST/seen" ]; then echo ready; else touch "$HOME_OF_TEST/seen"; echo "not yet" >&2; exit 3; fi';

/** Runs the stop's command, which fails, and runs it again. */
async function failOnce(person: Person): Promise<void> {
  await person.press('r');
  await person.sees('FAILED');
  await person.press('r');
  await person.sees('PASSED');
}

async function editIt(person: Person): Promise<void> {
  await person.press('e');
  await person.sees('Run this instead?');
  person.type('y\r');
  await person.sees('Why the edit?');
  await person.answer('the new one is meant');
}

/** Begins the procedure of a manual that is asked about, and waits for its first stop. */
async function begin(person: Person, procedure: string, stop: string): Promise<void> {
  await person.shows(procedure);
  await person.press('y');
  await person.sees(stop);
}

/** Ticks as many items as are on the list. */
async function tick(person: Person, count: number): Promise<void> {
  await person.shows(`0 of ${count}`);
  await person.press('1');
  for (let item = 0; item < count; item += 1) await person.press('d');
}

/** Lists under bold labels, work done by hand, budgets in headings; hardly a command. */
const FERRY: Manual = {
  name: 'lists, and what hands do',
  text: `# Harbour Operations

**Calm water is no excuse for a wet logbook.**

## Every Day

### Before the First Sailing (10 minutes)
**Walk round the pier**:
- [ ] Both ramps move freely
- [ ] Life rings hang where they belong
- [ ] Fuel is above a quarter (> 25% in each tank)

**Figures to compare**:
- Wind: < 12 m/s at the head of the pier
- Draught: < 3 m loaded

**If a figure is out of bounds**: nobody sails before the master has agreed.

### After the Last Sailing (3 minutes)
- [ ] Lines are doubled
- [ ] The gangway is locked (in winter, salted too)

---

## Trouble

### Ramp Stuck (P0 - Now)
**Symptoms**: Cars wait on both sides

**Immediate Actions (5 minutes)**:
1. Stop the loading of the ferry
2. Ask the hydraulics what they know: \`rampctl status\`
3. If the pump hums, close the bypass valve

**Communication**:
- Passengers: tell them over the loudspeaker within 5 minutes
- Office: ring every half hour until it moves

### Fog (P2 - Within the Hour)
**Symptoms**: The far shore cannot be seen

**Steps**:
1. Switch the horn on:
   \`\`\`bash
   echo "the old horn" > horn
   \`\`\`
2. Post a second lookout

---

## What We Order

### Spare Parts
- **Rope**: when less than 40 m is left
- **Salt**: in October

\`\`\`json
{ "supplier": "chandler", "days": 4 }
\`\`\`

**Remember**: a drill that nobody attends has not been held.
`,
  programs: { rampctl: FAILS_ONCE },
  async before(ada) {
    await begin(ada, 'procedure 1 of 4', '0 of 3');
    await tick(ada, 3);
    await ada.sees('procedure 2 of 4');
    await ada.shows('nobody sails before the master has agreed.');
    await ada.press('x');
    await ada.answer('it is morning');
    await begin(ada, 'procedure 3 of 4', 'Stop the loading');
    await ada.press('f');
    await ada.answer('nobody at the ramp');
    await ada.sees('nobody at the ramp');
    await ada.press('r');
    await ada.sees('Stop the loading');
    await ada.press('d');
    await ada.sees('rampctl status');
    await ada.press('r');
    await ada.sees('Run');
    ada.type('y\r');
    await ada.sees('not yet');
  },
  async after(bob) {
    await bob.press('d');
    await bob.sees('If the pump hums');
    await bob.press('x');
    await bob.answer('it is silent');
    await begin(bob, 'procedure 4 of 4', 'the old horn');
    await editIt(bob);
    await bob.sees('Post a second lookout');
    await bob.press('d');
    await bob.sees('a drill that nobody attends');
    await bob.press('d');
  },
  killedAt: 'rampctl status',
  shown: [
    'Calm water is no excuse',
    'tell them over the loudspeaker within 5 minutes',
    'Rope: when less than 40 m is left',
    '"supplier": "chandler"',
  ],
  skipped: 'it is morning',
  edited: ['horn', 'the new horn'],
  unmade: [],
};

/** A quoted head in a broken encoding, contents, a drawing, tables of limits with their checks, numbered comments. */
const PLANT: Manual = {
  name: 'tables, drawings and numbered comments',
  text: `# Bottling Plant Handbook

> ðŸ“‹ **Line**: {Line}
> ðŸ“… **Last read**: {DATE}

## Table of Contents
1. [The Line](#the-line)
2. [Shifts](#shifts)
3. [Limits](#limits)
4. [Stops](#stops)

## The Line

### Drawing
\`\`\`mermaid
graph LR
    A[Washer] --> B[Filler]
    B --> C[(Store)]
\`\`\`

### Machines
| Machine | Kind | Place |
|---------|------|-------|
| Washer | W-200 | Hall 1 |
| Filler | F-10 | Hall 2 |

## Shifts

### Start of a Shift (06:00)
- [ ] Read what the night wrote
- [ ] Look at the filter

\`\`\`bash
# The script for all of it
./shift-check.sh

# Or one by one
plantctl water
plantctl glass
\`\`\`

### Recipe Change
\`\`\`bash
# 1. Empty the filler
plantctl empty

# 2. Load the recipe
plantctl load {RECIPE}

# 3. Fill it again
plantctl fill
\`\`\`

## Limits

| Measure | Warning | Critical | Check Command |
|---------|---------|----------|-------------|
| Pressure | > 3 bar | > 4 bar | \`plantctl pressure\` |
| Backlog | > 100 | > 500 | \`plantctl backlog\` |

\`\`\`yaml
# limits.yaml
pressure: 3
\`\`\`

## Stops

### How a Stop Is Handled

#### 1. Notice It
\`\`\`bash
echo "the old reason" > reason.txt
\`\`\`

#### 2. First Answer
- [ ] The shift leader knows
- [ ] The belt is empty

#### 3. Afterwards
- Write down when it began
- Tell the dairy

---

> ðŸ”„ **Checked by machine**: {TIMESTAMP}
`,
  programs: {
    plantctl: `case "$1" in pressure) echo 2;; empty) ${FAILS_ONCE};; *) echo "$*";; esac`,
    'shift-check.sh': 'touch whole-script',
  },
  async before(ada) {
    await ada.answer('apple');
    await ada.press('y');
    await begin(ada, 'procedure 1 of 6', '0 of 2');
    await tick(ada, 2);
    await ada.sees('Which one?');
    await ada.press('2');
    await begin(ada, 'procedure 2 of 6', 'plantctl empty');
    await ada.press('r');
    await ada.sees('FAILED');
    await ada.press('r');
    await ada.sees('2 Load the recipe (next)');
    await ada.press('r');
    await ada.sees('3 Fill it again (next)');
  },
  async after(bob) {
    await bob.press('r');
    await begin(bob, 'procedure 3 of 6', 'Pressure');
    await bob.press('r');
    await bob.sees('Backlog');
    await bob.press('s');
    await bob.answer('nothing waits');
    await begin(bob, 'procedure 4 of 6', 'the old reason');
    await editIt(bob);
    await begin(bob, 'procedure 5 of 6', '0 of 2');
    await tick(bob, 2);
    await begin(bob, 'procedure 6 of 6', 'Tell the dairy');
    await bob.press('d');
  },
  killedAt: '3 Fill it again (next)',
  shown: [
    'Last read',
    'A[Washer] --> B[Filler]',
    'Hall 2',
    '# limits.yaml',
    'Critical',
    'Checked by machine',
  ],
  skipped: 'nothing waits',
  edited: ['reason.txt', 'the new reason'],
  unmade: ['whole-script'],
};

/** Bold labels over fences, an answer that is shown, names in brackets, SQL in a fence for the shell, "if" bullets. */
const SHOP: Manual = {
  name: 'labels over fences, and names in brackets',
  text: `# Web Shop Runbook

How the shop is kept open.

## What It Is

- **Front**: pages from the edge
- **Store**: one database

## Looking After It

### Health

**First look**:
\`\`\`bash
shopctl ping your-shop.example
\`\`\`

**What it answers**:
\`\`\`json
{
  "status": "open",
  "carts": 12
}
\`\`\`

### Figures

| Figure | Limit | What to do |
|--------|-------|------------|
| Answer time | > 2 s | Look at the slowest page |

## When Something Happens

### 1. Slow Pages (Answer Time > 2s)

**At Once**:
1. Check the page of the hosting company: https://status.example
2. Review what was released today

**Looking Closer**:
\`\`\`bash
# What it wrote lately
shopctl logs --since=1h

# One page
shopctl page [page-name]
\`\`\`

**Then**:
- If it was a release: \`shopctl back\`
- If it is the database: ring the people who run it

### 2. Carts Are Lost

**Suspected theft**:
1. **KEEP CALM** - write down what you see
2. Freeze the accounts if money is missing

**Queries**:
\`\`\`bash
SELECT id, owner FROM cart WHERE seen > NOW() - INTERVAL '1 hour';
\`\`\`

## Care

### 1. Releases

**Before**:
- [ ] All tests pass
- [ ] Somebody else has read it

**Release**:
\`\`\`bash
# 1. To the rehearsal first
shopctl release rehearsal

# 2. To the old customers
shopctl release old-customers
\`\`\`

## Whom to Ring

1. **First**: the person on duty
2. **Then**: the lead

This page is read again:
- after each incident
- every quarter

Read last: [Date]
`,
  programs: {
    shopctl: `case "$1" in ping) ${FAILS_ONCE};; release) echo "$2" >> released;; *) echo "$*";; esac`,
  },
  async before(ada) {
    await ada.answer('shop.test');
    await ada.answer('slowest');
    await ada.press('y');
    await ada.sees('shopctl ping');
    await failOnce(ada);
    await ada.sees('hosting company');
    await ada.press('d');
    await ada.sees('what was released today');
    await ada.press('d');
    await ada.sees('What it wrote lately');
    await ada.press('w');
    await ada.sees('KEEP CALM');
  },
  async after(bob) {
    await bob.press('d');
    await bob.sees('Freeze the accounts');
    await bob.press('x');
    await bob.answer('no money is missing');
    await bob.sees('FROM cart');
    await bob.press('s');
    await bob.answer('no database here');
    await tick(bob, 2);
    await bob.sees('old-customers');
    await editIt(bob);
    await bob.sees('Whom to Ring');
    await bob.press('d');
  },
  killedAt: 'KEEP CALM',
  shown: [
    '"carts": 12',
    'Look at the slowest page',
    'shopctl back',
    'every quarter',
    'one database',
  ],
  skipped: 'no database here',
  edited: ['released', 'new-customers'],
  unmade: [],
};

/** Whole scripts that ask, source code in other languages, drawings of boxes, deep headings, few steps. */
const CRANES: Manual = {
  name: 'whole scripts that ask, among source code',
  text: `# Crane Yard Operations Manual

## Table of Contents

- [Overview](#overview)
- [Layout](#layout)
- [Moving](#moving)
- [Incidents](#incidents)

## Overview

This manual is for everybody in the yard.

### Aims

- **Open**: 99% of all hours
- **Safe**: nobody under a load

#### The Day Team

- Moves loads

## Layout

\`\`\`text
┌──────────┐     ┌──────────┐
│ Crane 1  │────▶│ Crane 2  │
└──────────┘     └──────────┘
\`\`\`

### Settings

#### In the Cabin

\`\`\`typescript
interface Cabin {
  crane: 'one' | 'two'
}
\`\`\`

## Moving

### Normal Move

#### Before It

- [ ] The yard is empty
- [ ] The wind is read

#### The Move

\`\`\`bash
#!/bin/bash
# One whole move

set -e

LOAD=\${1:-steel}

echo "Moving $LOAD"

# 1. Lift
yardctl lift

# 2. Ask before it swings
read -p "Is the path clear? (y/N): " clear
if [ "$clear" != "y" ]; then
    echo "Stopped"
    exit 1
fi

# 3. Swing
yardctl swing
echo "swung the old way" > swung
\`\`\`

### Putting It Back

#### What Calls for It

- The load swings
- The siren sounds

#### By Hand

\`\`\`bash
#!/bin/bash
WHERE=$(echo "the old place")
echo "$WHERE" > place
\`\`\`

## Incidents

### How Bad It Is

#### Levels

**P1 - Somebody is hurt**

- Ring the ambulance
- Stop every crane

### Afterwards

#### If a Rope Broke

\`\`\`bash
touch rope-ordered
\`\`\`

#### Report

\`\`\`typescript
class Report {
  write(): void {}
}
\`\`\`

The yard stays closed until the report is signed.
`,
  programs: { yardctl: `case "$1" in lift) ${FAILS_ONCE};; *) echo "$*";; esac` },
  async before(ada) {
    await begin(ada, 'procedure 1 of 5', '0 of 2');
    await tick(ada, 2);
    await begin(ada, 'procedure 2 of 5', 'One whole move');
    await ada.press('r');
    await ada.sees('FAILED');
    await editIt(ada);
    await ada.sees('Is the path clear?');
    ada.type('y\r');
    await ada.sees('procedure 3 of 5');
    await ada.press('x');
    await ada.answer('nothing to put back');
    await ada.shows('procedure 4 of 5');
  },
  async after(bob) {
    await begin(bob, 'procedure 4 of 5', 'Ring the ambulance');
    await bob.press('d');
    await begin(bob, 'procedure 5 of 5', 'Does this hold');
    await bob.press('x');
    await bob.answer('it holds');
    await bob.sees('signed.');
    await bob.press('d');
  },
  killedAt: 'procedure 4 of 5',
  shown: [
    'Crane 2',
    'nobody under a load',
    "crane: 'one' | 'two'",
    'The siren sounds',
    'write(): void',
  ],
  skipped: 'nothing to put back',
  edited: ['swung', 'the new way'],
  unmade: ['rope-ordered', 'place'],
};

/** Runbooks and lists that stand in fences of markdown, with fences of their own in numbered items. */
const RADIO: Manual = {
  name: 'runbooks within fences',
  text: `# Operations Manual - Night Radio

## Table of Contents

1. [Guarding](#guarding)
2. [Off the Air](#off-the-air)

## Guarding

### Every Evening

#### Evening Round (20:00)
\`\`\`bash
#!/bin/bash
# evening-round.sh

# 1. Is the sender warm?
WARM=$(senderctl warmth)
if [ "$WARM" = "" ]; then
  echo "cold"
fi
echo "round done"
\`\`\`

### Board

\`\`\`typescript
export const board = { lamps: 3 };
\`\`\`

## Off the Air

### Sheets for It

#### Sheet: No Carrier

\`\`\`\`markdown
## No Carrier

### Symptoms
- Silence on every receiver
- "carrier lost" in the log

### Immediate Actions
1. Look at the sender:
   \`\`\`bash
   senderctl status -h $MAST
   \`\`\`

2. Note the old frequency:
   \`\`\`bash
   echo "old frequency" > frequency
   \`\`\`

### Recovery Steps
1. Warm it up:
   \`\`\`bash
   touch warmed-up
   \`\`\`

2. If the mast is iced:
   \`\`\`bash
   touch de-iced
   \`\`\`

### Post-Incident
- Thank the listeners
- Update the silence log
\`\`\`\`

## Lists

### Night List

\`\`\`markdown
## Night List

### Before Midnight
- [ ] Tapes are rewound
- [ ] The kettle is off

### After Midnight
- [ ] The log is signed
\`\`\`

## Tuning

\`\`\`typescript
await tune({ to: 'the band' });
\`\`\`
`,
  programs: { senderctl: `case "$1" in status) ${FAILS_ONCE};; *) echo warm;; esac` },
  async before(ada) {
    await ada.answer('mast-2');
    await ada.press('y');
    await begin(ada, 'procedure 1 of 5', 'senderctl warmth');
    await ada.press('s');
    await ada.answer('the round was made');
    await begin(ada, 'procedure 2 of 5', 'senderctl status');
    await failOnce(ada);
    await ada.sees('old frequency');
    await editIt(ada);
    await begin(ada, 'procedure 3 of 5', 'touch warmed-up');
    await ada.press('r');
    await ada.sees('Does this hold');
  },
  async after(bob) {
    await bob.press('x');
    await bob.answer('no ice');
    await begin(bob, 'procedure 4 of 5', '0 of 2');
    await tick(bob, 2);
    await begin(bob, 'procedure 5 of 5', '0 of 1');
    await bob.press('1', 'd');
    await bob.sees("tune({ to: 'the band' })");
    await bob.press('d');
  },
  killedAt: 'Does this hold',
  shown: ['Silence on every receiver', 'Update the silence log', 'lamps: 3'],
  skipped: 'the round was made',
  edited: ['frequency', 'new frequency'],
  unmade: ['de-iced'],
};

const MANUALS: readonly Manual[] = [FERRY, PLANT, SHOP, CRANES, RADIO];

function start({ text, programs }: Manual, columns: number, rows: number): Person {
  const files = Object.fromEntries(
    Object.entries(programs).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`]),
  );
  return sitDown({
    runbook: text,
    files: { ...files, 'editor.sh': '#!/bin/sh\nsed -i s/old/new/ "$1"\n' },
    env: { VISUAL: 'sh ./editor.sh' },
    columns,
    rows,
    through: `export HOME_OF_TEST=$PWD PATH=$PWD:$PATH; chmod +x ${Object.keys(programs).join(' ')}; exec "$@"`,
  });
}

describe.concurrent('a manual is carried to its last screen', () => {
  test.for(MANUALS.map((each, at) => [each.name, each, at] as const))(
    '%s: one failure, one skip, one edit, one condition, one kill, one resume',
    async ([, each, at]) => {
      const [columns, rows] = at % 2 === 0 ? [80, 24] : [100, 50];
      const ada = start(each, columns, rows);
      await each.before(ada);
      ada.signal('SIGKILL');
      await ada.ends();

      const bob = sitDown({
        folder: ada.folder,
        args: ['resume', 'last'],
        env: { VISUAL: 'sh ./editor.sh' },
        columns,
        rows,
        through: 'export HOME_OF_TEST=$PWD PATH=$PWD:$PATH; exec "$@"',
      });
      await bob.sees('Go on with');
      await bob.press('r');
      await bob.sees(each.killedAt);
      await each.after(bob);
      expect(await bob.ends()).toBe(0);

      const seen = `${ada.text()}\n${bob.text()}`.replace(/\s+/g, ' ');
      for (const text of each.shown) expect(seen).toContain(text);
      expect(bob.text()).toContain('DONE WITH EXCEPTIONS');
      const [file, text] = each.edited;
      expect(readFileSync(path.join(ada.folder, file), 'utf8')).toContain(text);
      for (const name of each.unmade) expect(existsSync(path.join(ada.folder, name))).toBe(false);
      const said = bob.eventsOf('deviation.recorded').map(({ what, why }) => [what, why]);
      expect(said).toContainEqual(['skipped', each.skipped]);
      expect(said).toContainEqual(['edited', 'the new one is meant']);
    },
  );
});
