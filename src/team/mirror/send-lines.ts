import { sqlstateOf } from '../../stores/team/connection.ts';
import { type Mark, type Marks, NOTHING_SENT } from './marks.ts';
import { bytesOf, newLines } from './new-lines.ts';
import { BegunAnew } from './one-transaction.ts';

/** A chained log that grows at its end. */
export interface Growth {
  readonly path: string;
  /** Lines behind this byte are left for later. */
  readonly upTo: number;
  /** The name of its mark. */
  readonly name: string;
  /** The mark that it begins anew with, where the record holds less than it did. */
  readonly anew?: Mark;
  /** Sends lines, the first of which is that one; says at which one the record holds something else. */
  append(first: number, lines: readonly Buffer[]): Promise<number | null | undefined>;
}

/** Sends what is new of a log and notes how far it is; how many lines. Throws what the server or the connection says. */
export async function sendLines(marks: Marks, growth: Growth): Promise<number> {
  const { path, upTo, name, anew = NOTHING_SENT, append } = growth;
  if (upTo === 0) return 0;
  let sent = 0;
  for (const lines of newLines(path, marks.get(name).bytes, upTo)) {
    const mark = marks.get(name);
    const fork = await append(mark.lines, lines).catch((error: unknown) => {
      throw sqlstateOf(error) === '22023' ? new BegunAnew(name, anew, error) : error;
    });
    if (fork != null) {
      marks.set(name, { ...mark, fork: fork + 1 });
      return sent;
    }
    const bytes = mark.bytes + bytesOf(lines);
    marks.set(name, { ...mark, lines: mark.lines + lines.length, bytes });
    sent += lines.length;
  }
  return sent;
}
