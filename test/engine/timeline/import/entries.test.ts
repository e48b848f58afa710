import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImportMapping } from '../../../../src/engine/timeline/import/columns.ts';
import { csvRecords } from '../../../../src/engine/timeline/import/csv-records.ts';
import { importEntries } from '../../../../src/engine/timeline/import/entries.ts';
import { slackUsers } from '../../../../src/engine/timeline/import/slack.ts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function entries(
  name: string,
  text: string,
  mapping: ImportMapping = {},
  users = new Map<string, string>(),
) {
  const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
  const found = [];
  const file = {
    name,
    pieces: each(pieces),
    mapping,
    timezone: 'Europe/Zagreb',
    users,
    channel: 'inc-7',
  };
  for await (const entry of importEntries(file)) found.push(entry);
  return found;
}

test('a CSV of chat messages is read by the usual names of its columns', async () => {
  const text =
    'timestamp,user,message,id\r\n2026-11-20T02:01:00Z,Ana,"logins fail, ""500""\nsince two",m1\r\n2026-11-20 03:02,Ivo,on it,m2\r\n';
  expect(await entries('chat.csv', text)).toMatchObject([
    {
      id: 'm1',
      line: 2,
      occurredAt: '2026-11-20T02:01:00.000Z',
      by: 'Ana',
      text: 'logins fail, "500"\nsince two',
      kind: 'communication',
    },
    {
      id: 'm2',
      line: 4,
      occurredAt: '2026-11-20T02:02:00.000Z',
      by: 'Ivo',
      text: 'on it',
      actorType: 'human',
    },
  ]);
});

test('columns of other names are mapped by hand', async () => {
  const text = 'wann;wer;was;nr\n1763604000;Ana;es brennt;7\n';
  expect(
    await entries('x.csv', text, { time: 'wann', actor: 'wer', text: 'was', id: 'nr' }),
  ).toMatchObject([
    { id: '7', occurredAt: '2025-11-20T02:00:00.000Z', by: 'Ana', text: 'es brennt' },
  ]);
});

test('alerts are read from JSON lines, nested values and all', async () => {
  const alert = {
    startsAt: '2026-11-20T02:00:00.5Z',
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: 'f1',
    labels: { alertname: 'LoginErrors' },
    annotations: { description: '5 % of logins fail' },
    generatorURL: 'https://alerts.example.com/f1',
  };
  expect(await entries('alerts.jsonl', `${JSON.stringify(alert)}\n\n`)).toEqual([
    {
      id: 'f1',
      line: 1,
      occurredAt: '2026-11-20T02:00:00.500Z',
      endedAt: null,
      by: 'unknown',
      actorType: 'service',
      text: 'LoginErrors',
      body: '5 % of logins fail',
      kind: 'communication',
      milestone: null,
      url: 'https://alerts.example.com/f1',
    },
  ]);
});

test('a Slack export gives names, mentions and links in plain words, without who joined', async () => {
  const users = slackUsers([
    { id: 'U1', profile: { display_name: 'Ana' } },
    { id: 'U2', name: 'ivo' },
  ]);
  const text = JSON.stringify([
    {
      type: 'message',
      subtype: 'channel_join',
      ts: '1763604000.000100',
      user: 'U1',
      text: '<@U1> joined',
    },
    {
      type: 'message',
      ts: '1763604001.000200',
      user: 'U1',
      text: '<@U2> look: <https://x.example/d|graph> &lt;b&gt;',
    },
    {
      type: 'message',
      subtype: 'bot_message',
      ts: '1763604002.500000',
      username: 'alertbot',
      text: 'FIRING',
    },
  ]);
  expect(await entries('2025-11-20.json', text, {}, new Map(users))).toMatchObject([
    {
      id: 'slack:inc-7:1763604001.000200',
      occurredAt: '2025-11-20T02:00:01.000Z',
      by: 'Ana',
      text: '@ivo look: graph (https://x.example/d) <b>',
    },
    { occurredAt: '2025-11-20T02:00:02.500Z', by: 'alertbot', actorType: 'service' },
  ]);
});

