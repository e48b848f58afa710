import type { ElementContent } from 'hast';
import type { SiteRun } from '../../engine/contracts/site.ts';
import type { AttemptReport, Remark, StepReport } from '../../engine/model/report.ts';
import { decidedWords } from '../../engine/model/step-condition.ts';
import { formatDuration } from '../../text/duration.ts';
import { safeText, visibleText } from '../../text/safe-text.ts';
import { OUTCOME_WORDS } from '../formats/outcome-words.ts';
import { element } from './element.ts';
import { written } from './hypertext.ts';
import { incidentLink } from './incident-link.ts';
import { leftOutNotes } from './left-out.ts';
import { relativeTo } from './page-paths.ts';
import { exactMoment, moment, outcomeBadge, runBadge, table, withWholeDates } from './pieces.ts';
import { runPath } from './places.ts';
import { runSheet, runState, stepNames } from './run-head.ts';
import { said } from './said-words.ts';
import type { PageView, SiteView } from './view.ts';
import { stepAnchor } from './words.ts';

/** Pages of runs, and the list of them. */
export async function runPages(view: SiteView): Promise<readonly PageView[]> {
  const pages: PageView[] = [listPage(view)];
  for (const run of view.subject.runs) pages.push(await runPage(run, view));
  return pages;
}

function listPage(view: SiteView): PageView {
  const { subject } = view;
  const page = '_/runs.html';
  const rows = subject.runs.map(({ report, verdict }) => [
    element('a', { href: relativeTo(page, runPath(report.run)) }, moment(report.startedAt)),
    safeText(report.started.runbook.title),
    runBadge(report),
    report.started.who.user ?? '',
    incidentLink(report.started.incident, page, view),
    report.durationMs === null ? '' : formatDuration(report.durationMs),
    verdict.sound ? 'sound' : verdict.message,
  ]);
  const content = written([
    element('h1', {}, 'Runs'),
    ...leftOutNotes(subject),
    rows.length === 0
      ? element('p', {}, subject.leftOut ? 'No run to be shown.' : 'Nothing has been run yet.')
      : table(
          'Runs, newest first',
          ['When', 'Runbook', 'Outcome', 'Who', 'Incident', 'Took', 'Record'],
          rows,
        ),
  ]);
  return { page, title: 'Runs', kind: 'index', content };
}

async function runPage(run: SiteRun, view: SiteView): Promise<PageView> {
  const { report, verdict } = run;
  const page = runPath(report.run);
  const title = titleOf(run);
  const names = stepNames(report);
  const steps: ElementContent[] = [];
  for (const step of report.steps)
    steps.push(...(await stepOf(step, names.get(step.id) ?? '', run, page, view)));
  const content = written([
    element('h1', {}, ...withWholeDates(title)),
    element(
      'p',
      { className: ['facts'] },
      runBadge(report),
      element(
        'span',
        { className: verdict.sound ? ['outcome', 'good'] : ['outcome', 'bad'] },
        `Record: ${verdict.message}`,
      ),
    ),
    runSheet(run, page, view),
    ...runState(report),
    ...remarks(report.remarks),
    element('h2', { id: 'steps' }, 'What ran'),
    ...(steps.length > 0 ? steps : [element('p', {}, 'No step was planned.')]),
  ]);
  const all = view.subject.runs;
  const at = all.indexOf(run);
  const neighbour = (index: number) => {
    const other = all[index];
    return other && { page: runPath(other.report.run), title: titleOf(other) };
  };
  const toc = contents(run);
  return {
    page,
    title,
    kind: 'run',
    content,
    toc,
    before: neighbour(at + 1),
    after: neighbour(at - 1),
  };
}

function titleOf({ report }: SiteRun): string {
  const at = report.startedAt;
  return `${report.started.runbook.title}, ${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** What is on the page of a run: its steps, with how they came out where that is no pass. */
function contents({ report }: SiteRun): NonNullable<PageView['toc']> {
  const words = wordsSaid(report.remarks);
  const names = stepNames(report);
  return [
    ...(words.length > 0 ? [{ id: 'remarks', text: REMARKS, depth: 2 }] : []),
    { id: 'steps', text: 'What ran', depth: 2 },
    ...report.steps.map(({ id, outcome }) => ({
      id: stepAnchor(id),
      text: `${names.get(id)}${outcome === 'passed' || outcome === null ? '' : `: ${OUTCOME_WORDS[outcome].toLowerCase()}`}`,
      depth: 3,
    })),
  ];
}

async function stepOf(
  step: StepReport,
  title: string,
  run: SiteRun,
  page: string,
  view: SiteView,
): Promise<readonly ElementContent[]> {
  const { report } = run;
  const target = run.page === null ? undefined : view.paths.byRunbook.get(run.page);
  const attempts: ElementContent[] = [];
  for (const attempt of step.attempts) attempts.push(...(await attemptOf(attempt, title, run)));
  const why = [
    step.attempts.some((attempt) => attempt.why === step.why) ? null : step.why,
    step.note,
    step.resolution &&
      `${step.resolution.outcome} according to ${step.resolution.by}: ${step.resolution.why}`,
  ].filter(Boolean);
  return [
    element(
      'section',
      { className: ['ran'] },
      element(
        'h3',
        { id: stepAnchor(step.id) },
        target === undefined
          ? title
          : element(
              'a',
              {
                href: `${encodeURI(relativeTo(page, target))}#${encodeURIComponent(stepAnchor(step.id))}`,
              },
              title,
            ),
      ),
      element(
        'p',
        { className: ['facts'] },
        step.id === report.waitingFor?.stepId &&
          step.outcome === null &&
          report.outcome === 'waiting'
          ? outcomeBadge('waiting')
          : outcomeBadge(step.outcome),
        element('span', { className: ['step-type'] }, step.type),
        step.by === null ? null : element('span', {}, `by ${safeText(step.by)}`),
        step.at === null ? null : exactMoment(step.at),
      ),
      ...why.map((text) => element('p', {}, ...said(String(text)))),
      ...attempts,
    ),
  ];
}

