import { areOnlyVersions, compareVersions, isMarkedVersion, isVersionName } from './versions.ts';

/** What one side of a comparison is: an input's value, or words of the author's own. */
export type Term =
  | { readonly is: 'input'; readonly name: string }
  | { readonly is: 'value'; readonly text: string };

/** A condition (`when=`) as it was parsed. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly sides: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  /** An input that has a value which is not `false`, `no`, `0` or `off`. */
  | { readonly op: 'set'; readonly name: string }
  | { readonly op: Comparison; readonly left: Term; readonly right: Term }
  | { readonly op: 'in'; readonly left: Term; readonly among: readonly Term[] };

type Comparison = '=' | '!=' | '<' | '>' | '<=' | '>=';

/** A condition, or why its text is none: the end of the sentence "It …". */
export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly why: string };

/** `unknown`: an input that it asks for has no value yet. */
export type Holds = 'true' | 'false' | 'unknown';

interface Token {
  readonly kind: 'word' | 'quoted' | 'input' | 'op' | 'open' | 'close' | 'comma';
  readonly text: string;
}

const MAX_CHARS = 2000;
const MAX_DEPTH = 50;
const TOKEN =
  /\s+|"((?:[^"\\]|\\.)*)"|'([^']*)'|\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}|(===?|!==?|<=|>=|<>|=~|&&|\|\||[=<>!()[\],])|([^\s"'“”„‘’()[\],=<>!&|{}]+)|([\s\S])/gy;
/** What other languages write, and what it is here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '===': '=',
  '!==': '!=',
  '<>': '!=',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
};

/**
 * Parses a condition: `=` `!=` `<` `>` `<=` `>=`, `in`, `and`, `or`, `not`, parentheses; inputs by name or as
 * `{{name}}`; values bare or in quotes. `==` is read as `=`. Pure and linear.
 */
