import type { FenceContent } from '../model/block.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import { entersElsewhere } from '../programs/behaviour.ts';
import type { Outline } from './surroundings.ts';

/** A session that a fence opened at another machine, in a container or as another user, and that nothing has left yet. */
export interface OpenSession {
  /** The command that opened it. */
  readonly command: string;
  readonly line: number;
}

/** Follows the sessions that a page opens in one fence and uses in those below: `ssh web-1`, then what to type there. */
export class OpenSessions {
  readonly #outline: Outline;
  #open: (OpenSession & { readonly name: string; readonly level: number }) | undefined;
  #seen = 0;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  /** The session that the fence at an index may be meant for; fences are asked about in the order of the page. */
  at(
    index: number,
    content: FenceContent,
    shell: ShellFacts,
    lead: string,
  ): OpenSession | undefined {
    this.#follow(index);
    const before = this.#open;
    const isOutside =
      before === undefined ||
      shell.commands.some(({ name }) => name === before.name) ||
      shell.commands.every(({ name }) => LEAVES.has(name));
    const last = shell.commands.at(-1);
    if (isOutside || (last !== undefined && LEAVES.has(last.name))) this.#open = undefined;
    const isSaid = last !== undefined && ENTERS.has(last.args[0] ?? '') && ASKS_IN.test(lead);
    const known = shell.sessions.find(({ conditional }) => !conditional);
    const opens = known ?? (isSaid ? last : undefined);
    const piece = this.#outline.pieces[index];
    const isLast = opens !== undefined && opens.name === last?.name && opens.line === last.line;
    if (isLast && piece?.kind === 'fence') {
      const words = [opens.name, ...opens.args];
      if (
        content.transcript.every(({ output }) => output === '') &&
        (isSaid || entersElsewhere(words))
      )
        this.#open = {
          command: words.join(' ').slice(0, MOST_CHARACTERS),
          line: piece.textLine + opens.line,
          name: opens.name,
          level: this.#level(index),
        };
    }
    return isOutside ? undefined : before;
  }

  /** Reads on to an index: a heading beside its own, or a word of leaving, ends a session. */
  #follow(index: number): void {
    for (; this.#seen < index; this.#seen += 1) {
      const piece = this.#outline.pieces[this.#seen];
      if (this.#open === undefined || piece === undefined) continue;
      if (piece.kind === 'heading' && piece.level <= this.#open.level && !IN_TURN.test(piece.text))
        this.#open = undefined;
      else if ((piece.kind === 'paragraph' || piece.kind === 'item') && leaves(piece.text))
        this.#open = undefined;
    }
  }

  #level(index: number): number {
    return this.#outline.procedures[this.#outline.procedureOf[index] ?? -1]?.procedure.level ?? 0;
  }
}

/** Subcommands by which tools of one's own let somebody in, where the text says that they do. */
const ENTERS: ReadonlySet<string> = new Set([
  'exec',
  'ssh',
  'rsh',
  'shell',
  'console',
  'attach',
  'enter',
]);
const ASKS_IN =
  /\b(?:(?:get|open|start|have) an? (?:[\w-]{1,20} ){0,2}shell|(?:ssh|log|shell|exec|get) in(?:to)?)\b/i;
const LEAVES: ReadonlySet<string> = new Set(['exit', 'logout']);
const MOST_CHARACTERS = 60;
/** "2. Restart it" and "Step 2" go on where "1. Log in" began. */
const IN_TURN = /^\W{0,6}(?:step |schritt |étape |paso |passo |шаг )?\d{1,2}(?:\W|$)/iu;
const LEAVING = /\b(?:exit|leave|quit|log ?out|close|disconnect)\b/i;
const WHAT = /\b(?:session|shell|pod|container|host|server|machine|node|vm|ssh|it)\b/i;
const ELSEWHERE =
  /\b(?:from|on|back to|back on|return to) (?:your|the local|my|our|a local|the admin|the jump) (?:own )?(?:\w{1,20} )?(?:machine|laptop|workstation|computer|terminal|shell|host|desktop)\b|\blocally\b|\b(?:another|new|second|separate|different|other|local) (?:terminal|shell|window|tab|console)\b/i;

/** "Leave the container", "Back on your laptop", "In another terminal". */
const leaves = (text: string): boolean =>
  ELSEWHERE.test(text) ||
  text.split('.').some((sentence) => LEAVING.test(sentence) && WHAT.test(sentence));
