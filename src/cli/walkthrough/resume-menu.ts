import type { Operator } from '../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { Outlook } from '../../library.ts';
import type { Asker } from './asker.ts';
import { type Canvas, fold, numbered } from './canvas.ts';
import { type Desk, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';
import { changesScreen, resumeScreen, unknownStep } from './resume-screen.ts';

/** What a person says about a step of unknown outcome. */
export type Resolution = NonNullable<Awaited<ReturnType<Operator['resolve']>>>;

/** How to go on with a run; `null`: not at all. */
export interface GoingOn {
  /** Although the runbook changed where the run goes on. */
  readonly force: boolean;
  readonly resolution: Resolution | null;
}

/** Shows how a run stands and asks whether to go on with it. */
export async function resumeMenu(
  outlook: Outlook,
  desk: { readonly asker: Asker; readonly canvas: () => Canvas; readonly user: string },
): Promise<GoingOn | null> {
  const { asker, canvas } = desk;
  const unknown = unknownStep(outlook);
  const asksPerson = unknown !== undefined && unknown.probe === null;
  await asker.say(resumeScreen(outlook, canvas(), { atMs: Date.now(), user: desk.user }));
  for (;;) {
    const enter = asksPerson || outlook.changed?.refuses ? {} : { enter: 'r' };
    const key = await asker.choose(keysOf(outlook, asksPerson), enter);
    if (key === 'q' || key === 'end' || key === 'ctrl-c') return null;
    if (key === 'f') await asker.say(['', ...changesScreen(outlook, canvas())]);
    if (key !== 'r' && key !== 'd') continue;
    if (outlook.changed?.refuses && !(await goesOnAllTheSame(asker))) continue;
    const resolution = asksPerson ? await resolutionFor(key, asker) : null;
    if (asksPerson && resolution === null) continue;
    return { force: outlook.changed?.refuses === true, resolution };
  }
}

function keysOf({ changed }: Outlook, asksPerson: boolean): readonly Choice[] {
  const going: readonly Choice[] = asksPerson
    ? [
        { key: 'd', word: 'done', says: 'it was done: go on behind it' },
        { key: 'r', word: 'run again', says: 'it was not done: run it again' },
      ]
    : [{ key: 'r', word: 'resume', says: changed?.refuses ? 'go on' : 'go on (Enter)' }];
  return [
    ...going,
    ...(changed === null ? [] : [{ key: 'f', word: 'changes', says: 'what changed' }]),
    { key: 'q', word: 'quit', says: 'quit, change nothing' },
  ];
}

const goesOnAllTheSame = (asker: Asker): Promise<boolean> =>
  asker.questions.confirm('The runbook changed where this run goes on. Go on all the same?');

async function resolutionFor(key: string, asker: Asker): Promise<Resolution | null> {
  const why = await reasonFor({ asker }, 'How do you know?');
  return why === undefined ? null : { outcome: key === 'd' ? 'done' : 'not-done', why };
}

/** Asks whether a step that did not come to an end of its own was done. Leaving the question decides nothing. */
export async function unknownMenu(
  planned: PlannedStep,
  desk: Desk,
): ReturnType<Operator['resolve']> {
  const canvas = desk.canvas();
  await desk.asker.say([
    '',
    ...fold(
      `Step "${planned.step.title}" was running when handrail was lost. Whether it was done is UNKNOWN.`,
      canvas.width,
    ),
    '',
    ...numbered(planned.step.text, canvas, { most: 12 }),
    '',
  ]);
  const key = await desk.asker.choose([
    { key: 'd', word: 'done', says: 'it was done: go on behind it' },
    { key: 'r', word: 'run again', says: 'it was not done: run it again' },
    { key: 'q', word: 'quit', says: 'quit, change nothing' },
  ]);
  if (key !== 'd' && key !== 'r') return undefined;
  return (await resolutionFor(key, desk.asker)) ?? undefined;
}
