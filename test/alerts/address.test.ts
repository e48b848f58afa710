import { describe, expect, test } from 'vitest';
import { isAnchorOf, leadOf } from '../../src/alerts/address.ts';

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

  test('a heading as GitHub makes anchors, in any case, and with open places', () => {
    expect(isAnchorOf('drain-it', 'drain-it')).toBe(true);
    expect(isAnchorOf('Drain-It', 'drain-it')).toBe(true);
    expect(isAnchorOf('…-it', 'drain-it')).toBe(true);
    expect(isAnchorOf('…-that', 'drain-it')).toBe(false);
    expect(isAnchorOf('drain', 'drain-it')).toBe(false);
  });
});
