import { safeText, visibleCode } from '../../text/safe-text.ts';

/** Makes a stream of output harmless for the terminal, chunk by chunk. */
export interface ScreenStream {
  /** The part of the stream that can be shown now; what may still be cut through is held back (at most 128 characters). */
  write(chunk: Uint8Array | string): string;
  /** What was held back. */
  end(): string;
}

const UNFINISHED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a chunk may end in the middle of.
  /(?:\x1b(?:\[[0-?]{0,64}[ -/]{0,8})?|\x9b[0-?]{0,64}[ -/]{0,8}|\r|[\ud800-\udbff])$/;

/**
 * A stream for one output. With `colour`, colour sequences (SGR) stay and everything is set back at each
 * line's end, so that no colour leaks into what handrail itself says; nothing else of a sequence survives.
 */
export function screenStream(options: { readonly colour: boolean }): ScreenStream {
  const decoder = new TextDecoder('utf-8');
  let held = '';
  const take = (text: string, last: boolean): string => {
    const all = held + text;
    const cut = last ? -1 : all.search(UNFINISHED);
    held = cut < 0 ? '' : all.slice(cut);
    return screenText(cut < 0 ? all : all.slice(0, cut), options);
  };
  return {
    write: (chunk) =>
      take(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }), false),
    end: () => take(decoder.decode(), true),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour sequence (SGR), parameters only.
const COLOUR = /(\x1b\[[0-9;:]{0,48}m)/;
const RESET = '\u001b[0m';

/** A whole text made harmless for the terminal. Newlines and tabs stay; colours only with `colour`. */
export function screenText(text: string, options: { readonly colour: boolean }): string {
  if (!options.colour || !text.includes('\u001b[')) return safeText(text);
  return text
    .split(/(\r\n|\n|\r)/)
    .map((line) => colouredLine(line))
    .join('');
}

/**
 * What would run, made harmless for the terminal with nothing of it left out: a control sequence that colours an output may
 * hold a command in a script.
 */
export function screenCode(text: string): string {
  return visibleCode(text);
}

/** A text on one line of the screen: newlines and tabs become spaces too. */
export function screenLine(text: string): string {
  return safeText(text).replace(/[\n\t]/g, ' ');
}

function colouredLine(line: string): string {
  const parts = line.split(COLOUR);
  if (parts.length === 1) return safeText(line);
  return `${parts.map((part, at) => (at % 2 === 1 ? part : safeText(part))).join('')}${RESET}`;
}
