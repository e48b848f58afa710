import type { TranscriptEntry } from '../model/block.ts';
import type { Expectation, StepPart } from '../model/runbook.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import type { Guard } from '../shell/guards.ts';
import {
  commentExpectation,
  containing,
  expectationOf,
  saysOutput,
  showsShape,
} from './expectations.ts';
import { forbids } from './leads.ts';
import { commentBehind } from './marks/comment-marks.ts';
import type { ReadFence } from './read-fence.ts';
import { firstComment, isFragment, titleOfLead, toTitle } from './titles.ts';

/** Titles that a fence's surroundings offer, the best first; `''` where there is none. */
export interface FenceTitles {
  /** Of the item it belongs to. */
  readonly item: string;
  /** The sentence above it. */
  readonly lead: string;
  /** Of the numbered paragraph it stands under. */
  readonly paragraph: string;
  /** Of the label directly above it. */
  readonly label: string;
}

/**
 * A fence's title: its item, the sentence or label above, its first comment, a farther label, its heading. Of two parts and
 * more the first comment names the first part alone.
 */
export function fenceTitle(read: ReadFence, titles: FenceTitles): string {
  const { block } = read;
  return (
    toTitle(titles.item) ||
    titleOfLead(titles.lead) ||
    titles.paragraph ||
    (isNoTitle(titles.label, read) ? '' : toTitle(titles.label)) ||
    (hasParts(block) ? '' : firstComment(block.text)) ||
    (saysOutput(block.label) === 'no' && !isNoTitle(block.label, read)
      ? toTitle(block.label)
      : '') ||
    block.trail.at(-1) ||
    'Step'
  );
}

/** A label that names nothing, or that forbade the commands above: of what may be run it is no title. */
const isNoTitle = (label: string, { languages }: ReadFence): boolean =>
  isFragment(label) || forbids(label, languages);

/** Whether its comments name several parts. */
const hasParts = ({ shell }: ReadFence['block']): boolean => (shell?.parts.length ?? 0) > 1;

/** What a fence itself expects: the output in its transcript, or what its comments say. */
export async function ownExpectation(read: ReadFence): Promise<Expectation | null> {
  const { block } = read;
  const { transcript, kind, answers } = block.content;
  if (answers !== undefined)
    return {
      line: block.textLine,
      match: block.annotations.match ?? 'text',
      text: answers.text,
      advisory: answers.isRough || isExample(read),
    };
  if (!transcript.some(asserts)) {
    return kind === 'sql'
      ? commentExpectation(block.text, block.textLine)
      : await guardExpectation(block.content.text, block.textLine);
  }
  const text = transcript.map(transcriptText).join('\n');
  return {
    line: block.textLine,
    match: block.annotations.match ?? 'text',
    text,
    advisory: isExample(read),
  };
}

/** "For example:" above a session: what it shows is a shape, unless `match=` says otherwise. */
const isExample = ({ block, lead, languages }: ReadFence): boolean =>
  block.annotations.match === undefined && showsShape(lead || block.label, languages);

/** Whether something is said of a command's output or end: below it, or behind clitest's `#=>`. */
const asserts = ({ output, exitCode, command }: TranscriptEntry): boolean =>
  output !== '' || exitCode !== null || command.includes(' #=> ');

/** What the comments of a script say of its commands; the first of them stands for all. */
async function guardExpectation(text: string, textLine: number): Promise<Expectation | null> {
  const { guardsOf } = await import('../shell/guards.ts');
  const [first] = guardsOf(text);
  return first === undefined ? null : expectedOf(first, textLine);
}

const expectedOf = ({ contains, line }: Guard, textLine: number): Expectation =>
  contains === ''
    ? { line: textLine + line, match: 'text', text: '', advisory: false }
    : containing(contains, textLine + line);

