import { userInfo } from 'node:os';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Plan, PreparedPlan, RunRequest } from '../../engine/model/plan.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { newestReports } from '../../engine/record/runs.ts';
import type { Handrail, RunHandle } from '../../library.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { earlierLegs } from '../walkthrough/earlier-legs.ts';
import { openWalkthrough, type Walkthrough } from '../walkthrough/walkthrough.ts';

/** How many earlier runs are looked through for what is usual. */
const MOST_RUNS = 30;

/** The walkthrough on this terminal, for a run that `end` ends. */
export function walkthroughOf(
  invocation: Invocation,
  context: CliContext,
  end: (signal: string) => void,
): Walkthrough {
  const plain =
    invocation.flag('plain') ||
    Boolean(context.env['HANDRAIL_PLAIN']) ||
    context.env['TERM'] === 'dumb';
  return openWalkthrough(context, { plain, user: personOf(context), end });
}

/**
 * The request with the procedure that the person picked, where a manual leaves it open; `undefined`
 * when they left the question.
 */
export async function pickedProcedure(
  runbook: Runbook,
  request: RunRequest,
  walkthrough: Walkthrough,
): Promise<RunRequest | undefined> {
  const isOpen =
    runbook.kind === 'manual' &&
    !request.all &&
    request.procedures.length + request.steps.length + request.tags.length === 0;
  if (!isOpen) return request;
  const { procedureRows } = await import('./choices.ts');
  const rows = procedureRows(runbook.path, runbook, []);
  const picked = await walkthrough.choose(rows, {
    title: `Which procedure of ${runbook.title}?`,
    aside: counted(rows.length, 'procedure'),
    enter: 'begin',
    start: 0,
  });
  const procedure = picked?.value.kind === 'runbook' ? picked.value.procedure : null;
  return procedure === null ? undefined : { ...request, procedures: [procedure] };
}

/** The plan with its inputs bound, asked for until the person says they are right; `undefined`: they left. */
export async function preparedPlan(
  handrail: Handrail,
  plan: Plan,
  walkthrough: Walkthrough,
): Promise<PreparedPlan | undefined> {
  for (;;) {
    const prepared = await handrail.prepare(plan, walkthrough.operator);
    const answer = await walkthrough.confirmInputs(prepared);
    if (answer !== 'change') return answer === 'yes' ? prepared : undefined;
  }
}

/** How a walk ended. */
export interface Walked {
  readonly exitCode: number;
  /** Another run held the lock, the person waited for its end, and wants to begin now. */
  readonly again: boolean;
}

/** Carries a run out with a person, from the first screen to the last. */
export async function walkThrough(
  {
    handrail,
    handle,
    source,
    resumed = false,
  }: { handrail: Handrail; handle: RunHandle; source: string; resumed?: boolean },
  walkthrough: Walkthrough,
): Promise<Walked> {
  const { plan, run, where, events } = handle;
  const reports = await earlierRuns(handrail, plan.runbook.path, run);
  const outputOf = (of: string, stepId: string, attempt: number): Promise<string> =>
    keptOutput(handrail, of, stepId, attempt);
  const before = resumed ? await handrail.store.read(run) : undefined;
  const earlier = before === undefined ? {} : { earlier: await earlierLegs(before.lines()) };
  await walkthrough.begin({ plan, run, where, resumed, source, reports, outputOf, ...earlier });
  let exitCode: number = EXIT.internal;
  for await (const event of events) {
    await walkthrough.operator.show(event);
    if (event.type === 'run.finished') exitCode = event.exitCode;
  }
  if (exitCode === EXIT.locked) {
    const { meetHolder } = await import('./meet-holder.ts');
    const again = await meetHolder(handrail, plan.runbook, walkthrough, { canWait: !resumed });
    return { exitCode, again };
  }
  const reader = await handrail.store.read(run);
  if (reader) await walkthrough.end(await handrail.report(reader), exitCode);
  return { exitCode, again: false };
}

const MOST_OUTPUT_BYTES = 2 * 1024 * 1024;

/** The beginning of what one try of a step printed; `''` where nothing is kept. */
async function keptOutput(
  handrail: Handrail,
  run: string,
  stepId: string,
  attempt: number,
): Promise<string> {
  const reader = await handrail.store.read(run);
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reader.output(stepId, attempt, 0)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_OUTPUT_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function earlierRuns(
  handrail: Handrail,
  path: string,
  run: string,
): Promise<readonly RunReport[]> {
  const reports: RunReport[] = [];
  for await (const { report } of newestReports(handrail.store, MOST_RUNS, run))
    if (report?.started.runbook.path === path) reports.push(report);
  return reports;
}

function personOf({ env }: CliContext): string {
  const name = env['SUDO_USER'] || env['USER'] || env['LOGNAME'];
  if (name) return name;
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}
