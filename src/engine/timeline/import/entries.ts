import { sha256Of } from '../../../text/sha256.ts';
import { HandrailError } from '../../model/errors.ts';
import { ACTOR_TYPES, TIMELINE_KINDS } from '../../model/timeline.ts';
import { instantOf } from '../draft.ts';
import type { ImportedEntry } from '../imported.ts';
import { isObject } from '../log-lines.ts';
import { parseWhen } from '../when.ts';
import { Columns, type ImportMapping } from './columns.ts';
import { csvRecords } from './csv-records.ts';
import { slackRecord } from './slack.ts';
import { teamsRecord, withReplies } from './teams.ts';

/** The file to read, and how. */
export interface ImportFile {
  /** Its name, which decides by its ending: `.csv`, `.jsonl`, `.ndjson`, `.json`, `.txt` or `.log`. */
  readonly name: string;
  readonly pieces: AsyncIterable<string>;
  readonly mapping: ImportMapping;
  /** Zone of times that state none. */
  readonly timezone: string;
  /** Slack: names of users by id, and the channel. */
  readonly users: ReadonlyMap<string, string>;
  readonly channel: string;
  /** Told what cannot be read, so that the rest comes in; without it the first such entry ends the reading. */
  readonly onUnread?: (why: string) => void;
}

const MOST_JSON_CHARACTERS = 64_000_000;
const MOST_LINE_CHARACTERS = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

interface Found {
  readonly line: number;
  /** Throws IMPORT_UNREADABLE. */
  readonly record: () => Fields;
}

/**
 * Reads the entries of a chat or alert export. Throws IMPORT_UNREADABLE for a file that cannot be read, or in which
 * nothing can.
 */
export async function* importEntries(file: ImportFile): AsyncGenerator<ImportedEntry> {
  let count = 0;
  let first: HandrailError | null = null;
  const columns = new Columns(file.mapping);
  for await (const batch of recordsOf(file)) {
    for (const { line, record } of batch) {
      try {
        const fields = record();
        const chat = slackRecord(fields, file) ?? teamsRecord(fields);
        if (chat === 'noise') continue;
        const usual = chat ?? pagerDutyRecord(fields) ?? opsgenieRecord(fields) ?? fields;
        const entry = entryOf(usual, line, file, columns);
        count += 1;
        yield entry;
      } catch (error) {
        if (!(error instanceof HandrailError) || file.onUnread === undefined) throw error;
        first ??= error;
        const { part } = error.data;
        file.onUnread(
          part === undefined
            ? error.message
            : `\`${file.name}\` comes in without a part: ${String(part)}.`,
        );
      }
    }
  }
  if (count === 0 && first !== null) throw first;
}

/** As many at once as came at once: a million entries one by one would each wait for their turn. */
function recordsOf(file: ImportFile): AsyncGenerator<readonly Found[]> {
  if (/\.csv$/i.test(file.name)) return fromCsv(file);
  if (/\.(?:jsonl|ndjson)$/i.test(file.name)) return fromLines(file);
  if (/\.json$/i.test(file.name)) return fromJson(file);
  if (/\.(?:txt|log)$/i.test(file.name)) return fromChat(file);
  throw unreadable(file, 'its name ends neither in .csv, .jsonl, .ndjson, .json, .txt nor .log');
}

/** What begins a message that was copied out of a chat: its day and time, in brackets or not. */
const SAID_AT =
  /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z| UTC|[+-]\d\d:\d\d)?)\]?(?![\w:.+])/;
/** Who said it: `<ana>`, `ana:`, or a column of its own. */
const SAID_BY = /^(?:<[@+% ]?([^<>]{1,80})>|([^\t]{1,80})\t|([^\s:<>][^:<>]{0,60}):(?= |$))/;
/** A time that does not say of which day, or a day in figures that can be read in several ways. */
const SAID_SOMETIME = /^\W{0,2}(?:\d{1,2}:\d\d\b|\d{1,4}([./-])\d{1,2}\1\d{2,4}[,\sT])/;

/** A chat as plain text: each message begins with its day and time, further lines belong to it. */
async function* fromChat(file: ImportFile): AsyncGenerator<readonly Found[]> {
  let open: { readonly line: number; readonly said: string[]; readonly fields: Fields } | null =
    null;
  const whole = ({ line, said, fields }: NonNullable<typeof open>): Found => ({
    line,
    record: () => ({ ...fields, text: said.join('\n').trim() }),
  });
  for await (const lines of linesOf(file)) {
    const found: Found[] = [];
    for (const { line, text } of lines) {
      const [stamp = '', time] = SAID_AT.exec(text) ?? [];
      if (time !== undefined) {
        if (open) found.push(whole(open));
        const rest = text.slice(stamp.length).replace(/^[\t ,-]+/, '');
        const [by = '', nick, column, name] = SAID_BY.exec(rest) ?? [];
        const actor = (nick ?? column ?? name ?? '').trim();
        const words = rest.slice(by.length).trimStart();
        open = { line, said: [words], fields: { time: time.replace(' UTC', 'Z'), actor } };
      } else if (open && !SAID_SOMETIME.test(text)) open.said.push(text);
      else if (text.trim() !== '') found.push({ line, record: () => withoutDay(line, file) });
    }
    yield found;
  }
  if (open) yield [whole(open)];
}

