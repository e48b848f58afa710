import { isPlain } from '../../text/bytes.ts';
import type { Outlet } from '../outlet.ts';
import { type ScreenStream, screenStream } from '../screen/safe-text.ts';

type Stream = 'stdout' | 'stderr';

const SIGN: Readonly<Record<Stream, string>> = { stdout: ' ', stderr: 'e' };

/**
 * Puts a step's output on the screen behind a margin, so that nothing a command prints can be taken
 * for something handrail says. Chunks may end anywhere; memory does not grow with the length of a line.
 */
export interface Gutter {
  /** True when a chunk has been written since the last `end`. */
  readonly used: boolean;
  write(stream: Stream, chunk: Uint8Array): Promise<void> | undefined;
  /** Writes what was held back and closes an open line. */
  end(): Promise<void> | undefined;
}

/** A gutter on an outlet; with `colour`, colours of the output stay. A `label` says whose lines they are, and begins no line of its own. */
export function makeGutter(
  out: Pick<Outlet, 'write'>,
  options: {
    readonly colour: boolean;
    readonly label?: string;
    /** The line before it is closed: none is begun. */
    readonly below?: boolean;
  },
): Gutter {
  const { label } = options;
  const marginOf = (stream: Stream): string =>
    `${SIGN[stream]} ${label === undefined ? '' : `${label} `}| `;
  const margins = { stdout: marginOf('stdout'), stderr: marginOf('stderr') };
  const slow = { stdout: held(options), stderr: held(options) };
  let open: Stream | null = null;
  let used = false;

  const margined = (stream: Stream, text: string): string => {
    if (text === '') return '';
    const margin = margins[stream];
    const before = open === stream ? '' : `${open === null ? '' : '\n'}${margin}`;
    const ends = text.endsWith('\n');
    const body = (ends ? text.slice(0, -1) : text).replaceAll('\n', `\n${margin}`);
    open = ends ? null : stream;
    return ends ? `${before}${body}\n` : before + body;
  };
  return {
    get used() {
      return used;
    },
    write(stream, chunk) {
      const first = used || label !== undefined || options.below === true ? '' : '\n';
      used = true;
      const { text, isPlain: isAscii } = slow[stream].take(chunk);
      const shown = first + margined(stream, text);
      return isAscii && label === undefined ? out.write(shown, 'ascii') : out.write(shown);
    },
    end() {
      const rest = (['stdout', 'stderr'] as const).map((stream) =>
        margined(stream, slow[stream].rest()),
      );
      const closing = open === null ? '' : '\n';
      open = null;
      used = false;
      return out.write(rest.join('') + closing);
    },
  };
}

/** Makes chunks harmless; plain text, which is most output, takes the short way. */
function held(options: { readonly colour: boolean }): {
  take(chunk: Uint8Array): { readonly text: string; readonly isPlain: boolean };
  rest(): string;
} {
  let stream: ScreenStream | undefined;
  return {
    take(chunk) {
      if (stream === undefined && isPlain(chunk)) {
        const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        return { text: bytes.toString('latin1'), isPlain: true };
      }
      stream ??= screenStream(options);
      const text = stream.write(chunk);
      // Nothing is held back behind a whole line: the next chunk may take the short way again.
      if (chunk.at(-1) === 10) stream = undefined;
      return { text, isPlain: false };
    },
    rest() {
      const text = stream?.end() ?? '';
      stream = undefined;
      return text;
    },
  };
}
