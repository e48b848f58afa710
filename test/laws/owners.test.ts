import { readFileSync } from 'node:fs';
import { Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importersOf, readHouse, type SourceFile } from '../../scripts/house.ts';
import { RUN_OUTCOMES, STEP_OUTCOMES } from '../../src/engine/model/outcome.ts';
import { stepTypes } from '../../src/steps/index.ts';

/** Kinds of pages are called as two step types are; stops of text are made where the page is known whole, as no step type knows it. */
const KNOWN_BY_NAME: ReadonlySet<string> = new Set([
  'src/engine/model/frontmatter.ts: runbook manual',
  'src/engine/reading/reading-step.ts: read',
]);

/** A test of a runbook compares what it was told; the reader of fences asks for a reason of its own. */
const READ_BACK: ReadonlySet<string> = new Set([
  'src/cli/testing/run-test.ts: seen.why',
  'src/engine/reading/step-reader.ts: block.content.why',
]);

/** What counts as a failure where it is handled, in a timeline of several runs, states of requests. */
const OUTCOMES_BESIDE: ReadonlySet<string> = new Set([
  'src/engine/timeline/fold.ts: failed timed-out cancelled declined',
  'src/engine/timeline/fold.ts: skipped not-applicable unknown',
]);

/** Files beside the lists that one other file imports; fold one before another is added. */
const MOST_LONE = 262;

const house = readHouse();
const textOf = (path: string): string => readFileSync(path, 'utf8');

/** Source files but those below the given paths. */
const outside = (...paths: readonly string[]): readonly SourceFile[] =>
  house.filter((file) => !paths.some((path) => file.path.startsWith(path)));

type Visits = ConstructorParameters<typeof Visitor>[0];
type Find = (file: SourceFile, note: (what: string) => void) => Visits;

/** What is asked of the tree, and `path: what` for everything found. All of it is found in one walk. */
const asked: { readonly of: ReadonlySet<SourceFile>; readonly find: Find; found: string[] }[] = [];
let isWalked = false;

/** A law of the tree: nothing is found but what its list excuses, and the list excuses nothing that is gone. */
function law(
  name: string,
  files: readonly SourceFile[],
  find: Find,
  excused: ReadonlySet<string> = new Set(),
): void {
  const one = { of: new Set(files), find, found: [] as string[] };
  asked.push(one);
  it(name, () => {
    if (!isWalked) walk();
    isWalked = true;
    expect(one.found.filter((each) => !excused.has(each))).toEqual([]);
    expect([...excused].filter((each) => !one.found.includes(each))).toEqual([]);
  });
}

function walk(): void {
  for (const file of house) {
    const visits = asked
      .filter(({ of }) => of.has(file))
      .map(({ find, found }) => find(file, (what) => found.push(`${file.path}: ${what}`)));
    new Visitor(together(visits)).visit(file.program);
  }
}

