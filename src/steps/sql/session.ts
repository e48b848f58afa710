import type { StepContext } from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { type DatabaseSession, type DatabaseTarget, openSession } from './database.ts';

/** The connection of that name; throws STEP_CANNOT_RUN with what is missing. */
export function targetOf(name: string, connections: StepContext['connections']): DatabaseTarget {
  const found = connections[name];
  if (found && found.url !== '') return { name, ...found };
  const known = Object.keys(connections).join('`, `');
  const message = found
    ? `The URL of the database connection \`${name}\` is empty: the environment variable it names is not set. Set it.`
    : name === 'default'
      ? 'There is no database connection: give `connections: { default: { url: $DATABASE_URL } }` in the frontmatter, or set DATABASE_URL.'
      : `There is no database connection \`${name}\`${known ? `; there is \`${known}\`` : ''}. Declare it under \`connections:\` in the frontmatter.`;
  throw new HandrailError('STEP_CANNOT_RUN', { message });
}

/** The run's session on a connection: opened at first use, opened anew when it was lost. */
export interface SharedSession {
  readonly session: DatabaseSession;
  /** The session before this one was lost, and its settings with it. */
  readonly reopened: boolean;
}

/** One session per connection and run, so that fences see one another's settings and temporary tables. */
export async function sharedSession(
  target: DatabaseTarget,
  resources: StepContext['resources'],
): Promise<SharedSession> {
  const slot = await resources.get(`database ${target.name}`, async () =>
    slotOf(await openSession(target)),
  );
  if (slot.session.state() !== 'lost') return { session: slot.session, reopened: false };
  slot.session = await openSession(target);
  return { session: slot.session, reopened: true };
}

interface Slot {
  session: DatabaseSession;
  close(): Promise<void>;
}

function slotOf(session: DatabaseSession): Slot {
  const slot: Slot = { session, close: () => slot.session.close() };
  return slot;
}

const reached = new WeakMap<StepContext['connections'], Map<string, Promise<string | null>>>();

/** Tries a connection once per run; the sentence of what is wrong, `null` when it can be used. */
export function tryConnection(
  name: string,
  connections: StepContext['connections'],
): Promise<string | null> {
  const known = reached.get(connections) ?? new Map<string, Promise<string | null>>();
  reached.set(connections, known);
  const before = known.get(name);
  if (before) return before;
  const attempt = tryOnce(targetOf(name, connections));
  known.set(name, attempt);
  return attempt;
}

async function tryOnce(target: DatabaseTarget): Promise<string | null> {
  try {
    const session = await openSession(target);
    await session.close();
    return null;
  } catch (error) {
    if (error instanceof HandrailError && error.code === 'UNREACHABLE') return error.message;
    throw error;
  }
}
