import type { Language } from './languages/language.ts';
import { putsIn } from './languages/leads.ts';
import { asksToKeep, asksToRun } from './leads.ts';
import { logicalLines } from './logical-lines.ts';

/** A word that may be a path. */
const WORD = /[\w.~/-]{1,200}/g;
/** A file of commands, by its ending or its place: `backup.sh`, `~/.bashrc`, `/etc/cron.daily/clean`, `crontab`. */
const SCRIPT =
  /[\w-]\.(?:ba|z|k)?sh$|^[\w.~/-]{0,100}\.(?:(?:bash|zsh)rc|(?:bash_)?profile)$|^\/(?:etc\/cron[\w.-]{0,10}|usr\/local\/s?bin|opt\/[\w-]{1,30}\/bin|etc\/profile\.d)\/[\w.-]{1,80}$|^crontab$/i;

/** The first script that a sentence names; `''`: none. */
function scriptIn(said: string): string {
  for (const [word] of said.slice(0, LONGEST).matchAll(WORD)) {
    const file = word.replace(/\.$/, '');
    if (SCRIPT.test(file)) return file;
  }
  return '';
}

const WRITES =
  /^\W{0,6}(?:then |now |first |next )?(?:create|save|write|put|add|place|store|paste)\b/i;

/**
 * Whether the words above a script hand it to a file: they ask to keep it, or are the name of a script and nothing
 * else. Not where it names that file itself, as what writes or starts it does.
 */
export function isKept(
  text: string,
  said: readonly string[],
  languages: readonly Language[] = [],
): boolean {
  const isScript = BEGINS_AS_SCRIPT.test(text);
  if (isScript && said.some((each) => asksToKeep(each, languages))) return true;
  if (isScript && said.some((each) => namesScriptOnly(each) && !asksToRun(each, languages)))
    return true;
  if (!isScript && savesOrSets(text)) return false;
  return said.some((each) => {
    if (each.length > LONGEST) return false;
    const file = scriptIn(each);
    if (file === '' || text.includes(file.slice(file.lastIndexOf('/') + 1))) return false;
    if (namesScript(each)) return true;
    return (
      (WRITES.test(each) || putsIn(each, languages)) && !asksToRun(withoutEnd(each), languages)
    );
  });
}

/** A script, its name or the like in comments before its first line. */
const BEGINS_AS_SCRIPT = /^(?:[ \t]{0,8}#(?!!).{0,200}\n){0,3}[ \t]{0,8}#!/;

/** "Script `backup.sh`:": beside the name of a script stands a word or two. */
function namesScriptOnly(said: string): boolean {
  const file = said.length > LONGEST ? '' : scriptIn(said);
  const words = said.replace(file, '').match(/[\p{L}\d]{1,40}/gu) ?? [];
  return file !== '' && words.length <= 2;
}

/** "`backup.sh`:": it is the name of a script, and nothing else. */
export function namesScript(said: string): boolean {
  const file = scriptIn(said);
  return file !== '' && !/[\p{L}\d]/u.test(said.replace(file, ''));
}

const LONGEST = 300;

/** "Create backup.sh with:" asks for nothing to be run. */
const withoutEnd = (said: string): string =>
  said.replace(
    /\b(?:with|using)(?: (?:the|this|these|following|contents?|text|lines?|script)){0,4}\W{0,4}$/i,
    '',
  );

/** `<path of the storage>`: its end is no redirection. */
const HOLE = /<[\p{L}][^<>\n]{0,60}>/gu;

/** It writes the file itself, or only sets what this shell uses as well. */
export const savesOrSets = (text: string): boolean =>
  /[^<]>|\btee\b|\bsed -i|<<|^[ \t]{0,20}(?:sudo )?(?:vim?|nano|emacs|install|cp|mv) /m.test(
    text.replace(HOLE, ''),
  ) ||
  logicalLines(text).every((line) =>
    /^(?:export\s|alias\s|source\s|\.\s|eval\s|[A-Za-z_]\w*=|\[|if\s|then|fi\b|else\b)/.test(line),
  );
