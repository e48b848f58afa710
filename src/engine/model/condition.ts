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

/**
 * Whether a condition holds for values. Numbers are compared as numbers where both sides are some, so `9 < 21`; what is
 * no number on either side of `<` or `>` throws a RangeError with the sentence.
 */
export function judgeCondition(
  condition: Condition,
  valueFor: (name: string) => string | undefined,
): Holds {
  switch (condition.op) {
    case 'and':
      return all(condition.sides.map((side) => judgeCondition(side, valueFor)));
    case 'or':
      return negated(all(condition.sides.map((side) => negated(judgeCondition(side, valueFor)))));
    case 'not':
      return negated(judgeCondition(condition.of, valueFor));
    case 'set': {
      const value = valueFor(condition.name);
      if (value === undefined) return 'unknown';
      return said(value !== '' && !/^(?:false|no|off|0)$/i.test(value));
    }
    case 'in': {
      const left = textOf(condition.left, valueFor);
      const among = condition.among.map((term) => textOf(term, valueFor));
      if (left === undefined) return 'unknown';
      if (among.some((one) => one !== undefined && isEqual(left, one))) return 'true';
      return among.includes(undefined) ? 'unknown' : 'false';
    }
    default:
      return compared(condition, valueFor);
  }
}

function compared(
  { op, left, right }: Extract<Condition, { readonly right: Term }>,
  valueFor: (name: string) => string | undefined,
): Holds {
  const [one, other] = [textOf(left, valueFor), textOf(right, valueFor)];
  if (one === undefined || other === undefined) return 'unknown';
  if (op === '=') return said(isEqual(one, other));
  if (op === '!=') return said(!isEqual(one, other));
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a === undefined || b === undefined) {
    const strange = a === undefined ? inWords(left, one) : inWords(right, other);
    throw new RangeError(`${strange} is no number`);
  }
  if (op === '<') return said(a < b);
  if (op === '>') return said(a > b);
  return said(op === '<=' ? a <= b : a >= b);
}

function inWords(term: Term, value: string): string {
  return term.is === 'input' ? `\`${term.name}\` is \`${value}\`, which` : `\`${value}\``;
}

/** Equal as texts, as numbers where both are written as some (`9` is `9.0`), or as yes and no. */
function isEqual(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a === b;
  return (YES.test(one) && YES.test(other)) || (NO.test(one) && NO.test(other));
}

const YES = /^(?:true|yes|on)$/i;
const NO = /^(?:false|no|off)$/i;

function numberOf(text: string): number | undefined {
  return /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}

function textOf(term: Term, valueFor: (name: string) => string | undefined): string | undefined {
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
