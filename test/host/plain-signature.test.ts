import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { plainSigner } from '../../src/host/plain-signature.ts';

let folder: string;
let keys: Readonly<Record<'ada' | 'bo', string>>;
let signature: string;
const at = (file: string): string => path.join(folder, file);
const TEXT = '{"kind":"approval"}\n';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-plain-'));
  const made = ['ada', 'bo'].map((who) => {
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', who, '-f', at(who)]);
    return [who, readFileSync(at(`${who}.pub`), 'utf8').trim()];
  });
  keys = Object.fromEntries(made);
  signature = signed('ada', 'test');
});

function signed(who: string, namespace: string, ...more: readonly string[]): string {
  const args = ['-Y', 'sign', '-q', '-f', at(who), '-n', namespace, ...more];
  return spawnSync('ssh-keygen', args, { input: TEXT, encoding: 'utf8' }).stdout;
}

/** What `ssh-keygen` makes of it. */
function asked(text: string, sig: string, allowed: string, who: string): string | undefined {
  writeFileSync(at('sig'), sig);
  writeFileSync(at('allowed'), allowed);
  const args = ['-Y', 'verify', '-f', at('allowed'), '-I', who, '-n', 'test', '-s', at('sig')];
  const { status, stdout } = spawnSync('ssh-keygen', args, { input: text, encoding: 'utf8' });
  return status === 0 ? /SHA256:\S+/.exec(stdout)?.[0] : undefined;
}

const plainly = (text: string, sig: string, allowed: string, who: string): string | undefined =>
  plainSigner(text, sig, { namespace: 'test', allowed, who });

test('the plain case is known without ssh-keygen, by the same fingerprint', () => {
  const allowed = `# those of this host\nbo ${keys.bo}\nada ${keys.ada}\n`;
  const known = plainly(TEXT, signature, allowed, 'ada');
  expect(known).toMatch(/^SHA256:/);
  expect(known).toBe(asked(TEXT, signature, allowed, 'ada'));
});

describe('nothing is said of', () => {
  const bare = (who: 'ada' | 'bo'): string => keys[who].split(' ').slice(0, 2).join(' ');
  test.each([
    ['a key with options', () => `ada namespaces="other" ${bare('ada')}\n`],
    ['a key whose time is over', () => `ada valid-before="20200101" ${bare('ada')}\n`],
    ['an authority', () => `ada cert-authority ${bare('ada')}\n`],
    ['a pattern', () => `*,!ada ${bare('ada')}\n`],
    ["somebody else's key", () => `ada ${bare('bo')}\n`],
    ["one's key under another name", () => `bo ${bare('ada')}\n`],
    ['a line that is none', () => `#ada ${bare('ada')}\n`],
    ['a name in other letters', () => `Ada ${bare('ada')}\n`],
    ['nobody', () => ''],
  ])('%s, which ssh-keygen does not take either', (_, allowed) => {
    expect(plainly(TEXT, signature, allowed(), 'ada')).toBeUndefined();
    expect(asked(TEXT, signature, allowed(), 'ada')).toBeUndefined();
  });

  test('another text, and another namespace', () => {
    const allowed = `ada ${keys.ada}\n`;
    expect(plainly(`${TEXT} `, signature, allowed, 'ada')).toBeUndefined();
    expect(plainly(TEXT, signed('ada', 'other'), allowed, 'ada')).toBeUndefined();
  });

  test('another hash than the usual one, which ssh-keygen knows', () => {
    const other = signed('ada', 'test', '-O', 'hashalg=sha256');
    const allowed = `ada ${keys.ada}\n`;
    expect(plainly(TEXT, other, allowed, 'ada')).toBeUndefined();
    expect(asked(TEXT, other, allowed, 'ada')).toMatch(/^SHA256:/);
  });

  test('a signature of which any bit is another', () => {
    const allowed = `ada ${keys.ada}\n`;
    const bytes = Buffer.from(signature.split('\n').slice(1, -2).join(''), 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const other = Buffer.from(bytes);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const armoured = `-----BEGIN SSH SIGNATURE-----\n${other.toString('base64')}\n-----END SSH SIGNATURE-----\n`;
        expect(plainly(TEXT, armoured, allowed, 'ada')).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test('what is no signature at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(plainly(TEXT, text, `ada ${keys.ada}\n`, 'ada')).toBeUndefined();
      }),
    );
  });
});