/** What a fence below a step expects of it; `regex` is an Innovation Engine comment's, `isRough` one of a similarity. */
export function statedExpectation(
  read: ReadFence,
  match: Expectation['match'] | undefined,
  regex: string | null,
  isRough = false,
): Expectation {
  const { block } = read;
  const stated = block.annotations.match ?? match;
  const expectation = expectationOf(block.line, block.text, stated);
  const isShape =
    stated === undefined &&
    expectation.match === 'text' &&
    showsShape(read.lead || block.label, read.languages);
  const base = { ...expectation, advisory: isShape };
  if (regex !== null) return { ...base, match: 'text', regex };
  return isRough && base.match === 'state' ? { ...base, match: 'similar' } : base;
}

/**
 * The named parts of a script, with its text cut at them. A comment that is `apart`, as an alternative is, opens one
 * where no other would.
 */
export async function partsOf(read: ReadFence, marks: CommentMarks): Promise<readonly StepPart[]> {
  const { content, textLine } = read.block;
  if (content.transcript.length > 0) return [];
  const lines = content.text.split('\n');
  const parts =
    content.kind === 'sql' ? sqlParts(lines, marks.isApart) : await shellParts(read, marks);
  return parts.map((part) => ({
    title: toTitle(part.title),
    line: textLine + part.line,
    endLine: textLine + part.endLine,
    text: lines.slice(part.line, part.endLine + 1).join('\n'),
  }));
}

/** What comments of a script say about when its parts are to be done. */
interface CommentMarks {
  /** It opens an alternative or a condition. */
  readonly isApart: (comment: string) => boolean;
  /** Behind a command, it says when that is done. */
  readonly isCondition: (comment: string) => boolean;
}

async function shellParts(
  { block: { shell, content } }: ReadFence,
  marks: CommentMarks,
): Promise<ShellFacts['parts']> {
  if (shell === undefined || shell.shebang !== null) return [];
  const comments = content.text
    .split('\n')
    .flatMap((line) => /^\s*#+\s*([^#\s].*)$/.exec(line)?.[1] ?? []);
  const behind = content.text.split('\n').map(commentBehind);
  if (!comments.some(marks.isApart) && !behind.some(marks.isCondition)) return shell.parts;
  const { partsApart } = await import('../shell/apart.ts');
  const parts = partsApart(content.text, marks);
  return parts.length > 1 ? parts : [];
}

/** Statements under "-- Option A" and the like; other comments part no SQL. */
function sqlParts(
  lines: readonly string[],
  isApart: (comment: string) => boolean,
): ShellFacts['parts'] {
  const titles = lines.flatMap((text, line) => {
    const title = /^--+\s*([^-\s].*)$/.exec(text)?.[1] ?? '';
    return title !== '' && isApart(title) && isBetween(lines, line) ? [{ title, line }] : [];
  });
  const [first] = titles;
  if (first === undefined) return [];
  const begin = lines.findIndex((text) => text.trim() !== '' && !text.startsWith('--'));
  const leading =
    begin >= 0 && begin < first.line ? [{ title: lines[begin]?.trim() ?? '', line: begin }] : [];
  const groups = [...leading, ...titles];
  if (groups.length < 2) return [];
  return groups.map(({ title, line }, at) => ({
    title,
    line,
    endLine: (groups[at + 1]?.line ?? lines.length) - 1,
  }));
}

/** The statement before a line is over. */
function isBetween(lines: readonly string[], line: number): boolean {
  const before = lines
    .slice(0, line)
    .findLast((text) => text.trim() !== '' && !text.startsWith('--'));
  return before === undefined || before.trimEnd().endsWith(';');
}

function transcriptText(entry: TranscriptEntry): string {
  const [first = '', ...rest] = entry.command.split('\n');
  const lines = [`$ ${first}`, ...rest.map((line) => `> ${line}`)];
  if (entry.output !== '') lines.push(entry.output);
  if (entry.exitCode !== null) lines.push(`[${entry.exitCode}]`);
  return lines.join('\n');
}
