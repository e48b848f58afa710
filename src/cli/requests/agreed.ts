import { createInterface } from 'node:readline/promises';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** Digits of an id that are typed as a yes. */
const TYPED = 8;

/**
 * Shows what is to be signed and asks for a yes that nobody types by accident; with `--yes` neither. Throws USAGE where
 * nobody can answer.
 */
export async function agreed(
  invocation: Invocation,
  context: CliContext,
  screen: () => Promise<string>,
  id: string,
): Promise<boolean> {
  if (invocation.flag('yes')) return true;
  await context.out.write(await screen());
  if (!context.interactive)
    throw new HandrailError('USAGE', {
      message:
        'Nobody can answer here, so nothing was signed. At a terminal it asks; `--yes` signs what you have looked at elsewhere.',
    });
  const wanted = id.slice(-TYPED);
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asker.question(`\nType ${wanted} to sign it, anything else to leave it: `);
    return answer.trim() === wanted;
  } finally {
    asker.close();
  }
}
