import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TABLE } from '../src/cli/table.ts';
import { EXIT } from '../src/engine/model/outcome.ts';
import { stepTypes } from '../src/steps/index.ts';
import { ALSO_ASKED } from './support/also-asked.ts';
import { cleanEnv } from './support/handrail.ts';
import { NEEDED } from './support/needs.ts';

const root = path.dirname(import.meta.dirname);
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** The fences of a language, in order. */
function fences(language: string): readonly string[] {
  return [...readme.matchAll(/^(`{3,})(\w+)\n([\s\S]*?)^\1$/gm)]
    .filter(([, , tag]) => tag === language)
    .map(([, , , text]) => text ?? '');
}

describe('the README', () => {
  it('names every program that the tests need or ask too, and no other way to get them', () => {
    const [said = ''] = /^The tests use [\s\S]*?The checkout brings/m.exec(readme) ?? [];
    const needed = Object.keys(NEEDED).filter((name) => !['bash', 'git'].includes(name));
    const packages = new Set(needed.map((name) => NEEDED[name]));
    expect(said).toContain(`apt-get install ${[...packages].join(' ')}`);
    const named = [...said.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual([...needed, ...ALSO_ASKED].toSorted());
  });

  it('has commands that all run, in order, in one folder', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-readme-'));
    mkdirSync(path.join(folder, '.handrail'));
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      path.join(bin, 'handrail'),
      `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/handrail.js" "$@"\n`,
    );
    chmodSync(path.join(bin, 'handrail'), 0o755);
    const name = /Save this as `([^`]+)`/.exec(readme)?.[1] ?? '';
    writeFileSync(path.join(folder, name), fences('markdown')[0] ?? '');
    const scripts = fences('bash').filter((text) => !text.includes('{{'));
    expect(scripts.length).toBeGreaterThan(3);
    const said = execFileSync('bash', ['-euo', 'pipefail', '-c', scripts.join('\n')], {
      cwd: folder,
      env: { ...cleanEnv(folder), PATH: `${bin}:${process.env['PATH']}` },
      encoding: 'utf8',
    });
    expect(said).toContain('Run passed\n3 passed');
    expect(said).toContain('sound');
    expect(existsSync(path.join(folder, 'backup.tar.gz'))).toBe(true);
  });

  it('has a crontab that works with nothing but what cron gives', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-cron-'));
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(path.join(root, 'dist/handrail.js'), path.join(bin, 'handrail'));
    symlinkSync(process.execPath, path.join(bin, 'node'));
    const page = '# Nightly\n\n## Backup\n\n```bash\ntouch done\n```\n';
    writeFileSync(path.join(folder, 'nightly.md'), page);
    const table =
      fences('text').find((text) => text.includes('PATH=') && text.includes(' * ')) ?? '';
    const lines = table
      .replaceAll('/usr/local/bin', bin)
      .replaceAll('/srv/ops', folder)
      .split('\n');
    // As cron reads it: lines of the environment, then five fields and a command for /bin/sh.
    const own = lines.filter((line) => /^[A-Z]+=/.test(line));
    const [command = ''] = lines.flatMap(
      (line) => /^[\d*][^ ]*(?: +[^ ]+){4} +(.+)$/.exec(line)?.[1] ?? [],
    );
    const bare = ['HOME=/root', 'LOGNAME=root', 'SHELL=/bin/sh', 'PATH=/usr/bin:/bin'];
    const given = [...bare, `XDG_STATE_HOME=${folder}`, ...own];
    const ran = spawnSync('env', ['-i', ...given, '/bin/sh', '-c', command], {
      cwd: '/',
      encoding: 'utf8',
    });
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, '', '']);
    expect(existsSync(path.join(folder, 'done'))).toBe(true);
  });

  it('names two commands that package.json knows', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(fences('sh')).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
    expect(scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) });
  });

  it('names every command that there is', () => {
    const missing = TABLE.commands
      .map(({ name }) => name)
      .filter((name) => name !== 'help' && !readme.includes(`\`handrail ${name}`));
    expect(missing).toEqual([]);
  });

  it('names every step type and every exit code', () => {
    for (const { name } of stepTypes) expect(readme).toContain(`\`${name}\``);
    for (const code of Object.values(EXIT))
      expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });

  it('links only to files that are there', () => {
    for (const [, target] of readme.matchAll(/\]\(([^)#:]+)\)/g))
      expect(existsSync(path.join(root, target ?? ''))).toBe(true);
  });
});
