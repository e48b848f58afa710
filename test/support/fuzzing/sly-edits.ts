import type { Dice } from './dice.ts';
import {
  asFile,
  type Edit,
  type Edited,
  isLog,
  isSealed,
  LEDGER,
  linesIn,
  logOf,
  REMEMBERED,
  runOf,
  runsIn,
  text,
  withFile,
  without,
} from './edit.ts';
import { rechained } from './forgery.ts';
import type { RecordFiles } from './record-files.ts';

/** What an attempt without its end had printed is another text, as far as the log tells of it. */
export const openOutput: Edit = (files, dice) => {
  const all = runsIn(files).flatMap((run) => [...beginningsIn(files, run)]);
  if (all.length === 0) return null;
  const [path, bytes] = dice.one(all);
  const before = files.get(path) ?? Buffer.alloc(0);
  const at = dice.below(bytes);
  const other = Buffer.from(before);
  other[at] = (other[at] ?? 0) ^ (1 + dice.below(255));
  const after = dice.one([
    () => other,
    () => before.subarray(0, at),
    () => Buffer.concat([before.subarray(0, at), dice.bytes(3), before.subarray(at)]),
    () => null,
  ])();
  // A byte put in may be the one that stands there.
  if (after?.subarray(0, bytes).equals(before.subarray(0, bytes)) === true) return null;
  return {
    what: `output without its end: ${path} at ${at} of ${bytes}`,
    files: after === null ? without(files, (one) => one === path) : withFile(files, path, after),
    touched: [runOf(path)],
    isProvable: true,
  };
};

/** The outputs of a run that no end vouches for, with how many bytes its log tells of. */
function beginningsIn(files: RecordFiles, run: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of linesIn(files, logOf(run))) {
    const event = JSON.parse(line);
    const path = `runs/${run}/output/${event.stepId}-${event.try}.log`;
    if (event.type === 'step.output') found.set(path, event.offset + event.bytes);
    if (event.type === 'step.finished') found.delete(path);
  }
  return found;
}

/** The state that a resume would go on with is another one. */
export const keptState: Edit = (files, dice) => {
  const vouched = runsIn(files).flatMap((run) => {
    const last = linesIn(files, logOf(run))
      .map((line) => JSON.parse(line))
      .findLast(({ state }) => state !== undefined);
    return last === undefined ? [] : [`runs/${run}/${last.state.path}`];
  });
  const path = dice.one(vouched);
  const before = text(files, path);
  const at = dice.below(before.length);
  return {
    what: `${path} at ${at}`,
    files: withFile(files, path, Buffer.from(`${before.slice(0, at)}~${before.slice(at + 1)}`)),
    touched: [runOf(path)],
    isProvable: true,
  };
};

/** A file is spelled otherwise: what a reader of JSON or of lines would not see. */
export const spelling: Edit = (files, dice) => {
  const path = dice.one([...[...files.keys()].filter(isLog), LEDGER]);
  const before = text(files, path);
  const lines = linesIn(files, path);
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  const one = (other: string): string => asFile(lines.with(at, other)).toString();
  const after = dice.one([
    () => before.replaceAll('\n', '\r\n'),
    () => `\uFEFF${before}`,
    () => one(`${line} `),
    () => one(line.replace('{', '{ ')),
    () => one(`${line}\0`),
    () => one(line.replace('{', '{"seq":0,')),
    () =>
      one(
        line.replace(
          /"(\w)(\w*)":/,
          (_, first: string, rest: string) => `"\\u00${first.charCodeAt(0).toString(16)}${rest}":`,
        ),
      ),
    () => one(line.replace(/"at":"(\d{4})/, '"at":"2001')),
    () => one(lookAlike(line)),
    () => before.replace('\n', '\u2028'),
    () => before.replace('\n', ''),
    () => `${before}\n`,
    () => `\n${before}`,
  ])();
  const isOpenLog = path !== LEDGER && !isSealed(files, runOf(path));
  return {
    what: `line ${at + 1} of ${path} is spelled otherwise`,
    files: withFile(files, path, Buffer.from(after)),
    touched: path === LEDGER ? null : [runOf(path)],
    isProvable: !(isOpenLog && at === lines.length - 1),
  };
};

const CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
};

/** Letters of a line that look like others. */
function lookAlike(line: string): string {
  return line.replace(/"stepId":"[^"]*"|"name":"[^"]*"|"outcome":"[^"]*"/g, (word) => {
    const [key = '', value = ''] = word.split(':');
    return `${key}:${value.replace(/[aceopx]/, (letter) => CYRILLIC[letter] ?? letter)}`;
  });
}

