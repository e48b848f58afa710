import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { findRunbook } from '../find-runbooks.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';

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
    const { runbook } = await readRunbook(file);
    const before = await readFile(file, 'utf8');
    const { text, names } = withStableNames(before, runbook);
    if (names.length > 0) await writeFile(file, text);
    const rows = names.map(({ name, line, was }) => {
      const id = was === name ? '' : ` (was ${was})`;
      return `  ${screenLine(found)}:${line}: name=${name}${screenLine(id)}\n`;
    });
    const isRenamed = names.some(({ name, was }) => name !== was);
    await out.write(
      `${screenLine(found)}: ${counted(names.length, 'name')} written\n${rows.join('')}${isRenamed ? RENAMED : ''}`,
    );
  }
  return EXIT.passed;
};

/** An interrupted run finds its steps again by their text; what is usual, and the site, go by ids. */
const RENAMED =
  'Runs up to now know these steps by what they were: what is usual of a step, and its history on the site, begin anew.\n';

/** A text with names in it that it did not have. */
interface Named {
  readonly text: string;
  /** Names that were written, with the line of each and the id that the step had. */
  readonly names: readonly {
    readonly name: string;
    readonly line: number;
    readonly was: string;
  }[];
}

const FENCE =
  /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(`{3,}|~{3,})([A-Za-z][\w+#-]*)([^\S\n]+[^{\n][^\n]*)?[^\S\n]*$/;

/**
 * Writes `name=` behind the language of every fence that is a step and has none: its id stays what it is then, whatever is
 * edited. Nothing else is changed, not a byte. Fences without a language, and those with words in braces, are left.
 */
export function withStableNames(text: string, runbook: Runbook): Named {
  const pieces = text.split(/(\r\n|\n|\r)/);
  const taken = new Set(
    runbook.steps.flatMap(({ annotations: { name } }) => (name === undefined ? [] : [name])),
  );
  const names: { name: string; line: number; was: string }[] = [];
  for (const step of runbook.steps) {
    if (step.annotations.name !== undefined || step.language === null) continue;
    const at = (step.line - 1) * 2;
    const fence = FENCE.exec(pieces[at] ?? '');
    if (fence === null) continue;
    const name = free(step.id.split('/').at(-1) ?? step.id, taken);
    taken.add(name);
    const [whole, prefix = '', mark = '', language = ''] = fence;
    const head = `${prefix}${mark}${language}`;
    pieces[at] = `${head} name=${name}${whole.slice(head.length)}`;
    names.push({ name, line: step.line, was: step.id });
  }
  return { text: pieces.join(''), names };
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  const clean = wanted.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^-+|-+$/g, '') || 'step';
  let name = clean;
  for (let count = 2; taken.has(name); count += 1) name = `${clean}-${count}`;
  return name;
}
