import type { Diagnostic } from '../model/diagnostic.ts';
import { asksToRun } from './leads.ts';
import type { HtmlPiece, ItemPiece, ParagraphPiece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { looksLikeProse, readsAsCommand } from './shell-words.ts';
import { leadOf, type Outline } from './surroundings.ts';
import { isImperative } from './verbs.ts';

/** Something that stands where steps are, and is none. */
export const saidLeftOut = (line: number, message: string, hint: string): Diagnostic => ({
  rule: 'left-out',
  severity: 'info',
  line,
  column: 1,
  message,
  hint,
});

/** What is said of a page while its steps are made: what was left out, and what is not as it will have been meant. */
export class Sayings {
  readonly #outline: Outline;
  readonly #lines: readonly string[];
  readonly diagnostics: Diagnostic[] = [];

  constructor(outline: Outline, lines: readonly string[]) {
    this.#outline = outline;
    this.#lines = lines;
  }

  leaveOut(line: number, message: string, hint = RUN_IT): void {
    this.diagnostics.push(saidLeftOut(line, message, hint));
  }

  say(rule: string, line: number, message: string, hint?: string): void {
    this.diagnostics.push({
      rule,
      severity: 'warning',
      line,
      column: 1,
      message,
      ...(hint ? { hint } : {}),
    });
  }

  /** An ordered list in the tags of HTML. */
  html({ line, value }: HtmlPiece): void {
    if (isHtmlList(value))
      this.leaveOut(
        line,
        'This list is written as HTML: its items are shown, not done.',
        'Write it as a list of markdown (`1. …`), if it is to be done.',
      );
  }

  /** A fence that says `run`, or a request that the sentence above asks to send, and is no step. `isTold`: of an item. */
  unasked({ block }: ReadFence, index: number, isTold: boolean): void {
    const { content, annotations } = block;
    const isRequest = content.kind === 'http';
    const lead = leadOf(this.#outline, index);
    if (annotations.run === true)
      this.say(
        'left-out',
        block.line,
        `This fence says \`run\`, and is shown and not run: ${isRequest ? 'its first line is no request to a whole address' : content.why}.`,
        isRequest
          ? 'Begin it with a method and an address such as `GET https://…` or `GET {{base}}/…`.'
          : 'Write it as commands, or take `run` away.',
      );
    else if (isRequest && !isTold && (isImperative(lead) || asksToRun(lead, this.#outline.guesses)))
      this.leaveOut(
        block.line,
        'This request is shown and not sent: its fence does not say `run`.',
        'Write ```http run, if it is to be sent.',
      );
  }

  /** Commands that stand in no fence, line by line: nothing runs what is written as prose. */
  unfenced({ line, endLine }: ParagraphPiece): void {
    const lines = this.#lines.slice(line - 1, endLine).filter((each) => !FRAME.test(each));
    if (lines.length === 0 || lines.length > MOST_LINES || !lines.every(isBareCommand)) return;
    this.leaveOut(line, 'This reads as commands, and stands in no fence: it is shown, not run.');
  }

  /** Another page that is asked for before this one, in a sentence: it is not run, and said to be so. */
  asksFor(piece: ParagraphPiece | ItemPiece, index: number): void {
    const at = this.#outline.procedureOf[index] ?? -1;
    if (this.#outline.procedures[at]?.procedure.role !== 'prerequisites') return;
    const { line } = piece;
    const [nested] = piece.kind === 'item' ? piece.nestedLists : [];
    const endLine = nested === undefined ? piece.endLine : nested.line - 1;
    const text = this.#lines.slice(line - 1, endLine).join('\n');
    const page = LOCAL_PAGE.exec(text)?.[1];
    if (page !== undefined)
      this.leaveOut(
        line,
        `\`${page}\` is asked for before this page, and is not run.`,
        'Write it as an item that is this link and nothing else (`1. [Set up](page.md)`), if it is to be run first.',
      );
  }
}

/** The label or tag of a tab or box, directly above or below its text. */
const FRAME =
  /^\s{0,40}(?:\*\*[^*]{1,200}\*\*|\{[{%][^{}]{0,400}[}%]\}|<\/?[A-Za-z][^<>]{0,400}>)\s*$/;
const MOST_LINES = 40;
const NO_TOOLS: ReadonlySet<string> = new Set();

/** A line that is surely a command, of more than a word, and no sentence. */
function isBareCommand(line: string): boolean {
  const text = line.trim();
  return (
    /^[a-z./~]\S* \S/.test(text) &&
    !/[.:!?]$| (?:a|an|the|into|your) /.test(text) &&
    readsAsCommand(text, NO_TOOLS) === 'sure' &&
    !looksLikeProse(text)
  );
}

/** Not in a comment. */
const isHtmlList = (html: string): boolean =>
  !/^\s{0,9}<!--/.test(html) && /<ol[\s>]/i.test(html) && /<li[\s>]/i.test(html);

/** A link to a page beside this one. */
const LOCAL_PAGE =
  /\]\((?![a-z]+:|\/\/)([^\s()#]{1,300}\.(?:md|markdown|mdx))(?:#[^\s()]{0,200})?\)/i;
const RUN_IT = 'Write ```bash, or `<!-- handrail: run -->` above it, if it is to be run.';
