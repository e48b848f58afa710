import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, inject, test } from 'vitest';
import { cleanEnv } from '../support/handrail.ts';

test('the incident in the documentation happens as it is told, from the first alert to the post-mortem', () => {
  expect(inject('bundleError')).toBe('');
  const folder = mkdtempSync(join(tmpdir(), 'handrail-docs-'));
  for (const name of ['.handrail', 'bin']) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, 'bin/handrail'),
    `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/handrail.js')}" "$@"\n`,
  );
  chmodSync(join(folder, 'bin/handrail'), 0o755);
  copyFileSync('runbooks/host-health.md', join(folder, 'host-health.md'));
  const now = new Date(Date.now() - 600_000).toISOString();
  writeFileSync(
    join(folder, 'chat.csv'),
    `time,user,text\n${now},Ivo Babić,"customers report it, too"\n`,
  );
  const fences =
    readFileSync('docs/timeline.md', 'utf8').match(/(?<=^```bash\n)[\s\S]*?(?=^```$)/gm) ?? [];
  expect(fences.length).toBeGreaterThan(3);
  const env = { ...cleanEnv(folder), PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
  execFileSync(
    'bash',
    ['-eu', '-c', fences.join('\n').replace(/^handrail run .*$/m, '$& || true')],
    { cwd: folder, env, stdio: 'pipe' },
  );
  const told = readFileSync(join(folder, 'post-mortem.md'), 'utf8');
  for (const text of [
    '# Post-mortem: Logins fail',
    'old logs removed by hand',
    'customers report it, too',
    'Ana Horvat',
    'Ivo Babić',
  ]) {
    expect(told).toContain(text);
  }
  expect(told).toMatch(/\| Time to acknowledge \| 5 m 0\d s \|/);
});
