import type { Procedure } from '../engine/model/runbook.ts';
import { leadOf } from './address.ts';
import { leadAmong } from './alert.ts';
import { type AlertPage, filledInputs, headingsOf, stepsOf } from './leads.ts';
import type { FiringAlert } from './webhook.ts';

/** The procedure that an alert calls for, with what its labels give it. */
export interface Called {
  readonly page: AlertPage;
  /** `null`: the whole runbook. */
  readonly procedure: Procedure | null;
  /** Values of inputs, from labels. They are data, whatever they hold. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs that no label gives. */
  readonly missing: readonly string[];
}

/** The alert's own name. */
export function nameOf({ labels }: FiringAlert): string {
  return labels['alertname'] ?? 'alert';
}

/** What an alert calls for among the pages, or why there is nothing, as the end of the sentence "Alert x …". */
export function calledFor(
  alert: FiringAlert,
  pages: readonly AlertPage[],
): Called | { readonly why: string } {
  const address = leadAmong(alert.annotations, alert.labels)?.address;
  if (address === undefined) return { why: 'names no runbook' };
  const lead = leadOf(
    address,
    alert.labels,
    pages.map(({ path }) => path),
  );
  if (lead.to === 'nothing') return { why: `leads to \`${address}\`: ${lead.why}` };
  const page = pages.find(({ path }) => path === lead.paths[0]);
  // An alert that fires has its labels: what they leave open is nobody's procedure, even where only one would fit.
  if (page === undefined || lead.open || lead.anchor?.includes('…') === true)
    return { why: `leads to \`${address}\`, which leaves open where that is` };
  const found = headingsOf(page, lead.anchor);
  const [procedure] = found;
  if (procedure === undefined)
    return { why: `leads to \`#${lead.anchor}\` in ${page.path}, which has no such heading` };
  // An empty label is one that is not there.
  const names = Object.keys(alert.labels).filter((label) => alert.labels[label] !== '');
  const filled = filledInputs(page.runbook, stepsOf(page.runbook, procedure), names);
  return {
    page,
    procedure,
    inputs: Object.fromEntries(
      filled.flatMap(({ name: input, label }) =>
        label === null ? [] : [[input, alert.labels[label] ?? '']],
      ),
    ),
    missing: filled.flatMap(({ name: input, label }) => (label === null ? [input] : [])),
  };
}
