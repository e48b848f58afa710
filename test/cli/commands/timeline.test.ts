import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TABLE } from '../../../src/cli/table.ts';
import { TIMELINE_RENDERERS } from '../../../src/renderers/timelines.ts';
import { type HandrailCall, type HandrailResult, handrail } from '../../support/handrail.ts';

const FIX =
  '# Fix\n\n## Restart (5 minutes)\n\n```bash\necho "| forged | row |"\n```\n\n```bash\nexit 3\n```\n';
const CHECK = '# Verify\n\n## Look\n\n```bash\necho fine\n```\n';
const FILES = { 'fix.md': FIX, 'verify.md': CHECK };
const bodies = (folder: string): string => readFileSync(join(folder, 'incident.md'), 'utf8');

/** Calls in one folder, one after the other. */
function inFolder(files: HandrailCall['files'] = FILES) {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-timeline-'));
  const call = (
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<HandrailResult> =>
    handrail({ folder, files: existsSync(join(folder, 'fix.md')) ? {} : (files ?? {}), args, env });
  const fine = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await call(args);
    expect([exitCode, stderr]).toEqual([0, '']);
    return stdout;
  };
  return { folder, call, fine };
}

/** An open incident with a milestone, two runs and another milestone: made once, and copied. */
async function anIncident() {
  made ??= makeIncident();
  const place = inFolder();
  cpSync(await made, place.folder, { recursive: true });
  return place;
}

let made: Promise<string> | undefined;

async function makeIncident(): Promise<string> {
  const { folder, call, fine } = inFolder();
  await fine('incident', 'open', 'INC-7', '--title', 'Logins fail');
  await fine(
    'note',
    'alert: logins fail',
    '--milestone',
    'detected',
    '--at',
    '2026-01-20T02:00:00Z',
  );
  await call(['run', join(folder, 'fix.md'), '--all', '--unattended']);
  await call(['run', join(folder, 'verify.md'), '--all', '--unattended'], {
    HANDRAIL_INCIDENT: 'INC-7',
  });
  await fine('note', 'all green', '--milestone', 'resolved', '--at', '2026-01-20T03:00:00Z');
  return folder;
}
const jsonOf = async (fine: (...args: string[]) => Promise<string>, ...more: string[]) =>
  JSON.parse(await fine('timeline', '--incident', 'INC-7', '--format', 'json', ...more));

test('runs and notes belong to the open incident, and closing it ends that', async () => {
  const { folder, call, fine } = await anIncident();
  const { runs, events, metrics } = await jsonOf(fine);
  expect(runs.map(({ title }: { title: string }) => title)).toEqual(['Fix', 'Verify']);
  expect(
    events.filter(({ milestone }: { milestone: string | null }) => milestone !== null),
  ).toHaveLength(2);
  expect(metrics).toContainEqual(
    expect.objectContaining({
      title: 'Time in "Restart (5 minutes)"',
      target: expect.objectContaining({ value: 300_000, met: true }),
    }),
  );
  expect(await fine('incident', 'close', '--why', 'over')).toMatch(/^INC-7 is closed/);
  expect(await fine('incident', 'list')).toMatch(/^ {3}INC-7 {2}closed {2}4 events/);
  await call(['run', join(folder, 'verify.md'), '--all', '--unattended']);
  expect((await jsonOf(fine)).runs).toHaveLength(2);
});

test('figures of a procedure that was run twice say which time they are of', async () => {
  const { folder, call, fine } = inFolder();
  await fine('incident', 'open', 'INC-7');
  for (const _ of ['first', 'second'])
    await call(['run', join(folder, 'fix.md'), '--all', '--unattended']);
  const { metrics } = await jsonOf(fine);
  const titles = metrics.map(({ title }: { title: string }) => title);
  expect(titles.filter((title: string) => title.startsWith('Time in'))).toEqual([
    'Time in "Restart (5 minutes)" from <at> UTC',
    'Time in "Restart (5 minutes)" from <at> UTC',
  ]);
});

