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
  let strict: TextDecoder | undefined = new TextDecoder(encoding, { fatal: true });
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
