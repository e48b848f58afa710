export { checkRunbook } from './checking.ts';
export { makeUnattendedOperator } from './cli/running/unattended-operator.ts';
export type { Clock } from './engine/contracts/clock.ts';
export type { Decision, Operator, Situation } from './engine/contracts/operator.ts';
export type { RenderContext, RenderedFile, Renderer } from './engine/contracts/renderer.ts';
export type {
  HeldLock,
  LedgerEntry,
  LockHolder,
  OutputWriter,
  RawLine,
  RunReader,
  RunStore,
  RunWriter,
} from './engine/contracts/run-store.ts';
export {
  type AnyStepType,
  defineStepType,
  type StepContext,
  type StepOutput,
  type StepResult,
  type StepType,
} from './engine/contracts/step-type.ts';
export type { Block } from './engine/model/block.ts';
export type { Diagnostic } from './engine/model/diagnostic.ts';
export { type ErrorCode, HandrailError } from './engine/model/errors.ts';
export type { RunEvent, StoredEvent } from './engine/model/event.ts';
export { EXIT, type RunOutcome, type StepOutcome } from './engine/model/outcome.ts';
export {
  type BoundInput,
  DEFAULT_REQUEST,
  type Plan,
  type PlannedStep,
  type PreparedPlan,
  type RunRequest,
} from './engine/model/plan.ts';
export type { RunReport, StepReport } from './engine/model/report.ts';
export type { Procedure, Runbook, SourceText, Step } from './engine/model/runbook.ts';
export {
  type Attendance,
  createHandrail,
  type Handrail,
  type RunHandle,
  type World,
} from './handrail.ts';
export { type ReadText, readRunbook } from './host/read-page.ts';
export { renderRun } from './host/render-run.ts';
