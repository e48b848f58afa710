import type { RunEvent } from '../model/event.ts';
import type { BoundInput } from '../model/plan.ts';

/** The record of a bound input. A value with a secret in it is one: half of it would be no value to go on with. */
export function boundEvent(
  { name, value, source, secret }: BoundInput,
  mask: (text: string) => string,
): Extract<RunEvent, { type: 'input.bound' }> {
  const isSecret = secret || mask(value) !== value;
  return { type: 'input.bound', name, source, secret: isSecret, ...(isSecret ? {} : { value }) };
}
