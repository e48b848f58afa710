import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { escapeHtml } from '../../renderers/formats/html.ts';
import { fromAnywhere } from '../../renderers/site/from-anywhere.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';
import { type BuildRequest, type BuiltSite, buildSite } from './build-site.ts';

const DEFAULT_PORT = 4173;
const SETTLE_MS = 150;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

const RELOAD = `new EventSource('/_/changes').onmessage = () => location.reload();\n`;

/** Serves the site on this machine alone until it is told to stop; pages are renewed when a runbook changes. */
export async function serveSite(
  request: BuildRequest,
  givenPort: string | undefined,
  context: CliContext,
): Promise<number> {
  const port = portOf(givenPort);
  await tell((await buildSite(request, context)).problems, context);
  const listeners = new Set<ServerResponse>();
  const shown: Shown = { fault: null };
  const server = createServer((asked, answer) => {
    respond(asked, answer, { out: request.out, server, listeners, fault: shown.fault }).catch(() =>
      end(answer, 500),
    );
  });
  await listening(server, port);
  const stop = renewed(request, context, shown, () => {
    for (const listener of listeners) listener.write('data: changed\n\n');
  });
  await context.out.write(
    `${screenLine(request.title)}: http://127.0.0.1:${boundPort(server)}/ (Ctrl-C ends)\n`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
  stop();
  for (const listener of listeners) listener.end();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return EXIT.passed;
}

/** What stands in the way of the newest build; pages say it until it is mended. */
interface Shown {
  fault: string | null;
}

interface Serving {
  readonly out: string;
  readonly server: Server;
  readonly listeners: Set<ServerResponse>;
  readonly fault: string | null;
}

async function respond(
  asked: IncomingMessage,
  answer: ServerResponse,
  { out, server, listeners, fault }: Serving,
): Promise<void> {
  // A page elsewhere cannot read this site by giving a name of its own this address.
  const hosts = [`127.0.0.1:${boundPort(server)}`, `localhost:${boundPort(server)}`];
  if (!hosts.includes(asked.headers.host ?? '')) return end(answer, 403);
  if (asked.method !== 'GET' && asked.method !== 'HEAD')
    return end(answer, 405, { allow: 'GET, HEAD' });
  const name = nameOf(asked.url ?? '/');
  if (name === '_/changes') return listen(asked, answer, listeners);
  if (name === '_/reload.js') return send(answer, 200, '.js', Buffer.from(RELOAD), asked.method);
  const found = name === null ? undefined : await fileOf(out, name);
  const file = found ?? (await fileOf(out, '404.html'));
  if (!file) return end(answer, 404);
  const here = found ? file.bytes : Buffer.from(fromAnywhere(file.bytes.toString(), '/'));
  const bytes = file.extension === '.html' ? withReload(withFault(here, fault)) : here;
  send(answer, found ? 200 : 404, file.extension, bytes, asked.method);
}

function listen(
  asked: IncomingMessage,
  answer: ServerResponse,
  listeners: Set<ServerResponse>,
): void {
  answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  answer.write(': here\n\n');
  listeners.add(answer);
  asked.on('close', () => listeners.delete(answer));
}

/** The path below the site that an address asks for; `null` for one that leads out of it. */
function nameOf(url: string): string | null {
  try {
    const name = decodeURIComponent(url.split(/[?#]/)[0] ?? '').replace(/^\/+/, '');
    const parts = name.split('/');
    return parts.includes('..') || name.includes('\0') || name.includes('\\') ? null : name;
  } catch {
    return null;
  }
}

async function fileOf(
  out: string,
  name: string,
): Promise<{ readonly bytes: Buffer; readonly extension: string } | undefined> {
  const guesses =
    name === '' || name.endsWith('/') ? [`${name}index.html`] : [name, `${name}/index.html`];
  for (const guess of guesses) {
    const bytes = await readFile(path.join(out, guess)).catch(() => undefined);
    if (bytes) return { bytes, extension: path.extname(guess).toLowerCase() };
  }
  return undefined;
}

/** The page of the last build that worked, with what is wrong with the newest above it. */
function withFault(bytes: Buffer, fault: string | null): Buffer {
  if (fault === null) return bytes;
  const words = `<div class="alert alert-caution" role="alert"><p class="alert-title">This page is of an earlier build</p><p>${escapeHtml(fault)}</p></div>`;
  return Buffer.from(bytes.toString().replace('<article>', () => `<article>\n${words}`));
}

function withReload(bytes: Buffer): Buffer {
  const page = bytes
    .toString()
    .replace("default-src 'none';", "default-src 'none'; connect-src 'self';")
    .replace('</head>', '<script src="/_/reload.js" defer></script>\n</head>');
  return Buffer.from(page);
}

function send(
  answer: ServerResponse,
  status: number,
  extension: string,
  bytes: Buffer,
  method?: string,
): void {
  answer.writeHead(status, {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  answer.end(method === 'HEAD' ? undefined : bytes);
}

function end(answer: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  if (!answer.headersSent) answer.writeHead(status, headers);
  answer.end();
}

/** What a page says is wrong with it is said at the terminal, too. */
async function tell(problems: BuiltSite['problems'], { err }: CliContext): Promise<void> {
  for (const { path: page, problem } of problems)
    await err.write(`${screenLine(`${page}: ${problem}`)}\n`);
}

/** Builds again when something below the folder changes; returns what ends it. */
function renewed(
  request: BuildRequest,
  context: CliContext,
  shown: Shown,
  changed: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const build = async (): Promise<void> => {
    try {
      const { written, removed, problems } = await buildSite(request, context);
      await tell(problems, context);
      const isMended = shown.fault !== null;
      shown.fault = null;
      if (written + removed > 0 || isMended) changed();
    } catch (error) {
      shown.fault = error instanceof Error ? error.message : String(error);
      await context.err.write(`${screenLine(shown.fault)}\n`);
      changed();
    }
  };
  const watcher = watch(request.folder, { recursive: true }, (_event, name) => {
    if (name !== null && path.resolve(request.folder, name).startsWith(request.out)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(build);
    }, SETTLE_MS);
  });
  watcher.on('error', () => undefined);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

function portOf(given: string | undefined): number {
  if (given === undefined) return DEFAULT_PORT;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new HandrailError('USAGE', {
    message: `\`${given}\` is no port. Give a number from 0 to 65535.`,
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new HandrailError(
          'USAGE',
          { message: `Port ${port} cannot be used: ${error.message}. Give another with --port.` },
          { cause: error },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
