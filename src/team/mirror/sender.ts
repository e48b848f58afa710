import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHAIN, runFolder } from '../../engine/record/files.ts';
import { isFenced } from '../../stores/files/fence.ts';
import { connectTeam, sqlstateOf, type TeamConnection } from '../../stores/team/connection.ts';
import { sha256Of } from '../../text/sha256.ts';
import { type Marks, NOTHING_SENT, openMarks } from './marks.ts';
import { newLines, sizeOf } from './new-lines.ts';
import { type Growing, inOneTransaction, type Sending } from './one-transaction.ts';
import { behind, isBehind } from './outbox.ts';
import { sendIncidents } from './send-incidents.ts';
import { sendLines } from './send-lines.ts';
import { sendRun } from './send-run.ts';

/** What a sender works for. */
export interface Mirror {
  /** The state folder. */
  readonly state: string;
  readonly url: string;
}

/** What was sent. */
export interface SentAll {
  readonly runs: number;
  readonly lines: number;
  /** Runs, chains and incidents of which the record holds something else. */
  readonly forks: readonly string[];
  /** Runs that the record does not take from this host, with what it says. */
  readonly refused: readonly { readonly run: string; readonly why: string }[];
}

const PATIENCE = { connectMs: 5000, silenceMs: 15_000 };

/** Sends everything that the record does not have. Throws UNREACHABLE, or what the server says. */
export async function sendAll({ state, url }: Mirror): Promise<SentAll> {
  const marks = openMarks(state, url);
  const team = await connectTeam(url, PATIENCE);
  const sending: Sending = { team, marks, growing: new Map() };
  const leave = await marks.turn();
  try {
    const { runs } = behind(state, marks);
    const chainBytes = chainSize(state);
    let lines = 0;
    const refused: { run: string; why: string }[] = [];
    let first: unknown;
    for (const run of runs)
      try {
        lines += await inOneTransaction(
          sending,
          async (own) => (await sendRun(own, state, run)).lines,
        );
      } catch (error) {
        if (!isOfOneRun(error)) throw error;
        first ??= error;
        refused.push({ run, why: error instanceof Error ? error.message : String(error) });
      }
    // What is said of every run is no word about one of them.
    if (runs.length > 0 && refused.length === runs.length) throw first;
    await inOneTransaction(sending, (own) => sendChain(own, state, chainBytes));
    lines += await sendIncidentsToo(sending, state);
    return {
      runs: runs.length - refused.length,
      lines,
      forks: behind(state, marks).forks,
      refused,
    };
  } finally {
    leave();
    await team.close();
  }
}

/** The server refused what was sent of one run, such as one that belongs to another host: the others are sent all the same. */
function isOfOneRun(error: unknown): boolean {
  return OF_ONE_RUN.has(sqlstateOf(error).slice(0, 2));
}

/** Classes of SQLSTATE: wrong data, what is there already, what is not allowed, what a function raised. */
const OF_ONE_RUN: ReadonlySet<string> = new Set(['22', '23', '42', 'P0']);

const LOOK_MS = 150;
const BEAT_MS = 5000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Runs whose lines are sent while they are written. */
export interface LiveMirror extends Mirror {
  /** Runs to look at again and again. */
  readonly runs: ReadonlySet<string>;
  readonly signal: AbortSignal;
  /** Called when there is a line to the record, and when there is none any more. */
  connected?(isConnected: boolean): void;
  /** Called after every look that came through. */
  seen?(run: string, isLive: boolean): void;
}

/** Sends runs as they go on, and what is left of older ones, until it is told to stop. A database that is away is tried again. */
export async function sendLive(mirror: LiveMirror): Promise<void> {
  const { state, url, signal } = mirror;
  const marks = openMarks(state, url);
  const growing: Growing = new Map();
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    let team: TeamConnection | undefined;
    try {
      team = await connectTeam(url, { ...PATIENCE, signal });
      const own = team;
      mirror.connected?.(true);
      pauseMs = FIRST_PAUSE_MS;
      await untilStopped(mirror, own, marks, growing);
    } catch {
      // Whatever it is, the log is still here: it is sent when it can be.
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    } finally {
      mirror.connected?.(false);
      await team?.close();
    }
  }
}

