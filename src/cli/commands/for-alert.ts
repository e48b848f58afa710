import path from 'node:path';
import { type Called, calledFor, nameOf } from '../../alerts/called.ts';
import { type FiringAlert, readWebhook, type Webhook } from '../../alerts/webhook.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { shellWord } from '../../text/shell-word.ts';
import { docsFolder, readAlertPages } from '../alerts/pages.ts';
import { readBody } from '../alerts/read-body.ts';
import type { Started } from '../alerts/start.ts';
import { parseArguments } from '../arguments.ts';
import type { CommandBody, CommandSpec, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import { jsonOption, quietOption } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { ownRecords } from '../timeline/logs.ts';
import { saidBy } from '../timeline/said-by.ts';

export const spec: CommandWords = {
  name: 'for-alert',
  carriesOut: true,
  aside: true,
  summary: 'name, open or start what a notification of Alertmanager calls for',
  arguments: [
    {
      name: 'BODY',
      completes: 'file',
      summary: 'a file or an URL with the body of the webhook; standard input by default',
    },
  ],
  options: [
    {
      name: 'docs',
      value: 'DIR',
      completes: 'folder',
      summary: 'the folder of runbooks, this one by default',
    },
    { name: 'open', summary: 'walk through the procedure at this terminal' },
    { name: 'start', summary: 'start what only reads and says `on-alert`, once an alert' },
    quietOption,
    jsonOption,
  ],
  examples: [
    ['handrail for-alert --docs runbooks < body.json', 'what is to be done, with its inputs'],
    ['handrail for-alert body.json --docs runbooks --open', 'do it, at a terminal'],
    ['handrail for-alert --docs runbooks --start < body.json', 'let it look by itself'],
  ],
};

/** One alert with what it calls for, or why nothing. */
interface Answer {
  readonly alert: FiringAlert;
  readonly called: Called | { readonly why: string };
}

/** `handrail for-alert`: the procedure that a notification calls for: named, opened for a person, or started if it only reads. */
export const run: CommandBody['run'] = async (invocation, context) => {
  if (invocation.flag('open') && invocation.flag('start'))
    throw new HandrailError('USAGE', {
      message: '`--open` is for a person and `--start` for nobody: say one of them.',
    });
  const docs = docsFolder(invocation.text('docs'), context.cwd);
  const webhook = readWebhook(await readBody(invocation.words[0], context.cwd));
  if ('why' in webhook)
    throw new HandrailError('USAGE', {
      message: `This is no notification of Alertmanager: ${webhook.why}. The body of a webhook, version 4, was expected.`,
    });
  if (webhook.truncatedAlerts > 0)
    await context.err.write(
      `handrail: Alertmanager left out ${counted(webhook.truncatedAlerts, 'alert')} more of this group (\`max_alerts\` of the receiver); nothing is said of them.\n`,
    );
  const pages = await readAlertPages(docs, context);
  const answers = webhook.alerts
    .filter(({ status }) => status === 'firing')
    .map((alert): Answer => ({ alert, called: calledFor(alert, pages) }));
  if (invocation.flag('start')) return start(webhook, answers, docs, invocation, context);
  const [only, ...others] = oncePerProcedure(answers);
  if (invocation.flag('open')) {
    if (only === undefined || others.length > 0)
      throw new HandrailError('USAGE', {
        message: `${others.length === 0 ? 'No alert that fires calls for a procedure' : `The alerts call for ${others.length + 1} procedures`}, and \`--open\` opens one. Without it they are named.`,
      });
    const { atTerminal } = await import('../alerts/at-terminal.ts');
    const words = [
      ...(invocation.flag('plain') ? ['--plain'] : []),
      ...runWords(only, docs, context),
    ];
    return carryOut(invocation.table.commands, words, invocation, atTerminal(words, context));
  }
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ group: webhook.groupKey, status: webhook.status, alerts: answers.map((one) => answerJson(one, docs, context)) }, null, 2)}\n`
      : answers.map((one) => answerText(one, docs, context)).join('\n') || 'No alert fires.\n',
  );
  return answers.length > 0 && answers.every(({ called }) => 'why' in called)
    ? EXIT.notFound
    : EXIT.passed;
};

type Found = Answer & { readonly called: Called };

function isFound(answer: Answer): answer is Found {
  return !('why' in answer.called);
}

/** Alerts that call for something, one for each procedure. */
function oncePerProcedure(answers: readonly Answer[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const one of answers.filter(isFound)) {
    const key = `${one.called.page.path}#${one.called.procedure?.id ?? ''}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** Words of `handrail run` for what an alert calls for. Values are words of their own, whatever they hold. */
