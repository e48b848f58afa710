import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '../../../src/engine/model/event.ts';
import { INCIDENT, type Scene, scene } from './scene.ts';

/** What one kill left, and what was made of it. */
export interface Killed {
  readonly at: string;
  /** On the record, before the run was gone on with. */
  readonly verdict: string;
  /** Everything that is not as promised. */
  readonly wrong: readonly string[];
}

/** When a run is killed: before a change of the disk, in the middle of one, or after a time. */
export type Moment =
  | { readonly write: number; readonly half: boolean }
  | { readonly afterMs: number };

const SIGKILL_EXIT = 137;
const STEP_MS = 10;
const UNKNOWN = 4;

/** What a run that nobody touched may be called, wherever it was killed. */
const HONEST: ReadonlySet<string> = new Set(['none', 'sound', 'unsealed', 'crash tail']);

/**
 * Kills a run at a moment (`null`: it was over before that), looks at its record, and goes on with it, the operator saying by what the step left behind
 * whether it was done.
 */
async function killAt(moment: Moment): Promise<Killed | null> {
  const on = scene('writes, without one', STEP_MS);
  const ended = 'write' in moment ? await on.run(moment) : await on.run({}, moment.afterMs);
  if (ended.exitCode !== SIGKILL_EXIT) return null;
  const at = momentText(moment);
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => void (holds || wrong.push(what));

  const kept = await on.events();
  expect(isBeginning(ended.printed, kept), 'an event that was printed is lost');
  const verdict = await on.verify();
  const isSealed = kept.at(-1)?.type === 'run.sealed';
  expect(verdict !== 'sound' || isSealed, 'a cut log is called sound');
  expect(HONEST.has(verdict), `verify says ${verdict} of what nobody altered`);
  wrong.push(...dishonest(await on.verifyAll()));
  let exitCode = await on.resume();
  const wasBegun = on.starts().includes('two') || kept.some(isStartOf('two'));
  if (exitCode === UNKNOWN) {
    const unknown = (await on.events()).findLast(({ type }) => type === 'run.waiting');
    const id = unknown?.type === 'run.waiting' ? unknown.stepId : '';
    expect(kept.some(isStartOf(id)), `${id} is unknown, and was never begun`);
    const outcome = on.starts().includes(id) ? ('done' as const) : ('not-done' as const);
    exitCode = await on.resume([{ outcome, step: 'last' }]);
  }
  const isEmpty = !kept.some(({ type }) => type === 'run.started');
  if (isEmpty) expect(on.starts().length === 0, 'a step was begun by a run without a record');
  const kinds = isSealed || isEmpty ? [64, 66] : [0];
  expect(kinds.includes(exitCode), `going on ended with ${exitCode}`);
  if (!isEmpty) {
    expect(on.starts().join() === 'one,two,three', `steps began as ${on.starts().join()}`);
    const last = await on.verify();
    expect(last === 'sound', `verify says ${last} at last`);
  }
  expect(!wasBegun || !isEmpty, 'a step was begun before the run was recorded');
  return { at, verdict, wrong };
}

/** Where in the life of a run it is gone on with, and killed while that is done. */
export const LEGS = [
  'its engine was lost',
  'a step failed',
  'the text was edited',
  'its resume was lost',
] as const;
export type Leg = (typeof LEGS)[number];

/** The same to a whole run, or to a leg of one. */
function killIn(leg: Leg | null, moment: Moment): Promise<Killed | null> {
  return leg === null ? killAt(moment) : killResumeAt(leg, moment);
}

/** The ways to kill at a number: before that change of the disk, in the middle of it, after so many milliseconds. */
export const HOWS = ['before', 'by half', 'by time'] as const;
export type How = (typeof HOWS)[number];

/** These runs are over by then: kills behind their end land nowhere. */
export const LAST_MOMENT: Readonly<Record<How, number>> = {
  before: 130,
  'by half': 130,
  'by time': 400,
};

/** The moment of that number. */
export function momentOf(how: How, number: number): Moment {
  return how === 'by time' ? { afterMs: number } : { write: number, half: how === 'by half' };
}

