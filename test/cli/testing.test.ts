import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readTests } from '../../src/cli/testing/read-tests.ts';
import { recordedTest } from '../../src/cli/testing/record-test.ts';
import { runTest } from '../../src/cli/testing/run-test.ts';
import { md, scripted, workplace } from '../support/engine.ts';
import { handrail } from '../support/handrail.ts';
import { closeTerminals, sitDown } from '../support/terminal.ts';

afterEach(closeTerminals);

const PAGE = md(`
---
inputs: { version: { pattern: "[0-9.]+" } }
---
# Release

~~~bash name=clean
test -z "$(git status --short)"
~~~

~~~bash name=current capture=current
git describe
~~~

~~~bash name=tag
git tag "v{{version}}" -m "after $current"
~~~

- [ ] Tell the team
`);

/** What each test of a file came to, without its time. */
async function resultsOf(
  tests: string,
  page = PAGE,
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-test-'));
  writeFileSync(path.join(folder, 'release.md'), page);
  writeFileSync(path.join(folder, 'release.test.yaml'), tests);
  const read = await readTests(path.join(folder, 'release.test.yaml'));
  const results: (readonly [string, readonly string[]])[] = [];
  for (const one of read.tests.tests) {
    const { name, differences } = await runTest(read, one, {
      path: process.env['PATH'] ?? '',
      version: '0',
    });
    results.push([name, differences]);
  }
  return results;
}

const GIT = `
commands:
  git:
    - { args: [status, --short], output: "" }
    - { args: [describe], output: v1.2.2 }
    - { args: [tag, ...] }
`;
const one = (words: string): string =>
  `${GIT}tests:\n  - { name: it, inputs: { version: 1.2.3 }, ${words} }\n`;
const differences = async (words: string, page?: string): Promise<string> =>
  (await resultsOf(one(words), page)).flatMap(([, found]) => found).join('\n');

