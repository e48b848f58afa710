/** What stands in shared state in the place of a secret: which one, and in which of the ways a shell prints it. */
export function secretMark(form: number, name: string): string {
  return `\0secret ${form} ${name}\0`;
}

/** Whether a text holds such a mark. */
export const MARK = '\0';

/** What a secret that a step computed is called in its mark: no input has such a name. */
export const learntName = (name: string): string => `=${name}`;

/** A mark as JSON writes it; the group is the secret's name. */
const MARK_IN_JSON = /\\u0000secret \d{1,2} ([^\\]{1,250})\\u0000/g;

/** The names of all secrets whose marks stand in a JSON text. */
export function markedSecrets(json: string): ReadonlySet<string> {
  return new Set([...json.matchAll(MARK_IN_JSON)].map(([, name = '']) => name));
}

/** Changes a JSON text everywhere but in its marks. */
export function betweenMarks(json: string, change: (text: string) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { index, 0: mark } of json.matchAll(MARK_IN_JSON)) {
    pieces.push(change(json.slice(at, index)), mark);
    at = index + mark.length;
  }
  return [...pieces, change(json.slice(at))].join('');
}
