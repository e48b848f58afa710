import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepContext } from '../../../src/engine/contracts/step-type.ts';
import type { BoundInput } from '../../../src/engine/model/plan.ts';
import type { Expectation, Step } from '../../../src/engine/model/runbook.ts';
import { resolveText } from '../../../src/engine/resolve.ts';
import { readRequests } from '../../../src/steps/http/request.ts';
import { runHttp } from '../../../src/steps/http/run.ts';
import { contextOf, runToEnd, type StepEnd, stepOf } from '../../support/step-run.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let base: string;
const seen: Seen[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(url, response);
    });
  });
  base = `http://127.0.0.1:${await listen(server)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function listen(one: Server): Promise<number> {
  return new Promise((resolve) => {
    one.listen(0, '127.0.0.1', () => {
      const address = one.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

function answer(url: string, response: ServerResponse): void {
  response.sendDate = false;
  if (url.startsWith('/slow')) return;
  if (url.startsWith('/begun')) return void response.writeHead(200).write('half of it\n');
  if (url.startsWith('/broken')) {
    response.writeHead(200, { 'Content-Length': '1000' }).write('half of it\n');
    setTimeout(() => response.socket?.end(), 50);
    return;
  }
  if (url.startsWith('/gone')) response.writeHead(404, 'Gone Away').end('no such thing\n');
  else if (url.startsWith('/moved')) response.writeHead(302, { Location: '/there' }).end();
  else if (url.startsWith('/binary')) response.end(Buffer.from([0, 1, 2, 3]));
  else if (url.startsWith('/large')) response.end(Buffer.alloc(20 * 1024 * 1024, 'x'));
  else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}');
}

interface Ask {
  readonly values?: Readonly<Record<string, string>>;
  readonly context?: Partial<StepContext>;
  readonly step?: Partial<Step>;
}

async function http(text: string, ask: Ask = {}): Promise<StepEnd> {
  seen.length = 0;
  const values = new Map<string, BoundInput>(
    Object.entries({ base, ...ask.values }).map(([name, value]) => [
      name,
      { name, value, secret: false, source: '--input' },
    ]),
  );
  const resolved = resolveText(text, 'http', values);
  const context = contextOf({ text: resolved.text, ...ask.context });
  return runToEnd(runHttp(stepOf({ text, ...ask.step }), context));
}

const expecting = (text: string): Expectation => ({
  line: 1,
  match: 'similar',
  text,
  advisory: false,
});

describe('a request', () => {
  test('is sent as it stands and its response is shown as curl -i shows it', async () => {
    const { stdout, result } = await http(
      '# look\nPOST {{base}}/users?a=1\nContent-Type: application/json\nX-One: 1\nX-One: 2\n\n{ "name": "x" }\n',
    );
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/users?a=1', body: '{ "name": "x" }' });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '15',
      'x-one': '1, 2',
      accept: '*/*',
    });
    expect(stdout).toBe(
      'HTTP/1.1 200 OK\nContent-Type: application/json\nConnection: close\nTransfer-Encoding: chunked\n\n{"status":"ok"}\n',
    );
    expect(result).toMatchObject({
      outcome: 'passed',
      facts: { responses: [{ method: 'POST', status: 200, bytes: 15 }] },
    });
  });

  test('may be one of several', async () => {
    const { stdout } = await http(
      '### first\nGET {{base}}/1\n\n### second\nDELETE {{base}}/2\nAccept: text/plain\n###\n',
    );
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /1', 'DELETE /2']);
    expect(stdout.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  test('may continue its URL on further lines', async () => {
    await http('GET {{base}}/search\n    ?q=a\n    &n=2\nAccept: */*');
    expect(seen[0]?.url).toBe('/search?q=a&n=2');
  });

  test('with a path only goes to its host', async () => {
    await http(`GET /health HTTP/1.1\nHost: ${base.slice(7)}`);
    expect(seen[0]?.url).toBe('/health');
  });

  test.each([
    ['@base = http://x\nGET http://x', 'sets a variable'],
    ['GET example.org', 'absolute URL'],
    ['GET ftp://example.org', 'absolute URL'],
    ['GET {{unbound}}/x', 'has no value'],
    ['GET http://x\nnot a header', 'no header'],
    ['# only a comment', 'no request line'],
    ['POST http://x\n\n< ./file.json', 'body from a file'],
    ['one two three four', 'a method and a URL'],
  ])('%j cannot be run', async (text, why) => {
    await expect(http(text)).rejects.toThrow(why);
  });

  test('requests count from their lines', () => {
    expect(readRequests('\n###\nGET http://x/\n', '\n###\nGET http://x/\n')[0]?.line).toBe(2);
  });
});

describe('values', () => {
  test('reach the server exactly and add no request, header or parameter', async () => {
    const any = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'a&b=c#d?e',
        '../..',
        '"}\n###\nDELETE /all\n',
        'x\r\nX-Evil: 1',
        '%00',
        '</a>',
        '\n\n',
        '\\"',
      ),
    );
    await fc.assert(
      fc.asyncProperty(any, any, async (query, body) => {
        await http(
          'POST {{base}}/p?q={{query}}&r=1\nContent-Type: application/json\n\n{"v": "{{body}}", "w": 2}',
          { values: { query, body } },
        );
        expect(seen).toHaveLength(1);
        const url = new URL(seen[0]?.url ?? '', base);
        expect([...url.searchParams.keys()]).toEqual(['q', 'r']);
        expect(url.searchParams.get('q')).toBe(query);
        expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ v: body, w: 2 });
      }),
      { numRuns: 60 },
    );
  });

  test('in a plain body cannot begin another request', async () => {
    const text = 'POST {{base}}/\nContent-Type: text/plain\n\n{{note}}\n';
    await expect(
      http(text, { values: { note: 'x\n###\nDELETE http://127.0.0.1:1/all' } }),
    ).rejects.toThrow('begins with `###`');
    await http(text, { values: { note: 'line\n\n' } });
    expect(seen[0]?.body).toBe('line\n\n');
  });

  test('in a header cannot begin another', async () => {
    await expect(
      http('GET {{base}}/\nX-Note: {{note}}', { values: { note: 'a\r\nX-Evil: 1' } }),
    ).rejects.toThrow();
  });
});

