import { chain } from './chain-edits.ts';
import type { Dice } from './dice.ts';
import {
  asFile,
  type Edit,
  type Edited,
  evidence,
  isLog,
  isSealed,
  LEDGER,
  linesIn,
  logOf,
  openingOf,
  runOf,
  runsIn,
  withFile,
  without,
} from './edit.ts';
import { appended, forged, rechained } from './forgery.ts';
import type { RecordFiles } from './record-files.ts';
import {
  forgottenRun,
  keptState,
  openOutput,
  renamedStep,
  replayed,
  replayedEntry,
  spelling,
} from './sly-edits.ts';

/** An edit by chance, of a kind by chance. */
export function editByChance(files: RecordFiles, dice: Dice): Edited {
  for (;;) {
    const edited = dice.one(EDITS)(files, dice);
    if (edited !== null && !isSame(files, edited.files)) return edited;
  }
}

const isSame = (one: RecordFiles, other: RecordFiles): boolean =>
  one.size === other.size &&
  [...one].every(([path, bytes]) => other.get(path)?.equals(bytes) === true);
/** Bytes of a file changed, put in or taken out. */
const someBytes: Edit = (files, dice) => {
  const path = dice.one(evidence(files));
  const before = files.get(path) ?? Buffer.alloc(0);
  if (before.length === 0) return null;
  const at = dice.below(before.length);
  const length = Math.min(before.length - at, 1 + dice.below(dice.one([1, 1, 1, 8, 200])));
  const after = dice.one([
    () => Buffer.concat([before.subarray(0, at), dice.bytes(length), before.subarray(at + length)]),
    () => Buffer.concat([before.subarray(0, at), dice.bytes(length), before.subarray(at)]),
    () => Buffer.concat([before.subarray(0, at), before.subarray(at + length)]),
    () => before.subarray(0, at),
    () => Buffer.concat([before, dice.bytes(length)]),
  ])();
  const run = runOf(path);
  const lastLine = before.length === 0 ? 0 : before.lastIndexOf(10, before.length - 2) + 1;
  const isAtOpenEnd =
    isLog(path) && !isSealed(files, run) && (at >= lastLine || after.length < before.length);
  return {
    what: `${length} bytes at ${at} of ${path}`,
    files: withFile(files, path, after),
    touched: [run],
    isProvable:
      !isAtOpenEnd && !(isLog(path) && !isSealed(files, run) && after.length > before.length),
  };
};

