import path from 'node:path';

/** How this very handrail is called from another process. */
export function ownCommand(): readonly [string, ...string[]] {
  const entry = process.argv[1];
  // As one file, the program is its own entry.
  if (entry === undefined || path.resolve(entry) === process.execPath) return [process.execPath];
  return [process.execPath, path.resolve(entry)];
}
