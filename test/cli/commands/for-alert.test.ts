import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const POOL = `---
inputs: { pool: {}, region: { default: eu } }
on-alert: [look-at-it, look-and-tell, drop-it]
---

# Pool

## Look at it

\`\`\`bash
cat < /dev/null; echo "pool is" {{pool}} in {{region}}
\`\`\`

## Look and tell

\`\`\`bash
echo {{pool}}
\`\`\`

- [ ] The owner knows

## Drop it

\`\`\`bash
rm -rf ./pool-{{pool}}
\`\`\`

## Look elsewhere

\`\`\`bash
ls /
\`\`\`
`;

interface Fires {
  readonly anchor?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly status?: 'firing' | 'resolved';
}

/** A notification as Alertmanager 0.28 sends it. */
function body({
  anchor = 'look-at-it',
  labels = { pool: 'web' },
  startsAt,
  status,
}: Fires): string {
  return JSON.stringify({
    receiver: 'ops',
    status: status ?? 'firing',
    alerts: [
      {
        status: status ?? 'firing',
        labels: { alertname: 'PoolFull', severity: 'page', ...labels },
        annotations: {
          summary: 'Pool is full',
          runbook_url: `https://ops.example.net/pool#${anchor}`,
        },
        startsAt: startsAt ?? '2026-11-29T02:14:31.512Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus:9090/graph?g0.expr=x',
        fingerprint: 'ca68c2b5d1a8c0ee',
      },
    ],
    groupLabels: { alertname: 'PoolFull' },
    commonLabels: { alertname: 'PoolFull', severity: 'page', ...labels },
    commonAnnotations: { summary: 'Pool is full' },
    externalURL: 'http://alertmanager:9093',
    version: '4',
    groupKey: '{}:{alertname="PoolFull"}',
    truncatedAlerts: 0,
  });
}

const files = { 'docs/pool.md': POOL };
const words = ['for-alert', '--docs', 'docs'];

