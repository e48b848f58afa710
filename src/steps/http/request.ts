import { HandrailError } from '../../engine/model/errors.ts';

/** One HTTP request as a fence states it. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [string, string])[];
  /** `null`: none. */
  readonly body: string | null;
  /** 0-based line of the request line within the fence. */
  readonly line: number;
}

/**
 * Reads the requests of a fence: request line, headers, an empty line, the body; several of them separated by lines that begin with
 * `###`. `written` is the author's text, which alone decides where requests begin and end: a value cannot add one.
 * Throws STEP_CANNOT_RUN with what is wrong.
 */
export function readRequests(text: string, written: string): readonly HttpRequest[] {
  const sections = split(text);
  const asWritten = split(written);
  if (sections.length !== asWritten.length) {
    throw cannot('A value has a line that begins with `###`, which separates requests here.');
  }
  const requests = sections.flatMap((section, index) =>
    readRequest(section, asWritten[index]?.text ?? section.text),
  );
  if (requests.length === 0)
    throw cannot('The fence has no request line such as `GET https://example.org/`.');
  return requests;
}

interface Section {
  readonly text: string;
  readonly line: number;
}

function split(text: string): readonly Section[] {
  const sections: Section[] = [];
  let lines: string[] = [];
  let from = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.startsWith('###')) {
      lines.push(line);
      continue;
    }
    sections.push({ text: lines.join('\n'), line: from });
    lines = [];
    from = index + 1;
  }
  return [...sections, { text: lines.join('\n'), line: from }];
}

function readRequest(section: Section, written: string): readonly HttpRequest[] {
  const lines = section.text.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !isComment(line));
  if (start < 0) return [];
  const first = lines[start] ?? '';
  if (/^@\w/.test(first))
    throw cannot(`\`${first}\` sets a variable; declare an input in the frontmatter instead.`);
  let at = start + 1;
  let target = first.trim();
  for (; /^\s+[/?&]/.test(lines[at] ?? ''); at += 1) target += (lines[at] ?? '').trim();
  const headers: (readonly [string, string])[] = [];
  for (; at < lines.length && lines[at]?.trim() !== ''; at += 1) {
    if (!isComment(lines[at] ?? '')) headers.push(readHeader(lines[at] ?? ''));
  }
  const body = bodyOf(lines.slice(at + 1).join('\n'), written);
  const { method, url } = readTarget(target, headers);
  return [{ method, url, headers, body, line: section.line + start }];
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/)/.test(line);
}

function readHeader(line: string): readonly [string, string] {
  const found = /^([!#$%&'*+.^`|~\w-]+):(.*)$/.exec(line);
  if (!found)
    throw cannot(
      'A line between the request line and the body is no header such as `Accept: text/plain`; put an empty line before the body.',
    );
  return [found[1] ?? '', (found[2] ?? '').trim()];
}

/** The empty lines that end the author's text are layout; a value's own stay. */
function bodyOf(body: string, written: string): string | null {
  const layout = /(?<!\n)\n*$/.exec(written)?.[0].length ?? 0;
  const kept = layout > 0 && body.endsWith('\n'.repeat(layout)) ? body.slice(0, -layout) : body;
  if (/^<\s*[./\w]/.test(kept) && /\n\r?\n<\s*[./\w]/.test(written)) {
    throw cannot('A body from a file (`< file`) is not read; send it with curl in a shell fence.');
  }
  return kept === '' ? null : kept;
}

function readTarget(
  target: string,
  headers: readonly (readonly [string, string])[],
): { readonly method: string; readonly url: URL } {
  const found = /^(?:([A-Z]{1,20})\s+)?(\S+)(?:\s+HTTP\/\d(?:\.\d)?)?$/.exec(target);
  if (!found)
    throw cannot('A request line is a method and a URL, such as `GET https://example.org/`.');
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const written = found[2] ?? '';
  const absolute = written.startsWith('/') && host ? `http://${host}${written}` : written;
  const url = URL.parse(absolute);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw cannot(
      `The request line needs an absolute URL that begins with http:// or https://${written.includes('{{') ? '; an input in it has no value' : ''}.`,
    );
  }
  return { method: found[1] ?? 'GET', url };
}

function cannot(message: string): HandrailError {
  return new HandrailError('STEP_CANNOT_RUN', { message });
}
