import { firstSpanFrom, maskSpans, type Span } from '../../../text/spans.ts';
import { type Edit, fill, type Hole, type HoleProblem, problem } from '../hole.ts';

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

/** Where a hole stands in a query. */
interface SqlPlace {
  readonly kind: 'bare' | 'string' | 'escape-string' | 'name' | 'comment';
  /** The statement around it can be given bind parameters. */
  readonly takesParameters: boolean;
  /** The dollar tag (`$$`, `$body$`) around it, `''` when there is none. */
  readonly body: string;
}

const TAKES_PARAMETERS = new Set(
  'select insert update delete with values merge table explain declare'.split(' '),
);
/** Everything that changes how the letters behind it are read; the first that matches. */
const LANDMARK =
  /--[^\n]*|\/\*|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'?|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d+/g;

/** Where each span stands, by PostgreSQL's own lexical rules. Linear in the text. */
function sqlPlaces(text: string, spans: readonly Span[]): readonly SqlPlace[] {
  // Digits: a number stands wherever a value can, and begins no statement.
  const masked = maskSpans(text, spans, '1');
  const places: SqlPlace[] = spans.map(() => ({
    kind: 'bare',
    takesParameters: false,
    body: '',
  }));
  scan(masked, 0, masked.length, '', (start, end, place) => {
    const first = firstSpanFrom(spans, start);
    for (let at = first; (spans[at]?.start ?? Infinity) < end; at += 1) places[at] = place;
  });
  return places;
}

type Mark = (start: number, end: number, place: SqlPlace) => void;

function scan(text: string, from: number, to: number, body: string, mark: Mark): void {
  let statementStart = from;
  let firstWord = '';
  const inside: {
    readonly start: number;
    readonly end: number;
    readonly kind: SqlPlace['kind'];
  }[] = [];
  const bodies: { readonly start: number; readonly end: number; readonly tag: string }[] = [];
  const endStatement = (end: number): void => {
    const takesParameters = body === '' && TAKES_PARAMETERS.has(firstWord);
    mark(statementStart, end, { kind: 'bare', takesParameters, body });
    statementStart = end;
    firstWord = '';
  };
  const landmark = new RegExp(LANDMARK.source, 'g');
  landmark.lastIndex = from;
  for (
    let match = landmark.exec(text);
    match !== null && match.index < to;
    match = landmark.exec(text)
  ) {
    const start = match.index;
    const word = match[0];
    const end = Math.min(to, start + word.length);
    if (word === ';') endStatement(end);
    else if (word.startsWith('--')) inside.push({ start, end, kind: 'comment' });
    else if (word === '/*') {
      landmark.lastIndex = commentEnd(text, start, to);
      inside.push({ start, end: landmark.lastIndex, kind: 'comment' });
    } else if (/^[eE]'/.test(word)) inside.push({ start, end, kind: 'escape-string' });
    else if (word.startsWith("'")) inside.push({ start, end, kind: 'string' });
    else if (word.startsWith('"')) inside.push({ start, end, kind: 'name' });
    else if (word.startsWith('$')) {
      const close = text.indexOf(word, start + word.length);
      const last = close < 0 || close > to ? to : close;
      bodies.push({ start: start + word.length, end: last, tag: word });
      landmark.lastIndex = Math.min(to, last + word.length);
    } else if (firstWord === '' && /^[A-Za-z]/.test(word)) firstWord = word.toLowerCase();
    if (landmark.lastIndex >= to) break;
  }
  endStatement(to);
  for (const { start, end, kind } of inside)
    mark(start, end, { kind, takesParameters: false, body });
  for (const { start, end, tag } of bodies) {
    if (body === '') scan(text, start, end, tag, mark);
    else mark(start, end, { kind: 'string', takesParameters: false, body });
  }
}

/** Block comments nest. */
function commentEnd(text: string, start: number, to: number): number {
  let depth = 0;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let match = edge.exec(text); match !== null && match.index < to; match = edge.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return to;
}
