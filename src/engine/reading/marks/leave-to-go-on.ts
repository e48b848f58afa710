const list = (text: string): readonly string[] => text.split('|');

const GOING_ON = list(
  'continue|continuing|proceed|proceeding|go on|going on|go ahead|going ahead|go further|going further|move on|moving on|carry on|carrying on|start the next step|starting the next step',
);
const MUST = list('must|has to|have to|need|needs|required|requires|require');
const ASKS = list('get|obtain|ask for|request|wait for|wait until');
/** Whoever has to agree has done so: no machine can wait for that. */
const AGREED = list(
  'approval|sign-off|signoff|go-ahead|permission|confirmation|has confirmed|have confirmed|has approved|have approved|has agreed|have agreed|has signed off|have signed off|has acknowledged|have acknowledged|has given|have given|is approved|are approved|has been approved|have been approved|approves it|approve it|says so|say so',
);
const PROGRAMS = ['the', 'this', 'that', 'a', 'our', 'each'].flatMap((article) =>
  list(
    'script|command|tool|job|installer|wizard|pipeline|playbook|workflow|operator|controller|program|cli|api|app|application|service|system|process|deployment|upgrade|task|hook|agent',
  ).map((name) => `${article} ${name}`),
);
const MOST_CHARACTERS = 300;

/**
 * Whether an English sentence lets its reader go on only after something that no run can wait for: "You must see 0 rows
 * before you continue", "Do not continue until the owner has approved", "Wait for approval". Linear.
 */
export function asksFirst(sentence: string): boolean {
  if (sentence.length > MOST_CHARACTERS) return false;
  const said = spaced(sentence);
  // "The script requires a typed yes before proceeding" says what that does.
  if (begins(said, PROGRAMS) || begins(said, ['it', 'they'])) return false;
  const before = said.indexOf(' before ');
  const [first, then] =
    before < 0 ? ['', ''] : [said.slice(0, before + 1), said.slice(before + ' before'.length)];
  if (goesOn(then) && (holds(first, MUST) || begins(first, ASKS))) return true;
  const until = untilIn(said);
  return until >= 0 && holds(said.slice(until), AGREED);
}

/** Where it says for what to wait: behind "do not continue … until", "proceed … after", "wait for"; -1: nowhere. */
function untilIn(said: string): number {
  if (begins(said, ['wait for', 'wait until'])) return 0;
  const bare = withoutFirst(said, [' please ', ' only ', ' do not ', " don't ", ' never ']);
  const marks = bare === said || said.startsWith(' only ') ? AFTER : [...AFTER, ' until '];
  if (!goesOn(bare)) return -1;
  return Math.max(...marks.map((mark) => said.indexOf(mark)));
}

const AFTER = [' only after ', ' only once ', ' only when ', ' only with ', ' after ', ' once '];

/** "you continue", "proceeding with it". */
const goesOn = (said: string): boolean =>
  begins(withoutFirst(said, [' you ', ' we ', ' anyone ']), GOING_ON);

const begins = (said: string, words: readonly string[]): boolean =>
  words.some((word) => said.startsWith(` ${word} `));
const holds = (said: string, words: readonly string[]): boolean =>
  words.some((word) => said.includes(` ${word} `));

function withoutFirst(said: string, words: readonly string[]): string {
  const first = words.find((word) => said.startsWith(word));
  return first === undefined ? said : withoutFirst(said.slice(first.length - 1), words);
}

/** In small letters, with a space around every word and no marks. */
const spaced = (sentence: string): string =>
  ` ${sentence
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[\s,;:.!?()"“”*_]/u)
    .filter((word) => word !== '')
    .join(' ')} `;
