import { type Edit, fill, type Hole, type HoleProblem, problem } from '../hole.ts';

/**
 * Fills holes in requests: URL-encoded in the URL, JSON-encoded in a JSON body, form-encoded in a form,
 * as they are in headers, where a line break would begin another header and is refused.
 */
export function fillHttp(
  text: string,
  holes: readonly Hole[],
): { readonly edits: readonly Edit[]; readonly problems: readonly HoleProblem[] } {
  const places = httpPlaces(text, holes);
  const edits: Edit[] = [];
  const problems: HoleProblem[] = [];
  holes.forEach((hole, index) => {
    const place = places[index] ?? 'body';
    const why = refusalOf(hole, place);
    if (why === '') edits.push(fill(hole, encoded(place, hole.input.value)));
    else problems.push(problem(text, hole, why, 'Give another value, or let it stand elsewhere.'));
  });
  return { edits, problems };
}

function refusalOf(hole: Hole, place: HttpPlace): string {
  const { value } = hole.input;
  if (hole.filter !== '') return `has the filter \`|${hole.filter}\`, which only queries know`;
  switch (place) {
    case 'method':
      return /^[A-Z]{1,20}$/.test(value) ? '' : 'stands for the method, and the value is none';
    case 'base':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a request line.
      return /^https?:\/\/[^\s\u0000-\u001f\u007f]+$/i.test(value)
        ? ''
        : 'begins the URL, and the value is no absolute URL (`https://…`)';
    case 'path':
      return /^\.{1,2}$/.test(value)
        ? 'stands in the path, and `.` and `..` there lead elsewhere'
        : '';
    case 'host':
      return /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-fA-F:.]+\](?::\d{1,5})?$|^\d{1,5}$/.test(value)
        ? ''
        : 'stands for a host or port, and the value is none';
    case 'header-name':
      return /^[\w!#$%&'*+.^`|~-]+$/.test(value)
        ? ''
        : "stands in a header's name, and the value is none";
    case 'header':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they end or break a header.
      return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)
        ? 'stands in a header, and the value has a line break or control character'
        : '';
    default:
      return '';
  }
}

function encoded(place: HttpPlace, value: string): string {
  switch (place) {
    case 'path':
      return percentEncoded(value);
    case 'query':
    case 'form':
      return percentEncoded(value);
    case 'json-string':
      return JSON.stringify(value).slice(1, -1);
    case 'json-value':
      return /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(value)
        ? value
        : JSON.stringify(value);
    case 'comment':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a comment ends with its line.
      return value.replace(/[\u0000-\u001f\u007f]/g, ' ');
    case 'method':
    case 'base':
    case 'host':
    case 'header-name':
    case 'header':
    case 'body':
      return value;
    default:
      return place satisfies never;
  }
}

function percentEncoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Where a hole stands in a request. */
type HttpPlace =
  | 'method'
  | 'base'
  | 'host'
  | 'path'
  | 'query'
  | 'header-name'
  | 'header'
  | 'json-string'
  | 'json-value'
  | 'form'
  | 'body'
  | 'comment';

interface Span {
  readonly start: number;
  readonly end: number;
}

type Section = 'request' | 'headers' | 'body';

/** Where each span stands: request line, headers, a blank line, the body; `###` begins another request. */
function httpPlaces(text: string, spans: readonly Span[]): readonly HttpPlace[] {
  const places: HttpPlace[] = spans.map(() => 'body');
  let section: Section = 'request';
  let type = '';
  let bodyStart = 0;
  let at = 0;
  let index = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    if (/^###/.test(line)) {
      section = 'request';
      type = '';
    }
    const isComment = /^\s*(?:#|\/\/)/.test(line) && section !== 'body';
    while (index < spans.length && (spans[index]?.start ?? Infinity) <= end) {
      const start = spans[index]?.start ?? 0;
      places[index] = isComment
        ? 'comment'
        : placeInLine(section, type, text, at, start, spans[index]?.end ?? start, bodyStart);
      index += 1;
    }
    if (section === 'headers')
      type = /^content-type\s{0,20}:\s{0,20}(.*)$/i.exec(line)?.[1] ?? type;
    if (section === 'headers' && line.trim() === '') {
      section = 'body';
      bodyStart = end + 1;
    } else if (section === 'request' && line.trim() !== '' && !isComment) section = 'headers';
    at = end + 1;
  }
  return places;
}

function placeInLine(
  section: Section,
  type: string,
  text: string,
  lineStart: number,
  start: number,
  end: number,
  bodyStart: number,
): HttpPlace {
  const before = text.slice(lineStart, start);
  if (section === 'request') return urlPlace(before, text.slice(end));
  if (section === 'headers') {
    if (/^\s+[?&]/.test(before)) return 'query';
    return before.includes(':') ? 'header' : 'header-name';
  }
  if (/x-www-form-urlencoded/i.test(type)) return 'form';
  const body = text.slice(bodyStart, start);
  const isJson = /\bjson\b/i.test(type) || (type === '' && /^\s*[[{]/.test(body));
  if (!isJson) return 'body';
  return insideJsonString(body) ? 'json-string' : 'json-value';
}

function urlPlace(before: string, after: string): HttpPlace {
  const url = /^\s*(?:[A-Za-z]+\s+)?(\S*)$/.exec(before)?.[1] ?? '';
  if (url === '') return /^\s*$/.test(before) && /^\s+\S/.test(after) ? 'method' : 'base';
  if (url.includes('?')) return 'query';
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(url) ? 'host' : 'path';
}

/** Whether an odd number of quotes that are not escaped stand before. */
function insideJsonString(body: string): boolean {
  let inside = false;
  for (let at = 0; at < body.length; at += 1) {
    if (inside && body[at] === '\\') at += 1;
    else if (body[at] === '"') inside = !inside;
  }
  return inside;
}
