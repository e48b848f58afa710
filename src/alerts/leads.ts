import type { Diagnostic } from '../engine/model/diagnostic.ts';
import type { InputUse, Procedure, Runbook, Step } from '../engine/model/runbook.ts';
import { placeOf } from '../engine/reading/anchors.ts';
import { anchored, leadOf, lineNamed } from './address.ts';
import { type AlertRule, sharedName } from './alert.ts';

/** A runbook of the folder: its path in it, and a way to read it. */
export interface AlertPage {
  readonly path: string;
  readonly runbook: Runbook;
  /** Passed runs of it, newest first. */
  readonly proofs: readonly Proof[];
}

/** A run that passed. */
export interface Proof {
  readonly run: string;
  readonly at: string;
  /** Ids of the procedures that ran; empty: the whole runbook. */
  readonly procedures: readonly string[];
}

/** Where one alert leads, and what is wrong with that. */
export interface AlertLead {
  readonly name: string;
  readonly line: number;
  readonly runbook: string | null;
  /** Path in the folder; `null` when it leads nowhere, or where depends on the alert. */
  readonly path: string | null;
  /** Id of the procedure; `''` for the whole runbook. */
  readonly procedure: string;
  readonly title: string | null;
  readonly firstStep: {
    readonly id: string;
    readonly title: string;
    readonly effect: Step['effect'];
  } | null;
  /** Inputs of the procedure, each with the label that fills it. */
  readonly inputs: readonly { readonly name: string; readonly label: string | null }[];
  readonly lastProof: { readonly run: string; readonly at: string } | null;
  /** Every place that it may lead to, where that depends on the alert; else the one. */
  readonly targets: readonly { readonly path: string; readonly procedure: string }[];
  readonly findings: readonly Diagnostic[];
}

/** What `alerts` looks for, as the rules of `check` are described. */
export const ALERT_RULES = [
  {
    name: 'alert-unreadable',
    summary: 'A file of rules that cannot be read.',
    why: 'What is not read is not looked at, and its alerts may lead anywhere.',
  },
  {
    name: 'alert-no-runbook',
    summary: 'An alert without a runbook.',
    why: 'Whoever is woken by it has to know by heart what to do.',
  },
  {
    name: 'alert-lost',
    summary: 'An alert whose runbook is not there.',
    why: 'A link that leads nowhere costs the first minutes of an incident.',
  },
  {
    name: 'alert-no-heading',
    summary: 'An alert whose runbook has no such heading.',
    why: 'The page opens at its top, and the procedure has to be looked for.',
  },
  {
    name: 'alert-no-step',
    summary: 'An alert that leads to text without a step.',
    why: 'There is nothing to be done there, as far as handrail can read.',
  },
  {
    name: 'alert-first-step',
    summary: 'An alert whose procedure begins with a change.',
    why: 'What an alert says is a symptom; a procedure that begins by looking keeps a false alarm from doing damage.',
  },
  {
    name: 'alert-input',
    summary: 'An input that no label of the alert fills.',
    why: 'The procedure cannot begin until somebody has found the value out.',
  },
  {
    name: 'alert-unproven',
    summary: 'A procedure that was never run to its end, or not for a long time.',
    why: 'A procedure that nobody has carried out lately is a guess.',
  },
] as const;

type RuleName = (typeof ALERT_RULES)[number]['name'];

/** What is asked of the leads. */
export interface LeadOptions {
  readonly now: number;
  /** A proof older than that is a finding; `null`: its age is only told. */
  readonly maxAgeMs: number | null;
  /** A moment for a person, such as "12 days ago". */
  readonly ago: (ms: number) => string;
}

