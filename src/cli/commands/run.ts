import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { RunRequest } from '../../engine/model/plan.ts';
import { createHandrail } from '../../handrail.ts';
import type { ReadText } from '../../host/read-page.ts';
import type { Handrail } from '../../library.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook } from '../find-runbooks.ts';
import { measured } from '../metrics/after-run.ts';
import { signIfAsked, signingKey } from '../proof/signing-key.ts';
import { secondWords } from '../requests/second-word.ts';
import { isAttended, refuseUnasked } from '../running/attended.ts';
import { requestOf } from '../running/request.ts';
import {
  incidentOfRun,
  pickedIncident,
  type RunIncident,
  tellNoIncident,
} from '../running/run-incident.ts';
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
  keepGoingOption,
  logOutOption,
  notOption,
  onOption,
  parallelOption,
  quietOption,
  runbookArgument,
  signOption,
  unattendedOption,
} from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { mirrored } from '../team/mirrored.ts';
import { worldOf } from '../world-of.ts';

export const spec: CommandWords = {
  name: 'run',
  summary: 'carry out a runbook, or one of its procedures',
  carriesOut: true,
  arguments: [{ ...runbookArgument, required: false }],
  options: [
    { name: 'all', summary: 'every procedure of a manual' },
    {
      name: 'step',
      value: 'ID',
      many: true,
      completes: 'step',
      summary: 'this step alone (an id, or #3)',
    },
    { name: 'from', value: 'ID', completes: 'step', summary: 'start at this step' },
    { name: 'to', value: 'ID', completes: 'step', summary: 'end after this step' },
    { name: 'tag', value: 'TAG', many: true, summary: 'steps with this tag alone' },
    inputOption,
    inputsOption,
    onOption,
    parallelOption,
    keepGoingOption,
    { name: 'env', value: 'NAME', summary: 'in this environment of the runbook' },
    { name: 'dry-run', summary: 'say what would run, and run nothing' },
    unattendedOption,
    approveOption,
    holdsOption,
    notOption,
    { name: 'timeout', value: 'TIME', summary: 'time for the whole run, such as 30m' },
    quietOption,
    eventsOption,
    { name: 'reason', value: 'TEXT', summary: 'why, for the record' },
    { name: 'ticket', value: 'ID', summary: 'the ticket it belongs to' },
    { name: 'incident', value: 'ID', summary: 'the incident it belongs to' },
    signOption,
    logOutOption,
  ],
  examples: [
    ['handrail run deploy.md --input version=1.10', 'a runbook, with an input'],
    ['handrail run ops.md#restart-the-pool', 'one procedure of a manual'],
    ['handrail run nightly.md --unattended --quiet', 'from cron'],
    ['handrail run ops.md --all --dry-run', 'what would run, and what stands in its way'],
  ],
};

/** `handrail run`: carries out a runbook or one of its procedures. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const ended = await begin(invocation, context);
  return ended === 'left' ? EXIT.waiting : ended;
};

/** The exit code of a run; `left`: the person left before it began. */
type Ended = number | 'left';

async function begin(invocation: Invocation, context: CliContext): Promise<Ended> {
  const [word] = invocation.words;
  if (word === undefined) return chosen(invocation, context);
  const address = await findRunbook(word, context.cwd);
  const folder = path.dirname(path.resolve(context.cwd, address.path));
  const here = { ...context, state: stateFolder(context, folder) };
  const incident = await incidentOfRun(invocation, here);
  const request = await requestOf(invocation, address.procedure, false, here, incident.name);
  const handrail = createHandrail({
    ...worldOf(context, here.state),
    ...mirrored(context),
    ...measured(context),
    ...(await secondWords(context)),
  });
  const read = await handrail.read(address.path);
  if (isAttended(invocation, context)) {
    refuseParallel(request);
    const asked = { ...request, attended: true };
    return attended(handrail, read, { request: asked, incident }, invocation, context);
  }
  const { source, runbook } = read;
  const planned = await handrail.plan(runbook, request);
  if (invocation.flag('dry-run')) {
    const { dryRun } = await import('../running/dry-run.ts');
    return dryRun(await handrail.judge(planned), invocation.flag('json'), context);
  }
  refuseUnasked(invocation, context);
  await tryOut(invocation, context);
  await tellNoIncident(incident, invocation, context);
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(planned, operator);
  return runUnattended(
    handrail,
    operator,
    (attendance) => handrail.run(plan, source, attendance),
    invocation,
    context,
  );
}

