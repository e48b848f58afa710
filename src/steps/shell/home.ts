import { rmSync } from 'node:fs';
import type { RunResources } from '../../engine/contracts/step-type.ts';
import { type OutputPipes, type PipeMaker, pipeMaker } from '../../process/pipes.ts';
import { makePrivateFolder } from '../../process/private-folder.ts';

/** What the shell steps of one run share. */
export interface ShellHome {
  /** A private folder (0700), in memory where there is one; removed at the end of the run. */
  readonly folder: string;
  /** Real pipes for a step's output; `undefined`: Node's sockets do. */
  pipesFor(text: string): OutputPipes | undefined;
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

/** Opens a private folder and makes pipes when they are first needed. */
export function openShellHome(): ShellHome {
  const folder = makePrivateFolder();
  let maker: PipeMaker | undefined;
  let steps = 0;
  return {
    folder,
    pipesFor(text) {
      steps += 1;
      // Making pipes costs a process: a run of one simple step does without.
      if (!maker && steps === 1 && !NEEDS_PIPES.test(text)) return undefined;
      maker ??= pipeMaker(folder);
      return maker.open();
    },
    retirePipes() {
      maker?.close();
      maker = undefined;
    },
    close() {
      maker?.close();
      maker = undefined;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
