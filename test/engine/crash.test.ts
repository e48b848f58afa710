import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { md, scripted, type Workplace, workplace } from '../support/engine.ts';
import { untilNobodyWorksIn } from '../support/processes.ts';

const child = join(import.meta.dirname, '../support/engine-child.ts');

const started: ChildProcess[] = [];
beforeAll(() => expect(inject('bundleError')).toBe(''));
afterAll(() => {
  for (const one of started) one.kill('SIGKILL');
});

/** Starts an engine of its own over the folder. */
function engine(
  folder: string,
  what: 'run' | 'resume' = 'run',
): Promise<number | null> & {
  readonly process: ChildProcess;
} {
  const one = spawn(process.execPath, [child, folder, what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(one);
  one.stdout?.resume();
  const ended = new Promise<number | null>((resolve) => one.once('close', resolve));
  return Object.assign(ended, { process: one });
}

/** The runner's own limit ends what never comes true. */
async function until(holds: () => boolean, _what: string): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 25));
}

const read = (folder: string, name = 'count'): string =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';

/** Kills the engine as soon as the count holds the text, and leaves what it started alone. */
async function killedAt(place: Workplace, text: string, what?: 'resume'): Promise<void> {
  const running = engine(place.folder, what);
  await until(() => read(place.folder).includes(text), text);
  running.process.kill('SIGKILL');
  await running;
}

/** The same, and then what it started goes on to its end: until then it holds the lock. */
async function lostAt(place: Workplace, text: string, what?: 'resume'): Promise<void> {
  await killedAt(place, text, what);
  writeFileSync(join(place.folder, 'go'), '');
  await untilNobodyWorksIn(place.folder);
}

/** What a step waits for, so that it is at work for as long as a test likes. */
const WAIT = 'until [ -e go ]; do sleep 0.05; done';

const CRASH = `
# Crash

~~~bash name=one
echo one >> count; export KEPT=state
~~~

~~~bash name=two
echo two >> count; ${WAIT}; echo finished >> count
~~~

~~~bash name=three
echo "three $KEPT" >> count
~~~
`;

