import type { PlannedStep } from '../../engine/model/plan.ts';
import { type Canvas, clip, fold } from './canvas.ts';

/** How one item of a checklist stands while the person goes through it. */
export interface ItemState {
  readonly planned: PlannedStep;
  readonly mark: 'open' | 'done' | 'not-applicable' | 'declined';
  /** Who and when, or why not. */
  readonly remark: string;
}

const BOXES: Readonly<Record<ItemState['mark'], string>> = {
  open: '[ ]',
  done: '[x]',
  'not-applicable': '[-]',
  declined: '[!]',
};
const WORDS: Readonly<Record<ItemState['mark'], string>> = {
  open: 'open',
  done: 'done',
  'not-applicable': 'not applicable',
  declined: 'not so',
};

/** A group of checklist items with their boxes. */
export function checklistScreen(
  title: string,
  items: readonly ItemState[],
  canvas: Canvas,
): readonly string[] {
  const done = items.filter(({ mark }) => mark !== 'open').length;
  if (canvas.plain)
    return [
      ...fold(`Checklist: ${title}. ${done} of ${items.length} answered.`, canvas.width),
      ...items.flatMap(({ planned, mark, remark }, at) =>
        fold(
          `${at + 1}. ${planned.step.title}. ${WORDS[mark]}${remark && `, ${remark}`}.`,
          canvas.width,
        ),
      ),
    ];
  const head = `## ${title}   checklist  ${done} of ${items.length}`;
  return [
    canvas.style('strong', clip(head, canvas.width)),
    '',
    ...items.flatMap((item, at) => itemLines(item, at + 1, canvas)),
    '',
  ];
}

function itemLines(
  { planned, mark, remark }: ItemState,
  at: number,
  canvas: Canvas,
): readonly string[] {
  const number = `${String(at).padStart(2)} ${BOXES[mark]} `;
  const text = remark === '' ? planned.step.title : `${planned.step.title}   ${remark}`;
  const lines = fold(text, canvas.width - number.length);
  const tone = mark === 'done' ? 'good' : mark === 'open' ? 'strong' : 'careful';
  return lines.map((line, part) =>
    part === 0 ? `${canvas.style(tone, number)}${line}` : `${' '.repeat(number.length)}${line}`,
  );
}
