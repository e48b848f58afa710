import { shellFacts } from '../../shell/facts.ts';
import { savesOrSets } from '../kept.ts';
import { asksToAdd, asksToPut, asksToRun, asksToSave } from '../leads.ts';
import { logicalLines } from '../logical-lines.ts';
import { configKind } from '../reads-as-config.ts';
import { looksLikeProse, type Reading, readsAsCommand, SCRIPT_OF_PROJECT } from '../shell-words.ts';
import { beginsWithVerb, isGerund, isImperative } from '../verbs.ts';
import type { FenceContext } from './fence-context.ts';
import { FAILURE, isListing, isPutOut, isTabular, readsAsText } from './shapes.ts';

/** What is seen of a fence's text and of what stands above it, once: the classes weigh it. */
export interface FenceFeatures {
  readonly tag: 'shell' | 'console' | 'none';
  readonly lines: number;
  /** Shares of its lines, 0 to 1. */
  readonly sure: number;
  readonly maybe: number;
  readonly no: number;
  /** Lines of a shape that only commands have: flags, pipes, redirections, `sudo`, `$(`. */
  readonly shaped: number;
  /** Lines of two or more small words: "vaultctl init". */
  readonly worded: number;
  /** Lines whose second word says what the first is to do: "vaultctl unlock". */
  readonly told: number;
  /** Lines that are sentences, log lines, keys with values. */
  readonly texted: number;
  readonly prose: boolean;
  /** A sentence among commands, whose code a shell would run. */
  readonly proseWithCode: boolean;
  /** What no shell has among its commands: "items of a list", "SQL"; `''` when there is none. */
  readonly mixed: string;
  /** A line says what went wrong, as programs do. */
  readonly failure: boolean;
  /** A line is one that only programs put out. */
  readonly putOut: boolean;
  readonly status: boolean;
  readonly singleWords: boolean;
  readonly tabular: boolean;
  readonly drawn: boolean;
  readonly logged: boolean;
  /** Its first line begins with a time, as a log does. */
  readonly stamped: boolean;
  readonly script: boolean;
  readonly versions: boolean;
  readonly config: string;
  /** A program of it is used as a command elsewhere in the page. */
  readonly toolElsewhere: boolean;
  readonly asksToRun: boolean;
  readonly asksToPut: boolean;
  /** The words above say to save it as a file, and it does not do so itself. */
  readonly saved: boolean;
  /** Its first comment is the name of a file of settings, and nothing else. */
  readonly namesFile: boolean;
  /** The words above say to add it, and nothing else. */
  readonly asksToAdd: boolean;
  /** What stands directly above opens a file in an editor. */
  readonly edited: boolean;
  /** The sentence above names the program that it begins with. */
  readonly named: boolean;
  readonly output: 'sure' | 'maybe' | 'no';
  /** The sentence above speaks of an error, and leads over to it. */
  readonly troubled: boolean;
  /** It is one absolute path and nothing else. */
  readonly place: boolean;
  /** It is one of two states set side by side. */
  readonly compared: boolean;
  /** A line is a word with what it says of something: "Error: …", "Solution:". */
  readonly keyed: boolean;
  readonly leadTells: boolean;
  readonly headingTells: boolean;
  /** Nothing stands between it and the fence of commands above. */
  readonly below: boolean;
  readonly unmarked: boolean;
  readonly device: boolean;
  /** Its lines have the switches of Windows' commands. */
  readonly windows: boolean;
}

