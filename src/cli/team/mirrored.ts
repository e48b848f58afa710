import type { World } from '../../world.ts';
import type { CliContext } from '../context.ts';
import { configurationFiles } from './configuration.ts';

/** Has every run sent to the team's record while it goes on, where one is named; nothing is loaded otherwise. */
export function mirrored({ env }: Pick<CliContext, 'env'>): Pick<World, 'beginning'> {
  if (!isNamed(env)) return {};
  return {
    beginning(run, state) {
      void import('./start-mirror.ts').then(
        ({ startMirror }) => startMirror(run, state, env),
        () => undefined,
      );
    },
  };
}

/** Has what was said of an incident sent to the team's record by a process of its own; nobody waits for it. */
export async function sendSoon(context: Pick<CliContext, 'state' | 'env' | 'cwd'>): Promise<void> {
  if (!isNamed(context.env)) return;
  const [{ startSync }, { stateFolder }] = await Promise.all([
    import('./start-mirror.ts'),
    import('../state-folder.ts'),
  ]);
  await startSync([], stateFolder(context), context.env);
}

function isNamed(env: CliContext['env']): boolean {
  return Boolean(env['HANDRAIL_TEAM']) || configurationFiles(env).length > 0;
}
