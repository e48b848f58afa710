import type { StepOutput } from '../../engine/contracts/step-type.ts';

/**
 * Yields what `change` makes of each output, and returns what the source returns. When the reader stops reading, the
 * source is stopped too.
 */
export async function* transformOutput<End>(
  source: AsyncIterator<StepOutput, End>,
  change: (output: StepOutput) => readonly StepOutput[],
): AsyncGenerator<StepOutput, End> {
  try {
    while (true) {
      const next = await source.next();
      if (next.done) return next.value;
      yield* change(next.value);
    }
  } finally {
    await source.return?.();
  }
}

/** Keeps up to `maxBytes` of the standard output that passes by. */
export function outputCollector(maxBytes: number): {
  readonly see: (output: StepOutput) => readonly StepOutput[];
  readonly text: () => string;
  readonly overflowed: () => boolean;
} {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    see(output) {
      if (output.stream === 'stdout') {
        const room = maxBytes - Math.min(bytes, maxBytes);
        // A copy: what a shell prints is lent.
        if (room > 0) chunks.push(Uint8Array.from(output.chunk.subarray(0, room)));
        bytes += output.chunk.length;
      }
      return [output];
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
    overflowed: () => bytes > maxBytes,
  };
}
