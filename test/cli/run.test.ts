import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { handrail } from '../support/handrail.ts';

const two = `# Two

First:

\`\`\`bash
echo one
\`\`\`

Second:

\`\`\`bash
true
\`\`\`
`;
const failing = `# Broken

\`\`\`bash name=fine
true
\`\`\`

Break it:

\`\`\`bash name=boom
echo to-stdout; echo to-stderr >&2; exit 3
\`\`\`

\`\`\`bash name=never
touch reached
\`\`\`

## Rollback

\`\`\`bash name=undo
true
\`\`\`
`;

describe('handrail run', () => {
  it('calls a step that waits by what was captured before it', async () => {
    const runbook =
      '# T\n\n```bash capture=current\necho 1.2.3\n```\n\n- [ ] Tell them of {{current}}\n';
    const { stdout } = await handrail({
      runbook,
      args: ['run', 'runbook.md', '--unattended'],
    });
    expect(stdout).toContain('Tell them of 1.2.3  waiting');
  });

  it('shows each step, its output behind a margin, and where the log is', async () => {
    const { exitCode, stdout, stderr } = await handrail({ runbook: two });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(`Two  <folder>/runbook.md
2 steps, unattended (asked for)
run <run>
log <folder>/.handrail/runs/<run>

1/2  First
  | one
      passed in <time>
2/2  Second  passed in <time>

Run passed
2 passed, in <time>
log      <folder>/.handrail/runs/<run>/run.md
read it  handrail log <run>
`);
  });

  it('says why a step failed, how to go on, how to roll back, and one line for programs', async () => {
    const { exitCode, stdout, stderr, files } = await handrail({ runbook: failing });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('2/3  Break it\n  | to-stdout\ne | to-stderr\n');
    expect(stdout).toContain('failed with exit code 3');
    expect(stdout).toMatch(/Step 2\/3 "Break it" failed/);
    expect(stdout).toContain('go on      handrail resume <run>\n');
    expect(stdout).toContain('roll back  handrail run <folder>/runbook.md#rollback\n');
    expect(stderr).toBe(
      'handrail: run=<run> outcome=failed step=boom exit=1 resume="handrail resume <run>"\n',
    );
    expect(files).not.toHaveProperty('reached');
  });

  it('runs what is left with --keep-going, tells every failure and fails', async () => {
    const { exitCode, stdout, files } = await handrail({
      runbook: `${failing}\n## After\n\n\`\`\`bash name=last\nexit 4\n\`\`\`\n`,
      args: ['run', '{file}', '--all', '--unattended', '--keep-going'],
    });
    expect(exitCode).toBe(1);
    expect(files).toHaveProperty('reached');
    expect(stdout).toContain('"Break it" failed: Exit code 3');
    expect(stdout).toMatch(/"After" failed: Exit code 4/);
    expect(stdout).toContain('2 passed, 2 failed');
  });

  it('says nothing at all with --quiet when all is well', async () => {
    const { exitCode, stdout, stderr } = await handrail({
      runbook: two,
      args: ['run', '{file}', '--all', '--unattended', '--quiet'],
    });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('says everything with --quiet when something is not', async () => {
    const quiet = await handrail({
      runbook: failing,
      args: ['run', '{file}', '--all', '--unattended', '--quiet'],
    });
    const loud = await handrail({ runbook: failing });
    const body = (text: string): string => text.split('\n').slice(2).join('\n');
    expect(body(quiet.stdout)).toBe(body(loud.stdout));
    expect(quiet.stderr).toBe(loud.stderr);
  });

  it('prints events as JSON lines and everything else on standard error', async () => {
    const { stdout, stderr } = await handrail({
      runbook: failing,
      args: ['run', '{file}', '--all', '--unattended', '--json'],
    });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line): { type: string; text?: string } => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['run.started', 'step.started', 'step.output', 'run.finished']),
    );
    expect(events.map(({ text }) => text).join('')).toContain('to-stderr');
    expect(stderr).toContain('| to-stderr');
    expect(stderr).toMatch(
      /\nhandrail: run=<run> outcome=failed step=boom exit=1 resume="[^"]+"\n$/,
    );
  });

  it('runs nothing with --dry-run and says what would run', async () => {
    const { exitCode, stdout, runs, files } = await handrail({
      runbook: `---\ninputs: { who: { default: you }, pin: { secret: true, default: 'pin-4711' } }\n---\n# Dry\n\n\`\`\`bash\ntouch ran; echo {{who}} {{pin}}\n\`\`\`\n`,
      args: ['run', '{file}', '--dry-run'],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('touch ran; echo you ***');
    expect(stdout).not.toContain('pin-4711');
    expect(stdout).toContain('1 step would run; nothing was run.');
    expect(runs).toEqual([]);
    expect(files).not.toHaveProperty('ran');
  });

  it('takes inputs from a file as the text they are, and from --input before that', async () => {
    const { exitCode, stdout } = await handrail({
      runbook:
        '---\ninputs: { a: {}, b: {}, c: {} }\n---\n# In\n\n```bash\necho {{a}} {{b}} {{c}}\n```\n',
      files: { 'in.yaml': 'a: 1.10\nb: no\nc: from-file\n' },
      args: [
        'run',
        '{file}',
        '--unattended',
        '--inputs',
        '{folder}/in.yaml',
        '--input',
        'c=given=so',
      ],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  | 1.10 no given=so\n');
  });

  it('keeps control characters of titles and output away from the screen', async () => {
    const { stdout } = await handrail({
      runbook:
        "# T\u001b]0;own\u0007itle\n\n```bash\nprintf '\\033[2J\\r\\033]0;x\\007handrail: run=forged\\n'\n```\n",
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
    expect(stdout).not.toMatch(/^handrail: run=forged/m);
  });

  it('ends with 143 on TERM, the record sealed', async () => {
    const { exitCode, events, stdout } = await handrail({
      runbook: '# Long\n\n```bash\necho began; sleep 60\n```\n',
      signalAt: { text: 'began', signal: 'SIGTERM' },
    });
    expect(exitCode).toBe(143);
    expect(stdout).toContain('Run cancelled');
    expect(events.at(-1)?.type).toBe('run.sealed');
  });

  it('ends by its own time with 124', async () => {
    const { exitCode, stderr } = await handrail({
      runbook: '# Long\n\n```bash\nsleep 60\n```\n',
      args: ['run', '{file}', '--unattended', '--timeout', '300ms'],
    });
    expect(exitCode).toBe(124);
    expect(stderr).toContain('outcome=timed-out');
  });

  it('writes a copy of the rendered log', async () => {
    const { files, runs } = await handrail({
      runbook: two,
      args: ['run', '{file}', '--unattended', '--out', '{folder}/copy.md'],
    });
    expect(files['copy.md']).toBe(readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8'));
  });

  it('waits for a person at a human step, and goes on from there', async () => {
    const first = await handrail({ runbook: '# Ask\n\n- [ ] Look\n\n```bash\necho after\n```\n' });
    expect(first.exitCode).toBe(5);
    expect(first.stderr).toBe(
      'handrail: run=<run> outcome=waiting exit=5 resume="handrail resume <run>"\n',
    );
    const again = await handrail({ folder: first.folder, args: ['resume', '--unattended'] });
    expect(again.exitCode).toBe(5);
    expect(again.runs).toEqual(first.runs);
  });

  it('survives a reader that goes away', async () => {
    const { exitCode, files } = await handrail({
      runbook: '# Pipe\n\n```bash\nseq 100000\n```\n\n```bash\ntouch after\n```\n',
      args: ['--version'],
    }).then(({ folder }) =>
      handrail({
        folder,
        runbook: `# Outer\n\n\`\`\`bash\n"$NODE" "$BIN" run inner.md --unattended --state inner | head -n 1\n\`\`\`\n`,
        files: {
          'inner.md': '# Pipe\n\n```bash\nseq 100000\n```\n\n```bash\ntouch after\n```\n',
        },
        env: {
          NODE: process.execPath,
          BIN: path.resolve(import.meta.dirname, '../../dist/handrail.js'),
        },
      }),
    );
    expect(exitCode).toBe(0);
    expect(files).toHaveProperty('after');
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['an empty path', ['run', ''], 64, /was given a \S+ that is empty/],
    ['no file', ['run', 'nowhere.md'], 66, /There is no runbook at `nowhere\.md`/],
    ['a folder', ['run', '.'], 66, /is a folder, not a runbook/],
    ['a binary file', ['run', 'binary.md'], 65, /is not a markdown text/],
    ['an unclosed fence', ['run', 'open.md'], 65, /never closed|not closed|unclosed/i],
    ['a wrong frontmatter field', ['run', 'front.md'], 65, /frontmatter field `inputs` is wrong/],
    ['an unknown procedure', ['run', 'good.md#nowhere'], 66, /has no procedure `nowhere`/],
    ['an unknown step', ['run', 'good.md', '--step', 'goood'], 66, /Did you mean `good`/],
    [
      'an unknown input',
      ['run', 'good.md', '--unattended', '--input', 'x=y'],
      64,
      /has no input `x`/,
    ],
    ['an input without a value', ['run', 'good.md', '--input', 'x'], 64, /has no value/],
    ['a time that is none', ['run', 'good.md', '--timeout', 'soon'], 64, /is no time/],
    ['an unknown run', ['log', 'ffff'], 66, /There is no run `ffff`/],
    ['no inputs file', ['run', 'good.md', '--inputs', 'no.yaml'], 64, /cannot be read/],
    [
      'a state folder that is a file',
      ['run', 'good.md', '--unattended', '--state', 'good.md'],
      73,
      /cannot be written/,
    ],
  ];

  it.each(cases)(
    '%s is one sentence and its own code, and runs nothing',
    async (_name, args, code, message) => {
      const { exitCode, stdout, stderr, files } = await handrail({
        args,
        files: {
          'good.md': '# Good\n\n```bash name=good\ntouch ran\n```\n',
          'open.md': '# Open\n\n```bash\ntouch ran\n',
          'front.md': '---\ninputs: 5\n---\n# F\n\n```bash\ntouch ran\n```\n',
          'binary.md': '\0\0\0\u0001\u0002binary\0\0\0\0\0\0',
        },
      });
      expect(exitCode).toBe(code);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^handrail: .*\n$/);
      expect(stderr).toMatch(message);
      expect(files).not.toHaveProperty('ran');
    },
  );

  it('a runbook is found by its unique name, and two of a name are told apart', async () => {
    const files = { 'a/ops.md': '# Ops\n\n```bash\ntrue\n```\n' };
    expect((await handrail({ args: ['run', 'ops', '--unattended'], files })).exitCode).toBe(0);
    const both = await handrail({
      args: ['run', 'ops', '--unattended'],
      files: { ...files, 'b/ops.md': '# Ops\n' },
    });
    expect(both.exitCode).toBe(64);
    expect(both.stderr).toContain('`ops` names 2 runbooks: a/ops.md, b/ops.md.');
  });

  it('an internal failure shows its stack only when asked', async () => {
    const made = await handrail({ args: ['--version'] });
    mkdirSync(path.join(made.folder, '.handrail/runs'), { recursive: true });
    writeFileSync(path.join(made.folder, '.handrail/runs.jsonl'), '');
    const { stderr } = await handrail({ args: ['log', 'last'], folder: made.folder });
    expect(stderr).not.toContain('    at ');
  });
});
