import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** Who signs, and with which key. */
export interface Identity {
  readonly who: string;
  readonly key: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/;

/** `--key` and `--as`, else HANDRAIL_KEY and HANDRAIL_AS, else the person's own SSH key and login. Throws USAGE or SIGNING_FAILED. */
export function identityOf(invocation: Invocation, { cwd, env }: CliContext): Identity {
  const who = invocation.text('as') ?? env['HANDRAIL_AS'] ?? env['USER'] ?? env['LOGNAME'] ?? '';
  if (who === '')
    throw new HandrailError('USAGE', {
      message:
        'It is not known who signs. Say who you are with --as, such as `--as ada`, or in HANDRAIL_AS.',
    });
  if (!NAME.test(who))
    throw new HandrailError('USAGE', {
      message: `\`${who}\` is no name that an allowed-signers file can hold. Say who you are with --as, such as \`--as ada\`, or in HANDRAIL_AS.`,
    });
  const named = invocation.text('key') ?? env['HANDRAIL_KEY'];
  const own = env['HOME'] === undefined ? '' : path.join(env['HOME'], '.ssh', 'id_ed25519');
  const key = named === undefined ? own : path.resolve(cwd, named);
  if (key !== '' && existsSync(key)) return { who, key };
  throw new HandrailError('SIGNING_FAILED', {
    message: `There is no SSH key at \`${key || '~/.ssh/id_ed25519'}\`. Give the path of one with --key; nothing was signed.`,
  });
}

/** The time now, as documents write it. */
export function nowText(): string {
  return new Date().toISOString();
}
