const MAX_WIDTH = 160;

/** A text as it may stand in one line of a record: control and bidirectional characters as escapes, at most 160 characters. */
export function shown(text: string): string {
  const cut = text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH)}…` : text;
  return cut.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (char) => {
    if (char === '\t') return '\\t';
    if (char === '\n') return '\\n';
    const code = char.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
