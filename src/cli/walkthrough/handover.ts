import type { Situation } from '../../engine/contracts/operator.ts';
import type { StepLore } from './step-screen.ts';

/** What a colleague needs to take over, to be copied into a chat. */
export function handover(situation: Situation, lore: StepLore, logPath: string): readonly string[] {
  const { plan, run, position, planned, outcomes } = situation;
  const steps = plan.steps.map(({ id, step }, at) => {
    const mark = at === position - 1 ? '>' : ' ';
    return `${mark} ${at + 1}. ${step.title}: ${outcomes.get(id) ?? 'not yet'}`;
  });
  return [
    `Handover of ${plan.runbook.title} (${plan.runbook.path}) on ${lore.host}, from ${lore.user}`,
    `Now at step ${position} of ${plan.steps.length}: ${planned.step.title}`,
    ...steps,
    `Go on with: handrail resume ${run}`,
    `Log: ${logPath}`,
  ];
}
