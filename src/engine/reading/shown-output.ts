import type { FenceBlock } from '../model/block.ts';
import type { CommentReading } from './annotation-comments.ts';
import {
  isBareOutput,
  isOutputTag,
  type ShownAgain,
  saysOutputIn,
  shownAgain,
  showsShape,
  typedIn,
} from './expectations.ts';
import { isDoubtful } from './fences/sure-commands.ts';
import { isShellTag } from './fences/tags.ts';
import { isCompared } from './languages/leads.ts';
import { speaksOf } from './languages/phrases.ts';
import { asksToRun } from './leads.ts';
import { logicalLines } from './logical-lines.ts';
import type { PageWords } from './page-words.ts';
import type { FencePiece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { readsAsCommand } from './shell-words.ts';
import { fenceAbove, lastSentence, type Outline } from './surroundings.ts';
import { isImperative } from './verbs.ts';

/** Which fences show what came of commands, by what stands around them. */
export class ShownOutput {
  readonly #outline: Outline;
  readonly #comments: CommentReading;
  readonly #words: PageWords;
  readonly #read: ReadonlyMap<FencePiece, ReadFence>;

  /** `read`: the fences above, as they have been judged by then. */
  constructor(
    outline: Outline,
    comments: CommentReading,
    words: PageWords,
    read: ReadonlyMap<FencePiece, ReadFence>,
  ) {
    this.#outline = outline;
    this.#comments = comments;
    this.#words = words;
    this.#read = read;
  }

  /** Why a fence is the expected output of the step above it; `''` when it is not, or is meant to be a step itself. */
  expects(
    piece: FencePiece,
    block: FenceBlock,
    index: number,
    lead: string,
    isMeant: boolean,
  ): string {
    const { transcript, entered } = block.content;
    const kind = entered === undefined ? block.content.kind : 'commands';
    if (block.annotations.output || isOutputTag(block.language)) return 'tagged as output';
    if (isMeant) return '';
    const heading = this.#headingDirectlyAbove(index);
    const spoken = lead || (this.#labelDirectlyAbove(index) ?? heading);
    if (MAY_GO_WRONG.test(spoken)) return '';
    const above = this.#stepAbove(index, piece, isBareOutput(spoken));
    if (this.#comments.similarity.has(piece)) return above ? 'expected output' : '';
    const tagged = isShellTag(block.language) || kind === 'sql';
    const said = this.says(spoken);
    const pasted =
      isBareOutput(spoken) ||
      (kind === 'commands' && isDoubtful(block.content.text, this.#words.toolsBut(piece)));
    if (said === 'sure' && above && SHOWS.test(spoken)) return 'output, says the text above it';
    if (said === 'sure' && above && !(tagged && kind === 'commands' && !pasted)) {
      if (transcript.length === 0 || isBareOutput(spoken)) return 'output, says the text above it';
    }
    if (kind === 'commands' || kind === 'sql' || kind === 'comments') return '';
    if (said !== 'no' && above) return 'output, says the text above it';
    if (kind === 'console') return '';
    const direct = fenceAbove(this.#outline, index);
    const plain = ['', 'text', 'txt', 'plaintext', 'json', 'console', 'none'].includes(
      block.language,
    );
    return direct && plain && !piece.unmarked && this.#read.get(direct)?.type?.run !== undefined
      ? 'output, directly below its command'
      : '';
  }

  /** Whether the words above a fence say that it is output. */
  says(lead: string): 'sure' | 'maybe' | 'no' {
    return saysOutputIn(lead, this.#outline.guesses);
  }

  /** Whether the label of a fence is one of a pair ("Before", "After") whose other half stands beside it. */
  isCompared(index: number, lead: string, label: string): boolean {
    const own = lead || label;
    const { pieces, procedureOf } = this.#outline;
    const mark = this.#markOf(own);
    if (mark === '' && !isCompared(own)) return false;
    for (let at = Math.max(0, index - NEAR); at <= index + NEAR; at += 1) {
      const near = pieces[at];
      if (near?.kind !== 'paragraph' || procedureOf[at] !== procedureOf[index]) continue;
      const said = lastSentence(near.text);
      const marked = mark === '' ? '' : this.#markOf(said);
      if (marked === '' ? said !== own && mark === '' && isCompared(said) : marked !== mark)
        return true;
    }
    return false;
  }

  /** "❌ The path of the host:" beside "✅ That of the container:": `wrong` or `right`; `''` for what asks, or says when. */
  #markOf(label: string): 'wrong' | 'right' | '' {
    const mark = /^[\s*_]{0,6}(?:([❌✗✘])|[✅✓✔])\ufe0f?[^:：]{1,60}[:：]\W{0,4}$/u.exec(label);
    if (mark === null || IF.test(label)) return '';
    if (speaksOf('if', label, this.#outline.guesses)) return '';
    return mark[1] === undefined ? 'right' : 'wrong';
  }

  /** Whether the last command above, or a sentence between, opens a file in an editor. */
  isBelowEditor(index: number): boolean {
    for (let at = index - 1; at >= Math.max(0, index - NEAR); at -= 1) {
      const above = this.#outline.pieces[at];
      if (!above || above.kind === 'heading') return false;
      if (above.kind === 'paragraph' && namesEditor(above.text)) return true;
      if (above.kind !== 'fence') continue;
      const last = this.#read.get(above)?.block.content;
      if (last === undefined) return false;
      const typed = last.transcript.at(-1)?.command ?? logicalLines(last.text).at(-1) ?? '';
      return opensEditor(typed);
    }
    return false;
  }

  /** Whether nothing stands between a fence and the commands above it. */
  isBelowCommands(index: number): boolean {
    const direct = fenceAbove(this.#outline, index);
    return direct !== null && this.#read.get(direct)?.block.content.kind === 'commands';
  }

  #labelDirectlyAbove(index: number): string | undefined {
    const above = this.#outline.pieces[index - 1];
    return above?.kind === 'paragraph' && above.label ? above.text : undefined;
  }

  /** "### Expected output" and nothing else; `''` for a heading that says something else. */
  #headingDirectlyAbove(index: number): string {
    const above = this.#outline.pieces[index - 1];
    return above?.kind === 'heading' && isBareOutput(above.text) ? above.text : '';
  }

  /** What a fence shows again of the commands above it, where it begins with one of them. */
  again(piece: FencePiece, { content }: FenceBlock, index: number): ShownAgain | undefined {
    const above = this.#ranAbove(index, piece, true);
    if (above?.type?.content !== 'commands') return undefined;
    const tools = this.#words.toolsBut(piece);
    return shownAgain(content, typedIn(above.block.content), (line) => readsAsCommand(line, tools));
  }

  /** Whether it stands directly below those commands, or what is said above or below says that it is a sample. */
  isShown({ isWhole }: ShownAgain, index: number, lead: string): boolean {
    const isDirect = lead === '' && fenceAbove(this.#outline, index) !== null;
    return (isDirect && isWhole) || this.#isSample(index, lead);
  }

  /** Whether what stands directly above or below a fence says that it shows output, or what something looks like. */
  #isSample(index: number, lead: string): boolean {
    const { pieces, guesses } = this.#outline;
    const shows = (text: string): boolean => this.says(text) !== 'no' || showsShape(text, guesses);
    const above = pieces[index - 1];
    if (lead !== '' && shows(lead) && !(isImperative(lead) && asksToRun(lead, guesses)))
      return true;
    if (above?.kind === 'heading' && !isImperative(above.text) && shows(above.text)) return true;
    const below = pieces[index + 1];
    if (below?.kind !== 'paragraph' || /[:：]\s*$/.test(below.text)) return false;
    const [first = ''] = below.text.split(/(?<=[.!?。])\s*/u, 1);
    return !isImperative(first) && shows(first);
  }

  /** Whether the nearest fence above is a step that runs; one heading may stand between where `isSaid` that output follows. */
  #stepAbove(index: number, piece: FencePiece, isSaid: boolean): boolean {
    return this.#ranAbove(index, piece, isSaid) !== undefined;
  }

  /** The step that runs of the nearest fence above which is no output. */
  #ranAbove(index: number, piece: FencePiece, isSaid: boolean): ReadFence | undefined {
    const pieces = this.#outline.pieces;
    let headings = isSaid ? 1 : 0;
    for (let at = index - 1; at >= Math.max(0, index - 60); at -= 1) {
      const above = pieces[at];
      if (!above || (above.kind === 'heading' && headings === 0)) return undefined;
      if (above.kind === 'heading') headings -= 1;
      if (above.kind !== 'fence' || above === piece) continue;
      const read = this.#read.get(above);
      if (read?.expects) continue;
      return read?.type !== null && read?.type !== undefined && !read.type.human ? read : undefined;
    }
    return undefined;
  }
}

/** "You should see something like:", "The output looks like this:": whatever the tag below it says. */
const SHOWS =
  /^\W{0,6}(?:you (?:should|will|must|can|may)(?: now| then)? (?:see|get)|(?:the |its |your )?(?:output|result|response)s?(?: of [^:]{1,40})? (?:is|are|should|will|looks?)|(?:it|this|which|that) (?:prints?|outputs?|shows?|returns?|looks? like))\b[^.]{0,80}[:：]\s*$/i;

/** "If you get an error like this:": what is shown is what may be seen, and nothing to be expected. */
const MAY_GO_WRONG =
  /\b(?:if|when|should) you (?:get|see|run into|encounter|receive|hit) (?:an?|the|this|these|any|one)\b[^.]{0,80}\b(?:errors?|issues?|problems?|messages?|warnings?|failures?)\b/i;

/** Words of a condition, or of what is to be run. */
const IF = /\b(?:if|when|unless|run|execute|fail(?:s|ed|ure)?|problem|error)\b/i;

/** Pieces within which the other half of a comparison stands. */
const NEAR = 6;

/** Programs that a file is opened in to be written by hand. */
const OPENS = String.raw`(?:(?:nano|vim?|nvim|pico|emacs|joe|mcedit|micro|gedit|notepad(?:\+\+)?)(?: -\S{1,40}){0,4} {1,4}[\w~./$"'{<-]\S*|sudoedit \S+|visudo(?=\s|$)|crontab (?:-u \S{1,40} )?-e(?=\s|$)|systemctl edit(?=\s|$))`;
const EDITS = new RegExp(String.raw`^(?:(?:sudo|doas) )?${OPENS}`);
const NAMES_EDITOR = new RegExp(String.raw`(?:^|[\s(「（“"'])(?:sudo )?${OPENS}`);

/** Whether a command opens a file in an editor: what is shown below is then for the file. */
const opensEditor = (line: string): boolean => EDITS.test(line.trim());

/** Whether a sentence names such a command. */
const namesEditor = (text: string): boolean => NAMES_EDITOR.test(text.slice(0, 2000));
