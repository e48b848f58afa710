import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { framesUpTo } from './frames.ts';

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
