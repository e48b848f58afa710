import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';
import { commands } from './commands.ts';
import { configuration } from './configuration.ts';
import { deviceConsole } from './device-console.ts';
import { output } from './output.ts';
import { prose } from './prose.ts';

/** What a fence without a language of its own, or with a shell's, may be. */
export type FenceClass = 'commands' | 'output' | 'configuration' | 'prose' | 'device-console';

/** Every class of such fences; of equal sums the first wins. */
export const FENCE_CLASSES: readonly BlockClass<FenceFeatures, FenceClass>[] = [
  output,
  configuration,
  prose,
  deviceConsole,
  commands,
];
