import path from 'node:path';
import type { Findings } from './sarif.ts';

/**
 * Findings with paths as pipelines find them again in a repository: from the folder that the command was called in, without
 * `./`. What stands outside of it keeps the path that it was given.
 */
export function inPipelines(findings: readonly Findings[], cwd: string): readonly Findings[] {
  return findings.map((one) => ({ ...one, path: placeOf(one.path, cwd) }));
}

function placeOf(given: string, cwd: string): string {
  const below = path.relative(cwd, path.resolve(cwd, given)).split(path.sep).join('/');
  return below === '' || below.startsWith('../') || below === '..' ? given : below;
}
