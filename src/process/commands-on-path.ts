import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Bash's own words: they are no programs. */
const BUILTINS = new Set(
  '. : [ [[ ]] { } ! alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
);
const found = new Map<string, boolean>();

/** Whether a script could run a command of that name: bash's own word, a program on PATH, or one at its path. */
export function hasCommand(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (name.includes('/')) return isExecutable(name);
  return BUILTINS.has(name) || isProgram(name, pathFolders(env));
}

function pathFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':');
}

function isProgram(name: string, folders: readonly string[]): boolean {
  const key = `${folders.join(':')}\0${name}`;
  let answer = found.get(key);
  if (answer === undefined) {
    answer = folders.some((folder) => isExecutable(join(folder || '.', name)));
    found.set(key, answer);
  }
  return answer;
}

/**
 * Where a program of that name is started from, as an absolute path. `undefined`: nowhere, or it depends on the folder it is
 * started in.
 */
export function programOnPath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const folders = name.includes('/') ? [''] : pathFolders(env);
  if (name.includes('/') ? !isAbsolute(name) : !folders.every(isAbsolute)) return undefined;
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    // Most often it is not there: that is no error to be made.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
