import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/engine/redact.ts';

const SECRET = 'S3cr3t+Val/ue==xyz';

/** Pushes a text in chunks that end at the given bytes, and gives back all that came out. */
function streamed(secrets: readonly string[], text: string | Uint8Array, cuts: readonly number[]) {
  const bytes = Buffer.from(text);
  const redactor = createRedactor(secrets);
  const out: Uint8Array[] = [];
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const end = Math.min(cut, bytes.length);
    out.push(redactor.push(bytes.subarray(at, end)).slice());
    at = end;
  }
  out.push(redactor.push(bytes.subarray(at)).slice(), redactor.end());
  return { text: Buffer.concat(out).toString(), count: redactor.count };
}
const everyByte = (text: string): readonly number[] =>
  Array.from({ length: Buffer.byteLength(text) }, (_, index) => index + 1);

describe('a secret in a stream', () => {
  test('is masked and counted', () => {
    expect(streamed([SECRET], `a ${SECRET} b ${SECRET}\n`, [])).toEqual({
      text: 'a *** b ***\n',
      count: 2,
    });
  });

  test('is masked when it comes byte by byte', () => {
    const text = `key: ${SECRET}, again ${SECRET}${SECRET}.`;
    expect(streamed([SECRET], text, everyByte(text)).text).toBe('key: ***, again ***.');
  });

  test('is masked whatever way it is written', () => {
    const b64 = (text: string): string => Buffer.from(text).toString('base64');
    const forms = [
      b64(SECRET),
      b64(`${SECRET}\n`),
      Buffer.from(SECRET).toString('base64url'),
      encodeURIComponent(SECRET),
      Buffer.from(SECRET).toString('hex'),
      Buffer.from(SECRET).toString('hex').toUpperCase(),
    ];
    for (const form of forms) expect(streamed([SECRET], `<${form}>`, [3, 9]).text).toBe('<***>');
    for (const around of ['a', 'ab', 'abc'])
      expect(streamed([SECRET], b64(`${around}${SECRET}${around}`), [7]).text).toMatch(
        /^.{0,5}\*\*\*.{0,6}$/,
      );
    const quoted = `it's "a" b\\c`;
    for (const form of [JSON.stringify(quoted), `'it'\\''s "a" b\\c'`, `it\\'s\\ \\"a\\"\\ b\\\\c`])
      expect(streamed([quoted], form, []).text).toMatch(/^["']?\*\*\*["']?$/);
  });

  test.each([
    ['struck over twice', (letters: string[]) => letters.map((one) => `${one}\b${one}`).join('')],
    ['underlined', (letters: string[]) => letters.map((one) => `_\b${one}`).join('')],
    ['with letters between that nobody sees', (letters: string[]) => letters.join('\u200b')],
    ['with soft hyphens', (letters: string[]) => letters.join('\u00ad')],
    ['folded as mail is', (letters: string[]) => letters.join('').replace(/^.{7}/, '$&=\r\n')],
  ])('is masked %s, however it is cut', (_, write) => {
    const [head = '', ...rest] = streamed([SECRET], `a ${write([...SECRET])} b`, [])
      .text.replace(/[\b_\u200b\u00ad]/g, '')
      .split('***');
    expect([head, rest]).toEqual(['a ', [' b']]);
    const text = write([...SECRET]);
    const cut = streamed([SECRET], text, text.startsWith('_') ? [9, 15, 27] : everyByte(text)).text;
    expect(cut).toContain('***');
    expect(cut.replace(/[\b_\u200b\u00ad]/g, '')).not.toContain(SECRET.slice(0, 6));
  });

  test('is masked line by line, and as one where all of its lines stand', () => {
    const key = '-----BEGIN KEY-----\nMIIabcdefgh\nIJKlmnopqrs\n-----END KEY-----\n';
    expect(streamed([key], `x\n  MIIabcdefgh\r\n${key}`, [5, 20]).text).toBe('x\n  ***\r\n***\n');
  });

  test('of many letters is masked without holding all of it back', () => {
    const long = Array.from({ length: 3000 }, (_, index) => index.toString(36)).join('');
    expect(streamed([long], `a${long}b`, [100, 5000]).text).toBe('a***b');
  });

  test('of fewer than four bytes is masked as it is only', () => {
    expect(streamed(['ab'], 'xaby YWI= 6162', []).text).toBe('x***y YWI= 6162');
    expect(streamed(['x'], 'axb', [1]).text).toBe('a***b');
    expect(streamed([''], 'abc', [1])).toEqual({ text: 'abc', count: 0 });
  });

  test('wins over a shorter one that begins it', () => {
    expect(
      streamed(['hush-hush', 'hush-hush-baby'], 'hush-hush-baby hush-hush-b', [9, 12]).text,
    ).toBe('*** ***-b');
  });

  test('that overlaps another is masked with it', () => {
    expect(streamed(['abcdef', 'defghi'], 'abcdefghi', everyByte('abcdefghi')).text).toBe('***');
    expect(streamed(['xabc1', 'abcQQ'], 'xabc1QQ xabcQQ', everyByte('xabc1QQ xabcQQ')).text).toBe(
      '***QQ x***',
    );
  });
});

describe('what is no secret', () => {
  test('passes at once, unless it may be the beginning of one', () => {
    const redactor = createRedactor([SECRET]);
    const out = (text: string): string => Buffer.from(redactor.push(Buffer.from(text))).toString();
    expect(out('hello ')).toBe('hello ');
    expect(out('S3cr')).toBe('');
    expect(out('et S3cr3t')).toBe('S3cret ');
    expect(out('+Val/u')).toBe('');
    expect(out('e==xyz!')).toBe('***!');
    expect(Buffer.from(redactor.end()).toString()).toBe('');
  });

  test('passes byte for byte, whatever bytes they are', () => {
    // Control sequences beside what may be the beginning of a secret in another notation are rare among random bytes.
    const telling = fc.constantFrom(0x1b, 0x5b, 0x6d, 0x40, 0x30, 0x31, 0x41, 0x62, 0x3d, 0x0a);
    const all = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(telling, { maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
    );
    fc.assert(
      fc.property(all, fc.array(fc.nat(200)), (bytes, cuts) => {
        const redactor = createRedactor(['never-in-there-1', 'never-in-there-2']);
        const out: Uint8Array[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
          out.push(redactor.push(bytes.subarray(at, cut)).slice());
          at = Math.max(at, Math.min(cut, bytes.length));
        }
        out.push(redactor.end());
        expect(Buffer.concat(out).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps the colours before the beginning of a secret that comes to nothing, in bounds', () => {
    const redactor = createRedactor(['never-in-there-1']);
    const out = [...'\x1b[32mok\x1b[0m \x1b[1mnever-in'].map((one) =>
      Buffer.from(redactor.push(Buffer.from(one))).toString('latin1'),
    );
    expect(out.join('')).toBe('\x1b[32mok\x1b[0m \x1b[1m');
    for (let kept = 0; kept < 100; kept += 1)
      out.push(Buffer.from(redactor.push(Buffer.from('\x1b[m'))).toString('latin1'));
    out.push(Buffer.from(redactor.push(Buffer.from('side'))).toString('latin1'));
    expect(out.join('').length).toBeGreaterThan(0);
    expect(out.join('') + Buffer.from(redactor.end()).toString('latin1')).toBe(
      `\x1b[32mok\x1b[0m \x1b[1mnever-in${'\x1b[m'.repeat(100)}side`,
    );
  });

  test('lets go of sequences without end behind the beginning of a secret, and still masks it', () => {
    const redactor = createRedactor(['never-in-there-1']);
    let given = Buffer.from(redactor.push(Buffer.from('never-in'))).toString();
    for (let at = 0; at < 40; at += 1)
      given += Buffer.from(redactor.push(Buffer.from('\x1b[m'.repeat(1_000)))).toString();
    given += Buffer.from(redactor.push(Buffer.from('-there-1 done'))).toString();
    given += Buffer.from(redactor.end()).toString();
    expect(given.replaceAll('\x1b[m', '')).toBe('*** done');
  });
});

/**
 * Letters beside an encoded secret may be some more of it: a stream that has not seen what follows masks them too,
 * rather than show what may be one.
 */
function besides(text: string): string {
  return text.replace(/[\s\w+/=%'"]*(?:\*{3,}[\s\w+/=%'"]*)+/g, '***');
}

test('however the stream is cut, the same comes out, and never a secret', () => {
  const secret = fc
    .oneof(
      fc.string({ minLength: 4, maxLength: 12, unit: 'grapheme' }),
      fc.string({ minLength: 4, maxLength: 6, unit: fc.constantFrom('a', 'b') }),
      fc
        .array(fc.string({ minLength: 6, maxLength: 8 }), { minLength: 2, maxLength: 3 })
        .map((lines) => lines.join('\n')),
    )
    .filter((text) => text.replace(/\s/g, '').length >= 4);
  const forms: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify(text),
    (text) => encodeURIComponent(text),
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(text).toString('hex'),
    (text) => `'${text.replaceAll("'", "'\\''")}'`,
    (text) => text.slice(0, -1),
  ];
  const piece = fc.oneof(
    fc.record({ secret: fc.nat(2), form: fc.nat(forms.length - 1) }),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('a', 'b', 'ab'),
  );
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 3 }),
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.nat(120), { maxLength: 12 }),
      (secrets, pieces, cuts) => {
        const text = pieces
          .map((one) =>
            typeof one === 'string'
              ? one
              : (forms[one.form] ?? String)(secrets[one.secret % secrets.length] ?? ''),
          )
          .join('')
          .toWellFormed();
        const whole = streamed(secrets, text, []);
        expect(besides(streamed(secrets, text, cuts).text)).toBe(besides(whole.text));
        expect(besides(streamed(secrets, text, everyByte(text)).text)).toBe(besides(whole.text));
        expect(createRedactor(secrets).mask(text)).toBe(whole.text);
        for (const one of secrets)
          for (const shown of whole.text.split('***')) expect(shown).not.toContain(one);
      },
    ),
    { numRuns: 300 },
  );
});

test('what stands between two pieces of a secret is hidden with them, whatever chunk it comes in', () => {
  const secret = '(#/# ###\n/##//#\n)\\  # ';
  const text = JSON.stringify(secret);
  expect(streamed([secret], text, everyByte(text)).text).toBe('"*** "');
});

test('masking a text of its own leaves the stream alone', () => {
  const redactor = createRedactor([SECRET]);
  redactor.push(Buffer.from('S3cr3t+'));
  expect(redactor.mask(`a ${SECRET}`)).toBe('a ***');
  expect(redactor.count).toBe(0);
  expect(Buffer.from(redactor.push(Buffer.from('Val/ue==xyz'))).toString()).toBe('***');
});

test('twenty secrets cost less than copying the output a few times', () => {
  const secrets = Array.from({ length: 20 }, (_, index) => `secret-${index}-${'qwertz'.repeat(3)}`);
  const redactor = createRedactor(secrets);
  const chunk = Buffer.from('2026-11-21 INFO a line of ordinary output, id=5f3a\n'.repeat(1300));
  // The process's own time over many rounds: the clock of the kernel is coarse.
  const timed = (work: () => void): number => {
    const before = process.cpuUsage();
    for (let round = 0; round < 500; round += 1) work();
    const { user, system } = process.cpuUsage(before);
    return Math.max(1, user + system);
  };
  timed(() => redactor.push(chunk));
  // The same bytes, looked for one letter that is not there: the fastest look at all of them.
  const glance = timed(() => chunk.toString('latin1').includes('\u00ff'));
  expect(timed(() => redactor.push(chunk)) / glance).toBeLessThan(250);
});

describe('terminal sequences', () => {
  const shown = (chunks: readonly string[]): string => {
    const redactor = createRedactor(['tok-abcdefgh']);
    const parts = chunks.map((chunk) => Buffer.from(redactor.push(Buffer.from(chunk))).toString());
    return parts.join('') + Buffer.from(redactor.end()).toString();
  };

  test('in the middle of a secret do not hide it, wherever the chunks end', () => {
    const text = 'a \x1b[01;31m\x1b[Ktok-abc\x1b[m\x1b[Kdefgh z\n';
    for (let at = 0; at <= text.length; at += 1)
      expect(stripVTControlCharacters(shown([text.slice(0, at), text.slice(at)]))).toBe(
        'a *** z\n',
      );
  });

  test.each([
    [
      '\x1b[32mok\x1b[0m tok-abcdefgh \x1b[1mbold\x1b[0m\n',
      '\x1b[32mok\x1b[0m *** \x1b[1mbold\x1b[0m\n',
    ],
    ['a \x1b[31mtok-abcdefgh\x1b[0m z\n', 'a \x1b[31m***\x1b[0m z\n'],
    ['\x1b[2J\x1b[H', '\x1b[2J\x1b[H'],
    [
      'x\x1b[2;1Htok-abc\x1b[m\x1b[Kdefgh.\x1b[3;1H\x1b[7mtok-abcdefgh\x1b[m end\n',
      'x\x1b[2;1H***.\x1b[3;1H\x1b[7m***\x1b[m end\n',
    ],
  ])('around a secret stay as they are: %j', (text, expected) => {
    expect(shown([text])).toBe(expected);
  });

  test('around secrets in any order and in any chunks: none is seen, and no other letter is lost', () => {
    const part = fc.constantFrom(
      ...[
        'tok-abcdefgh',
        'tok-abc',
        'defgh',
        'tok-',
        '.',
        'x',
        '\x1b[m',
        '\x1b[2;1H',
        '\x1b[K',
        'tok',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 14 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        (parts, cuts) => {
          const text = parts.join('');
          const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
          const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
          expect(stripVTControlCharacters(shown(chunks))).not.toContain('tok-abcdefgh');
          const plain = createRedactor(['tok-abcdefgh']).mask(stripVTControlCharacters(text));
          expect(stripVTControlCharacters(shown([text]))).toBe(plain);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('stay where no secret is near', () => {
    expect(shown(['\x1b[32mfine\x1b[0m\n'])).toBe('\x1b[32mfine\x1b[0m\n');
  });
});

test('a chunk without a secret goes on as it came, and one of a secret as long as its mask does not', () => {
  const redactor = createRedactor(['abc', 'a secret of more letters']);
  const plain = Buffer.from('nothing is in here\n');
  expect(redactor.push(plain)).toBe(plain);
  expect(Buffer.from(redactor.push(Buffer.from('abc'))).toString()).toBe('***');
  expect(Buffer.from(redactor.push(Buffer.from('abc'))).toString()).toBe('');
  expect(Buffer.from(redactor.end()).toString()).toBe('');
});
