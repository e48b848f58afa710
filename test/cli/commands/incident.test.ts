import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const BOOK = '# Pool\n\n## Drain the pool (P2)\n\n```bash\necho drained\n```\n';

function inFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-incident-'));
  const call = (...args: string[]) =>
    handrail({ folder, args, files: { 'pool.md': BOOK }, env: {} });
  const fine = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await call(...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    return stdout;
  };
  return { call, fine, folder };
}

test('roles, severity, decisions, communications and actions are in the record and head the post-mortem', async () => {
  const { fine } = inFolder();
  await fine('incident', 'open', 'INC-3', '--title', 'Pool is full', '--severity', 'P3');
  await fine('incident', 'role', 'commander', 'Mira', 'Novak');
  await fine('incident', 'role', 'commander', 'Jo Berg');
  await fine('incident', 'role', 'scribe', 'Mira Novak');
  await fine('incident', 'severity', 'P1', '--why', 'all logins');
  await fine('note', 'we drain it', '--kind', 'decision', '--by', 'Jo Berg');
  const page = 'https://status.example.net/3';
  await fine('note', 'status page says so', '--kind', 'communication', '--url', page);
  await fine(
    'note',
    'alert at 80 %',
    '--kind',
    'action',
    '--owner',
    'Jo Berg',
    '--due',
    '2026-12-01',
  );
  const { status, severity, roles } = JSON.parse(await fine('timeline', '--format', 'json'));
  expect([status, severity.text, severity.from]).toEqual(['open', 'P1', 'said']);
  expect(roles.map(({ role, name }: { role: string; name: string }) => [role, name])).toEqual([
    ['commander', 'Jo Berg'],
    ['scribe', 'Mira Novak'],
  ]);
  const post = await fine('timeline', '--format', 'postmortem');
  expect(post).toMatch(/\| Severity \| P1 \|\n/);
  expect(post).toMatch(/\| Commander \| Jo Berg \(since .+\) \|/);
  expect(post).toMatch(/### Decisions\n\n(?:- .+\n)*- .+, Jo Berg: we drain it\n/);
  expect(post).toContain(': Severity is P1 (all logins)\n');
  expect(post).toMatch(/status page says so <https:\/\/status\.example\.net\/3>\n/);
  expect(post).toMatch(/\| alert at 80 % \| Jo Berg \| 2026-12-01 \|/);
});

test('what is said later of a role, a severity or the opening counts from when it was so, and never from a time to come', async () => {
  const { call, fine } = inFolder();
  await fine('incident', 'open', 'INC-3', '--severity', 'P3', '--at', '2026-01-20T02:00:00Z');
  const role = ['incident', 'role', 'commander'];
  await fine(...role, 'Jo Berg', '--at', '2026-01-20 04:10', '--timezone', 'Europe/Zagreb');
  await fine(...role, 'Mira Novak', '--at', '2026-01-20T02:05:00Z');
  await fine('incident', 'severity', 'P1', '--at', '2026-01-20T02:20:00Z');
  await fine('incident', 'severity', 'P2', '--at', '2026-01-20T02:15:00Z');
  for (const words of [
    [...role, 'Ivo'],
    ['incident', 'severity', 'P4'],
    ['incident', 'open', 'X'],
  ]) {
    const refused = await call(...words, '--at', '2999-01-01T00:00:00Z');
    expect([refused.exitCode, refused.stderr]).toEqual([
      64,
      expect.stringMatching(/`--at <at>` is still to come/),
    ]);
  }
  const asJson = ['timeline', '--incident', 'INC-3', '--format', 'json'];
  const { severity, roles, events, sources } = JSON.parse(await fine(...asJson));
  expect(severity.text).toBe('P1');
  expect(roles).toMatchObject([{ role: 'commander', name: 'Jo Berg' }]);
  const post = ['timeline', '--incident', 'INC-3', '--format', 'postmortem', '--timezone', 'UTC'];
  expect(await fine(...post)).toMatch(/\| Commander \| Jo Berg \(since .*03:10 UTC\) \|/);
  expect(sources[0].sound).toBe(true);
  expect(events.map(({ title }: { title: string }) => title)).toEqual([
    'Incident INC-3 opened',
    'Mira Novak is commander',
    'Severity is P2',
    'Severity is P1',
    expect.stringMatching(/^Nothing recorded/),
    'Jo Berg is commander',
  ]);
});

test('an incident that nobody gave a severity has that of the worst procedure that was carried out', async () => {
  const { fine } = inFolder();
  await fine('incident', 'open', 'INC-3');
  await fine('run', 'pool.md', '--all', '--unattended', '--quiet');
  const { severity } = JSON.parse(await fine('timeline', '--format', 'json'));
  expect(severity).toEqual({ text: 'P2', from: 'runbook', where: 'pool.md:3' });
});

test('where two incidents are open, what is written down or told says which it is about', async () => {
  const { call, fine } = inFolder();
  await fine('incident', 'open', 'INC-3');
  expect(await fine('incident', 'open', 'INC-4')).toMatch(/INC-4 is open, and so is INC-3/);
  for (const words of [
    ['note', 'the disk is full'],
    ['incident', 'role', 'scribe', 'Mira'],
    ['incident', 'severity', 'P1'],
    ['incident', 'close'],
    ['timeline'],
    ['timeline', '--format', 'postmortem', '--blameless'],
  ]) {
    const { exitCode, stderr } = await call(...words);
    expect([exitCode, stderr]).toEqual([
      64,
      expect.stringMatching(/2 incidents are open \(INC-3, INC-4\).* --incident INC-3/),
    ]);
  }
  await fine('note', 'the disk is full', '--incident', 'INC-3');
  expect(await fine('timeline', '--incident', 'INC-3')).toContain('the disk is full');
  await fine('incident', 'close', 'INC-4');
  expect(await fine('note', 'cleaned up')).toMatch(/^noted in INC-3/);
});

test('where two incidents are open, a run without a person belongs to none and says so', async () => {
  const { call, fine, folder } = inFolder();
  const belongs = async (...more: string[]) => {
    const { exitCode, stderr } = await call('run', 'pool.md', '--all', '--unattended', ...more);
    const runs = join(folder, '.handrail/runs');
    const newest = readdirSync(runs).toSorted().at(-1) ?? '';
    const [first = ''] = readFileSync(join(runs, newest, 'log.jsonl'), 'utf8').split('\n');
    return { exitCode, stderr, incident: JSON.parse(first).incident ?? null };
  };
  for (const name of ['INC-3', 'INC-4', 'INC-5']) await fine('incident', 'open', name);
  const told = /3 incidents are open \(INC-3, INC-4, INC-5\) and none was named/;
  expect(await belongs()).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(told),
    incident: null,
  });
  expect(await belongs('--incident', 'INC-4')).toEqual({
    exitCode: 0,
    stderr: '',
    incident: 'INC-4',
  });
  expect(await belongs('--quiet')).toEqual({ exitCode: 0, stderr: '', incident: null });
  await fine('incident', 'close', 'INC-5');
  expect((await belongs()).stderr).toMatch(/INC-3, INC-4/);
  await fine('incident', 'close', 'INC-3');
  expect(await belongs()).toEqual({ exitCode: 0, stderr: '', incident: 'INC-4' });
  expect(await fine('incident', 'close', 'INC-3')).toMatch(/closed already/);
});

