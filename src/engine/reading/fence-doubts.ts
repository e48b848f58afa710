import type { Annotations } from '../model/annotations.ts';
import type { FenceBlock, FenceContent } from '../model/block.ts';
import { onlyReads } from '../model/effect.ts';
import type { ShellCommand, ShellFacts } from '../model/shell-facts.ts';
import { waysIn } from './alternatives.ts';
import { saysOutputIn, showsShape } from './expectations.ts';
import { asksToRun, speaksOf } from './leads.ts';
import { undoneIn } from './menus.ts';
import type { OpenSession } from './open-sessions.ts';
import { commandLines, type PageWords } from './page-words.ts';
import type { FencePiece, Piece } from './pieces.ts';
import { isForeignPrompt } from './sql-session.ts';
import type { Outline } from './surroundings.ts';
import { toldIn, toldWords } from './told-words.ts';

/** What speaks against running what reads as commands or SQL. Is told of every piece of the page, in order. */
export class FenceDoubts {
  readonly #outline: Outline;
  readonly #words: PageWords;
  /** Words that the text says are to be replaced; looked for once. */
  #told: ReadonlyMap<string, number> | undefined;
  /** The database that the text spoke of last. */
  #database: SpokenDatabase | undefined;

  constructor(outline: Outline, words: PageWords) {
    this.#outline = outline;
    this.#words = words;
  }

  /** Hears of which database a heading or sentence speaks. */
  hears(piece: Piece): void {
    const text = piece.kind === 'heading' || piece.kind === 'paragraph' ? piece.text : '';
    const named = namedDatabase(text, piece.line);
    if (named !== undefined) this.#database = named;
  }

  /** Sees which database a fence opens, once it is judged. */
  sees(piece: FencePiece): void {
    const opened = openedDatabase(piece.text, piece.textLine);
    if (opened !== undefined) this.#database = opened;
  }

