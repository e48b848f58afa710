import { hash } from 'node:crypto';
import { DEFAULT_REQUEST, type PreparedPlan } from '../../engine/model/plan.ts';
import type { Runbook, SourceText } from '../../engine/model/runbook.ts';
import type { RequestDocument } from '../signed/documents.ts';

/** What is recorded of a request that was refused: its words in the place of a runbook, no step, and why. */
export function refusedText(request: RequestDocument | null, document: string): SourceText {
  const shown = document.slice(0, MOST_TEXT);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const text = `# Refused request\n\n${fence}json\n${shown.trimEnd()}\n${fence}\n`;
  const path = request?.runbook ?? 'request';
  const bytes = Buffer.from(text);
  const folder = path.slice(0, Math.max(1, path.lastIndexOf('/')));
  return { path, folder, bytes, text, sha256: hash('sha256', bytes, 'hex') };
}

const MOST_TEXT = 64 * 1024;

/** A plan that runs nothing, for a reason. */
export function refusedPlan(
  runbook: Runbook,
  request: RequestDocument | null,
  why: string,
): PreparedPlan {
  const finding = {
    rule: 'request-refused',
    severity: 'error',
    line: 1,
    column: 1,
    message: `The request is refused: ${why}.`,
  } as const;
  return {
    runbook,
    request: {
      ...DEFAULT_REQUEST,
      reason: request?.reason || null,
      ticket: request?.ticket || null,
    },
    procedures: [],
    steps: [],
    rollbacks: [],
    values: [],
    decisions: [],
    findings: [finding],
    hash: hash('sha256', '', 'hex'),
    prepared: true,
  };
}
