import type { WildInput } from '../model/shell-facts.ts';

/** Where a spelling stands, which decides how much it must look like an input to be one. */
export type WildContext = 'bare' | 'double' | 'single' | 'here-document' | 'comment';

/** A spelling that may be an input, before anybody has looked at where it stands. */
export interface WildCandidate {
  readonly kind: 'angle' | 'brace' | 'bracket' | 'word' | 'mask' | 'cut' | 'example';
  readonly name: string;
  readonly spelling: string;
  readonly start: number;
  readonly end: number;
}

const INNER = String.raw`[\p{L}_](?:[\p{L}\w.\/:|,'’#+-]|[ ](?=[\p{L}\w-])){0,63}|\.\.\.|…`;
/** Stands alone, behind a sign, or glued to a word (`v<version>`). */
const ANGLE = String.raw`(?<![<\\\p{L}\w$&=(?])<(?:${INNER})>(?![\p{L}0-9&>(])|(?<=[-_./:@='"([{,+%~])(?<!<\()<(?:${INNER})>|(?<=[\p{L}0-9}])(?<![\s;|&(]\d)<(?:${INNER})>(?![\p{L}0-9&>(])`;
const BRACE = String.raw`(?<![$\\{%#@^!&A-Za-z)])\{[A-Za-z]\w{0,63}(?:-\w{1,30}){0,8}\}(?![}<>])|(?<=[A-Za-z])(?<!\$\w{0,40})\{[A-Z][A-Z0-9_]{0,63}\}(?![}<>])|(?<=\bv)\{[a-z][\w-]{0,63}\}(?![}<>])`;
const BRACKET = String.raw`(?<![\w$\\\[\]})!^?*+@(|])\[[A-Za-z][\w.]{0,63}(?:[- ][\w.]{1,30}){0,8}\](?![\w\[\]*?+{(=^$|\\])`;
const YOURS = String.raw`(?:YOUR_[A-Z0-9_]{1,60}|[yY]our[-_][A-Za-z0-9]{1,60}(?:[-_.][A-Za-z0-9]{1,60}){0,8}|your(?:app|bucket|cluster|company|database|db|domain|email|host|hostname|name|org|password|project|server|site|token|user|username)(?:\.[a-z]{2,6})?)(?![\w=])`;
const YOUR = String.raw`(?<![\w$\{<\[./-]|\$\{)${YOURS}|(?<=[/.:@=-])${YOURS}`;
const FILL_ME = String.raw`(?<![\w$\{.])(?:CHANGE[-_]?(?:ME|THIS|IT)|changeme|REPLACE[-_]?(?:ME|THIS|IT)|REPLACE[-_]WITH[-_]\w{1,40}|FILL[-_]?(?:ME|THIS|IN)(?:[-_]IN)?|INSERT[-_]\w{1,40}[-_]HERE|PLACEHOLDER|XXX+)(?![\w=])`;
/** `X.Y.Z`, `1.4.X`: a version that is still to be chosen; the `v` in front of it stays. */
const VERSION = String.raw`(?<![A-UW-Za-uw-z0-9.$_{]|[.$]v)(?:X\.Y(?:\.Z)?|x\.y\.z|N\.N(?:\.N)?|MAJOR\.MINOR(?:\.PATCH)?|\d{1,3}(?:\.\d{1,3}){0,2}\.[XYZ](?:\.[XYZ])?)(?![A-Za-z0-9])`;
const TIME = String.raw`(?:[-_T]?(?:HH|hh)[-_:h]?(?:MM|mm)(?:[-_:m]?(?:SS|ss))?Z?)?(?![A-Za-z])`;
const DATE = String.raw`(?<![Yy%])(?:YYYY|yyyy)[-_./]?(?:MM|mm)(?:[-_./]?(?:DD|dd))?${TIME}|(?<![A-Za-z%])YYYY(?![A-Za-z])|(?<![A-Za-z%])(?:YYMMDD(?![A-Za-z])|(?:DD|MM)[-_./](?:DD|MM)[-_./]YYYY)`;
const ADDRESS = String.raw`(?<![\w.])(?=[\d.]{0,12}[xX])(?:(?:\d{1,3}|[xX]{1,3})\.){3}(?:\d{1,3}|[xX]{1,3})(?![\w])|(?<![\w.])A\.B\.C\.D(?!\w)`;
const CUT = String.raw`(?<![\w:./@…-])[\w:./@-]{1,64}…[\w:./@-]{0,64}`;
const ANY = new RegExp(
  `(?:\\{\\{[^\\n{}]{0,200}\\}\\})|(?<angle>${ANGLE})|(?<brace>${BRACE})|(?<bracket>${BRACKET})|(?<mask>${VERSION}|${DATE}|${ADDRESS})|(?<word>${YOUR}|${FILL_ME})|(?<cut>${CUT})`,
  'gu',
);
/** What every text with such a spelling has in it. */
export const MAY_BE_WILD =
  /[<{[…]|your|change|replace|fill|insert|placeholder|xx|x\.|n\.n|[xyz](?![a-z])|yy|a\.b|major|example\./i;
const EXAMPLE =
  /(?<![\w@.-])(?:[\w-]{1,63}\.){0,6}example\.(?:com|org|net)(?![\w-])|(?<=@)(?:[\w-]{1,63}\.){0,6}example\.(?:com|org|net)(?![\w-])/g;

/** Elements that text is marked up with: in quotes and here-documents they are markup. */
const MARKUP = new Set(
  `a b blockquote body br center dd div dl dt em font footer form h1 h2 h3 h4 h5 h6 head header hr html i
  img li ol p pre q s script span strong sub sup td tbody tfoot th thead tr tt u ul`.split(/\s+/),
);
const FILE_END =
  /\.(?:c|conf|config|cpp|csv|dump|err|gz|h|hpp|in|ini|json|key|list|log|md|out|patch|pem|pub|py|sh|sql|tar|tmp|txt|xml|ya?ml|zip)$/;
const REGEX_RANGE = /[a-z]-[z]|[A-Z]-[Z]|a-f|A-F|\d-9|\w-\w\w-\w|^[A-Za-z]-[A-Za-z]$/;
const LAST_WORD =
  /(?:^|[-_ ])(?:address|app|arn|branch|bucket|cluster|container|database|date|dir|domain|email|endpoint|env|environment|file|group|host|hostname|id|image|ip|key|name|namespace|node|number|password|path|pod|port|project|region|release|replica|repo|role|secret|server|service|sha|tag|table|time|token|url|user|username|value|version|volume|zone)$/i;

/** Finds every spelling in a text that could be an input; linear, and blind to where it stands. */
export function wildCandidates(text: string): readonly WildCandidate[] {
  const found: WildCandidate[] = [];
  const closed = closedElements(text);
  for (const match of text.matchAll(ANY)) {
    const kind = kindOf(match.groups ?? {});
    if (kind === undefined) continue;
    const candidate = toCandidate(kind, match[0], match.index);
    if (candidate.name.length <= 64 && isPlausible(candidate, text, closed)) found.push(candidate);
  }
  return found;
}

/** Names of the elements that the text closes somewhere. */
function closedElements(text: string): ReadonlySet<string> {
  if (!text.includes('</')) return new Set();
  return new Set([...text.matchAll(/<\/([\p{L}_][\w.:]{0,63})/gu)].map(([, name]) => name ?? ''));
}

/** A candidate's surroundings on its own line, bounded: lines may be as long as texts. */
export function surroundingsOf(
  text: string,
  { start, end }: WildCandidate,
): Pick<WildStanding, 'line' | 'column'> {
  const before = text.slice(Math.max(0, start - MAX_AROUND), start);
  const from = start - before.length + before.lastIndexOf('\n') + 1;
  const after = text.slice(end, end + MAX_AROUND).split('\n', 1)[0] ?? '';
  return { line: text.slice(from, end) + after, column: start - from };
}

const MAX_AROUND = 500;

/** Hosts of the documentation: nobody's own, so what writes must not be sent there. */
export function exampleHosts(text: string): readonly WildCandidate[] {
  return [...text.matchAll(EXAMPLE)].map((match) => toCandidate('example', match[0], match.index));
}

function toCandidate(kind: WildCandidate['kind'], spelling: string, start: number): WildCandidate {
  const isBare = kind !== 'angle' && kind !== 'brace' && kind !== 'bracket';
  const inner = (isBare ? spelling : spelling.slice(1, -1)).trim().replaceAll(' ', '-');
  const name = inner.replace(/[^\p{L}\p{N}_./:-]/gu, '-').replace(/^-{1,64}|-$/g, '');
  return {
    kind,
    name: /[\p{L}\p{N}]/u.test(name) ? name : 'value',
    spelling,
    start,
    end: start + spelling.length,
  };
}

/** Where a candidate stands. */
export interface WildStanding {
  readonly context: WildContext;
  /** Name of the command around it. */
  readonly command: string;
  /** Text of its line, and where it begins in it. */
  readonly line: string;
  readonly column: number;
  /** Another spelling in angles in the same script is an input: they are treated alike. */
  readonly alike?: boolean;
}

const REGEX_TOOLS = /^(?:sed|gsed|awk|gawk|grep|egrep|rg|perl|jq|yq|tr|python3?|node|ruby|php)$/;

/** Whether a candidate is an input where it stands. */
export function isWildInput(candidate: WildCandidate, standing: WildStanding): boolean {
  const { kind, name, spelling } = candidate;
  const { context, command, line } = standing;
  if (context === 'comment') return false;
  if (context !== 'bare' && isMessage(candidate, command, line)) return false;
  const isPattern = context !== 'bare' && REGEX_TOOLS.test(command);
  switch (kind) {
    case 'example':
      return true;
    case 'cut':
      return context === 'bare' && !PRINTERS.test(command);
    case 'mask':
      if (isPattern && !isReplacement(standing)) return false;
      return !/[Yy]{2}/.test(spelling) || !isDateFormat(command, line);
    case 'word':
      return !/^X+$/.test(spelling) || !/^(?:mktemp|tempfile|sed|grep|awk)$/.test(command);
    case 'angle':
      return isWildAngle(candidate, standing, isPattern);
    case 'brace':
    case 'bracket':
      break;
    default:
      return kind satisfies never;
  }
  if (isPattern) return isShouted(name) || /^your[-_]/i.test(name);
  if (context === 'bare') return kind !== 'bracket' || name.length >= 3;
  if (kind === 'bracket')
    return isDescriptive(name) && !(context === 'double' && PRINTERS.test(command));
  return context === 'double' || isShouted(name) || isDescriptive(name);
}

const PRINTERS = /^(?:echo|printf|log\w*)$/;

/** Bare, bash would read or write a file of that name; quoted, the letters would be handed on as they stand. */
function isWildAngle(
  { name, spelling }: WildCandidate,
  standing: WildStanding,
  isPattern: boolean,
): boolean {
  const { context, line, column } = standing;
  if (context === 'bare') return true;
  if (isPattern && !isReplacement(standing)) return /[-_ ]/.test(spelling);
  if (standing.alike === true || isDescriptive(name) || isShouted(name)) return true;
  if (MARKUP.has(name.toLowerCase()) || /^\p{Lu}\p{Ll}/u.test(name)) return false;
  // Types of programming languages: `vector<int>`, `#include <vector>`.
  const before = line.slice(0, column);
  if (/^\s*#\s{0,8}include\s/.test(before)) return false;
  return context === 'here-document' ? !/\w$/.test(before) : true;
}

/** Whether it stands in what `s/…/…/` writes, not in what it looks for. */
function isReplacement({ line, column }: WildStanding): boolean {
  const before = line.slice(Math.max(0, column - 400), column);
  for (let at = before.length - 2; at >= 0; at -= 1) {
    const delimiter = before[at + 1] ?? '';
    if (before[at] !== 's' || !'/|#,@!~'.includes(delimiter)) continue;
    if (/\w$/.test(before.slice(Math.max(0, at - 1), at))) continue;
    const parts = before
      .slice(at + 2)
      .replace(/\\./g, '')
      .split(delimiter);
    return parts.length === 2;
  }
  return false;
}

/** `YYYY` where a format is asked for: it names itself. */
function isDateFormat(command: string, line: string): boolean {
  return (
    command === 'date' ||
    /to_char|to_date|to_timestamp|strftime|strptime|date_format|format/i.test(line)
  );
}

/** A candidate as a fact, once it is known to be an input. */
export function toWildInput(candidate: WildCandidate, line: number): WildInput {
  const { name, spelling, start, end } = candidate;
  return { name, spelling, line, start, end };
}

function kindOf(groups: Record<string, string | undefined>): WildCandidate['kind'] | undefined {
  if (groups['angle'] !== undefined) return 'angle';
  if (groups['brace'] !== undefined) return 'brace';
  if (groups['bracket'] !== undefined) return 'bracket';
  if (groups['mask'] !== undefined) return 'mask';
  if (groups['cut'] !== undefined) return 'cut';
  return groups['word'] === undefined ? undefined : 'word';
}

function isPlausible(
  { kind, name, spelling, start, end }: WildCandidate,
  text: string,
  closed: ReadonlySet<string>,
): boolean {
  if (kind === 'angle') {
    const inner = spelling.slice(1, -1);
    if (FILE_END.test(inner) || (inner.includes('/') && !/[- ]/.test(inner))) return false;
    // Options and descriptors between two redirections.
    if (/ -/.test(inner) || (/^\S+ \d$/.test(inner) && /[/.~"$]/.test(text[end] ?? '')))
      return false;
    if (closed.has(inner.split(/[- ]/)[0] ?? '')) return false;
    return !/^\s*\n?<\//.test(text.slice(end, end + 4));
  }
  if (kind === 'bracket')
    return !REGEX_RANGE.test(name) && !/^(?:x|X)$/.test(name) && !isTest(text, start);
  if (kind === 'brace')
    return !/(?:^|\s)(?:\w+\s*\(\)|function \w+)\s*$/.test(
      text.slice(Math.max(0, start - 60), start),
    );
  return spelling.length > 2;
}

/** `[word]` directly after `if`, `while`, `!`: a test somebody forgot the blanks of, not an input. */
function isTest(text: string, start: number): boolean {
  return /(?:^|[;&|]|\b(?:if|while|until|elif))\s*$/.test(
    text
      .slice(Math.max(0, start - 20), start)
      .split('\n')
      .at(-1) ?? '',
  );
}

/** A usage message that `echo` prints, or a format string of another language. */
function isMessage({ kind }: WildCandidate, command: string, line: string): boolean {
  if ((kind === 'angle' || kind === 'mask') && /^(?:echo|printf)$/.test(command))
    return /\$0|\b(?:usage|use|syntax|example)\b/i.test(line);
  return kind === 'brace' && /(?:^|[^\w'"])f['"]|\.format\(|\$'/.test(line);
}

function isShouted(name: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*$/.test(name) && name.length > 1;
}

function isDescriptive(name: string): boolean {
  return /^your[-_ ]/i.test(name) || (/[-_]/.test(name) && LAST_WORD.test(name));
}
