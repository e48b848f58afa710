import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { type CancelDocument, documentText, readDocument } from '../../team/documents.ts';
import { sign, writeSigned } from '../../team/signed.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { identityOf, nowText } from '../requests/identity.ts';
import { besideOf, requestFile } from '../requests/request-file.ts';
import { identityOptions, outOption, teamOption } from '../shared-words.ts';
import { teamUrl } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'cancel',
  aside: true,
  summary: 'sign a no to a request; its host ends what it runs of it',
  arguments: [
    { name: 'REQUEST', required: true, summary: 'its id, the beginning of one, or its file' },
  ],
  options: [
    { name: 'reason', value: 'TEXT', summary: 'why' },
    ...identityOptions,
    outOption,
    teamOption,
  ],
  examples: [['handrail cancel 0193a --reason "wrong host"', 'not begun, or ended']],
};

/** `handrail cancel`: a signed no to a request; what its host runs of it is ended. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const { who, key } = identityOf(invocation, context);
  const [name = ''] = invocation.words;
  const out = invocation.text('out');
  const filed = requestFile(name, context.cwd);
  const beside = filed === undefined ? undefined : besideOf(filed.file, 'cancel', who);
  const target = out === undefined ? beside : path.resolve(context.cwd, out);
  const url = target === undefined ? await teamUrl(invocation.text('team'), context.env) : null;
  const subject =
    filed === undefined ? await fullId(name, url) : readDocument('request', filed.document).id;
  const document: CancelDocument = {
    kind: 'cancel',
    version: 1,
    subject,
    who,
    why: invocation.text('reason') ?? '',
    at: nowText(),
  };
  const signed = await sign('cancel', documentText(document), key);
  if (target !== undefined) writeSigned(target, { kind: 'cancel', ...signed });
  if (url !== null) {
    const { fileAnswer } = await import('../../team/requests/file-request.ts');
    await fileAnswer(url, 'cancel', subject, who, signed);
  }
  await context.out.write(
    target === undefined
      ? `Cancelled request ${subject} as ${who}; its host ends what it runs of it.\n`
      : `Cancelled request ${subject} as ${who}. It is in ${target}: bring it to the host, which then ends what it runs of it.\n`,
  );
  return EXIT.passed;
};

const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a request from the beginning of one, where a record can be asked. Throws REQUEST_NOT_FOUND. */
async function fullId(name: string, url: string | null): Promise<string> {
  if (RUN_ID.test(name)) return name;
  if (url === null) throw new HandrailError('REQUEST_NOT_FOUND', { name, where: 'files' });
  const { findRequest } = await import('../../team/requests/file-request.ts');
  const { withoutPassword } = await import('../../stores/team/refusals.ts');
  const found = await findRequest(url, name);
  if (found !== undefined) return readDocument('request', found.document).id;
  throw new HandrailError('REQUEST_NOT_FOUND', { name, where: withoutPassword(url) });
}
