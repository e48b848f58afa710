import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';
import { type OpsTeam, opsTeam } from '../support/ops-team.ts';

let ops: OpsTeam;
beforeEach(() => {
  ops = opsTeam(null);
});
afterEach(() => ops.close());

const TWO =
  '# Drop\n\n```bash name=look\necho ready\n```\n\n```bash name=drop confirm=two\necho x >> dropped\n```\n';

/** A run that has come to the step; the folder of its record. */
async function waiting(text = TWO, env: Record<string, string> = {}): Promise<string> {
  const { folder } = ops;
  const signers = { HANDRAIL_ALLOWED_SIGNERS: path.join(folder, 'allowed_signers') };
  writeFileSync(path.join(folder, 'drop.md'), text);
  const args = ['run', 'drop.md', '--all', '--unattended', '--approve', 'drop'];
  const call = await handrail({ folder, args, env: { ...signers, ...env } });
  expect([call.exitCode, call.stdout]).toEqual([
    5,
    expect.stringMatching(
      /a second person has to sign it[\s\S]*^agree +handrail approve <run> drop$/m,
    ),
  ]);
  return call.runs.at(-1) ?? '';
}

const resume = (run: string, env: Record<string, string> = {}, ...more: string[]) =>
  handrail({
    folder: ops.folder,
    args: ['resume', path.basename(run), '--unattended', ...more],
    env: { HANDRAIL_ALLOWED_SIGNERS: path.join(ops.folder, 'allowed_signers'), ...env },
  });

const log = (run: string): string => readFileSync(path.join(run, 'log.jsonl'), 'utf8');

describe('a step that says confirm=two', () => {
  test('waits for a second person, whatever is approved beforehand, and goes on with their word', async () => {
    const run = await waiting();
    expect(ops.read('dropped')).toBe('');
    expect((await resume(run)).exitCode).toBe(5);
    const shown = await ops.as('bo', 'approve', path.basename(run), 'drop');
    expect([shown.exitCode, shown.stdout]).toEqual([
      64,
      expect.stringContaining('echo x >> dropped'),
    ]);
    expect((await ops.as('bo', 'approve', path.basename(run), 'drop', '--yes')).exitCode).toBe(0);
    expect((await resume(run)).exitCode).toBe(0);
    expect(ops.read('dropped')).toBe('x\n');
    expect(log(run)).toMatch(/"type":"approval.granted".*"by":"bo","how":"signed","key":"SHA256:/);
    expect(readFileSync(path.join(run, 'run.md'), 'utf8')).toContain('approved by bo');
  });

  test('does not take the word of whoever carries it out, nor of a stranger, and says so', async () => {
    const run = await waiting();
    await ops.as('ada', 'approve', path.basename(run), 'drop', '--yes');
    await ops.as('eve', 'approve', path.basename(run), 'drop', '--yes');
    const call = await resume(run, { HANDRAIL_AS: 'ada' });
    expect(call.exitCode).toBe(5);
    expect(call.stdout + call.stderr).toContain('who carries it out cannot approve it');
    expect(log(run).match(/"type":"approval.refused"/g)).toHaveLength(2);
    expect(ops.read('dropped')).toBe('');
  });

  test('does not take a word for another text, or for another run', async () => {
    const text =
      '---\ninputs:\n  what: { default: dropped }\n---\n# Drop\n\n```bash name=drop confirm=two\necho x >> {{what}}\n```\n';
    const first = await waiting(text);
    await ops.as('bo', 'approve', path.basename(first), 'drop', '--yes');
    const second = await waiting(text);
    const [approval] = await import('node:fs').then(({ readdirSync }) =>
      readdirSync(path.join(first, 'approvals')),
    );
    const moved = await resume(
      second,
      {},
      '--approval',
      path.join(first, 'approvals', approval ?? ''),
    );
    expect(moved.exitCode).toBe(5);
    const changed = await resume(first, {}, '--input', 'what=other');
    expect([changed.exitCode, ops.read('other')]).toEqual([5, '']);
    expect(log(first)).toContain('it was signed for another text');
  });

  test('takes it as a file that came by any channel', async () => {
    const run = await waiting();
    const file = path.join(ops.folder, 'yes.json');
    expect(
      (await ops.as('bo', 'approve', path.basename(run), 'drop', '--yes', '--out', file)).exitCode,
    ).toBe(0);
    expect((await resume(run)).exitCode).toBe(5);
    expect((await resume(run, {}, '--approval', file)).exitCode).toBe(0);
    expect(ops.read('dropped')).toBe('x\n');
  });
});

test('a policy makes what destroys wait for a second person too', async () => {
  ops.close();
  ops = opsTeam(null, { policy: 'destroys: two\n' });
  const policy = { HANDRAIL_POLICY: path.join(ops.folder, 'policy.yaml') };
  const run = await waiting(
    '# Drop\n\n```bash name=drop\nrm -rf data; echo x >> dropped\n```\n',
    policy,
  );
  await ops.as('bo', 'approve', path.basename(run), 'drop', '--yes');
  expect((await resume(run, policy)).exitCode).toBe(0);
  expect(ops.read('dropped')).toBe('x\n');
});

test.each([
  ['', 'x\n'],
  ['destroys: two\n', ''],
])('a rollback that destroys after a failure is held to the policy %j', async (policy, done) => {
  ops.close();
  ops = opsTeam(null, { policy });
  writeFileSync(
    path.join(ops.folder, 'drop.md'),
    '# Ops\n\n## Work\n\n```bash name=work on-fail=rollback\nfalse\n```\n\n### Rollback\n\n```bash name=undo\nrm -rf data; echo x >> dropped\n```\n',
  );
  const call = await handrail({
    folder: ops.folder,
    args: ['run', 'drop.md', '--all', '--unattended', '--approve', 'undo'],
    env: { HANDRAIL_POLICY: path.join(ops.folder, 'policy.yaml') },
  });
  expect([call.exitCode, ops.read('dropped')]).toEqual([1, done]);
  const note = '`undo` was not done: a second person has to sign it';
  expect(log(call.runs.at(-1) ?? '').includes(note)).toBe(done === '');
});
