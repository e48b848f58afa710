import { setTimeout as sleep } from 'node:timers/promises';
import { HandrailError } from '../../engine/model/errors.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import { createHandrail } from '../../handrail.ts';
import { withLock } from '../../host/eager-lock.ts';
import type { Handrail, RunHandle } from '../../library.ts';
import { loadPolicy } from '../policy.ts';
import { cancelOf, type Filed, type Judged, judge } from '../requests/judge.ts';
import { whyWith } from '../requests/queue.ts';
import type { QueueState, RequestSource } from '../requests/source.ts';
import { rememberingSigner } from '../signed.ts';
import { readyToStart, refusedRun, type Workplace, wasStarted } from './carry-out.ts';
import { type DueEntry, dueRuns, isDueId } from './due-runs.ts';
import { leftRuns } from './left-runs.ts';
import { cancelEvent, requestEvents, type Saying, saying } from './said.ts';
import { Strangers } from './strangers.ts';

/** What a worker works with. */
export interface WorkerSetting extends Omit<Workplace, 'policy'> {
  readonly host: string;
  readonly policyFile: string;
  readonly source: RequestSource;
  /** Entries of schedules in this host's own files. */
  schedules?(): Promise<readonly DueEntry[]>;
  /** Runs at a time. */
  readonly atOnce: number;
  /** One line about what happened. */
  log(line: string): void;
}

/** A host's worker. */
export interface Worker {
  /** Looks at everything there is; looks again when it was asked to meanwhile. Never throws. */
  look(): Promise<void>;
  /** Goes on with runs that an earlier worker of this host left. */
  recover(): Promise<void>;
  /** Looks until nothing is under way, and nothing is left that waited for what was. */
  finish(): Promise<void>;
  /** Takes no more; resolves when what is under way has ended. */
  drain(): Promise<void>;
  /** Ends what is under way, as that signal would. */
  end(signal: string): void;
  readonly busy: number;
  /** Whether nothing more becomes of a request here, whatever is said or however long it lies. */
  isOver(id: string): boolean;
  /** Runs that wait for somebody's word. */
  readonly waiting: number;
}

interface UnderWay {
  readonly abort: AbortController;
  readonly said: Saying;
  readonly ended: Promise<void>;
  isCancelled: boolean;
}

/** Ids of runs that are recorded, and how their requests stand. */
const SETTLED: ReadonlySet<Judged['state']> = new Set(['expired']);
/** What is known of requests that are over is forgotten rather than to grow without an end. */
const MOST_KNOWN = 5000;
/** So long a worker that ends waits to hear whether what it asked for is its own. */
const TAKING_MS = 1000;
const LOOK_MS = 20;
const MOST_LOOKS = 20;
const A_SECOND_MS = 1000;
/** So many times as long as a look took it rests then, up to this. */
const REST = 2;
const LONGEST_REST_MS = 250;
const TOO_MANY =
  'more requests than anybody would make are signed by nobody known here: from now on today they are refused without a record';

const BEHIND = 'another request of its runbook waits for the lock before it';

