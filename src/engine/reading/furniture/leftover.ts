/** Marks that stand in front of, or behind, the words of a heading, paragraph or item and say nothing to a reader. */
export function withoutMarks(text: string): string {
  if (!MARKS.test(text)) return text;
  return (
    text
      .replace(/^\[!\w+\][-+]?[ \t]*/, '')
      .replace(/^:{3,}[ \t]*\{?[\w-]*\}?[ \t]*/, '')
      .replace(/(?<![ \t:])[ \t]*:::+[ \t]*$/, '')
      .replace(/^(?:===[!+]?|!!!|\?\?\?\+?)[ \t]*/, '')
      .replace(/(?<![ \t])[ \t]*\{-\}[ \t]*$/, '')
      .replace(/(?<![ \t])[ \t]*\{\{?[%<:#.][^{}]*\}?\}[ \t]*$/, '')
      .replace(/^\{[%:][^{}]*\}[ \t]*/, '')
      // A hard break with nothing behind it.
      .replace(/\\$/, '')
      .trim()
  );
}

const MARKS = /^(?:\[!|:{3}|===|!!!|\?\?\?|\{[%:])|(?::{3}|\}|\\)[ \t]*$/;

/** The anchor that a heading gives itself (`{#restart}`, `{: #restart }`, `{#restart .wide}`); `null` without one. */
export function ownAnchor(text: string): string | null {
  const inner = /\{:?([^{}\n]{1,200})\}[ \t]*$/.exec(text)?.[1];
  return inner === undefined
    ? null
    : (/(?:^|[ \t])#([A-Za-z][\w.-]{0,99})(?=[ \t]|$)/.exec(inner)?.[1] ?? null);
}
