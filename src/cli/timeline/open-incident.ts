import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The incident that is open in a state folder, read without anything else being loaded; `null`: none. */
export function openIncident(state: string): string | null {
  try {
    return readFileSync(path.join(state, 'incident'), 'utf8').trim() || null;
  } catch {
    return null;
  }
}
