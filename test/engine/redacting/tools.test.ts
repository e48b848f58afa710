import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/engine/redact.ts';

const TOOLS = [
  'base64',
  'base64 -w0',
  'base64 -w 33',
  'openssl base64',
  'openssl base64 -A',
  'basenc --base64url',
  'xxd',
  'xxd -p',
  'xxd -u',
  'xxd -e',
  'xxd -u -e',
  'xxd -c 7',
  'od',
  'od -An -tx1',
  'od -tx1',
  'od -x',
  'od -b',
  'od -c',
  'od -An -c',
  'od -tu1',
  'hexdump',
  'hexdump -C',
  'hd',
  'fold -w 7',
  'fold -w 20',
  'sed "s/./& /g"',
  'grep -o .',
  'rev | rev',
  'tee',
  'base64 | sed "s/^/x: /"',
  'base64 | cat -A | tr -d "$"',
  'base64 | base64',
  'base64 -w0 | base64',
  'xxd -p | base64',
  'base64 -w0 | xxd -p',
  'base64 -w0 | base32 -w0',
  'base64 | base32',
  'base32 -w0 | base64',
  'base32 -w0 | base32',
  'base64 -w0 | base64 -w0 | base64',
  'fold -w 3 | jq -sR .',
  'fold -w 11 | jq -sR tojson',
  'base64 -w 20 | jq -sR .',
  'sed "s/./&\\t/g" | jq -sR .',
  'base64 | od -c',
  'basenc --base32',
  'xxd -i',
  'xxd -b',
  'od -tx4',
  'od -td1',
  'rev',
  'base64 -w0 | rev',
  'xxd -p | tr -d "\\n" | rev',
  'perl -0777 -ne "print map { sprintf q(\\x{%x}), ord } split //"',
  'perl -0777 -ne "print map { sprintf q(U+%04X ), ord } split //"',
  'perl -MMIME::QuotedPrint -0777 -ne "print encode_qp(\\$_)"',
  'cat -A | tr -d "$"',
  'sed -n l | tr -d "$"',
  'jq -sR .',
  'jq -sRr @uri',
  'jq -sRr "@uri|@uri|@uri"',
  'jq -sRr "@uri|gsub(\\"%2F\\";\\"/\\")|gsub(\\"%\\";\\"%25\\")"',
  'jq -sRr "@base64|@uri"',
  'jq -sRr "@uri|@base64"',
  'jq -sRr "tojson|tojson|tojson|tojson"',
  'jq -sRr "tojson|@base64"',
  'jq -sRr "@sh|@sh"',
  'jq -sRc explode',
  'perl -0777 -ne "printf q(%vd), \\$_"',
  'perl -0777 -ne "print map { sprintf q(&#%d;), ord } split //"',
  'perl -0777 -ne "print map { sprintf q(%%%02X), ord } split //"',
  "perl -0777 -ne 'print map { sprintf q(\\x%02x), ord } split //'",
  "perl -0777 -ne 'print map { sprintf q(\\u%04x), ord } split //'",
  'xxd -p | tr -d "\\n" | sed "s/../&:/g"',
  'basenc --base32hex',
  'hexdump -d',
  'od -td2',
  'iconv -t UTF-16',
  'iconv -t UTF-16BE',
  'iconv -t UTF-32LE',
  'iconv -t UTF-16LE | base64',
  'iconv -t UTF-16LE | base64 -w0',
  'iconv -t UTF-16BE | base64 -w 64',
  'iconv -t UTF-16LE | xxd -p',
  'perl -0777 -ne "print map { sprintf q(&#x%X;), ord } split //"',
  // Each of its lines begins with how long it is.
  'perl -0777 -ne "print pack q(u), \\$_" | sed "s/^.//"',
  'sed "s/./&|/g"',
  'tr a-z A-Z',
  'tr A-Z a-z',
].filter((tool) => spawnSync('sh', ['-c', `command -v ${tool.split(' ')[0]}`]).status === 0);

function ran(tool: string, input: string): Uint8Array {
  return spawnSync('bash', ['-c', tool], { input }).stdout;
}

