import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type HandrailCall, type HandrailResult, handrail } from '../../../support/handrail.ts';
import { type SshHosts, sshHosts } from '../../../support/ssh-hosts.ts';

/* A step on another host goes on when its engine or its line is lost: whoever goes on with the run asks there. */
let hosts: SshHosts;
beforeAll(async () => {
  hosts = await sshHosts('db1');
});
afterAll(() => hosts.close());
afterEach(() => {
  for (const file of ['go', 'count']) rmSync(at(file), { force: true });
});

const at = (file: string): string => path.join(hosts.home('db1'), file);
const env = (): Record<string, string> => ({ PATH: `${hosts.bin}:${process.env['PATH']}` });
const call = (more: HandrailCall): Promise<HandrailResult> => handrail({ env: env(), ...more });
const goOn = (folder: string, ...more: string[]): Promise<HandrailResult> =>
  call({ folder, args: ['resume', 'last', '--unattended', ...more] });
const page = (end: string): string =>
  `# A\n\n\`\`\`bash host=db1\necho x >> count; echo begun; until test -e go; do sleep 0.1; done; ${end}\n\`\`\`\n\n\`\`\`bash host=db1\necho "then in $PWD"\n\`\`\`\n`;
const resolved = ({ events }: HandrailResult) =>
  events.find(({ type }) => type === 'step.resolved');
/** Folders of a run that stand on the host; what others run beside the tests has its own. */
const left = ({ runs }: HandrailResult): readonly string[] =>
  [process.env['XDG_RUNTIME_DIR'] ?? '', '/dev/shm', '/tmp']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.startsWith(`handrail-${path.basename(runs.at(-1) ?? '')}-`));

describe('a step whose engine was lost', () => {
  const lose = (end: string): Promise<HandrailResult> =>
    call({ runbook: page(end), signalAt: { text: 'begun', signal: 'SIGKILL' } });

  test('is waited for where it still runs, and is done when it has passed there', async () => {
    const lost = await lose('true');
    const { folder } = lost;
    expect(left(lost)).toHaveLength(1);
    const resumed = goOn(folder);
    setTimeout(() => writeFileSync(at('go'), ''), 1500);
    const { exitCode, stdout, ...rest } = await resumed;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('then in')]);
    expect(resolved(rest as HandrailResult)).toMatchObject({
      outcome: 'done',
      by: 'db1',
      why: 'it ended there with exit code 0',
    });
    expect(hosts.read('db1', 'count')).toBe('x\n');
    expect(left(lost)).toEqual([]);
  });

  test.each([
    ['a variable', 'kept=1'],
    ['another folder', 'mkdir -p deep; cd deep'],
    ['a function', 'f() { :; }'],
    ['a value', 'echo "v=1" >> "$HANDRAIL_OUTPUT"'],
  ])('stays unknown where it left %s that later steps would miss', async (_, end) => {
    const { folder } = await lose(end);
    writeFileSync(at('go'), '');
    expect((await goOn(folder)).exitCode).toBe(4);
    expect(hosts.read('db1', 'count')).toBe('x\n');
    const isFolder = end.includes('cd ');
    if (isFolder) expect((await goOn(folder, '--done', 'last')).exitCode).toBe(65);
    const given = isFolder ? ['--input', `PWD=${at('deep')}`] : [];
    const { exitCode, stdout } = await goOn(folder, '--done', 'last', ...given);
    expect([exitCode, stdout.includes(`then in ${at('deep')}`)]).toEqual([0, isFolder]);
    expect(hosts.read('db1', 'count')).toBe('x\n');
  });

  test.each([
    ['a pipeline', 'echo a | tr a b'],
    ['a pipeline whose reader leaves early', 'seq 1 100000 | head -1'],
    ['a pipeline behind a trap', "trap 'echo a | tr a b' EXIT; seq 1 100000 | head -1"],
    ['a subshell', '(cd /; kept=1)'],
  ])('is done where %s left nothing of its own', async (_, end) => {
    const { folder } = await lose(end);
    writeFileSync(at('go'), '');
    const resumed = await goOn(folder);
    expect([resumed.exitCode, resolved(resumed)]).toMatchObject([0, { outcome: 'done' }]);
    expect(hosts.read('db1', 'count')).toBe('x\n');
  });

  test('is run again as any other that failed', async () => {
    const { folder } = await lose('test "$(wc -l <count)" -gt 1');
    writeFileSync(at('go'), '');
    const again = await goOn(folder);
    expect(again.exitCode).toBe(0);
    expect(resolved(again)).toMatchObject({
      outcome: 'not-done',
      why: 'it ended there with exit code 1',
    });
    expect(hosts.read('db1', 'count')).toBe('x\nx\n');
  });

  test('stays unknown where its output is what counts, and where nobody is left to say', async () => {
    const text = page('true').replace('host=db1', 'host=db1 capture=got');
    const { folder } = await call({
      runbook: text,
      signalAt: { text: 'begun', signal: 'SIGKILL' },
    });
    writeFileSync(at('go'), '');
    expect((await goOn(folder)).exitCode).toBe(4);
    expect(hosts.read('db1', 'count')).toBe('x\n');
  });
});

