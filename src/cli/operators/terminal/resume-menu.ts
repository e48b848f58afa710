import type { Operator } from '../../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../../engine/model/plan.ts';
import { fold, numbered } from './canvas.ts';
import { type Desk, reasonFor } from './desk.ts';

/** Asks whether a step whose end was never recorded was done. Leaving the question decides nothing. */
export async function resumeMenu(
  planned: PlannedStep,
  desk: Desk,
): ReturnType<Operator['resolve']> {
  const canvas = desk.canvas();
  await desk.asker.say([
    '',
    ...fold(
      `Step "${planned.step.title}" was running when the engine was lost. Whether it was done is UNKNOWN.`,
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
  const why = await reasonFor(desk, 'How do you know?');
  return why === undefined ? undefined : { outcome: key === 'd' ? 'done' : 'not-done', why };
}
