import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Operator } from '../../engine/contracts/operator.ts';
import { decode } from '../../engine/load.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import {
  DEFAULT_REQUEST,
  type Plan,
  type PreparedPlan,
  whatRefuses,
} from '../../engine/model/plan.ts';
import type { Runbook, SourceText } from '../../engine/model/runbook.ts';
import type { SaidBySecond } from '../../engine/running/session.ts';
import { createHandrail } from '../../handrail.ts';
import { type EagerLock, whoHolds, withLock } from '../../host/eager-lock.ts';
import type { Handrail, RunHandle } from '../../library.ts';
import { readOwn } from '../../stores/files/disk.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { World } from '../../world.ts';
import type { RequestDocument } from '../documents.ts';
import type { Policy } from '../policy.ts';
import { partRules, ruleOfFile } from '../policy-parts.ts';
import { type Filed, type Judged, missingFor } from '../requests/judge.ts';
import { secondWordIn } from '../requests/run-approvals.ts';
import type { RequestSource } from '../requests/source.ts';
import { cancelEvent, receivedEvent, type Saying, saying } from './said.ts';

/** What carrying out a request takes. */
export interface Workplace {
  readonly world: Omit<World, 'cwd'>;
  readonly operator: Operator;
  readonly policy: Policy;
  readonly source: Pick<RequestSource, 'read'>;
}

/**
 * A request that is ready to be started, with the lock of its run taken (`null`: preflight refuses it, so that it needs
 * none), or the one sentence why it is refused, what it waits for, or who has its lock.
 */
export type Ready =
  | {
      readonly plan: PreparedPlan;
      readonly source: SourceText;
      readonly handrail: Handrail;
      readonly lock: EagerLock | null;
    }
  | { readonly refused: string }
  | { readonly waiting: string }
  | { readonly heldBy: string };

/**
 * Makes the plan of a request from the host's own files. Whatever is not as it was signed, the runbook's bytes and its
 * plan, refuses it. Starts nothing; the lock is the caller's to drop where the run is not begun. `isHeldUp`: that lock was
 * had by another run at the last look.
 */
export async function readyToStart(
  judged: Extract<Judged, { state: 'ready' }>,
  filed: Filed,
  place: Workplace,
  isHeldUp: boolean,
): Promise<Ready> {
  const { request } = judged;
  const wrong = misplaced(judged, place.policy);
  if (wrong !== undefined) return { refused: wrong };
  const handrail = handrailFor(judged, place);
  try {
    const { source, runbook } = await handrail.read(request.runbook);
    if (source.sha256 !== request.sha256)
      return { refused: 'the runbook on this host is not the one that was signed' };
    const asked = {
      procedures: request.procedure === '' ? [] : [request.procedure],
      all: request.procedure === '',
      inputs: request.inputs,
      on: request.on,
      keepGoing: request.keepGoing === true,
      parallel: request.parallel ?? 1,
      holds: request.holds ?? [],
      not: request.not ?? [],
      reason: request.reason || null,
      ticket: request.ticket || null,
    };
    const draft = await handrail.plan(runbook, asked);
    // Another name of a procedure would fit another rule than the procedure does.
    if ((draft.procedures[0]?.id ?? '') !== request.procedure)
      return { refused: `\`${request.procedure}\` is not what its procedure is called` };
    if (draft.hash !== request.plan || linkedOf(draft) !== signedLinks(request))
      return { refused: 'what would run on this host is not what was signed' };
    const held = await heldBack(judged, filed, draft, place.policy);
    if (held !== undefined) return held;
    // Who signed the request agreed to the steps in it that need a yes.
    const approve = draft.steps.filter(({ needsApproval }) => needsApproval).map(({ id }) => id);
    const agreed = { ...draft, request: { ...draft.request, approve } };
    const prepared = await preparedWith(handrail, request.id, isHeldUp, {
      runbook: draft.runbook,
      prepare: () => handrail.prepare(agreed, place.operator),
    });
    return 'heldBy' in prepared ? prepared : { ...prepared, source, handrail };
  } catch (error) {
    if (error instanceof HandrailError) return { refused: error.message };
    throw error;
  }
}

