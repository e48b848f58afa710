import { type Handed, layersOf } from './layers.ts';
import type { Feed, Use } from './program.ts';
import { given, matching } from './rules.ts';

/** How a command behaves towards whoever waits for it. */
export interface Behaviour {
  /** Never ends by itself: `tail -f`, `watch`, `top -b`. */
  readonly endless: boolean;
  /** Talks to a person: editors, pagers, prompts. */
  readonly interactive: boolean;
  /** Opens a shell that later blocks may be meant for. */
  readonly session: boolean;
}

/** How the commands of a text behave that is handed to another shell. */
export type ReadScript = (text: string) => Behaviour;

/** Says how a command behaves, looking through whatever runs it. */
export function behaviourOf(
  words: readonly string[],
  feed: Feed | undefined,
  readScript: ReadScript,
): Behaviour {
  let isBounded = false;
  let endless = false;
  let interactive = false;
  let session = false;
  for (const { use, words: own, handed } of layersOf(words, feed)) {
    if (use === undefined) {
      endless ||= followsByItsWords(own);
      continue;
    }
    isBounded ||= matching(use.program.ends, use) !== undefined;
    endless ||= matching(use.program.endless, use) !== undefined;
    interactive ||= asks(use);
    session ||= opensSession(use, handed);
    if (handed?.kind !== 'script') continue;
    const inside = readScript(handed.text);
    endless ||= inside.endless;
    // What is fed to `ssh db psql` is fed to psql.
    interactive ||= use.feed === undefined && inside.interactive;
    session ||= use.feed === undefined && inside.session;
  }
  return { endless: endless && !isBounded, interactive, session };
}

/** Whether the command leaves its input before that ends, as `head` does: whoever writes it ends too. */
export function leavesEarly(words: readonly string[]): boolean {
  return layersOf(words).some(
    ({ use }) =>
      use !== undefined &&
      (matching(use.program.leaves, use) !== undefined ||
        matching(use.program.ends, use) !== undefined),
  );
}

/** Whether the session that a command opens is a shell at another machine, in a container or another user's. */
export function entersElsewhere(words: readonly string[]): boolean {
  return layersOf(words).some(
    ({ use, handed, elsewhere }) =>
      use !== undefined &&
      opensSession(use, handed) &&
      use.program.code?.reads !== 'code' &&
      (elsewhere ||
        use.program.enters === true ||
        (use.program.runs ?? []).some((runs) => runs.elsewhere === true)),
  );
}

function asks(use: Use): boolean {
  const { asks: rules, answers, asksTerminal } = use.program;
  if (use.feed !== undefined && asksTerminal !== true) return false;
  if (answers?.split(' ').some((name) => given(use, name)) === true) return false;
  return matching(rules, use) !== undefined;
}

function opensSession(use: Use, handed: Handed | undefined): boolean {
  if (use.feed !== undefined) return false;
  if (handed !== undefined) return handed.kind === 'open';
  return matching(use.program.session, use) !== undefined;
}

/** `vercel logs --follow`, `heroku logs --tail`: the words that every tool has taken over. */
function followsByItsWords(words: readonly string[]): boolean {
  return (
    words.some((word) => /^--follow(?:=true)?$/.test(word)) ||
    (words.includes('logs') &&
      words.includes('--tail') &&
      !/^\d+$/.test(words[words.indexOf('--tail') + 1] ?? ''))
  );
}