const rich = (...elements: readonly object[]): object => ({
  type: 'message',
  ts: '1763604001.000200',
  user: 'U1',
  text: '',
  blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }],
});
const LINK = { type: 'link', url: 'https://x.example/q' };

test.each([
  ['an emoji', [LINK, { type: 'emoji', name: 'fire' }], 'https://x.example/q :fire:'],
  ['a mention', [LINK, { type: 'user', user_id: 'U1' }], 'https://x.example/q @Ana'],
  ['a channel', [LINK, { type: 'channel', channel_id: 'C1' }], 'https://x.example/q #C1'],
  ['a link', [LINK, LINK], 'https://x.example/q https://x.example/q'],
  ['a word', [LINK, { type: 'text', text: 'now' }], 'https://x.example/q now'],
  ['a full stop', [LINK, { type: 'text', text: '.' }], 'https://x.example/q.'],
  ['a blank', [LINK, { type: 'text', text: ' now' }], 'https://x.example/q now'],
  ['a word before it', [{ type: 'text', text: 'see' }, LINK], 'see https://x.example/q'],
  [
    'brackets',
    [{ type: 'text', text: '(' }, LINK, { type: 'text', text: ')' }],
    '(https://x.example/q)',
  ],
])('of Slack, an address stays what it is beside %s', async (_, elements, text) => {
  const users = new Map([['U1', 'Ana']]);
  const [entry] = await entries('2025-11-20.json', JSON.stringify([rich(...elements)]), {}, users);
  expect(entry?.text).toBe(text);
});

test('an entry without an id is known by its content', async () => {
  const [once] = await entries('x.jsonl', '{"time":"2026-11-20T02:00:00Z","text":"a"}');
  const [again] = await entries('y.jsonl', '\n{"time":"2026-11-20T02:00:00Z","text":"a"}');
  expect(again?.id).toBe(once?.id);
});

test.each([
  ['x.csv', 'a,b\n1,2\n', /entry 2 has no time; say where it stands with --map time=NAME/],
  ['x.jsonl', '{"time":"2026-11-20T02:00:00Z"}', /entry 1 has no text/],
  ['x.jsonl', '{"time":"soon","text":"a"}', /`soon` in entry 1 is not a time/],
  ['x.jsonl', '{nope', /line 1 is no JSON/],
  ['x.json', '{"a":1}', /holds no list of entries/],
  ['x.pdf', 'a', /ends neither in/],
  ['x.txt', 'a', /line 1 does not say when it was said/],
])('%s that cannot be read says where and why', async (name, text, message) => {
  await expect(entries(name, text)).rejects.toThrow(message);
});

test('no import can pass for a step or for the system', async () => {
  for (const kind of ['step', 'system', 'gap']) {
    const [entry] = await entries(
      'x.jsonl',
      JSON.stringify({ time: '2026-11-20T02:00:00Z', text: 'a', kind }),
    );
    expect(entry?.kind).toBe('communication');
  }
});

test('CSV of any content, written by another program, is read as it was', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('"', ',', '\n', '\r\n', '""', ';', '\t', ' '),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const text = stringify([['a', 'b', 'c'], ...rows], {
          record_delimiter: '\r\n',
          quoted: true,
        });
        const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
        const read = [];
        for await (const found of csvRecords(each(pieces)))
          read.push('fields' in found ? found.fields : found);
        expect(read.slice(1)).toEqual(rows);
      },
    ),
  );
});