/** A step is called by letters that look the same, everywhere: in the log, with right hashes, and in the names of files. */
export const renamedStep: Edit = (files, dice) => {
  const run = dice.one(runsIn(files).filter((one) => isSealed(files, one)));
  const log = linesIn(files, logOf(run));
  const ids = [...new Set(log.flatMap((line) => JSON.parse(line).stepId ?? []))];
  const id = ids.length === 0 ? '' : dice.one(ids);
  const other = id.replace(/[aceopx]/, (letter: string) => CYRILLIC[letter] ?? letter);
  if (other === id) return null;
  const renamed: RecordFiles = new Map();
  for (const [path, bytes] of files)
    renamed.set(
      path.startsWith(`runs/${run}/output/${id}-`) ? path.replace(id, other) : path,
      bytes,
    );
  const lines = log.map((line) =>
    line.replaceAll(`"${id}"`, `"${other}"`).replaceAll(`/${id}-`, `/${other}-`),
  );
  return {
    what: `step ${id} of ${run} is ${other}`,
    files: withFile(renamed, logOf(run), asFile(rechained(lines))),
    touched: [run],
    isProvable: true,
  };
};

/** What happened in one run is said to have happened in another, with right hashes and the other's name. */
export const replayed: Edit = (files, dice) => {
  const all = runsIn(files);
  const [run, other] = [dice.one(all), dice.one(all)];
  if (run === other) return null;
  const theirs = linesIn(files, logOf(other)).map((line) => line.replaceAll(other, run));
  const own = linesIn(files, logOf(run));
  const isWhole = dice.one([true, false]);
  const after = isWhole ? theirs : [...own, ...theirs.slice(1 + dice.below(theirs.length))];
  if (after.length === own.length && !isWhole) return null;
  const kept = isWhole ? withTheirFiles(files, run, other) : files;
  return {
    what: `${isWhole ? 'all' : 'the end'} of ${other} in the place of ${isWhole ? '' : 'more of '}${run}`,
    files: withFile(kept, logOf(run), asFile(rechained(after))),
    touched: [run],
    isProvable: isWhole || isSealed(files, run) || after.at(-1)?.includes('"run.sealed"') === true,
  };
};

function withTheirFiles(files: RecordFiles, run: string, other: string): RecordFiles {
  const rest = without(files, (path) => path.startsWith(`runs/${run}/`));
  for (const [path, bytes] of files)
    if (path.startsWith(`runs/${other}/`)) rest.set(path.replace(other, run), bytes);
  return rest;
}

/** An entry of the chain of all runs is said again at its end, with right hashes and what is remembered. */
export const replayedEntry: Edit = (files, dice) => {
  const before = linesIn(files, LEDGER);
  const line = dice.one(before);
  const isFollowed = before.slice(before.indexOf(line) + 1).some((later) => isSameRun(line, later));
  const { what } = JSON.parse(line);
  // Said again right behind itself it may be what a resume that was lost had entered.
  if (!isFollowed && what === 'resumed') return null;
  const after = rechained([...before, line]);
  return {
    what: `${what} of ${JSON.parse(line).run} is said again at the end of runs.jsonl`,
    files: withRemembered(withFile(files, LEDGER, asFile(after)), dice, after),
    touched: null,
    isProvable: true,
  };
};

const isSameRun = (one: string, other: string): boolean =>
  JSON.parse(one).run === JSON.parse(other).run;

function withRemembered(files: RecordFiles, dice: Dice, lines: readonly string[]): RecordFiles {
  const next = JSON.parse(rechained([...lines, lines.at(-1) ?? '']).at(-1) ?? '{}').prev;
  return withFile(
    files,
    REMEMBERED,
    Buffer.from(`${lines.length}\n${next}\n${dice.one(['', `${next}\n`])}`),
  );
}

/** All that is said of a run in the chain of all runs is taken out, with right hashes and what is remembered. */
export const forgottenRun: Edit = (files, dice): Edited => {
  const run = dice.one(runsIn(files));
  const after = rechained(linesIn(files, LEDGER).filter((line) => JSON.parse(line).run !== run));
  return {
    what: `runs.jsonl knows nothing of ${run}`,
    files: withRemembered(withFile(files, LEDGER, asFile(after)), dice, after),
    touched: null,
    isProvable: true,
  };
};
