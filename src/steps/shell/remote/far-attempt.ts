import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StepContext, StepOutput } from '../../../engine/contracts/step-type.ts';
import { commandAbout } from '../../../engine/model/command-about.ts';
import { HandrailError } from '../../../engine/model/errors.ts';
import type { Step } from '../../../engine/model/runbook.ts';
import type { ProcessEnd } from '../../../process/follow-process.ts';
import { runProcess } from '../../../process/process.ts';
import { runTerminalProcess } from '../../../process/terminal-process.ts';
import { lastLine } from '../../../text/lines.ts';
import type { ShellHome } from '../home.ts';
import type { ShellLeft } from '../result.ts';
import type { ShellOptions } from '../script.ts';
import type { ShellSession } from '../session.ts';
import { parseOutputs } from '../step-outputs.ts';
import { untilPattern } from '../until-pattern.ts';
import { BROKEN, collect, collectAtLast, LOOK_MS, MENDING_MS, mended, unheard } from './far-end.ts';
import { type Answer, type FarHome, farHome } from './far-home.ts';
import { type FarExchange, preparedAt, tryKey } from './far-launch.ts';
import {
  BUSY,
  bringLine,
  endLine,
  FAR,
  mainFile,
  NO_PROGRAM,
  sealOf,
  startLine,
  terminalLine,
} from './far-script.ts';

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
    if (answer?.exitCode === BUSY) throw stillAtWork(far.place.name, answer);
    const isBroken = answer === undefined || answer.exitCode === BROKEN;
    if (!isBroken || !(await patience.isLeft())) throw notBrought(far, program, answer);
  }
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
  program: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<Answer | undefined> {
  const named = Object.entries(files).map(([name, content]) => ({ name, content }));
  const all = Buffer.concat(named.map(({ content }) => content));
  const { lock, mark } = far;
  const over = [...far.over];
  const line = bringLine(folder, mark, program, named, { over, lock });
  const answer = await far.ask(line, all);
  if (answer?.exitCode === 0) for (const each of over) far.over.delete(each);
  return answer;
}

function stillAtWork(where: string, { stdout }: Answer): HandrailError {
  const [, pid, run = ''] = /^(\d+) handrail-(.{36})-/.exec(stdout.toString()) ?? [];
  const goesOn = commandAbout('resume', run, null);
  return new HandrailError('LOCK_HELD', {
    message: `The lock is held by run ${run}: process ${pid} of a step of it is still at work on \`${where}\`. Wait until it ends (\`${goesOn}\` does), or end it there. Nothing was started there.`,
  });
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
    // A line that came to its end says that code itself, and brought everything; else it broke, and output may be there still.
    const isWhole =
      collected?.exitCode === end.exitCode &&
      seen.stdout >= collected.sizes.stdout &&
      seen.stderr >= collected.sizes.stderr;
    if (collected !== undefined && isWhole) {
      isOver = true;
      far.over.add(folder);
      return { end, outputs: collected.outputs };
    }
    const leftMs =
      context.timeoutMs === null ? null : context.timeoutMs - (performance.now() - startMs);
    const resolved = yield* mended(far, folder, context.signal, seen, { end, leftMs });
    isOver = resolved === 'never' || resolved.endedBy === 'itself';
    if (resolved === 'never') return resolved;
    if (resolved.exitCode === null) return { end: resolved, outputs: '' };
    const left = await collectAtLast(far, folder, exchange, context.signal);
    if (left === undefined) return { end: unheard(far, resolved), outputs: '' };
    far.over.add(folder);
    return { end: resolved, outputs: left.outputs };
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

function notStarted(name: string): HandrailError {
  return new HandrailError('UNREACHABLE', {
    message: `The line to \`${name}\` broke before the step was started there: nothing of it was run.`,
  });
}
