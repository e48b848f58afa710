import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nearest } from '../text/nearest.ts';
import { sha256Of } from '../text/sha256.ts';
import { HandrailError } from './model/errors.ts';
import type { SourceText } from './model/runbook.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads a runbook's file; a relative path begins at `cwd` and stays its name. Throws RUNBOOK_NOT_FOUND (with the nearest name in its folder),
 * RUNBOOK_IS_FOLDER, RUNBOOK_UNREADABLE or RUNBOOK_NOT_TEXT.
 */
export async function load(file: string, cwd?: string): Promise<SourceText> {
  const place = placeOf(file, cwd);
  const bytes = await readBytes(place, file);
  const text = decode(bytes);
  const why = notText(bytes, text);
  if (why) throw new HandrailError('RUNBOOK_NOT_TEXT', { path: file, why });
  let sha256: string | undefined;
  return {
    path: file,
    folder: path.dirname(place),
    bytes,
    text,
    get sha256() {
      // When it is asked for: to show a page that was read before takes none, and what makes hashes is slow to load.
      sha256 ??= sha256Of(bytes);
      return sha256;
    },
  };
}

/** The folder that the process stands in is asked for only where the path begins there: it may be gone. */
function placeOf(file: string, cwd: string | undefined): string {
  try {
    return path.resolve(...(cwd === undefined ? [] : [cwd]), file);
  } catch (cause) {
    throw beginsNowhere(file, cause);
  }
}

function beginsNowhere(file: string, cause: unknown): HandrailError {
  const why = 'the folder that it begins at is gone';
  return new HandrailError('RUNBOOK_UNREADABLE', { path: file, why }, { cause });
}

/** Text of a runbook's bytes: BOM removed, CRLF and CR as LF; invalid UTF-8 becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  // As TextDecoder does, which every start would have to load first.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/**
 * The text of bytes in UTF-8, or in UTF-16 as spreadsheets write it, told by its mark or by its zero bytes; the mark is left
 * out. `onWrong` is told once of bytes that are neither: they stand as U+FFFD in the text.
 */
export async function* textIn(
  chunks: AsyncIterable<Uint8Array>,
  onWrong: () => void,
): AsyncGenerator<string> {
  let first: Uint8Array = new Uint8Array();
  let decoders: Decoders | undefined;
  for await (const chunk of chunks) {
    if (decoders === undefined) {
      first = Buffer.concat([first, chunk]);
      if (first.length < FIRST_BYTES) continue;
      decoders = decodersFor(first);
      yield decoders.next(first, onWrong);
    } else yield decoders.next(chunk, onWrong);
  }
  decoders ??= decodersFor(first);
  yield decoders.next(first.length < FIRST_BYTES ? first : NOTHING, onWrong) +
    decoders.end(onWrong);
}

const FIRST_BYTES = 4;
const NOTHING = new Uint8Array();

interface Decoders {
  next(chunk: Uint8Array, onWrong: () => void): string;
  end(onWrong: () => void): string;
}

function decodersFor(first: Uint8Array): Decoders {
  const encoding = encodingOf(first);
  const lenient = new TextDecoder(encoding);
  let strict: InstanceType<typeof TextDecoder> | undefined = new TextDecoder(encoding, {
    fatal: true,
  });
  const look = (onWrong: () => void, chunk?: Uint8Array): void => {
    try {
      strict?.decode(chunk, { stream: chunk !== undefined });
    } catch {
      strict = undefined;
      onWrong();
    }
  };
  return {
    next(chunk, onWrong) {
      look(onWrong, chunk);
      return lenient.decode(chunk, { stream: true });
    },
    end(onWrong) {
      look(onWrong);
      return lenient.decode();
    },
  };
}

/** Without a mark, a text that begins with a letter of ASCII has a zero byte before or behind it. */
function encodingOf([one, two]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((one === 0xff && two === 0xfe) || (one !== 0 && two === 0)) return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two !== 0 && two !== undefined))
    return 'utf-16be';
  return 'utf-8';
}

async function readBytes(place: string, file: string): Promise<Uint8Array> {
  try {
    const facts = statSync(place);
    if (facts.isDirectory()) throw new HandrailError('RUNBOOK_IS_FOLDER', { path: file });
    if (!facts.isFile()) {
      throw new HandrailError('RUNBOOK_NOT_TEXT', { path: file, why: 'it is not a regular file' });
    }
    if (facts.size > MAX_BYTES) {
      throw new HandrailError('RUNBOOK_NOT_TEXT', {
        path: file,
        why: 'it is larger than 16 MiB, which no runbook is',
      });
    }
    return readFileSync(place);
  } catch (error) {
    if (error instanceof HandrailError) throw error;
    throw await unreadable(place, file, error);
  }
}

async function unreadable(place: string, file: string, error: unknown): Promise<HandrailError> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const name = await nearestFile(place, file);
    return new HandrailError('RUNBOOK_NOT_FOUND', { path: file, nearest: name }, { cause: error });
  }
  const why = code === 'EACCES' ? 'permission denied' : code || String(error);
  return new HandrailError('RUNBOOK_UNREADABLE', { path: file, why }, { cause: error });
}

async function nearestFile(place: string, file: string): Promise<string | undefined> {
  const names = await readdir(path.dirname(place)).catch(() => []);
  const texts = names.filter((each) => /\.(?:md|markdown|mdx|md\.erb)$/i.test(each));
  const name = nearest(path.basename(file), texts);
  return name && path.join(path.dirname(file), name);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what hardly a text has.
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** Why the bytes are no markdown text; `''` when they are. A stray NUL or broken byte is tolerated. */
function notText(bytes: Uint8Array, text: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return 'it is UTF-16, and UTF-8 is expected';
  }
  // Counted byte by byte only where there is something to count: 2 ms of cold code for 40 KB.
  if (!CONTROL.test(text)) return '';
  const sample = bytes.subarray(0, 65_536);
  let nul = 0;
  let control = 0;
  for (const byte of sample) {
    if (byte === 0) nul += 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1;
  }
  if (nul > 0 && (nul + control) * 50 > sample.length) return 'it has NUL bytes: a binary file';
  if (control * 10 > sample.length) return 'it has control characters: a binary file';
  return '';
}
