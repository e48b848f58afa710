import type { Code, Nodes } from 'mdast';
import {
  declaredSecrets,
  isWordLike,
  MIN_LENGTH,
  writtenIn,
  writtenSecrets,
} from './literal-secrets.ts';
import type { RunReport, StepReport } from './model/report.ts';
import type { Runbook, Step } from './model/runbook.ts';
import { maskedBehind, maskedWord, masker } from './redacting/searcher.ts';

/** Puts masks into what is shown of a page. */
interface PageMask {
  /** What stands anywhere: what may as well be a word stays. */
  readonly masked: (text: string) => string;
  /** Lines of the page, of which so many stand above: what may as well be a word is masked where it is given. */
  readonly shown: (text: string, above: number) => string;
}

/** What may as well be a word ("root") is masked only on lines that give it as a secret; every line stays a line. */
function pageMask(worth: readonly WrittenPiece[]): PageMask {
  const here = Map.groupBy(worth, ({ line }) => line);
  const everywhere = new Set(worth.map(({ value }) => value).filter((value) => !isWordLike(value)));
  const masked = masker([...everywhere]);
  return {
    masked,
    shown: (text, above) =>
      masked(text)
        .split('\n')
        .map((line, at) => maskedHere(line, here.get(above + at) ?? []))
        .join('\n'),
  };
}

/** A page and what is told of its run as a record shows them: what is written into its steps and words is masked wherever it stands. */
export function recordWithoutSecrets(
  record: RecordToShow,
  worth: readonly WrittenPiece[],
): RecordToShow & { readonly masked: (text: string) => string } {
  if (worth.length === 0) return { ...record, masked: (text) => text };
  const { source, runbook, report } = record;
  const { masked, shown } = pageMask(worth);
  const byLine = new Map(runbook.steps.map((step) => [step.line, step]));
  const told = toldBy(masked);
  const ran = (step: StepReport): StepReport => ({
    ...told(step),
    attempts: step.attempts.map((attempt) => {
      const { textLine, text } = byLine.get(step.line) ?? { textLine: 1, text: '' };
      // What ran of a part of a fence begins where that part does.
      const part = text.slice(0, Math.max(0, text.indexOf(attempt.text)));
      return {
        ...told(attempt),
        text: shown(attempt.text, textLine - 1 + part.split('\n').length - 1),
      };
    }),
  });
  return {
    source: shown(source, 0),
    runbook: { ...runbook, steps: runbook.steps.map(stepBy(shown)) },
    report: { ...told(report), steps: report.steps.map(ran) },
    masked,
  };
}

const stepBy =
  (shown: PageMask['shown']) =>
  (step: Step): Step => ({ ...step, text: shown(step.text, step.textLine - 1) });

/**
 * A page as it is shown to whoever cannot see the page itself (a site, a program): its steps and whatever else is said of
 * them. Ids stay: none is made of a secret.
 */
export function pageWithoutSecrets(runbook: Runbook): Runbook & { readonly mask: PageMask | null } {
  const worth = writtenPieces({ source: runbook.text, runbook });
  if (worth.length === 0) return { ...runbook, mask: null };
  const mask = pageMask(worth);
  const said = everyText(mask.masked);
  const { frontmatter, diagnostics, steps, references } = runbook;
  return {
    ...runbook,
    title: mask.masked(runbook.title),
    frontmatter: said(frontmatter),
    diagnostics: said(diagnostics),
    references: said(references),
    steps: steps.map(stepBy(mask.shown)).map((step) => {
      const { title, label, why, expectation, annotations, condition, parts } = step;
      const shown = said({ title, label, why, expectation, annotations, parts });
      return {
        ...step,
        ...shown,
        ...(condition === undefined ? {} : { condition: said(condition) }),
      };
    }),
    mask,
  };
}

/** The words of a tree that was read from the page, masked in their places. */
export function maskTree(node: Nodes, mask: PageMask): void {
  const above = (node.position?.start.line ?? 1) - 1;
  // The text of a fence begins below its first line; that of an indented one does not.
  const fence = node.type === 'code' && node.position ? linesOf(node) : 0;
  for (const key of SHOWN_OF_NODES) {
    const text: unknown = Reflect.get(node, key);
    if (typeof text === 'string')
      Reflect.set(node, key, mask.shown(text, above + (key === 'value' ? fence : 0)));
  }
  if ('children' in node) for (const child of node.children) maskTree(child, mask);
}

