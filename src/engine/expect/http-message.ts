/** An HTTP response as text: `curl -i` and HTTP samples write it so. */
export interface HttpMessage {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Reads a response that begins with a status line; `undefined` when the text does not. */
export function parseHttpMessage(text: string): HttpMessage | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(lines[0]?.trim() ?? '');
  if (!status) return undefined;
  const blank = lines.findIndex((line) => line.trim() === '');
  const end = blank < 0 ? lines.length : blank;
  const headers = lines.slice(1, end).flatMap((line) => {
    const found = /^([\w-]{1,200}):(.*)$/.exec(line);
    return found ? [[(found[1] ?? '').toLowerCase(), (found[2] ?? '').trim()] as const] : [];
  });
  return { status: Number(status[1]), headers, body: lines.slice(end + 1).join('\n') };
}

/** Headers whose value is the point; of others a sample only says that they are there. */
const TELLING = new Set(['content-type', 'location', 'cache-control', 'retry-after']);

/**
 * What differs in status and headers: the status is equal; every expected header is there; the value counts for content-type,
 * location, cache-control and retry-after, with `exact` for all.
 */
export function compareHead(
  expected: HttpMessage,
  observed: HttpMessage,
  exact: boolean,
): readonly string[] {
  const found: string[] = [];
  if (expected.status !== observed.status) {
    found.push(`status: expected ${expected.status}, got ${observed.status}`);
  }
  for (const [name, value] of expected.headers) {
    const got = observed.headers.filter(([header]) => header === name).map(([, text]) => text);
    if (got.length === 0) found.push(`header \`${name}\`: expected, but missing`);
    else if ((exact || TELLING.has(name)) && !got.some((text) => sameValue(text, value))) {
      found.push(`header \`${name}\`: expected \`${value}\`, got \`${got[0]}\``);
    }
  }
  return found;
}

function sameValue(got: string, expected: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(' ', '');
  return bare(got) === bare(expected) || bare(got).startsWith(`${bare(expected)};`);
}