describe('a test of a runbook', () => {
  test('runs it with stand-ins, and compares what came of it', async () => {
    const words =
      'answers: { tell-the-team: confirm }, expect: { exit: 0, steps: { tag: passed, release/tell-the-team: confirmed }, output: { current: v1.2.2 }, calls: [git status --short, git tag v1.2.3 -m after v1.2.2], never-calls: [git push ...] }';
    expect(await differences(words)).toBe('');
  });

  test.each([
    ['expect: { steps: { tag: failed } }', 'step `tag` is passed, expected failed'],
    ['expect: { steps: { nosuch: passed } }', 'there is no step `nosuch`'],
    [
      'answers: { tell-the-team: confirm, tell-the-tean: confirm }',
      'there is no step `tell-the-tean`, which `answers` names; there are clean',
    ],
    ['instead: { nosuch: { output: x } }', 'there is no step `nosuch`, which `instead` names'],
    [
      'expect: { exit: 5, output: { nosuch: x } }',
      'there is no step `nosuch`, which `expect.output` names',
    ],
    ['expect: { exit: 1 }', 'exit code 5, expected 1'],
    ['expect: { outcome: failed }', 'the run waiting, expected failed'],
    ['answers: {}', 'the run waiting'],
    ['expect: { exit: 5, calls: [git push origin] }', '`git push origin` was not called'],
    [
      'expect: { exit: 5, calls: [git tag ..., git status --short] }',
      '`git status --short` was not called after those before it',
    ],
    [
      'expect: { exit: 5, never-calls: [git tag ...] }',
      '`git tag v1.2.3 -m after\\ v1.2.2` was called',
    ],
    ['expect: { exit: 5, output: { current: v9 } }', 'step `current` printed "v1.2.2\\n"'],
  ])('fails: %s', async (words, said) => {
    expect(await differences(words)).toContain(said);
  });

  test('refuses every command that has no stand-in, also one whose failure is passed over', async () => {
    const page = '# T\n\n```bash\nfrobnicate --now || true\ngit fetch --all || true\n```\n';
    const found = await resultsOf(`${GIT}tests: [{ name: it }]\n`, page);
    expect(found[0]?.[1].join()).toContain('nothing stands in for `frobnicate --now`');
    const other = '# T\n\n```bash\ngit fetch --all || true\n```\n';
    expect((await resultsOf(`${GIT}tests: [{ name: it }]\n`, other))[0]?.[1]).toEqual([
      'nothing stands in for `git fetch --all`: write it under `commands`',
    ]);
  });

  test.each([
    ['is not reached', '```bash\nfalse\n```\n\n', 'expect: { exit: 1 }'],
    ['has its result from the test', '', 'instead: { far: { output: x } }'],
    ['stands under another condition', '## If it is down\n\n', 'not: [far]'],
  ])('a command of a step that %s needs no stand-in', async (_, before, words) => {
    const page = `# T\n\n${before}\`\`\`bash name=far\nfrobnicate --now\n\`\`\`\n`;
    const tests = `tests: [{ name: it, ${words} }]\n`;
    expect(await resultsOf(tests, page)).toEqual([['it', []]]);
  });

  test.each([
    ['a command by its path', '/bin/rm -rf /srv/x', 'calls `/bin/rm` by its path'],
    ['a file outside', 'echo x > /etc/motd', 'writes to `/etc/motd`'],
    ['command -p', 'command -p ls', 'passes by every stand-in'],
    ['a name put together', 'p=/usr/bin; "$p/touch" x', 'known only while it runs'],
    ['a text put together', 'eval "$(printf "\\057bin/ls")"', 'known only while it runs'],
    ['a script outside', '. /etc/profile', 'outside of the scratch folder'],
    ['another folder', 'cd /srv && echo > x', 'leaves the scratch folder'],
    ['a folder above', 'cd ..', 'leaves the scratch folder'],
    ['exec of a path', 'exec /bin/ls', 'nothing can stand in'],
    ['a name for a path', 'hash -p /bin/ls ls', 'nothing can stand in'],
    ['another PATH', 'export PATH=/usr/bin:$PATH\nls', 'sets `PATH`'],
    ['another PATH for one command', 'PATH=/usr/bin ls', 'sets `PATH`'],
    ['another PATH for a while', 'there() { local PATH=/usr/bin; ls; }; there', 'sets `PATH`'],
    ['a PATH that is read', 'read -r PATH <<< /usr/bin; ls', 'sets `PATH`'],
    ['a PATH that is printed', 'printf -v PATH %s /usr/bin; ls', 'sets `PATH`'],
    ['a PATH that is evaluated', "eval 'PATH=/usr/bin'; ls", 'sets `PATH`'],
    ['a script that is put together', '. <(echo PATH=/usr/bin)', 'outside of the scratch folder'],
    ['another name for a path', 'alias ll=/bin/ls\ntrue && ll', 'calls a program by its path'],
    ['a trap with a path', 'trap "/bin/ls" EXIT', 'calls a program by its path'],
    ['both streams to a file outside', 'echo x >& /etc/motd', 'writes to `/etc/motd`'],
    ['a file above', 'echo x > ../motd', 'writes to `../motd`'],
    [
      'a script that a step wrote',
      'echo "PATH=/usr/bin" > p.env; . ./p.env; ls',
      'reads `./p.env`',
    ],
    ['a PATH by another name', 'declare -n q=PATH; q=/usr/bin; ls', 'names `PATH` otherwise'],
    ['a quoted command -p', '"command" -p ls', 'passes by every stand-in'],
    ['a table of names', 'hash -p ./ls ls; ls', 'nothing can stand in'],
    ['a builtin that is loaded', 'enable -f ./x.so ls; ls', 'chooses builtins'],
    ['a path in another shell', "bash -c '/bin/ls'", 'calls `/bin/ls` by its path'],
    ['what a shell is fed', 'echo /usr/bin/ls | bash', 'cannot be looked into'],
    ['a file that a shell is fed', 'sh < script', 'cannot be looked into'],
    ['a shell of another kind', "bash -p -c 'ls'", 'keeps to no PATH of a test'],
    ['a trap with a folder', 'trap "$HOME/ls" EXIT', 'calls a program by its path'],
    ['a path that climbs', 'a/../../bin/ls', 'by its path'],
    ['a table kept by another shell', `bash -c 'set -h; BASH_CMDS[nl]="$B/nl"; nl'`, 'otherwise'],
    ['a name put together in another shell', `bash -c '$OTHER/nl x'`, 'known only while it runs'],
    ['the same two shells below', `sh -c 'env A=b bash -c "\\$OTHER/nl x"'`, 'while it runs'],
    ['a name put together behind another', 'nohup "$OTHER"/nl x', 'known only while it runs'],
    ['what is found for a name', `find . -exec $OTHER/nl {} ';'`, 'known only while it runs'],
    ['a text with a value in it', 'x="; /bin/ls"; bash -c "echo $x"', 'known only while it runs'],
    ['a script with a value for a name', 'bash "$OTHER"', 'known only while it runs'],
    ['a script behind another command', 'timeout 5 bash ./there.sh', 'reads `./there.sh`'],
    ['a folder of another shell', `bash -c 'cd /srv && ls'`, 'leaves the scratch folder'],
    ['a reader of another kind', '#!/bin/bash -p\nls', 'keeps to no PATH of a test'],
    ['another reader', '#!/usr/bin/python3\nprint(1)', 'is read by `/usr/bin/python3`'],
  ])('refuses %s', async (_, text, said) => {
    const found = await resultsOf(
      `tests: [{ name: it }]\n`,
      `# T\n\n\`\`\`bash\n${text}\n\`\`\`\n`,
    );
    expect(found[0]?.[1].join()).toContain(said);
  });

  test.each([
    ['cwd=/srv', 'leaves the scratch folder'],
    ['cwd=..', 'leaves the scratch folder'],
    ['env.PATH=/usr/bin', 'sets `PATH`'],
    ['interpreter=/usr/bin/perl', 'is read by `/usr/bin/perl`'],
  ])('refuses a step that says %s', async (word, said) => {
    const page = `# T\n\n\`\`\`bash ${word}\necho x\n\`\`\`\n`;
    const found = await resultsOf('tests: [{ name: it }]\n', page);
    expect(found[0]?.[1].join()).toContain(said);
  });

  test.each([
    ['PATH=/usr/bin', 'which sets `PATH`'],
    ['/bin/ls', 'which calls `/bin/ls` by its path'],
    ['command -p ls', 'which uses `command -p`'],
    ['. ./other.env', 'reads `./other.env`, which does not stand under `files`'],
    ['exec /bin/ls', 'where nothing can stand in'],
  ])('refuses a file that a step reads and that says %s', async (text, said) => {
    const page = '# T\n\n```bash\n. ./p.env\nls\n```\n';
    const tests = `tests: [{ name: it, files: { p.env: ${JSON.stringify(text)} }, commands: { ls: [{}] } }]\n`;
    expect((await resultsOf(tests, page))[0]?.[1].join()).toContain(said);
  });

  test.each([
    ['by a name that is put together', 'v=PA; printf -v "${v}TH" %s "$OTHER"; ls'],
    ['by a variable that is read', 'read -r "$NAME" <<< "$OTHER"; ls'],
    ['by another name', 'v=PATH; declare -n q; q=$v; q=$OTHER; ls'],
    ['in another shell', 'bash -c \'printf -v "$NAME" %s "$OTHER"; ls\''],
    ['in a POSIX shell', 'sh -c \'read -r "$NAME" <<X\n$OTHER\nX\nls\''],
    ['by a table', 'BASH_CMDS[ls]=$OTHER/ls; ls'],
    ['by start-up files', 'echo "echo seen" > e; export BASH_ENV=./e; ls; bash -c ls'],
    ['in a script with a reader', '#!/bin/bash -e\nprintf -v "$NAME" %s "$OTHER"; ls'],
    ['in one whose reader is looked up', '#!/usr/bin/env bash\nread -r "$NAME" <<< "$OTHER"; ls'],
    ['in a POSIX script', '#!/bin/sh\nread -r "$NAME" <<X\n$OTHER\nX\nls'],
    ['in a script, by a table', '#!/bin/bash\nBASH_CMDS[ls]=$OTHER/ls; ls'],
    ['by a function that is handed on', 'printf() { echo seen; }; export -f printf; ls'],
  ])('its PATH cannot be set %s', async (_, text) => {
    const page = `# T\n\n\`\`\`bash name=go\n${text}\n\`\`\`\n`;
    const tests = `tests: [{ name: it, env: { NAME: PATH, OTHER: /usr/bin }, commands: { ls: [{ output: stand-in }] }, expect: { exit: 1 } }]\n`;
    const found = (await resultsOf(tests, page))[0]?.[1].join() ?? '';
    // It failed, or the stand-in answered.
    const shown = tests.replace('expect: { exit: 1 }', 'expect: { output: { go: stand-in } }');
    if (found !== '') expect((await resultsOf(shown, page))[0]?.[1]).toEqual([]);
  });

  test.each([
    ['interpreter="/bin/bash -e"', ''],
    ['shell=/bin/bash', ''],
    ['', '---\nshell: { program: /bin/bash }\n---\n'],
  ])('its PATH holds in a shell that is named by its path (%s%s)', async (word, front) => {
    const page = `${front}# T\n\n\`\`\`bash name=go ${word}\nBASH_CMDS[ls]=$OTHER/ls; ls\n\`\`\`\n`;
    const tests = `tests: [{ name: it, env: { OTHER: /usr/bin }, commands: { ls: [{ output: stand-in }] }, expect: { output: { go: stand-in } } }]\n`;
    expect((await resultsOf(tests, page))[0]?.[1]).toEqual([]);
  });

  test.each([
    `bash -c 'git status --short "$1"' _ .`,
    `bash -ec "git status --short; echo \\$HOME"`,
    `timeout 5 bash -c 'x=1; echo "$x"'`,
  ])('lets another shell run what is known: %s', async (text) => {
    const page = `# T\n\n\`\`\`bash\n${text}\n\`\`\`\n`;
    const tests = `tests: [{ name: it, commands: { git: [{}] }, real: [timeout] }]\n`;
    expect((await resultsOf(tests, page))[0]?.[1]).toEqual([]);
  });

  test('refuses what a probe and a rollback would call, as what a step does', async () => {
    const page = (call: string): readonly string[] => [
      `# T\n\n\`\`\`bash\nfalse\n\`\`\`\n\n\`\`\`bash verify\n${call}\n\`\`\`\n`,
      `# T\n\n## Do\n\n\`\`\`bash on-fail=rollback\nfalse\n\`\`\`\n\n## Rollback\n\n\`\`\`bash\n${call}\n\`\`\`\n`,
    ];
    for (const [call, said] of [
      ['/bin/ls', 'calls `/bin/ls` by its path'],
      ['frobnicate', 'nothing stands in for `frobnicate`'],
    ] as const)
      for (const text of page(call)) {
        const found = await resultsOf('tests: [{ name: it, expect: { exit: 1 } }]\n', text);
        expect(found[0]?.[1].join()).toContain(said);
      }
  });

  test('has a result for each item of a list, or one for all of them', async () => {
    const page =
      '---\ninputs: { hosts: { default: [a, b] } }\n---\n# T\n\n~~~bash name=go each="host in hosts"\nfrobnicate {{host}}\n~~~\n';
    for (const instead of ['"go~a": { output: x }, "go~b": { output: y }', 'go: { output: x }']) {
      const tests = `tests: [{ name: it, instead: { ${instead} }, expect: { output: { "go~a": x } } }]\n`;
      expect(await resultsOf(tests, page)).toEqual([['it', []]]);
    }
  });

  test('has no PATH but its own', async () => {
    const tests = 'tests: [{ name: it, env: { PATH: /usr/bin } }]\n';
    expect((await resultsOf(tests))[0]?.[1].join()).toContain('A test has a PATH of its own');
  });

  test('a stand-in answers so many times, and leaves files', async () => {
    const page =
      '# T\n\n```bash\npg_dump shop; cat shop.sql; probe || probe\n```\n\n```text output\nCREATE TABLE\n```\n';
    const tests =
      'real: [cat]\ntests:\n  - name: it\n    commands:\n      pg_dump: [{ files: { shop.sql: "CREATE TABLE\\n" } }]\n      probe: [{ exit: 1, times: 1 }, { exit: 0 }]\n';
    expect(await resultsOf(tests, page)).toEqual([['it', []]]);
  });

  test('a query is answered by what the test says', async () => {
    const page =
      '# T\n\n```sql name=count capture=rows\nselect count(*) from t\n```\n\n```bash\n[ "$rows" = 7 ]\n```\n';
    expect((await resultsOf('tests: [{ name: it }]\n', page))[0]?.[1].join()).toContain(
      'under `instead`',
    );
    const tests = 'tests: [{ name: it, instead: { count: { output: "7" } } }]\n';
    expect(await resultsOf(tests, page)).toEqual([['it', []]]);
  });

  test('a wrong word of its file is told of with the nearest', async () => {
    await expect(resultsOf('tests: [{ name: it, comands: {} }]\n')).rejects.toThrow(
      'did you mean `commands`?',
    );
    await expect(resultsOf('tests: [{}]\n')).rejects.toThrow('needs `name`');
  });

  test('is written from a run, and passes then', async () => {
    const runbook =
      '# T\n\n```bash name=first capture=found\necho 7 | cat\n```\n\n## If it is 7\n\n```bash name=gone\nrm -rf gone\n```\n\n```bash name=second\n[ "$found" = 7 ]; ls; exit 3\n```\n';
    const args = ['run', 'runbook.md', '--unattended', '--holds', 'gone', '--approve', 'gone'];
    const { folder, exitCode } = await handrail({ runbook, args });
    expect(exitCode).toBe(1);
    const recorded = await handrail({ folder, args: ['test', '--record', 'last'] });
    expect(recorded.exitCode).toBe(0);
    const tested = await handrail({ folder, args: ['test'] });
    expect([tested.exitCode, tested.stdout]).toEqual([
      0,
      expect.stringContaining('1 test, all passed'),
    ]);
    const junit = await handrail({ folder, args: ['test', '--format', 'junit'] });
    expect(junit.stdout).toContain('<testsuite name="runbook.test.yaml" tests="1" failures="0">');
    const again = await handrail({ folder, args: ['test', '--record', 'last'] });
    expect([again.exitCode, again.stderr]).toEqual([64, expect.stringContaining('already there')]);
  });
});

