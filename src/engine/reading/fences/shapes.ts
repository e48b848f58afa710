import { looksLikeProse } from '../shell-words.ts';

const QUERY =
  /^(?:sum|avg|max|min|count|rate|irate|increase|topk|histogram_quantile|absent|label_replace)\b[^;]*\(|^[a-z_:]+\{[^}]*=/;

/** Whether a line is a sentence, a query of a dashboard, a key with its value, a path. */
export function readsAsText(line: string): boolean {
  return (
    looksLikeProse(line) ||
    QUERY.test(line) ||
    /^[A-Z][A-Za-z]+[ :]|^\d|^[^\w./~$"'({<[\\-]|^\[[\w .:/-]+\]\s+\S|^[\w -]+:\s|\/$|\/(?:s?bin|lib)$|^<[\w-]+>$|^\/[\w./-]+\.(?:log|conf|cfg|ya?ml|json|txt|md|ini)$/.test(
      line,
    )
  );
}

/** A table as commands print it: a header in capitals, columns apart by more than one space. */
export function isTabular(lines: readonly string[]): boolean {
  const columns = lines.filter((line) => /^\S+(?: \S+)?\s{2,}\S.*$/.test(line)).length;
  if (lines.length < 2) return false;
  if (/^-+(?:\s+-+)+$/.test(lines[1] ?? '')) return true;
  return (
    /^[A-Z](?:[A-Z()%/_-]| (?! ))*\s{2,}[A-Z]/.test(lines[0] ?? '') && columns * 2 > lines.length
  );
}

/** "fail2ban.conf filter.d jail.d": names of files and folders, as `ls` puts them out. */
export function isListing(lines: readonly string[]): boolean {
  const words = lines.flatMap((line) => line.split(/\s+/));
  const files = words.filter((word) => /^[\w-][\w.-]*\.[a-z]{1,5}\d?$/i.test(word)).length;
  return (
    words.length >= 4 &&
    words.every((word) => /^[\w.-]*\w\/?$/.test(word)) &&
    lines.every((line) => /\s/.test(line)) &&
    files * 4 >= words.length * 3
  );
}

/** A line that only a program puts out: columns, JSON, a usage, progress, what went wrong. The lines stand trimmed. */
export const isPutOut = (line: string): boolean =>
  SIGNED.test(line) ||
  COUNTED.test(line) ||
  GUTTER.test(line) ||
  TOLD_OF.test(line) ||
  /^(?:\{"|\["|\[\{)|^(?:Usage|Options|Commands|Flags|Arguments): ?|^\d\d:\d\d:\d\d up |^-{3,}(?:\s+-{3,})+$/i.test(
    line,
  ) ||
  (COLUMNS.test(line) && !TYPED.test(line)) ||
  FAILURE.test(line);

/** "● nginx.service - …", "✔ done": no program has a sign in front that is neither a letter nor one of the shell's; bullets and boxes are those of a list. */
const SIGNED = /^[^\p{ASCII}\p{L}\p{M}\p{N}\p{Z}“”‘’–—…•□☐◻]/u;
/** "1     | - Hello": a line of a file by its number, as comparisons show it. No program is called by a number. */
const GUTTER = /^[ \t]{0,12}\d{1,6}[ \t]+[|│]/;
/** "12345/12345 kB (100%), 1/1 tablespace", "45% done". */
const COUNTED = /^(?!\d{1,2}\.\s)\d[\d.,/:%-]{0,60}\s+[^\s|&;<>]/;
/** "aws_instance.web: Creating...", "Enumerating objects: 5, done." */
const TOLD_OF = /^(?:[\w./@[\]-]{1,120}|[A-Z][a-z]{1,30}(?: [\w-]{1,40}){1,4}): (?:[A-Z][a-z]|\d)/;

/** Three columns and more, apart by more than one blank. */
const COLUMNS = /^\S{1,80}(?: \S{1,40}){0,2}\s{2,40}\S{1,80}(?: \S{1,40}){0,2}\s{2,40}\S/;
const TYPED = /(?:^|\s)--?[a-z]|[|&;<>=$"'`#\\]|\(\)/;

/** "docker: Error response from daemon: …", "fatal: not a git repository", "Unable to find image …". */
export const FAILURE =
  /^(?:error|fatal|warning|panic|exception)\b ?[:([]|^[\w./-]{1,60}: (?:error|fatal|cannot|can't|command not found|permission denied|no such|not found|unable|failed|unknown|invalid|line \d)\b|^(?:Unable to|Cannot|Can't|Could not|Couldn't|Failed to|Error from|Error response|Permission denied|No such file|Connection refused|Traceback) /i;
