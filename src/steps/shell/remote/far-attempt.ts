import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CarriedState, StepContext, StepOutput } from '../../../engine/contracts/step-type.ts';
import { HandrailError } from '../../../engine/model/errors.ts';
import type { Step } from '../../../engine/model/runbook.ts';
import type { ProcessEnd } from '../../../process/follow-process.ts';
import { runProcess } from '../../../process/process.ts';
import { runTerminalProcess } from '../../../process/terminal-process.ts';
import type { ExchangeFile } from '../exchange-file.ts';
import type { ShellHome } from '../home.ts';
import type { ShellLeft } from '../result.ts';
import type { ShellOptions } from '../script.ts';
import { carriedState, isShell, openSession, type ShellSession } from '../session.ts';
import { exportedEnvironment, type GivenEnvironment } from '../state.ts';
import { parseOutputs } from '../step-outputs.ts';
import { untilPattern } from '../until-pattern.ts';
import { type FarHome, farHome } from './far-home.ts';
import {
  askLine,
  bringLine,
  collectLine,
  endLine,
  FAR,
  mainFile,
  restLine,
  startLine,
  terminalLine,
} from './far-script.ts';

/** How long a broken line is mended before nobody knows what became of the step. */
const MENDING_MS = 60_000;
const LOOK_MS = 500;
const BROKEN = 255;
const NEVER_GIVEN = ['BASH_ENV', 'ENV', 'SHELLOPTS', 'BASHOPTS'];

/** What an attempt on another place offers: as one on this machine. */
export interface FarAttempt {
  run(): AsyncGenerator<StepOutput, ProcessEnd>;
  finish(end: ProcessEnd): ShellLeft;
  close(): void;
}

/** Makes an attempt on another place ready: everything it needs is brought there. Throws UNREACHABLE or STEP_CANNOT_RUN. */
export async function openFarAttempt(
  step: Step,
  text: string,
  context: StepContext & { readonly place: string },
  options: ShellOptions,
  home: ShellHome,
  wantsTerminal: { readonly asks: boolean; readonly whole: boolean },
): Promise<FarAttempt> {
  const until = untilPattern(step.annotations);
  const far = await farHome(context, context.place, home.folder);
  const own = { ...context, carried: carriedAt(context.carried, context.place) };
  const folder = far.nextFolder();
  const state = carriedState(own);
  const given = givenThere(step, context, far, folder);
  const exchange = farExchange(`${folder}/${FAR.exchange}`);
  const { launch, files } = await launchOf(step, text, own, options, {
    state,
    given,
    folder,
    exchange,
  });
  const changed = differenceOf(far.env, launch.env);
  // A folder of the step's own is one below where a login ends up.
  const cwd =
    step.annotations.cwd === undefined
      ? state.cwd || far.cwd
      : posix.resolve(far.cwd, step.annotations.cwd);
  const main = mainFile(folder, { ...launch, ...changed, cwd });
  await bring(far, folder, { ...files, [FAR.main]: Buffer.from(main) });
  let collected: Collected = { outputs: '' };
  return {
    async *run() {
      const end = yield* ran(far, folder, context, {
        endWithEngine: false,
        until,
        forMs: step.annotations.for,
        terminal: wantsTerminal,
      });
      collected = await collect(far, folder, exchange);
      return end;
    },
    finish() {
      // A line that is broken brings nothing back: that says nothing of whether the script was read.
      const { warning, cut } = launch.session?.keep() ?? {};
      const { values, warnings } = parseOutputs(collected.outputs);
      return {
        values,
        warnings: [...(warning === undefined ? [] : [warning]), ...warnings],
        failedLine: launch.session?.failedLine(),
        lost: cut,
      };
    },
    close: () => undefined,
  };
}

/** Each place has a state of its own. */
function carriedAt(carried: CarriedState, place: string): CarriedState {
  return {
    ...carried,
    get: (key) => carried.get(`${key}@${place}`),
    set: (key, value) => carried.set(`${key}@${place}`, value),
  };
}

