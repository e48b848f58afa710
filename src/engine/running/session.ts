import type { Clock } from '../contracts/clock.ts';
import type { Operator } from '../contracts/operator.ts';
import type { HeldLock, LockHolder } from '../contracts/run-store.ts';
import type { AnyStepType, RunResources } from '../contracts/step-type.ts';
import type { Attachment, Provenance, RunEvent } from '../model/event.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { StepOutcome } from '../model/outcome.ts';
import { isSettled } from '../model/outcome.ts';
import type { PartsBehind } from '../model/parts.ts';
import type { BoundInput, Plan } from '../model/plan.ts';
import type { RunReport } from '../model/report.ts';
import type { ConditionDecision } from '../model/step-condition.ts';
import { createRedactor } from '../redact.ts';
import { holdsPassword, urlPasswords } from '../secrets.ts';
import { capturedBefore, type GoneWith } from './captured-before.ts';
import { type Carried, carriedState, type KeptState } from './carried.ts';
import { type Filler, lazyFiller, placeBy } from './filler.ts';
import { runResources } from './resources.ts';
import { type Stop, watchStop } from './stop.ts';
import { type TurnTaking, turnTaking } from './turn-taking.ts';

/** The word of an operator about a step of unknown outcome, given beforehand. */
export interface Word {
  readonly outcome: 'done' | 'not-done';
  /** A planned id, or `last`: the step of unknown outcome. */
  readonly step: string;
}

/** What a run goes on from. */
export interface Past {
  readonly report: RunReport;
  /** The state to go on with, and in which of the two files it stands. */
  readonly kept: { readonly state: KeptState; readonly slot: number } | null;
  readonly words: readonly Word[];
  readonly changed: boolean;
  /** What is not as it was, step by step. */
  readonly changes: NonNullable<Extract<RunEvent, { type: 'run.resumed' }>['changes']>;
  readonly forced: boolean;
  readonly signed?: true;
  /** Output that an attempt whose engine was lost left behind. */
  readonly left: readonly Attachment[];
  readonly gone: readonly GoneWith[];
}

/** What a run needs of the world; everything else is in its plan. */
export interface RunDeps {
  readonly run: string;
  readonly stepTypes: ReadonlyMap<string, AnyStepType>;
  readonly operator: Operator;
  readonly clock: Clock;
  /** Ends the run; its reason is the signal's name (`SIGTERM`). */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string>>;
  /** Values in the environment that must not be recorded, by name. */
  readonly secrets: readonly BoundInput[];
  readonly who: Provenance;
  readonly git: { readonly commit?: string; readonly dirty?: boolean };
  readonly lock: {
    readonly name: string;
    take(): Promise<HeldLock | LockHolder>;
    /** A place in the line for it, until it is left. */
    queue?(): Promise<{ leave(): void } | undefined>;
  } | null;
  /** Keeps a file of the run beside its log. */
  keep(name: string, text: string): Promise<void>;
  /** Hears, before the first step, how the run masks texts: from then on also what steps capture and compute. */
  readonly masks?: ((mask: (text: string) => string) => void) | undefined;
  readonly past: Past | null;
  /** Looks for a second person's signed word; absent where nobody can give one. */
  readonly secondWord?: SecondWord | undefined;
}

/** What was found of a second person's word about one step. */
export interface SaidBySecond {
  /** Who said yes, and with which key; `null`: nobody whose word counts. */
  readonly granted: { readonly by: string; readonly key: string } | null;
  /** Words that do not count. */
  readonly refused: readonly { readonly by: string; readonly why: string }[];
}

/** Asks for the second person's word about a step of this run, by the hash of what would run. */
export type SecondWord = (stepId: string, sha256: string) => Promise<SaidBySecond>;

/** What the pieces of a step printed so far: those that passed, and with them what was tried last. */
export interface Pieces {
  readonly passed: string;
  readonly tried: string;
}

