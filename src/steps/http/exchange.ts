import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { HttpRequest } from './request.ts';

/** A response whose body is still to be read. */
export interface HttpResponse {
  readonly status: number;
  /** Status line and headers as they came, ended by an empty line. */
  readonly head: string;
  readonly location: string | undefined;
  /** The body's bytes; the connection is closed when the reader stops. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Whether all of the body has come; once it was read to its end. */
  isWhole(): boolean;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Sends one request as curl would: certificates are verified, against the system's authorities too; proxies come from the
 * environment; no redirect is followed, nothing is decompressed, no cookie is kept. Rejects with the reason.
 */
export async function exchange(
  request: HttpRequest,
  env: Environment,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const options = { method: request.method, headers: headersOf(request), signal };
  const response = await (request.url.protocol === 'https:'
    ? overTls(request, options, env)
    : plainly(request, options, env));
  return {
    status: response.statusCode ?? 0,
    head: headOf(response),
    location: response.headers.location,
    body: response,
    isWhole: () => response.complete,
  };
}

async function plainly(
  request: HttpRequest,
  options: RequestOptions,
  env: Environment,
): Promise<IncomingMessage> {
  const { Agent, request: send } = await import('node:http');
  const agent = new Agent({ keepAlive: false, proxyEnv: proxiesOf(env) });
  return new Promise((resolve, reject) => {
    const outgoing = send(request.url, { ...options, agent }, resolve);
    outgoing.once('error', reject).end(request.body ?? undefined);
  });
}

async function overTls(
  request: HttpRequest,
  options: RequestOptions,
  env: Environment,
): Promise<IncomingMessage> {
  const { Agent, request: send } = await import('node:https');
  const agent = new Agent({ keepAlive: false, proxyEnv: proxiesOf(env) });
  const ca = await authorities(env);
  return new Promise((resolve, reject) => {
    const outgoing = send(request.url, { ...options, agent, ca }, resolve);
    outgoing.once('error', reject).end(request.body ?? undefined);
  });
}

/** The file that curl would be pointed at, else what Node and the system trust. */
async function authorities(env: Environment): Promise<string[]> {
  const file = env['CURL_CA_BUNDLE'] ?? env['SSL_CERT_FILE'];
  if (file) return [readFileSync(file, 'utf8')];
  const { getCACertificates } = await import('node:tls');
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

/** As curl reads them: `HTTP_PROXY` in capitals is left out, because a CGI server would let strangers set it. */
function proxiesOf(env: Environment): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
  return Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
}

/** The author's headers and curl's two; the body's length is counted, not believed. */
function headersOf(request: HttpRequest): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  const own = request.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const has = (name: string): boolean => own.some(([known]) => known.toLowerCase() === name);
  if (!has('user-agent')) headers['User-Agent'] = 'handrail';
  if (!has('accept')) headers['Accept'] = '*/*';
  for (const [name, value] of own) {
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

function headOf(response: IncomingMessage): string {
  const lines = [
    `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage ?? ''}`,
  ];
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2) {
    lines.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n\n`;
}
