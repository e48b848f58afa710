import { spawn } from '@lydell/node-pty';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readsAsCommand } from '../../../src/engine/reading/shell-words.ts';
import { readTranscript } from '../../../src/engine/reading/transcript.ts';
import { handrail } from '../../support/handrail.ts';
import { read, stepsOf } from '../../support/read.ts';

const fenced = (text: string, tag = 'console'): string => `# X\n\n\`\`\`${tag}\n${text}\n\`\`\`\n`;

/** Types and scripts of a page's steps. */
async function scripts(text: string, tag = 'console'): Promise<readonly string[]> {
  const { steps } = await read(fenced(text, tag));
  return steps.map((step) => `${step.type}: ${step.text.trim()}`);
}

test('a branch that root typed is no condition of the page', async () => {
  const { steps } = await read(fenced('# if [ -f notes ]; then echo have; fi\nhave'));
  expect(steps.map(({ condition }) => condition)).toEqual([undefined]);
});

test.each([
  ['root behind `# `', '# echo "rm x"\nrm x', 'echo "rm x"'],
  ['a folder and a branch in front', '➜  ~ git:(main) ✗ ls -l\nnotes', 'ls -l'],
  ['a folder and a branch', '➜  app git:(main) ls -l\nnotes', 'ls -l'],
  [
    'root with commands only',
    '# systemctl stop app\n# systemctl start app',
    'systemctl stop app\nsystemctl start app',
  ],
  [
    'root at a branch of several lines, whose output is a command too',
    '# echo aa\naa\n# if true; then\n> echo yes\n> fi\nyes\n# echo bb\nbb',
    'echo aa\n\nif true; then\necho yes\nfi\n\necho bb',
  ],
  [
    'root and a word about it',
    '# systemctl stop app\n# Then start it again\n# systemctl start app',
    'systemctl stop app\n# Then start it again\nsystemctl start app',
  ],
  [
    'a line of output that begins like a continuation',
    "$ printf '> rm x\\n'\n> rm x",
    "printf '> rm x\\n'",
  ],
  [
    'a line of output that begins like the prompt of root',
    '[ops@db ~]$ cat notes\n# rm x\n[root@db ~]# rm y\n$ rm z',
    'cat notes',
  ],
  [
    'output of root that begins like the prompt of another host',
    '# cat -n notes\nops@db:~$ rm x\n# ls /srv\n[root@db ~]# rm y',
    'cat -n notes\n\nls /srv',
  ],
  ['output that is indented like a usage', '$ tool --help\nUsage:\n  $ tool run x', 'tool --help'],
  ['a prompt that stands alone at the end', '[ops@db ~]$ echo hi\nhi\n[ops@db ~]$', 'echo hi'],
  ['a prompt that stands alone in between', '$ echo a\na\n$\n$ echo b', 'echo a\n\n\necho b'],
  [
    'the time in front of a prompt',
    '[12:03] ops@db:~$ echo a\n12:03:11 up 3 days\n[12:04] ops@db:/srv$ echo b',
    'echo a\n\necho b',
  ],
  ['a path that changes', 'ops@db:~$ cd /srv\nops@db:/srv$ ls', 'cd /srv\nls'],
  [
    'an environment that is entered',
    '$ . bin/activate\n(venv) $ pip list',
    '. bin/activate\npip list',
  ],
  [
    'the prompt of fish',
    'ops@db ~/app (main)> echo a\na\nops@db ~> echo b > x\n> /etc/passwd',
    'echo a\necho b > x',
  ],
  [
    'a branch in the prompt',
    'ops@db ~/app (main) $ git stash\nSaved\nops@db ~/app (main *) $ git pull',
    'git stash\ngit pull',
  ],
  ['a host in front of a per cent sign', 'web1% ls\na b\nweb1% ls -l', 'ls\n\nls -l'],
  ['a prompt of two lines', '┌──(ops㉿db)-[~]\n└─$ ls\na\n┌──(ops㉿db)-[~]\n└─$ pwd', 'ls\n\npwd'],
  ['a cluster in brackets', '(⎈|prod:web) $ ls\nrm x', 'ls'],
  ['a prompt that nobody knows', 'prod (eu) λ ls\nrm x\nprod (eu) λ pwd', 'ls\n\npwd'],
  ['another one', '[db-1] (/srv) # ls\nrm x\n[db-1] (/srv/app) # pwd', 'ls\n\npwd'],
  ['an arrow with its folder', '➜  app git:(main) ✗ git pull\ndone\n➜  ~ ls', 'git pull\nls'],
  ['the prompt of a folder', '/srv/app# ls -l\ntotal 0', 'ls -l'],
  [
    'a loop without second prompts',
    '$ for i in 1 2; do\n  echo $i\ndone\n1\n2',
    'for i in 1 2; do\n  echo $i\ndone',
  ],
  [
    'a here-document without second prompts',
    '$ cat <<END\n> a\n$b\nEND\n> a',
    'cat <<END\na\n$b\nEND',
  ],
  ['a pipe that goes on', '$ echo a |\n> cat\na', 'echo a |\ncat'],
  ['a quote that goes on', '$ echo "a\n> b"\na\nb', 'echo "a\nb"'],
  ['a backslash', '# ls \\\n> -l\ntotal 0', 'ls \\\n-l'],
  [
    'a here-document with prompts in it',
    'cat <<END > readme\n$ make install\nEND',
    'cat <<END > readme\n$ make install\nEND',
  ],
])('%s: only what was typed is a command', async (_what, text, commands) => {
  const [step] = await scripts(text);
  expect(step?.replace(/\n+/g, '\n')).toBe(`shell: ${commands}`.replace(/\n+/g, '\n'));
});

