import type { Outlet } from '../outlet.ts';
import { screenLine } from '../screen/safe-text.ts';

/** What the terminal shows besides its lines: its window's title, and a notice to whoever has looked away. */
export interface Window {
  /** Names the window after where the run is. */
  title(text: string): void;
  /** Rings, and says why where the terminal can. */
  notify(text: string): void;
  /** Gives the title back. */
  close(): void;
}

const MOST_CHARACTERS = 120;

/** The window of a terminal that takes such sequences; one that does not is left alone. */
export function openWindow(out: Outlet, isCapable: boolean): Window {
  const said = (text: string): string => screenLine(text).slice(0, MOST_CHARACTERS);
  let isNamed = false;
  return {
    title(text) {
      if (!isCapable) return;
      // The title there was before is kept by the terminal.
      void out.write(`${isNamed ? '' : '\u001b[22;2t'}\u001b]2;${said(text)}\u0007`);
      isNamed = true;
    },
    notify(text) {
      if (isCapable) void out.write(`\u0007\u001b]9;${said(text)}\u0007`);
    },
    close() {
      if (isNamed) void out.write('\u001b]2;\u0007\u001b[23;2t');
      isNamed = false;
    },
  };
}
