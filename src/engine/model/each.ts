/** A step that is done once for each item of a list: `host in hosts`. */
export interface Each {
  /** The name that an item has in the step. */
  readonly name: string;
  /** The input, or what a step captured, that holds the list. */
  readonly list: string;
}

/** Items of one list; more is a mistake, or meant to do harm. */
export const MOST_ITEMS = 1000;

/** Reads `host in hosts`; `undefined` when the text is something else. */
export function parseEach(text: string): Each | undefined {
  const found =
    /^\s{0,9}([A-Za-z_]\w{0,127})\s{1,9}in\s{1,9}(?:\{\{\s?)?([A-Za-z_][\w.-]{0,127})(?:\s?\}\})?\s{0,9}$/.exec(
      text,
    );
  return found?.[1] === undefined || found[2] === undefined
    ? undefined
    : { name: found[1], list: found[2] };
}

/**
 * The items of a list: its lines where it has several, else what stands between its commas, else its words. An array of
 * JSON is its elements. Each item once, in their order.
 */
export function itemsOf(value: string): readonly string[] {
  const trimmed = value.trim();
  const split = jsonItems(trimmed) ?? trimmed.split(splitterOf(trimmed));
  const items = split.map((item) => item.trim()).filter((item) => item !== '');
  return [...new Set(items)];
}

function splitterOf(text: string): RegExp {
  if (text.includes('\n')) return /\r?\n/;
  return text.includes(',') ? /,/ : /\s+/;
}

function jsonItems(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return undefined;
    return read.map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)));
  } catch {
    return undefined;
  }
}

/** The ids of a step's items, in their order: the step's own, `~` and the item in words of an id. */
export function itemIds(id: string, items: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return items.map((item) => {
    const base =
      item
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 80) || 'item';
    let word = base;
    for (let count = 2; used.has(word.toLowerCase()); count += 1) word = `${base}-${count}`;
    used.add(word.toLowerCase());
    return `${id}~${word}`;
  });
}

/** The step that an item is one of: ids say the item behind `~`. */
export function withoutItem(id: string): string {
  const at = id.lastIndexOf('~');
  return at > 0 ? id.slice(0, at) : id;
}

/** The item that an id says behind `~`. */
export function itemOf(id: string): string | undefined {
  const step = withoutItem(id);
  return step === id ? undefined : id.slice(step.length + 1);
}
