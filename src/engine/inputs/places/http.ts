import { type Edit, fill, type Hole, type HoleProblem, problem } from '../hole.ts';
import { type HttpPlace, httpPlaces } from './http-place.ts';

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
