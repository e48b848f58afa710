import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sign, writeSigned } from '../../src/team/signed.ts';
import { forEachTest, type OpsTeam, opsTeam } from '../support/ops-team.ts';
import { agreedTo, asked, signedRequest } from '../support/signed-requests.ts';
import type { FreshTeam } from '../support/team.ts';

let team: FreshTeam;
let ops: OpsTeam;
forEachTest((fresh) => {
  ({ team, ops } = fresh);
});

const asHost = () => ({ HANDRAIL_TEAM: team.host });

async function request(who: string, procedure: string, ...more: string[]): Promise<string> {
  const words = ['request', `ops.md#${procedure}`, '--host', 'web1', '--json', ...more];
  const { stdout, stderr } = await ops.as(who, ...words);
  // Ids are normalised in what is printed: the record has them.
  if (!stdout.includes('request')) throw new Error(stderr);
  const [row] = await team.sql(
    team.admin,
    'SELECT id FROM handrail.request ORDER BY at DESC LIMIT 1',
  );
  return String(row?.['id']);
}

/** The same without the command line, agreed to by bo: where it is what became of a request that counts. */
async function approved(procedure = 'count'): Promise<string> {
  const signed = await asked(team, ops, procedure);
  await agreedTo(team, ops, signed);
  return signed.id;
}

async function stateOf(id: string): Promise<string> {
  const [row] = await team.sql(
    team.admin,
    'SELECT state, why FROM handrail.word WHERE request = $1 ORDER BY n DESC LIMIT 1',
    [id],
  );
  return `${row?.['state']}: ${row?.['why']}`;
}

const past = (sql: string, values: readonly unknown[] = []): Promise<unknown> =>
  team.sql(
    team.admin,
    `SET session_replication_role = replica; ${sql.replace(/\$(\d)/g, (_, n) => `'${values[Number(n) - 1]}'`)}`,
  );

/** Open again for its host's workers, as whoever has the database can make it. */
const reopened = async (): Promise<void> => {
  await past('DELETE FROM handrail.pending');
  await past(
    'INSERT INTO handrail.pending (request, host, login, at) SELECT id, host, login, at FROM handrail.request',
  );
};

const logged = (id: string): string =>
  readFileSync(path.join(ops.folder, '.handrail/runs', id, 'log.jsonl'), 'utf8');

