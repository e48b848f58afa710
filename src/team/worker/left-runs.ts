import { rmSync } from 'node:fs';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { createHandrail } from '../../handrail.ts';
import type { Handrail } from '../../library.ts';
import { documentHash } from '../documents.ts';
import { cancelOf, type Filed, type Judged, judge } from '../requests/judge.ts';
import type { QueueState, RequestSource } from '../requests/source.ts';
import type { Signer, SignerOf } from '../signed.ts';
import { goOnWith, isInChain, isSigned, leave, type Workplace, wasStarted } from './carry-out.ts';
import { isDueId } from './due-runs.ts';
import { cancelEvent, type Saying, saying } from './said.ts';

/** What looking after such runs takes. */
export interface LeftSetting {
  readonly host: string;
  readonly source: RequestSource;
  place(): Promise<Workplace>;
  readonly signer: SignerOf;
  isUnderWay(id: string): boolean;
  /** Begins what was claimed for this host and lost before it began. */
  beginClaimed(filed: Filed): Promise<void>;
  follow(
    id: string,
    handle: Awaited<ReturnType<typeof goOnWith>>,
    control: { readonly abort: AbortController; readonly said: Saying },
  ): void;
  tell(id: string, state: QueueState, why: string): Promise<void>;
  log(line: string): void;
}

/** Runs of requests that were begun here and are not over: nobody else goes on with them. */
export interface LeftRuns {
  /** Goes on with runs that an earlier worker left in the middle, and learns which of them wait. */
  recover(): Promise<void>;
  /** Looks whether somebody said what a waiting run waits for, or that it is to end. */
  heed(): Promise<void>;
  /** A run of this worker has come to its end for now. */
  ended(id: string): Promise<void>;
  readonly waiting: number;
}

type WaitsFor = RunReport['waitingFor'];

/** Looks after the runs that this worker claimed. */
export function leftRuns(setting: LeftSetting): LeftRuns {
  const { host, source, log, tell, signer } = setting;
  const over = new Set<string>();
  const waiting = new Map<string, WaitsFor>();

  async function recover(): Promise<void> {
    const place = await setting.place();
    for (const id of await source.claimed())
      if (!over.has(id) && !isDueId(id) && !setting.isUnderWay(id)) await look(id, place);
  }

  async function look(id: string, place: Workplace): Promise<void> {
    const handrail = createHandrail({ ...place.world, cwd: '/' });
    const reader = await handrail.store.read(id);
    if (reader === undefined) return neverBegun(id, handrail);
    if (await reader.live()) return;
    if (await isEmpty(reader)) return neverWritten(id, reader.where, handrail);
    const { outcome, waitingFor } = await handrail.report(reader);
    if (outcome === 'waiting') waiting.set(id, waitingFor);
    else waiting.delete(id);
    if (outcome === 'interrupted') await goOn(id, 'it was interrupted', place);
    else if (outcome !== 'waiting') over.add(id);
  }

  /** The worker or the line was lost between the claim and the run's first line: nothing of it was done. */
  async function neverBegun(id: string, handrail: Handrail): Promise<void> {
    if (await wasStarted(handrail, id)) return void over.add(id);
    const filed = await source.read(id);
    if (filed !== undefined) await setting.beginClaimed(filed);
  }

  /** Its folder was made and not a line of it written: a step begins only when its run's first line is on disk. */
  async function neverWritten(id: string, folder: string, handrail: Handrail): Promise<void> {
    // The chain of all runs knows it already, and takes nothing twice.
    if (await isInChain(handrail, id)) return tell(id, 'failed', LOST);
    const filed = await source.read(id);
    if (filed === undefined) return;
    rmSync(folder, { recursive: true, force: true });
    await setting.beginClaimed(filed);
  }

  async function heed(): Promise<void> {
    if (waiting.size === 0) return;
    const place = await setting.place();
    for (const [id, waitsFor] of waiting) {
      if (setting.isUnderWay(id)) continue;
      const filed = await source.read(id);
      if (filed === undefined) continue;
      const cancel = await cancelOf(filed, place.policy, signer);
      if (cancel !== undefined) await end(filed, cancel, place);
      else if (waitsFor?.second !== undefined) await heedWord(filed, waitsFor, place);
    }
  }

  async function heedWord(
    filed: Filed,
    { stepId, second }: NonNullable<WaitsFor>,
    place: Workplace,
  ): Promise<void> {
    const judged = await judgedAgain(filed, place);
    const sha256 = second?.sha256 ?? '';
    if (judged.state !== 'ready' || !(await isSigned(judged, place, { stepId, sha256 }))) return;
    await goOn(filed.id, 'a second person signed what it waited for', place);
  }

  async function goOn(id: string, why: string, place: Workplace): Promise<void> {
    const filed = await source.read(id);
    if (filed === undefined) return;
    const judged = await judgedAgain(filed, place);
    if (judged.state === 'cancelled') return end(filed, judged, place);
    if (judged.state !== 'ready') return tell(id, 'unknown', `not gone on with: ${judged.why}`);
    await begin(id, why, (control) => goOnWith(judged, place, control));
  }

  /** Somebody who may said that it is to end: nothing more of it is done, and its record says so. */
  async function end(
    filed: Filed,
    { by, why }: { readonly by: Signer; readonly why: string },
    place: Workplace,
  ): Promise<void> {
    const { request } = await judgedAgain(filed, place);
    if (request === null) return;
    await begin(filed.id, why, (control) => {
      control.said.add(cancelEvent(by, why));
      control.abort.abort('SIGTERM');
      return leave(request, place, control);
    });
  }

  async function begin(
    id: string,
    why: string,
    resume: (control: {
      readonly abort: AbortController;
      readonly signal: AbortSignal;
      readonly said: Saying;
    }) => ReturnType<typeof goOnWith>,
  ): Promise<void> {
    const abort = new AbortController();
    const said = saying([]);
    try {
      const handle = await resume({ abort, signal: abort.signal, said });
      log(`run ${id}: gone on with after ${why}`);
      waiting.delete(id);
      setting.follow(id, handle, { abort, said });
    } catch (error) {
      await tell(id, 'unknown', error instanceof Error ? error.message : String(error));
    }
  }

  /** It was in time when it was started; and it has to be what was started, not another request by the same id. */
  async function judgedAgain(filed: Filed, { policy, world }: Workplace): Promise<Judged> {
    const judged = await judge(filed, { host, policy, now: null, signer });
    if (judged.state !== 'ready') return judged;
    const handrail = createHandrail({ ...world, cwd: '/' });
    if ((await begunFor(handrail, filed.id)) === documentHash(filed.document)) return judged;
    const { request, requester } = judged;
    return { state: 'refused', why: OTHER, request, requester };
  }

  return {
    recover,
    heed,
    async ended(id) {
      try {
        await look(id, await setting.place());
      } catch {
        // It is looked at again with the others.
      }
    },
    get waiting() {
      return waiting.size;
    },
  };
}

const OTHER = 'the request that lies there now is another one than this run was begun for';

/** The hash of the document that a run was begun for; `undefined`: its record names none. */
async function begunFor(handrail: Handrail, run: string): Promise<string | undefined> {
  const reader = await handrail.store.read(run);
  if (reader === undefined) return undefined;
  for (const { event } of (await handrail.report(reader)).remarks)
    if (event.type === 'request.received') return event.document;
  return undefined;
}

const LOST = 'this host was lost when the run was about to begin: nothing was done. Ask again';

async function isEmpty(reader: RunReader): Promise<boolean> {
  for await (const { complete } of reader.lines()) if (complete) return false;
  return true;
}
