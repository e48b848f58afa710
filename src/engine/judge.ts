import type { Diagnostic } from './model/diagnostic.ts';
import { HandrailError } from './model/errors.ts';
import type { Plan, RunRequest } from './model/plan.ts';
import type { Runbook } from './model/runbook.ts';

/** What plans and looks into a run, as the wiring does it. */
export interface Judging {
  plan(runbook: Runbook, request: Partial<RunRequest>): Promise<Plan>;
  judge(plan: Plan): Promise<Plan>;
}

/**
 * What an unattended run of the whole runbook, or of one procedure, would refuse, as it would say it itself: the same
 * plan, looked into by the same preflight. Nothing is started. Wrong text is told by reading, and not here.
 */
export async function refusals(
  runbook: Runbook,
  procedure: string | undefined,
  judging: Judging,
): Promise<readonly Diagnostic[]> {
  if (runbook.diagnostics.some(({ severity }) => severity === 'error')) return [];
  try {
    const plan = await judging.plan(
      runbook,
      procedure === undefined ? { all: true } : { procedures: [procedure] },
    );
    const { findings } = await judging.judge(plan);
    return findings.filter(({ severity }) => severity === 'error');
  } catch (error) {
    if (error instanceof HandrailError) return [asDiagnostic(error)];
    throw error;
  }
}

/** Findings of a text with what an unattended run would refuse of it: of two that say the same, the refusal stays. */
export function withRefusals(
  found: readonly Diagnostic[],
  refused: readonly Diagnostic[],
): readonly Diagnostic[] {
  const isSaid = ({ rule, line }: Diagnostic): boolean =>
    refused.some((one) => one.rule === rule && one.line === line);
  return [...found.filter((one) => !isSaid(one)), ...refused].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  );
}

function asDiagnostic({ code, message }: HandrailError): Diagnostic {
  const rule = code.toLowerCase().replaceAll('_', '-');
  return { rule, severity: 'error', line: 1, column: 1, message };
}