/** One run while it is carried out. */
export interface Session {
  /** Grows where a list becomes known that a step is done for each item of. */
  plan: Plan;
  readonly deps: RunDeps;
  readonly attended: boolean;
  readonly originMs: number;
  readonly values: ReadonlyMap<string, BoundInput>;
  readonly filler: Filler;
  /** Of a step with values of its own: what is known on its page, and on those with the links to it. */
  readonly around?: Around;
  /** Why a value that a step is given is none that its page takes. */
  readonly misfit?: string | null;
  /** Gives an input its value from here on. */
  bind(input: BoundInput): Promise<void>;
  readonly outcomes: Map<string, StepOutcome>;
  /** Ids of the rollback procedures that were carried out to their end. */
  readonly rolledBack: Set<string>;
  /** Ids of those of which something was carried out, and that did not come to their end. */
  readonly rollbackLeft: Set<string>;
  /** What was decided about conditions, by the condition's id. */
  readonly conditions: Map<string, ConditionDecision>;
  readonly tries: Map<string, number>;
  /** Parts of fences that were run one by one while others are left, by planned id. */
  readonly parts: Map<string, PartsBehind>;
  /** What a step printed whose text runs a piece at a time, by planned id, unmasked. */
  readonly pieces: Map<string, Pieces>;
  /** Planned ids that need not be asked about: an earlier attempt has them behind it, or a person answered early. */
  readonly done: Set<string>;
  /** Planned ids of steps that were found done: nobody has what they left in their shell. */
  readonly lostShells: Set<string>;
  /** Planned ids that this attempt of the run has come to. */
  readonly reached: Set<string>;
  readonly carried: Carried;
  /** Of several steps at once one ends after the other: the state that is kept is that of a moment. */
  readonly ending: TurnTaking;
  /** Sessions of the hosts that the run goes through, each with its own values; filled when the first has its turn. */
  readonly hosts: Map<string, Session>;
  /** When the first step of a procedure began in this attempt of the run, by the procedure: monotonic milliseconds. */
  readonly begun: Map<string, number>;
  /** Which of the two state files was written last. */
  readonly stateSlot: { last: number };
  readonly resources: RunResources & { closeAll(): Promise<void> };
  readonly stop: Stop;
  readonly lockFds: readonly number[];
  /** All values that must not be recorded. */
  secrets(): readonly BoundInput[];
  /** The operator's name, as it is recorded. */
  by(): string;
  mask(text: string): string;
  elapsedMs(): number;
}

/** What is known on the page of a step, and on those of the links around it. */
export interface Around {
  /** By the values of so many of its scopes. */
  readonly values: readonly ReadonlyMap<string, BoundInput>[];
  /** Inputs as the page of the step declares them, and those around it. */
  readonly declared: NonNullable<Frontmatter['inputs']>;
}