describe.concurrent('handrail for-alert', () => {
  test('names the procedure, its inputs from labels and the command that begins it', async () => {
    const { stdout, stderr, exitCode, runs } = await handrail({
      files,
      args: words,
      answers: [body({ labels: { pool: "a'; touch owned; '" } })],
    });
    expect([exitCode, stderr, runs]).toEqual([0, '', []]);
    expect(stdout).toBe(
      "PoolFull  Look at it  pool.md\n  pool = a'; touch owned; '\n  handrail run '--reason=alert PoolFull' '--input=pool=a'\\''; touch owned; '\\''' -- docs/pool.md#look-at-it\n",
    );
  });

  test('takes a label for a value and for nothing else, whatever it holds', async () => {
    const pool = '$(touch owned); `touch owned`\n--step\u001b[31m "\'';
    const told = await handrail({
      files,
      args: [...words, '--json', '--state', 'there'],
      answers: [body({ labels: { pool } })],
    });
    const [alert] = JSON.parse(told.stdout).alerts;
    expect(alert.inputs).toEqual({ pool });
    expect(alert.command).toContainEqual(expect.stringMatching(/^--state=.+\/there$/));
    const { folder } = told;
    const plain = await handrail({ folder, args: words, answers: [body({ labels: { pool } })] });
    expect(plain.stdout).not.toContain('\u001b');
    expect(plain.stdout).toContain('no command line can show');
    const run = await handrail({
      folder,
      args: [...words, '--start'],
      answers: [body({ labels: { pool } })],
    });
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(Object.keys(run.files).filter((name) => name.includes('owned'))).toEqual([]);
    expect(run.events.find(({ type }) => type === 'input.bound')).toMatchObject({ name: 'pool' });
  });

  test.each([
    ['the label of its own name', { pool: 'web', Pool: 'no', region: 'us' }, 'us'],
    ['its default, where no label says it', { pool: 'web' }, null],
    ['its default, where a label is empty', { pool: 'web', region: '' }, null],
  ])('gives an input with a default %s', async (_how, labels, region) => {
    const { stdout } = await handrail({
      files,
      args: [...words, '--json'],
      answers: [body({ labels })],
    });
    expect(JSON.parse(stdout).alerts[0].inputs).toEqual({
      pool: 'web',
      ...(region === null ? {} : { region }),
    });
  });

  test('follows a label that leads to a runbook where no annotation does', async () => {
    const labelled = JSON.parse(body({ labels: { pool: 'web', runbook: 'pool.md#look-at-it' } }));
    labelled.alerts[0].annotations = {};
    const { stdout } = await handrail({
      files,
      args: words,
      answers: [JSON.stringify(labelled)],
    });
    expect(stdout).toContain('PoolFull  Look at it  pool.md');
  });

  test('with --start runs once for each firing, into the incident of the group, which closes with it', async () => {
    const first = await handrail({ files, args: [...words, '--start'], answers: [body({})] });
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('pool is web in eu');
    expect(first.events[0]).toMatchObject({
      type: 'run.started',
      incident: expect.stringMatching(/^alert-poolfull-[0-9a-f]{8}$/),
      reason: 'alert PoolFull, fingerprint ca68c2b5d1a8c0ee',
    });
    const { folder } = first;
    const again = await handrail({ folder, args: [...words, '--start'], answers: [body({})] });
    expect(again.stderr).toContain('it was started before');
    expect([again.exitCode, again.runs.length]).toEqual([0, 1]);
    const spelled = body({ startsAt: '2026-11-29T03:14:31.512000+01:00' });
    const same = await handrail({ folder, args: [...words, '--start'], answers: [spelled] });
    expect([same.exitCode, same.runs.length]).toEqual([0, 1]);
    const later = body({ startsAt: '2026-11-29T05:00:00Z' });
    expect(
      (await handrail({ folder, args: [...words, '--start'], answers: [later] })).runs,
    ).toHaveLength(2);
    const over = await handrail({
      folder,
      args: [...words, '--start'],
      answers: [body({ status: 'resolved', startsAt: '2026-11-29T05:00:00Z' })],
    });
    expect([over.exitCode, over.runs.length]).toEqual([0, 2]);
    expect(over.stdout).toContain('is closed');
    const list = await handrail({ folder, args: ['incident', 'list', '--json'] });
    expect(JSON.parse(list.stdout).incidents).toMatchObject([
      { title: 'Pool is full', state: 'closed' },
    ]);
    const third = body({ startsAt: '2026-11-30T05:00:00Z' });
    const next = await handrail({ folder, args: [...words, '--start'], answers: [third] });
    expect(next.events[0]).toMatchObject({ incident: expect.stringMatching(/-2$/) });
  });

  test('a late word that an earlier firing is over closes no incident, nor does that of one alert while another fires', async () => {
    const told = async (into: string | undefined, ...alerts: readonly Fires[]) => {
      const [first, ...others] = alerts.map((one) => JSON.parse(body(one)));
      first.alerts.push(...others.flatMap((other) => other.alerts));
      first.status = alerts.every(({ status }) => status === 'resolved') ? 'resolved' : 'firing';
      for (const alert of first.alerts) alert.fingerprint = `of-${alert.labels.pool}`;
      return handrail({
        ...(into === undefined ? { files } : { folder: into }),
        args: [...words, '--start'],
        answers: [JSON.stringify(first)],
      });
    };
    const at = (hour: number): string => `2026-11-29T0${hour}:00:00Z`;
    const web = { labels: { pool: 'web' } };
    const api = { labels: { pool: 'api' } };
    const { folder } = await told(undefined, { ...web, startsAt: at(1) });
    const states = async (): Promise<readonly string[]> => {
      const list = await handrail({ folder, args: ['incident', 'list', '--json'] });
      return JSON.parse(list.stdout).incidents.map(({ state }: { state: string }) => state);
    };
    await told(folder, { ...web, startsAt: at(1), status: 'resolved' });
    expect(await states()).toEqual(['closed']);
    await told(folder, { ...web, startsAt: at(3) });
    await told(folder, { ...web, startsAt: at(1), status: 'resolved' });
    expect((await states()).toSorted()).toEqual(['closed', 'open']);
    await told(folder, { ...web, startsAt: at(3) }, { ...api, startsAt: at(4) });
    await told(folder, { ...web, startsAt: at(3), status: 'resolved' });
    expect((await states()).toSorted()).toEqual(['closed', 'open']);
    await told(folder, { ...api, startsAt: at(4), status: 'resolved' });
    expect(await states()).toEqual(['closed', 'closed']);
  });

  test('with --start --json standard output is one document, whatever a run says of itself', async () => {
    const failing = `---\non-alert: all\n---\n# Pool\n\n## Look at it\n\n~~~sh effect=reads\nfalse\n~~~\n`;
    const { stdout, stderr, exitCode } = await handrail({
      files: { 'docs/pool.md': failing },
      args: [...words, '--start', '--json'],
      answers: [body({})],
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).alerts).toMatchObject([{ started: true, exitCode: 1, why: null }]);
    expect(stderr).toContain('Run failed');
  });

  test('what its checks refused, or a lock kept away, is not started, and the next notification starts it', async () => {
    const head = '---\non-alert: [look]\nrequires: { files: [./there] }\nlock: { name: pool }\n';
    const look = '\n# Pool\n\n## Look\n\n```bash\ncat ./there\n```\n';
    const hold =
      '---\nlock: { name: pool }\n---\n# Hold\n\n## Hold\n\n```bash\n: > held; until [ -e let-go ]; do sleep 0.1; done\n```\n';
    const { folder } = await handrail({
      files: { 'docs/pool.md': `${head}---\n${look}`, 'hold.md': hold },
      args: ['list', 'docs'],
    });
    const start = async (): Promise<unknown> => {
      const answers = [body({ anchor: 'look' })];
      const { exitCode, stdout } = await handrail({
        folder,
        args: [...words, '--start', '--json'],
        answers,
      });
      const [{ started, exitCode: own, why }] = JSON.parse(stdout).alerts;
      expect(own).toBe(exitCode);
      return [started, exitCode, why];
    };
    expect(await start()).toEqual([false, 65, expect.stringContaining('its checks refused')]);
    writeFileSync(path.join(folder, 'docs', 'there'), 'x');
    const approved = ['--unattended', '--approve', 'hold-1/hold'];
    const holding = handrail({ folder, args: ['run', 'hold.md', '--all', ...approved] });
    const ended = holding.then(({ stdout, stderr }) => expect.fail(stdout + stderr));
    while (!existsSync(path.join(folder, 'held')))
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    ended.catch(() => undefined);
    expect(await start()).toEqual([false, 75, 'another run holds the lock']);
    writeFileSync(path.join(folder, 'let-go'), '');
    await holding;
    expect(await start()).toEqual([true, 0, null]);
    expect(await start()).toEqual([false, 0, expect.stringContaining('it was started before')]);
  });

  test('two notifications at once start one run', async () => {
    const { folder } = await handrail({ files, args: ['list', 'docs'] });
    const ended = await Promise.all(
      [0, 1, 2].map(() => handrail({ folder, args: [...words, '--start'], answers: [body({})] })),
    );
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect((await handrail({ folder, args: ['runs', '--json'] })).runs).toHaveLength(1);
  });

  test.each([
    ['look-elsewhere', 'does not say `on-alert: [look-elsewhere]`', {}, 77],
    ['look-and-tell', 'a person carries out line', { pool: 'web' }, 77],
    ['drop-it', 'does more than read', { pool: 'web' }, 77],
    ['look-at-it', 'no label gives `pool`', {}, 65],
    ['nowhere', 'has no such heading', {}, 66],
  ])('never starts #%s: %s', async (anchor, why, labels, code) => {
    const { exitCode, stderr, runs } = await handrail({
      files,
      args: [...words, '--start'],
      answers: [body({ anchor, labels })],
    });
    expect([exitCode, runs]).toEqual([code, []]);
    expect(stderr).toContain(why);
  });

  test('reads the body from a file or an URL, and says what is no notification', async () => {
    const { folder } = await handrail({ files, args: ['list', 'docs'] });
    writeFileSync(path.join(folder, 'body.json'), body({}));
    const fromFile = await handrail({ folder, args: [...words, 'body.json'] });
    expect(fromFile.stdout).toContain('#look-at-it');
    const server = createServer((_request, answer) => {
      answer.end(readFileSync(path.join(folder, 'body.json')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const fromUrl = await handrail({ folder, args: [...words, `http://127.0.0.1:${port}/x`] });
    server.close();
    expect(fromUrl.stdout).toBe(fromFile.stdout);
    const none = await handrail({ folder, args: words, answers: ['{"version":"3"}'] });
    expect([none.exitCode, none.stderr]).toEqual([
      64,
      expect.stringMatching(/^handrail: This is no notification of Alertmanager: .*\n$/),
    ]);
  });

  test.each([
    [{}, ['--open'], 'no terminal'],
    [{ HANDRAIL_UNATTENDED: '1' }, ['--open'], 'no terminal'],
    [{}, ['--open', '--start'], 'say one of them'],
  ])('with %j, %j opens and starts nothing', async (env, options, why) => {
    const { exitCode, stderr, runs } = await handrail({
      files,
      env,
      args: [...words, ...options],
      answers: [body({})],
    });
    expect([exitCode, runs]).toEqual([64, []]);
    expect(stderr).toContain(why);
  });

  test.each([
    ['https://ops.example.net/{{ $labels.nothing }}'],
    ['https://ops.example.net/{{ $labels.constructor }}#look-at-it'],
    ['https://ops.example.net/%00pool#look-at-it'],
    ['https://ops.example.net/\u0000#look-at-it'],
    ['https://ops.example.net/pool#{{ $labels.toString }}'],
    ['../../../../etc/passwd'],
    ['file:///etc/hostname#look-at-it'],
  ])('an address that leaves open where it leads starts nothing: %j', async (address) => {
    const { exitCode, stderr, runs } = await handrail({
      files,
      args: [...words, '--start'],
      answers: [
        body({}).replace('"https://ops.example.net/pool#look-at-it"', JSON.stringify(address)),
      ],
    });
    expect([exitCode, runs]).toEqual([66, []]);
    expect(stderr).toMatch(/^PoolFull is not started: [^\n]+\n$/);
  });

  test.each([
    ['docs', [], 'is a folder'],
    ['/dev/zero', [], 'larger than 4 MiB'],
    ['nowhere.json', [], 'There is no file'],
    ['http://', [], 'no URL'],
    ['http://ada:swordfish@127.0.0.1:1/x', [], 'holds a name or a password'],
    ['-', ['['.repeat(300_000)], 'no JSON'],
    ['-', ['[]'], 'no object of that kind'],
    ['-', [body({}).replace('"alerts":[{', `"alerts":[${'{},'.repeat(1500)}{`)], 'max_alerts'],
  ])('%s as a body is refused in one sentence', async (word, answers, why) => {
    const { exitCode, stderr, runs } = await handrail({
      files,
      args: [...words, '--start', word],
      answers,
    });
    expect([exitCode, runs]).toEqual([64, []]);
    expect(stderr).toMatch(/^handrail: [^\n]+\n$/);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('swordfish');
  });

  test('--open takes the body from a pipe and the keys from the terminal, whoever said unattended', async () => {
    const { folder } = await handrail({
      files: { ...files, 'body.json': body({ labels: { pool: 'web one' } }) },
      args: ['list', 'docs'],
    });
    const ada = sitDown({
      folder,
      args: [...words, '--open'],
      env: { HANDRAIL_UNATTENDED: '1' },
      through: 'cat body.json | "$@"',
    });
    await ada.press('\r');
    await ada.sees('pool is web one in eu');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('run.started')).toMatchObject([{ attended: true }]);
  });

  test('--open walks a person through the procedure, with the labels as values', async () => {
    const { folder } = await handrail({
      files: { ...files, 'body.json': body({ labels: { pool: 'web one' } }) },
      args: ['list', 'docs'],
    });
    const ada = sitDown({ folder, args: [...words, 'body.json', '--open'] });
    await ada.press('\r');
    await ada.sees('pool is web one in eu');
    await ada.ends();
    expect(ada.eventsOf('run.started')).toMatchObject([
      { procedures: ['look-at-it'], attended: true, reason: 'alert PoolFull' },
    ]);
  });

  test('starts what it can, whatever is wrong with the runbook of another alert', async () => {
    const alert = (page: string) => ({
      status: 'firing',
      labels: { alertname: page, pool: 'web' },
      annotations: { runbook_url: `${page}.md` },
      startsAt: '2026-11-29T02:14:31Z',
      fingerprint: page,
    });
    const broken = '---\non-alert: [all]\nlock: deploy\n---\n\n# Broken\n\n```bash\nuptime\n```\n';
    const sound = '---\non-alert: [all]\n---\n\n# Sound\n\n```bash\ncat < /dev/null\n```\n';
    const { stdout, exitCode, runs } = await handrail({
      files: { 'docs/broken.md': broken, 'docs/sound.md': sound },
      args: ['for-alert', '--docs', 'docs', '--start', '--json'],
      answers: [
        JSON.stringify({
          version: '4',
          groupKey: '{}',
          status: 'firing',
          alerts: [alert('broken'), alert('sound')],
        }),
      ],
    });
    expect([exitCode, runs.length]).toEqual([65, 1]);
    expect(JSON.parse(stdout).alerts).toMatchObject([
      { name: 'broken', started: false, why: expect.stringContaining('`lock`') },
      { name: 'sound', started: true, why: null },
    ]);
  });

  test('says how many alerts Alertmanager left out, and of what is no folder that it is none', async () => {
    const cut = JSON.stringify({ ...JSON.parse(body({})), truncatedAlerts: 3 });
    const pool = { 'docs/pool.md': POOL };
    const told = await handrail({
      files: pool,
      args: ['for-alert', '--docs', 'docs'],
      answers: [cut],
    });
    expect([told.exitCode, told.stderr]).toEqual([0, expect.stringContaining('left out 3 alerts')]);
    const gone = await handrail({
      files: pool,
      args: ['for-alert', '--docs', 'dox'],
      answers: [cut],
    });
    expect([gone.exitCode, gone.stderr]).toEqual([
      64,
      expect.stringContaining('`--docs dox` is no folder'),
    ]);
  });
});
