import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  judgeCondition,
  namesCompared,
  namesInCondition,
  parseCondition,
} from '../../../src/engine/model/condition.ts';

const VALUES: Readonly<Record<string, string>> = {
  environment: 'production',
  days: '9',
  owner: 'Platform team',
  rehearse: 'false',
  empty: '',
  load: '1.50',
  min_version: '1.10',
  current: '1.10',
  exact: '1.9.2',
  serverVersion: '16.4-rc1',
  conversion: '0.25',
};

function judged(text: string): string {
  const read = parseCondition(text);
  if (!read.ok) return read.why;
  try {
    return judgeCondition(read.condition, {
      valueFor: (name) => VALUES[name],
      isNumber: (name) => name === 'load',
    });
  } catch (error) {
    return String(error);
  }
}

describe('a condition', () => {
  test.each([
    ['environment = production', 'true'],
    ['environment == production', 'true'],
    ['{{environment}} == production', 'true'],
    ['{{ environment }}=production', 'true'],
    ['$environment = production', 'true'],
    ['environment != production', 'false'],
    ['"production" = {{environment}}', 'true'],
    ["owner = 'Platform team'", 'true'],
    ['owner = "Platform team" and days < 21', 'true'],
    ['days < 21', 'true'],
    ['days < 9.5 and days >= 9 and days <= 9.0', 'true'],
    ['days > 10', 'false'],
    ['days = 9.0', 'true'],
    ['environment in staging, production', 'true'],
    ['environment in (staging, test)', 'false'],
    ['environment not in [staging, test]', 'true'],
    ['not (environment = production)', 'false'],
    ['not environment = production', 'false'],
    ['environment = staging or environment = test or days = 9', 'true'],
    ['environment = staging and days = 9 or days = 9', 'true'],
    ['environment = staging and (days = 9 or days = 9)', 'false'],
    ['rehearse', 'false'],
    ['not rehearse', 'true'],
    ['rehearse = no', 'true'],
    ['empty', 'false'],
    ['empty = ""', 'true'],
    ['later = 1', 'unknown'],
    ['later = 1 and days > 20', 'false'],
    ['later = 1 or days < 20', 'true'],
    ['NOT (days > 20) AND environment IN production', 'true'],
  ])('%s is %s', (text, expected) => {
    expect(judged(text)).toBe(expected);
  });

  test.each([
    ['', 'is empty'],
    ['days <', 'ends where a value behind `<` was expected'],
    ['environment === production', 'has `===`, which is `=` here'],
    ['{{environment}} === production', 'has `===`, which is `=` here'],
    ['a = b && c = d', 'has `&&`, which is `and` here'],
    ['!rehearse', 'has `!`, which is `not` here'],
    ['a = b c = d', 'has `c` where `and` or `or` was expected'],
    ['owner = Platform team', 'has `team` where `and` or `or` was expected'],
    ['(a = b', 'has a parenthesis that is not closed'],
    ['a = b)', 'has `)` where it should end'],
    ['a = "b', 'has a quote (") that is not closed'],
    ['a in', 'ends where a value behind `in` was expected'],
    ['a in (b, c', 'has a `(` that is not closed'],
    ['a =~ ^b', 'has `=~`'],
    ['and = b', 'has `and` where a name or value was expected'],
    ['= b', 'has `=` where a name or value was expected'],
    ['a = b and', 'ends where a name or value was expected'],
    ['"production"', 'has `production` where a comparison was expected'],
    ['{a} = b', 'has `{`'],
    ['a = “b”', 'has a typographic quote (“): write " or \''],
    ['a = ‘b’', 'has a typographic quote (‘)'],
  ])('%j is none: it %s', (text, why) => {
    expect(parseCondition(text)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  test('what is no number cannot be less or more', () => {
    expect(judged('environment < 3')).toContain(
      '`environment` is `production`, which is no number',
    );
  });

  test.each([
    ['min_version < 1.9', 'false'],
    ['min_version >= 1.9 and min_version < 2', 'true'],
    ['min_version = 1.1', 'false'],
    ['min_version = 1.10.0 and min_version in (1.1, v1.10)', 'true'],
    ['current < v1.9', 'false'],
    ['current = v1.10', 'true'],
    ['exact < 1.10', 'true'],
    ['exact < 1.10.0 and exact > v1', 'true'],
    ['serverVersion < 16.4 and serverVersion > 16.4-beta2 and serverVersion > 16', 'true'],
    ['load < 1.6 and load = 1.5', 'true'],
    ['conversion < 0.3', 'true'],
  ])('of release numbers and numbers: %s is %s', (text, expected) => {
    expect(judged(text)).toBe(expected);
  });

  test.each(['current < 1.9', 'current >= 1.9', 'current = 1.1', 'current not in (1.1, 1.2)'])(
    '%s is never judged silently: 1.10 is less as a number and more as a release number',
    (text) => {
      expect(judged(text)).toMatch(/`v1\.\d` where `current` is a release, or declare `current`/);
    },
  );

  test('what is no release number is neither less nor more than one', () => {
    expect(judged('environment < v1.9')).toContain('which is no release number');
    expect(judged('load < v1.9')).toContain('`v1.9` is no number');
    expect(judged('exact < 5')).toContain('which is no number');
  });

  test('names what it asks for, once', () => {
    const read = parseCondition('a = 1 and not (b or a in c, {{d}})');
    expect(read.ok && namesInCondition(read.condition)).toEqual(['a', 'b', 'd']);
  });

  test('any text is parsed or refused with a reason, and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('a', '=', '<', '(', ')', 'and', 'not', 'in', ',', '"', "'", '{{b}}', ' '),
        ),
        (parts) => {
          const read = parseCondition(parts.join(' '));
          return read.ok || read.why !== '';
        },
      ),
    );
  });

  test('a value in quotes is compared as it is, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        const written = value.replace(/["\\]/g, '\\$&');
        const read = parseCondition(`name = "${written}"`);
        return read.ok && judgeCondition(read.condition, { valueFor: () => value }) === 'true';
      }),
    );
  });

  test('is refused when it is nested without end, and quickly', () => {
    expect(judged(`${'('.repeat(900)}a${')'.repeat(900)}`)).toBe('is nested too deep');
    expect(judged('not '.repeat(400).trim())).toContain('is nested too deep');
  });
});

test.each([
  ["region == 'eu'", ['region']],
  ["not region == 'eu'", ['region']],
  ["not (region == 'eu' or size > limit)", ['region', 'size']],
  ['flag', []],
  ['not flag', []],
  ['flag and size > 3', ['size']],
])('`%s` cannot be judged without what it compares', (text, names) => {
  const read = parseCondition(text);
  if (!('condition' in read) || read.condition === undefined) throw new Error('not read');
  expect(namesCompared(read.condition)).toEqual(names);
});
