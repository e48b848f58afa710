import { HandrailError } from '../../engine/model/errors.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** Whether a person sits at both ends, and did not ask for something else. */
export function isAttended(invocation: Invocation, context: CliContext): boolean {
  if (saidUnattended(invocation, context)) return false;
  const elsewise = ['json', 'quiet', 'dry-run'];
  return context.interactive && !elsewise.some((name) => isSaid(invocation, name));
}

/** Somebody said that nobody need be asked: `--unattended`, or HANDRAIL_UNATTENDED. */
export function saidUnattended(invocation: Invocation, { env }: CliContext): boolean {
  return (
    isSaid(invocation, 'unattended') || /^(?:1|true|yes)$/i.test(env['HANDRAIL_UNATTENDED'] ?? '')
  );
}

/** Refuses to carry anything out without a person whom somebody left out by word: a pipe is no consent. */
export function refuseUnasked(invocation: Invocation, context: CliContext): void {
  if (saidUnattended(invocation, context)) return;
  const why = context.interactive
    ? `\`--${invocation.flag('json') ? 'json' : 'quiet'}\` leaves nobody to ask`
    : 'There is no terminal to ask anybody at';
  throw new HandrailError('USAGE', {
    message: `${why}, and nobody said \`--unattended\`: nothing was run. Say \`--unattended\` (or HANDRAIL_UNATTENDED=1) to let it run by policy.`,
  });
}

function isSaid(invocation: Invocation, name: string): boolean {
  return invocation.command.options.some((option) => option.name === name) && invocation.flag(name);
}
