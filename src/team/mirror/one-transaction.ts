import { sqlstateOf, type TeamConnection } from '../../stores/team/connection.ts';
import type { Mark, Marks } from './marks.ts';

/** Where the outputs of runs that are being carried out have been sent to, by `run path`. */
export type Growing = Map<string, number>;

/** What sends: over which line, where it notes how far it is, and how far it is with what grows. */
export interface Sending {
  readonly team: TeamConnection;
  readonly marks: Marks;
  readonly growing: Growing;
}

/** The record was begun anew, or restored from an older copy: a log is sent again from its beginning. */
export class BegunAnew extends Error {
  readonly mark: string;
  readonly anew: Mark;

  constructor(mark: string, anew: Mark, cause: unknown) {
    super('the record holds less than it did', { cause });
    this.mark = mark;
    this.anew = anew;
  }
}

/** A sender that is lost in the middle keeps nobody else from what it had begun to write for longer than this. */
const BEGIN = 'BEGIN; SET LOCAL idle_in_transaction_session_timeout = 15000';

/**
 * Sends in one transaction, which begins with the first thing that there is to say: what was sent is noted as sent when it is
 * stored for good. Throws what the server or the connection says; then nothing was sent.
 */
export async function inOneTransaction<Done>(
  { team, marks, growing }: Sending,
  send: (sending: Sending) => Promise<Done>,
): Promise<Done> {
  const again = new Set<string>();
  let tries = 1;
  for (;;) {
    const staged = new Map<string, Mark>();
    const grown: Growing = new Map(growing);
    const line = beginning(team);
    try {
      const done = await send({ team: line, marks: over(marks, staged), growing: grown });
      if (line.isBegun()) await team.script('COMMIT');
      for (const [name, mark] of staged) marks.set(name, mark);
      growing.clear();
      for (const [name, bytes] of grown) growing.set(name, bytes);
      return done;
    } catch (error) {
      // Where the server said no it waits for this word; where the line is lost there is nobody to tell.
      if (line.isBegun() && isAnswer(error)) await team.script('ROLLBACK');
      if (GAVE_WAY.has(sqlstateOf(error)) && tries < MOST_TRIES) {
        tries += 1;
        continue;
      }
      if (!(error instanceof BegunAnew)) throw error;
      if (again.has(error.mark)) throw error.cause;
      again.add(error.mark);
      marks.set(error.mark, error.anew);
    }
  }
}

/** SQLSTATE of a transaction that gave way to another one: nothing is wrong with it. */
const GAVE_WAY: ReadonlySet<string> = new Set(['40001', '40P01']);
const MOST_TRIES = 5;

const isAnswer = (error: unknown): boolean =>
  error instanceof BegunAnew || sqlstateOf(error) !== '';

function beginning(team: TeamConnection): TeamConnection & { isBegun(): boolean } {
  let isBegun = false;
  return {
    ...team,
    isBegun: () => isBegun,
    async rows(text, values) {
      if (!isBegun) await team.script(BEGIN);
      isBegun = true;
      return team.rows(text, values);
    },
  };
}

function over(marks: Marks, staged: Map<string, Mark>): Marks {
  return {
    ...marks,
    get: (name) => staged.get(name) ?? marks.get(name),
    set: (name, mark) => void staged.set(name, mark),
  };
}
