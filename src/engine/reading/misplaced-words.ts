import type { AnyStepType } from '../contracts/step-type.ts';
import { ANNOTATIONS, type Annotations, isAnnotation, isOwn } from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { Step } from '../model/runbook.ts';
import { either } from '../model/value-in-words.ts';
import type { PlaceBeside, Word, WordGroup } from '../model/word.ts';
import type { CommentReading } from './annotation-comments.ts';
import { fencesOf } from './owners.ts';
import type { FencePiece, Piece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import type { Outline } from './surroundings.ts';

/** Words of a fence that is only shown, which other tools write at any fence. */
const ANYWHERE = new Set([
  'cwd',
  'env',
  'host',
  'in',
  'interactive',
  'interpreter',
  'shell',
  'for',
]);
/** Words that mean something wherever they stand. */
const OF_THE_PAGE = new Set(['allow', 'ignore', 'infer', 'run', 'name', 'title', 'tag']);

/** What was read of a page. */
export interface ReadPage {
  readonly stepTypes: readonly AnyStepType[];
  readonly outline: Outline;
  readonly fences: ReadonlyMap<FencePiece, ReadFence>;
  /** By fence: the words behind its language. */
  readonly said: ReadonlyMap<FencePiece, Annotations>;
  readonly comments: CommentReading;
  readonly steps: readonly Step[];
  readonly frontmatter: Frontmatter;
  /** Line of a field of the frontmatter. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/**
 * Words that stand where they mean nothing, by the places that the table names: at a step of another type, at expected
 * output, before text that is no step, before a heading or among the defaults where no step takes them.
 */
export function misplacedWords(page: ReadPage): readonly Diagnostic[] {
  const { outline, comments, fences, frontmatter, lineOf, said, steps, stepTypes } = page;
  const found = outline.pieces.flatMap((piece) => {
    const above = comments.of.get(piece) ?? {};
    if (piece.kind !== 'fence')
      return Object.keys(above).length === 0 ? [] : before(piece, above, page);
    const fence = fences.get(piece);
    const own = said.get(piece) ?? {};
    return fence === undefined ? [] : atFence(fence, { ...above, ...own }, page);
  });
  const types = steps.map(({ type }) => type);
  const says = misplacedFor(stepTypes);
  const defaults = Object.keys(frontmatter.defaults ?? {}).flatMap((word) =>
    steps.length === 0 || takes(word, types, stepTypes)
      ? []
      : [says(word, lineOf(['defaults', word]), 'no step of the page takes it', 'warning')],
  );
  return [...defaults, ...found];
}

function atFence(
  { block, expects, type }: ReadFence,
  words: Annotations,
  { steps, stepTypes }: ReadPage,
): readonly Diagnostic[] {
  if (block.annotations.ignore) return [];
  const says = misplacedFor(stepTypes);
  if (type === null && !expects)
    return Object.keys(words)
      .filter((word) => !ANYWHERE.has(word) && !takes(word, ['shown'], stepTypes))
      .map((word) => says(word, block.line, 'the fence is only shown', 'warning'));
  const place = expects ? 'output' : (type?.name ?? '');
  const step = steps.find(({ line }) => line === block.line);
  return atPlace(words, place, block.line, step, stepTypes);
}

function atPlace(
  words: Annotations,
  place: string,
  line: number,
  step: Step | undefined,
  stepTypes: readonly AnyStepType[],
): readonly Diagnostic[] {
  const says = misplacedFor(stepTypes);
  return Object.keys(words).flatMap((word) => {
    if (!takes(word, [place], stepTypes))
      return [says(word, line, `it stands at ${inWords(place, stepTypes)}`)];
    const { beside } = entryOf(word);
    if (beside !== undefined && step !== undefined && !Object.hasOwn(step.annotations, beside)) {
      const hint = `Write \`${beside}=\` beside it, or take it out.`;
      return [{ ...says(word, line, `nothing says \`${beside}=\``), hint }];
    }
    if (word !== 'holds' || step === undefined || hasCondition(step)) return [];
    const hint = 'Take it out; `when=` makes a condition.';
    return [{ ...says(word, line, 'the step stands under no condition'), hint }];
  });
}

const hasCondition = ({ condition, parts }: Step): boolean =>
  condition !== undefined || parts.some((part) => part.condition !== undefined);

/** A heading passes on what holds for all of its steps. */
const isOfOneStep = (word: string): boolean =>
  isAnnotation(word) && isOwn(word) && entryOf(word).at?.includes('heading') !== true;

/** Words of a comment before something that is no fence. */
function before(
  piece: Piece,
  words: Annotations,
  { steps, fences, outline, stepTypes }: ReadPage,
): readonly Diagnostic[] {
  const says = misplacedFor(stepTypes);
  if (words.ignore) {
    if (piece.kind !== 'paragraph' || !leadsToStep(piece, outline, fences)) return [];
    const word = words.run === false ? 'run' : 'ignore';
    const hint = 'Put the comment directly above the fence.';
    return [
      { ...says(word, piece.line, 'the fence below the sentence is run all the same'), hint },
    ];
  }
  const own = steps.filter(({ line }) => line >= piece.line && line <= piece.endLine);
  if (piece.kind === 'heading') {
    const procedure = outline.procedures.find(({ heading }) => heading === piece)?.procedure;
    const below = steps.filter(
      ({ line }) => line >= piece.line && line <= (procedure?.endLine ?? piece.line),
    );
    const types = [...below.map(({ type }) => type), 'heading'];
    const isStep = steps.some(({ line }) => line === piece.line);
    return Object.keys(words).flatMap((word) => {
      if (!isStep && isOfOneStep(word))
        return [says(word, piece.line, 'it is said of one step, and a heading holds several')];
      return takes(word, types, stepTypes)
        ? []
        : [says(word, piece.line, 'no step below the heading takes it')];
    });
  }
  if (piece.kind === 'item') {
    const places = fencesOf(outline, piece).flatMap((each) => {
      const fence = fences.get(each);
      return fence === undefined ? [] : [fence.expects ? 'output' : (fence.type?.name ?? 'shown')];
    });
    if (places.length > 0)
      return Object.keys(words).flatMap((word) =>
        takes(word, [...places, ...own.map(({ type }) => type)], stepTypes)
          ? []
          : [says(word, piece.line, 'no step of the item takes it')],
      );
  }
  const [step] = own;
  if (step !== undefined) return atPlace(words, step.type, piece.line, step, stepTypes);
  return Object.keys(words).flatMap((word) =>
    takes(word, [], stepTypes) && !isOfOneStep(word) && word !== 'tag'
      ? []
      : [says(word, piece.line, 'it stands before what is no step')],
  );
}

/** Whether a sentence stands directly above a fence that is a step. */
function leadsToStep(
  piece: Piece,
  { pieces }: Outline,
  fences: ReadonlyMap<FencePiece, ReadFence>,
): boolean {
  const next = pieces.slice(pieces.indexOf(piece) + 1).find(({ kind }) => kind !== 'html');
  const fence = next?.kind === 'fence' ? fences.get(next) : undefined;
  return fence != null && fence.type !== null && !fence.block.annotations.ignore;
}

const entryOf = (word: string): Word => (isAnnotation(word) ? ANNOTATIONS[word] : NOWHERE);
const NOWHERE: Word = { meaning: '', value: { kind: 'text' } };

/** Whether a word means something at one of the places, which are names of step types or stand beside the steps. */
function takes(
  word: string,
  places: readonly string[],
  stepTypes: readonly AnyStepType[],
): boolean {
  if (OF_THE_PAGE.has(word)) return true;
  const { at } = entryOf(word);
  return places.some((place) => {
    if (isBeside(place)) return at === undefined ? place === 'heading' : at.includes(place);
    const type = stepTypes.find(({ name }) => name === place);
    const taken = type?.takes ?? (type?.human ? BY_HAND : undefined);
    return at === undefined || taken === undefined || taken.some((group) => at.includes(group));
  });
}

/** What a type that says nothing of it takes, where a person carries its steps out: nothing of how a machine does. */
const BY_HAND: readonly WordGroup[] = ['doing'];

const BESIDE: Readonly<Record<PlaceBeside, string>> = {
  heading: 'a heading',
  output: 'expected output',
  shown: 'a fence that is only shown',
};

const isBeside = (place: string): place is PlaceBeside => Object.hasOwn(BESIDE, place);

/** A place as a sentence calls it. */
function inWords(place: string, stepTypes: readonly AnyStepType[]): string {
  if (isBeside(place)) return BESIDE[place];
  const type = stepTypes.find(({ name }) => name === place);
  return type?.called ?? `a step of the type \`${place}\``;
}

/** Where a word means something, such as "at commands or a query"; types that say nothing of it take every word. */
export function placesInWords({ at }: Pick<Word, 'at'>, stepTypes: readonly AnyStepType[]): string {
  if (at === undefined) return 'at every step';
  const types = stepTypes.filter(({ takes: taken }) => taken?.some((group) => at.includes(group)));
  const places = [...types.map(({ name }) => name), ...at.filter(isBeside)];
  return `at ${either(places.map((place) => inWords(place, stepTypes))).replaceAll('`', '')}`;
}

/** What is said of a word that stands where it means nothing. */
const misplacedFor =
  (stepTypes: readonly AnyStepType[]) =>
  (
    word: string,
    line: number,
    why: string,
    severity: Diagnostic['severity'] = 'error',
  ): Diagnostic => ({
    rule: 'annotation',
    severity,
    line,
    column: 1,
    message: `The annotation \`${word}\` means nothing here: ${why}.`,
    hint: `It belongs ${placesInWords(entryOf(word), stepTypes)}; see \`handrail help annotations ${word}\`.`,
    word,
  });
