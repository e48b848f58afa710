import type { Diagnostic } from './diagnostic.ts';
import type { Frontmatter } from './frontmatter.ts';
import type { Procedure, Runbook, Step } from './runbook.ts';
import type { ConditionDecision, StepCondition } from './step-condition.ts';

/** What was asked for. */
export interface RunRequest {
  /** Procedure ids or trails to run; empty means the whole runbook (see `all`). */
  readonly procedures: readonly string[];
  readonly all: boolean;
  /** Step ids or 1-based positions (`#3`) to run alone. */
  readonly steps: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly tags: readonly string[];
  /** Values given by the person: `--input`, `--inputs`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The environment of the frontmatter that it runs in (`--env`). */
  readonly environment?: string | null;
  readonly attended: boolean;
  /** Ids of steps whose confirmation is granted beforehand (`--approve`). */
  readonly approve: readonly string[];
  /** Steps (`ID`) and parts of them (`ID:2`) whose conditions hold, and those whose conditions do not. */
  readonly holds: readonly string[];
  readonly not: readonly string[];
  /** Time for the whole run, `null` for none. */
  readonly timeoutMs: number | null;
  /** ssh hosts to run on; empty: as the frontmatter says, else on this machine. */
  readonly on: readonly string[];
  /** What failed does not keep the steps, or the other hosts, behind it from their turn. */
  readonly keepGoing: boolean;
  /** So many hosts at a time. */
  readonly parallel: number;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly incident: string | null;
  /** The seal is to be signed at the end: who takes the signature away leaves the wish for it behind. */
  readonly signed?: true;
}

/** A step with its place in a plan. */
export interface PlannedStep {
  /** Unique in the plan: the step's id, with the linking step's id and `/` in front for linked runbooks. */
  readonly id: string;
  readonly step: Step;
  /** Who carries it out. */
  readonly by: 'person' | 'machine';
  /** Somebody has to say yes first. */
  readonly needsApproval: boolean;
  /** A second person has to sign it first (`confirm=two`, or the host's policy). */
  readonly needsSecond?: boolean;
  /** Under what it is to be done at all; `null`: always. Ids are unique in the plan. */
  readonly condition: StepCondition | null;
  /** `cleanup` steps run at the end whatever happened. */
  readonly phase: 'main' | 'cleanup';
  /** The host that it runs on, of those that the run was asked to go through one after the other. */
  readonly on?: string;
  /** The runbook it comes from, when it is not the plan's own. */
  readonly from: { readonly path: string; readonly folder: string; readonly sha256: string } | null;
  /** The step that probes it (`verify`), when there is one. */
  readonly probe: Step | null;
  /** The page's markdown between the stop before and this one; absent where nobody is there to read it. */
  readonly lead?: string;
  /** Whose text `lead` is, where another procedure of a manual begins with this stop. */
  readonly passage?: Passage;
  /** The markdown that stands in its list item behind the first paragraph; absent: there is none. */
  readonly inside?: string;
  /** The step as its author wrote it, where `step` has values in its words. */
  readonly unsaid?: Step;
  /** Values that this step alone has, the outer ones first: an item of `each`, inputs that a link maps. */
  readonly scopes?: readonly Scope[];
  /** Its conditions (`when`) one by one, where links around it have some too: the outer ones first. */
  readonly whens?: readonly ScopedWhen[];
  /** The id of the step that it is an item of. */
  readonly item?: string;
  /** The only items of its list that it is done for, as ids say them; absent: all. */
  readonly only?: readonly string[];
  /** Procedures that may take only so long, from the outside in; ids are unique in the plan. */
  readonly limits?: readonly { readonly procedure: string; readonly ms: number }[];
  /** The step that passed, in a text before this one, with these commands in it: they are not done again. */
  readonly partOf?: string;
  /** The procedure of the plan's own runbook that the link to it stands in; absent: no link leads to it. */
  readonly linkedIn?: string;
  /** It is text to be read: a stop, and no step of the runbook. */
  readonly reading?: boolean;
}

/** Text between the last stop of one procedure and the first of the next, in the page's order. */
export interface Passage {
  /** It ends the procedure before. */
  readonly behind: string;
  /** It is neither's: sections without a stop, and what stands above several procedures. */
  readonly between: string;
  /** It begins the procedure of this stop. */
  readonly own: string;
}

