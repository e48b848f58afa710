import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';

/** `handrail new`: writes a small runbook that runs, and never over a file that is there. */
export const run: CommandBody['run'] = async (invocation, { cwd, out }) => {
  const [word = ''] = invocation.words;
  const file = path.extname(word) === '' ? `${word}.md` : word;
  const title = invocation.text('title') ?? titleOf(file);
  await write(path.resolve(cwd, file), file, template(title));
  await out.write(
    `Wrote ${file}.\n\n  handrail show ${file}            what is a step in it\n  handrail run ${file} --dry-run   what would run\n  handrail run ${file}             carry it out\n`,
  );
  return EXIT.passed;
};

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

function template(title: string): string {
  return `---
kind: runbook
inputs:
  service: { description: The service to look after, default: example }
---

# ${title.replaceAll('\n', ' ')}

Say when this is done, by whom, and what it must not break.

## Before you begin

Where are we, and how full is the disk?

\`\`\`bash effect=reads
hostname
df -h .
\`\`\`

## Do it

Say what happens here, then let it happen:

\`\`\`bash timeout=5m
echo "restarting {{service}}"
\`\`\`

## Verify

\`\`\`console
$ echo "it is up"
it is up
\`\`\`

## Rollback

Offered by name when a step above fails.

\`\`\`bash
echo "putting {{service}} back"
\`\`\`
`;
}
