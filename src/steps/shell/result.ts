import type { StepResult } from '../../engine/contracts/step-type.ts';
import { changesSomething } from '../../engine/model/effect.ts';
import type { Step } from '../../engine/model/runbook.ts';
import type { ProcessEnd } from '../../process/follow-process.ts';
import { formatDuration } from '../../text/duration.ts';
import type { StepOutputs } from './step-outputs.ts';

/** What an attempt left when it ended. */
export interface ShellLeft extends StepOutputs {
  readonly failedLine: number | undefined;
  /** Why it cannot have passed, whatever its exit code: it never began, or what it left is lost. */
  readonly lost: string | undefined;
  /** Lines that a person typed to its input. */
  readonly typedLines?: number;
}

/** Judges how a shell ended by what the step says about exit codes and about ending it early. */
export function shellResult(
  step: Step,
  end: ProcessEnd,
  timeoutMs: number | null,
  outputs: StepOutputs & Partial<Pick<ShellLeft, 'failedLine' | 'lost' | 'typedLines'>>,
): StepResult {
  const warnings = [...outputs.warnings, ...end.leftBehind.map(leftBehind)];
  const { lost } = outputs;
  const byItself = end.endedBy === 'itself' && end.exitCode !== null;
  const judged = verdictOf(step, end, timeoutMs);
  const passed: typeof judged =
    lost !== undefined && byItself ? { outcome: 'failed', why: lost } : judged;
  const early = end.endedBy === 'until' || end.endedBy === 'for';
  const failedLine = passed.outcome === 'failed' ? outputs.failedLine : undefined;
  const facts = factsOf(end, early, failedLine, outputs.typedLines ?? 0);
  return {
    ...passed,
    // How an endless command takes its TERM says nothing about the step.
    ...(end.exitCode !== null && !early ? { exitCode: end.exitCode } : {}),
    ...(end.signal !== null && !early ? { signal: end.signal } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(passed.outcome === 'passed' && Object.keys(outputs.values).length > 0
      ? { captured: outputs.values }
      : {}),
    ...(facts === undefined ? {} : { facts }),
  };
}

function factsOf(
  { endedBy, onTerminal }: ProcessEnd,
  early: boolean,
  failedLine: number | undefined,
  typedLines: number,
): StepResult['facts'] {
  const facts = {
    ...(early ? { endedBy } : {}),
    ...(onTerminal ? { terminal: true } : {}),
    ...(failedLine === undefined ? {} : { failedLine }),
    ...(typedLines === 0 ? {} : { typed: `${typedLines} ${typedLines === 1 ? 'line' : 'lines'}` }),
  };
  return Object.keys(facts).length === 0 ? undefined : facts;
}

function leftBehind(process: string): string {
  return `Still running when the step's shell ended: ${process}`;
}

function verdictOf(
  step: Step,
  end: ProcessEnd,
  timeoutMs: number | null,
): Pick<StepResult, 'outcome' | 'why'> {
  if (end.endedBy === 'timeout') {
    const limit = timeoutMs === null ? 'in time' : `within ${formatDuration(timeoutMs)}`;
    return { outcome: 'timed-out', why: `The command did not end ${limit}; it was ended.` };
  }
  if (end.endedBy === 'cancelled') return { outcome: 'cancelled', why: 'The command was stopped.' };
  if (end.endedBy === 'until' || end.endedBy === 'for') return { outcome: 'passed' };
  return { ...verdictOfExit(step, end) };
}

function verdictOfExit(step: Step, end: ProcessEnd): Pick<StepResult, 'outcome' | 'why'> {
  const accepted = step.annotations.exit ?? [0];
  if (end.exitCode === null) {
    if (end.signal !== null)
      return { outcome: 'failed', why: `The command was ended by the signal ${end.signal}.` };
    const why =
      'How the command ended is not known: the process that had started it was ended before it.';
    // It may have come to its end: what changes something is not simply done once more.
    return { outcome: changesSomething(step.effect) ? 'unknown' : 'failed', why };
  }
  if (!accepted.includes(end.exitCode)) {
    const expected = accepted.join(' or ');
    return { outcome: 'failed', why: `Exit code ${end.exitCode}; ${expected} was expected.` };
  }
  const { until } = step.annotations;
  if (until === undefined || step.annotations.for !== undefined) return { outcome: 'passed' };
  return { outcome: 'failed', why: `The command ended before a line matched \`${until}\`.` };
}
