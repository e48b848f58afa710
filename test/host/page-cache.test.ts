import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pageCache } from '../../src/host/page-cache.ts';
import { readRunbook } from '../../src/host/read-page.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function page(text: string) {
  const file = path.join(folder, 'ops.md');
  writeFileSync(file, text);
  return await readRunbook(file, {});
}

const PAGE = '# One\n\n```bash\necho one\n```\n';

describe('a page that was read before', () => {
  test('is found by its very bytes, whole', async () => {
    const { source, runbook } = await page(PAGE);
    const cache = pageCache(path.join(folder, 'whole'), 'build');
    expect(cache.get(source)).toBeUndefined();
    cache.put(source, runbook);
    expect(cache.get(source)).toEqual(JSON.parse(JSON.stringify(runbook)));
    const other = await page(PAGE.replace('echo one', 'echo two'));
    expect(cache.get(other.source)).toBeUndefined();
  });

  test('is not found by a text of the same length, nor by one that goes on', async () => {
    const { source, runbook } = await page(PAGE);
    const cache = pageCache(path.join(folder, 'alike'), 'build');
    cache.put(source, runbook);
    for (let index = 0; index < source.bytes.length; index += 1) {
      const bytes = Buffer.from(source.bytes);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      expect(cache.get({ ...source, bytes })).toBeUndefined();
    }
    expect(cache.get({ ...source, bytes: source.bytes.subarray(1) })).toBeUndefined();
    const longer = Buffer.concat([source.bytes, Buffer.from('{}')]);
    expect(cache.get({ ...source, bytes: longer })).toBeUndefined();
    expect(cache.get(source)).toBeDefined();
  });

  test('is not found where any byte of what is kept is another', async () => {
    const { source, runbook } = await page(PAGE);
    const place = path.join(folder, 'rotten');
    const cache = pageCache(place, 'build');
    cache.put(source, runbook);
    const file = path.join(place, readdirSync(place)[0] ?? '');
    const whole = readFileSync(file);
    for (let index = 0; index < whole.length; index += 61) {
      const rotten = Buffer.from(whole);
      rotten[index] = (rotten[index] ?? 0) ^ 1;
      writeFileSync(file, rotten);
      expect(cache.get(source)).toBeUndefined();
    }
  });

  test('is whole whoever writes it at the same time', async () => {
    const [one, other] = [await page(PAGE), await page(PAGE.replaceAll('one', 'two'))];
    const place = path.join(folder, 'writers');
    const [first, second] = [pageCache(place, 'build'), pageCache(place, 'build')];
    for (let round = 0; round < 20; round += 1) {
      first.put(one.source, one.runbook);
      second.put(other.source, other.runbook);
      expect(first.get(other.source)).toEqual(JSON.parse(JSON.stringify(other.runbook)));
      expect([undefined, one.runbook.sha256]).toContain(second.get(one.source)?.sha256);
    }
    expect(readdirSync(place)).toHaveLength(1);
  });

  test('is not found by another build, nor at another place', async () => {
    const { source, runbook } = await page(PAGE);
    const place = path.join(folder, 'builds');
    pageCache(place, 'old').put(source, runbook);
    expect(pageCache(place, 'new').get(source)).toBeUndefined();
    expect(pageCache(place, 'old').get({ ...source, path: 'elsewhere.md' })).toBeUndefined();
  });

  test('is read anew where its file is garbled, emptied or gone', async () => {
    const { source, runbook } = await page(PAGE);
    const place = path.join(folder, 'garbled');
    const cache = pageCache(place, 'build');
    cache.put(source, runbook);
    const [name = ''] = readdirSync(place);
    const whole = readFileSync(path.join(place, name));
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path.join(place, name), whole.subarray(0, length));
      expect(cache.get(source)).toBeUndefined();
    }
    for (const text of ['', '{', 'null', '[]', '{"sha256":"other"}']) {
      writeFileSync(path.join(place, name), text);
      expect(cache.get(source)).toBeUndefined();
    }
    rmSync(place, { recursive: true });
    expect(cache.get(source)).toBeUndefined();
    cache.put(source, runbook);
    expect(cache.get(source)).toBeDefined();
  });

  test('is not taken from a folder that others can write to', async () => {
    const { source, runbook } = await page(PAGE);
    const place = path.join(folder, 'shared');
    const cache = pageCache(place, 'build');
    cache.put(source, runbook);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    chmodSync(place, 0o777);
    expect(pageCache(place, 'build').get(source)).toBeUndefined();
  });

  test('is kept among a bounded number of others', async () => {
    const { source, runbook } = await page('# No step\n');
    const place = path.join(folder, 'many');
    const cache = pageCache(place, 'build');
    for (let index = 0; index < 700; index += 1)
      cache.put({ ...source, path: `${index}.md` }, runbook);
    expect(readdirSync(place).length).toBeLessThanOrEqual(512);
    expect(cache.get({ ...source, path: '699.md' })).toBeDefined();
  });

  test('is derived from once', async () => {
    const { source } = await page(PAGE);
    const cache = pageCache(path.join(folder, 'derived'), 'build');
    let made = 0;
    const make = async (): Promise<{ readonly answer: number }> => {
      made += 1;
      return { answer: 42 };
    };
    expect(await cache.derived(source, 'answer', make)).toEqual({ answer: 42 });
    expect(await cache.derived(source, 'answer', make)).toEqual({ answer: 42 });
    expect(made).toBe(1);
    await cache.derived(source, 'other', make);
    expect(made).toBe(2);
  });
});
