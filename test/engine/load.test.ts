import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from '../../src/engine/load.ts';

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