/** A person is asked about one step at a time. */
function refuseParallel({ parallel }: RunRequest): void {
  if (parallel > 1)
    throw new HandrailError('USAGE', {
      message:
        '`--parallel` runs on several hosts at once without asking: say `--unattended` too, or leave it out to be asked host by host.',
    });
}

/** Nothing was named: a person chooses from what there is; nobody else does. */
async function chosen(invocation: Invocation, context: CliContext): Promise<Ended> {
  if (!isAttended(invocation, context))
    throw new HandrailError('USAGE', {
      message:
        '`handrail run` needs FILE[#procedure]: a markdown file, or the name of one below this folder. `handrail help run` shows how it is called.',
    });
  const { walkthroughOf } = await import('../running/walk-through.ts');
  const { choose } = await import('../running/choose.ts');
  const walkthrough = walkthroughOf(invocation, context, () => undefined);
  const here = { ...context, state: stateFolder(context) };
  const choice = await choose(here, walkthrough, { onlyRuns: false }).finally(() =>
    walkthrough.close(),
  );
  if (choice === undefined) return 'left';
  if (choice.kind === 'proposal') {
    const { argumentsOf, takeAway } = await import('../running/proposals.ts');
    const { parseArguments } = await import('../arguments.ts');
    const { command, table } = invocation;
    const named = parseArguments(command, table, argumentsOf(choice.proposal));
    const ended = await begin(named, context);
    if (ended !== 'left') takeAway(choice.proposal);
    return ended;
  }
  const word =
    choice.kind === 'run'
      ? choice.run
      : `${choice.path}${choice.procedure === null ? '' : `#${choice.procedure}`}`;
  if (choice.kind === 'runbook') return begin({ ...invocation, words: [word] }, context);
  const resume = await import('./resume.ts');
  const command = invocation.table.commands.find(({ name }) => name === 'resume');
  return resume.run(
    { ...invocation, command: command ?? invocation.command, words: [word] },
    context,
  );
}

/** A person at both ends: the walkthrough. A manual offers its procedures to pick from. */
async function attended(
  handrail: Handrail,
  { source, runbook }: ReadText,
  { request, incident }: { readonly request: RunRequest; readonly incident: RunIncident },
  invocation: Invocation,
  context: CliContext,
): Promise<Ended> {
  const { pickedProcedure, preparedPlan, walkThrough, walkthroughOf } = await import(
    '../running/walk-through.ts'
  );
  await tryOut(invocation, context);
  const key = signingKey(invocation, context);
  const { signal, end, stop } = watchSignals({ exceptInterrupt: true });
  const walkthrough = walkthroughOf(invocation, context, end);
  try {
    const picked = await pickedProcedure(runbook, request, walkthrough);
    if (picked === undefined) return 'left';
    const belongs = await pickedIncident(incident, walkthrough);
    if (belongs === undefined) return 'left';
    const planned = await handrail.plan(runbook, { ...picked, ...belongs });
    const plan = await preparedPlan(handrail, planned, walkthrough);
    if (plan === undefined) return 'left';
    for (;;) {
      const handle = handrail.run(plan, source, { operator: walkthrough.operator, signal });
      const walk = { handrail, handle, source: source.text };
      const { exitCode, again } = await walkThrough(walk, walkthrough);
      if (again) continue;
      await signIfAsked(handrail, handle.run, key);
      return exitCode;
    }
  } finally {
    walkthrough.close();
    stop();
  }
}
