import { plainLine } from './numerals.ts';
import { parseQuantity, type Quantity } from './quantity.ts';

/** A limit as a person writes it: `> 80%`, `10 % or less`, `between 10 and 20`, `outside 10-20`, `!= running`, `down`. */
export type Limit =
  | { readonly kind: 'compare'; readonly operator: Operator; readonly than: Quantity }
  | {
      readonly kind: 'range';
      readonly from: Quantity;
      readonly to: Quantity;
      readonly outside: boolean;
    }
  | { readonly kind: 'both'; readonly limits: readonly Limit[] }
  | {
      readonly kind: 'text';
      readonly operator: '=' | '!=';
      readonly words: readonly string[];
      readonly stated: boolean;
    };

export type Operator = '>' | '>=' | '<' | '<=' | '=' | '!=';

const OPERATORS: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:>=|=>|≥|at least|no less than|not less than|not below|from)\s*/i, '>='],
  [/^(?:<=|=<|≤|at most|no more than|not more than|not over|not above|up to)\s*/i, '<='],
  [
    /^(?:>|&gt;|(?:greater|more|higher|larger|longer|older|slower) than|over|above|exceeds)\s*/i,
    '>',
  ],
  [
    /^(?:<|&lt;|(?:less|fewer|lower|smaller|shorter|younger|newer|faster) than|under|below)\s*/i,
    '<',
  ],
  [/^(?:!=|<>|≠|is not|not|other than)\s*/i, '!='],
  [/^(?:==?|is|equals?)\s*/i, '='],
];

const OR_LESS =
  /\b(?:or|and)\s+(?:less|fewer|lower|below|under|earlier)\b|(?<!\p{L})(?:(?:oder|und) (?:weniger|darunter|niedriger|kleiner)|(?:ou|et) moins|[oy] menos|e? ?ou? menos|o meno|o inferiore|of (?:minder|lager)|(?:lub|i) mniej|eller (?:mindre|färre|lägre)|nebo méně|или (?:меньше|менее|ниже)|або (?:менше|нижче)|veya (?:daha )?az)(?!\p{L})|以下|이하/iu;
const OR_MORE =
  /\b(?:or|and)\s+(?:more|higher|greater|above|over|longer|later|up)\b|\d\s?[%A-Za-z]{0,12}\+|(?<!\p{L})(?:(?:oder|und) (?:mehr|darüber|höher|größer|länger)|(?:ou|et) plus|[oy] más|ou mais|o più|o superiore|of (?:meer|hoger)|(?:lub|i) więcej|eller (?:mer|fler|högre)|nebo více|или (?:больше|более|выше)|або (?:більше|вище)|veya (?:daha )?(?:fazla|çok))(?!\p{L})|以上|이상/iu;
/** "Or" in front of a word that is in neither: which way the limit goes stands there, and is not understood. */
const OR_SOMETHING =
  /^\W*(?:oder|ou|o|y|of|lub|albo|eller|tai|nebo|či|alebo|или|или|або|чи|veya|ya da|vagy|sau|ili|ali|või|vai|arba|ή|או|أو|یا|atau|hoặc|या)\s+\p{L}|^\s?(?:未満|未满|超|미만|초과)/iu;
/** `4 000`: a limit has no columns, so groups of three are one number. */
const GROUPED = /(?<![\w.,])[1-9]\d{0,2}(?: \d{3}){1,5}(?![\d])/g;
/** A word between two numbers is no unit of the first one. */
const NUMBER = String.raw`[-+]?\d[\d.,]{0,20}(?:\s?(?!(?:to|and)\b)[%A-Za-zµ]{1,12})?`;
const RANGE = new RegExp(
  String.raw`^(between\s|from\s|outside(?: of)?\s|not between\s|not in\s|in\s)?\s*(${NUMBER})\s*(?:-|–|—|\.\.|to|and)\s*(${NUMBER})`,
  'i',
);

/**
 * Reads a limit; what follows the quantity ("of the pool", "/minute", "for 5 minutes") is passed over. A quantity without an
 * operator gets `bare`, the direction that its table implies. `undefined` when the text is no limit.
 */
