import { type Edit, fill, type Hole, type HoleProblem, problem } from '../hole.ts';
import { type SqlPlace, sqlPlaces } from './sql-place.ts';

/**
 * Fills holes in a query: values become bind parameters `$1`, `$2` …, one for each name; inside string
 * literals and names they are escaped in place, as nothing can be bound there. A statement that takes no
 * parameters (`CREATE`, `ALTER`, `SET` …) gets a literal.
 */
export function fillSql(
  text: string,
  holes: readonly Hole[],
): {
  readonly edits: readonly Edit[];
  readonly problems: readonly HoleProblem[];
  readonly binds: readonly string[];
} {
  const places = sqlPlaces(text, holes);
  const numbers = new Map<string, number>();
  const binds: string[] = [];
  const edits: Edit[] = [];
  const problems: HoleProblem[] = [];
  holes.forEach((hole, index) => {
    const place = places[index];
    if (place === undefined) return;
    const why = refusalOf(text, hole, place);
    if (why !== '') {
      problems.push(problem(text, hole, why, 'Let the value stand on its own, between blanks.'));
      return;
    }
    if (place.kind !== 'bare' || hole.filter === 'identifier' || !place.takesParameters) {
      edits.push(fill(hole, written(hole, place)));
      return;
    }
    const { name, value } = hole.input;
    const number = numbers.get(name) ?? binds.push(value);
    numbers.set(name, number);
    edits.push({ start: hole.start, end: hole.end, text: `$${number}`, masked: `$${number}` });
  });
  return { edits, problems, binds };
}

function refusalOf(text: string, hole: Hole, place: SqlPlace): string {
  const { value } = hole.input;
  if (hole.filter !== '' && hole.filter !== 'identifier')
    return `has the filter \`|${hole.filter}\`; the one there is is \`|identifier\``;
  if (hole.filter === 'identifier' && place.kind === 'bare' && value === '')
    return 'is a name, and the value is empty';
  if (place.body !== '' && value.includes('$'))
    return 'stands in a body between dollar tags, and the value has a `$` in it';
  if (place.kind !== 'bare') return '';
  if (
    /[\w$"'\u0080-\uffff]$/.test(text.slice(hole.start - 1, hole.start)) ||
    /^[\w$"'\u0080-\uffff]/.test(text.slice(hole.end, hole.end + 1))
  )
    return 'touches a word or a quote, so that it would become part of it';
  return '';
}

function written(hole: Hole, place: SqlPlace): string {
  const { value } = hole.input;
  switch (place.kind) {
    case 'string':
      return value.replaceAll("'", "''");
    case 'escape-string':
      return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
    case 'name':
      return value.replaceAll('"', '""');
    case 'comment':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a comment ends with its line.
      return value.replace(/[\u0000-\u001f]/g, ' ').replace(/\*\/|\/\*/g, '* /');
    case 'bare':
      if (hole.filter === 'identifier') return `"${value.replaceAll('"', '""')}"`;
      return /^(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/.test(value)
        ? value
        : `'${value.replaceAll("'", "''")}'`;
    default:
      return place.kind satisfies never;
  }
}
