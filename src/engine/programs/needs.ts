import { unquoted } from './arguments.ts';
import { layersOf } from './layers.ts';

/**
 * The programs that must be on this machine for a command: its own and those it runs here
 * (`nohup env A=b deploy`), but not what runs on another machine or in a container.
 */
export function programsNeeded(words: readonly string[]): readonly string[] {
  return layersOf(words)
    .filter(({ elsewhere }) => !elsewhere)
    .map(({ words: [name = ''] }) => unquoted(name))
    .filter((name) => name !== '' && !/[$`{]/.test(name));
}
