import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StepOutput } from '../../src/engine/contracts/step-type.ts';
import { createRedactor } from '../../src/engine/redact.ts';
import { type OutputQueue, outputQueue } from '../../src/process/output-queue.ts';
import { outputCollector } from '../../src/steps/shell/transform-output.ts';
import { giveBack, ROOM_BYTES } from '../../src/text/rooms.ts';

const noFlow = { pause: () => undefined, resume: () => undefined };

/** Pieces that nothing else has the bytes of, each larger than the last. */
const pieceOf = (stream: StepOutput['stream'], index: number, length: number): StepOutput => ({
  stream,
  chunk: Buffer.alloc(length, `${index}:`),
});

function* taken(queue: OutputQueue): Generator<StepOutput> {
  for (let output = queue.shift(); output; output = queue.shift()) yield output;
}

/** Neighbours of one stream as one. */
const joined = (outputs: readonly StepOutput[]): readonly (readonly [string, string])[] => {
  const all: [StepOutput['stream'], string][] = [];
  for (const { stream, chunk } of outputs) {
    const text = Buffer.from(chunk).toString('latin1');
    const last = all.at(-1);
    if (last?.[0] === stream) last[1] += text;
    else all.push([stream, text]);
  }
  return all;
};

const pieces = fc.array(
  fc.record({
    stream: fc.constantFrom('stdout', 'stderr'),
    length: fc.oneof(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 70_000 }),
      fc.constantFrom(65_536, ROOM_BYTES, ROOM_BYTES + 1),
    ),
    isTaken: fc.boolean(),
  }),
  { maxLength: 20 },
);

test('output is the same and in the same order, whenever it is taken and whoever gives it back', () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), fc.boolean(), (all, lends, gives) => {
      const queue = outputQueue(512 * 1024, noFlow, lends);
      const seen: StepOutput[] = [];
      const read = (): void => {
        for (const { stream, chunk } of taken(queue)) {
          seen.push({ stream, chunk: gives ? Buffer.from(chunk) : chunk });
          if (gives) giveBack(chunk);
        }
      };
      for (const [index, { stream, length, isTaken }] of all.entries()) {
        queue.push(pieceOf(stream, index, length));
        if (isTaken) read();
      }
      read();
      const sent = all.map(({ stream, length }, index) => pieceOf(stream, index, length));
      expect(JSON.stringify(joined(seen)) === JSON.stringify(joined(sent))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

/** What a process prints at once, in pieces of a pipe; what is given out is written over by what comes next. */
function printed(text: string, see: (output: StepOutput) => void): void {
  const queue = outputQueue(512 * 1024, noFlow, true);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) {
    queue.push({ stream: 'stdout', chunk: Buffer.from(bytes.subarray(at, at + 65_536)) });
    if ((at / 65_536) % 4 !== 3) continue;
    for (const output of taken(queue)) {
      see(output);
      giveBack(output.chunk);
    }
  }
  for (const output of taken(queue)) see(output);
}

const numbered = Array.from({ length: 150_000 }, (_, index) => `line ${index}\n`).join('');

test('what keeps output has it as it was printed, though its place is used again', () => {
  const collector = outputCollector(4 * 1024 * 1024);
  printed(numbered, collector.see);
  // Told of two megabytes that differ, nobody learns where: a comparison of its own, which says only whether they do.
  expect(collector.text() === numbered).toBe(true);
});

test('a secret is masked in output whose place is used again, and all else is as it was printed', () => {
  const secret = 'hush-hush-4711';
  const redactor = createRedactor([secret]);
  const text = numbered.replaceAll('7\n', `7 ${secret}\n`);
  let shown = '';
  printed(text, ({ chunk }) => {
    const masked = redactor.push(chunk);
    shown += Buffer.from(masked).toString();
    giveBack(masked);
  });
  shown += Buffer.from(redactor.end()).toString();
  expect(shown === text.replaceAll(secret, '***')).toBe(true);
});

test('output that comes with a pause is there at once, and what follows right behind it soon', async () => {
  const queue = outputQueue(512 * 1024, noFlow);
  const say = (text: string): void => queue.push({ stream: 'stdout', chunk: Buffer.from(text) });
  say('one');
  await queue.changed();
  expect(joined([...taken(queue)])).toEqual([['stdout', 'one']]);
  say('two');
  say('three');
  const alive = setInterval(() => undefined, 1000);
  await queue.changed();
  clearInterval(alive);
  expect(joined([...taken(queue)])).toEqual([['stdout', 'twothree']]);
});

test('what was taken is let go, though the queue is never empty', async () => {
  const queue = outputQueue(1024 * 1024, noFlow);
  const kept: WeakRef<ArrayBufferLike>[] = [];
  const push = (at: number): void => {
    const chunk = Buffer.from(new ArrayBuffer(32 * 1024));
    kept.push(new WeakRef(chunk.buffer));
    queue.push({ stream: at % 2 === 0 ? 'stdout' : 'stderr', chunk });
  };
  for (let at = 0; at < 8; at += 1) push(at);
  for (let at = 0; at < 400; at += 1) {
    push(at);
    queue.shift();
  }
  setFlagsFromString('--expose-gc');
  await setImmediate();
  runInNewContext('gc')();
  expect(kept.filter((one) => one.deref() !== undefined).length).toBeLessThan(40);
});
