import { describe, expect, test } from 'vitest';
import { itemIds, itemsOf, parseEach, withoutItem } from '../../../src/engine/model/each.ts';

describe('a step for each item of a list', () => {
  test.each([
    ['host in hosts', { name: 'host', list: 'hosts' }],
    ['  host  in  {{ hosts }} ', { name: 'host', list: 'hosts' }],
    ['h in find.stdout', { name: 'h', list: 'find.stdout' }],
    ['host hosts', undefined],
    ['in hosts', undefined],
    ['host in', undefined],
    ['1st in hosts', undefined],
  ])('is read from `%s`', (text, read) => {
    expect(parseEach(text)).toEqual(read);
  });

  test.each([
    ['lines', 'a, b\nc\r\n\n', ['a, b', 'c']],
    ['what stands between commas', 'a b, c,', ['a b', 'c']],
    ['words', ' a  b\tc ', ['a', 'b', 'c']],
    ['elements of JSON', '["a b", 2, "a b"]', ['a b', '2']],
    ['words, where it only begins like JSON', '[a b', ['[a', 'b']],
    ['nothing', '  ', []],
  ])('has %s as its items', (_, value, items) => {
    expect(itemsOf(value)).toEqual(items);
  });

  test('has an id of its own for every item, whatever letters they are told apart by', () => {
    expect(itemIds('restart', ['db/1', 'db 1', 'DB-1', '///', 'münchen'])).toEqual([
      'restart~db-1',
      'restart~db-1-2',
      'restart~DB-1-3',
      'restart~item',
      'restart~münchen',
    ]);
  });

  test('has ids of bounded length, which are told apart all the same', () => {
    const long = 'x'.repeat(200);
    const ids = itemIds('s', [`${long}a`, `${long}b`]);
    expect(ids).toEqual([`s~${'x'.repeat(80)}`, `s~${'x'.repeat(80)}-2`]);
  });

  test.each([
    ['restart~db-1', 'restart'],
    ['link/restart~db-1', 'link/restart'],
    ['a~b~c', 'a~b'],
    ['restart', 'restart'],
    ['~home', '~home'],
  ])('is the step that `%s` is an item of', (id, step) => {
    expect(withoutItem(id)).toBe(step);
  });
});
