import { maskSpans } from '../../../text/spans.ts';
import { shellGrammar } from '../../shell/grammar.ts';
import { type Edit, fill, type Hole, type HoleProblem, problem } from '../hole.ts';
import { readAsCode } from '../second-reader.ts';
import { hereDocumentEdits } from './here-document.ts';
import { type ShellPlace, shellPlaces } from './shell-place.ts';

const WHOLE_NUMBER = /^(?:0|-?[1-9]\d{0,17})$/;
const NAME = /^[A-Za-z_]\w*$/;

/** Fills holes in a script so that bash gets each value exactly, and as nothing but data. */
export function fillShell(
  text: string,
  holes: readonly Hole[],
): { readonly edits: readonly Edit[]; readonly problems: readonly HoleProblem[] } {
  const masked = maskSpans(text, holes);
  const { places, wellFormed } = shellPlaces(shellGrammar.parse(masked), holes);
  if (!wellFormed)
    return {
      edits: [],
      problems: holes.map((hole) =>
        problem(
          text,
          hole,
          'stands in a script that bash cannot read, so that it cannot be quoted safely',
          'Mend the script; `bash -n` says where it is broken.',
        ),
      ),
    };
  const problems: HoleProblem[] = [];
  const filled: { readonly hole: Hole; readonly place: ShellPlace; readonly text: string }[] = [];
  holes.forEach((hole, index) => {
    const place = places[index];
    if (place === undefined) return;
    const refusal = refusalOf(text, masked, hole, place);
    if (refusal === undefined)
      filled.push({
        hole,
        place,
        text: quoteFor(place, hole.input.value, surroundings(text, hole)),
      });
    else problems.push(problem(text, hole, refusal.why, refusal.hint));
  });
  const edits = filled.map((one) => fill(one.hole, one.text));
  return { edits: [...edits, ...hereDocumentEdits(text, filled)], problems };
}

interface Refusal {
  readonly why: string;
  readonly hint: string;
}

function refusalOf(
  text: string,
  masked: string,
  hole: Hole,
  place: ShellPlace,
): Refusal | undefined {
  const { value } = hole.input;
  if (hole.filter !== '')
    return {
      why: `has the filter \`|${hole.filter}\`, which only queries know`,
      hint: 'Leave the filter out.',
    };
  if (place.refuses !== '')
    return {
      why: `${place.refuses}, where no value can be quoted safely`,
      hint: 'Put the value in a variable of its own first, and use the variable here.',
    };
  // The outer document joins lines at a backslash, and the inner one has no way to write it otherwise.
  if (
    place.quotes === 'literal-here-document' &&
    place.hereDocuments.length > 1 &&
    value.includes('\\')
  )
    return {
      why: 'stands in a here-document within a here-document, where a backslash cannot be written',
      hint: 'Put the value in a variable of its own first, and use the variable here.',
    };
  // Bash looks for quotes and process substitutions there before it minds the double quotes.
  if (place.quotes === 'double-default' && /['<>()]/.test(value))
    return {
      why: "stands in a default within double quotes, where `'`, `<`, `>`, `(` and `)` cannot be written",
      hint: 'Put the value in a variable of its own first, and use the variable here.',
    };
  if (place.arithmetic && !WHOLE_NUMBER.test(value))
    return {
      why: 'stands in arithmetic, which bash evaluates as code',
      hint: 'Only a whole number can be given here.',
    };
  if (place.isName && !NAME.test(value))
    return {
      why: 'stands where bash expects the name of a variable',
      hint: 'Only letters, digits and `_` can be given here.',
    };
  if (place.quotes === 'comment' && !isComment(masked, hole.start))
    return { why: 'stands where its quoting cannot be told', hint: 'Put it in double quotes.' };
  if (place.quotes === 'comment' && place.backticks > 0)
    return {
      why: 'stands in a comment within backticks',
      hint: 'Use `$(…)` in place of the backticks.',
    };
  if (escapes(place, text, hole.start))
    return {
      why: 'has a backslash or `$` in front of it that would change its first letter',
      hint: 'Take it away, or write it as `\\\\` or `\\$`.',
    };
  if (place.reader === null) return undefined;
  const why = readAsCode(place.reader, value, textAround(text, hole));
  return why === ''
    ? undefined
    : {
        why,
        hint: 'Hand the value over as an argument or in the environment, not inside the code.',
      };
}

/** Whether a comment begins before the offset on its line. */
function isComment(masked: string, offset: number): boolean {
  const line = masked.slice(masked.lastIndexOf('\n', offset - 1) + 1, offset);
  return /(?:^|[\s;&|()`])#/.test(line);
}

/** Whether an unescaped backslash, or a bare `$`, stands directly in front. */
function escapes(place: ShellPlace, text: string, start: number): boolean {
  if (/^(?:single|literal-here-document|comment)$/.test(place.quotes)) return false;
  let backslashes = 0;
  while (text[start - 1 - backslashes] === '\\') backslashes += 1;
  if (backslashes % 2 === 1) return true;
  return text[start - 1] === '$' && !isEscapedDollar(text, start - 1);
}

function isEscapedDollar(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function surroundings(
  text: string,
  hole: Hole,
): { readonly before: string; readonly after: string } {
  return {
    before: text.slice(Math.max(0, hole.start - 80), hole.start),
    after: text.slice(hole.end, hole.end + 2),
  };
}

/** The line around a hole, for readers with delimiters. */
function textAround(text: string, hole: Hole): string {
  return text.slice(text.lastIndexOf('\n', hole.start - 1) + 1, hole.start);
}

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
function quoteFor(place: ShellPlace, value: string, around: Surroundings): string {
  const once = quoteOnce(place, value, around);
  const quoted = isInExpandedHereDocument(place) ? withoutJoinedLines(place, once, around) : once;
  return place.backticks > 0 ? quoted.replace(/[\\`$]/g, '\\$&') : quoted;
}

/** A word of its own, in single quotes: bash takes everything inside as it is. */
function singleQuoted(value: string): string {
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
