import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A note on disk that something was begun: whoever makes it first may begin. */
export interface Once {
  /** `null`: it is made, go on. Else when somebody else made it. */
  readonly since: string | null;
  /** Takes it away again: nothing came of it. */
  forget(): void;
}

/** Notes in `<state>/alerts` that what these words stand for is begun, unless that is noted there. */
export function noteOnce(state: string, words: readonly string[], at: string): Once {
  const folder = path.join(state, 'alerts');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${hash('sha256', JSON.stringify(words), 'hex')}.json`);
  const forget = (): void => rmSync(file, { force: true });
  try {
    writeFileSync(file, `${JSON.stringify({ at, words })}\n`, { flag: 'wx', mode: 0o600 });
    return { since: null, forget };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return { since: sinceIn(file), forget: () => undefined };
  }
}

function sinceIn(file: string): string {
  try {
    const note: { at?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof note.at === 'string' ? note.at : 'before';
  } catch {
    return 'before';
  }
}
