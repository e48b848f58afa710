import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  screenCode,
  screenLine,
  screenStream,
  screenText,
} from '../../../src/cli/screen/safe-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must never reach the terminal.
const DRIVES = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour.
const COLOUR = /\x1b\[[0-9;:]*m/g;

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b',
        '\u001b[',
        '\u001b]0;x\u0007',
        '\u009b2J',
        '\u001b[31m',
        '\u001b[2J',
        '\r',
        '\n',
        '\u202e',
      ),
      fc.constantFrom(
        '\u001bP',
        '\u001b[?1049h',
        '\u0000',
        '\u0008',
        '\ud83d',
        '\ude00',
        'é',
        '😀',
        'm',
        'x',
        '0;',
        '\u007f',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('text on the screen', () => {
  test('nothing in a text drives the terminal', () => {
    fc.assert(fc.property(hostile, (text) => !DRIVES.test(screenText(text, { colour: false }))));
  });

  test('with colour on, colours and nothing else survive', () => {
    fc.assert(
      fc.property(
        hostile,
        (text) => !DRIVES.test(screenText(text, { colour: true }).replace(COLOUR, '')),
      ),
    );
  });

  test('a stream cut anywhere shows what the whole text shows', () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(40), { maxLength: 6 }), (text, cuts) => {
        const bytes = Buffer.from(text.toWellFormed());
        const stream = screenStream({ colour: false });
        let shown = '';
        let from = 0;
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          shown += stream.write(bytes.subarray(from, Math.max(from, cut)));
          from = Math.max(from, cut);
        }
        shown += stream.write(bytes.subarray(from)) + stream.end();
        expect(shown).toBe(screenText(text.toWellFormed(), { colour: false }));
      }),
    );
  });

  test('a colour ends with its line', () => {
    expect(screenText('\u001b[31mred\nplain', { colour: true })).toBe(
      '\u001b[31mred\u001b[0m\nplain',
    );
  });

  test('what would act is shown', () => {
    expect(screenText('a\u001b]0;title\u0007b\u202ec', { colour: false })).toBe(
      'a␛]0;title␇b‹U+202E›c',
    );
  });

  test('a carriage return hides nothing', () => {
    expect(screenText('bad\rgood\r\n', { colour: false })).toBe('bad\ngood\n');
  });

  test('of what would run nothing is left out, whatever sequence it stands in', () => {
    const plain = (text: string): string => text.replace(/[^\x21-\x7e]/g, '');
    const sequences = fc
      .array(fc.oneof(fc.constantFrom('\u001b[', '\u009b', '\u001b]', ';./x', '>f m'), fc.string()))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(hostile, sequences), (text) => {
        const shown = screenCode(text);
        expect(plain(shown.replace(/‹U\+[0-9A-F]+›/g, ''))).toBe(
          plain(text.replace(/‹U\+[0-9A-F]+›/g, '')),
        );
        expect(shown).not.toMatch(DRIVES);
      }),
    );
  });

  test('a line stays one line', () => {
    expect(screenLine('one\ntwo\tthree')).toBe('one two three');
  });

  test('an emoji that came in two writes is whole', () => {
    const stream = screenStream({ colour: false });
    expect(stream.write('\ud83d') + stream.write('\ude00') + stream.end()).toBe('😀');
  });
});