/**
 * Prepares a plan before its lock is taken, so that what preflight refuses keeps nobody out; what was held up by the lock
 * is looked at again only when it has that.
 */
async function preparedWith(
  handrail: Handrail,
  run: string,
  isHeldUp: boolean,
  { runbook, prepare }: { readonly runbook: Runbook; prepare(): Promise<PreparedPlan> },
): Promise<{ plan: PreparedPlan; lock: EagerLock | null } | { heldBy: string }> {
  const early = isHeldUp ? undefined : await prepare();
  if (early !== undefined && whatRefuses(early).length > 0) return { plan: early, lock: null };
  const lock = handrail.lock(run, runbook);
  const heldBy = await whoHolds(lock);
  if (heldBy !== undefined) return { heldBy };
  let isNeeded = false;
  return withLock(
    lock,
    () => isNeeded,
    async () => {
      const plan = early ?? (await prepare());
      isNeeded = whatRefuses(plan).length === 0;
      return { plan, lock: isNeeded ? lock : null };
    },
  );
}

/** The linked pages by their bytes: what they declare is not in the hash of the plan. */
function linkedOf({ steps }: Plan): string {
  const hashes = steps.flatMap(({ from }) => (from === null ? [] : [from.sha256]));
  return [...new Set(hashes)].toSorted().join(' ');
}

function signedLinks({ linked }: RequestDocument): string {
  return [...new Set(linked.map(({ sha256 }) => sha256))].toSorted().join(' ');
}

/** What an earlier rule of the policy, which fits a part of the plan, has against it. */
async function heldBack(
  { request, requester, rule }: Extract<Judged, { state: 'ready' }>,
  filed: Filed,
  draft: Plan,
  policy: Policy,
): Promise<Ready | undefined> {
  for (const part of partRules(policy, rule, request.runbook, draft)) {
    if (!part.rule.mayRequest(request.who))
      return { refused: `the policy does not let ${request.who} ask for \`${part.name}\` in it` };
    const why = await missingFor(part.rule, { filed, requester, policy, now: new Date() });
    if (why !== undefined) return { waiting: `${why} for \`${part.name}\` in it` };
  }
  return undefined;
}

/** By whatever path a runbook is named, it is held to the rule of the place where it stands. */
function misplaced(
  { request, rule }: Extract<Judged, { state: 'ready' }>,
  policy: Policy,
): string | undefined {
  const { runbook, procedure } = request;
  if (!existsSync(runbook)) return 'there is no such runbook on this host';
  if (ruleOfFile(policy, runbook, procedure) === rule) return undefined;
  return 'its runbook stands elsewhere than its path says, where another rule of the policy holds or none';
}

function handrailFor(judged: Extract<Judged, { state: 'ready' }>, place: Workplace): Handrail {
  const { world, policy } = place;
  return createHandrail({
    ...world,
    cwd: dirname(judged.request.runbook),
    destroysNeedsTwo: policy.destroysNeedsTwo,
    secondWord: () => (stepId, sha256) => wordFor(judged, place, { stepId, sha256 }),
  });
}

/** What was said about one step of a request's run; who signed the whole request saw every step of it. */
async function wordFor(
  { request, requester, rule, approvals }: Extract<Judged, { state: 'ready' }>,
  { policy, source }: Workplace,
  step: { readonly stepId: string; readonly sha256: string },
): Promise<SaidBySecond> {
  const [whole] = approvals;
  if (whole !== undefined) return { granted: { by: whole.who, key: whole.key }, refused: [] };
  const filed = await source.read(request.id);
  return secondWordIn(
    filed?.approvals ?? [],
    { run: request.id, ...step },
    {
      first: [requester.who],
      firstKeys: [requester.key],
      allowedSigners: policy.allowedSigners,
      mayApprove: rule.mayApprove,
    },
  );
}

