import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { nearest } from '../../text/nearest.ts';
import type { CommandBody, CommandTable, CommandWords } from '../command.ts';
import { commandHelp, mainHelp } from '../help.ts';

export const spec: CommandWords = {
  name: 'help',
  summary: 'show help',
  brief: [],
  aside: true,
  arguments: [
    {
      name: 'COMMAND',
      completes: 'help',
      summary: 'the command, `annotations` or `frontmatter`',
    },
    { name: 'WORD', completes: 'word', summary: 'one of the words of a runbook' },
  ],
  options: [],
  examples: [
    ['handrail help run', 'what run can do'],
    ['handrail help annotations', 'every word for a fence'],
    ['handrail help frontmatter inputs', 'one field of the frontmatter'],
  ],
};

/** `handrail help`: the commands, one of them, or the words of a runbook. */
export const run: CommandBody['run'] = async ({ words: [name, word], table }, { out }) => {
  const command = table.commands.find((candidate) => candidate.name === name);
  if (name !== undefined && (command === undefined || word !== undefined)) {
    const { isWordTable } = await import('../writing/word-tables.ts');
    const { wordHelp, wordsHelp } = await import('../writing/word-help.ts');
    if (isWordTable(name)) {
      await out.write(word === undefined ? wordsHelp(name) : wordHelp(name, word));
      return EXIT.passed;
    }
  }
  if (name !== undefined && !command) throw unknown(name, table);
  await out.write(command ? commandHelp(command, table) : mainHelp(table));
  return EXIT.passed;
};

function unknown(name: string, { commands }: CommandTable): HandrailError {
  return new HandrailError('USAGE', {
    message: `There is no command \`${name}\`; \`handrail help\` lists them.`,
    nearest: nearest(name, [
      ...commands.map((command) => command.name),
      'annotations',
      'frontmatter',
    ]),
  });
}
