import type { BoundInput } from '../model/plan.ts';

/** Whether `when` holds: `name=value`, `name!=value`, or `name` for a value that is there and not `false`. */
export function conditionHolds(
  condition: string,
  values: ReadonlyMap<string, BoundInput>,
): boolean {
  const compared = /^([\w.-]+)\s*(!=|==?)\s*(.*)$/.exec(condition.trim());
  if (compared === null) {
    const value = values.get(condition.trim())?.value ?? '';
    return value !== '' && value !== 'false';
  }
  const [, name = '', operator, expected] = compared;
  const equal = (values.get(name)?.value ?? '') === expected;
  return operator === '!=' ? !equal : equal;
}
