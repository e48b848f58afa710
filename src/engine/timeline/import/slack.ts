import { isObject } from '../log-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Messages of Slack's own about the channel, not about what happened. */
const NOISE = /^(?:channel|group)_|^(?:bot_add|bot_remove|reminder_add|pinned_item|tombstone)$/;
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
  const text = typeof record['text'] === 'string' ? plain(record['text'], about.users) : '';
  const isBot = subtype === 'bot_message' || typeof record['bot_id'] === 'string';
  return {
    time: ts,
    text: text.trim() === '' ? '(a message without text)' : text,
    actor: authorOf(record, about.users),
    actorType: isBot ? 'service' : 'human',
    id: `slack:${about.channel}:${ts}`,
  };
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
      /<@([A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, id: string, name?: string) => `@${users.get(id) ?? name ?? id}`,
    )
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<!([a-z]+)[^>]*>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|>]+)\|([^>]*)>/g, '$2 ($1)')
    .replace(/<((?:https?|mailto):[^>]+)>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
