import { rmSync } from 'node:fs';
import type { RunResources } from '../../engine/contracts/step-type.ts';
import { type OutputPipes, type PipeMaker, pipeMaker } from '../../process/pipes.ts';
import { makePrivateFolder } from '../../process/private-folder.ts';
import type { ProcessRequest } from '../../process/process.ts';
import { openStarter, type Starter } from '../../process/starter.ts';

/** What the shell steps of one run share. */
export interface ShellHome {
  /** A private folder (0700), in memory where there is one; removed at the end of the run. */
  readonly folder: string;
  /** How a step's shell is started, and with which locks. `null`: by the engine itself, in its own session. */
  startFor(
    text: string,
    lockFds: readonly number[] | null,
  ): Pick<ProcessRequest, 'starter' | 'pipes'>;
  /** The pipes of the last step are still held by a process it left behind: no other step may get them. */
  retirePipes(): void;
  close(): void;
}

/** Opens the run's shell home at first use; the engine closes it with the run. */
export function shellHome(resources: RunResources): Promise<ShellHome> {
  return resources.get('shell', async () => openShellHome());
}

/** A script that opens its output by a name, or starts another program file that may do so. */
const NEEDS_PIPES =
  /\/dev\/(?:std|fd|tty)|\/proc\/self|(?:^|[\s;&|(`])(?:\.{0,2}\/|~\/|\.\s|source\s|(?:ba|da|z|k)?sh\s|python|perl|ruby|node\s|make\b|npm\s)/m;

/** Opens a private folder, and makes pipes and a starter when they are first needed. */
export function openShellHome(): ShellHome {
  const folder = makePrivateFolder();
  let maker: PipeMaker | undefined;
  let starter: { readonly opened: Starter | undefined } | undefined;
  let steps = 0;
  const pipes = (): OutputPipes | undefined => {
    maker ??= pipeMaker(folder);
    return maker.open();
  };
  return {
    folder,
    startFor(text, lockFds) {
      steps += 1;
      // Making pipes costs a process, as a starter does: a run of one simple step does without.
      if (steps === 1) return !maker && !NEEDS_PIPES.test(text) ? {} : { pipes };
      if (lockFds === null) return { pipes };
      // The locks are the run's own: those of one step are those of all that follow.
      starter ??= { opened: openStarter(lockFds) };
      return { starter: starter.opened, pipes };
    },
    retirePipes() {
      maker?.close();
      maker = undefined;
    },
    close() {
      starter?.opened?.close();
      maker?.close();
      maker = undefined;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
