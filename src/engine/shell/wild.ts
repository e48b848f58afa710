import type { WildInput } from '../model/shell-facts.ts';
import { SPELLINGS } from './spellings/all.ts';
import { EXAMPLES, SAMPLES } from './spellings/samples.ts';
import type { WildKind } from './spellings/spelling.ts';

/** Where a spelling stands, which decides how much it must look like an input to be one. */
export type WildContext = 'bare' | 'double' | 'single' | 'here-document' | 'comment';

/** A spelling that may be an input, before anybody has looked at where it stands. */
export interface WildCandidate {
  readonly kind: WildKind;
  readonly name: string;
  readonly spelling: string;
  readonly start: number;
  readonly end: number;
}

const INNER = String.raw`[\p{L}_](?:[\p{L}\w.\/:|,'’#+=()-]|[ ](?=[\p{L}\w(-])){0,63}|\.\.\.|…`;
/** Stands alone, behind a sign, or glued to a word (`v<version>`). */
const ANGLE = String.raw`(?<![<\\\p{L}\w$&=(?])<(?:${INNER})>(?![\p{L}0-9&>(])|(?<=[-_./:@='"([{,+%~])(?<!<\()<(?:${INNER})>|(?<=[\p{L}0-9}])(?<![\s;|&(]\d)<(?:${INNER})>(?![\p{L}0-9&>(])`;
const BRACE = String.raw`(?<![$\\{%#@^!&A-Za-z)])\{[A-Za-z]\w{0,63}(?:-\w{1,30}){0,8}\}(?![}<>])|(?<=[A-Za-z])(?<!\$\w{0,40})\{[A-Z][A-Z0-9_]{0,63}\}(?![}<>])|(?<=\bv)\{[a-z][\w-]{0,63}\}(?![}<>])`;
const BRACKET = String.raw`(?<![\w$\\\[\]})!^?*+@(|])\[[A-Za-z][\w.]{0,63}(?:[- ][\w.]{1,30}){0,8}\](?![\w\[\]*?+{(=^$|\\])`;
const YOURS = String.raw`(?:YOUR_[A-Z0-9_]{1,60}|[yY]our[-_][A-Za-z0-9]{1,60}(?:[-_.][A-Za-z0-9]{1,60}){0,8}|your(?:app|bucket|cluster|company|container|database|db|domain|email|host|hostname|name|namespace|node|org|password|pod|project|region|server|service|site|token|user|username)(?:\.[a-z]{2,6})?|Your(?:App|Bucket|Cluster|Company|Container|Database|Domain|Email|Host|Name|Namespace|Password|Project|Server|Service|Token|User)[A-Za-z]{0,20})(?![\w=])`;
const YOUR = String.raw`(?<![\w$\{<\[./-]|\$\{)${YOURS}|(?<=[/.:@=-]|\\s-[pP])${YOURS}`;
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
  for (const { kind, pattern } of SPELLINGS)
    for (const match of text.matchAll(pattern)) {
      const candidate = toCandidate(kind, match[0], match.index);
      if (isPlausible(candidate, text, closed)) found.push(candidate);
    }
  return apart(found);
}

/** In the order of the text, each letter in one of them: the longest of those that begin first. */
function apart(candidates: readonly WildCandidate[]): readonly WildCandidate[] {
  let end = 0;
  return candidates
    .toSorted((one, other) => one.start - other.start || other.end - one.end)
    .filter((each) => {
      if (each.start < end) return false;
      end = each.end;
      return true;
    });
}

/** Names of the elements and here-documents that the text closes somewhere. */
function closedElements(text: string): ReadonlySet<string> {
  if (!/<[</]/.test(text)) return new Set();
  return new Set([
    ...[...text.matchAll(/<\/([\p{L}_][\w.:]{0,63})/gu)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(/^\t{0,8}(\w{1,63})$/gm)].map(([, name]) => name ?? ''),
  ]);
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

/**
 * Hosts of the documentation: nobody's own, so what writes must not be sent there. `destroys`: names of samples, too.
 */
export function exampleHosts(text: string, destroys: boolean): readonly WildCandidate[] {
  return (destroys ? [EXAMPLES, ...SAMPLES] : [EXAMPLES])
    .flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map((match) => toCandidate(kind, match[0], match.index)),
    )
    .sort((one, other) => one.start - other.start);
}

