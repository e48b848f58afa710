import type { ElementContent } from 'hast';
import type { SiteRun } from '../../engine/contracts/site.ts';
import { commandAbout } from '../../engine/model/command-about.ts';
import { canGoOn, outcomeFacts } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { safeText } from '../../text/safe-text.ts';
import { element } from './element.ts';
import { incidentLink } from './incident-link.ts';
import { relativeTo } from './page-paths.ts';
import { exactMoment, link } from './pieces.ts';
import { said } from './said-words.ts';
import type { SiteView } from './view.ts';
import { stepAnchor } from './words.ts';

type Row = readonly [term: string, text: ElementContent | string | null];

/** What a run was about, who did it, and when each of its legs was. */
export function runSheet(
  { report, page: path }: SiteRun,
  page: string,
  view: SiteView,
): ElementContent {
  const { started } = report;
  const { who, runbook } = started;
  const target = path === null ? undefined : view.paths.byRunbook.get(path);
  const inputs = report.inputs.map(
    ({ name, secret, value }) => `${name}=${secret ? '(secret)' : safeText(value ?? '')}`,
  );
  const version = `sha256 ${runbook.sha256.slice(0, 16)}${runbook.commit ? `, commit ${runbook.commit.slice(0, 12)}${runbook.dirty ? ', with changes' : ''}` : ''}`;
  const rows: readonly Row[] = [
    [
      'Runbook',
      target === undefined
        ? runbook.path
        : link(encodeURI(relativeTo(page, target)), runbook.title),
    ],
    ['Procedure', started.procedures.map((id) => safeText(id)).join(', ') || null],
    ['Version', version],
    ['Who', safeText(`${who.user ?? 'unknown'} on ${who.host}${byWhat(who.trigger)}`)],
    ['Started', exactMoment(report.startedAt)],
    ...legs(report),
    ['Took', took(report)],
    ['Reason', safeText(started.reason ?? '') || null],
    ['Ticket', safeText(started.ticket ?? '') || null],
    ['Incident', started.incident ? incidentLink(started.incident, page, view) : null],
    ['Inputs', inputs.join(', ') || null],
    ['Run', element('code', {}, report.run)],
  ];
  const shown = rows.flatMap(([term, text]) =>
    text === null ? [] : [element('div', {}, element('dt', {}, term), element('dd', {}, text))],
  );
  return element('dl', { className: ['sheet'] }, ...shown);
}

/** A person's shell is what one expects; anything else is worth a word. */
function byWhat(trigger: string): string {
  return trigger === 'other' ? '' : `, by ${trigger}`;
}

function took({ durationMs, spanMs, attempts }: RunReport): string | null {
  if (durationMs === null) return null;
  const worked = formatDuration(durationMs);
  return attempts > 1 && spanMs !== null
    ? `${worked} of work in ${attempts} legs, ${formatDuration(spanMs)} from start to end`
    : worked;
}

/** Of a run that was gone on with: when it stopped and who took it up again. */
function legs(report: RunReport): readonly Row[] {
  if (report.resumes.length === 0) return [];
  const rows: Row[] = report.resumes.map(({ at, who, changed, attempt }) => {
    const left = leftAt(report, attempt - 1);
    return [
      'Resumed',
      element(
        'span',
        {},
        exactMoment(at),
        safeText(` by ${who.user ?? 'somebody'} on ${who.host}`),
        changed ? ', the runbook having changed' : '',
        ...(left === null ? [] : ['; left at ', exactMoment(left)]),
      ),
    ] as const;
  });
  return report.endedAt === null
    ? rows
    : [
        ...rows,
        [outcomeFacts(report.outcome).over ? 'Ended' : 'Left', exactMoment(report.endedAt)],
      ];
}

/** The last that is known of a leg. */
function leftAt({ steps }: RunReport, leg: number): string | null {
  const ends = steps.flatMap(({ attempts }) =>
    attempts.flatMap(({ attempt, finishedAt, startedAt }) =>
      attempt === leg ? [finishedAt ?? startedAt] : [],
    ),
  );
  return ends.toSorted().at(-1) ?? null;
}

/** What steps are called: by their titles, with the end of their ids where titles are the same. */
export function stepNames({ steps }: RunReport): ReadonlyMap<string, string> {
  const counts = Map.groupBy(steps, ({ title }) => title);
  return new Map(
    steps.map(({ id, title }) => {
      const isOne = (counts.get(title)?.length ?? 0) < 2;
      return [id, safeText(isOne ? title : `${title} (${id.slice(id.lastIndexOf('/') + 1)})`)];
    }),
  );
}

/** Why it stands as it does: what it waits for and how to go on, or which steps were no clean pass. */
export function runState(report: RunReport): ElementContent[] {
  const names = stepNames(report);
  const nameOf = (id: string): ElementContent => {
    const href = `#${encodeURIComponent(stepAnchor(id))}`;
    const name = names.get(id);
    return name === undefined ? element('code', {}, safeText(id)) : link(href, name);
  };
  const why =
    report.outcome === 'waiting' && report.waitingFor !== null
      ? ['It waits for ', nameOf(report.waitingFor.stepId), ': ', ...said(report.waitingFor.why)]
      : said(report.why ?? '');
  // Where the record of a published page is kept is nobody's business.
  const goOn = commandAbout('resume', report.run, null);
  return [
    ...(why.length === 0 ? [] : [element('p', { className: ['lead'] }, ...why)]),
    ...(report.exceptions.length === 0
      ? []
      : [
          element(
            'p',
            { className: ['lead'] },
            'Exceptions: ',
            ...report.exceptions.flatMap((id, at) => [...(at > 0 ? [', '] : []), nameOf(id)]),
          ),
        ]),
    ...(canGoOn(report)
      ? [element('p', { className: ['run-line'] }, element('code', {}, goOn))]
      : []),
  ];
}