test('an alert that Slack keeps in attachments, blocks or files is told in its own words', async () => {
  const messages = [
    {
      subtype: 'bot_message',
      text: '',
      attachments: [{ fallback: '[FIRING] PoolFull', title: 'PoolFull', text: '98 of 100 used' }],
    },
    {
      text: '',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Disk' } },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'is at ' },
                { type: 'text', text: '97 %' },
              ],
            },
          ],
        },
      ],
    },
    { text: '', attachments: [{ fallback: 'only this' }] },
    { text: ' ', files: [{ name: 'a.png', title: 'Pool over the day' }] },
    { text: '', attachments: [{ title: 'Disk', fields: [{ title: 'host', value: 'db1' }] }] },
    {
      text: '*Back* on `*v*` ~2 3~',
      attachments: [{ text: 'page', from_url: 'https://a.example' }],
    },
    { text: 'Seen', attachments: [{ text: 'all *good* now' }], files: [{ title: 'Log' }] },
    {
      text: '',
      blocks: [
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*load* 9' }] },
        { type: 'image', alt_text: 'load over the day' },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'user', user_id: 'U7' },
                { type: 'text', text: ' see ' },
                { type: 'link', url: 'https://a.example/x' },
              ],
            },
          ],
        },
      ],
    },
    { text: '' },
  ].map((message, at) => ({ type: 'message', user: 'U1', ts: `1795928${450 + at}.0`, ...message }));
  expect((await entries('day.json', JSON.stringify(messages))).map(({ text }) => text)).toEqual([
    'PoolFull 98 of 100 used',
    'Disk\nis at 97 %',
    'only this',
    'file a.png',
    'Disk host: db1',
    'Back on `*v*` 2 3',
    'Seen\nall good now\nfile Log',
    'load 9\nload over the day\n@U7 see https://a.example/x',
    '(a message without text)',
  ]);
});

test('where Slack leads with titles, links, buttons and files stays in the words, and no marks of code do', async () => {
  const at = 'https://a.example/x?b=1';
  const messages = [
    { text: '', attachments: [{ title: 'PoolFull', title_link: at, text: '98 of 100' }] },
    {
      text: '',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'see ' },
                { type: 'link', url: at, text: 'the graph' },
              ],
            },
          ],
        },
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'Silence' }, url: at }],
        },
      ],
    },
    { text: '```pid 4711\n| a |```\nsee', files: [{ name: 'pool.png', permalink: at }] },
    { text: '', attachments: [{ title: at, title_link: at }] },
    { text: '', attachments: [{ title: 'no', title_link: 'javascript:alert(1)' }] },
  ].map((message, nth) => ({
    type: 'message',
    user: 'U1',
    ts: `1795928${450 + nth}.0`,
    ...message,
  }));
  expect((await entries('day.json', JSON.stringify(messages))).map(({ text }) => text)).toEqual([
    `PoolFull (${at}) 98 of 100`,
    `see the graph (${at})\nSilence (${at})`,
    `pid 4711\n| a |\nsee\nfile pool.png (${at})`,
    at,
    'no',
  ]);
});

test('a chat that was copied as text is read message by message, and a line without a day is named', async () => {
  const text = [
    'before the first',
    '2026-11-20 03:05 ana: logins fail, see https://x.example/a:b',
    'since two `kubectl`\r',
    '[2026-11-20T02:06:07Z] <@bo> on it',
    '2026-11-20 03:07\tAna Horvat\tdrained',
    '2026-11-20 02:08 UTC - Error 500 everywhere',
    '03:09 zoe: thanks',
    '20/11/2026, 03:10 - Zoe: thanks',
    '10.0.0.7 is back, 1.5 s',
    '2026-10-25 02:30 ana: twice that night',
  ].join('\n');
  const told: string[] = [];
  const found = [];
  const file = {
    name: 'chat.txt',
    pieces: each([text]),
    mapping: {},
    timezone: 'Europe/Zagreb',
    users: new Map<string, string>(),
    channel: '',
    onUnread: (why: string) => told.push(why),
  };
  for await (const entry of importEntries(file)) found.push(entry);
  expect(found.map((entry) => [entry.line, entry.occurredAt, entry.by, entry.text])).toEqual([
    [
      2,
      '2026-11-20T02:05:00.000Z',
      'ana',
      'logins fail, see https://x.example/a:b\nsince two `kubectl`',
    ],
    [4, '2026-11-20T02:06:07.000Z', 'bo', 'on it'],
    [5, '2026-11-20T02:07:00.000Z', 'Ana Horvat', 'drained'],
    [6, '2026-11-20T02:08:00.000Z', 'unknown', 'Error 500 everywhere\n10.0.0.7 is back, 1.5 s'],
  ]);
  expect(told.map((why) => /line \d+|in entry \d+/.exec(why)?.[0])).toEqual([
    'line 1',
    'line 7',
    'line 8',
    'in entry 10',
  ]);
});

