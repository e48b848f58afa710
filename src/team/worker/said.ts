import type { RunEvent } from '../../engine/model/event.ts';
import type { Said } from '../../host/execute.ts';
import { documentHash, type RequestDocument } from '../documents.ts';
import type { Policy } from '../policy.ts';
import type { Judged } from '../requests/judge.ts';
import type { Signer } from '../signed.ts';

/** What a run is told from outside, in the order in which it was said. */
export interface Saying extends Said {
  add(event: RunEvent): void;
}

/** Nothing said yet but these. */
export function saying(first: readonly RunEvent[]): Saying {
  let waiting: readonly RunEvent[] = first;
  return {
    add(event) {
      waiting = [...waiting, event];
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** The request that a run carries out, who approved it, and which words did not count. */
export function requestEvents(
  judged: Extract<Judged, { state: 'ready' }>,
  document: string,
  policy: Policy,
): readonly RunEvent[] {
  const { approvals, ignored } = judged;
  return [
    receivedEvent(judged, document, policy),
    ...ignored.map(({ who, why }): RunEvent => ({ type: 'approval.refused', by: who, why })),
    ...approvals.map(
      ({ who, key, at }): RunEvent => ({
        type: 'approval.granted',
        by: who,
        how: `the request, signed ${at}`,
        key,
      }),
    ),
  ];
}

/** What was asked for, by whom, and which policy it came before. */
export function receivedEvent(
  { request, requester }: { readonly request: RequestDocument; readonly requester: Signer },
  document: string,
  policy: Policy,
): RunEvent {
  return {
    type: 'request.received',
    by: requester.who,
    key: requester.key,
    host: request.host,
    document: documentHash(document),
    policy: policy.sha256,
    askedAt: request.at,
    expires: request.expires,
  };
}

/** Somebody's signed word to end it. */
export function cancelEvent({ who, key }: Signer, why: string): RunEvent {
  return { type: 'cancel.received', by: who, key, why };
}
