import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quoted } from '../../../src/process/bash-quoting.ts';
import { type TestRun, testRun } from '../support.ts';

let folder: string;
let run: TestRun;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'shell-state-')));
  run = testRun(folder, { GIVEN: 'from the environment', OTHER: 'x' });
});
afterEach(async () => {
  await run.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs steps in order and hands back what the last one printed. */
async function last(...texts: readonly string[]): Promise<string> {
  let stdout = '';
  for (const text of texts) ({ stdout } = await run.run(text));
  return stdout;
}

describe('what one step leaves is there in the next', () => {
  test.each([
    ['a plain variable', 'A=1', 'echo "$A"', '1\n'],
    ['a plain variable stays unexported', 'A=1', 'env | grep -c "^A=" || echo "$A"', '0\n1\n'],
    ['an exported variable', 'export A="a b"', 'env | grep ^A=', 'A=a b\n'],
    [
      'an indexed array with gaps',
      'A=(x "y z"); A[7]=w',
      'echo "${!A[*]}: ${A[1]}"',
      '0 1 7: y z\n',
    ],
    [
      'an associative array',
      'declare -A A=([k 1]="v" ["]"]=w)',
      'echo "${A[k 1]}${A["]"]}"',
      'vw\n',
    ],
    ['an integer variable', 'declare -i A=5', 'A+=2; echo "$A"', '7\n'],
    ['a readonly variable', 'readonly A=1', '(A=2) 2>/dev/null || echo "kept $A"', 'kept 1\n'],
    ['an array declared and never set', 'declare -a A', 'declare -p A', 'declare -a A\n'],
    ['a reference to a variable', 'B=5; declare -n A=B', 'echo "$A"', '5\n'],
    ['a changed environment variable', 'GIVEN=new', 'env | grep ^GIVEN=', 'GIVEN=new\n'],
    [
      'an environment variable that is no longer exported',
      'export -n GIVEN',
      'env | grep -c ^GIVEN= || echo "$GIVEN"',
      '0\nfrom the environment\n',
    ],
    ['an unset environment variable', 'unset GIVEN', 'echo "${GIVEN-unset}"', 'unset\n'],
    ['an unset variable', 'A=1; unset A', 'echo "${A-unset}"', 'unset\n'],
    ['IFS', 'IFS=:', 'v=a:b; set -- $v; echo "$#"', '2\n'],
    ['the file mask', 'umask 027', 'umask', '0027\n'],
    ['a function', 'f() { local x=$1; echo "<$x>"; }', 'f 3', '<3>\n'],
    ['an exported function', 'f() { echo in; }; export -f f', 'bash -c f', 'in\n'],
    ['a function with a here-document', 'f() { cat <<E\na $1\nE\n}', 'f b', 'a b\n'],
    ['an alias', "alias say='echo said'", 'say it', 'said it\n'],
    [
      'an alias named like a word of a function',
      "f() { ls; }; alias ls='nosuch'",
      'declare -f f >/dev/null && type -t ls',
      'alias\n',
    ],
    [
      'nothing of an alias that was removed',
      'alias e=echo',
      'unalias e; type -t e || echo none',
      'none\n',
    ],
    [
      'the previous folder',
      'cd /usr',
      'cd - >/dev/null; [ "$PWD" = "$HOME" ] && echo home',
      'home\n',
    ],
  ])('%s', async (_, first, second, stdout) => {
    expect(await last(first, second)).toBe(stdout);
  });

  test('the working directory, by the name it was reached', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(await last('cd link', 'pwd; cd -P .; pwd')).toBe(`${folder}/link\n${folder}/real\n`);
  });

  test('the working directory, whatever letters its name has', async () => {
    const name = 'Käse 日本 €';
    expect(await last(`mkdir '${name}'; cd '${name}'`, 'pwd')).toBe(`${folder}/${name}\n`);
    await run.run('cd ..; mkdir é; cd é', { annotations: { shell: 'sh' } });
    expect(await last('pwd')).toBe(`${folder}/é\n`);
  });

  test('through any number of steps', async () => {
    await run.run('n=0; f() { echo "f$n"; }; cd /usr');
    for (let step = 0; step < 5; step += 1) await run.run('n=$((n+1))');
    expect(await last('f; pwd')).toBe('f5\n/usr\n');
  });

  test('but no options and no traps', async () => {
    const stdout = await last(
      'set -f +e; shopt -s nullglob; trap "echo trapped" EXIT USR1',
      'trap -p USR1; [[ $- == *f* ]] || echo no; shopt -q nullglob || echo off; [[ $- == *e* ]] && echo errexit',
    );
    expect(stdout).toBe('no\noff\nerrexit\n');
  });

  test('but nothing of the shell itself and of handrail', async () => {
    await run.run('A=1');
    const names = JSON.parse(run.carried.get('shell') ?? '{}').variables.map(
      ({ name }: { readonly name: string }) => name,
    );
    expect(names).toEqual(['A']);
  });

  test('but not what a function kept to itself', async () => {
    expect(await last('x=outer', 'f() { local x=inner y=2; exit 0; }; f', 'echo "$x${y-}"')).toBe(
      'outer\n',
    );
  });

  test('in the same bytes, valid text or not', async () => {
    const stdout = await last("A=$'\\xff\\x01 é\\n'", 'printf %s "$A" | od -An -tx1');
    expect(stdout.trim()).toBe('ff 01 20 c3 a9 0a');
  });

  const text = (maxLength: number) =>
    fc.string({ unit: 'binary', maxLength }).map((value) => value.replaceAll('\0', ''));

  test('as values, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        text(40),
        fc.array(text(12), { maxLength: 4 }),
        // Bash takes these two for all keys.
        text(12).filter((key) => !['', '@', '*'].includes(key)),
        async (value, array, key) => {
          const fresh = testRun(folder);
          const set = [
            `value=${quoted(value)}; export shared=${quoted(value)}`,
            `array=(${array.map(quoted).join(' ')}); declare -A map; key=${quoted(key)}; map[$key]=${quoted(value)}`,
          ];
          const print = `printf '%s\\0' "$value" "$shared" "\${map[$key]}" "\${array[@]}"`;
          try {
            await fresh.run(set.join('\n'));
            await fresh.run('true');
            const { stdout } = await fresh.run(print);
            expect(stdout.split('\0').slice(0, -1)).toEqual(
              [value, value, value, ...(array.length > 0 ? array : [])].map((each) =>
                Buffer.from(each).toString(),
              ),
            );
          } finally {
            await fresh.close();
          }
        },
      ),
      { numRuns: Number(process.env['HANDRAIL_PROPERTY_RUNS'] ?? 60) },
    );
  });
});

