/** Any JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Longest text that is read as JSON, in characters. */
const MAX_JSON_CHARS = 16 * 1024 * 1024;

/**
 * Reads JSON as people write samples: comments, trailing commas and lines of `...` are passed over. `undefined`: not JSON.
 * Only objects and arrays count, because any word or number of plain text would be JSON too.
 */
export function parseSampleJson(text: string): Json | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || trimmed.length > MAX_JSON_CHARS) return undefined;
  return parsed(trimmed) ?? parsed(withoutAsides(trimmed));
}

/** Finds the JSON in an output: all of it, else from the first line that opens it to the last that closes it. */
export function findJson(output: string): Json | undefined {
  const whole = parseSampleJsonStrictly(output);
  if (whole !== undefined) return whole;
  const lines = output.split('\n');
  const from = lines.findIndex((line) => /^\s*[[{]/.test(line));
  const to = lines.findLastIndex((line) => /[\]}]\s*$/.test(line));
  return from < 0 || to < from
    ? undefined
    : parseSampleJsonStrictly(lines.slice(from, to + 1).join('\n'));
}

function parseSampleJsonStrictly(text: string): Json | undefined {
  const trimmed = text.trim();
  return /^[[{]/.test(trimmed) && trimmed.length <= MAX_JSON_CHARS ? parsed(trimmed) : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const STRING = /"(?:[^"\\\n]|\\.)*"/;
const ASIDE = new RegExp(
  `(${STRING.source})|//[^\\n]*|#[^\\n]*|/\\*[\\s\\S]*?\\*/|\\.\\.\\.|…`,
  'g',
);

function withoutAsides(text: string): string {
  return text
    .replace(ASIDE, (_whole, string) => string ?? '')
    .replace(
      new RegExp(`(${STRING.source})|,(?=[\\s,]*(?:[\\]}]|$))`, 'g'),
      (_whole, string) => string ?? '',
    );
}
