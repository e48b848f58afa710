import type { World } from '../world.ts';
import type { CliContext } from './context.ts';
import { stateFolder } from './state-folder.ts';

/** The pipeline's world as the command line found it: what it knows of a screen is no part of it. */
export function worldOf(context: CliContext, state: string = stateFolder(context)): World {
  const { env, cwd, version } = context;
  return { env, cwd, state, version };
}