async function attemptOf(
  attempt: AttemptReport,
  title: string,
  run: SiteRun,
): Promise<readonly ElementContent[]> {
  const facts = [
    attempt.probe ? 'probe' : null,
    attempt.try > 1 ? `try ${attempt.try}` : null,
    attempt.exitCode === null ? null : `exit ${attempt.exitCode}`,
    attempt.signal,
    attempt.durationMs === null ? null : formatDuration(attempt.durationMs),
  ].filter((fact) => fact !== null);
  const region = (label: string) => ({
    tabIndex: 0,
    role: 'group',
    ariaLabel: `${label} of ${title}, try ${attempt.try}${attempt.probe ? ', probe' : ''}`,
  });
  const output = attempt.output && (await run.output(attempt.output.path));
  return [
    attempt.text === ''
      ? element('p', {}, facts.join(', '))
      : element('pre', region('Command'), element('code', {}, visibleText(attempt.text))),
    ...(attempt.text === '' ? [] : [element('p', { className: ['small'] }, facts.join(', '))]),
    ...(attempt.why === null ? [] : [element('p', {}, ...said(attempt.why))]),
    ...attempt.expectations
      .filter(({ passed }) => !passed)
      .map(({ detail }) =>
        element('pre', region('Expected against got'), element('code', {}, safeText(detail))),
      ),
    ...(output && output.bytes > 0 && attempt.output
      ? [
          element(
            'details',
            {},
            element('summary', {}, `Output, ${output.bytes} bytes`),
            element('pre', region('Output'), element('code', {}, outputText(output))),
            element(
              'p',
              { className: ['small'] },
              `${attempt.output.path}, sha256 ${attempt.output.sha256}`,
            ),
          ),
        ]
      : []),
  ];
}

function outputText({
  head: first,
  tail,
  bytes,
}: NonNullable<Awaited<ReturnType<SiteRun['output']>>>): string {
  const decoder = new TextDecoder();
  const start = safeText(decoder.decode(first));
  if (bytes <= first.length) return start;
  const left = bytes - first.length - tail.length;
  return left > 0
    ? `${start}\n… ${left} bytes …\n${safeText(decoder.decode(tail))}`
    : start + safeText(decoder.decode(tail.subarray(tail.length - (bytes - first.length))));
}

const REMARKS = 'Notes, approvals and deviations';

function remarks(all: readonly Remark[]): ElementContent[] {
  const items = wordsSaid(all).map(({ at, text }) =>
    element('li', {}, exactMoment(at), ' ', ...said(text)),
  );
  return items.length === 0
    ? []
    : [element('h2', { id: 'remarks' }, REMARKS), element('ul', {}, ...items)];
}

function wordsSaid(all: readonly Remark[]): readonly { at: string; text: string }[] {
  return all.flatMap(({ at, event }) => {
    const text = wordsOf(event);
    return text === null ? [] : [{ at, text }];
  });
}

function wordsOf(event: Remark['event']): string | null {
  switch (event.type) {
    case 'note.added':
      return `${event.by}: ${event.milestone ? `${event.milestone}: ` : ''}${event.text}`;
    case 'deviation.recorded':
      return `${event.by} departed from the runbook: ${event.what}${event.why ? ` (${event.why})` : ''}`;
    case 'approval.granted':
      return `${event.by} approved ${event.stepId ?? 'the request'}: ${event.how}`;
    case 'approval.refused':
      return `the word of ${event.by} did not count: ${event.why}`;
    case 'request.received':
      return `${event.by} asked for this run, signed with ${event.key}`;
    case 'cancel.received':
      return `${event.by} cancelled it: ${event.why}`;
    case 'condition.decided':
      return `${event.by}: ${event.text}: ${decidedWords(event)} (${event.why})`;
    default:
      return null;
  }
}
