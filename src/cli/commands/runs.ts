import path from 'node:path';
import { median } from '../../engine/model/durations.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT, saidOutcome } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { formatDuration, parseDuration } from '../../text/duration.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook } from '../find-runbooks.ts';
import { alteredText, reports } from '../last-runs.ts';
import { openStore } from '../open-store.ts';
import { toneOf } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { jsonOption, ofTeamOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'runs',
  summary: 'list the runs, newest first',
  brief: [],
  arguments: [],
  options: [
    ofTeamOption,
    { name: 'runbook', value: 'FILE', completes: 'runbook', summary: 'of this runbook alone' },
    { name: 'outcome', value: 'OUTCOME', summary: 'with this outcome alone, such as failed' },
    { name: 'since', value: 'TIME', summary: 'since a date, or a time ago such as 2d' },
    { name: 'limit', value: 'N', summary: 'at most so many (default: 20)' },
    jsonOption,
  ],
  examples: [['handrail runs --outcome failed --since 7d', 'what went wrong this week']],
};

const MOST_RUNS = 100_000;
const DEFAULT_LIMIT = '20';

/** `handrail runs`: the runs, newest first. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const wanted = await filterOf(invocation, context);
  const limit = limitOf(invocation.text('limit') ?? DEFAULT_LIMIT);
  const found: RunReport[] = [];
  const altered: string[] = [];
  for await (const report of reports(context, MOST_RUNS, (id) => altered.push(id))) {
    if (found.length >= limit || wanted.tooOld(report)) break;
    if (wanted.takes(report)) found.push(report);
  }
  const isJson = invocation.flag('json');
  // As the team calls them, which may be another name than a machine's own.
  const hosts = isJson ? await openStore(context).hosts?.() : undefined;
  const text = isJson
    ? `${JSON.stringify({ runs: found.map((report) => runJson(report, hosts?.get(report.run))), altered, usual: usualTimes(found) }, null, 2)}\n`
    : `${runsText(found, context.style)}${alteredText(altered, context.style)}`;
  await context.out.write(text);
  return EXIT.passed;
};

interface Filter {
  takes(report: RunReport): boolean;
  tooOld(report: RunReport): boolean;
}

async function filterOf(invocation: Invocation, { cwd }: CliContext): Promise<Filter> {
  const named = invocation.text('runbook');
  const file =
    named === undefined ? undefined : path.resolve(cwd, (await findRunbook(named, cwd)).path);
  const outcome = invocation.text('outcome');
  const since = sinceOf(invocation.text('since'));
  return {
    takes: (report) =>
      (file === undefined || fileOf(report) === file) &&
      (outcome === undefined ||
        [report.outcome, saidOutcome(report)].some((word) => word === outcome)),
    tooOld: ({ startedAt }) => since !== undefined && Date.parse(startedAt) < since,
  };
}

function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ago = parseDuration(text);
  const at = ago === undefined ? Date.parse(text) : Date.now() - ago;
  if (!Number.isNaN(at)) return at;
  throw new HandrailError('USAGE', {
    message: `\`--since ${text}\` is neither a date such as 2026-11-20 nor a time ago such as 2d.`,
  });
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new HandrailError('USAGE', { message: `\`--limit ${text}\` is not a number from 1 on.` });
}

function fileOf({ started }: RunReport): string {
  return path.resolve(started.who.cwd, started.runbook.path);
}

function runJson(report: RunReport, host: string | undefined): object {
  const { run: id, started, startedAt, endedAt, exitCode, durationMs, spanMs, attempts } = report;
  return {
    run: id,
    runbook: started.runbook,
    procedures: started.procedures,
    startedAt,
    endedAt,
    outcome: saidOutcome(report),
    exceptions: report.exceptions,
    waitingFor: report.waitingFor && {
      stepId: report.waitingFor.stepId,
      why: report.waitingFor.why,
    },
    exitCode,
    durationMs,
    spanMs,
    attempts,
    steps: report.steps.filter(({ own }) => !own).length,
    user: started.who.user ?? null,
    host: host ?? started.who.host,
    reason: started.reason ?? null,
    ticket: started.ticket ?? null,
    incident: started.incident ?? null,
  };
}

function runsText(found: readonly RunReport[], style: Style): string {
  if (found.length === 0) return 'No such runs.\n';
  const lines = found.map((report) => {
    const { run: id, started, startedAt, outcome, durationMs } = report;
    const took = durationMs === null ? '' : formatDuration(durationMs);
    const what = [started.runbook.path, ...started.procedures].join('#');
    const { waitingFor } = report;
    const waits = waitingFor === null ? '' : `  waits for ${waitingFor.stepId}: ${waitingFor.why}`;
    return [
      id,
      `${startedAt.slice(0, 16).replace('T', ' ')}Z`,
      style(
        report.exceptions.length > 0 ? 'careful' : toneOf(outcome),
        saidOutcome(report).padEnd(11),
      ),
      took.padStart(9),
      screenLine(`${what}${waits}`),
    ].join('  ');
  });
  return `${lines.join('\n')}\n`;
}

/** How long runs of the same procedures of a runbook take. */
interface UsualTime {
  /** The runbook's absolute path. */
  readonly runbook: string;
  readonly procedures: readonly string[];
  /** Runs that were looked at, and how many of them passed. */
  readonly runs: number;
  readonly passed: number;
  /** Of the passed runs; `null` when none has passed. */
  readonly medianMs: number | null;
}

/** The usual time of each runbook and choice of procedures among these runs, in order of appearance. */
function usualTimes(some: readonly RunReport[]): readonly UsualTime[] {
  const groups = new Map<string, RunReport[]>();
  for (const report of some) {
    const key = JSON.stringify([runbookOf(report), report.started.procedures]);
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const passed = group.filter(({ outcome }) => outcome === 'passed');
    return {
      runbook: runbookOf(first),
      procedures: first.started.procedures,
      runs: group.length,
      passed: passed.length,
      medianMs: median(passed.flatMap(({ durationMs }) => durationMs ?? [])),
    };
  });
}

function runbookOf({ started }: RunReport): string {
  return path.resolve(started.who.cwd, started.runbook.path);
}
