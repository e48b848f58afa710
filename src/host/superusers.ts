import type { Diagnostic } from '../engine/model/diagnostic.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { connectionsOf } from '../engine/running/step-context.ts';

/**
 * The connections of a runbook's queries on which the server lets everything through, at the first step of each. What cannot
 * be reached is somebody else's finding.
 */
export async function superuserFindings(
  { frontmatter, steps }: Runbook,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Diagnostic[]> {
  const given = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const connections = connectionsOf(frontmatter.connections, Object.fromEntries(given));
  const found: Diagnostic[] = [];
  for (const [name, { url, readonly }] of Object.entries(connections)) {
    const step = steps.find(
      ({ traits, body }) => traits.usesConnection && connectionOf(body) === name,
    );
    if (step === undefined || url === '') continue;
    const user = await superuserOf({ name, url, readonly });
    if (user === null) continue;
    const isReadonly = readonly ? ', also one that is read-only for this runbook' : '';
    found.push({
      rule: 'superuser',
      severity: 'warning',
      line: step.line,
      column: 1,
      message: `The connection \`${name}\` is a superuser's (\`${user}\`): a statement can read and write files and start programs on the server${isReadonly}.`,
      hint: 'Connect as a role that may do what the runbook does, and nothing else.',
    });
  }
  return found;
}

function connectionOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'connection' in body
    ? body.connection
    : undefined;
}

const ASKED = `SELECT current_user FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper`;

/** The superuser whose connection it is; `null`: it is none, or nobody answers. */
async function superuserOf(
  target: Parameters<typeof import('../steps/sql/database.ts').openSession>[0],
): Promise<string | null> {
  const { openSession } = await import('../steps/sql/database.ts');
  try {
    const session = await openSession(target);
    try {
      let user: string | null = null;
      await session.run({
        text: ASKED,
        values: [],
        signal: AbortSignal.timeout(10_000),
        onRow: ([name]) => {
          user = name ?? null;
        },
      });
      return user;
    } finally {
      await session.close();
    }
  } catch {
    return null;
  }
}