describe('a request', () => {
  test('is carried out once, by its own id, after somebody else signed it too', async () => {
    const worker = ops.worker(asHost());
    const id = await request('ada', 'count', '--reason', 'pool full');
    await worker.says(`${id}: waiting (0 of 1 approval)`);
    expect((await ops.as('ada', 'approve', id, '--yes')).exitCode).toBe(77);
    expect((await ops.as('eve', 'approve', id, '--yes')).exitCode).toBe(0);
    await worker.says('the signature is of nobody whom this host knows');
    expect((await ops.as('bo', 'approve', id, '--yes')).exitCode).toBe(0);
    await worker.says(`run ${id}: passed`);
    expect(ops.read('count')).toBe('x\n');
    const types = logged(id)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .map(({ type, by }) => `${type} ${by ?? ''}`.trim());
    expect(types.slice(0, 4)).toEqual([
      'run.started',
      'request.received ada',
      'approval.refused eve',
      'approval.granted bo',
    ]);
    const { stdout } = await ops.as(null, 'log', id);
    expect(stdout).toContain('asked for by ada on host web1');
    expect((await ops.as(null, 'timeline', id)).stdout).toContain('did not count');
    expect((await ops.as(null, 'verify', id)).exitCode).toBe(0);
  });

  test('shows the very text to who approves it, and signs nothing where nobody can answer', async () => {
    const id = await request('ada', 'count');
    const { exitCode, stdout } = await ops.as('bo', 'approve', id);
    expect([exitCode, stdout]).toEqual([64, expect.stringContaining('> echo x >> count')]);
    expect(stdout).toContain('No run of it was approved before.');
    expect(await team.sql(team.admin, 'SELECT * FROM handrail.answer')).toEqual([]);
  });

  test.each([
    ['a carriage return at each line end', (page: string) => page.replaceAll('\n', '\r\n')],
    ['a byte order mark', (page: string) => `\ufeff${page}`],
    ['carriage returns for line ends', (page: string) => page.replaceAll('\n', '\r')],
    ['no newline at its end', (page: string) => page.trimEnd()],
  ])('shows a page with %s, and the host takes it for what was signed', async (_what, written) => {
    const file = path.join(ops.folder, 'ops.md');
    const page = ops.read('ops.md');
    writeFileSync(file, written(page));
    const worker = ops.worker(asHost());
    const id = await request('ada', 'count');
    const { stdout } = await ops.as('bo', 'approve', id);
    const shown = stdout
      .split('\n')
      .flatMap((line) => / *\d+ [>|] (.*)/.exec(line)?.slice(1) ?? []);
    expect(shown).toEqual(page.trimEnd().split('\n'));
    expect(stdout).toContain('> echo x >> count');
    await ops.as('bo', 'approve', id, '--yes');
    await worker.says(`run ${id}: passed`);
    writeFileSync(file, page);
    const again = await ops.as('bo', 'approve', await request('ada', 'count'));
    expect(again.stdout).toMatch(
      /Since the last approved run only its line ends changed|No newline at end of file|is the one of/,
    );
  });

  test('shows a page that is no UTF-8 as it would run, and characters that nobody sees', async () => {
    const page = ops
      .read('ops.md')
      .replace('echo x >> count', 'echo x\u3164 y\ufe0f \u2800 \u{1f44d}\ufe0f >> caf@');
    const [before = '', after = ''] = page.split('@');
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from(after)]);
    writeFileSync(path.join(ops.folder, 'ops.md'), bytes);
    const { stdout } = await ops.as('bo', 'approve', await request('ada', 'count'));
    expect(stdout).toContain('> echo x‹U+3164› y‹U+FE0F› ‹U+2800› \u{1f44d}\ufe0f >> caf\ufffd');
  });

  test('shows a command that stands in what would be a control sequence', async () => {
    const page = ops.read('ops.md').replace('echo x >> count', 'echo x >> count \u001b[;./y');
    writeFileSync(path.join(ops.folder, 'ops.md'), page);
    const id = await request('ada', 'count');
    expect((await ops.as('bo', 'approve', id)).stdout).toContain('> echo x >> count ␛[;./y');
    const { stdout } = await ops.as(null, 'run', 'ops.md#count', '--dry-run');
    expect(stdout).toContain('echo x >> count ␛[;./y');
  });

  test('shows what changed since the last approved run', async () => {
    const worker = ops.worker(asHost());
    const first = await request('ada', 'count');
    await ops.as('bo', 'approve', first, '--yes');
    await worker.says(`run ${first}: passed`);
    const file = path.join(ops.folder, 'ops.md');
    writeFileSync(file, ops.read('ops.md').replace('echo x >> count', 'echo xx >> count'));
    const second = await request('ada', 'count');
    const { stdout } = await ops.as('bo', 'approve', second);
    expect(stdout).toContain('-echo x >> count\n+echo xx >> count');
  });

  test('holds no secret', async () => {
    writeFileSync(
      path.join(ops.folder, 'ops.md'),
      '---\ninputs:\n  token: { secret: true }\n---\n# A\n\n```bash\necho {{token}}\n```\n',
    );
    const { exitCode, stderr } = await ops.as(
      'ada',
      'request',
      'ops.md',
      '--host',
      'web1',
      '--input',
      'token=hunter2',
    );
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('is a secret')]);
  });

  test('that only a person could decide is refused where it is asked', async () => {
    const page = '# A\n\n## Go\n\nIf the primary is down:\n\n```bash\necho x >> count\n```\n';
    writeFileSync(path.join(ops.folder, 'a.md'), page);
    const { exitCode, stderr } = await ops.as('ada', 'request', 'a.md#go', '--host', 'web1');
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--holds')]);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.request')).toEqual([]);
  });

  test('of a host that nobody knows is refused at once', async () => {
    const { exitCode, stderr } = await ops.as('ada', 'request', 'ops.md#count', '--host', 'web9');
    expect([exitCode, stderr]).toEqual([
      78,
      expect.stringContaining('no host of this team is called web9'),
    ]);
  });

  test('that was cancelled ends what runs of it', async () => {
    const worker = ops.worker(asHost());
    const id = await request('ada', 'slow');
    await ops.as('bo', 'approve', id, '--yes');
    await worker.says(`run ${id}: step`);
    expect((await ops.as('eve', 'cancel', id)).exitCode).toBe(0);
    expect((await ops.as('bo', 'cancel', id, '--reason', 'wrong host')).exitCode).toBe(0);
    await worker.says(`run ${id}: cancelled`);
    expect(ops.read('slow')).toBe('x\n');
    expect(logged(id)).toContain('"type":"cancel.received"');
    expect(logged(id)).not.toContain('"by":"eve"');
  });

  test('waits with no server at all, as files by any channel', async () => {
    ops.close();
    ops = opsTeam(null);
    const inbox = (file: string): string => path.join(ops.folder, 'inbox', file);
    const once = () =>
      ops.as(
        null,
        'worker',
        '--host',
        'web1',
        '--policy',
        'policy.yaml',
        '--from',
        'inbox',
        '--once',
      );
    expect(
      (await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', '--out', inbox('r.json')))
        .exitCode,
    ).toBe(0);
    expect((await once()).exitCode).toBe(5);
    // No word takes the place of another one, nor of anything else.
    const again = ['ops.md#slow', '--host', 'web1', '--out', inbox('r.json')];
    expect((await ops.as('ada', 'request', ...again)).exitCode).toBe(64);
    for (const file of [inbox('r.json'), 'ops.md'])
      expect(
        (await ops.as('bo', 'approve', inbox('r.json'), '--yes', '--out', file)).exitCode,
      ).toBe(64);
    expect(ops.read('ops.md')).toMatch(/^# Ops/);
    for (const word of ['approve', 'cancel'])
      expect(await ops.as('bo', word, 'inbox/none.json')).toMatchObject({
        exitCode: 66,
        stderr: expect.stringContaining('There is no request `inbox/none.json`'),
      });
    expect((await ops.as('ada', 'approve', inbox('r.json'), '--yes')).exitCode).toBe(77);
    expect((await ops.as('bo', 'approve', inbox('r.json'), '--yes')).exitCode).toBe(0);
    expect((await once()).exitCode).toBe(0);
    expect((await once()).exitCode).toBe(0);
    expect(ops.read('count')).toBe('x\n');
    rmSync(path.join(ops.folder, '.handrail', 'requests'), { recursive: true });
    await once();
    expect(ops.read('count')).toBe('x\n');
  });

  test('in a folder that hosts share is no run on any but its own, and uses nothing up there', async () => {
    ops.close();
    ops = opsTeam(null);
    const { id, document, signature } = await signedRequest(ops, 'count');
    writeSigned(path.join(ops.folder, 'inbox', 'r.json'), { kind: 'request', document, signature });
    await ops.as('bo', 'approve', 'inbox/r.json', '--yes');
    const worker = (host: string) =>
      ops.as(
        null,
        'worker',
        '--host',
        host,
        '--policy',
        'policy.yaml',
        '--from',
        'inbox',
        '--once',
      );
    const { exitCode, stderr } = await worker('web2');
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining(id)]);
    expect((await ops.as(null, 'runs')).stdout).not.toContain('refused');
    await worker('web1');
    expect(ops.read('count')).toBe('x\n');
  });

  test.each([
    [
      'what somebody unknown signed',
      'eve',
      { from: '"reason":""', to: '"reason":"now"' },
      'it is not signed by ada',
    ],
    [
      'what somebody signed whom the host knows',
      'bo',
      { from: '"who":"ada"', to: '"who":"bo"' },
      'its id is not the one',
    ],
    [
      'the same document, signed by somebody else',
      'bo',
      { from: '', to: '' },
      'it is not signed by ada',
    ],
  ])(
    'in a folder is not used up by %s and put there by its id before it came',
    async (_, by, { from, to }, why) => {
      ops.close();
      ops = opsTeam(null);
      const at = (file: string): string => path.join(ops.folder, file);
      const worker = ops.worker();
      await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', '--out', 'r.json');
      const real = JSON.parse(ops.read('r.json'));
      const forged = real.document.replace(from, to);
      const { signature } = await sign('request', forged, at(by));
      writeFileSync(at('inbox/a.json'), JSON.stringify({ ...real, document: forged, signature }));
      const { id } = JSON.parse(real.document);
      await worker.says(`request ${id}: refused (${why}`);
      const queue = ['queue', '--from', 'inbox'];
      expect((await ops.as(null, ...queue)).stdout).toContain('refused');
      cpSync(at('r.json'), at('inbox/r.json'));
      await ops.as('bo', 'approve', 'inbox/r.json', '--yes');
      await worker.says(`run ${id}: passed`);
      expect(ops.read('count')).toBe('x\n');
      const runs = JSON.parse((await ops.as(null, 'runs', '--json')).stdout).runs;
      expect(runs.map(({ outcome }: { outcome: string }) => outcome).toSorted()).toEqual([
        'passed',
        'refused',
      ]);
      const rows = JSON.parse((await ops.as(null, ...queue, '--json')).stdout);
      expect(rows.map(({ state }: { state: string }) => state).toSorted()).toEqual([
        'passed',
        'refused',
      ]);
      // Nor is it recorded again by the next worker, or begun twice.
      const once = ['--policy', 'policy.yaml', '--from', 'inbox', '--once'];
      await ops.as(null, 'worker', '--host', 'web1', ...once);
      expect(JSON.parse((await ops.as(null, 'runs', '--json')).stdout).runs).toHaveLength(2);
    },
  );

  test('is cancelled with no server too, and what is over waits for nothing', async () => {
    ops.close();
    ops = opsTeam(null);
    const inbox = (file: string): string => path.join(ops.folder, 'inbox', file);
    for (const [file, more] of [
      ['r.json', {}],
      ['old.json', { expires: '2020-01-01T00:00:00Z' }],
    ] as const) {
      const { document, signature } = await signedRequest(ops, 'count', more);
      writeSigned(inbox(file), { kind: 'request', document, signature });
    }
    for (const words of [
      ['approve', inbox('r.json'), '--yes'],
      ['cancel', inbox('r.json')],
    ])
      expect((await ops.as('bo', ...words)).exitCode).toBe(0);
    expect((await ops.as('bo', 'approve', inbox('old.json'), '--yes')).stdout).toContain(
      'But its time was over',
    );
    const words = ['worker', '--host', 'web1', '--policy', 'policy.yaml', '--from', 'inbox'];
    const { exitCode, stderr } = await ops.as(null, ...words, '--once');
    expect([exitCode, stderr, ops.read('count')]).toEqual([
      0,
      expect.stringMatching(
        /expired[\s\S]*cancelled \(bo cancelled it\)|cancelled \(bo cancelled it\)[\s\S]*expired/,
      ),
      '',
    ]);
  });
});