const SHAPED =
  /(?:^|\s)--?[a-zA-Z][\w-]*(?:[\s=]|$)|\s\|\s|[^-=<>]\s?>>?\s?[\w/&.$~]|\$\(|\$\{?[A-Z_]{2,}|\s&&\s|^(?:sudo|doas)\s|^\.{1,2}\/\S|^[\w./-]+\.(?:sh|py|rb|pl)\b/;
/** A word and others behind it, as a program and its arguments stand. */
export const WORDED = /^[a-z][\w.+-]*(?:\s+[\w.:/@~=,%{}<>$"'*+-]+)+$/;
const STATUS =
  /^\S+(?:\s\S+){0,3}\s(?:ok|up|down|true|false|ready|active|inactive|healthy|running|stopped|started|created|configured|unchanged|deleted|done|passed|failed|enabled|disabled|installed|updated|completed|complete|succeeded|success|pending|bound|deployed|restarted|patched|labeled|scaled|annotated|cordoned|uncordoned|evicted|drained|applied|connected|open|closed|yes|no)\.?$/i;
const LOGGED =
  /^[IWEF]\d{4} \d\d:\d\d:\d\d|^\[?\d{4}[-/]\d\d[-/]\d\d[T ]|^\[[\w .:/-]+\]\s+\S|^(?:[A-Z][a-z]{2}\s+\d|\d\d:\d\d:\d\d)|\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|FATAL)\b|\.\.\.$/;
const STAMPED =
  /^\s*(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.|[[(]?\d{4}-\d\d-\d\d[T_ ]\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/;
/** Whether half of the lines and more, three at least, begin with a time as those of a log do. */
export function isStamped(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const stamped = lines.filter((line) => STAMPED.test(line)).length;
  return stamped >= 3 && stamped * 2 >= lines.length;
}

/** `Switch#`, `core-1(config-if)# `, `admin@fw> `, `<Router>`, `PS C:\>`, `C:\>`, `cache:6379> `, `rs0:PRIMARY> `. */
const DEVICE_PROMPT =
  /^[A-Z][\w.-]{0,63}(?:\((?:config|cfg)[\w-]{0,32}\))?[#>]\s?\S|^[a-z][\w.-]{0,63}(?:\((?:config|cfg)[\w-]{0,32}\)[#>]|[#>]\s?(?:en(?:able)?|sh(?:ow)?|conf(?:ig(?:ure)?)?|copy|wr(?:ite)?|ping|no|reload|exit|end)\b)|^(?:[\w-]{1,64}@[\w-]{1,64}[>#] |\[edit[^\]]{0,200}\])|^[<[](?!(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|FATAL|OK|FAILED)\b)[A-Z][\w-]{0,63}[>\]]\s?\w|^(?:PS )?[A-Z]:\\[^<>\n]{0,200}>|^(?:[\w.-]{1,63}:\d{2,5}|redis(?: [\w.:-]{1,60})?)(?:\[\d{1,2}\])?> ?\S|^(?:[\w-]{1,40}:(?:PRIMARY|SECONDARY|ARBITER|OTHER)|[\w-]{1,40} \[[a-z]{1,20}: [\w.-]{1,40}\](?: [\w-]{1,40})?|mongos)> \S|^> (?:rs|db|sh)\.[a-z]\w{0,30}\(/;
/** `netops@edge1> show chassis`: no shell's prompt ends so without a folder; `netops@edge1# ` further down is the same device's. */
export const startsOnDevice = (text: string): boolean =>
  /^[\w.-]{1,64}@[\w.-]{1,64}> ?[a-z]/.test(text.trimStart());

/**
 * Prompts of programs that read a language of their own, in the first line: `>>> `, `In [3]: `, `irb(main):001:0> `,
 * `iex(1)> `, `(gdb) `, `[zk: host(CONNECTED) 0] `, `db1 :) `, `rs0 [direct: primary] shop> `, `> db.drop()`.
 */
const INTERPRETER =
  /^(?:>>> |In \[\d{1,4}\]: |irb\([^()\n]{1,40}\)[:\d]{0,9}[>*] |\[\d{1,4}\] pry\([^()\n]{1,40}\)> |iex\([^()\n]{1,40}\)> |\((?:gdb|lldb|i?pdb|Pdb|dlv|jdb)\) |\[zk: [^\]\n]{1,80}\] |[\w.-]{1,40} :\) |[\w-]{1,40} \[[a-z]{1,20}: [\w.-]{1,40}\](?: [\w-]{1,40})?> |> (?:rs|db|sh)\.[a-z]\w{0,30}\()/;
export const isForInterpreter = (text: string): boolean => INTERPRETER.test(text.trimStart());

/** Fences of languages that are typed into a program as well: `> db.carts.drop()` tagged `js`, `scala> `, `user=> `. */
export const isInterpreted = (language: string, text: string): boolean =>
  INTERPRETED.has(language) &&
  (isForInterpreter(text) || /^(?:[\w().:-]{0,30}|php )=?> \S/.test(text.trimStart()));

const INTERPRETED: ReadonlySet<string> = new Set(
  'python py py3 python3 ipython pycon python-repl doctest javascript js node mongodb mongo mongosh ruby rb irb elixir ex iex erlang erl r lua haskell hs scala groovy php julia jl clojure clj java jshell kotlin perl ocaml'.split(
    ' ',
  ),
);

/** A session of a device that begins with what it shows; a cmdlet of PowerShell. */
const OPENS_DEVICE =
  /^[A-Za-z][\w.-]{0,63}(?:\((?:config|cfg)[\w-]{0,32}\))?[#>] ?(?:show|display|configure|conf t|copy|write|reload) ?|^(?:Get|Set|New|Remove|Start|Stop|Restart|Test|Invoke|Import|Export|Add|Enable|Disable|Clear|Install|Uninstall|Update|Move|Copy|Rename|Resume|Suspend|Connect|Disconnect|Enter|Register|Unregister|Mount|Dismount|Repair|Reset|Checkpoint|Restore|Backup)-[A-Z][A-Za-z]{2,40}(?: |$)/;
/** What only the console of a device knows. */
const DEVICE_COMMAND =
  /^(?:conf(?:ig(?:ure)?)? t(?:erm(?:inal)?)?|sh(?:ow)? (?:run|start)(?:ning-config|up-config|ning|up)?|copy (?:run|start)\w{0,8}(?:-config)? \S+|wr(?:ite)? (?:mem(?:ory)?|erase|terminal)|int(?:erface)? [a-z-]{1,40} ?\d{1,4}(?:[/.]\d{1,4}){0,3}|no shut(?:down)?|show (?:ip|ipv6|interfaces?|vlan|arp|mac|cdp|lldp|bgp|ospf|spanning-tree|inventory|configuration|chassis|system|security|route) ?.*|set (?:system|interfaces|protocols|routing-options|security|vlans|policy-options) \S.*|commit(?: confirmed| check| and-quit).*|request system .*|router (?:bgp|ospf|eigrp|rip)\b.*|switchport \S.*|terminal length \d+)$/i;
/** What it may be where the others are. */
const DEVICE_ASIDE =
  /^(?:en(?:able)?|end|exit|configure|commit|reload|write|wr|!|no \S.*|ip (?:address|route|default-gateway) \d.*|description \S.*|vlan \d+|name \S+|show \S.*|hostname \S+)$/i;

/** Looks at a fence once. */
export function fenceFeatures(
  tag: FenceFeatures['tag'],
  text: string,
  context: FenceContext,
): FenceFeatures {
  const lines = withoutSlashed(logicalLines(text)).map(withoutRemark);
  const count = Math.max(lines.length, 1);
  const uses = lastUses(lines);
  const readings = lines.map((line, index) =>
    (uses.get(assignedIn(line)) ?? -1) > index ? 'maybe' : readsAsCommand(line, context.tools),
  );
  const share = (test: (line: string, index: number) => boolean): number =>
    lines.filter(test).length / count;
  const proseLines = lines.filter((line) => isSentence(line));
  const { lead, heading = '' } = context;
  return {
    tag,
    lines: lines.length,
    sure: share((_line, index) => readings[index] === 'sure'),
    maybe: share((_line, index) => readings[index] === 'maybe'),
    no: share((_line, index) => readings[index] === 'no'),
    shaped: share((line) => SHAPED.test(line) && !isSentence(line)),
    worded: share((line) => WORDED.test(withQuotesClosed(line)) && !looksLikeProse(line)),
    told: share((line) => tellsProgram(line)),
    texted: share((line, index) => readings[index] !== 'sure' && readsAsText(line)),
    prose: proseLines.length * 2 > lines.length,
    proseWithCode:
      proseLines.some((line) => /`|\$\(/.test(line)) ||
      lines.some((line, index) => readings[index] !== 'sure' && tellsWithCode(line, context)),
    mixed: mixedIn(lines, readings),
    failure: lines.some((line) => FAILURE.test(line)),
    putOut: lines.some((line, index) => readings[index] !== 'sure' && isPutOut(line)),
    status: share((line) => STATUS.test(line)) >= 0.5,
    singleWords: lines.every((line) => !/\s/.test(line) && !SCRIPT_OF_PROJECT.test(line)),
    tabular: isTabular(lines) || isListing(lines),
    drawn: /[┌│└├─═║╔╚▼→]/u.test(text),
    stamped: STAMPED.test(lines[0] ?? ''),
    logged: share((line) => LOGGED.test(line)) >= 0.34,
    script: /^#!.*\b(?:ba|z|k|da)?sh\b/.test(text),
    versions: lines.length > 0 && lines.every((line) => VERSION.test(line)),
    config: configKind(text, { ...context, tagged: tag !== 'none' }),
    toolElsewhere: lines.some((line) => context.programs?.has(programOf(line)) ?? false),
    asksToRun: asksToRun(lead, context.languages),
    asksToPut: asksToPut(lead, context.languages),
    namesFile: NAMES_FILE.test(text.trimStart().split('\n', 1)[0] ?? ''),
    saved: asksToSave(lead) && !savesOrSets(text),
    asksToAdd: asksToAdd(lead, context.languages),
    edited: context.edited ?? false,
    named: namesProgram(lead, lines[0] ?? ''),
    output: context.output,
    troubled: LEADS_OVER.test(lead) && ERRORS.test(lead),
    place:
      lines.length === 1 &&
      PLACE.test(lines[0] ?? '') &&
      (tag === 'none' || /^[A-Z]:/i.test(lines[0] ?? '')),
    compared: context.compared ?? false,
    keyed: lines.some((line) => KEYED.test(line)),
    leadTells: isImperative(lead) || /[:：]\s*$/.test(lead),
    headingTells: lead === '' && tellsWhatToDo(heading),
    below: context.below ?? false,
    unmarked: context.unmarked ?? false,
    device: isForDevice(lines),
    windows: isForWindows(lines, readings) || lines.some((line) => CALLS_TYPE.test(line)),
  };
}

/** "# /etc/security/limits.conf": what stands below is what the file is to hold. */
const NAMES_FILE =
  /^(?:#|\/\/|;)+[ \t]*(?:~?\/)?(?:[\w.@-]{1,60}\/){0,12}[\w.@-]{0,60}\.(?:conf|cfg|cnf|ini|ya?ml|toml|json|service|timer|socket|rules|list|repo|properties)[ \t]*$/;

/** `/etc/app`, `C:\ProgramData\App\<name>`: where something is. What Windows can start has an ending. */
const PLACE =
  /^(?:~|\/[\w.-]+)(?:\/[\w.-]+)+$|^[A-Z]:(?:\\[\w .()<>{}-]{1,60}){1,12}\\?$(?<!\.(?:exe|bat|cmd|msi|ps1))/i;

/** `HOST=web1` over `curl http://$HOST/`: an assignment that a line below it uses is part of the same script. */
const assignedIn = (line: string): string =>
  /^([A-Za-z_]\w{0,80})=(?:"[^"]*"|'[^']*'|[^\s"'`]*)$/.exec(line)?.[1] ?? '';

/** The last line that uses each variable. */
function lastUses(lines: readonly string[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, line] of lines.entries())
    for (const [, name = ''] of line.matchAll(/\$\{?([A-Za-z_]\w{0,80})/g)) last.set(name, index);
  return last;
}

/** "1. Restart the pods", "- Memory leaks": a number with a full stop or a bullet is no program. */
const LISTED = /^(?:\d{1,2}\.|[-*•□☐✓✔◻])\s+[\p{L}`]/u;
const STATEMENT =
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|EXPLAIN|VACUUM|REINDEX|TRUNCATE|(?:CREATE|ALTER|DROP) (?:TABLE|INDEX|DATABASE|USER|ROLE|VIEW|SCHEMA|EXTENSION))\s[\s\S]*;$/;

function mixedIn(lines: readonly string[], readings: readonly Reading[]): string {
  if (lines.some((line) => LISTED.test(line))) return 'items of a list';
  if (lines.some((line, index) => readings[index] !== 'sure' && isPutOut(line)))
    return 'what programs put out';
  return lines.some((line) => STATEMENT.test(line)) ? 'SQL' : '';
}

/** "If you get an error such as:", in the languages of the packs. */
const ERRORS =
  /(?<!\p{L})(?:errors?|issues?|exceptions?|warnings?|fehler|erreurs?|errore?s?|erros?|fout|błąd|błędu|chyba|chybu|fel|feil|fejl|virhe|eroarea?|hiba|hata|ошибка|ошибку|помилка|помилку)(?!\p{L})|错误|报错|エラー|오류/iu;

const LEADS_OVER = /[:：]\s*$/u;

/** "Error: no space left", "解决:": no shell has a command that ends so. */
const KEYED = /^\p{Lu}?\p{L}[\p{L} ]{1,30}[:：](?:\s|$)/u;

/** `// Update`: a comment of other languages in front of what is typed; alone it is a text. */
function withoutSlashed(lines: readonly string[]): readonly string[] {
  const others = lines.filter((line) => !/^\/\/\s*[\p{L}\p{N}]/u.test(line));
  return others.length === 0 ? lines : others;
}

/** Without the comment behind a command, which reads as prose. */
function withoutRemark(line: string): string {
  const at = /\S\s+#+\s/.exec(line)?.index ?? -1;
  const before = line.slice(0, at + 1);
  const isQuoted = before.split('"').length % 2 === 0 || before.split("'").length % 2 === 0;
  return at < 0 || isQuoted ? line : before;
}

/** `DISM /Online /Get-CurrentEdition`, `chkdsk C: /F`: a switch of Windows in every line, and no program of ours. */
function isForWindows(lines: readonly string[], readings: readonly Reading[]): boolean {
  return (
    lines.length > 0 &&
    lines.every(
      (line, index) =>
        readings[index] !== 'sure' &&
        !looksLikeProse(line) &&
        (/^[A-Za-z][\w.-]{1,40}(?:\s+\S{1,200}){0,12}?\s+\/[A-Z][\w-]{0,40}(?::\S{1,200})?(?=\s|$)/.test(
          line,
        ) ||
          SMALL_SWITCHES.test(line) ||
          WINDOWS_PROGRAM.test(line)),
    )
  );
}

/** `[Security.Principal.WindowsIdentity]::GetCurrent()`: only PowerShell calls the method of a type so. */
const CALLS_TYPE = /\[[A-Z]\w{1,40}(?:\.[A-Z]\w{1,40}){1,8}\]::[A-Z]\w/;

/** `msiexec /i app.msi /qn`: two of one or two small letters, where elsewhere paths of the root would stand. */
const SMALL_SWITCHES =
  /^[A-Za-z][\w.-]{1,40}\s(?:\S{1,200}\s){0,4}?\/[a-z?]{1,2}\s(?:\S{1,200}\s){0,12}?\/[a-z?*]{1,3}(?=\s|$)/;

/** `.\relay.exe`, `C:\tools\setup.bat /quiet`: a program by its path as only Windows writes it. */
const WINDOWS_PROGRAM =
  /^(?:&\s?)?["']?(?:\.{1,2}|[A-Za-z]:)(?:\\[\w .()-]{1,60}){1,12}\.(?:exe|bat|cmd|msi)["']?(?=\s|$)/i;

function isForDevice(lines: readonly string[]): boolean {
  const prompted = lines.filter((line) => DEVICE_PROMPT.test(line)).length;
  if (prompted * 2 >= lines.length && prompted > 0) return true;
  if (startsOnDevice(lines[0] ?? '') || OPENS_DEVICE.test(lines[0] ?? '')) return true;
  if (prompted > 1 && DEVICE_PROMPT.test(lines[0] ?? '')) return true;
  const known = lines.filter((line) => DEVICE_COMMAND.test(line)).length;
  const beside = lines.filter((line) => !DEVICE_COMMAND.test(line) && DEVICE_ASIDE.test(line));
  return known > 0 && (known + beside.length) * 4 >= lines.length * 3;
}

/** "git version 2.43.0", "npm 10.2": what programs say of themselves. */
const VERSION = /^[\w.+-]+ (?:version:? v?\d[\w.+-]*|v?\d+\.\d[\w.+-]*|v\d[\w.+-]*)(?:[ ,(].*)?$/i;

/** "buf generate", "zellij list-sessions": the second word is a verb or a usual subcommand. */
function tellsProgram(line: string): boolean {
  const second = /^[a-z][\w.+-]*\s+([a-z][a-z]+)(?:-[a-z]+)*(?=\s|$)/.exec(line)?.[1] ?? '';
  return (
    second !== '' && (SUBCOMMAND.test(second) || beginsWithVerb(second)) && !looksLikeProse(line)
  );
}

const SUBCOMMAND = /^(?:init|ls|ps|get|status|version|info|config|logs|up|down|auth|cluster|help)$/;

/** What stands in quotes is one word, whatever is in it. */
const withQuotesClosed = (line: string): string =>
  line.replace(/'[^']{1,400}'|"[^"$`\\]{1,400}"/g, "'x'");

/** "Change `bootargs` with `fw_setenv`:" over that very program; a plain word of the sentence says too little. */
function namesProgram(lead: string, line: string): boolean {
  const program = programOf(line);
  return (
    program.length >= 3 &&
    /[-_.\d]/.test(program) &&
    lead.split(/[^\w.-]+/).some((word) => word === program)
  );
}

/**
 * "Use `systemctl restart app`": a word and code behind it, which stands free as code in a sentence does. No command takes
 * for its arguments what another puts out that acts; a word in capitals names no program either.
 */
function tellsWithCode(line: string, { tools }: FenceContext): boolean {
  const codes = [...line.matchAll(CODE_IN_WORDS)].flatMap(([, code = '']) => code.trim());
  const named = /^(?:\p{Lu}\p{Ll}*|[^\p{ASCII}]\p{L}*)[,:]? /u.test(line);
  return codes.some((code) => {
    if (readsAsCommand(code, tools) !== 'sure') return named;
    return named || shellFacts(code).effect === 'destroys' || shellFacts(code).effect === 'writes';
  });
}

const CODE_IN_WORDS = /(?<=[\p{L},:] )`([^`]{2,200})`(?=[\s.,;:!?)]|$)/gu;

/** A sentence of three words and more that begins with a capital. */
function isSentence(line: string): boolean {
  return (
    /^[A-Z][a-z]+(?: [a-zA-Z'’-]+){2,}/.test(line) &&
    !/^[A-Z][a-z]+-[A-Z]/.test(line) &&
    !/^[A-Z][a-z]+ --?\w/.test(line)
  );
}

/** The program that a line would run. */
export const programOf = (line: string): string =>
  /^(?:(?:sudo|doas)\s+(?:-\w+\s+)*)?([a-z][\w.+-]{1,30})(?=\s|$)/.exec(line)?.[1] ?? '';

/** "Step 1: prepare", "Unlock", "Renewing the certificate", "2. Stop the service". */
function tellsWhatToDo(heading: string): boolean {
  return (
    isImperative(heading) ||
    isGerund(heading) ||
    /^\W*(?:step|schritt|étape|paso|passo|stap|krok|шаг)\s*\d/iu.test(heading)
  );
}
