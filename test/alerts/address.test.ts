import { describe, expect, test } from 'vitest';
import { anchored, leadOf, lineNamed } from '../../src/alerts/address.ts';

const PAGES = ['queue.md', 'db/failover.md', 'db/README.md', 'web/failover.md', 'docs/HighLoad.md'];

/** `page#anchor` of an address, or why there is none. */
function lead(address: string, labels: Readonly<Record<string, string>> = {}): string {
  const found = leadOf(address, labels, PAGES);
  if (found.to === 'nothing') return found.why;
  return `${found.paths.join(' | ')}${found.anchor === null ? '' : `#${found.anchor}`}`;
}

describe('an address leads to', () => {
  test.each<[string, string, Record<string, string>?]>([
    ['queue.md', 'queue.md'],
    ['./queue.md#drain-it', 'queue.md#drain-it'],
    ['runbooks/db/failover.md', 'db/failover.md'],
    [
      'https://github.com/acme/ops/blob/main/runbooks/db/failover.md#step-2',
      'db/failover.md#step-2',
    ],
    ['https://ops.example.net/db/failover/', 'db/failover.md'],
    ['https://ops.example.net/db/failover.html?from=alert#now', 'db/failover.md#now'],
    ['https://ops.example.net/runbooks/db/', 'db/README.md'],
    ['https://ops.example.net/runbooks/db/index.html', 'db/README.md'],
    ['https://ops.example.net/HighLoad', 'docs/HighLoad.md'],
    ['https://ops.example.net/web/failover#Caf%C3%A9', 'web/failover.md#Café'],
    ['https://ops.example.net/{{ $labels.alertname }}', 'queue.md', { alertname: 'Queue' }],
    [
      'https://ops.example.net/{{ .Labels.alertname | toLower }}.html',
      'queue.md',
      { alertname: 'QUEUE' },
    ],
    ['https://x.net/{{ $labels.tier }}/failover', 'db/failover.md | web/failover.md'],
    ['https://x.net/queue#{{ $labels.part }}-it', 'queue.md#…-it'],
    ['https://docs.example.net/#/db/failover?id=step-2', 'db/failover.md#step-2'],
    ['https://docs.example.net/#!/queue', 'queue.md'],
    [
      'https://dev.azure.com/acme/ops/_git/docs?path=/db/failover.md&_a=preview&anchor=step-2',
      'db/failover.md#step-2',
    ],
    ['https://dev.azure.com/acme/_wiki/wikis/ops?pagePath=%2FDocs%2FHighLoad', 'docs/HighLoad.md'],
    ['https://x.net/queue?path=here', 'queue.md'],
    ['https://x.net/queue#drain-it:~:text=Queue', 'queue.md#drain-it'],
    ['https://x.net/queue/#:~:text=is%20full', 'queue.md'],
    ['https://x.net/#/queue?id=drain-it:~:text=Queue', 'queue.md#drain-it'],
    [
      'https://dev.azure.com/acme/_git/docs?path=/%00failover',
      'no runbook is called `\ufffdfailover`',
    ],
    [
      'https://github.com/acme/ops/wiki/new/failover',
      'no runbook is called `failover` there (elsewhere: db/failover.md, web/failover.md)',
    ],
    ['failover', 'it could be any of db/failover.md, web/failover.md'],
    ['https://ops.example.net/old/fail-over', 'no runbook is called `fail-over`'],
    ['https://ops.example.net/', 'it names no file'],
    ['#drain-it', 'it names no file'],
    ['https://x.net/{{ $labels.constructor }}/queue', 'queue.md'],
    ['https://x.net/%00failover', 'no runbook is called `\ufffdfailover`'],
    ['https://x.net/\u0000failover', 'no runbook is called `\ufffdfailover`'],
    [
      'https://x.net/{{ $labels.a }}failover',
      'no runbook is called `\ufffdfailover`',
      { a: '\u0000' },
    ],
    ['{{ $labels.runbook', 'no runbook is called `{{ $labels.runbook`'],
  ])('%s', (address, expected, labels = {}) => {
    expect(lead(address, labels)).toBe(expected);
  });

  const HEADINGS = ['drain-it', 'café--überprüfung-v20', 'drain-it-1', '1-look', 'a-b', 'a--b'];

  test.each([
    ['drain-it', 'drain-it'],
    ['Drain-It', 'drain-it'],
    ['drain', ''],
    ['', ''],
    ['…-it', 'drain-it'],
    ['…-that', ''],
    ['user-content-drain-it', 'drain-it'],
    ['drain-it_1', 'drain-it-1'],
    ['_1-look', '1-look'],
    ['cafe-uberprufung-v20', 'café--überprüfung-v20'],
    ['a--b', 'a--b'],
    ['a-b', 'a-b'],
    // Which of two that others call the same is not known.
    ['a_b', ''],
    ['-', ''],
  ])('the anchor %s is the heading %s', (anchor, expected) => {
    expect(anchored(anchor, HEADINGS, (slug) => slug).join(' ')).toBe(expected);
  });

  test.each([
    ['L12', 12],
    ['L12-L20', 12],
    ['L12C3-L20C1', 12],
    ['lines-7:9', 7],
    ['L', undefined],
    ['L12x', undefined],
    ['level-12', undefined],
  ])('the anchor %s is line %s', (anchor, line) => {
    expect(lineNamed(anchor)).toBe(line);
  });
});

