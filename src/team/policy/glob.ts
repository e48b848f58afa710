/**
 * Whether a path fits a pattern: `*` and `?` stay within a folder, `**` crosses folders. Everything else stands for
 * itself. Never more work than the lengths of both, multiplied.
 */
export function fitsGlob(pattern: string, path: string): boolean {
  return fitsParts(pattern.split('/'), path.split('/'), fitsPart);
}

/** Whether a name fits a pattern of `*` and `?`. */
export function fitsName(pattern: string, name: string): boolean {
  return fitsPart(pattern, name);
}

function fitsPart(pattern: string, text: string): boolean {
  return fits([...pattern], [...text], {
    isMany: (sign) => sign === '*',
    fitsOne: (sign, letter) => sign === '?' || sign === letter,
  });
}

function fitsParts(
  patterns: readonly string[],
  parts: readonly string[],
  fitsOne: (pattern: string, part: string) => boolean,
): boolean {
  return fits(patterns, parts, { isMany: (part) => part === '**', fitsOne });
}

/** Two pointers and one place to go back to: where the last sign that stands for many began. */
function fits(
  signs: readonly string[],
  items: readonly string[],
  rules: {
    isMany(sign: string): boolean;
    fitsOne(sign: string, item: string): boolean;
  },
): boolean {
  let sign = 0;
  let back: { readonly sign: number; item: number } | undefined;
  for (let item = 0; item < items.length; ) {
    const one = signs[sign];
    if (one !== undefined && rules.isMany(one)) {
      back = { sign, item };
      sign += 1;
    } else if (one !== undefined && rules.fitsOne(one, items[item] ?? '')) {
      sign += 1;
      item += 1;
    } else if (back !== undefined) {
      back.item += 1;
      item = back.item;
      sign = back.sign + 1;
    } else return false;
  }
  return signs.slice(sign).every((rest) => rules.isMany(rest));
}
