import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sshSign, sshVerify, sshVerifyAs } from '../../src/host/ssh-signature.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-ssh-'));
const key = join(folder, 'key');
execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ana', '-f', key]);
const allowed = join(folder, 'allowed');
writeFileSync(allowed, `ana@example.com namespaces="test" ${readFileSync(`${key}.pub`, 'utf8')}`);

async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a signature', () => {
  test('of a text in pieces is that of the whole text, of megabytes too', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024);
    const signature = await sshSign(pieces('a', long, 'b'), key, 'test');
    const good = { verdict: 'good', signer: 'ana@example.com' };
    expect(await sshVerify(`a${long}b`, signature, 'test', allowed)).toEqual(good);
    expect(await sshVerify(`a${long}`, signature, 'test', allowed)).toEqual({ verdict: 'wrong' });
  });

  test('counts for its namespace, and for the person who is allowed that key', async () => {
    const signature = await sshSign('text', key, 'test');
    const by = (who: string, namespace: string) =>
      sshVerifyAs('text', signature, namespace, allowed, who);
    expect(await by('ana@example.com', 'test')).toMatch(/^SHA256:/);
    expect(await by('ben@example.com', 'test')).toBeUndefined();
    expect(await by('ana@example.com', 'other')).toBeUndefined();
  });

  test('of a text that cannot be read to its end is none, and the reason is that of the reading', async () => {
    const unread = new Error('the disk is gone');
    await expect(sshSign(pieces('half', unread), key, 'test')).rejects.toBe(unread);
  });

  test('with a key that is not there says what to give', async () => {
    await expect(sshSign('text', join(folder, 'none'), 'test')).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringMatching(/cannot sign: .*--sign/s),
    });
  });

  test('without ssh-keygen says what to install', async () => {
    vi.stubEnv('PATH', folder);
    await expect(sshSign('text', key, 'test')).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringContaining('comes with OpenSSH'),
    });
  });
});
