import type { Diagnostic } from '../model/diagnostic.ts';
import { asksToRun } from './leads.ts';
import type { HtmlPiece, ItemPiece, ParagraphPiece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { looksLikeProse, readsAsCommand } from './shell-words.ts';
import { leadOf, type Outline } from './surroundings.ts';
import type { TableRow } from './tables.ts';
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

  /** What else a row holds that reads as a command: "Check | Expected | If not". */
  rowBeside({ line, codes }: TableRow, text: string): void {
    const beside = codes.find(
      (code) => code !== undefined && !text.includes(code) && isCommand(code),
    );
    if (beside !== undefined)
      this.leaveOut(
        line,
        `\`${beside.slice(0, 80)}\` stands in this row beside its command, and is shown, not run.`,
        'Write it as a step of its own, with the case in which it is to be done.',
      );
  }

  /** A list or table in the tags of HTML. */
  html({ line, value }: HtmlPiece): void {
    if (isHtmlList(value))
      this.leaveOut(
        line,
        'This list is written as HTML: its items are shown, not done.',
        'Write it as a list of markdown (`1. …`), if it is to be done.',
      );
    else if (isHtmlTable(value))
      this.leaveOut(
        line,
        'This table with code in it is written as HTML: its rows are shown, not done.',
        'Write it as a table of markdown, if it is to be done.',
      );
  }

  /** A session that was not read as one: root's, that of another shell, or of a database. */
  #unreadSession({ block: { text, line, language } }: ReadFence): void {
    const [first = ''] = text.split('\n').filter((each) => each.trim() !== '');
    const asRoot = /^\s{0,8}#+ (\S.*)$/.exec(first)?.[1] ?? '';
    const isRoot = language === '' && asRoot !== '' && isBareCommand(asRoot);
    if (isRoot || FOREIGN_PROMPT.test(first))
      this.leaveOut(
        line,
        isRoot
          ? 'This is shown, not run: its `# ` may begin comments, or be the prompt of root.'
          : 'This reads as a session of another shell, and is shown, not run.',
        isRoot
          ? 'Write ```console above it, if it is to be run, or leave the `# ` out.'
          : 'Write it as an item (`1. …`), if a person is to do it.',
      );
  }

  /** A fence that says `run`, or a request that the sentence above asks to send, and is no step. `isTold`: of an item. */
  unasked(read: ReadFence, index: number, isTold: boolean): void {
    const { block } = read;
    const { content, annotations } = block;
    const isRequest = content.kind === 'http';
    if (annotations.run === undefined) this.#unreadSession(read);
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

const isCommand = (code: string): boolean => readsAsCommand(code, NO_TOOLS) === 'sure';

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

/** A table with a command in it. */
const isHtmlTable = (html: string): boolean =>
  !/^\s{0,9}<!--/.test(html) &&
  /<td[\s>]/i.test(html) &&
  [...html.matchAll(/<(?:code|pre|kbd)(?:\s[^<>]{0,200})?>([^<>]{3,300})</gi)].some(
    ([, code = '']) => isBareCommand(code),
  );

/** `PS C:\\>`, `C:\\>`, `shop> db.…`. */
const FOREIGN_PROMPT =
  /^\s{0,8}(?:(?:PS )?[A-Z]:\\[^\n>]{0,80}> ?|PS> |[\w-]{0,30}> (?=(?:db|rs|sh|use|show)[. ]))\S/;

/** A link to a page beside this one. */
const LOCAL_PAGE =
  /\]\((?![a-z]+:|\/\/)([^\s()#]{1,300}\.(?:md|markdown|mdx))(?:#[^\s()]{0,200})?\)/i;
const RUN_IT = 'Write ```bash, or `<!-- handrail: run -->` above it, if it is to be run.';
