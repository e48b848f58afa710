import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { REVIEWS } from '../../engine/record/files.ts';
import { findRun } from '../../engine/record/runs.ts';
import { makeFolder } from '../../stores/files/disk.ts';
import {
  documentHash,
  documentText,
  type ReviewDocument,
  reviewSchema,
} from '../../team/documents.ts';
import { fileAnswer } from '../../team/requests/file-request.ts';
import { sign, writeSigned } from '../../team/signed.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { openStore } from '../open-store.ts';
import { sealOf } from '../proof/seal-signature.ts';
import { identityOf, nowText } from '../requests/identity.ts';
import { identityOptions, ofTeamOption, runArgument } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';

export const spec: CommandWords = {
  name: 'review',
  aside: true,
  summary: 'sign what you found in a run that is over',
  arguments: [
    { ...runArgument, required: true },
    { name: 'TEXT', many: true, summary: 'what you found' },
  ],
  options: [
    {
      name: 'verdict',
      value: 'WORD',
      choices: ['good', 'questions', 'bad'],
      summary: 'good (default), questions or bad',
    },
    ...identityOptions,
    ofTeamOption,
  ],
  examples: [['handrail review last "as planned" --as bo', 'a second look, afterwards']],
};

/** `handrail review`: a signed word on a run that is over, beside its record or in the team's; the mirror sends it along. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const { who, key } = identityOf(invocation, context);
  const store = openStore(context);
  const reader = await findRun(store, invocation.words[0] ?? '');
  const seal = await sealOf(reader);
  if (seal === null)
    throw new HandrailError('REQUEST_REFUSED', {
      message: `Run ${reader.run} cannot be reviewed: it is not sealed.`,
    });
  const read = reviewSchema.safeParse({
    kind: 'review',
    version: 1,
    subject: reader.run,
    head: seal.head,
    verdict: invocation.text('verdict') ?? 'good',
    text: invocation.words.slice(1).join(' '),
    who,
    at: nowText(),
  });
  if (!read.success)
    throw new HandrailError('USAGE', {
      message: 'The review cannot be made: its text is too long.',
    });
  const document: ReviewDocument = read.data;
  const text = documentText(document);
  const signed = await sign('review', text, key);
  if (store.scheme === 'file') {
    const folder = path.join(reader.where, REVIEWS);
    makeFolder(folder);
    writeSigned(path.join(folder, `${documentHash(text).slice(0, 16)}.json`), {
      kind: 'review',
      ...signed,
    });
  } else await fileAnswer(stateFolder(context), 'review', reader.run, who, signed);
  await context.out.write(`Reviewed run ${reader.run} as ${who}: ${document.verdict}.\n`);
  return EXIT.passed;
};
