import { existsSync } from 'node:fs';
import path from 'node:path';

/** The allowed-signers file: as given, else HANDRAIL_ALLOWED_SIGNERS, else `allowed_signers` in the state folder. */
export function allowedSignersFile(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  state: string,
): string | null {
  const named = given ?? env['HANDRAIL_ALLOWED_SIGNERS'];
  if (named) return path.resolve(named);
  const own = path.join(state, 'allowed_signers');
  return existsSync(own) ? own : null;
}