function toCandidate(kind: WildKind, spelling: string, start: number): WildCandidate {
  const isNamed = /^[<{[]/.test(spelling) || kind === 'marked' || kind === 'doubled';
  const inner = (isNamed ? namedBetween(spelling) : spelling).trim().replaceAll(' ', '-');
  const name = inner.replace(/[^\p{L}\p{N}_./:-]/gu, '-').replace(/^[-/:]{1,64}|-$|\.\.\.$/g, '');
  return {
    kind,
    name: /[\p{L}\p{N}]/u.test(name) ? name : 'value',
    spelling,
    start,
    end: start + spelling.length,
  };
}

const OPENING = /^(?:<%=?|\{%|#\{|\$\(|\(\(|__|[<{[%@«‹⟨〈＜【#~]{1,2})/;
const CLOSING = /(?:%>|%\}|__|[>}\]%@»›⟩〉＞】#~)]{1,2})$/;

/** What stands between the signs. */
function namedBetween(spelling: string): string {
  const isAngle = /^[<{[][^<{[%]/.test(spelling);
  return isAngle ? spelling.slice(1, -1) : spelling.replace(OPENING, '').replace(CLOSING, '');
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
      return !isPattern || isReplacement(standing);
    case 'cut':
      return context === 'bare' && !PRINTERS.test(command);
    case 'mask':
      if (isPattern && !isReplacement(standing)) return false;
      if (/\.x$/.test(spelling) && takesRanges(spelling, standing)) return false;
      return !/[Yy]{2}/.test(spelling) || !isDateFormat(command, line);
    case 'word':
      return !/^X+$/.test(spelling) || !/^(?:mktemp|tempfile|sed|grep|awk)$/.test(command);
    case 'angle':
      return isWildAngle(candidate, standing, isPattern);
    case 'marked':
      if (isPattern && !isReplacement(standing)) return false;
      return !PRINTERS.test(command) || context === 'bare' ? !isLike(standing) : false;
    case 'doubled':
      return isWildDoubled(candidate, standing);
    case 'filler':
      return isWildFiller(candidate, standing);
    case 'shouted':
      return (
        isWildName(candidate, standing) &&
        !TAKES_CAPITALS.test(command) &&
        !isVariable(candidate, standing)
      );
    case 'bare':
      return context === 'bare' && isWildName(candidate, standing);
    case 'elided':
      return !PRINTERS.test(command) && !TAKES_DOTS.test(command) && !isCommitMessage(standing);
    case 'brace':
    case 'bracket':
      break;
    default:
      return kind satisfies never;
  }
  if (isPattern) return isShouted(name) || /^your[-_]/i.test(name);
  if (kind === 'brace' && isInUrl(standing)) return true;
  if (context === 'bare') return kind !== 'bracket' || name.length >= 3;
  if (kind === 'bracket')
    return isDescriptive(name) && !(context === 'double' && PRINTERS.test(command));
  return context === 'double' || isShouted(name) || isDescriptive(name);
}

/** Bash sets, counts or asks for it by its name: `for API_KEY in …`, `API_KEY+=…`, `[[ -v API_KEY ]]`. */
const isVariable = ({ spelling }: WildCandidate, { line, column }: WildStanding): boolean =>
  /(?:^|[\s;(])(?:for|select|let|getopts \S{1,40}|\[\[ (?:! )?-v)\s$/.test(line.slice(0, column)) ||
  /^(?:\+=|\[[^\]]{0,40}\]\+?=|\+\+|--(?=\W|$))/.test(line.slice(column + spelling.length));

const PRINTERS = /^(?:echo|printf|log\w*)$/;
/** Dots stand for all packages there, and for what lies between two commits. */
const TAKES_DOTS =
  /^(?:go|gofmt|gotestsum|golangci-lint|staticcheck|ginkgo|bazel|bazelisk|buck2?|p4|awk|perl|python3?|node|ruby)$/;
/** Words in capitals are commands, kinds or signals there. */
const TAKES_CAPITALS =
  /^(?:redis-cli|valkey-cli|keydb-cli|dig|trap|awk|gawk|grep|egrep|rg|sed|case|export|unset|declare|local|readonly|typeset|read|printenv|env|mapfile|test|\[|lvs|vgs|pvs|lsblk|findmnt|ps|sqlplus|rman|isql|git-lfs|cat|less|head|tail|source|\.)$/;
/** Their arguments are names of variables, secrets and columns. */
const TAKES_NAMES =
  /(?:^|[\s:-])(?:export|unset|printenv|declare|readonly|local|read|env|setenv|secrets?|config:\w+|config (?:get|unset)|vars?|variables?|param|params|parameters?|settings?|from-literal|build-arg|fields?|columns?|sort-by|sort|set-environment|import-environment|ssm)(?=[\s:=])|\s-(?:e|o|O)[ =]?$|custom-columns|jsonpath/i;
/** Tools with templates of their own. */
const TAKES_TEMPLATES =
  /^(?:ansible\S*|helm|docker|podman|nerdctl|jinja2?|j2|gomplate|consul\S*|nomad|vault|gh|glab|tmux|envsubst|erb|mustache|cat|tee|jq|sed|awk|perl|python3?|ruby|node|promtool|amtool|logcli)$/;

/** Those whose templates have bare names: Jinja and its like, and what looks for the braces to replace them. */
const FILLS_IN =
  /^(?:ansible\S*|jinja2?|j2|mustache|envsubst|tmux|amtool|promtool|grep|egrep|rg|sed|gsed|awk|gawk|perl|python3?|ruby|node)$/;

/** `1.x` stands for all such versions there, and names branches. */
const takesRanges = (spelling: string, { command, line }: WildStanding): boolean =>
  /^(?:npm|npx|yarn|pnpm|bun|composer|nvm|fnm|volta|asdf|mise|n|cargo|poetry|pip3?)$/.test(
    command,
  ) ||
  (command === 'git' && !spelling.startsWith('v') && !/\bgit\b.*\btag\b/.test(line));

/** In doubled brackets: bare, and in double quotes where no tool fills such in by itself. */
function isWildDoubled({ spelling }: WildCandidate, standing: WildStanding): boolean {
  const { context, command, line, column } = standing;
  // Handrail's own spelling is one wherever no other tool fills it in; a query or request has no tool at all.
  if (/^\{\{[^\s{}]/.test(spelling) && context !== 'bare') return !FILLS_IN.test(command);
  if (spelling.startsWith('{{') && command === '') return true;
  if (PRINTERS.test(command)) return spelling.startsWith('{{') && context !== 'single';
  if (context === 'bare') return spelling[0] !== '#' || /\S\s/.test(line.slice(0, column));
  if (context !== 'double' || TAKES_TEMPLATES.test(command)) return false;
  return spelling.startsWith('{{') || spelling.startsWith('<<') || spelling.startsWith('<%');
}

function isWildFiller({ spelling, start, end }: WildCandidate, standing: WildStanding): boolean {
  const { context, command, line, column } = standing;
  if (spelling.startsWith(':') && !isInUrl(standing)) return false;
  if (context !== 'bare' && REGEX_TOOLS.test(command) && !isReplacement(standing)) return false;
  if (/^(?:mktemp|tempfile|grep|egrep|rg|ag|ack|sed|awk|wc|find)$/.test(command)) return false;
  if (PRINTERS.test(command) || isCommitMessage(standing) || command === spelling) return false;
  // `NX` and `XX` are words of Redis.
  if (/^[A-Z]{2}$/.test(spelling) && TAKES_CAPITALS.test(command)) return false;
  if (/^(?:Y{2,4}|MM[-_.])/.test(spelling) && isDateFormat(command, line)) return false;
  if (context === 'bare' || !/^[A-Z]{3,5}$/.test(spelling)) return true;
  // One word of a sentence in quotes is none.
  const after = line[column + end - start];
  return /["'=:/]/.test(line[column - 1] ?? '') && (after === '"' || after === "'");
}

/** A name that stands alone, or is all that is in quotes. */
function isWildName({ name, spelling }: WildCandidate, standing: WildStanding): boolean {
  const { context, command, line, column } = standing;
  const before = line.slice(0, column);
  if (PRINTERS.test(command) || command === spelling || command === name) return false;
  if (/^(?:read|cut|sort|unset|local|for|man|which|type)$/.test(command)) return false;
  const isFile =
    /\s-[oO][ =]?$/.test(before) && /(?:FILE(?:_?NAME)?|PATH|DIR|DIRECTORY)$/.test(name);
  if ((TAKES_NAMES.test(before) && !isFile) || before.endsWith('/etc/')) return false;
  if (context === 'bare') return true;
  if (context === 'here-document') return false;
  const isAll = /(?<!==)["']$/.test(before) && /^["']/.test(line.slice(column + spelling.length));
  return isAll || isInUrl(standing);
}

const isInUrl = ({ line, column }: WildStanding): boolean =>
  /https?:\/\/[^\s"']{1,200}$/.test(line.slice(Math.max(0, column - 220), column));

/** What `LIKE` looks for. */
const isLike = ({ line, column }: WildStanding): boolean =>
  /\blike\s{1,8}E?["'][^"']{0,80}$/i.test(line.slice(Math.max(0, column - 120), column));

const isCommitMessage = ({ line, column }: WildStanding): boolean =>
  /\s(?:-[a-z]{0,6}m|--message|--comment|--reason|--title|--body|--description)[ =]["'][^"']{0,400}$/.test(
    line.slice(Math.max(0, column - 440), column),
  );

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
export function toWildInput(candidate: WildCandidate, line: number, text: string): WildInput {
  const { name, spelling, start, end } = candidate;
  const before = text.slice(Math.max(0, start - MAX_AROUND), start);
  const defaultOf =
    text[end] === '}' ? /\$\{([A-Za-z_]\w{0,63}):?[-=]$/.exec(before)?.[1] : undefined;
  return { name, spelling, line, start, end, ...(defaultOf === undefined ? {} : { defaultOf }) };
}

function kindOf(groups: Record<string, string | undefined>): WildKind | undefined {
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
  if (kind === 'doubled' && spelling.startsWith('<<')) return !closed.has(spelling.slice(2, -2));
  if (kind === 'doubled' && spelling.startsWith('[[')) return !isTest(text, start);
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
  return kind !== 'word' || spelling.length > 2;
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
