import type { TranscriptEntry } from '../../engine/model/block.ts';
import { quoted } from '../../process/bash-quoting.ts';

/** A piece of a transcript's output: bytes, or the end of a command with its exit code. */
export type TranscriptPiece = { readonly chunk: Uint8Array } | { readonly exitCode: number };

const RECORD = 0x1e;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a mark ends with.
const MARK_END = /^ (\d{1,3})\x1e/;

/**
 * Text for bash that carries out the commands one after the other in one shell, each at its own line, standard error in
 * with standard output, and says after each with which exit code it ended. `nonce` is what no command can guess.
 */
export function transcriptScript(entries: readonly TranscriptEntry[], nonce: string): string {
  const mark = `\\builtin printf '\\036${nonce} %d\\036' "$__handrail_code" >&"$__handrail_out" 2>/dev/null`;
  let text = `exec {__handrail_out}>&1 2>&1; __handrail_mark() { __handrail_code=$?; ${mark}; \\builtin return "$__handrail_code"; }`;
  let at = 0;
  for (const { line, command } of entries) {
    const gap = Math.max(0, line - at);
    const code = `eval ${quoted(command)}; __handrail_mark`;
    text += `${gap > 0 ? '\n'.repeat(gap) : '; '}${code}`;
    at += gap + code.split('\n').length - 1;
  }
  return text;
}

/** Takes a transcript's output apart at the marks. */
export interface TranscriptReader {
  next(chunk: Uint8Array): readonly TranscriptPiece[];
  /** What was held back because it might have become a mark. */
  rest(): Uint8Array;
}

/** A reader for the marks of this nonce; a mark may be spread over chunks. */
export function transcriptReader(nonce: string): TranscriptReader {
  const open = Buffer.from(`\x1e${nonce} `);
  const longestMark = open.length + 4;
  let held = Buffer.alloc(0);
  return {
    rest: () => held,
    next(chunk) {
      const text = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
      const pieces: TranscriptPiece[] = [];
      let from = 0;
      let at = text.indexOf(open);
      while (at >= 0 && text.length - at >= longestMark - 2) {
        const [mark, code] =
          MARK_END.exec(text.toString('latin1', at + open.length - 1, at + longestMark)) ?? [];
        if (mark !== undefined) {
          if (at > from) pieces.push({ chunk: text.subarray(from, at) });
          pieces.push({ exitCode: Number(code) });
          from = at + open.length - 1 + mark.length;
        } else if (text.length - at < longestMark) break;
        at = text.indexOf(open, mark === undefined ? at + 1 : from);
      }
      const cut = Math.max(from, beginningOf(open, text, longestMark));
      if (cut > from) pieces.push({ chunk: text.subarray(from, cut) });
      held = text.subarray(cut);
      return pieces;
    },
  };
}

/** Where a mark may begin that the end of the text cuts off; the text's length when none does. */
function beginningOf(open: Buffer, text: Buffer, longestMark: number): number {
  let at = text.indexOf(RECORD, Math.max(0, text.length - longestMark + 1));
  while (at >= 0) {
    const length = Math.min(text.length - at, open.length);
    if (text.subarray(at, at + length).equals(open.subarray(0, length))) return at;
    at = text.indexOf(RECORD, at + 1);
  }
  return text.length;
}

/** Whether a command of a transcript ended as its text says: `[N]`, trycmd's `? N`, clitest's `#=>`; else as `accepted`. */
export function endedAsSaid(
  entry: TranscriptEntry,
  exitCode: number,
  accepted: readonly number[],
): boolean {
  if (entry.exitCode !== null) return entry.exitCode === exitCode;
  const [, status] = /^\? (\d{1,3}|success|failed)$/m.exec(entry.output.split('\n')[0] ?? '') ?? [];
  if (status === 'failed') return exitCode !== 0;
  if (status !== undefined) return exitCode === (status === 'success' ? 0 : Number(status));
  // Such a command is judged by what it prints.
  if (entry.command.includes(' #=> ')) return true;
  return accepted.includes(exitCode);
}
