import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outputFile } from '../../../../src/engine/record/files.ts';
import { handrail } from '../../../support/handrail.ts';
import { type SshHosts, sshHosts } from '../../../support/ssh-hosts.ts';

const NAMES = ['db1', 'db2', 'db3', 'db4'];
let hosts: SshHosts;
beforeAll(async () => {
  hosts = await sshHosts(...NAMES);
});
afterAll(() => hosts.close());
beforeEach(() => {
  for (const name of NAMES)
    for (const file of ['seen', 'met', 'broken', 'undone'])
      rmSync(path.join(hosts.home(name), file), { force: true });
});

const env = (): Record<string, string> => ({ PATH: `${hosts.bin}:${process.env['PATH']}` });
const run = (runbook: string, ...more: string[]) =>
  handrail({ runbook, args: ['run', '{file}', '--all', '--unattended', ...more], env: env() });
const on = (...more: string[]) => ['--on', NAMES.join(','), ...more];
const mark = (name: string): void => writeFileSync(path.join(hosts.home(name), 'broken'), '');

/** Ends on no host before so many of them are at it. */
const meeting = (count: number): string =>
  `touch ~/met; until [ $(ls ~/../*/met | wc -l) -ge ${count} ]; do sleep 0.05; done`;

describe('hosts side by side', () => {
  test('are at it at once, each line behind its own host, and each step is recorded once', async () => {
    const { exitCode, stdout, events, folder } = await run(
      `# A\n\n\`\`\`bash name=meet\n${meeting(4)}; printf "half "; sleep 0.2; echo "line of $(basename ~)"\n\`\`\`\n\n\`\`\`bash name=then\necho x >> ~/seen\n\`\`\`\n`,
      ...on('--parallel', '4'),
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('8 passed')]);
    for (const name of NAMES) {
      expect(stdout).toMatch(new RegExp(`^  ${name} \\| half line of ${name}$`, 'm'));
      expect(hosts.read(name, 'seen')).toBe('x\n');
    }
    const started = events.filter(({ type }) => type === 'step.started');
    expect(new Set(started.map((event) => JSON.stringify(Object(event).stepId))).size).toBe(8);
    expect((await handrail({ folder, args: ['verify', 'last'] })).exitCode).toBe(0);
  });

  test('are recorded each with what it printed itself, whoever ends first', async () => {
    const page = `# A\n\n\`\`\`bash name=say\nme=$(basename ~); ${meeting(4)}; for n in 1 2 3; do echo "$n of $me"; sleep 0.0\${me: -1}; done\n\`\`\`\n`;
    const { exitCode, folder, runs } = await run(page, ...on('--parallel', '4'));
    expect(exitCode).toBe(0);
    for (const name of NAMES)
      expect(readFileSync(path.join(runs[0] ?? '', outputFile(`say@${name}`, 1)), 'utf8')).toBe(
        `1 of ${name}\n2 of ${name}\n3 of ${name}\n`,
      );
    expect((await handrail({ folder, args: ['verify', 'last'] })).exitCode).toBe(0);
  });

  test('are so many at a time, and no more', async () => {
    const { exitCode, stdout } = await run(
      '# A\n\n```bash\ntouch ~/met; ls ~/../*/met | wc -l; sleep 0.3; mv ~/met ~/was\n```\n',
      ...on('--parallel', '2'),
    );
    expect(exitCode).toBe(0);
    const counts = [...stdout.matchAll(/db\d \| (\d+)$/gm)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(4);
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
  });

  const FRAIL = `# A\n\n\`\`\`bash\n${meeting(2)}; test ! -e ~/broken\n\`\`\`\n\n\`\`\`bash\necho x >> ~/seen\n\`\`\`\n`;
  const seen = (): readonly string[] => NAMES.map((name) => hosts.read(name, 'seen'));

  test('that were begun come to their end when one fails, and no other is begun', async () => {
    mark('db1');
    const { exitCode, stdout } = await run(FRAIL, ...on('--parallel', '2'));
    expect([exitCode, seen()]).toEqual([1, ['', 'x\n', '', '']]);
    expect(stdout).toContain('not reached');
  });

  test('all have their turn with --keep-going, and the run has failed', async () => {
    mark('db1');
    mark('db3');
    const { exitCode, stdout } = await run(FRAIL, ...on('--parallel', '2', '--keep-going'));
    expect([exitCode, seen()]).toEqual([1, ['', 'x\n', '', 'x\n']]);
    expect(stdout).toContain('and so on another host');
  });

  test('that are in doubt together are each asked about: `last` takes none of them in silence', async () => {
    const page = '# A\n\n```bash name=change effect=writes\necho x >> ~/seen; kill -9 $$\n```\n';
    const { exitCode, folder } = await run(
      page,
      ...['--on', 'db1,db2', '--parallel', '2', '--approve', 'change'],
    );
    expect(exitCode).toBe(4);
    const resume = (...words: string[]) =>
      handrail({ folder, args: ['resume', '--unattended', ...words], env: env() });
    for (const word of ['--done', '--not-done']) {
      const refused = await resume(word, 'last');
      expect([refused.exitCode, refused.stderr]).toEqual([
        64,
        expect.stringContaining(`${word} change@db1 ${word} change@db2`),
      ]);
    }
    expect((await resume('--done', 'change@db1', '--done', 'change@db2')).exitCode).toBe(0);
    expect([hosts.read('db1', 'seen'), hosts.read('db2', 'seen')]).toEqual(['x\n', 'x\n']);
  });

  test('are gone on with where each of them stopped', async () => {
    mark('db2');
    const { exitCode, folder } = await run(
      `# A\n\n\`\`\`bash\ncd /tmp; here=$(basename ~)\n\`\`\`\n\n\`\`\`bash\n${meeting(4)}; test ! -e ~/broken\n\`\`\`\n\n\`\`\`bash\necho "$here $PWD" >> ~/seen\n\`\`\`\n`,
      ...on('--parallel', '4'),
    );
    expect([exitCode, hosts.read('db2', 'seen')]).toEqual([1, '']);
    rmSync(path.join(hosts.home('db2'), 'broken'));
    const again = await handrail({ folder, args: ['resume', 'last', '--unattended'], env: env() });
    expect(again.exitCode).toBe(0);
    expect(seen()).toEqual(NAMES.map((name) => `${name} /tmp\n`));
  });

  test('end with the run, and nothing of them is left behind', async () => {
    const { exitCode, events } = await run(
      '# A\n\n```bash\necho $$ > ~/seen; sleep 300\n```\n',
      ...on('--parallel', '4', '--timeout', '3s'),
    );
    expect(exitCode).toBe(124);
    const ended = events.filter(({ type }) => type === 'step.finished');
    expect(ended).toHaveLength(events.filter(({ type }) => type === 'step.started').length);
    for (const pid of seen().filter((text) => text !== ''))
      expect(() => process.kill(Number(pid), 0)).toThrow();
  });

  test.each([['0'], ['two'], ['-1']])('are no `%s` at a time', async (count) => {
    expect((await run('# A\n\n```bash\ntrue\n```\n', '--parallel', count)).exitCode).toBe(64);
  });
});

