import type { Procedure } from '../model/runbook.ts';
import { INCIDENT_STATES, type IncidentRole, type TimelineHead } from '../model/timeline.ts';
import type { Folded, ProcedureTime } from './fold.ts';
import type { IncidentScanner } from './incident-scanner.ts';
import type { ManualFacts } from './metrics.ts';

type Status = (typeof INCIDENT_STATES)[number];

/** How an incident stands, from everything that was said of it. */
export class Standing {
  readonly roles = new Map<string, IncidentRole>();
  severity: TimelineHead['severity'] = null;
  #severitySince = '';
  #said: 'open' | 'closed' | null = null;

  /** The log of one incident, read to its end. */
  take({ roles, severity, state, path }: IncidentScanner): void {
    for (const each of roles) {
      if ((this.roles.get(each.role)?.since ?? '') <= each.since) this.roles.set(each.role, each);
    }
    if (severity !== null && this.#severitySince <= severity.since) {
      this.severity = { text: severity.text, from: 'said', where: path };
      this.#severitySince = severity.since;
    }
    this.#said = state ?? this.#said;
  }

  /** Closed when somebody said so; else the furthest milestone that it reached. */
  status(milestones: Folded['milestones']): Status {
    if (this.#said === 'closed') return 'closed';
    return INCIDENT_STATES.findLast((name) => milestones.has(name)) ?? 'open';
  }
}

/** The worst that the manuals say of procedures that were carried out, in their headings or for the whole page. */
export function severityOf(
  times: readonly ProcedureTime[],
  manuals: readonly ManualFacts[],
): TimelineHead['severity'] {
  const found = times.flatMap((time): NonNullable<TimelineHead['severity']>[] => {
    const manual = manuals.find(({ run }) => run === time.run);
    const procedure = manual?.procedures.find(({ id }) => id === time.procedure);
    if (!manual || !procedure) return [];
    const above = manual.procedures.filter((each) => holds(each, procedure));
    const line = above.findLast(({ severity }) => severity !== null);
    const text = line?.severity ?? manual.severity;
    if (text === null) return [];
    const where = line ? `${manual.path}:${line.line}` : manual.path;
    return [{ text, from: 'runbook', where }];
  });
  return found.toSorted((left, right) => (left.text < right.text ? -1 : 1))[0] ?? null;
}

function holds(outer: Procedure, inner: Procedure): boolean {
  return outer.line <= inner.line && inner.line <= outer.endLine;
}
