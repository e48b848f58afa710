import { writtenSecrets } from '../literal-secrets.ts';
import type { Step } from '../model/runbook.ts';
import { LANGUAGES } from './languages/all.ts';
import { isSpaced } from './languages/script.ts';
import { wordsOf } from './languages/word-list.ts';

const LONGEST = 120;

/** A title of one line, without the colon that leads over to what it is the title of. */
export function toTitle(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^#+\s+/, '')
    .replace(/^(?::[a-z][a-z\d_+-]{1,40}:\s{1,3})+(?=\S)/, '')
    .replace(/\[\[(?:[^[\]|]{1,200}\|)?(?![\s!-])([^[\]|]{1,200})\]\]/g, '$1')
    .replace(/(?<!\s)\s*[:：]$/, '')
    .replace(/(?<=[\p{L})])\.$/u, '');
  return line.length <= LONGEST
    ? line
    : `${line.slice(0, LONGEST - 1).replace(/(?<!\s)\s+\S*$/, '')}…`;
}

/** What points in English at what stands below, and says how long that takes: it is the name of nothing. */
const POINTING =
  'like so as follows following below here command commands are is can be done by doing now then it this should takes take lasts will about around approximately up to roughly or and either also next';
const TAKEN =
  /^(?:\d+(?:[-–.,]\d+)?|\d+ ?(?:s|m|h)|(?:a )?few|some|seconds?|secs?|minut\p{L}{0,3}|mins?|hours?|hrs?|stunden?|sekunden?|segundos?|secondes?|heures?|horas?|or[ae])$/u;
const MOST_WORDS = 8;

let small: readonly ReadonlySet<string>[] | undefined;

/** "or", "then": words between two blocks that title neither. */
const JOINING = new Set(
  'or and then next also either oder und ou et puis o y e и или lub eller of en veya'.split(' '),
);

/** "For example:", "Bijvoorbeeld:": words that say so and nothing else. */
export function isExampleWord(said: string): boolean {
  const bare = wordsOf(said).trim();
  return bare !== '' && LANGUAGES.some(({ phrases }) => phrases.example.includes(bare));
}

/** "or", "and then", "like so:", "takes 5 minutes", "For example": words without one that names anything. */
export function isFragment(said: string): boolean {
  const words = wordsOf(said).trim().split(' ');
  if (words.length > MOST_WORDS || words[0] === '') return false;
  const bare = words.join(' ');
  if (JOINING.has(bare) || LANGUAGES.some(({ phrases }) => phrases.example.includes(bare)))
    return true;
  if (words.length === 1) return false;
  small ??= LANGUAGES.filter(({ script }) => isSpaced(script)).map(
    ({ code, common, adverbs = '', phrases }) =>
      new Set(
        [code === 'en' ? POINTING : '', common, adverbs, ...phrases.example]
          .flatMap((each) => wordsOf(each).trim().split(' '))
          .filter((word) => word !== '' && !word.endsWith('-')),
      ),
  );
  return small.some((known) => words.every((word) => known.has(word) || TAKEN.test(word)));
}

/** A sentence or label that can be a title: short, and not a remark. */
export function titleOfLead(lead: string): string {
  if (isFragment(lead) || !/[\p{L}\p{N}]/u.test(lead)) return '';
  const short = lead.length <= 100 && !/[.!?]\s*$/.test(lead);
  return short || (lead.length <= LONGEST && /[:：]\s*$/.test(lead)) ? toTitle(lead) : '';
}

/** The first comment of a script, without a shebang, numbers kept; `''` when it has none. */
export function firstComment(text: string): string {
  for (const line of text.split('\n').slice(0, 12)) {
    const comment = /^\s*(?:#+(?!!)|--|\/\/)\s*([^#\s].*)$/
      .exec(line)?.[1]
      ?.replace(/(?<!#)#+$/, '')
      .trimEnd();
    if (comment && isFragment(comment)) continue;
    if (comment && /\p{L}/u.test(comment) && !/^[\w./-]+\.\w{1,4}$/.test(comment))
      return toTitle(comment);
    if (!comment && /\S/.test(line) && !line.startsWith('#')) return '';
  }
  return '';
}

/**
 * Steps of one procedure that were given the same title, told apart by what each begins with: "Restart: systemctl stop
 * web". The first one under a label keeps it; a heading is no more its than the others'. Their ids stay.
 */
export function toldApart(
  steps: readonly Step[],
  headings: ReadonlyMap<string, string | undefined>,
): Step[] {
  const isAlike = ({ annotations, language }: Step): boolean =>
    annotations.title === undefined && language !== null;
  const keyOf = ({ procedure, title }: Step): string => `${procedure}\n${title}`;
  const gists = new Map(steps.filter(isAlike).map((step) => [step, gistOf(step.text)]));
  const alike = Map.groupBy(gists.keys(), keyOf);
  const apart = new Set(
    [...alike.values()].filter((each) => new Set(each.map((step) => gists.get(step))).size > 1),
  );
  return steps.map((step) => {
    const among = alike.get(keyOf(step));
    const begins = beforeSecrets(gists.get(step) ?? '', step);
    const isOwn = among?.[0] === step && headings.get(step.procedure) !== step.title;
    if (begins === '' || isOwn || among === undefined || !apart.has(among)) return step;
    return { ...step, title: `${step.title}: ${begins}` };
  });
}

/** A title is shown everywhere: it ends before what its author should not have written. */
function beforeSecrets(gist: string, step: Step): string {
  if (gist === '') return '';
  const secrets = writtenSecrets(step).map(({ value }) => value);
  const words = gist.split(' ');
  const at = words.findIndex((word) => secrets.some((secret) => word.includes(secret)));
  if (at === -1) return gist;
  return at === 0 ? '' : `${words.slice(0, at).join(' ')}${MORE}`;
}

const GIST = 40;

/**
 * The first words of the first line that does something, none of which is cut, since it may be one to mask; with an
 * ellipsis where more is done. What stands in quotes ends no command.
 */
function gistOf(text: string): string {
  const lines = text.split('\n', 40);
  const begin = lines.findIndex(doesSomething);
  const words = (lines[begin] ?? '')
    .replace(/^\s*[$>%#]\s/, '')
    .trim()
    .split(/\s+/, 12);
  let gist = '';
  let quote = '';
  let taken = 0;
  for (const word of words) {
    if (quote === '' && /^(?:\\|\||&&|\|\||;|>|<|\{|do|then)$/.test(word)) break;
    const longer = gist === '' ? word : `${gist} ${word}`;
    if (longer.length > GIST) break;
    gist = longer;
    taken += 1;
    quote = quoteBehind(word, quote);
    if (quote === '' && word.endsWith(';')) break;
  }
  const whole = taken === words.length && !lines.slice(begin + 1).some(doesSomething);
  return gist === '' ? '' : `${gist.replace(/;$/, '')}${whole ? '' : MORE}`;
}

const MORE = ' …';

const doesSomething = (line: string): boolean =>
  /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:#|--|\/\/|set -|export )/.test(line);

/** The quote that is open behind a word: `'`, `"`, or none. */
function quoteBehind(word: string, before: string): string {
  let open = before;
  for (const [sign] of word.matchAll(/\\.|['"]/g)) {
    if (open === '') open = sign.length === 1 ? sign : '';
    else if (sign === open) open = '';
  }
  return open;
}
