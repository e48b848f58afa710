import type { ShellFacts } from '../model/shell-facts.ts';

interface LineSpan {
  readonly line: number;
  readonly endLine: number;
}

const NOT_A_TITLE =
  /^(?:should|expect|expected|output|result|returns?(?! to )|note|warning|or\b|example|e\.g\.)/i;

/**
 * The groups of a script that open with a "# title" comment between its statements. Statements before
 * the first title make a part of their own, named by their first line. A comment that is `apart` opens a part even
 * where it is the only one; one that stands `behind` a statement (by index, `''` for none) makes that a part of its own.
 */
export function partsOf(
  text: string,
  statements: readonly LineSpan[],
  isApart: (title: string) => boolean = () => false,
  behind: readonly string[] = [],
): ShellFacts['parts'] {
  const lines = text.split('\n');
  const titles = withBehind(titleLines(lines, statements, isApart), lines, statements, behind);
  let at = 0;
  const opened = titles.filter((title, index) => {
    while ((statements[at]?.line ?? Infinity) < title.line) at += 1;
    return (statements[at]?.line ?? Infinity) < (titles[index + 1]?.line ?? lines.length);
  });
  if (opened.length < 2 && !opened.some(({ title }) => isApart(title) || behind.includes(title)))
    return [];
  const first = statements[0]?.line ?? 0;
  const leading =
    first < (opened[0]?.line ?? 0) ? [{ title: (lines[first] ?? '').trim(), line: first }] : [];
  const groups = [...leading, ...opened];
  let last = 0;
  return groups.map(({ title, line }, index) => {
    const next = groups[index + 1]?.line ?? lines.length;
    while ((statements[last + 1]?.line ?? Infinity) < next) last += 1;
    return { title, line, endLine: Math.max(line, statements[last]?.endLine ?? line) };
  });
}

/** Titles, with those of statements that a comment stands behind, and of what follows such a one. */
function withBehind(
  titles: readonly Title[],
  lines: readonly string[],
  statements: readonly LineSpan[],
  behind: readonly string[],
): readonly Title[] {
  const own = statements.flatMap(({ line }, index): readonly Title[] => {
    const title = behind[index] ?? '';
    if (title !== '') return [{ title, line }];
    const follows = (behind[index - 1] ?? '') !== '' && statements[index - 1]?.line !== line;
    return follows ? [{ title: (lines[line] ?? '').trim(), line }] : [];
  });
  if (own.length === 0) return titles;
  const opens = (line: number): boolean => own.some((one) => one.line === line);
  const between = titles.filter(({ line }) => !opens(nextStatement(statements, line)));
  return [...between, ...own].sort((one, other) => one.line - other.line);
}

const nextStatement = (statements: readonly LineSpan[], line: number): number =>
  statements.find((statement) => statement.line > line)?.line ?? -1;

interface Title {
  readonly title: string;
  readonly line: number;
}

const isTitle = (title: string, isApart: (title: string) => boolean): boolean =>
  !NOT_A_TITLE.test(title) || isApart(title);

function titleLines(
  lines: readonly string[],
  statements: readonly LineSpan[],
  isApart: (title: string) => boolean,
): readonly Title[] {
  const titles: { title: string; line: number }[] = [];
  let at = 0;
  let inComment = false;
  lines.forEach((text, line) => {
    while ((statements[at]?.endLine ?? Infinity) < line) at += 1;
    const covered = (statements[at]?.line ?? Infinity) <= line;
    const comment = covered ? undefined : /^\s*#(?!!)+(.*)$/.exec(text)?.[1];
    const title = (comment ?? '').replace(/^[\s#=*-]+|(?<![\s#=*:-])[\s#=*:-]+$/g, '');
    if (comment !== undefined && title !== '' && !inComment && isTitle(title, isApart)) {
      titles.push({ title, line });
      inComment = true;
    }
    if (comment === undefined) inComment = false;
  });
  return titles;
}