async function untilStopped(
  mirror: LiveMirror,
  team: TeamConnection,
  marks: Marks,
  growing: Growing,
): Promise<void> {
  const { state, runs, signal } = mirror;
  const sending: Sending = { team, marks, growing };
  const senders: Senders = { sending, beaten: new Map(), heldBack: new Map() };
  const { heldBack } = senders;
  let backlog: readonly string[] | undefined;
  while (!signal.aborted) {
    backlog ??= behind(state, marks).runs.filter((run) => !runs.has(run));
    const [older, ...later] = backlog;
    backlog = later;
    const now = Date.now();
    const wanted = [...runs].filter(
      (run) =>
        now > (heldBack.get(run) ?? 0) && (isAtWork(state, run) || isBehind(state, run, marks)),
    );
    if (older !== undefined) wanted.push(older);
    if (wanted.length > 0) {
      const leave = await marks.turn();
      try {
        await pass(mirror, wanted, senders);
      } finally {
        leave();
      }
    }
    for (const run of [...runs]) mirror.seen?.(run, isAtWork(state, run));
    if (older === undefined) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

interface Senders {
  readonly sending: Sending;
  readonly beaten: Map<string, number>;
  /** Runs that the record refused (`''`: the incidents), and until when they are left alone. */
  readonly heldBack: Map<string, number>;
}

/** One look is one transaction; where the record refuses a part of it, each part is sent by itself. */
async function pass({ state }: Mirror, wanted: readonly string[], senders: Senders): Promise<void> {
  const { sending, heldBack } = senders;
  const chainBytes = chainSize(state);
  const isHeldBack = (name: string): boolean => Date.now() < (heldBack.get(name) ?? 0);
  try {
    return await inOneTransaction(sending, async (own) => {
      for (const run of wanted) await sendWithPulse(own, state, run, senders);
      await sendChain(own, state, chainBytes);
      if (!isHeldBack(INCIDENTS)) await sendIncidents(own, state);
    });
  } catch (error) {
    if (!isOfOneRun(error)) throw error;
  }
  const holdBack = (name: string) => (error: unknown) => {
    if (!isOfOneRun(error)) throw error;
    heldBack.set(name, Date.now() + LONGEST_PAUSE_MS);
  };
  for (const run of wanted)
    await inOneTransaction(sending, (own) => sendWithPulse(own, state, run, senders)).catch(
      holdBack(run),
    );
  await inOneTransaction(sending, (own) => sendChain(own, state, chainBytes));
  if (!isHeldBack(INCIDENTS))
    await inOneTransaction(sending, (own) => sendIncidents(own, state)).catch(holdBack(INCIDENTS));
}

const INCIDENTS = '';

async function sendWithPulse(
  sending: Sending,
  state: string,
  run: string,
  { beaten }: Senders,
): Promise<void> {
  const { isLive } = await sendRun(sending, state, run);
  if (isLive) await beat(sending.team, run, beaten);
}

function isAtWork(state: string, run: string): boolean {
  return isFenced(runFolder(state, run));
}

async function beat(team: TeamConnection, run: string, beaten: Map<string, number>): Promise<void> {
  const now = Date.now();
  if (now - (beaten.get(run) ?? 0) < BEAT_MS) return;
  await team.rows('SELECT handrail.beat($1)', [run]);
  beaten.set(run, now);
}

function chainSize(state: string): number {
  return sizeOf(join(state, CHAIN));
}

/** Sends what is new of the chain of all runs of a state folder, up to a size that it had before its runs were sent. */
async function sendChain({ team, marks }: Sending, state: string, upTo: number): Promise<number> {
  const path = join(state, CHAIN);
  if (upTo === 0) return 0;
  const [first] = firstLine(path, upTo);
  if (first === undefined) return 0;
  const chain = sha256Of(first);
  if (marks.get(CHAIN).chain !== chain) marks.set(CHAIN, { ...NOTHING_SENT, chain });
  if (marks.get(CHAIN).fork !== undefined) return 0;
  return sendLines(marks, {
    path,
    upTo,
    name: CHAIN,
    anew: { ...NOTHING_SENT, chain },
    async append(from, lines) {
      const [end] = await team.rows<{ fork: number | null }>(
        'SELECT fork FROM handrail.append_chain($1, $2, $3)',
        [Buffer.from(chain, 'hex'), from, lines],
      );
      return end?.fork;
    },
  });
}

/** Incidents wait where the record is of an older version, or refuses them: they are no reason to keep a run back. */
async function sendIncidentsToo(sending: Sending, state: string): Promise<number> {
  try {
    return await inOneTransaction(sending, (own) => sendIncidents(own, state));
  } catch (error) {
    if (isOfOneRun(error)) return 0;
    throw error;
  }
}

function firstLine(path: string, upTo: number): readonly Buffer[] {
  for (const lines of newLines(path, 0, upTo)) return lines;
  return [];
}
