import { displayWidth } from '../screen/layout.ts';
import { type Canvas, clip, fold } from './canvas.ts';

/** One thing a person can choose: its key, and its word for plain mode. */
export interface Choice {
  readonly key: string;
  /** The word of plain mode; also what the key is said to do. */
  readonly word: string;
  readonly says: string;
  /** What help says of it, where there is more to say. */
  readonly more?: string;
  /** Can be chosen but is not listed: another entry says it. */
  readonly hidden?: boolean;
  /** It is there at every stop: said below the stop's own, and softer. */
  readonly common?: boolean;
}

/** Choices on as few lines as they need: `r run   s skip   n note`; those of every stop below the stop's own. */
export function keyLine(choices: readonly Choice[], canvas: Canvas): readonly string[] {
  const listed = choices.filter(({ hidden }) => !hidden);
  const { style } = canvas;
  return [
    ...packed(
      listed.filter(({ common }) => !common),
      canvas,
      ({ key, says }) => `${style('strong', key)} ${says}`,
    ),
    ...packed(
      listed.filter(({ common }) => common),
      canvas,
      ({ key, says }) => `${key} ${style('dim', says)}`,
    ),
  ];
}

function packed(
  choices: readonly Choice[],
  { width }: Canvas,
  shown: (choice: Choice) => string,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const choice of choices) {
    const says = clip(choice.says, width - displayWidth(choice.key) - 1);
    const size = displayWidth(choice.key) + 1 + displayWidth(says);
    if (length > 0 && length + 3 + size > width) {
      lines.push(line);
      line = '';
      length = 0;
    }
    line += `${length > 0 ? '   ' : ''}${shown({ ...choice, says })}`;
    length += (length > 0 ? 3 : 0) + size;
  }
  return line === '' ? lines : [...lines, line];
}

/** Choices of plain mode: one sentence. */
export function choiceSentence(choices: readonly Choice[], { width }: Canvas): readonly string[] {
  return fold(
    `Choices: ${choices
      .filter(({ hidden }) => !hidden)
      .map(({ word }) => word)
      .join(', ')}.`,
    width,
  );
}
