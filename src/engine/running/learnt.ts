import type { BoundInput } from '../model/plan.ts';
import { environmentSecrets } from '../secrets.ts';

/** Secrets that steps computed themselves: `API_KEY=$(…)`, `read -s PASSWORD`. */
export interface Learnt {
  /** All there were so far, by the variable's name; a second value of one has a name of its own, which no variable has. */
  readonly known: ReadonlyMap<string, string>;
  /** Looks for secrets among variables that a step has set, by the same judgement as in the environment. */
  learn(variables: Readonly<Record<string, string>>): void;
  /** By the same names, the variable that holds it now: who gives that again gives it; `''`: none does any more. */
  holders(): Readonly<Record<string, string>>;
  /** The same as secrets of the run. */
  bound(): readonly BoundInput[];
}

/** Begins with those that are known again; `others` are secrets that the run has besides, by their names. */
export function learntSecrets(
  known: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, BoundInput>,
): Learnt {
  const all = new Map(known);
  const values = new Set([...all.values(), ...[...others.values()].map(({ value }) => value)]);
  const now = new Map(known);
  return {
    known: all,
    learn(variables) {
      for (const { name, value } of environmentSecrets(variables)) {
        now.set(name, value);
        if (values.has(value)) continue;
        values.add(value);
        all.set(
          freeName(name, (one) => all.has(one) || others.has(one)),
          value,
        );
      }
    },
    holders() {
      const holderOf = (value: string): string =>
        [...now].find(([, held]) => held === value)?.[0] ?? '';
      return Object.fromEntries([...all].map(([name, value]) => [name, holderOf(value)]));
    },
    bound: () => [...all].map(([name, value]) => ({ name, value, secret: true, source: 'a step' })),
  };
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let count = 2; ; count += 1) if (!isTaken(`${name} ${count}`)) return `${name} ${count}`;
}
