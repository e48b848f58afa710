import path from 'node:path';
import { createHandrail } from '../../src/handrail.ts';
import { newRunId } from '../../src/host/run-id.ts';
import {
  documentHash,
  documentText,
  type RequestDocument,
  underOwnId,
} from '../../src/team/documents.ts';
import { fileAnswer, fileRequest } from '../../src/team/requests/file-request.ts';
import { type Signed, sign } from '../../src/team/signed.ts';
import type { OpsTeam } from './ops-team.ts';
import type { FreshTeam } from './team.ts';

/** A document and its hash, as a requester signed it. */
export interface AskedFor extends Signed {
  readonly id: string;
}

/** A request for a procedure of `ops.md` as ada signs it, with whatever she writes into it. */
export async function signedRequest(
  { folder }: OpsTeam,
  procedure: string,
  more: Partial<RequestDocument> = {},
): Promise<AskedFor & { readonly request: RequestDocument }> {
  const at = (file: string): string => path.join(folder, file);
  const handrail = createHandrail({
    env: process.env,
    cwd: folder,
    state: at('.handrail'),
    version: 'test',
  });
  const { source, runbook } = await handrail.read(at('ops.md'));
  const all = procedure === '';
  const plan = await handrail.plan(runbook, { procedures: all ? [] : [procedure], all });
  const now = Date.now();
  const linked = new Map<string, string>();
  for (const { from } of plan.steps) if (from !== null) linked.set(from.path, from.sha256);
  const document: RequestDocument = {
    kind: 'request',
    version: 1,
    id: newRunId(now),
    host: 'web1',
    runbook: at('ops.md'),
    sha256: source.sha256,
    linked: [...linked].map(([page, sha256]) => ({ path: page, sha256 })),
    procedure,
    plan: plan.hash,
    inputs: {},
    on: [],
    who: 'ada',
    reason: '',
    ticket: '',
    at: new Date(now).toISOString(),
    expires: new Date(now + 3_600_000).toISOString(),
    ...more,
  };
  const request = more.id === undefined ? underOwnId(document) : document;
  const signed = await sign('request', documentText(request), at(request.who));
  return { ...signed, id: request.id, request };
}

/** Puts such a request into the record; its id. */
export async function asked(
  { admin }: FreshTeam,
  ops: OpsTeam,
  procedure: string,
  more: Partial<RequestDocument> = {},
): Promise<AskedFor> {
  const { request, ...signed } = await signedRequest(ops, procedure, more);
  // The columns are for people; what is signed stands in the document alone.
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  await fileRequest(admin, { ...request, runbook: '/x', expires }, signed, {});
  return signed;
}

/** Somebody's yes to a request, in the record. */
export async function agreedTo(
  { admin }: FreshTeam,
  { folder }: OpsTeam,
  { id, document }: AskedFor,
  who = 'bo',
): Promise<void> {
  const yes = documentText({
    kind: 'approval',
    version: 1,
    subject: id,
    sha256: documentHash(document),
    step: '',
    who,
    at: new Date().toISOString(),
  });
  await fileAnswer(admin, 'approval', id, who, await sign('approval', yes, path.join(folder, who)));
}
