import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

/** Where a command of that name stands on a PATH, links followed; `undefined` when it is not there. */
export function commandOnPath(name: string, path_: string): string | undefined {
  for (const folder of path_.split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return realpathSync(file);
    } catch {
      // Not here.
    }
  }
  return undefined;
}
