import path from 'node:path';
import { carriedOutBy } from '../../engine/model/effect.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { canGoOn } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Procedure, Runbook, Step } from '../../engine/model/runbook.ts';
import { formatDuration } from '../../text/duration.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { reports } from '../last-runs.ts';
import { counted } from '../progress/words.ts';
import type { ListRow } from '../walkthrough/list-board.ts';
import type { LeftProposal } from './proposals.ts';

/** What a person can begin with: a run that goes on, or a runbook, or one of its procedures. */
export type Choice =
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'runbook'; readonly path: string; readonly procedure: string | null }
  | { readonly kind: 'proposal'; readonly proposal: LeftProposal };

/** What the choosing screen says of one procedure. Plain data: kept from one time to the next. */
interface ProcedureFacts {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly steps: number;
  readonly words: string;
  readonly inputs: readonly string[];
  readonly isEmergency: boolean;
}

interface PageFacts {
  readonly title: string;
  readonly kind: Runbook['kind'];
  readonly all: ProcedureFacts;
  readonly procedures: readonly ProcedureFacts[];
}

const MOST_FILES = 500;
const MOST_RUNS = 60;

/** What a run carries out: the procedures of a manual by their ids, else the page. */
function whatItIs({ procedures, runbook }: RunReport['started']): string {
  const [first] = procedures;
  if (first === undefined) return runbook.title;
  const more = procedures.length > 1 ? ` and ${procedures.length - 1} more` : '';
  return `${first}${more}, ${runbook.title}`;
}

/** Runs that wait or failed, newest first, as lines to choose from. */
export function runRows(found: readonly RunReport[], nowMs: number): readonly ListRow<Choice>[] {
  const open = found.filter(canGoOn);
  const longest = Math.max(0, ...open.map(({ outcome }) => outcome.length));
  return open.map((report) => {
    const done = report.steps.filter(({ outcome }) => outcome !== null).length;
    const by = report.started.who.user ?? '';
    const ago = formatDuration(Math.max(0, nowMs - Date.parse(report.lastEventAt)));
    const why = report.waitingFor?.why ?? report.why ?? '';
    return {
      value: { kind: 'run', run: report.run },
      mark: '',
      markWidth: 0,
      text: `${report.outcome.padEnd(longest)}  ${whatItIs(report.started)}, run ${report.run.slice(0, 8)}`,
      aside: [`${done} of ${report.steps.length}`, by, `${ago} ago`]
        .filter((word) => word !== '')
        .join('  '),
      about: [
        `${report.started.runbook.path}, begun ${report.startedAt.slice(0, 16).replace('T', ' ')}`,
        ...(why === '' ? [] : [why]),
      ],
    };
  });
}

/** What agents left for a person to start. */
export function proposalRows(
  proposals: readonly LeftProposal[],
  cwd: string,
  nowMs: number,
): readonly ListRow<Choice>[] {
  return proposals.map((proposal) => ({
    value: { kind: 'proposal', proposal },
    mark: '',
    markWidth: 0,
    text: path.relative(cwd, proposal.target),
    aside: `${counted(proposal.steps, 'step')}  ${formatDuration(Math.max(0, nowMs - Date.parse(proposal.at)))} ago`,
    about: [`an agent asks for it: ${proposal.reason}`],
  }));
}

/** Reports of the newest runs; those that cannot be read are left out. */
export async function newestReports(context: CliContext): Promise<readonly RunReport[]> {
  const found: RunReport[] = [];
  for await (const report of reports(context, MOST_RUNS)) found.push(report);
  return found;
}

/** Everything below the current folder that has a step: emergencies first, then page by page. */
export async function runbookRows(
  context: CliContext,
  found: readonly RunReport[],
): Promise<readonly ListRow<Choice>[]> {
  const files = (await markdownFiles(context.cwd)).slice(0, MOST_FILES);
  const pages: (readonly [string, PageFacts])[] = [];
  for (const file of files) {
    const facts = await factsOf(file, context);
    if (facts !== undefined && facts.all.steps > 0)
      pages.push([path.relative(context.cwd, file), facts]);
  }
  const emergencies = pages.flatMap(([file, facts]) =>
    facts.procedures
      .filter(({ isEmergency }) => isEmergency)
      .map((one) => procedureRow(file, one, 0, found, ` (${facts.title})`)),
  );
  const all = pages.flatMap(([file, facts]) => pageRows(file, facts, found));
  return emergencies.length === 0 ? all : [heading('EMERGENCY'), ...emergencies, ...all];
}

/** The procedures of one runbook as a tree. */
export function procedureRows(
  file: string,
  runbook: Runbook,
  found: readonly RunReport[],
): readonly ListRow<Choice>[] {
  return pageOf(runbook).procedures.map((one) => procedureRow(file, one, one.depth, found));
}

