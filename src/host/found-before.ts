import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckDoors } from '../engine/checks/rule.ts';
import { load } from '../engine/load.ts';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import type { SourceText } from '../engine/model/runbook.ts';
import { openPageCache } from './page-cache.ts';

/**
 * What `check` found in a page, kept beside it with every answer of the world that it hangs on: to ask those again takes a
 * millisecond, and to look anew 12 of the 53 that `check` of a known page of 40 KB took (rules, and the page itself).
 */

type Environment = Readonly<Record<string, string | undefined>>;
type HasCommand = (name: string) => boolean;
type Door = 'hasCommand' | 'exists' | 'today';
/** What a door said, or the SHA-256 of a page that is linked to; `null` for one that cannot be read. */
type Answer = readonly [asked: Door | 'page', about: string, said: boolean | string | null];

interface Kept {
  readonly answers: readonly Answer[];
  readonly found: readonly Diagnostic[];
}

const WHAT = 'check';

/** What was found in the page at a path, where all that was asked then is answered the same now. Throws what `load` throws. */
export async function foundBefore(
  path: string,
  hasCommand: HasCommand,
  env: Environment,
): Promise<readonly Diagnostic[] | undefined> {
  const source = await load(path);
  const kept = openPageCache(env)?.known<Kept>(source, WHAT);
  if (kept === undefined) return undefined;
  const ask = doorsOf(source, hasCommand);
  for (const [asked, about, said] of kept.answers) {
    const now = asked === 'page' ? await sumOf(source, about) : ask[asked](about);
    if (now !== said) return undefined;
  }
  return kept.found;
}

/** The doors of the machine that a page is checked on, and what they were asked. */
export function watchedDoors(
  source: SourceText,
  hasCommand: HasCommand,
): {
  readonly doors: Required<Pick<CheckDoors, 'hasCommand' | 'exists' | 'today'>>;
  /** A page that this one links to was read, and has this SHA-256; `null`: it could not be read. */
  readonly leadsTo: (link: string, sha256: string | null) => void;
  readonly keep: (found: readonly Diagnostic[], env: Environment) => void;
} {
  const answers = new Map<string, Answer>();
  const note = (answer: Answer): void => {
    const [asked, about] = answer;
    answers.set(`${asked} ${about}`, answer);
  };
  const ask = doorsOf(source, hasCommand);
  const noted = <T extends boolean | string>(asked: Door, about: string, said: T): T => {
    note([asked, about, said]);
    return said;
  };
  return {
    doors: {
      hasCommand: (name) => noted('hasCommand', name, ask.hasCommand(name)),
      exists: (link) => noted('exists', link, ask.exists(link)),
      get today() {
        return noted('today', '', ask.today(''));
      },
    },
    leadsTo: (link, sha256) => note(['page', link, sha256]),
    keep: (found, env) =>
      openPageCache(env)?.keep<Kept>(source, WHAT, { answers: [...answers.values()], found }),
  };
}

function doorsOf({ folder }: SourceText, hasCommand: HasCommand) {
  return {
    hasCommand,
    exists: (link: string): boolean => existsSync(resolve(folder, link)),
    today: (_: string): string => new Date().toISOString().slice(0, 10),
  };
}

async function sumOf({ folder }: SourceText, link: string): Promise<string | null> {
  try {
    return (await load(resolve(folder, link))).sha256;
  } catch {
    return null;
  }
}