test.each([
  ['console', '# Update the packages\napt-get update'],
  ['console', '# find packages\napt list --upgradable'],
  ['bash', '# docker ps\ndocker ps -a'],
])('in %s a comment above a command is a comment: %j', async (tag, text) => {
  expect(await scripts(text, tag)).toEqual([`shell: ${text}`]);
});

test.each([
  ['a quote that nobody closes', "$ echo don't\nsome output", 'console'],
  ['a here-document without its end', '$ cat <<END > /etc/app.conf\na = 1', 'console'],
  ['a statement without its end', 'shop=# DELETE FROM stock\nWHERE id = 7', 'sql'],
  ['a statement that a new prompt cuts off', 'shop=# DELETE FROM stock\nshop=# SELECT 1;', 'sql'],
  [
    'a shell and a database in one',
    '$ systemctl stop app\n$ psql shop\nshop=# DELETE FROM stock;',
    'console',
  ],
])('%s is left to a person', async (_what, text, tag) => {
  const { steps } = await read(fenced(text, tag));
  expect(steps.map(({ type, why }) => [type, why])).toEqual([
    ['manual', expect.stringMatching(/never ends|in one/)],
  ]);
});

test.each([
  [
    'goes on to its semicolon',
    'shop=> DELETE FROM stock\nWHERE id = 7;\nDELETE 1',
    'DELETE FROM stock\nWHERE id = 7;',
  ],
  [
    'goes on to the end of its quote, whatever that says',
    'shop=# DO $$\nBEGIN\n  DELETE FROM a WHERE id = 1;\nEND\n$$;\nDO\nshop=# SELECT 1;',
    'DO $$\nBEGIN\n  DELETE FROM a WHERE id = 1;\nEND\n$$;\nSELECT 1;',
  ],
  [
    'goes on behind second prompts',
    'shop=# SELECT (1\nshop(# + 2)\nshop-# AS n;\n n\n---\n 3\n(1 row)',
    'SELECT (1\n+ 2)\nAS n;',
  ],
  [
    'goes on behind the prompt of a cluster',
    'root@:26257/shop> DELETE FROM t\n               -> WHERE a = 1;\nDELETE 1',
    'DELETE FROM t\nWHERE a = 1;',
  ],
  [
    'goes on behind the prompt again',
    'db=> UPDATE t SET a = 1\ndb=> WHERE b = 2;',
    'UPDATE t SET a = 1\nWHERE b = 2;',
  ],
  [
    'ends where the database answers',
    'db=# SELECT 1\n ?column?\n----------\n 1\n(1 row)\n\ndb=# DROP TABLE x',
    'SELECT 1\nDROP TABLE x',
  ],
  [
    'has a semicolon in quotes',
    "db=# SELECT ';'\n, 2;\n ?column? | ?column?\n----------+----------",
    "SELECT ';'\n, 2;",
  ],
  [
    'has a semicolon in a comment',
    'db=# DELETE FROM t -- all;\nWHERE a = 1;',
    'DELETE FROM t -- all;\nWHERE a = 1;',
  ],
  ['has a body in dollars', 'db=# DO $$ BEGIN\nNULL;\nEND $$;\nDO', 'DO $$ BEGIN\nNULL;\nEND $$;'],
  [
    'stands between opening and leaving',
    '$ psql shop\npsql (16.1)\nshop=# SELECT 1;\nshop=# \\q',
    'SELECT 1;',
  ],
])('a statement of a session %s', async (_what, text, statements) => {
  for (const tag of ['sql', 'console', '']) {
    const [step] = await scripts(text, tag);
    expect(step?.replace(/\n+/g, '\n')).toBe(`sql: ${statements}`);
  }
});

