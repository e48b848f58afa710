import { asShown } from '../../text/as-shown.ts';
import type { StepResult } from '../contracts/step-type.ts';
import type { TranscriptEntry } from '../model/block.ts';
import { changesSomething } from '../model/effect.ts';
import type { ExpectationResult } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import type { OutputFilter } from './output-filter.ts';
import type { Pieces, Session } from './session.ts';

/** A result after the runbook's own say: `exit` and expectations. */
export interface Judgement {
  readonly result: StepResult;
  readonly expectations: readonly ExpectationResult[];
  readonly detail: string;
}

/** A piece of a step's text: what of it ran in attempts before, and whether more of it is to come. */
export interface Stretch {
  /** Parts that passed, or the lines up to one that failed. */
  readonly behind: 'nothing' | 'parts' | 'lines';
  readonly isOpen: boolean;
}

/** What is judged. */
interface Judged {
  readonly planned: Pick<PlannedStep, 'id'>;
  readonly step: Step;
  readonly stretch?: Stretch;
}

const WHOLE: Stretch = { behind: 'nothing', isOpen: false };

/**
 * Judges an attempt by the runbook: which exit codes pass, and what the output must be. What a page expects is what all
 * of the text prints: where it runs a piece at a time, that is compared once its end is reached.
 */
export async function judge(
  session: Session,
  { planned, step, stretch = WHOLE }: Judged,
  ended: StepResult,
  filter: OutputFilter,
): Promise<Judgement> {
  const printed = joined(session.pieces.get(planned.id), stretch, filter);
  const judged = await judgeText(session, step, ended, { filter, printed, stretch });
  if (step.expectation === null) return judged;
  const isPassed = judged.result.outcome === 'passed';
  if (!session.attended || printed === null || (isPassed && !stretch.isOpen))
    session.pieces.delete(planned.id);
  else
    session.pieces.set(planned.id, {
      passed: isPassed ? printed.all : printed.passed,
      tried: printed.all,
    });
  return judged;
}

/** What an attempt printed with the pieces before it. */
interface Printed {
  readonly passed: string;
  readonly all: string;
}

/** `null`: a process that is gone has seen what came before. */
function joined(
  before: Pieces | undefined,
  { behind }: Stretch,
  filter: OutputFilter,
): Printed | null {
  if (behind === 'nothing') return { passed: '', all: filter.observed() };
  if (before === undefined) return null;
  const { passed } = before;
  return { passed, all: (behind === 'parts' ? passed : before.tried) + filter.observed() };
}

async function judgeText(
  session: Session,
  step: Step,
  ended: StepResult,
  {
    filter,
    printed,
    stretch,
  }: { readonly filter: OutputFilter; readonly printed: Printed | null; readonly stretch: Stretch },
): Promise<Judgement> {
  const guarded = (ended.expectations ?? []).map((one) => ({
    ...one,
    detail: session.mask(one.detail),
  }));
  const missed = guarded.filter(({ passed }) => !passed);
  if (missed.length > 0)
    return {
      result: ended,
      expectations: guarded,
      detail: missed.map(({ detail }) => detail).join('\n'),
    };
  const result = bySignal(step, byExitCode(step, ended));
  const isJudged = guarded.some(({ line }) => line === step.expectation?.line);
  if (step.expectation === null || result.outcome !== 'passed' || isJudged)
    return { result, expectations: guarded, detail: '' };
  const transcribed = transcriptOf(step.body);
  if (stretch.isOpen && transcribed === undefined)
    return { result, expectations: guarded, detail: '' };
  if (printed === null && transcribed === undefined) {
    const unknown = `what its first part printed is not at hand: it was not compared with line ${step.expectation.line}`;
    const warnings = [...(result.warnings ?? []), unknown];
    return { result: { ...result, warnings }, expectations: guarded, detail: '' };
  }
  const observed = result.observed ?? asShown(printed?.all ?? filter.observed());
  const exitCodes = step.annotations.exit ?? [0];
  const { compareExpectation } = await import('../expect.ts');
  const fill = (text: string): string => session.filler.fill(text, 'expected').text;
  const expectation = { ...step.expectation, text: fill(step.expectation.text) };
  const transcript = transcribed?.map((one) => ({ ...one, output: fill(one.output) }));
  const compared = compareExpectation(expectation, observed, {
    exitCodes,
    ...(transcript === undefined ? {} : { transcript }),
  });
  const verdict = { ...compared, detail: session.mask(compared.detail) };
  const warnings = [...(result.warnings ?? []), ...warningsOf(verdict, filter)];
  if (verdict.passed || verdict.advisory)
    return { result: { ...result, warnings }, expectations: [...guarded, verdict], detail: '' };
  const why = `the output is not what line ${verdict.line} expects`;
  return {
    result: { ...result, outcome: 'failed', why, warnings },
    expectations: [...guarded, verdict],
    detail: verdict.detail,
  };
}

/** The commands that a step's body lists, as its fence was read. */
export function transcriptOf(body: unknown): readonly TranscriptEntry[] | undefined {
  if (typeof body !== 'object' || body === null || !('transcript' in body)) return undefined;
  return Array.isArray(body.transcript) && body.transcript.length > 0 ? body.transcript : undefined;
}

function byExitCode(step: Step, result: StepResult): StepResult {
  const codes = step.annotations.exit;
  if (codes === undefined || result.exitCode === undefined || result.signal !== undefined)
    return result;
  if (result.outcome !== 'passed' && result.outcome !== 'failed') return result;
  if (codes.includes(result.exitCode)) {
    const { why: _, ...rest } = result;
    return { ...rest, outcome: 'passed' };
  }
  const why = `exit code ${result.exitCode}, expected ${codes.join(' or ')}`;
  return { ...result, outcome: 'failed', why };
}

/** What a shell says of a command that a signal ended: 128 and the signal's number. A reader that went away (PIPE) is none. */
const SIGNAL_CODES: ReadonlyMap<number, string> = new Map([
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [131, 'SIGQUIT'],
  [134, 'SIGABRT'],
  [135, 'SIGBUS'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
  [143, 'SIGTERM'],
  [152, 'SIGXCPU'],
]);

/** A step that changes something and was ended by a signal half-way has not failed: nobody knows what it did. */
function bySignal(step: Step, result: StepResult): StepResult {
  const signal = result.signal ?? SIGNAL_CODES.get(result.exitCode ?? 0);
  if (!changesSomething(step.effect) || result.outcome !== 'failed' || signal === undefined)
    return result;
  const why = `It was ended by ${signal} half-way, and it changes something: nobody knows what it did.`;
  return { ...result, outcome: 'unknown', why };
}

function warningsOf(verdict: ExpectationResult, filter: OutputFilter): readonly string[] {
  const cut = filter.observedAll
    ? []
    : ['the output is longer than 4 MiB: only its beginning was compared'];
  if (verdict.passed || !verdict.advisory) return cut;
  return [...cut, `the output differs from what line ${verdict.line} says it should be`];
}