test('a new export keeps what people wrote around the timeline, and refuses to lose what they wrote in it', async () => {
  const { folder, call, fine } = await anIncident();
  const out = ['timeline', '--incident', 'INC-7', '--format', 'postmortem', '--out', 'incident.md'];
  await fine(...out);
  const mine = bodies(folder)
    .replace(/_What made it possible[^_]*_/, 'A full disk.')
    .concat('\nThe end.\n');
  writeFileSync(join(folder, 'incident.md'), mine);
  await fine('note', 'disk is full', '--kind', 'observation');
  await fine(...out);
  const renewed = bodies(folder);
  expect(renewed).toContain('disk is full');
  expect(renewed).toContain('A full disk.');
  expect(renewed.endsWith('\nThe end.\n')).toBe(true);
  writeFileSync(join(folder, 'incident.md'), renewed.replace('disk is full', 'disk was full'));
  const refused = await call(out);
  expect([refused.exitCode, refused.stderr]).toEqual([
    64,
    expect.stringMatching(/somebody wrote between its markers/),
  ]);
  expect(bodies(folder)).toContain('disk was full');
  await fine(...out, '--force');
  expect(bodies(folder)).not.toContain('disk was full');
});

test('a file that holds a block twice is refused, for one of them would stay as it was', async () => {
  const { folder, call, fine } = await anIncident();
  const out = ['timeline', '--incident', 'INC-7', '--format', 'postmortem', '--out', 'incident.md'];
  await fine(...out);
  const twice = bodies(folder).repeat(2);
  writeFileSync(join(folder, 'incident.md'), twice);
  await fine('note', 'disk is full');
  for (const more of [[], ['--force']]) {
    const refused = await call([...out, ...more]);
    expect([refused.exitCode, refused.stderr]).toEqual([
      64,
      expect.stringMatching(/holds the block INC-7\S* twice, and one would stay as it is/),
    ]);
  }
  expect(bodies(folder)).toBe(twice);
});

test('a file without markers is not written over', async () => {
  const { folder, call } = await anIncident();
  writeFileSync(join(folder, 'incident.md'), 'my notes\n');
  const refused = await call(['timeline', '--incident', 'INC-7', '--out', 'incident.md']);
  expect([refused.exitCode, bodies(folder)]).toEqual([64, 'my notes\n']);
});

test.each(TIMELINE_RENDERERS.filter(({ block }) => !block).map(({ name }) => name))(
  'an export as %s replaces no document that people write in, unless it is told to',
  async (format) => {
    const { folder, call, fine } = await anIncident();
    await fine('timeline', '--incident', 'INC-7', '--format', 'postmortem', '--out', 'incident.md');
    const mine = `A full disk.\n${bodies(folder)}The end.`;
    writeFileSync(join(folder, 'incident.md'), mine);
    const out = ['timeline', '--incident', 'INC-7', '--format', format, '--out'];
    const refused = await call([...out, 'incident.md']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      64,
      expect.stringMatching(/what people wrote around it would be lost/),
    ]);
    expect(bodies(folder)).toBe(mine);
    await fine(...out, 'incident.md', '--force');
    expect(bodies(folder)).not.toContain('A full disk.');
    await fine(...out, 'incident.other');
    await fine(...out, 'incident.other');
  },
);

test('evidence holds names, and is refused where none are wanted', async () => {
  const { call } = await anIncident();
  for (const named of [
    ['--format', 'evidence', '--out', 'all.x'],
    ['--out', 'all.zip'],
  ]) {
    const refused = await call(['timeline', '--incident', 'INC-7', '--blameless', ...named]);
    expect([refused.exitCode, refused.stderr]).toEqual([
      64,
      expect.stringMatching(/names in them/),
    ]);
  }
});

test('a correction takes the place of a note', async () => {
  const { fine } = await anIncident();
  const { id } = JSON.parse(await fine('note', 'it was 02:07', '--json'));
  await fine('note', 'it was 02:09', '--supersedes', id);
  const titles = (await jsonOf(fine)).events.map(({ title }: { title: string }) => title);
  expect(titles).toContain('it was 02:09');
  expect(titles).not.toContain('it was 02:07');
});

