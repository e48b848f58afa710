import { HandrailError } from '../../engine/model/errors.ts';
import { documentHash, hasOwnId, type RequestDocument, readDocument } from '../documents.ts';
import { isWithin } from '../hours.ts';
import type { Policy, Rule } from '../policy.ts';
import { type Signed, type Signer, type SignerOf, signerOf } from '../signed.ts';

/** A request as it lies before a host, with what persons answered. */
export interface Filed extends Signed {
  readonly id: string;
  readonly approvals: readonly Signed[];
  readonly cancels: readonly Signed[];
}

/** A word that counts, with when it was said. */
export interface Approval extends Signer {
  readonly at: string;
}

/** What a host thinks of a request. */
export type Judged =
  | {
      readonly state: 'refused' | 'expired';
      readonly why: string;
      readonly request: RequestDocument | null;
      /** Whose signature the request has; `null`: that of nobody whom this host knows. */
      readonly requester: Signer | null;
    }
  | {
      readonly state: 'cancelled';
      readonly why: string;
      readonly by: Signer;
      readonly request: RequestDocument;
      readonly requester: Signer;
    }
  | { readonly state: 'waiting'; readonly why: string; readonly request: RequestDocument }
  | {
      readonly state: 'ready';
      readonly request: RequestDocument;
      readonly requester: Signer;
      readonly rule: Rule;
      readonly approvals: readonly Approval[];
      /** Words that did not count, with why. */
      readonly ignored: readonly Ignored[];
    };

/** A word that did not count. */
export interface Ignored {
  readonly who: string;
  readonly why: string;
}

/**
 * Judges a request by the host's own files: its allowed signers, its policy, its clock. What the database or the file
 * says besides the signed bytes counts for nothing.
 */
export async function judge(
  filed: Filed,
  {
    host,
    policy,
    now,
    signer = signerOf,
  }: {
    readonly host: string;
    readonly policy: Policy;
    /** `null`: it was started already, and its time counts no more. */
    readonly now: Date | null;
    /** Checks a signature; by default with `ssh-keygen` each time. */
    readonly signer?: SignerOf;
  },
): Promise<Judged> {
  const request = requestIn(filed);
  if (request === undefined)
    return { state: 'refused', why: 'its document cannot be read', request: null, requester: null };
  const nobodys = (why: string): Judged => ({ state: 'refused', why, request, requester: null });
  if (request.id !== filed.id) return nobodys('its document is of another request');
  if (request.host !== host) return nobodys(`it is for host ${request.host}`);
  const requester = await signer('request', filed, request.who, policy.allowedSigners);
  if (requester === undefined)
    return nobodys(
      `it is not signed by ${request.who} as the allowed signers of this host know them`,
    );
  // Whoever signed it would use up another's. What was started already is known by its document, whoever gave it its id.
  if (now !== null && !hasOwnId(filed.document, request.id))
    return nobodys('its id is not the one that belongs to what it asks for');
  const refused = (why: string): Judged => ({ state: 'refused', why, request, requester });
  const cancelled = await cancelOf(filed, policy, signer);
  if (cancelled !== undefined) return { state: 'cancelled', ...cancelled, request, requester };
  const overdue = now === null ? undefined : overdueOf(request, policy, now);
  if (overdue !== undefined) return { state: 'expired', why: overdue, request, requester };
  if (now !== null && Date.parse(request.at) > now.getTime() + MOST_AHEAD_MS)
    return { state: 'waiting', why: aheadOf(request), request };
  const rule = policy.rules.find((each) => each.fits(request.runbook, request.procedure));
  if (rule === undefined) return refused('no rule of the policy of this host fits it');
  if (!rule.mayRequest(request.who))
    return refused(`the policy does not let ${request.who} ask for it`);
  const counted = await countedApprovals(filed, requester, rule, policy, signer);
  const missed = whyNotYet(rule, counted, now);
  if (missed !== undefined) return { state: 'waiting', why: missed, request };
  return { state: 'ready', request, requester, rule, ...counted };
}

/** What a request still waits for by one rule; `undefined`: nothing. */
export async function missingFor(
  rule: Rule,
  {
    filed,
    requester,
    policy,
    now,
  }: {
    readonly filed: Filed;
    readonly requester: Signer;
    readonly policy: Policy;
    readonly now: Date | null;
  },
): Promise<string | undefined> {
  return whyNotYet(rule, await countedApprovals(filed, requester, rule, policy, signerOf), now);
}