test.each([
  ['mysql', 'mysql> DELETE FROM t\n    -> WHERE a = 1;\nQuery OK, 1 row affected'],
  ['mariadb', 'MariaDB [shop]> DELETE FROM t WHERE a = 1;'],
  ['sqlite', '$ sqlite3 app.db\nsqlite> DELETE FROM t\n   ...> WHERE a = 1;\nsqlite> .quit'],
])('a session of %s is a person’s: it is never run on PostgreSQL', async (own, text) => {
  for (const tag of ['sql', 'console', '', own])
    expect((await scripts(text, tag)).join()).toMatch(/^manual: /);
  expect(await scripts('DELETE FROM t;', own)).toEqual(['manual: DELETE FROM t;']);
});

test.each([
  ['SQL> shutdown immediate\nDatabase closed.', 'sql'],
  ['SQL> delete from t;\n1 row deleted.', 'sql'],
  ['0: jdbc:hive2://db:10000> drop table t;', 'sql'],
  ['[db-1:21000] shop> drop table t;', 'sql'],
  ['trino:web> delete from t;', 'sql'],
  ['cache:6379> CONFIG GET maxmemory\n1) "maxmemory"\n2) "0"\ncache:6379> FLUSHALL\nOK', 'console'],
  ['rs0:PRIMARY> rs.stepDown()', 'console'],
  ['shop [direct: primary] admin> rs.stepDown()', 'console'],
  ['mongos> sh.stopBalancer()', ''],
  ['prod> ls\na', 'bash'],
  ['prod> ls\na\nprod> rm a', 'console'],
  ['web1# ls\na\nweb1# rm a', 'console'],
])('a session of another client is a person’s: %j', async (text, tag) => {
  expect((await scripts(text, tag)).join()).toMatch(/^manual: /);
});

test('what a client of a database is told below it in the same fence is SQL', async () => {
  expect(await scripts('psql "$URL"\nSELECT 1;\n\\q', 'bash')).toEqual(['sql: SELECT 1;']);
  expect(await stepsOf(fenced('# Open it\n$ psql shop\nSELECT 1;', 'bash'))).toHaveLength(1);
});

