/** The labels that a target has of its own. */
const OF_TARGET = ['instance', 'job'];

const AGGREGATORS = new Set(
  'sum min max avg group stddev stdvar count count_values quantile absent absent_over_time scalar vector'.split(
    ' ',
  ),
);
const LISTS = new Set(['by', 'on', 'ignoring', 'group_left', 'group_right']);
const WORDS = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'inf',
  'nan',
  'start',
  'end',
  'atan2',
]);

/**
 * Which labels of its single target a query of PromQL or LogQL leaves to an alert: those of a selector that nothing
 * aggregates, and what `without` does not take away. A guess by words, which never errs for a plain query.
 */
export function targetLabels(expression: string): readonly string[] {
  const words = wordsOf(expression);
  const left = new Set<string>();
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (LISTS.has(word)) at = behind(words, at + 1);
    else if (AGGREGATORS.has(word)) {
      const end = endOfAggregation(words, at + 1);
      const inside = words.slice(at + 1, end);
      const without = inside.indexOf('without');
      const gone = without < 0 ? OF_TARGET : inside.slice(without, behind(inside, without + 1));
      for (const label of OF_TARGET) if (!gone.includes(label)) left.add(label);
      at = end;
    } else {
      if (/^[\p{L}_:{]/u.test(word) && !WORDS.has(word.toLowerCase()) && next !== '(')
        for (const label of OF_TARGET) left.add(label);
      at += 1;
    }
  }
  return [...left];
}

/** Names, parentheses and selectors; texts, ranges and figures are left out. */
function wordsOf(expression: string): readonly string[] {
  return (
    (
      expression
        .replace(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g, '""')
        .replace(/#[^\n]*/g, '')
        .replace(/\[[^\][]*\]/g, '')
        .replace(/\{[^{}]*\}/g, '{}')
        // A selector belongs to the name before it.
        .replace(/([\w:])\s?\{\}/g, '$1')
        .match(/[A-Za-z_:][\w:]*|\{\}|[()]|\d[\w.]*/g) ?? []
    ).filter((word) => !/^\d/.test(word))
  );
}

/** Behind the parenthesis that opens at a place, else the place. */
function behind(words: readonly string[], from: number): number {
  if (words[from] !== '(') return from;
  let depth = 0;
  for (let at = from; at < words.length; at += 1) {
    if (words[at] === '(') depth += 1;
    if (words[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return words.length;
}

/** An aggregation is a list and what it is of, in either order. */
function endOfAggregation(words: readonly string[], from: number): number {
  const isList = (at: number): boolean => words[at] === 'by' || words[at] === 'without';
  const body = isList(from) ? behind(words, from + 1) : from;
  const end = behind(words, body);
  return isList(end) ? behind(words, end + 1) : end;
}
