const ESC = 0x1b;
const BEL = 0x07;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
/** What begins a string for the terminal itself (title, clipboard, device control): DCS, SOS, OSC, PM, APC. */
const STRINGS = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);
const MAX_SEQUENCE_BYTES = 256;

/** The output of a step that has the person's terminal. */
export interface LentStream {
  /** The chunk without what reaches past the screen: titles, the clipboard, device strings, window commands. */
  write(chunk: Uint8Array): Uint8Array;
  /** What sets the terminal back after the step, whatever it left on; `''` when it left nothing. */
  end(): string;
}

/** Lets a full-screen program draw, and puts the terminal in order behind it. */
export function lentStream(): LentStream {
  let mode: 'text' | 'escape' | 'sequence' | 'string' | 'string-escape' | 'c1' = 'text';
  let held: number[] = [];
  let drew = false;
  let other = false;
  const sequenceEnds = (out: number[]): void => {
    const text = String.fromCharCode(...held);
    // Window commands, and what would wipe out the lines above, are left out.
    if (!text.endsWith('t') && !text.endsWith('[3J')) out.push(...held);
    drew ||= !text.endsWith('m');
    const screen = /^\[\?(?:47|1047|1049)([hl])$/.exec(text.slice(1));
    if (screen) other = screen[1] === 'h';
    held = [];
    mode = 'text';
  };
  const take = (byte: number, out: number[]): void => {
    switch (mode) {
      case 'text':
        if (byte === ESC) {
          held = [byte];
          mode = 'escape';
        } else if (byte === 0xc2) mode = 'c1';
        else out.push(byte);
        return;
      case 'c1':
        mode = 'text';
        if (byte < 0x80 || byte > 0x9f) out.push(0xc2, byte);
        return;
      case 'escape':
        if (STRINGS.has(byte)) mode = 'string';
        else if (byte === BRACKET) {
          held.push(byte);
          mode = 'sequence';
        } else {
          out.push(...held, byte);
          drew = true;
          mode = 'text';
        }
        return;
      case 'sequence':
        held.push(byte);
        if (byte >= 0x40 && byte <= 0x7e) sequenceEnds(out);
        else if (held.length > MAX_SEQUENCE_BYTES) mode = 'text';
        return;
      case 'string':
        if (byte === BEL) mode = 'text';
        else if (byte === ESC) mode = 'string-escape';
        return;
      case 'string-escape':
        mode = byte === BACKSLASH ? 'text' : 'string';
    }
  };
  return {
    write(chunk) {
      if (mode === 'text' && !chunk.includes(ESC) && !chunk.includes(0xc2)) return chunk;
      const out: number[] = [];
      for (const byte of chunk) take(byte, out);
      return Uint8Array.from(out);
    },
    end() {
      mode = 'text';
      if (!drew) return '\u001b[0m';
      const leave = other ? '\u001b[?1049l' : '';
      return `${leave}${MODES_OFF}\u001b7\u001b[r\u001b8\u001b[?25h\u001b[0m`;
    },
  };
}

/** Mouse reports, bracketed paste, focus reports, application keys and other character sets. */
const MODES_OFF =
  '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1004l\u001b[?1006l\u001b[?2004l\u001b[?1l\u001b>\u000f\u001b(B';
