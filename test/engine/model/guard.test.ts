import { expect, test } from 'vitest';
import {
  count,
  fields,
  kindOf,
  list,
  maybe,
  misfitOf,
  recordOf,
  saidBy,
  text,
} from '../../../src/engine/model/guard.ts';

test.each([
  [{ a: 5 }, { a: text }, '`a` is a number, a text'],
  [{}, { a: text }, '`a` is undefined, a text'],
  [{ a: ['x', 5] }, { a: list(text) }, '`a[1]` is a number, a text'],
  [{ a: { b: null } }, { a: maybe(recordOf(text)) }, '`a.b` is null, a text'],
  [
    { a: [{ b: -1 }] },
    { a: list(fields({ b: count })) },
    '`a[0].b` is a number, a number from 0 on',
  ],
  [{ a: 'x' }, { a: list(text) }, '`a` is a text, a list, each of its items a text'],
  [null, { a: text }, 'it is null, an object'],
  [{ a: 'x', b: 5 }, { a: text }, undefined],
])('the member that is wrong is named, as deep as it is: %j', (value, guards, said) => {
  const misfit = misfitOf(value, guards, 'it');
  expect(misfit && `${misfit.is}, ${misfit.expected}`).toBe(said);
});

test('whatever there is has a word, without what it holds', () => {
  const bare: unknown = Object.create(null);
  const all = [bare, Symbol('pin'), 5n, () => 5, '', 'pin', Number.NaN, ['pin'], true, undefined];
  expect(all.map(kindOf).join(', ')).toBe(
    'an object, a symbol, a bigint, a function, an empty text, a text, a number, a list, true, undefined',
  );
  expect([bare, new Error('late'), 'late', null].map((one) => saidBy(one))).toEqual([
    'an object',
    'late',
    'late',
    'null',
  ]);
});
