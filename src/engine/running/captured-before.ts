import { CAPTURED } from '../model/captured-text.ts';
import type { BoundInput, Plan, PlannedStep } from '../model/plan.ts';
import type { RunReport } from '../model/report.ts';
import { isBashVariable } from '../shell/bash-variables.ts';

/** A name that a shell takes is a variable there as well: `$name` is what `{{name}}` is. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !isBashVariable(name);
}

/** A step that was found done, and what it had set: what captures before it say of that is older. */
export interface GoneWith {
  readonly planned: PlannedStep;
  readonly variables: readonly string[];
  readonly captures: readonly string[];
  /** What the kept state says of its variables is older as well: no later step left another behind. */
  readonly isOlder: boolean;
}

/**
 * What steps of an earlier attempt of the run captured, as it was recorded last; but for what a step behind them captured
 * that was found done: nobody has that value, and theirs is an older one.
 */
export function capturedBefore(
  { steps }: Pick<Plan, 'steps'>,
  inputs: RunReport['inputs'],
  gone: readonly GoneWith[],
): readonly BoundInput[] {
  const at = new Map(steps.map(({ id }, index) => [`${CAPTURED}${id}`, index]));
  return inputs.flatMap(({ name, value, source, secret }) => {
    if (value === undefined || !source.startsWith(CAPTURED)) return [];
    const index = at.get(source);
    const isOlder = gone.some(
      ({ planned, captures }) =>
        captures.includes(name) &&
        index !== undefined &&
        index < (at.get(`${CAPTURED}${planned.id}`) ?? 0) &&
        steps[index]?.on === planned.on,
    );
    return isOlder ? [] : [{ name, value, source, secret, variable: isShellName(name) }];
  });
}
