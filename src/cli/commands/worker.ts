import { hostname } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { makeFolder } from '../../stores/files/disk.ts';
import { isHostName } from '../../team/documents.ts';
import { folderSource } from '../../team/requests/folder-source.ts';
import { judge } from '../../team/requests/judge.ts';
import { recordSource } from '../../team/requests/record-source.ts';
import type { RequestSource } from '../../team/requests/source.ts';
import { workerName } from '../../team/worker/carry-out.ts';
import { createWorker, type Worker, type WorkerSetting } from '../../team/worker/worker.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import type { Scheduled } from '../schedules/scheduled.ts';
import { screenLine } from '../screen/safe-text.ts';
import { teamOption } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { teamUrlIfAny } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'worker',
  carriesOut: true,
  aside: true,
  summary: 'carry out signed requests on this host, by its own policy',
  arguments: [],
  options: [
    { name: 'host', value: 'NAME', summary: 'what this host is called in requests' },
    { name: 'policy', value: 'FILE', completes: 'file', summary: 'who may ask for what here' },
    {
      name: 'from',
      value: 'DIR',
      completes: 'folder',
      summary: 'requests and approvals as files, without a record',
    },
    {
      name: 'schedules',
      value: 'DIR',
      completes: 'folder',
      summary: 'start what the schedules of its runbooks name this host for',
    },
    { name: 'once', summary: 'what is ready now, then end (5 when something waits)' },
    { name: 'at-once', value: 'N', summary: 'so many runs at a time (default: 4)' },
    { name: 'unit', summary: 'print a systemd unit, and start nothing' },
    teamOption,
  ],
  examples: [
    ['handrail worker --host db1 --policy /etc/handrail/policy.yaml', 'until TERM'],
    ['handrail worker --host db1 --policy p.yaml --from inbox --once', 'with no server'],
  ],
};

const LOOK_MS = 5000;
const RECOVER_MS = 15_000;
const DEFAULT_AT_ONCE = 4;

/** `handrail worker`: carries out the signed requests to this host, as its own policy lets it. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const host = needed(invocation, 'host', 'NAME');
  if (!isHostName(host)) throw noHost(host);
  const policyFile = path.resolve(context.cwd, needed(invocation, 'policy', 'FILE'));
  const state = stateFolder(context);
  if (invocation.flag('unit')) {
    const { workerUnit } = await import('../requests/worker-unit.ts');
    await context.out.write(workerUnit({ host, policyFile, state, from: invocation.text('from') }));
    return EXIT.passed;
  }
  const { loadPolicy } = await import('../../team/policy.ts');
  const policy = await loadPolicy(policyFile);
  const log = (line: string): void => {
    void context.err.write(`${new Date().toISOString()} ${screenLine(line)}\n`);
  };
  const from = invocation.text('from');
  const url =
    from === undefined ? await teamUrlIfAny(invocation.text('team'), context.env) : undefined;
  if (from === undefined && url === undefined)
    throw new HandrailError('CONFIGURATION', {
      message:
        "There is nowhere to look for requests: name the team's record with --team or HANDRAIL_TEAM, or a folder of signed files with --from.",
    });
  // Its name hangs on the folder itself.
  makeFolder(state);
  const name = { host, worker: workerName(hostname(), state) };
  const source =
    url === undefined
      ? folderSource(path.resolve(context.cwd, from ?? ''), state, {
          ...name,
          judged: async (filed) =>
            judge(filed, { host, policy: await loadPolicy(policyFile), now: new Date() }),
        })
      : recordSource(url, host, name.worker);
  const { openMirror } = await import('../requests/worker-mirror.ts');
  const mirror = openMirror(url, state);
  const worker = createWorker({
    world: { env: context.env, state, version: context.version, host, beginning: mirror.begin },
    operator: makeUnattendedOperator(),
    host,
    policyFile,
    source,
    atOnce: atOnceOf(invocation),
    ...schedulesIn(invocation.text('schedules'), context.cwd, log),
    log,
  });
  log(`worker of host ${host}: takes requests from ${source.where}, by the policy ${policyFile}`);
  const { policyDoubts } = await import('../../team/policy-doubts.ts');
  for (const { say } of policyDoubts(policy)) log(`the policy: ${say}`);
  try {
    if (invocation.flag('once')) return await once(worker, source, log);
    await serve(worker, { host, url, source, log });
    return EXIT.passed;
  } finally {
    await mirror.close();
    await source.close();
  }
};

/** It would wait for ever: no request can be for it. */
function noHost(host: string): HandrailError {
  const message = `\`${host}\` is no name that a request can give a host: lower-case letters, digits, \`.\`, \`_\` and \`-\`, 40 at most.`;
  return new HandrailError('USAGE', { message });
}

