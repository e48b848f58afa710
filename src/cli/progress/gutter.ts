import { behindMargin, isPlain } from '../../text/bytes.ts';
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
  /** Writes a line of handrail's own between what the step prints, which goes on below it. */
  aside(line: string): Promise<void> | undefined;
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
  const quick = { stdout: quickMargin(margins.stdout), stderr: quickMargin(margins.stderr) };
  const slow = { stdout: held(options), stderr: held(options) };
  let open: Stream | null = null;
  let used = false;

  const beforeOf = (stream: Stream): string =>
    open === stream ? '' : `${open === null ? '' : '\n'}${margins[stream]}`;
  const margined = (stream: Stream, text: string): string => {
    if (text === '') return '';
    const margin = margins[stream];
    const before = beforeOf(stream);
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
      const plain = slow[stream].isAtWork
        ? undefined
        : quick[stream]?.(chunk, first + beforeOf(stream));
      if (plain === undefined) return out.write(first + margined(stream, slow[stream].take(chunk)));
      if (chunk.length > 0) open = chunk.at(-1) === NEWLINE ? null : stream;
      return out.write(plain);
    },
    aside(line) {
      const isBelow = used || label !== undefined || options.below === true;
      const closing = open === null && isBelow ? '' : '\n';
      open = null;
      used = true;
      return out.write(`${closing}${line}\n`);
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

const NEWLINE = 10;
const QUICK_MARGIN_BYTES = 4;

/** Plain text, which is most output, is put behind the margin without being looked at letter by letter. */
function quickMargin(
  margin: string,
): ((chunk: Uint8Array, before: string) => Uint8Array | undefined) | undefined {
  const bytes = Buffer.from(margin);
  // A label makes it longer.
  if (bytes.length !== QUICK_MARGIN_BYTES) return undefined;
  return (chunk, before) => (chunk.length === 0 ? undefined : behindMargin(chunk, bytes, before));
}

/** Makes chunks harmless; plain text takes the short way. */
function held(options: { readonly colour: boolean }): {
  take(chunk: Uint8Array): string;
  rest(): string;
  /** Something may be held back that what comes next belongs to. */
  readonly isAtWork: boolean;
} {
  let stream: ScreenStream | undefined;
  return {
    get isAtWork() {
      return stream !== undefined;
    },
    take(chunk) {
      if (stream === undefined && isPlain(chunk))
        return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
      stream ??= screenStream(options);
      const text = stream.write(chunk);
      // Nothing is held back behind a whole line: the next chunk may take the short way again.
      if (chunk.at(-1) === NEWLINE) stream = undefined;
      return text;
    },
    rest() {
      const text = stream?.end() ?? '';
      stream = undefined;
      return text;
    },
  };
}
