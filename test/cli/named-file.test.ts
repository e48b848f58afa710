import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeNamed } from '../../src/cli/named-file.ts';

const isRoot = process.getuid?.() === 0;
const scratch = (): string => mkdtempSync(join(tmpdir(), 'handrail-named-'));
const modeOf = (file: string): string => (lstatSync(file).mode & 0o7777).toString(8);

/** What stands at `out` before, and what of it must be as it was after. */
const PLACES: Readonly<Record<string, (out: string, other: string) => () => unknown>> = {
  nothing: () => () => null,
  'a file with rights of its own': (out) => {
    writeFileSync(out, 'old');
    chmodSync(out, 0o4751);
    if (isRoot) chownSync(out, 65_534, 65_533);
    return () => [modeOf(out), lstatSync(out).uid, lstatSync(out).gid];
  },
  'a longer file': (out) => {
    writeFileSync(out, 'old'.repeat(1000));
    return () => lstatSync(out).isFile();
  },
  'a file with a second name': (out, other) => {
    writeFileSync(other, 'old');
    linkSync(other, out);
    return () => [statSync(other).ino === statSync(out).ino, statSync(out).nlink];
  },
  'a link to a file': (out, other) => {
    writeFileSync(other, 'old', { mode: 0o640 });
    symlinkSync(other, out);
    return () => [lstatSync(out).isSymbolicLink(), modeOf(other)];
  },
  'a link to a link to nothing yet': (out, other) => {
    symlinkSync('between', out);
    symlinkSync(other, join(out, '../between'));
    return () => [
      lstatSync(out).isSymbolicLink(),
      lstatSync(join(out, '../between')).isSymbolicLink(),
    ];
  },
};

test.each(Object.entries(PLACES))('%s stays what it is, and holds what is new', async (_, make) => {
  const folder = scratch();
  const out = join(folder, 'out');
  const kept = make(out, join(folder, 'other'));
  const before = kept();
  await writeNamed(out, ['new ', Buffer.from('bytes')]);
  expect([readFileSync(out, 'utf8'), kept()]).toEqual(['new bytes', before]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a name as long as a name may be takes a file', async () => {
  const out = join(scratch(), 'n'.repeat(255));
  await writeNamed(out, ['one']);
  await writeNamed(out, ['two']);
  expect(readFileSync(out, 'utf8')).toBe('two');
});

test('a pipe is written to and stays a pipe', async () => {
  const out = join(scratch(), 'pipe');
  execFileSync('mkfifo', [out]);
  const [told] = await Promise.all([readFile(out, 'utf8'), writeNamed(out, ['all ', 'of it'])]);
  expect([told, lstatSync(out).isFIFO()]).toEqual(['all of it', true]);
});

test.runIf(isRoot)('a device is written to and stays a device', async () => {
  const out = join(scratch(), 'null');
  execFileSync('mknod', [out, 'c', '1', '3']);
  await writeNamed(out, ['gone']);
  expect([lstatSync(out).isCharacterDevice(), lstatSync(out).rdev]).toEqual([
    true,
    statSync('/dev/null').rdev,
  ]);
});

test('what cannot be written is left alone, and the system says why', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), 'old');
  symlinkSync('two', join(folder, 'one'));
  symlinkSync('one', join(folder, 'two'));
  const before = readdirSync(folder);
  const codes: unknown[] = [];
  for (const name of ['folder', 'missing/out', 'file/out', 'one'])
    await writeNamed(join(folder, name), ['new']).catch((error) => codes.push(error.code));
  expect(codes).toEqual(['EISDIR', 'ENOENT', 'ENOTDIR', 'ELOOP']);
  expect([readdirSync(folder), readFileSync(join(folder, 'file'), 'utf8')]).toEqual([
    before,
    'old',
  ]);
});

test('when what is new ends in the middle, a file stays as it was', async () => {
  const out = join(scratch(), 'out');
  writeFileSync(out, 'old');
  function* broken(): Iterable<string> {
    yield 'half';
    throw new Error('no more');
  }
  await expect(writeNamed(out, broken())).rejects.toThrow('no more');
  expect(readFileSync(out, 'utf8')).toBe('old');
});

/** Writes `new` as somebody without special rights; what that threw, else `written`. */
async function asNobody(out: string): Promise<string> {
  const room = scratch();
  chmodSync(room, 0o777);
  const module = new URL('../../src/cli/named-file.ts', import.meta.url).href;
  const script = `
    const { writeNamed } = await import(${JSON.stringify(module)});
    if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }
    await writeNamed(${JSON.stringify(out)}, ['new'])
      .then(() => console.log('written'), (error) => console.log(error.code));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: { ...process.env, TMPDIR: room } },
  );
  return stdout.trim();
}

test('a file that may be written is, though its folder takes no other; one that may not be is not replaced', async () => {
  const folder = scratch();
  const files = { open: 0o666, 'to be written alone': 0o222, shut: 0o444 };
  for (const [name, mode] of Object.entries(files)) {
    writeFileSync(join(folder, name), 'old content');
    chmodSync(join(folder, name), mode);
  }
  chmodSync(folder, 0o555);
  const told: unknown[] = [];
  for (const name of [...Object.keys(files), 'none'])
    told.push([name, await asNobody(join(folder, name))]);
  chmodSync(folder, 0o777);
  told.push(['shut', await asNobody(join(folder, 'shut'))]);
  expect(told).toEqual([
    ['open', 'written'],
    ['to be written alone', 'written'],
    ['shut', 'EACCES'],
    ['none', 'EACCES'],
    ['shut', 'EACCES'],
  ]);
  for (const [name, mode] of Object.entries(files)) {
    expect(modeOf(join(folder, name))).toBe(mode.toString(8));
    chmodSync(join(folder, name), 0o666);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(name === 'shut' ? 'old content' : 'new');
  }
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