test('incidents of PagerDuty as a CSV, and what Opsgenie keeps of an alert, are read as they come', async () => {
  const csv =
    'id,incident_number,description,service_name,created_on,resolved_on\r\nQ1,41,Logins fail,api,2026-11-20T02:00:00Z,2026-11-20T02:30:00Z\r\n';
  expect(await entries('incidents.csv', csv)).toMatchObject([
    { id: 'Q1', text: 'Logins fail', body: null, endedAt: '2026-11-20T02:30:00.000Z' },
  ]);
  const data = [
    ['Alert created via API', 'detected'],
    ['Alert acknowledged via web', 'acknowledged'],
    ['Alert closed via API', 'resolved'],
    ['Added note: closed the door', null],
  ] as const;
  const logs = data.map(([log], nth) => ({
    log,
    type: 'system',
    owner: 'bo@example.com',
    createdAt: `2026-11-20T02:0${nth}:00.5Z`,
  }));
  expect(await entries('log.json', JSON.stringify({ data: logs, took: 1 }))).toMatchObject(
    data.map(([text, milestone]) => ({ text, milestone, by: 'bo@example.com' })),
  );
});

test('an entry that cannot be read is named, and the others come in', async () => {
  const unread: string[] = [];
  const read = async (name: string, text: string) => {
    const found: string[] = [];
    const file = {
      name,
      pieces: each([text]),
      mapping: {},
      timezone: 'UTC',
      users: new Map<string, string>(),
      channel: '',
      onUnread: (why: string) => unread.push(why),
    };
    for await (const entry of importEntries(file)) found.push(entry.text);
    return found;
  };
  const csv = 'time,text\n2026-11-20T02:00:00Z,one\nsoon,two\n2026-11-20T02:02:00Z,three\n';
  expect(await read('chat.csv', csv)).toEqual(['one', 'three']);
  const lines =
    '{"time":"2026-11-20T02:00:00Z","text":"one"}\n{broken\n{"time":"2026-11-20T02:01:00Z","text":"two"}\n';
  expect(await read('chat.jsonl', lines)).toEqual(['one', 'two']);
  expect(unread).toEqual([
    expect.stringMatching(/`soon` in entry 3 is not a time/),
    expect.stringMatching(/line 2 is no JSON/),
  ]);
  await expect(read('chat.csv', 'time,text\nsoon,one\n')).rejects.toThrow('is not a time');
});

const row = (line: number, text: string) => `2026-11-20T02:0${line}:00Z,${text}\n`;
const LONG = 'x'.repeat(1_000_001);