function givenThere(
  step: Step,
  context: StepContext,
  far: FarHome,
  folder: string,
): GivenEnvironment {
  const env: Record<string, string> = { ...far.env, ...context.ownEnv };
  for (const name of NEVER_GIVEN) delete env[name];
  env['HANDRAIL_OUTPUT'] = `${folder}/${FAR.outputs}`;
  env['PWD'] = far.cwd;
  const own = new Set(Object.keys(step.annotations.env ?? {}));
  return { env, own, ownCwd: step.annotations.cwd !== undefined };
}

/** Text for a file on the far side, and what comes back in it. */
interface FarExchange extends ExchangeFile {
  readonly content: () => Buffer;
  take(content: Buffer): void;
}

function farExchange(path: string): FarExchange {
  let content: Buffer = Buffer.alloc(0);
  return {
    path,
    write(bytes) {
      content = Buffer.from(bytes);
    },
    read: (maxBytes) => (content.length > maxBytes ? undefined : content),
    content: () => content,
    take(bytes) {
      content = bytes;
    },
    close: () => undefined,
  };
}

interface Prepared {
  readonly state: ReturnType<typeof carriedState>;
  readonly given: GivenEnvironment;
  readonly folder: string;
  readonly exchange: FarExchange;
}

interface FarLaunchOf {
  readonly launch: {
    readonly program: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly session: ShellSession | null;
  };
  readonly files: Readonly<Record<string, Buffer>>;
}

async function launchOf(
  step: Step,
  text: string,
  context: StepContext,
  options: ShellOptions,
  { state, given, folder, exchange }: Prepared,
): Promise<FarLaunchOf> {
  const { annotations } = step;
  const shell = annotations.shell ?? context.shell.program;
  const shebang = /^#!\s*(\S.*)/.exec(text)?.[1];
  const interpreter = annotations.interpreter ?? shebang ?? (isShell(shell) ? undefined : shell);
  if (interpreter !== undefined) {
    const [program = 'sh', ...args] = interpreter.trim().split(/\s+/);
    const env = exportedEnvironment(state, given);
    const launch = { program, args: [...args, `${folder}/${FAR.script}`], env, session: null };
    return { launch, files: { [FAR.script]: Buffer.from(text) } };
  }
  const session = await openSession({
    script: { text, firstLine: step.textLine, options },
    program: shell,
    context,
    state,
    given,
    folder,
    exchange,
  });
  const isBash = shell.slice(shell.lastIndexOf('/') + 1) === 'bash';
  const env = isBash ? given.env : exportedEnvironment(state, given);
  const { program, args } = session;
  return {
    launch: { program, args, env, session: annotations.isolated ? null : session },
    files: { [FAR.exchange]: exchange.content() },
  };
}

function differenceOf(
  there: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): { readonly env: Readonly<Record<string, string>>; readonly unset: readonly string[] } {
  const env = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => name !== 'PWD' && there[name] !== value),
  );
  return { env, unset: Object.keys(there).filter((name) => wanted[name] === undefined) };
}

async function bring(
  far: FarHome,
  folder: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const parts = Object.entries(files).flatMap(([name, content]) => [
    Buffer.from(`${name} ${content.length}\n`),
    content,
  ]);
  const answer = await far.ask(bringLine(folder), Buffer.concat(parts));
  if (answer?.exitCode === 0) return;
  const why = answer?.stderr.trim().split('\n').at(-1) || 'the line broke';
  throw new HandrailError('UNREACHABLE', {
    message: `The step cannot be brought to \`${far.place.name}\`: ${why}. Nothing was started there.`,
  });
}

interface RunOptions {
  readonly endWithEngine: boolean;
  readonly until: RegExp | undefined;
  readonly forMs: number | undefined;
  readonly terminal: { readonly asks: boolean; readonly whole: boolean };
}

