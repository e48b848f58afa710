import { HandrailError } from '../../engine/model/errors.ts';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { knownZone } from '../../engine/timeline/zone.ts';
import { provenanceOf, timezoneOf } from '../../host/provenance.ts';
import type { CliContext } from '../context.ts';

/** Who says something at this command line, and where. */
export interface SaidBy {
  readonly by: string;
  readonly host: string;
  readonly actorType: TimelineEvent['actor']['type'];
}

/** Who says it: as given, else the user behind sudo, else the user. */
export function saidBy({ env, cwd, version }: CliContext, given: string | undefined): SaidBy {
  const who = provenanceOf({ env, cwd, version, gitIdentity: undefined });
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