describe('the recorded test of a step with a probe passes, whatever the two came to', () => {
  for (const [was, step, before] of [
    ['skipped, as it was done already', 'true', ['touch done']],
    ['passed', 'touch done', []],
    ['failed', 'exit 4', []],
    ['not done by its step', 'true', []],
    ['done at the second try', '[ -e once ] && touch done; touch once', []],
  ] as const)
    test(was, async () => {
      const runbook = `# T\n\n\`\`\`bash name=do retries=1 delay=1ms\n${step}\n\`\`\`\n\n\`\`\`bash verify\nls done | cat\ntest -e done\n\`\`\`\n`;
      const { folder } = await handrail({ runbook, args: ['runs'] });
      if (before.length > 0) writeFileSync(path.join(folder, 'done'), '');
      await handrail({ folder, args: ['run', 'runbook.md', '--unattended'] });
      const { stderr } = await handrail({ folder, args: ['test', '--record', 'last'] });
      const tested = await handrail({ folder, args: ['test'] });
      expect([stderr, tested.stdout]).toEqual(['', expect.stringContaining('all passed')]);
    });

  test('of each item of a list', async () => {
    const runbook =
      '---\ninputs: { hosts: { default: [a, b] } }\n---\n# T\n\n~~~bash name=do each="host in hosts"\ntouch "{{host}}"\n~~~\n\n~~~bash verify\nls b\n~~~\n';
    const { folder } = await handrail({ runbook, args: ['run', 'runbook.md', '--unattended'] });
    await handrail({ folder, args: ['test', '--record', 'last'] });
    const tested = await handrail({ folder, args: ['test'] });
    expect(tested.stdout).toContain('all passed');
  });
});

