import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CarriedState, StepContext, StepOutput } from '../../../engine/contracts/step-type.ts';
import { HandrailError } from '../../../engine/model/errors.ts';
import type { Step } from '../../../engine/model/runbook.ts';
import type { ProcessEnd } from '../../../process/follow-process.ts';
import { runProcess } from '../../../process/process.ts';
import { runTerminalProcess } from '../../../process/terminal-process.ts';
import { lastLine } from '../../../text/lines.ts';
import { sha256Of } from '../../../text/sha256.ts';
import type { ExchangeFile } from '../exchange-file.ts';
import type { ShellHome } from '../home.ts';
import type { ShellLeft } from '../result.ts';
import type { ShellOptions } from '../script.ts';
import { carriedState, isShell, openSession, type ShellSession } from '../session.ts';
import { exportedEnvironment, type GivenEnvironment } from '../state.ts';
import { parseOutputs } from '../step-outputs.ts';
import { untilPattern } from '../until-pattern.ts';
import { type Answer, type FarHome, farHome } from './far-home.ts';
import {
  askLine,
  bringLine,
  collectLine,
  endLine,
  FAR,
  mainFile,
  NO_PROGRAM,
  restLine,
  sealOf,
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
  const patience = patienceOf(context);
  let there = await brought(far, step, text, context, options, patience);
  let outputs = '';
  return {
    async *run() {
      for (;;) {
        const { folder, exchange } = there;
        const done = yield* ran(far, folder, context, exchange, {
          until,
          forMs: step.annotations.for,
          terminal: wantsTerminal,
        });
        if (done !== 'never') {
          ({ outputs } = done);
          return done.end;
        }
        // Nothing of it was run, and in that folder nothing will be.
        if (!(await patience.isLeft())) throw notStarted(far.place.name);
        there = await brought(far, step, text, context, options, patience);
      }
    },
    finish() {
      const { session } = there;
      // A line that is broken brings nothing back: that says nothing of whether the script was read.
      const { warning, cut } = session?.keep() ?? {};
      const { values, warnings } = parseOutputs(outputs);
      return {
        values,
        warnings: [...(warning === undefined ? [] : [warning]), ...warnings],
        failedLine: session?.failedLine(),
        lost: cut,
      };
    },
    close: () => undefined,
  };
}

/** Waits a moment where a line broke before the step began; `false`: for long enough, or it is to end. */
interface Patience {
  isLeft(): Promise<boolean>;
}

function patienceOf({ signal, timeoutMs }: StepContext): Patience {
  let brokeMs: number | undefined;
  return {
    async isLeft() {
      brokeMs ??= performance.now();
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
      const mostMs = Math.min(MENDING_MS, timeoutMs ?? MENDING_MS);
      return !signal.aborted && performance.now() - brokeMs < mostMs;
    },
  };
}

interface There {
  readonly folder: string;
  readonly exchange: FarExchange;
  readonly session: ShellSession | null;
}

/**
 * Brings a step there. What a broken line left of one is never begun: it is brought again, into a folder of its own, as what
 * came before may still be writing.
 */
async function brought(
  far: FarHome,
  step: Step,
  text: string,
  context: StepContext & { readonly place: string },
  options: ShellOptions,
  patience: Patience,
): Promise<There> {
  for (;;) {
    const folder = far.nextFolder();
    const prepared = await preparedAt(far, folder, step, text, context, options);
    const { state, exchange, launch, files } = prepared;
    const changed = differenceOf(far.env, launch.env);
    // A folder of the step's own is one below where a login ends up.
    const cwd =
      step.annotations.cwd === undefined
        ? state.cwd || far.cwd
        : posix.resolve(far.cwd, step.annotations.cwd);
    const main = mainFile(folder, { ...launch, ...changed, cwd });
    // Which program its own PATH leads to is for the far side to find.
    const program = 'PATH' in changed.env ? 'sh' : launch.program;
    const seal = { [sealOf(tryKey(context, text))]: Buffer.alloc(0) };
    const answer = await bring(far, folder, program, {
      ...files,
      ...seal,
      [FAR.main]: Buffer.from(main),
    });
    if (answer?.exitCode === 0) return { folder, exchange, session: launch.session };
    const isBroken = answer === undefined || answer.exitCode === BROKEN;
    if (!isBroken || !(await patience.isLeft())) throw notBrought(far, program, answer);
  }
}

