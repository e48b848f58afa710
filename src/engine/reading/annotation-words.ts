/** Words of an annotation text as written: `true` for a bare flag. */
export type AnnotationWords = ReadonlyMap<string, string | true>;

/** Splits `name=restart title="Restart the pool" confirm` into its words. */
export function annotationWords(text: string): AnnotationWords {
  const words = new Map<string, string | true>();
  const pattern =
    /([A-Za-z][\w.-]*)(?:=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:\{\{[^{}]*\}\}|[^\s"'}])*)))?/g;
  for (const match of text.matchAll(pattern)) {
    const value = match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? match[4];
    words.set(match[1] ?? '', value ?? true);
  }
  return words;
}

/** Words of what follows a fence's language, in any of its spellings; `null` when there are none. */
export function infoWords(rest: string): AnnotationWords | null {
  const text = rest.trim();
  if (text === '') return null;
  const braces = /^\{(.*)\}$/s.exec(text);
  if (braces?.[1]?.trimStart().startsWith('"')) return jsonWords(text);
  const inner = braces && /=/.test(braces[1] ?? '') ? (braces[1] ?? '') : withoutForeign(text);
  const words = annotationWords(withoutMarks(inner));
  return words.size > 0 ? words : null;
}

/** `.class` and `#id` belong to other tools; what stands in quotes stays. */
function withoutMarks(text: string): string {
  const pattern = /"(?:[^"\\]|\\.)*"|'[^']*'|(?:^|\s)[.#][\w-]+/g;
  return text.replace(pattern, (found) => (/^["']/.test(found) ? found : ' '));
}

/** `{1,3-4}` and the like belong to other tools; an input (`{{name}}`) and what stands in quotes stays. */
function withoutForeign(text: string): string {
  const pattern = /"(?:[^"\\]|\\.)*"|'[^']*'|\{\{[^{}]*\}\}|\{[^}]*\}/g;
  return text.replace(pattern, (found) => (/^\{(?!\{)/.test(found) ? ' ' : found));
}

function jsonWords(text: string): AnnotationWords | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    return new Map(
      Object.entries(value).map(([key, said]) => [key, said === true ? true : String(said)]),
    );
  } catch {
    return null;
  }
}