describe('what is captured on a host', () => {
  const CAPTURE =
    '# A\n\n```bash capture=who\nbasename ~\n```\n\n```bash\nsleep 0.2; echo "{{who}} on $(basename ~)" >> ~/seen; test ! -e ~/broken\n```\n';

  test.each([[[]], [['--parallel', '4']]])('is its own value there (%j)', async (more) => {
    const { exitCode, stdout, folder } = await run(CAPTURE, ...on(...more));
    expect(exitCode).toBe(0);
    for (const name of NAMES) expect(hosts.read(name, 'seen')).toBe(`${name} on ${name}\n`);
    expect((await handrail({ folder, args: ['verify', 'last'] })).exitCode).toBe(0);
    for (const [, told, there] of stdout.matchAll(/echo "(\w+) on \$.* on (\w+) +passed/g))
      expect(told).toBe(there);
  });

  test('is so when the run is gone on with, too', async () => {
    mark('db2');
    const { exitCode, folder } = await run(CAPTURE, ...on('--keep-going'));
    expect(exitCode).toBe(1);
    rmSync(path.join(hosts.home('db2'), 'broken'));
    await handrail({ folder, args: ['resume', 'last', '--unattended'], env: env() });
    expect(hosts.read('db2', 'seen')).toBe('db2 on db2\ndb2 on db2\n');
  });
});
