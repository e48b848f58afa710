import type { Operator } from './engine/contracts/operator.ts';
import type { RunReader, RunStore } from './engine/contracts/run-store.ts';
import type { RunEvent } from './engine/model/event.ts';
import type { Plan, PreparedPlan, RunRequest } from './engine/model/plan.ts';
import type { RunReport } from './engine/model/report.ts';
import type { Runbook, SourceText } from './engine/model/runbook.ts';
import type { Verdict } from './engine/record/verdict.ts';
import type { Changed } from './engine/resume.ts';
import type { EagerLock } from './host/eager-lock.ts';
import type { ResumeRequest } from './host/go-on.ts';
import type { ReadText } from './host/read-page.ts';
import type { Attendance } from './world.ts';

/** A run that is being carried out. */
export interface RunHandle {
  readonly run: string;
  /** Folder or URL of its record. */
  readonly where: string;
  readonly plan: Plan;
  /** Each event is stored before it comes up here; the last one is `run.finished`. Read it to its end. */
  readonly events: AsyncGenerator<RunEvent, void>;
}

/** A run that could be gone on with. */
export interface Outlook {
  readonly report: RunReport;
  /** The plan of the text as it is now, with the values that the record holds. */
  readonly plan: Plan;
  /** The steps' texts with these values, by planned id: for showing. */
  readonly texts: ReadonlyMap<string, string>;
  /** `null`: the runbook is the same. */
  readonly changed: Changed | null;
}

/** The pipeline, wired: read, plan, run, resume, report, verify, render. */
export interface Handrail {
  readonly store: RunStore;
  read(path: string): Promise<ReadText>;
  /** Reads a text that stands in no file. */
  parse(source: SourceText): Promise<ReadText>;
  /** What would run. What is not said in the request is as in `DEFAULT_REQUEST`. */
  plan(runbook: Runbook, request?: Partial<RunRequest>): Promise<Plan>;
  /** The plan with its inputs bound (asking the operator when attended) and what preflight found. */
  prepare(plan: Plan, operator: Operator): Promise<PreparedPlan>;
  /** The same without a person and without starting a process: what only one could tell is left open. */
  judge(plan: Plan): Promise<Plan>;
  /**
   * Carries out a prepared plan of that text. What the operator or a step type throws ends the run as failed, sealed,
   * and comes up from `events`. Leaving `events` early ends the running step; the run is then interrupted.
   */
  run(plan: PreparedPlan, source: SourceText, attendance: Attendance): RunHandle;
  /** Begins to take the lock that a run of that id and runbook takes, for whoever begins it only once that is had. */
  lock(run: string, runbook: Runbook): EagerLock;
  /** How a run stands that could be gone on with, and what is different now. Throws as `resume` does. */
  outlook(name: string | null, request?: Partial<ResumeRequest>): Promise<Outlook>;
  /**
   * Goes on with a run; without a name, with the newest that can be gone on with. What is not said in the request is as in
   * `DEFAULT_RESUME`.
   */
  resume(
    name: string | null,
    request: Partial<ResumeRequest>,
    attendance: Attendance,
  ): Promise<RunHandle>;
  find(name: string): Promise<RunReader>;
  report(reader: RunReader): Promise<RunReport>;
  verify(reader: RunReader): Promise<Verdict>;
  /** The run log as markdown, or the run as the renderer of that name makes it. Throws USAGE for an unknown one. */
  render(reader: RunReader, renderer?: string): Promise<string>;
}
