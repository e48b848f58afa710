import { HandrailError } from '../engine/model/errors.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';

/** Throws RUN_NOT_RESUMABLE when a run has waited for a person longer than its runbook allows (`waiting: 8h`). */
export function refuseOverdue(
  { run, outcome, lastEventAt }: RunReport,
  { frontmatter }: Runbook,
  nowMs: number,
  isForced: boolean,
): void {
  const limitMs = parseDuration(frontmatter.waiting ?? '');
  if (limitMs === undefined || outcome !== 'waiting' || isForced) return;
  const waitedMs = nowMs - Date.parse(lastEventAt);
  if (waitedMs <= limitMs) return;
  const message = `Run ${run} has waited for a person for ${formatDuration(waitedMs)}; its runbook allows ${formatDuration(limitMs)} (\`waiting\`). Start a fresh run, or resume it with --force when what came before still holds.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}
