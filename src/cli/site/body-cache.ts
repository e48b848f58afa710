import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { makeFolder, readOwn, replaceFile } from '../../stores/files/disk.ts';

/** Bodies of pages from earlier builds, one file each. `sweep` forgets the oldest when there are too many. */
export interface BodyCache {
  get(key: string): string | undefined;
  put(key: string, body: string): void;
  sweep(): void;
}

const MOST_BODIES = 8000;

/**
 * A cache in a folder of its own, by the build that fills it: another one sets pages otherwise. Without a folder or a
 * build nothing is kept. A cache that fails is no error.
 */
export function bodyCache(
  folder: string | null,
  build: string | null,
): BodyCache & SiteContext['cache'] {
  const own = folder === null || build === null ? null : path.join(folder, `bodies-${build}`);
  let made = false;
  return {
    get(key) {
      try {
        return own === null ? undefined : readOwn(path.join(own, key));
      } catch {
        return undefined;
      }
    },
    put(key, body) {
      if (own === null) return;
      try {
        if (!made) makeFolder(own);
        made = true;
        replaceFile(path.join(own, key), body);
      } catch {
        // Rendered again next time.
      }
    },
    sweep() {
      if (own === null || folder === null || !made) return;
      for (const name of readdirSync(folder))
        if (name.startsWith('bodies-') && name !== path.basename(own))
          rmSync(path.join(folder, name), { recursive: true, force: true });
      const names = readdirSync(own);
      if (names.length > MOST_BODIES)
        for (const name of names) rmSync(path.join(own, name), { force: true });
    },
  };
}
