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
    const { text, names, left } = withStableNames(before, runbook);
    if (names.length > 0) await writeFile(file, text);
    const rows = names.map(({ name, line, was }) => {
      const id = was === name ? '' : ` (was ${was})`;
      return `  ${screenLine(found)}:${line}: name=${name}${screenLine(id)}\n`;
    });
    const isRenamed = names.some(({ name, was }) => name !== was);
    await out.write(
      `${screenLine(found)}: ${counted(names.length, 'name')} written\n${rows.join('')}${isRenamed ? RENAMED : ''}${leftInWords(found, left)}`,
    );
  }
  return EXIT.passed;
};

/** An interrupted run finds its steps again by their text; what is usual, and the site, go by ids. */
const RENAMED =
  'Runs up to now know these steps by what they were: what is usual of a step, and its history on the site, begin anew.\n';

function leftInWords(found: string, left: readonly number[]): string {
  if (left.length === 0) return '';
  const where = left.map((line) => `  ${screenLine(found)}:${line}\n`).join('');
  const has = left.length === 1 ? 'has' : 'have';
  return `${counted(left.length, 'step')} without a name ${has} no place for one behind a language. Write \`<!-- handrail: name=… -->\` on a line above:\n${where}`;
}

/** A text with names in it that it did not have. */
interface Named {
  readonly text: string;
  /** Names that were written, with the line of each and the id that the step had. */
  readonly names: readonly {
    readonly name: string;
    readonly line: number;
    readonly was: string;
  }[];
  /** Lines of the blocks that are steps and still have none. */
  readonly left: readonly number[];
}

const FENCE =
  /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:`{3,}|~{3,})[^\S\n]{0,3}[A-Za-z][\w+#-]*)(?=\s|$)(?!\s*\{)/;

/** The first line of a fence, or of a block that is indented. */
const BLOCK = /^(?: {4}|\t|[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:`{3,}|~{3,}))/;

/**
 * Writes `name=` behind the language of every fence that is a step and has none: its id stays what it is then, whatever is
 * edited. Nothing else is changed, not a byte. Blocks without a language, and those with words in braces, are left.
 */
export function withStableNames(text: string, runbook: Runbook): Named {
  const pieces = text.split(/(\r\n|\n|\r)/);
  const taken = new Set(
    runbook.steps.flatMap(({ annotations: { name } }) => (name === undefined ? [] : [name])),
  );
  const names: { name: string; line: number; was: string }[] = [];
  const left: number[] = [];
  for (const step of runbook.steps) {
    if (step.annotations.name !== undefined) continue;
    const at = (step.line - 1) * 2;
    const fence = step.language === null ? null : FENCE.exec(pieces[at] ?? '');
    if (fence === null) {
      if (BLOCK.test(pieces[at] ?? '')) left.push(step.line);
      continue;
    }
    const name = free(step.id.split('/').at(-1) ?? step.id, taken);
    taken.add(name);
    const [head = ''] = fence;
    pieces[at] = `${head} name=${name}${pieces[at]?.slice(head.length) ?? ''}`;
    names.push({ name, line: step.line, was: step.id });
  }
  return { text: pieces.join(''), names, left };
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  const clean = wanted.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^-+|-+$/g, '') || 'step';
  let name = clean;
  for (let count = 2; taken.has(name); count += 1) name = `${clean}-${count}`;
  return name;
}
