import type { Provenance } from '../../engine/model/event.ts';
import type { Remark, RunReport, StepReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted, NOT_REACHED, OUTCOME_WORDS } from './outcome-words.ts';
import { type RemarkTools, type RemarkView, remarkView } from './remark-view.ts';
import type { Escape, Untrusted } from './untrusted.ts';

/** What a template is told about a run. Every field is there; `null` means that it is not known. */
export interface RunView {
  readonly run: Untrusted;
  readonly outcome: string;
  readonly exitCode: number | null;
  readonly exited: boolean;
  readonly why: Untrusted | null;
  readonly title: Untrusted;
  readonly path: Untrusted;
  readonly sha256: Untrusted;
  readonly commit: Untrusted | null;
  readonly dirty: boolean;
  readonly procedures: readonly Untrusted[];
  readonly linked: readonly { readonly path: Untrusted; readonly sha256: Untrusted }[];
  readonly who: WhoView;
  readonly attended: boolean;
  readonly started: string;
  readonly ended: string | null;
  readonly lastEvent: string;
  readonly took: string | null;
  readonly budget: string | null;
  /** How much longer than the budget it took, `null` when it did not. */
  readonly over: string | null;
  readonly reason: Untrusted | null;
  readonly ticket: Untrusted | null;
  readonly incident: Untrusted | null;
  readonly inputs: readonly {
    readonly name: Untrusted;
    readonly value: Untrusted | null;
    readonly secret: boolean;
    readonly source: Untrusted;
  }[];
  readonly resumes: readonly {
    readonly at: string;
    readonly who: WhoView;
    readonly changed: boolean;
    readonly forced: boolean;
    readonly changes: readonly {
      readonly id: Untrusted;
      readonly what: string;
      readonly line: number;
    }[];
  }[];
  readonly remarks: readonly RemarkView[];
  readonly remarkCount: string;
  readonly leftOut: readonly { readonly where: Untrusted; readonly message: Untrusted }[];
  readonly findings: readonly {
    readonly line: number;
    readonly severity: Untrusted;
    readonly rule: Untrusted;
    readonly message: Untrusted;
  }[];
  /** `12 steps: 10 passed, 1 failed, 1 not reached`. */
  readonly steps: string;
  readonly seal: { readonly events: string; readonly head: Untrusted } | null;
  readonly events: string;
}

/** What a template is told about who did it, where and how. */
export interface WhoView {
  readonly user: Untrusted;
  readonly uid: string | null;
  readonly sudoUser: Untrusted | null;
  readonly sshClient: Untrusted | null;
  readonly gitIdentity: Untrusted | null;
  readonly host: Untrusted;
  readonly cwd: Untrusted;
  readonly trigger: Untrusted;
  readonly engine: Untrusted;
  readonly node: Untrusted;
}

/** The run as a whole, for a template. */
export function runView(report: RunReport, tools: RemarkTools): RunView {
  const { times, safe } = tools;
  const { started } = report;
  const overMs =
    started.budgetMs === null || report.durationMs === null
      ? 0
      : report.durationMs - started.budgetMs;
  const told = report.remarks.filter(({ event }) => isToldFirst(event));
  return {
    run: safe(report.run),
    outcome:
      report.exceptions.length > 0 ? 'Passed with exceptions' : OUTCOME_WORDS[report.outcome],
    exitCode: report.exitCode,
    exited: report.exitCode !== null,
    why: safe(report.why),
    title: safe(started.runbook.title),
    path: safe(started.runbook.path),
    sha256: safe(started.runbook.sha256),
    commit: safe(started.runbook.commit ?? null),
    dirty: started.runbook.dirty === true,
    procedures: started.procedures.map((id) => safe(id)),
    linked: started.linked.map(({ path, sha256 }) => ({
      path: safe(path),
      sha256: safe(sha256),
    })),
    who: whoView(started.who, safe),
    attended: started.attended,
    started: times.full(report.startedAt),
    ended: report.endedAt === null ? null : times.full(report.endedAt),
    lastEvent: times.full(report.lastEventAt),
    took: report.durationMs === null ? null : formatDuration(report.durationMs),
    budget: started.budgetMs === null ? null : formatDuration(started.budgetMs),
    over: overMs > 0 ? formatDuration(overMs) : null,
    reason: safe(started.reason ?? null),
    ticket: safe(started.ticket ?? null),
    incident: safe(started.incident ?? null),
    inputs: report.inputs.map(({ name, value, secret, source }) => ({
      name: safe(name),
      value: safe(secret ? null : (value ?? null)),
      secret,
      source: safe(source),
    })),
    resumes: report.resumes.map((event) => ({
      at: times.full(event.at),
      who: whoView(event.who, safe),
      changed: event.changed,
      forced: event.forced,
      changes: (event.changes ?? [])
        .slice(0, MOST_CHANGES)
        .map(({ id, what, line }) => ({ id: safe(id), what, line })),
    })),
    remarks: told.map((remark) => remarkView(remark, tools, stepOf(remark, report))),
    remarkCount: String(told.length),
    leftOut: (started.leftOut ?? []).map(({ path, line, message }) => ({
      where: safe(`${path === undefined ? '' : `${path}, `}line ${line}`),
      message: safe(message),
    })),
    findings: report.findings.map(({ line, severity, rule, message }) => ({
      line,
      severity: safe(severity),
      rule: safe(rule),
      message: safe(message),
    })),
    steps: stepCounts(report),
    seal: report.seal
      ? { events: counted(report.seal.events, 'event'), head: safe(report.seal.head) }
      : null,
    events: counted(report.eventCount, 'event'),
  };
}

const MOST_CHANGES = 40;

/** Notices that arrived stand where they happened only. */
function isToldFirst(event: Remark['event']): boolean {
  return event.type !== 'notification.sent';
}

function stepOf(remark: Remark, report: RunReport): StepReport | null {
  if (remark.stepId === null) return null;
  return report.steps.find((step) => step.id === remark.stepId) ?? null;
}

function whoView(who: Provenance, safe: Escape): WhoView {
  return {
    user: safe(who.user ?? 'somebody'),
    uid: who.uid === undefined ? null : String(who.uid),
    sudoUser: safe(who.sudoUser ?? null),
    sshClient: safe(who.sshClient ?? null),
    gitIdentity: safe(who.gitIdentity ?? null),
    host: safe(who.host),
    cwd: safe(who.cwd),
    trigger: safe(who.trigger),
    engine: safe(who.engine),
    node: safe(who.node),
  };
}

function stepCounts(report: RunReport): string {
  const counts = new Map<string, number>();
  const steps = report.steps.filter(({ own }) => !own);
  for (const step of steps) {
    const words = (step.outcome === null ? NOT_REACHED : OUTCOME_WORDS[step.outcome]).toLowerCase();
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const parts = [...counts].map(([words, count]) => `${count} ${words}`);
  return `${counted(steps.length, 'step')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}
