/** One element of a glob: a literal character, any one character, or any run of characters. */
export type GlobElement = string | { readonly wild: 'one' | 'run' };

/** Reads `*` (any run of characters), `?` (any one) and `\` before either. */
export function parseGlob(source: string): readonly GlobElement[] {
  const elements: GlobElement[] = [];
  const chars = Array.from(source);
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    const next = chars[at + 1] ?? '';
    if (char === '\\' && /^[*?\\]$/.test(next)) {
      elements.push(next);
      at += 1;
    } else if (char === '*') elements.push({ wild: 'run' });
    else if (char === '?') elements.push({ wild: 'one' });
    else elements.push(char);
  }
  return elements;
}

/** Whether the glob matches the whole text. Goes back to the last run only, so it takes text × glob steps at most. */
export function globMatches(glob: readonly GlobElement[], text: string): boolean {
  const chars = Array.from(text);
  let at = 0;
  let element = 0;
  let lastRun = -1;
  let runEnd = 0;
  while (at < chars.length) {
    const wanted = glob[element];
    if (typeof wanted === 'object' && wanted.wild === 'run') {
      lastRun = element;
      runEnd = at;
      element += 1;
    } else if (wanted !== undefined && (typeof wanted === 'object' || wanted === chars[at])) {
      element += 1;
      at += 1;
    } else if (lastRun >= 0) {
      element = lastRun + 1;
      runEnd += 1;
      at = runEnd;
    } else return false;
  }
  return glob.slice(element).every((left) => typeof left === 'object' && left.wild === 'run');
}
