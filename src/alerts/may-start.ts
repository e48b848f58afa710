import type { Effect } from '../engine/model/effect.ts';
import type { Plan } from '../engine/model/plan.ts';
import type { Step } from '../engine/model/runbook.ts';
import { chainOf, whetherWords } from '../engine/model/step-condition.ts';
import { mayFollow } from '../engine/planning/may-follow.ts';

/**
 * Why an alert may not start this plan by itself, as the end of the sentence "It is not started: …"; `undefined` when
 * it may. The runbook has to say `on-alert` for what was picked, and every step of it has to read only, by itself.
 */
export function whyNotOnAlert(plan: Plan): string | undefined {
  const { runbook, procedures } = plan;
  const said = runbook.frontmatter['on-alert'] ?? [];
  const unsaid = procedures.find(({ id, title }) => !said.includes(id) && !said.includes(title));
  if (!said.includes('all') && (procedures.length === 0 || unsaid !== undefined))
    return `the frontmatter does not say \`on-alert: [${unsaid?.id ?? 'all'}]\``;
  const asked = Object.entries(runbook.frontmatter.inputs ?? {}).find(
    ([name, input]) => input?.command !== undefined && plan.request.inputs[name] === undefined,
  );
  if (asked !== undefined) return `a command gives the value of \`${asked[0]}\``;
  // Whoever sets labels would choose an option of a command that was judged without it: `-delete`, `-o FILE`.
  const option = Object.entries(plan.request.inputs).find(([, value]) => /^[-+]/.test(value));
  if (option !== undefined)
    return `the value of \`${option[0]}\` begins as an option does, and a command could take it for one`;
  for (const planned of plan.steps) {
    const { step, by, needsApproval, needsSecond, condition, probe } = planned;
    const where = `line ${step.line}`;
    if (by === 'person') return `a person carries out ${where}`;
    for (const { effect, against } of probe === null ? [step] : [step, probe]) {
      if (effect !== 'none' && effect !== 'reads') return `${where} does more than read`;
      if (against !== undefined)
        return `${where} is said to read only, and ${against}: no alert starts it by that word`;
    }
    if (needsApproval || needsSecond === true) return `${where} needs somebody's yes`;
    if (step.inferred || step.doubtful !== undefined) return `${where} may be no command at all`;
    const open = [condition, ...step.parts.map((part) => part.condition)]
      .flatMap(chainOf)
      .find(({ id }) => !plan.decisions.some((decided) => decided.condition === id));
    if (open !== undefined) return `nobody has said ${whetherWords(open)}`;
  }
  return whyNotAfter(plan);
}

/**
 * Why the values that labels give keep this plan from being started, in the same words: with them filled in, its
 * commands are judged once more (`date {{when}}` reads, and sets the clock by the value `010203042026`).
 */
export async function whyNotAsFilled(plan: Plan): Promise<string | undefined> {
  const given = Object.entries(plan.request.inputs);
  if (given.length === 0) return undefined;
  const [{ tryResolve }, { readShell }] = await Promise.all([
    import('../engine/resolve.ts'),
    import('../engine/shell/facts.ts'),
  ]);
  const values = new Map(
    given.map(([name, value]) => [name, { name, value, secret: false, source: '--input' }]),
  );
  const all = plan.steps.flatMap(({ step, probe }) => (probe === null ? [step] : [step, probe]));
  for (const { shell, text, line } of [...all, ...mayFollow(plan)]) {
    if (shell === undefined) continue;
    const filled = tryResolve(text, 'shell', values).text;
    if (filled === text) continue;
    const [before, after] = [await readShell(text), await readShell(filled)];
    if (!isReading(after.effect) && after.effect !== before.effect)
      return `line ${line} does more than read with what the labels give it`;
  }
  return undefined;
}

const isReading = (effect: Effect): boolean => effect === 'none' || effect === 'reads';

/** What a failure leads to is carried out as well, and whoever sets labels may make a step fail. */
function whyNotAfter(plan: Plan): string | undefined {
  const leading = plan.steps.find(({ step }) => leads(step));
  if (leading === undefined) return undefined;
  if (leading.from !== null)
    return `nobody has looked at what line ${leading.step.line} of ${leading.from.path} leads to when it fails`;
  const most = mayFollow(plan).find(
    ({ effect, against }) => (effect !== 'none' && effect !== 'reads') || against !== undefined,
  );
  return most === undefined
    ? undefined
    : `line ${most.line} does more than read, and line ${leading.step.line} leads there when it fails`;
}

const leads = ({ annotations }: Step): boolean =>
  /^(?:goto|rollback)\b/.test(annotations['on-fail'] ?? '');
