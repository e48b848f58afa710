import type { BoundInput } from '../model/plan.ts';
import type { RunReport } from '../model/report.ts';
import { isBashVariable } from '../shell/bash-variables.ts';

/** What the source of a value begins with that a step gave. */
export const CAPTURED = 'step ';

/** A name that a shell takes is a variable there as well: `$name` is what `{{name}}` is. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !isBashVariable(name);
}

/** What steps of an earlier attempt of the run captured, as it was recorded last. */
export function capturedBefore(inputs: RunReport['inputs']): readonly BoundInput[] {
  return inputs.flatMap(({ name, value, source, secret }) =>
    value !== undefined && source.startsWith(CAPTURED)
      ? [{ name, value, source, secret, variable: isShellName(name) }]
      : [],
  );
}
