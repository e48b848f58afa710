import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT, saidOutcome } from '../../engine/model/outcome.ts';
import { isTeamUrl } from '../../stores/team/connection.ts';
import { formatDuration, parseDuration } from '../../text/duration.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { alteredText } from '../last-runs.ts';
import { openStore } from '../open-store.ts';
import { type RunSummary, summaries } from '../run-summaries.ts';
import { findScheduled } from '../schedules/find-scheduled.ts';
import type { Scheduled } from '../schedules/scheduled.ts';
import { screenLine } from '../screen/safe-text.ts';
import { jsonOption, ofTeamOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'status',
  aside: true,
  summary: 'whether every scheduled run that was due came and passed',
  arguments: [
    {
      name: 'PATH',
      completes: 'folder',
      summary: 'a folder or a runbook, this folder by default',
    },
  ],
  options: [
    ofTeamOption,
    { name: 'expect', summary: 'exit 1 when one failed, 4 when one is missing' },
    { name: 'grace', value: 'TIME', summary: 'how late a run may be (default: 10m)' },
    jsonOption,
  ],
  examples: [['handrail status /srv/runbooks --expect', 'for monitoring']],
};

const DEFAULT_GRACE_MS = 10 * 60_000;

/** How one scheduled entry stands. */
interface Standing {
  readonly entry: Scheduled;
  readonly due: string | null;
  readonly state:
    | 'good'
    | 'missed'
    | 'failed'
    | 'running'
    | 'pending'
    | 'not due yet'
    | 'never due';
  readonly run: string | null;
  readonly outcome: string | null;
}

/**
 * `handrail status`: whether every scheduled run that was due came and passed. With `--expect` the exit
 * code says it: 0 all good, 1 a run failed, 4 a run is missing, 78 an entry that cannot be read.
 */
export const run: CommandBody['run'] = async (invocation, context) => {
  const folder = path.resolve(context.cwd, invocation.words[0] ?? '.');
  if (!existsSync(folder))
    throw new HandrailError('RUNBOOK_NOT_FOUND', { path: invocation.words[0] ?? '.' });
  const graceMs = graceOf(invocation.text('grace'));
  const { entries: all, wrong } = await findScheduled(folder);
  // What another host's worker starts is in the team's record, and not here.
  const isTeam = isTeamUrl(context.state ?? '');
  const entries = all.filter(({ host }) => host === null || isTeam);
  const newest = new Map<Scheduled, RunSummary>();
  const altered: string[] = [];
  const now = new Date();
  const dues = await duesOf(entries, now);
  for await (const one of summaries(openStore(context), (id) => altered.push(id)))
    for (const entry of entries)
      if (isOf(one, entry) && tellsMore(one, newest.get(entry), dues.get(entry)))
        newest.set(entry, one);
  const standings = await Promise.all(
    entries.map((entry) =>
      standingOf(entry, newest.get(entry), { now, due: dues.get(entry), graceMs }),
    ),
  );
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ status: standings, altered }, null, 2)}\n`
      : `${statusText(standings, context)}${alteredText(altered, context.style)}`,
  );
  for (const why of wrong) await context.err.write(`handrail: ${screenLine(why)}\n`);
  if (!invocation.flag('expect')) return EXIT.passed;
  if (standings.some(({ state }) => state === 'missed')) return EXIT.unknown;
  if (standings.some(({ state }) => state === 'failed')) return EXIT.failed;
  return wrong.length > 0 ? EXIT.configuration : EXIT.passed;
};

function graceOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_GRACE_MS;
  const graceMs = parseDuration(text);
  if (graceMs !== undefined) return graceMs;
  throw new HandrailError('USAGE', {
    message: `\`--grace ${text}\` is no time; write one such as 10m.`,
  });
}

async function duesOf(
  entries: readonly Scheduled[],
  now: Date,
): Promise<ReadonlyMap<Scheduled, Date | undefined>> {
  const { previousTime } = await import('../../engine/schedule/times.ts');
  const dues = new Map<Scheduled, Date | undefined>();
  for (const entry of entries) dues.set(entry, await previousTime(entry.cron, entry.timezone, now));
  return dues;
}

/** The newest run tells how an entry stands; one that found the lock held by another of the same time tells nothing beside that. */
function tellsMore(one: RunSummary, newer: RunSummary | undefined, due: Date | undefined): boolean {
  if (newer === undefined) return true;
  return newer.outcome === 'skipped' && one.outcome !== 'skipped' && isSince(one, due);
}

const isSince = (one: RunSummary | undefined, due: Date | undefined): boolean =>
  one !== undefined && due !== undefined && Date.parse(one.startedAt) >= due.getTime() - 1000;

async function standingOf(
  entry: Scheduled,
  newest: RunSummary | undefined,
  {
    now,
    due,
    graceMs,
  }: { readonly now: Date; readonly due: Date | undefined; readonly graceMs: number },
): Promise<Standing> {
  if (due === undefined) return { entry, due: null, state: 'never due', run: null, outcome: null };
  const since = isSince(newest, due) ? newest : undefined;
  if (newest === undefined) {
    const { nextTimes } = await import('../../engine/schedule/times.ts');
    const { changedAtMs } = await import('../../host/git.ts');
    // What was never run and was written after that time was not due at it.
    if ((await changedAtMs(entry.path)) > due.getTime()) {
      const [next] = await nextTimes(entry.cron, entry.timezone, now, 1);
      const due_ = next?.toISOString() ?? null;
      return { entry, due: due_, state: 'not due yet', run: null, outcome: null };
    }
  }
  const report = await since?.report();
  const waitedMs = now.getTime() - due.getTime();
  const state =
    report === undefined ? (waitedMs > graceMs ? 'missed' : 'pending') : stateOf(report.outcome);
  return {
    entry,
    due: due.toISOString(),
    state,
    run: since?.run ?? null,
    outcome: report === undefined ? null : saidOutcome(report),
  };
}

function isOf({ runbook, procedures }: RunSummary, entry: Scheduled): boolean {
  return runbook === entry.path && procedures.join('\n') === (entry.procedure ?? '');
}

function stateOf(outcome: RunSummary['outcome']): Standing['state'] {
  if (outcome === 'passed') return 'good';
  return outcome === 'running' ? 'running' : 'failed';
}

function statusText(standings: readonly Standing[], { style }: CliContext): string {
  if (standings.length === 0) return 'No runbook here has a `schedule` in its frontmatter.\n';
  const lines = standings.map(({ entry, due, state, run: id, outcome }) => {
    const tone =
      state === 'good' ? 'good' : state === 'missed' || state === 'failed' ? 'bad' : 'careful';
    const agoMs = due === null ? null : Date.now() - Date.parse(due);
    const ago =
      agoMs === null
        ? ''
        : agoMs < 0
          ? `due in ${formatDuration(-agoMs)}`
          : `due ${formatDuration(agoMs)} ago`;
    const what = id === null ? '' : `  run ${id} ${outcome}`;
    return `${style(tone, state.padEnd(11))}  ${screenLine(entry.name)}  ${ago}${what}`;
  });
  return `${lines.join('\n')}\n`;
}