describe('a request whose runbook another run has the lock of', () => {
  /** A run of the same runbook that is at work until the file `go` is there. */
  async function atWork(): Promise<{ end(): Promise<number | null> }> {
    const run = ops.as(null, 'run', 'ops.md#slow', '--unattended');
    await expect.poll(() => ops.read('slow')).toBe('x\n');
    return {
      async end() {
        writeFileSync(path.join(ops.folder, 'go'), '');
        return (await run).exitCode;
      },
    };
  }

  const claims = () => team.sql(team.admin, 'SELECT request FROM handrail.claim');

  test.each([
    '',
    '---\nlock: { policy: fail }\n---\n',
    '---\nlock: { name: ops, policy: wait }\n---\n',
  ])('is queued and not claimed, and done once when the lock is free (%j)', async (frontmatter) => {
    writeFileSync(path.join(ops.folder, 'ops.md'), `${frontmatter}${ops.read('ops.md')}`);
    const other = await atWork();
    const first = await approved();
    const second = await approved();
    const worker = ops.worker(asHost());
    await worker.says(`${first}: queued (its lock is held by run`);
    await worker.says(`${second}: queued (another request of its runbook waits`);
    expect(await stateOf(first)).toMatch(/^queued: its lock is held by run .* since/);
    expect([await claims(), ops.read('count')]).toEqual([[], '']);
    expect(await other.end()).toBe(0);
    await worker.says(`run ${second}: passed`);
    expect(ops.read('count')).toBe('x\n'.repeat(2));
    const passed = [first, second].map((id) => worker.log().indexOf(`run ${id}: passed`));
    expect(passed).toEqual(passed.toSorted((a, b) => a - b));
    expect(passed[0]).toBeGreaterThan(0);
    expect(worker.log()).not.toContain('skipped');
  });

  test('is cancelled and expires while it waits', async () => {
    const other = await atWork();
    const first = await approved();
    const second = await approved();
    const worker = ops.worker(asHost());
    await worker.says(`${first}: queued`);
    await worker.says(`${second}: queued`);
    await ops.as('ada', 'cancel', first);
    await worker.says(`${first}: cancelled`);
    const policy = ops.read('policy.yaml');
    writeFileSync(path.join(ops.folder, 'policy.yaml'), `expires: 1s\n${policy}`);
    await worker.says(`${second}: expired`);
    expect(await other.end()).toBe(0);
    expect((await claims()).map(({ request: id }) => id)).toEqual([first]);
    expect(ops.read('count')).toBe('');
  });

  test('keeps no other runbook waiting', async () => {
    writeFileSync(path.join(ops.folder, 'other.md'), '# Other\n\n```bash\necho x >> other\n```\n');
    const run = await atWork();
    const id = await approved();
    await ops.as('ada', 'request', 'other.md', '--host', 'web1');
    const sql = 'SELECT id FROM handrail.request ORDER BY at DESC LIMIT 1';
    const [row] = await team.sql(team.admin, sql);
    const other = String(row?.['id']);
    await ops.as('bo', 'approve', other, '--yes');
    const worker = ops.worker(asHost(), '--at-once', '1');
    await worker.says(`run ${other}: passed`);
    expect([ops.read('other'), ops.read('count')]).toEqual(['x\n', '']);
    await run.end();
    await worker.says(`run ${id}: passed`);
  });

  test('has its turn with the others of its folder in one go', async () => {
    ops.close();
    ops = opsTeam(null);
    const files = ['a', 'b', 'c'].map((name) => path.join(ops.folder, 'inbox', `${name}.json`));
    for (const file of files) {
      await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', '--out', file);
      await ops.as('bo', 'approve', file, '--yes');
    }
    const words = ['worker', '--host', 'web1', '--policy', 'policy.yaml', '--from', 'inbox'];
    expect((await ops.as(null, ...words, '--once')).exitCode).toBe(0);
    expect(ops.read('count')).toBe('x\n'.repeat(3));
  });
});