/** Where an alert leads among the pages, and every finding about it. */
export function alertLead(
  rule: AlertRule,
  pages: readonly AlertPage[],
  options: LeadOptions,
): AlertLead {
  const findings: Diagnostic[] = [];
  const find = (
    name: RuleName,
    severity: Diagnostic['severity'],
    message: string,
    hint?: string,
  ): void => {
    const line = name === 'alert-no-runbook' ? rule.line : rule.runbookLine;
    findings.push({
      rule: name,
      severity,
      line,
      column: 1,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  const base = { name: rule.name, line: rule.line, runbook: rule.runbook };
  const nowhere = {
    ...base,
    path: null,
    procedure: '',
    title: null,
    firstStep: null,
    inputs: [],
    lastProof: null,
    targets: [],
    findings,
  };
  if (rule.runbook === null) {
    find(
      'alert-no-runbook',
      'warning',
      `Alert \`${rule.name}\` names no runbook.`,
      'Add the annotation `runbook_url` with the address of its procedure.',
    );
    return nowhere;
  }
  const lead = leadOf(
    rule.runbook,
    { ...rule.labels, alertname: rule.name },
    pages.map(({ path }) => path),
  );
  if (lead.to === 'nothing') {
    find(
      'alert-lost',
      'error',
      `Alert \`${rule.name}\` leads to \`${rule.runbook}\`: ${lead.why}.`,
      'Correct the address, or write the runbook.',
    );
    return nowhere;
  }
  const reached = lead.paths.flatMap((path) => pages.filter((page) => page.path === path));
  const { anchor } = lead;
  const targets = reached.flatMap((page) =>
    headingsOf(page, anchor).map((procedure) => ({ page, procedure })),
  );
  const [target] = targets;
  if (target === undefined) {
    const near = reached[0]?.runbook.procedures
      .map(({ id }) => `#${id}`)
      .slice(0, 6)
      .join(', ');
    find(
      'alert-no-heading',
      'error',
      `Alert \`${rule.name}\` leads to \`#${anchor}\` in ${lead.paths.slice(0, 3).join(', ')}, which has no such heading.`,
      near ? `It has ${near}.` : undefined,
    );
    return { ...nowhere, path: lead.paths.length === 1 ? (lead.paths[0] ?? null) : null };
  }
  const places = targets.map(({ page, procedure }) => ({
    path: page.path,
    procedure: procedure?.id ?? '',
  }));
  if (places.length > 1) return { ...nowhere, targets: places };
  const judgement = judged(rule, target.page, target.procedure, options, find);
  return { ...base, ...judgement, targets: places, findings };
}

type Find = (
  name: RuleName,
  severity: Diagnostic['severity'],
  message: string,
  hint?: string,
) => void;

function judged(
  rule: AlertRule,
  { path, runbook, proofs }: AlertPage,
  procedure: Procedure | null,
  { now, maxAgeMs, ago }: LeadOptions,
  find: Find,
): Omit<AlertLead, 'name' | 'line' | 'runbook' | 'targets' | 'findings'> {
  const where = procedure === null ? path : `${path}#${procedure.id}`;
  const steps = stepsOf(runbook, procedure);
  const [first] = steps;
  if (first === undefined)
    find(
      'alert-no-step',
      'error',
      `Alert \`${rule.name}\` leads to ${where}, where no step is.`,
      'Write what is to be looked at first as a command or an instruction.',
    );
  else if (first.effect === 'writes' || first.effect === 'destroys')
    find(
      'alert-first-step',
      'warning',
      `Alert \`${rule.name}\` leads to ${where}, whose first step ${first.effect === 'writes' ? 'changes something' : 'destroys something'} (line ${first.line}).`,
      'Begin with a step that only looks.',
    );
  const inputs = filledInputs(runbook, steps, rule.carries);
  for (const { name, label } of inputs)
    if (label === null)
      find(
        'alert-input',
        'warning',
        `Alert \`${rule.name}\` leads to ${where}, whose input \`${name}\` no label of it fills.`,
        'Add a label of that name to the rule, or a default to the input.',
      );
  const proof = proofs.find(({ procedures }) => proves(procedures, procedure, runbook)) ?? null;
  if (proof === null)
    find(
      'alert-unproven',
      maxAgeMs === null ? 'info' : 'warning',
      `Alert \`${rule.name}\` leads to ${where}, which has never been run to its end.`,
    );
  else if (maxAgeMs !== null && now - Date.parse(proof.at) > maxAgeMs)
    find(
      'alert-unproven',
      'warning',
      `Alert \`${rule.name}\` leads to ${where}, which passed last ${ago(now - Date.parse(proof.at))}.`,
    );
  return {
    path,
    procedure: procedure?.id ?? '',
    title: procedure?.title ?? runbook.title,
    firstStep:
      first === undefined ? null : { id: first.id, title: first.title, effect: first.effect },
    inputs,
    lastProof: proof === null ? null : { run: proof.run, at: proof.at },
  };
}

/** The headings that an anchor names; `null` alone for the whole page. */
export function headingsOf(
  { runbook }: AlertPage,
  anchor: string | null,
): readonly (Procedure | null)[] {
  if (anchor === null) return [null];
  const [title] = runbook.procedures;
  const byTitle = runbook.procedures.filter(({ title: text }) => text === anchor);
  const bySlug = anchored(anchor, runbook.procedures, ({ id }) => id);
  const named = bySlug.length > 0 ? bySlug : byTitle;
  const place = named.length > 0 ? undefined : placeOf(runbook, anchor);
  if (place === 'page') return [null];
  const found = named.length > 0 ? named : atLine(runbook, place ?? lineNamed(anchor));
  // The page's own title stands for the page.
  return found.map((one) => (one === title && one.level === 1 ? null : one));
}

/** The innermost procedure that a line is in. */
function atLine({ procedures }: Runbook, line: number | undefined): readonly Procedure[] {
  if (line === undefined) return [];
  return procedures.filter((one) => one.line <= line && one.endLine >= line).slice(-1);
}

/** The steps of a procedure and of those below it, in the order of the text. */
export function stepsOf(runbook: Runbook, procedure: Procedure | null): readonly Step[] {
  if (procedure === null) return runbook.steps;
  return runbook.steps.filter(({ line }) => line >= procedure.line && line <= procedure.endLine);
}

/**
 * Inputs that the steps use, each with the label that fills it: a label says more than a default does. Secrets are
 * nobody's label, and so is what a step brings or what only the environment knows. Without a label stand only those that
 * nothing else fills.
 */
export function filledInputs(
  { inputs }: Runbook,
  steps: readonly Step[],
  labels: readonly string[],
): readonly { readonly name: string; readonly label: string | null }[] {
  const used = new Set(steps.flatMap((step) => step.inputs));
  return inputs
    .filter(({ name, secret, ...use }) => used.has(name) && !secret && isOpen(use))
    .map(({ name, bound }) => ({ name, bound, label: labelFor(name, labels) }))
    .filter(({ bound, label }) => bound === null || label !== null)
    .map(({ name, label }) => ({ name, label }));
}

function isOpen({ bound, declared }: Pick<InputUse, 'bound' | 'declared'>): boolean {
  return bound === null || (declared && !bound.startsWith('step '));
}

/** The label that is spelled as the input is, else one that shares its name. */
function labelFor(name: string, labels: readonly string[]): string | null {
  const shared = labels.filter((label) => sharedName(label) === sharedName(name));
  return shared.find((label) => label === name) ?? shared[0] ?? null;
}

function proves(
  procedures: readonly string[],
  wanted: Procedure | null,
  { procedures: all }: Runbook,
): boolean {
  if (procedures.length === 0) return true;
  if (wanted === null) return false;
  return procedures.some((id) => {
    const ran = all.find((one) => one.id === id);
    return ran !== undefined && ran.line <= wanted.line && ran.endLine >= wanted.endLine;
  });
}

/** A procedure that no alert leads to. */
export interface Unreached {
  readonly path: string;
  readonly procedure: string;
  readonly title: string;
  readonly line: number;
}

/** Procedures with steps of their own that no alert leads to, neither to them nor to what is above or below them. */
export function unreached(
  leads: readonly AlertLead[],
  pages: readonly AlertPage[],
): readonly Unreached[] {
  return pages.flatMap(({ path, runbook }) => {
    const here = leads.flatMap((lead) => lead.targets.filter((one) => one.path === path));
    if (here.some(({ procedure }) => procedure === '')) return [];
    const ids = here.map(({ procedure }) => procedure);
    return untouched(runbook, new Set(ids)).map(({ id, title, line }) => ({
      path,
      procedure: id,
      title,
      line,
    }));
  });
}

/** Procedures with steps of their own that are none of these, and that none of these holds or stands in. */
export function untouched(
  { procedures, steps }: Runbook,
  ids: ReadonlySet<string>,
): readonly Procedure[] {
  const reached = procedures.filter(({ id }) => ids.has(id));
  return procedures
    .filter(({ id }) => steps.some(({ procedure }) => procedure === id))
    .filter((one) => !reached.some((other) => touches(one, other)));
}

/** Whether one of two procedures holds the other, or is it. */
function touches(a: Procedure, b: Procedure): boolean {
  return a.line <= b.endLine && b.line <= a.endLine;
}
