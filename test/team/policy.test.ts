import { chmodSync, chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, readHours } from '../../src/team/hours.ts';
import { fitsGlob, fitsName, loadPolicy } from '../../src/team/policy.ts';

describe('a pattern of a policy', () => {
  test.each([
    ['/srv/ops/**', '/srv/ops/a.md', true],
    ['/srv/ops/**', '/srv/ops/deep/er/a.md', true],
    ['/srv/ops/**', '/srv/other/a.md', false],
    ['/srv/ops/*', '/srv/ops/deep/a.md', false],
    ['/srv/*/a.md', '/srv/x/a.md', true],
    ['/srv/*/a.md', '/srv/x/y/a.md', false],
    ['/srv/**/a.md', '/srv/a.md', true],
    ['/srv/**/a.md', '/srv/x/y/a.md', true],
    ['/srv/a?.md', '/srv/ab.md', true],
    ['/srv/a.md', '/srv/aXmd', false],
    ['**', '/anything/at/all', true],
    ['/srv/ops', '/srv/ops/a.md', false],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(fitsGlob(pattern, path)).toBe(fits);
  });

  test('without a sign of its own stands for itself alone', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-') });
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(fitsName(one, other)).toBe(one === other);
        expect(fitsName(`*${one}*`, `x${one}y`)).toBe(true);
      }),
    );
  });

  test('takes no time that grows with what it has to go back over', () => {
    expect(fitsName('*a*a*a*a*a*a*a*a*b', 'a'.repeat(20_000))).toBe(false);
  });
});

describe('the hours of a policy', () => {
  const at = (text: string): Date => new Date(text);
  test.each([
    ['mon-fri 08:00-18:00 UTC', '2026-11-27T17:59:00Z', true],
    ['mon-fri 08:00-18:00 UTC', '2026-11-27T18:00:00Z', false],
    ['mon-fri 08:00-18:00 UTC', '2026-11-28T09:00:00Z', false],
    ['08:00-18:00 Europe/Zagreb', '2026-11-28T07:00:00Z', true],
    ['fri 22:00-06:00 UTC', '2026-11-28T05:00:00Z', true],
    ['fri 22:00-06:00 UTC', '2026-11-27T05:00:00Z', false],
    ['sat-sun 00:00-24:00 UTC', '2026-11-29T23:59:00Z', true],
  ])('%s at %s: %s', (text, moment, within) => {
    const hours = readHours(text);
    expect(hours && isWithin(hours, at(moment))).toBe(within);
  });

  test.each(['always', '8-18', '25:00-26:00', 'mon-fri 08:00-18:00 Nowhere/Land', ''])(
    '%j are none',
    (text) => {
      expect(readHours(text)).toBeUndefined();
    },
  );
});

/** A number that stands for nobody's user on every Linux. */
const NOBODY = 65_534;

describe('a policy', () => {
  function written(policy: string, mode = 0o600): string {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-policy-'));
    writeFileSync(join(folder, 'signers'), '', { mode: 0o600 });
    writeFileSync(join(folder, 'policy.yaml'), policy);
    chmodSync(join(folder, 'policy.yaml'), mode);
    return join(folder, 'policy.yaml');
  }
  const RULE = 'rules: [{ runbooks: ["/srv/**"] }]';

  test('lets one other person approve where it does not say how many', async () => {
    const policy = await loadPolicy(written(`allowed_signers: signers\n${RULE}\n`));
    expect(policy.rules.map(({ approvals }) => approvals)).toEqual([1]);
    expect(policy.rules[0]?.fits('/srv/a.md', 'restart')).toBe(true);
  });

  test('takes roles for the people in them', async () => {
    const text =
      'allowed_signers: signers\nroles: { dba: [ada, bo] }\nrules: [{ runbooks: ["/**"], approvers: ["@dba"] }]\n';
    const [rule] = (await loadPolicy(written(text))).rules;
    expect(['ada', 'bo', 'eve'].map((who) => rule?.mayApprove(who))).toEqual([true, true, false]);
  });

  test.each(['the policy', 'its signers', 'its folder'])(
    'is none where somebody else has %s',
    async (whose) => {
      const file = written(`allowed_signers: signers\n${RULE}\n`);
      const folder = dirname(file);
      // Root's own files are anybody's policy: given away, they are somebody's, as those of any other user are.
      const own = process.geteuid?.() || NOBODY;
      const all = {
        'the policy': file,
        'its signers': join(folder, 'signers'),
        'its folder': folder,
      };
      const given = Object.entries(all).filter(([name]) => name === whose);
      for (const [, path] of process.geteuid?.() === 0 ? given : []) chownSync(path, own, own);
      await expect(loadPolicy(file, own)).resolves.toBeDefined();
      await expect(loadPolicy(file, own + 1)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    },
  );

  test('in a folder where others can put another one in its place is none', async () => {
    const file = written(`allowed_signers: signers\n${RULE}\n`);
    chmodSync(dirname(file), 0o777);
    await expect(loadPolicy(file)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    chmodSync(dirname(file), 0o1777);
    await expect(loadPolicy(file)).resolves.toBeDefined();
  });

  test.each([
    ['that others can write', `allowed_signers: signers\n${RULE}\n`, 0o666],
    [
      'with a word that is not known',
      `allowed_signers: signers\nrules: [{ runbooks: ["/**"], approvel: 0 }]\n`,
      0o600,
    ],
    ['without allowed signers', `${RULE}\n`, 0o600],
    ['whose signers are not there', `allowed_signers: nowhere\n${RULE}\n`, 0o600],
    [
      'with a role that is not there',
      'allowed_signers: signers\nrules: [{ runbooks: ["/**"], approvers: ["@dba"] }]\n',
      0o600,
    ],
    [
      'with hours that are none',
      'allowed_signers: signers\nrules: [{ runbooks: ["/**"], hours: whenever }]\n',
      0o600,
    ],
    ['that is no YAML', 'rules: [\n', 0o600],
  ])('%s is none', async (_what, text, mode) => {
    await expect(loadPolicy(written(text, mode))).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      exitCode: 78,
    });
  });
});
