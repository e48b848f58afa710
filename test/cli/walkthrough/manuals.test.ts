import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

/** A manual of its own kind, with stand-ins for what it calls, and what a person has to see of it. */
interface Manual {
  readonly name: string;
  readonly text: string;
  /** Programs that stand in for the real ones, by name. */
  readonly programs: Readonly<Record<string, string>>;
  /** Texts that are no step and must have stood on the screen. */
  readonly shown: readonly string[];
}

const FAILS_ONCE =
  'if [ -e "$HOME_OF_TEST/seen" ]; then echo ready; else touch "$HOME_OF_TEST/seen"; echo "not yet" >&2; exit 3; fi';

/** Each has, in this order: text, a step that fails once, one to skip, one to edit, a condition, and text at the end. */
function manual(
  name: string,
  parts: {
    readonly intro: string;
    readonly stop: string;
    readonly condition: string;
    readonly end: string;
    readonly tool: string;
  },
): Manual {
  const { tool } = parts;
  return {
    name,
    text: `# ${name}

${parts.intro}

## Procedure

### Look

\`\`\`bash
${tool} status
\`\`\`

### Warm up

\`\`\`bash
touch warmed-up
\`\`\`

### Switch over

\`\`\`bash
echo "to the old one" > target
\`\`\`

### Step 4 - Say so

${parts.stop}

### Repair

${parts.condition}

\`\`\`bash
touch repaired
\`\`\`

### Close

- [ ] The alarm is off
- [ ] The shift knows

${parts.end}
`,
    programs: { [tool]: FAILS_ONCE },
    shown: [parts.intro, parts.stop, parts.end],
  };
}

const MANUALS: readonly Manual[] = [
  manual('Water works', {
    intro: 'Pressure falls in the whole town while this lasts.',
    stop: 'Call the fire brigade: they need to know that hydrants are weak.',
    condition: 'If the pump still rattles:',
    end: 'Tell the morning shift what was changed.',
    tool: 'pumpctl',
  }),
  manual('Card terminals', {
    intro: 'Shops cannot take cards for about a minute.',
    stop: 'Ask the bank to hold settlements until you call again.',
    condition: 'Only if the above did not help:',
    end: 'Post the times in the incident channel.',
    tool: 'cardd',
  }),
  manual('Mail relay', {
    intro: 'Mail waits and nothing is lost.',
    stop: 'Inform the help desk before anybody asks.',
    condition: 'If the queue is longer than an hour:',
    end: 'Update the status page within fifteen minutes.',
    tool: 'relayq',
  }),
  manual('Tram signals', {
    intro: 'Trams run on sight from here on.',
    stop: 'Tell every driver by radio, and wait for each to confirm.',
    condition: 'If a junction stays dark:',
    end: 'Write down which junction it was.',
    tool: 'signalbox',
  }),
  manual('Library catalogue', {
    intro: 'Loans are written on paper meanwhile.',
    stop: 'Put the paper forms on every desk.',
    condition: 'Only if the index is broken:',
    end: 'Enter the paper loans by hand tomorrow.',
    tool: 'catalogd',
  }),
];

function begin({ text, programs }: Manual, columns: number, rows: number): Person {
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
      const ada = begin(each, columns, rows);
      await ada.press('r');
      await ada.sees('FAILED');
      await ada.press('r');
      await ada.sees('touch warmed-up');
      await ada.press('s');
      await ada.answer('it is warm');
      await ada.sees('to the old one');
      await ada.press('e');
      await ada.sees('Run this instead?');
      ada.type('y\r');
      await ada.answer('the new one is in place');
      await ada.sees('READ');
      ada.signal('SIGKILL');
      await ada.ends();

      const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'], columns, rows });
      const briefing = await bob.sees('Go on with');
      expect(briefing).toContain('it is warm');
      await bob.press('r');
      await bob.sees('READ');
      await bob.press('d');
      await bob.sees('Does this hold');
      await bob.press('x');
      await bob.answer('it does not');
      await bob.shows('0 of 2');
      await bob.press('1', 'd', 'd');
      await bob.shows('2 of 2');
      await bob.press('d');
      expect(await bob.ends()).toBe(0);

      const seen = `${ada.text()}\n${bob.text()}`.replace(/\s+/g, ' ');
      for (const text of each.shown) expect(seen).toContain(text);
      expect(bob.text()).toContain('DONE WITH EXCEPTIONS');
      expect(existsSync(path.join(ada.folder, 'repaired'))).toBe(false);
      expect(existsSync(path.join(ada.folder, 'warmed-up'))).toBe(false);
      const said = bob.eventsOf('deviation.recorded').map(({ what, why }) => [what, why]);
      expect(said).toContainEqual(['skipped', 'it is warm']);
      expect(said).toContainEqual(['edited', 'the new one is in place']);
      const read = bob.eventsOf('step.finished').filter(({ stepId }) => /read-/.test(stepId));
      expect(read.map(({ outcome, by }) => [outcome, by])).toEqual([
        ['confirmed', 'ada'],
        ['confirmed', 'ada'],
      ]);
    },
  );
});
