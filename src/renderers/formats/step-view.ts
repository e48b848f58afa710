import { outcomeFacts } from '../../engine/model/outcome.ts';
import type { AttemptReport, Remark, RunReport, StepReport } from '../../engine/model/report.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { formatDuration } from '../../text/duration.ts';
import { visibleText } from '../../text/safe-text.ts';
import { excerptOf } from './excerpt.ts';
import { counted, NOT_REACHED, OUTCOME_WORDS } from './outcome-words.ts';
import { type RemarkView, remarkView } from './remark-view.ts';
import { type StateView, settledBy, statesOf, type ViewTools } from './step-state.ts';
import type { Escape, Untrusted } from './untrusted.ts';

/** What a template is told about a step. */
export interface StepView {
  readonly title: Untrusted;
  readonly line: number;
  readonly id: Untrusted;
  readonly type: Untrusted;
  readonly outcome: string;
  /** It stands apart from its step. */
  readonly named: boolean;
  /** In the order of time; each holds exactly one of the three. */
  readonly entries: readonly {
    readonly attempt: AttemptView | null;
    readonly remark: RemarkView | null;
    readonly state: StateView | null;
  }[];
}

/** What a template is told about one attempt at a step. */
export interface AttemptView {
  readonly outcome: string;
  readonly unknown: boolean;
  /** Its number, when there was more than one. */
  readonly try: number | null;
  readonly probe: boolean;
  /** `exit 0`, or `null` when it did not exit. */
  readonly exited: boolean;
  readonly exitCode: number | null;
  readonly signal: Untrusted | null;
  readonly took: string | null;
  readonly at: string;
  readonly by: Untrusted | null;
  readonly note: Untrusted | null;
  readonly handled: boolean;
  readonly why: Untrusted | null;
  readonly warnings: readonly Untrusted[];
  readonly facts: readonly { readonly name: Untrusted; readonly value: Untrusted }[];
  /** What ran, when it is not what the runbook says. */
  readonly ranText: string | null;
  readonly expectations: string | null;
  readonly unmet: readonly {
    readonly line: number;
    readonly advisory: boolean;
    readonly detail: string;
  }[];
  readonly redactions: number;
  readonly output: OutputView | null;
  readonly silent: boolean;
}

/** What a template is told about an attempt's output. */
export interface OutputView {
  readonly size: string;
  readonly head: string | null;
  readonly tail: string | null;
  /** What is left out between head and tail, `null` when nothing is. */
  readonly leftOut: string | null;
  readonly path: Untrusted;
  readonly sha256: Untrusted;
  /** The stored output is not there any more. */
  readonly missing: boolean;
}

/** Everything that happened at a step, for a template. `planned` is the runbook's own step, when it has one. */
export async function stepView(
  step: StepReport,
  planned: Step | undefined,
  remarks: readonly Remark[],
  named: boolean,
  tools: ViewTools,
): Promise<StepView> {
  const { safe } = tools;
  const timed = [
    ...(await Promise.all(
      step.attempts.map(async (attempt) => ({
        at: attempt.startedAt,
        entry: {
          attempt: await attemptView(attempt, step, planned, tools),
          remark: null,
          state: null,
        },
      })),
    )),
    ...remarks.map((remark) => ({
      at: remark.at,
      entry: { attempt: null, remark: remarkView(remark, tools, null), state: null },
    })),
    ...statesOf(step, tools).map(({ at, state }) => ({
      at,
      entry: { attempt: null, remark: null, state },
    })),
  ];
  return {
    title: safe(step.title),
    line: step.line,
    id: safe(step.id),
    type: safe(step.type),
    outcome: step.outcome === null ? NOT_REACHED : OUTCOME_WORDS[step.outcome],
    named,
    entries: timed
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map((each) => each.entry),
  };
}

async function attemptView(
  attempt: AttemptReport,
  step: StepReport,
  planned: Step | undefined,
  tools: ViewTools,
): Promise<AttemptView> {
  const { safe, times, block } = tools;
  const settled = attempt === settledBy(step);
  const met = attempt.expectations.filter((each) => each.passed).length;
  return {
    outcome: OUTCOME_WORDS[attempt.outcome],
    unknown: attempt.outcome === 'unknown',
    try:
      step.attempts.filter((each) => each.probe === attempt.probe).length > 1 ? attempt.try : null,
    probe: attempt.probe,
    exited: attempt.exitCode !== null,
    exitCode: attempt.exitCode,
    signal: safe(attempt.signal),
    took: attempt.durationMs ? formatDuration(attempt.durationMs) : null,
    at: times.short(attempt.startedAt),
    by: safe((settled ? step.by : null) ?? byOf(attempt, tools.report)),
    note: safe(attempt.note),
    handled: attempt.handled,
    why: safe(attempt.why),
    warnings: attempt.warnings.map((warning) => safe(warning)),
    facts: factsOf(attempt, safe),
    ranText: saysSomethingElse(attempt, step, planned) ? block(visibleText(attempt.text)) : null,
    expectations:
      attempt.expectations.length === 0 ? null : `${met} of ${attempt.expectations.length}`,
    unmet: attempt.expectations
      .filter((each) => !each.passed)
      .map(({ line, advisory, detail }) => ({ line, advisory, detail: block(detail) })),
    redactions: attempt.redactions,
    output: await outputView(attempt, tools),
    silent: attempt.output === null && attempt.exitCode !== null,
  };
}

async function outputView(attempt: AttemptReport, tools: ViewTools): Promise<OutputView | null> {
  const stored = attempt.output;
  if (!stored) return null;
  const excerpt = await excerptOf(stored.path, tools.output);
  return {
    size: counted(stored.bytes, 'byte'),
    head: excerpt ? tools.block(excerpt.head) : null,
    tail: excerpt?.tail ? tools.block(excerpt.tail) : null,
    leftOut: excerpt && excerpt.leftOutBytes > 0 ? counted(excerpt.leftOutBytes, 'byte') : null,
    path: tools.safe(stored.path),
    sha256: tools.safe(stored.sha256),
    missing: excerpt === undefined,
  };
}

/** Who ran an attempt: whoever started or resumed the run then. */
function byOf(attempt: AttemptReport, report: RunReport): string | null {
  const resume = report.resumes.find((event) => event.attempt === attempt.attempt);
  return (resume ?? report.started).who.user ?? null;
}

/** Whether what ran is neither what the runbook says nor what the try before ran, or is not seen as it is. */
function saysSomethingElse(
  attempt: AttemptReport,
  step: StepReport,
  planned: Step | undefined,
): boolean {
  if (attempt.probe || attempt.text === '' || outcomeFacts(attempt.outcome).said) return false;
  const before = step.attempts.filter((each) => !each.probe && each.seq < attempt.seq).at(-1);
  const known = before ?? planned;
  const ran = withoutEnd(attempt.text);
  // The page shows another command than its characters make.
  return known === undefined || ran !== withoutEnd(known.text) || visibleText(ran) !== ran;
}

const MOST_FACTS = 12;
/** Every step at a person's side has a terminal. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['terminal']);

function factsOf(attempt: AttemptReport, safe: Escape): AttemptView['facts'] {
  return Object.entries(attempt.facts)
    .filter(
      ([name, value]) =>
        !SAID_ELSEWHERE.has(name) && ['string', 'number', 'boolean'].includes(typeof value),
    )
    .slice(0, MOST_FACTS)
    .map(([name, value]) => ({ name: safe(inWords(name)), value: safe(String(value)) }));
}

/** `failedLine` as a person says it. */
const inWords = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const withoutEnd = (text: string): string => text.replace(/\r\n?/g, '\n').trimEnd();
