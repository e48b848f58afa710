import { Transform, type TransformCallback } from 'node:stream';

const NEWLINE = 10;
/** As much of a message that is too long as is kept, to find out which request it was. */
const KEPT_BYTES = 512;

/** A message that was left out, as far as can be known. */
export interface LeftOut {
  /** The id of the request; `undefined` where it cannot be read. */
  readonly id: string | number | undefined;
}

/**
 * Messages, a line each, as they came; one of more than `mostBytes` is left out, told to `leaveOut`, and never held in
 * memory. What follows it is heard as ever.
 */
export function framesUpTo(mostBytes: number, leaveOut: (message: LeftOut) => void): Transform {
  let parts: Buffer[] = [];
  let bytes = 0;
  let head: Buffer | null = null;
  let tail: Buffer = Buffer.alloc(0);
  const take = (piece: Buffer): void => {
    bytes += piece.length;
    if (head === null && bytes <= mostBytes) {
      parts.push(piece);
      return;
    }
    const all = Buffer.concat([...(head === null ? parts : [tail]), piece]);
    head ??= Buffer.from(all.subarray(0, KEPT_BYTES));
    tail = Buffer.from(all.subarray(-KEPT_BYTES));
    parts = [];
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf(NEWLINE, from);
        take(chunk.subarray(from, end < 0 ? chunk.length : end + 1));
        if (end < 0) break;
        if (head === null) this.push(Buffer.concat(parts));
        else leaveOut({ id: idIn(head.toString(), tail.toString()) });
        [parts, bytes, head] = [[], 0, null];
        from = end + 1;
      }
      done();
    },
    flush(done: TransformCallback) {
      // Whoever closes without a last newline has said all the same.
      if (head !== null) leaveOut({ id: idIn(head.toString(), tail.toString()) });
      else if (bytes > 0) this.push(Buffer.concat([...parts, Buffer.from('\n')]));
      done();
    },
  });
}

/** The id of a request by its beginning or its very end, where no other object can stand around it. */
function idIn(head: string, tail: string): string | number | undefined {
  const at = head.indexOf('"id"');
  const before = head.slice(0, Math.max(0, at)).replace(/\s/g, '');
  const isFirst = before === '{' || before === '{"jsonrpc":"2.0",';
  const first = isFirst ? scalar(head.slice(at + 4).split(',')[0] ?? '') : undefined;
  const end = tail.trimEnd();
  const last = end.endsWith('}') ? end.slice(end.lastIndexOf('"id"') + 4, -1) : '';
  return first ?? scalar(last);
}

/** What stands behind a key, where it is a number or a text and nothing else. */
function scalar(text: string): string | number | undefined {
  if (!text.trimStart().startsWith(':')) return undefined;
  try {
    const value: unknown = JSON.parse(text.trimStart().slice(1));
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}
