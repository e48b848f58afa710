import { type ConditionMark, commentBehind, type MarkReader } from './condition-marks.ts';

/** A condition that is code already. */
export function isGuarded(text: string): boolean {
  const code = text.split('\n').find((line) => /^\s*[^\s#]/.test(line)) ?? '';
  return /^\s*(?:if|case|while|until|test|\[)(?:\s|$)|^\s*\[\[|\|\||&&/.test(code);
}

/** "# Stop if it is not empty", as the only comment of a fence: over the command that shows it, or is held up by it. */
export function commentGate(text: string, marks: MarkReader): ConditionMark | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const comments = lines.filter(isComment);
  if (comments.length !== 1 || comments[0] !== lines[0] || isGuarded(text)) return null;
  return marks.gate((comments[0] ?? '').replace(/^[\s#-]+/, ''));
}

/** The comment that opens a fence speaks for all of it where no other does. */
export function commentMark(text: string, marks: MarkReader): ConditionMark | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const comments = lines.filter(isComment);
  const [first = ''] = lines;
  if (lines.length === 1) return markBehind(commentBehind(first), marks);
  if (comments.length !== 1 || comments[0] !== first) return null;
  return marks.title(first.replace(/^[\s#-]+/, ''));
}

/** `reboot  # only if the kernel was updated`: a remark that goes on says what to do next. */
export function markBehind(comment: string, marks: MarkReader): ConditionMark | null {
  if (comment === '' || /[,;]/.test(comment)) return null;
  const mark = marks.title(comment);
  return mark?.kind === 'if' || mark?.kind === 'optional' ? mark : null;
}

const isComment = (line: string): boolean => /^\s*(?:#(?!!)|--)\s*\S/.test(line);
