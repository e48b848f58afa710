import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/engine/model/event.ts';
import { type Done, scripted, workplace } from '../support/engine.ts';
import { untilNobodyWorksIn } from '../support/processes.ts';

const types = (done: Done): readonly string[] => done.events.map(({ type }) => type);
const output = (done: Done): string =>
  done.events
    .flatMap((event) => (event.type === 'step.output' ? [Buffer.from(event.chunk)] : []))
    .join('');
const finished = (done: Done): readonly Extract<RunEvent, { type: 'step.finished' }>[] =>
  done.events.flatMap((event) => (event.type === 'step.finished' ? [event] : []));
const count = (folder: string): string => {
  const file = join(folder, 'count');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

describe('a run', () => {
  test('carries shell state from step to step and leaves a sealed, sound record', async () => {
    const { run, handrail } = workplace(`
# Nightly

~~~bash name=one
mkdir -p out && cd out
PLAIN=one; export LOUD=two; greet() { echo "hello $1 from $(basename "$PWD")"; }
~~~

~~~bash name=two
greet "$PLAIN-$LOUD"
~~~
`);
    const done = await run();
    expect([done.exitCode, done.outcome]).toEqual([0, 'passed']);
    expect(output(done)).toBe('hello one-two from out\n');
    expect(types(done)).toEqual([
      'run.started',
      'step.started',
      'step.finished',
      'step.started',
      'step.output',
      'step.finished',
      'run.finished',
    ]);
    expect(done.report.seal).toMatchObject({ events: 7 });
    const reader = await handrail.find('last');
    expect(await handrail.verify(reader)).toMatchObject({ name: 'sound', exitCode: 0 });
    expect(await handrail.render(reader)).toBe(readFileSync(join(done.where, 'run.md'), 'utf8'));
  });

  test('has each event on disk before it shows it, and the start before the process runs', async () => {
    const { run, folder } = workplace('# A\n\n~~~bash name=one\ntouch began; sleep 0.1\n~~~\n');
    const seen: string[] = [];
    await run('ops.md', {
      onEvent(event) {
        const log = readFileSync(
          join(folder, '.handrail/runs', runOf(folder), 'log.jsonl'),
          'utf8',
        );
        if (event.type !== 'step.output') expect(log).toContain(`"type":"${event.type}"`);
        if (event.type === 'step.started') seen.push(String(existsSync(join(folder, 'began'))));
      },
    });
    expect(seen).toEqual(['false']);
    expect(existsSync(join(folder, 'began'))).toBe(true);
  });

  test('ends with the first failure and does not reach what follows', async () => {
    const { run, folder } = workplace(`
# Fail

~~~bash name=fails
echo before; exit 3
~~~

~~~bash name=after
touch reached
~~~
`);
    const done = await run();
    expect([done.exitCode, done.outcome, done.steps]).toEqual([
      1,
      'failed',
      { fails: 'failed', after: null },
    ]);
    expect(done.why).toContain('`fails`');
    expect(finished(done)[0]).toMatchObject({ exitCode: 3, outcome: 'failed' });
    expect(existsSync(join(folder, 'reached'))).toBe(false);
  });

  test('runs cleanups whatever happened, and names the way back', async () => {
    const { run, folder } = workplace(`
# Ops

## Deploy

~~~bash name=fails
false
~~~

## Rollback

~~~bash name=back
touch rolled-back
~~~

## Cleanup

~~~bash name=tidy
echo tidied >> count
~~~
`);
    const done = await run();
    expect(done.steps).toEqual({ fails: 'failed', tidy: 'passed' });
    expect(done.why).toContain('#rollback');
    expect([count(folder), existsSync(join(folder, 'rolled-back'))]).toEqual(['tidied\n', false]);
  });

  test('undoes with `on-fail=rollback` what failed, and no procedure that it was not in', async () => {
    const { run, folder } = workplace(`
# Ops

## Deploy

~~~bash name=fails on-fail=rollback
false
~~~

### Rollback

~~~bash
echo deploy >> count
~~~

## Database

~~~bash
true
~~~

### Undo the move

~~~bash
echo database >> count
~~~
`);
    const done = await run();
    expect(count(folder)).toBe('deploy\n');
    expect(done.why).not.toContain('undo-the-move');
  });

  test('takes exit codes, handled failures, conditions and steps that always run from the runbook', async () => {
    const { run } = workplace(`
---
inputs:
  mode: { default: slow }
---
# Ops

~~~bash name=seven exit=7
exit 7
~~~

~~~bash name=handled on-fail=continue
false
~~~

~~~bash name=unmet when="mode=fast"
false
~~~

~~~bash name=fails
false
~~~

~~~bash name=never
true
~~~

~~~bash name=always always
true
~~~
`);
    const done = await run();
    expect(done.steps).toEqual({
      seven: 'passed',
      handled: 'failed',
      unmet: 'skipped',
      fails: 'failed',
      never: null,
      always: 'passed',
    });
    expect(done.report.steps[1]?.attempts[0]?.handled).toBe(true);
  });

  test('tries again as often as the runbook says, each attempt on the record', async () => {
    const { run } = workplace(`
# Flaky

~~~bash name=flaky retries=3 delay=10ms
echo x >> count; test "$(wc -l < count)" -ge 3
~~~
`);
    const done = await run();
    expect(finished(done).map(({ try: number, outcome }) => [number, outcome])).toEqual([
      [1, 'failed'],
      [2, 'failed'],
      [3, 'passed'],
    ]);
    expect(done.report.steps[0]?.outcome).toBe('passed');
  });

  test('ends a step whose time is over, with everything it started', async () => {
    const { run, folder } = workplace(`
# Slow

~~~bash name=slow timeout=300ms
(until [ -e go ]; do sleep 0.05; done; touch survived) & sleep 30
~~~
`);
    const done = await run();
    expect([done.exitCode, done.steps]).toEqual([1, { slow: 'timed-out' }]);
    writeFileSync(join(folder, 'go'), '');
    await untilNobodyWorksIn(folder);
    expect(existsSync(join(folder, 'survived'))).toBe(false);
  });

  test('ends with 124 when its own time is over, cleanups included', async () => {
    const { run, folder } = workplace(`
# Ops

## Work

~~~bash name=slow
sleep 30
~~~

## Cleanup

~~~bash name=tidy
echo tidied >> count
~~~
`);
    const done = await run('ops.md', { request: { timeoutMs: 300 } });
    expect([done.exitCode, done.outcome, done.steps]).toEqual([
      124,
      'timed-out',
      { slow: 'cancelled', tidy: 'passed' },
    ]);
    expect(count(folder)).toBe('tidied\n');
  });

  test('is ended by a signal: the step is stopped, cleanups run, the record is sealed', async () => {
    const { run, folder } = workplace(`
# Ops

## Work

~~~bash name=slow
echo began; sleep 30
~~~

~~~bash name=next
true
~~~

## Cleanup

~~~bash name=tidy
echo tidied >> count
~~~
`);
    const stop = new AbortController();
    const done = await run('ops.md', {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'step.output') stop.abort('SIGTERM');
      },
    });
    expect([done.exitCode, done.outcome, done.steps]).toEqual([
      143,
      'cancelled',
      { slow: 'cancelled', next: null, tidy: 'passed' },
    ]);
    expect(done.report.seal).not.toBeNull();
    expect(count(folder)).toBe('tidied\n');
  });

  test('waits for a person at a human step, without cleanups, and goes on from there', async () => {
    const { run, resume, folder } = workplace(`
# Human

## Work

- [ ] Look at the dashboard

~~~bash name=after
echo after >> count
~~~

## Cleanup

~~~bash name=tidy
echo tidied >> count
~~~
`);
    const done = await run();
    expect([done.exitCode, done.outcome, done.report.waitingFor?.why]).toEqual([
      5,
      'waiting',
      'a person has to do this',
    ]);
    expect(count(folder)).toBe('');
    const again = await resume();
    expect([again.run, again.exitCode]).toEqual([done.run, 5]);
    const operator = scripted({ do: 'confirm', note: 'all green' });
    const last = await resume(null, { operator, resume: { attended: true } });
    expect([last.run, last.exitCode]).toEqual([done.run, 0]);
    expect(last.report.steps[0]).toMatchObject({
      outcome: 'confirmed',
      by: 'asmith',
      note: 'all green',
    });
    expect(count(folder)).toBe('after\ntidied\n');
  });

  test('runs what destroys only when somebody approved of it', async () => {
    const text = '# Ops\n\n~~~bash name=drop\nrm -rf ./data\n~~~\n';
    const { run, folder } = workplace(text);
    mkdirSync(join(folder, 'data'));
    const done = await run();
    expect([done.exitCode, existsSync(join(folder, 'data'))]).toEqual([5, true]);
    expect(done.why).toContain('--approve drop');
    const approved = await run('ops.md', { request: { approve: ['drop'] } });
    expect([approved.exitCode, existsSync(join(folder, 'data'))]).toEqual([0, false]);
    expect(types(approved)).toContain('approval.granted');
  });

  test('is denied with 77', async () => {
    const { run } = workplace('# Ops\n\n~~~bash name=ask confirm\ntrue\n~~~\n');
    const operator = scripted({ do: 'deny', why: 'not on a Friday' });
    const done = await run('ops.md', { request: { attended: true }, operator });
    expect([done.exitCode, done.outcome, done.steps]).toEqual([77, 'failed', { ask: 'declined' }]);
  });

  test('skips what a probe finds done, and fails what it finds undone', async () => {
    const text = `
# Ops

~~~bash name=make
echo made >> count
~~~

~~~bash verify
test -e "$PWD/made"
~~~
`;
    const { run, folder } = workplace(text);
    const undone = await run();
    expect([undone.exitCode, undone.steps, count(folder)]).toEqual([
      1,
      { make: 'failed' },
      'made\n',
    ]);
    mkdirSync(join(folder, 'made'));
    const skipped = await run();
    expect([skipped.exitCode, skipped.steps, count(folder)]).toEqual([
      0,
      { make: 'skipped' },
      'made\n',
    ]);
  });

  test('fails a step whose output is not what the runbook expects', async () => {
    const { run } = workplace(`
# Ops

~~~bash name=status
echo '{"state":"degraded"}'
~~~

Expected output:

~~~json
{"state":"running"}
~~~
`);
    const done = await run();
    expect([done.exitCode, done.steps]).toEqual([1, { status: 'failed' }]);
    expect(finished(done)[0]?.expectations).toMatchObject([{ passed: false, line: 9 }]);
  });

  test('runs one at a time, and records the one that was skipped', async () => {
    const { run } = workplace('# Ops\n\n~~~bash name=slow\necho began; sleep 1\n~~~\n');
    let other: Promise<Done> | undefined;
    const first = await run('ops.md', {
      async onEvent(event) {
        if (event.type === 'step.output') other = run();
        if (other !== undefined) await other;
      },
    });
    const second = await other;
    expect([first.exitCode, second?.exitCode, second?.outcome]).toEqual([0, 75, 'skipped']);
    expect(second && types(second)).toEqual(['run.started', 'lock.busy', 'run.finished']);
    expect(second?.why).toContain(first.run);
  });

  test('waits for the lock where the runbook says so', async () => {
    const { run } = workplace(`
---
lock: { policy: wait, wait: 20s }
---
# Ops

~~~bash name=slow
echo began; sleep 0.5
~~~
`);
    let other: Promise<Done> | undefined;
    const first = await run('ops.md', {
      onEvent(event) {
        if (event.type === 'step.output') other ??= run();
      },
    });
    expect([first.exitCode, (await other)?.exitCode]).toEqual([0, 0]);
  });

  test('gives nobody a secret: neither the log, nor the output, nor what comes up', async () => {
    const { run, folder } = workplace(`
---
inputs:
  token: { secret: true, env: API_TOKEN }
---
# Ops

~~~bash name=use
echo "got {{token}}"; export KEPT={{token}}; printf %s {{token}} | base64
~~~

~~~bash name=again
test "$KEPT" = "$API_TOKEN" && echo same
~~~
`);
    const done = await run('ops.md', { env: { API_TOKEN: 's3cr3t-Val$ue' } });
    expect(done.exitCode).toBe(0);
    expect(output(done)).toBe('got ***\n***\nsame\n');
    expect(finished(done)[0]?.redactions).toBe(2);
    const { readdirSync } = await import('node:fs');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      expect(text, entry.name).not.toContain('s3cr3t-Val');
    }
  });
});

