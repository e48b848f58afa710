import type { Diagnostic } from './model/diagnostic.ts';
import type { Frontmatter } from './model/frontmatter.ts';
import type { Step } from './model/runbook.ts';
import { unquoted } from './programs/arguments.ts';
import { findProgram } from './programs/find.ts';
import { type SecretValue, secretValues } from './programs/secrets.ts';
import { createRedactor } from './redact.ts';
import { masker } from './redacting/searcher.ts';
import {
  isPlaceholder,
  isSecretInput,
  isSecretName,
  isSetting,
  isUnlikeWords,
  literalSecrets,
} from './secrets.ts';

/** A secret that the author wrote into a step. Lines count from 0 within its text. */
export interface WrittenSecret {
  readonly value: string;
  readonly what: string;
  readonly line: number;
  /** What may stand right before it where it is given once more; none: nothing says that it is given. */
  readonly behind: readonly string[];
  /** May be none: it is masked where it is given only. */
  readonly onlyGiven?: boolean;
}

/** Shorter than that is none to look for. */
export const MIN_LENGTH = 4;

const found = new WeakMap<Step, readonly WrittenSecret[]>();

/**
 * Secrets written into a step, by the shape of their values and by the options they are given to. Looked for once: the
 * check before a run and the run itself both ask, and the second use of an expression has it compiled once more (2 ms of 70).
 */
export function writtenSecrets(step: Step): readonly WrittenSecret[] {
  const known = found.get(step) ?? lookFor(step);
  found.set(step, known);
  return known;
}

/**
 * Findings quote commands and values, on the screen and in the record: what is written into these steps, and given to
 * inputs that are secret, is masked in them.
 */
export function withoutSecrets(
  findings: readonly Diagnostic[],
  steps: readonly Step[],
  frontmatter: Frontmatter,
): readonly Diagnostic[] {
  if (findings.length === 0) return findings;
  const values = [
    ...steps.flatMap(writtenSecrets).map(({ value }) => value),
    ...declaredSecrets(frontmatter),
  ];
  if (values.length === 0) return findings;
  const masked = masker(values);
  return findings.map((finding) => ({
    ...finding,
    message: masked(finding.message),
    ...(finding.hint === undefined ? {} : { hint: masked(finding.hint) }),
  }));
}

/** Values that the frontmatter gives to inputs that are secret: defaults, choices, those of environments and schedules. */
export function declaredSecrets(frontmatter: Frontmatter): readonly string[] {
  const { inputs, environments = {}, schedule = [] } = frontmatter;
  if (inputs === undefined) return [];
  const given = [
    ...Object.values(environments).map(({ values }) => values),
    ...schedule.map((one) => one.inputs),
  ];
  return Object.entries(inputs)
    .flatMap(([name, declared]) =>
      isSecretInput(name, declared)
        ? [declared?.default, declared?.choices, ...given.map((one) => one?.[name])].flat()
        : [],
    )
    .map((value) => String(value ?? ''))
    .filter((value) => value.length >= MIN_LENGTH && !isPlaceholder(value));
}

/**
 * What is said of a step is shown everywhere, and makes its id: what its author should not have written is masked in it.
 * One that is a word as well is masked where it is given. What is quoted as code is a command whole; in `from`, where the words come from, code is still to be seen.
 */
export function withoutWritten(said: string, from = ''): string {
  const written = from === '' ? writtenIn(said) : [...writtenIn(said), ...writtenIn(from)];
  const isWord = ({ value, behind }: WrittenSecret): boolean =>
    isWordLike(value) && behind.length > 0;
  const words = written.filter(isWord);
  const wholes = written.filter((one) => !isWord(one)).map(({ value }) => value);
  const masked = masker(wholes)(said);
  return words.length === 0 ? masked : createRedactor(words).mask(masked);
}

export const isWordLike = (value: string): boolean => /^(?:\p{L}{1,11}|\d{1,5})$/u.test(value);

function lookFor(step: Step): readonly WrittenSecret[] {
  if (step.language === null && !step.shell) return writtenIn(step.text);
  return joined(byShape(step.text), byOption(step.shell?.commands ?? writtenLines(step.text)));
}

