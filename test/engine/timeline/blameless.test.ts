import { expect, test } from 'vitest';
import { blameless } from '../../../src/engine/timeline/blameless.ts';

const PEOPLE = ['Mira Novák', 'Will de Groot', 'root', 'mnovak'];

const told: readonly (readonly [text: string, blameless: string])[] = [
  ['Mira Novák called', 'person 1 called'],
  ['MIRA NOVÁK called', 'person 1 called'],
  ["Mira's shell, Novak's laptop", "person 1's shell, person 1's laptop"],
  ['ask @mira or mira.novak, mnovak, MN', 'ask person 1 or person 1, person 1, person 1'],
  ['M.N. signed it', 'person 1 signed it'],
  ['Will will see, said @wgroot', 'person 2 will see, said person 2'],
  [
    'the root cause was that root had no shell',
    'the person 3 cause was that person 3 had no shell',
  ],
  ['Miranda and Novákova stay', 'Miranda and Novákova stay'],
];

for (const [text, hidden] of told) {
  test(`"${text}" names nobody`, () => {
    expect(blameless(PEOPLE).text(text)).toBe(hidden);
  });
}

test('what two people share names neither of them', () => {
  const { text } = blameless(['Ana Horvat', 'Ana Kos']);
  expect(text('Ana saw it, Kos mended it')).toBe('a person saw it, person 2 mended it');
});

test('an account that can only be one of the people is that one', () => {
  const { name } = blameless(['ahorvat', 'Ana Horvat', 'ana.horvat']);
  expect([name('ahorvat'), name('Ana Horvat'), name('ana.horvat')]).toEqual([
    'person 1',
    'person 1',
    'person 1',
  ]);
});
