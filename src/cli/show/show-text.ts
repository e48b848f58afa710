import { ANNOTATIONS, isAnnotation } from '../../engine/model/annotations.ts';
import type { InputUse, Procedure, Runbook, Step } from '../../engine/model/runbook.ts';
import { chainOf, conditionWords, type StepCondition } from '../../engine/model/step-condition.ts';
import { foreseeWhen } from '../../engine/running/condition.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { diagnosticLines } from './diagnostic-lines.ts';

/** The outline of a runbook for a person: what is a step, of what type, with what effect, and why. */
export function showText(runbook: Runbook, style: Style): string {
  return [
    `${style('strong', screenLine(runbook.title))}  ${style('dim', screenLine(runbook.path))}`,
    summary(runbook),
    ...outline(runbook, style),
    ...inputs(runbook.inputs, style),
    ...referenceRows(runbook, style),
    ...findings(runbook, style),
    '',
    style('dim', `handrail run ${address(runbook)} --dry-run   says what would run`),
    '',
  ].join('\n');
}

function summary({ kind, steps, procedures, references }: Runbook): string {
  const types = new Map<string, number>();
  for (const { type } of steps) types.set(type, (types.get(type) ?? 0) + 1);
  const byType = [...types].map(([type, count]) => `${count} ${type}`).join(', ');
  const found = byType === '' ? 'no steps' : `${counted(steps.length, 'step')} (${byType})`;
  return `${kind}: ${counted(procedures.length, 'procedure')}, ${found}, ${counted(references.length, 'reference')}`;
}

type Defaults = readonly [
  values: Parameters<typeof foreseeWhen>[1],
  declared: Runbook['frontmatter']['inputs'],
];

/** Values that hold where nobody gives another one. */
function defaultsOf({ frontmatter }: Runbook): Defaults {
  const declared = Object.entries(frontmatter.inputs ?? {});
  const known = declared.flatMap(([name, declaration]) =>
    declaration?.default === undefined ? [] : [[name, String(declaration.default)] as const],
  );
  const values = new Map(
    known.map(([name, value]) => [name, { name, value, secret: false, source: 'default' }]),
  );
  return [values, frontmatter.inputs];
}

function whenWords({ annotations: { when } }: Step, defaults: Defaults): string {
  if (when === undefined) return '';
  const foreseen = foreseeWhen(when, ...defaults);
  return `when ${screenLine(when)} (${foreseen === 'unknown' ? 'not yet known' : `${foreseen} with the defaults`})`;
}

function outline(runbook: Runbook, style: Style): string[] {
  const { procedures, steps } = runbook;
  const defaults = defaultsOf(runbook);
  const byProcedure = Map.groupBy(steps, ({ procedure }) => procedure);
  const linesOf = (id: string): string[] =>
    (byProcedure.get(id) ?? []).flatMap((step) => stepLines(step, style, defaults));
  const below = procedures.flatMap((procedure) => [
    '',
    heading(procedure, style),
    ...linesOf(procedure.id),
  ]);
  return [...linesOf(''), ...below];
}

function heading(procedure: Procedure, style: Style): string {
  const { level, title, id, role, budgetMs, timeOfDay, severity, nested } = procedure;
  const facts = [
    role,
    severity,
    timeOfDay && `at ${timeOfDay}`,
    budgetMs === null ? null : `within ${formatDuration(budgetMs)}`,
    nested ? 'in a markdown fence' : null,
  ].filter((fact) => fact !== null && fact !== '');
  const more = facts.length === 0 ? '' : `  ${style('note', facts.join(', '))}`;
  return `${style('strong', `${'#'.repeat(level)} ${screenLine(title)}`)}  ${style('dim', `#${id}`)}${more}`;
}

function stepLines(step: Step, style: Style, defaults: Defaults): string[] {
  const tone = step.effect === 'destroys' ? 'bad' : step.effect === 'writes' ? 'careful' : 'good';
  const effectWhy = step.effectWhy === '' ? '' : ` (${screenLine(step.effectWhy)})`;
  const notes = [
    `${screenLine(step.why)}${step.inferred ? ', inferred' : ''}`,
    step.doubtful
      ? `doubtful: ${screenLine(step.doubtful.as)}, but ${screenLine(step.doubtful.or)}`
      : '',
    step.inputs.length > 0 ? `inputs ${step.inputs.map(screenLine).join(', ')}` : '',
    step.expectation ? `expects line ${step.expectation.line}` : '',
    step.parts.length > 0 ? counted(step.parts.length, 'part') : '',
    ...conditionNotes(step),
    annotationWords(step),
    whenWords(step, defaults),
  ].filter((note) => note !== '');
  return [
    `  ${String(step.line).padStart(5)}  ${step.type.padEnd(9)} ${style(tone, step.effect.padEnd(8))} ${screenLine(step.title)}`,
    style('dim', `         ${screenLine(step.id)}: ${notes.join('; ')}${effectWhy}`),
  ];
}

/** Under what it is done: each condition around it and in it, with what stands beside it as an alternative. */
function conditionNotes({ condition, parts }: Step): readonly string[] {
  const said = (one: StepCondition): string => {
    const [words, text] = conditionWords(one);
    return `${one.group === undefined ? words : 'one of several'}: ${screenLine(text)}`;
  };
  return [
    ...chainOf(condition).map(said),
    ...parts.flatMap((part, at) =>
      part.condition ? [`part ${at + 1} ${said(part.condition)}`] : [],
    ),
  ];
}

const isDuration = (word: string): boolean =>
  isAnnotation(word) && ANNOTATIONS[word].value.kind === 'duration';
/** Said by other words of the line. */
const SAID = new Set(['name', 'title', 'effect', 'when']);

function annotationWords({ annotations }: Step): string {
  const words = Object.entries(annotations)
    .filter(([key]) => !SAID.has(key))
    .map(([key, value]) => {
      if (value === true) return key;
      if (Array.isArray(value)) return `${key} ${value.join(',')}`;
      if (typeof value === 'object')
        return Object.entries(value)
          .map(([name, said]) => `${key}.${name} ${said}`)
          .join(', ');
      return `${key} ${isDuration(key) ? formatDuration(Number(value)) : value}`;
    });
  return words.map((word) => screenLine(word)).join(', ');
}

function inputs(uses: readonly InputUse[], style: Style): string[] {
  if (uses.length === 0) return [];
  const rows = uses.map(({ name, spelling, lines, declared, secret, bound }) => {
    const facts = [
      declared ? 'declared' : 'found in the text',
      secret ? 'secret' : '',
      bound === null ? style('careful', 'not bound') : `from ${screenLine(bound)}`,
      lines.length === 0 ? '' : `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`,
    ].filter((fact) => fact !== '');
    return `  ${screenLine(name)}  ${style('dim', screenLine(spelling))}  ${facts.join(', ')}`;
  });
  return ['', style('strong', 'Inputs'), ...rows];
}

function referenceRows({ references: found }: Runbook, style: Style): string[] {
  if (found.length === 0) return [];
  const rows = found.map(
    ({ line, language, why }) =>
      `  ${String(line).padStart(5)}  ${screenLine(language ?? 'untagged').padEnd(12)} ${style('dim', screenLine(why))}`,
  );
  return ['', style('strong', 'References, never run'), ...rows];
}

function findings({ diagnostics }: Runbook, style: Style): string[] {
  if (diagnostics.length === 0) return [];
  return ['', style('strong', 'Findings'), ...diagnosticLines(diagnostics, style)];
}

function address({ path }: Runbook): string {
  return /\s/.test(path) ? `'${path}'` : screenLine(path);
}
