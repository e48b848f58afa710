import type { PlannedStep } from '../model/plan.ts';
import { type ConditionDecision, whetherWords } from '../model/step-condition.ts';
import {
  alternativesOf,
  type Conditional,
  conditionalsOf,
  heldUp,
  nameOf,
  openConditions,
} from '../planning/conditions.ts';
import { decidedByRunbook } from '../planning/decide-conditions.ts';
import { plannedStep } from '../planning/sequence.ts';
import { type Finding, type Rule, toDiagnostic } from './rule.ts';

/** Steps that are to be done only if something holds. */
export const condition: Rule = {
  name: 'condition',
  summary: 'A step that is to be done only if something holds.',
  why: 'A person is asked whether it does; unattended the run is refused until somebody says so: `--holds STEP`, `--not STEP`, `when=input=value`, or `<!-- handrail: holds -->` for what always holds here.',
  unattended: 'The run is refused until somebody has said whether the condition holds.',
  examples: {
    finds: [
      '# T\n\nOn Debian:\n\n```bash\nuptime\n```\n',
      '# T\n\n## If the pool is full\n\n```bash\nuptime\n```\n',
    ],
    leaves: ['# T\n\nOn Debian:\n\n<!-- handrail: holds -->\n```bash\nuptime\n```\n'],
  },
  find: (runbook) => {
    const steps = runbook.steps.map((step) => plannedStep(step));
    return undecided(steps, decidedByRunbook(runbook, steps)).map((finding) =>
      toDiagnostic('condition', { severity: 'info', ...finding }),
    );
  },
};

/** What nobody has decided yet, each condition once and alternatives together, in the order of the text. */
export function undecided(
  steps: readonly PlannedStep[],
  decisions: readonly ConditionDecision[],
): readonly Finding[] {
  const known = new Map(decisions.map((decision) => [decision.condition, decision]));
  // What one condition is told with, found once: a plan may hold a hundred thousand of them.
  const near = Map.groupBy(conditionalsOf(steps), ({ condition: { id, group } }) => group ?? id);
  const told = new Set<string>();
  return steps
    .filter(isCarriedOutUnasked)
    .flatMap((planned) => openConditions(planned, known))
    .flatMap((open) => {
      const { id, group } = open.condition;
      const key = group ?? id;
      if (told.has(key)) return [];
      told.add(key);
      return [findingOf(open, near.get(key) ?? [])];
    });
}

/** A person's step waits for the person, who is asked then. */
function isCarriedOutUnasked({ by, step }: PlannedStep): boolean {
  return by === 'machine' && (step.annotations.unattended ?? 'run') === 'run';
}

const stepsTo = (steps: number, { step }: PlannedStep): string =>
  steps === 1 ? `the step on line ${step.line}` : `${steps} steps, to line ${step.line}`;

/** `near`: all of this condition, and of those that exclude it. */
function findingOf(open: Conditional, near: readonly Conditional[]): Finding {
  const { line } = open.condition;
  const alternatives = alternativesOf(open.condition, near);
  if (alternatives.length === 1) {
    const name = nameOf(open);
    const held = heldUp(open.condition, near);
    const far =
      held === null
        ? ''
        : ` \`--not\` leaves out all that it holds up: ${stepsTo(held.steps, held.last)}.`;
    return {
      line,
      message: `Only a person can say ${whetherWords(open.condition)}.`,
      hint: `Say \`--holds ${name}\` or \`--not ${name}\`, or decide it in the runbook with \`when=\` or \`holds\`.${far}`,
    };
  }
  const firsts = new Map(near.toReversed().map((each) => [each.condition.id, each]));
  const named = alternatives.map((one) => {
    const first = firsts.get(one.id) ?? open;
    return `"${one.text}" (\`--holds ${nameOf(first)}\`)`;
  });
  return {
    line: alternatives.reduce((least, one) => Math.min(least, one.line), line),
    message: `At most one of these alternatives is to be done: ${named.join(', ')}.`,
    hint: 'Choose one; `--not STEP` leaves one out. In the runbook, `when=` decides.',
  };
}
