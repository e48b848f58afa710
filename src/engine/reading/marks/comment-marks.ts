import { forbids } from '../leads.ts';
import { type ConditionMark, shown } from './condition-mark.ts';
import type { MarkReader } from './mark-reader.ts';

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
  const said = first.replace(/^[\s#-]+/, '');
  return forbids(said) ? { kind: 'if', text: shown(said) } : marks.title(said);
}

/**
 * What the comments of a script, or of one of its parts, say about when it is to be done: the first of them that says so,
 * wherever it stands; `title` has been heard already. Not in a here-document, nor where code has asked. Linear.
 */
export function remarkMark(text: string, marks: MarkReader, title = ''): ConditionMark | null {
  const options: ConditionMark[] = [];
  for (const { comment, isBehind } of remarksIn(text)) {
    if (comment === title) continue;
    const mark = isBehind
      ? markBehind(comment, marks)
      : (marks.gate(comment) ?? marks.title(comment));
    // "# never run the next line": whoever is asked says no, and nobody runs it unasked.
    if (forbids(comment)) return { kind: 'if', text: shown(comment) };
    const isAlone =
      mark?.kind === 'if' || mark?.kind === 'optional' || mark?.kind === 'or' || mark?.alone;
    if (mark !== null && isAlone === true) return mark;
    if (mark?.kind === 'option') options.push(mark);
  }
  return options.length > 1 ? (options[0] ?? null) : null;
}

/** The comments of a script over or behind a command that no code holds up already. */
function remarksIn(
  text: string,
): readonly { readonly comment: string; readonly isBehind: boolean }[] {
  // What a whole script says of itself is said of its code, which asks where it has to.
  if (text.startsWith('#!') || !/#|--|\/\*/.test(text)) return [];
  const found: { readonly comment: string; readonly isBehind: boolean }[] = [];
  let above: string[] = [];
  let within = 0;
  let ends = '';
  for (const line of text.split('\n')) {
    if (ends !== '') {
      if (line.trim() === ends) ends = '';
      continue;
    }
    if (line.trim() === '') continue;
    const own = /^\s*(?:#+(?!!)|-{2,}(?=\s)|\/\*)\s*([^\s#*-].*)$/.exec(line)?.[1];
    if (own !== undefined) {
      const said = own.replace(/\*\/\s*$/, '').trim();
      // "# Sets the address" over "# or the name": the sentence goes on.
      if (above.length === 0 || !/^or /.test(said)) above.push(said);
      continue;
    }
    if (/^\s*(?:#|--(?:\s|$))/.test(line)) continue;
    if (/^\s*(?:fi|esac)(?![\w-])/.test(line)) within = Math.max(0, within - 1);
    else if (within === 0 && !isGuarded(line)) {
      found.push(...above.map((comment) => ({ comment, isBehind: false })));
      const behind = commentBehind(line);
      if (behind !== '') found.push({ comment: behind, isBehind: true });
    }
    above = [];
    if (/^\s*(?:if|case)\s/.test(line) && !/(?:^|[\s;])(?:fi|esac)(?![\w-])/.test(line))
      within += 1;
    ends = /<<-?\s{0,4}["'\\]?([A-Za-z_]\w{0,60})/.exec(line)?.[1] ?? '';
  }
  return found;
}

/** `reboot  # only if the kernel was updated`: a remark that goes on says what to do next. */
export function markBehind(comment: string, marks: MarkReader): ConditionMark | null {
  if (comment === '' || /[,;]/.test(comment)) return null;
  const mark = marks.title(comment);
  return mark?.kind === 'if' || mark?.kind === 'optional' ? mark : null;
}

const isComment = (line: string): boolean => /^\s*(?:#(?!!)|--)\s*\S/.test(line);

/** The comment behind a command, in shell or SQL; `''` where there is none. Linear. */
export function commentBehind(line: string): string {
  const text = line.trim();
  if (text.startsWith('#') || text.startsWith('-- ')) return '';
  let quote = '';
  let ended = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      continue;
    }
    if (sign === '"' || sign === "'") quote = sign;
    const isShell = sign === '#' && /\s/.test(text[at - 1] ?? '');
    if (isShell || (ended && (text.startsWith('--', at) || text.startsWith('/*', at))))
      return text
        .slice(at)
        .replace(/^(?:#+|--+|\/\*)\s*/, '')
        .replace(/\*\/$/, '')
        .trim();
    if (!/\s/.test(sign)) ended = sign === ';';
  }
  return '';
}
