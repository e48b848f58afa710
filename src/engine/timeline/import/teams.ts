import { isObject } from '../log-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message of Microsoft Teams, as Microsoft Graph gives it, as an entry with the usual names; `undefined` when it is none,
 * `noise` when it only tells who joined and the like.
 */
export function teamsRecord(record: Fields): Fields | 'noise' | undefined {
  const { messageType, createdDateTime, body, subject, from, attachments } = record;
  if (typeof messageType !== 'string' || typeof createdDateTime !== 'string' || !isObject(body))
    return undefined;
  if (messageType !== 'message') return 'noise';
  const content = wordOf(body['content']);
  const said = body['contentType'] === 'html' ? textOfHtml(content) : content.trim();
  const files = (Array.isArray(attachments) ? attachments : [])
    .filter(isObject)
    .flatMap(({ name }) => (wordOf(name) === '' ? [] : [`file ${wordOf(name)}`]));
  const lines = [wordOf(subject), said, ...files].filter((line) => line !== '');
  const [who, actorType] = senderOf(isObject(from) ? from : {});
  return {
    time: createdDateTime,
    text: lines.length === 0 ? '(a message without text)' : lines.join('\n'),
    actor: who,
    actorType,
    id: `teams:${wordOf(record['id'])}`,
    url: record['webUrl'],
  };
}

/** A message and the answers below it, which are exported inside of it. */
export function withReplies(item: unknown): readonly unknown[] {
  if (!isObject(item) || teamsRecord(item) === undefined) return [item];
  return [item, ...(Array.isArray(item['replies']) ? item['replies'] : [])];
}

function senderOf(from: Fields): readonly [name: string, type: 'human' | 'service'] {
  for (const [kind, type] of SENDERS) {
    const one = from[kind];
    if (isObject(one) && wordOf(one['displayName']) !== '')
      return [wordOf(one['displayName']), type];
  }
  return ['unknown', 'human'];
}

const SENDERS = [
  ['user', 'human'],
  ['application', 'service'],
  ['device', 'service'],
] as const;

/** The words of a piece of HTML: a line a block, without marks; somebody who is spoken to with `@`. */
function textOfHtml(html: string): string {
  let text = '';
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) {
      text += html.slice(at);
      break;
    }
    const [tag = ''] = html
      .slice(open + 1, close)
      .toLowerCase()
      .split(/[\s/]/, 1);
    const name = tag === '' ? html.slice(open + 2, close).toLowerCase() : tag;
    text += html.slice(at, open);
    if (tag === 'at') text += '@';
    if (BLOCKS.has(name)) text += '\n';
    at = close + 1;
  }
  return text
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

const BLOCKS: ReadonlySet<string> = new Set(['br', 'p', 'div', 'li', 'tr', 'pre', 'blockquote']);
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
};

const wordOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