async function* ran(
  far: FarHome,
  folder: string,
  context: StepContext,
  { until, forMs, terminal: wants }: RunOptions,
): AsyncGenerator<StepOutput, ProcessEnd> {
  const { terminal } = context;
  const isOnTerminal = terminal !== null && wants.asks;
  const line = isOnTerminal ? terminalLine(folder) : startLine(folder);
  const [program, ...args] = far.place.command(line, { terminal: isOnTerminal });
  const request = {
    program,
    args,
    cwd: '/',
    env: context.env,
    lockFds: context.lockFds,
    marks: [],
    signal: context.signal,
    timeoutMs: context.timeoutMs,
    ...(until === undefined ? {} : { until }),
    ...(forMs === undefined ? {} : { forMs }),
  };
  const seen = { stdout: 0, stderr: 0 };
  const startMs = performance.now();
  let isOver = false;
  try {
    const running =
      isOnTerminal && terminal !== null
        ? runTerminalProcess({ ...request, terminal, whole: wants.whole })
        : runProcess(request);
    let next = await running.next();
    while (!next.done) {
      seen[next.value.stream] += next.value.chunk.length;
      yield next.value;
      next = await running.next();
    }
    const end = next.value;
    const isBroken = end.endedBy === 'itself' && (end.exitCode === BROKEN || end.exitCode === null);
    if (!isBroken) {
      isOver = end.endedBy === 'itself';
      return end;
    }
    const leftMs =
      context.timeoutMs === null ? null : context.timeoutMs - (performance.now() - startMs);
    const resolved = yield* mended(far, folder, context.signal, seen, { end, leftMs });
    isOver = resolved.endedBy === 'itself';
    return resolved;
  } finally {
    // Whatever ended the line here does not end what it started there.
    if (!isOver) await far.ask(endLine(folder));
  }
}

/** The line broke: the far side is asked what became of the program, and followed until it ends. */
async function* mended(
  far: FarHome,
  folder: string,
  signal: AbortSignal,
  seen: { stdout: number; stderr: number },
  { end, leftMs }: { readonly end: ProcessEnd; readonly leftMs: number | null },
): AsyncGenerator<StepOutput, ProcessEnd> {
  const startMs = performance.now();
  let heardMs = startMs;
  for (;;) {
    if (signal.aborted)
      return {
        ...end,
        exitCode: null,
        endedBy: signal.reason === 'timeout' ? 'timeout' : 'cancelled',
      };
    if (leftMs !== null && performance.now() - startMs > leftMs)
      return { ...end, exitCode: null, endedBy: 'timeout' };
    const answer = await far.ask(askLine(folder));
    const said =
      answer !== undefined && answer.exitCode === 0 ? answer.stdout.toString().trim() : '';
    if (said !== '') heardMs = performance.now();
    if (said === 'never') throw notStarted(far.place.name);
    if (said === 'alive' || said.startsWith('exit ')) {
      for (const stream of ['stdout', 'stderr'] as const) {
        const file = stream === 'stdout' ? FAR.out : FAR.err;
        const rest = await far.ask(restLine(folder, file, seen[stream]));
        if (rest === undefined || rest.stdout.length === 0) continue;
        seen[stream] += rest.stdout.length;
        yield { stream, chunk: rest.stdout };
      }
    }
    if (said.startsWith('exit ')) return { ...end, exitCode: Number(said.slice(5)), signal: null };
    // Nobody is there any more and nobody wrote down how it ended: as if it had been killed.
    if (said === 'gone') return { ...end, exitCode: null, signal: 'SIGKILL' };
    if (performance.now() - heardMs > MENDING_MS)
      return { ...end, exitCode: null, signal: 'SIGHUP' };
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function notStarted(name: string): HandrailError {
  return new HandrailError('UNREACHABLE', {
    message: `The line to \`${name}\` broke before the step was started there: nothing of it was run.`,
  });
}

interface Collected {
  readonly outputs: string;
}

/** Brings the end state back; a line that is broken now leaves the state before. */
async function collect(far: FarHome, folder: string, exchange: FarExchange): Promise<Collected> {
  const answer = await far.ask(collectLine(folder));
  if (answer?.exitCode !== 0) return { outputs: '' };
  let outputs = '';
  let at = 0;
  for (;;) {
    const end = answer.stdout.indexOf(10, at);
    if (end < 0) return { outputs };
    const [name, size] = answer.stdout.subarray(at, end).toString().trim().split(/\s+/);
    const content = answer.stdout.subarray(end + 1, end + 1 + Number(size));
    at = end + 1 + Number(size);
    if (name === FAR.exchange && content.length > 0) exchange.take(Buffer.from(content));
    if (name === FAR.outputs) outputs = content.toString();
  }
}