describe('what outlived its engine and its line', () => {
  const lost = async (text: string): Promise<HandrailResult> => {
    const one = await call({ runbook: text, signalAt: { text: 'begun', signal: 'SIGKILL' } });
    hosts.cut('db1');
    return one;
  };
  // Of another run of the tests, on this same machine, something may be at work still.
  const named = `lock: { name: orders-${Date.now()} }\n`;
  const runs = (): string => hosts.read('db1', 'count').replaceAll('\n', '');

  test.each([
    ['the page is started again', ''],
    ['another page under that lock is', named],
  ])('holds the lock where it is at work when %s', async (_, front) => {
    const text = `---\n${front}title: A\n---\n${page('true')}`;
    const first = await lost(text);
    // A state folder of its own, as on another machine: there the lock is free.
    const elsewhere = { env: { ...env(), XDG_STATE_HOME: path.join(first.folder, 'other') } };
    const args = ['run', 'runbook.md', '--unattended'];
    for (const more of [{}, elsewhere]) {
      const again = await call({ folder: first.folder, args, ...more });
      expect([again.exitCode, runs()]).toEqual([75, 'x']);
      const said = `${again.stdout}${again.stderr}`;
      // Which run it is stands as `<run>` in what the tests are shown.
      expect(said).toContain('(`handrail resume <run>` does)');
    }
    writeFileSync(at('go'), '');
    await expect.poll(() => left(first).length).toBe(1);
    await expect
      .poll(async () => (await call({ folder: first.folder, args })).exitCode, { timeout: 30_000 })
      .toBe(0);
    expect(runs()).toBe('xx');
  });

  test('holds nothing for what has no lock, or another one', async () => {
    const first = await lost(`---\n${named}---\n${page('true')}`);
    writeFileSync(
      path.join(first.folder, 'other.md'),
      '# B\n\n```bash host=db1\necho y >> count\n```\n',
    );
    const other = await call({ folder: first.folder, args: ['run', 'other.md', '--unattended'] });
    expect([other.exitCode, runs()]).toEqual([0, 'xy']);
    writeFileSync(at('go'), '');
    const args = ['resume', path.basename(first.runs.at(-1) ?? ''), '--unattended'];
    expect((await call({ folder: first.folder, args })).exitCode).toBe(0);
  });

  test('is not passed by on a word that it is done', async () => {
    const first = await lost(page('true'));
    const said = await goOn(first.folder, '--done', 'last');
    expect([said.exitCode, said.stdout]).toEqual([
      75,
      expect.not.stringContaining(`then in ${hosts.home('db1')}`),
    ]);
    writeFileSync(at('go'), '');
    await expect.poll(async () => (await goOn(first.folder)).exitCode, { timeout: 30_000 }).toBe(0);
    expect(runs()).toBe('x');
  });
});

test('a line that swallows everything leaves the step unknown after a while, and is asked when the run goes on', async () => {
  const proxy = await hosts.through('db1');
  const running = call({ runbook: page('true') });
  await expect.poll(() => hosts.read('db1', 'count')).not.toBe('');
  proxy.swallow();
  const unknown = await running;
  expect([unknown.exitCode, unknown.stdout]).toEqual([4, expect.stringContaining('unknown')]);
  // Still nobody answers: it is as unknown as before.
  expect((await goOn(unknown.folder)).exitCode).toBe(4);
  proxy.pass();
  writeFileSync(at('go'), '');
  const resumed = await goOn(unknown.folder);
  expect(resumed.exitCode).toBe(0);
  expect(resolved(resumed)).toMatchObject({ outcome: 'done', by: 'db1' });
  expect(hosts.read('db1', 'count')).toBe('x\n');
  await proxy.close();
}, 300_000);