test('what a test says of a probe that is not there is told', async () => {
  const tests = 'tests: [{ name: it, instead: { go: { probe: [{ exit: 1 }] } } }]\n';
  const page = '# T\n\n```bash name=go\nfrobnicate\n```\n';
  expect((await resultsOf(tests, page))[0]?.[1].join()).toContain(
    'what the probe of `go` comes to, and it has none',
  );
});

test('the recorded test of a run passes whose steps ran out of time, were stopped, were skipped by somebody or done by hand', async () => {
  const page = [
    '# T',
    '```bash name=slow timeout=200ms on-fail=continue\nsleep 30\n```',
    '```bash name=left\ntouch left-over\n```',
    '- [ ] Somebody has looked',
    '```bash name=stopped\nsleep 30\n```',
    '```bash name=last\necho last\n```',
  ].join('\n\n');
  const ada = sitDown({ runbook: page });
  await ada.press('r');
  await ada.sees('TIMED-OUT');
  await ada.press('s');
  await ada.answer('not today');
  await ada.press('d', 'r');
  await ada.until(() => ada.eventsOf('step.started').some((event) => event.stepId === 'stopped'));
  ada.type('\u0003');
  await ada.sees('leave it failed, go on');
  await ada.press('g');
  await ada.answer('it may');
  await ada.press('m');
  await ada.answer('as the page says');
  await ada.ends();
  const { folder } = ada;
  const recorded = await handrail({ folder, args: ['test', '--record', 'last'] });
  expect(recorded.stderr).toBe('');
  const text = readFileSync(path.join(folder, 'runbook.test.yaml'), 'utf8');
  for (const words of ['outcome: timed-out', 'left: skip', 'stopped: go-on', 'last: confirm'])
    expect(text).toContain(words);
  const tested = await handrail({ folder, args: ['test'] });
  expect(tested.stdout).toContain('1 test, all passed');
});

