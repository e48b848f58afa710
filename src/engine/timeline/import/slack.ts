import { isObject } from '../log-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Messages of Slack's own about the channel, not about what happened. */
const NOISE = /^(?:channel|group)_|^(?:bot_add|bot_remove|reminder_add|pinned_item|tombstone)$/;
const MOST_DEPTH = 8;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * A message of a Slack export as an entry with the usual names; `undefined` when it is none, `noise`
 * when it only tells who joined and the like.
 */
export function slackRecord(
  record: Fields,
  about: { readonly users: ReadonlyMap<string, string>; readonly channel: string },
): Fields | 'noise' | undefined {
  const { type, ts, subtype } = record;
  if (type !== 'message' || typeof ts !== 'string') return undefined;
  if (typeof subtype === 'string' && NOISE.test(subtype)) return 'noise';
  const own = typeof record['text'] === 'string' ? record['text'] : '';
  const text = plain(own.trim() === '' ? wordsElsewhere(record) : own, about.users);
  const isBot = subtype === 'bot_message' || typeof record['bot_id'] === 'string';
  return {
    time: ts,
    text: text.trim() === '' ? '(a message without text)' : text,
    actor: authorOf(record, about.users),
    actorType: isBot ? 'service' : 'human',
    id: `slack:${about.channel}:${ts}`,
  };
}

/** What alerts say: not in their text, but in attachments, blocks and the names of files. */
function wordsElsewhere({ attachments, blocks, files }: Fields): string {
  const lines = [
    ...inList(blocks).flatMap((block) => inBlock(block)),
    ...inList(attachments).flatMap((each) => {
      const said = ['pretext', 'title', 'text'].flatMap((name) => textOf(each[name]) ?? []);
      const inside = inList(each['blocks']).flatMap((block) => inBlock(block));
      const own = [...said, ...inside];
      return own.length > 0 ? own : [textOf(each['fallback']) ?? ''];
    }),
    ...inList(files).map((each) => textOf(each['title']) ?? textOf(each['name']) ?? ''),
  ];
  return [...new Set(lines)].filter((line) => line.trim() !== '').join('\n');
}

/** The texts of a block, which nest as deep as Slack lets them. */
function inBlock(block: Fields, depth = 0): readonly string[] {
  if (depth > MOST_DEPTH) return [];
  const { text, elements, fields } = block;
  const said = isObject(text) ? textOf(text['text']) : textOf(text);
  const inside = [...inList(elements), ...inList(fields)].flatMap((each) =>
    inBlock(each, depth + 1),
  );
  const isLine = block['type'] === 'rich_text_section' || block['type'] === 'context';
  return [...(said === undefined ? [] : [said]), ...(isLine ? [inside.join('')] : inside)];
}

function inList(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Names of users by id, from the `users.json` of a Slack export. */
export function slackUsers(value: unknown): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  for (const user of Array.isArray(value) ? value : []) {
    if (!isObject(user) || typeof user['id'] !== 'string') continue;
    const name = nameIn(user['profile']) ?? textOf(user['real_name']) ?? textOf(user['name']);
    if (name !== undefined) users.set(user['id'], name);
  }
  return users;
}

function authorOf(record: Fields, users: ReadonlyMap<string, string>): string {
  const id = textOf(record['user']) ?? '';
  return (
    nameIn(record['user_profile']) ??
    users.get(id) ??
    textOf(record['username']) ??
    (id || 'unknown')
  );
}

function nameIn(profile: unknown): string | undefined {
  if (!isObject(profile)) return undefined;
  return textOf(profile['display_name']) ?? textOf(profile['real_name']) ?? textOf(profile['name']);
}

/** Slack's own markup of mentions and links as plain text. */
function plain(text: string, users: ReadonlyMap<string, string>): string {
  return text
    .replace(
      /<@([A-Z0-9]{1,40})(?:\|([^<>]*))?>/g,
      (_, id: string, name?: string) => `@${users.get(id) ?? name ?? id}`,
    )
    .replace(/<#[A-Z0-9]{1,40}\|([^<>]*)>/g, '#$1')
    .replace(/<!([a-z]+)(?:[^<>a-z][^<>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto):[^<|>]+)\|([^<>]*)>/g, '$2 ($1)')
    .replace(/<((?:https?|mailto):[^<>]+)>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
