import { describe, expect, test } from 'vitest';
import { type AnyStepType, defineStepType } from '../../../src/engine/contracts/step-type.ts';
import type { Block } from '../../../src/engine/model/block.ts';
import { createHandrail } from '../../../src/handrail.ts';
import type { ReadText } from '../../../src/host/read-page.ts';
import { sourceOf } from '../../support/read.ts';

const PAGE = [
  '---\ninputs: { host: { default: db1 } }\n---\n# One\n',
  '~~~bash name=one timeout=5s\nls | head -1\n~~~\n',
  '- [ ] Look\n- [ ] Look again\n',
  '| Check | Command |\n|---|---|\n| Load | `uptime` |\n',
].join('\n');

function readWith(...types: readonly AnyStepType[]): Promise<ReadText> {
  const world = { env: {}, cwd: '/', state: 'memory:', version: '0.0.0-test' };
  return createHandrail({ ...world, stepTypes: types }).parse(sourceOf(PAGE));
}

function asking(detect: AnyStepType['detect']): AnyStepType {
  const traits = { summary: 'Looks.', quoting: 'none', human: false, examples: [] } as const;
  return defineStepType<unknown>({ name: 'own', ...traits, detect });
}

/** Every object in a value, with where it stands. */
function* objectsIn(value: unknown, at: string): Generator<readonly [string, object]> {
  if (typeof value !== 'object' || value === null) return;
  yield [at, value];
  for (const [name, one] of Object.entries(value)) yield* objectsIn(one, `${at}.${name}`);
}

describe('what a step type of somebody else’s is shown of a page', () => {
  test('cannot be changed for whoever looks at it next, however deep it stands', async () => {
    const kinds = new Set<string>();
    const open: string[] = [];
    const read = await readWith(
      asking((block, frontmatter) => {
        kinds.add(block.kind);
        for (const [at, one] of [
          ...objectsIn(block, block.kind),
          ...objectsIn(frontmatter, 'frontmatter'),
        ])
          if (!Object.isFrozen(one)) open.push(at);
        return undefined;
      }),
    );
    expect([...kinds].toSorted()).toEqual(['fence', 'item', 'row']);
    expect(open).toEqual([]);
    const { runbook } = await readWith();
    expect(read.runbook).toEqual(runbook);
  });

  test('is what handrail’s own are shown', async () => {
    const seen: Block[] = [];
    const own: Block[] = [];
    const looking = (into: Block[]): AnyStepType['detect'] => {
      return (block) => {
        into.push(block);
        return undefined;
      };
    };
    await readWith(asking(looking(seen)));
    const { parse } = await import('../../../src/engine/parse.ts');
    const { stepTypes } = await import('../../../src/steps/index.ts');
    await parse(sourceOf(PAGE), { stepTypes: [asking(looking(own)), ...stepTypes] });
    expect(seen).toEqual(own);
  });

  test('who tries is named with the line', async () => {
    const meddling = asking((block) => {
      Reflect.set(Object(block), 'line', 7);
      Object.assign(block.annotations, { timeout: 1 });
      return undefined;
    });
    await expect(readWith(meddling)).rejects.toThrow(
      /^The step type `own` does not keep its contract: `detect`, asked about line \d+, threw "Cannot assign/,
    );
  });
});

test('an object of a class is asked as what it is, its private members with it', async () => {
  class Own {
    readonly name = 'own';
    readonly summary = 'Counts.';
    readonly quoting = 'none';
    readonly human = false;
    readonly examples = [];
    #asked = 0;
    detect(): undefined {
      this.#asked++;
    }
    asked(): number {
      return this.#asked;
    }
  }
  const own = new Own();
  await readWith(own);
  expect(own.asked()).toBeGreaterThan(3);
});

test.each([
  ['effectsure', 'effectSure'],
  ['infered', 'inferred'],
  ['effectwhy', 'effectWhy'],
  ['colour', 'one of why, effect, inferred'],
])('a detection that says `%s` is none', async (name, expected) => {
  const found = { body: {}, why: 'x', effect: 'writes', [name]: true } as const;
  await expect(readWith(asking(() => found))).rejects.toThrow(
    new RegExp(`answered what is no detection: \`${name}\` is said, where \`?${expected}`),
  );
});
