import type { RawLine } from '../contracts/run-store.ts';
import { CAPTURED, type CapturedFrom } from '../model/captured-text.ts';
import type { Attachment, StoredEvent } from '../model/event.ts';
import { hashOfLine, NO_HEAD } from './chain.ts';
import { RUNBOOK, runbookOf } from './files.ts';
import { eventIn, textOf } from './read-event.ts';

/** A file that the log vouches for. */
export interface Vouched {
  readonly path: string;
  readonly bytes: number | null;
  readonly sha256: string;
}

/** A line that matters beyond its own hash. */
export interface Mark {
  /** 1-based. */
  readonly line: number;
  /** Of a seal the hash of its line, of a resume that of the line before it. */
  readonly head: string;
}

/** The write that a run begins with: what it was asked to do, and the values it was given. */
export interface Opening extends Mark {
  /** How many of the values that it names do not follow. */
  readonly missing: number;
}

/** One attempt at a step. */
export interface AttemptName {
  readonly stepId: string;
  readonly try: number;
}

/** How an attempt's output begins, as far as its last line of output says. */
export interface Beginning extends AttemptName {
  readonly bytes: number;
  /** `null`: written by an edition that did not say. */
  readonly sha256: string | null;
}

/** What a step captured of its standard output. */
export interface Capture extends AttemptName {
  /** 1-based. */
  readonly line: number;
  readonly name: string;
  readonly value: string;
  readonly from: CapturedFrom;
}

/** What the lines of a log say of themselves. */
export interface ChainReading {
  /** Whole lines read. */
  readonly events: number;
  /** Hash of the last whole line. */
  readonly head: string;
  readonly isSealed: boolean;
  /** Its last whole line says that the run passed. */
  readonly hasPassed: boolean;
  readonly alteredAt: number | null;
  readonly why: string;
  /** 1-based number of a last line without its newline. */
  readonly torn: number | null;
  readonly files: readonly Vouched[];
  /** `null`: the log has no line. */
  readonly opening: Opening | null;
  readonly seals: readonly Mark[];
  readonly resumes: readonly Mark[];
  /** Attempts that were begun and have no end. */
  readonly open: readonly AttemptName[];
  /** Whether an attempt was begun. */
  readonly isBegun: (attempt: AttemptName) => boolean;
  /** What lines of output say that no end of their attempt says again: it is open, or was lost, or says otherwise. */
  readonly beginnings: readonly Beginning[];
  readonly captures: readonly Capture[];
  /** Which of the looked-for hashes belong to lines of this log. */
  readonly found: ReadonlySet<string>;
}

/** Not a line of the log was written, and none was about to be. */
export function isUnbegun({ events, torn }: Pick<ChainReading, 'events' | 'torn'>): boolean {
  return events === 0 && torn === null;
}

