import { HandrailError } from '../../engine/model/errors.ts';
import { parseArguments } from '../arguments.ts';
import type { CommandTable } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Outlet } from '../outlet.ts';
import { screenStyle } from '../screen/style.ts';

/** What a command said. */
export interface Said {
  readonly text: string;
  readonly exitCode: number;
}

/** More than that is never kept of what a command says. */
const MOST_KEPT = 8 * 1024 * 1024;

/**
 * Carries one command of the table out without a terminal, and keeps what it says. Options are given as
 * `--name=value` and words behind `--`, so that no value can become an option. What it throws is what it says.
 */
export async function ask(
  name: string,
  options: readonly string[],
  words: readonly string[],
  table: CommandTable,
  context: CliContext,
): Promise<Said> {
  const command = table.commands.find((one) => one.name === name);
  if (command === undefined)
    throw new HandrailError('INTERNAL', { message: `there is no ${name}` });
  const out = heard();
  const here: CliContext = {
    ...context,
    out: out.outlet,
    err: out.outlet,
    style: screenStyle(false),
    colour: false,
    interactive: false,
  };
  try {
    const invocation = parseArguments(command, table, [...options, '--', ...words]);
    const exitCode = await (await command.load()).run(invocation, here);
    return { text: out.text(), exitCode };
  } catch (error) {
    if (error instanceof HandrailError)
      return { text: `${out.text()}${error.message}\n`, exitCode: error.exitCode };
    throw error;
  }
}

function heard(): { readonly outlet: Outlet; readonly text: () => string } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    outlet: {
      write(text) {
        const chunk = Buffer.from(text);
        if (bytes < MOST_KEPT) chunks.push(chunk);
        bytes += chunk.length;
        return undefined;
      },
      closed: false,
      isTerminal: false,
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
