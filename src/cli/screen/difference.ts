import { createTwoFilesPatch, diffLines } from 'diff';

/** Two texts, line by line: each run of lines that both have, or only one of them. */
export function linesCompared(before: string, after: string): ReturnType<typeof diffLines> {
  return diffLines(before, after);
}

/** What makes the one text of a page the other, as a patch; what each is stands behind its name. */
export function patchBetween(
  name: string,
  before: { readonly text: string; readonly is: string },
  after: { readonly text: string; readonly is: string },
): string {
  return createTwoFilesPatch(name, name, before.text, after.text, before.is, after.is);
}
