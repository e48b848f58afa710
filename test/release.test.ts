import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLE } from '../src/cli/table.ts';
import { isHere } from './support/also-asked.ts';
import { called, smokeTests } from './support/smoke.ts';

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-release-test-'));
const out = path.join(folder, 'release');
const program = path.join(out, `handrail-${process.platform}-${process.arch}`);
const cache = path.join(folder, 'cache');
const installed = { program: [program], folder, env: { HANDRAIL_CACHE: cache } } as const;

beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, 'scripts/release.ts'), '--out', out], {
    stdio: 'pipe',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One start of the file with another cache; what it said and its exit code. */
function started(env: Readonly<Record<string, string>>): readonly [number | null, string] {
  const { status, stderr } = spawnSync(program, ['list', '.'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HANDRAIL_HOME: path.join(folder, 'state'), ...env },
  });
  return [status, stderr];
}

/** The folder that the program was laid out in. */
function laidOut(): string {
  const [name = '', ...others] = readdirSync(path.join(cache, 'handrail')).filter((one) =>
    one.startsWith('app-'),
  );
  expect(others).toEqual([]);
  return path.join(cache, 'handrail', name);
}

/** A line of a manual page: a request that is one, or text that is none, with no escape but those of plain text. */
function isRoff(line: string): boolean {
  const isKnown = /^\.(?:TH|SH|SS|B) \S|^\.(?:PP|TP|nf|fi|RE|RS 4)$|^(?![.'])/.test(line);
  return isKnown && !/\\(?![-e&])/.test(line);
}

describe('the one file', () => {
  smokeTests(() => installed);

  test('needs nothing but itself, and calls itself where others are to call it', () => {
    const env = { HANDRAIL_CACHE: cache, HANDRAIL_HOME: path.join(folder, 'state') };
    const { stdout } = spawnSync(program, ['--version'], { cwd: folder, encoding: 'utf8', env });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    writeFileSync(
      path.join(folder, 'nightly.md'),
      '---\nschedule: [{ cron: "0 2 * * *" }]\n---\n# Nightly\n\n```bash\ntrue\n```\n',
    );
    const line = called(installed, ['schedule', 'crontab', 'nightly.md'])
      .split('\n')
      .find((one) => one.startsWith('0 2 '));
    expect(line).toContain(`${program} run ${path.join(folder, 'nightly.md')}`);
    expect(line).not.toContain(`${program} ${program}`);
  });

  test('lays itself out for its user alone, once, and again when a file of it is another', () => {
    called(installed, ['--help']);
    const place = laidOut();
    for (const one of [place, path.dirname(place)]) expect(statSync(one).mode & 0o777).toBe(0o700);
    const file = path.join(place, 'dist/handrail.js');
    const before = statSync(file);
    called(installed, ['--help']);
    expect(statSync(file).ino).toBe(before.ino);
    appendFileSync(file, 'process.stdout.write("owned");\n');
    expect(called(installed, ['--help'])).not.toContain('owned');
    expect(readFileSync(file, 'utf8')).not.toContain('owned');
  });

  test('refuses to be laid out under the home of another user', () => {
    const home = path.join(folder, 'home');
    mkdirSync(home);
    // Only root can give a folder away; anybody else has no place in root's.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(home, 65_534, 65_534);
    const [code, said] = started({ HOME: isRoot ? home : '/root' });
    expect([code, said.split('\n').length]).toEqual([78, 2]);
    expect(said).toContain(
      isRoot ? `\`${home}\` belongs to another user` : '/root/.cache` cannot be looked at (EACCES)',
    );
    expect(readdirSync(home)).toEqual([]);
  });

  test('refuses a way that leads by a link through what is another’s, or everybody’s', () => {
    const open = path.join(folder, 'everybodys');
    mkdirSync(path.join(open, 'mine'), { recursive: true });
    chmodSync(open, 0o777);
    const link = path.join(folder, 'link');
    symlinkSync(path.join(open, 'mine'), link);
    const [code, said] = started({ HANDRAIL_CACHE: link });
    expect([code, said]).toEqual([78, expect.stringContaining(`\`${open}\` can be written by`)]);
    const plain = path.join(folder, 'own-link');
    symlinkSync(cache, plain);
    expect(started({ HANDRAIL_CACHE: plain })).toEqual([0, '']);
    // Only root can give a link away, so only root has one to try.
    if (process.getuid?.() !== 0) return;
    lchownSync(plain, 65_534, 65_534);
    expect(started({ HANDRAIL_CACHE: plain })[0]).toBe(78);
  });

  test('starts many times at once in an empty place and in one that was changed, and leaves nothing behind', async () => {
    const place = path.join(folder, 'at-once');
    const all = () =>
      Promise.all(
        Array.from({ length: 5 }, async () => {
          const env = {
            PATH: process.env['PATH'],
            HANDRAIL_HOME: path.join(folder, 'state'),
            HANDRAIL_CACHE: place,
          };
          const child = spawn(program, ['list', '.'], { cwd: folder, env, stdio: 'ignore' });
          const [code] = await once(child, 'exit');
          return code;
        }),
      );
    expect(await all()).toEqual([0, 0, 0, 0, 0]);
    const [name = '', ...others] = readdirSync(path.join(place, 'handrail'));
    expect(others).toEqual([]);
    const left = path.join(place, 'handrail', `${name}.7`);
    mkdirSync(left);
    writeFileSync(path.join(place, 'handrail', name, 'dist/handrail.js'), 'process.exit(9);\n');
    expect(await all()).toEqual([0, 0, 0, 0, 0]);
    expect(readdirSync(path.join(place, 'handrail'))).toEqual([name, `${name}.7`]);
  });

  test('starts from a place that cannot be written any more', () => {
    const place = path.join(folder, 'read-only');
    expect(started({ HANDRAIL_CACHE: place })).toEqual([0, '']);
    const [name = ''] = readdirSync(path.join(place, 'handrail'));
    rmSync(path.join(place, 'handrail', name, 'stamp'));
    // A folder in the stamp's place: root writes wherever a mode forbids it.
    mkdirSync(path.join(place, 'handrail', name, 'stamp'));
    expect(started({ HANDRAIL_CACHE: place })).toEqual([0, '']);
  });

  test('refuses a folder that everybody can write, and one that cannot be made', () => {
    const open = path.join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(started({ HOME: open })).toEqual([
      78,
      `handrail: \`${open}\` can be written by everybody, so the program is not laid out below it. Name a folder of your own with HANDRAIL_CACHE.\n`,
    ]);
    writeFileSync(path.join(folder, 'file'), '');
    const [code, said] = started({ HANDRAIL_CACHE: path.join(folder, 'file') });
    expect([code, said.split('\n').length]).toEqual([78, 2]);
  });

  test('takes a home as seen from here, and leaves nothing behind on a disk that is full', () => {
    mkdirSync(path.join(folder, 'near'));
    expect(started({ HOME: 'near' })).toEqual([0, '']);
    const full = path.join(folder, 'full');
    mkdirSync(full, { mode: 0o700 });
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 100; exec "$1" list .', 'bash', program],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HANDRAIL_CACHE: full } },
    );
    expect([status, stderr]).toEqual([78, expect.stringMatching(/EFBIG.*HANDRAIL_CACHE/)]);
    expect(readdirSync(path.join(full, 'handrail'))).toEqual([]);
  });

  test('comes with its completion, its man page, its licences and sums', () => {
    const page = readFileSync(path.join(out, 'handrail.1'), 'utf8');
    for (const { name } of TABLE.commands)
      expect(page).toContain(`.SS ${name.replaceAll('-', '\\-')}\n`);
    expect(page.split('\n').filter((line) => !isRoff(line))).toEqual([]);
    for (const [from, to] of [
      ['.nf', '.fi'],
      ['.RS 4', '.RE'],
    ])
      expect(page.split(`\n${from}\n`)).toHaveLength(page.split(`\n${to}\n`).length);
    if (isHere('man')) {
      const groff = ['-l', '--warnings=all', path.join(out, 'handrail.1')];
      expect(spawnSync('man', groff, { encoding: 'utf8' }).stderr).toBe('');
    }
    execFileSync('bash', ['-n', path.join(out, 'handrail.bash')]);
    const sums = readFileSync(path.join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(sums.map((line) => line.slice(66))).toEqual([
      'NOTICE.txt',
      'handrail-linux-x64',
      'handrail.1',
      'handrail.bash',
      'handrail.fish',
      'handrail.zsh',
    ]);
    const sum = createHash('sha256')
      .update(readFileSync(path.join(out, 'handrail.1')))
      .digest('hex');
    expect(sums[2]).toBe(`${sum}  handrail.1`);
  });
});
