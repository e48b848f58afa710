const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this file is about.
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: a control sequence of ECMA-48 (CSI), whole.
const CONTROL_SEQUENCE = /(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]/g;

const EACH_UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above, and the invisible tag characters.
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Takes from a text what could drive a terminal or reorder what a reader sees. Newlines and tabs stay; a carriage
 * return becomes a newline, so that nothing is overwritten; whole control sequences (colours, cursor moves) are
 * dropped; every other control, bidirectional or invisible character is made visible: `␛`, `‹U+202E›`.
 */
export function safeText(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text
    .toWellFormed()
    .replace(CONTROL_SEQUENCE, '')
    .replace(/\r\n?/g, '\n')
    .replace(EACH_UNSAFE, visible);
}

/**
 * A text for a page, on which no terminal is driven: each character that would act, turn round what is read or not be
 * seen is a picture of itself, and nothing is left out.
 */
export function visibleText(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(EACH_UNSAFE, visible);
}

/**
 * `visibleText` of what a shell would be given: there a character that nobody sees makes another name of it too, such as a filler
 * of Hangul, a soft hyphen, a selector of a variant or a blank cell of Braille. Those of an emoji are seen.
 */
export function visibleCode(text: string): string {
  return visibleText(text).replace(UNSEEN, visible);
}

const UNSEEN =
  /(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The picture of a character that must not act: `␇` for controls, `‹U+202E›` for others. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
