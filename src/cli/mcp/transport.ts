import { Transform, type TransformCallback } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

const MOST_MESSAGE_BYTES = 4 * 1024 * 1024;
const INVALID_REQUEST = -32600;
const PARSE_ERROR = -32700;

/** Standard input and output of a server of agents. */
export interface AgentTransport {
  readonly transport: StdioServerTransport;
  /** Tells the other side of a message that could not be read. */
  readonly tellUnreadable: () => void;
  /** Over once the other side has ended, and everything that it asked is answered and written. */
  readonly ended: Promise<void>;
}

/** Opens the transport: no message goes without an answer, neither one that is too long nor one before the end. */
export function openTransport(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
): AgentTransport {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const open = new Set<string | number>();
  let isOver = false;
  const settle = (): void => {
    if (isOver && open.size === 0) stdout.write('', () => resolve());
  };
  const tell = (code: number, message: string, id?: string | number): void => {
    const error = { code, message };
    stdout.write(
      `${JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error })}\n`,
    );
  };
  const frames = framesUpTo(MOST_MESSAGE_BYTES, ({ id }) =>
    tell(
      INVALID_REQUEST,
      'The message is longer than 4 MiB, so it was left out: send less at once.',
      id,
    ),
  );
  // A frame may end within a piece of what the system hands over at once, so there is room for both.
  const transport = new StdioServerTransport(frames, stdout, {
    maxBufferSize: 2 * MOST_MESSAGE_BYTES,
  });
  transport.onmessage = (message: JSONRPCMessage) => {
    if ('method' in message && 'id' in message) open.add(message.id);
    // What was called off gets no answer.
    if ('method' in message && message.method === 'notifications/cancelled')
      forget(message.params?.['requestId']);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message) => {
    await send(message);
    if (!('method' in message)) forget(message.id);
  };
  const forget = (id: unknown): void => {
    if (typeof id === 'string' || typeof id === 'number') open.delete(id);
    settle();
  };
  const over = (): void => {
    isOver = true;
    settle();
  };
  frames.once('end', over);
  stdin.once('error', over);
  stdin.once('close', () => frames.end());
  stdin.pipe(frames);
  return {
    transport,
    tellUnreadable: () => tell(PARSE_ERROR, 'A line is no message of JSON-RPC 2.0.'),
    ended,
  };
}

const NEWLINE = 10;
/** As much of a message that is too long as is kept, to find out which request it was. */
const KEPT_BYTES = 512;

/** A message that was left out, as far as can be known. */
interface LeftOut {
  /** The id of the request; `undefined` where it cannot be read. */
  readonly id: string | number | undefined;
}

/**
 * Messages, a line each, as they came; one of more than `mostBytes` is left out, told to `leaveOut`, and never held in
 * memory. What follows it is heard as ever.
 */
function framesUpTo(mostBytes: number, leaveOut: (message: LeftOut) => void): Transform {
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
