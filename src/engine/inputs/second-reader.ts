import { behindSudo } from '../shell/sudo.ts';
import { unwrapped } from '../shell/wrappers.ts';

/**
 * A program that reads a text once more, as code: quoting for bash cannot protect a value from it, so
 * only values that no such program could take for more than a value are let through.
 */
export interface SecondReader {
  readonly program: string;
  readonly reads: 'shell' | 'code' | 'sed';
}

const SHELL = /^(?:.*\/)?(?:ba|z|k|da|a|)sh$/;
const LANGUAGES: Readonly<Record<string, RegExp>> = {
  python: /^-[a-zA-Z]*c$/,
  python3: /^-[a-zA-Z]*c$/,
  perl: /^-[a-zA-Z]*[eE]$/,
  ruby: /^-[a-zA-Z]*e$/,
  node: /^(?:-e|-p|-pe|--eval|--print)$/,
  php: /^-r$/,
  psql: /^(?:-[A-Za-z]*c|--command)$/,
  mysql: /^(?:-[A-Za-z]*e|--execute)$/,
  mariadb: /^(?:-[A-Za-z]*e|--execute)$/,
  cqlsh: /^(?:-e|--execute)$/,
  'clickhouse-client': /^(?:-q|--query)$/,
  mongo: /^--eval$/,
  mongosh: /^--eval$/,
};
const READS_INPUT =
  /^(?:psql|mysql|mariadb|sqlite3|cqlsh|clickhouse-client|mongo|mongosh|python3?|perl|ruby|node|php)$/;
const PROGRAM_FIRST: Readonly<Record<string, string>> = {
  awk: '-v -F -f',
  gawk: '-v -F -f',
  mawk: '-v -F -f',
  jq: '--indent -f',
  yq: '-o -p',
};

/** Who reads the argument at `index` as code, or `null`. */
export function codeArgument(
  name: string,
  texts: readonly string[],
  index: number,
): SecondReader | null {
  const before = texts[index - 1] ?? '';
  const words = [name, ...texts];
  const command = behindSudo(words).words[0] ?? '';
  if (/^(?:eval|trap|watch)$/.test(command) && !(texts[index] ?? '').startsWith('-'))
    return { program: command, reads: 'shell' };
  const earlier = words.slice(0, index + 1);
  if (
    /^-[a-z]*c$/.test(before) &&
    earlier.some((word) => SHELL.test(word) || /^(?:su|runuser)$/.test(word))
  )
    return { program: earlier.find((word) => SHELL.test(word)) ?? 'su', reads: 'shell' };
  for (const word of earlier) {
    const option = Object.hasOwn(LANGUAGES, word) ? LANGUAGES[word] : undefined;
    const inline = /^(--\w+)=/.exec(texts[index] ?? '')?.[1];
    if (option?.test(before) || (inline !== undefined && option?.test(inline)))
      return { program: word, reads: 'code' };
  }
  const { name: real, args } = unwrapped({ name: command, args: behindSudo(words).words.slice(1) });
  return operandReader(real, args, index - (texts.length - args.length));
}

/** Who reads a here-document or here-string of this command as code, or `null`. */
export function inputReader(name: string, texts: readonly string[]): SecondReader | null {
  const words = behindSudo([name, ...texts]).words;
  const { name: real, args } = unwrapped({ name: words[0] ?? '', args: words.slice(1) });
  if (SHELL.test(real) || /^(?:ssh|su)$/.test(real)) return { program: real, reads: 'shell' };
  if (READS_INPUT.test(real)) return { program: real, reads: 'code' };
  const inner = args.find((word) => SHELL.test(word) || READS_INPUT.test(word));
  if (inner === undefined || !args.includes('exec')) return null;
  return { program: inner, reads: SHELL.test(inner) ? 'shell' : 'code' };
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

function operandReader(name: string, args: readonly string[], at: number): SecondReader | null {
  if (at < 0) return null;
  if (name === 'ssh') return at > hostOf(args) ? { program: name, reads: 'shell' } : null;
  if (name === 'sqlite3')
    return at > 0 && !(args[at] ?? '').startsWith('-') ? { program: name, reads: 'code' } : null;
  if (name === 'sed') {
    const isScript =
      /^(?:-[a-zA-Z]*e|--expression)$/.test(args[at - 1] ?? '') ||
      at === firstOperand(args, new Set());
    return isScript ? { program: name, reads: 'sed' } : null;
  }
  const valued = Object.hasOwn(PROGRAM_FIRST, name) ? PROGRAM_FIRST[name] : undefined;
  if (valued === undefined) return null;
  return at === firstOperand(args, new Set(valued.split(' ')))
    ? { program: name, reads: 'code' }
    : null;
}

function firstOperand(args: readonly string[], valued: ReadonlySet<string>): number {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (/^--(?:arg|argjson|slurpfile|rawfile)$/.test(arg)) at += 2;
    else if (valued.has(arg)) at += 1;
    else if (!arg.startsWith('-')) return at;
  }
  return -1;
}

function hostOf(args: readonly string[]): number {
  return firstOperand(
    args,
    new Set('-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w'.split(' ')),
  );
}
