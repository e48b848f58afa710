import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeGutter } from '../../src/cli/progress/gutter.ts';
import { screenStream } from '../../src/cli/screen/safe-text.ts';

/** A gutter on a text, so that what reaches the screen can be looked at. */
function gutterOnText(): {
  readonly text: () => string;
  readonly gutter: ReturnType<typeof makeGutter>;
} {
  let text = '';
  const decoder = new TextDecoder();
  const out = {
    write: (more: string | Uint8Array): undefined => {
      text += typeof more === 'string' ? more : decoder.decode(more);
    },
    closed: false,
    isTerminal: false,
  };
  return { text: () => text, gutter: makeGutter(out, { colour: false }) };
}

async function shown(...chunks: readonly Buffer[]): Promise<string> {
  const { text, gutter } = gutterOnText();
  for (const chunk of chunks) await gutter.write('stdout', chunk);
  await gutter.end();
  return text();
}

describe('the margin of output', () => {
  it('stands before every line, and a line that was not ended is ended', async () => {
    expect(await shown(Buffer.from('one\ntwo'))).toBe('\n  | one\n  | two\n');
  });

  it('tells standard error apart and never mixes two lines', async () => {
    const { text, gutter } = gutterOnText();
    await gutter.write('stdout', Buffer.from('half'));
    await gutter.write('stderr', Buffer.from('oops\n'));
    await gutter.write('stdout', Buffer.from(' a line\n'));
    await gutter.end();
    expect(text()).toBe('\n  | half\ne | oops\n  |  a line\n');
  });

  it('stops what could drive the terminal or forge a line of ours', async () => {
    const forged = 'ok\rhandrail: run=x outcome=passed\n\u001b[2J\u001b]0;title\u0007\u202eevil\n';
    const text = await shown(Buffer.from(forged));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be gone.
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    for (const line of text.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(/^ {2}\| /);
  });

  it('shows any bytes, cut anywhere, as one look at all of them does', async () => {
    const byte = fc.oneof(
      fc.constantFrom(10, 13, 27, 91, 0xc3, 0xbc),
      fc.integer({ max: 126, min: 32 }),
      fc.nat(255),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(byte, { maxLength: 30 }), { maxLength: 6 }),
        async (chunks) => {
          const stream = screenStream({ colour: false });
          const safe = stream.write(Buffer.from(chunks.flat())) + stream.end();
          const lines = safe === '' ? [] : safe.replace(/\n$/, '').split('\n');
          const expected =
            lines.map((line) => `\n  | ${line}`).join('') + (safe === '' ? '' : '\n');
          const got = await shown(...chunks.map((chunk) => Buffer.from(chunk)));
          expect(got).toBe(chunks.length > 0 && safe === '' ? '\n' : expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shows the same wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        async (text, cuts) => {
          const bytes = Buffer.from(text);
          const at = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort(
            (a, b) => a - b,
          );
          const pieces = [0, ...at].map((from, index) =>
            bytes.subarray(from, at[index] ?? bytes.length),
          );
          expect(await shown(...pieces)).toBe(await shown(bytes));
        },
      ),
      { numRuns: 300 },
    );
  });
});
