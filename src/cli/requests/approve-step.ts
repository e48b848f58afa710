import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { commandAbout } from '../../engine/model/command-about.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { StoredEvent } from '../../engine/model/event.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { findRun } from '../../engine/record/runs.ts';
import { systemClock } from '../../host/system-clock.ts';
import { openStore as openStoreAt } from '../../stores/index.ts';
import { type ApprovalDocument, documentText } from '../../team/documents.ts';
import { sign, writeSigned } from '../../team/signed.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { screenCode, screenLine } from '../screen/safe-text.ts';
import { namedState, stateFolder } from '../state-folder.ts';
import { teamUrlIfAny } from '../team/team-url.ts';
import { type Identity, nowText } from './identity.ts';
import { namesOf } from './second-word.ts';

type Waiting = Extract<StoredEvent, { type: 'run.waiting' }>;

/** A second person's signed yes to the one step that a run waits at. */
export async function approveStep(
  name: string,
  step: string,
  { who, key }: Identity,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const given = invocation.text('team');
  const url = given === undefined ? undefined : await teamUrlIfAny(given, context.env);
  const store = openStoreAt(url ?? stateFolder(context), systemClock);
  const reader = await findRun(store, name);
  const { waiting, requester, doers } = await standingOf(reader.lines());
  if (waiting === undefined || (waiting.stepId !== step && step !== 'last'))
    throw notWaiting(reader.run, step, waiting);
  const { second, stepId } = waiting;
  if (second === undefined) throw notWaiting(reader.run, step, waiting);
  if (requester === who)
    throw new HandrailError('REQUEST_REFUSED', {
      message: `${who} asked for run ${reader.run} and cannot approve a step of it: that takes a second person. Nothing was signed.`,
    });
  // What is looked at is what is signed: a record that says otherwise was altered.
  if (sha256Of(second.text) !== second.sha256) throw altered(reader.run);
  const screen = async (): Promise<string> =>
    `run ${reader.run}\nstep ${screenLine(stepId)}\n\nWhat would run, byte for byte (secrets masked):\n${screenCode(second.text)}\n`;
  if (!(await agreed(invocation, context, screen, reader.run))) return EXIT.denied;
  const document: ApprovalDocument = {
    kind: 'approval',
    version: 1,
    subject: reader.run,
    sha256: second.sha256,
    step: stepId,
    who,
    at: nowText(),
  };
  const signed = await sign('approval', documentText(document), key);
  const said = await kept(invocation, context, {
    run: reader.run,
    where: reader.where,
    who,
    url,
    signed,
  });
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ approved: reader.run, step: stepId, by: who })}\n`
      : `Approved step ${screenLine(stepId)} of run ${reader.run} as ${who}. ${said}\n`,
  );
  if (doers.includes(who))
    await context.err.write(
      `handrail: ${who} carries this run out, and nobody is their own second person: this word counts only when somebody else goes on with it.\n`,
    );
  return EXIT.passed;
}

interface Kept {
  readonly run: string;
  readonly where: string;
  readonly who: string;
  readonly url: string | undefined;
  readonly signed: { readonly document: string; readonly signature: string };
}

/** Where the word goes: a file of that name, the team's record, or beside the run's own record. */
async function kept(
  invocation: Invocation,
  context: CliContext,
  { run, where, who, url, signed }: Kept,
): Promise<string> {
  const out = invocation.text('out');
  // The team's record says it on every host: there the run is found where it was begun.
  const state = url === undefined ? namedState(where, context) : null;
  const onWith = `\`${commandAbout('resume', run, state)}\` goes on.`;
  if (out !== undefined) {
    const file = path.resolve(context.cwd, out);
    writeSigned(file, { kind: 'approval', ...signed });
    return `It is in ${file}: bring it to the host, where \`${commandAbout('resume', run, null, ['--approval', 'FILE'])}\` goes on.`;
  }
  if (url !== undefined) {
    const { fileAnswer } = await import('../../team/requests/file-request.ts');
    await fileAnswer(url, 'approval', run, who, signed);
    return onWith;
  }
  const { keepApproval } = await import('../../team/requests/run-approvals.ts');
  keepApproval(where, { kind: 'approval', ...signed });
  return onWith;
}

/** What the run waits for by its last word, who asked for it, and who carried it out last. */
async function standingOf(lines: AsyncIterable<Parameters<typeof readEvent>[0]>): Promise<{
  readonly waiting: Waiting | undefined;
  readonly requester: string | undefined;
  readonly doers: readonly string[];
}> {
  let waiting: Waiting | undefined;
  let requester: string | undefined;
  let doers: readonly string[] = [];
  for await (const line of lines) {
    const event = line.complete ? readEvent(line) : undefined;
    if (event?.type === 'run.waiting') waiting = event;
    if (event?.type === 'run.resumed') waiting = undefined;
    if (event?.type === 'request.received') requester = event.by;
    if (event?.type === 'run.started' || event?.type === 'run.resumed')
      doers = namesOf(event.who, {});
  }
  // What carries out a request is no person.
  return { waiting, requester, doers: requester === undefined ? doers : [] };
}

function altered(run: string): HandrailError {
  return new HandrailError('REQUEST_REFUSED', {
    message: `The record of run ${run} shows another text than the one that would be signed: it was altered. Nothing was signed; \`handrail verify\` says where.`,
  });
}

function notWaiting(run: string, step: string, waiting: Waiting | undefined): HandrailError {
  const stands =
    waiting?.second === undefined
      ? 'waits for no second person'
      : `waits for a second person at step \`${waiting.stepId}\``;
  return new HandrailError('REQUEST_REFUSED', {
    message: `Run ${run} ${stands}, not at \`${step}\`. Nothing was signed.`,
  });
}

/** Digits of an id that are typed as a yes. */
const TYPED = 8;

/**
 * Shows what is to be signed and asks for a yes that nobody types by accident; with `--yes` neither. Throws USAGE where
 * nobody can answer.
 */
export async function agreed(
  invocation: Invocation,
  context: CliContext,
  screen: () => Promise<string>,
  id: string,
): Promise<boolean> {
  if (invocation.flag('yes')) return true;
  await context.out.write(await screen());
  if (!context.interactive)
    throw new HandrailError('USAGE', {
      message:
        'Nobody can answer here, so nothing was signed. At a terminal it asks; `--yes` signs what you have looked at elsewhere.',
    });
  const wanted = id.slice(-TYPED);
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asker.question(`\nType ${wanted} to sign it, anything else to leave it: `);
    return answer.trim() === wanted;
  } finally {
    asker.close();
  }
}
