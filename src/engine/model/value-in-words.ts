import { parseEach } from './each.ts';
import type { TextForm, Value } from './word.ts';

/** What may be written, in words: "`stop` or `continue`", "a duration such as `30s`". */
export function valueInWords(kind: Value): string {
  switch (kind.kind) {
    case 'text':
      return kind.form === undefined ? 'a text' : FORMS[kind.form].words;
    case 'flag':
      return `alone, or ${either(['true', 'false', ...(kind.or ?? [])])}`;
    case 'duration':
    case 'span':
      return `a duration${kind.some ? ' over 0,' : ''} such as \`30s\`, \`5m\`, \`1h30m\` or \`2d\`; a number alone is seconds`;
    case 'count':
      return `a whole number${kind.most === undefined ? '' : ` up to ${kind.most}`}`;
    case 'number':
      return 'a number over 0';
    case 'codes':
      return 'exit codes such as `0,3`';
    case 'choice':
      return either(kind.of);
    case 'scalar':
      return `a text, a number, \`true\` or \`false\`${kind.list === true ? ', or a list of them' : ''}`;
    case 'scalars':
      return 'a list of texts or numbers';
    case 'texts':
      if (kind.of !== undefined) return `a list of ${either(kind.of)}`;
      return kind.form === undefined
        ? 'a text, or a list of them'
        : `${FORMS[kind.form].words}, or a list of them`;
    case 'map':
      return `names, each with ${valueInWords(kind.of)}`;
    case 'group':
      return `fields: ${Object.keys(kind.words)
        .map((name) => `\`${name}\``)
        .join(', ')}`;
    case 'groups':
      return `a list of entries with the fields ${Object.keys(kind.words)
        .map((name) => `\`${name}\``)
        .join(', ')}`;
    default:
      return kind satisfies never;
  }
}
/** What texts of a form are called, and which are of it where that can be seen without the runbook. */
export const FORMS: Readonly<
  Record<TextForm, { readonly words: string; readonly fits?: (text: string) => boolean }>
> = {
  command: { words: 'the name of one command', fits: (text) => /^[^\s,]+$/.test(text) },
  condition: { words: 'a condition such as `environment = production and days < 21`' },
  connection: { words: 'the name of a connection' },
  cron: { words: 'five fields such as `0 2 * * 1-5`, or `@daily`' },
  database: {
    words: 'the address of a PostgreSQL database, such as `postgres://db1/shop` or `$DATABASE_URL`',
    // `DATABASE_URL` is a variable whose `$` was forgotten.
    fits: (text) =>
      /^(?:postgres(?:ql)?|socket):/i.test(text) ||
      !(/^[a-z][a-z\d+.-]*:/i.test(text) || /^[A-Z][A-Z\d_]*$/.test(text)),
  },
  date: { words: 'a date such as `2027-03-31`', fits: isDay },
  each: {
    words: 'a name and a list, such as `host in hosts`',
    fits: (text) => parseEach(text) !== undefined,
  },
  env: {
    words: 'the name of an environment variable, such as `DB_HOST`',
    fits: (text) => /^[A-Za-z_]\w{0,127}$/.test(text),
  },
  host: {
    words: 'the name of one host as `ssh` knows it, such as `db1` or `ada@db1`',
    fits: (text) => /^[^\s,-][^\s,]*$/.test(text),
  },
  input: {
    words: 'a name of letters, digits, `_`, `-` and `.`, such as `version`',
    fits: (text) => /^[A-Za-z_][\w.-]{0,127}$/.test(text),
  },
  'on-fail': {
    words: '`stop`, `continue`, `rollback` or `goto #procedure`',
    fits: (text) => /^(?:stop|continue|rollback|goto #\S{1,200})$/.test(text),
  },
  pattern: { words: 'a regular expression that the whole value has to match' },
  place: { words: '`container:NAME` or `pod:NAMESPACE/NAME`' },
  regex: { words: 'a regular expression' },
  rules: { words: 'names of rules of `check`' },
  timezone: { words: 'a time zone such as `Europe/Zagreb`' },
  words: {
    words: 'words, split by commas',
    fits: (text) => text.split(',').every((word) => word.trim() !== ''),
  },
  webhook: {
    words: 'an address that begins with `https://` or `http://`, or a variable such as `$HOOK_URL`',
    fits: (text) => /^\$(?:\w+$|\{\w+\}$)/.test(text) || isWebAddress(text),
  },
};

/** Whether a notice can be sent there, with whatever its variables are. */
function isWebAddress(text: string): boolean {
  const filled = text.replace(/\$(?:\{\w+\}|\w+)/g, 'x');
  return /^https?:\/\/[^/\s]/i.test(filled) && URL.canParse(filled) && !/\s/.test(filled);
}

/** "`a`, `b` or `c`". */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** Whether a day of that name comes: `2026-02-31` does not. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString().startsWith(text);
}
