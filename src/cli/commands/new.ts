import { type Stats, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import { isMarkdown } from '../find-runbooks.ts';

export const spec: CommandWords = {
  name: 'new',
  summary: 'start a runbook from a template',
  arguments: [{ name: 'FILE', required: true, completes: 'file', summary: 'the file to write' }],
  options: [
    { name: 'title', value: 'TEXT', summary: 'its title' },
    {
      name: 'template',
      value: 'NAME',
      choices: ['simple', 'health-check', 'backup', 'release', 'incident'],
      summary: 'simple (default), health-check, backup, release, incident',
    },
    {
      name: 'from',
      value: 'SCRIPT',
      completes: 'file',
      summary: 'draft it from a shell script',
    },
  ],
  examples: [
    ['handrail new restart.md --title "Restart the pool"', 'a runbook that runs'],
    ['handrail new backup.md --template backup', 'a backup, and its restore drill'],
    ['handrail new deploy.md --from deploy.sh', 'arguments become inputs, functions steps'],
  ],
};

/** `handrail new`: writes a runbook that runs, from a template or a script, and never over a file that is there. */
export const run: CommandBody['run'] = async (invocation, { cwd, out }) => {
  const [word = ''] = invocation.words;
  if (word === '' || word.endsWith('/') || statOf(path.resolve(cwd, word))?.isDirectory() === true)
    throw new HandrailError('USAGE', {
      message: `\`${word}\` is no name of a file. Say one in it, such as \`${path.join(word, 'restart.md')}\`.`,
    });
  const file = path.extname(word) === '' ? `${word}.md` : word;
  const title = invocation.text('title') ?? titleOf(file);
  const { text, remarks } = await draftOf(invocation, title.replaceAll('\n', ' '), cwd);
  await write(path.resolve(cwd, file), file, text);
  if (remarks.length > 0)
    await out.write(`${remarks.map((remark) => `- ${remark}`).join('\n')}\n\n`);
  await out.write(
    `Wrote ${file}.\n\n  handrail show ${file}            what is a step in it\n  handrail run ${file} --dry-run   what would run\n  handrail run ${file}             carry it out\n`,
  );
  return EXIT.passed;
};

/** From a script, or from a template. */
async function draftOf(
  invocation: Invocation,
  title: string,
  cwd: string,
): Promise<{ readonly text: string; readonly remarks: readonly string[] }> {
  const script = invocation.text('from');
  if (script !== undefined) {
    if (isMarkdown(script))
      throw new HandrailError('USAGE', {
        message: `\`${script}\` is a runbook as it is, and no script: \`handrail show ${script}\` says what is a step in it.`,
      });
    const { runbookFromScript } = await import('../writing/from-script.ts');
    const text = await readFile(path.resolve(cwd, script), 'utf8').catch((error: unknown) => {
      throw cannotRead(script, error);
    });
    return runbookFromScript(text, title);
  }
  const { RUNBOOK_TEMPLATES } = await import('../writing/templates.ts');
  const template = RUNBOOK_TEMPLATES[invocation.text('template') ?? 'simple'];
  return { text: template?.text(title) ?? '', remarks: [] };
}

const statOf = (file: string): Stats | undefined => statSync(file, { throwIfNoEntry: false });

function cannotRead(file: string, error: unknown): HandrailError {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  const message = `The script \`${file}\` cannot be read (${code}); give a file that is there.`;
  return new HandrailError('USAGE', { message }, { cause: error });
}

async function write(absolute: string, file: string, text: string): Promise<void> {
  try {
    await writeFile(absolute, text, { flag: 'wx' });
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, error: unknown): HandrailError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const message =
    code === 'EEXIST'
      ? `\`${file}\` is already there and was left as it is. Choose another name.`
      : `\`${file}\` cannot be written (${code || error}). Choose a folder that is there and that you may write to.`;
  return new HandrailError('USAGE', { message }, { cause: error });
}

function titleOf(file: string): string {
  const words = path.basename(file, path.extname(file)).replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