test('with --verify an altered record makes no timeline; without, the timeline says so', async () => {
  const { folder, call, fine } = await anIncident();
  await fine('timeline', '--incident', 'INC-7', '--verify', '--out', 'ok.md');
  const log = join(folder, '.handrail/incidents/INC-7/log.jsonl');
  writeFileSync(log, readFileSync(log, 'utf8').replace('all green', 'all red'));
  const refused = await call(['timeline', '--incident', 'INC-7', '--verify']);
  expect([refused.exitCode, refused.stdout]).toEqual([65, '']);
  expect(refused.stderr).toMatch(
    /not every source is sound: incidents\/INC-7\/log\.jsonl: altered at line \d/,
  );
  const told = await call(['timeline', '--incident', 'INC-7']);
  expect([told.exitCode, told.stdout]).toEqual([
    0,
    expect.stringMatching(/> \[!CAUTION\]\n.*\n> - incidents\/INC-7\/log\.jsonl: altered/),
  ]);
  const verdicts = await call(['verify', 'INC-7']);
  expect([verdicts.exitCode, verdicts.stdout]).toEqual([
    20,
    expect.stringMatching(/^INC-7 {2}altered: altered at line/),
  ]);
});

test('records of another host are merged, verified, and told apart', async () => {
  const { folder, fine } = await anIncident();
  cpSync(join(await makeIncident(), '.handrail'), join(folder, 'web2'), { recursive: true });
  const { sources, events, runs } = await jsonOf(fine, '--from', 'web2');
  expect(runs).toHaveLength(4);
  expect(sources.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['incidents/INC-7/log.jsonl', 'web2/incidents/INC-7/log.jsonl']),
  );
  const notes = events
    .map(({ id }: { id: string }) => id)
    .filter((id: string) => id.startsWith('INC-7'));
  expect([notes.length, new Set(notes).size]).toEqual([6, 6]);
  const [one] = readFileSync(join(folder, 'web2/runs.jsonl'), 'utf8').match(/[0-9a-f-]{36}/) ?? [];
  const single = JSON.parse(
    await fine('timeline', '--format', 'json', '--from', join('web2/runs', one ?? '')),
  );
  expect(single.runs).toMatchObject([{ run: '<run>', title: 'Fix' }]);
});

test('chat is imported once, however often, and is marked', async () => {
  const { folder, fine } = await anIncident();
  writeFileSync(
    join(folder, 'chat.csv'),
    'ts,user,text,id\n2026-01-20T02:03:00Z,Ana,"on it, | <b>",m1\n2026-01-20T02:04:00Z,Ivo,me too,m2\n',
  );
  expect(await fine('note', '--import', 'chat.csv', '--incident', 'INC-7')).toBe(
    '2 entries imported into INC-7\n',
  );
  expect(await fine('note', '--import', 'chat.csv', '--incident', 'INC-7')).toBe(
    '0 entries imported into INC-7\n',
  );
  const { events } = await jsonOf(fine, '--import', 'chat.csv');
  const chat = events.filter(
    ({ source }: { source: { type: string } }) => source.type === 'import',
  );
  expect(chat).toMatchObject([
    {
      title: 'on it, | <b>',
      actor: { name: 'Ana', type: 'human' },
      occurredAt: '2026-01-20T02:03:00.000Z'.replace(/.*/, '<at>'),
      source: { file: 'chat.csv' },
    },
    { title: 'me too' },
  ]);
});

