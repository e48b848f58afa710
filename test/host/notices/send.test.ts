import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NoticeFacts } from '../../../src/engine/notices/occasion.ts';
import { sendNotice } from '../../../src/host/notices/send.ts';

const facts: NoticeFacts = {
  occasion: 'success',
  run: '0193a1b2-0000-7000-8000-000000000001',
  runbook: 'a.md',
  title: 'A',
  procedures: [],
  host: 'h',
  user: 'u',
  outcome: 'passed',
  at: '2026-11-21T02:31:00.000Z',
  durationMs: 10,
  exitCode: 0,
  step: null,
  why: null,
  resume: null,
  approve: null,
  incident: null,
};
const seen: { url: string; body: string }[] = [];
let answers: number[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', body });
      response.statusCode = answers.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const noCommand = async (): Promise<string> => 'no command was expected';

describe('a webhook', () => {
  test('is tried again when it answers with an error', async () => {
    answers = [500, 200];
    const why = await sendNotice(
      { label: 'x', webhook: `${base}/a`, format: 'json' },
      facts,
      noCommand,
    );
    expect(why).toBeUndefined();
    expect(seen.filter(({ url }) => url === '/a')).toHaveLength(2);
  });

  test('that never answers well is said, not thrown', async () => {
    answers = [500, 502, 503];
    const why = await sendNotice(
      { label: 'x', webhook: `${base}/b`, format: 'slack' },
      facts,
      noCommand,
    );
    expect(why).toBe('it answered 503');
  });

  test('that cannot be reached is said, not thrown', async () => {
    const why = await sendNotice(
      { label: 'x', webhook: 'http://127.0.0.1:1/', format: 'json' },
      facts,
      noCommand,
    );
    expect(why).toMatch(/refused|bad port/i);
  });
});

test('a command is handed the facts on standard input', async () => {
  let handed = '';
  const why = await sendNotice(
    { label: 'x', command: 'mail', format: 'json' },
    facts,
    async (_, input) => {
      handed = input;
      return undefined;
    },
  );
  expect(why).toBeUndefined();
  expect(JSON.parse(handed)).toEqual(facts);
});