/** Opens a session for a plan whose lock is held. */
export async function openSession(
  plan: Plan,
  deps: RunDeps,
  timing: { readonly originMs: number; readonly timeoutMs: number | null },
  lockFds: readonly number[],
): Promise<Session> {
  const { gone = [], report } = deps.past ?? {};
  const { inputs = [] } = report ?? {};
  const before = capturedBefore(plan, inputs, gone).map((bound) => [bound.name, bound] as const);
  const planned = plan.values.map((bound) => [bound.name, bound] as const);
  const values = new Map([...planned, ...before]);
  // A value that is bound anew does not make the one before it known to everybody.
  const everBound = new Map<string, BoundInput>();
  const given = (): readonly BoundInput[] => {
    for (const bound of values.values()) {
      if (bound.secret) everBound.set(bound.value, bound);
      // A program says the password alone, too.
      if (holdsPassword(bound.value))
        for (const value of urlPasswords(bound.value))
          everBound.set(value, { ...bound, value, secret: true });
    }
    return [...deps.secrets, ...everBound.values()];
  };
  const carried = carriedState(deps.past?.kept?.state ?? null, byName(given()));
  const secrets = (): readonly BoundInput[] => [...given(), ...carried.bound()];
  const filler = lazyFiller(values);
  await filler.prepare();
  for (const { planned: found, variables, isOlder } of gone)
    if (isOlder) carried.supersede(variables, placeBy(filler, found, found.step));
  let masker = { count: -1, mask: (text: string): string => text };
  const mask = (text: string): string => {
    const list = secrets();
    if (masker.count !== list.length) {
      const redactor = createRedactor(list);
      masker = { count: list.length, mask: (one) => redactor.mask(one) };
    }
    return masker.mask(text);
  };
  return {
    plan,
    deps,
    attended: plan.request.attended,
    originMs: timing.originMs,
    values,
    filler,
    bind(input) {
      secrets();
      values.set(input.name, input);
      return filler.prepare();
    },
    outcomes: outcomesOf(deps.past),
    rolledBack: new Set(),
    rollbackLeft: new Set(),
    conditions: new Map(),
    tries: triesOf(deps.past),
    parts: partsOf(deps.past),
    pieces: new Map(),
    done: doneOf(plan, deps.past),
    lostShells: new Set(),
    reached: new Set(),
    carried,
    ending: turnTaking(),
    hosts: new Map(),
    begun: new Map(),
    stateSlot: { last: deps.past?.kept?.slot ?? 1 },
    resources: runResources(deps.clock),
    stop: watchStop(deps.clock, deps.signal, timing.timeoutMs),
    lockFds,
    secrets,
    mask,
    by: () => mask(deps.operator.name),
    elapsedMs: () => deps.clock.monoMs() - timing.originMs,
  };
}

/**
 * What need not be done again. Cleanups and steps that always run come again as long as anything before
 * them is still open: they belong to the end.
 */
function doneOf(plan: Plan, past: Past | null): Set<string> {
  const done = new Set<string>();
  let open = false;
  const known = new Map(past?.report.steps.map((one) => [one.id, one]));
  // Text before what a run without a person had come to was not asked about then, and is not now.
  const cameTo = plan.steps.findLastIndex(({ id }) => (known.get(id)?.outcome ?? null) !== null);
  for (const [at, { id, step, phase, reading }] of plan.steps.entries()) {
    const before = known.get(id);
    if (reading && before === undefined && at < cameTo) {
      done.add(id);
      continue;
    }
    const settled = before !== undefined && isSettled(before);
    const belongsToEnd = phase === 'cleanup' || step.annotations.always === true;
    if (!settled) open = true;
    else if (!(open && belongsToEnd)) done.add(id);
  }
  return done;
}

/** The steps of a plan that need to be looked at when its run is gone on with: open ones, and those whose probe is. */
export function stillOpen(plan: Plan, past: Past): Plan['steps'] {
  const done = doneOf(plan, past);
  return plan.steps.filter(({ id, probe }) => {
    if (!done.has(id)) return true;
    const last = past.report.steps.find((one) => one.id === id)?.attempts.at(-1);
    return probe !== null && last !== undefined && !last.probe && last.outcome === 'passed';
  });
}

function outcomesOf(past: Past | null): Map<string, StepOutcome> {
  const outcomes = new Map<string, StepOutcome>();
  for (const { id, outcome } of past?.report.steps ?? [])
    if (outcome !== null) outcomes.set(id, outcome);
  return outcomes;
}

function triesOf(past: Past | null): Map<string, number> {
  const steps = past?.report.steps ?? [];
  return new Map(steps.map(({ id, attempts }) => [id, attempts.at(-1)?.try ?? 0]));
}

/** Parts of a text that was edited since are not the parts that ran. */
function partsOf(past: Past | null): Map<string, PartsBehind> {
  const edited = new Set(past?.changes.map(({ id }) => id));
  const steps = past?.report.steps ?? [];
  return new Map(
    steps.flatMap(({ id, parts }) => (parts === null || edited.has(id) ? [] : [[id, parts]])),
  );
}

function byName(secrets: readonly BoundInput[]): ReadonlyMap<string, BoundInput> {
  return new Map(secrets.map((bound) => [bound.name, bound]));
}
