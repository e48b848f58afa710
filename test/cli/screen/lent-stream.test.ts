import { describe, expect, test } from 'vitest';
import { lentStream } from '../../../src/cli/screen/lent-stream.ts';

/** What comes out, whole and byte by byte: a chunk may end anywhere. */
function through(text: string, encoding: BufferEncoding = 'utf8'): string {
  const bytes = Buffer.from(text, encoding);
  const whole = Buffer.from(lentStream().write(bytes));
  const stream = lentStream();
  const single = Buffer.concat([...bytes].map((byte) => stream.write(Uint8Array.of(byte))));
  expect(single).toEqual(whole);
  return whole.toString(encoding);
}

describe('the output of a step that has the terminal', () => {
  test.each([['plain text\r\n'], ['£ © é ü 漢 🙂'], ['\u001b[31mred\u001b[0m'], ['\u001b[2;3H']])(
    'is left as it is: %j',
    (text) => {
      expect(through(text)).toBe(text);
    },
  );

  test.each([
    ['a title', '\u001b]0;owned\u0007'],
    ['the clipboard', '\u001b]52;c;eA==\u001b\\'],
    ['a device string', '\u001bPq#0\u001b\\'],
  ])('sets no %s', (_, text) => {
    expect(through(`a${text}b`)).toBe('ab');
  });

  test('has no controls of the second set, which are control sequences in one character', () => {
    expect(through('a\u0080b\u009fc')).toBe('abc');
  });
});
