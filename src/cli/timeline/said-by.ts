import { HandrailError } from '../../engine/model/errors.ts';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { parseWhen, type When } from '../../engine/timeline/when.ts';
import { knownZone } from '../../engine/timeline/zone.ts';
import { provenanceOf, timezoneOf } from '../../host/provenance.ts';
import { systemClock } from '../../host/system-clock.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { hostInTeam } from '../team/configuration.ts';

/** Who says something at this command line, and where. */
export interface SaidBy {
  readonly by: string;
  readonly host: string;
  readonly actorType: TimelineEvent['actor']['type'];
}

/** Who says it: as given, else the user behind sudo, else the user. */
export function saidBy({ env, cwd, version }: CliContext, given: string | undefined): SaidBy {
  const who = provenanceOf({ env, cwd, version, gitIdentity: undefined, host: hostInTeam(env) });
  const actorType =
    who.trigger === 'cron' ? 'cron' : /^(?:ci|systemd)$/.test(who.trigger) ? 'service' : 'human';
  return {
    by: given ?? who.sudoUser ?? who.user ?? 'unknown',
    host: who.host,
    actorType: given === undefined ? actorType : 'human',
  };
}

/** The zone of times that state none: as given, else the machine's. Throws USAGE for one that does not exist. */
export function zoneOf({ env }: Pick<CliContext, 'env'>, given: string | undefined): string {
  if (given === undefined) return knownZone(timezoneOf(env) ?? 'UTC') ?? 'UTC';
  const known = knownZone(given);
  if (known !== undefined) return known;
  const message = `There is no time zone \`${given}\`. Give an IANA name such as Europe/Zagreb.`;
  throw new HandrailError('USAGE', { message });
}

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