/** One visitor that visits what any of them does. */
function together(visitors: readonly Visits[]): Visits {
  const kinds = Map.groupBy(
    visitors.flatMap((visits) => Object.entries(visits)),
    ([kind]) => kind,
  );
  return Object.fromEntries(
    [...kinds].map(([kind, each]) => [
      kind,
      (node: never) => {
        for (const [, visit] of each) visit(node);
      },
    ]),
  );
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

describe('every member of a contract is used by somebody who is handed it', () => {
  const contracts = house.filter(({ path }) => path.startsWith('src/engine/contracts/'));
  const members = new Set<string>();
  for (const { program } of contracts)
    new Visitor({
      TSPropertySignature: ({ key }) => void (key.type === 'Identifier' && members.add(key.name)),
      TSMethodSignature: ({ key }) => void (key.type === 'Identifier' && members.add(key.name)),
    }).visit(program);
  const read = new Set<string>();
  // A step type's own file makes its members; whoever holds it reads them.
  for (const { program } of house)
    new Visitor({
      MemberExpression: ({ property }) =>
        void (property.type === 'Identifier' && read.add(property.name)),
      ObjectPattern: ({ properties }) => {
        for (const one of properties)
          if (one.type === 'Property' && one.key.type === 'Identifier') read.add(one.key.name);
      },
    }).visit(program);
  // Examples are for the tests and the docs that are made from them.
  members.delete('markdown');
  it.each([...members])('`%s`', (name) => {
    expect(read.has(name)).toBe(true);
  });
});

law(
  'what a person can do about a run is told by one owner, who knows where its record is',
  outside('src/engine/model/command-about.ts'),
  (_, note) => ({
    TemplateLiteral({ quasis }) {
      for (const { value, tail } of quasis)
        if (!tail && /\bhandrail (?:approve|log|resume|timeline) $/.test(value.raw))
          note(value.raw.slice(-17));
    },
  }),
  new Set(['src/cli/commands/request.ts: handrail approve ']),
);

const stepTypeNames: ReadonlySet<unknown> = new Set(stepTypes.map(({ name }) => name));
const areNames = (words: readonly unknown[]): boolean =>
  words.length > 1 && words.every((word) => stepTypeNames.has(word));
law(
  'no step type is known by name outside of steps/: what is asked is a trait of its contract',
  outside('src/steps/'),
  (file, note) => {
    const textAt = ({ start, end }: { start: number; end: number }): string =>
      file.text.slice(start, end);
    const isType = (node: { start: number; end: number }): boolean =>
      /(?:^|\.)(?:type|stepType)(?:\??\.name)?$/.test(textAt(node));
    return {
      BinaryExpression({ left, right, operator }) {
        if (operator !== '===' && operator !== '!==') return;
        if (isType(left) && right.type === 'Literal' && stepTypeNames.has(right.value))
          note(String(right.value));
      },
      SwitchStatement({ discriminant, cases }) {
        if (!isType(discriminant)) return;
        for (const { test } of cases)
          if (test?.type === 'Literal' && stepTypeNames.has(test.value)) note(String(test.value));
      },
      CallExpression({ callee, arguments: [word] }) {
        const isAsking = /\b(?:stepTypes|types)\??\.(?:get|has)$/i.test(textAt(callee));
        if (isAsking && word?.type === 'Literal' && stepTypeNames.has(word.value))
          note(String(word.value));
      },
      ArrayExpression({ elements }) {
        const words = elements.map((each) => (each?.type === 'Literal' ? each.value : null));
        if (areNames(words)) note(words.join(' '));
      },
      ObjectExpression({ properties }) {
        const keys = properties.map((each) =>
          each.type === 'Property' && each.key.type === 'Identifier' ? each.key.name : null,
        );
        if (areNames(keys)) note(keys.join(' '));
      },
      Property({ key, value }) {
        const isOfType = key.type === 'Identifier' && /^(?:type|stepType)$/.test(key.name);
        if (isOfType && value.type === 'Literal' && stepTypeNames.has(value.value))
          note(String(value.value));
      },
    };
  },
  KNOWN_BY_NAME,
);

describe('who carries a step out, and what needs a yes, is decided once', () => {
  law(
    'asks no effect for a person but where that is defined: a plan says it in `by`',
    outside('src/engine/model/effect.ts'),
    (_file, note) => ({
      BinaryExpression({ operator, right }) {
        const isSame = operator === '===' || operator === '!==';
        if (isSame && right.type === 'Literal' && right.value === 'asks') note('asks');
      },
    }),
  );

  for (const [name, ...where] of [
    ['human', 'src/engine/reading/', 'src/steps/'],
    ['confirm', 'src/engine/planning/', 'src/engine/reading/'],
  ]) {
    const owners = /(?:^|\.)(?:annotations|type|read|stepType)\??$/;
    law(
      `reads \`${name}\` only while a page is read or planned`,
      outside(...where),
      (file, note) => ({
        MemberExpression({ object, property }) {
          const of = file.text.slice(object.start, object.end);
          if (property.type === 'Identifier' && property.name === name && owners.test(of)) note(of);
        },
      }),
    );
  }
});

const filesOfARun =
  /^(?:.*\/)?(?:log\.jsonl|log\.torn|(?:runs|incidents)\.(?:jsonl|head)|run\.md|seal\.sig)$/;
/** Nor does a sentence spell them. */
const A_CHAIN = /(?<![\w.])(?:runs|incidents)\.(?:jsonl|head)(?!\w)/;
law('only record/ names the files of a run', outside('src/engine/record/'), (_file, note) => ({
  Literal({ value }) {
    if (typeof value === 'string' && (filesOfARun.test(value) || A_CHAIN.test(value))) note(value);
  },
  TemplateElement({ value }) {
    if (A_CHAIN.test(value.raw)) note(value.raw);
  },
}));

/** Pages of a site have folders of their own. */
const FOLDERS_BESIDE: ReadonlySet<string> = new Set([
  'src/renderers/site/places.ts: _/runs/',
  'src/renderers/site/places.ts: _/incidents/',
]);
const isFolder = (value: unknown): value is string => value === 'runs' || value === 'incidents';
law(
  'only record/ knows which folder holds the runs, or the incidents, and says where one is',
  outside('src/engine/record/'),
  (file, note) => ({
    CallExpression({ callee, arguments: parts }) {
      const isPath = /(?:^|\.)(?:join|resolve)$/.test(file.text.slice(callee.start, callee.end));
      for (const part of isPath ? parts : [])
        if (part.type === 'Literal' && isFolder(part.value)) note(part.value);
    },
    BinaryExpression({ operator, right }) {
      if (operator === '===' && right.type === 'Literal' && isFolder(right.value))
        note(right.value);
    },
    // A list that has one of them for a folder of the state beside its owner's word.
    ArrayExpression({ elements }) {
      const named = elements.some((one) => one?.type === 'Identifier' && one.name === 'RUNS');
      for (const one of named ? elements : [])
        if (one?.type === 'Literal' && isFolder(one.value)) note(one.value);
    },
    TemplateLiteral({ quasis }) {
      for (const { value } of quasis)
        if (/(?:^|\/)(?:runs|incidents)\/$/.test(value.raw)) note(value.raw);
    },
  }),
  FOLDERS_BESIDE,
);

law(
  'no folder is made by `recursive`, which never returns below /proc: makeFolder makes them one by one',
  outside('src/cli/testing/'),
  (file, note) => ({
    CallExpression({ callee, arguments: [, how] }) {
      const isMaking = /(?:^|\.)mkdir(?:Sync)?$/.test(file.text.slice(callee.start, callee.end));
      if (isMaking && how && /\brecursive\b/.test(file.text.slice(how.start, how.end)))
        note('recursive');
    },
  }),
);

/** Reads `/proc`, makes drafts and rooms of its own that nobody can have put something in. */
const OPENED_BESIDE: ReadonlySet<string> = new Set([
  'src/stores/file.ts: writeFileSync',
  'src/stores/files/engine.ts: readFileSync',
  'src/stores/files/run-reader.ts: readFileSync',
  'src/stores/files/turn.ts: openSync',
  'src/stores/spill.ts: openSync',
]);
law(
  'files of the state folder are opened by disk.ts, which follows no link and waits for no pipe',
  house.filter(({ path }) => /^src\/(?:stores|team\/(?:mirror|worker))\//.test(path)),
  (file, note) => ({
    ImportDeclaration({ source, specifiers }) {
      if (source.value !== 'node:fs' || file.path === 'src/stores/files/disk.ts') return;
      for (const { local } of specifiers)
        if (
          /^(?:read|write|append)FileSync$|^openSync$|^create(?:Read|Write)Stream$/.test(local.name)
        )
          note(local.name);
    },
  }),
  OPENED_BESIDE,
);

law(
  'prose is never read back: what a sentence says is a field beside it',
  house,
  (file, note) => ({
    CallExpression({ callee, arguments: given }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const read = /^(?:test|exec)$/.test(callee.property.name)
        ? given[0]
        : /^(?:startsWith|endsWith|includes|match|search)$/.test(callee.property.name)
          ? callee.object
          : undefined;
      const text = read ? file.text.slice(read.start, read.end) : '';
      if (/(?:^|[.?])(?:why|hint|effectWhy)(?: \?\? '')?$/.test(text)) note(text);
    },
  }),
  READ_BACK,
);

const outcomes: ReadonlySet<unknown> = new Set([...STEP_OUTCOMES, ...RUN_OUTCOMES]);
law(
  'no set of outcomes stands beside the table of them, but in words of other tools',
  outside('src/engine/model/outcome.ts'),
  (_file, note) => ({
    ArrayExpression({ elements }) {
      const words = elements.flatMap((each) => (each?.type === 'Literal' ? [each.value] : []));
      if (words.length > 2 && words.every((word) => outcomes.has(word))) note(words.join(' '));
    },
  }),
  OUTCOMES_BESIDE,
);

law(
  'what the newest runs are is said in one place',
  outside('src/engine/record/runs.ts', 'src/stores/'),
  (file, note) => ({
    CallExpression({ callee }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const of = file.text.slice(callee.object.start, callee.object.end);
      if (/^(?:toReversed|reverse|at)$/.test(callee.property.name) && of.includes('.runs()'))
        note(of);
    },
  }),
);

it('files that a single other file imports grow no more', () => {
  // What a list names is no helper of the list: it is one of a kind.
  const lists = /\/(?:index|all|items|fences|table)\.ts$/;
  const lone = [...importersOf(house)].filter(
    ([, by]) => by.length === 1 && !by.some((name) => lists.test(name)),
  );
  expect(lone.length).toBeLessThanOrEqual(MOST_LONE);
});
