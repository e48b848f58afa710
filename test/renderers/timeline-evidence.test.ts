import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { EvidenceFile } from '../../src/engine/contracts/timeline-renderer.ts';
import { timelineEvidence } from '../../src/renderers/timeline-evidence.ts';
import { incidentSeven } from '../support/incident-seven.ts';
import { rendered, timelineOf } from '../support/timelines.ts';

const file = (path: string, ...chunks: string[]): EvidenceFile => ({
  path,
  bytes: () => chunks.map((chunk) => Buffer.from(chunk)),
});
const evidence = () => [
  file('runs/x/log.jsonl', '{"a":1}\n', '{"b":2}\n'),
  file('verify.txt', 'sound\n'),
  file('runs/x/empty.log'),
];

/** What an unzipper that we did not write finds. */
function unzip(
  bytes: Buffer,
): Promise<Map<string, { readonly content: string; readonly mtime: string }>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure);
      const found = new Map<string, { readonly content: string; readonly mtime: string }>();
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          text(stream).then((content) => {
            found.set(entry.fileName, { content, mtime: String(entry.lastModFileDate) });
            zip.readEntry();
          }, reject);
        });
      });
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

test('the zip holds the timeline and every file that proves it, with their sums', async () => {
  const files = await unzip(
    await rendered(timelineEvidence, await timelineOf(incidentSeven), { evidence }),
  );
  expect([...files.keys()]).toEqual([
    'timeline.md',
    'timeline.html',
    'timeline.json',
    'runs/x/log.jsonl',
    'verify.txt',
    'runs/x/empty.log',
    'SHA256SUMS',
  ]);
  expect(files.get('runs/x/log.jsonl')?.content).toBe('{"a":1}\n{"b":2}\n');
  expect(JSON.parse(files.get('timeline.json')?.content ?? '').events).toHaveLength(15);
  for (const line of (files.get('SHA256SUMS')?.content ?? '').trimEnd().split('\n')) {
    const [sum, name] = line.split('  ');
    expect(
      createHash('sha256')
        .update(files.get(name ?? '')?.content ?? '')
        .digest('hex'),
    ).toBe(sum);
  }
});

test('the same record gives the same bytes, also in another time zone', async () => {
  const once = await rendered(timelineEvidence, await timelineOf(incidentSeven), { evidence });
  const zone = process.env['TZ'];
  try {
    process.env['TZ'] = 'Pacific/Auckland';
    const again = await rendered(timelineEvidence, await timelineOf(incidentSeven.toReversed()), {
      evidence,
    });
    expect(again.equals(once)).toBe(true);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