describe.concurrent('after kill -9', () => {
  test('the lock follows the work, and who still works is named', async () => {
    const place = workplace(CRASH);
    await killedAt(place, 'two');
    const refused = await place.run();
    expect([refused.exitCode, refused.outcome]).toEqual([75, 'skipped']);
    expect(refused.why).toMatch(/its engine is gone, but this still works: \d+ /);
    await expect(place.resume()).rejects.toMatchObject({ code: 'LOCK_HELD', exitCode: 75 });
    writeFileSync(join(place.folder, 'go'), '');
    await until(() => read(place.folder).includes('finished'), 'the orphan ends');
  });

  test('the running step is unknown: nothing is repeated or skipped without a word', async () => {
    const place = workplace(CRASH);
    await lostAt(place, 'two');
    const reader = await place.handrail.find('last');
    expect((await place.handrail.report(reader)).outcome).toBe('interrupted');
    expect(await place.handrail.verify(reader)).toMatchObject({ name: 'unsealed' });
    const asked = await place.resume();
    expect([asked.exitCode, asked.outcome, asked.steps['two']]).toEqual([4, 'waiting', 'unknown']);
    expect(asked.why).toContain('unknown');
    expect(read(place.folder)).toBe('one\ntwo\nfinished\n');
    const words = [{ outcome: 'done', step: 'last' }] as const;
    const done = await place.resume('last', { resume: { words } });
    expect([done.run, done.exitCode]).toEqual([reader.run, 0]);
    expect(read(place.folder)).toBe('one\ntwo\nfinished\nthree state\n');
    expect(done.report.steps[1]?.resolution).toMatchObject({
      outcome: 'done',
      by: expect.any(String),
    });
    expect(await place.handrail.verify(await place.handrail.find('last'))).toMatchObject({
      name: 'sound',
    });
  });

  test('a step that was not done is run again, with the state of before', async () => {
    const place = workplace(CRASH);
    await lostAt(place, 'two');
    const words = [{ outcome: 'not-done', step: 'two' }] as const;
    const done = await place.resume(null, { resume: { words } });
    expect(done.exitCode).toBe(0);
    expect(read(place.folder)).toBe('one\ntwo\nfinished\ntwo\nfinished\nthree state\n');
    expect(done.report.steps[1]?.attempts.map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'passed',
    ]);
  });

  test.each([
    ['passes', 'true', 'one\ntwo\nthree\n'],
    ['fails once', 'test "$(grep -c two count)" -ge 2', 'one\ntwo\ntwo\nthree\n'],
  ])('the probe decides: it %s', async (_, probe, expected) => {
    const place = workplace(`
# Crash

~~~bash name=one
echo one >> count
~~~

~~~bash name=two
echo two >> count; test "$(grep -c two count)" -ge 2 || ${WAIT}
~~~

~~~bash verify
test "$(grep -c two count)" -ge 1 && ${probe}
~~~

~~~bash name=three
echo three >> count
~~~
`);
    await lostAt(place, 'two');
    const done = await place.resume();
    expect([done.exitCode, read(place.folder)]).toEqual([0, expected]);
    expect(done.report.steps[1]?.resolution?.by).toMatch(/^probe/);
  });

  test.each([
    ['repeat', 'one\none\ntwo\n'],
    ['done', 'one\ntwo\n'],
  ])('the runbook decides where it says on-unknown=%s', async (policy, expected) => {
    const place = workplace(
      `# A\n\n~~~bash name=one on-unknown=${policy}\necho one >> count; ${WAIT}\n~~~\n\n~~~bash name=two\necho two >> count\n~~~\n`,
    );
    await lostAt(place, 'one');
    const done = await place.resume();
    expect([done.exitCode, read(place.folder)]).toEqual([0, expected]);
  });

  test('a torn last line is a crash tail, and the run goes on after the line before it', async () => {
    const place = workplace(CRASH);
    await lostAt(place, 'two');
    const reader = await place.handrail.find('last');
    appendFileSync(join(reader.where, 'log.jsonl'), '{"seq":7,"at":"2026-');
    expect(await place.handrail.verify(reader)).toMatchObject({ name: 'crash tail' });
    const words = [{ outcome: 'done', step: 'last' }] as const;
    expect((await place.resume(null, { resume: { words } })).exitCode).toBe(0);
    expect(await place.handrail.verify(reader)).toMatchObject({ name: 'sound' });
  });

  test('a run that loses its engine at the same step again and again needs a person', async () => {
    const place = workplace(
      `# A\n\n~~~bash name=one on-unknown=repeat\necho x >> count; ${WAIT}\n~~~\n`,
    );
    await lostAt(place, 'x\n');
    for (const count of ['x\nx\n', 'x\nx\nx\n']) {
      rmSync(join(place.folder, 'go'));
      await lostAt(place, count, 'resume');
    }
    await expect(place.resume()).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    expect((await place.resume(null, { resume: { force: true } })).exitCode).toBe(0);
  });
});

describe('a signal to the engine', () => {
  test('ends the step with everything it started, and the run with 128 + n', async () => {
    const place = workplace(
      `# A\n\n~~~bash name=one\n(${WAIT}; echo survived >> count) & echo began >> count; sleep 300\n~~~\n`,
    );
    const running = engine(place.folder);
    await until(() => read(place.folder).includes('began'), 'the step begins');
    running.process.kill('SIGTERM');
    expect(await running).toBe(143);
    writeFileSync(join(place.folder, 'go'), '');
    await untilNobodyWorksIn(place.folder);
    expect(read(place.folder)).toBe('began\n');
    expect(await place.handrail.verify(await place.handrail.find('last'))).toMatchObject({
      name: 'sound',
    });
  });
});

describe('a disk that takes no more', () => {
  test('in the middle of a run ends the running step and exits with 73', async () => {
    const place = workplace(
      '# A\n\n~~~bash name=one\necho "$BASHPID" >> count; for ((at = 0; at < 10000000; at += 1)); do echo "some output"; done\n~~~\n',
    );
    const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`;
    const args = ['-c', limited, process.execPath, child, place.folder];
    const one = spawn('bash', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(one);
    let said = '';
    one.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise((resolve) => one.once('close', resolve));
    expect([code, said]).toEqual([
      73,
      expect.stringMatching(
        /can no longer be written: .*\. The run stopped; resume it with `handrail resume /,
      ),
    ]);
    expect(existsSync(`/proc/${read(place.folder).trim()}`)).toBe(false);
    const reader = await place.handrail.find('last');
    expect(await place.handrail.verify(reader)).toMatchObject({ name: 'unsealed' });
    expect((await place.handrail.report(reader)).steps[0]?.outcome).toBe('unknown');
  });

  test('before anything ran says so, and nothing runs', async () => {
    const place = workplace('# A\n\n~~~bash name=one\ntouch ran\n~~~\n');
    writeFileSync(join(place.folder, '.handrail'), 'in the way');
    await expect(place.run()).rejects.toMatchObject({ code: 'LOG_UNWRITABLE', exitCode: 73 });
    expect(existsSync(join(place.folder, 'ran'))).toBe(false);
  });
});

