import type { WildInput } from '../model/shell-facts.ts';

/** Where a spelling stands, which decides how much it must look like an input to be one. */
export type WildContext = 'bare' | 'double' | 'single' | 'here-document' | 'comment';

/** A spelling that may be an input, before anybody has looked at where it stands. */
export interface WildCandidate {
  readonly kind: 'angle' | 'brace' | 'bracket' | 'word';
  readonly name: string;
  readonly spelling: string;
  readonly start: number;
  readonly end: number;
}

const INNER = String.raw`[A-Za-z](?:[\w./-]|[ ](?=[\w-])){0,63}`;
const ANGLE = String.raw`(?<![<\\\w$&=(]|\d)<${INNER}>(?![A-Za-z0-9&>(])|(?<=[-_./:@='"])<${INNER}>`;
const BRACE = String.raw`(?<![$\\{%#@^!&A-Za-z)])\{[A-Za-z]\w{0,63}(?:-\w{1,30}){0,8}\}(?![}<>])|(?<=[A-Za-z])\{[A-Z][A-Z0-9_]{0,63}\}(?![}<>])`;
const BRACKET = String.raw`(?<![\w$\\\[\]})!^?*+@(|])\[[A-Za-z][\w.]{0,63}(?:[- ][\w.]{1,30}){0,8}\](?![\w\[\]*?+{(=^$|\\])`;
const YOURS = String.raw`(?:YOUR_[A-Z0-9_]{1,60}|[yY]our[-_][A-Za-z0-9]{1,60}(?:[-_.][A-Za-z0-9]{1,60}){0,8})(?![\w=])`;
const YOUR = String.raw`(?<![\w$\{<\[./-]|\$\{)${YOURS}|(?<=[/.:@=-])${YOURS}`;
const FILL_ME = String.raw`(?<![\w$\{.])(?:CHANGE[-_]?ME|REPLACE[-_]?ME|XXX+)(?![\w=])`;
const ANY = new RegExp(
  `(?:\\{\\{[^\\n{}]{0,200}\\}\\})|(?<angle>${ANGLE})|(?<brace>${BRACE})|(?<bracket>${BRACKET})|(?<word>${YOUR}|${FILL_ME})`,
  'g',
);

const HTML = new Set(
  `a abbr article aside audio b base blockquote body br button canvas caption code col dd details div
  dl dt em embed fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input
  kbd label legend li link main map mark meta nav object ol optgroup option p param pre q s samp script
  section select small source span strong style sub summary sup svg table tbody td template textarea
  tfoot th thead title tr tt u ul var video xml`.split(/\s+/),
);
const FILE_END =
  /\.(?:c|conf|config|cpp|csv|dump|err|gz|h|hpp|in|ini|json|key|list|log|md|out|patch|pem|pub|py|sh|sql|tar|tmp|txt|xml|ya?ml|zip)$/;
const REGEX_RANGE = /[a-z]-[z]|[A-Z]-[Z]|a-f|A-F|\d-9|\w-\w\w-\w|^[A-Za-z]-[A-Za-z]$/;
const LAST_WORD =
  /(?:^|[-_ ])(?:address|app|arn|branch|bucket|cluster|container|database|date|dir|domain|email|endpoint|env|environment|file|group|host|hostname|id|image|ip|key|name|namespace|node|number|password|path|pod|port|project|region|release|replica|repo|role|secret|server|service|sha|tag|table|time|token|url|user|username|value|version|volume|zone)$/i;

/** Finds every spelling in a text that could be an input; linear, and blind to where it stands. */
export function wildCandidates(text: string): readonly WildCandidate[] {
  const found: WildCandidate[] = [];
  for (const match of text.matchAll(ANY)) {
    const kind = kindOf(match.groups ?? {});
    if (kind === undefined) continue;
    const spelling = match[0];
    const start = match.index;
    const name = (kind === 'word' ? spelling : spelling.slice(1, -1)).trim().replaceAll(' ', '-');
    const candidate = { kind, name, spelling, start, end: start + spelling.length };
    if (name.length <= 64 && isPlausible(candidate, text)) found.push(candidate);
  }
  return found;
}

/**
 * Whether a candidate is an input where it stands. `command` is the name of the command around it,
 * `line` the text of its line.
 */
export function isWildInput(
  candidate: WildCandidate,
  context: WildContext,
  command: string,
  line: string,
): boolean {
  const { kind, name, spelling } = candidate;
  if (context === 'comment') return false;
  if (context !== 'bare' && isMessage(candidate, command, line)) return false;
  if (kind === 'word')
    return !/^X+$/.test(spelling) || !/^(?:mktemp|tempfile|sed|grep|awk)$/.test(command);
  if (
    /^(?:sed|awk|gawk|grep|egrep|rg|perl|jq|yq|tr|python3?|node|ruby)$/.test(command) &&
    context !== 'bare'
  )
    return kind === 'angle' ? /[-_ ]/.test(spelling) : isShouted(name) || /^your[-_]/i.test(name);
  if (context === 'bare') return kind !== 'bracket' || name.length >= 3;
  if (context === 'double')
    return kind === 'bracket'
      ? !/^(?:echo|printf|log\w*)$/.test(command) && isDescriptive(name)
      : kind === 'brace' || isDescriptive(name) || isShouted(name) || name.length > 2;
  if (kind === 'bracket') return isDescriptive(name);
  return kind === 'brace'
    ? isShouted(name) || isDescriptive(name)
    : isDescriptive(name) || isShouted(name);
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
  return groups['word'] === undefined ? undefined : 'word';
}

function isPlausible({ kind, name, spelling, start, end }: WildCandidate, text: string): boolean {
  if (kind === 'angle') {
    if (
      HTML.has(name.toLowerCase()) ||
      FILE_END.test(name) ||
      (name.includes('/') && !name.includes('-'))
    )
      return false;
    if (text.includes(`</${name.split('-')[0]}`)) return false;
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
  if (kind === 'angle' && /^(?:echo|printf)$/.test(command))
    return /\$0|\b(?:usage|use|syntax|example)\b/i.test(line);
  return kind === 'brace' && /(?:^|[^\w'"])f['"]|\.format\(|\$'/.test(line);
}

function isShouted(name: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*$/.test(name) && name.length > 1;
}

function isDescriptive(name: string): boolean {
  return /^your[-_ ]/i.test(name) || (/[-_]/.test(name) && LAST_WORD.test(name));
}
