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
