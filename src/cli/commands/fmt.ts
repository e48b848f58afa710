import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { findRunbook } from '../find-runbooks.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import { withStableNames } from '../writing/stable-names.ts';

export const spec: CommandWords = {
  name: 'fmt',
  summary: 'write stable names into runbooks, and nothing else',
  aside: true,
  arguments: [
    {
      name: 'FILE',
      required: true,
      many: true,
      completes: 'runbook',
      summary: 'the runbooks',
    },
  ],
  options: [{ name: 'names', summary: 'a `name=` on every fence that is a step' }],
  examples: [['handrail fmt ops.md --names', 'ids that stay, whatever is edited']],
};

/** `handrail fmt --names`: writes stable names into runbooks, and nothing else. */
export const run: CommandBody['run'] = async (invocation, { cwd, out }) => {
  if (!invocation.flag('names'))
    throw new HandrailError('USAGE', {
      message: '`handrail fmt` writes one thing so far: say `--names`.',
    });
  const { readRunbook } = await import('../../host/read-page.ts');
  for (const word of invocation.words) {
    const { path: found } = await findRunbook(word, cwd);
    const file = path.resolve(cwd, found);
    const before = await readFile(file, 'utf8');
    const { runbook } = await readRunbook(file);
    const { text, names } = withStableNames(before, runbook);
    if (names.length > 0) await writeFile(file, text);
    const rows = names.map(({ name, line }) => `  ${screenLine(found)}:${line}: name=${name}\n`);
    await out.write(
      `${screenLine(found)}: ${counted(names.length, 'name')} written\n${rows.join('')}`,
    );
  }
  return EXIT.passed;
};
