import { commandAbout } from '../../engine/model/command-about.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import { canGoOn, EXIT, type StepOutcome } from '../../engine/model/outcome.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { addressOf, rollbacksAfter } from '../../engine/planning/ways-back.ts';
import { RENDERED } from '../../engine/record/files.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { CliContext } from '../context.ts';
import type { StepFailure } from '../progress/failure.ts';
import { screenLine } from '../screen/safe-text.ts';
import { namedState } from '../state-folder.ts';
import type { Undone } from './undone.ts';

/** What the closing words are made of. */
export interface Ending {
  readonly plan: Plan;
  readonly run: string;
  readonly where: string;
  readonly finished: Extract<RunEvent, { type: 'run.finished' }> | null;
  readonly failed: StepFailure | null;
  /** Steps that were not carried out. */
  readonly left: readonly Undone[];
  /** How steps ended. */
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** The step that a second person has to sign; `null`: none. */
  readonly unsigned: string | null;
  readonly context: CliContext;
}

/** The closing words of a run: how to go on, where the log is and how to read it; and one line for programs. */
export interface Closing {
  readonly text: string;
  /** `''` when the run passed. */
  readonly machineLine: string;
}

/** Makes the closing words. */
export function closing(ending: Ending): Closing {
  const { run, where, finished, plan, context } = ending;
  const state = namedState(where, context);
  const resume = isResumable(finished) ? commandAbout('resume', run, state) : '';
  const more = state === null ? '' : ` --state ${shellWord(state)}`;
  const rollbacks =
    finished?.outcome === 'failed'
      ? rollbacksAfter(plan, finished.stepId, ending.outcomes).filter(
          ({ id }) => !finished.rolledBack?.includes(id),
        )
      : [];
  const rows: (readonly [string, string])[] = [
    ...notDone(ending),
    ...leftOut(ending),
    ...(ending.unsigned === null
      ? []
      : [['agree', commandAbout('approve', run, state, [ending.unsigned])] as const]),
    ...(resume === '' ? [] : [['go on', resume] as const]),
    ...rollbacks.map(
      ({ id }) => ['roll back', `handrail run ${shellWord(addressOf(plan, id))}${more}`] as const,
    ),
    ['log', `${where}/${RENDERED}`],
    ['read it', commandAbout('log', run, state)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const text = rows
    .map(([name, value]) => `${name.padEnd(width)}  ${screenLine(value)}\n`)
    .join('');
  return { text, machineLine: machineLine(ending, resume) };
}

const MOST_UNDONE = 8;

/** What holds no step, and would have been passed by in silence. */
function leftOut({ plan, finished }: Ending): readonly (readonly [string, string])[] {
  if (finished?.outcome === 'refused' || finished?.exitCode === EXIT.locked) return [];
  const rows = plan.leftOut
    .slice(0, MOST_UNDONE)
    .map(
      ({ path, line, message }) =>
        ['not done', `${path === undefined ? '' : `${path}, `}line ${line}: ${message}`] as const,
    );
  const more = plan.leftOut.length - rows.length;
  return more > 0 ? [...rows, ['not done', `${more} more places that hold no step`]] : rows;
}

/** What of the procedure was not carried out; of a run that ended early, how much is still to come. */
function notDone({ left, plan, finished }: Ending): readonly (readonly [string, string])[] {
  if (finished?.outcome === 'refused' || finished?.exitCode === EXIT.locked) return [];
  const said = left.filter(({ why }) => why !== '');
  const rest = left.length - said.length;
  const rows = said
    .slice(0, MOST_UNDONE)
    .map(({ title, why }) => ['not done', `${title}: ${why}`] as const);
  const more = said.length - rows.length;
  const isResumed = finished?.outcome === 'passed';
  return [
    ...rows,
    ...(more > 0 ? [['not done', `${more} more steps`] as const] : []),
    ...(rest > 0 && !isResumed
      ? [['to come', `${rest} of ${plan.steps.length} steps`] as const]
      : []),
  ];
}

function isResumable(finished: Ending['finished']): boolean {
  if (finished === null) return true;
  return canGoOn(finished) && finished.exitCode !== EXIT.locked;
}

/** One line of `name=value` words for programs and searches. */
function machineLine({ run, finished, failed }: Ending, resume: string): string {
  if (finished?.exitCode === EXIT.passed) return '';
  const words = [
    `run=${run}`,
    `outcome=${finished?.outcome ?? 'interrupted'}`,
    ...(failed ? [`step=${word(failed.finished.stepId)}`] : []),
    `exit=${finished?.exitCode ?? EXIT.internal}`,
    ...(resume === '' ? [] : [`resume=${JSON.stringify(resume)}`]),
  ];
  return `handrail: ${words.join(' ')}\n`;
}

function word(text: string): string {
  const safe = screenLine(text);
  return /^[^\s"=]+$/.test(safe) ? safe : JSON.stringify(safe);
}
