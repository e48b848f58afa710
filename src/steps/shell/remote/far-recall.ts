import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CarriedState, Recalled, StepContext } from '../../../engine/contracts/step-type.ts';
import type { Step } from '../../../engine/model/runbook.ts';
import { shellHome } from '../home.ts';
import { carriedState } from '../session.ts';
import type { ShellState } from '../state.ts';
import { collect } from './far-end.ts';
import { type FarHome, farHome } from './far-home.ts';
import { preparedAt, tryKey } from './far-launch.ts';
import { askLine, closeLine, findLine } from './far-script.ts';

type FarContext = StepContext & { readonly place: string };

const LOOK_MS = 500;
/** What is larger is no program's own word: a signal ended it, or nobody could start it. */
const MOST_OWN_EXIT = 125;

/**
 * Asks a place what became of a try whose engine, or whose line, was lost; waits while it is still at work there. Only what
 * left nothing behind that later steps would miss counts as done. Throws UNREACHABLE.
 */
export async function recallFar(step: Step, context: FarContext): Promise<Recalled | undefined> {
  const { resources, place, env, text } = context;
  const home = await shellHome(resources);
  const far = await farHome(context, place, home.folder);
  const run = env['HANDRAIL_RUN_ID'] ?? 'run';
  const found = await far.ask(findLine(run, tryKey(context, text), far.mark));
  const folder = found?.exitCode === 0 ? (found.stdout.toString().split('\n')[0] ?? '') : '';
  if (!folder.startsWith('/')) return undefined;
  const said = await standing(far, folder, context.signal);
  const recalled = await recalledAs(far, folder, said, step, context);
  // What is known by then is in the log before its folder goes.
  if (recalled !== undefined)
    await resources.get(`recalled ${place} ${folder}`, async () => ({
      close: async () => void (await far.ask(closeLine(posix.dirname(folder)))),
    }));
  return recalled;
}

async function recalledAs(
  far: FarHome,
  folder: string,
  said: number | 'never' | undefined,
  step: Step,
  context: FarContext,
): Promise<Recalled | undefined> {
  if (said === 'never') return { outcome: 'not-done', why: 'it was never started there' };
  if (typeof said !== 'number') return undefined;
  const why = `it ended there with exit code ${said}`;
  if ((step.annotations.exit ?? [0]).includes(said))
    return (await isLikeNever(far, folder, step, context)) ? { outcome: 'done', why } : undefined;
  return said > MOST_OWN_EXIT ? undefined : { outcome: 'not-done', why };
}

/** The exit code that was written down, or why there is none. */
async function standing(
  far: FarHome,
  folder: string,
  signal: AbortSignal,
): Promise<number | 'never' | undefined> {
  while (!signal.aborted) {
    const answer = await far.ask(askLine(folder, far.mark));
    const said = answer?.exitCode === 0 ? answer.stdout.toString().trim() : '';
    if (said === 'never') return said;
    if (said.startsWith('exit ')) return Number.parseInt(said.slice(5), 10);
    if (said !== 'alive' && said !== 'begins') return undefined;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Whether its shell left no variable, function or folder, and the step no value, that the log would have kept. */
async function isLikeNever(
  far: FarHome,
  folder: string,
  step: Step,
  context: FarContext,
): Promise<boolean> {
  if (context.text.includes('umask')) return false;
  const left: string[] = [];
  const { carried, shell, text } = context;
  const own = { ...context, carried: onlyRead(carried, (packed) => left.push(packed)) };
  const { state, exchange, launch } = await preparedAt(far, folder, step, text, own, shell);
  const collected = await collect(far, folder, exchange);
  if (collected === undefined || collected.outputs !== '') return false;
  if (launch.session === null) return true;
  const { warning, unread, cut } = launch.session.keep();
  if (warning !== undefined || unread !== undefined || cut !== undefined) return false;
  if (left.length === 0) return true;
  const after = carriedState({
    ...context,
    carried: { ...carried, get: () => left.at(-1) },
  });
  return factsOf(after) === factsOf({ ...state, cwd: state.cwd || far.cwd });
}

/** What of a state later steps may miss; where a shell came from is its own affair. */
function factsOf({ cwd, unset, variables, functions, aliases }: ShellState): string {
  const own = variables.filter(({ name }) => name !== 'OLDPWD');
  return JSON.stringify([cwd, unset, own, functions, aliases]);
}

/** What would be carried on is only looked at. */
function onlyRead(carried: CarriedState, onSet: (state: string) => void): CarriedState {
  return { ...carried, get: (key) => carried.get(key), set: (_, state) => onSet(state) };
}
