import { isObject } from '../log-lines.ts';

/** Where a field of an entry stands in the file: names of columns or, with dots, of nested values. */
export type ImportMapping = Readonly<Partial<Record<ImportField, string>>>;
export type ImportField = keyof typeof USUAL_NAMES;

/** Names under which chat and alert tools export what an entry needs, the first that is there counts. */
export const USUAL_NAMES = {
  time: [
    'time',
    'timestamp',
    'occurred_at',
    'occurredAt',
    'at',
    'ts',
    'date',
    'created_at',
    'created_on',
    'startsAt',
  ],
  end: ['end', 'ended_at', 'endedAt', 'endsAt', 'resolved_at', 'resolved_on'],
  text: [
    'title',
    'text',
    'message',
    'summary',
    'content',
    'labels.alertname',
    'name',
    'description',
  ],
  body: [
    'body',
    'description',
    'details',
    'annotations.description',
    'annotations.summary',
    'channel.summary',
  ],
  actor: [
    'actor',
    'author',
    'user',
    'username',
    'by',
    'sender',
    'user.name',
    'agent.summary',
    'receiver',
  ],
  id: ['id', 'event_id', 'client_msg_id', 'message_id', 'alert_id', 'fingerprint', 'uuid'],
  kind: ['kind', 'type'],
  milestone: ['milestone'],
  url: ['url', 'link', 'permalink', 'generatorURL', 'html_url'],
} as const;

type Fields = Readonly<Record<string, unknown>>;

/** Where a value may stand in a record of these names. */
interface Place {
  /** A field of just that name. */
  readonly plain: string | undefined;
  /** The first whose name is the same but for its case and spaces: `Time`, `Created At`. */
  readonly spelled: string | undefined;
  /** The way to a nested value. */
  readonly way: readonly string[] | undefined;
}

const MOST_SHAPES = 200;

/**
 * Where the fields of entries stand in the records of one file. The usual names are forty, a file has records of a few
 * shapes, and to look for every name in every record was a fifth of what a timeline of a million entries took: where a
 * field stands is remembered by the names that a record has.
 */
export class Columns {
  readonly #mapping: ImportMapping;
  readonly #shapes = new Map<string, Map<ImportField, readonly Place[]>>();

  constructor(mapping: ImportMapping) {
    this.#mapping = mapping;
  }

  /** Reads a record: what it holds of a field as text; `''`: nothing. */
  reading(record: Fields): (field: ImportField) => string {
    const names = Object.keys(record);
    const shape = this.#shapeOf(JSON.stringify(names));
    return (field) => {
      const places = shape.get(field) ?? this.#places(field, names);
      shape.set(field, places);
      for (const place of places) {
        const value = valueAt(record, place);
        if (value !== undefined) return value;
      }
      return '';
    };
  }

  #places(field: ImportField, names: readonly string[]): readonly Place[] {
    const mapped = this.#mapping[field];
    const paths = mapped === undefined ? USUAL_NAMES[field] : [mapped];
    return paths.map((path) => placeOf(path, names)).filter(isThere);
  }

  #shapeOf(key: string): Map<ImportField, readonly Place[]> {
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
    const shape = new Map<ImportField, readonly Place[]>();
    this.#shapes.set(key, shape);
    return shape;
  }
}

function placeOf(path: string, names: readonly string[]): Place {
  const wanted = plainly(path);
  const way = path.split('.');
  return {
    plain: names.includes(path) ? path : undefined,
    spelled: names.find((name) => plainly(name) === wanted),
    way: way.length > 1 && names.includes(way[0] ?? '') ? way : undefined,
  };
}

function isThere({ plain, spelled, way }: Place): boolean {
  return plain !== undefined || spelled !== undefined || way !== undefined;
}

function plainly(name: string): string {
  return name.toLowerCase().replace(/[ _-]/g, '');
}

function valueAt(record: Fields, { plain, spelled, way }: Place): string | undefined {
  let value = plain === undefined ? undefined : record[plain];
  if (spelled !== undefined) value ??= record[spelled];
  if (value === undefined && way !== undefined)
    value = way.reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), record);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
