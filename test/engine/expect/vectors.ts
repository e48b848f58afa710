import { readFileSync } from 'node:fs';

/** One expectation with an output and whether they agree. */
export interface Vector {
  readonly name: string;
  readonly passes: boolean;
  readonly match: 'text' | 'exact' | 'subset' | 'shape';
  readonly expected: string;
  readonly output: string;
}

/** Reads the vectors of one file beside this one; the format is described in `fixtures/README.md`. */
export function vectorsOf(file: string): readonly Vector[] {
  const text = readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...lines] = section.split('\n');
      const [name = '', verdict = '', match = 'text'] = head
        .split(' | ')
        .map((part) => part.trim());
      const cut = lines.findIndex((line) => /^--- (?:output|printf)$/.test(line));
      const output = lines.slice(cut + 1).join('\n');
      return {
        name,
        passes: verdict === 'pass',
        match: match === 'exact' || match === 'subset' || match === 'shape' ? match : 'text',
        expected: lines.slice(0, cut).join('\n'),
        output: lines[cut] === '--- printf' ? printf(output.replace(/\n$/, '')) : output,
      };
    });
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', e: '\x1b' };

function printf(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|([ntre]))/g, (_whole, hex, letter) =>
    hex === undefined ? (LETTERS[letter] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