test('imported messages of the same second stay in the order of their file', async () => {
  const { folder, fine } = await anIncident();
  const texts = Array.from({ length: 12 }, (_, line) => `message ${line}`);
  const rows = texts.map((text) => `2026-01-20T02:03:00Z,Ana,${text}\n`).join('');
  writeFileSync(join(folder, 'chat.csv'), `ts,user,text\n${rows}`);
  const told = async (...more: string[]) => {
    const { events } = await jsonOf(fine, ...more);
    const chat = events.filter(
      (each: { source: { type: string } }) => each.source.type === 'import',
    );
    return chat.map(({ title }: { title: string }) => title);
  };
  expect(await told('--import', 'chat.csv')).toEqual(texts);
  await fine('note', '--import', 'chat.csv', '--incident', 'INC-7');
  expect(await told()).toEqual(texts);
});

test('an evidence zip is the same bytes again', async () => {
  const { folder, fine } = await anIncident();
  for (const name of ['a.zip', 'b.zip'])
    await fine('timeline', '--incident', 'INC-7', '--out', name);
  const [once, again] = ['a.zip', 'b.zip'].map((name) => readFileSync(join(folder, name)));
  expect(once?.subarray(0, 2).toString()).toBe('PK');
  expect(again?.equals(once ?? Buffer.alloc(0))).toBe(true);
  expect(once?.includes('verify.txt')).toBe(true);
});

test('a signed run verifies against the allowed signers, and a signed timeline with ssh-keygen alone', async () => {
  const { folder, call, fine } = inFolder();
  const key = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  writeFileSync(join(folder, 'signers'), `ana ${readFileSync(`${key}.pub`, 'utf8')}`);
  const run = await call([
    'run',
    join(folder, 'verify.md'),
    '--all',
    '--unattended',
    '--sign',
    key,
    '--incident',
    'INC-9',
  ]);
  expect(run.exitCode).toBe(0);
  expect(await fine('verify', 'last', '--allowed-signers', join(folder, 'signers'))).toMatch(
    /sound: .*signed by ana\n$/,
  );
  const unknown = await call(['verify', 'last']);
  expect([unknown.exitCode, unknown.stdout]).toEqual([
    25,
    expect.stringMatching(/signature unknown: no allowed signer/),
  ]);
  await fine(
    'timeline',
    '--incident',
    'INC-9',
    '--out',
    'inc.json',
    '--sign',
    key,
    '--verify',
    '--allowed-signers',
    join(folder, 'signers'),
  );
  const args = [
    '-Y',
    'verify',
    '-f',
    join(folder, 'signers'),
    '-I',
    'ana',
    '-n',
    'handrail-timeline',
    '-s',
    join(folder, 'inc.json.sig'),
  ];
  expect(
    execFileSync('ssh-keygen', args, {
      input: readFileSync(join(folder, 'inc.json')),
      encoding: 'utf8',
    }),
  ).toMatch(/^Good/);
  const missing = await call([
    'run',
    join(folder, 'verify.md'),
    '--all',
    '--unattended',
    '--sign',
    'nokey',
  ]);
  expect([missing.exitCode, missing.runs.length]).toEqual([78, 1]);
});

test('a note without an incident goes to the run that is open, and nowhere when there is none', async () => {
  const { folder, call, fine } = inFolder();
  const nowhere = await call(['note', 'hello']);
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([
    64,
    expect.stringMatching(/no open incident and no open run/),
  ]);
  await call(['run', join(folder, 'fix.md'), '--all', '--unattended']);
  expect(await fine('note', 'the disk is full')).toMatch(/^noted in <run>/);
  expect(await fine('timeline', 'last')).toContain('the disk is full');
});

test('a name that does not exist suggests the nearest', async () => {
  const { call } = await anIncident();
  const { exitCode, stderr } = await call(['timeline', '--incident', 'INC-8']);
  expect([exitCode, stderr]).toEqual([66, expect.stringMatching(/Did you mean `INC-7`\?/)]);
});

test('the formats that the command line offers are those that there are', () => {
  const spec = TABLE.commands.find(({ name }) => name === 'timeline');
  const offered = spec?.options.find(({ name }) => name === 'format')?.choices;
  expect(offered).toEqual(TIMELINE_RENDERERS.map(({ name }) => name));
});