/** Follows the chain of a run's log line by line; `wanted` are hashes of lines to be found on the way. */
export async function readChain(
  run: string,
  lines: AsyncIterable<RawLine>,
  wanted: ReadonlySet<string>,
): Promise<ChainReading> {
  let events = 0;
  let head = NO_HEAD;
  let attempt = 1;
  let isSealed = false;
  let hasPassed = false;
  let torn: number | null = null;
  let kept: Vouched | null = null;
  let opening: Opening | null = null;
  const files: Vouched[] = [];
  const seals: Mark[] = [];
  const resumes: Mark[] = [];
  const open = new Map<string, AttemptName>();
  const begun = new Set<string>();
  const beginnings: Beginning[] = [];
  const captures = captureReader();
  // The last line of output of each attempt: hosts side by side print at once.
  const lastOutputs = new Map<string, string>();
  const begunOutputs = (): readonly Beginning[] =>
    [...lastOutputs.values()].flatMap((line) => beginningIn(line, open));
  const found = new Set<string>();
  const reading = (alteredAt: number | null, why: string): ChainReading => ({
    events,
    head,
    isSealed: isSealed && alteredAt === null,
    hasPassed,
    alteredAt,
    why,
    torn,
    files: kept === null ? files : [...files, kept],
    opening,
    seals,
    resumes,
    open: [...open.values()],
    isBegun: (name) => begun.has(keyOf(name)),
    beginnings: [...beginnings, ...begunOutputs()],
    captures: captures.found,
    found,
  });
  for await (const line of lines) {
    if (!line.complete) {
      torn = line.line;
      break;
    }
    const text = textOf(line);
    if (!isSealed && isNextOutput(text, { run, events, head, attempt })) {
      events += 1;
      head = hashOfLine(line.raw);
      if (wanted.has(head)) found.add(head);
      lastOutputs.set(printerIn(text), text);
      hasPassed = false;
      continue;
    }
    const event = eventIn(text);
    if (event === undefined) return reading(line.line, 'it is no event');
    const why = wrongWith(event, { run, events, head, attempt, isSealed });
    if (why !== '')
      return reading(event.prev === head ? line.line : Math.max(1, line.line - 1), why);
    if (event.type === 'run.resumed') {
      attempt += 1;
      resumes.push({ line: line.line, head });
      beginnings.push(...begunOutputs());
      lastOutputs.clear();
      // An earlier edition did not vouch for what a lost attempt left.
      if (event.left !== undefined) open.clear();
    }
    const name = 'try' in event ? { stepId: event.stepId, try: event.try } : null;
    if (name !== null && event.type !== 'step.output') {
      const key = keyOf(name);
      if (event.type === 'step.started') {
        open.set(key, name);
        begun.add(key);
      } else {
        const printer = printerOf(name);
        beginnings.push(...contradicted(lastOutputs.get(printer) ?? '', open, event));
        lastOutputs.delete(printer);
        open.delete(key);
      }
    }
    events += 1;
    head = hashOfLine(line.raw);
    if (wanted.has(head)) found.add(head);
    captures.see(event, line.line);
    opening = openingWith(opening, event, { line: line.line, head });
    isSealed = event.type === 'run.sealed';
    hasPassed = event.type === 'run.finished' && event.outcome === 'passed';
    if (isSealed) seals.push({ line: line.line, head });
    files.push(...vouchedBy(event));
    if (event.type === 'step.finished' && event.state !== undefined) kept = event.state;
  }
  return reading(null, '');
}

/** Finds what steps captured of what they printed: which step does is said where the steps are listed. */
function captureReader(): {
  readonly see: (event: StoredEvent, line: number) => void;
  readonly found: readonly Capture[];
} {
  const listed = new Map<string, { readonly name: string; readonly from: CapturedFrom }>();
  const tries = new Map<string, number>();
  const found: Capture[] = [];
  return {
    found,
    see(event, line) {
      if ('steps' in event)
        for (const { id, captures } of event.steps ?? [])
          if (captures === undefined) listed.delete(id);
          else listed.set(id, captures);
      if (event.type === 'step.started' && event.probe !== true && event.own !== true)
        tries.set(event.stepId, event.try);
      if (event.type !== 'input.bound' || event.value === undefined) return;
      const { name, value, source } = event;
      if (!source.startsWith(CAPTURED)) return;
      const stepId = source.slice(CAPTURED.length);
      const captures = listed.get(stepId);
      const number = tries.get(stepId);
      if (captures?.name !== name || number === undefined) return;
      found.push({ line, stepId, try: number, name, value, from: captures.from });
    },
  };
}

/** As far as the opening goes that has this event behind it; anything but the values that it names is no part of it. */
function openingWith(opening: Opening | null, event: StoredEvent, mark: Mark): Opening | null {
  if (event.type === 'run.started') return { ...mark, missing: event.bound?.length ?? 0 };
  if (opening === null || event.type !== 'input.bound') return opening;
  const { line, missing } = opening;
  return missing > 0 && line === mark.line - 1 ? { ...mark, missing: missing - 1 } : opening;
}

/** Whether the log ends in the middle of its opening. */
export function isCutOpening({ opening, events }: ChainReading): boolean {
  return opening !== null && opening.missing > 0 && opening.line === events;
}

const keyOf = ({ stepId, try: number }: AttemptName): string => `${number} ${stepId}`;

