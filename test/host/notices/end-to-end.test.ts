import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HandrailResult, handrail } from '../../support/handrail.ts';

const seen: { readonly url: string; readonly body: string }[] = [];
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
      // A hook that never answers.
      if (!request.url?.startsWith('/silent')) response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const runbook = (notify: readonly string[], text: string): string =>
  `---\ntitle: Nightly\nnotify:\n${notify.map((line) => `  - ${line}\n`).join('')}---\n# Nightly\n\n\`\`\`bash name=one\n${text}\n\`\`\`\n`;

const told = ({ events }: HandrailResult): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'notification.sent' || event.type === 'notification.failed'
      ? [`${event.type} ${event.on} ${event.to}${'why' in event ? `: ${event.why}` : ''}`]
      : [],
  );

describe.concurrent('a notice', () => {
  test('of a failure hands the facts to a command, and is recorded before the seal', async () => {
    const failed = await handrail({
      runbook: runbook(['{ on: [failure], command: "cat > told.json" }'], 'exit 9'),
    });
    expect(failed.exitCode).toBe(1);
    expect(JSON.parse(failed.files['told.json'] ?? '')).toMatchObject({
      occasion: 'failure',
      outcome: 'failed',
      exitCode: 1,
      step: 'Nightly',
      resume: expect.stringMatching(/^handrail resume \S+ --state \//),
      chain: expect.stringMatching(/^line \d+, [0-9a-f]{12}$/),
    });
    expect(told(failed)).toEqual(['notification.sent failure cat']);
    expect(failed.events.slice(-2).map(({ type }) => type)).toEqual([
      'notification.sent',
      'run.sealed',
    ]);
  });

  test('is masked in what its command says: given, captured and computed secrets', async () => {
    const secrets = ['q-given-9481', 'q-captured-9482', 'q-computed-9483'];
    const said = `echo ${secrets.map((one) => [...one].join("''")).join(' ')} >&2; exit 3`;
    const page = [
      `---\nnotify:\n  - { on: [failure], command: ${JSON.stringify(said)} }\n`,
      'inputs:\n  given: { secret: true }\n  caught: { secret: true }\n---\n# Nightly\n\n',
      '```bash name=catch capture=caught\necho q-captured-9482\n```\n\n',
      '```bash name=compute\nAPI_KEY=$(printf "q-%s-9483" computed)\necho {{given}} | wc -c\nexit 1\n```\n',
    ].join('');
    const run = await handrail({
      runbook: page,
      args: ['run', '{file}', '--unattended', '-i', 'given=q-given-9481'],
    });
    expect(run.exitCode, run.stdout + run.stderr).toBe(1);
    const [failure] = told(run);
    expect(failure).toContain('notification.failed failure');
    for (const one of secrets) expect(failure).not.toContain(one);
    expect(failure).toContain('*** *** ***');
  });

  test('of a step that waits for a yes says how to give it, and closes what it opened', async () => {
    const page = [
      '---\nnotify:\n  - { on: [waiting, success], webhook: "$HOOK", format: pagerduty, key: "$PD" }\n---\n',
      '# Purge\n\n```bash name=purge confirm\ntouch purged\n```\n',
    ].join('');
    const env = { HOOK: `${base}/v2/enqueue?approval`, PD: 'r0uting-key' };
    const waits = await handrail({ runbook: page, env });
    expect(waits.exitCode).toBe(5);
    const sent = () =>
      seen.filter(({ url }) => url === '/v2/enqueue?approval').map(({ body }) => JSON.parse(body));
    const [opened] = sent();
    expect(opened).toMatchObject({ routing_key: 'r0uting-key', event_action: 'trigger' });
    const { approve } = opened.payload.custom_details;
    expect(approve).toMatch(/^handrail resume \S+ --approve purge --state \/\S+$/);
    const [, ...words] = String(approve).split(' ');
    const { folder } = waits;
    const done = await handrail({ folder, args: [...words, '--unattended'], env });
    expect(done.exitCode).toBe(0);
    expect(sent()[1]).toMatchObject({ event_action: 'resolve', dedup_key: opened.dedup_key });
    expect(JSON.stringify(done.events)).not.toContain('r0uting-key');
  });

  test('goes to a webhook whose address stands in the environment, and never in the record', async () => {
    const passed = await handrail({
      runbook: runbook(
        ['{ on: [start, success], webhook: "$HOOK", format: healthchecks }'],
        'true',
      ),
      env: { HOOK: `${base}/ping/s3cret-path` },
    });
    const host = new URL(base).host;
    expect(told(passed)).toEqual([
      `notification.sent start ${host}`,
      `notification.sent success ${host}`,
    ]);
    const urls = seen.map(({ url }) => url).filter((url) => url.includes('s3cret-path'));
    expect(urls.map((url) => url.replace(/rid=.*/, 'rid='))).toEqual([
      '/ping/s3cret-path/start?rid=',
      '/ping/s3cret-path?rid=',
    ]);
    const log = readFileSync(path.join(passed.runs[0] ?? '', 'log.jsonl'), 'utf8');
    expect(log).not.toContain('s3cret-path');
  });

  test('that fails with a secret in its words is recorded without it', async () => {
    const page = `---\ninputs:\n  db_password: { secret: true }\n${runbook(
      [
        '{ on: [success], command: "echo no $DEPLOY_TOKEN $(echo -n $DEPLOY_TOKEN | base64) >&2; exit 3" }',
      ],
      'true',
    ).slice(4)}`;
    const env = { DEPLOY_TOKEN: 'tok-5d1f8c22ab', db_password: 'pa-99-ss-word' };
    const ran = await handrail({ runbook: page, env });
    expect(told(ran)).toEqual([
      expect.stringMatching(/^notification\.failed success echo: .*\*\*\*/),
    ]);
    expect(JSON.stringify(ran.events)).not.toMatch(/tok-5d1f8c22ab|dG9rLTVkMWY4YzIyYWI/);
  });

  test('of a recovery comes with the first good run after a failure, and not with the next', async () => {
    const text = runbook(['{ on: [recovery], command: "echo told >> told" }'], 'test -e good');
    const first = await handrail({ runbook: text });
    writeFileSync(path.join(first.folder, 'good'), '');
    const second = await handrail({ runbook: text, folder: first.folder });
    const third = await handrail({ runbook: text, folder: first.folder });
    expect([first, second, third].map(told)).toEqual([[], ['notification.sent recovery echo'], []]);
  });

  test('of a run that waits names what it waits for', async () => {
    const text = runbook(['{ on: [waiting], command: "cat > told.json" }'], 'true');
    const waiting = await handrail({
      runbook: `${text}\n## By hand\n\n- [ ] Look at the lights\n`,
    });
    expect(waiting.exitCode).toBe(5);
    expect(JSON.parse(waiting.files['told.json'] ?? '')).toMatchObject({
      occasion: 'waiting',
      outcome: 'waiting',
      resume: expect.stringMatching(/^handrail resume \S+ --state \//),
    });
  });

  test('of a skipped run says who holds the lock', async () => {
    const text = runbook(
      ['{ on: [skipped], command: "cat > told.json" }'],
      'touch began; until [ -e go ]; do sleep 0.05; done',
    );
    const { folder } = await handrail({ runbook: '# Nothing\n', args: ['runs'] });
    const holding = handrail({ runbook: text, folder });
    while (!existsSync(path.join(folder, 'began')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const skipped = await handrail({ runbook: text, folder });
    writeFileSync(path.join(folder, 'go'), '');
    await holding;
    expect(skipped.exitCode).toBe(75);
    expect(JSON.parse(skipped.files['told.json'] ?? '')).toMatchObject({
      occasion: 'skipped',
      why: expect.stringMatching(/the lock is held by run .* since /),
    });
  });

  test('of a run far slower than its last ones', async () => {
    const text = runbook(
      ['{ on: [slow], command: "echo told >> told" }'],
      'test -e slow && sleep 4 || true',
    );
    let last = await handrail({ runbook: text });
    for (const _ of [1, 2, 3]) last = await handrail({ runbook: text, folder: last.folder });
    expect(told(last)).toEqual([]);
    writeFileSync(path.join(last.folder, 'slow'), '');
    const slow = await handrail({ runbook: text, folder: last.folder });
    expect(told(slow)).toEqual(['notification.sent slow echo']);
  });

  test.each([
    ['a command', 'command: "echo began; sleep 3000; true"', 'its time was over'],
    [
      'a command that leaves somebody behind',
      'command: "sleep 3000 & sleep 3000"',
      'its time was over',
    ],
    ['a webhook', 'webhook: "$HOOK"', 'The operation was aborted due to timeout'],
  ])('that hangs (%s) holds the run no longer than its time', async (_, to, why) => {
    const passed = await handrail({
      runbook: runbook([`{ on: [success], timeout: 300ms, ${to} }`], 'true'),
      env: { HOOK: `${base}/silent` },
    });
    expect(passed.exitCode).toBe(0);
    expect(told(passed)).toEqual([expect.stringContaining(why)]);
  });

  test('that fails never changes how the run ends', async () => {
    const passed = await handrail({
      runbook: runbook(['{ on: [success], command: "echo no mail here >&2; exit 3" }'], 'true'),
    });
    expect([passed.exitCode, ...told(passed)]).toEqual([
      0,
      'notification.failed success echo: exit code 3: no mail here',
    ]);
  });
});