test('a post-mortem names the procedure of each run, and lists no chat among what was communicated', async () => {
  const { folder, call, fine } = await anIncident();
  writeFileSync(
    join(folder, 'chat.txt'),
    '2026-01-20 02:01 ana: ```\n2026-01-20 02:02 bo: ```sh\nsystemctl status `pool`\n```\n',
  );
  await fine('note', '--incident', 'INC-7', '--import', 'chat.txt');
  await fine('note', 'status page says degraded', '--kind', 'communication');
  await call(['run', join(folder, 'fix.md#restart-5-minutes'), '--unattended']);
  const told = await fine('timeline', '--incident', 'INC-7', '--format', 'postmortem');
  expect(told).toContain('Run of "Fix" (restart-5-minutes) started');
  expect(told).toContain('Run of "Fix" started');
  const [summary = ''] = told.split('# Appendix');
  const communications = /### Communications\n\n([^#]*)/.exec(summary)?.[1] ?? '';
  expect(communications.trim().split('\n')).toEqual([
    expect.stringMatching(/: status page says degraded$/),
  ]);
  expect(summary).toMatch(/\*\*said\*\* systemctl status pool /);
});

test('a renewed file keeps its bytes, its rights and the link that leads to it, and is left alone where nothing is new', async () => {
  const { folder, fine } = await anIncident();
  const out = ['timeline', '--incident', 'INC-7', '--until', '2030-01-01', '--out', 'incident.md'];
  await fine(...out);
  const [file, real] = [join(folder, 'incident.md'), join(folder, 'kept.md')];
  // Longer than what is read at once, with bytes that are no text, and lines as Windows ends them.
  const above = Buffer.concat([Buffer.from('# Mine\r\n'), Buffer.alloc(700_000, 0xe9)]);
  const block = readFileSync(file, 'utf8').replaceAll('\n', '\r\n');
  const below = Buffer.from('\r\nno line end \xff', 'latin1');
  writeFileSync(real, Buffer.concat([above, Buffer.from(`\n${block}`), below]), { mode: 0o640 });
  rmSync(file);
  symlinkSync('kept.md', file);
  await fine('note', 'disk is full');
  await fine(...out);
  const renewed = readFileSync(real);
  expect(renewed.subarray(0, above.length).equals(above)).toBe(true);
  expect(renewed.subarray(-below.length).equals(below)).toBe(true);
  expect(renewed.includes('disk is full')).toBe(true);
  expect([lstatSync(file).isSymbolicLink(), statSync(real).mode & 0o777]).toEqual([true, 0o640]);
  const before = statSync(real, { bigint: true });
  await fine(...out);
  const after = statSync(real, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(readdirSync(folder).filter((name) => /\.(?:tmp|new)$/.test(name))).toEqual([]);
});

test('what is no file is written to and stays, a folder is told of in one sentence, and neither is signed', async () => {
  const { folder, call, fine } = await anIncident();
  const out = ['timeline', '--incident', 'INC-7', '--until', '2030-01-01'];
  const told = await fine(...out);
  expect(await fine(...out, '--out', '/dev/stdout')).toBe(told);
  mkdirSync(join(folder, 'folder'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const [got] = await Promise.all([
    readFile(join(folder, 'pipe'), 'utf8'),
    fine(...out, '--out', 'pipe'),
  ]);
  expect(got.split('\n').length).toBe(told.split('\n').length);
  expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
  for (const format of ['markdown', 'html', 'evidence']) {
    const refused = await call([...out, '--format', format, '--out', 'folder']);
    expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([
      64,
      '',
      expect.stringMatching(
        /^handrail: `.*folder` cannot be written: a folder stands in the place of a file\.\n$/,
      ),
    ]);
  }
  for (const name of ['folder', 'pipe', '/dev/stdout']) {
    const refused = await call([...out, '--sign', 'key', '--out', name]);
    expect([refused.exitCode, refused.stdout]).toEqual([64, '']);
    expect(refused.stderr).toContain('A signature stands beside a file');
  }
});