test('of several ways the recorded test takes the one that was taken', async () => {
  const runbook =
    '# T\n\nOn Debian:\n\n```bash name=deb\necho deb\n```\n\nOn Alpine:\n\n```bash name=alp\necho alp\n```\n\n```bash name=both\n# On Fedora\necho fed\n\n# On Arch\necho arch\n```\n';
  const args = ['run', 'runbook.md', '--unattended', '--holds', 'alp', '--holds', 'both:2'];
  const { folder, exitCode } = await handrail({ runbook, args });
  expect(exitCode).toBe(0);
  const { stdout } = await handrail({ folder, args: ['test', '--record', 'last'] });
  const written = readFileSync(path.join(folder, 'runbook.test.yaml'), 'utf8');
  expect(written).toContain('    holds: [alp, "both:2"]\n    expect:');
  expect(stdout).toContain('runbook.test.yaml');
  const tested = await handrail({ folder, args: ['test'] });
  expect([tested.exitCode, tested.stdout]).toEqual([0, expect.stringContaining('all passed')]);
});

test('a step that stands otherwise says why, and the page is called as its author knows it', async () => {
  const page = md(`
---
inputs: { version: {} }
---
# Go

~~~bash name=go
git tag v{{version}}
~~~

~~~bash verify
git describe
~~~
`);
  expect(await differences('expect: { steps: { go: passed } }', page)).toContain(
    'step `go` is skipped, expected passed (it is done already: its probe passed)',
  );
});