/** Secrets in what is said to people: by shape, and in the commands that are named there. */
export function writtenIn(text: string): readonly WrittenSecret[] {
  return joined(byShape(text), [...byOption(namedCommands(text)), ...byHeading(text)]);
}

/** What a column or a row of a table is headed by, markup aside. */
const HEADING =
  /^(?:[\p{L}\d_-]{1,30} ){0,3}(?:pass ?(?:word|phrase|code|wort)s?|passwörter|passwd|pwd|kennwort|contraseña|mot de passe|senha|hasło|пароль|パスワード|密码)(?: \([^()]{0,80}\))?$/iu;

/** In a table of markdown: what stands below a heading "password", or in the cell behind one. */
function byHeading(text: string): readonly WrittenSecret[] {
  if (!text.includes('|')) return [];
  let columns: ReadonlySet<number> = new Set();
  return text.split('\n').flatMap((written, line, lines) => {
    if (!written.includes('|')) {
      columns = new Set();
      return [];
    }
    const cells = cellsIn(written);
    const below = lines[line + 1] ?? '';
    const isHead = below.includes('-') && /^[\s|:-]+$/.test(below);
    if (isHead) columns = new Set(cells.flatMap((cell, at) => (isHeading(cell) ? [at] : [])));
    if (isHead || cells.length < 2) return [];
    const given = cells.filter(
      (_, at) => columns.has(at) || (at === 1 && isHeading(cells[0] ?? '')),
    );
    return given.flatMap((cell) => {
      const value = /^`([^`\s]{1,200})`$/.exec(cell)?.[1] ?? cell;
      const isOne = isWorthy(value) && (value !== cell || isUnlikeWords(value));
      return isOne ? [{ value, what: 'a password in a table', line, behind: [] }] : [];
    });
  });
}

const cellsIn = (row: string): readonly string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const isHeading = (cell: string): boolean => HEADING.test(cell.replace(/[*_`:]/g, '').trim());

const isWorthy = (value: string): boolean =>
  value.length >= MIN_LENGTH &&
  !/[\s$<>{}()/]/.test(value) &&
  !isPlaceholder(value) &&
  !isSetting(value) &&
  !isSecretName(value);

