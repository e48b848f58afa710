import { realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Plan } from '../engine/model/plan.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { followingOnLinked, mayFollow } from '../engine/planning/may-follow.ts';
import type { Policy, Rule } from './policy.ts';

/** A rule that holds for a part of what would run, besides the one that holds for the whole. */
export interface PartRule {
  /** What it holds for: `drop`, or `/srv/ops/other.md#drop`. */
  readonly name: string;
  readonly rule: Rule;
}

/**
 * The rule that holds for a procedure of a file, by the path that it is named by and by the one where it really stands: a
 * link, `..` or `//` on the way gets by no rule. `undefined`: there is none, or each of the paths has another one.
 */
export function ruleOfFile(
  { rules }: Pick<Policy, 'rules'>,
  runbook: string,
  procedure: string,
): Rule | undefined {
  const [named, real] = [runbook, realOf(runbook)].map((path) =>
    rules.find((each) => each.fits(path, procedure)),
  );
  return named === real ? named : undefined;
}

/**
 * Rules that stand before `own` in the policy and fit a procedure of the plan, its own page's or a linked one's: whoever asks
 * for the whole page, for a page that links to another, or for what rolls back to it gets by it nothing that an earlier rule
 * holds back.
 */
export function partRules(
  { rules }: Pick<Policy, 'rules'>,
  own: Rule,
  runbook: string,
  plan: Pick<Plan, 'runbook' | 'rollbacks' | 'steps' | 'linked'>,
): readonly PartRule[] {
  const earlier = rules.slice(0, Math.max(0, rules.indexOf(own)));
  const found = new Map<Rule, string>();
  const real = new Map<string, string>();
  const partOn = (from: Pick<Runbook, 'path' | 'folder'> | null, procedure: string) => {
    if (from === null) return { path: runbook, procedure, name: procedure };
    const path = resolve(dirname(runbook), from.folder, basename(from.path));
    return { path, procedure, name: `${path}#${procedure}` };
  };
  const parts = [
    ...plan.steps.map(({ from, step: { procedure } }) => partOn(from, procedure)),
    ...mayFollow({ ...plan, linked: [] }).map(({ procedure }) => partOn(null, procedure)),
    ...followingOnLinked(plan).flatMap(([page, following]) =>
      following.map(({ procedure }) => partOn(page.runbook, procedure)),
    ),
  ];
  for (const { path, procedure, name } of parts) {
    if (!real.has(path)) real.set(path, realOf(path));
    const paths = [path, real.get(path) ?? path];
    for (const rule of earlier) {
      if (!paths.some((each) => rule.fits(each, procedure))) continue;
      if (!found.has(rule)) found.set(rule, name);
      break;
    }
  }
  return [...found].map(([rule, name]) => ({ name, rule }));
}

/** Where a file really stands; one that is not there stands where it is named. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