test('a test file that is not there is said to be none, with how one is begun', async () => {
  const files = { 'release.md': '# Release\n\n```bash\necho out\n```\n' };
  for (const given of ['release.md', 'nosuch.test.yaml']) {
    const { exitCode, stderr } = await handrail({ files, args: ['test', given] });
    expect(exitCode).toBe(78);
    expect(stderr).toMatch(/^handrail: There is no test file `.*\.test\.yaml`\. Write it, or /);
  }
});

test('the recorded test keeps what went to standard error apart from what is captured', async () => {
  const runbook =
    '# T\n\n```bash name=first capture=found\necho odd >&2; echo 7; echo even >&2; echo 8\n```\n\n```bash name=second\necho "$found"\n```\n';
  const { folder } = await handrail({ runbook, args: ['run', 'runbook.md', '--unattended'] });
  await handrail({ folder, args: ['test', '--record', 'last'] });
  const written = readFileSync(path.join(folder, 'runbook.test.yaml'), 'utf8');
  expect(written).toContain('output: "7\\n8\\n"\n        error: "odd\\neven\\n"');
  expect((await handrail({ folder, args: ['test'] })).exitCode).toBe(0);
});

test('the recorded test of a step whose parts ran one by one prints what all of them did', async () => {
  const place = workplace(
    '# M\n\n~~~bash name=go\n# Move to shadow\necho shadow\n\n# After a week without violations, proceed\necho enforce\n\n# Mark it complete\necho complete; echo by >&2\n~~~\n',
  );
  const operator = scripted({ do: 'run' }, { do: 'holds' });
  const { run, report } = await place.run('ops.md', { request: { attended: true }, operator });
  expect(report.steps[0]?.attempts.length).toBeGreaterThan(1);
  const written = await recordedTest(await place.handrail.find(run), report, null);
  expect(written).toContain('output: "shadow\\nenforce\\ncomplete\\n"\n        error: "by\\n"');
});
