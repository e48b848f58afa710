import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';

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

/** How a program that is no shell leaves the environment that its script ends with. */
interface EnvironmentHook {
  /** What stands behind the interpreter's own words. */
  readonly args: readonly string[];
  /** The folder and the exported variables, parted by NUL, as latin1 text; `''` when the script left nothing. */
  read(): string;
  close(): void;
}

const PYTHON = `import atexit,os,runpy,sys
def _keep(path,folder):
    with open(path,"wb") as file:
        file.write(folder+b"\\0"+b"".join(k+b"="+v+b"\\0" for k,v in os.environb.items())+b"end")
atexit.register(_keep,sys.argv[1],os.getcwdb())
sys.argv=sys.argv[2:]
runpy.run_path(sys.argv[0],run_name="__main__")`;
const NODE = (path: string): string => `'use strict';
const { writeFileSync } = require('node:fs');
const folder = process.cwd();
process.on('exit', () => {
  const entries = Object.entries(process.env).map(([name, value]) => name + '=' + value + '\\0');
  writeFileSync(${JSON.stringify(path)}, folder + '\\0' + entries.join('') + 'end');
});
`;
let made = 0;

/** The file name that an interpreter wants its script to end in. */
function extensionFor(words: readonly string[]): string {
  const name = nameOf(words);
  if (/^(?:deno|bun|tsx|ts-node)/.test(name)) return '.ts';
  return name === 'pwsh' || name === 'powershell' ? '.ps1' : '';
}

/** A hook for python and node; other interpreters hand values on by HANDRAIL_OUTPUT. */
function openHook(
  words: readonly string[],
  script: string,
  folder: string,
): EnvironmentHook | undefined {
  const name = nameOf(words);
  const isPython = /^python\d*(?:\.\d+)?$/.test(name);
  if (!isPython && !/^node(?:js)?$/.test(name)) return undefined;
  const number = made++;
  const left = join(folder, `environment-${number}`);
  const hook = join(folder, `hook-${number}.cjs`);
  if (!isPython) writeFileSync(hook, NODE(left), { mode: 0o600, flag: 'wx' });
  return {
    args: isPython ? ['-c', PYTHON, left, script] : ['--require', hook, script],
    read: () => latin1Of(left),
    close() {
      for (const path of isPython ? [left] : [left, hook]) removeIfThere(path);
    },
  };
}

function latin1Of(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never written.
  }
}

/** The program itself, also behind `/usr/bin/env`. */
function nameOf([program = '', argument = '']: readonly string[]): string {
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return base(program) === 'env' ? base(argument) : base(program);
}
