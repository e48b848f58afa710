import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hashOfLine } from '../../../src/engine/record/chain.ts';
import { handrail } from '../../support/handrail.ts';

const PAGE = '# Look\n\n```bash\necho fine\n```\n';

/** A folder with two runs, and a bare repository that takes what is pushed. */
async function twoRuns(): Promise<{ readonly folder: string; readonly remote: string }> {
  const { folder } = await handrail({ runbook: PAGE });
  expect((await again(folder)).exitCode).toBe(0);
  const remote = path.join(folder, 'heads.git');
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  return { folder, remote };
}

const again = (folder: string) =>
  handrail({ folder, args: ['run', '{folder}/runbook.md', '--all', '--unattended'] });
const call = (folder: string, ...args: string[]) => handrail({ folder, args });
const git = (remote: string, ...args: string[]) =>
  execFileSync('git', [`--git-dir=${remote}`, ...args], { encoding: 'utf8' });

/** Every file of a run and of the chain as they would stand had the word been another: all hashes fit. */
function rewriteEverything(folder: string, from: string, to: string): void {
  const state = path.join(folder, '.handrail');
  const hashes = new Map<string, string>();
  const told = (text: string): string =>
    text.replaceAll(from, to).replace(/[0-9a-f]{64}/g, (old) => hashes.get(old) ?? old);
  const lines = (file: string): void => {
    const written = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const next = told(line);
        hashes.set(hashOfLine(line), hashOfLine(next));
        return `${next}\n`;
      });
    writeFileSync(file, written.join(''));
  };
  const whole = (file: string): void => {
    const old = readFileSync(file, 'utf8');
    const next = told(old);
    hashes.set(hash('sha256', old), hash('sha256', next));
    writeFileSync(file, next);
  };
  const runs = path.join(state, 'runs');
  for (const run of readdirSync(runs).toSorted()) {
    const own = path.join(runs, run);
    const files = readdirSync(own, { recursive: true, encoding: 'utf8' })
      .filter((name) => !/^engine|log\.jsonl|run\.md/.test(name))
      .map((name) => path.join(own, name))
      .filter((file) => statSync(file).isFile());
    for (const file of files) whole(file);
    lines(path.join(own, 'log.jsonl'));
    whole(path.join(own, 'run.md'));
  }
  lines(path.join(state, 'runs.jsonl'));
  writeFileSync(
    path.join(state, 'runs.head'),
    told(readFileSync(path.join(state, 'runs.head'), 'utf8')),
  );
}