test.each([
  ['a quote that nothing closes', `${row(2, '"open')}${row(3, 'b')}${row(4, 'c')}`, ['b', 'c'], 2],
  [
    'a quote that the next one closes',
    `${row(2, 'a')}${row(3, '"open')}${row(4, '"c, d"')}${row(5, 'e')}`,
    ['a', 'c, d', 'e'],
    3,
  ],
  ['an open quote on the last line', `${row(2, 'a')}2026-11-20T02:03:00Z,"b`, ['a'], 3],
  [
    'an open quote behind a field of two lines',
    `${row(2, '"a\nb"')}"2026-11-20\nT02",",x\n${row(6, 'c')}`,
    ['a\nb', 'c'],
    5,
  ],
  ['a line that never ends', `${row(2, 'a')}${row(3, LONG)}${row(4, 'c')}`, ['a', 'c'], 3],
  ['a quoted line that never ends', `${row(2, `"${LONG}`)}${row(3, 'b')}`, ['b'], 2],
  ['a quote over a million characters', `${row(2, '"a')}b\n${LONG}\n${row(5, 'c')}`, ['c'], 2],
])('%s costs its own lines of a CSV and is named', async (_, lines, texts, line) => {
  for (const size of [7, 65_536]) {
    const pieces = `time,text\n${lines}`.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    const [read, unread]: [string[], string[]] = [[], []];
    const file = {
      name: 'chat.csv',
      pieces: each(pieces),
      mapping: {},
      timezone: 'UTC',
      users: new Map<string, string>(),
      channel: '',
      onUnread: (why: string) => unread.push(why),
    };
    for await (const { text } of importEntries(file)) read.push(text);
    expect(read).toEqual(texts);
    expect(unread[0]).toMatch(new RegExp(`^\`chat\\.csv\` comes in without a part: line ${line} `));
  }
});

test('a CSV whose header opens a quote that nothing closes is refused', async () => {
  await expect(entries('chat.csv', `"time,text\n${row(2, 'a')}`)).rejects.toThrow(
    '`chat.csv` cannot be imported: line 1 opens a quote that nothing closes.',
  );
});

test('whatever quotes stand in a CSV, each line is read or named', async () => {
  const piece = fc.constantFrom('"', '""', 'a', ',', '\r\n', '\n', ' ');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (parts) => {
      const broken = parts.join('');
      const found = [];
      for await (const each_ of csvRecords(each([`h,i\nfirst,1\n${broken}\nlast,"2"\n`])))
        found.push(each_);
      const words = JSON.stringify(found);
      const isWhole = found.some((each_) => 'fields' in each_ && each_.fields[0] === 'last');
      const isNamed = found.some((each_) => 'why' in each_);
      const isInside = found.some(
        (each_) => 'fields' in each_ && each_.fields.some((field) => field.includes('\nlast,')),
      );
      expect(words).toContain('first');
      expect(isWhole || isNamed || isInside).toBe(true);
    }),
  );
});

test('log entries of PagerDuty and columns in any spelling are read by their names', async () => {
  const log = {
    log_entries: [
      {
        id: 'R1',
        type: 'acknowledge_log_entry',
        summary: 'Acknowledged',
        created_at: '2026-11-20T02:05:00Z',
        agent: { summary: 'Ana Kos' },
        channel: { summary: 'by phone' },
        html_url: 'https://pd.example/R1',
      },
    ],
  };
  expect(await entries('log.json', JSON.stringify(log))).toMatchObject([
    {
      id: 'R1',
      text: 'Acknowledged',
      by: 'Ana Kos',
      body: 'by phone',
      url: 'https://pd.example/R1',
    },
  ]);
  expect(
    await entries('x.csv', 'Created On,Description,Message\n2026-11-20T02:05:00Z,more,down\n'),
  ).toMatchObject([{ occurredAt: '2026-11-20T02:05:00.000Z', text: 'down', body: 'more' }]);
});

test('a time that the clocks showed twice says how it is to be written', async () => {
  await expect(entries('x.csv', 'time,text\n2026-10-25 02:30,x\n')).rejects.toThrow(
    /entry 2 is not a time: clocks in Europe\/Zagreb showed it twice, write \+02:00 or \+01:00/,
  );
});

const DEEDS: readonly (readonly [fields: object, milestone: string | null])[] = [
  [{ type: 'trigger_log_entry' }, 'detected'],
  [{ type: 'acknowledge_log_entry' }, 'acknowledged'],
  [{ type: 'resolve_log_entry' }, 'resolved'],
  [{ type: 'unacknowledge_log_entry' }, null],
  [{ type: 'reach_ack_limit_log_entry' }, null],
  [{ type: 'annotate_log_entry' }, null],
  [{ event_type: 'incident.acknowledged' }, 'acknowledged'],
  [{ action: 'Acknowledge' }, 'acknowledged'],
  [{ message_type: 'RECOVERY' }, 'resolved'],
  [{ type: 'message', milestone: 'mitigated' }, 'mitigated'],
  // How it stands now says nothing of when it began.
  [{ type: 'incident', status: 'resolved' }, null],
];

