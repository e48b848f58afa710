import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asShown } from '../../src/text/as-shown.ts';

describe('an output as it looked when it had ended', () => {
  test.for([
    ['a progress bar is its last frame', '10%\r50%\rdone\n', 'done\n'],
    ['a shorter frame leaves the rest of a longer one', '100%\r5\n', '500%\n'],
    ['backspaces take back', 'passwd\b\b\b\b\b\bsafe  \n', 'safe\n'],
    ['what was erased is gone', 'working\r\u001b[Kdone\n', 'done\n'],
    ['a whole line can be erased', 'one\u001b[2K\rtwo\n', 'two\n'],
    ['lines above are rewritten', 'a\nb\n\u001b[2Ax\u001b[2B\rend\n', 'x\nb\nend\n'],
    ['what stood below a cleared line is gone', 'a\nb\nc\n\u001b[3A\u001b[Jd\n', 'd\n'],
    ['colours are left out', '\u001b[31mred\u001b[0m\n', 'red\n'],
    ['titles are left out', '\u001b]0;owned\u0007text\n', 'text\n'],
    ['a terminal ends lines in two characters', 'one\r\ntwo\r\n', 'one\ntwo\n'],
    [
      'a screen of its own is one line',
      '\u001b[?1049h\u001b[Hvim\u001b[?1049lafter\n',
      '[a screen of its own was drawn here]after\n',
    ],
    ['plain text stays', '  two blanks  \n\tand a tab\n', '  two blanks  \n\tand a tab\n'],
  ] as const)('%s', ([, output, shown]) => {
    expect(asShown(output)).toBe(shown);
  });

  test('is any text without controls as it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(['\b', '\u001b', '\u009b', '\r'].every((one) => !text.includes(one)));
        expect(asShown(text)).toBe(text);
      }),
    );
  });

  test('never keeps an escape, and never fails', () => {
    const piece = fc.constantFrom(
      '\u001b[',
      '\u001b',
      '\r',
      '\b',
      '\n',
      'A',
      '9',
      ';',
      'K',
      'J',
      '?1049h',
      ']0;',
      'text',
      '\u009b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const shown = asShown(pieces.join(''));
        for (const one of ['\u001b', '\u009b', '\b']) expect(shown).not.toContain(one);
      }),
    );
  });

  test('of a million frames is one line', () => {
    expect(asShown(`${'50 %\r'.repeat(1_000_000)}done\n`)).toBe('done\n');
  });
});
