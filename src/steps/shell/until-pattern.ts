import type { Annotations } from '../../engine/model/annotations.ts';
import { HandrailError } from '../../engine/model/errors.ts';

/** The pattern of the annotation `until`; throws STEP_CANNOT_RUN when it is no regular expression. */
export function untilPattern({ until }: Pick<Annotations, 'until'>): RegExp | undefined {
  if (until === undefined) return undefined;
  try {
    return new RegExp(until);
  } catch (cause) {
    throw badPattern(until, cause);
  }
}

function badPattern(pattern: string, cause: unknown): HandrailError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `\`until=${pattern}\` is no regular expression: ${why}.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}