export function parseCondition(text: string): ReadCondition {
  try {
    return { ok: true, condition: new Reader(tokensOf(text)).whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

/** Names of the inputs that a condition asks for, each once. */
export function namesInCondition(condition: Condition): readonly string[] {
  const names = new Set<string>();
  const take = (term: Term): void => {
    if (term.is === 'input') names.add(term.name);
  };
  const visit = (one: Condition): void => {
    if ('sides' in one) one.sides.forEach(visit);
    else if ('of' in one) visit(one.of);
    else if ('name' in one) names.add(one.name);
    else {
      take(one.left);
      if ('among' in one) one.among.forEach(take);
      else take(one.right);
    }
  };
  visit(condition);
  return [...names];
}

/** Names whose values are compared: without one of them the condition cannot be judged. */
export function namesCompared(condition: Condition): readonly string[] {
  if (condition.op === 'and' || condition.op === 'or')
    return condition.sides.flatMap(namesCompared);
  if (condition.op === 'not') return namesCompared(condition.of);
  return condition.op === 'set' ? [] : namesInCondition(condition);
}

/** What is known where a condition is judged. */
export interface JudgedBy {
  readonly valueFor: (name: string) => string | undefined;
  /** Whether the input is declared as a number: then it is no release number, however it is written. */
  readonly isNumber?: (name: string) => boolean;
}

/**
 * Whether a condition holds for values. Release numbers are compared part by part where one is said to be there
 * (`version < 1.9`, `now < v1.9`), else numbers as numbers, so `9 < 21`. What is neither on a side of `<` or `>`, and
 * what would come out otherwise as the one than as the other, throws a RangeError with the sentence.
 */
export function judgeCondition(condition: Condition, by: JudgedBy): Holds {
  const { valueFor } = by;
  switch (condition.op) {
    case 'and':
      return all(condition.sides.map((side) => judgeCondition(side, by)));
    case 'or':
      return negated(all(condition.sides.map((side) => negated(judgeCondition(side, by)))));
    case 'not':
      return negated(judgeCondition(condition.of, by));
    case 'set': {
      const value = valueFor(condition.name);
      if (value === undefined) return 'unknown';
      return said(value !== '' && !/^(?:false|no|off|0)$/i.test(value));
    }
    case 'in': {
      const { left, among } = condition;
      return negated(all(among.map((right) => negated(compared({ op: '=', left, right }, by)))));
    }
    default:
      return compared(condition, by);
  }
}

type Pair = Extract<Condition, { readonly right: Term }>;

function compared(pair: Pair, by: JudgedBy): Holds {
  const { op, left, right } = pair;
  const [one, other] = [textOf(left, by), textOf(right, by)];
  if (one === undefined || other === undefined) return 'unknown';
  if (op === '=' || op === '!=') return said(isEqual(pair, one, other, by) === (op === '='));
  const order = orderOf(pair, one, other, by);
  if (op === '<') return said(order < 0);
  if (op === '>') return said(order > 0);
  return said(op === '<=' ? order <= 0 : order >= 0);
}

/** Below 0, 0 or above, as release numbers or as numbers. */
function orderOf(pair: Pair, one: string, other: string, by: JudgedBy): number {
  if (areVersions(pair, one, other, by)) {
    const order = compareVersions(one, other);
    if (order !== undefined) return order;
    const strange =
      compareVersions(one, one) === undefined
        ? inWords(pair.left, one)
        : inWords(pair.right, other);
    throw new RangeError(`${strange} is no release number`);
  }
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a === undefined || b === undefined) {
    const strange = a === undefined ? inWords(pair.left, one) : inWords(pair.right, other);
    throw new RangeError(`${strange} is no number`);
  }
  refuseTwoReadings(pair, one, other, by);
  return a - b;
}

/** Whether release numbers are meant: the name of an input says so, or one of the texts can be nothing else. */
function areVersions({ left, right }: Pair, one: string, other: string, by: JudgedBy): boolean {
  const names = [left, right].flatMap((term) => (term.is === 'input' ? [term.name] : []));
  if (names.some((name) => by.isNumber?.(name) === true)) return false;
  return (
    names.some(isVersionName) ||
    isMarkedVersion(one) ||
    isMarkedVersion(other) ||
    areOnlyVersions(one, other)
  );
}

/** `1.10` and `1.9`: nobody writes a number with a zero behind, unless it is rounded; nobody can tell. */
function refuseTwoReadings({ left, right }: Pair, one: string, other: string, by: JudgedBy): void {
  const isNumber = [left, right].some(
    (term) => term.is === 'input' && by.isNumber?.(term.name) === true,
  );
  if (isNumber || ![one, other].some((text) => /^\d+\.\d*0$/.test(text.trim()))) return;
  const order = compareVersions(one, other);
  if (order === undefined || Math.sign(order) === Math.sign(Number(one) - Number(other))) return;
  const { name, value } =
    left.is === 'input' ? { name: left.name, value: other } : { name: one, value: other };
  throw new RangeError(
    `\`${one}\` and \`${other}\` come out otherwise as numbers than as release numbers: write \`v${value}\` where \`${name}\` is a release, or declare \`${name}\` with \`type: number\``,
  );
}

function inWords(term: Term, value: string): string {
  return term.is === 'input' ? `\`${term.name}\` is \`${value}\`, which` : `\`${value}\``;
}

/** Equal as texts, as release numbers or numbers where both are written as some (`9` is `9.0`), or as yes and no. */
function isEqual(pair: Pair, one: string, other: string, by: JudgedBy): boolean {
  if (one === other) return true;
  const order = areVersions(pair, one, other, by) ? compareVersions(one, other) : undefined;
  if (order !== undefined) return order === 0;
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) {
    refuseTwoReadings(pair, one, other, by);
    return a === b;
  }
  return (YES.test(one) && YES.test(other)) || (NO.test(one) && NO.test(other));
}

const YES = /^(?:true|yes|on)$/i;
const NO = /^(?:false|no|off)$/i;

function numberOf(text: string): number | undefined {
  return /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}

function textOf(term: Term, { valueFor }: JudgedBy): string | undefined {
  return term.is === 'value' ? term.text : valueFor(term.name);
}

const said = (holds: boolean): Holds => (holds ? 'true' : 'false');

function negated(holds: Holds): Holds {
  return holds === 'unknown' ? 'unknown' : said(holds === 'false');
}

function all(sides: readonly Holds[]): Holds {
  if (sides.includes('false')) return 'false';
  return sides.includes('unknown') ? 'unknown' : 'true';
}

class Unreadable extends Error {}

function tokensOf(text: string): readonly Token[] {
  if (text.length > MAX_CHARS) throw new Unreadable(`is longer than ${MAX_CHARS} characters`);
  const tokens: Token[] = [];
  for (const [whole, double, single, input, op, word, strange] of text.matchAll(TOKEN)) {
    if (double !== undefined)
      tokens.push({ kind: 'quoted', text: double.replace(/\\(["\\])/g, '$1') });
    else if (single !== undefined) tokens.push({ kind: 'quoted', text: single });
    else if (input !== undefined) tokens.push({ kind: 'input', text: input });
    else if (op !== undefined) tokens.push(operator(op));
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (strange !== undefined) throw new Unreadable(strangeCharacter(strange));
    else if (whole.trim() !== '') throw new Unreadable(strangeCharacter(whole));
  }
  return tokens;
}

function strangeCharacter(text: string): string {
  if (text === '"' || text === "'") return `has a quote (${text}) that is not closed`;
  if (/[“”„‘’]/.test(text)) return `has a typographic quote (${text}): write " or '`;
  if (text === '$') return 'has a `$`: an input is written by its name, or as `{{name}}`';
  return `has \`${text}\`, which means nothing in a condition`;
}

function operator(op: string): Token {
  const here = ELSEWHERE[op];
  if (here !== undefined) throw new Unreadable(`has \`${op}\`, which is \`${here}\` here`);
  if (op === '=~')
    throw new Unreadable('has `=~`: there are no patterns in a condition, compare with `in`');
  if (op === '(' || op === '[') return { kind: 'open', text: op };
  if (op === ')' || op === ']') return { kind: 'close', text: op };
  if (op === ',') return { kind: 'comma', text: op };
  return { kind: 'op', text: op === '==' ? '=' : op };
}

/** Recursive descent over the tokens of one condition. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    if (this.#tokens.length === 0) throw new Unreadable('is empty');
    const condition = this.#either();
    const rest = this.#peek();
    if (rest === undefined) return condition;
    if (rest.kind === 'word' || rest.kind === 'quoted')
      throw new Unreadable(
        `has \`${rest.text}\` where \`and\` or \`or\` was expected; put a value of several words in quotes`,
      );
    throw new Unreadable(`has \`${rest.text}\` where it should end`);
  }

  #either(): Condition {
    const sides = [this.#both()];
    while (this.#takeWord('or')) sides.push(this.#both());
    const [only] = sides;
    return sides.length === 1 && only ? only : { op: 'or', sides };
  }

  #both(): Condition {
    const sides = [this.#one()];
    while (this.#takeWord('and')) sides.push(this.#one());
    const [only] = sides;
    return sides.length === 1 && only ? only : { op: 'and', sides };
  }

  #one(): Condition {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Unreadable('is nested too deep');
    const condition = this.#inner();
    this.#depth -= 1;
    return condition;
  }

  #inner(): Condition {
    if (this.#takeWord('not')) return { op: 'not', of: this.#one() };
    if (this.#take('open', '(')) {
      const inside = this.#either();
      if (!this.#take('close', ')')) throw new Unreadable('has a parenthesis that is not closed');
      return inside;
    }
    return this.#comparison();
  }

  #comparison(): Condition {
    const first = this.#next('a name or value');
    const op = this.#peek();
    const isNegatedIn = op?.kind === 'word' && isWord(op, 'not') && isWord(this.#peek(1), 'in');
    if (op?.kind === 'op') {
      this.#at += 1;
      const left = termOf(first, true);
      const right = termOf(this.#next(`a value behind \`${op.text}\``), false);
      refuseConstants(left, [right]);
      return { op: op.text as Comparison, left, right };
    }
    if (isNegatedIn) {
      this.#at += 1;
      return { op: 'not', of: this.#among(first) };
    }
    if (isWord(op, 'in')) return this.#among(first);
    if (first.kind === 'quoted')
      throw new Unreadable(`has \`${first.text}\` where a comparison was expected`);
    return { op: 'set', name: first.text.replace(/^\$/, '') };
  }

  #among(first: Token): Condition {
    this.#at += 1;
    const bracket = this.#peek()?.kind === 'open' ? this.#next('') : undefined;
    const among = [termOf(this.#next('a value behind `in`'), false)];
    while (this.#take('comma', ',')) among.push(termOf(this.#next('a value behind `,`'), false));
    const close = bracket?.text === '[' ? ']' : ')';
    if (bracket !== undefined && !this.#take('close', close))
      throw new Unreadable(
        `has a \`${bracket.text}\` that is not closed; values are split by commas`,
      );
    const left = termOf(first, true);
    refuseConstants(left, among);
    return { op: 'in', left, among };
  }

  #next(wanted: string): Token {
    const token = this.#peek();
    if (token === undefined) throw new Unreadable(`ends where ${wanted} was expected`);
    if (
      token.kind === 'op' ||
      token.kind === 'close' ||
      token.kind === 'comma' ||
      (token.kind === 'open' && wanted !== '')
    )
      throw new Unreadable(`has \`${token.text}\` where ${wanted} was expected`);
    if (token.kind === 'word' && /^(?:and|or|not|in)$/i.test(token.text))
      throw new Unreadable(`has \`${token.text}\` where ${wanted} was expected`);
    this.#at += 1;
    return token;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    if (!isWord(this.#peek(), word)) return false;
    this.#at += 1;
    return true;
  }
}

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;

/** Two values of the author's own are never otherwise: an input was meant. */
function refuseConstants(left: Term, others: readonly Term[]): void {
  if (left.is === 'input' || others.some(({ is }) => is === 'input')) return;
  const meant = /^\$\{?(\w+)\}?$|^\{\{\s?(\w+)\s?\}\}$/.exec(left.text);
  const name = meant?.[1] ?? meant?.[2];
  if (name !== undefined)
    throw new Unreadable(`has \`${left.text}\` in quotes, which is a text: write \`${name}\``);
  throw new Unreadable(
    `compares \`${left.text}\` with a value, and neither is an input: its name stands on the left, without quotes`,
  );
}

/** A bare word on the left is an input, on the right a value. */
function termOf(token: Token, isLeft: boolean): Term {
  if (token.kind === 'input') return { is: 'input', name: token.text };
  if (token.kind === 'word' && /^\$[A-Za-z_]\w*$/.test(token.text))
    return { is: 'input', name: token.text.slice(1) };
  if (token.kind === 'word' && isLeft && numberOf(token.text) === undefined)
    return { is: 'input', name: token.text };
  return { is: 'value', text: token.text };
}
