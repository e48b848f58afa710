import type { Language } from './languages/language.ts';
import { asksToPut } from './leads.ts';
import { logicalLines } from './logical-lines.ts';
import { beginsAsSql } from './reads-as-sql.ts';
import { readsAsCommand } from './shell-words.ts';

const CRON =
  /^(?:@(?:reboot|daily|hourly|weekly|monthly|yearly)|(?:[\d*][\d*/,-]*\s+){4}(?:[\d*/,-]+|[A-Z]{3}(?:-[A-Z]{3})?)|(?:[\d*][\d*/,-]*\s+){3}[A-Z]{3}\s+\S+)\s+\S/;
const ASSIGNMENT =
  /^(export\s+)?[A-Za-z_][\w.]*\+?=(?:"[^"]*"|'[^']*'|\([^)]*\)|(?:[^\s"'`(][^\s"'`]*)?)(?:\s+(?:#.*)?)?$/;
const ROTATION =
  /^(?:daily|weekly|monthly|rotate\s+\d+|compress|delaycompress|missingok|notifempty|copytruncate|create\s+\d+|size\s+\d+|postrotate|sharedscripts)\b/;
/** A facility of syslog and its priority, a filter, a directive as rsyslog writes it. `mkfs.ext4 /dev/sdb1` and `$RUNNER x` are none. */
const SYSLOG =
  /^(?:(?:\*|auth|authpriv|cron|daemon|kern|lpr|mail|mark|news|security|syslog|user|uucp|local[0-7])(?:[,;.][\w*=!]+){1,20}\s+(?:@{1,2}|-?\/)|:\w+,\s*\w+,|\$[A-Z][a-z]\w*\s+\S|template\(|if \$[\w!-]+ (?:[=!]=|contains|startswith|isequal)\s)/;
/** "HiddenServicePort 80 …", "PermitRootLogin no": a name of several words put together, and no flag behind it. */
const DIRECTIVE = /^[A-Z][a-z\d]+(?:[A-Z][a-z\d]*)+\s+(?!-)\S/;
/** `'port' => 0,`, `:host => "db",`: a key and its value as PHP and Ruby write them; a shell would write a file. */
const KEYED_BY_ARROW = /^(?:'[^'\n]{1,80}'|"[^"\n]{1,80}"|:\w{1,60})\s?=>(?:\s|$)/;
const HOSTS = /^\d{1,3}(?:\.\d{1,3}){3}\s+[\w.-]+/;

/** Headings above a listing of what must be set, as against a step that sets it. */
const LISTING = /\b(?:env(?:ironment)? (?:vars?|variables?|file)|\.env|configuration|settings)\b/i;

/** PromQL begins with a function that is called or an aggregation; no shell has parentheses there. */
const METRICS =
  /^\s*(?:\(\s?[a-z][a-z0-9]*(?:_[a-z0-9]+){2,12}(?:\{[^{}\n]{0,200}\})?\s[-+*/]\s|[a-z][a-z0-9]*(?:_[a-z0-9]+){1,12}\{[a-z_]{1,60}\s?(?:=|!=|=~|!~)\s?"|[a-z][a-z0-9]*(?:_[a-z0-9]+){2,12}\s(?:[-+*/]|[<>=!]=?)\s\d|(?:topk|bottomk|quantile)\s?\(\s?[\d.]+\s?,|(?:sort_desc|histogram_quantile|irate|rate|increase|predict_linear|absent|label_replace)\s?\(|(?:sum|avg|max|min|count)\s?(?:(?:by|without)\s?\([^()]*\)\s?)?\(\s?[a-z_:]+\s?[({[])/;

/** What stands around the text. */
interface ConfigContext {
  readonly lead: string;
  readonly languages?: readonly Language[];
  readonly heading?: string;
  readonly usedLater: Pick<ReadonlySet<string>, 'has'>;
  readonly namedLater?: Pick<ReadonlySet<string>, 'has'>;
  /** Its language says that it is a shell's. */
  readonly tagged?: boolean;
}

/** What else fence text is kept in a runbook for, such as "crontab lines"; `''` when it may be a script. */
export function configKind(text: string, context: ConfigContext): string {
  const lines = logicalLines(text);
  if (lines.length === 0) return '';
  if (METRICS.test(text)) return 'a query of metrics';
  const all = (test: RegExp): boolean => lines.every((line) => test.test(line));
  const share = (test: RegExp): number =>
    lines.filter((line) => test.test(line)).length / lines.length;
  if (share(CRON) > 0 && lines.every((line) => CRON.test(line) || ASSIGNMENT.test(line)))
    return 'crontab lines';
  if (all(HOSTS)) return 'hosts entries';
  if (all(ALIAS))
    return lines.some((line) => context.namedLater?.has(ALIAS.exec(line)?.[1] ?? ''))
      ? ''
      : 'alias definitions';
  if (share(ROTATION) >= 0.25 || share(SYSLOG) >= 0.5) return 'log configuration';
  if (all(/^[\w.-]+\s+=\s+[^=~\s]/)) return 'settings';
  if (all(DIRECTIVE)) return 'settings';
  if (share(KEYED_BY_ARROW) >= 0.5) return 'settings';
  if (all(/^https?:\/\/\S+$/)) return 'addresses';
  if (isDifference(text)) return 'changes of a file';
  if (isBlocks(text)) return 'configuration blocks';
  if (isRightAndWrong(lines, text)) return 'examples of right and wrong';
  if (isData(text, lines, context.tagged ?? false)) return 'data';
  if (isSource(lines) || /^[ \t]*#include\s*[<"]/m.test(text)) return 'program source';
  if (isEndedBySemicolons(lines)) return 'program source';
  return assignments(lines, context);
}

/** Lines taken away and lines put in their place, as `diff` writes them. */
const isDifference = (text: string): boolean =>
  /^-[^-\s]/m.test(text) && /^\+[^+\s]/m.test(text) && !/^[^-+@ \t\n#]/m.test(text);

const ALIAS = /^alias\s+([\w.-]+)=/;

/** Assignments only: an environment listing, unless later fences use most of what they set. */
function assignments(lines: readonly string[], context: ConfigContext): string {
  const found = lines.map((line) => ASSIGNMENT.exec(line));
  if (!found.every((match) => match !== null)) return '';
  if (lines.some((line) => /\$\(|`/.test(line))) return '';
  const exported = found.every((match) => match?.[1] !== undefined);
  if (exported) return asksToPut(context.lead, context.languages) ? 'an environment listing' : '';
  const names = lines.map((line) => /^(?:export\s+)?([\w.]+)/.exec(line)?.[1] ?? '');
  const used = names.filter((name) => context.usedLater.has(name)).length;
  const listed = LISTING.test(context.heading ?? '') && used < names.length;
  return used * 2 >= names.length && !listed ? '' : 'an environment listing';
}

