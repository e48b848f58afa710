import { setTimeout as sleep } from 'node:timers/promises';
import type { StepOutput } from '../../../engine/contracts/step-type.ts';
import type { ProcessEnd } from '../../../process/follow-process.ts';
import type { FarHome } from './far-home.ts';
import type { FarExchange } from './far-launch.ts';
import { askLine, collectLine, FAR, restLine } from './far-script.ts';

/** How long a broken line is mended before nobody knows what became of the step. */
export const MENDING_MS = 60_000;
/** How long it is waited before the line is tried once more. */
export const LOOK_MS = 500;
/** What a line that broke ends with. */
export const BROKEN = 255;

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
