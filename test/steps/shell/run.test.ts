import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HandrailError } from '../../../src/engine/model/errors.ts';
import { type TestRun, testRun } from '../support.ts';

let folder: string;
let run: TestRun;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'shell-run-')));
  run = testRun(folder);
});
afterEach(async () => {
  await run.close();
  rmSync(folder, { recursive: true, force: true });
});

const made = (name: string): boolean => existsSync(join(folder, name));

/** Whether a process with this pid, noted in a file, lives and is no zombie. */
function lives(file: string): boolean {
  const stat = (): string =>
    readFileSync(`/proc/${readFileSync(join(folder, file), 'utf8').trim()}/stat`, 'utf8');
  try {
    return !/\) Z /.test(stat());
  } catch {
    return false;
  }
}

describe('how a step ends', () => {
  test('exit code 0 passes', async () => {
    expect(await run.run('echo out; echo err >&2')).toEqual({
      outcome: 'passed',
      exitCode: 0,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test.each([
    ['reads', 'failed'],
    ['writes', 'unknown'],
    ['destroys', 'unknown'],
  ] as const)(
    'nobody knows how, where its starter was ended: what %s is %s',
    async (effect, outcome) => {
      // A first step does without a starter.
      await run.run('true');
      const ended = await run.run('kill -9 $PPID; exit 0', { step: { effect } });
      expect(ended).toMatchObject({ outcome, why: expect.stringContaining('is not known') });
    },
  );

  test('another exit code fails and is said', async () => {
    expect(await run.run('exit 7')).toMatchObject({
      outcome: 'failed',
      exitCode: 7,
      why: 'Exit code 7; 0 was expected.',
    });
  });

  test('`exit=` says which codes pass', async () => {
    const annotations = { exit: [0, 7] };
    expect(await run.run('exit 7', { annotations })).toMatchObject({
      outcome: 'passed',
      exitCode: 7,
    });
    expect(await run.run('exit 1', { annotations })).toMatchObject({ outcome: 'failed' });
  });

  test('a failing command ends the step, in a pipe too', async () => {
    expect(await run.run('false\necho on')).toMatchObject({ outcome: 'failed', stdout: '' });
    expect(await run.run('false | cat\necho on')).toMatchObject({ outcome: 'failed', stdout: '' });
  });

  test('options of the frontmatter hold', async () => {
    const shell = { program: 'bash', errexit: false, pipefail: false, nounset: true };
    expect(
      await run.run('false; false | true; echo on; echo "$nope"', { context: { shell } }),
    ).toMatchObject({
      outcome: 'failed',
      stdout: 'on\n',
    });
  });

  test('a signal is named', async () => {
    expect(await run.run('kill -SEGV $$')).toMatchObject({ outcome: 'failed', signal: 'SIGSEGV' });
  });

  test('a syntax error fails after what stands before it', async () => {
    expect(await run.run('echo before\nif then')).toMatchObject({
      outcome: 'failed',
      stdout: 'before\n',
    });
  });

  test('messages count lines as the file does', async () => {
    const { stderr } = await run.run('true\nnosuchcommand', { step: { textLine: 41 } });
    expect(stderr).toBe('bash: line 42: nosuchcommand: command not found\n');
  });

  test.each(['nowhere', 'other'])(
    'a shell that finds %s for its script has run nothing, and has failed',
    async (name) => {
      const script = 'touch ran';
      writeFileSync(join(folder, 'other'), `x\0${script}\0${script}\0`);
      const program = join(folder, 'bash');
      const instead = `\${@//\\/proc\\/+([0-9])\\/fd\\/+([0-9])/${folder}/${name}}`;
      const swaps = `#!/bin/bash\nshopt -s extglob\nexec /bin/bash "${instead}"\n`;
      writeFileSync(program, swaps, { mode: 0o755 });
      const shell = { program, errexit: true, pipefail: true, nounset: false };
      for (const isolated of [false, true]) {
        const ran = await run.run(script, { annotations: { isolated }, context: { shell } });
        expect(ran).toMatchObject({
          outcome: 'failed',
          why: expect.stringContaining('nothing of'),
        });
        expect(made('ran')).toBe(false);
      }
    },
  );

  test('a program that is not there is an error and no failure', async () => {
    const error = await run
      .run('x', { annotations: { interpreter: 'nosuchprogram' } })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(HandrailError);
    expect(error).toMatchObject({ code: 'STEP_CANNOT_RUN' });
  });

  test("a folder that is gone is said, and the step runs in the runbook's", async () => {
    await run.run('mkdir gone; cd gone; rmdir ../gone');
    const { stdout, warnings } = await run.run('pwd');
    expect(stdout).toBe(`${folder}\n`);
    expect(warnings?.join()).toContain('is gone');
  });
});

describe('what a step is given', () => {
  test('empty standard input', async () => {
    expect(
      await run.run('read -r line || echo none; cat; [ -t 0 ] || echo no terminal'),
    ).toMatchObject({
      stdout: 'none\nno terminal\n',
    });
  });

  test('a process group and session of its own', async () => {
    const { stdout } = await run.run(
      'read -r pid _ _ _ group session _ < /proc/$$/stat; echo $pid $group $session',
    );
    const [pid, group, session] = stdout.trim().split(' ');
    expect([group, session]).toEqual([pid, pid]);
  });

  test("no file of the user's shell is read", async () => {
    const rc = join(folder, 'rc');
    await run.run(`echo 'echo from rc' > rc; cp rc .bashrc; cp rc .bash_profile`);
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, BASH_ENV: rc, ENV: rc };
    expect((await run.run('echo own', { context: { env } })).stdout).toBe('own\n');
    const sh = { annotations: { shell: 'sh' }, context: { env } };
    expect((await run.run('echo own', sh)).stdout).toBe('own\n');
  });

  test('the script is nowhere to be seen: not in arguments, environment or files', async () => {
    // The same test may run beside it, of another person or another tree; a /proc that is mounted there has files that
    // keep a reader waiting for ever.
    const text = `text-of-script-${randomUUID()}`;
    const { stdout } = await run.run(
      [
        `marker=XYZZY-$((40+2)) # ${text}`,
        'tr "\\0" "\\n" < /proc/$$/cmdline; tr "\\0" "\\n" < /proc/$$/environ; { cat /proc/[0-9]*/cmdline 2>/dev/null || :; } | tr "\\0" " "; echo',
        `find /dev/shm /tmp . -xdev -maxdepth 3 -type f -mmin -1 -size -64k -path '*handrail-*' -not -path '*handrail-ci*' -exec grep -ls "${text.slice(0, -1)}[${text.at(-1)}]" {} + 2>/dev/null || true; echo no file`,
      ].join('\n'),
    );
    expect(stdout).not.toContain(text);
    expect(stdout).toMatch(/\n?no file\n$/);
    expect(stdout).not.toMatch(/\n[^\n]*\/handrail-[^\n ]*\nno file\n$/);
  });

  test('standard output and error that can be opened by name', async () => {
    const ran = await run.run(
      'echo to-err > /dev/stderr; echo to-out | tee /dev/stdout /dev/null | cat',
    );
    expect(ran).toMatchObject({
      stdout: 'to-out\nto-out\n',
      stderr: 'to-err\n',
      outcome: 'passed',
    });
    const script = await run.run(
      "printf '#!/bin/sh\\necho inner >/dev/stderr\\n' > t; chmod +x t; ./t",
    );
    expect(script).toMatchObject({ stderr: 'inner\n', outcome: 'passed' });
  });

  test('the locks, in every process', async () => {
    const lock = openSync(join(folder, 'lock'), 'w');
    execFileSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', lock] });
    const free = (): boolean => {
      try {
        execFileSync('flock', ['-n', join(folder, 'lock'), 'true']);
        return true;
      } catch {
        return false;
      }
    };
    const inside =
      'flock -n lock true && echo free || echo held; (flock -n lock true || echo held)';
    const waiting = 'until [ -e go ]; do sleep 0.02; done';
    expect(
      (await run.run(`${inside}; ${waiting} >/dev/null 2>&1 &`, { context: { lockFds: [lock] } }))
        .stdout,
    ).toBe('held\nheld\n');
    const { closeSync } = await import('node:fs');
    closeSync(lock);
    expect(free()).toBe(false);
    await run.run('touch go');
    await expect.poll(free).toBe(true);
  });
});

describe('what a step gives back', () => {
  test('`capture` takes standard output without its last newline', async () => {
    const { captured } = await run.run('echo noise >&2; printf "a\\n\\n"', {
      annotations: { capture: 'name' },
    });
    expect(captured).toEqual({ name: 'a\n' });
  });

  test('a failed step captures nothing', async () => {
    const { captured } = await run.run('echo x; echo k=v >> "$HANDRAIL_OUTPUT"; false', {
      annotations: { capture: 'name' },
    });
    expect(captured).toBeUndefined();
  });

  test('output too large to capture fails', async () => {
    const ran = await run.run('head -c 1100000 /dev/zero | tr "\\0" x', {
      annotations: { capture: 'name' },
    });
    expect(ran).toMatchObject({ outcome: 'failed', exitCode: 0 });
    expect(ran.stdout).toHaveLength(1_100_000);
  });

  test('HANDRAIL_OUTPUT is a private file of values', async () => {
    const ran = await run.run(
      'stat -c %a "$HANDRAIL_OUTPUT" "${HANDRAIL_OUTPUT%/*}"; echo "$HANDRAIL_OUTPUT" > path; echo a=1=2 >> "$HANDRAIL_OUTPUT"; printf "b<<END\\nx\\n\\ny\\nEND\\nnonsense\\n__proto__=p\\n" >> "$HANDRAIL_OUTPUT"',
    );
    expect(ran.stdout).toBe('600\n700\n');
    expect(Object.entries(ran.captured ?? {})).toEqual([
      ['a', '1=2'],
      ['b', 'x\n\ny'],
      ['__proto__', 'p'],
    ]);
    expect(ran.warnings?.join()).toContain('line 7');
    expect(existsSync(readFileSync(join(folder, 'path'), 'utf8').trim())).toBe(false);
  });

  test('nothing is left in the private folder after the run', async () => {
    await run.run('echo "${HANDRAIL_OUTPUT%/*}" > home; ls -A "${HANDRAIL_OUTPUT%/*}" | wc -l');
    const home = readFileSync(join(folder, 'home'), 'utf8').trim();
    expect(existsSync(home)).toBe(true);
    await run.close();
    expect(existsSync(home)).toBe(false);
  });
});

describe('ending a step', () => {
  test('a timeout ends the whole group', async () => {
    const ran = await run.run(
      '(sleep 30; touch survived) & echo $! > pid; sleep 30; touch survived',
      {
        context: { timeoutMs: 250 },
      },
    );
    expect(ran).toMatchObject({
      outcome: 'timed-out',
      why: 'The command did not end within 250 ms; it was ended.',
    });
    expect(lives('pid')).toBe(false);
  });

  test('an abort ends it, by its reason', async () => {
    for (const [reason, outcome] of [
      ['timeout', 'timed-out'],
      ['cancelled', 'cancelled'],
      [undefined, 'cancelled'],
    ]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(reason), 100);
      expect(await run.run('sleep 30', { signal: controller.signal })).toMatchObject({ outcome });
    }
  });

  test('an abort before the start ends it too', async () => {
    expect(await run.run('sleep 30', { signal: AbortSignal.abort('cancelled') })).toMatchObject({
      outcome: 'cancelled',
    });
  });

  test('the script may clean up on TERM, and its state is kept', async () => {
    await run.run('A=1; trap "touch cleaned; exit 3" TERM; sleep 30 & wait', {
      context: { timeoutMs: 200 },
    });
    expect(made('cleaned')).toBe(true);
    expect((await run.run('echo "$A"')).stdout).toBe('1\n');
  });

  test('who has left the group is found', async () => {
    await run.run(
      'setsid sh -c "echo \\$\\$ > pid; sleep 30" & setsid setsid -f sh -c "echo \\$\\$ > other; sleep 30"; sleep 30',
      {
        context: { timeoutMs: 400 },
      },
    );
    expect(lives('pid') || lives('other')).toBe(false);
  });

  test('a reader that stops reading ends it', async () => {
    const step = run.start('echo $$ > pid; while :; do echo x; sleep 0.01; done');
    await step.next();
    await step.return({ outcome: 'cancelled' });
    expect(lives('pid')).toBe(false);
  });

  test('`until` ends an endless command at the line that matches', async () => {
    const ran = await run.run(
      'echo starting; (sleep 30; touch survived) & printf "is re"; sleep 0.1; printf "ady\\nmore\\n"; sleep 30',
      {
        annotations: { until: '^is ready$' },
      },
    );
    expect(ran).toMatchObject({
      outcome: 'passed',
      stdout: 'starting\nis ready\n',
      facts: { endedBy: 'until' },
    });
  });

  test('`until` sees standard error too', async () => {
    expect(
      await run.run('echo ready >&2; sleep 30', { annotations: { until: 'ready' } }),
    ).toMatchObject({ outcome: 'passed' });
  });

  test('`until` fails when the command ends without such a line', async () => {
    expect(await run.run('echo almost', { annotations: { until: 'ready' } })).toMatchObject({
      outcome: 'failed',
    });
  });

  test('`until` that is no regular expression cannot run', async () => {
    await expect(run.run('echo', { annotations: { until: '(' } })).rejects.toThrow(
      'no regular expression',
    );
  });

  test('`for` ends an endless command after its time, with success', async () => {
    const ran = await run.run('A=1; while :; do echo tick; sleep 0.05; done', {
      annotations: { for: 200 },
    });
    expect(ran).toMatchObject({ outcome: 'passed', facts: { endedBy: 'for' } });
    expect((await run.run('echo "$A"')).stdout).toBe('1\n');
  });
});

describe('what a step leaves running', () => {
  test('goes on, is named, and does not hold the run up', async () => {
    const ran = await run.run(
      '(while sleep 0.05; do echo late; touch alive; done) & echo $! > pid; echo done',
    );
    expect(ran).toMatchObject({ outcome: 'passed' });
    expect(ran.warnings?.join()).toContain(readFileSync(join(folder, 'pid'), 'utf8').trim());
    await run.run('rm -f alive');
    await expect.poll(() => made('alive')).toBe(true);
    await run.run('kill "$(cat pid)"');
  });

  test('does not write into the next step', async () => {
    await run.run('(while sleep 0.02; do echo late; echo late >&2; done) & echo $! > pid');
    const { stdout, stderr } = await run.run('sleep 0.2; echo own');
    expect([stdout, stderr]).toEqual(['own\n', '']);
    await run.run('kill "$(cat pid)"');
  });

  test('is not waited for when it has closed its output', async () => {
    const ran = await run.run(
      'sleep 5 >/dev/null 2>&1 </dev/null & disown; echo out; echo $! > pid',
    );
    expect(ran).toMatchObject({ outcome: 'passed', stdout: 'out\n' });
    await run.run('kill "$(cat pid)"');
  });
});

describe('output', () => {
  test('comes whole and in order', async () => {
    const { stdout } = await run.run('seq 1 200000');
    expect(stdout).toBe(Array.from({ length: 200_000 }, (_, at) => `${at + 1}\n`).join(''));
  });

  test('comes while the command still runs', async () => {
    const step = run.start('echo first; while [ ! -e go ]; do sleep 0.02; done; echo second');
    const first = await step.next();
    expect(first.done ? '' : Buffer.from(first.value.chunk).toString()).toBe('first\n');
    await run.run('touch go');
    const second = await step.next();
    expect(second.done ? '' : Buffer.from(second.value.chunk).toString()).toBe('second\n');
    expect((await step.next()).value).toMatchObject({ outcome: 'passed' });
  });

  test('waits for a slow reader: nothing piles up and nothing is lost', async () => {
    await run.run('true');
    const step = run.start('head -c 20000000 /dev/zero; echo written > written');
    let bytes = 0;
    let next = await step.next();
    await sleep(300);
    expect(made('written')).toBe(false);
    while (!next.done) {
      bytes += next.value.chunk.length;
      next = await step.next();
    }
    expect(bytes).toBe(20_000_000);
    expect(made('written')).toBe(true);
  });

  test('that waited while the process ended is not lost', async () => {
    const step = run.start('head -c 400000 /dev/zero');
    let bytes = 0;
    let next = await step.next();
    while (!next.done) {
      bytes += next.value.chunk.length;
      await sleep(bytes < 200_000 ? 100 : 0);
      next = await step.next();
    }
    expect(bytes).toBe(400_000);
  });
});

describe('a transcript', () => {
  const entry = (line: number, command: string, output = '', exitCode: number | null = null) => ({
    line,
    command,
    output,
    exitCode,
  });

  test('hands on what each command did, in one shell', async () => {
    const ran = await run.run('x', {
      transcript: [
        entry(0, 'A=1; alias e=echo; cd /'),
        entry(1, 'e "$A"; echo err >&2\npwd', '1'),
        entry(5, 'printf no-newline'),
      ],
    });
    expect(ran).toMatchObject({ outcome: 'passed', stdout: '1\nerr\n/\nno-newline' });
    expect(JSON.parse(ran.observed ?? '')).toEqual([
      { command: 'A=1; alias e=echo; cd /', output: '', exitCode: 0 },
      { command: 'e "$A"; echo err >&2\npwd', output: '1\nerr\n/\n', exitCode: 0 },
      { command: 'printf no-newline', output: 'no-newline', exitCode: 0 },
    ]);
    expect((await run.run('e "$A"; pwd')).stdout).toBe('1\n/\n');
  });

  test('goes on after a failure that is expected, and `$?` is what it was', async () => {
    const ran = await run.run('x', {
      transcript: [entry(0, '(exit 3)', '', 3), entry(2, 'echo $?', '3')],
    });
    expect(ran).toMatchObject({ outcome: 'passed', stdout: '3\n' });
  });

  test('fails when a command ends otherwise than it says', async () => {
    const unexpected = await run.run('x', { transcript: [entry(0, 'false'), entry(1, 'echo on')] });
    expect(unexpected).toMatchObject({
      outcome: 'failed',
      exitCode: 1,
      stdout: 'on\n',
      why: '`false` (line 2) ended with exit code 1.',
    });
    expect(await run.run('x', { transcript: [entry(0, 'true', '', 1)] })).toMatchObject({
      outcome: 'failed',
    });
  });

  test('that leaves its shell has not reached the rest', async () => {
    const ran = await run.run('x', { transcript: [entry(0, 'exit 0'), entry(1, 'echo no')] });
    expect(ran).toMatchObject({
      outcome: 'failed',
      why: 'The shell ended before `echo no` (line 3).',
    });
    expect(await run.run('x', { transcript: [entry(0, 'exit 4', '', 4)] })).toMatchObject({
      outcome: 'passed',
    });
  });

  test('survives syntax errors and redirected output', async () => {
    const ran = await run.run('x', {
      transcript: [
        entry(0, 'if then', '', null),
        entry(1, 'exec >file; echo hidden'),
        entry(2, 'echo more'),
      ],
    });
    expect(
      JSON.parse(ran.observed ?? '').map(({ exitCode }: { readonly exitCode: number }) => exitCode),
    ).toEqual([2, 0, 0]);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('hidden\nmore\n');
  });

  test("takes filled-in values and records the author's text", async () => {
    const text = 'echo {{name}}\n\necho {{name}}';
    const ran = await run.run(text, {
      filled: "echo 'the value'\n\necho 'the value'",
      transcript: [entry(0, 'echo {{name}}', 'x'), entry(2, 'echo {{name}}')],
    });
    expect(ran.stdout).toBe('the value\nthe value\n');
    expect(ran.observed).not.toContain("'the value'");
  });

  test('is read right however its output arrives', async () => {
    const { transcriptReader } = await import('../../../src/steps/shell/transcript-script.ts');
    const text = Buffer.from('a\x1eb\x1eN 0\x1e\x1eN x\x1e\x1eN 1234\x1e\x1eN 12\x1eend\x1eN 1');
    for (let size = 1; size <= text.length; size += 1) {
      const read = transcriptReader('N');
      let seen = '';
      for (let at = 0; at < text.length; at += size) {
        for (const piece of read.next(text.subarray(at, at + size))) {
          seen += 'exitCode' in piece ? `<${piece.exitCode}>` : Buffer.from(piece.chunk).toString();
        }
      }
      expect(seen + Buffer.from(read.rest()).toString()).toBe(
        'a\x1eb<0>\x1eN x\x1e\x1eN 1234\x1e<12>end\x1eN 1',
      );
    }
  });
});
