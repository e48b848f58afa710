import { hash } from 'node:crypto';
import type { Dice } from './dice.ts';
import {
  asFile,
  type Edit,
  type Edited,
  isSealed,
  LEDGER,
  linesIn,
  logOf,
  REMEMBERED,
  runsIn,
  text,
  withFile,
  without,
} from './edit.ts';
import { appended, forged, rechained } from './forgery.ts';
import type { RecordFiles } from './record-files.ts';

/** The chain of all runs, or what is remembered of it, is gone, cut, added to or another. */
export const chain: Edit = (files, dice) => {
  const before = linesIn(files, LEDGER);
  const ids = runsIn(files);
  const newest = ids.at(-1) ?? '';
  const at = dice.below(before.length);
  const isOf = (run: string) => (line: string) => line.includes(`"run":"${run}"`);
  const noNewest = before.filter((line) => !isOf(newest)(line));
  const edited = (what: string, after: RecordFiles): Edited => ({
    what,
    files: after,
    touched: null,
    isProvable: true,
  });
  const cut = before.slice(0, at);
  return dice.one<() => Edited | null>([
    () =>
      edited(
        'runs.jsonl is gone',
        without(files, (path) => path === LEDGER),
      ),
    () =>
      edited(
        'runs.head is gone',
        without(files, (path) => path === REMEMBERED),
      ),
    () =>
      edited(
        'runs.jsonl and runs.head are gone',
        without(files, (path) => path.startsWith('runs.')),
      ),
    () => edited(`runs.jsonl ends before line ${at + 1}`, withFile(files, LEDGER, asFile(cut))),
    () =>
      edited(
        `runs.jsonl ends before line ${at + 1}, and runs.head is gone`,
        withFile(
          without(files, (path) => path === REMEMBERED),
          LEDGER,
          asFile(cut),
        ),
      ),
    () => {
      const whole = files.get(LEDGER) ?? Buffer.alloc(0);
      return edited(
        'runs.jsonl ends inside of a line',
        withFile(files, LEDGER, whole.subarray(0, dice.below(whole.length))),
      );
    },
    () =>
      edited(
        'runs.jsonl has bytes behind its end',
        withFile(
          files,
          LEDGER,
          Buffer.concat([files.get(LEDGER) ?? Buffer.alloc(0), dice.bytes(5)]),
        ),
      ),
    () => {
      const head = text(files, REMEMBERED);
      const place = dice.below(head.length);
      return edited(
        'runs.head is another',
        withFile(
          files,
          REMEMBERED,
          Buffer.from(
            `${head.slice(0, place)}${dice.one(['7', 'a', '\n', ''])}${head.slice(place + 1)}`,
          ),
        ),
      );
    },
    () =>
      edited(
        'runs.head is of an earlier line',
        withFile(files, REMEMBERED, Buffer.from(headText(before.slice(0, Math.max(1, at))))),
      ),
    () =>
      edited(
        `the newest run is gone with its lines`,
        withFile(
          without(files, (path) => path.startsWith(`runs/${newest}/`)),
          LEDGER,
          asFile(noNewest),
        ),
      ),
    () =>
      edited(
        'the newest run is gone with its lines and runs.head',
        withFile(
          without(files, (path) => path.startsWith(`runs/${newest}/`) || path === REMEMBERED),
          LEDGER,
          asFile(noNewest),
        ),
      ),
    () => {
      const line = before[at] ?? '';
      const other = dice.one([
        () => before.toSpliced(at, 1),
        () => before.toSpliced(at, 0, line),
        () => before.with(at, forged(line, dice)),
      ])();
      return edited(
        `line ${at + 1} of runs.jsonl with right hashes`,
        withFile(files, LEDGER, asFile(rechained(other))),
      );
    },
    () => contradicting(files, dice),
    () => forgedEnd(files, dice),
  ])();
};

/** The chain of all runs fits what is remembered, and not the logs. */
function contradicting(files: RecordFiles, dice: Dice): Edited | null {
  const before = linesIn(files, LEDGER);
  const at = dice.below(before.length);
  const line = before[at] ?? '';
  // Without its rendering a run is as it would be had its engine been lost before that.
  if (line.includes('"what":"rendered"')) return null;
  const earlier = before.findLastIndex(
    (one, index) =>
      index < at && one.includes(line.slice(line.indexOf('"run"'), line.indexOf('"what"'))),
  );
  const after = rechained(
    dice.one([
      () => before.toSpliced(at, 1),
      () =>
        before.with(
          at,
          line
            .replace(/"head":"."/, '"head":"0"')
            .replace(
              /"head":"./,
              (head) => `${head.slice(0, -1)}${head.endsWith('0') ? '1' : '0'}`,
            ),
        ),
      () =>
        earlier < 0
          ? before.toSpliced(at, 1)
          : before.with(at, before[earlier] ?? '').with(earlier, line),
    ])(),
  );
  return {
    what: `line ${at + 1} of runs.jsonl (${line.slice(0, 140)}) with right hashes and runs.head`,
    files: withFile(
      withFile(files, LEDGER, asFile(after)),
      REMEMBERED,
      Buffer.from(headText(after)),
    ),
    touched: null,
    isProvable: true,
  };
}

/** A log is given an end, and the chain of all runs the entry for it; what is remembered stays. */
function forgedEnd(files: RecordFiles, dice: Dice): Edited {
  const run = dice.one(runsIn(files));
  const kinds = isSealed(files, run)
    ? ['run.resumed', 'run.finished', 'run.sealed']
    : ['run.finished', 'run.sealed'];
  const log = appended(linesIn(files, logOf(run)), kinds);
  const sha = (line: string): string => hash('sha256', line, 'hex');
  const before = linesIn(files, LEDGER);
  const model = before.findLast((line) => line.includes('"sealed"')) ?? '';
  const resumed = sha(log[log.length - kinds.length - 1] ?? '');
  const entry = (what: string, head: string): string =>
    JSON.stringify({
      ...JSON.parse(model),
      run,
      what,
      head,
      ...(what === 'sealed' ? { after: sha(log.at(-2) ?? '') } : {}),
    });
  const more = [
    ...(kinds[0] === 'run.resumed' ? [entry('resumed', resumed)] : []),
    entry('sealed', sha(log.at(-1) ?? '')),
  ];
  return {
    what: `${kinds.join(', ')} behind the log of ${run}, and entered in runs.jsonl`,
    files: withFile(
      withFile(files, logOf(run), asFile(log)),
      LEDGER,
      asFile(rechained([...before, ...more])),
    ),
    touched: null,
    isProvable: true,
  };
}

function headText(all: readonly string[]): string {
  return `${all.length}\n${hash('sha256', all.at(-1) ?? '', 'hex')}\n`;
}
