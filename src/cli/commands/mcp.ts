import { statSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';
import { stateFolder } from '../state-folder.ts';

/** `handrail mcp`: a server for agents on standard input and output. It reads, proposes, and never starts anything. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [dir = '.'] = invocation.words;
  const folder = path.resolve(context.cwd, dir);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new HandrailError('USAGE', {
      message: `\`${dir}\` is no folder. Give one with runbooks in it.`,
    });
  if (process.stdin.isTTY)
    throw new HandrailError('USAGE', {
      message:
        '`handrail mcp` talks with a program, and standard input is a terminal. Name it as a server in the settings of an agent.',
    });
  const state = stateFolder(context, folder);
  // What commands are given by name they look for here.
  process.chdir(folder);
  const { serveAgents } = await import('../mcp/serve.ts');
  await serveAgents(invocation.table, { ...context, cwd: folder, state });
  return EXIT.passed;
};
