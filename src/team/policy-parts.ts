import { basename, dirname, resolve } from 'node:path';
import type { Plan } from '../engine/model/plan.ts';
import type { Policy, Rule } from './policy.ts';

/** A rule that holds for a part of what would run, besides the one that holds for the whole. */
export interface PartRule {
  /** What it holds for: `drop`, or `/srv/ops/other.md#drop`. */
  readonly name: string;
  readonly rule: Rule;
}

/**
 * Rules that stand before `own` in the policy and fit a procedure of the plan, its own pages' or a linked one's: whoever asks
 * for the whole page, or for a page that links to another, gets by it nothing that an earlier rule holds back.
 */
export function partRules(
  { rules }: Pick<Policy, 'rules'>,
  own: Rule,
  runbook: string,
  { steps }: Pick<Plan, 'steps'>,
): readonly PartRule[] {
  const earlier = rules.slice(0, Math.max(0, rules.indexOf(own)));
  const found = new Map<Rule, string>();
  for (const { from, step } of steps) {
    const path =
      from === null ? runbook : resolve(dirname(runbook), from.folder, basename(from.path));
    const rule = earlier.find((each) => each.fits(path, step.procedure));
    if (rule === undefined || found.has(rule)) continue;
    found.set(rule, from === null ? step.procedure : `${path}#${step.procedure}`);
  }
  return [...found].map(([rule, name]) => ({ name, rule }));
}
