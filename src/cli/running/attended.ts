import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** Whether a person sits at both ends, and did not ask for something else. */
export function isAttended(invocation: Invocation, context: CliContext): boolean {
  const elsewise = ['unattended', 'json', 'quiet', 'dry-run'];
  const has = (name: string): boolean =>
    invocation.command.options.some((option) => option.name === name);
  return context.interactive && !elsewise.some((name) => has(name) && invocation.flag(name));
}
