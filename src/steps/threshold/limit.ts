import { parseQuantity, type Quantity } from './quantity.ts';

/** A limit as a person writes it: `> 80%`, `500ms`, `<= 2 GiB`, `10-20`, `!= running`. */
export type Limit =
  | { readonly kind: 'compare'; readonly operator: Operator; readonly than: Quantity }
  | { readonly kind: 'range'; readonly from: Quantity; readonly to: Quantity }
  | { readonly kind: 'text'; readonly operator: '=' | '!='; readonly text: string };

export type Operator = '>' | '>=' | '<' | '<=' | '=' | '!=';

const OPERATORS: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:>=|=>|≥|at least|from)\s*/i, '>='],
  [/^(?:<=|=<|≤|at most|up to)\s*/i, '<='],
  [/^(?:>|&gt;|greater than|more than|over|above|exceeds)\s*/i, '>'],
  [/^(?:<|&lt;|less than|fewer than|under|below)\s*/i, '<'],
  [/^(?:!=|<>|≠|is not|not|other than)\s*/i, '!='],
  [/^(?:==?|is|equals?)\s*/i, '='],
];

/**
 * Reads a limit; what follows the quantity ("of the pool", "/minute", "for 5 minutes") is passed over. A quantity without an
 * operator gets `bare`, the direction that its table implies. `undefined` when the text is no limit.
 */
export function parseLimit(text: string, bare: Operator): Limit | undefined {
  const trimmed = text.trim().replace(/^[`*_]+|[`*_]+$/g, '');
  const range = /^([\d.,]+\s?[%A-Za-zµ]*)\s*(?:-|–|—|\.\.|to)\s*([\d.,]+\s?[%A-Za-zµ]*)/.exec(
    trimmed,
  );
  if (range) return rangeOf(range[1] ?? '', range[2] ?? '');
  const found = OPERATORS.find(([pattern]) => pattern.test(trimmed));
  const rest = found ? trimmed.replace(found[0], '') : trimmed;
  const quantity = leadingQuantity(rest);
  if (quantity) return { kind: 'compare', operator: found?.[1] ?? bare, than: quantity };
  const operator = found?.[1];
  if ((operator === '=' || operator === '!=') && rest !== '') {
    return { kind: 'text', operator, text: rest.replace(/^["']|["']$/g, '') };
  }
  return undefined;
}

/** Where lower is worse a bare limit is a floor: when the critical limit lies below the warning. */
export function bareOperator(warning: string, critical: string): Operator {
  const low = leadingQuantity(critical);
  const high = leadingQuantity(warning);
  return low && high && low.base < high.base ? '<=' : '>=';
}

function rangeOf(from: string, to: string): Limit | undefined {
  const high = parseQuantity(to);
  const bareLow = parseQuantity(from);
  const low =
    bareLow?.unit === '' && high?.unit ? parseQuantity(`${from.trim()}${high.unit}`) : bareLow;
  return low && high ? { kind: 'range', from: low, to: high } : undefined;
}

function leadingQuantity(text: string): Quantity | undefined {
  const found = /^([-+]?[\d.,]*\d)\s?([%A-Za-zµμ]*)/.exec(text.trim());
  if (!found) return undefined;
  return parseQuantity(`${found[1]}${found[2]}`) ?? parseQuantity(found[1] ?? '');
}

/** Whether a quantity crosses the limit. */
export function crosses(limit: Limit, value: Quantity, output: string): boolean {
  if (limit.kind === 'text') {
    const same = output.trim().toLowerCase() === limit.text.trim().toLowerCase();
    return (limit.operator === '=') === same;
  }
  if (limit.kind === 'range') {
    return compare('>=', value, limit.from) && compare('<=', value, limit.to);
  }
  return compare(limit.operator, value, limit.than);
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