/** A worker that takes the requests to its host and believes its host's own files alone. */
export function createWorker(setting: WorkerSetting): Worker {
  const { host, source, atOnce, log } = setting;
  const underWay = new Map<string, UnderWay>();
  const settled = new Set<string>();
  const signer = rememberingSigner();
  const strangers = new Strangers(setting.world.state);
  let isDraining = false;
  /** Nothing is under way, and nothing is begun any more. */
  let hasEnded = false;
  let looking: Promise<void> | undefined;
  let again = false;
  const place = async (): Promise<Workplace> => ({
    ...setting,
    policy: await loadPolicy(setting.policyFile),
  });
  const left = leftRuns({
    host,
    source,
    place,
    signer,
    isUnderWay: (id) => isDraining || underWay.has(id) || taking.has(id),
    // Its time counts: that it was taken is the record's word, and that it was begun would be this host's own.
    async beginClaimed(filed) {
      taken.add(filed.id);
      const workplace = await place();
      await alone(`request ${filed.id}`, () => consider(filed, workplace, new Set()));
    },
    follow: (...run) => void follow(...run),
    tell: (...words) => tell(...words),
    log,
  });

  const due = dueRuns({
    host,
    source,
    entries: async () => (await setting.schedules?.()) ?? [],
    place,
    mayBegin: (id) => !isDraining && !underWay.has(id) && underWay.size < atOnce,
    follow: (...run) => void follow(...run),
    log,
  });

  async function lookOnce(): Promise<void> {
    for (const known of [settled, told, stuck, heldUp]) if (known.size > MOST_KNOWN) known.clear();
    await endCancelled();
    if (isDraining) return source.present(underWay.size);
    await alone('runs that wait', () => left.heed());
    await alone('schedules', () => due.start(new Date()));
    const workplace = await place();
    const busy = new Set<string>();
    for (const filed of await source.open()) {
      if (isDraining) break;
      if (underWay.has(filed.id) || settled.has(filed.id)) continue;
      await alone(`request ${filed.id}`, () => consider(filed, workplace, busy));
    }
    // Whoever is waited for comes first, and who watches after that.
    await source.present(underWay.size);
  }

  /** What one request makes impossible is no reason to leave the next one lying; it is told once. */
  async function alone(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // A record that is away says so to every one of them.
      if (isAway(error)) throw error;
      const words = `${what}: ${inWords(error)}`;
      if (!stuck.has(words)) log(words);
      stuck.add(words);
    }
  }
  const stuck = new Set<string>();

  /** `busy`: runbooks whose lock was held just now; who came later does not overtake who waits for it. */
  async function consider(filed: Filed, workplace: Workplace, busy: Set<string>): Promise<void> {
    if (isDueId(filed.id)) return passBy(filed.id);
    const { policy } = workplace;
    const judged = await judge(filed, { host, policy, now: new Date(), signer });
    if (judged.state === 'ready') {
      if (underWay.size >= atOnce) return tell(filed.id, 'queued', `${underWay.size} others run`);
      if (busy.has(judged.request.runbook)) return tell(filed.id, 'queued', BEHIND);
      return start(filed, judged, workplace, busy);
    }
    if (judged.state === 'refused' || judged.state === 'cancelled')
      return refuse(filed, judged, judged.why, workplace);
    if (SETTLED.has(judged.state)) settled.add(filed.id);
    return tell(filed.id, judged.state, judged.why);
  }

  /** It is not taken and not recorded either: the due time would count as done. */
  async function passBy(id: string): Promise<void> {
    settled.add(id);
    await tell(id, 'refused', 'its id is one that only a schedule gives');
  }

  async function tell(id: string, state: QueueState, why: string): Promise<void> {
    const words = `${state}${why === '' ? '' : ` (${why})`}`;
    if (told.get(id) === words) return;
    log(`request ${id}: ${words}`);
    try {
      await source.say(id, state, why);
      told.set(id, words);
    } catch (error) {
      // What is done does not hang on what is told.
      problem(error);
    }
  }
  const told = new Map<string, string>();

  /** Requests that another run's lock kept from beginning at the last look. */
  const heldUp = new Set<string>();
  /** Requests that are being taken, and those that were taken for this host and never begun. */
  const taking = new Set<string>();
  const taken = new Set<string>();

  /** Takes a request for good, and begins what is to be done with it; where another has it, nothing is begun. */
  async function take(
    { id, document }: Pick<Filed, 'id' | 'document'>,
    begin: () => Promise<void>,
  ): Promise<boolean> {
    if (taking.has(id) || underWay.has(id)) return false;
    taking.add(id);
    try {
      const isOurs = taken.delete(id) || (await source.claim(id, document));
      // What is taken by a worker that ends is begun by the next one of its name.
      if (!isOurs || hasEnded) return false;
      await begin();
      return true;
    } finally {
      taking.delete(id);
    }
  }

  async function start(
    filed: Filed,
    judged: Extract<Judged, { state: 'ready' }>,
    workplace: Workplace,
    busy: Set<string>,
  ): Promise<void> {
    const ready = await readyToStart(judged, filed, workplace, heldUp.delete(filed.id));
    if ('waiting' in ready) return tell(filed.id, 'waiting', ready.waiting);
    if ('refused' in ready) return refuse(filed, judged, ready.refused, workplace);
    if ('heldBy' in ready) {
      busy.add(judged.request.runbook);
      heldUp.add(filed.id);
      return tell(filed.id, 'queued', `its lock is held by ${ready.heldBy}`);
    }
    const { plan, source: text, handrail, lock } = ready;
    let isBegun = false;
    const begin = async (): Promise<void> => {
      // What was taken and never begun was looked for already.
      if (!taken.has(filed.id) && (await isOver(handrail, filed.id))) return;
      await take(filed, async () => {
        const said = saying(requestEvents(judged, filed.document, workplace.policy));
        const abort = new AbortController();
        const { operator } = workplace;
        const { signal } = abort;
        const handle = handrail.run(plan, text, {
          operator,
          signal,
          run: filed.id,
          said,
          ...(lock && { lock }),
        });
        isBegun = true;
        void follow(filed.id, handle, { abort, said });
      });
    };
    await withLock(lock, () => isBegun, begin);
    if (isBegun) await tell(filed.id, 'running', '');
  }

  /** A request that was carried out here before is never started again, whatever the record says by now. */
  async function isOver(handrail: Handrail, id: string): Promise<boolean> {
    if (!(await wasStarted(handrail, id))) return false;
    settled.add(id);
    log(`request ${id}: was started on this host before, and is not started again`);
    await source.say(id, 'refused', 'it was started on this host before');
    return true;
  }

  /** Takes for good what comes to nothing here: it stays so, whatever is deleted or put in its place later. */
  async function refuse(
    filed: Filed,
    judged: Exclude<Judged, { state: 'waiting' }>,
    why: string,
    workplace: Workplace,
  ): Promise<void> {
    const isStrange = judged.requester === null;
    const id = (isStrange ? source.idOfStranger?.(filed) : undefined) ?? filed.id;
    settled.add(id);
    const handrail = createHandrail({ ...workplace.world, cwd: '/' });
    if (await isOver(handrail, id)) return;
    const standing = isStrange ? strangers.next(new Date()) : 'recorded';
    const own = { ...filed, id };
    const isTaken = await take(own, async () => {
      if (standing !== 'recorded') return;
      // It is told when it is on disk: what is only said is forgotten with the worker.
      await follow(id, await refusedRun(own, judged, why, workplace), null);
    });
    if (standing === 'first too many') log(TOO_MANY);
    if (!isTaken) return;
    const state = judged.state === 'cancelled' ? 'cancelled' : 'refused';
    if (standing === 'recorded') await tell(filed.id, state, why);
    else await source.say(filed.id, state, why);
  }

  function follow(
    id: string,
    handle: RunHandle,
    control: { readonly abort: AbortController; readonly said: Saying } | null,
  ): Promise<void> {
    const ended = readToEnd(id, handle).then(async () => {
      underWay.delete(id);
      await left.ended(id);
      if (!isDraining) void look();
    });
    const { abort, said } = control ?? { abort: new AbortController(), said: saying([]) };
    underWay.set(id, { abort, said, ended, isCancelled: false });
    return ended;
  }

  async function readToEnd(id: string, handle: RunHandle): Promise<void> {
    try {
      for await (const event of handle.events) logEvent(id, event);
    } catch (error) {
      log(`run ${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  function logEvent(id: string, event: RunEvent): void {
    if (event.type === 'step.started') log(`run ${id}: step ${event.stepId}`);
    if (event.type === 'step.finished' && event.outcome !== 'passed')
      log(`run ${id}: step ${event.stepId} ${event.outcome}`);
    if (event.type === 'run.finished')
      log(
        `run ${id}: ${event.outcome}, exit ${event.exitCode}${event.why ? ` (${whyWith(event.why, event.findings ?? [])})` : ''}`,
      );
  }

  async function endCancelled(): Promise<void> {
    for (const [id, work] of underWay) {
      if (work.isCancelled) continue;
      const filed = await source.read(id);
      if (filed === undefined || filed.cancels.length === 0) continue;
      const cancel = await cancelOf(filed, (await place()).policy, signer);
      if (cancel === undefined) continue;
      work.isCancelled = true;
      log(`run ${id}: ${cancel.why}`);
      work.said.add(cancelEvent(cancel.by, cancel.why));
      work.abort.abort('SIGTERM');
    }
  }

  /**
   * Whoever has a login can ring without an end: so many looks follow at once, and more of them after a rest that leaves the
   * processor to others most of the time. A request and its answer are four looks, so that the rest is no longer than that.
   */
  const lately: number[] = [];
  let tookMs = 0;
  async function inTurn(): Promise<void> {
    const now = performance.now();
    lately.push(now);
    if (lately.length > MOST_LOOKS && now - (lately.shift() ?? 0) < A_SECOND_MS && !isDraining)
      await sleep(Math.min(REST * tookMs, LONGEST_REST_MS));
    const beganMs = performance.now();
    await lookOnce().finally(() => {
      tookMs = performance.now() - beganMs;
    });
  }

  async function look(): Promise<void> {
    again = true;
    looking ??= (async () => {
      while (again) {
        again = false;
        try {
          await inTurn();
        } catch (error) {
          problem(error);
        }
      }
    })().finally(() => {
      looking = undefined;
    });
    await looking;
  }

  let lastProblem = '';
  function problem(error: unknown): void {
    if (hasEnded) return;
    const why = inWords(error);
    if (why !== lastProblem) log(why);
    lastProblem = why;
  }

  return {
    look,
    async recover() {
      if (isDraining) return;
      try {
        await left.recover();
        await due.recover();
      } catch (error) {
        problem(error);
      }
    },
    async finish() {
      await look();
      while (underWay.size > 0) {
        await Promise.race([...underWay.values()].map(({ ended }) => ended));
        await look();
      }
    },
    async drain() {
      isDraining = true;
      const untilMs = Date.now() + TAKING_MS;
      while (underWay.size > 0 || (taking.size > 0 && Date.now() < untilMs)) {
        await Promise.all([...underWay.values()].map(({ ended }) => ended));
        if (taking.size > 0) await sleep(LOOK_MS);
      }
      hasEnded = true;
    },
    end(signal) {
      for (const { abort } of underWay.values()) abort.abort(signal);
    },
    isOver: (id) => settled.has(id),
    get busy() {
      return underWay.size;
    },
    get waiting() {
      return left.waiting;
    },
  };
}

const inWords = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The record does not answer, or the line to it is gone. */
function isAway(error: unknown): boolean {
  return error instanceof HandrailError && error.code === 'UNREACHABLE';
}
