import type { Procedure, Runbook, Step } from '../model/runbook.ts';

/** Headings that are stages of one procedure and no procedures of their own. */
const STAGE =
  /^(?:\W|\d)*(?:step|phase|stage|part|batch)\b|^\W*\d+[.)]|\b(?:detect\w*|triage|diagnos\w*|investigat\w*|mitigat\w*|contain\w*|eradicat\w*|resol\w*|remediat\w*|recovery|communicat\w*|escalat\w*|prepar\w*|execut\w*|procedure|playbook|checks?|next steps|follow-?up|symptoms|overview|troubleshooting|post-?mortem|post-?incident|references?)\b/i;
const COLLECTION = /\b(?:manual|handbook|runbooks|playbooks|operations|procedures|cookbook)\b/i;
const MOST_STAGES = 3;

/** A manual holds several procedures of which one is picked; a runbook is run as a whole. */
export function kindOf(
  procedures: readonly Procedure[],
  steps: readonly Pick<Step, 'procedure'>[],
): Runbook['kind'] {
  if (procedures.some(({ nested }) => nested)) return 'manual';
  const used = new Set(steps.map((step) => step.procedure));
  const own = new Set<string>();
  for (const { id, trail, role } of procedures) {
    const name = trail[1];
    if (!used.has(id) || name === undefined || (role !== null && trail.length === 2)) continue;
    if (!STAGE.test(name)) own.add(name);
  }
  const title = procedures[0]?.level === 1 ? procedures[0].title : '';
  return own.size > (COLLECTION.test(title) ? 1 : MOST_STAGES) ? 'manual' : 'runbook';
}