/** A value of an event or of an entry is another one. */
const values: Edit = (files, dice) => {
  const path = dice.one([...[...files.keys()].filter(isLog), LEDGER]);
  const lines = [...linesIn(files, path)];
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  const found = [
    ...line.matchAll(/"([a-z][A-Za-z]{1,20})":("[^"\\]{0,80}"|-?\d+(?:\.\d+)?|true|false|null)/g),
  ];
  if (found.length === 0) return null;
  const [whole = '', name = '', value = ''] = dice.one(found);
  const other = dice.one([
    value === 'true' ? 'false' : 'true',
    '0',
    '1e9',
    '"passed"',
    '"failed"',
    'null',
    '[]',
    '{}',
    `"${'0'.repeat(64)}"`,
  ]);
  lines[at] = line.replace(whole, `"${name}":${other}`);
  const isEnd = path !== LEDGER && !isSealed(files, runOf(path)) && at === lines.length - 1;
  return {
    what: `${name} of line ${at + 1} of ${path}: ${value} → ${other}`,
    files: withFile(files, path, asFile(lines)),
    touched: path === LEDGER ? null : [runOf(path)],
    isProvable: !isEnd,
  };
};

/** Lines taken out, doubled, exchanged, moved, or taken from another run. */
const someLines: Edit = (files, dice) => {
  const logs = [...files.keys()].filter(isLog);
  const path = dice.one([...logs, LEDGER]);
  const before = linesIn(files, path);
  const at = dice.below(before.length);
  const other = dice.below(before.length);
  const strangers = linesIn(files, dice.one(logs));
  const after = dice.one([
    () => before.toSpliced(at, 1),
    () => before.toSpliced(at, 1 + dice.below(3)),
    () => before.toSpliced(at, 0, before[at] ?? ''),
    () => before.toSpliced(other, 0, before[at] ?? ''),
    () => before.with(at, before[other] ?? '').with(other, before[at] ?? ''),
    () => before.with(at, strangers[dice.below(strangers.length)] ?? ''),
    () => before.toSpliced(at, 0, '', '{}'),
    () => before.toReversed(),
  ])();
  const isCut =
    after.length < before.length && before.slice(0, after.length).join() === after.join();
  const isOpenLog = path !== LEDGER && !isSealed(files, runOf(path));
  return {
    what: `lines around ${at + 1} of ${path}: ${before.length} → ${after.length}`,
    files: withFile(files, path, asFile(after)),
    touched: path === LEDGER ? null : [runOf(path)],
    isProvable: !(isCut && isOpenLog) && !(isOpenLog && at === before.length - 1),
  };
};

/** A whole file is gone, empty, another one's, or one more. */
const wholeFiles: Edit = (files, dice) => {
  const all = evidence(files);
  const path = dice.one(all);
  const run = runOf(path);
  const other = dice.one(all);
  const own = files.get(path) ?? Buffer.alloc(0);
  const theirs = files.get(other) ?? Buffer.alloc(0);
  const isOpenLog = isLog(path) && !isSealed(files, run);
  const at = (name: string): string => `runs/${run}/${name}`;
  return dice.one<() => Edited | null>([
    () => ({
      what: `${path} is gone`,
      files: without(files, (one) => one === path),
      touched: [run],
      isProvable: !isOpenLog,
    }),
    () => ({
      what: `${path} is empty`,
      files: withFile(files, path, Buffer.alloc(0)),
      touched: [run],
      isProvable: !isOpenLog,
    }),
    () => ({
      what: `${path} is ${other}`,
      files: withFile(files, path, theirs),
      touched: [run],
      isProvable: true,
    }),
    () => ({
      what: `${path} and ${other} exchanged`,
      files: withFile(withFile(files, path, theirs), other, own),
      touched: [run, runOf(other)],
      isProvable: true,
    }),
    () => {
      const name = dice.one([
        'output/one-9.log',
        'output/more.log',
        'output/one-1/rows.csv',
        'runbook-7.md',
        'notes.txt',
        'log.jsonl.bak',
      ]);
      return {
        what: `${at(name)} is new`,
        files: withFile(files, at(name), theirs),
        touched: [run],
        isProvable: true,
      };
    },
    () => {
      const name = path.replace(/[^/]*$/, (last) => `moved-${last}`);
      const moved = withFile(
        without(files, (one) => one === path),
        name,
        own,
      );
      return {
        what: `${path} is called ${name}`,
        files: moved,
        touched: [run],
        isProvable: !isOpenLog,
      };
    },
  ])();
};

/** A run is gone, copied, renamed, or two are exchanged. */
const wholeRuns: Edit = (files, dice) => {
  const all = runsIn(files);
  const run = dice.one(all);
  const second = dice.one(all);
  const prefix = `runs/${run}/`;
  const otherName = dice.one([
    run.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    run.replace(/^./, 'f'),
    `${run}.bak`,
    `copy of ${run}`,
    'x',
  ]);
  const copy = (from: RecordFiles, of: string, to: string): RecordFiles =>
    new Map([
      ...from,
      ...[...files]
        .filter(([path]) => path.startsWith(`runs/${of}/`))
        .map(
          ([path, content]) => [`runs/${to}/${path.slice(`runs/${of}/`.length)}`, content] as const,
        ),
    ]);
  return dice.one<() => Edited | null>([
    () => ({
      what: `run ${run} is gone`,
      files: without(files, (path) => path.startsWith(prefix)),
      touched: [run],
      isProvable: true,
    }),
    () => ({
      what: `run ${run} is also ${otherName}`,
      files: copy(files, run, otherName),
      touched: [],
      isProvable: true,
    }),
    () => ({
      what: `run ${run} is called ${otherName}`,
      files: copy(
        without(files, (path) => path.startsWith(prefix)),
        run,
        otherName,
      ),
      touched: [run],
      isProvable: true,
    }),
    () => {
      if (run === second) return null;
      const rest = without(
        files,
        (path) => path.startsWith(prefix) || path.startsWith(`runs/${second}/`),
      );
      return {
        what: `runs ${run} and ${second} exchanged`,
        files: copy(copy(rest, run, second), second, run),
        touched: [run, second],
        isProvable: true,
      };
    },
  ])();
};

/** An event is another one, and every hash behind it is right again. */
const rightHashes: Edit = (files, dice) => {
  const run = dice.one(runsIn(files));
  const path = logOf(run);
  const before = linesIn(files, path);
  const at = dice.below(before.length);
  const [line = ''] = before.slice(at);
  const changed = rechained(
    dice.one([
      () => before.with(at, forged(line, dice)),
      () => before.toSpliced(at, 1),
      () => before.toSpliced(at, 0, line),
      () => before.slice(0, Math.max(1, at)),
    ])(),
  );
  const opening = openingOf(before);
  const isOtherBeginning = changed.length > opening && changed[opening - 1] !== before[opening - 1];
  return {
    what: `line ${at + 1} of ${path} with right hashes: ${before.length} → ${changed.length} lines`,
    files: withFile(files, path, asFile(changed)),
    touched: [run],
    isProvable: isSealed(files, run) || isOtherBeginning,
  };
};

/** An end, or more, with right hashes is put behind a log. */
const addedEnds: Edit = (files, dice) => {
  const run = dice.one(runsIn(files));
  const path = logOf(run);
  const before = linesIn(files, path);
  const kinds = dice.one([
    ['run.sealed'],
    ['run.finished', 'run.sealed'],
    ['step.finished', 'run.finished', 'run.sealed'],
    ['run.resumed', 'run.sealed'],
    ['run.resumed', 'run.finished', 'run.sealed'],
    ['run.resumed', 'step.started', 'step.finished', 'run.finished', 'run.sealed'],
    ['note.added'],
  ]);
  const isEnd = kinds.at(-1) === 'run.sealed';
  return {
    what: `${kinds.join(', ')} behind ${path}`,
    files: withFile(files, path, asFile(appended(before, kinds))),
    touched: [run],
    isProvable: isSealed(files, run) || isEnd,
  };
};

const EDITS: readonly Edit[] = [
  someBytes,
  values,
  someLines,
  wholeFiles,
  wholeRuns,
  rightHashes,
  addedEnds,
  chain,
  openOutput,
  keptState,
  spelling,
  renamedStep,
  replayed,
  replayedEntry,
  forgottenRun,
];
