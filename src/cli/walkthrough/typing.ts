import { spawnSync } from 'node:child_process';
import { holdsTerminal } from '../../process/process-tree.ts';
import { clustersOf } from '../screen/layout.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Keyboard } from './keyboard.ts';
import type { Lending } from './lending.ts';

/** Lets a person type a line to a step whose output comes through pipes. */
export interface Typing {
  /** The step has been quiet: `i` begins a line from now on, unless one of its processes asks at the terminal itself. */
  offer(): void;
  /** `i` is listened for. */
  readonly isOffered: boolean;
  /** What was typed so far of the line; `null`: none is being typed. */
  readonly line: string | null;
  /** The step has ended. */
  end(): void;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001b';

/** `drawn` is called when the line changed, `sent` with what is to be said of a line that went to the step. */
export function openTyping(deps: {
  readonly keyboard: Keyboard;
  readonly lending: Lending;
  readonly drawn: () => void;
  readonly sent: (line: string) => void;
}): Typing {
  const { keyboard, lending, drawn, sent } = deps;
  let line: string | null = null;
  let stop: (() => void) | undefined;
  const end = (): void => {
    stop?.();
    stop = undefined;
    line = null;
  };
  const endInput = (): void => {
    lending.typeTo?.(null);
    line = null;
    sent('end of input');
  };
  const send = (text: string): void => {
    lending.typeTo?.(Buffer.from(`${text}\n`));
    line = null;
    sent(`> ${screenLine(text)}`);
  };
  const onText = (text: string): void => {
    if (line === null) {
      if (text === 'i') line = '';
      else if (text === CTRL_D) endInput();
      return;
    }
    if (text === '\r' || text === '\n') send(line);
    else if (text === ESCAPE) line = null;
    else if (text === '\u007f' || text === '\b') line = clustersOf(line).slice(0, -1).join('');
    else if (text === CTRL_D && line === '') endInput();
    else if (text >= ' ') line += text;
  };
  const onData = (data: Uint8Array): void => {
    const typed = Buffer.from(data).toString('utf8');
    // As the terminal would: to everybody in the foreground.
    if (typed.includes(CTRL_C)) return void process.kill(0, 'SIGINT');
    if (typed.startsWith(ESCAPE)) onText(ESCAPE);
    else for (const cluster of clustersOf(typed)) onText(cluster);
    drawn();
  };
  return {
    offer() {
      if (lending.typeTo === null || lending.isLent) return;
      const isAsked = holdsTerminal();
      if (stop === undefined && !isAsked) stop = keyboard.raw(onData);
      else if (stop !== undefined && isAsked) {
        end();
        withoutEcho();
      }
    },
    get isOffered() {
      return stop !== undefined;
    },
    get line() {
      return line;
    },
    end,
  };
}

/** A process has begun to ask at the terminal, perhaps for a password: what is typed must not be shown. */
function withoutEcho(): void {
  spawnSync('stty', ['-echo'], { stdio: ['inherit', 'ignore', 'ignore'] });
}
