import type { Decision, Situation } from '../../../engine/contracts/operator.ts';
import type { Asker } from './asker.ts';
import type { Canvas } from './canvas.ts';
import type { StepLore } from './step-screen.ts';

/** What every menu of the walkthrough works with. */
export interface Desk {
  readonly asker: Asker;
  readonly canvas: () => Canvas;
  readonly lore: (situation: Situation) => StepLore;
  /** How this step ended before, one phrase; `''` when it never ran. */
  readonly history: (situation: Situation) => string;
  /** The last lines of the last output. */
  readonly tail: () => readonly string[];
  /** Where the run's folder is. */
  readonly logPath: () => string;
  /** Run on without asking until something needs a person. */
  readonly mode: { runOn: boolean };
}

/** A menu's answer: a decision, or `null` to show the menu again. */
export type Choosing = Promise<Decision | null>;

/** A question that must be answered; `undefined` when the person left it. */
export async function reasonFor(desk: Desk, question: string): Promise<string | undefined> {
  const answer = await desk.asker.questions.text(question, {
    judge: (text) =>
      text.trim() === '' ? 'A reason is needed: it is what the timeline will tell.' : undefined,
  });
  return answer?.trim();
}