  /** What speaks against running a fence as it stands: its class, or a word that the text says is to be replaced. */
  of(
    content: FenceContent,
    { connection }: Annotations,
    shell: ShellFacts | undefined,
    {
      index,
      open,
      lead,
      heading,
      language,
    }: {
      readonly index: number;
      readonly open?: OpenSession | undefined;
      readonly lead: string;
      readonly heading: string;
      readonly language: string;
    },
  ): Pick<FenceBlock, 'doubt'> {
    const { doubt, kind, text } = content;
    if (kind !== 'commands' && kind !== 'sql') return {};
    const isPostgres = content.entered !== undefined || namesPostgres(language);
    const other = this.#database ?? null;
    if (kind === 'sql' && other !== null && connection === undefined && !isPostgres) {
      const or = `line ${other.line} speaks of ${other.name}, which is not PostgreSQL`;
      return { doubt: { as: 'it reads as SQL', or } };
    }
    if (doubt && (kind === 'commands' || connection === undefined)) return { doubt };
    const said = speaksOf(lead, heading, this.#outline.guesses) || this.#samples(content, lead);
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
    const picked = shell === undefined || shell.parts.length > 1 ? '' : pickedFrom(text, shell);
    if (picked !== '') {
      const or = `its comment "${picked}" has one of its commands picked`;
      return { doubt: { as: 'it reads as commands', or } };
    }
    const remarked = shell === undefined ? '' : remarkedIn(shell.commands);
    if (remarked !== '') {
      const or = `no shell has a comment behind \`//\`: \`${remarked}\` would be handed the words of it`;
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
      saysOutputIn(lead, this.#outline.guesses) === 'sure' &&
      showsShape(lead, this.#outline.guesses) &&
      !asksToRun(lead, this.#outline.guesses);
    return isSample ? 'the text above says that it is a sample of output' : '';
  }

  /** The line of the last fence above that holds a command of this one, where most of them stood before; 0: they did not. */
  #repeated(text: string, index: number): number {
    const lines = new Set(commandLines(text));
    if (lines.size < FEWEST_REPEATED) return 0;
    const known = [...lines].flatMap((line) => {
      const at = this.#words.firstUse(line) ?? index;
      return at < index ? [at] : [];
    });
    const sections = new Set(known.map((at) => this.#outline.procedureOf[at]));
    const isMost = known.length * 5 >= lines.size * 4 && sections.size > 1;
    return isMost ? (this.#outline.pieces[Math.max(...known)]?.line ?? 0) : 0;
  }
}

/** `systemctl restart app // so that it reads the file`: the program that would be handed a remark; `''`: none. */
const remarkedIn = (commands: readonly ShellCommand[]): string =>
  commands.find(({ args }) => {
    const at = args.indexOf('//');
    return at >= 0 && /^\p{L}/u.test(args[at + 1] ?? '');
  })?.name ?? '';

/** Fewer commands than these are done again and again on a page. */
const FEWEST_REPEATED = 4;

const acts = ({ effect }: ShellFacts): boolean => !onlyReads(effect);

const OPTION = /\s(\[--?[A-Za-z][\w-]{0,40}(?:[ =][\w<>|.-]{1,60})?\])(?:\s|$)/;

/** `[--force]`, `[-n NAME]`: an option as a synopsis writes it; `''` when there is none. */
export function optionsIn(text: string): string {
  for (const line of text.includes('[-') ? text.split('\n') : []) {
    const found = OPTION.exec(line.slice(0, 400));
    if (found !== null && !/[#'"]|^\s*\[/.test(line.slice(0, found.index))) return found[1] ?? '';
  }
  return '';
}

const IS_PROGRAM =
  /(?:^|\/)(?:s?bin|libexec|scripts?|tools|init\.d|cgi-bin|hooks|tests?)\/|\.(?:sh|bash|py|pl|rb|js|php|run|bin|exe|jar|command)$/i;
/** Where no programs are kept. */
const KEPT =
  /^(?:~\/|\/)(?:etc|var|home|root|srv|data|mnt|media|boot|dev|proc|sys|run|tmp|\.[a-z])|\/$|\.(?:conf|cfg|ya?ml|json|toml|ini|log|txt|pem|crt|key|db|sql|env|gz)$/i;

/**
 * The first of the paths that a script consists of, where they are folders and files and no programs: what a command
 * leaves behind, listed. `''`: it is no such list. Linear.
 */
function heldIn(commands: readonly ShellCommand[]): string {
  const [first] = commands;
  if (first === undefined || commands.length < FEWEST_LISTED) return '';
  const isHeld = ({ name, args, sudo }: ShellCommand): boolean =>
    !sudo && args.length === 0 && /^[~/]/.test(name) && KEPT.test(name) && !IS_PROGRAM.test(name);
  return commands.every(isHeld) ? `\`${first.name}\`` : '';
}

const FEWEST_LISTED = 2;

/** A database that words or commands speak of: one that is not PostgreSQL, and the line; or PostgreSQL, as `null`. */
type SpokenDatabase = { readonly name: string; readonly line: number } | null;

/** "# Choose one" over several commands; `''`: nothing says so. */
function pickedFrom(text: string, { commands }: ShellFacts): string {
  const [first = ''] = text.trimStart().split('\n', 1);
  const comment = /^#+\s*([^\s#!].*)$/.exec(first)?.[1]?.trim() ?? '';
  return commands.length > 1 && comment !== '' && waysIn(comment) > 1 ? comment : '';
}

const NAMES_DATABASE =
  /\b(?:(postgres(?:ql)?|psql|pgsql)|(mysql|mariadb|sqlite|sql server|mssql|oracle|clickhouse|cassandra|db2|snowflake|bigquery))\b/i;
const CLIENT =
  /^\s{0,20}(?:[\w@:~.-]{0,60}[$#] )?(?:sudo (?:-u \w{1,30} )?)?(?:(psql)|(mysql|mariadb|sqlite3|sqlcmd|sqlplus|clickhouse-client|cqlsh|isql|snowsql|beeline|db2))(?= |$)/;

/** Of which database a heading or sentence speaks; `undefined`: of none. */
function namedDatabase(text: string, line: number): SpokenDatabase | undefined {
  const [, own, other] = NAMES_DATABASE.exec(text) ?? [];
  if (own !== undefined) return null;
  return other === undefined ? undefined : { name: other, line };
}

/** The last client or prompt of a database in a fence; `undefined`: it has none. */
function openedDatabase(text: string, line: number): SpokenDatabase | undefined {
  let found: SpokenDatabase | undefined;
  for (const [at, one] of text.split('\n').entries()) {
    const [, own, other] = CLIENT.exec(one) ?? [];
    if (own !== undefined) found = null;
    else if (other !== undefined) found = { name: other, line: line + at };
    else if (isForeignPrompt(one))
      found = { name: one.trim().split(/[ >[]/, 1)[0] ?? '', line: line + at };
  }
  return found;
}

/** A fence's own tag says whose SQL it is. */
const namesPostgres = (language: string): boolean => /^(?:postgres|pg|pl|psql)/.test(language);
