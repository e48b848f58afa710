import { existsSync } from 'node:fs';
import path from 'node:path';
import { schemeOf, stateOf } from '../engine/model/command-about.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { CliContext } from './context.ts';

/**
 * Where runs are kept: `--state`, else HANDRAIL_HOME, else the nearest `.handrail/` at or above the
 * given folder, else the XDG state folder. An URL of another run store is left as it is.
 */
export function stateFolder(
  { state, env, cwd }: Pick<CliContext, 'state' | 'env' | 'cwd'>,
  nearestTo: string = cwd,
): string {
  const given = state ?? env['HANDRAIL_HOME'];
  if (given) return schemeOf(given) === undefined ? path.resolve(cwd, given) : given;
  return nearestState(path.resolve(cwd, nearestTo)) ?? personalState(env);
}

/**
 * The folder or URL of a run's record where a command typed here would look for the run elsewhere without it; else
 * `null`. `place` is the run's own, or that of all.
 */
export function namedState(place: string, { state, env, cwd }: CliContext): string | null {
  const used = stateOf(place);
  return state === undefined && used === stateFolder({ state: undefined, env, cwd }) ? null : used;
}

function nearestState(from: string): string | undefined {
  const candidate = path.join(from, '.handrail');
  if (existsSync(candidate)) return candidate;
  const above = path.dirname(from);
  return above === from ? undefined : nearestState(above);
}

function personalState(env: CliContext['env']): string {
  if (env['XDG_STATE_HOME']) return path.join(env['XDG_STATE_HOME'], 'handrail');
  if (env['HOME']) return path.join(env['HOME'], '.local', 'state', 'handrail');
  throw new HandrailError('CONFIGURATION', {
    message:
      'There is no folder to keep runs in: neither HANDRAIL_HOME, XDG_STATE_HOME nor HOME is set. Give one with --state DIR.',
  });
}