function withoutDay(line: number, file: ImportFile): never {
  const wanted = 'a message begins with its day and time, `2026-11-20 02:05 ana: text`';
  throw unreadable(file, `line ${line} does not say when it was said; ${wanted}`);
}

async function* fromCsv(file: ImportFile): AsyncGenerator<readonly Found[]> {
  let header: readonly string[] | null = null;
  for await (const found of csvRecords(file.pieces)) {
    if ('why' in found) {
      const record = (): never => {
        throw unreadable(file, `line ${found.line} ${found.why}`);
      };
      yield [{ line: found.line, record }];
      if (header === null) return;
      continue;
    }
    const { line, fields } = found;
    if (header === null) header = fields.map((name) => name.trim());
    else {
      const names = header;
      const record = (): Fields => {
        const more = fields.slice(names.length).filter((value) => value.trim() !== '');
        if (more.length > 0)
          throw unreadable(
            file,
            `line ${line} has ${fields.length} values for ${names.length} columns; quote what holds the sign between them`,
          );
        return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
      };
      yield [{ line, record }];
    }
  }
}

async function* fromLines(file: ImportFile): AsyncGenerator<readonly Found[]> {
  for await (const lines of linesOf(file)) {
    const told = lines.filter(({ text }) => text.trim() !== '');
    yield told.map(({ line, text }) => ({ line, record: () => objectFrom(text, line, file) }));
  }
}

async function* linesOf(
  file: ImportFile,
): AsyncGenerator<readonly { readonly line: number; readonly text: string }[]> {
  let line = 0;
  let rest = '';
  for await (const piece of file.pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LINE_CHARACTERS) throw unreadable(file, `line ${line + 1} is too long`);
    const before = line;
    line += lines.length;
    yield lines.map((text, at) => ({
      line: before + at + 1,
      text: text.endsWith('\r') ? text.slice(0, -1) : text,
    }));
  }
  yield [{ line: line + 1, text: rest }];
}

async function* fromJson(file: ImportFile): AsyncGenerator<readonly Found[]> {
  let text = '';
  for await (const piece of file.pieces) {
    text += piece;
    if (text.length > MOST_JSON_CHARACTERS) {
      throw unreadable(file, 'it is larger than 64 MB; make it JSON lines (.jsonl)');
    }
  }
  const value = parsed(text, file, 'it is no JSON');
  const items = Array.isArray(value)
    ? value
    : isObject(value)
      ? LISTS.map((name) => value[name]).find(Array.isArray)
      : undefined;
  if (!Array.isArray(items)) throw unreadable(file, 'it holds no list of entries');
  yield items.flatMap(withReplies).map((item, at) => {
    const record = (): Fields => {
      if (isObject(item)) return item;
      throw unreadable(file, `its entry ${at + 1} is no object`);
    };
    return { line: at + 1, record };
  });
}

/** Under which name exports hold their entries. */
const LISTS = ['messages', 'alerts', 'log_entries', 'incidents', 'value', 'data'];

function objectFrom(
  text: string,
  line: number,
  file: ImportFile,
): Readonly<Record<string, unknown>> {
  const value = parsed(text, file, `line ${line} is no JSON`);
  if (!isObject(value)) throw unreadable(file, `line ${line} is no object`);
  return value;
}

function parsed(text: string, file: ImportFile, why: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(file, why, error);
  }
}

function entryOf(record: Fields, line: number, file: ImportFile, columns: Columns): ImportedEntry {
  const field = columns.reading(record);
  const text = field('text');
  const time = field('time');
  if (time === '')
    throw unreadable(file, `entry ${line} has no time; say where it stands with --map time=NAME`);
  if (text === '')
    throw unreadable(file, `entry ${line} has no text; say where it stands with --map text=NAME`);
  const end = field('end');
  const actor = field('actor');
  const body = field('body');
  const wanted = field('kind').toLowerCase();
  const kind = TIMELINE_KINDS.find((known) => known === wanted);
  const milestone = field('milestone') || milestoneFrom(record);
  const actorType = ACTOR_TYPES.find((known) => known === record['actorType']);
  return {
    id: field('id') || sha256Of(textOf(record, line, file)),
    line,
    occurredAt: timeOf(time, line, file),
    endedAt: end === '' || end.startsWith('0001-') ? null : timeOf(end, line, file),
    by: actor || 'unknown',
    actorType: actorType ?? (actor === '' ? 'service' : 'human'),
    text,
    body: body === text ? null : body || null,
    kind:
      kind === undefined || kind === 'gap' || kind === 'step' || kind === 'system'
        ? 'communication'
        : kind,
    milestone,
    url: webAddress(field('url')),
  };
}