/** What an attempt is made of that stands in a folder there. */
export async function preparedAt(
  far: FarHome,
  folder: string,
  step: Step,
  text: string,
  context: StepContext & { readonly place: string },
  options: ShellOptions,
): Promise<FarLaunchOf & Pick<Prepared, 'state' | 'exchange'>> {
  const own = { ...context, carried: carriedAt(context.carried, context.place) };
  const state = carriedState(own);
  const given = givenThere(step, context, far, folder);
  const exchange = farExchange(`${folder}/${FAR.exchange}`);
  const made = await launchOf(step, text, own, options, { state, given, folder, exchange });
  return { ...made, state, exchange };
}

/** Tells a try at a step's whole text from every other one of its run. */
export function tryKey(context: Pick<StepContext, 'ownEnv' | 'try'>, text: string): string {
  const id = context.ownEnv?.['HANDRAIL_STEP_ID'] ?? '';
  return sha256Of(JSON.stringify([id, context.try ?? 0, text])).slice(0, 32);
}

/** Each place has a state of its own. */
function carriedAt(carried: CarriedState, place: string): CarriedState {
  return {
    ...carried,
    get: (key) => carried.get(`${key}@${place}`),
    superseded: (key) => carried.superseded?.(`${key}@${place}`) ?? new Set(),
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

function bring(
  far: FarHome,
  folder: string,
  program: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<Answer | undefined> {
  const named = Object.entries(files).map(([name, content]) => ({ name, content }));
  const all = Buffer.concat(named.map(({ content }) => content));
  return far.ask(bringLine(folder, far.mark, program, named), all);
}

function notBrought(far: FarHome, program: string, answer: Answer | undefined): HandrailError {
  const where = far.place.name;
  const why =
    answer?.exitCode === NO_PROGRAM
      ? `\`${program}\` is not there`
      : lastLine(answer?.stderr ?? '') || 'the line broke';
  return new HandrailError('UNREACHABLE', {
    message: `The step cannot be brought to \`${where}\`: ${why}. Nothing was started there.`,
  });
}

interface RunOptions {
  readonly until: RegExp | undefined;
  readonly forMs: number | undefined;
  readonly terminal: { readonly asks: boolean; readonly whole: boolean };
}

/** How the program ended, and what it wrote to HANDRAIL_OUTPUT. */
interface Done {
  readonly end: ProcessEnd;
  readonly outputs: string;
}

async function* ran(
  far: FarHome,
  folder: string,
  context: StepContext,
  exchange: FarExchange,
  { until, forMs, terminal: wants }: RunOptions,
): AsyncGenerator<StepOutput, Done | 'never'> {
  const { terminal } = context;
  const isOnTerminal = terminal !== null && wants.asks;
  const line = isOnTerminal ? terminalLine(folder, far.mark) : startLine(folder, far.mark);
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
  const own = { stdout: afterMark(far.mark), stderr: afterMark(isOnTerminal ? '' : far.mark) };
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
      const { stream, chunk } = next.value;
      const rest = own[stream](chunk);
      seen[stream] += rest.length;
      if (rest.length > 0) yield { ...next.value, chunk: rest };
      next = await running.next();
    }
    const end = next.value;
    if (end.endedBy !== 'itself') return { end, outputs: '' };
    // What the far side wrote down counts, and no exit code of a line: some say 1 when they break, as others do for a failure.
    const collected = await collect(far, folder, exchange);
    if (collected !== undefined) {
      isOver = true;
      return { end: { ...end, exitCode: collected.exitCode }, outputs: collected.outputs };
    }
    const leftMs =
      context.timeoutMs === null ? null : context.timeoutMs - (performance.now() - startMs);
    const resolved = yield* mended(far, folder, context.signal, seen, { end, leftMs });
    isOver = resolved === 'never' || resolved.endedBy === 'itself';
    if (resolved === 'never') return resolved;
    const { outputs = '' } = (await collect(far, folder, exchange)) ?? {};
    return { end: resolved, outputs };
  } finally {
    // Whatever ended the line here does not end what it started there.
    if (!isOver) await far.ask(endLine(folder, far.mark));
  }
}

/** Takes away what comes before the mark, which is the login's own; `''`: there is none. */
function afterMark(mark: string): (chunk: Uint8Array) => Uint8Array {
  let isPast = mark === '';
  let held = Buffer.alloc(0);
  return (chunk) => {
    if (isPast) return chunk;
    held = Buffer.concat([held, chunk]);
    const at = held.indexOf(mark);
    // A terminal ends its lines with a carriage return too.
    const end = at < 0 ? -1 : held.indexOf(10, at);
    if (end >= 0) {
      isPast = true;
      return held.subarray(end + 1);
    }
    // Of what can only be a greeting no more is kept than a mark that is cut in two needs.
    if (at < 0 && held.length > MOST_HELD) held = held.subarray(held.length - mark.length);
    return NOTHING;
  };
}

const NOTHING = new Uint8Array();
const MOST_HELD = 64 * 1024;

/** The line broke: the far side is asked what became of the program, and followed until it ends; `never`: it was not begun. */
async function* mended(
  far: FarHome,
  folder: string,
  signal: AbortSignal,
  seen: { stdout: number; stderr: number },
  { end, leftMs }: { readonly end: ProcessEnd; readonly leftMs: number | null },
): AsyncGenerator<StepOutput, ProcessEnd | 'never'> {
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
    const answer = await far.ask(askLine(folder, far.mark));
    const said =
      answer !== undefined && answer.exitCode !== BROKEN ? answer.stdout.toString().trim() : '';
    const exit = said.startsWith('exit ') ? Number.parseInt(said.slice(5), 10) : undefined;
    // What only just begins has a process soon, or none any more.
    if (said !== '' && said !== 'begins') heardMs = performance.now();
    if (said === 'never') return said;
    if (said === 'alive' || exit !== undefined) {
      for (const stream of ['stdout', 'stderr'] as const) {
        const file = stream === 'stdout' ? FAR.out : FAR.err;
        const rest = await far.ask(restLine(folder, far.mark, file, seen[stream]));
        if (rest === undefined || rest.exitCode === BROKEN || rest.stdout.length === 0) continue;
        seen[stream] += rest.stdout.length;
        yield { stream, chunk: rest.stdout };
      }
    }
    if (exit !== undefined) return { ...end, exitCode: exit, signal: null };
    // Nobody is there any more and nobody wrote down how it ended: as if it had been killed.
    if (said === 'gone' || said === 'lost') return { ...end, exitCode: null, signal: 'SIGKILL' };
    if (performance.now() - heardMs > MENDING_MS) {
      // Whoever goes on with the run asks there what became of it.
      far.leave();
      return { ...end, exitCode: null, signal: 'SIGHUP' };
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function notStarted(name: string): HandrailError {
  return new HandrailError('UNREACHABLE', {
    message: `The line to \`${name}\` broke before the step was started there: nothing of it was run.`,
  });
}

interface Collected {
  readonly exitCode: number;
  readonly outputs: string;
}

/** Brings the end back; `undefined`: the far side has not written it down, or cannot be asked. */
export async function collect(
  far: FarHome,
  folder: string,
  exchange: FarExchange,
  { isKept = false }: { readonly isKept?: boolean } = {},
): Promise<Collected | undefined> {
  const answer = await far.ask(collectLine(folder, far.mark, isKept));
  if (answer?.exitCode !== 0) return undefined;
  const files = filesIn(answer.stdout);
  const content = files.get(FAR.exchange);
  if (content !== undefined && content.length > 0) exchange.take(Buffer.from(content));
  const exitCode = Number.parseInt(files.get(FAR.exit)?.toString() ?? '', 10);
  if (Number.isNaN(exitCode)) return undefined;
  return { exitCode, outputs: files.get(FAR.outputs)?.toString() ?? '' };
}

/** Files by their names, each behind a line with its name and size. */
function filesIn(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; ; ) {
    const end = bytes.indexOf(10, at);
    const [name = '', text = ''] =
      end < 0 ? [] : bytes.subarray(at, end).toString().trim().split(/\s+/);
    if (!/^\d+$/.test(text)) return files;
    at = end + 1 + Number(text);
    files.set(name, bytes.subarray(end + 1, at));
  }
}