/** What comes out when the output comes in pieces of these sizes. */
function masked(secret: string, output: Uint8Array, sizes: readonly number[]): string {
  const redactor = createRedactor([secret]);
  const out: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    out.push(redactor.push(output.subarray(at, at + size)).slice());
    at += size;
  }
  out.push(redactor.push(output.subarray(at)).slice(), redactor.end());
  return Buffer.concat(out).toString('latin1');
}

/** What is left of it besides masks, offsets, white space and separators. */
function left(text: string): string {
  return text
    .replace(/^(?:[0-9a-f]{5,16}:?(?=[\s*]|$)|x: )/gm, '')
    .replace(/\*\*\*|[\0\s,:.|\\"'[\]-]/g, '');
}

/** A short last line of what was encoded twice writes one or two letters of the secret in so many of its own. */
const FEW_OF_TWICE = 16;

const anySecret = fc
  .string({
    minLength: 24,
    maxLength: 120,
    unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789_%+/=-!'),
  })
  .map((text) => `sk_live_${text}`);
const anySizes = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 6 });

describe('a secret that everyday tools print', () => {
  test.each(TOOLS)('%s: nothing is left of it but a few letters', (tool) => {
    fc.assert(
      fc.property(anySecret, anySizes, (value, cuts) => {
        const output = ran(tool, value);
        const whole = left(masked(value, output, [])).length;
        expect(whole).toBeLessThanOrEqual(/base.* \| base/.test(tool) ? FEW_OF_TWICE : 9);
        // Wherever output is cut into pieces, and be it at every byte (below), no letter more comes out.
        expect(left(masked(value, output, cuts)).length).toBeLessThanOrEqual(whole);
      }),
      { numRuns: 5 },
    );
    const known = 'sk_live_Tq7/vB2+xZ9=mK4-wP8_c';
    const printed = ran(tool, known);
    const ones = Array.from(printed, () => 1);
    expect(left(masked(known, printed, ones)).length).toBeLessThanOrEqual(
      left(masked(known, printed, [])).length,
    );
  });

  test.each(TOOLS)('%s: what is no secret is shown as it is', (tool) => {
    const innocent =
      'The quick brown fox jumps over the lazy dog 0123456789, and again and again.\n';
    const output = ran(tool, innocent.repeat(5));
    const shown = masked('sk_live_never-in-there-8fj3kd92ms', output, [10, 50, 3]);
    expect(shown).toBe(Buffer.from(output).toString('latin1'));
  });
});

describe('a secret with letters of other alphabets', () => {
  test.each([
    'tr a-z A-Z',
    'tr A-Z a-z',
    'iconv -t UTF-16LE',
    'iconv -t UTF-16BE',
    'iconv -t UTF-16LE | xxd',
    'iconv -t UTF-16LE | base64',
    'iconv -t LATIN1',
    'iconv -t LATIN1 | base64',
    'iconv -t LATIN1 | xxd -p',
    'xxd -u -e',
    'rev',
    'base64',
  ])('%s: nothing is left of it but a few letters', (tool) => {
    for (const value of [
      'Gr\u00fc\u00dfeAusM\u00fcnchen-k7Wq9xT2',
      '\u00e9t\u00e9-K\u00e4se/L\u00f6wenzahn_4711-Qz',
    ])
      expect(left(masked(value, ran(tool, value), [])).length).toBeLessThanOrEqual(9);
  });
});

describe('a secret that programs write', () => {
  const json = (text: string): string => JSON.stringify(text).slice(1, -1);
  const xml = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  test.each([
    ['JSON in JSON', (text: string) => json(json(text))],
    ['a URL in a URL', (text: string) => encodeURIComponent(encodeURIComponent(text))],
    ['XML', xml],
    [
      'XML in an attribute',
      (text: string) => xml(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    ],
    ['XML by sed', (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
    ['JSON in a URL', (text: string) => encodeURIComponent(json(text))],
    ['XML in JSON', (text: string) => json(xml(text))],
  ])('is masked in %s', (_what, write) => {
    for (const value of ['p&ss "w<rd', "it's\\a>b/c\td", 'ünï%20code&amp;'])
      expect(masked(value, Buffer.from(`<${write(value)}>`), [4])).toBe('<***>');
  });
});
