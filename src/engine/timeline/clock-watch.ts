import type { ClockDisagreement } from '../model/timeline.ts';
import type { LogLine } from './log-lines.ts';

const TOLERANCE_MS = 2000;
const MOST = 50;

/**
 * Compares the two clocks of every line: the wall clock and the monotonic one must move together
 * within an attempt, and lines of one chain, written one after the other, must not go back in time.
 */
export class ClockWatch {
  readonly #log: string;
  readonly #found: ClockDisagreement[] = [];
  #last: { readonly atMs: number; readonly host: string } | null = null;
  #originMs: number | null = null;

  constructor(log: string) {
    this.#log = log;
  }

  get found(): readonly ClockDisagreement[] {
    return this.#found;
  }

  take(line: LogLine, host: string): void {
    const atMs = Date.parse(line.at);
    const byMs = line.event['byMs'];
    if (line.type === 'clock.jumped' && typeof byMs === 'number') {
      this.#add(line, byMs, `the clock of ${host} was set by ${seconds(byMs)} during the run`);
      this.#originMs = null;
    } else if (this.#last && atMs < this.#last.atMs) {
      this.#add(line, atMs - this.#last.atMs, this.#backwards(atMs, host));
      this.#originMs = null;
    } else if (line.type !== 'run.resumed' && line.monoMs > 0) this.#compare(line, atMs, host);
    if (line.type === 'run.resumed' || line.type === 'run.started') this.#originMs = null;
    this.#last = { atMs, host };
  }

  #compare(line: LogLine, atMs: number, host: string): void {
    const originMs = atMs - line.monoMs;
    const driftMs = originMs - (this.#originMs ?? originMs);
    if (Math.abs(driftMs) > TOLERANCE_MS) {
      this.#add(
        line,
        driftMs,
        `wall clock and monotonic clock of ${host} differ by ${seconds(driftMs)}`,
      );
    }
    this.#originMs = Math.abs(driftMs) > TOLERANCE_MS ? originMs : (this.#originMs ?? originMs);
  }

  #backwards(atMs: number, host: string): string {
    const last = this.#last ?? { atMs, host };
    const by = seconds(last.atMs - atMs);
    return last.host === host
      ? `the clock of ${host} went back by ${by}`
      : `the clock of ${host} is at least ${by} behind that of ${last.host}`;
  }

  #add(line: LogLine, byMs: number, message: string): void {
    if (this.#found.length < MOST) {
      this.#found.push({ where: this.#log, line: line.line, byMs: Math.round(byMs), message });
    }
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
