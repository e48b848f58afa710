import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

const limiter = path.join(import.meta.dirname, '../../src/cli/running/young-memory.ts');

/** Megabytes that young objects have once much of what was made has survived, in a process that runs so many steps. */
function youngMb(steps: number): number {
  const script = `import { getHeapSpaceStatistics } from 'node:v8';
    import { limitYoungMemory } from ${JSON.stringify(limiter)};
    limitYoungMemory(${steps});
    let kept = [];
    for (let round = 0; round < 40; round += 1) {
      kept = [];
      for (let index = 0; index < 50_000; index += 1) kept.push({ index });
    }
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    console.log(young.space_size / 2 ** 20);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return Number(stdout);
}

test('memory for young objects stays small in a run of many steps, and only there', () => {
  expect(youngMb(1000)).toBeLessThan(4);
  expect(youngMb(99)).toBeGreaterThan(8);
});

test('memory may grow while much output passes, and code that is kept then counts as made as always', () => {
  const script = `import { cachedDataVersionTag } from 'node:v8';
    import { spareMarking } from ${JSON.stringify(limiter)};
    const tags = [cachedDataVersionTag()];
    const see = spareMarking();
    see(1000);
    tags.push(cachedDataVersionTag());
    see(2 ** 30);
    tags.push(cachedDataVersionTag());
    process.once('exit', () => console.log(JSON.stringify([...tags, cachedDataVersionTag()])));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const [first, little, much, last] = JSON.parse(stdout);
  expect([little, last]).toEqual([first, first]);
  expect(much).not.toBe(first);
});

test('the code that a run of many steps keeps is believed by the next one', async () => {
  const cache = mkdtempSync(path.join(tmpdir(), 'handrail-young-'));
  const env = { XDG_CACHE_HOME: cache };
  const runbook = `# Many\n${'\n```bash\ntrue\n```\n'.repeat(100)}`;
  let folder: string | undefined;
  const code = path.join(cache, 'handrail/code');
  // What is believed is added to by the first five processes and then left alone; what is not is made anew each time.
  const seen: string[] = [];
  for (let count = 0; count < 7; count += 1) {
    const call = await handrail({ runbook, env, ...(folder === undefined ? {} : { folder }) });
    expect(call.exitCode, call.stdout + call.stderr).toBe(0);
    folder = call.folder;
    const known = readdirSync(code).filter((name) => /^(?:main|page|run)-\S{8}\.cjs-/.test(name));
    seen.push(known.map((name) => statSync(path.join(code, name)).ino).join());
  }
  expect(seen[6]).toBe(seen[5]);
  rmSync(cache, { recursive: true });
}, 120_000);