/** `[ -e go ]`, `[[ $a == b ]]`: what bash tests begins as arrays of JSON and headings of TOML do. */
const SHELL_TEST =
  /^\[\[?[ \t]{1,9}(?:! |-[A-Za-z] |["']?\$|\S{1,200} (?:=|==|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)) )/;

function isData(text: string, lines: readonly string[], tagged: boolean): boolean {
  const trimmed = text.trim();
  if (SHELL_TEST.test(trimmed)) return false;
  if (/^[{[]\s*(?:["{[\]}]|$)/.test(trimmed) && /[}\]],?$/.test(trimmed)) return true;
  if (/^\[{1,2}[\w .:"/-]+\]{1,2}\s*$/.test(lines[0] ?? '')) return true;
  if (/^<(?:\?xml|!DOCTYPE|[a-z][^>]*>)/i.test(trimmed) && /<\/\w+>\s*$/.test(trimmed)) return true;
  const keyed = lines.filter(
    (line) =>
      /^(?:- )?["']?[\w./ -]+["']?:(?:\s|$)|^- |^\.\.\.|^---$|^[\]}],?$/.test(line) &&
      !isColonTyped(line, tagged),
  );
  return keyed.length >= lines.length * 0.8 && keyed.some((line) => /:(?:\s|$)/.test(line));
}

/** `cut -d: -f1 x`, `awk -F: …`, `scp web-1: .`: a colon that stands in a command. */
function isColonTyped(line: string, tagged: boolean): boolean {
  if (!/^[a-z][\w.+-]* [^:]/.test(line) || readsAsCommand(line, NO_TOOLS) !== 'sure') return false;
  const [before = ''] = line.split(':', 1);
  return (
    / -\w/.test(before) || (tagged && !/ (?:version|name|path|status|state|type)$/i.test(before))
  );
}

const NO_TOOLS: ReadonlySet<string> = new Set();

/** "backend app", "Host bastion", "example.com {" with lines indented under them. */
function isBlocks(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (lines.length < 2) return false;
  if (/^(?:[\w*-]+\.)+[\w-]+(?::\d+)?(?:,? [\w.*:-]+)* \{$/.test(lines[0] ?? '')) return true;
  if (opensBlock(lines[0] ?? '') && lines.some((line) => /^\s*\}\s*$/.test(line))) return true;
  const heads = lines.filter((line) => /^\S/.test(line));
  return (
    heads.length > 0 &&
    heads.length < lines.length &&
    heads.every((line) =>
      /^(?:(?:frontend|backend|listen|Host|Match(?: \w+)?|upstream|userlist|peers) \S+|global|defaults)$/.test(
        line,
      ),
    )
  );
}

/** "http:// {", "location / {"; in a shell a brace opens what is a function or stands behind an operator. */
const opensBlock = (line: string): boolean =>
  /^if\s?\(.{1,200}\)\s?\{\s*$/.test(line) ||
  (/^\S.{0,200}\s\{\s*$/.test(line) && !/^function\b|[)&|;!]\s*\{\s*$|['"$]/.test(line));

/** "# Bad" over one command, "# Good" over another: nothing to be run as it stands. */
function isRightAndWrong(lines: readonly string[], text: string): boolean {
  return (
    lines.length > 0 &&
    /^[ \t]*#+[ \t]*(?:❌|✗|(?:bad|wrong|incorrect)\b)/imu.test(text) &&
    /^[ \t]*#+[ \t]*(?:✅|✓|✔|(?:good|right|correct|better)\b)/imu.test(text)
  );
}

/** "if disk > 90%:", "else:": code of a language with colons. */
function isColonCode(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  if (/<<|\s-[ce]\s|^[ \t]*(?:then|do|fi|done)\b/m.test(text)) return false;
  return lines.some((line) => /^(?:(?:if|elif|for|while)\s.+|else|try|except.*):$/.test(line));
}

/** Nearly every line ends in a semicolon or a brace, as in languages that are no shell's; statements of a database do as well. */
function isEndedBySemicolons(lines: readonly string[]): boolean {
  const ended = lines.filter((line) => /[^;\s];$/.test(line) && !beginsAsSql(line)).length;
  const braced = lines.filter((line) => /[{}]$/.test(line)).length;
  return ended >= 3 && (ended + braced) * 5 >= lines.length * 4;
}

function isSource(lines: readonly string[]): boolean {
  const first = lines[0] ?? '';
  if (isColonCode(lines)) return true;
  return (
    /^(?:FROM [\w./:-]+(?: AS \w+)?$|def \w+\(.*:$|class \w+.*[:{]$|(?:const|let|var) \w+ =|public (?:class|static)|package \w+$|#include|<\?php|(?:resource|module|provider|variable|data) "|terraform \{|server \{|upstream \w+ \{|location \S+ \{)/.test(
      first,
    ) || /^from [\w.]+ import |^import (?:\w+(?:\.\w+)*$|\{|\w+ from )/.test(first)
  );
}
