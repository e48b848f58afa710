import path from 'node:path';
import { EXIT } from '../../engine/model/outcome.ts';
import { type CancelDocument, documentText } from '../../team/signed/documents.ts';
import { sign, writeSigned } from '../../team/signed/signed.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { fullId } from '../requests/full-id.ts';
import { identityOf, nowText } from '../requests/identity.ts';
import { identityOptions, outOption, teamOption } from '../shared-words.ts';
import { teamUrl } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'cancel',
  aside: true,
  summary: 'sign a no to a request; its host ends what it runs of it',
  arguments: [{ name: 'REQUEST', required: true, summary: 'its id, or the beginning of one' }],
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
  const out = invocation.text('out');
  const url = out === undefined ? await teamUrl(invocation.text('team'), context.env) : null;
  const subject = await fullId(invocation.words[0] ?? '', url);
  const document: CancelDocument = {
    kind: 'cancel',
    version: 1,
    subject,
    who,
    why: invocation.text('reason') ?? '',
    at: nowText(),
  };
  const signed = await sign('cancel', documentText(document), key);
  if (url === null)
    writeSigned(path.resolve(context.cwd, out ?? ''), { kind: 'cancel', ...signed });
  else {
    const { fileAnswer } = await import('../../team/requests/file-request.ts');
    await fileAnswer(url, 'cancel', subject, who, signed);
  }
  await context.out.write(
    `Cancelled request ${subject} as ${who}; its host ends what it runs of it.\n`,
  );
  return EXIT.passed;
};
