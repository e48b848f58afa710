import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isHere } from '../../../support/also-asked.ts';
import { handrail } from '../../../support/handrail.ts';
import { type SshHosts, sshHosts } from '../../../support/ssh-hosts.ts';

/* What a login on a host is like: its shell, its greeting, what it lacks. */
let hosts: SshHosts;
beforeAll(async () => {
  hosts = await sshHosts('db1', 'old');
});
afterAll(() => hosts.close());
afterEach(() => hosts.login('db1', {}));

const run = (runbook: string, env: Record<string, string> = {}) =>
  handrail({
    runbook,
    args: ['run', '{file}', '--all', '--unattended'],
    env: { PATH: `${hosts.bin}:${process.env['PATH']}`, ...env },
  });
const SAYS =
  '# A\n\n```bash host=db1 capture=word\nv="it\'s"; echo one; echo two >&2\n```\n\n```bash host=db1\necho "$v here"; exit 3\n```\n';

describe('what a login prints by itself', () => {
  test.each([
    ['a line', 'Welcome to db1\n'],
    ['no end of line', 'last login: never '],
    ['what looks like an answer', 'exit 0\n/tmp/evil\nx 3\nabc\noutputs 4\na=b\n'],
    ['very much of it', `${'all your base '.repeat(20_000)}\n`],
    ['nothing but blank lines', '\n\n\n'],
  ])('is no word of the step (%s)', async (_, greeting) => {
    hosts.login('db1', { greeting });
    const { exitCode, stdout, events } = await run(SAYS);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("it's here")]);
    const finished = events.filter(({ type }) => type === 'step.finished');
    expect(finished).toMatchObject([
      { exitCode: 0, stdoutBytes: 4, stderrBytes: 4 },
      { exitCode: 3, stdoutBytes: 10, stderrBytes: 0 },
    ]);
  });
});

describe('a login shell', () => {
  // Of the rest, those that are there; what every shell reads alike is told in far-script.test.ts.
  test.each(['sh', 'bash', ...(['fish', 'tcsh', 'zsh'] as const).filter(isHere)])(
    'that is %s hands the step on',
    async (shell) => {
      hosts.login('db1', { shell });
      const { exitCode, stdout } = await run(SAYS);
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining("it's here")]);
    },
  );

  test('that lets nobody in is told in its own words, and nothing was started', async () => {
    hosts.login('db1', { shell: '/bin/false' });
    const refused = await run(SAYS);
    expect([refused.exitCode, refused.stdout]).toEqual([
      69,
      expect.stringContaining('cannot be reached'),
    ]);
    hosts.login('db1', { shell: '/bin/false', greeting: 'This account is closed.\n' });
    const told = await run(SAYS);
    expect(told.stdout).toContain('This account is closed. Nothing was started there.');
  });
});

test('a host without bash is told apart from a step that fails', async () => {
  const bin = path.join(hosts.home('db1'), 'bin');
  mkdirSync(bin);
  for (const name of [
    'cat',
    'dd',
    'env',
    'head',
    'mkdir',
    'mkfifo',
    'mv',
    'rm',
    'sh',
    'tail',
    'wc',
    'tee',
  ])
    symlinkSync(
      spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(),
      path.join(bin, name),
    );
  hosts.login('db1', { shell: '/bin/sh', env: { PATH: bin } });
  const { exitCode, stdout } = await run(SAYS);
  expect([exitCode, stdout]).toEqual([
    69,
    expect.stringContaining('`bash` is not there. Nothing was started there.'),
  ]);
});

test('a host with another key than the one that is known is not reached, and says why', async () => {
  await hosts.changeKey('old');
  const { exitCode, stdout } = await run('# A\n\n```bash host=old\necho x >> once\n```\n');
  expect([exitCode, stdout]).toEqual([69, expect.stringContaining('Host key verification failed')]);
  expect(hosts.read('old', 'once')).toBe('');
});

