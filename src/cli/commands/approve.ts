import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import {
  type ApprovalDocument,
  documentHash,
  documentText,
  readDocument,
} from '../../team/documents.ts';
import { sign, writeSigned } from '../../team/signed.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { agreed } from '../requests/approve-step.ts';
import { type Identity, identityOf, nowText } from '../requests/identity.ts';
import { besideOf, requestFile } from '../requests/request-file.ts';
import { identityOptions, jsonOption, outOption, teamOption } from '../shared-words.ts';
import { teamUrl } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'approve',
  aside: true,
  summary: 'sign a second yes, to a request or to a step that waits for it',
  arguments: [
    { name: 'REQUEST', required: true, summary: 'its id or its file; or a run that waits' },
    { name: 'STEP', completes: 'step', summary: 'of a run: the step that waits (or `last`)' },
  ],
  options: [
    { name: 'yes', summary: 'sign without showing it first' },
    ...identityOptions,
    outOption,
    teamOption,
    jsonOption,
  ],
  examples: [
    ['handrail approve 0193a --key ~/.ssh/id_ed25519 --as bo', 'look at it, then sign'],
    ['handrail approve 0193b drop-old-data', 'one step, which says confirm=two'],
  ],
};

/** `handrail approve`: a second person's signed yes, to a request or to one step of a run that waits for it. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const identity = identityOf(invocation, context);
  const [name = '', step] = invocation.words;
  if (step === undefined) return approveRequest(name, identity, invocation, context);
  const { approveStep } = await import('../requests/approve-step.ts');
  return approveStep(name, step, identity, invocation, context);
};

interface Subject {
  readonly document: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly before: Buffer | null;
  /** The file that it was read from. */
  readonly file: string | null;
}

async function approveRequest(
  name: string,
  identity: Identity,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const subject = await subjectOf(name, invocation, context);
  const request = readDocument('request', subject.document);
  if (request.who === identity.who)
    throw new HandrailError('REQUEST_REFUSED', {
      message: `${request.who} asked for it and cannot approve it: that takes a second person. Nothing was signed.`,
    });
  const { requestScreen } = await import('../requests/show-request.ts');
  const { texts, before } = subject;
  const screen = (): Promise<string> => requestScreen({ request, texts, before }, context);
  if (!(await agreed(invocation, context, screen, request.id))) return EXIT.denied;
  const document: ApprovalDocument = {
    kind: 'approval',
    version: 1,
    subject: request.id,
    sha256: documentHash(subject.document),
    step: '',
    who: identity.who,
    at: nowText(),
  };
  const signed = await sign('approval', documentText(document), identity.key);
  const out = invocation.text('out');
  const beside =
    subject.file === null ? undefined : besideOf(subject.file, 'approval', identity.who);
  const target = out === undefined ? beside : path.resolve(context.cwd, out);
  if (target !== undefined) writeSigned(target, { kind: 'approval', ...signed });
  else {
    const { fileAnswer } = await import('../../team/requests/file-request.ts');
    const url = await teamUrl(invocation.text('team'), context.env);
    await fileAnswer(url, 'approval', request.id, identity.who, signed);
  }
  const where = target === undefined ? '' : ` It is in ${target}: bring it to the host.`;
  const isOver = Date.parse(request.expires) <= Date.now();
  const late = isOver
    ? ` But its time was over at ${request.expires}: it is not started any more, and has to be asked for again.`
    : '';
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ approved: request.id, by: identity.who, ...(target === undefined ? {} : { file: target }) })}\n`
      : `Approved request ${request.id} as ${identity.who}.${where}${late}\n`,
  );
  return EXIT.passed;
}

async function subjectOf(
  name: string,
  invocation: Invocation,
  { cwd, env }: CliContext,
): Promise<Subject> {
  const filed = requestFile(name, cwd);
  if (filed !== undefined) return { ...filed, before: null };
  const { findRequest } = await import('../../team/requests/file-request.ts');
  const { withoutPassword } = await import('../../stores/team/refusals.ts');
  const url = await teamUrl(invocation.text('team'), env);
  const found = await findRequest(url, name);
  if (found === undefined)
    throw new HandrailError('REQUEST_NOT_FOUND', { name, where: withoutPassword(url) });
  const { document, texts, before } = found;
  return { document, texts, before, file: null };
}
