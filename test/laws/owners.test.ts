import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importersOf, readHouse, type SourceFile } from '../../scripts/house.ts';
import { RUN_OUTCOMES, STEP_OUTCOMES } from '../../src/engine/model/outcome.ts';
import { stepTypes } from '../../src/steps/index.ts';

/** Where a step type is still asked for by its name. A trait of its contract should say it: the list may only shrink. */
const KNOWN_BY_NAME: ReadonlySet<string> = new Set([
  'src/cli/walkthrough/terminal.ts: checklist',
  'src/engine/checks/no-expectation.ts: threshold',
  'src/engine/checks/non-ascii-quote.ts: sql',
  'src/engine/checks/shell-syntax.ts: shell',
  'src/engine/model/link.ts: runbook',
  'src/engine/planning/whole-page.ts: read',
  'src/engine/reading/judge-words.ts: sql',
]);

/** A test of a runbook compares what it was told; the reader of fences asks for a reason of its own. */
const READ_BACK: ReadonlySet<string> = new Set([
  'src/cli/testing/run-test.ts: seen.why',
  'src/engine/reading/step-reader.ts: block.content.why',
]);

/** What counts as a failure where it is handled, in a timeline of several runs, what is never pruned, states of requests. */
const OUTCOMES_BESIDE: ReadonlySet<string> = new Set([
  'src/engine/replaying/fold-steps.ts: failed timed-out declined unknown',
  'src/renderers/site/run-head.ts: waiting interrupted running',
  'src/engine/timeline/fold.ts: failed timed-out cancelled declined',
  'src/engine/timeline/fold.ts: skipped not-applicable unknown',
  'src/team/requests/queue.ts: refused failed unknown cancelled',
]);

/** Files beside the lists that one other file imports; fold one before another is added. */
const MOST_LONE = 320;

const house = readHouse();
const textOf = (path: string): string => readFileSync(path, 'utf8');

/** Source files but those below the given paths. */
const outside = (...paths: readonly string[]): readonly SourceFile[] =>
  house.filter((file) => !paths.some((path) => file.path.startsWith(path)));

/** `path: what` for everything that is found in the syntax of files. */
function foundIn(
  files: readonly SourceFile[],
  find: (
    file: SourceFile,
    note: (what: string) => void,
  ) => ConstructorParameters<typeof Visitor>[0],
): readonly string[] {
  return files.flatMap((file) => {
    const found: string[] = [];
    const visitor = new Visitor(find(file, (what) => found.push(`${file.path}: ${what}`)));
    visitor.visit(parseSync(file.path, file.text).program);
    return found;
  });
}

describe('nothing stands in a vocabulary that nobody uses', () => {
  const errors = 'src/engine/model/errors.ts';
  const codes = [...textOf(errors).matchAll(/^ {2}([A-Z_]+): \{/gm)].map(([, code = '']) => code);
  it.each(codes)('the error %s is thrown or caught by somebody', (code) => {
    expect(outside(errors).some(({ text }) => text.includes(`'${code}'`))).toBe(true);
  });

  const events = 'src/engine/model/event.ts';
  const types = [...textOf(events).matchAll(/\btype: '([a-z]+\.[a-z]+)'/g)];
  const made = [...new Set(types.map(([, type = '']) => type))];
  it.each(made)('the event %s is made', (type) => {
    const makers = outside(events, 'src/engine/record/read-event.ts');
    const isMade = makers.some(({ text }) => text.includes(`type: '${type}'`));
    expect(isMade).toBe(true);
  });
});

it('no step type is known by name outside of steps/, and where one still is stands in a list', () => {
  const names = new Set(stepTypes.map(({ name }) => name));
  const found = foundIn(outside('src/steps/'), (file, note) => ({
    BinaryExpression({ left, right, operator }) {
      if (operator !== '===' && operator !== '!==') return;
      const isType = /(?:^|\.)type$/.test(file.text.slice(left.start, left.end));
      if (isType && right.type === 'Literal' && names.has(String(right.value)))
        note(String(right.value));
    },
  }));
  expect(found.filter((each) => !KNOWN_BY_NAME.has(each))).toEqual([]);
});

describe('who carries a step out, and what needs a yes, is decided once', () => {
  it('asks no effect for a person but where that is defined: a plan says it in `by`', () => {
    const found = foundIn(outside('src/engine/model/effect.ts'), (_file, note) => ({
      BinaryExpression({ operator, right }) {
        const isSame = operator === '===' || operator === '!==';
        if (isSame && right.type === 'Literal' && right.value === 'asks') note('asks');
      },
    }));
    expect(found).toEqual([]);
  });

  it.each([
    ['human', 'src/engine/reading/', 'src/steps/'],
    ['confirm', 'src/engine/planning/', 'src/engine/reading/'],
  ])('reads `%s` only while a page is read or planned', (name, ...where) => {
    const owners = /(?:^|\.)(?:annotations|type|read|stepType)\??$/;
    const found = foundIn(outside(...where), (file, note) => ({
      MemberExpression({ object, property }) {
        const of = file.text.slice(object.start, object.end);
        if (property.type === 'Identifier' && property.name === name && owners.test(of)) note(of);
      },
    }));
    expect(found).toEqual([]);
  });
});

it('only record/ names the files of a run', () => {
  const files = /^(?:.*\/)?(?:log\.jsonl|log\.torn|runs\.jsonl|runs\.head|run\.md|seal\.sig)$/;
  const found = foundIn(outside('src/engine/record/'), (_file, note) => ({
    Literal({ value }) {
      if (typeof value === 'string' && files.test(value)) note(value);
    },
  }));
  expect(found).toEqual([]);
});

it('prose is never read back: what a sentence says is a field beside it', () => {
  const found = foundIn(house, (file, note) => ({
    CallExpression({ callee, arguments: given }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const asked = /^(?:test|exec)$/.test(callee.property.name)
        ? given[0]
        : /^(?:startsWith|endsWith|includes|match|search)$/.test(callee.property.name)
          ? callee.object
          : undefined;
      const text = asked ? file.text.slice(asked.start, asked.end) : '';
      if (/(?:^|\.)(?:why|hint|effectWhy)$/.test(text)) note(text);
    },
  }));
  expect(found.filter((each) => !READ_BACK.has(each))).toEqual([]);
});

it('files that a single other file imports grow no more', () => {
  // What a list names is no helper of the list: it is one of a kind.
  const lists = /\/(?:index|all|items|fences|table)\.ts$/;
  const lone = [...importersOf(house)].filter(
    ([, by]) => by.length === 1 && !by.some((name) => lists.test(name)),
  );
  expect(lone.length).toBeLessThanOrEqual(MOST_LONE);
});

it('no set of outcomes stands beside the table of them, but in words of other tools', () => {
  const names: ReadonlySet<unknown> = new Set([...STEP_OUTCOMES, ...RUN_OUTCOMES]);
  const found = foundIn(outside('src/engine/model/outcome.ts'), (_file, note) => ({
    ArrayExpression({ elements }) {
      const words = elements.flatMap((each) => (each?.type === 'Literal' ? [each.value] : []));
      if (words.length > 2 && words.every((word) => names.has(word))) note(words.join(' '));
    },
  }));
  expect(found.filter((each) => !OUTCOMES_BESIDE.has(each))).toEqual([]);
});
