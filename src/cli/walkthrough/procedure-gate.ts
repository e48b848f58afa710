import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { Procedure } from '../../engine/model/runbook.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted } from '../progress/words.ts';
import { capital, fold, leadLines, rule, sentences, spread } from './canvas.ts';
import { clockOfRun } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Desk, reasonFor, showStop } from './desk.ts';
import { type Choice, keyLine } from './keys.ts';

const KEYS: readonly Choice[] = [
  { key: 'y', word: 'yes', says: 'begin it (Enter)' },
  { key: 'x', word: 'not now', says: 'leave it out (asks why)' },
  { key: 'w', word: 'whole', says: 'begin, and ask no more' },
  ...COMMON_KEYS,
];

/**
 * Where all of a manual is gone through, every procedure of it is asked about before its first stop. `null`: go on with
 * the stop; what is left out is skipped with the reason that was given.
 */
export async function procedureGate(situation: Situation, desk: Desk): Promise<Decision | null> {
  const { plan, planned } = situation;
  const { gates } = desk.mode;
  if (plan.runbook.kind !== 'manual' || !plan.request.all) return null;
  const why = gates.leftOut.get(procedureOf(planned));
  if (why !== undefined) return { do: 'skip', why };
  const procedure = plan.runbook.procedures.find(({ id }) => id === procedureOf(planned));
  if (procedure === undefined || gates.open || gates.begun.has(procedure.id)) return null;
  if (isBegun(procedure, situation) || !isGated(planned)) return null;
  await desk.board.leave();
  desk.mode.runOn = false;
  const lead = textAbove(situation, desk);
  const gate = gateScreen(procedure, situation, desk);
  const { length } = keyLine(KEYS, desk.canvas());
  // Where nothing is drawn the text stands above as well.
  if (desk.canvas().plain) await desk.asker.say(leadLines(lead, desk.canvas()));
  await showStop(desk, { lead, stop: gate, keyLines: length });
  gates.told = planned.id;
  const clocks = clockOfRun(situation, desk);
  for (;;) {
    const key = await desk.asker.choose(KEYS, { enter: 'y', clocks });
    if (key === 'y' || key === 'w') {
      gates.begun.add(procedure.id);
      gates.open = key === 'w';
      return null;
    }
    if (key === 'x') {
      const reason = await reasonFor(desk, `Why is “${procedure.title}” left out?`);
      if (reason === undefined) continue;
      gates.leftOut.set(procedure.id, reason);
      return { do: 'skip', why: reason };
    }
    const decision = await commonKey(key, situation, desk, KEYS);
    if (decision !== null) return decision;
  }
}

/** The steps of a linked page are of the procedure that the link stands in. */
const procedureOf = ({ linkedIn, step }: PlannedStep): string => linkedIn ?? step.procedure;

/** Something of it ran or was answered already, in this leg of the run or in one before. */
const isBegun = ({ id }: Procedure, { plan, outcomes, tries, partsBehind }: Situation): boolean =>
  tries > 0 ||
  partsBehind.length > 0 ||
  plan.steps.some((one) => procedureOf(one) === id && outcomes.has(one.id));

/** The rest of the page is no procedure to begin: it is asked about as text. */
const isGated = ({ reading, passage }: PlannedStep): boolean =>
  reading !== true || passage !== undefined;

/**
 * What the page says above the procedure: it is read whether or not the procedure is begun. How the one before ends is
 * left out with that one.
 */
function textAbove({ plan, planned }: Situation, { mode }: Desk): string {
  const at = plan.steps.findIndex(({ id }) => id === planned.id);
  const before = plan.steps[at - 1];
  const { behind = '', between = '' } = planned.passage ?? {};
  const isLeftOut = before !== undefined && mode.gates.leftOut.has(procedureOf(before));
  const texts = isLeftOut ? [between] : [behind, between];
  return texts.filter((text) => text !== '').join('\n\n');
}

function gateScreen(procedure: Procedure, { plan }: Situation, desk: Desk): readonly string[] {
  const canvas = desk.canvas();
  const { style, width } = canvas;
  const order = [...new Set(plan.steps.filter(isGated).map(procedureOf))];
  const own = plan.steps.filter((one) => procedureOf(one) === procedure.id);
  const effects = [
    [own.filter(({ step }) => step.effect === 'writes').length, 'write'],
    [own.filter(({ step }) => step.effect === 'destroys').length, 'destroy'],
    [own.filter(({ by }) => by === 'person').length, 'by hand'],
  ] as const;
  const budget = procedure.budgetMs === null ? '' : `within ${formatDuration(procedure.budgetMs)}`;
  const words = [
    counted(own.length, 'stop'),
    ...effects.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])),
    budget,
  ].filter((word) => word !== '');
  const place = `procedure ${order.indexOf(procedure.id) + 1} of ${order.length}`;
  const above = procedure.trail.slice(1, -1).join(' > ');
  if (canvas.plain)
    return [
      '',
      ...fold(sentences(`${capital(place)}: ${procedure.title}`, words.join(', ')), width),
    ];
  return [
    '',
    rule(canvas),
    style('dim', spread(place, words.join('   '), width)),
    ...fold(procedure.title, width).map((line) => style('strong', line)),
    ...(above === '' ? [] : fold(above, width, '   ').map((line) => style('dim', line))),
    '',
  ];
}
