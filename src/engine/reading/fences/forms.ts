/** "Usage:" over "backup.sh [--full] <target>". */
export function isSynopsis(text: string, lead: string): boolean {
  return (
    /^\W*(?:general |basic |command )?(?:usage|syntax|synopsis|format|form)\W*$/i.test(lead) &&
    /\[-|\[<|<[\w-]+>|\[[A-Z]|\.\.\.|\|/.test(text)
  );
}

/** Folders and files as `tree` draws them. */
export function isTree(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const drawn = lines.filter((line) => /^\s*[├└│┌╰╭]/u.test(line)).length;
  return drawn > 0 && drawn * 2 >= lines.length;
}

/** Tables told of for reference: "The schema of the table:" over CREATE statements alone. */
export function isSchema(text: string, lead: string): boolean {
  if (
    !/\b(?:schema|structure|definition|layout) (?:of|for|is|looks)\b|\bfor reference\b/i.test(lead)
  )
    return false;
  if (/\b(?:run|execute|create|apply)\b/i.test(lead)) return false;
  const statements = text.split(';').filter((each) => each.trim() !== '');
  return statements.every((each) => /^(?:\s|--.*\n)*create\s/i.test(each));
}

/** A table as databases print it, and no statement above it. */
export const isResult = (text: string): boolean =>
  /^\s*\+(?:-{1,200}\+){1,60}[ \t]*\n[ \t]*\|/.test(text) ||
  /^[^\n;]{1,400}\n[ \t]*-{2,200}(?:\+-{1,200}){1,60}[ \t]*(?:\n|$)/.test(text);

/** `name = value` throughout, `[mysqld]` over such lines, who may log in from where: lines of a configuration file. */
export function isSettings(text: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:[#;].*|--.*)?$/.test(line));
  const isSection = /^\s*\[[\w .:-]{1,60}\]\s*$/.test(lines[0] ?? '');
  const isSetting = (line: string): boolean =>
    /^\s*[\w.-]+\s*=[^;]*$/.test(line) ||
    LOGIN.test(line) ||
    (isSection && /^\s*(?:\[[^\]]*\]|!?[\w.-]+)\s*$/.test(line));
  return lines.length > 0 && lines.every(isSetting);
}

/** A line of `pg_hba.conf`. No statement begins so. */
const LOGIN =
  /^\s*(?:local|host(?:ssl|nossl|gssenc|nogssenc)?)\s+[^\s;]+\s+[^\s;]+(?:\s+[^\s;]+){1,5}\s*$/;

/** Comments of a shell and nothing else. */
export function isCommentsOnly(text: string): boolean {
  return (
    /#/.test(text) &&
    !/^#!/.test(text) &&
    text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))
  );
}

/** Numbered or bulleted sentences between comments: "1. Check the pods: kubectl get pods". */
export function isListOfInstructions(text: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#.*)?$/.test(line));
  return (
    lines.length > 0 &&
    lines.every((line) => /^\s*(?:\d{1,2}[.)]|[-*•□☐✓✔◻]|\[[ x]?\])\s+\S/u.test(line))
  );
}

/** Slash commands of a chat: "/chatops run …", "/label ~change", "/assign @me"; a path has more than one part. */
export function isChat(text: string, lead: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const slashed = lines.every((line) => /^[/!@][a-z][\w-]*(?:\s|$)/.test(line));
  if (isSlashed(lines)) return true;
  return (
    slashed &&
    (/\b(?:slack|chat\w*|discord|teams|channel|bot|irc|comment|issue|ticket|pull request|merge request|message|post)\b/i.test(
      lead,
    ) ||
      lines.some((line) =>
        /^\/(?:chatops|label|assign|unassign|close|approve|lgtm|retest|cc|milestone|invite|remind|status|incident|pd|topic|archive)\b/.test(
          line,
        ),
      ))
  );
}

/** Commands of an assistant that is typed to: no program stands in `/`, and none has a colon in its name. */
const isSlashed = (lines: readonly string[]): boolean =>
  lines.length > 0 &&
  lines.every((line) => /^\/[a-z][a-z-]{2,40}(?::[a-z-]{1,40})?(?:\s+[^/]|$)/.test(line));

/** What is said to a bot is done by a person; what labels an issue is only shown. */
export const chatKind = (text: string, lead: string): 'chat' | 'other' =>
  /^\/chatops\b/m.test(text) || /\b(?:slack|chat\w*|discord|teams|channel|bot|irc)\b/i.test(lead)
    ? 'chat'
    : 'other';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Programs that only Windows has. */
const PROGRAMS = words(
  'ipconfig taskkill tasklist xcopy robocopy icacls takeown schtasks wmic bcdedit netsh gpupdate gpresult sfc chkdsk dism diskpart msiexec wevtutil nltest systeminfo rundll32 bootrec vssadmin w32tm repadmin dcdiag setx',
);
/** What these have below them on Windows, and elsewhere not. */
const BELOW: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['net', words('use user localgroup start stop view accounts')],
  ['reg', words('add delete query export import copy')],
  ['sc', words('query queryex stop start config create delete qc')],
]);
/** Where only another shell runs it. */
const SURELY_OTHER =
  /^(?:sudo|apt|apt-get|yum|dnf|brew|systemctl|kubectl|docker|ssh|if|for|while|export) /;

/** Whether a script is of commands for Windows, which no bash carries out: `net use Z: \\filer\share`. Linear. */
export function isForWindows(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0 || lines.some((line) => SURELY_OTHER.test(line))) return false;
  return lines.some(isOne);
}

function isOne(line: string): boolean {
  const [first = '', second = ''] = line.toLowerCase().split(/\s+/);
  const name = first.endsWith('.exe') ? first.slice(0, -'.exe'.length) : first;
  if (PROGRAMS.has(name)) return true;
  if (BELOW.get(name)?.has(second) === true) return true;
  // A drive or a share, unquoted, is none of bash's: it takes the backslashes away.
  return (
    /^(?:copy|del|dir|move|type|cd|md|rd|ren|start|cmd)$/.test(name) &&
    /^(?:[a-z]:|\\\\)\\?/.test(second)
  );
}
