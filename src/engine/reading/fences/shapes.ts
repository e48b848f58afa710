import { looksLikeProse } from '../shell-words.ts';

const QUERY =
  /^(?:sum|avg|max|min|count|rate|irate|increase|topk|histogram_quantile|absent|label_replace)\b[^;]*\(|^[a-z_:]+\{[^}]*=/;

/** Whether a line is a sentence, a query of a dashboard, a key with its value, a path. */
export function readsAsText(line: string): boolean {
  return (
    looksLikeProse(line) ||
    QUERY.test(line) ||
    /^[A-Z][A-Za-z]+[ :]|^\d|^[^\w./~$"'({<[\\-]|^\[[\w .:/-]+\]\s+\S|^[\w -]+:\s|\/$|\/(?:s?bin|lib)$|^<[\w-]+>$|^\/[\w./-]+\.(?:log|conf|cfg|ya?ml|json|txt|md|ini)$/.test(
      line,
    )
  );
}

/** A table as commands print it: a header in capitals, columns apart by more than one space. */
export function isTabular(lines: readonly string[]): boolean {
  const columns = lines.filter((line) => /^\S+(?: \S+)?\s{2,}\S.*$/.test(line)).length;
  if (lines.length < 2) return false;
  if (/^-+(?:\s+-+)+$/.test(lines[1] ?? '')) return true;
  return (
    /^[A-Z](?:[A-Z()%/_-]| (?! ))*\s{2,}[A-Z]/.test(lines[0] ?? '') && columns * 2 > lines.length
  );
}
