/** What the source of a value begins with that a step gave. */
export const CAPTURED = 'step ';

/** What of a step's standard output its `capture` takes: all that it printed, or the last answer that it shows. */
export type CapturedFrom = 'printed' | 'answered';

/** As much of an answer is compared with expectations and captured. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The value that a text comes to: one newline at its end is none of it. */
export function capturedText(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Whether a captured value is what standard output, as it is stored, comes to. */
export function isCapturedIn(value: string, stdout: string, from: CapturedFrom): boolean {
  if (from === 'printed') return value === capturedText(stdout);
  // What is no text is counted in the place of its bytes.
  if (stdout.endsWith(' bytes that are no text]\n')) return true;
  // Of a longer answer the beginning is taken: where that stands cannot be told.
  if (Buffer.byteLength(stdout) > MAX_ANSWER_BYTES) return true;
  const ends = [`${value}\n`, `${value}\r\n`, ...(value === '' ? [''] : [])];
  return ends.some(
    (end) => stdout.endsWith(end) && HEAD_END.test(stdout.slice(0, stdout.length - end.length)),
  );
}

/** An answer's head, and a blank line. */
const HEAD_END = /\n\r?\n$/;
