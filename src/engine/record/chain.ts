import { sha256Of } from '../../text/sha256.ts';
import type { Clock } from '../contracts/clock.ts';
import type { EventHeader, RunEventBody, StoredEvent } from '../model/event.ts';
import {
  call,
  fields,
  figure,
  list,
  membersOf,
  refuse,
  refuseArguments,
  sha256,
  whole,
  word,
} from '../model/guard.ts';

/** What stands in `prev` of a first line. */
export const NO_HEAD = '0'.repeat(64);

/** SHA-256 (hex) of a line's raw bytes, without its newline. */
export function hashOfLine(raw: Uint8Array | string): string {
  return sha256Of(raw);
}

/** Where a chain stands: what the next line needs to know of those before it. */
export interface ChainState {
  readonly nextSeq: number;
  readonly head: string;
  readonly attempt: number;
}

/** Where a chain stands behind a line that was written; `undefined`: it is no event. */
export function stateAfter(raw: Uint8Array): ChainState | undefined {
  try {
    const event: { readonly seq?: unknown; readonly attempt?: unknown } = JSON.parse(
      Buffer.from(raw).toString(),
    );
    if (typeof event.seq !== 'number' || typeof event.attempt !== 'number') return undefined;
    return { nextSeq: event.seq + 1, head: hashOfLine(raw), attempt: event.attempt };
  } catch {
    return undefined;
  }
}

/** Lines ready to be written; the chain has moved on only after `commit`. */
export interface Draft {
  readonly text: string;
  readonly events: readonly StoredEvent[];
  readonly state: ChainState;
  readonly originMs: number;
}

const STATE = fields({ nextSeq: whole, head: sha256, attempt: whole });
const MADE_OF = {
  run: word,
  clock: membersOf('a clock (nowMs, monoMs)', { nowMs: call, monoMs: call }),
  state: STATE,
};
const DRAFTED = { bodies: list(fields({ type: word })) };
const COMMITTED = { state: STATE, originMs: figure };

/** Puts headers on events and chains their lines; writes nothing. */
export class Chain {
  readonly run: string;
  readonly #clock: Clock;
  #state: ChainState;
  #originMs: number;

  constructor(
    run: string,
    clock: Clock,
    state: ChainState = { nextSeq: 0, head: NO_HEAD, attempt: 1 },
  ) {
    refuseArguments('Chain', { run, clock, state }, MADE_OF);
    this.run = run;
    this.#clock = clock;
    this.#state = state;
    this.#originMs = clock.monoMs();
  }

  get state(): ChainState {
    return this.#state;
  }

  /** `run.resumed` begins a new attempt: from it on, `attempt` is one more and `monoMs` counts anew. */
  draft(bodies: readonly RunEventBody[]): Draft {
    refuseArguments('draft', { bodies }, DRAFTED);
    let { nextSeq, head, attempt } = this.#state;
    let originMs = this.#originMs;
    let text = '';
    const events: StoredEvent[] = [];
    for (const body of bodies) {
      if (body.type === 'run.resumed') {
        attempt += 1;
        originMs = this.#clock.monoMs();
      }
      const header: EventHeader = {
        seq: nextSeq,
        at: new Date(this.#clock.nowMs()).toISOString(),
        monoMs: Math.round((this.#clock.monoMs() - originMs) * 10) / 10,
        run: this.run,
        attempt,
        type: body.type,
        prev: head,
      };
      const event = Object.assign(header, body);
      const line = JSON.stringify(event);
      head = hashOfLine(line);
      nextSeq += 1;
      text += `${line}\n`;
      events.push(event);
    }
    return { text, events, state: { nextSeq, head, attempt }, originMs };
  }

  commit(draft: Draft): void {
    refuse('commit', 'its draft', draft, COMMITTED);
    this.#state = draft.state;
    this.#originMs = draft.originMs;
  }
}
