import path from 'node:path';
import { screenLine } from '../screen/safe-text.ts';
import type { Findings } from './sarif.ts';

/**
 * Findings with paths as pipelines find them again in a repository: from the folder that the command was called in, without
 * `./`. What stands outside of it keeps the path that it was given. Their words quote somebody else's text, and are shown
 * to people: nothing in them acts or turns round what is read.
 */
export function inPipelines(findings: readonly Findings[], cwd: string): readonly Findings[] {
  return findings.map((one) => ({
    path: placeOf(one.path, cwd),
    diagnostics: one.diagnostics.map(({ hint, ...found }) => ({
      ...found,
      message: screenLine(found.message),
      ...(hint === undefined ? {} : { hint: screenLine(hint) }),
    })),
  }));
}

function placeOf(given: string, cwd: string): string {
  const below = path.relative(cwd, path.resolve(cwd, given)).split(path.sep).join('/');
  return below === '' || below.startsWith('../') || below === '..' ? given : below;
}