test.each([
  'javascript:alert(1)//queue.md',
  'JavaScript://x/queue.md%0aalert(1)',
  ' java\nscript:queue.md',
  'data:text/html,/queue.md',
  'vbscript:queue',
  'mailto:ops@example.net/queue.md',
  'ssh://git@host/queue.md',
])('nobody opens a page with the scheme of %j', (address) => {
  expect(lead(address)).toMatch(/^nobody opens a page with `[a-z]+:`/);
});

test.each([
  'C:/docs/queue.md',
  'wiki:8080/queue.md',
  'file:///srv/queue.md',
  'HTTPS://x.net/queue.md',
  '{{ $externalURL }}/queue.md',
])('and a drive, a port and a template are no scheme: %j', (address) => {
  expect(lead(address)).toBe('queue.md');
});

test.each([
  ['https://github.com/acme/ops/blob/main/runbooks/README.md#look', 'README.md#look'],
  ['https://ops.example.net/index.html#look', 'README.md#look'],
  ['https://ops.example.net/#look', 'README.md#look'],
  ['/', 'README.md'],
  ['https://ops.example.net', 'README.md'],
  ['https://ops.example.net#look', 'README.md#look'],
  ['https://ops.example.net?from=alert', 'README.md'],
  ['runbooks/db/README.md', 'db/README.md'],
  ['#look', 'it names no file'],
])('the index of the folder of runbooks itself is led to by its own name: %s', (address, where) => {
  const found = leadOf(address, {}, ['README.md', 'db/README.md', 'queue.md']);
  expect(
    found.to === 'nothing' ? found.why : `${found.paths}${found.anchor ? `#${found.anchor}` : ''}`,
  ).toBe(where);
});

test.each([
  ['https://x.net/docs/db.mdx#look', 'db.mdx'],
  ['db.mdx', 'db.mdx'],
  ['https://x.net/docs/db.html', 'db.mdx'],
  ['https://x.net/docs/db/', 'db/index.md'],
  ['https://x.net/docs/db/#look', 'db/index.md'],
  ['https://x.net/docs/db/index.html', 'db/index.md'],
  ['https://x.net/docs/db', 'it could be any of db.mdx, db/index.md'],
  ['https://x.net/docs/web.md', 'web.md'],
  ['https://x.net/docs/web.markdown', 'web.markdown'],
  ['https://x.net/docs/web', 'it could be any of web.markdown, web.md'],
  ['https://x.net/docs/only/', 'only.md'],
])('of a page and a folder of one name it is the one that is spelled: %s', (address, where) => {
  const pages = ['db.mdx', 'db/index.md', 'web.markdown', 'web.md', 'only.md'];
  const found = leadOf(address, {}, pages);
  expect(found.to === 'nothing' ? found.why : found.paths.join(' ')).toBe(where);
});
