import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a program that is no shell leaves the environment that its script ends with. */
export interface EnvironmentHook {
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
export function extensionFor(words: readonly string[]): string {
  const name = nameOf(words);
  if (/^(?:deno|bun|tsx|ts-node)/.test(name)) return '.ts';
  return name === 'pwsh' || name === 'powershell' ? '.ps1' : '';
}

/** A hook for python and node; other interpreters hand values on by HANDRAIL_OUTPUT. */
export function openHook(
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
