import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { scripted, type Workplace, workplace } from '../support/engine.ts';
import { processes, textOf, untilNobodyWorksIn } from '../support/processes.ts';

const child = join(import.meta.dirname, '../support/engine-child.ts');
const started: ChildProcess[] = [];
beforeAll(() => expect(inject('bundleError')).toBe(''));
afterAll(() => {
  for (const one of started) one.kill('SIGKILL');
});

function engine(place: Workplace): {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
} {
  const one = spawn(process.execPath, [child, place.folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.push(one);
  return { process: one, ended: new Promise((resolve) => one.once('close', resolve)) };
}

const read = (place: Workplace, name: string): string =>
  existsSync(join(place.folder, name)) ? readFileSync(join(place.folder, name), 'utf8') : '';

async function until(holds: () => boolean, _what: string): Promise<void> {
  // The runner's own limit ends what never comes true.
  while (!holds()) await sleep(20);
}

function isThere(pid: string): boolean {
  return /^\d+ \(.*\) [^ZX]/.test(textOf(`/proc/${pid}/stat`));
}

describe.concurrent('a signal to the engine', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s ends the run with %i: cleaned up, sealed, and the lock is free',
    async (signal, code) => {
      const place = workplace(`
# A

~~~bash name=one
echo $BASHPID > began; sleep 30 & wait
~~~

~~~bash name=two
touch two
~~~

## Cleanup

~~~bash name=tidy
touch tidied
~~~
`);
      const { process: one, ended } = engine(place);
      await until(() => read(place, 'began') !== '', 'the step begins');
      one.kill(signal);
      expect(await ended).toBe(code);
      expect([
        existsSync(join(place.folder, 'two')),
        existsSync(join(place.folder, 'tidied')),
      ]).toEqual([false, true]);
      expect(isThere(read(place, 'began').trim())).toBe(false);
      const reader = await place.handrail.find('last');
      expect(await place.handrail.verify(reader)).toMatchObject({ name: 'sound' });
      const asked = await place.resume();
      expect([asked.exitCode, asked.why]).toEqual([4, expect.stringContaining('ended half-way')]);
    },
  );
});

describe.concurrent('the lock of a runbook', () => {
  const text = (policy: string): string =>
    `---\nlock: { ${policy} }\n---\n# A\n\n~~~bash name=one\necho one >> count; until [ -e go ]; do sleep 0.05; done\n~~~\n`;
  const beside = async (policy: string) => {
    const place = workplace(text(policy));
    const { ended } = engine(place);
    await until(() => read(place, 'count') !== '', 'the first run holds the lock');
    const go = (): void => writeFileSync(join(place.folder, 'go'), '');
    // Whoever waits for the lock is let in as soon as the record says that it waits.
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'lock.busy' && policy.includes('wait: 200s')) go();
    };
    const second = await place.run('ops.md', { onEvent });
    go();
    await ended;
    return { place, second };
  };

  test('skips a second run, and says who holds it since when', async () => {
    const { place, second } = await beside('policy: skip');
    expect([second.exitCode, second.outcome]).toEqual([75, 'skipped']);
    expect(second.why).toMatch(
      /held by run [0-9a-f-]{36} of asmith since \d{4}-.* \(process \d+\)/,
    );
    expect(read(place, 'count')).toBe('one\n');
  });

  test('fails a second run where the runbook says so', async () => {
    const { second } = await beside('policy: fail');
    expect([second.exitCode, second.outcome]).toEqual([75, 'failed']);
  });

  test('lets a second run wait for its turn where the runbook says so', async () => {
    const { place, second } = await beside('policy: wait, wait: 200s');
    expect([second.exitCode, read(place, 'count')]).toEqual([0, 'one\none\n']);
    expect(second.events.map(({ type }) => type)).toContain('lock.busy');
  });

  test('is not touched by a run that is refused', async () => {
    const place = workplace('# A\n\n~~~bash\nno-such-program-anywhere now\n~~~\n');
    const refused = await place.run('ops.md');
    expect([refused.exitCode, refused.outcome]).toEqual([65, 'refused']);
    // The folder of the locks is made by whoever takes the first one.
    const state = readdirSync(join(place.folder, '.handrail'));
    expect(state).toContain('runs');
    expect(state).not.toContain('locks');
  });

  test('is waited for no longer than the runbook says', async () => {
    const { second } = await beside('policy: wait, wait: 100ms');
    expect(second.exitCode).toBe(75);
  });
});

