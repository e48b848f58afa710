import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isCapturedIn } from '../../../src/engine/model/captured-text.ts';
import { rechained } from '../../support/fuzzing/forgery.ts';
import { handrail } from '../../support/handrail.ts';

const server = createServer((_, response) => response.end('{"id": 7}\n\nand more\n'));

beforeAll(async () => {
  expect(inject('bundleError')).toBe('');
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => void server.close());

const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A run that was killed behind a step which captured something. */
async function killed(step: string): Promise<{ readonly folder: string; readonly log: string }> {
  const two =
    '```bash\necho here it waits; test -e mended || sleep 20; echo "{{found}}" > said\n```\n';
  const signalAt = { text: 'here it waits', signal: 'SIGKILL' } as const;
  const { folder, runs } = await handrail({ runbook: `# A\n\n${step}\n${two}`, signalAt });
  return { folder, log: join(runs[0] ?? '', 'log.jsonl') };
}

const KINDS: readonly (readonly [string, () => string, string])[] = [
  ['a line', () => '```bash capture=found\necho 1.2.3\n```\n', '1.2.3'],
  ['no newline', () => '```bash capture=found\nprintf 1.2.3\n```\n', '1.2.3'],
  ['nothing', () => '```bash capture=found\ntrue\n```\n', ''],
  [
    'lines among errors',
    () =>
      '```bash capture=found\nfor n in 1 2 3; do echo "$n"; sleep 0.2; echo "error $n" >&2; sleep 0.2; done\n```\n',
    '1\n2\n3',
  ],
  [
    'what came at the second try',
    () =>
      '```bash capture=found retries=1 delay=1ms\necho "$RANDOM"; test -e tried || { touch tried; false; }\necho last\n```\n',
    '',
  ],
  [
    'an answer',
    () => `\`\`\`http run capture=found\nGET ${base()}/\n\`\`\`\n`,
    '{"id": 7}\n\nand more',
  ],
];

test.each(KINDS)(
  'a captured value that is not what the step printed (%s) is altered, also in a run that was killed, and not gone on with',
  async (_what, step, value) => {
    const { folder, log } = await killed(step());
    const before = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    const at = before.findIndex((line) => line.includes('"source":"step '));
    const event: { readonly value: string } = JSON.parse(before[at] ?? '{}');
    if (value !== '') expect(event.value).toBe(value);
    const verify = () => handrail({ folder, args: ['verify', 'last'] });
    expect((await verify()).exitCode).toBe(23);
    for (const other of [`${event.value} or so`, `x${event.value}`]) {
      const edited = before.with(at, JSON.stringify({ ...event, value: other }));
      writeFileSync(
        log,
        rechained(edited)
          .map((line) => `${line}\n`)
          .join(''),
      );
      const { exitCode, stdout } = await verify();
      expect([exitCode, stdout]).toEqual([
        20,
        expect.stringContaining(`altered at line ${at + 1}: step`),
      ]);
      const args = ['resume', 'last', '--unattended', '--not-done', 'last'];
      const resumed = await handrail({ folder, args });
      expect(resumed.stderr).toContain('cannot be resumed: altered');
    }
    writeFileSync(log, before.map((line) => `${line}\n`).join(''));
    writeFileSync(join(folder, 'mended'), '');
    const args = ['resume', 'last', '--unattended', '--not-done', 'last'];
    expect((await handrail({ folder, args })).exitCode).toBe(0);
    expect((await verify()).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'said'), 'utf8')).toBe(`${event.value}\n`);
  },
);

test('an answer is what stands behind its head, whatever newline it ends with', () => {
  const head = 'HTTP/1.1 200 OK\r\nA: b\r\n\r\n';
  for (const [body, shown = body] of [['{}', '{}\n'], ['{}\n'], ['{}\r\n'], ['a\n\nb\n'], ['']]) {
    const value = (body ?? '').replace(/\r?\n$/, '');
    expect(isCapturedIn(value, `${head}${shown}`, 'answered')).toBe(true);
    expect(isCapturedIn(`${value}x`, `${head}${shown}`, 'answered')).toBe(false);
  }
  expect(isCapturedIn('}', `${head}{}\n`, 'answered')).toBe(false);
});
