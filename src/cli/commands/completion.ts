import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';
import { candidates } from '../completion/candidates.ts';
import { completionScript } from '../completion/script.ts';

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