describe.concurrent('when the engine is lost', () => {
  const text = (words: string): string =>
    `# A\n\n~~~bash name=one ${words}\nsleep 300 & echo $! > child; wait\n~~~\n`;

  test('a step goes on, unless the runbook says otherwise', async () => {
    const place = workplace(text(''));
    const { process: one, ended } = engine(place);
    await until(() => read(place, 'child') !== '', 'the step begins');
    one.kill('SIGKILL');
    await ended;
    await sleep(400);
    const pid = read(place, 'child').trim();
    expect(isThere(pid)).toBe(true);
    process.kill(Number(pid), 'SIGKILL');
  });

  test('a step with on-engine-death=kill is ended with everything it started, and the lock is free', async () => {
    const place = workplace(text('on-engine-death=kill'));
    const { process: one, ended } = engine(place);
    await until(() => read(place, 'child') !== '', 'the step begins');
    one.kill('SIGKILL');
    await ended;
    await until(() => !isThere(read(place, 'child').trim()), 'the guard ends the step');
    await untilNobodyWorksIn(place.folder);
    const asked = await place.resume();
    expect([asked.exitCode, asked.steps['one']]).toEqual([4, 'unknown']);
  });

  test('no guard outlives a step that ends by itself', async () => {
    const place = workplace('# A\n\n~~~bash name=one on-engine-death=kill\necho fine\n~~~\n');
    const done = await place.run();
    expect(done.exitCode).toBe(0);
    await until(() => guards().length === 0, 'the guard goes');
  });
});

/** Guards that an engine in this very process has started. */
function guards(): readonly string[] {
  return processes().filter(
    (pid) =>
      textOf(`/proc/${pid}/stat`).includes(`) S ${process.pid} `) &&
      textOf(`/proc/${pid}/cmdline`).includes('handrail-guard'),
  );
}

describe.concurrent('a run', () => {
  test('whose time is over ends with 124, cleaned up and sealed', async () => {
    const place = workplace(
      '---\ntimeout: 300ms\n---\n# A\n\n~~~bash name=one\nsleep 30\n~~~\n\n## Cleanup\n\n~~~bash name=tidy\ntouch tidied\n~~~\n',
    );
    const done = await place.run();
    expect([done.exitCode, done.outcome]).toEqual([124, 'timed-out']);
    expect(existsSync(join(place.folder, 'tidied'))).toBe(true);
    expect(await place.handrail.verify(await place.handrail.find('last'))).toMatchObject({
      name: 'sound',
    });
  });

  test('that another person goes on with says who', async () => {
    const place = workplace('# A\n\n- [ ] Look at the lights\n');
    const first = await place.run();
    expect(first.exitCode).toBe(5);
    const done = await place.resume('last', {
      resume: { attended: true },
      operator: { ...scripted({ do: 'confirm' }), name: 'bjones' },
      env: { USER: 'bjones' },
    });
    expect([done.run, done.exitCode]).toEqual([first.run, 0]);
    const finished = done.events.find((event) => event.type === 'step.finished');
    expect(finished).toMatchObject({ by: 'bjones', outcome: 'confirmed' });
    const resumed = done.events.find((event) => event.type === 'run.resumed');
    expect(resumed).toMatchObject({ who: { user: expect.any(String) } });
    expect(await place.handrail.verify(await place.handrail.find('last'))).toMatchObject({
      name: 'sound',
    });
  });

  test('that waited longer than its runbook allows is begun anew, or forced', async () => {
    const place = workplace('---\nwaiting: 50ms\n---\n# A\n\n- [ ] Look at the lights\n');
    expect((await place.run()).exitCode).toBe(5);
    await sleep(120);
    await expect(place.resume()).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
    await expect(place.resume()).rejects.toThrow(
      /has waited for a person for .*; its runbook allows/,
    );
    expect((await place.resume(null, { resume: { force: true } })).exitCode).toBe(5);
  });
});