/** What names the attempt in a line of output, as `printerOf` does: lines are many, and reading each whole takes time. */
function printerIn(text: string): string {
  // No quote stands in a text of JSON as it is: what is looked for is no part of one.
  return text.slice(text.indexOf(PRINTER), text.indexOf(STREAM));
}

const PRINTER = '"stepId":';
const STREAM = ',"stream":';

function printerOf({ stepId, try: number }: AttemptName): string {
  return `${PRINTER}${JSON.stringify(stepId)},"try":${number}`;
}

/** What an attempt's last line of output says of it, where it has no end. */
function beginningIn(line: string, open: ReadonlyMap<string, AttemptName>): readonly Beginning[] {
  const event = line === '' ? undefined : eventIn(line);
  if (event?.type !== 'step.output' || !open.has(keyOf(event))) return [];
  const { stepId, offset, bytes, sha256 = null } = event;
  return [{ stepId, try: event.try, bytes: offset + bytes, sha256 }];
}

/** An end that tells of other output than the lines before it: the bytes on disk are held against those, too. */
function contradicted(
  line: string,
  open: ReadonlyMap<string, AttemptName>,
  end: StoredEvent,
): readonly Beginning[] {
  if (end.type !== 'step.finished' || end.output === undefined) return [];
  const { sha256 } = end.output;
  return beginningIn(line, open).filter(
    (one) => keyOf(one) === keyOf(end) && one.sha256 !== null && one.sha256 !== sha256,
  );
}

/** What the next event has to fit. */
interface Expected {
  readonly run: string;
  readonly events: number;
  readonly head: string;
  readonly attempt: number;
}

const TYPE = '"type":';
const OUTPUT_TYPE = '"type":"step.output"';
const OUTPUT_HEADER =
  /^\{"seq":(\d+),"at":"[^"]{1,40}","monoMs":[\d.]+,"run":"([^"]{1,40})","attempt":(\d+),"type":"step\.output","prev":"([0-9a-f]{64})",/;

/** Many lines of a long log say where output stands: their header is enough, the hash vouches for the rest. */
function isNextOutput(text: string, expected: Expected): boolean {
  if (!text.startsWith(OUTPUT_TYPE, text.indexOf(TYPE))) return false;
  const [, seq, run, attempt, prev] = OUTPUT_HEADER.exec(text) ?? [];
  return (
    prev === expected.head &&
    Number(seq) === expected.events &&
    run === expected.run &&
    Number(attempt) === expected.attempt
  );
}

/** What is wrong with an event at its place, `''` when nothing is. */
function wrongWith(
  event: StoredEvent,
  { run, events, head, attempt, isSealed }: Expected & { readonly isSealed: boolean },
): string {
  if (event.prev !== head) return 'the line after it carries another hash';
  if (event.seq !== events) return `its number is ${event.seq}, expected ${events}`;
  if (event.run !== run) return `it is an event of run ${event.run}`;
  if ((event.type === 'run.started') !== (events === 0))
    return events === 0 ? 'a run begins otherwise' : 'the run begins a second time';
  if (isSealed && event.type !== 'run.resumed') return 'something stands behind the seal';
  if (event.attempt !== attempt + (event.type === 'run.resumed' ? 1 : 0))
    return `it is of attempt ${event.attempt}, expected ${attempt}`;
  if (event.type === 'run.sealed' && (event.events !== events || event.head !== head))
    return 'the seal counts other events than there are';
  return '';
}

function vouchedBy(event: StoredEvent): readonly Vouched[] {
  if (event.type === 'step.finished')
    return [...(event.output ? [event.output] : []), ...(event.attachments ?? [])];
  if (event.type === 'run.started')
    return [{ path: RUNBOOK, bytes: null, sha256: event.runbook.sha256 }];
  if (event.type === 'run.resumed') return vouchedByResume(event, event.attempt);
  return [];
}

function vouchedByResume(
  {
    changed,
    runbookSha256,
    left = [],
  }: {
    readonly changed: boolean;
    readonly runbookSha256: string;
    readonly left?: readonly Attachment[];
  },
  attempt: number,
): readonly Vouched[] {
  const text = { path: runbookOf(attempt), bytes: null, sha256: runbookSha256 };
  return changed ? [text, ...left] : left;
}
