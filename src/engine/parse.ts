import type { AnyStepType } from './contracts/step-type.ts';
import { capturesOf } from './inputs/captures.ts';
import { readInputs } from './inputs.ts';
import { withoutSecrets, withoutWritten } from './literal-secrets.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Frontmatter } from './model/frontmatter.ts';
import type { InputUse, Procedure, Runbook, SourceText, Step } from './model/runbook.ts';
import { readComments } from './reading/annotation-comments.ts';
import type { Judged } from './reading/classes/class.ts';
import { collectPieces } from './reading/collect-pieces.ts';
import { FenceReader } from './reading/fence-reader.ts';
import { readFrontmatter } from './reading/frontmatter-reader.ts';
import { readProcedures } from './reading/headings.ts';
import { kindOf } from './reading/kind.ts';
import { type LineReading, readLines } from './reading/lines.ts';
import { type Chunk, parseChunks } from './reading/markdown.ts';
import type { ReadPage } from './reading/misplaced-words.ts';
import type { Piece } from './reading/pieces.ts';
import { readStops, stepsWithoutSteps, unaskedStops } from './reading/read-stops.ts';
import { StepReader } from './reading/step-reader.ts';
import { inOrder, outlineOf } from './reading/surroundings.ts';
import { textDiagnostics } from './reading/text-diagnostics.ts';

/** What the reader needs besides the text. */
export interface ParseOptions {
  /** In order of detection. */
  readonly stepTypes: readonly AnyStepType[];
  /** Is handed the trees as they are read, for who needs more of them than steps. */
  readonly keep?: (chunk: Chunk) => void;
  /** Is told what every block was weighed to be, for who shows why. */
  readonly judged?: (judged: Judged) => void;
}

/**
 * Reads a runbook: procedures, typed steps, references, inputs, diagnostics. Pure but for loading
 * grammar and schemas when the text needs them. Wrong text gives diagnostics of severity `error`, on
 * which a run refuses. Throws RUNBOOK_REFUSED when the text cannot be read at all. Linear.
 */
export async function parse(source: SourceText, options: ParseOptions): Promise<Runbook> {
  const reading = readLines(source.text);
  const head = await readFrontmatter(reading.frontmatter);
  const { diagnostics: wrongFields } = head;
  const pieces = piecesOf(reading, options.keep);
  const headings = pieces.filter((piece) => piece.kind === 'heading');
  const procedures = readProcedures(headings, reading.nested, reading.lines.length);
  const outline = outlineOf(pieces, procedures, source.text, head.frontmatter.kind);
  const comments = await readComments(outline, reading.lines, reading.bodyStart);
  const frontmatter = withVariables(head.frontmatter, comments.variables);
  const defaults = { ...frontmatter.defaults, ...(frontmatter.infer ? { infer: true } : {}) };
  const fenceReader = new FenceReader(
    outline,
    comments,
    options.stepTypes,
    defaults,
    frontmatter,
    options.judged,
  );
  const fences = await fenceReader.readAll();
  const read = await new StepReader(
    outline,
    fences,
    comments,
    options.stepTypes,
    defaults,
    reading.lines,
    options.judged,
  ).read();
  const quotings = new Map(options.stepTypes.map(({ name, quoting }) => [name, quoting]));
  const { inputs, steps } = readInputs(
    read.steps,
    frontmatter,
    (type) => quotings.get(type) ?? 'none',
  );
  const known = procedures.map(({ procedure }, at) => {
    const timeoutMs = comments.limits[at];
    const condition = read.headed[at];
    return {
      ...procedure,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(condition === undefined ? {} : { condition }),
    };
  });
  const wrongWords = await wordsThatNameNothing(steps, inputs, frontmatter, known);
  const { said } = fenceReader;
  const isSaid = said.size > 0 || comments.of.size > 0 || frontmatter.defaults !== undefined;
  const misplaced = isSaid
    ? await misplacedWords({
        stepTypes: options.stepTypes,
        outline,
        fences,
        said,
        comments,
        steps,
        frontmatter,
        lineOf: head.lineOf,
      })
    : [];
  const page = { path: source.path, procedures: known, inputs, frontmatter, steps };
  const isNamed = frontmatter.schedule !== undefined || frontmatter['on-alert'] !== undefined;
  const wrongTimes = isNamed ? await scheduleThatNamesNothing(page, head.lineOf) : [];
  const readings = [
    ...readStops(pieces, known, steps, reading.lines, outline.languages),
    ...unaskedStops(read.unasked, known, steps, reading.lines),
  ];
  const diagnostics: readonly Diagnostic[] = [
    ...wrongFields,
    ...wrongTimes,
    ...reading.diagnostics,
    ...comments.diagnostics,
    ...fenceReader.diagnostics,
    ...read.diagnostics,
    ...stepsWithoutSteps(readings, known, steps).map(goneBy),
    ...wrongWords,
    ...misplaced,
    ...textDiagnostics(source, reading),
  ];
  return {
    path: source.path,
    folder: source.folder,
    title: withoutWritten(
      frontmatter.title ?? titleInToml(source.text) ?? titleOf(known, source.path),
    ),
    sha256: source.sha256,
    kind: frontmatter.kind ?? kindOf(known, steps),
    frontmatter,
    procedures: known,
    steps,
    references: read.references,
    readings,
    text: source.text,
    fences: reading.fences,
    openHtml: reading.openHtml,
    inputs,
    diagnostics: withoutSecrets(inOrder(diagnostics), steps, frontmatter),
  };
}

