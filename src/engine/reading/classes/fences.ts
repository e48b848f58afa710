import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';
import { commands } from './commands.ts';
import { configuration } from './configuration.ts';
import { deviceConsole } from './device-console.ts';
import { output } from './output.ts';
import { prose } from './prose.ts';

/** Every class of such fences; of equal sums the first wins. */
export const FENCE_CLASSES = [
  output,
  configuration,
  prose,
  deviceConsole,
  commands,
] as const satisfies readonly BlockClass<FenceFeatures>[];

/** What a fence without a language of its own, or with a shell's, may be. */
export type FenceClass = (typeof FENCE_CLASSES)[number]['name'];
