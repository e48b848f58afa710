import { setTimeout as sleep } from 'node:timers/promises';
import type { StepOutput } from '../../../engine/contracts/step-type.ts';
import type { ProcessEnd } from '../../../process/follow-process.ts';
import type { FarHome } from './far-home.ts';
import type { FarExchange } from './far-launch.ts';
import { askLine, CUT, collectLine, FAR, restLine } from './far-script.ts';

/** How long a broken line is mended before nobody knows what became of the step. */
export const MENDING_MS = 60_000;
/** How long it is waited before the line is tried once more. */
export const LOOK_MS = 500;
/** What a line that broke ends with. */
export const BROKEN = 255;

interface Collected {
  readonly exitCode: number;
  readonly outputs: string;
  /** How much the program wrote; what it wrote to a terminal is in no file. */
  readonly sizes: { readonly stdout: number; readonly stderr: number };
}

/** Brings the end back; `undefined`: the far side has not written it down, or cannot be asked. */
export async function collect(
  far: FarHome,
  folder: string,
  exchange: FarExchange,
): Promise<Collected | undefined> {
  const answer = await far.ask(collectLine(folder, far.mark));
  if (answer?.exitCode !== 0) return undefined;
  const files = filesIn(answer.stdout);
  const content = files.get(FAR.exchange);
  if (content !== undefined && content.length > 0) exchange.take(Buffer.from(content));
  const exitCode = Number.parseInt(files.get(FAR.exit)?.toString() ?? '', 10);
  if (Number.isNaN(exitCode)) return undefined;
  const sizeOf = (file: string): number => Number(files.get(`size-${file}`)?.toString() ?? 0);
  return {
    exitCode,
    outputs: files.get(FAR.outputs)?.toString() ?? '',
    sizes: { stdout: sizeOf(FAR.out), stderr: sizeOf(FAR.err) },
  };
}

/** The same over a line that may break once more; `undefined`: nobody answers for a minute, or it is to end. */
export async function collectAtLast(
  far: FarHome,
  folder: string,
  exchange: FarExchange,
  signal: AbortSignal,
): Promise<Collected | undefined> {
  const startMs = performance.now();
  for (;;) {
    const collected = await collect(far, folder, exchange);
    if (collected !== undefined) return collected;
    if (signal.aborted || performance.now() - startMs > MENDING_MS) return undefined;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
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

/** The line broke: the far side is asked what became of the program, and followed until it ends; `never`: it was not begun. */
export async function* mended(
  far: FarHome,
  folder: string,
  signal: AbortSignal,
  seen: { stdout: number; stderr: number },
  { end, leftMs }: { readonly end: ProcessEnd; readonly leftMs: number | null },
): AsyncGenerator<StepOutput, ProcessEnd | 'never'> {
  const startMs = performance.now();
  let heardMs = startMs;
  let isSaid = false;
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
    if (said === 'never') return said;
    const before = seen.stdout + seen.stderr;
    const isAll =
      (said === 'alive' || exit !== undefined) && (yield* restOfOutputs(far, folder, seen));
    // What takes the output down may still be at it when the program has ended: all is there when nothing more came since.
    if (exit !== undefined && isSaid && isAll)
      return said.endsWith(CUT) ? unheard(far, end) : { ...end, exitCode: exit, signal: null };
    // What only just begins has a process soon, or none any more; what has ended says no more than what is still to come of it.
    const isNews = !isSaid || seen.stdout + seen.stderr > before;
    if (said !== '' && said !== 'begins' && isNews) heardMs = performance.now();
    isSaid = exit !== undefined;
    // Nobody is there any more and nobody wrote down how it ended: as if it had been killed.
    if (said === 'gone' || said === 'lost') return { ...end, exitCode: null, signal: 'SIGKILL' };
    if (performance.now() - heardMs > MENDING_MS) return unheard(far, end);
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Nobody answers, or has all of the output: whoever goes on with the run asks there what became of it. */
export function unheard(far: FarHome, end: ProcessEnd): ProcessEnd {
  far.leave();
  return { ...end, exitCode: null, signal: 'SIGHUP' };
}

/** What was written since the line broke; whether the far side answered, and there was nothing. */
async function* restOfOutputs(
  far: FarHome,
  folder: string,
  seen: { stdout: number; stderr: number },
): AsyncGenerator<StepOutput, boolean> {
  let isAll = true;
  for (const stream of ['stdout', 'stderr'] as const) {
    const file = stream === 'stdout' ? FAR.out : FAR.err;
    const rest = await far.ask(restLine(folder, far.mark, file, seen[stream]));
    // Some lines say 1 when they break: half an answer is none.
    const chunk = rest?.exitCode === 0 ? rest.stdout : undefined;
    isAll &&= chunk?.length === 0;
    if (chunk === undefined || chunk.length === 0) continue;
    seen[stream] += chunk.length;
    yield { stream, chunk };
  }
  return isAll;
}
