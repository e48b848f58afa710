import { withoutItem } from '../model/each.ts';
import { HandrailError } from '../model/errors.ts';
import { isElsewhere, noPlace, placeNamed, withoutHost } from '../model/place.ts';
import type { PlannedStep, RunRequest } from '../model/plan.ts';
import type { Runbook } from '../model/runbook.ts';

/**
 * The hosts that a run goes through, in their order; none: this machine. Throws USAGE for one that is named twice, and for a
 * name that is none: found at its turn, the hosts before it had theirs already.
 */
export function hostsOf({ frontmatter }: Runbook, { on }: RunRequest): readonly string[] {
  const hosts = on.length > 0 ? on : (frontmatter.hosts ?? []);
  const none = hosts.find((host) => placeNamed(host) === undefined);
  if (none !== undefined) throw new HandrailError('USAGE', { message: noPlace(none) });
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  if (twice === undefined) return hosts;
  throw new HandrailError('USAGE', {
    message: `The host \`${twice}\` is named twice; each host has its turn once.`,
  });
}

/** The host in whose turn a step is meant by its name, and its name there: `restart@db2~api` is `restart~api` on db2. */
export function turnOf(
  name: string,
  hosts: readonly string[],
): { readonly at: string | null; readonly id: string } {
  const step = withoutItem(name);
  const at = hosts.find((host) => step.endsWith(`@${host}`));
  if (at === undefined) return { at: null, id: name };
  return { at, id: `${step.slice(0, -at.length - 1)}${name.slice(step.length)}` };
}

/**
 * Every step on the first host, then on the next. What a person does, and a step that names a place of its own, is done
 * once, where it stands in the first host's turn. Ids say the host behind `@`. `stepsOf` are those of a host's turn; of
 * `null` where there are no hosts.
 */
export function onEachHost(
  stepsOf: (host: string | null) => readonly PlannedStep[],
  hosts: readonly string[],
): readonly PlannedStep[] {
  if (hosts.length === 0) return stepsOf(null);
  const turns = (phase: PlannedStep['phase']): readonly PlannedStep[] =>
    hosts.flatMap((host, turn) =>
      stepsOf(host)
        .filter((planned) => planned.phase === phase)
        .flatMap((planned) => {
          if (!isMoved(planned)) return turn === 0 ? [planned] : [];
          return [onHost(planned, host)];
        }),
    );
  return [...turns('main'), ...turns('cleanup')];
}

/** A step in the turn of one host; what a person does, and what names a place of its own, as it stands. */
export function onHost(planned: PlannedStep, host: string): PlannedStep {
  if (!isMoved(planned)) return planned;
  const step = { ...planned.step, title: `${planned.step.title} on ${host}` };
  return { ...planned, step, id: `${planned.id}@${host}`, on: host };
}

/**
 * Refuses what would be sent to another host and run here all the same, each probe with the step it probes. Throws
 * RUNBOOK_REFUSED, naming every one.
 */
export function refuseHereOnly(path: string, steps: readonly PlannedStep[]): void {
  const names = steps
    .filter(({ by, reading }) => by === 'machine' && reading !== true)
    .flatMap(({ id, step, probe, on, from }) =>
      [step, ...(probe === null ? [] : [probe])]
        .filter(({ traits, annotations }) => traits.reachesOut && isElsewhere(annotations, on))
        .map((one) => {
          const name = one === step ? (on === undefined ? id : withoutHost(id)) : one.id;
          return from === null ? `\`${name}\` (line ${one.line})` : `\`${name}\``;
        }),
    );
  if (names.length === 0) return;
  throw new HandrailError('RUNBOOK_REFUSED', {
    message: `\`${path}\` sends SQL or HTTP steps to another host, and they run on this machine only: ${[...new Set(names)].join(', ')}; take the host off them, or write them as shell commands.`,
  });
}

function isMoved({ step, by, reading }: PlannedStep): boolean {
  return by === 'machine' && reading !== true && !isElsewhere(step.annotations, undefined);
}
