import { constants } from 'node:os';

/** The name of a signal's number (`SIGTERM`), its digits where it has none, and `null` for none. */
export function signalName(number: number | undefined): string | null {
  if (!number) return null;
  return Object.entries(constants.signals).find(([, each]) => each === number)?.[0] ?? `${number}`;
}
