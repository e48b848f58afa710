import { parseSampleJson } from '../expect/sample-json.ts';
import type { FenceContent } from '../model/block.ts';
import type { Expectation } from '../model/runbook.ts';
import { LANGUAGES } from './languages/all.ts';
import { english } from './languages/english.ts';
import type { Language } from './languages/language.ts';
import { speaksOf } from './languages/phrases.ts';
import { logicalLines } from './logical-lines.ts';
import type { Reading } from './shell-words.ts';

const OUTPUT =
  /\b(?:(?:expected|sample|example|typical|resulting|actual|similar|following)\s+(?:\w+\s+){0,2}?(?:output|response|result|reply|logs?|errors?|messages?|values?)|outputs?|responses?|results?|you (?:should|will|would|may|might|can|could|now)?\s*(?:now |then |also )?(?:see|get|receive|observe|find)|you[’']ll (?:see|get)|(?:logs?|journal|screen|terminal|console) (?:should|will|must) (?:now |then |also )?(?:contain|read|include|have)|should (?:now |then |also )?(?:see|return|show|print|output|look|display|be similar|respond|produce|give|report|say|be)|returns?|prints?|displays?|shows?|gives?|looks? (?:something )?like|similar to|something like|as follows|(?:see|seeing|receive|get|fails? with|report(?:s|ing)?)\b.*\b(?:errors?|messages?|logs?|entries|output|this|following)|errors?(?: messages?)?|log (?:entries|messages|lines)|for example you)\b/gi;
const COMMAND =
  /\b(?:run|running|execute|executing|issue|invoke|type|enter|use|using|try|with|via|commands?|query|script|by)\b/gi;
const STRONG =
  /\b(?:outputs?|responses?|results?|should (?:now |then |also )?(?:see|return|show|print|look|be similar)|prints?|looks? (?:something )?like|something like|you[’']ll see|(?:should|will|must) (?:now |then |also )?(?:contain|include)|will see|will look like)\b/i;
const NAMES = new Set(
  'output expect expected result results response console-output log logs'.split(' '),
);

/** A label that is nothing but "expected", in the languages of the packs. */
const EXPECTED =
  /^(?:expect(?:ed|s|ation)?|expected (?:to see|state|here)|what (?:you|to) expect|erwartet(?:es)?|attes[oi]|esperad[oa]|attendu|verwacht|förväntat|forventet|oczekiwan[ey]|očekáváno|ожидается|очікується|beklenen|odotettu|várt|așteptat|αναμενόμενο|期待値|期待|预期|預期|예상)$/iu;

/** Fence languages that say "this is output". */
export const isOutputTag = (language: string): boolean => NAMES.has(language);

/**
 * Whether a sentence or label above a fence says that the fence is output: how sure it is of it, or
 * `no`. What stands last counts: "Check the output by running:" asks for a command.
 */
export function saysOutput(lead: string): 'sure' | 'maybe' | 'no' {
  const text = lead.slice(-240);
  const bare = text.replace(/(?<![*_:：\s.])[*_:：\s.]+$/, '');
  if (EXPECTED.test(bare.replace(/^[*_\s]+/, ''))) return 'sure';
  const output = lastMatch(OUTPUT, text);
  if (output < 0) return 'no';
  if (lastMatch(COMMAND, text) > output) return 'no';
  const asks =
    /\b(?:run|execute|enter|use|issue|type)\b[^.]{0,40}\b(?:following|commands?|below|this|these)\b/i.test(
      text,
    );
  if (asks && !/\b(?:should|will|would|look(?:s|ing)? like|similar)\b/i.test(text)) return 'no';
  if (
    /^(?:expected |sample |example |typical )?(?:outputs?|responses?|results?)(?: \([^)]*\))?$/i.test(
      bare,
    )
  )
    return 'sure';
  return STRONG.test(text.slice(output)) ? 'sure' : 'maybe';
}

/** "Example output:" and nothing else. */
export const isBareOutput = (lead: string): boolean =>
  /^(?:\W*(?:an? |the )?(?:example|sample|expected|typical|resulting) )?(?:\w+ )?(?:outputs?|responses?|results?)\W*$/i.test(
    lead,
  ) || /^(?:what )?you (?:should|will|must) (?:now )?(?:see|get)[:.]?$/i.test(lead.trim());

const MOST_WORDS = 7;
const OTHERS = LANGUAGES.filter((each) => each !== english);

/** The same in the languages of the page: only a label or a short sentence says it, no mention in passing. */
export function saysOutputIn(
  lead: string,
  languages: readonly Language[],
): 'sure' | 'maybe' | 'no' {
  const said = saysOutput(lead);
  const told = languages.filter((each) => each !== english);
  // A page of few words has no sure language of its own: a label says it in any.
  const isShort = /^[^.!?:：]{1,60}[:：]?\s*$/u.test(lead) && lead.split(/\s+/).length <= 3;
  const others = isShort ? OTHERS : told;
  if (said !== 'no' || others.length === 0) return said;
  const isLabel = /[:：]\s*$/.test(lead) || lead.split(/\s+/).length <= MOST_WORDS;
  return isLabel && lead.length <= 120 && speaksOf('output', lead, others) ? 'sure' : 'no';
}

function lastMatch(pattern: RegExp, text: string): number {
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}

/** The expectation that a fence of output states. `said` is the annotation `match`. */
export function expectationOf(
  line: number,
  text: string,
  said: Expectation['match'] | undefined,
): Expectation {
  return {
    line,
    match: said ?? (parseSampleJson(text) !== undefined ? 'state' : 'text'),
    text,
    advisory: false,
  };
}

/** What a `-- Should return: …` comment of SQL expects: output that contains it. */
export function commentExpectation(text: string, textLine: number): Expectation | null {
  const pattern =
    /^\s*--\s*(?:should (?:output|return|print|show|say|be)|expected(?: output| result)?|expect(?:s)?|output should be|returns?)\s*:\s*(\S.*)$/i;
  const lines = text.split('\n');
  const index = lines.findIndex((line) => pattern.test(line));
  const said = pattern.exec(lines[index] ?? '')?.[1];
  if (said === undefined) return null;
  return containing(said.trim(), textLine + index);
}

/** Output that contains a text. */
export function containing(text: string, line: number): Expectation {
  const regex = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return { line, match: 'text', text, regex, advisory: false };
}

const NOTHING =
  /^\W*(?:(?:this|it|that|which|the (?:command|query|check)) )?(?:(?:should|must|will|does|do) )?(?:not )?(?:prints?|returns?|outputs?|shows?|gives?|displays?|produces?) (?:nothing|no (?:output|lines?|rows?|results?)|anything|an empty (?:output|result))(?: (?:at all|on success|(?:if|when) (?:all|everything) (?:is|went|goes) (?:well|fine|ok|okay|healthy|right|good)))?\W*$|^\W*(?:(?:there|you) (?:should|must|will) (?:be|see) |expect(?:ed|s)?(?: to see)? )?(?:no output|nothing)(?: is expected| expected)?\W*$|^\W*(?:the )?(?:expected )?(?:output|result|response)s?(?:\W+| (?:should|must|will) be )(?:nothing|none|empty|no output)\W*$/i;

/** "This prints nothing.", "Expected output: none": whether a sentence says that there must be no output. */
export function saysNothing(text: string): boolean {
  if (text.length > 160 || !NOTHING.test(text)) return false;
  return /\banything\b/i.test(text) === /\bnot\b/i.test(text);
}

/** Whether what stands above an output says that it shows a shape only: "Example output", "similar to". */
export const showsShape = (lead: string, languages: readonly Language[] = []): boolean =>
  speaksOf(
    'example',
    lead.slice(-120),
    languages.filter((each) => each !== english),
  ) ||
  /\b(?:examples?|samples?|e\.g\.|for instance|such as|similar|something like|typical(?:ly)?|looks? like|illustrative|along (?:these|those) lines|resembl(?:es?|ing)|akin to|comparable|roughly|approximately|more or less|in the form|(?:may|might|will|can) (?:vary|differ))(?=\W|$)/i.test(
    lead.slice(-240),
  );

/** An Innovation Engine comment: a similarity or a regular expression. */
export function similarityOf(
  html: string,
): { readonly regex: string | null; readonly wrong: boolean } | null {
  const match =
    /^[ \t]*<!--\s{0,40}expected_(\w{1,40})\s{0,40}=\s{0,40}(?:"([^"]*)"|'([^']*)'|([\d.]{1,40}))\s{0,40}-->/im.exec(
      html,
    );
  if (!match) return null;
  return { regex: match[2] ?? match[3] ?? null, wrong: match[1]?.toLowerCase() !== 'similarity' };
}

/** A fence that shows commands which stand in the one above it, with what they put out. */
export interface ShownAgain {
  /** What the repeated commands put out. */
  readonly output: string;
  /** It surely holds nothing else that was typed. */
  readonly isWhole: boolean;
}

/**
 * Whether a fence begins with a command of the fence above, and shows what that puts out: a session, or, where no prompt
 * stands, the command and lines that are none. Such a fence is a copy of somebody's screen.
 */
export function shownAgain(
  { text, transcript }: Pick<FenceContent, 'text' | 'transcript'>,
  typedAbove: readonly string[],
  readsAs: (line: string) => Reading,
): ShownAgain | undefined {
  const isKnown = (command: string): boolean => typedAbove.some((each) => isSame(each, command));
  const [first] = transcript;
  if (first !== undefined) {
    const known = transcript.filter(({ command }) => isKnown(command));
    const output = known.map((entry) => entry.output).filter((each) => each !== '');
    if (!isKnown(first.command) || output.length === 0) return undefined;
    return { output: output.join('\n'), isWhole: known.length === transcript.length };
  }
  const lines = text.trimEnd().split('\n');
  if (!isKnown(lines[0] ?? '')) return undefined;
  const shown = lines.filter((line) => !isKnown(line));
  const said = shown.filter((line) => line.trim() !== '');
  if (said.length === 0 || said.some((line) => readsAs(line.trim()) === 'sure')) return undefined;
  const all = typedAbove.every((each) => lines.some((line) => isSame(each, line)));
  const isWhole = all || said.every((line) => readsAs(line) === 'no');
  return { output: shown.join('\n').trim(), isWhole };
}

/** The commands of a fence, as they would be typed. */
export const typedIn = ({ text, transcript }: FenceContent): readonly string[] =>
  transcript.length > 0 ? transcript.map(({ command }) => command) : logicalLines(text);

/** A word for which each reader has another: `<pod>`, `$NAME`, `{id}`, `[host]`, `YOUR_TOKEN`. */
const HOLE = /[<$[{]|^[A-Z][A-Z\d_-]{2,}$/;

/** The same words, whatever stands where the first has a hole. */
function isSame(above: string, command: string): boolean {
  const words = wordsIn(above);
  const others = wordsIn(command);
  return (
    words[0] !== '' &&
    words.length === others.length &&
    words.every((word, at) => word === others[at] || (at > 0 && HOLE.test(word)))
  );
}

const wordsIn = (command: string): readonly string[] =>
  command
    .trim()
    .replace(/^(?:sudo|doas)\s+/, '')
    .split(/\s+/);
