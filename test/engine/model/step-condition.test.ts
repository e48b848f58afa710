import { expect, test } from 'vitest';
import {
  askedOf,
  conditionWords,
  decidedWords,
  ruledOutWords,
  whetherWords,
} from '../../../src/engine/model/step-condition.ts';

test.each([
  ['what holds or does not', undefined, 'the disk is full'],
  ['what lets a reader go on', 'if', 'Only continue if it is empty.'],
  ['what stops a reader', 'unless', 'Abort if any row is returned.'],
] as const)('%s has words of its own wherever it is spoken of', (_what, gate, text) => {
  const said = { text, ...(gate === undefined ? {} : { gate }) };
  const words = [
    askedOf(said),
    `nobody has said ${whetherWords(said)}`,
    ruledOutWords(said),
    conditionWords(said).join(': '),
    ...[true, false].map((holds) => decidedWords({ ...said, holds })),
  ];
  expect(words).toEqual(
    gate === undefined
      ? [
          'Does this hold: the disk is full',
          'nobody has said whether this holds: "the disk is full"',
          'its condition does not hold: "the disk is full"',
          'only if: the disk is full',
          'holds',
          'does not hold',
        ]
      : [
          `May it go on? The page says: ${text}`,
          `nobody has said whether to go on where the page says: "${text.slice(0, -1)}"`,
          `it was stopped where the page says: "${text.slice(0, -1)}"`,
          `behind: ${text}`,
          'goes on',
          'stops',
        ],
  );
});

test('one of several ways is asked for and told as one: its name neither holds nor does not', () => {
  const said = { text: 'By hand', group: 'install/by-hand' };
  expect([
    askedOf(said),
    whetherWords(said),
    ruledOutWords(said),
    ...[true, false].map((holds) => decidedWords({ ...said, holds })),
  ]).toEqual([
    'Is this to be done, of several: By hand',
    'whether this is to be done, of several: "By hand"',
    'of several ways, this one was not taken: "By hand"',
    'is to be done',
    'is not to be done',
  ]);
});
