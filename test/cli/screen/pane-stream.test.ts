import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paneStream } from '../../../src/cli/screen/pane-stream.ts';

const COLUMNS = 40;
const ABOVE = ['handrail says this', 'and this'];

/** What stands on a terminal behind two lines of handrail's own when a step has written these chunks. */
async function shown(chunks: readonly string[], whole: boolean[] = []): Promise<readonly string[]> {
  const screen = new xterm.Terminal({ cols: COLUMNS, rows: 30, allowProposedApi: true });
  const pane = paneStream({
    colour: true,
    margin: '  | ',
    whole: false,
    onWhole: (is) => void whole.push(is),
  });
  const write = (text: string | Uint8Array): Promise<void> =>
    new Promise((resolve) =>
      screen.write(typeof text === 'string' ? text.replaceAll('\n', '\r\n') : text, resolve),
    );
  await write(`${ABOVE.join('\n')}\n`);
  for (const chunk of chunks) await write(pane.write(Buffer.from(chunk)));
  await write(`${pane.end()}END`);
  const { active } = screen.buffer;
  const lines = Array.from({ length: active.length }, (_, at) =>
    active.getLine(at)?.translateToString(true).trimEnd(),
  ).map((line) => line ?? '');
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

const below = (...lines: readonly string[]): readonly string[] => [...ABOVE, ...lines, 'END'];

describe('a step with a terminal of its own', () => {
  test('shows its lines behind a margin', async () => {
    expect(await shown(['one\r\ntwo\r\n'])).toEqual(below('  | one', '  | two'));
  });

  test('closes a line that it left open', async () => {
    expect(await shown(['Really? '])).toEqual(below('  | Really?'));
  });

  test('draws its progress in place', async () => {
    const frames = ['copy: 10%\r', 'copy: 50%\r', '\u001b[Kdone\r\n'];
    expect(await shown(frames)).toEqual(below('  | done'));
  });

  test('rewrites lines that it wrote before', async () => {
    const chunks = [
      'layer a: 1%\r\nlayer b: 1%\r\n',
      '\u001b[2A\u001b[2Klayer a: ok\r\n',
      '\u001b[2K\rlayer b: ok\r\n',
    ];
    expect(await shown(chunks)).toEqual(below('  | layer a: ok', '  | layer b: ok'));
  });

  test('takes back what was typed', async () => {
    expect(await shown(['name: adb', '\b \b', 'a\r\n'])).toEqual(below('  | name: ada'));
  });

  test('sees a sequence that two chunks share', async () => {
    expect(await shown(['wrong\u001b[', '2K\rright\r', '\n'])).toEqual(below('  | right'));
  });

  test('cannot clear the screen, nor set its title', async () => {
    expect(await shown(['\u001b[H\u001b[2J\u001b[3J\u001b]0;owned\u0007clean\r\n'])).toEqual(
      below('  | clean'),
    );
  });

  test('gets the whole screen when it asks for one, and gives it back', async () => {
    const whole: boolean[] = [];
    const lines = await shown(
      ['before\r\n', '\u001b[?1049h\u001b[1;1Hvim', '\u001b[?1049l', 'after\r\n'],
      whole,
    );
    expect(lines).toEqual(below('  | before', '  | after'));
    expect(whole).toEqual([true, false]);
  });

  test('never writes over what stands above it, whatever it prints', async () => {
    const piece = fc.constantFrom(
      '\u001b[9A',
      '\u001b[3B',
      '\u001b[2K',
      '\u001b[1K',
      '\u001b[J',
      '\u001b[F',
      '\u001b[50D',
      '\u001b[1G',
      '\r',
      '\b\b\b\b\b\b',
      '\n',
      '\r\n',
      'text',
      '\u001b[H',
      '\u001b[2J',
      '\u001b',
      '\u001b[31m',
      '\t',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const lines = await shown(pieces);
        expect(lines.slice(0, 2)).toEqual(ABOVE);
        for (const line of lines.slice(2, -1))
          expect(line === '' || /^ {2}\|(?: |$)/.test(line)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
