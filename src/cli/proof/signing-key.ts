import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Handrail } from '../../library.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** The SSH key of `--sign`, there before anything runs; `null`: none is asked for. Throws SIGNING_FAILED. */
export function signingKey(invocation: Invocation, { cwd }: CliContext): string | null {
  const given = invocation.text('sign');
  if (given === undefined) return null;
  const key = path.resolve(cwd, given);
  if (existsSync(key)) return key;
  const message = `There is no SSH key at \`${key}\`. Give the path of one with --sign; nothing was run.`;
  throw new HandrailError('SIGNING_FAILED', { message });
}

/** Signs the seal of a run that has ended, when a key was given. Throws SIGNING_FAILED. */
export async function signIfAsked(
  handrail: Handrail,
  run: string,
  key: string | null,
): Promise<void> {
  if (key === null) return;
  const { signRun } = await import('./sign-run.ts');
  await signRun(await handrail.find(run), key);
}
