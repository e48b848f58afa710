/** What JSON lets stand as it is, although it reorders or hides what a person sees. */
const INVISIBLE =
  /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** JSON on one line that is also harmless on a screen: what cannot be seen is written as `\uXXXX`. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
