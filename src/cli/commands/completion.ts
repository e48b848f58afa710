import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { candidates } from '../completion/candidates.ts';
import { completionScript } from '../completion/script.ts';

export const spec: CommandWords = {
  name: 'completion',
  summary: 'print the completion script of a shell',
  aside: true,
  arguments: [
    {
      name: 'SHELL',
      required: true,
      choices: ['bash', 'zsh', 'fish'],
      completes: 'shell',
      summary: 'bash, zsh or fish',
    },
    {
      name: 'WORD',
      many: true,
      summary: 'behind `--`: a command line so far; prints what could stand for its last word',
    },
  ],
  options: [],
  examples: [['eval "$(handrail completion bash)"', 'in ~/.bashrc']],
};

/** `handrail completion SHELL` prints the script; with `-- WORD…` it prints what could stand for the last word. */
export const run: CommandBody['run'] = async (
  { words: [shell = 'bash', ...typed], table },
  context,
) => {
  if (typed.length === 0) {
    await context.out.write(completionScript(shell));
    return EXIT.passed;
  }
  const found = await candidates(typed, { table, ...context });
  for (const { word, summary } of found) {
    const described = shell === 'bash' || summary === '' ? word : `${word}\t${summary}`;
    await context.out.write(`${described}\n`);
  }
  return EXIT.passed;
};