/** A person stops there; a run that nobody attends goes past it. */
function goneBy({ title, line }: Step): Diagnostic {
  return {
    rule: 'left-out',
    severity: 'info',
    line,
    column: 1,
    message: `“${title}” is counted among steps and holds none: a person reads it, an unattended run goes on without it.`,
    hint: 'Put what is to be done into a numbered list, a `- [ ]` or a fence that runs.',
  };
}

/** Variables of comments are inputs with a default, where the page declares none of that name. */
function withVariables(
  frontmatter: Frontmatter,
  variables: Readonly<Record<string, string>>,
): Frontmatter {
  const names = Object.keys(variables);
  if (names.length === 0) return frontmatter;
  const inputs = Object.fromEntries(
    names.map((name) => [name, { default: variables[name] ?? '' }]),
  );
  return { ...frontmatter, inputs: { ...inputs, ...frontmatter.inputs } };
}

const JUDGED = [
  'when',
  'capture',
  'connection',
  'cwd',
  'env',
  'host',
  'interpreter',
  'shell',
  'tag',
  'until',
  'on-fail',
  'each',
  'in',
  'name',
  'with',
] as const;

/** Judged only where such words stand: what judges them is loaded then. */
async function wordsThatNameNothing(
  steps: readonly Step[],
  inputs: readonly InputUse[],
  frontmatter: Frontmatter,
  procedures: readonly Procedure[],
): Promise<readonly Diagnostic[]> {
  const isSaid = ({ annotations }: Step): boolean =>
    JUDGED.some((word) => annotations[word] !== undefined);
  if (!steps.some(isSaid)) return [];
  const { judgeWords } = await import('./reading/judge-words.ts');
  return judgeWords(steps, inputs, new Set(steps.flatMap(capturesOf)), frontmatter, procedures);
}

async function misplacedWords(page: ReadPage): Promise<readonly Diagnostic[]> {
  const words = await import('./reading/misplaced-words.ts');
  return words.misplacedWords(page);
}

async function scheduleThatNamesNothing(
  page: Pick<Runbook, 'path' | 'procedures' | 'inputs' | 'frontmatter' | 'steps'>,
  lineOf: (path: readonly (string | number)[]) => number,
): Promise<readonly Diagnostic[]> {
  const { judgeSchedule } = await import('./reading/judge-schedule.ts');
  return judgeSchedule(page, lineOf);
}

function piecesOf(reading: LineReading, keep: ParseOptions['keep']): readonly Piece[] {
  const pieces: Piece[] = [];
  const { lines, bodyStart, cuts, definitions } = reading;
  for (const chunk of parseChunks(lines, bodyStart, cuts, definitions)) {
    const lastLine = chunk.firstLine + chunk.lineCount - 1;
    collectPieces(chunk.tree, chunk.firstLine - 1, lines, lastLine, pieces);
    keep?.(chunk);
  }
  return pieces;
}

/** The title in frontmatter that is TOML, as Hugo has it: nothing else in it is for us. */
function titleInToml(text: string): string | undefined {
  if (!/^\+\+\+[ \t]*\r?\n/.test(text)) return undefined;
  const end = text.indexOf('\n+++', 3);
  const found = /^title[ \t]*=[ \t]*(?:"([^"\n]+)"|'([^'\n]+)')/m.exec(
    text.slice(0, Math.max(end, 0)),
  );
  return found?.[1] ?? found?.[2];
}

function titleOf(procedures: readonly Procedure[], path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return procedures[0]?.title || name.replace(/\.(?:md|markdown|mdx|md\.erb)$/i, '');
}
