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
  const text = plain(wordsOf(own, record), about.users);
  const isBot = subtype === 'bot_message' || typeof record['bot_id'] === 'string';
  return {
    time: ts,
    text: text.trim() === '' ? '(a message without text)' : text,
    actor: authorOf(record, about.users),
    actorType: isBot ? 'service' : 'human',
    id: `slack:${about.channel}:${ts}`,
  };
}

/** The message's own text and what alerts say beside it: in attachments, blocks and the names of files. */
function wordsOf(own: string, { attachments, blocks, files }: Fields): string {
  // With a text of its own, blocks say it again, and what was fetched from a link is another's.
  const isBare = own.trim() === '';
  const lines = [
    own,
    ...(isBare ? inList(blocks).flatMap((block) => inBlock(block)) : []),
    ...inList(attachments)
      .filter((each) => isBare || textOf(each['from_url']) === undefined)
      .map((each) => inAttachment(each)),
    ...inList(files).map((each) => inFile(each)),
  ];
  return [...new Set(lines)].filter((line) => line.trim() !== '').join('\n');
}

function inAttachment(attachment: Fields): string {
  const named: Fields = {
    ...attachment,
    title: linked(attachment['title'], attachment['title_link']),
  };
  const said = ['pretext', 'title', 'text'].flatMap((name) => textOf(named[name]) ?? []);
  const fields = inList(attachment['fields']).map((each) =>
    ['title', 'value'].flatMap((name) => textOf(each[name]) ?? []).join(': '),
  );
  // A message that was shared keeps its blocks one level further down.
  const shared = inList(attachment['message_blocks']).flatMap(({ message }) =>
    isObject(message) ? inList(message['blocks']) : [],
  );
  const blocks =
    said.length > 0 ? inList(attachment['blocks']) : [...inList(attachment['blocks']), ...shared];
  const own = [...new Set([...said, ...fields, ...blocks.flatMap((block) => inBlock(block))])];
  const words = own.filter((word) => word.trim() !== '').join(' ');
  return (
    words ||
    (['fallback', 'author_name', 'footer', 'image_url', 'title_link'].flatMap(
      (name) => textOf(attachment[name]) ?? [],
    )[0] ??
      '')
  );
}

function inFile(file: Fields): string {
  if (file['mode'] === 'tombstone') return 'a file that was deleted';
  const name = textOf(file['name']) ?? textOf(file['title']) ?? textOf(file['id']);
  const said = name === undefined ? 'a file without a name' : `file ${name}`;
  return linked(said, textOf(file['permalink']) ?? file['url_private']) ?? said;
}

/** Words that lead somewhere, with where: an address that stands in them already is not said again. */
function linked(words: unknown, url: unknown): string | undefined {
  const [said, address] = [textOf(words), textOf(url)];
  if (said === undefined || address === undefined || said.includes(address)) return said;
  return /^https?:\/\/[^\s"<>]+$/i.test(address) ? `${said} (${address})` : said;
}

/** The texts of a block, which nest as deep as Slack lets them. */
function inBlock(block: Fields, depth = 0): readonly string[] {
  if (depth > MOST_DEPTH) return [];
  const { text, elements, fields, title, accessory } = block;
  const said = [title, text].flatMap((each) => textOf(isObject(each) ? each['text'] : each) ?? []);
  // Of a link and of a button, which have an address beside their words.
  const led = said.map((words) => linked(words, block['url']) ?? words);
  const inside = [...inList(elements), ...inList(fields)].flatMap((each) =>
    inBlock(each, depth + 1),
  );
  const isLine = block['type'] === 'rich_text_section' || block['type'] === 'context';
  const own = [...led, ...(isLine ? [inside.join('')] : inside)];
  if (isObject(accessory) && accessory['type'] === 'image')
    own.push(...inBlock(accessory, depth + 1));
  return own.length > 0 ? own : signOf(block);
}

/** Elements that say who or where, and pictures, have no text. */
function signOf(element: Fields): readonly string[] {
  const { type } = element;
  const id = (name: string): string | undefined => textOf(element[name]);
  if (type === 'user' && id('user_id')) return [`<@${id('user_id')}>`];
  if (type === 'broadcast' && id('range')) return [`<!${id('range')}>`];
  if (type === 'channel' && id('channel_id')) return [`#${id('channel_id')}`];
  if (type === 'emoji' && id('name')) return [`:${id('name')}:`];
  if (type === 'link' && id('url')) return [`<${id('url')}>`];
  return type === 'image' || type === 'video' ? [id('alt_text') ?? 'a picture'] : [];
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

/** Slack's own markup of mentions, links, bold words and code of several lines as plain text. */
function plain(text: string, users: ReadonlyMap<string, string>): string {
  return apart(text)
    .replace(
      /<@([A-Z0-9]{1,40})(?:\|([^<>]*))?>/g,
      // One word, so that it is known for one person's name where names are left out.
      (_, id: string, name?: string) =>
        `@${(users.get(id) ?? name ?? id).replace(/\s+/g, '\u00a0')}`,
    )
    .replace(/<#[A-Z0-9]{1,40}\|([^<>]*)>/g, '#$1')
    .replace(/<!([a-z]+)(?:[^<>a-z][^<>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto):[^<|>]+)\|([^<>]*)>/g, '$2 ($1)')
    .replace(/<((?:https?|mailto):[^<>]+)>/g, '$1')
    .replace(
      /(`[^`\n]*`)|(?<![\w*~`])([*~])(?=\S)([^*~`\n]+)(?<=\S)\2(?![\w*~`])/g,
      (_, code: string | undefined, _mark: string, words: string) => code ?? words,
    )
    .replaceAll('```', '')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** Slack ends an address with its mark: without it, what stands beside it would be read as a part of it. */
function apart(text: string): string {
  return text
    .replace(/(?<=[\w:])<(?=(?:https?|mailto):)/g, ' <')
    .replace(/(<(?:https?|mailto):[^<>]{1,3000}>)(?=[\w<:@#/?&=%+~-])/g, '$1 ');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