function runWords({ alert, called }: Found, docs: string, context: CliContext): readonly string[] {
  const { cwd } = context;
  const file = path.relative(cwd, path.join(docs, called.page.path)) || called.page.path;
  return [
    `--reason=${`alert ${nameOf(alert)}`}`,
    ...Object.entries(called.inputs).map(([name, value]) => `--input=${name}=${value}`),
    ...(called.procedure === null ? ['--all'] : []),
    ...(context.state === undefined ? [] : [`--state=${stateFolder(context)}`]),
    '--',
    called.procedure === null ? file : `${file}#${called.procedure.id}`,
  ];
}

function runCommand(commands: readonly CommandSpec[]): CommandSpec {
  const found = commands.find(({ name }) => name === 'run');
  if (found) return found;
  throw new HandrailError('INTERNAL', { message: 'there is no command run' });
}

async function carryOut(
  commands: readonly CommandSpec[],
  words: readonly string[],
  { table }: Invocation,
  context: CliContext,
): Promise<number> {
  const command = runCommand(commands);
  return (await command.load()).run(parseArguments(command, table, words), context);
}

async function start(
  webhook: Webhook,
  answers: readonly Answer[],
  docs: string,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const { startCalled } = await import('../alerts/start.ts');
  const { groupIncident, heedGroup } = await import('../alerts/group-incident.ts');
  const state = stateFolder(context, docs);
  const { incidents } = ownRecords(state);
  const notes =
    incidents?.where ??
    stateFolder({ ...context, state: undefined, env: withoutHome(context.env) }, docs);
  const by = saidBy(context, undefined);
  const json = invocation.flag('json');
  const command = runCommand(invocation.table.commands);
  const quiet = json || invocation.flag('quiet') ? ['--quiet'] : [];
  const shownAs = parseArguments(command, invocation.table, ['--unattended', ...quiet, '--', docs]);
  const incident = async (): Promise<string | null> =>
    incidents === null ? null : groupIncident(webhook, incidents, by);
  // With `--json` a program reads standard output: what a run says of itself stands beside it.
  const around = json ? { ...context, out: context.err } : context;
  const told: object[] = [];
  const codes: number[] = [];
  for (const one of answers) {
    const started: Started = isFound(one)
      ? await startCalled(one.alert, one.called, { docs, state, notes, incident, shownAs }, around)
      : { exitCode: EXIT.notFound, why: 'why' in one.called ? `the alert ${one.called.why}` : '' };
    codes.push(started.exitCode);
    told.push({ ...answerJson(one, docs, context), started: started.why === null, ...started });
    if (!json && started.why !== null)
      await context.err.write(
        `${screenLine(`${nameOf(one.alert)} is not started: ${started.why}`)}\n`,
      );
  }
  if (incidents !== null) {
    const closed = await heedGroup(webhook, incidents, by);
    if (closed !== null && !json)
      await context.out.write(`${screenLine(closed)} is closed: every alert of it is resolved\n`);
  }
  if (json)
    await context.out.write(
      `${JSON.stringify({ group: webhook.groupKey, status: webhook.status, alerts: told }, null, 2)}\n`,
    );
  return codes.find((code) => code !== EXIT.passed) ?? EXIT.passed;
}

function withoutHome(env: CliContext['env']): CliContext['env'] {
  return { ...env, HANDRAIL_HOME: undefined };
}

function answerJson({ alert, called }: Answer, docs: string, context: CliContext): object {
  const base = { name: nameOf(alert), fingerprint: alert.fingerprint, startsAt: alert.startsAt };
  if ('why' in called) return { ...base, path: null, why: called.why };
  const { page, procedure, inputs, missing } = called;
  return {
    ...base,
    path: page.path,
    procedure: procedure?.id ?? '',
    title: procedure?.title ?? page.runbook.title,
    inputs,
    missing,
    command: ['handrail', 'run', ...runWords({ alert, called }, docs, context)],
  };
}

function answerText({ alert, called }: Answer, docs: string, context: CliContext): string {
  const { style } = context;
  const head = style('strong', screenLine(nameOf(alert)));
  if ('why' in called) return `${head}  ${screenLine(called.why)}\n`;
  const { page, procedure, inputs, missing } = called;
  const words = runWords({ alert, called }, docs, context);
  const isPlain = words.every((word) => screenLine(word) === word);
  return [
    `${head}  ${screenLine(procedure?.title ?? page.runbook.title)}  ${style('dim', screenLine(page.path))}`,
    ...Object.entries(inputs).map(([name, value]) => screenLine(`  ${name} = ${value}`)),
    ...missing.map(
      (name) =>
        `  ${style('careful', screenLine(`${name} has to be found out: no label gives it`))}`,
    ),
    isPlain
      ? `  ${['handrail', 'run', ...words].map(shellWord).join(' ')}`
      : '  A label holds characters that no command line can show; `--json` has the values, `--open` takes them.',
    '',
  ].join('\n');
}