describe('the state is kept however the script ends', () => {
  test.each([
    ['`exit`', 'A=1; exit 0'],
    ['`exit` in a function', 'f() { A=1; exit 0; }; f'],
    ['a failing exit code', 'A=1; exit 3'],
    ['errexit', 'A=1\nfalse\nA=2'],
    ['errexit in a function', 'f() { A=1; false; A=2; }; f'],
    ['an unset variable under nounset', 'set -u; A=1; echo "$nope"'],
    ['an EXIT trap of its own', 'trap "A=2" EXIT; A=1'],
    ['an EXIT trap of its own and `exit`', 'trap "rm -f nothing" EXIT; A=1; exit 0'],
    ['an EXIT trap of its own and errexit', 'trap "echo bye" 0 INT; A=1; false'],
    ['an EXIT trap that is taken back', 'trap "A=3" EXIT; trap - EXIT; A=1; exit 0'],
    ['ERR, DEBUG and RETURN traps', 'trap : ERR; trap "B=1" DEBUG; trap : RETURN; A=1; exit 0'],
    [
      'closed descriptors',
      'A=1; exec 0<&- 1>&- 2>&-; for n in {3..254}; do eval "exec $n>&-"; done',
    ],
    ['redirected output', 'A=1; exec >redirected 2>&1; echo hidden'],
    ['noclobber, noglob, nounset and xtrace', 'A=1; set -Cfux'],
    ['an odd IFS', 'A=1; IFS=/0'],
    ['POSIX mode', 'set -o posix; A=1'],
    [
      'functions named like builtins',
      'A=1; builtin() { echo no; }; declare() { echo no; }; printf() { echo no; }; trap() { echo no; }; exit() { echo no; }; unset() { echo no; }; eval() { echo no; }; :() { echo no; }',
    ],
    [
      'aliases named like builtins',
      "A=1; alias builtin='echo no' declare='echo no' if='echo no' printf='echo no'",
    ],
    ['a working directory that is gone', 'A=1; mkdir gone; cd gone; rmdir ../gone'],
  ])('with %s', async (_, text) => {
    await run.run(text);
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('a step that becomes another program loses only its own changes', async () => {
    expect(await last('A=1', 'A=2; exec true', 'echo "$A"')).toBe('1\n');
  });

  test('a step that is killed loses only its own changes', async () => {
    const killed = await run.run('A=1').then(() => run.run('A=2; kill -9 $$'));
    expect(killed).toMatchObject({ outcome: 'failed', signal: 'SIGKILL' });
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('a state that was not written whole fails the step, and the one before stands', async () => {
    await run.run('A=1');
    const cut = 'A=2; printf -v B "%9000s" x; trap "" XFSZ; ulimit -f 2';
    expect(await run.run(cut)).toMatchObject({
      outcome: 'failed',
      why: expect.stringContaining('written down whole'),
    });
    const transcript = [{ line: 0, command: cut, output: '', exitCode: null }];
    expect(await run.run(cut, { transcript })).toMatchObject({ outcome: 'failed' });
    expect(await run.run(cut, { annotations: { isolated: true } })).toMatchObject({
      outcome: 'passed',
    });
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('a state that is too large is not carried, and that is said', async () => {
    const { warnings } = await run.run('A=1').then(() => run.run('A=2; printf -v B "%9000000s" x'));
    expect(warnings?.join()).toContain('not carried');
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('an EXIT trap sees the exit code and still runs once', async () => {
    const { stdout, exitCode } = await run.run('trap \'echo "ended $?"\' EXIT; exit 7');
    expect({ stdout, exitCode }).toEqual({ stdout: 'ended 7\n', exitCode: 7 });
  });

  test("a subshell's own EXIT trap and `exit` are its own", async () => {
    const { stdout } = await run.run('A=1; (trap "echo sub" EXIT; A=2; exit 3) || echo "got $?"');
    expect(stdout).toBe('sub\ngot 3\n');
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('nothing of keeping it is seen by the script', async () => {
    const list =
      'echo /proc/$$/fd/*; compgen -v | grep -i handrail; declare -F; alias; trap -p INT';
    const plain = execFileSync('bash', ['-c', 'echo /proc/$$/fd/*'], { encoding: 'utf8' });
    const { stdout, stderr } = await run.run(`${list}; set -x; true`);
    const names = (text: string): readonly string[] =>
      text
        .trim()
        .replace(/\/proc\/\d+\/fd\//g, '')
        .split(/\s+/);
    const own = ['HANDRAIL_OUTPUT', 'HANDRAIL_RUN_ID', 'HANDRAIL_STEP_ID'];
    expect(names(stdout)).toEqual([...names(plain), ...own]);
    expect(stderr).toBe('++ true\n');
  });
});

describe('a step of its own', () => {
  test('a script with `#!` gets exported variables and folder, and leaves nothing', async () => {
    await run.run('export A=1; B=2; f() { :; }; cd /usr');
    const { stdout } = await run.run(
      '#!/usr/bin/env bash\necho "$A${B-}"; pwd; type -t f; A=9; cd /; export C=1',
    );
    expect(stdout).toBe('1\n/usr\n');
    expect(await last('echo "$A$B${C-}"; pwd')).toBe('12\n/usr\n');
  });

  test('an isolated fence keeps errexit, and leaves nothing', async () => {
    await run.run('export A=1; B=2; alias e=echo');
    const ran = await run.run('echo "$A${B-}"; A=2; false; echo no', {
      annotations: { isolated: true },
    });
    expect(ran).toMatchObject({ stdout: '1\n', outcome: 'failed' });
    expect(await last('echo "$A"')).toBe('1\n');
  });

  test('`cwd` and `env` hold for one step', async () => {
    await run.run('export X=before; cd /usr');
    const { stdout } = await run.run('echo "$X"; pwd; cd /', {
      annotations: { cwd: 'sub', env: { X: 'only here' } },
      context: { cwd: '/tmp' },
    });
    expect(stdout).toBe('only here\n/tmp\n');
    expect(await last('echo "$X"; pwd')).toBe('before\n/usr\n');
  });

  test('another POSIX shell takes and leaves the folder and exported variables', async () => {
    await run.run('export A=1; B=2; cd /usr');
    const sh = await run.run(
      'echo "$A ${B-none}"; export C="it\'s"; A=3; unset OTHER; cd /; exit 0',
      {
        annotations: { shell: 'sh' },
      },
    );
    expect(sh.stdout).toBe('1 none\n');
    expect(await last('echo "$A $B $C ${OTHER-unset}"; pwd')).toBe("3 2 it's unset\n/\n");
  });

  test('`interpreter` runs the fence as its script', async () => {
    const { stdout } = await run.run('console.log(1 + 1, process.argv.length)', {
      annotations: { interpreter: `"${process.execPath}" --no-warnings` },
    });
    expect(stdout).toBe('2 2\n');
  });
});

describe('secrets', () => {
  const secret = `p"a$s\`s\\wo'rd é`;

  test('are not in the carried state and come back from their inputs', async () => {
    const secretRun = testRun(folder, {}, { key: secret });
    await secretRun.run(`A=${quoted(`<${secret}>`)}; f() { echo ${quoted(secret)}; }`);
    const carried = secretRun.carried.get('shell') ?? '';
    for (const part of ['p"a', 'p\\\\\\"a', 's\\\\wo', "wo'rd", 'rd \\'])
      expect(carried).not.toContain(part);
    expect((await secretRun.run('echo "$A"; f')).stdout).toBe(`<${secret}>\n${secret}\n`);
    await secretRun.close();
  });

  test('are not in the name of a folder that is carried either', async () => {
    const secretRun = testRun(folder, {}, { key: 'schlüssel' });
    await secretRun.run('mkdir schlüssel; cd schlüssel');
    expect(secretRun.carried.get('shell')).not.toContain('ssel');
    expect((await secretRun.run('pwd')).stdout).toBe(`${folder}/schlüssel\n`);
    await secretRun.close();
  });

  test('take the variables that hold them with them when they are not bound again', async () => {
    const secretRun = testRun(folder, {}, { key: secret });
    await secretRun.run(`A=${quoted(secret)}; B=1`);
    await secretRun.close();
    run.carried.set('shell', secretRun.carried.get('shell') ?? '');
    expect(await last('echo "${A-unset} $B"')).toBe('unset 1\n');
  });
});