function byShape(text: string): readonly WrittenSecret[] {
  let line = 0;
  let from = 0;
  return literalSecrets(text).map(({ value, what, start, onlyGiven }) => {
    for (let at = text.indexOf('\n', from); at >= 0 && at < start; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    const behind = givenBehind(...leadOf(text, start));
    return { value, what, line, behind, ...(onlyGiven ? { onlyGiven } : {}) };
  });
}

/** What stands between a name and what is given to it: in commands, traces, listings of variables and processes, JSON and YAML. */
const BETWEEN = ['', '"', "'", "$'", '=', '="', "='", "=$'", '=\\"', ' ', ' "', " '", '\t'].concat([
  ':',
  ': ',
  ': "',
  ": '",
  '":"',
  '": "',
  '","',
  '", "',
  "', '",
  ', ',
  '>',
  ' = ',
  ' => "',
  '%3D',
  '%3A',
  '%22:%22',
  '%22%3A%22',
  '%22%3A%20%22',
  '\\":\\"',
  '\\": \\"',
]);
/** Behind `user:` and `user%`. */
const GLUED = ['', '"', "'"];

/** How something is written that is given by an option, a variable or a name. */
export function givenBehind(lead: string, between?: string): readonly string[] {
  if (!/[\p{L}\p{N}]/u.test(lead)) return [];
  const isGlued = /[:%/]$/.test(lead) && between === undefined;
  const written = between === undefined || between === ':' ? [] : [between];
  const ways = between === ':' ? [':', ...GLUED.slice(1).map((quote) => `:${quote}`)] : BETWEEN;
  const own = [...written, ...(isGlued ? GLUED : ways)].map((one) => `${lead}${one}`);
  // Whatever a name of it begins with, and in whatever case another program writes it.
  const noun = isGlued ? undefined : NOUN.exec(lead)?.[0];
  const cases = noun === undefined ? [] : casesOf(noun);
  return [...new Set([...own, ...cases.flatMap((one) => BETWEEN.map((way) => `${one}${way}`))])];
}

const NOUN = /(?:password|passwd|passphrase|passwort|secret|token|api[_-]?key)$/i;

const casesOf = (noun: string): readonly string[] => {
  const small = noun.toLowerCase();
  return [small, noun.toUpperCase(), `${small.slice(0, 1).toUpperCase()}${small.slice(1)}`];
};

const LONGEST_LEAD = 120;

/** What gives the secret that begins there: an option, a variable's name, two words of a sentence; and what stands between. */
function leadOf(text: string, start: number): readonly [lead: string, between: string] {
  const before = text.slice(Math.max(0, start - LONGEST_LEAD), start);
  const [words, between] = endingIn(before, PARTS);
  const [rest, word] = endingIn(words, WORDS);
  if (word.startsWith('-') || !/^\s/.test(between)) return [word, between];
  const [front, blanks] = endingIn(rest, BLANKS);
  return blanks === ''
    ? [word, between]
    : [`${endingIn(front, WORDS)[1]}${blanks}${word}`, between];
}

const PARTS = /[\s"'`=:,\\*>]/;
const WORDS = /[^\s"'`/,;|(){}<>]/;
const BLANKS = /[ \t]/;

/** A text parted where the letters of this kind at its end begin. */
function endingIn(text: string, kind: RegExp): readonly [rest: string, end: string] {
  let at = text.length;
  while (at > 0 && kind.test(text[at - 1] ?? '')) at -= 1;
  return [text.slice(0, at), text.slice(at)];
}

interface Given {
  readonly line: number;
  readonly secrets?: readonly SecretValue[];
}

const byOption = (commands: readonly Given[]): readonly WrittenSecret[] =>
  commands.flatMap(({ secrets = [], line }) =>
    secrets
      .filter(({ value }) => value.length >= MIN_LENGTH && !isPlaceholder(value))
      .map(({ value, what, before }) => ({
        value,
        what: `a secret: ${what}`,
        line,
        behind: givenBehind(before),
      })),
  );

function joined(
  shapes: readonly WrittenSecret[],
  options: readonly WrittenSecret[],
): readonly WrittenSecret[] {
  const keyOf = ({ line, value }: WrittenSecret): string => `${line} ${value}`;
  const known = new Set(shapes.map(keyOf));
  return [...shapes, ...options.filter((one) => !known.has(keyOf(one)))];
}

/** The commands of a fence that no shell here reads, such as those for Windows: a line each. */
const writtenLines = (text: string): readonly Given[] =>
  text.split('\n').map((written, line) => ({
    line,
    secrets: secretValues(
      wordsIn(written).map((word, at) => (at === 0 ? word.replace(/\.exe$/i, '') : word)),
    ),
  }));

/** As the shell would hand them on: what stands in quotes is what is given. */
const wordsIn = (line: string): readonly string[] =>
  (line.match(/"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'`]+/g) ?? []).map(unquoted);

/** More words than that is no command that somebody names in a sentence. */
const MOST_WORDS = 40;

/** What is written as code, and the programs whose names stand in a sentence with options behind them. */
function namedCommands(text: string): readonly Given[] {
  return text.split('\n').flatMap((written, line) => {
    // Each takes its secret behind an option or another word.
    if (!/\S[\t ]+\S/.test(written)) return [];
    const codes = [...written.matchAll(/`([^`]{1,2000})`/g)].map(([, code = '']) => ({
      line,
      secrets: secretValues(wordsIn(code)),
    }));
    const words = wordsIn(written).map((word) => word.replace(/(?<![;,:.)])[;,:.)]+$/, ''));
    const named = words.flatMap((word, at) =>
      findProgram(word)?.secrets === undefined
        ? []
        : secretValues(words.slice(at, at + MOST_WORDS)).filter(({ operand }) => operand !== true),
    );
    return [...codes, { line, secrets: named }];
  });
}
