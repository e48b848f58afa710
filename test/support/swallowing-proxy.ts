import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be made half-open: it takes everything, and nothing comes of it. */
export interface SwallowingProxy {
  readonly port: number;
  /** Bytes that came here for the server. */
  readonly received: number;
  /** From now on nothing gets through, and nobody is told. */
  swallow(): void;
  /** From now on everything gets through; connections that were swallowed stay so. */
  pass(): void;
  /** Ends every connection there is. */
  cut(): void;
  close(): Promise<void>;
  /** Takes connections on the same port again after `close`. */
  reopen(): Promise<void>;
}

/** Stands in front of a port of this machine. */
export async function swallowingProxy(target: number): Promise<SwallowingProxy> {
  let isOpen = true;
  let received = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    let isSwallowed = !isOpen;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!isSwallowed) to.destroy();
      });
      from.on('data', (bytes) => {
        if (from === near) received += bytes.length;
        isSwallowed ||= !isOpen;
        if (!isSwallowed) to.write(bytes);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    get received() {
      return received;
    },
    swallow: () => {
      isOpen = false;
    },
    pass: () => {
      isOpen = true;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    reopen: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve)),
  };
}