describe('a response', () => {
  test('of 400 and above fails, and ends the fence', async () => {
    const { result, stdout } = await http('GET {{base}}/gone\n###\nGET {{base}}/next');
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.why).toMatch(/^GET 127\.0\.0\.1:\d+ \(line 11\) was answered with status 404$/);
    expect(stdout).toContain('no such thing');
    expect(seen).toHaveLength(1);
  });

  test('is left to an expectation that states a status', async () => {
    const { result } = await http('GET {{base}}/gone', {
      step: { expectation: expecting('HTTP/1.1 404 Not Found') },
    });
    expect(result.outcome).toBe('passed');
    expect(result.observed).toMatch(/^HTTP\/1\.1 404 Gone Away\n[\s\S]*\n\nno such thing\n$/);
  });

  test('is compared by its body otherwise, and its body is captured', async () => {
    const { result } = await http('GET {{base}}/', {
      step: { expectation: expecting('{"status":"ok"}'), annotations: { capture: 'health' } },
    });
    expect(result).toMatchObject({
      observed: '{"status":"ok"}',
      captured: { health: '{"status":"ok"}' },
    });
  });

  test('that redirects is shown and not followed', async () => {
    const { result, stdout, stderr } = await http('GET {{base}}/moved');
    expect(result.outcome).toBe('passed');
    expect(stdout).toContain('302 Found');
    expect(stderr).toContain('Redirected to /there');
    expect(seen).toHaveLength(1);
  });

  test('that is no text is counted', async () => {
    expect((await http('GET {{base}}/binary')).stdout).toContain('[4 bytes that are no text]');
  });

  test('that is too long is cut', async () => {
    const { stdout, stderr } = await http('GET {{base}}/large');
    expect(stdout.length).toBeLessThan(18 * 1024 * 1024);
    expect(stderr).toContain('the rest was not read');
  });

  test('that does not come in time is timed out', async () => {
    const { result } = await http('GET {{base}}/slow', {
      context: { signal: AbortSignal.timeout(200) },
    });
    expect(result.outcome).toBe('timed-out');
  });

  test('whose body does not come whole has not passed, in time or not', async () => {
    const late = await http('GET {{base}}/begun', {
      context: { signal: AbortSignal.timeout(500) },
      step: { annotations: { capture: 'answer' } },
    });
    expect(late.stdout).toContain('half of it');
    expect(late.result.outcome).toBe('timed-out');
    const broken = await http('GET {{base}}/broken', { step: { expectation: expecting('half') } });
    expect(broken.stdout).toContain('half of it');
    expect(broken.result.outcome).toBe('failed');
    expect(late.result.captured).toBeUndefined();
  });

  test('of a step whose time ends in the middle of a body is timed out', async () => {
    const signal = AbortSignal.timeout(400);
    const text = `GET ${base}/begun`;
    const context = contextOf({ text, signal });
    const running = runHttp(stepOf({ text }), context);
    let next = await running.next();
    // Whoever shows the output may be slow: the time ends between two pieces.
    while (!next.done) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      next = await running.next();
    }
    expect(next.value.outcome).toBe('timed-out');
  });

  test('that is cancelled is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort('cancelled'), 100);
    const { result } = await http('GET {{base}}/slow', { context: { signal: controller.signal } });
    expect(result.outcome).toBe('cancelled');
  });

  test('that never comes is a failure with its reason', async () => {
    const { result, stderr } = await http('GET http://127.0.0.1:1/?token=abc');
    expect(result.outcome).toBe('failed');
    expect(stderr).toContain('ECONNREFUSED');
    expect(JSON.stringify(result)).not.toContain('abc');
  });
});

describe('as curl would', () => {
  test('certificates are verified, against a bundle of the environment when there is one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-tls-'));
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const options = ['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost'];
    const subject = ['-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...options, ...subject],
      {
        stdio: 'ignore',
      },
    );
    const secure = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_request, response) => response.end('inside\n'),
    );
    const port = await listen(secure);
    try {
      const text = `GET https://127.0.0.1:${port}/`;
      const refused = await http(text);
      expect(refused.result).toMatchObject({ outcome: 'failed' });
      expect(refused.stderr).toContain('self-signed certificate');
      const trusted = await http(text, { context: { env: { CURL_CA_BUNDLE: cert } } });
      expect(trusted.stdout).toContain('inside');
    } finally {
      secure.close();
    }
  });

  test('a proxy of the environment is used', async () => {
    const { stdout } = await http('GET http://nowhere.invalid/through', {
      context: { env: { http_proxy: base } },
    });
    expect(stdout).toContain('200 OK');
    expect(seen[0]?.url).toBe('http://nowhere.invalid/through');
  });
});
