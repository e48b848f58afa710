import type { World } from '../../handrail.ts';
import type { CliContext } from '../context.ts';
import { configurationFiles } from './configuration.ts';

/** Has every run sent to the team's record while it goes on, where one is named; nothing is loaded otherwise. */
export function mirrored({ env }: Pick<CliContext, 'env'>): Pick<World, 'beginning'> {
  if (!env['HANDRAIL_TEAM'] && configurationFiles(env).length === 0) return {};
  return {
    beginning(run, state) {
      void import('./start-mirror.ts').then(
        ({ startMirror }) => startMirror(run, state, env),
        () => undefined,
      );
    },
  };
}
