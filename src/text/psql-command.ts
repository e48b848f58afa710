import { withoutCopyData } from './copy-data.ts';

/** psql's own commands (`\d`, `\l`, `\watch`): the server knows none of them. */
export function metaCommandOf(
  text: string,
): { readonly command: string; readonly line: number } | undefined {
  for (const [line, written] of withoutCopyData(text).text.split('\n').entries()) {
    const found =
      /^\s*(\\[A-Za-z?!]+\+?)/.exec(written) ??
      /;?\s(\\g(?:x|set|exec|desc)?|\\watch|\\crosstabview)\b[^'\\]*$/.exec(written);
    if (found?.[1]) return { command: found[1], line };
  }
  return undefined;
}
