import { detected } from '../contracts/detected.ts';
import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import type { Annotations } from '../model/annotations.ts';
import type { FenceBlock, FenceContent } from '../model/block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import type { CommentReading } from './annotation-comments.ts';
import { infoWords } from './annotation-words.ts';
import { mergeAnnotations, readAnnotations } from './annotations-reader.ts';
import type { Judged } from './classes/class.ts';
import { isDoubtful, isShellTag, judgeContent } from './content.ts';
import { namesEditor, opensEditor } from './editors.ts';
import { enteredSession } from './entered-session.ts';
import {
  isOutputTag,
  type ShownAgain,
  saysOutputIn,
  shownAgain,
  showsShape,
  typedIn,
} from './expectations.ts';
import { readInfo, withoutOptions } from './fence-info.ts';
import { programOf, WORDED } from './fences/fence-features.ts';
import { namesScript } from './kept.ts';
import type { Language } from './languages/language.ts';
import { isCompared } from './languages/leads.ts';
import { asksToRun, forbids, speaksOf } from './leads.ts';
import { heldIn } from './listed-paths.ts';
import { logicalLines } from './logical-lines.ts';
import { undoneIn } from './menus.ts';
import { type OpenSession, OpenSessions } from './open-sessions.ts';
import {
  namedDatabase,
  namesPostgres,
  openedDatabase,
  type SpokenDatabase,
} from './other-databases.ts';
import type { FencePiece } from './pieces.ts';
import { readScript } from './shell-reader.ts';
import { readsAsCommand } from './shell-words.ts';
import { askedAbove, fenceAbove, lastSentence, leadOf, type Outline } from './surroundings.ts';
import { titleOfLead } from './titles.ts';
import { toldIn, toldWords } from './told-words.ts';
import { isImperative } from './verbs.ts';

/** What a fence was taken for. */
export interface ReadFence {
  readonly piece: FencePiece;
  readonly block: FenceBlock;
  readonly type: AnyStepType | null;
  readonly detection: Detection<unknown> | null;
  /** It states what the step above must put out. */
  readonly expects: boolean;
  readonly lead: string;
  /** Languages of the page, the likeliest first. */
  readonly languages: readonly Language[];
}

const OPTION = /\s(\[--?[A-Za-z][\w-]{0,40}(?:[ =][\w<>|.-]{1,60})?\])(?:\s|$)/;

