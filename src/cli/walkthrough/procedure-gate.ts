import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { Procedure } from '../../engine/model/runbook.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted } from '../progress/words.ts';
import { capital, fold, rule, sentences, spread } from './canvas.ts';
import { clockOfRun } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Desk, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';

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
  const why = gates.leftOut.get(planned.step.procedure);
  if (why !== undefined) return { do: 'skip', why };
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  if (procedure === undefined || gates.open || gates.begun.has(procedure.id)) return null;
  if (situation.outcomes.has(planned.id)) return null;
  await desk.board.leave();
  desk.mode.runOn = false;
  await desk.asker.say(gateScreen(procedure, situation, desk));
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

function gateScreen(procedure: Procedure, { plan }: Situation, desk: Desk): readonly string[] {
  const canvas = desk.canvas();
  const { style, width } = canvas;
  const order = [...new Set(plan.steps.map(({ step }) => step.procedure))];
  const own = plan.steps.filter(({ step }) => step.procedure === procedure.id);
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
