import { execFileSync, spawnSync } from 'node:child_process';
import { constants, createReadStream, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, inject, it } from 'vitest';
import { makeOutlet } from '../../src/cli/outlet.ts';
import { directOutlet, writeNow } from '../../src/cli/write-now.ts';

const bin = path.join(import.meta.dirname, '../../dist/handrail.js');
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-outlets-'));
const page = path.join(folder, 'page.md');
writeFileSync(page, '# Page\n\n```bash\necho hello\n```\n');

/** Calls the bin with standard output where a line of bash leads it. */
function called(args: readonly string[], where: string) {
  if (inject('bundleError') !== '') throw new Error(inject('bundleError'));
  const { status, stderr, stdout } = spawnSync(
    'bash',
    ['-c', `"$@" ${where}`, 'bash', process.execPath, bin, ...args],
    { env: { ...process.env, HANDRAIL_HOME: path.join(folder, 'state') }, encoding: 'utf8' },
  );
  return { status, stderr, stdout };
}

const SAYING: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['show', page],
  ['show', page, '--json'],
  ['check', page],
  ['list', folder],
  ['runs'],
  ['log', 'last'],
  ['verify', 'last'],
  ['schema'],
  ['help', 'run'],
  ['show', '--help'],
];

it('a text that standard output does not take is told, by exit code too', () => {
  expect(called(['run', page, '--unattended'], '>/dev/null').status).toBe(0);
  for (const args of SAYING) {
    const { status, stderr } = called(args, '>/dev/full');
    expect([args.join(' '), status, stderr.split('\n').length]).toEqual([args.join(' '), 74, 2]);
    expect(stderr).toMatch(/^handrail: Standard output cannot be written: ENOSPC/);
  }
});

it('a run goes on without anybody who could read it, and its exit code is its own', () => {
  const { status, stderr } = called(['run', page, '--unattended'], '>/dev/full');
  expect([status, stderr.split('\n').length]).toEqual([0, 2]);
  expect(called(['runs', '--json'], '').stdout).toContain('"passed"');
});

it('a reader that is gone is no fault', () => {
  for (const args of SAYING.slice(0, 7)) {
    const { status, stderr } = called(args, '| true; (exit $PIPESTATUS)');
    expect([args.join(' '), status, stderr]).toEqual([args.join(' '), 0, '']);
  }
});

it('what a pipe does not take at once goes through a stream, whole', async () => {
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const descriptor = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  const stream = new Socket({ fd: descriptor, readable: false, writable: true });
  const lost = (why: Error): void => {
    throw why;
  };
  const out = directOutlet(
    (_, bytes) => writeNow(descriptor, bytes),
    () => makeOutlet(() => stream, lost),
    lost,
  );
  const text = 'a line that is one of many\n'.repeat(20_000);
  const reader = createReadStream(fifo, { end: text.length + 3 });
  const read = buffer(reader);
  await out.write(text);
  await out.write('end\n');
  expect((await read).toString()).toBe(`${text}end\n`);
  stream.destroy();
});

it('bytes may be written over as soon as an outlet says so, whether its stream writes at once or later', async () => {
  for (const isLate of [false, true])
    for (const room of [1, 1024]) {
      let text = '';
      const stream = new Writable({
        highWaterMark: room,
        write(chunk: Buffer, _encoding, done) {
          const take = (): void => {
            text += chunk.toString();
            done();
          };
          if (isLate) setImmediate(take);
          else take();
        },
      });
      const out = makeOutlet(
        () => stream,
        (why) => expect.fail(String(why)),
      );
      const bytes = Buffer.alloc(3);
      for (const word of ['one', 'two', 'six']) {
        bytes.write(word);
        await out.write(bytes);
      }
      expect(text).toBe('onetwosix');
    }
});

it('bytes for a stream that fails are waited for no longer', async () => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => void setImmediate(done, new Error('full')),
  });
  const seen: string[] = [];
  const out = makeOutlet(
    () => stream,
    (why) => void seen.push(why.message),
  );
  await out.write(Buffer.from('one'));
  await out.write(Buffer.from('two'));
  expect(seen).toEqual(['full']);
});