describe('whoever has the database starts', () => {
  test.each([
    [
      'nothing with a request of their own',
      "INSERT INTO handrail.request SELECT gen_random_uuid(), host, document, signature, texts, 'eve', runbook, procedure, expires_at, login FROM handrail.request",
      /refused \(its document is of another request\)/,
    ],
    [
      'nothing by changing what is asked',
      'UPDATE handrail.request SET document = convert_to(replace(convert_from(document, \'UTF8\'), \'"procedure":"count"\', \'"procedure":"drop"\'), \'UTF8\')',
      /refused \(it is not signed by ada/,
    ],
    [
      'nothing by sending it to another host',
      'UPDATE handrail.request SET document = convert_to(replace(convert_from(document, \'UTF8\'), \'"host":"web1"\', \'"host":"web2"\'), \'UTF8\')',
      /refused \(it is for host web2/,
    ],
    [
      'nothing by naming somebody else',
      'UPDATE handrail.request SET document = convert_to(replace(convert_from(document, \'UTF8\'), \'"who":"ada"\', \'"who":"bo"\'), \'UTF8\')',
      /refused \(it is not signed by bo/,
    ],
    [
      'nothing by making its time longer',
      "UPDATE handrail.request SET document = convert_to(replace(convert_from(document, 'UTF8'), '\"expires\":\"20', '\"expires\":\"21'), 'UTF8')",
      /refused \(it is not signed by ada/,
    ],
    [
      'nothing with an approval for something else',
      'UPDATE handrail.answer SET document = convert_to(replace(convert_from(document, \'UTF8\'), \'"step":""\', \'"step":"x"\'), \'UTF8\')',
      /waiting .*the approval is of something else/,
    ],
    [
      'nothing with an approval in another name',
      'UPDATE handrail.answer SET document = convert_to(replace(convert_from(document, \'UTF8\'), \'"who":"bo"\', \'"who":"eve"\'), \'UTF8\')',
      /waiting .*the signature is of nobody/,
    ],
    [
      'nothing with the signature of the request as an approval',
      'UPDATE handrail.answer SET signature = (SELECT signature FROM handrail.request LIMIT 1)',
      /waiting .*the signature is of nobody/,
    ],
  ])('%s', async (_what, sql, said) => {
    await approved();
    await past(sql);
    if (sql.startsWith('INSERT'))
      await past(
        'DELETE FROM handrail.answer WHERE subject = (SELECT id FROM handrail.request ORDER BY at LIMIT 1)',
      );
    await reopened();
    const worker = ops.worker(asHost());
    await worker.says(said);
    expect(ops.read('count') + ops.read('dropped')).toBe('');
  });

  test('nothing twice, whatever is deleted, replayed or restored', async () => {
    const id = await approved();
    const worker = ops.worker(asHost());
    await worker.says(`run ${id}: passed`);
    process.kill(-(worker.process.pid ?? 0), 'SIGKILL');
    await past('DELETE FROM handrail.claim');
    await past('DELETE FROM handrail.word');
    await reopened();
    const second = ops.worker(asHost());
    await second.says('was started on this host before');
    process.kill(-(second.process.pid ?? 0), 'SIGKILL');
    rmSync(path.join(ops.folder, '.handrail/runs', id), { recursive: true });
    await past('DELETE FROM handrail.claim');
    await past('DELETE FROM handrail.word');
    await reopened();
    await ops.worker(asHost()).says('was started on this host before');
    expect(ops.read('count')).toBe('x\n');
  });

  test('nothing that is not what was signed: the runbook on the host is another one', async () => {
    const id = await approved();
    writeFileSync(
      path.join(ops.folder, 'ops.md'),
      ops.read('ops.md').replace('echo x', 'echo evil'),
    );
    await ops.worker(asHost()).says('the runbook on this host is not the one that was signed');
    expect(ops.read('count')).toBe('');
    await expect.poll(() => stateOf(id)).toMatch(/^refused: the runbook/);
    const runs = async () => JSON.parse((await ops.as(null, 'runs', '--json')).stdout).runs;
    await expect.poll(runs).toMatchObject([{ outcome: 'refused' }]);
  });

  test('and takes no lock for what it refuses: by its signature, its policy or its preflight', async () => {
    const runbook = path.join(ops.folder, 'ops.md');
    writeFileSync(
      runbook,
      `${ops.read('ops.md')}\n## Odd\n\n~~~bash\nno-such-program-anywhere now\n~~~\n`,
    );
    const worker = ops.worker(asHost());
    const strange = await request('eve', 'count');
    await worker.says(`run ${strange}: refused`);
    const odd = await request('ada', 'odd');
    await ops.as('bo', 'approve', odd, '--yes');
    await worker.says(`run ${odd}: refused`);
    const queue = async () => (await ops.as(null, 'queue', '--team', team.admin)).stdout;
    await expect.poll(queue).toMatch(/refused .*`no-such-program-anywhere`/);
    expect(worker.log()).toMatch(/refused, exit 65 .*`no-such-program-anywhere`/);
    // The folder of the locks is made by whoever takes the first one.
    const state = readdirSync(path.join(ops.folder, '.handrail'));
    expect(state).toContain('runs');
    expect(state).not.toContain('locks');
  });
});

describe('a worker', () => {
  test('that is killed leaves an unknown, which its host alone settles', async () => {
    const worker = ops.worker(asHost());
    const id = await approved('slow');
    await worker.says(`run ${id}: step`);
    await expect.poll(() => ops.read('slow')).toBe('x\n');
    process.kill(worker.process.pid ?? 0, 'SIGKILL');
    await worker.ended;
    const elsewhere = path.join(ops.folder, 'elsewhere');
    mkdirSync(elsewhere);
    const other = ops.worker({ ...asHost(), HANDRAIL_HOME: elsewhere });
    const next = ops.worker(asHost());
    await next.says(/unknown/);
    expect(ops.read('slow')).toBe('x\n');
    writeFileSync(path.join(ops.folder, 'go'), '');
    await next.says('gone on with after it was interrupted');
    await next.says(new RegExp(`run ${id}: waiting, exit 4`));
    expect(ops.read('slow')).toBe('x\ny\n');
    expect(other.log()).not.toContain(`run ${id}`);
  });

  test('that is told to end takes no more and waits for what runs', async () => {
    const worker = ops.worker(asHost());
    const id = await approved('slow');
    await worker.says(`run ${id}: step`);
    worker.process.kill('SIGTERM');
    await worker.says('takes no more; 1 still at work');
    await approved();
    writeFileSync(path.join(ops.folder, 'go'), '');
    expect(await worker.ended).toBe(0);
    expect([ops.read('slow'), ops.read('count')]).toEqual(['x\ny\n', '']);
  });

  test('that is told to end waits for no record that does not answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = new URL(team.host);
    const address = silent.address();
    url.port = String(typeof address === 'object' ? address?.port : '');
    const worker = ops.worker({ HANDRAIL_TEAM: url.href });
    // Its lines there are open by then, and nothing comes of them.
    await new Promise((resolve) => silent.once('connection', resolve));
    worker.process.kill('SIGTERM');
    await worker.says('takes no more; 0 still at work');
    expect(await worker.ended).toBe(0);
    expect(worker.log()).not.toMatch(/timeout|cannot be/);
    silent.close();
  });

  test('carries each of many requests out once, with others of its host beside it', async () => {
    const count = 12;
    for (let index = 0; index < count; index += 1) await approved();
    const homes = ['one', 'two', 'three'].map((name) => path.join(ops.folder, name));
    for (const home of homes) {
      mkdirSync(home);
      ops.worker({ ...asHost(), HANDRAIL_HOME: home });
    }
    const claims = async (): Promise<number> =>
      (await team.sql(team.admin, "SELECT FROM handrail.event WHERE type = 'run.sealed'")).length;
    while ((await claims()) < count) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ops.read('count')).toBe('x\n'.repeat(count));
  });

  test('writes its own unit', async () => {
    const { stdout, exitCode } = await ops.as(
      null,
      'worker',
      '--host',
      'web1',
      '--policy',
      'policy.yaml',
      '--unit',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^ExecStart=.*\/node"? .*\/handrail\.js"? worker --host web1 --policy /m,
    );
    expect(stdout).toContain('TimeoutStopSec=infinity');
  });

  test('has the name of its login, and one that a request can name', async () => {
    const once = (host: string, url: string) =>
      ops.as(null, 'worker', '--host', host, '--policy', 'policy.yaml', '--once', '--team', url);
    for (const [host, url, exitCode, why] of [
      ['web2', team.host, 78, 'belongs to host web1, and this worker is called web2'],
      ['web1', team.admin, 78, 'belongs to no host, and this worker is called web1'],
      ['WEB1', team.host, 64, 'no name that a request can give a host'],
      ['web 1', team.host, 64, 'no name that a request can give a host'],
      ['web1', team.host, 0, 'takes requests from'],
    ] as const) {
      const ended = await once(host, url);
      expect([host, ended.exitCode, ended.stderr]).toEqual([
        host,
        exitCode,
        expect.stringContaining(why),
      ]);
    }
  });

  test('is not started with a policy in doubt', async () => {
    cpSync(path.join(ops.folder, 'policy.yaml'), path.join(ops.folder, 'open.yaml'));
    writeFileSync(path.join(ops.folder, 'open.yaml'), 'rules: [', { mode: 0o600 });
    const { exitCode, stderr } = await ops.as(
      null,
      'worker',
      '--host',
      'web1',
      '--policy',
      'open.yaml',
    );
    expect([exitCode, stderr]).toEqual([
      78,
      expect.stringContaining('Nothing is started with a policy in doubt'),
    ]);
  });
});
