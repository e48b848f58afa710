import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { load, textIn } from '../../src/engine/load.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'handrail-load-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const at = path.join(folder, name);
  await writeFile(at, content);
  return at;
}

test('a byte order mark and carriage returns are read away, and the bytes stay', async () => {
  const at = await file('a.md', '\ufeff# A\r\n\r\nText\rmore\n');
  const source = await load(at);
  expect(source.text).toBe('# A\n\nText\nmore\n');
  expect(source.bytes.length).toBe(20);
  expect(source.folder).toBe(folder);
  expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('broken UTF-8 and a stray NUL are read', async () => {
  const at = await file(
    'a.md',
    Buffer.concat([Buffer.from('# A\n\nCaf\0'), Buffer.from([0xe9]), Buffer.from('\n'.repeat(80))]),
  );
  expect((await load(at)).text).toContain('Caf\0\ufffd');
});

test('a file that is not there is named with its nearest neighbour', async () => {
  await file('backup.md', '# A');
  await expect(load(path.join(folder, 'bakcup.md'))).rejects.toMatchObject({
    code: 'RUNBOOK_NOT_FOUND',
    message: expect.stringContaining('backup.md'),
  });
});

test('a folder is not a runbook', async () => {
  await mkdir(path.join(folder, 'books'));
  await expect(load(path.join(folder, 'books'))).rejects.toMatchObject({
    code: 'RUNBOOK_IS_FOLDER',
  });
});

test('a binary file is refused', async () => {
  const at = await file('a.md', Buffer.from(Array.from({ length: 4096 }, (_, index) => index % 7)));
  await expect(load(at)).rejects.toMatchObject({ code: 'RUNBOOK_NOT_TEXT' });
});

test('UTF-16 is refused by its name', async () => {
  const at = await file('a.md', Buffer.from('\ufeff# A', 'utf16le'));
  await expect(load(at)).rejects.toMatchObject({ message: expect.stringContaining('UTF-16') });
});

test('a file that may not be read is said to be so', async () => {
  const at = await file('a.md', '# A');
  await chmod(folder, 0o755);
  await chmod(at, 0);
  expect(await loadWithoutRights(at)).toBe('RUNBOOK_UNREADABLE');
});

/** The code of the error that a user without special rights gets: root may read every file. */
async function loadWithoutRights(at: string): Promise<string> {
  const script = `
    const { load } = await import(${JSON.stringify(new URL('../../src/engine/load.ts', import.meta.url).href)});
    if (process.getuid?.() === 0) process.setuid(65534);
    await load(${JSON.stringify(at)}).then(() => console.log('read'), (error) => console.log(error.code));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    script,
  ]);
  return stdout.trim();
}

const BIG_ENDIAN = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const ENCODED: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with its mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 with its mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE with its mark': (text) => BIG_ENDIAN(`\ufeff${text}`),
  'UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE without a mark': BIG_ENDIAN,
};

async function readAll(
  bytes: Uint8Array,
  sizes: readonly number[],
): Promise<readonly [string, number]> {
  let text = '';
  let wrong = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const onWrong = (): void => {
    wrong += 1;
  };
  for await (const piece of textIn(chunks(), onWrong)) text += piece;
  return [text, wrong];
}

test.each(Object.keys(ENCODED))('a text in %s is read, wherever it is cut', async (name) => {
  const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\ufeff'));
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (text, sizes) => {
        const whole = `time,${text}`;
        const bytes = ENCODED[name]?.(whole) ?? Buffer.of();
        expect(await readAll(bytes, sizes)).toEqual([whole, 0]);
      },
    ),
  );
});

test('bytes that are no text are told of once, and the rest is read', async () => {
  const bytes = Buffer.from('time,J\u00fcrgen l\u00e4uft', 'latin1');
  for (const size of [1, 2, 100])
    expect(await readAll(bytes, [size])).toEqual(['time,J\ufffdrgen l\ufffduft', 1]);
  expect(await readAll(Buffer.from('caf\u00e9', 'utf8').subarray(0, -1), [1])).toEqual([
    'caf\ufffd',
    1,
  ]);
  expect(await readAll(Buffer.of(), [1])).toEqual(['', 0]);
  expect(await readAll(Buffer.from('a'), [1])).toEqual(['a', 0]);
});
