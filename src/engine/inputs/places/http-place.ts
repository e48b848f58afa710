/** Where a hole stands in a request. */
export type HttpPlace =
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
export function httpPlaces(text: string, spans: readonly Span[]): readonly HttpPlace[] {
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
