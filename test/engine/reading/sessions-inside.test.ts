import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

/** The texts of what is run of a fence. */
async function ranOf(fence: string, tag = ''): Promise<readonly string[]> {
  const { steps } = await read(`# Care\n\n\`\`\`${tag}\n${fence}\n\`\`\`\n`);
  return steps.filter(({ type }) => type !== 'manual').map(({ text }) => text);
}

const manualOf = async (fence: string, tag = ''): Promise<number> =>
  (await read(`# Care\n\n\`\`\`${tag}\n${fence}\n\`\`\`\n`)).steps.filter(
    ({ type }) => type === 'manual',
  ).length;

describe.each(['', 'console', 'bash'])('in a fence `%s`', (tag) => {
  test.each([
    'docker exec -it shop sh\n/ # rm -rf /tmp/a\n/ # exit',
    'sudo -i\nroot@web:~# rm -rf /tmp/a',
    // No record knows these to open one.
    'door-opener shop --now\n/ # rm -rf /tmp/a\n/app # ls',
    './enter.sh\nroot@web:~# rm -rf /tmp/a',
  ])('%j runs nothing here of what is typed elsewhere', async (fence) => {
    expect(await ranOf(fence, tag)).toEqual([]);
    expect(await manualOf(fence, tag)).toBe(1);
  });
});

test.each([
  '$ door-opener shop --now\nroot@shop:/# rm -rf /tmp/a\nroot@shop:/# exit',
  '$ door-opener shop --now\n[root@shop ~]# rm -rf /tmp/a',
  '$ door-opener shop --now\n/app # rm -rf /tmp/a',
])('%j opens a session in the middle: a person goes on', async (fence) => {
  expect(await ranOf(fence, 'console')).toEqual([]);
  expect(await manualOf(fence, 'console')).toBe(1);
});

test('what a host says before its prompt, and comments above one, are no commands', async () => {
  expect(await ranOf('Last login: Mon\nops@web:~$ uptime', 'console')).toEqual(['\nuptime']);
  expect(await ranOf('# look first\n$ uptime', 'console')).toEqual(['# look first\nuptime']);
});

test.each([
  ['~/shop main ❯ make ship\nok\n~/shop main* ❯ git push\ndone', 'make ship\n\ngit push'],
  ['➜  shop git:(main) ✗ git pull\nUp to date.\n➜  shop git:(main) ls', 'git pull\n\nls'],
  ['ops@Book shop % git pull\nok', 'git pull'],
])('of %j, what stands behind the prompt is typed', async (fence, typed) => {
  expect(await ranOf(fence, 'console')).toEqual([typed]);
});

test.each([
  ['python', '>>> import shop\n>>> shop.drop()'],
  ['js', '> db.carts.deleteMany({})\n{ acknowledged: true }'],
  ['ruby', 'irb(main):001:0> Order.delete_all'],
  ['scala', 'scala> Shop.drop()'],
  ['clojure', 'user=> (drop!)'],
  ['haskell', 'ghci> drop'],
])('what is typed into %s is a person’s whatever its tag', async (tag, fence) => {
  expect(await ranOf(fence, tag)).toEqual([]);
  expect(await manualOf(fence, tag)).toBe(1);
});

test.each([
  ['python', 'import shop\nshop.drop()'],
  ['html', '> quoted'],
  ['js', 'const a = (b) => c'],
])('a file in %s is none', async (tag, fence) => {
  expect(await manualOf(fence, tag)).toBe(0);
});

test.each([
  'sftp ops@files\nsftp> put a.tar\nsftp> bye',
  'ftp files\nftp> put a.tar\nftp> quit',
  'lftp files\nlftp files:~> mirror -R a',
])('what is typed at a file server in %j is not run here', async (fence) => {
  for (const tag of ['', 'bash', 'console']) {
    const text = tag === 'console' ? `$ ${fence}` : fence;
    expect(await ranOf(text, tag)).toEqual([]);
    expect(await manualOf(text, tag)).toBe(1);
  }
});

describe.each(['', 'console'])('in a fence `%s`', (tag) => {
  test.each([
    '>>> import shop\n>>> shop.drop()',
    'In [1]: shop.drop()\nOut[1]: 3',
    'irb(main):001:0> Order.delete_all\n=> 3',
    'iex(1)> Repo.delete_all(Order)\n{3, nil}',
    '(gdb) kill',
    '[zk: db:2181(CONNECTED) 0] deleteall /shop',
    'db1 :) TRUNCATE TABLE a\nOk.',
    'rs0 [direct: primary] shop> db.dropDatabase()\n{ ok: 1 }',
    '> db.dropDatabase()\n{ "ok" : 1 }\n> exit',
  ])('%j is a person’s to type, and not lost', async (fence) => {
    expect(await ranOf(fence, tag)).toEqual([]);
    expect(await manualOf(fence, tag)).toBe(1);
  });
});
