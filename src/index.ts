export { checkRunbook } from './checking.ts';
export { makeUnattendedOperator } from './cli/running/unattended-operator.ts';
export type { Clock } from './engine/contracts/clock.ts';
export type { Decision, OpenCondition, Operator, Situation } from './engine/contracts/operator.ts';
export type {
  RenderContext,
  RenderedFile,
  Renderer,
  RenderSubjects,
} from './engine/contracts/renderer.ts';
export type {
  HeldLock,
  LedgerEntry,
  LedgerHead,
  LinePlace,
  LockHolder,
  OutputSum,
  OutputWriter,
  RawLine,
  RememberedHead,
  RunReader,
  RunStore,
  RunWriter,
} from './engine/contracts/run-store.ts';
export {
  type AnyStepType,
  type CarriedState,
  type Detection,
  defineStepType,
  type GuardedText,
  type PreflightProblem,
  type Recalled,
  type RunResources,
  type StepContext,
  type StepExample,
  type StepOutput,
  type StepResult,
  type StepType,
  type TerminalHandle,
} from './engine/contracts/step-type.ts';
export type { Annotations } from './engine/model/annotations.ts';
export type {
  Block,
  Doubt,
  EnteredSession,
  FenceBlock,
  FenceContent,
  ItemBlock,
  RowBlock,
  ShownAnswers,
  Surroundings,
  TranscriptEntry,
} from './engine/model/block.ts';
export type { CapturedFrom } from './engine/model/captured-text.ts';
export type { Diagnostic } from './engine/model/diagnostic.ts';
export type { Effect } from './engine/model/effect.ts';
export { type ErrorCode, HandrailError } from './engine/model/errors.ts';
export type {
  Attachment,
  EventHeader,
  ExpectationResult,
  Provenance,
  RunEvent,
  RunEventBody,
  RunEventType,
  StoredEvent,
} from './engine/model/event.ts';
export type { Frontmatter } from './engine/model/frontmatter.ts';
export { EXIT, type ExitCode, type RunOutcome, type StepOutcome } from './engine/model/outcome.ts';
export type { PartOf, PartsBehind } from './engine/model/parts.ts';
export {
  type BoundInput,
  DEFAULT_REQUEST,
  type LeftOut,
  type LinkedPage,
  type Passage,
  type Plan,
  type PlannedStep,
  type PreparedPlan,
  type RunRequest,
  type Scope,
  type ScopedWhen,
} from './engine/model/plan.ts';
export type { AttemptReport, Remark, RunReport, StepReport } from './engine/model/report.ts';
export type {
  Expectation,
  FenceExtent,
  InputUse,
  Procedure,
  ProcedureRole,
  Reference,
  Runbook,
  SourceText,
  Step,
  StepLink,
  StepPart,
  StepTraits,
} from './engine/model/runbook.ts';
export type {
  ShellCommand,
  ShellFacts,
  VariableUse,
  WildInput,
} from './engine/model/shell-facts.ts';
export type { ConditionDecision, StepCondition } from './engine/model/step-condition.ts';
export type { WordGroup } from './engine/model/word.ts';
export type { StepChange } from './engine/planning/changes.ts';
export { Chain, type ChainState, type Draft, NO_HEAD } from './engine/record/chain.ts';
export { LOG, outputFile, RUNBOOK } from './engine/record/files.ts';
export { ledgerLine } from './engine/record/ledger.ts';
export type { Verdict, VerdictName } from './engine/record/verdict.ts';
export type { Changed } from './engine/resume.ts';
export type { SaidBySecond, SecondWord, Word } from './engine/running/session.ts';
export { createHandrail } from './handrail.ts';
export type { EagerLock } from './host/eager-lock.ts';
export type { Said } from './host/execute.ts';
export { DEFAULT_RESUME, type ResumeRequest } from './host/go-on.ts';
export { type ReadText, readRunbook } from './host/read-page.ts';
export { renderRun } from './host/render-run.ts';
export type { Handrail, Outlook, RunHandle } from './library.ts';
export { type ProgramRequest, runProgram } from './steps/shell/program.ts';
export type { Attendance, World } from './world.ts';
