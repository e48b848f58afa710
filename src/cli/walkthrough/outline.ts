import type { Situation } from '../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted, toneOf } from '../progress/words.ts';
import { outcomeMark } from '../screen/marks.ts';
import { countedTitle } from './counted-title.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import { type ListRow, pickFromList } from './list-board.ts';

/** Every stop with its state, try, time and usual time. Enter goes there, with a reason. */
export async function outline(situation: Situation, desk: Desk): Choosing {
  const { plan, position } = situation;
  const to = desk.canvas().plain ? await inWords(situation, desk) : await drawn(situation, desk);
  if (to === undefined || to === plan.steps[position - 1]?.id) return null;
  const why = await reasonFor(desk, `Why go there?${passedOver(to, situation)}`);
  return why === undefined ? null : { do: 'jump', to, why };
}

/** What going there does to the stops that stand before it. */
function passedOver(to: string, { plan, position, outcomes }: Situation): string {
  const at = plan.steps.findIndex(({ id }) => id === to);
  const open = plan.steps.slice(position - 1, Math.max(at, position - 1));
  const count = open.filter(({ id }) => !outcomes.has(id)).length;
  return count === 0 ? '' : ` It skips ${counted(count, 'stop')}.`;
}

async function drawn(situation: Situation, desk: Desk): Promise<string | undefined> {
  const { plan, position, outcomes } = situation;
  await desk.asker.say(['']);
  const done = plan.steps.filter(({ id }) => outcomes.has(id)).length;
  const picked = await pickFromList(
    rowsOf(situation, desk),
    {
      title: `Outline of ${plan.runbook.title}`,
      aside: `${done} of ${plan.steps.length}`,
      enter: 'go there',
      start: rowsOf(situation, desk).findIndex(
        ({ value }) => value === plan.steps[position - 1]?.id,
      ),
    },
    desk,
  );
  return picked?.value;
}

function rowsOf(situation: Situation, desk: Desk): readonly ListRow<string>[] {
  const { plan, position, outcomes } = situation;
  const canvas = desk.canvas();
  const digits = String(plan.steps.length).length;
  let procedure = '';
  return plan.steps.flatMap((planned, at): readonly ListRow<string>[] => {
    const outcome = outcomes.get(planned.id);
    const isHere = at === position - 1;
    const mark = isHere
      ? canvas.style('here', canvas.marks.here)
      : canvas.style(
          toneOf(outcome ?? null),
          outcomeMark(outcome, canvas.marks, desk.mode.instead.steps.has(planned.id)),
        );
    const row: ListRow<string> = {
      value: planned.id,
      mark: `${mark} `,
      markWidth: 2,
      text: `${' '.repeat(digits - String(at + 1).length)}${countedTitle(at + 1, planned.step.title)}`,
      aside: asideOf(planned, outcome, desk),
      isDim: outcome !== undefined && !isHere,
    };
    const heading = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
    if (heading === undefined || heading.id === procedure || planned.reading === true) return [row];
    procedure = heading.id;
    return [headingRow(heading.trail.join(' > ')), row];
  });
}

const headingRow = (text: string): ListRow<string> => ({
  value: null,
  mark: '',
  markWidth: 0,
  text,
  aside: '',
});

function asideOf(planned: PlannedStep, outcome: string | undefined, desk: Desk): string {
  const stats = desk.mode.stats.get(planned.id);
  const kinds = [
    planned.condition === null ? '' : 'if',
    planned.step.effect === 'destroys' ? 'destroys' : '',
    planned.reading === true ? 'read' : planned.by === 'person' ? 'by you' : '',
  ].filter((word) => word !== '');
  if (outcome === undefined) {
    const usual = desk.usualMs(planned.id);
    return [...kinds, ...(usual === null ? [] : [`usually ${formatDuration(usual)}`])].join('  ');
  }
  return [
    ...kinds,
    outcome,
    desk.mode.instead.steps.has(planned.id) ? 'not as the page says' : '',
    stats !== undefined && stats.tries > 1 ? `try ${stats.tries}` : '',
    stats === undefined ? '' : formatDuration(stats.tookMs),
  ]
    .filter((word) => word !== '')
    .join('  ');
}

function inWords({ plan, outcomes }: Situation, desk: Desk): Promise<string | undefined> {
  return desk.asker.questions.pick(
    'Go to:',
    plan.steps.map(({ id, step }, at) => ({
      value: id,
      label: `${countedTitle(at + 1, step.title)}${outcomes.has(id) ? ` (${outcomes.get(id)})` : ''}`,
    })),
  );
}
