import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import type { CliContext } from './context.ts';

/** Says whether a command can be found on PATH, or at its path; answers are remembered. */
export function commandFinder(env: CliContext['env']): (name: string) => boolean {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = name.includes('/')
      ? isProgram(name)
      : folders.some((folder) => isProgram(path.join(folder, name)));
    known.set(name, found);
    return found;
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
