import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  saySeal,
  sealOf,
  signSeal,
  statementOf,
  verifySeal,
} from '../../../src/cli/proof/seal-signature.ts';
import type { RawLine } from '../../../src/engine/contracts/run-store.ts';
import { handrail } from '../../support/handrail.ts';
import { RUN_A, RUN_B, runA, runB, said } from '../../support/incident-seven.ts';
import { chained, SEAL, type Written } from '../../support/timelines.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-sign-'));
const key = (name: string): string => {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
  return path;
};
const [mine, other] = [key('mine'), key('other')];
const allowed = join(folder, 'allowed');
writeFileSync(
  allowed,
  `ana@example.com namespaces="handrail-run" ${readFileSync(`${mine}.pub`, 'utf8')}`,
);

function reader(lines: readonly RawLine[], signature?: string, run = RUN_B) {
  return {
    run,
    async *lines() {
      yield* lines;
    },
    file: (name: string) =>
      Promise.resolve(
        name === 'seal.sig' && signature !== undefined ? Buffer.from(signature) : undefined,
      ),
  };
}
async function signed(path = mine): Promise<string> {
  const seal = await sealOf(reader(runB));
  if (!seal) throw new Error('not sealed');
  return signSeal(seal, path);
}

test('a signed seal is good, and names its signer', async () => {
  expect(await verifySeal(reader(runB, await signed()), allowed)).toEqual({
    verdict: 'good',
    signer: 'ana@example.com',
    lines: 7,
    of: 7,
  });
});

test('a signature by a key that nobody allowed is unknown', async () => {
  expect(await verifySeal(reader(runB, await signed(other)), allowed)).toMatchObject({
    verdict: 'unknown signer',
    key: expect.stringMatching(/^SHA256:/),
  });
  expect(await verifySeal(reader(runB, await signed()), null)).toMatchObject({
    verdict: 'unknown signer',
  });
});

test('a signature does not fit another run, a changed log, or a log without its seal', async () => {
  const signature = await signed();
  const wrong = expect.objectContaining({ verdict: 'wrong' });
  expect(await verifySeal(reader(runB, signature, RUN_A), allowed)).toEqual(wrong);
  expect(await verifySeal(reader(runA, signature), allowed)).toEqual(wrong);
  expect(await verifySeal(reader(runB.slice(0, 6), signature), allowed)).toEqual(wrong);
  expect(await verifySeal(reader(runB, 'no signature at all'), allowed)).toEqual(wrong);
});

test('a signature reaches to the seal it was made for, also when the run went on after it', async () => {
  const more = chained(RUN_B, [
    ...runB.map((line): Written => {
      const { at, type, ...rest } = JSON.parse(Buffer.from(line.raw).toString());
      return [at, { type, ...rest }];
    }),
    ['02:59:00', said('later')],
    ['02:59:01', SEAL],
  ]);
  const found = await verifySeal(reader(more, await signed()), allowed);
  expect(found && saySeal(found)).toBe('signed by ana@example.com up to line 7 of 9');
});

test('a signature that a run began with the wish for is missing, not merely absent', async () => {
  const wished = (request: object, lines = runB.length): readonly RawLine[] =>
    chained(
      RUN_B,
      runB.slice(0, lines).map((line, index): Written => {
        const { at, type, prev: _, ...rest } = JSON.parse(Buffer.from(line.raw).toString());
        const asked = index === 0 ? { request: { ...rest.request, ...request } } : {};
        return [at, { type, ...rest, ...asked }];
      }),
    );
  const found = await verifySeal(reader(wished({ signed: true })), allowed);
  expect(found).toMatchObject({ verdict: 'missing', of: 7 });
  expect(found && saySeal(found)).toMatch(/^signature missing: the run was to be signed/);
  expect(await verifySeal(reader(wished({})), allowed)).toBeNull();
  // Still running, or its engine was lost: what is not sealed is not signed yet.
  expect(await verifySeal(reader(wished({ signed: true }, 6)), allowed)).toBeNull();
});

test('the signature of an earlier seal does not stand for that of the last one, where the run was to be signed', async () => {
  const goneOnWith = (asked: object): readonly RawLine[] =>
    chained(RUN_B, [
      ...runB.map((line, index): Written => {
        const { at, type, prev: _, ...rest } = JSON.parse(Buffer.from(line.raw).toString());
        const more = index === 0 ? { request: { ...rest.request, ...asked } } : {};
        return [at, { type, ...rest, ...more }];
      }),
      ['02:59:00', said('later')],
      ['02:59:01', SEAL],
    ]);
  const wished = goneOnWith({ signed: true });
  const earlier = await sealOf(reader(wished.slice(0, runB.length)));
  const last = await sealOf(reader(wished));
  if (earlier === null || last === null) throw new Error('not sealed');
  const old = await signSeal(earlier, mine);
  const found = await verifySeal(reader(wished, old), allowed);
  expect(found).toMatchObject({ verdict: 'missing', lines: 7, of: 9 });
  expect(found && saySeal(found)).toContain('by ana@example.com up to line 7 of 9 alone');
  const whole = await verifySeal(reader(wished, await signSeal(last, mine)), allowed);
  expect(whole).toMatchObject({ verdict: 'good', lines: 9 });
});

test('a run that was gone on with in order to be signed is to be signed from then on', async () => {
  const begun = await handrail({ runbook: '# Look\n\n```bash\ntest -e there\n```\n' });
  expect(begun.exitCode).toBe(1);
  const { folder: state } = begun;
  writeFileSync(join(state, 'there'), '');
  const ended = await handrail({
    folder: state,
    args: ['resume', 'last', '--unattended', '--sign', mine],
  });
  expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
  const verify = () =>
    handrail({ folder: state, args: ['verify', 'last', '--allowed-signers', allowed] });
  expect(await verify()).toMatchObject({ exitCode: 0 });
  rmSync(join(ended.runs[0] ?? '', 'seal.sig'));
  const { exitCode, stdout } = await verify();
  expect([exitCode, stdout]).toEqual([25, expect.stringContaining('signature missing')]);
});

test('a run without a signature has none', async () => {
  expect(await verifySeal(reader(runB), allowed)).toBeNull();
});

test('anybody can check it with ssh-keygen alone', async () => {
  const seal = await sealOf(reader(runB));
  const signature = join(folder, 'seal.sig');
  writeFileSync(signature, await signed());
  const args = [
    '-Y',
    'verify',
    '-f',
    allowed,
    '-I',
    'ana@example.com',
    '-n',
    'handrail-run',
    '-s',
    signature,
  ];
  expect(
    execFileSync('ssh-keygen', args, { input: seal ? statementOf(seal) : '', encoding: 'utf8' }),
  ).toMatch(/^Good/);
});

test('a key that cannot sign is an error that says why', async () => {
  await expect(signed('/nowhere/key')).rejects.toThrow(
    /`\/nowhere\/key` cannot sign: .*Give the path of an SSH key/,
  );
});