it('a record that was rewritten as a whole is sound by itself, and found by its anchors', async () => {
  const { folder, remote } = await twoRuns();
  const anchored = await call(folder, 'anchor', '--git', remote, '--host', 'db1');
  expect(anchored.stderr).toBe('');
  expect(anchored.stdout).toMatch(/^Line \d+: pushed to handrail-heads\/db1\.\n$/);
  const [origin, size, head] = git(remote, 'show', 'handrail-heads/db1:checkpoint').split('\n');
  const chain = readFileSync(path.join(folder, '.handrail/runs.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect([origin, Number(size)]).toEqual(['handrail/db1', chain.length]);
  expect(Buffer.from(head ?? '', 'base64').toString('hex')).toBe(hashOfLine(chain.at(-1) ?? ''));

  const check = ['verify', '--anchors', '--git', remote, '--host', 'db1'];
  const sound = await call(folder, ...check);
  expect([sound.exitCode, sound.stderr]).toEqual([0, '']);
  expect(sound.stdout).toMatch(/^anchors {2}sound: 1 anchor stands; .* nothing is behind it$/m);

  await again(folder);
  const later = await call(folder, ...check);
  expect([later.exitCode, later.stdout]).toEqual([
    0,
    expect.stringMatching(/lines behind it could/),
  ]);

  rewriteEverything(folder, 'fine', 'evil');
  expect((await call(folder, 'log')).stdout).toContain('evil');
  const alone = await call(folder, 'verify');
  expect([alone.exitCode, alone.stdout]).toEqual([0, expect.not.stringContaining('altered')]);
  const found = await call(folder, ...check);
  expect(found.exitCode).toBe(31);
  expect(found.stdout).toMatch(
    /^anchors {2}rewritten: rewritten since anchor 1 of .*no anchor stands$/m,
  );

  // An anchor of what was rewritten does not make it true.
  await call(folder, 'anchor', '--git', remote, '--host', 'db1');
  expect((await call(folder, ...check)).exitCode).toBe(31);
});

it('what the remote does not take waits, and goes with the next one', async () => {
  const { folder, remote } = await twoRuns();
  const anchor = () => call(folder, 'anchor', '--git', remote, '--host', 'db1');
  expect((await anchor()).exitCode).toBe(0);
  renameSync(remote, `${remote}.away`);
  for (const waiting of ['1 checkpoint waits', '2 checkpoints wait']) {
    await again(folder);
    const refused = await anchor();
    expect([refused.exitCode, refused.stderr]).toEqual([69, expect.stringContaining(waiting)]);
  }
  renameSync(`${remote}.away`, remote);
  expect((await anchor()).exitCode).toBe(0);
  expect(git(remote, 'rev-list', '--count', 'handrail-heads/db1')).toBe('3\n');
  // Nothing new: nothing is added.
  expect((await anchor()).exitCode).toBe(0);
  expect(git(remote, 'rev-list', '--count', 'handrail-heads/db1')).toBe('3\n');
});

it('what one remote has taken still waits for another', async () => {
  const { folder, remote } = await twoRuns();
  const anchor = (to: string) => call(folder, 'anchor', '--git', to, '--host', 'db1');
  await anchor(remote);
  expect((await anchor(`${remote}.none`)).stderr).toContain('1 checkpoint waits');
});

it('anchors that the state folder has lost are kept at the remote', async () => {
  const { folder, remote } = await twoRuns();
  const anchor = () => call(folder, 'anchor', '--git', remote, '--host', 'db1');
  await anchor();
  renameSync(path.join(folder, '.handrail/anchors.git'), path.join(folder, 'lost.git'));
  await again(folder);
  expect((await anchor()).exitCode).toBe(0);
  const sound = await call(folder, 'verify', '--anchors', '--git', remote, '--host', 'db1');
  expect([sound.exitCode, sound.stdout]).toEqual([0, expect.stringContaining('3 anchors stand')]);
});

it('a command gets the signed checkpoint, and only signatures of allowed signers count', async () => {
  const { folder } = await twoRuns();
  const key = path.join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const allowed = path.join(folder, 'allowed');
  writeFileSync(allowed, `db1 namespaces="handrail-anchor" ${readFileSync(`${key}.pub`, 'utf8')}`);
  const to = ['--host', 'db1', '--command', 'cat >> heads'];
  expect((await call(folder, 'anchor', ...to)).exitCode).toBe(0);
  const check = ['verify', '--anchors', '--host', 'db1', '--file', 'heads'];
  expect((await call(folder, ...check)).exitCode).toBe(0);
  const strict = [...check, '--allowed-signers', allowed];
  expect((await call(folder, ...strict)).exitCode).toBe(25);
  expect((await call(folder, 'anchor', '--sign', key, ...to)).exitCode).toBe(0);
  // Somebody else writes a head that never was.
  writeFileSync(path.join(folder, 'heads'), `handrail/db1\n2\n${'A'.repeat(43)}=\n`, { flag: 'a' });
  const sound = await call(folder, ...strict);
  expect([sound.exitCode, sound.stdout]).toEqual([0, expect.stringContaining('signed by db1')]);
  expect((await call(folder, ...check)).exitCode).toBe(31);
  const failed = await call(folder, 'anchor', '--command', 'echo no >&2; exit 3');
  expect([failed.exitCode, failed.stderr]).toEqual([
    69,
    expect.stringContaining('exit code 3: no'),
  ]);
});

it('without a place the checkpoint is printed; without anchors nothing is called sound', async () => {
  const { folder, remote } = await twoRuns();
  const printed = await call(folder, 'anchor', '--host', 'db1');
  expect(printed.stdout).toMatch(/^handrail\/db1\n\d+\n[A-Za-z0-9+/]{43}=\n$/);
  const empty = path.join(folder, 'none');
  writeFileSync(empty, printed.stdout);
  for (const [args, code, words] of [
    [['verify', '--anchors'], 64, '--git REMOTE'],
    [['verify', '--git', remote], 64, '--anchors'],
    [['verify', '--anchors', '--git', remote, '--host', 'db1'], 69, 'cannot be read'],
    [['verify', '--anchors', '--file', empty, '--host', 'db2'], 66, 'handrail/db1'],
    [['verify', '--anchors', '--file', 'nowhere'], 66, 'cannot be read'],
    [['anchor', '--host', '../x'], 64, 'cannot be the name of a branch'],
  ] as const) {
    const refused = await call(folder, ...args);
    expect([refused.exitCode, refused.stderr]).toEqual([code, expect.stringContaining(words)]);
  }
});

it('a chain that does not hold is not anchored', async () => {
  const { folder } = await twoRuns();
  const file = path.join(folder, '.handrail/runs.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('sealed', 'pruned'));
  expect((await call(folder, 'anchor')).exitCode).toBe(65);
  const bare = path.join(folder, 'fresh');
  mkdirSync(bare);
  const none = await call(folder, 'anchor', '--state', bare);
  expect([none.exitCode, none.stdout]).toEqual([0, 'There is no run to anchor yet.\n']);
});