describe('a runbook that changed since', () => {
  const text = (second: string, extra = ''): string => `
# A

~~~bash name=one
echo one >> count
~~~
${extra}
~~~bash name=two
${second}
~~~

~~~bash name=three
echo three >> count
~~~
`;
  const change = (place: Workplace, now: string): void =>
    writeFileSync(join(place.folder, 'ops.md'), md(now));

  test('behind the step to go on with, or after it, does not stand in the way', async () => {
    const place = workplace(text('false'));
    await place.run();
    change(place, text('false').replace('echo one', 'echo uno').replace('echo three', 'echo drei'));
    const done = await place.resume(null, {
      resume: { attended: true },
      operator: scripted({ do: 'confirm' }),
    });
    expect([done.exitCode, read(place.folder)]).toEqual([0, 'one\ndrei\n']);
    expect(done.report.resumes[0]).toMatchObject({ changed: true, forced: false });
    expect(await place.handrail.verify(await place.handrail.find('last'))).toMatchObject({
      name: 'sound',
    });
  });

  test('at the step to go on with needs --force, and says what changed', async () => {
    const place = workplace(text('false'));
    const first = await place.run();
    expect(first.exitCode).toBe(1);
    change(place, text('echo two >> count'));
    await expect(place.resume()).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    await expect(place.resume()).rejects.toThrow(/`two` was edited/);
    const done = await place.resume(null, { resume: { force: true } });
    expect([done.run, done.exitCode, read(place.folder)]).toEqual([
      first.run,
      0,
      'one\ntwo\nthree\n',
    ]);
    expect(done.report.resumes[0]?.forced).toBe(true);
  });

  test('in words only is no change', async () => {
    const place = workplace(text('test -e ready'));
    await place.run();
    change(place, text('test -e ready', '\nSome words more.\n'));
    writeFileSync(join(place.folder, 'ready'), '');
    expect((await place.resume()).exitCode).toBe(0);
  });
});

describe('a run', () => {
  test('that is over is not resumed', async () => {
    const place = workplace('# A\n\n~~~bash\ntrue\n~~~\n');
    const done = await place.run();
    await expect(place.resume(done.run)).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    await expect(place.resume()).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    await expect(place.resume('0193')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  test('that was resumed is the last one, also when a newer one was begun', async () => {
    const place = workplace('# A\n\n~~~bash name=one\ntest -e ready\n~~~\n');
    const first = await place.run();
    const second = await place.run();
    writeFileSync(join(place.folder, 'ready'), '');
    expect((await place.handrail.find('last')).run).toBe(second.run);
    expect((await place.resume(first.run)).run).toBe(first.run);
    expect((await place.handrail.find('last')).run).toBe(first.run);
  });

  test('asks for secrets again and keeps every other value', async () => {
    const place = workplace(`
---
inputs:
  token: { secret: true, env: API_TOKEN }
  name: { default: world }
---
# A

~~~bash name=one capture=made
echo "made of {{name}}"
~~~

~~~bash name=two
test -e ready
~~~

~~~bash name=three
echo "{{made}}, {{name}}: {{token}}" > said
~~~
`);
    await place.run('ops.md', {
      env: { API_TOKEN: 'first-token' },
      request: { inputs: { name: 'Ada' } },
    });
    writeFileSync(join(place.folder, 'ready'), '');
    const done = await place.resume(null, { env: { API_TOKEN: 'second-token' } });
    expect(done.exitCode).toBe(0);
    expect(read(place.folder, 'said')).toBe('made of Ada, Ada: second-token\n');
    truncateSync(join(place.folder, 'said'));
  });
});
