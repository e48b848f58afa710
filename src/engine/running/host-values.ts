import { CAPTURED } from '../model/captured-text.ts';
import type { BoundInput, PlannedStep } from '../model/plan.ts';
import { capturedBefore } from './captured-before.ts';
import { lazyFiller } from './filler.ts';
import type { Session } from './session.ts';

/**
 * The session that a step belongs to, in the turn of `current`: what a step captured on one host is not the value on
 * another. All else they share.
 */
export async function sessionOf({ on }: PlannedStep, current: Session): Promise<Session> {
  if (on === undefined) return current;
  if (current.hosts.size === 0) await openHosts(current);
  return current.hosts.get(on) ?? current;
}

async function openHosts(session: Session): Promise<void> {
  const { steps } = session.plan;
  const onOf = new Map(steps.map(({ id, on }) => [`${CAPTURED}${id}`, on]));
  const { past } = session.deps;
  const before = capturedBefore(session.plan, past?.report.inputs ?? [], past?.gone ?? []);
  const hosts = new Set(steps.flatMap(({ on }) => (on === undefined ? [] : [on])));
  const own = new Map<string, Map<string, BoundInput>>();
  for (const host of hosts) {
    const isForeign = ({ source }: BoundInput): boolean => {
      const on = onOf.get(source);
      return on !== undefined && on !== host;
    };
    const given = session.plan.values;
    const bound = [...session.values.values(), ...before].filter((one) => !isForeign(one));
    const values = new Map([...given, ...bound].map((one) => [one.name, one]));
    const filler = lazyFiller(values);
    await filler.prepare();
    session.hosts.set(host, { ...session, values, filler, bind: (input) => bind(input, host) });
    own.set(host, values);
  }
  /** What no step on a host gave is so for all of them. */
  async function bind(input: BoundInput, host: string): Promise<void> {
    const on = onOf.get(input.source);
    for (const [name, values] of own)
      if (on === undefined || name === host) values.set(input.name, input);
    // Whoever masks has to know it, and steps that belong to no host's turn take what was bound last.
    await session.bind(input);
    for (const { filler } of session.hosts.values()) await filler.prepare();
  }
}
