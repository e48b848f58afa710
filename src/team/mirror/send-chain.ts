import { hash } from 'node:crypto';
import { join } from 'node:path';
import { CHAIN } from '../../engine/record/files.ts';
import { sqlstateOf, type TeamConnection } from '../../stores/team/connection.ts';
import { type Marks, NOTHING_SENT } from './marks.ts';
import { bytesOf, newLines } from './new-lines.ts';

/** Sends what is new of the chain of all runs of a state folder, up to a size that it had before its runs were sent. */
export async function sendChain(
  team: TeamConnection,
  state: string,
  marks: Marks,
  upTo: number,
): Promise<number> {
  const path = join(state, CHAIN);
  if (upTo === 0) return 0;
  const [first] = firstLine(path, upTo);
  if (first === undefined) return 0;
  const chain = hash('sha256', first, 'hex');
  if (marks.get(CHAIN).chain !== chain) marks.set(CHAIN, { ...NOTHING_SENT, chain });
  if (marks.get(CHAIN).fork !== undefined) return 0;
  let sent = 0;
  for (let isAgain = false; ; isAgain = true) {
    try {
      for (const lines of newLines(path, marks.get(CHAIN).bytes, upTo)) {
        const mark = marks.get(CHAIN);
        const [end] = await team.rows<{ fork: number | null }>(
          'SELECT fork FROM handrail.append_chain($1, $2, $3)',
          [Buffer.from(chain, 'hex'), mark.lines, lines],
        );
        if (end?.fork != null) {
          marks.set(CHAIN, { ...mark, fork: end.fork + 1 });
          return sent;
        }
        const bytes = mark.bytes + bytesOf(lines);
        marks.set(CHAIN, { ...mark, lines: mark.lines + lines.length, bytes });
        sent += lines.length;
      }
      return sent;
    } catch (error) {
      if (sqlstateOf(error) !== '22023' || isAgain) throw error;
      marks.set(CHAIN, { ...NOTHING_SENT, chain });
    }
  }
}

function firstLine(path: string, upTo: number): readonly Buffer[] {
  for (const lines of newLines(path, 0, upTo)) return lines;
  return [];
}