const READ_AGAIN_MS = 60_000;

/** Schedules of the runbooks below a folder, read again once a minute; what is wrong with one is said once. */
function schedulesIn(
  where: string | undefined,
  cwd: string,
  log: (line: string) => void,
): Pick<WorkerSetting, 'schedules'> {
  if (where === undefined) return {};
  const folder = path.resolve(cwd, where);
  const told = new Set<string>();
  let last: { readonly at: number; readonly entries: readonly Scheduled[] } | undefined;
  return {
    async schedules() {
      if (last !== undefined && Date.now() - last.at < READ_AGAIN_MS) return last.entries;
      const { findScheduled } = await import('../schedules/find-scheduled.ts');
      const { entries, wrong } = await findScheduled(folder);
      for (const why of wrong) if (!told.has(why)) log(why);
      for (const why of wrong) told.add(why);
      last = { at: Date.now(), entries };
      return entries;
    },
  };
}

async function once(
  worker: Worker,
  source: RequestSource,
  log: (line: string) => void,
): Promise<number> {
  const stopped = stopOn(worker, log);
  const isThrough = await Promise.race([
    stopped.then(() => false),
    worker
      .recover()
      .then(() => worker.finish())
      .then(() => true),
  ]);
  await worker.drain();
  if (!isThrough) return EXIT.waiting;
  const isDone = (await source.open()).every(({ id }) => worker.isOver(id));
  return isDone && worker.waiting === 0 ? EXIT.passed : EXIT.waiting;
}

/** Works until TERM or INT: then it takes no more and waits for what runs; a second one ends that too. */
async function serve(
  worker: Worker,
  {
    host,
    url,
    source,
    log,
  }: {
    readonly host: string;
    readonly url: string | undefined;
    readonly source: RequestSource;
    log(line: string): void;
  },
): Promise<void> {
  const stopped = stopOn(worker, log);
  const over = new AbortController();
  source.hear(() => void worker.look());
  const looks = setInterval(() => void worker.look(), LOOK_MS);
  const recovers = setInterval(() => void worker.recover(), RECOVER_MS);
  if (url !== undefined) void hear(url, host, worker, { log, signal: over.signal });
  try {
    // A record that is away keeps nobody from stopping.
    await Promise.race([stopped, worker.recover().then(() => worker.look())]);
    await stopped;
    clearInterval(recovers);
    // It goes on looking meanwhile: what runs may be cancelled.
    await worker.drain();
  } finally {
    clearInterval(looks);
    clearInterval(recovers);
    over.abort();
  }
}

async function hear(
  url: string,
  host: string,
  worker: Worker,
  { log, signal }: { log(line: string): void; readonly signal: AbortSignal },
): Promise<void> {
  const { hearBell } = await import('../../team/bell.ts');
  try {
    await hearBell(url, host, {
      onRing: () => void worker.look(),
      onProblem: (why) => log(`the bell: ${why}`),
      signal,
    });
  } catch (error) {
    if (signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    log(`the bell cannot be heard: ${why}; looks every ${LOOK_MS / 1000} s`);
  }
}

/** Resolves at the first signal to end; a second one ends what runs. */
function stopOn(worker: Worker, log: (line: string) => void): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) worker.end(signal);
    else log(`${signal}: takes no more; ${worker.busy} still at work`);
    isStopping = true;
    stopped.resolve();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  return stopped.promise;
}

function needed(invocation: Invocation, name: string, value: string): string {
  const given = invocation.text(name);
  if (given !== undefined) return given;
  throw new HandrailError('USAGE', {
    message: `\`handrail worker\` needs \`--${name} ${value}\`. \`handrail help worker\` shows how it is called.`,
  });
}

function atOnceOf(invocation: Invocation): number {
  const text = invocation.text('at-once');
  if (text === undefined) return DEFAULT_AT_ONCE;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new HandrailError('USAGE', {
    message: `\`--at-once ${text}\` is not a number from 1 to 99.`,
  });
}
