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

describe('what is taken, ssh-keygen takes', () => {
  const oneOf = (...given: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...given);
  const plainOften = (plain: string, ...others: readonly string[]): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(plain) },
      { weight: 1, arbitrary: oneOf(...others) },
    );
  /** Some keys are the same where the two characters of Base64 that URLs spell otherwise are in none of them. */
  const spoilt = (base64: string): readonly string[] =>
    [
      base64.slice(0, -1),
      base64.slice(0, -4),
      `${base64}=`,
      `${base64}====`,
      `${base64}AAAA`,
      `=${base64}`,
      `${base64.slice(0, 20)}=${base64.slice(20)}`,
      `${base64.slice(0, 20)}====${base64.slice(20)}`,
      base64.replaceAll('+', '-').replaceAll('/', '_'),
      base64.toLowerCase(),
    ].filter((each) => each !== base64);
  const armour = (base64: string): string =>
    `-----BEGIN SSH SIGNATURE-----\n${base64}\n-----END SSH SIGNATURE-----\n`;
  const base64Of = (armoured: string): string => armoured.split('\n').slice(1, -2).join('');

  function lines(): fc.Arbitrary<string> {
    const ada = keys.ada.split(' ')[1] ?? '';
    const bo = keys.bo.split(' ')[1] ?? '';
    const line = fc
      .tuple(
        plainOften(
          'ada',
          'bo',
          '*',
          'a*',
          '!ada',
          'ada,bo',
          '"ada"',
          '"ada',
          '#ada',
          ' ada',
          'Ada',
          '\0ada',
          '\uFEFFada',
          '',
        ),
        plainOften(
          '',
          'namespaces="other" ',
          'valid-before="20200101" ',
          'valid-after="20990101" ',
          'cert-authority ',
          'unheard-of ',
          '" ',
          ', ',
        ),
        plainOften(
          'ssh-ed25519',
          'ssh-rsa',
          'SSH-ED25519',
          'sk-ssh-ed25519@openssh.com',
          'ssh-ed25519-cert-v01@openssh.com',
          '',
        ),
        plainOften(ada, bo, ...spoilt(ada)),
        plainOften('', ' a word', ' "', '\r', ' x\0y', ' \u2028x', '\t# x', '\u0085'),
        plainOften(' ', '  ', '\t', '\v', '\r', '\u00A0', ''),
      )
      .map(
        ([who, options, type, key, end, gap]) => `${who}${gap}${options}${type}${gap}${key}${end}`,
      );
    const other = oneOf('', '# x', 'ada', 'ada ssh-ed25519', 'bo "', '\0', 'x'.repeat(9000));
    return fc
      .tuple(
        fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 1, arbitrary: other }), {
          maxLength: 4,
        }),
        plainOften('\n', '\r\n', '\r', '\n\n'),
      )
      .map(([all, end]) => all.join(end));
  }

  function signatures(): fc.Arbitrary<string> {
    const whole = base64Of(signature);
    const bytes = Buffer.from(whole, 'base64');
    const last = whole.search(/=*$/) - 1;
    const inBase64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const unusedBit = inBase64[inBase64.indexOf(whole[last] ?? '') ^ 1] ?? '';
    return plainOften(
      signature,
      signed('bo', 'test'),
      signed('ada', 'other'),
      signature.trimEnd(),
      signature.replaceAll('\n', '\r\n'),
      ` ${signature}`,
      `${signature}x`,
      signature + signature,
      signature.replace('-----\n', '-----\n\n'),
      ...spoilt(whole).map(armour),
      armour(`${whole.slice(0, last)}${unusedBit}${whole.slice(last + 1)}`),
      armour(Buffer.concat([bytes, Buffer.from([0])]).toString('base64')),
      armour(
        Buffer.concat([bytes.subarray(0, -32), plusOrder(bytes.subarray(-32))]).toString('base64'),
      ),
    );
  }

  test('by whatever lines, in whatever armour', () => {
    let taken = 0;
    fc.assert(
      fc.property(lines(), signatures(), (allowed, given) => {
        const known = plainly(TEXT, given, allowed, 'ada');
        if (known === undefined) return;
        taken += 1;
        expect(known).toBe(asked(TEXT, given, allowed, 'ada'));
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(10);
  }, 120_000);

  test.each(['the signature', 'the key'])(
    '%s in Base64 that is none is taken by neither',
    (which) => {
      const key = keys.ada.split(' ')[1] ?? '';
      const [good, ...others] = [key, ...(which === 'the key' ? spoilt(key) : [])];
      const sigs = which === 'the key' ? [signature] : spoilt(base64Of(signature)).map(armour);
      for (const given of sigs)
        for (const base64 of others.length === 0 ? [good] : others)
          expect(plainly(TEXT, given, `ada ssh-ed25519 ${base64}\n`, 'ada')).toBeUndefined();
    },
  );
});

/** The other half of the same signature, as a number that is larger by the order of the group: RFC 8032 forbids it. */
function plusOrder(half: Buffer): Buffer {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const sum = BigInt(`0x${Buffer.from(half).reverse().toString('hex')}`) + order;
  return Buffer.from(sum.toString(16).padStart(64, '0').slice(-64), 'hex').reverse();
}
