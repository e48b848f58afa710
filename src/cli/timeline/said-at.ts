import { parseWhen, type When } from '../../engine/timeline/when.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { systemClock } from '../system-clock.ts';
import { zoneOf } from './said-by.ts';

/** Clocks of two machines may be so far apart. */
const FUTURE_MS = 60_000;

/** When it happened, as `--at` and `--timezone` say; `null`: now. Throws TIME_UNREADABLE, USAGE. */
export function saidAt(invocation: Invocation, context: CliContext): When | null {
  const at = invocation.text('at');
  if (at === undefined) return null;
  return parseWhen(at, systemClock.nowMs(), zoneOf(context, invocation.text('timezone')));
}

/** Whether a time is still to come, by this machine's clock. */
export function isToCome({ at }: When): boolean {
  return Date.parse(at) - systemClock.nowMs() > FUTURE_MS;
}