interface Counted {
  readonly approvals: readonly Approval[];
  readonly ignored: readonly Ignored[];
}

function whyNotYet(
  rule: Rule,
  { approvals, ignored }: Counted,
  now: Date | null,
): string | undefined {
  if (approvals.length < rule.approvals) return missing(approvals, ignored, rule);
  if (now !== null && rule.hours !== null && !isWithin(rule.hours, now))
    return `the policy lets it start ${rule.hoursText} only`;
  return undefined;
}

/** The request that a signed file holds; `undefined` where it cannot be read as one. */
export function requestIn({ document }: Pick<Signed, 'document'>): RequestDocument | undefined {
  try {
    return readDocument('request', document);
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

/** What clocks may differ by. A request that is dated later would outlive the policy's own limit. */
const MOST_AHEAD_MS = 5 * 60_000;

function aheadOf({ at }: RequestDocument): string {
  return `it was made at ${at} by its own clock, which is ahead of the one of this host`;
}

function overdueOf(
  { at, expires }: RequestDocument,
  { maxAgeMs }: Policy,
  now: Date,
): string | undefined {
  if (Date.parse(expires) <= now.getTime()) return `its time was over at ${expires}`;
  if (Date.parse(at) + maxAgeMs <= now.getTime())
    return `it was made at ${at}, longer ago than the policy of this host allows`;
  return undefined;
}

/** Anybody whom the host knows may stop something; `undefined`: nobody did. */
export async function cancelOf(
  filed: Pick<Filed, 'id' | 'cancels'>,
  policy: Policy,
  signer: SignerOf = signerOf,
): Promise<{ readonly by: Signer; readonly why: string } | undefined> {
  for (const cancel of filed.cancels) {
    const said = await read('cancel', cancel);
    if (said === undefined || said.subject !== filed.id) continue;
    const by = await signer('cancel', cancel, said.who, policy.allowedSigners);
    if (by !== undefined)
      return { by, why: `${by.who} cancelled it${said.why === '' ? '' : `: ${said.why}`}` };
  }
  return undefined;
}

async function countedApprovals(
  filed: Filed,
  requester: Signer,
  rule: Rule,
  policy: Policy,
  check: SignerOf,
): Promise<Counted> {
  const approvals: Approval[] = [];
  const ignored: Ignored[] = [];
  const sha256 = documentHash(filed.document);
  for (const approval of filed.approvals) {
    const said = await read('approval', approval);
    if (said === undefined) {
      ignored.push({ who: 'somebody', why: 'the approval cannot be read' });
      continue;
    }
    const { who, at } = said;
    const ignore = (why: string): number => ignored.push({ who, why });
    if (said.subject !== filed.id || said.step !== '' || said.sha256 !== sha256)
      ignore('the approval is of something else');
    else if (who === requester.who) ignore('who asks for it cannot approve it');
    else if (!rule.mayApprove(who)) ignore('the policy does not let them approve it');
    else {
      const signer = await check('approval', approval, who, policy.allowedSigners);
      if (signer === undefined)
        ignore('the signature is of nobody whom this host knows by that name');
      else if (signer.key === requester.key) ignore('it is signed with the key of who asks for it');
      else if (!approvals.some((other) => other.who === who || other.key === signer.key))
        approvals.push({ ...signer, at });
    }
  }
  return { approvals, ignored: fewOf(ignored) };
}

/** Whoever may put words before a host may put many: so many of those that do not count are told one by one. */
const MOST_IGNORED = 20;

function fewOf(ignored: readonly Ignored[]): readonly Ignored[] {
  const more = ignored.length - MOST_IGNORED;
  if (more <= 0) return ignored;
  return [
    ...ignored.slice(0, MOST_IGNORED),
    { who: 'somebody', why: `${more} more of such approvals do not count` },
  ];
}

async function read<Kind extends 'approval' | 'cancel'>(kind: Kind, { document }: Signed) {
  try {
    return readDocument(kind, document);
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

function missing(
  approvals: readonly Approval[],
  ignored: readonly Ignored[],
  { approvals: needed }: Rule,
): string {
  const have = `${approvals.length} of ${needed} ${needed === 1 ? 'approval' : 'approvals'}`;
  const not = ignored.map(({ who, why }) => `${who}: ${why}`).join('; ');
  return not === '' ? have : `${have} (not counted: ${not})`;
}
