import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { pageEnds } from '../../../src/cli/walkthrough/asker.ts';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterEach(closeTerminals);

const sentence = (word: string): string => `The ${word} thing to know stands here, alone.\n`;
const WORDS = 'first second third fourth fifth sixth seventh eighth ninth tenth last'.split(' ');
const LONG = `# Berth\n\n${WORDS.map(sentence).join('\n')}`;

/** What stands on the screen itself, without what was scrolled off. */
const onScreen = (person: Person, rows: number): string => person.lines().slice(-rows).join('\n');

describe('the text of a page', () => {
  test('is never waited for longer than it takes to show all of it, and no screenful is left unread', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 300 }),
        fc.nat({ max: 60 }),
        fc.integer({ min: 10, max: 60 }),
        (count, below, rows) => {
          const ends = pageEnds(count, below, rows);
          const starts = [0, ...ends];
          for (const [at, end] of ends.entries()) {
            expect(end - (starts[at] ?? 0)).toBeGreaterThan(0);
            expect(end - (starts[at] ?? 0)).toBeLessThan(rows);
          }
          const left = count - (ends.at(-1) ?? 0);
          expect(left).toBeGreaterThanOrEqual(0);
          // Only a heading's lines may go.
          expect(left === 0 || left + below <= rows + 5).toBe(true);
        },
      ),
    );
  });

  for (const [what, page, last] of [
    ['above a step', `${LONG}\n\`\`\`bash\necho here\n\`\`\`\n`, '1 │ echo here'],
    ['above a list', `${LONG}\n- [ ] The lamp is lit\n`, 'The lamp is lit'],
    [
      'above a condition',
      `${LONG}\nIf the lamp is out:\n\n\`\`\`bash\ntouch lit\n\`\`\`\n`,
      'yes, run it',
    ],
    [
      'of a stop without a step',
      `${LONG.replace('# Berth', '# Berth\n\n## Step 1: tell them')}\n## Step 2\n\n\`\`\`bash\necho here\n\`\`\`\n`,
      'done: I have read it',
    ],
  ] as const)
    test(`${what} waits on 24 rows until each screenful was read`, async () => {
      const ada = sitDown({ runbook: page, rows: 24, readsOn: false, env: { LANG: 'C.UTF-8' } });
      const seen = new Set<string>();
      for (let turn = 0; turn < 12; turn += 1) {
        await ada.until(() => /^(?:-- more|>)/.test(ada.lines().at(-1) ?? ''));
        const shown = onScreen(ada, 24);
        for (const word of WORDS) if (shown.includes(`The ${word} thing`)) seen.add(word);
        if (!shown.includes('-- more')) break;
        await new Promise((resolve) => setTimeout(resolve, 300));
        ada.type('\r');
        await ada.until(
          () => !/^-- more/.test(ada.lines().at(-1) ?? '') || onScreen(ada, 24) !== shown,
        );
      }
      expect([...seen]).toEqual(WORDS);
      expect(onScreen(ada, 24)).toContain(last);
      await ada.press('q');
      await ada.ends();
      // What was waited with leaves no trace.
      expect(ada.text()).not.toContain('-- more');
    });

  test('is shown at once to whoever asks for all of it, and in plain words', async () => {
    const runbook = `${LONG}${LONG}${LONG}\n\`\`\`bash\necho here\n\`\`\`\n`;
    const ada = sitDown({ runbook, rows: 24, readsOn: false });
    await ada.sees('-- more');
    await new Promise((resolve) => setTimeout(resolve, 300));
    ada.type('+');
    await ada.press('q');
    await ada.ends();
    const bob = sitDown({ runbook, rows: 24, readsOn: false, args: ['run', '{file}', '--plain'] });
    await bob.sees('Choices');
    expect(bob.text()).not.toContain('-- more');
  });
});
