import { closeSync, openSync } from 'node:fs';
import { HandrailError } from '../../engine/model/errors.ts';
import type { CliContext } from '../context.ts';
import { ownCommand } from '../team/own-command.ts';

/**
 * The context of somebody who walks through what an alert calls for: attended, whatever the environment says of runs
 * without a person. Where standard input was the body, this process becomes one whose standard input is the terminal,
 * with these words of `handrail run`, and does not come back. Throws USAGE where there is no terminal.
 */
export function atTerminal(words: readonly string[], context: CliContext): CliContext {
  const env = { ...context.env, HANDRAIL_UNATTENDED: undefined };
  if (context.interactive) return { ...context, env };
  if (!context.out.isTerminal || !isTerminalInput())
    throw new HandrailError('USAGE', {
      message:
        '`--open` walks a person through the procedure, and there is no terminal here: nothing was run. Call it at a terminal; `--start` carries out what only reads.',
    });
  const [program, ...first] = ownCommand();
  const call = [program, ...first, 'run', ...words];
  if (call.some((word) => word.includes('\0')))
    throw new HandrailError('USAGE', {
      message: 'A label holds a NUL byte, which cannot be handed on: nothing was run.',
    });
  process.execve?.(program, call, given(env));
  throw new HandrailError('USAGE', {
    message:
      'This Node cannot take the terminal for its standard input: nothing was run. Save the body, and name its file.',
  });
}

/** Puts the controlling terminal in the place of standard input; `false` where there is none. */
function isTerminalInput(): boolean {
  try {
    process.stdin.destroy();
    closeSync(0);
    // The lowest number that is free is taken: that of standard input.
    return openSync('/dev/tty', 'r+') === 0;
  } catch {
    return false;
  }
}

function given(env: CliContext['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
