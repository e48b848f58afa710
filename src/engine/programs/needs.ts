import { unquoted } from './arguments.ts';
import { NOTHING } from './judgement.ts';
import { layersOf } from './layers.ts';

/** What a command starts on this machine. */
export interface Needs {
  /** Its own program and those it runs, in that order. */
  readonly programs: readonly string[];
  /** Texts that it hands to a shell here. */
  readonly scripts: readonly string[];
  /** The words of each program, as they stand: also of one whose name is only known while it runs. */
  readonly runs: readonly (readonly string[])[];
}

const MAX_DEPTH = 4;

/**
 * The programs that must be on this machine for a command: its own and those it runs here (`nohup env A=b deploy`,
 * `find . -exec deploy {} +`), but not what runs on another machine or in a container.
 */
export function needsOf(words: readonly string[], depth = 0): Needs {
  const layers = layersOf(words).filter(({ elsewhere }) => !elsewhere);
  const programs = layers
    .map(({ words: [name = ''] }) => unquoted(name))
    .filter((name) => name !== '' && !/[$`{]/.test(name));
  const scripts = layers.flatMap(({ handed }) =>
    handed?.kind === 'script' && !handed.elsewhere ? [handed.text] : [],
  );
  const inner: (readonly string[])[] = [];
  // What a record would have judged is what its program runs.
  for (const { use } of layers)
    use?.program.judge?.(use, {
      words: (run) => {
        inner.push(run);
        return NOTHING;
      },
      script: (text) => {
        scripts.push(text);
        return NOTHING;
      },
    });
  const below = depth < MAX_DEPTH ? inner.map((run) => needsOf(run, depth + 1)) : [];
  return {
    programs: [...new Set([...programs, ...below.flatMap((needs) => needs.programs)])],
    scripts: [...new Set([...scripts, ...below.flatMap((needs) => needs.scripts)])],
    runs: [...layers.map((layer) => layer.words), ...below.flatMap((needs) => needs.runs)],
  };
}