const WORDS = fc.stringMatching(/^[a-z]{1,6}$/);
/** Commands with the lines a person types for them. */
const COMMAND: fc.Arbitrary<readonly string[]> = fc.oneof(
  WORDS.map((word) => [`echo ${word}`]),
  WORDS.map((word) => [`printf '\\n${word}\\n\\n'`]),
  WORDS.map((word) => [`printf '> %s\\n' ${word} 'rm x'`]),
  WORDS.map((word) => [`printf '%% %s\\n  - %s\\n' ${word} 'ls -l'`]),
  WORDS.map((word) => [`printf 'root@%s:/# rm x\\n  $ rm y\\n' ${word}`]),
  WORDS.map((word) => [`printf 'NAME   READY\\n%s      1/1\\n\\n{"a": 1}\\n' ${word}`]),
  WORDS.map((word) => [`printf '1. rm x\\n- rm %s\\nSELECT 1;\\n' ${word}`]),
  WORDS.map((word) => [`echo "${word}`, `  it's ${word}"`]),
  WORDS.map((word) => [`echo ${word} \\`, `${word}`]),
  WORDS.map((word) => [`echo ${word} |`, 'cat']),
  WORDS.map((word) => [`true &&`, `echo ${word}`]),
  WORDS.map((word) => [`cat <<END`, `> ${word}`, '', '  $((1 + 1))', 'END']),
  WORDS.map((word) => [`for i in 1 2; do`, `  echo "$i ${word}"`, 'done']),
  WORDS.map((word) => [`if true; then`, `echo ${word}; fi`]),
  WORDS.map((word) => [`case ${word} in`, `  *) echo "${word})"`, '  ;;', 'esac']),
  WORDS.map((word) => [`echo $(`, `echo ${word}`, ')']),
  WORDS.map((word) => [`cd /tmp; echo '${word}`, "'"]),
  fc.constant(['cd /tmp']),
  fc.constant(['true']),
);

/** As bash, csh, zsh and their like are set up to ask, also by version control, clusters and environments. */
const PROMPTS: readonly string[] = [
  '$ ',
  '# ',
  'ops@db1:\\w$ ',
  '[root@db1 \\W]# ',
  'sh-5.2# ',
  '/srv# ',
  '[\\t] ops@db1:\\w$ ',
  '\\D{%Y-%m-%d %H:%M:%S} ops@db1:\\w$ ',
  '(venv) $ ',
  '(venv) ops@db1:\\w$ ',
  'ops@db1 \\w (main *) $ ',
  'ops@db1:\\w% ',
  'web1% ',
  '\\w $ ',
  '(⎈|prod:web) $ ',
  'prod (eu) λ ',
  '[db-1] (\\w) # ',
  '┌──(ops㉿db1)-[\\w]\\n└─$ ',
];

test('of what was typed at a terminal exactly the commands are read, and a replay passes', async () => {
  const pages: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PROMPTS),
      fc.array(COMMAND, { minLength: 1, maxLength: 6 }),
      async (prompt, commands) => {
        const session = await typed(prompt, commands);
        const found = readTranscript(session, (line) => readsAsCommand(line, new Set()), true);
        expect(found?.unfinished).toBeUndefined();
        expect(found?.entries.map(({ command }) => command)).toEqual(
          commands.map((lines) => lines.join('\n')),
        );
        pages.push(`\`\`\`console\n${session}\n\`\`\`\n`);
      },
    ),
    { numRuns: Number(process.env['HANDRAIL_PROPERTY_RUNS'] ?? 40) },
  );
  const { exitCode, stdout } = await handrail({ runbook: `# X\n\n${pages.join('\n')}` });
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('passed')]);
});