/** A line between others that cannot be chosen. */
export const heading = (text: string): ListRow<Choice> => ({
  value: null,
  mark: '',
  markWidth: 0,
  text,
  aside: '',
});

async function factsOf(file: string, { env }: CliContext): Promise<PageFacts | undefined> {
  const { derivedFromPage } = await import('../../host/read-page.ts');
  try {
    return await derivedFromPage(file, 'choices', pageOf, env);
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

function pageOf(runbook: Runbook): PageFacts {
  const top = Math.min(...runbook.procedures.map(({ level }) => level));
  const facts = (procedure: Procedure): ProcedureFacts => {
    const under = runbook.steps.filter(
      ({ line }) => line >= procedure.line && line <= procedure.endLine,
    );
    return {
      id: procedure.id,
      title: toldApart(procedure, runbook.procedures),
      depth: Math.max(0, procedure.level - top - 1),
      ...tally(under),
      isEmergency: EMERGENCY.test(procedure.title) && procedure.level <= top + 2,
    };
  };
  const all: ProcedureFacts = {
    id: '',
    title: runbook.title,
    depth: 0,
    ...tally(runbook.steps),
    isEmergency: false,
  };
  const procedures = runbook.procedures
    .filter(({ level, role }) => level > top && role !== 'rollback' && role !== 'cleanup')
    .map(facts)
    .filter(({ steps }) => steps > 0);
  return { title: runbook.title, kind: runbook.kind, all, procedures };
}

/** A title that other procedures have too, with the heading above it, or its line where that is the same as well. */
function toldApart(procedure: Procedure, all: readonly Procedure[]): string {
  const above = (below: Procedure): string | undefined =>
    all.findLast(
      (one) => one.line < below.line && one.endLine >= below.line && one.level < below.level,
    )?.title;
  const { title, line } = procedure;
  const others = all.filter((one) => one !== procedure && one.title === title);
  if (others.length === 0) return title;
  const own = above(procedure);
  const isTold = own !== undefined && others.every((one) => above(one) !== own);
  return `${title} (${isTold ? own : `line ${line}`})`;
}

/** Headings that people look for when something is down. */
const EMERGENCY =
  /\b(?:emergenc(?:y|ies)|outages?|incidents?|(?:is|are|system|service|site|database|server) down|failures?|disasters?|breach(?:es)?|sev-?[01]|p[01])\b/i;

function tally(steps: readonly Step[]): Pick<ProcedureFacts, 'steps' | 'words' | 'inputs'> {
  const count = (has: (step: Step) => boolean): number => steps.filter(has).length;
  const kinds: readonly (readonly [number, string])[] = [
    [count(({ effect }) => effect === 'writes'), 'write'],
    [count(({ effect }) => effect === 'destroys'), 'destroy'],
    [count(({ effect }) => carriedOutBy(effect) === 'person'), 'by hand'],
    [count(({ condition }) => condition !== null && condition !== undefined), 'if'],
  ];
  const words = kinds.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  return {
    steps: steps.length,
    words: words.length === 0 ? 'only reads' : words.join(', '),
    inputs: [...new Set(steps.flatMap(({ inputs }) => inputs))],
  };
}

function pageRows(
  file: string,
  { title, kind, all, procedures }: PageFacts,
  found: readonly RunReport[],
): readonly ListRow<Choice>[] {
  if (kind === 'runbook')
    return [procedureRow(file, { ...all, title: `${title}  ${file}` }, 0, found)];
  return [
    heading(`${title}  ${file}`),
    ...procedures.map((one) => procedureRow(file, one, one.depth + 1, found)),
  ];
}

function procedureRow(
  file: string,
  facts: ProcedureFacts,
  depth: number,
  found: readonly RunReport[],
  behind = '',
): ListRow<Choice> {
  const last = found.find(
    ({ started }) =>
      path.basename(started.runbook.path) === path.basename(file) &&
      (facts.id === '' || started.procedures.length === 0 || started.procedures.includes(facts.id)),
  );
  const carried =
    last === undefined
      ? 'never carried out'
      : `last run ${last.startedAt.slice(0, 10)} by ${last.started.who.user ?? '?'}: ${last.outcome}`;
  return {
    value: { kind: 'runbook', path: file, procedure: facts.id === '' ? null : facts.id },
    mark: '',
    markWidth: 0,
    text: `${'  '.repeat(depth)}${facts.title}${behind}`,
    aside: `${counted(facts.steps, 'step')}  ${facts.words}`,
    about: [
      `${file}${facts.id === '' ? '' : `#${facts.id}`}`,
      carried,
      ...(facts.inputs.length === 0 ? [] : [`needs: ${facts.inputs.join(', ')}`]),
    ],
  };
}
