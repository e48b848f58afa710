import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Word } from '../../engine/running/session.ts';
import { createHandrail } from '../../handrail.ts';
import type { ResumeRequest } from '../../host/go-on.ts';
import type { Handrail } from '../../library.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { measured } from '../metrics/after-run.ts';
import { signIfAsked, signingKey } from '../proof/signing-key.ts';
import { secondWords } from '../requests/second-word.ts';
import { isAttended, refuseUnasked } from '../running/attended.ts';
import { givenInputs } from '../running/given-inputs.ts';
import { signedIn } from '../running/request.ts';
import { watchSignals } from '../running/signals.ts';
import { tryOut } from '../running/try-out.ts';
import { runUnattended } from '../running/unattended.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import {
  approveOption,
  eventsOption,
  holdsOption,
  inputOption,
  inputsOption,
  logOutOption,
  notOption,
  quietOption,
  runArgument,
  signOption,
  unattendedOption,
} from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { mirrored } from '../team/mirrored.ts';
import type { Walkthrough } from '../walkthrough/walkthrough.ts';
import { worldOf } from '../world-of.ts';

export const spec: CommandWords = {
  name: 'resume',
  summary: 'go on with a run that failed, waits or was interrupted',
  carriesOut: true,
  arguments: [runArgument],
  options: [
    {
      name: 'done',
      value: 'STEP',
      many: true,
      completes: 'step',
      summary: 'this step of unknown outcome was done (`last` is that step)',
    },
    {
      name: 'not-done',
      value: 'STEP',
      many: true,
      completes: 'step',
      summary: 'it was not done: run it again',
    },
    {
      name: 'approval',
      value: 'FILE',
      many: true,
      completes: 'file',
      summary: "a second person's signed yes, from `handrail approve --out`",
    },
    { name: 'force', summary: 'although the order of steps has changed since' },
    inputOption,
    inputsOption,
    unattendedOption,
    approveOption,
    holdsOption,
    notOption,
    { name: 'timeout', value: 'TIME', summary: 'time for the rest of the run' },
    quietOption,
    eventsOption,
    signOption,
    logOutOption,
  ],
  examples: [
    ['handrail resume', 'the newest run that can go on'],
    ['handrail resume 0193a --done last', 'the step in doubt was done'],
  ],
};

/** `handrail resume`: goes on with a run that failed, waits or was interrupted. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const handrail = createHandrail({
    ...worldOf(context),
    ...mirrored(context),
    ...measured(context),
    ...(await secondWords(context)),
  });
  await takeApprovals(invocation, context);
  const request = {
    inputs: await givenInputs(invocation, context.cwd),
    approve: invocation.list('approve'),
    holds: invocation.list('holds'),
    not: invocation.list('not'),
    words: wordsOf(invocation),
    force: invocation.flag('force'),
    ...signedIn(invocation),
  };
  await tryOut(invocation, context);
  if (isAttended(invocation, context)) return attended(handrail, request, invocation, context);
  refuseUnasked(invocation, context);
  const operator = makeUnattendedOperator();
  return runUnattended(
    handrail,
    operator,
    (attendance) =>
      handrail.resume(invocation.words[0] ?? null, { ...request, attended: false }, attendance),
    invocation,
    context,
  );
};

/** Signed words that came as files stand beside the record of the run that they are about. */
async function takeApprovals(invocation: Invocation, context: CliContext): Promise<void> {
  const files = invocation.list('approval');
  if (files.length === 0) return;
  const { takeApproval } = await import('../requests/take-approval.ts');
  for (const file of files) takeApproval(file, context);
}

/** A person goes on with the run, in the walkthrough. */
async function attended(
  handrail: Handrail,
  request: Omit<ResumeRequest, 'attended'>,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const { walkThrough, walkthroughOf } = await import('../running/walk-through.ts');
  const key = signingKey(invocation, context);
  const { signal, end, stop } = watchSignals({ exceptInterrupt: true });
  const walkthrough = walkthroughOf(invocation, context, end);
  try {
    const named = invocation.words[0] ?? (await chosenRun(walkthrough, context));
    if (named === undefined) return EXIT.waiting;
    const outlook = await handrail.outlook(named, { ...request, attended: true });
    const going = isDecided(request) ? { force: request.force } : await walkthrough.goOn(outlook);
    if (going === null) return EXIT.waiting;
    const handle = await handrail.resume(
      outlook.report.run,
      { ...request, force: request.force || going.force, attended: true },
      { operator: walkthrough.operator, signal },
    );
    const source = await readFile(
      join(handle.plan.runbook.folder, basename(handle.plan.runbook.path)),
      'utf8',
    ).catch(() => '');
    const { exitCode } = await walkThrough(
      { handrail, handle, source, resumed: true },
      walkthrough,
    );
    await signIfAsked(handrail, handle.run, key);
    return exitCode;
  } finally {
    walkthrough.close();
    stop();
  }
}

/** The only run that can be gone on with (`null`), or the one of several that the person chooses; `undefined`: none of them. */
async function chosenRun(
  walkthrough: Walkthrough,
  context: CliContext,
): Promise<string | null | undefined> {
  const { newestReports, runRows } = await import('../running/choices.ts');
  const here = { ...context, state: stateFolder(context) };
  if (runRows(await newestReports(here), Date.now()).length < 2) return null;
  const { choose } = await import('../running/choose.ts');
  const choice = await choose(here, walkthrough, { onlyRuns: true });
  return choice?.kind === 'run' ? choice.run : undefined;
}

/** What the resume screen would ask was said on the command line. */
function isDecided({ words, force }: Omit<ResumeRequest, 'attended'>): boolean {
  return words.length > 0 || force;
}

function wordsOf(invocation: Invocation): readonly Word[] {
  return [
    ...invocation.list('done').map((step) => ({ outcome: 'done', step }) as const),
    ...invocation.list('not-done').map((step) => ({ outcome: 'not-done', step }) as const),
  ];
}