/** Values by name for one step; unless they are `literal`, their `{{…}}` are those of the scope around it. */
export interface Scope {
  readonly values: Readonly<Record<string, string>>;
  readonly literal?: true;
  /** How the page that the link leads to declares its inputs: what they are given has to fit, wherever it comes from. */
  readonly declared?: NonNullable<Frontmatter['inputs']>;
}

/** A condition, judged where its author wrote it: by the values of so many of its step's scopes; absent: by all. */
export interface ScopedWhen {
  readonly when: string;
  readonly within?: number;
}

/** A runbook whose steps stand in the plan in the place of a link. */
export interface LinkedPage {
  /** The link, as it would stand in the plan: the ids of its steps begin with this one's and a slash. */
  readonly link: PlannedStep;
  readonly runbook: Runbook;
  /** What undoes there what the link picks. */
  readonly rollbacks: readonly Procedure[];
}

/** What will run, in order. Plain data: survives JSON. */
export interface Plan {
  readonly runbook: Runbook;
  readonly request: RunRequest;
  /** Procedures that were picked, in the order of the text; empty when the whole runbook runs. */
  readonly procedures: readonly Procedure[];
  readonly steps: readonly PlannedStep[];
  /** Rollback procedures that belong to what runs, offered by name when a step fails. */
  readonly rollbacks: readonly Procedure[];
  /** The pages that links of it lead to; one that is linked to twice stands here twice. */
  readonly linked?: readonly LinkedPage[];
  /** Values bound before the first step, with where they came from. Secrets are in here: never log it. */
  readonly values: readonly BoundInput[];
  /** What destroys needs a second person, in steps that stand in no plan (a rollback's) too. */
  readonly destroysNeedsTwo?: boolean;
  /** What is decided about conditions before the first step. */
  readonly decisions: readonly ConditionDecision[];
  /** What stands among the steps and holds none: a run that nobody attends goes on without it. */
  readonly leftOut: readonly LeftOut[];
  /** What forbids (error) or doubts (warning) this plan; errors refuse an unattended run. */
  readonly findings: readonly Diagnostic[];
  /** SHA-256 over the ids and texts of the steps, hex. */
  readonly hash: string;
}

/** A place of a page that stands where steps are and holds none. */
export interface LeftOut {
  /** Of a runbook that is linked to; absent: the plan's own. */
  readonly path?: string;
  /** 1-based. */
  readonly line: number;
  /** One sentence: what it is. */
  readonly message: string;
}

/** What refuses a plan: nothing does where a person is there to decide. A plan that is refused runs nothing and takes no lock. */
export function whatRefuses({ request, findings }: Plan): readonly Diagnostic[] {
  return request.attended ? [] : findings.filter(({ severity }) => severity === 'error');
}

/** A plan whose inputs are bound and which was looked at by preflight: what can be run. */
export interface PreparedPlan extends Plan {
  readonly prepared: true;
}

/** What is asked for when nothing is said: every step of a runbook, without a person. */
export const DEFAULT_REQUEST: RunRequest = {
  procedures: [],
  all: false,
  steps: [],
  from: null,
  to: null,
  tags: [],
  inputs: {},
  attended: false,
  approve: [],
  holds: [],
  not: [],
  timeoutMs: null,
  on: [],
  keepGoing: false,
  parallel: 1,
  reason: null,
  ticket: null,
  incident: null,
};

/** An input with its value. */
export interface BoundInput {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  /** `--input`, `file x.yaml`, `environment NAME`, `command`, `default`, `operator`, `step ID`. */
  readonly source: string;
  /** A secret that is also a word or a name here: it is hidden only right behind one of these, such as `PGPASSWORD=`. */
  readonly behind?: readonly string[];
  /** It is a shell variable (`$PGDATA`) that nothing else sets: steps find it in their environment. */
  readonly variable?: boolean;
}

/** A step with its probe behind it. */
export function withProbe({ step, probe }: Pick<PlannedStep, 'step' | 'probe'>): readonly Step[] {
  return probe === null ? [step] : [step, probe];
}
