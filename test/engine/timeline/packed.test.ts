import { expect, test } from 'vitest';
import { draftEvent } from '../../../src/engine/timeline/draft.ts';
import { Packing } from '../../../src/engine/timeline/packed.ts';

/** Each with evidence and a source of its own, so that there are more than are kept by number. */
function event(number: number) {
  return draftEvent({
    id: `r#${number}`,
    occurredAt: '2026-11-20T02:00:00.000Z',
    recordedAt: `2026-11-20T02:00:0${number % 2}.000Z`,
    kind: 'step',
    title: `"tab\t${number}"`,
    body: number % 3 === 0 ? 'two\nlines\t' : null,
    actor: { name: 'ana\t1', type: 'human' },
    source: {
      type: 'run',
      run: 'r',
      step: `s${number}`,
      procedure: null,
      host: 'h\t',
      file: null,
    },
    evidence: [{ label: '1', path: `a\t${number}`, url: null, sha256: null, line: number }],
  });
}

test('events are read back as they were, however many different ones there are', () => {
  const packing = new Packing();
  const events = Array.from({ length: 6000 }, (_, number) => event(number));
  const lines = [...events, ...events].map((each) => packing.pack(each));
  expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
  expect(lines.map((line) => packing.unpack(line))).toEqual([...events, ...events]);
});
