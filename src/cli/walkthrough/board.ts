import type { Outlet } from '../outlet.ts';

/** A block of lines at the bottom of the screen that is drawn again in its place, for as long as nothing else is written. */
export interface Board {
  /** Draws the lines where the block stands, or below what was written since; the cursor stays behind the last of them. */
  draw(lines: readonly string[]): Promise<void>;
  /** Writes one line of the block anew, counted from its last; the cursor comes back to where it was. */
  rewrite(fromLast: number, line: string): void;
  /** Goes on below the block: it stays as it is. */
  leave(): Promise<void>;
  /** The block stands, and nothing was written below it. */
  readonly isOpen: boolean;
}

/** An outlet that knows how often it was written to. */
export interface CountingOutlet extends Outlet {
  readonly writes: number;
  /** Somebody else wrote to the same screen. */
  disturbed(): void;
}

/** Counts what is written, by whomever. */
export function countingOutlet(out: Outlet): CountingOutlet {
  let writes = 0;
  return {
    write(text) {
      writes += 1;
      return out.write(text);
    },
    get closed() {
      return out.closed;
    },
    isTerminal: out.isTerminal,
    get writes() {
      return writes;
    },
    disturbed() {
      writes += 1;
    },
  };
}

/** Begins a frame that the terminal shows at once, and ends it; who does not know it leaves it out. */
const FRAME = '\u001b[?2026h';
const FRAME_END = '\u001b[?2026l';

/** Writes a line anew that stands some lines above the cursor, which comes back to its place. No frame: it is one line. */
export const inLineAbove = (lines: number, text: string): string =>
  `\u001b7\u001b[${lines}A\r${text}\u001b[K\u001b8`;

/** A board on an outlet. The lines must fit the screen; `left` is called when it is left. */
export function createBoard(out: CountingOutlet, left: () => void): Board {
  let drawn = 0;
  let mark = -1;
  let columns = 0;
  const isOpen = (): boolean =>
    drawn > 0 && out.writes === mark && columns === process.stdout.columns;
  return {
    async draw(lines) {
      const up = drawn > 1 ? `\u001b[${drawn - 1}A` : '';
      const back = isOpen() ? `${up}\r\u001b[J` : '';
      await out.write(`${FRAME}${back}${lines.join('\n')}${FRAME_END}`);
      drawn = lines.length;
      mark = out.writes;
      columns = process.stdout.columns;
    },
    rewrite(fromLast, line) {
      if (!isOpen()) return;
      void out.write(inLineAbove(fromLast, line));
      mark = out.writes;
    },
    async leave() {
      left();
      if (isOpen()) await out.write('\n');
      drawn = 0;
    },
    get isOpen() {
      return isOpen();
    },
  };
}
