/** Marks that stand in front of, or behind, the words of a heading, paragraph or item and say nothing to a reader. */
export function withoutMarks(text: string): string {
  if (!MARKS.test(text)) return text;
  return text
    .replace(/^\[!\w+\][-+]?[ \t]*/, '')
    .replace(/^:{3,}[ \t]*\{?[\w-]*\}?[ \t]*/, '')
    .replace(/(?<![ \t:])[ \t]*:::+[ \t]*$/, '')
    .replace(/^(?:===[!+]?|!!!|\?\?\?\+?)[ \t]*/, '')
    .replace(/(?<![ \t])[ \t]*\{\{?[%<:#.][^{}]*\}?\}[ \t]*$/, '')
    .replace(/^\{[%:][^{}]*\}[ \t]*/, '')
    .trim();
}

const MARKS = /^(?:\[!|:{3}|===|!!!|\?\?\?|\{[%:])|(?::{3}|\})[ \t]*$/;