export function parseLimit(text: string, bare: Operator): Limit | undefined {
  const plain = text.trim().replace(/^[`*_]+|(?<![`*_])[`*_]+$/g, '');
  const trimmed = plainLine(plain.replace(GROUPED, (number) => number.replace(/ /g, ''))).trim();
  const both = trimmed.split(/(?<!\s)\s*(?:\band\b|&&|,)\s*(?=[<>≤≥])/i);
  if (both.length > 1) {
    const limits = both.map((one) => parseLimit(one, bare));
    return limits.every((one) => one !== undefined) ? { kind: 'both', limits } : undefined;
  }
  const range = RANGE.exec(trimmed);
  if (range) {
    const outside = /^(?:outside|not)/i.test(range[1] ?? '');
    return rangeOf(range[2] ?? '', range[3] ?? '', outside);
  }
  const found = OPERATORS.find(([pattern]) => pattern.test(trimmed));
  const rest = found ? trimmed.replace(found[0], '') : trimmed;
  const quantity = leadingQuantity(rest);
  if (quantity) {
    const said = OR_LESS.test(rest) ? '<=' : OR_MORE.test(rest) ? '>=' : undefined;
    const behind = rest.replace(/^[-+]?[\d.,]+\s?%?/, '');
    const past = behind.replace(/^\s?[a-zµ]{1,7}(?=\s)/i, '');
    if (said === undefined && !found && [behind, past].some((one) => OR_SOMETHING.test(one)))
      return undefined;
    return { kind: 'compare', operator: found?.[1] ?? said ?? bare, than: quantity };
  }
  const operator = found?.[1] ?? '=';
  const words = statesOf(rest);
  if ((operator === '=' || operator === '!=') && words.length > 0)
    return { kind: 'text', operator, words, stated: found !== undefined };
  return undefined;
}

/** Whether a text that cannot be read was meant to be compared with: it has a number or says "more than"; "any spike" does not. */
export function isComparison(text: string): boolean {
  return (
    /\d/.test(text) || isSpelled(text) || OPERATORS.some(([pattern]) => pattern.test(text.trim()))
  );
}

/** "two or more" says a number that is not read, and no state. */
function isSpelled(text: string): boolean {
  return /^(?:one|two|three|four|five|six|seven|eight|nine|ten|a few|several)\b/i.test(text.trim());
}

/** One word, or several split by commas or "or": how something is, and no sentence. */
function statesOf(text: string): readonly string[] {
  if (isSpelled(text)) return [];
  const words = text
    .split(/(?<!\s)\s*(?:,|\||\/|\bor\b)\s*/i)
    .map((word) => word.replace(/^["'`]|["'`]$/g, '').toLowerCase());
  return words.every((word) => /^[\p{L}][\p{L}\d_-]{1,40}$/u.test(word)) ? words : [];
}

/** Where lower is worse a bare limit is a floor: when the critical limit lies below the warning. */
export function bareOperator(warning: string, critical: string): Operator {
  const low = leadingQuantity(critical);
  const high = leadingQuantity(warning);
  return low && high && low.base < high.base ? '<=' : '>=';
}

function rangeOf(from: string, to: string, outside: boolean): Limit | undefined {
  const high = parseQuantity(to.trim());
  const bareLow = parseQuantity(from.trim());
  const low =
    bareLow?.unit === '' && high?.unit ? parseQuantity(`${from.trim()}${high.unit}`) : bareLow;
  return low && high ? { kind: 'range', from: low, to: high, outside } : undefined;
}

/** More of a number, a fraction, a second number or another comparison: what is in front of it is not the whole limit. */
const STRANGE_REST = /^[\d.]+\d|^\s?[/:^±]\s?\d|^\s?(?:or|±|\+\/-)\s?[-+]?\d|[<>≤≥=]/;

function leadingQuantity(text: string): Quantity | undefined {
  const found = /^([-+]?[\d.,]*\d(?:[eE][-+]?\d{1,3}(?![\w.]))?)\s?([%A-Za-zµμ]*)/.exec(
    text.trim(),
  );
  if (!found) return undefined;
  const [all, number = '', unit = ''] = found;
  const whole = parseQuantity(`${number}${unit}`);
  const rest = text.trim().slice((whole === undefined ? number : all).length);
  return STRANGE_REST.test(rest) ? undefined : (whole ?? parseQuantity(number));
}

/** Whether a quantity crosses the limit. */
export function crosses(limit: Limit, value: Quantity, output: string): boolean {
  if (limit.kind === 'text')
    return (limit.operator === '=') === limit.words.some((word) => saysState(output, word));
  if (limit.kind === 'both') return limit.limits.every((one) => crosses(one, value, output));
  if (limit.kind === 'range') {
    const inside = compare('>=', value, limit.from) && compare('<=', value, limit.to);
    return inside !== limit.outside;
  }
  return compare(limit.operator, value, limit.than);
}

/** Whether an output says that something is so: as a word of its own, and not behind "not". */
function saysState(output: string, word: string): boolean {
  const words = plainLine(output.toLowerCase()).split(/[^\p{L}\d_-]+/u);
  return words.some(
    (said, at) => said === word && !/^(?:not|no|never|isn)$/.test(words[at - 1] ?? ''),
  );
}

function compare(operator: Operator, value: Quantity, than: Quantity): boolean {
  const [left, right] =
    value.dimension === than.dimension ? [value.base, than.base] : [value.amount, than.amount];
  const equal = Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
  if (operator === '=') return equal;
  if (operator === '!=') return !equal;
  if (equal) return operator === '>=' || operator === '<=';
  return operator.startsWith('>') ? left > right : left < right;
}
