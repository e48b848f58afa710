import { detected } from '../contracts/detected.ts';
import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import { type Annotations, saysStep } from '../model/annotations.ts';
import type { FenceBlock } from '../model/block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import { headingAbove, lastFenceAbove } from './above.ts';
import type { CommentReading } from './annotation-comments.ts';
import { infoWords } from './annotation-words.ts';
import { mergeAnnotations, readAnnotations } from './annotations-reader.ts';
import type { Judged } from './classes/class.ts';
import { judgeContent } from './content.ts';
import { enteredSession } from './entered-session.ts';
import { isBareOutput } from './expectations.ts';
import { FenceDoubts, optionsIn } from './fence-doubts.ts';
import { readInfo, withoutOptions } from './fence-info.ts';
import { namesScript } from './kept.ts';
import { asksToRun, besideCross, forbids, forbidsBelow } from './leads.ts';
import { OpenSessions } from './open-sessions.ts';
import { ownerAbove } from './owners.ts';
import { PageWords } from './page-words.ts';
import type { FencePiece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { readScript } from './shell-reader.ts';
import { ShownOutput } from './shown-output.ts';
import { askedAbove, fenceAbove, lastSentence, leadOf, type Outline } from './surroundings.ts';
import { isExampleWord, titleOfLead } from './titles.ts';
import { isImperative } from './verbs.ts';

/** The title that Docusaurus and others give a fence, mostly the name of a file. */
const FILE_TITLE = /\b(?:title|filename|file)=["']([^"']{1,200})["']/;

/** "npm run seed  # ❌": a command that is shown as one not to be used. */
const CROSSED_OUT = /(?:#|--)\s*(?:❌|⛔|🚫|✖|✗)/u;

/** What is forbidden is more than one command. */
const SEVERAL = /\b(?:these|those|commands|either)\b/i;

/** Judges every fence of a runbook. Pure but for loading the bash grammar. */
export class FenceReader {
  readonly #outline: Outline;
  readonly #comments: CommentReading;
  readonly #types: readonly AnyStepType[];
  readonly #defaults: Annotations;
  readonly #words: PageWords;
  readonly #shownOutput: ShownOutput;
  readonly #doubts: FenceDoubts;
  readonly #frontmatter: Frontmatter;
  readonly #judged: ((judged: Judged) => void) | undefined;
  readonly #sessions: OpenSessions;
  readonly #read = new Map<FencePiece, ReadFence>();
  /** By fence: what the words behind its language say, where there are any. */
  readonly said = new Map<FencePiece, Annotations>();
  /** Fences that are steps by their author's word. */
  readonly #meant = new Set<FencePiece>();
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
    this.#words = new PageWords(outline);
    this.#shownOutput = new ShownOutput(outline, comments, this.#words, this.#read);
    this.#doubts = new FenceDoubts(outline, this.#words);
    this.#frontmatter = frontmatter;
  }

  async readAll(): Promise<ReadonlyMap<FencePiece, ReadFence>> {
    for (const [index, piece] of this.#outline.pieces.entries()) {
      this.#doubts.hears(piece);
      if (piece.kind !== 'fence') continue;
      this.#read.set(piece, await this.#fence(piece, index));
      this.#doubts.sees(piece);
    }
    return this.#read;
  }

  async #fence(piece: FencePiece, index: number): Promise<ReadFence> {
    const block = await this.#block(piece, index);
    const lead = leadOf(this.#outline, index);
    if (block.annotations.ignore) return this.#shown(piece, block, lead, 'taken out by `ignore`');
    // Its author's word that it is a step goes before what a label above it says: "Before", "Output", "Example".
    const { kind } = block.content;
    const isMeant = this.#meant.has(piece) && (kind === 'commands' || kind === 'sql');
    const expects = this.#shownOutput.expects(piece, block, index, lead, isMeant);
    const again = this.#shownOutput.again(piece, block, index);
    const isCopy =
      !isMeant &&
      block.content.kind === 'commands' &&
      again !== undefined &&
      this.#shownOutput.isShown(again, index, lead);
    if (expects !== '' || isCopy) {
      const why = expects || 'output, below a command that stands above already';
      const text = again?.output ?? block.text;
      return { ...this.#shown(piece, { ...block, text }, lead, why), expects: true };
    }
    const forbidden = this.#forbidden(block, isMeant ? besideCross(lead) : lead, index);
    if (forbidden !== '') return this.#shown(piece, block, lead, forbidden);
    if (!isMeant && saysSample(this.#shownOutput.says(lead), lead, block))
      return this.#shown(piece, block, lead, 'sample output');
    if (!isMeant && this.#isInstance(block, lead, index))
      return this.#shown(piece, block, lead, 'an example of the command above');
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

  /** Who says that commands are not to be run: the text above, the heading where no text stands below it, a mark behind each; or `''`. */
  #forbidden({ content, text }: FenceBlock, lead: string, index: number): string {
    if (content.kind !== 'commands' && content.kind !== 'sql') return '';
    const { guesses } = this.#outline;
    if (forbids(lead, guesses) || this.#isOneOfThose(lead, index))
      return 'the text above says not to run it';
    const title = headingAbove(this.#outline, index);
    const isBelow = title !== null && forbidsBelow(title.text, guesses);
    // "This destroys all data:" below "What not to do" asks for nothing either; "Use this instead:" does.
    const isAsked = isImperative(lead) || asksToRun(lead, guesses) || /\binstead\b/i.test(lead);
    if (isBelow && (lead === '' || !isAsked)) return 'the heading above says not to run it';
    const lines = text.split('\n').filter((line) => /^\s*[^\s#]/.test(line));
    return lines.length > 0 && lines.every((line) => CROSSED_OUT.test(line))
      ? 'its lines are crossed out'
      : '';
  }

  /** "Never run these:" speaks of each of the fences that stand below it one directly under the other, in its quote or out of it. */
  #isOneOfThose(lead: string, index: number): boolean {
    const above = lead === '' ? fenceAbove(this.#outline, index) : null;
    const piece = this.#outline.pieces[index];
    if (above === null || piece?.kind !== 'fence' || above.quoted !== piece.quoted) return false;
    const label = this.#outline.labelOf[index] ?? '';
    return SEVERAL.test(label) && forbids(label, this.#outline.guesses);
  }

  /** "For example:" between a command with holes in it and the same command without: it is the same one again. */
  #isInstance({ content, shell }: FenceBlock, lead: string, index: number): boolean {
    if (content.kind !== 'commands' || shell === undefined || !isExampleWord(lead)) return false;
    const above = lastFenceAbove(this.#outline, index);
    const before = above && this.#read.get(above)?.block;
    const [own, other] = [shell.commands, before?.shell?.commands ?? []];
    const hasHoles =
      before?.shell !== undefined &&
      (before.shell.wildInputs.length > 0 || optionsIn(before.content.text) !== '');
    return (
      hasHoles &&
      shell.wildInputs.length === 0 &&
      own.length > 0 &&
      own.length === other.length &&
      own.every(({ name, args }, at) => name === other[at]?.name && args[0] === other[at]?.args[0])
    );
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
    const above = ownerAbove(this.#outline, index);
    const annotations = mergeAnnotations(
      this.#defaults,
      this.#comments.inherited[procedure] ?? this.#comments.everywhere,
      (above && this.#comments.of.get(above)) ?? {},
      (piece.item && this.#comments.of.get(piece.item)) ?? {},
      this.#comments.of.get(piece) ?? {},
      own.annotations,
    );
    const isMeant = saysStep({
      ...(above && this.#comments.of.get(above)),
      ...this.#comments.of.get(piece),
      ...own.annotations,
    });
    if (isMeant) this.#meant.add(piece);
    const lead = leadOf(this.#outline, index);
    // "3. Swap:" directly above speaks for an unindented fence, and not the label over what stands before the item.
    const isUnder = above !== null && this.#outline.pieces[index - 1] === above;
    const label = isUnder ? lastSentence(above.text) : (this.#outline.labelOf[index] ?? '');
    const heading = this.#outline.procedures[procedure]?.procedure.trail.at(-1) ?? '';
    const whole = judgeContent(info.language, options.text, {
      lead: lead || label,
      above: [
        askedAbove(this.#outline, index),
        FILE_TITLE.exec(piece.info)?.[1] ?? '',
        namesScript(heading) ? heading : '',
      ],
      heading,
      tools: this.#words.toolsBut(piece),
      programs: this.#words.programs,
      usedLater: this.#words.usedAfter(index),
      output: isMeant ? 'no' : this.#shownOutput.says(lead || label),
      namedLater: this.#words.namedAfter(index),
      languages: this.#outline.guesses,
      compared: !isMeant && this.#shownOutput.isCompared(index, lead, label),
      below: this.#shownOutput.isBelowCommands(index),
      edited: this.#shownOutput.isBelowEditor(index),
      unmarked: piece.unmarked,
      judged: (verdict) => this.#judged?.({ line: piece.line, endLine: piece.endLine, verdict }),
    });
    const opened = whole.kind === 'commands' ? await readScript(whole.text) : undefined;
    const content = opened?.sessions.length === 0 ? withoutLeaving(whole) : whole;
    const shell = content === whole ? opened : await readScript(content.text);
    const named = this.#words.namedAfter(index);
    const judged = shell
      ? withFacts(content, shell, options.text, (name) => named.has(name))
      : content;
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
      ...this.#doubts.of(judged, annotations, shell, {
        index,
        open,
        lead,
        heading,
        language: info.language,
      }),
    };
  }
}

/** `exit` as the last line of a session that was open already: it ends the session, and does nothing. */
function withoutLeaving(content: FenceBlock['content']): FenceBlock['content'] {
  const { text, transcript } = content;
  const last = transcript.at(-1);
  const isLeaving =
    last !== undefined &&
    transcript.length > 1 &&
    /^(?:exit|logout)$/.test(last.command.trim()) &&
    /^(?:logout|exit|Connection to \S{1,200} closed\.)?$/.test(last.output.trim());
  if (!isLeaving) return content;
  const lines = text.split('\n').slice(0, last.line);
  return { ...content, text: lines.join('\n').trimEnd(), transcript: transcript.slice(0, -1) };
}

/** A sample that no step puts out: an error to be recognised, an example of a reply. */
function saysSample(said: 'sure' | 'maybe' | 'no', lead: string, block: FenceBlock): boolean {
  const { kind, inferred, transcript } = block.content;
  if (!inferred || (kind !== 'commands' && kind !== 'sql')) return false;
  return said === 'sure' && (transcript.length === 0 || isBareOutput(lead));
}

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