/** What came of kills at those moments, those left out that found the run over. */
export function killedIn(
  leg: Leg | null,
  moments: readonly Moment[],
  limits: Limits = {},
): Promise<readonly Killed[]> {
  return killedEach(moments, limits, (moment) => killIn(leg, moment));
}

/** When it is enough. */
interface Limits {
  readonly most?: number;
  readonly forMs?: number;
}

async function killedEach(
  moments: readonly Moment[],
  { most = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY }: Limits,
  kill: (moment: Moment) => Promise<Killed | null>,
): Promise<readonly Killed[]> {
  const killed: Killed[] = [];
  const left = moments[Symbol.iterator]();
  const endMs = performance.now() + forMs;
  const isEnough = (): boolean => killed.length >= most || performance.now() > endMs;
  const worker = async (): Promise<void> => {
    // Each worker takes its next moment from the same iterator, which a loop over it would close at its own end.
    for (let next = left.next(); !next.done && !isEnough(); next = left.next()) {
      const one = await kill(next.value);
      if (one !== null) killed.push(one);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return killed;
}

/** A note is over by then. */
export const LAST_OF_NOTE = 45;

/**
 * Kills whoever notes into an incident at a moment (`null`: it was over before that): the chain of all incidents has been told
 * beforehand of what they write. Looks at the records, and notes again.
 */
async function killNoteAt(moment: Moment): Promise<Killed | null> {
  const on = scene('reads', STEP_MS);
  const wrong: string[] = [];
  if ((await on.noteUnder({}, 'before')) !== 0) throw new Error('a note that nobody kills');
  const ended = await on.noteUnder('write' in moment ? moment : {}, 'killed');
  if (ended !== SIGKILL_EXIT) return null;
  const found = await on.verifyAll();
  wrong.push(...dishonest(found));
  const verdict = found.find(({ of }) => of === INCIDENT)?.name ?? 'none';
  if ((await on.noteUnder({}, 'after')) !== 0) wrong.push('nothing can be noted behind it');
  const unsound = (await on.verifyAll()).filter(({ name }) => name !== 'sound');
  wrong.push(...unsound.map(({ of, name }) => `verify says ${name} of ${of} at last`));
  const log = join(on.place.folder, '.handrail/incidents', INCIDENT, 'log.jsonl');
  const texts = readFileSync(log, 'utf8').match(/"text":"\w+"/g) ?? [];
  if (!/before.*after/s.test(texts.join()) || texts.length > 3)
    wrong.push(`it holds ${texts.join()}`);
  return { at: momentText(moment), verdict, wrong };
}

/** As many kills a row are enough to see each stretch of a run; on a busy machine it is fewer. */
const ENOUGH: Limits = { most: 12, forMs: 60_000 };

/**
 * The table in the documentation: kills at changes of the disk as far apart from each other as can be, with `all` at every
 * one, and what `verify` said of the records.
 */
export async function momentTable(all: boolean): Promise<{
  readonly text: string;
  readonly broken: readonly string[];
}> {
  const rows: string[] = [];
  const broken: string[] = [];
  for (const leg of [null, ...LEGS, 'a note'] as const)
    for (const how of ['before', 'by half'] as const) {
      const last = leg === 'a note' ? LAST_OF_NOTE : LAST_MOMENT[how];
      const moments = farApart(last).map((number) => momentOf(how, number));
      const limits = all ? {} : ENOUGH;
      const killed = await (leg === 'a note'
        ? killedNotes(moments, limits)
        : killedIn(leg, moments, limits));
      const counts = new Map<string, number>();
      for (const { verdict } of killed) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      const said = [...counts].map(([verdict, count]) => `${verdict} ${count}×`).sort();
      const wrong = killed.flatMap((one) => one.wrong.map((fault) => `${one.at}: ${fault}`));
      broken.push(...wrong.map((fault) => `${leg ?? 'a run'}, ${how}, ${fault}`));
      const end = wrong.length === 0 ? 'as promised' : `${wrong.length} not as promised`;
      const whose =
        leg === null
          ? 'a run'
          : leg === 'a note'
            ? 'a note into an incident'
            : `going on after ${leg}`;
      rows.push(`| ${whose} | ${how} | ${killed.length} | ${said.join(', ')} | ${end} |`);
    }
  const head = [
    '| killed is | the change of the disk | kills | `verify` said | then |',
    '|---|---|---|---|---|',
  ];
  return { text: [...head, ...rows].join('\n'), broken };
}

/** The numbers below `count`, so ordered that however many of them are taken stand far apart from each other. */
function farApart(count: number): readonly number[] {
  const golden = (Math.sqrt(5) - 1) / 2;
  const places = Array.from({ length: count }, (_, at) => Math.floor(((at * golden) % 1) * count));
  return [...new Set([...places, ...Array.from({ length: count }, (_, number) => number)])];
}

/** What came of kills of notes at those moments. */
export function killedNotes(
  moments: readonly Moment[],
  limits: Limits = {},
): Promise<readonly Killed[]> {
  return killedEach(moments, limits, killNoteAt);
}

/** Kills an engine that goes on with a run, looks at the record, and goes on with it once more. */
async function killResumeAt(leg: Leg, moment: Moment): Promise<Killed | null> {
  const on = scene('reads', STEP_MS);
  await BEGINNINGS[leg](on);
  const before = await on.events();
  const ended = await on.resumeUnder('write' in moment ? moment : {}, ['--not-done', 'last']);
  if (ended.exitCode !== SIGKILL_EXIT) return null;
  const wrong: string[] = [];
  const kept = await on.events();
  if (before.some((event, index) => kept[index]?.prev !== event.prev))
    wrong.push('an event from before is lost');
  if (!isBeginning(ended.printed, kept.slice(before.length)))
    wrong.push('an event that was printed is lost');
  const isSealed = kept.at(-1)?.type === 'run.sealed' && kept.length > before.length;
  wrong.push(...dishonest(await on.verifyAll()));
  const verdict = await on.verify();
  let exitCode = await on.resume();
  if (exitCode === UNKNOWN) exitCode = await on.resume([{ outcome: 'not-done', step: 'last' }]);
  if (exitCode !== (isSealed ? 64 : 0)) wrong.push(`going on ended with ${exitCode}`);
  if ((await on.verify()) !== 'sound') wrong.push(`verify says ${await on.verify()}`);
  return { at: momentText(moment), verdict, wrong };
}

const BEGINNINGS: Readonly<Record<Leg, (on: Scene) => Promise<unknown>>> = {
  'its engine was lost': (on) => on.run({ point: 'mid-output', kind: 'torn write' }),
  async 'a step failed'(on) {
    on.edit((text) => text.replace('echo three', 'test -e ready && echo three'));
    await on.run({});
    on.leave('ready');
  },
  async 'its resume was lost'(on) {
    await on.run({ point: 'mid-output', kind: 'SIGKILL' });
    // Behind its entry in the chain of all runs, and before its first line.
    await on.resumeUnder({ write: 27 }, []);
  },
  async 'the text was edited'(on) {
    await on.run({ point: 'mid-output', kind: 'SIGKILL' });
    on.edit((text) => `${text}\nAnd that was all.\n`);
  },
};

/** Verdicts that say of what nobody altered that somebody did. */
function dishonest(verdicts: readonly { readonly of: string; readonly name: string }[]) {
  return verdicts
    .filter(({ name }) => !HONEST.has(name))
    .map(({ of, name }) => `verify says ${name} of ${of}, which nobody altered`);
}

function momentText(moment: Moment): string {
  if ('afterMs' in moment) return `${moment.afterMs} ms`;
  return `write ${moment.write}${moment.half ? ', by half' : ''}`;
}

const isStartOf =
  (id: string) =>
  (event: StoredEvent): boolean =>
    event.type === 'step.started' && event.stepId === id;

/** Every event that came out is kept, in order; output is kept in pieces of its own. */
function isBeginning(printed: readonly StoredEvent[], kept: readonly StoredEvent[]): boolean {
  const types = (events: readonly StoredEvent[]): readonly string[] =>
    events
      .filter(({ type }) => type !== 'step.output' && type !== 'run.sealed')
      .map((event) => `${event.type} ${'stepId' in event ? event.stepId : ''}`);
  const all = types(kept);
  return types(printed).every((one, index) => one === all[index]);
}
