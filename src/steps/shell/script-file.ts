import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { extensionFor, openHook } from './interpreters.ts';

/** A script that runs as a program file of its own. */
export interface ScriptFile {
  readonly program: string;
  readonly args: readonly string[];
  /** The environment that it left, as latin1 text parted by NUL; `''` when that is not known. */
  left(): string;
  close(): void;
}

let filesMade = 0;

/**
 * Writes the script to a 0700 file in the private folder and says how to start it: by `interpreter` (words, quotes
 * allowed), else by its `#!` line, as the kernel would read it.
 */
export function openScriptFile(text: string, interpreter: string, folder: string): ScriptFile {
  const words = interpreterWords(text, interpreter);
  const [program, ...args] = words;
  if (program === undefined) {
    throw new HandrailError('STEP_CANNOT_RUN', {
      message:
        'The script names no interpreter in its `#!` line. Name one there or by `interpreter=`.',
    });
  }
  const path = join(folder, `script-${filesMade++}${extensionFor(words)}`);
  writeFileSync(path, text.endsWith('\n') ? text : `${text}\n`, { mode: 0o700, flag: 'wx' });
  const hook = openHook(words, path, folder);
  return {
    program,
    args: [...args, ...(hook?.args ?? [path])],
    left: () => hook?.read() ?? '',
    close() {
      unlinkSync(path);
      hook?.close();
    },
  };
}

/** What starts a script: the words of `interpreter`, and where that is empty those of its `#!` line. */
export function interpreterWords(text: string, interpreter: string): readonly string[] {
  return interpreter === '' ? shebangWords(text) : splitWords(interpreter);
}

/** The interpreter and, as on Linux, everything behind it as one argument. */
function shebangWords(text: string): readonly string[] {
  const [, program, argument = ''] = /^#!\s*(\S+)[ \t]*(.*)/.exec(text) ?? [];
  if (program === undefined) return [];
  return argument.trim() === '' ? [program] : [program, argument.trim()];
}

function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
