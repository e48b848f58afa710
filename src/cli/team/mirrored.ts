import { isTeamUrl } from '../../stores/team/connection.ts';
import type { World } from '../../world.ts';
import type { CliContext } from '../context.ts';
import { configurationFiles, hostInTeam } from './configuration.ts';
import { startMirror, startSync } from './start-mirror.ts';

/** Has every run sent to the team's record while it goes on, where one is named, under the name that the team has for this host. */
export function mirrored({ env }: Pick<CliContext, 'env'>): Pick<World, 'beginning' | 'host'> {
  if (!isNamed(env)) return {};
  const host = hostInTeam(env);
  return {
    ...(host === undefined ? {} : { host }),
    beginning(run, state) {
      if (!isTeamUrl(state)) startMirror(run, state, env);
    },
  };
}

/** Has what was said of an incident sent to the team's record by a process of its own; nobody waits for it. */
export async function sendSoon(context: Pick<CliContext, 'state' | 'env' | 'cwd'>): Promise<void> {
  if (!isNamed(context.env)) return;
  const { stateFolder } = await import('../state-folder.ts');
  const state = stateFolder(context);
  if (!isTeamUrl(state)) startSync([], state, context.env);
}

function isNamed(env: CliContext['env']): boolean {
  return Boolean(env['HANDRAIL_TEAM']) || configurationFiles(env).length > 0;
}
