import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const loader = path.join(import.meta.dirname, '../../src/cli/load-code.ts');
let folder = '';
let cache = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-load-'));
  cache = path.join(folder, 'cache');
  const other = 'exports.twice = (text) => text + text;';
  writeFileSync(path.join(folder, 'other.cjs'), other);
  const part = 'exports.say = () => require("./other.cjs").twice("so");';
  writeFileSync(path.join(folder, 'part.cjs'), part);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a program says that loads its first part so. */
function said(command = 'run', exitCode = 0): string {
  const script = `import { codeLoader } from ${JSON.stringify(loader)};
    const load = codeLoader(${JSON.stringify(folder)}, ${JSON.stringify(cache)}, ${JSON.stringify(command)});
    process.exitCode = ${exitCode};
    try { console.log(load('part.cjs').say()); } catch (error) { console.log(error.code, error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const kept = (): readonly string[] => readdirSync(cache).toSorted();

test('keeps what each command has compiled, for its user alone, and says the same with it', () => {
  expect([said(), said(), said('show')]).toEqual(['soso\n', 'soso\n', 'soso\n']);
  const { version } = process;
  expect(kept()).toEqual(
    ['other', 'part'].flatMap((part) => [
      `${part}.cjs-run-${version}`,
      `${part}.cjs-show-${version}`,
    ]),
  );
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  for (const name of kept()) expect(statSync(path.join(cache, name)).mode & 0o777).toBe(0o600);
});

test('a command that is no word gets no file of its own name', () => {
  expect(said('../../x')).toBe('soso\n');
  expect(kept().every((name) => name.includes('.cjs-other-'))).toBe(true);
});

test('what is cut, empty or of another engine is compiled anew, and kept whole again', () => {
  said();
  const file = path.join(cache, kept()[0] ?? '');
  const whole = statSync(file).size;
  for (const size of [whole - 1, 8, 0]) {
    truncateSync(file, size);
    expect(said()).toBe('soso\n');
    expect(statSync(file).size).toBe(whole);
  }
  const half = (whole - 'handrail code 0\n'.length) / 2;
  const text = readFileSync(file);
  for (const from of [0, half]) text.fill(0x55, from, from + 16);
  writeFileSync(file, text);
  expect(said()).toBe('soso\n');
  expect(readFileSync(file).subarray(0, 16)).not.toEqual(text.subarray(0, 16));
});

test('what is kept with another byte anywhere is not believed', () => {
  said();
  const file = path.join(cache, kept()[0] ?? '');
  const text = readFileSync(file);
  for (let at = 100; at < text.length / 2 - 20; at += 40) text[at] = (text[at] ?? 0) ^ 0x41;
  writeFileSync(file, text);
  expect(said()).toBe('soso\n');
});

test('adds what the first uses call, and then leaves it for a day', () => {
  const inode = (): number => statSync(path.join(cache, kept()[0] ?? '')).ino;
  const seen = Array.from({ length: 7 }, () => {
    said();
    return inode();
  });
  expect(seen[4]).not.toBe(seen[3]);
  expect([seen[5], seen[6]]).toEqual([seen[4], seen[4]]);
});

test('believes nothing and leaves nothing where somebody else can write', () => {
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  expect(said()).toBe('soso\n');
  expect(kept()).toEqual([]);
});

test.each([64, 78])('what ends with %d has called little, and leaves nothing', (exitCode) => {
  expect(said('run', exitCode)).toBe('soso\n');
  expect(() => kept()).toThrow('ENOENT');
});

test('says what happened where a part is not there any more', () => {
  rmSync(path.join(folder, 'other.cjs'));
  const words = `PART_GONE A part of handrail is gone (${folder}/other.cjs): it was installed or built anew`;
  expect(said()).toContain(words);
});
