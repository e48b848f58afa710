import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanEnv, handrail } from '../../support/handrail.ts';
import { shopFolder } from '../../support/site-folder.ts';

const bin = path.join(import.meta.dirname, '../../../dist/handrail.js');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGTERM');
});

const build = (folder: string, ...more: readonly string[]) =>
  handrail({ folder, args: ['site', 'build', 'runbooks', ...more] });
const times = (folder: string, files: readonly string[]) =>
  files.map((file) => statSync(path.join(folder, 'site', file)).mtimeMs);

test('broken links are told, and fail the build only when it is strict', async () => {
  const folder = shopFolder();
  const { exitCode, stderr } = await build(folder);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('database/restore.md:');
  expect(stderr).toContain('`nowhere.md` is broken: there is no such file');
  expect(stderr).toContain('`failover.md#no-such-heading` is broken');
  expect((await build(folder, '--strict')).exitCode).toBe(65);
});

test.each(['/proc/nowhere/site', 'runbooks/database/failover.md/site'])(
  'a folder that cannot be made (%s) is told in one sentence, at once',
  async (out) => {
    const { exitCode, stderr } = await build(shopFolder(), '--no-runs', '--out', out);
    const told = stderr.split('\n').filter((line) => line.startsWith('handrail: '));
    expect([exitCode, told]).toEqual([
      78,
      [expect.stringMatching(/^handrail: The site cannot be written to `.*--out/)],
    ]);
  },
);

test('nothing is written again when nothing has changed, and only its own page when one has', async () => {
  const folder = shopFolder();
  await build(folder);
  expect((await build(folder)).stdout).toContain('nothing has changed');
  const others = ['database/failover.html', 'daily/index.html', '_/site.css'];
  const before = times(folder, others);
  appendFileSync(path.join(folder, 'runbooks/daily/morning.md'), '\nOne more thing.\n');
  expect((await build(folder)).stdout).toMatch(/: [1-4] written, 0 removed/);
  expect(times(folder, others)).toEqual(before);
  expect(readFileSync(path.join(folder, 'site/daily/morning.html'), 'utf8')).toContain('One more');
});

test('a page that was changed by hand is mended', async () => {
  const folder = shopFolder();
  await build(folder);
  const page = path.join(folder, 'site/daily/morning.html');
  writeFileSync(page, 'mine');
  await build(folder);
  expect(readFileSync(page, 'utf8')).toContain('Morning round');
});

test('pages of runbooks that are no more are taken away, files of others stay', async () => {
  const folder = shopFolder();
  await build(folder);
  writeFileSync(path.join(folder, 'site/CNAME'), 'shop.example.com');
  rmSync(path.join(folder, 'runbooks/daily'), { recursive: true });
  await build(folder);
  expect(existsSync(path.join(folder, 'site/daily'))).toBe(false);
  expect(existsSync(path.join(folder, 'site/CNAME'))).toBe(true);
});

test('a run shows on its runbook, on the front page and on a page of its own', async () => {
  const folder = shopFolder();
  await handrail({
    folder,
    args: ['run', 'runbooks/database/restore.md#emergency-restore', '--unattended'],
  });
  await build(folder);
  const page = readFileSync(path.join(folder, 'site/database/restore.html'), 'utf8');
  expect(page).toMatch(/1 run, proven <a href="\.\.\/_\/runs\/[^"]+"><time datetime="/);
  const home = readFileSync(path.join(folder, 'site/index.html'), 'utf8');
  expect(home).toContain('class="plot-proof"');
  expect(home).toMatch(/<strong>1 of 4<\/strong> emergency procedures are proven to work/);
  const run = /_\/runs\/[^"]+\.html/.exec(page)?.[0] ?? '';
  const told = readFileSync(path.join(folder, 'site', run), 'utf8');
  expect(told).toContain('Record: sound');
  expect(told).toContain('backup of 02:00, 41 GB');
});

test('a file that cannot be read is a page with its error', async () => {
  const folder = shopFolder();
  mkdirSync(path.join(folder, 'runbooks/odd'));
  writeFileSync(path.join(folder, 'runbooks/odd/binary.md'), Buffer.from([0, 1, 2, 0, 0, 0, 3]));
  const { exitCode, stdout } = await build(folder);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('6 runbooks');
  expect(readFileSync(path.join(folder, 'site/odd/binary.html'), 'utf8')).toContain('binary file');
});

test('an old address leads on to the page', async () => {
  const folder = shopFolder();
  await build(folder, '--url', 'https://books.example.com/');
  const moved = readFileSync(path.join(folder, 'site/old/morning.html'), 'utf8');
  expect(moved).toContain('url=../daily/morning.html');
  expect(readFileSync(path.join(folder, 'site/sitemap.xml'), 'utf8')).toContain(
    '<loc>https://books.example.com/daily/morning.html</loc>',
  );
});

test('runs and incidents are left out where they are nobody else’s business', async () => {
  const folder = shopFolder();
  await handrail({
    folder,
    args: ['run', 'runbooks/database/restore.md#emergency-restore', '--unattended'],
  });
  await build(folder);
  expect(existsSync(path.join(folder, 'site/_/runs'))).toBe(true);
  await build(folder, '--no-runs');
  expect(existsSync(path.join(folder, 'site/_/runs'))).toBe(false);
  expect(readFileSync(path.join(folder, 'site/database/restore.html'), 'utf8')).toContain(
    'Never run',
  );
});

test('the project’s own runbooks make a site without a broken link', async () => {
  const own = path.join(import.meta.dirname, '../../../runbooks');
  const { exitCode, stderr } = await handrail({ args: ['site', 'build', own, '--strict'] });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test('serve answers this machine alone, reads only, and tells when a page is new', async () => {
  const folder = shopFolder();
  const child = spawn(process.execPath, [bin, 'site', 'serve', 'runbooks', '--port', '0'], {
    cwd: folder,
    env: cleanEnv(folder),
  });
  children.push(child);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    child.on('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  const port = Number(address);
  const ask = (url: string, options: { method?: string; host?: string } = {}) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const headers = { host: options.host ?? `127.0.0.1:${port}` };
      request(
        { port, host: '127.0.0.1', path: url, method: options.method ?? 'GET', headers },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8').on('data', (text: string) => {
            body += text;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        },
      )
        .on('error', reject)
        .end();
    });
  expect((await ask('/')).body).toContain('/_/reload.js');
  expect((await ask('/daily/morning.html')).status).toBe(200);
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect((await ask('/', { host: 'evil.example.com' })).status).toBe(403);
  expect((await ask('/..%2f..%2fetc/passwd')).status).toBe(404);
  expect((await ask('/none.html')).status).toBe(404);
  const changed = new Promise<void>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/_/changes' }, (answer) => {
      answer.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('data: changed')) {
          answer.destroy();
          resolve();
        } else writeFileSync(path.join(folder, 'runbooks/new.md'), '# New\n');
      });
    })
      .on('error', reject)
      .end();
  });
  await changed;
  expect((await ask('/new.html')).body).toContain('New');
  let terminal = '';
  const faulty = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      terminal += text;
      if (terminal.includes('torn.md: ')) resolve();
    });
  });
  writeFileSync(path.join(folder, 'runbooks/torn.md'), Buffer.from('# Torn\n\0\0\0\n'));
  await faulty;
  const fault = /torn\.md: (.{10,60})/.exec(terminal)?.[1] ?? '';
  expect((await ask('/torn.html')).body).toContain('This file could not be read as a runbook.');
  expect((await ask('/torn.html')).body).toContain(fault.slice(0, 10));
  const refused = new Promise<void>((resolve) => {
    child.stderr.on('data', () => {
      if (/^wrong\.md:\d+: The frontmatter is not YAML/m.test(terminal)) resolve();
    });
  });
  writeFileSync(path.join(folder, 'runbooks/wrong.md'), '---\ntiemout: [3\n---\n\n# Wrong\n');
  await refused;
});

test('a page of a run says when its legs were, what it waits for and how to go on, and an incident says how its runs ended', async () => {
  const folder = shopFolder();
  writeFileSync(
    path.join(folder, 'runbooks/legs.md'),
    '# Legs\n\n```bash name=first\ntrue\n```\n\n```bash name=tidy on-fail=continue\nexit 3\n```\n\n```bash name=ask confirm=true\ntrue\n```\n\n```bash name=again confirm=true\ntrue\n```\n',
  );
  const call = (...args: readonly string[]) => handrail({ folder, args });
  await call('incident', 'open', 'INC-9');
  expect((await call('run', 'runbooks/legs.md', '--unattended')).exitCode).toBe(5);
  const page = async (): Promise<string> => {
    await build(folder);
    const [run = ''] = readdirSync(path.join(folder, 'site/_/runs'));
    return readFileSync(path.join(folder, 'site/_/runs', run), 'utf8');
  };
  const waiting = await page();
  expect(waiting).toMatch(
    /It waits for <a href="#step%3A[^"]*ask">[^<]+<\/a>: it needs approval: <code>/,
  );
  expect(waiting).toMatch(/<code>handrail resume [0-9a-f-]{36}<\/code>/);
  const ids = /id="step:([^"]*\/)?ask"/.exec(waiting)?.[1] ?? '';
  expect((await call('resume', '--unattended', '--approve', `${ids}ask`)).exitCode).toBe(5);
  expect((await call('resume', '--unattended', '--approve', `${ids}again`)).exitCode).toBe(0);
  const over = await page();
  expect(over.match(/<dt>Resumed<\/dt>/g)).toHaveLength(2);
  expect(over).toMatch(/of work in 3 legs, .+ from start to end/);
  expect(over).toMatch(/Exceptions: <a href="#step%3A[^"]*tidy">/);
  expect(over).toMatch(/<nav class="toc"[\s\S]*href="#step%3Atidy">Legs: exit 3: failed</);
  expect(over).not.toContain('handrail resume');
  const incident = readFileSync(path.join(folder, 'site/_/incidents/INC-9.html'), 'utf8');
  expect(incident).toContain('passed with exceptions');
  expect(incident).toMatch(/<details class="hour" id="all-events"><summary>All \d+ events/);
});