test('what a paging tool did to an alert is a milestone', async () => {
  const at = '2026-10-25T00:30:00Z';
  const lines = DEEDS.map(([fields], nth) => JSON.stringify({ id: nth, at, text: 'x', ...fields }));
  const found = await entries('log.jsonl', lines.join('\n'));
  expect(found.map(({ milestone }) => milestone)).toEqual(DEEDS.map(([, name]) => name));
});

test("PagerDuty's log entries say who did it, and a note says what was noted", async () => {
  const agent = { type: 'user_reference', summary: 'Ana Horvat' };
  const entry = { created_at: '2026-10-25T00:30:00Z', agent };
  const log_entries = [
    { ...entry, id: 'R1', type: 'annotate_log_entry', summary: 'Note added by Ana Horvat.' },
    { ...entry, id: 'R2', type: 'trigger_log_entry', summary: 'Triggered through the API.' },
  ];
  const [note, trigger] = log_entries;
  const channels = [
    { ...note, channel: { type: 'note', summary: 'failing over' } },
    {
      ...trigger,
      agent: { type: 'service_reference', summary: 'db' },
      channel: { type: 'api', summary: 'Logins fail' },
    },
  ];
  expect(await entries('pd.json', JSON.stringify({ log_entries: channels }))).toMatchObject([
    { by: 'Ana Horvat', actorType: 'human', text: 'failing over', body: null, milestone: null },
    {
      by: 'db',
      actorType: 'service',
      text: 'Logins fail',
      body: null,
      milestone: 'detected',
    },
  ]);
});

const DEEP = `[{"ts":"1763632800.1","text":"x","z":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`;

test.each([
  [
    'more values than columns',
    'x.csv',
    'time,text\n2026-11-20T10:00Z,one, two\n',
    /3 values for 2 columns/,
  ],
  ['a day that there is not', 'x.csv', 'time,text\n2026-02-30T10:00Z,x\n', /is not a time/],
  ['another such day', 'x.csv', 'time,text\n2026-04-31T10:00:00.000Z,x\n', /is not a time/],
  ['an entry nested too deeply', 'x.json', DEEP, /entry 1 is nested too deeply/],
])('%s is told, and neither guessed at nor cut in silence', async (_, name, text, words) => {
  await expect(entries(name, text)).rejects.toThrow(words);
});

test('messages of Microsoft Teams are read with their answers, and without what tells who joined', async () => {
  const message = (id: string, content: string, more: object = {}): object => ({
    id,
    messageType: 'message',
    createdDateTime: `2026-11-21T02:53:0${id}.035Z`,
    from: { application: null, user: { id: 'x', displayName: 'Robin Kline' } },
    body: { contentType: 'html', content },
    ...more,
  });
  const bot = { from: { application: { displayName: 'Alerts' }, user: null } };
  const exported = {
    '@odata.count': 3,
    value: [
      message(
        '1',
        '<div><p>Hello <b>World</b>&amp;&nbsp;all &lt;x&gt;</p><p>two<br/>three</p></div>',
        {
          replies: [message('2', 'a < b', { body: { contentType: 'text', content: 'a < b' } })],
        },
      ),
      message('3', '<systemEventMessage/>', { messageType: 'systemEventMessage' }),
      message('4', '<p><at id="0">Ana</at>, see</p>', {
        ...bot,
        attachments: [{ name: 'log.txt' }],
      }),
      message('5', '', { from: null }),
    ],
  };
  const found = await entries('teams.json', JSON.stringify(exported));
  expect(found.map(({ id, by, actorType, text }) => [id, by, actorType, text])).toEqual([
    ['teams:1', 'Robin Kline', 'human', 'Hello World& all <x>\ntwo\nthree'],
    ['teams:2', 'Robin Kline', 'human', 'a < b'],
    ['teams:4', 'Alerts', 'service', '@Ana, see\nfile log.txt'],
    ['teams:5', 'unknown', 'human', '(a message without text)'],
  ]);
  expect(found[0]?.occurredAt).toBe('2026-11-21T02:53:01.035Z');
});
