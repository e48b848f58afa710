import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cleanEnv, handrail } from '../../support/handrail.ts';

test.each(['no event\n', '{"type":\n', '{"type":"note.added"}\n', '\u0000\u0001\n'])(
  'a run whose log begins with %j is altered, and all others are listed',
  async (begin) => {
    const first = await handrail({ runbook: '# A\n\n```bash\ntrue\n```\n' });
    const { folder } = first;
    const [garbled = ''] = first.runs;
    const log = path.join(garbled, 'log.jsonl');
    const rest = readFileSync(log, 'utf8').split('\n').slice(1);
    writeFileSync(log, begin);
    appendFileSync(log, rest.join('\n'));
    await handrail({ folder, args: ['run', 'runbook.md', '--unattended'] });
    for (const command of ['runs', 'list', 'status']) {
      const { exitCode, stdout } = await handrail({ folder, args: [command] });
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/altered: .*handrail verify/)]);
      const json = await handrail({ folder, args: [command, '--json'] });
      expect(JSON.parse(json.stdout).altered).toHaveLength(1);
    }
    const listed = await handrail({ folder, args: ['runs', '--json'] });
    expect(JSON.parse(listed.stdout).runs).toHaveLength(1);
  },
);

const PIPE = (file: string): unknown => execFileSync('mkfifo', [file]);
const DEVICE = (file: string): unknown => symlinkSync('/dev/zero', file);
const FOLDER = (file: string): unknown => mkdirSync(file);
const PUT: readonly (readonly [string, number, readonly ((file: string) => unknown)[]])[] = [
  ['log.jsonl', 21, [PIPE, DEVICE, FOLDER]],
  ['output/a-1.log', 24, [PIPE, DEVICE]],
  ['run.md', 24, [PIPE, DEVICE]],
  ['../../runs.jsonl', 29, [PIPE, DEVICE, FOLDER]],
  ['../../runs.head', 30, [PIPE, DEVICE]],
];

test('a pipe, a device or a folder in the place of a stored file is no file: nothing waits for it or ends', async () => {
  const { folder, runs } = await handrail({ runbook: '# A\n\n```bash name=a\necho a\n```\n' });
  const [run = ''] = runs;
  for (const [name, verdict, puts] of PUT) {
    const file = path.join(run, name);
    renameSync(file, `${folder}/kept`);
    for (const put of puts) {
      put(file);
      expect([name, exitCodeOf(folder, 'verify'), exitCodeOf(folder, 'runs')]).toEqual([
        name,
        verdict,
        0,
      ]);
      rmSync(file, { recursive: true });
    }
    renameSync(`${folder}/kept`, file);
  }
  expect(exitCodeOf(folder, 'verify')).toBe(0);
});

test('a line that nobody wrote is never held in memory, however long', async () => {
  const { folder, runs } = await handrail({ runbook: '# A\n\n```bash\ntrue\n```\n' });
  truncateSync(path.join(runs[0] ?? '', 'log.jsonl'), 300_000_000);
  expect(exitCodeOf(folder, 'verify')).toBe(20);
});

/** Of a command that has to end by itself. */
function exitCodeOf(folder: string, command: string): number | null {
  return spawnSync(process.execPath, [path.resolve('dist/handrail.js'), command], {
    cwd: folder,
    env: cleanEnv(folder),
    timeout: 200_000,
  }).status;
}