describe('preflight', () => {
  test('refuses with all findings at once, and the refusal is a recorded run', async () => {
    const { run, folder } = workplace(`
---
requires: { env: [NEEDED_HERE], files: [missing.txt], commands: [no-such-command] }
---
# Ops

~~~bash
touch ran
~~~

~~~bash
no-such-tool-here --now
~~~

~~~bash
tail -f /etc/hostname
~~~

~~~bash
read -p "Continue? " answer
~~~

~~~
systemctl restart thing
~~~
`);
    const done = await run();
    expect([done.exitCode, done.outcome]).toEqual([65, 'refused']);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    const rules = new Set(done.report.findings.map(({ rule }) => rule));
    expect([...rules].sort()).toEqual([
      'endless-command',
      'inferred-step',
      'interactive-command',
      'missing-command',
      'missing-env',
      'missing-file',
      'tool-missing',
    ]);
    expect(done.report.seal).not.toBeNull();
  });
});

describe('preflight of steps elsewhere', () => {
  test.each([
    ['host={{at}}', ''],
    ['host={{at}}', 'a/b'],
    ['in={{at}}', 'container:'],
    ['in=pod:shop/{{at}}', 'Web'],
  ])('%s with the value `%s` is refused before anything is run', async (words, value) => {
    const place = workplace(
      `---\ninputs: { at: { default: "${value}" } }\n---\n# Ops\n\n~~~bash\ntouch here\n~~~\n\n~~~bash ${words}\nuptime\n~~~\n`,
    );
    const done = await place.run('ops.md');
    expect([done.exitCode, existsSync(join(place.folder, 'here'))]).toEqual([65, false]);
    const [finding] = done.report.findings;
    expect(finding?.message).toContain(
      `${words.slice(words.indexOf('=') + 1).replace('{{at}}', value)}\` is no place`,
    );
  });

  test.each([
    ['host=db1', '`ssh`, which leads to `db1`,'],
    ['in=container:web', '`docker`, which leads to `container:web`,'],
    ['in=pod:shop/web-0', '`kubectl`, which leads to `pod:shop/web-0`,'],
  ])('%s is refused where nothing leads there', async (words, says) => {
    const place = workplace(`# Ops\n\n~~~bash\ntouch here\n~~~\n\n~~~bash ${words}\nuptime\n~~~\n`);
    const bin = join(place.folder, 'bin');
    mkdirSync(bin);
    symlinkSync('/bin/bash', join(bin, 'bash'));
    symlinkSync('/bin/touch', join(bin, 'touch'));
    const done = await place.run('ops.md', { env: { PATH: bin } });
    expect([done.exitCode, existsSync(join(place.folder, 'here'))]).toEqual([65, false]);
    expect(JSON.stringify(done.report.findings)).toContain(says);
  });
});

