import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startOf } from '../../src/process/process-stat.ts';
import { endTree, membersOf } from '../../src/process/process-tree.ts';

/** A process group, as a step has it. */
async function group(env: Readonly<Record<string, string>> = {}) {
  const child = spawn('/bin/sh', ['-c', 'echo; sleep 300 & wait'], { detached: true, env });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  return { pid, child, ended: once(child, 'exit') };
}

test('a group is ended as what began when it was started, and by no number that it was given anew', async () => {
  const { pid, child, ended } = await group();
  for (const start of ['1', '']) {
    expect(membersOf({ group: pid, start })).toEqual([]);
    await endTree({ group: pid, start, marks: [] }, 50);
  }
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  const tree = { group: pid, start: startOf(pid) };
  expect(membersOf(tree)).toHaveLength(2);
  await endTree({ ...tree, marks: [] }, 5000);
  expect(await ended).toEqual([null, 'SIGTERM']);
});

test('whoever carries the marks is ended, whatever became of the group', async () => {
  const run = randomUUID();
  const { ended } = await group({ HANDRAIL_RUN: run });
  const other = await group();
  await endTree({ group: other.pid, start: '1', marks: [`HANDRAIL_RUN=${run}`] }, 5000);
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(other.child.signalCode).toBeNull();
  process.kill(-other.pid, 'SIGKILL');
});