/** Whether a second person has signed the step that a request's run waits at. */
export async function isSigned(
  judged: Extract<Judged, { state: 'ready' }>,
  place: Workplace,
  step: { readonly stepId: string; readonly sha256: string },
): Promise<boolean> {
  return (await wordFor(judged, place, step)).granted !== null;
}

/** Records a request that comes to nothing as a run that nothing was done in, with who asked and who said no. */
export async function refusedRun(
  filed: Filed,
  judged: Exclude<Judged, { state: 'waiting' }>,
  why: string,
  { world, operator, policy }: Workplace,
): Promise<RunHandle> {
  const { request, requester } = judged;
  const source = refusedText(
    request,
    filed.document,
    requester === null ? MOST_STRANGE : MOST_TEXT,
  );
  const handrail = createHandrail({ ...world, cwd: '/' });
  const { runbook } = await handrail.parse(source);
  const plan = refusedPlan(runbook, request, why);
  const signal = new AbortController().signal;
  const said = saying([
    ...(request === null || requester === null
      ? []
      : [receivedEvent({ request, requester }, filed.document, policy)]),
    ...(judged.state === 'cancelled' ? [cancelEvent(judged.by, judged.why)] : []),
  ]);
  return handrail.run(plan, source, { operator, signal, run: filed.id, said });
}

/** Whether this host ever had a run of that id: its folder, or its line in the chain of all runs. */
export async function wasStarted(handrail: Handrail, id: string): Promise<boolean> {
  return (await handrail.store.read(id)) !== undefined || (await isInChain(handrail, id));
}

/** Whether the chain of all runs of this host knows a run of that id. */
export async function isInChain(handrail: Handrail, id: string): Promise<boolean> {
  for await (const { raw } of handrail.store.ledger())
    if (Buffer.from(raw).includes(id)) return true;
  return false;
}

/**
 * Tells one worker's claims from those of another: the host's own name, its machine and its state folder. What another one
 * claimed and did not begin is never begun here, so that a folder or a machine that was copied is not the same one.
 */
export function workerName(hostname: string, state: string): string {
  const folder = statSync(state, { throwIfNoEntry: false, bigint: true })?.ino ?? 0n;
  const facts = JSON.stringify([state, String(folder), readOwn('/etc/machine-id') ?? '']);
  return `${hostname} ${sha256Of(facts).slice(0, 12)}`;
}

/** Goes on with a run of a request, as its host alone may. */
export function goOnWith(
  judged: Extract<Judged, { state: 'ready' }>,
  place: Workplace,
  { signal, said }: { readonly signal: AbortSignal; readonly said: Saying },
): Promise<RunHandle> {
  const handrail = handrailFor(judged, place);
  return handrail.resume(judged.request.id, {}, { operator: place.operator, signal, said });
}

/** Ends a run that is not under way: the signal has been given already. */
export function leave(
  request: RequestDocument,
  { world, operator }: Workplace,
  { signal, said }: { readonly signal: AbortSignal; readonly said: Saying },
): Promise<RunHandle> {
  const handrail = createHandrail({ ...world, cwd: dirname(request.runbook) });
  return handrail.resume(request.id, { force: true }, { operator, signal, said });
}

/** What is recorded of a request that was refused: its words in the place of a runbook, no step, and why. */
function refusedText(request: RequestDocument | null, document: string, most: number): SourceText {
  const shown = document.slice(0, most);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const text = `# Refused request\n\n${fence}json\n${shown.trimEnd()}\n${fence}\n`;
  const path = request?.runbook ?? 'request';
  const bytes = Buffer.from(text);
  const folder = path.slice(0, Math.max(1, path.lastIndexOf('/')));
  return { path, folder, bytes, text: decode(bytes), sha256: sha256Of(bytes) };
}

const MOST_TEXT = 64 * 1024;
/** Of a document that nobody known has signed. */
const MOST_STRANGE = 2000;

/** A plan that runs nothing, for a reason. */
function refusedPlan(runbook: Runbook, request: RequestDocument | null, why: string): PreparedPlan {
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
    leftOut: [],
    findings: [finding],
    hash: sha256Of(''),
    prepared: true,
  };
}