describe('an operator at a terminal', () => {
  const attended = { request: { attended: true } } as const;

  test('skips, notes, edits, runs commands of their own and marks done by hand, each on the record', async () => {
    const { run, folder } = workplace(`
# Ops

~~~bash name=one
echo one >> count
~~~

~~~bash name=two
echo two >> count
~~~

~~~bash name=three
echo three >> count
~~~
`);
    const operator = scripted(
      { do: 'note', text: 'looks odd' },
      { do: 'skip', why: 'already there' },
      { do: 'command', text: 'echo mine >> count' },
      { do: 'run', text: 'echo edited >> count' },
      { do: 'confirm', note: 'by hand' },
    );
    const done = await run('ops.md', { ...attended, operator });
    expect([done.exitCode, count(folder)]).toEqual([0, 'mine\nedited\n']);
    expect(done.steps).toMatchObject({ one: 'skipped', two: 'passed', three: 'confirmed' });
    const deviations = done.events.flatMap((event) =>
      event.type === 'deviation.recorded' ? [event.what] : [],
    );
    expect(deviations).toEqual(['skipped', 'command', 'edited', 'done by hand']);
  });

  test('is asked again after a failure, and may try once more, go back or roll back', async () => {
    const { run, folder } = workplace(`
# Ops

## Work

~~~bash name=one
echo one >> count
~~~

~~~bash name=two
echo two >> count; false
~~~

## Rollback

~~~bash name=back
echo back >> count
~~~
`);
    const operator = scripted(
      { do: 'run' },
      { do: 'run' },
      { do: 'run' },
      { do: 'jump', to: 'one', why: 'once more from the top' },
      { do: 'run' },
      { do: 'run' },
      { do: 'rollback', procedure: 'rollback' },
    );
    const done = await run('ops.md', { ...attended, operator });
    expect(count(folder)).toBe('one\ntwo\ntwo\none\ntwo\nback\n');
    expect([done.exitCode, done.steps['two'], done.steps['back']]).toEqual([1, 'failed', 'passed']);
    expect(operator.asked[2]?.failure).toMatchObject({ outcome: 'failed', exitCode: 1 });
  });

  test('saves and quits, and another person goes on', async () => {
    const { run, resume, folder } = workplace(`
# Ops

~~~bash name=one
echo one >> count; KEPT=state
~~~

~~~bash name=two
echo "two $KEPT" >> count
~~~
`);
    const first = await run('ops.md', {
      ...attended,
      operator: scripted({ do: 'run' }, { do: 'quit' }),
    });
    expect([first.exitCode, first.why]).toEqual([5, 'saved and left by asmith']);
    const second = await resume('last', {
      resume: { attended: true },
      operator: { ...scripted(), name: 'bjones' },
    });
    expect([second.run, second.exitCode, count(folder)]).toEqual([
      first.run,
      0,
      'one\ntwo state\n',
    ]);
  });

  test('is never answered for when the run is stopped at a prompt', async () => {
    const { run } = workplace('# Ops\n\n~~~bash name=one\ntouch ran\n~~~\n');
    const stop = new AbortController();
    const done = await run('ops.md', {
      ...attended,
      signal: stop.signal,
      operator: {
        decide: () => {
          stop.abort('SIGHUP');
          return new Promise(() => {});
        },
      },
    });
    expect([done.exitCode, done.outcome, done.steps]).toEqual([129, 'cancelled', { one: null }]);
  });
});

function runOf(folder: string): string {
  return (
    /"run":"([^"]*)"/.exec(readFileSync(join(folder, '.handrail/runs.jsonl'), 'utf8'))?.[1] ?? ''
  );
}
