import type { ShellPlace } from './shell-place.ts';

interface Surroundings {
  /** Up to 80 characters in front of the hole. */
  readonly before: string;
  /** Two characters behind it. */
  readonly after: string;
}

const PLAIN = /^\d*[A-Za-z_./:@,+-][A-Za-z0-9_./:@,+-]*$|^\d+$/;
const RESERVED = new Set(
  'case coproc do done elif else esac fi for function if in select then time until while'.split(
    ' ',
  ),
);

/** Writes a value for where it stands. The place must have been found fit for it. */
export function quoteFor(place: ShellPlace, value: string, around: Surroundings): string {
  const once = quoteOnce(place, value, around);
  const quoted = isInExpandedHereDocument(place) ? withoutJoinedLines(place, once, around) : once;
  return place.backticks > 0 ? quoted.replace(/[\\`$]/g, '\\$&') : quoted;
}

/** A word of its own, in single quotes: bash takes everything inside as it is. */
export function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * A here-document joins lines at a backslash before anything else looks at them, even inside single
 * quotes of a substitution: there, the quotes are closed and opened again in between.
 */
function withoutJoinedLines({ quotes }: ShellPlace, quoted: string, around: Surroundings): string {
  if (!/^(?:bare|single|ansi)$/.test(quotes)) return quoted;
  const apart = quoted.replace(/\\(?=\n)/g, "\\''");
  if (quotes !== 'single') return apart;
  return `${around.before.endsWith('\\') ? "''" : ''}${apart}${apart.endsWith('\\') ? "''" : ''}`;
}

function isInExpandedHereDocument({ quotes, hereDocuments }: ShellPlace): boolean {
  return (
    quotes !== 'here-document' &&
    hereDocuments.some((document) => document.delimiter?.quoted !== true)
  );
}

function quoteOnce(place: ShellPlace, value: string, around: Surroundings): string {
  if (place.isName) return value;
  if (place.arithmetic) return value.startsWith('-') ? `(${value})` : value;
  switch (place.quotes) {
    case 'bare':
      return isPlainWord(value, around) ? value : singleQuoted(value);
    case 'double':
    case 'here-document':
      return value.replace(place.quotes === 'double' ? /[\\"$`]/g : /[\\$`]/g, '\\$&');
    case 'double-default':
      return value.replace(/[\\"$`}]/g, '\\$&');
    case 'single':
      return value.replaceAll("'", "'\\''");
    case 'ansi':
      return `'${singleQuoted(value)}$'`;
    case 'literal-here-document':
      return value;
    case 'comment':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a comment ends with its line.
      return value.replace(/[\u0000-\u001f\u007f]/g, ' ');
    default:
      return place.quotes satisfies never;
  }
}

/**
 * Whether the value can stand without quotes, which reads better in plans and logs: only where nothing
 * around it could make more of it than a word.
 */
function isPlainWord(value: string, { before, after }: Surroundings): boolean {
  if (/\.\.$/.test(before) && after.startsWith('}')) return /^\d{1,9}$/.test(value);
  return (
    PLAIN.test(value) &&
    !RESERVED.has(value) &&
    /[/=:.@_A-Za-z0-9-]$|[\w"'})\]/.:=-][ \t]+$/.test(before) &&
    /^(?:$|[\s/:.@_A-Za-z0-9-])/.test(after) &&
    !/=~/.test(before) &&
    !RESERVED.has(/(?<!\w)(\w+)[ \t]+$/.exec(before)?.[1] ?? '')
  );
}
