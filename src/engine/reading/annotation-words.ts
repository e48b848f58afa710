import { isAnnotation, isFlag } from '../model/annotations.ts';

/** Words of an annotation text as written: `true` for a bare flag. */
export type AnnotationWords = ReadonlyMap<string, string | true> & {
  /** What stands there and says something else than it seems to, a sentence each with its word. */
  readonly odd?: readonly OddWord[];
};

/** `timeout: 30s`, `!confirm`, `timeout=1s timeout=2s`. */
export interface OddWord {
  readonly word: string;
  readonly message: string;
  readonly hint: string;
}

/** Splits `name=restart title="Restart the pool" confirm` into its words. */
export function annotationWords(text: string): AnnotationWords {
  const words = new Map<string, string | true>();
  const odd: OddWord[] = [];
  const pattern =
    /(!?)([A-Za-z][\w.-]*)(:?)(?:=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:\{\{[^{}]*\}\}|\$\{[^{}\s]*\}|[^\s"'}])*)))?/g;
  for (const [, not = '', word = '', colon, double, single, bare] of text.matchAll(pattern)) {
    const value = double?.replace(/\\(["\\])/g, '$1') ?? single ?? bare;
    const said = value === undefined ? word : `${word}=${value}`;
    if (isAnnotation(word)) odd.push(...oddities(word, not !== '', colon !== '', words, said));
    words.set(word, value ?? true);
  }
  return odd.length === 0 ? words : Object.assign(words, { odd });
}

/** An annotation that is negated, has a colon, or is said twice. */
function oddities(
  word: string,
  isNegated: boolean,
  hasColon: boolean,
  before: ReadonlyMap<string, unknown>,
  said: string,
): readonly OddWord[] {
  if (isNegated)
    return [{ word, message: `\`!${word}\` says nothing here.`, hint: `Write \`${word}=false\`.` }];
  if (hasColon)
    return [
      {
        word,
        message: `\`${word}:\` is no annotation with a value.`,
        hint: `Write \`${word}=…\`, without blanks.`,
      },
    ];
  if (!before.has(word)) return [];
  return [
    {
      word,
      message: `The annotation \`${word}\` is said twice, and \`${said}\` would be taken.`,
      hint: 'Say it once.',
    },
  ];
}

/** Words of what follows a fence's language, in any of its spellings; `null` when there are none. */
export function infoWords(rest: string, language = ''): AnnotationWords | null {
  const text = rest.trim();
  if (text === '') return null;
  if (language === 'scrut' && text.startsWith('{')) return scrutWords(text);
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

/** `{1,3-4}` and the like belong to other tools; an input (`{{name}}`), a variable (`${NAME}`) and what stands in quotes stays. */
function withoutForeign(text: string): string {
  const pattern = /"(?:[^"\\]|\\.)*"|'[^']*'|\{\{[^{}]*\}\}|\{[^{}]*\}/g;
  return text.replace(pattern, (found, at: number) => {
    if (!/^\{(?!\{)/.test(found) || text[at - 1] === '$') return found;
    const inner = found.slice(1, -1);
    return hasAnnotation(inner) ? inner : ' ';
  });
}

/** `{retries: 3}` is meant for us, however it is written; so is a bare `{run}`. */
function hasAnnotation(inner: string): boolean {
  const words = inner.trim().split(/\s+/);
  if (words.every((word) => isFlag(word))) return true;
  return [...inner.matchAll(/(?<![\w-])([A-Za-z][\w-]{0,60})\s?:/g)].some(
    ([, word = '']) => isAnnotation(word) && word !== 'title' && word !== 'name',
  );
}

/** scrut's `{timeout: 10s, environment: {MODE: test}}`; its words are those of its own table. */
function scrutWords(text: string): AnnotationWords {
  const words = new Map<string, string>();
  const pattern =
    /(?<!\w)([A-Za-z_]\w{0,60})\s?:\s{0,9}(?:\{([^{}]*)\}|"([^"]*)"|([^\s,{}"][^,{}"]*))/g;
  for (const [, key = '', inner, quoted, bare] of text.matchAll(pattern)) {
    if (inner === undefined) words.set(key, quoted ?? bare?.trim() ?? '');
    else if (key === 'environment')
      for (const [name, value] of scrutWords(inner)) words.set(`env.${name}`, String(value));
    else words.set(key, inner.trim());
  }
  return words;
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
