import type { TerminalHandle } from '../../engine/contracts/step-type.ts';
import { PANE_MARGIN } from '../screen/pane-stream.ts';
import type { Keyboard } from './keyboard.ts';

/** The person's terminal while a step has it. */
export interface Lending {
  readonly handle: TerminalHandle;
  /** A step has it now. */
  readonly isLent: boolean;
  /** The step draws on the whole screen from the beginning. */
  readonly isWhole: boolean;
  /** Types to the step whose output comes through pipes, `null` for the end of its input; `null`: there is none. */
  readonly typeTo: ((data: Uint8Array | null) => void) | null;
  /** The step begins or ends to draw on the whole screen: it is told how large that is. */
  setWhole(isWhole: boolean): void;
}

/** Keys are read for a step only while none of its processes asks at the terminal itself: /proc tells. */
const canTellWhoAsks = process.platform === 'linux';
const CTRL_C = 3;
const COLUMNS = 80;
const ROWS = 24;
const LEAST_COLUMNS = 20;

/**
 * Lends this process's terminal to one step after the other. Where nothing can be said below its output (`canOffer`
 * is false: plain words, a dumb terminal) a step with pipes has no input at all, rather than one that nobody ends.
 */
export function lendTerminal(
  keyboard: Keyboard,
  interrupt: { typed(isWhole: boolean): void },
  canOffer: boolean,
): Lending {
  let lent = 0;
  let whole = false;
  let interrupted = false;
  let resized: (() => void) | undefined;
  let typeTo: Lending['typeTo'] = null;
  const columns = (): number => process.stdout.columns || COLUMNS;
  const rows = (): number => process.stdout.rows || ROWS;
  const paneColumns = (): number => Math.max(LEAST_COLUMNS, columns() - PANE_MARGIN.length);
  const onTyped = (listener: (data: Uint8Array | null) => void): (() => void) => {
    typeTo = listener;
    return () => {
      if (typeTo === listener) typeTo = null;
    };
  };
  const handle: TerminalHandle = {
    get columns() {
      return columns();
    },
    get rows() {
      return rows();
    },
    get paneColumns() {
      return paneColumns();
    },
    get interrupted() {
      return interrupted;
    },
    onInput(listener, options) {
      lent += 1;
      whole = options.whole;
      interrupted = false;
      const undo = keyboard.raw((data) => {
        if (data.includes(CTRL_C)) {
          interrupted = true;
          interrupt.typed(whole);
        }
        listener(data);
      });
      return () => {
        lent -= 1;
        undo();
      };
    },
    ...(canTellWhoAsks && canOffer ? { onTyped } : {}),
    onResize(listener) {
      resized = (): void => listener(whole ? columns() : paneColumns(), rows());
      const own = resized;
      process.stdout.on('resize', own);
      return () => {
        process.stdout.off('resize', own);
        if (resized === own) resized = undefined;
      };
    },
  };
  return {
    handle,
    get isLent() {
      return lent > 0;
    },
    get isWhole() {
      return whole;
    },
    get typeTo() {
      return typeTo;
    },
    setWhole(isWhole) {
      whole = isWhole;
      resized?.();
    },
  };
}