describe('values', () => {
  test.each([
    ['quotes and newlines', 'a\n"b" \'c\' $d `e` \\ f\n'],
    ['what bash would act on', '$(touch evil); touch evil #'],
    ['what a heredoc would end at', 'EOF\nEND\n)\n'],
    ['letters of other scripts', 'žć 漢字 🙂'],
  ])('with %s arrive as they are, in text and in variables', async (_, value) => {
    const { exitCode } = await handrail({
      runbook:
        "---\ninputs:\n  word: { required: true }\n---\n# A\n\n```bash host=db1\nprintf '%s' {{word}} > text; printf '%s' \"$word\" > variable; export kept={{word}}\n```\n\n```bash host=db1\nprintf '%s' \"$kept\" > kept\n```\n",
      args: ['run', '{file}', '--all', '--unattended', '--input', `word=${value}`],
      env: { PATH: `${hosts.bin}:${process.env['PATH']}` },
    });
    expect(exitCode).toBe(0);
    expect([hosts.read('db1', 'text'), hosts.read('db1', 'kept')]).toEqual([value, value]);
    expect(hosts.read('db1', 'evil')).toBe('');
  });

  test('that are secret stand in no list of processes there, and in no file once the shell has them', async () => {
    // Others on the machine have secrets too, and may do with them what they like.
    const secret = `hunter2-${randomUUID()}`;
    const sought = `${secret.slice(0, -1)}[${secret.at(-1)}]`;
    const { exitCode, stdout } = await run(
      `---\ninputs:\n  token: { secret: true, env: TOKEN }\n---\n# A\n\n\`\`\`bash host=db1\n: {{token}}; for i in 1 2 3; do cat /proc/[0-9]*/cmdline 2>/dev/null | grep -ac "${sought}" || true; done; ls "$(dirname "$HANDRAIL_OUTPUT")"; grep -l "${sought}" "$(dirname "$HANDRAIL_OUTPUT")"/go "$(dirname "$HANDRAIL_OUTPUT")"/main "$(dirname "$HANDRAIL_OUTPUT")"/in 2>/dev/null || true\n\`\`\`\n`,
      { TOKEN: secret },
    );
    expect(exitCode).toBe(0);
    expect(stdout.match(/^ {2}\| \d+$/gm)).toEqual(['  | 0', '  | 0', '  | 0']);
    expect(stdout).not.toMatch(/\/(?:go|main|in)$/m);
  });
});

describe('where there is no room', () => {
  const LOUD =
    '# A\n\n```bash host=db1\necho x >> once; head -c 3000000 /dev/zero | tr "\\0" "a"; echo; exit 3\n```\n';
  const allTold = async (): Promise<void> => {
    const { exitCode, events } = await run(LOUD);
    expect(exitCode).toBe(1);
    expect(events.find(({ type }) => type === 'step.finished')).toMatchObject({
      exitCode: 3,
      stdoutBytes: 3_000_001,
    });
    expect(hosts.read('db1', 'once')).toBe('x\n');
    rmSync(path.join(hosts.home('db1'), 'once'));
  };

  test('for what the step prints, it is all told and its own exit code counts', async () => {
    const shell = path.join(hosts.home('db1'), 'limited');
    const limited = '#!/bin/bash\ntrap "" XFSZ\nulimit -f 256\nexec bash "$@"\n';
    writeFileSync(shell, limited, { mode: 0o755 });
    hosts.login('db1', { shell });
    await allTold();
  });

  test('for anything more, the end of the step is still written down', async () => {
    const folder = path.join(hosts.home('db1'), 'small');
    mkdirSync(folder);
    // A full disk takes somebody who may mount one; for anybody else the folder is a plain one.
    const options = ['-t', 'tmpfs', '-o', 'size=256k', 'none', folder];
    const isMounted = spawnSync('mount', options).status === 0;
    try {
      hosts.login('db1', { env: { XDG_RUNTIME_DIR: folder } });
      await allTold();
    } finally {
      if (isMounted) spawnSync('umount', ['-l', folder]);
    }
  });
});