/** `[--force]`, `[-n NAME]`: an option as a synopsis writes it; `''` when there is none. */
function optionsIn(text: string): string {
  for (const line of text.includes('[-') ? text.split('\n') : []) {
    const found = OPTION.exec(line.slice(0, 400));
    if (found !== null && !/[#'"]|^\s*\[/.test(line.slice(0, found.index))) return found[1] ?? '';
  }
  return '';
}

/** "You should see something like:", "The output looks like this:": whatever the tag below it says. */
const SHOWS =
  /^\W{0,6}(?:you (?:should|will|must|can|may)(?: now| then)? (?:see|get)|(?:the |its |your )?(?:output|result|response)s?(?: of [^:]{1,40})? (?:is|are|should|will|looks?)|(?:it|this|which|that) (?:prints?|outputs?|shows?|returns?|looks? like))\b[^.]{0,80}[:：]\s*$/i;

/** "If you get an error like this:": what is shown is what may be seen, and nothing to be expected. */
const MAY_GO_WRONG =
  /\b(?:if|when|should) you (?:get|see|run into|encounter|receive|hit) (?:an?|the|this|these|any|one)\b[^.]{0,80}\b(?:errors?|issues?|problems?|messages?|warnings?|failures?)\b/i;

/** The title that Docusaurus and others give a fence, mostly the name of a file. */
const FILE_TITLE = /\b(?:title|filename|file)=["']([^"']{1,200})["']/;

/** Pieces within which the other half of a comparison stands. */
const NEAR = 6;

/** Why a fence that would be a step is none. */
interface Words {
  /** Programs named in fences that say they are shell, with the one fence that names them; `null`: there are several. */
  readonly tools: ReadonlyMap<string, FencePiece | null>;
  /** Words that lines of at least two fences begin with, as commands do. */
  readonly programs: ReadonlySet<string>;
  /** Where commands stand first. */
  readonly firstUse: ReadonlyMap<string, number>;
  readonly lastUse: ReadonlyMap<string, number>;
  /** Where words stand last that may be the name of a command. */
  readonly lastName: ReadonlyMap<string, number>;
}

/** Judges every fence of a runbook. Pure but for loading the bash grammar. */
export class FenceReader {
  readonly #outline: Outline;
  readonly #comments: CommentReading;
  readonly #types: readonly AnyStepType[];
  readonly #defaults: Annotations;
  readonly #words: Words;
  readonly #frontmatter: Frontmatter;
  readonly #judged: ((judged: Judged) => void) | undefined;
  readonly #sessions: OpenSessions;
  readonly #read = new Map<FencePiece, ReadFence>();
  /** Words that the text says are to be replaced; looked for once. */
  #told: ReadonlyMap<string, number> | undefined;
  /** By fence: what the words behind its language say, where there are any. */
  readonly said = new Map<FencePiece, Annotations>();
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    outline: Outline,
    comments: CommentReading,
    types: readonly AnyStepType[],
    defaults: Annotations,
    frontmatter: Frontmatter = {},
    judged?: (judged: Judged) => void,
  ) {
    this.#judged = judged;
    this.#outline = outline;
    this.#sessions = new OpenSessions(outline);
    this.#comments = comments;
    this.#types = types;
    this.#defaults = defaults;
    this.#words = wordsOf(outline);
    this.#frontmatter = frontmatter;
  }

  /** The database that the text spoke of last. */
  #database: SpokenDatabase | undefined;

  async readAll(): Promise<ReadonlyMap<FencePiece, ReadFence>> {
    for (const [index, piece] of this.#outline.pieces.entries()) {
      const text = piece.kind === 'heading' || piece.kind === 'paragraph' ? piece.text : '';
      const named = namedDatabase(text, piece.line);
      if (named !== undefined) this.#database = named;
      if (piece.kind !== 'fence') continue;
      this.#read.set(piece, await this.#fence(piece, index));
      const opened = openedDatabase(piece.text, piece.textLine);
      if (opened !== undefined) this.#database = opened;
    }
    return this.#read;
  }

  async #fence(piece: FencePiece, index: number): Promise<ReadFence> {
    const block = await this.#block(piece, index);
    const lead = leadOf(this.#outline, index);
    if (block.annotations.ignore) return this.#shown(piece, block, lead, 'taken out by `ignore`');
    const expects = this.#expects(piece, block, index, lead);
    const again = this.#again(piece, block, index);
    const isCopy =
      block.content.kind === 'commands' && again !== undefined && this.#isShown(again, index, lead);
    if (expects !== '' || isCopy) {
      const why = expects || 'output, below a command that stands above already';
      const text = again?.output ?? block.text;
      return { ...this.#shown(piece, { ...block, text }, lead, why), expects: true };
    }
    if (
      forbids(lead, this.#outline.guesses) &&
      (block.content.kind === 'commands' || block.content.kind === 'sql')
    )
      return this.#shown(piece, block, lead, 'the text above says not to run it');
    if (saysSample(this.#saysOutput(lead), lead, block))
      return this.#shown(piece, block, lead, 'sample output');
    for (const type of this.#types) {
      const detection: Detection<unknown> | undefined = detected(type, block, this.#frontmatter);
      if (!detection) continue;
      if (type.isShown) break;
      return {
        piece,
        block,
        type,
        detection,
        expects: false,
        lead,
        languages: this.#outline.guesses,
      };
    }
    return this.#shown(piece, block, lead, block.content.why);
  }

  #shown(piece: FencePiece, block: FenceBlock, lead: string, why: string): ReadFence {
    const content = { ...block.content, why };
    return {
      piece,
      block: { ...block, content },
      type: null,
      detection: null,
      expects: false,
      lead,
      languages: this.#outline.guesses,
    };
  }

  async #block(piece: FencePiece, index: number): Promise<FenceBlock> {
    const info = readInfo(piece.info);
    const options = info.directive ? withoutOptions(piece.text) : { text: piece.text, skipped: 0 };
    const own = readAnnotations(infoWords(info.rest, info.language), piece.line, 'info');
    this.diagnostics.push(...own.diagnostics);
    if (Object.keys(own.annotations).length > 0) this.said.set(piece, own.annotations);
    const procedure = this.#outline.procedureOf[index] ?? -1;
    const annotations = mergeAnnotations(
      this.#defaults,
      this.#comments.inherited[procedure] ?? this.#comments.everywhere,
      (piece.item && this.#comments.of.get(piece.item)) ?? {},
      this.#comments.of.get(piece) ?? {},
      own.annotations,
    );
    const lead = leadOf(this.#outline, index);
    const label = this.#outline.labelOf[index] ?? '';
    const heading = this.#outline.procedures[procedure]?.procedure.trail.at(-1) ?? '';
    const content = judgeContent(info.language, options.text, {
      lead: lead || label,
      above: [
        askedAbove(this.#outline, index),
        FILE_TITLE.exec(piece.info)?.[1] ?? '',
        namesScript(heading) ? heading : '',
      ],
      heading,
      tools: this.#toolsBut(piece),
      programs: this.#words.programs,
      usedLater: { has: (name) => (this.#words.lastUse.get(name) ?? -1) > index },
      output: this.#saysOutput(lead || label),
      namedLater: { has: (name) => (this.#words.lastName.get(name) ?? -1) > index },
      languages: this.#outline.guesses,
      compared: this.#isCompared(index, lead, label),
      below: this.#isBelowCommands(index),
      edited: this.#isBelowEditor(index),
      unmarked: piece.unmarked,
      judged: (verdict) => this.#judged?.({ line: piece.line, endLine: piece.endLine, verdict }),
    });
    const shell = content.kind === 'commands' ? await readScript(content.text) : undefined;
    const namedLater = (name: string): boolean => (this.#words.lastName.get(name) ?? -1) > index;
    const judged = shell ? withFacts(content, shell, options.text, namedLater) : content;
    const open =
      shell && judged.kind === 'commands'
        ? this.#sessions.at(index, judged, shell, lead)
        : undefined;
    return {
      kind: 'fence',
      trail: this.#outline.procedures[procedure]?.procedure.trail ?? [],
      procedure: this.#outline.procedures[procedure]?.procedure.id ?? '',
      label,
      lead: titleOfLead(lead),
      line: piece.line,
      endLine: piece.endLine,
      annotations,
      language: info.language,
      info: piece.info,
      text: options.text,
      textLine: piece.textLine + options.skipped,
      content: judged,
      ...(shell && judged.kind === 'commands' ? { shell } : {}),
      ...this.#doubt(judged, annotations, shell, {
        index,
        open,
        isPostgres: judged.entered !== undefined || namesPostgres(info.language),
        said:
          speaksOf(lead, this.#outline.procedures[procedure]?.procedure.trail.at(-1) ?? '') ||
          this.#samples(judged, lead),
      }),
    };
  }

  /** What speaks against running a fence as it stands: its class, or a word that the text says is to be replaced. */
  #doubt(
    { doubt, kind, text }: FenceContent,
    { connection }: Annotations,
    shell: ShellFacts | undefined,
    {
      index,
      open,
      said,
      isPostgres,
    }: {
      readonly index: number;
      readonly open?: OpenSession | undefined;
      readonly said: string;
      readonly isPostgres: boolean;
    },
  ): Pick<FenceBlock, 'doubt'> {
    if (kind !== 'commands' && kind !== 'sql') return {};
    const other = this.#database ?? null;
    if (kind === 'sql' && other !== null && connection === undefined && !isPostgres) {
      const or = `line ${other.line} speaks of ${other.name}, which is not PostgreSQL`;
      return { doubt: { as: 'it reads as SQL', or } };
    }
    if (doubt && (kind === 'commands' || connection === undefined)) return { doubt };
    if (said !== '')
      return { doubt: { as: `it reads as ${kind === 'sql' ? 'SQL' : 'commands'}`, or: said } };
    if (open !== undefined) {
      const or = `line ${open.line} opens a session with \`${open.command}\`, which it may be meant for`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    const undone = shell === undefined || shell.parts.length > 1 ? '' : undoneIn(shell.commands);
    if (undone !== '') {
      const or = `${undone} of the same stand one below the other in it, as in a list to pick from`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    const held = shell === undefined ? '' : heldIn(shell.commands);
    if (held !== '') {
      const or = `its lines are names of what there is (${held}), and nothing to run`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    const repeats = shell === undefined || !acts(shell) ? 0 : this.#repeated(text, index);
    if (repeats > 0) {
      const or = `most of its commands stand on line ${repeats} and above already, as in a summary of the page`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    this.#told ??= toldWords(this.#outline.pieces);
    const optional = kind === 'commands' ? optionsIn(text) : '';
    if (optional !== '') {
      const or = `\`${optional}\` in it says what may be given, and is nothing to type`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    const found = toldIn(text, this.#told);
    if (found === undefined || shell?.wildInputs.some(({ name }) => name === found.word)) return {};
    const or = `line ${found.line} says that \`${found.word}\` in it is to be replaced`;
    return { doubt: { as: 'it reads as commands', or } };
  }

  /** That a session stands below "See below for an example output"; `''` where it does not. */
  #samples({ transcript }: FenceContent, lead: string): string {
    const isSample =
      transcript.some(({ output }) => output !== '') &&
      this.#saysOutput(lead) === 'sure' &&
      showsShape(lead, this.#outline.guesses) &&
      !asksToRun(lead, this.#outline.guesses);
    return isSample ? 'the text above says that it is a sample of output' : '';
  }

  /** The line of the last fence above that holds a command of this one, where most of them stood before; 0: they did not. */
  #repeated(text: string, index: number): number {
    const lines = new Set(commandLines(text));
    if (lines.size < FEWEST_REPEATED) return 0;
    const known = [...lines].flatMap((line) => {
      const at = this.#words.firstUse.get(line) ?? index;
      return at < index ? [at] : [];
    });
    const sections = new Set(known.map((at) => this.#outline.procedureOf[at]));
    const isMost = known.length * 5 >= lines.size * 4 && sections.size > 1;
    return isMost ? (this.#outline.pieces[Math.max(...known)]?.line ?? 0) : 0;
  }

  /** Why a fence is the expected output of the step above it; `''` when it is not. */
  #expects(piece: FencePiece, block: FenceBlock, index: number, lead: string): string {
    const { transcript, entered } = block.content;
    const kind = entered === undefined ? block.content.kind : 'commands';
    if (block.annotations.output || isOutputTag(block.language)) return 'tagged as output';
    const heading = this.#headingDirectlyAbove(index);
    const spoken = lead || (this.#labelDirectlyAbove(index) ?? heading);
    if (MAY_GO_WRONG.test(spoken)) return '';
    const above = this.#stepAbove(index, piece, isBareOutput(spoken));
    if (this.#comments.similarity.has(piece)) return above ? 'expected output' : '';
    const tagged = isShellTag(block.language) || kind === 'sql';
    const said = this.#saysOutput(spoken);
    const pasted =
      isBareOutput(spoken) ||
      (kind === 'commands' && isDoubtful(block.content.text, this.#toolsBut(piece)));
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
    return direct &&
      plain &&
      !piece.unmarked &&
      this.#read.get(direct)?.type?.content === 'commands'
      ? 'output, directly below its command'
      : '';
  }

  #saysOutput(lead: string): 'sure' | 'maybe' | 'no' {
    return saysOutputIn(lead, this.#outline.guesses);
  }

  /** Whether the label of a fence is one of a pair ("Before", "After") whose other half stands beside it. */
  #isCompared(index: number, lead: string, label: string): boolean {
    const own = lead || label;
    const { pieces, procedureOf } = this.#outline;
    if (!isCompared(own)) return false;
    for (let at = Math.max(0, index - NEAR); at <= index + NEAR; at += 1) {
      const other = pieces[at];
      if (other?.kind !== 'paragraph' || procedureOf[at] !== procedureOf[index]) continue;
      const said = lastSentence(other.text);
      if (said !== own && isCompared(said)) return true;
    }
    return false;
  }

  /** Programs that other fences name: that a fence names something itself says nothing of it. */
  #toolsBut(piece: FencePiece): Pick<ReadonlySet<string>, 'has'> {
    const { tools } = this.#words;
    return { has: (word) => tools.has(word) && tools.get(word) !== piece };
  }

  /** Whether the last command above, or a sentence between, opens a file in an editor. */
  #isBelowEditor(index: number): boolean {
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
  #isBelowCommands(index: number): boolean {
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
  #again(piece: FencePiece, { content }: FenceBlock, index: number): ShownAgain | undefined {
    const above = this.#ranAbove(index, piece, true);
    if (above?.type?.content !== 'commands') return undefined;
    const tools = this.#toolsBut(piece);
    return shownAgain(content, typedIn(above.block.content), (line) => readsAsCommand(line, tools));
  }

  /** Whether it stands directly below those commands, or what is said above or below says that it is a sample. */
  #isShown({ isWhole }: ShownAgain, index: number, lead: string): boolean {
    const isDirect = lead === '' && fenceAbove(this.#outline, index) !== null;
    return (isDirect && isWhole) || this.#isSample(index, lead);
  }

  /** Whether what stands directly above or below a fence says that it shows output, or what something looks like. */
  #isSample(index: number, lead: string): boolean {
    const { pieces, guesses } = this.#outline;
    const shows = (text: string): boolean =>
      this.#saysOutput(text) !== 'no' || showsShape(text, guesses);
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

/** A sample that no step puts out: an error to be recognised, an example of a reply. */
function saysSample(said: 'sure' | 'maybe' | 'no', lead: string, block: FenceBlock): boolean {
  const { kind, inferred, transcript } = block.content;
  if (!inferred || (kind !== 'commands' && kind !== 'sql')) return false;
  return said === 'sure' && (transcript.length === 0 || isBareOutput(lead));
}

/** "Example output:" and nothing else. */
const isBareOutput = (lead: string): boolean =>
  /^(?:\W*(?:an? |the )?(?:example|sample|expected|typical|resulting) )?(?:\w+ )?(?:outputs?|responses?|results?)\W*$/i.test(
    lead,
  ) || /^(?:what )?you (?:should|will|must) (?:now )?(?:see|get)[:.]?$/i.test(lead.trim());

/** What the grammar knows better than the words: functions only, errors all over, lines for another side. */
function withFacts(
  content: FenceBlock['content'],
  facts: ShellFacts,
  text: string,
  namedLater: (name: string) => boolean,
): FenceBlock['content'] {
  const entered = enteredSession(content.text, facts, content.transcript);
  if (entered !== undefined) {
    const why = `fence that goes on in the session of \`${entered.command}\``;
    return { ...content, kind: 'console', text, why, transcript: [], entered };
  }
  const names = [...facts.functions, ...aliasesOf(content.text)];
  if ((facts.onlyFunctions || definesOnly(facts)) && !names.some(namedLater)) {
    return { ...content, kind: 'functions', why: `${content.why} that only defines functions` };
  }
  if (
    content.inferred &&
    content.transcript.length === 0 &&
    facts.commands.length === 0 &&
    !facts.onlyAssignments
  ) {
    return {
      ...content,
      kind: 'output',
      why: 'fence without a language that does not read as commands',
    };
  }
  return content;
}

const aliasesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^[ \t]*alias[ \t]+([\w.-]{1,60})=/gm)].map(([, name = '']) => name);

/** Functions, with aliases and completions for them beside. */
function definesOnly(facts: ShellFacts): boolean {
  const beside = facts.commands.filter((command) => !command.conditional);
  return (
    facts.functions.length > 0 &&
    beside.every((command) =>
      /^(?:alias|complete|compdef|export|readonly|declare|autoload)$/.test(command.name),
    )
  );
}

/** A word at the beginning of a command. */
const NAMED =
  /(?:^[ \t]*(?:[$#] )?|[;&|({`][ \t]?|\b(?:then|do|else|time|sudo)[ \t])([A-Za-z_][\w.-]*)(?!\(\)|=)(?![\w.-])/gm;
const NO_TOOLS: ReadonlySet<string> = new Set();
const FEWEST_USES = 2;
const MOST_LINES = 200;

/** Programs named in fences that say they are shell, and where shell variables are used last. */
/** Fewer commands than these are done again and again on a page. */
const FEWEST_REPEATED = 4;
const SHORTEST = 8;

/** The lines of a script that hold more than a comment or a word. */
const commandLines = (text: string): readonly string[] =>
  text
    .split('\n', MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST && !line.startsWith('#'));

const acts = ({ effect }: ShellFacts): boolean => effect !== 'none' && effect !== 'reads';

function wordsOf(outline: Outline): Words {
  const tools = new Map<string, FencePiece | null>();
  const lastUse = new Map<string, number>();
  const firstUse = new Map<string, number>();
  const lastName = new Map<string, number>();
  const begun = new Map<string, number>();
  for (const [index, piece] of outline.pieces.entries()) {
    if (piece.kind !== 'fence') continue;
    const { language } = readInfo(piece.info);
    if (isShellTag(language)) {
      for (const line of logicalLines(piece.text)) {
        const word = /^(?:sudo\s+)?([a-z][\w.-]{1,30})(?=\s+-|\s+[\w./$"'])/.exec(line)?.[1];
        if (word && readsAsCommand(line, NO_TOOLS) !== 'no')
          tools.set(word, !tools.has(word) || tools.get(word) === piece ? piece : null);
      }
    }
    if (isShellTag(language) || language === '') {
      for (const line of commandLines(piece.text))
        if (!firstUse.has(line)) firstUse.set(line, index);
      const lines = piece.text.split('\n', MOST_LINES).filter((line) => WORDED.test(line));
      for (const word of new Set(lines.map(programOf)))
        if (word !== '') begun.set(word, (begun.get(word) ?? 0) + 1);
      for (const [, name = ''] of piece.text.matchAll(/\$\{?([A-Za-z_]\w*)/g))
        lastUse.set(name, index);
      for (const [, name = ''] of piece.text.matchAll(NAMED)) lastName.set(name, index);
    }
  }
  const programs = [...begun].filter(([, count]) => count >= FEWEST_USES).map(([word]) => word);
  return { tools, programs: new Set(programs), firstUse, lastUse, lastName };
}
