import { type Canvas, fold } from './canvas.ts';

/** One thing a person can choose: its key, and its word for plain mode. */
export interface Choice {
  readonly key: string;
  /** The word of plain mode; also what the key is said to do. */
  readonly word: string;
  readonly says: string;
  /** Can be chosen but is not listed: another entry says it. */
  readonly hidden?: boolean;
}

/** Choices on as few lines as they need: `r run   s skip   n note`. */
export function keyLine(choices: readonly Choice[], { width, style }: Canvas): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const { key, says } of choices.filter(({ hidden }) => !hidden)) {
    const size = key.length + 1 + says.length;
    if (length > 0 && length + 3 + size > width) {
      lines.push(line);
      line = '';
      length = 0;
    }
    line += `${length > 0 ? '   ' : ''}${style('strong', key)} ${says}`;
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
