import { type CodeReader, readerOfInput, readerOfWord } from '../programs/code.ts';

/**
 * A program that reads a text once more, as code: quoting for bash cannot protect a value from it, so
 * only values that no such program could take for more than a value are let through.
 */
export type SecondReader = CodeReader;

/** Who reads the argument at `index` as code, or `null`. */
export function codeArgument(
  name: string,
  texts: readonly string[],
  index: number,
): SecondReader | null {
  return readerOfWord([name, ...texts], index + 1) ?? null;
}

/** Who reads a here-document or here-string of this command as code, or `null`. */
export function inputReader(name: string, texts: readonly string[]): SecondReader | null {
  return readerOfInput([name, ...texts]) ?? null;
}

/** Why the reader might take the value for more than a value; `''` when it cannot. */
export function readAsCode(reader: SecondReader, value: string, around: string): string {
  if (isInert(reader, value, around)) return '';
  return `is read once more as code by \`${reader.program}\`, and this value has characters that may mean something there`;
}

function isInert({ reads }: SecondReader, value: string, around: string): boolean {
  switch (reads) {
    case 'shell':
      return /^[\p{L}\p{N}_.:/@%+,=-]*$/u.test(value);
    case 'code':
      return /^[\p{L}\p{N} _.:/@%+,=-]*$/u.test(value) && !value.includes('--');
    case 'sed': {
      const delimiter = /(?:^|[;{\s\d$,'"])[sy]([^\w\s\\])/.exec(around)?.[1] ?? '/';
      return /^[\p{L}\p{N} _.:/@%+,=-]*$/u.test(value) && !value.includes(delimiter);
    }
    default:
      return reads satisfies never;
  }
}
