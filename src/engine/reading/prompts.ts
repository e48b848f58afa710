import { inHereDocument } from '../shell/reads-on.ts';
import { looksLikeProse, type Reading } from './shell-words.ts';

/** The prompt that a fence's session has: what is typed behind it on a line, `''` behind a bare one, `undefined` on other lines. */
export interface Prompt {
  typed(line: string): string | undefined;
  /** `> ` is this prompt itself, and so goes on with nothing. */
  readonly isArrow: boolean;
}

/** How one kind of prompt is told, and what of the first one met is held for the rest of the fence. */
interface Kind {
  readonly pattern: RegExp;
  /** What must be the same on every line: indentation, user and host. */
  readonly held: (match: RegExpExecArray) => string;
}

/** The time in front of a prompt: `[12:03]`, `12:03:44`, `[2024-01-05 12:03:11]`. */
const CLOCK = /^[ \t]{0,32}\[?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?\]?[ \t]{1,4}(?=\S)/;
const whole = (match: RegExpExecArray): string => (match[1] ?? '') + (match[2] ?? '');

/** Prompts that are nothing else, in the order they are looked for on a line. Group 1 is the indentation, 2 what is held. */
const SURE: readonly Kind[] = [
  { pattern: /^([ \t]{0,32})(?:\([^()\n]{1,60}\) ?)?(\$)(?:[ \t]+|$)/, held: whole },
  {
    pattern:
      /^([ \t]{0,32})(?:\([\w.-]{1,64}\) ?)?(\[[\w.-]{1,64}@[\w.-]{1,64})[^\]\n]{0,80}\] ?[$#%](?:[ \t]+|$)/,
    held: whole,
  },
  {
    pattern:
      /^([ \t]{0,32})(?:\([\w.-]{1,64}\) ?)?([\w.-]{1,64}@[\w.-]{1,64})(?::?[^\s$#%]{0,80}|:? [^\s$#%]{1,40})(?: ?\([^()\n]{1,60}\))? ?[$#%](?:[ \t]+|$)/,
    held: whole,
  },
  // Of fish: `ops@db ~/app (main)> `; without a folder it is that of a device.
  {
    pattern:
      /^([ \t]{0,32})([\w.-]{1,64}@[\w.-]{1,64}) [~/][^\s>()]{0,80}(?: \([^()\n]{1,60}\))?>(?:[ \t]+|$)/,
    held: whole,
  },
  { pattern: /^([ \t]{0,32})((?:sh|bash|ash|zsh|ksh)-[\d.]{1,16})[$#%](?:[ \t]+|$)/, held: whole },
  {
    pattern:
      /^([ \t]{0,32})([❯➜»›])(?:[ \t]+(?:[\w.~/-]{1,60} git:\([^()\n]{1,60}\)(?: ✗)?|~)(?=[ \t]|$))?(?:[ \t]+|$)/,
    held: whole,
  },
  { pattern: /^()([\w.-]{1,30}):[~/][\w./-]{0,80} ?[$#%](?:[ \t]+|$)/, held: whole },
  { pattern: /^()()(?:~|\/(?!\/))[\w./-]{0,80} ?[$#%](?:[ \t]+|$)/, held: whole },
  // The second line of a prompt of two: `└─$ `, `╰─❯ `.
  { pattern: /^()([└╰]─{1,3}) ?[$#%❯>»λ➜](?:[ \t]+|$)/u, held: whole },
  { pattern: /^()([\w.-]{1,30}) ?\$(?:[ \t]+|$)/, held: whole },
  { pattern: /^()([A-Za-z][\w.-]{0,30})%(?:[ \t]+|$)/, held: whole },
];
/** Where what stands in front may be a word of a sentence, and so the command behind must look like one. */
const WORDS = new Set(SURE.slice(-2));
/** Those that say where they stand: as whom, on which host, in which folder. */
const PLACED: readonly Kind[] = SURE.filter(({ pattern }) => /@|~/.test(pattern.source));
const ROOT = /^#(?:[ \t]+|$)/;
const OTHER: readonly RegExp[] = [/^%(?:[ \t]+|$)/, /^>(?:[ \t]+|$)/];

/** How a line behind a bare `#`, `%` or `>` reads: those are comments, job numbers and quotes elsewhere. */
export type ReadsAs = (line: string) => Reading;

/**
 * Establishes the prompt of a fence; `undefined` when it has none. `isSession`: its language says that it is a session, so
 * that `# ` in front of commands is the prompt of root. `isShell`: that it is a shell's at all.
 */
export function promptOf(
  lines: readonly string[],
  readsAs: ReadsAs,
  isSession: boolean,
  isShell: boolean,
): Prompt | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  const sure = surePrompt(lines);
  if (sure?.index === first) return sure.prompt;
  // A prompt in the first line is the fence's: one further down may be output.
  const other =
    otherPrompt(lines, readsAs) ?? (isShell ? strangePrompt(lines, readsAs) : undefined);
  if (other !== undefined) return other;
  const typed = behind(ROOT, lines[first] ?? '') ?? '';
  const isNote = sure === undefined || sure.isPlain || !isSession || !looksTyped(typed);
  const root = rootPrompt(lines, readsAs, isSession);
  return isNote ? (sure?.prompt ?? root) : (root ?? sure.prompt);
}

/** Whether what a command put out has a prompt of its own with something typed behind it: it opened a session. Linear. */
export const holdsPrompt = (output: string): boolean =>
  output.split('\n').some((line) =>
    PLACED.some(({ pattern }) => {
      const match = pattern.exec(line);
      return match !== null && /^[a-z./~]/.test(line.slice(match[0].length));
    }),
  );

/** The first prompt that is nothing else, and the line it stands in; a plain `$` may stand below a comment. */
function surePrompt(
  lines: readonly string[],
): { readonly prompt: Prompt; readonly index: number; readonly isPlain: boolean } | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    for (const kind of SURE) {
      if (kind === SURE.at(-1) && index !== first) continue;
      const clock = CLOCK.test(line);
      const bare = clock ? line.replace(CLOCK, '') : line;
      const match = kind.pattern.exec(bare);
      if (match === null || !isEstablishing(bare.slice(match[0].length), kind)) continue;
      // The text of a here-document is no session.
      if (inHereDocument(lines.slice(Math.max(0, index - 100), index).join('\n'))) break;
      const prompt = held(kind, kind.held(match), clock);
      return { prompt, index, isPlain: kind === SURE[0] };
    }
  }
  return undefined;
}

/** A prompt is known by a command behind it; behind a mere word and `$`, by one that looks like it. */
function isEstablishing(typed: string, kind: Kind): boolean {
  return WORDS.has(kind) ? /^[a-z./~]/.test(typed) : typed !== '';
}

/** Any other words that end as prompts do, in front of what is surely a command: `prod (eu) λ ls`, `[web-1] (/srv) # ls`. */
const STRANGE = /^((?:[^\s$%#>❯»λ➜]{1,40} ){0,4}[^\s$%#>❯»λ➜]{0,40})([$%#>❯»λ➜])[ \t]+(\S.*)$/u;

function strangePrompt(lines: readonly string[], readsAs: ReadsAs): Prompt | undefined {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const [, front = '', sign = '', typed = ''] = STRANGE.exec(first) ?? [];
  const isMarked = /[$❯»λ➜]/u.test(sign) ? /[^\s/;*"-]/.test(front) : /[@~/[\](){}|:]/.test(front);
  // No command has one of the other signs for a word of its own: what stands in front is a folder then.
  const isSaid =
    sign === '$' ? readsAs(first) === 'sure' : /[#%>]/.test(sign) && readsAs(first) === 'sure';
  if (!isMarked || readsAs(typed) !== 'sure' || isSaid) return undefined;
  const what = keptOf(front) + sign;
  return {
    isArrow: false,
    typed(line) {
      const [found, before = '', end = ''] = STRANGE.exec(`${line} x`) ?? [];
      if (found === undefined || keptOf(before) + end !== what) return undefined;
      return line.slice(before.length + 1).trimStart();
    },
  };
}

/** What stays the same of a prompt while folders and times change. */
const keptOf = (front: string): string =>
  (front.trim().split(' ', 1)[0] ?? '').replace(/[~/][\w./~-]*/g, '~').replace(/\d+/g, '0');

function held(kind: Kind, what: string, clock: boolean): Prompt {
  return {
    isArrow: false,
    typed(line) {
      if (CLOCK.test(line) !== clock) return undefined;
      const bare = clock ? line.replace(CLOCK, '') : line;
      const match = kind.pattern.exec(bare);
      return match !== null && kind.held(match) === what ? bare.slice(match[0].length) : undefined;
    },
  };
}

function otherPrompt(lines: readonly string[], readsAs: ReadsAs): Prompt | undefined {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  for (const pattern of OTHER) {
    const typed = behind(pattern, first);
    if (typed !== undefined && /^[a-z./]/.test(typed) && readsAs(typed) === 'sure')
      return { isArrow: first.startsWith('>'), typed: (line) => behind(pattern, line) };
  }
  return undefined;
}

/**
 * `# cmd` lines are root's prompt when the first of them is surely a command and none is a sentence. Where other lines read
 * as commands too, at least half must look typed and not written: comments name commands as well.
 */
function rootPrompt(
  lines: readonly string[],
  readsAs: ReadsAs,
  isSession: boolean,
): Prompt | undefined {
  const filled = lines.filter((line) => line.trim() !== '');
  const prompted = filled.map((line) => behind(ROOT, line) ?? '').filter((typed) => typed !== '');
  const others = filled.filter((line) => !/^[#>]/.test(line));
  if (behind(ROOT, filled[0] ?? '') === undefined || readsAs(prompted[0] ?? '') !== 'sure')
    return undefined;
  if (!isSession && others.length === 0) return undefined;
  const commands = prompted.filter((typed) => isTyped(typed, readsAs));
  if (commands.length < (isSession ? 1 : prompted.length)) return undefined;
  // Where bash goes on reading at `> `, it was bash that read what stands above.
  const isContinued = filled.some(
    (line, at) => CONTINUED.test(line) && isOpen(filled[at - 1], readsAs),
  );
  // In a script "# last resort" is a note on what stands below, if that may be a command at all.
  const isNoted =
    !isSession && !commands.every((typed) => typed.includes(' ') && looksTyped(typed));
  const isMixed =
    !(isSession && isContinued) &&
    others.some((line) => readsAs(line) === 'sure' || (isNoted && mayBeCommand(line, readsAs)));
  if (isMixed && !(isSession && commands.filter(looksTyped).length * 2 >= commands.length))
    return undefined;
  // "#   systemctl reload app" is of a file that is shown: a prompt has the same blanks on every line.
  const blanks = blanksOf(filled[0] ?? '');
  return {
    isArrow: false,
    typed(line) {
      const typed = blanksOf(line) > blanks ? undefined : behind(ROOT, line);
      return typed === undefined || typed === '' || isTyped(typed, readsAs) ? typed : undefined;
    },
  };
}

const blanksOf = (line: string): number => line.length - line.slice(1).trimStart().length;

/** It reads as a command, or begins as one does: "touch a" may be both. */
const mayBeCommand = (line: string, readsAs: ReadsAs): boolean =>
  readsAs(line) !== 'no' || readsAs(/^[a-z]\S*/.exec(line)?.[0] ?? 'X') === 'sure';

const CONTINUED = /^> /;

/** Root's line that bash has not read to its end: the head of a loop or a branch, a line that ends in an operator. */
function isOpen(line: string | undefined, readsAs: ReadsAs): boolean {
  const typed = behind(ROOT, line ?? '') ?? '';
  return isTyped(typed, readsAs) && /(?:\b(?:then|do|else|in)|[\\|({]|&&)\s{0,8}$/.test(typed);
}

const isTyped = (typed: string, readsAs: ReadsAs): boolean =>
  /^[a-z./~$]/.test(typed) &&
  readsAs(typed) !== 'no' &&
  (/[;|<>"'$&]/.test(typed) || !looksLikeProse(typed));

/** Flags, paths, quotes, operators: what a sentence about a command does not have. */
export const looksTyped = (typed: string): boolean =>
  /\s--?\w|[\w~.]\/\w|\s[/~.]|["'|<>;=$*&\\]|^\S+$|\b(?:in|do|then)$|\.\w/.test(typed);

function behind(pattern: RegExp, line: string): string | undefined {
  const match = pattern.exec(line);
  return match === null ? undefined : line.slice(match[0].length);
}