test('where two incidents are open, a person is asked which a run belongs to', async () => {
  for (const [answer, incident] of [
    ['INC-3', 'INC-3'],
    ['none', null],
  ] as const) {
    const { fine, folder } = inFolder();
    await fine('incident', 'open', 'INC-3');
    await fine('incident', 'open', 'INC-4');
    const person = sitDown({ folder, args: ['run', 'pool.md', '--all'] });
    await person.sees('Which incident');
    await person.choose(answer);
    await person.sees(/step 1\/1/);
    person.signal('SIGTERM');
    await person.ends();
    const [started] = person.eventsOf('run.started');
    expect(started?.incident ?? null).toBe(incident);
  }
});

const WRONG: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [['--owner', 'Mira'], /belong to an action: say --kind action/],
  [['--kind', 'action', '--due', '2026-02-30'], /is no day; write one such as/],
  [['--url', 'javascript:alert(1)'], /is no address of a page/],
];
for (const [words, says] of WRONG) {
  test(`a note with ${words.join(' ')} is refused`, async () => {
    const { call } = inFolder();
    const { exitCode, stderr } = await call('note', 'x', '--incident', 'INC-3', ...words);
    expect([exitCode, stderr]).toEqual([64, expect.stringMatching(says)]);
  });
}

test('a clock that was off is set right, and the timeline says so', async () => {
  const { call, fine, folder } = inFolder();
  await fine('run', 'pool.md', '--all', '--unattended', '--quiet', '--incident', 'INC-3');
  const told = async (...more: string[]) => {
    await fine('timeline', '--incident', 'INC-3', '--out', 'told.json', ...more);
    return JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'));
  };
  const before = await told();
  const host: string = before.runs[0].host;
  const after = await told('--offset', `${host}=-90s`);
  const moved = (at: string): string => new Date(Date.parse(at) - 90_000).toISOString();
  expect(after.events.map(({ occurredAt }: { occurredAt: string }) => occurredAt)).toEqual(
    before.events.map(({ occurredAt }: { occurredAt: string }) => moved(occurredAt)),
  );
  expect(after.clocks[0]).toMatchObject({ where: host, byMs: -90_000 });
  // Also where nothing but a note was timed by it.
  await fine('incident', 'open', 'INC-9');
  for (const incident of ['INC-3', 'INC-9']) {
    const words = ['--incident', incident, '--offset', 'nowhere=5s'];
    const { exitCode, stderr } = await call('timeline', ...words);
    expect([exitCode, stderr.trim().split('. ').at(-1)]).toEqual([64, `Clocks are ${host}.`]);
  }
});