const SHOWN_OF_NODES = ['value', 'url', 'title', 'alt', 'meta'] as const;

/** How many lines of a fence stand above its text. */
const linesOf = ({ position, value }: Code): number =>
  position && position.end.line - position.start.line + 1 > value.split('\n').length ? 1 : 0;

/** Where a run tells in words; what is looked up, compared or counted (ids, files, times, hashes) stays as it is. */
const IN_WORDS: ReadonlySet<string> = new Set([
  ...[
    'title',
    'why',
    'note',
    'text',
    'detail',
    'message',
    'hint',
    'reason',
    'warnings',
    'facts',
    'body',
  ],
]);

/** Everything that is told in words, at any depth. */
export const toldBy = (masked: (text: string) => string): (<Told>(told: Told) => Told) =>
  textsBy(masked, false);

/** Whatever is text, at any depth: nothing of it is looked up or compared. */
export const everyText = (masked: (text: string) => string): (<Told>(told: Told) => Told) =>
  textsBy(masked, true);

function textsBy(masked: (text: string) => string, all: boolean): <Told>(told: Told) => Told {
  const each = (told: unknown, isSaid: boolean): unknown => {
    if (typeof told === 'string') return isSaid ? masked(told) : told;
    if (Array.isArray(told)) return told.map((one) => each(one, isSaid));
    if (typeof told !== 'object' || told === null) return told;
    const within = Object.entries(told).map(([key, value]) => [
      key,
      each(value, isSaid || IN_WORDS.has(key)),
    ]);
    return Object.fromEntries(within);
  };
  return <Told>(told: Told) => each(told, all) as Told;
}

/** A line of a secret that an author wrote, and where it stands in the page. */
export interface WrittenPiece {
  readonly value: string;
  readonly line: number;
  /** What stands right before it there, or may. */
  readonly behind: readonly string[];
}

/** What a record does not show of a page. It hangs on the page alone, and asks what is known of all programs. */
export function writtenPieces({ source, runbook }: PageToShow): readonly WrittenPiece[] {
  const own = runbook.steps.flatMap((step) =>
    writtenSecrets(step).map((one) => ({ ...one, line: step.textLine - 1 + one.line })),
  );
  return [...own, ...writtenIn(source), ...declaredPieces({ source, runbook })]
    .flatMap(({ value, line, behind }) =>
      value.split('\n').map((piece, at) => ({ value: piece.trim(), line: line + at, behind })),
    )
    .filter(({ value }) => value.length >= MIN_LENGTH);
}

/** Values that the frontmatter gives to inputs that are secret, where they stand there. */
function declaredPieces({ source, runbook }: PageToShow): readonly WrittenPiece[] {
  const lines = source.split('\n');
  const end = lines.indexOf('---', 1);
  return declaredSecrets(runbook.frontmatter).flatMap((value) =>
    lines
      .slice(0, end)
      .flatMap((text, line) => (text.includes(value) ? [{ value, line, behind: [] }] : [])),
  );
}

interface RecordToShow extends PageToShow {
  readonly report: RunReport;
}

export interface PageToShow {
  readonly source: string;
  readonly runbook: Runbook;
}

/** What may as well be a word, where it is given; where nothing says so on the line, wherever it stands there on its own. */
function maskedHere(line: string, pieces: readonly WrittenPiece[]): string {
  const words = Map.groupBy(
    pieces.filter(({ value }) => isWordLike(value)),
    ({ value }) => value,
  );
  return [...words].reduce((shown, [value, given]) => {
    const behind = given.flatMap((one) => one.behind);
    const { masked } = maskedBehind(shown, value, behind);
    // What a run keeps of a command is masked where it was given.
    const isDone = masked !== shown || behind.some((before) => shown.includes(`${before}***`));
    return isDone ? masked : maskedWord(shown, value);
  }, line);
}
