import { type Effect, onlyReads } from '../engine/model/effect.ts';
import type { Plan } from '../engine/model/plan.ts';
import type { Procedure, Step } from '../engine/model/runbook.ts';
import { chainOf, whetherWords } from '../engine/model/step-condition.ts';
import { mayFollow } from '../engine/planning/may-follow.ts';
import { givenToComputing, judgeSql } from '../text/sql-effect.ts';
import { asksMore, bentBy, type Shell } from './bent.ts';
import { isSentElsewhere } from './elsewhere.ts';
import {
  ASSIGNED,
  asInputs,
  countsWhatIsMade,
  countsWith,
  type Held,
  heldBy,
  holdsLabel,
  usesMade,
} from './held.ts';

/**
 * Why an alert may not start this plan by itself, as the end of the sentence "It is not started: …"; `undefined` when
 * it may. The runbook has to say `on-alert` for what was picked, and every step of it has to read only, by itself.
 */
export function whyNotOnAlert(plan: Plan): string | undefined {
  const { runbook, procedures } = plan;
  const said = runbook.frontmatter['on-alert'] ?? [];
  const isSaid = ({ id, title }: Procedure): boolean => said.includes(id) || said.includes(title);
  const unsaid = procedures.find((one) => !isSaid(one));
  // An alert that leads to a page asks for all that stands under its title.
  const isAllSaid = said.includes('all') || headingsOverAll(runbook).some(isSaid);
  if (procedures.length === 0 ? !isAllSaid : unsaid !== undefined && !said.includes('all'))
    return `the frontmatter does not say \`on-alert: [${unsaid?.id ?? 'all'}]\``;
  const asked = Object.entries(runbook.frontmatter.inputs ?? {}).find(
    ([name, input]) => input?.command !== undefined && plan.request.inputs[name] === undefined,
  );
  if (asked !== undefined) return `a command gives the value of \`${asked[0]}\``;
  // Whoever sets labels would choose an option of a command that was judged without it: `-delete`, `-o FILE`.
  const option = Object.entries(plan.request.inputs).find(([, value]) => /^[-+]/.test(value));
  if (option !== undefined)
    return `the value of \`${option[0]}\` begins as an option does, and a command could take it for one`;
  const long = Object.entries(plan.request.inputs).find(
    ([, value]) => Buffer.byteLength(value) >= MOST_OF_A_WORD,
  );
  if (long !== undefined)
    return `the value of \`${long[0]}\` is longer than the 128 KiB that a command takes as one word`;
  for (const planned of plan.steps) {
    const { step, by, needsApproval, needsSecond, condition, probe } = planned;
    const where = `line ${step.line}`;
    if (by === 'person') return `a person carries out ${where}`;
    for (const { effect, against } of probe === null ? [step] : [step, probe]) {
      if (!onlyReads(effect)) return `${where} does more than read`;
      if (against !== undefined)
        return `${where} is said to read only, and ${against}: no alert starts it by that word`;
    }
    if (!isProvenSql(step, runbook.frontmatter.connections))
      return `${where} may do more than read, and its connection is not \`readonly: true\``;
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
 * Whether statements only read by what is known of their functions, or because their server refuses the rest: nobody
 * sees in a word of its author what `setval`, `dblink` or a function of his own do.
 */
function isProvenSql(
  { traits, text, annotations }: Step,
  connections: Plan['runbook']['frontmatter']['connections'],
): boolean {
  if (traits.quoting !== 'sql') return true;
  const { readonly } = connections?.[annotations.connection ?? 'default'] ?? {};
  return onlyReads(judgeSql(text, readonly).effect);
}

/** Headings that every step of a runbook stands under. */
function headingsOverAll({ procedures, steps }: Plan['runbook']): readonly Procedure[] {
  return procedures.filter(({ line, endLine }) =>
    steps.every((step) => line <= step.line && step.line <= endLine),
  );
}

/** Linux takes no longer word of a command, its end included. */
const MOST_OF_A_WORD = 128 * 1024;

/**
 * Why the values that labels give keep this plan from being started, in the same words: with them filled in, its
 * commands are judged once more (`date {{when}}` reads, and sets the clock by the value `010203042026`).
 */
export async function whyNotAsFilled(
  plan: Plan,
  environment: readonly string[],
): Promise<string | undefined> {
  const given = Object.entries(plan.request.inputs);
  const [
    { asDeclared, tryResolve },
    { shellFacts },
    { judgeSetting },
    { walkScript },
    { shellGrammar },
  ] = await Promise.all([
    import('../engine/resolve.ts'),
    import('../engine/shell/facts.ts'),
    import('../engine/shell/judge-around.ts'),
    import('../engine/shell/walk.ts'),
    import('../engine/shell/grammar.ts'),
  ]);
  const reader: Shell = {
    read: shellFacts,
    walk: (text) => walkScript(shellGrammar, shellGrammar.parse(text), text, text),
  };
  const values = new Map(
    given.map(([name, value]) => [name, { name, value, secret: false, source: '--input' }]),
  );
  const named = (step: Step): Step => ({
    ...step,
    text: asDeclared(step.text, step.traits.quoting, values),
  });
  const all = plan.steps
    .flatMap(({ step, probe }) => (probe === null ? [step] : [step, probe]))
    .map(named);
  const shells = [...all, ...mayFollow(plan).map(named)].filter(({ shell }) => shell !== undefined);
  const held = heldBy(shells, plan, environment);
  const worded = all.find((step) => isWorded(step, held));
  if (worded !== undefined)
    return `line ${worded.line} lets what the labels give stand in its annotations`;
  const sent = all.find(
    (step) => step.traits.quoting === 'http' && isSentElsewhere(step.text, held),
  );
  if (sent !== undefined) return `line ${sent.line} is sent to a host that the labels give`;
  const reaching = all.find(
    ({ traits, text }) =>
      traits.quoting === 'sql' &&
      (holdsLabel(text, held) || usesMade(text, held)) &&
      !givenToComputing(text),
  );
  if (reaching !== undefined)
    return `line ${reaching.line} hands what the labels give to a function that may reach files or other servers`;
  const counting = shells.find(({ text }) => countsWith(text, plan.request.inputs));
  if (counting !== undefined)
    return `line ${counting.line} counts with variables, and what the labels give is no number`;
  const made = countsWhatIsMade(shells, held);
  if (made !== undefined)
    return `line ${made.line} counts with variables, and nobody knows that what is made of the labels is a number`;
  for (const { annotations, shell, text, line } of shells) {
    const chosen = whatChooses(text, shell?.assigns ?? [], annotations.env, judgeSetting);
    if (chosen !== undefined) return `line ${line} ${chosen}`;
    if (given.length === 0) continue;
    const { text: filled, problems } = tryResolve(asInputs(text, held.same), 'shell', values);
    const [unsafe] = problems;
    if (unsafe !== undefined)
      return `line ${line} hands on what the labels give, which ${unsafe.why}`;
    const [before, after] = [shellFacts(text), shellFacts(filled)];
    if (!onlyReads(after.effect) && after.effect !== before.effect)
      return `line ${line} does more than read with what the labels give it`;
    const bent = bentBy(text, held, reader);
    if (bent !== undefined) return `line ${line} ${bent}`;
  }
  const asking = shells.find(({ text }) => asksMore(text, reader));
  return asking === undefined
    ? undefined
    : `line ${asking.line} may do more than read by what it asks a database, and no \`readonly: true\` of a \`sql\` step holds it to that`;
}

/** How a script has other programs found than its commands name; nobody has judged those. */
function whatChooses(
  text: string,
  assigns: readonly string[],
  env: Readonly<Record<string, string>> = {},
  judge: (name: string, value: string) => { readonly effect: Effect },
): string | undefined {
  const written = [...text.matchAll(ASSIGNED)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
  const others = assigns
    .filter((name) => !written.some((one) => one.name === name))
    .map((name) => ({ name, value: '?' }));
  const said = Object.entries(env).map(([name, value]) => ({ name, value }));
  const found = [...written, ...others, ...said].find(
    // Words are split by it, and what labels give is looked at wherever it is split.
    ({ name, value }) => name !== 'IFS' && !onlyReads(judge(name, value).effect),
  );
  if (found !== undefined) return `sets \`${found.name}\`, which chooses what its commands run`;
  if (/\/dev\/(?:tcp|udp)\//.test(text) && />&\s?["']?[3-9{$]/.test(text))
    return 'sends to another machine';
  if (/\s-[\w-]{0,60}\{[^\s{}'"]{0,60},/.test(text)) return 'puts an option together in braces';
  const unseen = UNSEEN_NAME.exec(text)?.[0].trim();
  return unseen === undefined
    ? undefined
    : `sets a variable whose name is known only while it runs (\`${unseen}\`)`;
}

/** `declare -n q=PATH`, `printf -v "$v"`, `read "$v"`. */
const UNSEEN_NAME =
  /\b(?:declare|typeset|local) -[A-Za-z]{0,9}n[^\n;]{0,80}|\b(?:printf -v|read|export|readonly|declare|typeset|local|mapfile|readarray|getopts \S{1,40})(?: -[a-z]{1,9}){0,4} ["']?\$[^\n;]{0,80}/;

/** Where, how and with what a step is carried out is its author's to say. */
const isWorded = ({ annotations }: Step, held: Held): boolean =>
  Object.entries(annotations).some(
    ([name, value]) => !COMPARES.has(name) && holdsLabel(JSON.stringify(value), held),
  );

const COMPARES: ReadonlySet<string> = new Set(['title', 'when', 'holds', 'output']);

/** What a failure leads to is carried out as well, and whoever sets labels may make a step fail. */
function whyNotAfter(plan: Plan): string | undefined {
  const leading = plan.steps.find(({ step }) => leads(step));
  if (leading === undefined) return undefined;
  if (leading.from !== null)
    return `nobody has looked at what line ${leading.step.line} of ${leading.from.path} leads to when it fails`;
  const most = mayFollow(plan).find(
    ({ effect, against }) => !onlyReads(effect) || against !== undefined,
  );
  return most === undefined
    ? undefined
    : `line ${most.line} does more than read, and line ${leading.step.line} leads there when it fails`;
}

const leads = ({ annotations }: Step): boolean =>
  /^(?:goto|rollback)\b/.test(annotations['on-fail'] ?? '');