test('what was imported is timed by the clock of its file, and recorded by that of the host', async () => {
  const { fine, folder } = inFolder();
  writeFileSync(join(folder, 'chat.csv'), 'time,text\n2026-11-20T02:05:00Z,on it\n');
  await fine('note', '--incident', 'INC-8', '--import', 'chat.csv');
  const told = async (...more: string[]) => {
    await fine('timeline', '--incident', 'INC-8', '--out', 'told.json', ...more);
    return JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')).events[0];
  };
  const before = await told();
  const later = (at: string, byMs: number): string => new Date(Date.parse(at) + byMs).toISOString();
  const host = ['--offset', `${before.source.host}=-90s`];
  const file = ['--offset', 'chat.csv=5s'];
  for (const [words, happened, recorded] of [
    [host, 0, -90_000],
    [file, 5000, 0],
    [[...host, ...file], 5000, -90_000],
  ] as const)
    expect(await told(...words)).toMatchObject({
      occurredAt: later(before.occurredAt, happened),
      recordedAt: later(before.recordedAt, recorded),
    });
});

test('a run with exceptions is told as one, the items of a step by their names, and two runs are never one row', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-incident-'));
  const files = {
    'rows.md':
      '---\ninputs: { hosts: { default: [w1, w2] } }\n---\n# Rows\n\n## Restart all\n\n```bash name=list capture=found\necho w1 w2\n```\n\n```bash name=each each="host in found"\ntest {{host}} = w1\n```\n\n```bash name=tidy on-fail=continue\nexit 3\n```\n'.replace(
        'name=each each="host in found"',
        'name=each on-fail=continue each="host in found"',
      ),
  };
  const call = (...args: string[]) => handrail({ folder, args, files, env: {} });
  await call('incident', 'open', 'INC-4');
  expect((await call('run', 'rows.md', '--all', '--unattended', '--quiet')).exitCode).toBe(0);
  expect((await call('run', 'rows.md', '--all', '--unattended', '--quiet')).exitCode).toBe(0);
  const { runs, events } = JSON.parse((await call('timeline', '--all', '--format', 'json')).stdout);
  expect(
    runs.map((run: Record<string, unknown>) => [
      run['outcome'],
      run['exceptions'],
      run['notReached'],
    ]),
  ).toEqual([
    ['passed', 2, 0],
    ['passed', 2, 0],
  ]);
  const titles = events.map(({ title }: { title: string }) => title);
  expect(titles.join('\n')).toMatch(/ is done for 2 items\n/);
  const post = (await call('timeline', '--format', 'postmortem')).stdout;
  expect(post.match(/Run of "Rows" ended: passed with exceptions/g)).toHaveLength(4);
  expect((await call('timeline', '--format', 'ics')).stdout).toContain(
    'Rows: passed with exceptions',
  );
});

test('what somebody says of an incident or a run is kept without the secrets that it quotes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-incident-'));
  const env = { API_TOKEN: 'Nr1-of-the-environment' };
  const said = `token ${env.API_TOKEN}, the password is Nr2Said, \`mysql -pNr3Typed app\``;
  const chat = `time,text,actor\n2026-11-20T02:05:00Z,"password: Nr4Chat",ana\n`;
  const files = { 'pool.md': BOOK, 'chat.csv': chat };
  for (const args of [
    ['incident', 'open', 'INC-9', '--title', said],
    ['note', said],
    ['note', '--import', '{folder}/chat.csv'],
    ['incident', 'role', 'commander', `Ana ${said}`],
    ['note', 'x', '--kind', 'action', '--owner', said],
    ['note', 'x', '--by', said, '--url', 'https://ops:Nr5Linked@status.example.net/'],
    ['run', '{folder}/pool.md', '--all', '--unattended', '--reason', said],
    ['incident', 'severity', 'P1', '--why', said],
    ['incident', 'close', 'INC-9', '--why', said],
  ])
    expect((await handrail({ folder, args, files, env })).exitCode).toBe(0);
  const state = join(folder, '.handrail');
  const kept = readdirSync(state, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n');
  expect(kept).not.toMatch(/Nr\d/);
  expect(kept).toContain('token ***, the password is ***');
  const told = await handrail({ folder, args: ['timeline', '--incident', 'INC-9'], env: {} });
  expect(told.stdout).toContain('the password is');
});
