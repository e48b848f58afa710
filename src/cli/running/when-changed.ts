import { watch } from 'node:fs';

/** How long changes have to rest before they are told of: an editor writes a file in several steps. */
const REST_MS = 150;

/** Comes up once as soon as it watches, and then whenever something changes below the folders, until the signal. */
export async function* whenChanged(
  folders: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<void, void> {
  let tell: () => void = () => undefined;
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;
  const changed = (name: string | null): void => {
    if (name?.includes('.handrail') === true) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isDue = true;
      tell();
    }, REST_MS);
  };
  const watchers = [...new Set(folders)].map((folder) =>
    watch(folder, { recursive: true }, (_, name) => changed(name)),
  );
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    // What is looked at before the folders are watched may change unseen.
    if (!signal.aborted) yield;
    while (!signal.aborted) {
      const due = new Promise<void>((resolve) => {
        tell = resolve;
        if (isDue) resolve();
      });
      await Promise.race([due, stopped]);
      if (signal.aborted) return;
      isDue = false;
      yield;
    }
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
}
