import { statSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { identityOptions } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';

export const spec: CommandWords = {
  name: 'mcp',
  aside: true,
  summary: 'serve agents on standard input and output: they read and propose, never start',
  arguments: [
    {
      name: 'DIR',
      completes: 'folder',
      summary: 'the folder of runbooks that is open to them, this one by default',
    },
  ],
  options: [...identityOptions],
  examples: [
    ['handrail mcp /srv/runbooks', 'the command to name in the settings of an agent'],
    ['handrail mcp --key ~/.ssh/agent --as agent', 'what an agent proposes is signed'],
  ],
};

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
  const key = invocation.text('key');
  const env = {
    ...context.env,
    ...(key === undefined ? {} : { HANDRAIL_KEY: path.resolve(context.cwd, key) }),
    ...(invocation.text('as') === undefined ? {} : { HANDRAIL_AS: invocation.text('as') }),
  };
  await serveAgents(invocation.table, { ...context, env, cwd: folder, state });
  return EXIT.passed;
};
