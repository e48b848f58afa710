import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/engine/check.ts';
import { RULES } from '../../../src/engine/checks/index.ts';
import type { CheckDoors, Rule } from '../../../src/engine/checks/rule.ts';
import { parse } from '../../../src/engine/parse.ts';
import { stepTypes } from '../../../src/steps/index.ts';
import { sourceOf } from '../../support/read.ts';

/** The world of the examples, as `Rule` describes it. */
const doors: CheckDoors = {
  hasCommand: (name) => name !== 'frobnicate',
  exists: (path) => path === 'there.md',
  hasAnchor: (_path, anchor) => anchor === 'why',
  linkedInputs: () => ({
    names: ['host'],
    used: ['host'],
    declared: {},
    wanted: [
      {
        name: 'host',
        declared: true,
        spelling: '{{host}}',
        lines: [3],
        secret: false,
        bound: null,
      },
    ],
  }),
  today: '2026-07-15',
};

/** Names of the rules that find something in an example, with a person and without. */
async function found(example: string): Promise<readonly string[]> {
  const bytes = Buffer.from(example, example.includes('\u00ff') ? 'latin1' : 'utf8');
  const runbook = await parse(sourceOf(bytes), { stepTypes });
  return [false, true].flatMap((unattended) =>
    check(runbook, doors, { unattended }).map(({ rule }) => rule),
  );
}

const all = (side: keyof Rule['examples']): readonly (readonly [string, string])[] =>
  RULES.flatMap(({ name, examples }) => examples[side].map((text) => [name, text] as const));

describe('the examples of a rule', () => {
  test.each(all('finds'))('%s is found in %j', async (name, text) => {
    expect(await found(text)).toContain(name);
  });

  test.each(all('leaves'))('%s is not found in %j', async (name, text) => {
    expect(await found(text)).not.toContain(name);
  });

  test('are there for every rule that needs nothing but the text', () => {
    const bare = RULES.filter(({ foundBy, examples: { finds, leaves } }) => {
      const isBare = finds.length === 0 || leaves.length === 0;
      return foundBy !== 'git' && isBare;
    });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});

test('a rule has a file of its own, of its name, and is listed once', () => {
  const files = readdirSync('src/engine/checks')
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !['index', 'rule'].includes(name));
  expect(RULES.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
});

test('a rule that reading does not apply has a `find`, and no other has one', () => {
  const odd = RULES.filter(({ foundBy, find }) => (foundBy === undefined) !== (find !== undefined));
  expect(odd.map(({ name }) => name)).toEqual([]);
});