/** What a terminal shows of a bash that is told these commands, its last bare prompt included. */
function typed(prompt: string, commands: readonly (readonly string[])[]): Promise<string> {
  const lines = commands.flat();
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/tmp', TERM: 'dumb', PS2: '> ' };
  const bash = spawn('bash', ['--norc', '--noprofile', '--noediting', '-i'], {
    cols: 500,
    cwd: '/tmp',
    env: { ...env, PROMPT_COMMAND: `PS1='${prompt}'; PROMPT_COMMAND=` },
  });
  let shown = '';
  let next = 0;
  return new Promise((resolve) => {
    bash.onData((data) => {
      shown += data;
      if (!/(?:^|\n)(?:> |[^\n]*[$#%λ] )$/u.test(shown)) return;
      if (next < lines.length) bash.write(`${lines[next]}\n`);
      else {
        bash.kill('SIGKILL');
        resolve(shown.replaceAll('\r\n', '\n'));
      }
      next += 1;
    });
  });
}

describe('a note in a script that begins as a command does', () => {
  test.each([
    '# last resort\ntouch a',
    '# cut over\ndeploy shop',
    '# install\ndeploy shop',
    '# make clean\nmount it',
    '# test\ntouch a',
  ])('%j is a note, and what stands below it is run', async (text) => {
    const { steps } = await read(fenced(text, 'bash'));
    expect(steps.map((step) => [step.type, step.text])).toEqual([['shell', text]]);
  });

  test.each([
    ['# df -h\nroot 30G 20G', 'df -h'],
    ['# git pull\nAlready up to date.', 'git pull'],
  ])('%j is root at work', async (text, command) => {
    const { steps } = await read(fenced(text, 'bash'));
    expect(steps.map((step) => step.text.trim())).toEqual([command]);
  });
});

test('root typed what is asked for behind `# `, and comments out what is not', async () => {
  const page = (lead: string): string =>
    `# X\n\n${lead}\n\n${fenced('# docker compose ps -a', 'bash').slice(5)}`;
  expect((await read(page('Run the following command:'))).steps).toMatchObject([
    { type: 'shell', text: 'docker compose ps -a' },
  ]);
  expect((await read(page('It was like this.'))).steps).toMatchObject([{ type: 'manual' }]);
});

test('root typed a program that the page runs elsewhere, where the words above ask for it', async () => {
  const page = `# X\n\n${fenced('fleet-ctl add --key 1', 'bash').slice(5)}\nLook at it with the following command:\n\n${fenced('# fleet-ctl showkeys', 'bash').slice(5)}`;
  expect((await read(page)).steps).toMatchObject([
    {},
    { type: 'shell', text: 'fleet-ctl showkeys' },
  ]);
});

test.each([
  ['what a comparison shows behind two strokes', '// $ echo OK'],
  ['a comment of another language', '// # A title'],
  ['a line of a file by its number', '1     | - Hello World'],
])('nothing is run of %s', async (_name, text) => {
  expect((await scripts(text, 'bash')).filter((one) => one.startsWith('shell'))).toEqual([]);
});

test('what a test tool puts out opens no session, whatever it quotes', async () => {
  expect(await scripts('$ scrut_run err 2>&1\n// $ echo OK\n1     | - Fail', 'scrut')).toEqual([
    'shell: scrut_run err 2>&1',
  ]);
});

describe('what stands behind a prompt and may be of a text that is shown is never run without a word', () => {
  const doubts = async (text: string): Promise<readonly boolean[]> =>
    (await read(fenced(text))).steps.map((step) => step.doubtful !== undefined);

  test.each([
    '# cat notes\nTo restart:\n# reboot\n# uptime\nup',
    '# cat app.conf\n# Reload with:\n# systemctl reload app\nport = 80',
    '$ grep -n restart README\n12:run this:\n$ reboot',
    "$ printf '> no\\n$ reboot\\n'\n> no\n$ reboot",
  ])('%j is doubtful', async (text) => {
    expect(await doubts(text)).toEqual([true]);
  });

  test.each([
    '# cat app.conf\nport = 80\n# systemctl restart app\n# uptime\nup',
    '$ uptime\nup\n# Then restart it:\n$ systemctl restart app',
    "$ printf 'a'\na\n$ ls",
  ])('%j is not', async (text) => {
    expect(await doubts(text)).toEqual([false]);
  });

  test('more blanks than behind the first prompt are of a file', async () => {
    const [script = ''] = await scripts(
      '# cat app.conf\n# Reload with\n#   systemctl reload app\n# uptime\nup',
    );
    expect(script.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      'shell: cat app.conf',
      'uptime',
    ]);
  });
});
