import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AnyStepType } from '../engine/contracts/step-type.ts';
import type { PreflightDoors } from '../engine/preflight.ts';
import { runCommand } from '../process/command.ts';

const SUDO_TIMEOUT_MS = 3000;

/** What is known of this machine and of how it may be asked. */
export interface HostWorld {
  readonly stepTypes: ReadonlyMap<string, AnyStepType>;
  readonly env: Readonly<Record<string, string>>;
  /** Where runs are kept, when that is a folder. */
  readonly stateFolder: string | undefined;
  /** No process is started: what only one can tell is left open. */
  readonly isDry: boolean;
}

/** What preflight asks, answered by this machine. */
export function preflightDoors({ stepTypes, env, stateFolder, isDry }: HostWorld): PreflightDoors {
  const folders = (env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return {
    stepTypes,
    env,
    hasCommand: (name) =>
      isShellWord(name) || folders.some((folder) => isExecutable(resolve(folder || '.', name))),
    exists: existsSync,
    resolve,
    sudoAsks: () => (isDry ? Promise.resolve(undefined) : sudoAsks(env)),
    async freeBytes() {
      if (stateFolder === undefined) return undefined;
      try {
        const { bavail, bsize } = statfsSync(stateFolder);
        return bavail * bsize;
      } catch {
        return undefined;
      }
    },
  };
}

async function sudoAsks(env: HostWorld['env']): Promise<boolean> {
  const asked = { program: 'sudo', args: ['-n', 'true'], env, timeoutMs: SUDO_TIMEOUT_MS };
  try {
    return (await runCommand(asked)).exitCode !== 0;
  } catch {
    return true;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const SHELL_WORDS: ReadonlySet<string> = new Set(
  '. : [ [[ { } ! alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
);

/** Bash's own words are no programs. */
function isShellWord(name: string): boolean {
  return SHELL_WORDS.has(name);
}
