import { hash } from 'node:crypto';
import { join } from 'node:path';
import { sqlstateOf, type TeamConnection } from '../../stores/team/connection.ts';
import { type Marks, NOTHING_SENT } from './marks.ts';
import { bytesOf, newLines } from './new-lines.ts';

const NAME = 'runs.jsonl';

/** Sends what is new of the chain of all runs of a state folder, up to a size that it had before its runs were sent. */
export async function sendChain(
  team: TeamConnection,
  state: string,
  marks: Marks,
  upTo: number,
): Promise<number> {
  const path = join(state, NAME);
  if (upTo === 0) return 0;
  const [first] = firstLine(path, upTo);
  if (first === undefined) return 0;
  const chain = hash('sha256', first, 'hex');
  if (marks.get(NAME).chain !== chain) marks.set(NAME, { ...NOTHING_SENT, chain });
  if (marks.get(NAME).fork !== undefined) return 0;
  let sent = 0;
  for (let isAgain = false; ; isAgain = true) {
    try {
      for (const lines of newLines(path, marks.get(NAME).bytes, upTo)) {
        const mark = marks.get(NAME);
        const [end] = await team.rows<{ fork: number | null }>(
          'SELECT fork FROM handrail.append_chain($1, $2, $3)',
          [Buffer.from(chain, 'hex'), mark.lines, lines],
        );
        if (end?.fork != null) {
          marks.set(NAME, { ...mark, fork: end.fork + 1 });
          return sent;
        }
        const bytes = mark.bytes + bytesOf(lines);
        marks.set(NAME, { ...mark, lines: mark.lines + lines.length, bytes });
        sent += lines.length;
      }
      return sent;
    } catch (error) {
      if (sqlstateOf(error) !== '22023' || isAgain) throw error;
      marks.set(NAME, { ...NOTHING_SENT, chain });
    }
  }
}

function firstLine(path: string, upTo: number): readonly Buffer[] {
  for (const lines of newLines(path, 0, upTo)) return lines;
  return [];
}