/** A line of an alert's log at Opsgenie with the usual names; `undefined` when it is none. */
function opsgenieRecord(record: Fields): Fields | undefined {
  const { log, owner } = record;
  if (typeof log !== 'string' || typeof owner !== 'string') return undefined;
  const [, deed = ''] = /^alert (created|acknowledged|closed)\b/i.exec(log) ?? [];
  const milestone = { created: 'detected', acknowledged: 'acknowledged', closed: 'resolved' }[
    deed.toLowerCase()
  ];
  return { ...record, text: log, actor: owner, ...(milestone === undefined ? {} : { milestone }) };
}

function textOf(record: Fields, line: number, file: ImportFile): string {
  try {
    return JSON.stringify(record);
  } catch (error) {
    throw unreadable(file, `entry ${line} is nested too deeply`, error);
  }
}

/** Fields in which paging tools name what happened; a `status` says how something stands now, whenever it began. */
const DEEDS = ['event', 'event_type', 'type', 'action', 'message_type', 'messageType'];

/** What is done to an alert, and the milestone of an incident that it is. */
const MILESTONES: readonly (readonly [deed: RegExp, milestone: string])[] = [
  [/^(?:trigger(?:ed)?)$/, 'detected'],
  [/^ack(?:nowledged?|nowledgement)?$/, 'acknowledged'],
  [/^mitigated?$/, 'mitigated'],
  [/^(?:resolved?|recovery)$/, 'resolved'],
];

/** The milestone that an entry of a paging tool is: `acknowledge_log_entry`, `incident.resolved`, `RECOVERY`. */
function milestoneFrom(record: Fields): string | null {
  for (const name of DEEDS) {
    const value = record[name];
    if (typeof value !== 'string') continue;
    // `unacknowledge` and `reach_ack_limit` are other deeds: the first word counts, behind what it is done to.
    const deed = value.toLowerCase().replace(/^(?:incident|alert|event)[ ._-]+/, '');
    const [first = ''] = deed.split(/[ ._-]/, 1);
    const found = MILESTONES.find(([words]) => words.test(first));
    if (found) return found[1];
  }
  return null;
}

/** A log entry of PagerDuty with the usual names; `undefined` when it is none. */
function pagerDutyRecord(record: Fields): Fields | undefined {
  const { type, agent, channel } = record;
  if (typeof type !== 'string' || !type.endsWith('_log_entry')) return undefined;
  const who = isObject(agent) ? agent : {};
  const how = isObject(channel) ? channel : {};
  const isPerson = typeof who['type'] === 'string' && who['type'].startsWith('user');
  const said = [how['content'], how['summary']].find((text) => typeof text === 'string');
  // Of a note and of what set it off the summary says only that there is one, and by which way it came.
  const isBare = how['type'] === 'note' || type.startsWith('trigger');
  return {
    ...record,
    actor: who['summary'],
    actorType: isPerson ? 'human' : 'service',
    ...(isBare && said !== undefined ? { title: said, channel: undefined } : {}),
  };
}

/** ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970. */
function timeOf(text: string, line: number, file: ImportFile): string {
  const epoch = /^(\d{9,19})(?:\.(\d+))?$/.exec(text);
  if (epoch?.[1]) {
    const scale = 10 ** (Math.max(0, Math.ceil((epoch[1].length - 11) / 3)) * 3);
    const atMs = (Number(text) / scale) * 1000;
    return new Date(Math.floor(atMs + 1e-3)).toISOString();
  }
  const exact = instantOf(text);
  if (exact !== undefined) return exact;
  try {
    if (!/^\d{4}-/.test(text)) throw unreadable(file, '');
    return parseWhen(text, 0, file.timezone).at;
  } catch (error) {
    const why = error instanceof HandrailError ? String(error.data['why'] ?? '') : '';
    const more = why === '' ? '' : `: ${why}`;
    throw unreadable(file, `\`${text}\` in entry ${line} is not a time${more}`, error);
  }
}

function webAddress(text: string): string | null {
  return /^https?:\/\/[^\s"<>]+$/i.test(text) ? text : null;
}

function unreadable({ name }: ImportFile, why: string, cause?: unknown): HandrailError {
  const message = `\`${name}\` cannot be imported: ${why}.`;
  return new HandrailError('IMPORT_UNREADABLE', { message, part: why }, { cause });
}
