import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunReader } from '../../../src/engine/contracts/run-store.ts';
import { VERDICT_EXIT, type Verdict } from '../../../src/engine/record/verdict.ts';
import { verifyRun } from '../../../src/engine/record/verify.ts';
import { createHandrail } from '../../../src/handrail.ts';
import { workplace } from '../../support/engine.ts';

let state = '';
let run = '';

beforeAll(async () => {
  const place = workplace(
    '# A\n\n~~~bash name=one\necho first\n~~~\n\n~~~bash name=two\necho second; test -e ready\n~~~\n',
  );
  ({ run } = await place.run());
  writeFileSync(join(place.folder, 'ready'), '');
  await place.resume();
  state = join(place.folder, '.handrail');
});

/** The verdict after something was done to a copy of the record. */
async function verdictAfter(change: (folder: string, ledger: string) => void): Promise<Verdict> {
  const copy = mkdtempSync(join(tmpdir(), 'handrail-verify-'));
  cpSync(state, copy, { recursive: true });
  change(join(copy, 'runs', run), join(copy, 'runs.jsonl'));
  const handrail = createHandrail({ env: {}, cwd: copy, state: copy, version: '0' });
  const verdict = await handrail.verify(await handrail.find(run));
  rmSync(copy, { recursive: true });
  return verdict;
}

const lines = (folder: string): string[] =>
  readFileSync(join(folder, 'log.jsonl'), 'utf8').split('\n').slice(0, -1);
const write = (folder: string, all: readonly string[]): void =>
  writeFileSync(join(folder, 'log.jsonl'), all.map((line) => `${line}\n`).join(''));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the verdict on a record', () => {
  test('is sound as long as nobody touched it', async () => {
    expect(await verdictAfter(() => {})).toMatchObject({ name: 'sound', exitCode: 0 });
  });

  test('is altered, with the line, when a line says something else', async () => {
    const verdict = await verdictAfter((folder) => {
      const all = lines(folder);
      write(folder, [...all.slice(0, 4), (all[4] ?? '').replace('"', "'"), ...all.slice(5)]);
    });
    expect(verdict).toMatchObject({ name: 'altered', line: 5 });
    const number = await verdictAfter((folder) => {
      const text = readFileSync(join(folder, 'log.jsonl'), 'utf8');
      writeFileSync(join(folder, 'log.jsonl'), text.replace('"exitCode":0', '"exitCode":1'));
    });
    expect(number).toMatchObject({ name: 'altered' });
    expect(number.message).toMatch(/altered at line \d+/);
  });

  test.each(['one line is missing', 'two lines are exchanged', 'a line is added'])(
    'is altered when %s',
    async (what) => {
      const verdict = await verdictAfter((folder) => {
        const all = lines(folder);
        const [one = '', two = ''] = [all[2], all[3]];
        if (what.startsWith('one')) write(folder, all.toSpliced(2, 1));
        else if (what.startsWith('two')) write(folder, all.toSpliced(2, 2, two, one));
        else write(folder, all.toSpliced(2, 0, one));
      });
      expect(verdict.name).toBe('altered');
    },
  );

  test('is altered when the whole chain was made anew', async () => {
    const verdict = await verdictAfter((folder) => {
      let prev = '0'.repeat(64);
      const forged = lines(folder).map((line) => {
        const event = JSON.parse(line);
        const head = event.type === 'run.sealed' ? { head: prev } : {};
        const text = JSON.stringify({ ...event, prev, ...head }).replace(
          '"user":"asmith"',
          '"user":"other"',
        );
        const renamed = text.replace(/"user":"[^"]*"/, '"user":"mallory"');
        prev = sha256(renamed);
        return renamed;
      });
      write(folder, forged);
    });
    expect(verdict).toMatchObject({ name: 'altered' });
  });

  test('is truncated when the seal that the chain of all runs knows is gone', async () => {
    const cut = await verdictAfter((folder) => write(folder, lines(folder).slice(0, -2)));
    expect(cut).toMatchObject({ name: 'truncated' });
    const toFirstSeal = await verdictAfter((folder) => {
      const all = lines(folder);
      write(folder, all.slice(0, all.findIndex((line) => line.includes('"run.sealed"')) + 1));
    });
    expect(toFirstSeal).toMatchObject({ name: 'truncated' });
  });

  test('is unsealed when there is neither a seal nor anybody who knows of one', async () => {
    const verdict = await verdictAfter((folder, ledger) => {
      rmSync(ledger);
      write(folder, lines(folder).slice(0, -1));
    });
    expect(verdict).toMatchObject({ name: 'unsealed' });
  });

  test('is a crash tail when the last line is half written', async () => {
    const verdict = await verdictAfter((folder, ledger) => {
      rmSync(ledger);
      appendFileSync(join(folder, 'log.jsonl'), '{"seq":99,');
    });
    expect(verdict).toMatchObject({ name: 'crash tail' });
  });

  test.each(['output/one-1.log', 'runbook.md'])(
    'is about %s when that is not what was recorded',
    async (name) => {
      const altered = await verdictAfter((folder) => appendFileSync(join(folder, name), 'forged'));
      expect([altered.name, altered.message]).toEqual(['output', expect.stringContaining(name)]);
      const missing = await verdictAfter((folder) => rmSync(join(folder, name)));
      expect([missing.name, missing.message]).toEqual(['output', expect.stringContaining(name)]);
    },
  );

  test('is never sound for a log that was cut, at whatever byte', async () => {
    const place = createHandrail({ env: {}, cwd: state, state, version: '0' });
    const reader = await place.find(run);
    const whole = readFileSync(join(reader.where, 'log.jsonl'));
    const verdicts = new Set<string>();
    const seals = lines(reader.where).filter((line) => line.includes('"run.sealed"'));
    for (const heads of [[], seals.map(sha256)]) {
      const sealed = heads.map((head) => ({ run, what: 'sealed', head, at: '' }) as const);
      for (let size = 0; size < whole.length; size += 1) {
        const cut: RunReader = {
          run,
          where: reader.where,
          live: () => reader.live(),
          lines: () => linesOf(whole.subarray(0, size)),
          file: (path) => reader.file(path),
          digest: (path) => reader.digest(path),
          output: (id, attempt, from) => reader.output(id, attempt, from),
          excerpt: (path, head, tail) => reader.excerpt(path, head, tail),
        };
        const { name } = await verifyRun(cut, sealed);
        if (name === 'sound') expect(isEndOfSeal(whole, size), `cut at ${size}`).toBe(true);
        if (name === 'sound') expect(heads).toEqual([]);
        verdicts.add(name);
      }
    }
    expect([...verdicts].sort()).toEqual(['crash tail', 'sound', 'truncated', 'unsealed']);
  });

  test('has an exit code of its own each time', () => {
    const codes = Object.values(VERDICT_EXIT);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

async function* linesOf(bytes: Uint8Array) {
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const complete = end >= 0;
    line += 1;
    yield { line, raw: bytes.subarray(from, complete ? end : undefined), complete };
    if (!complete) return;
    from = end + 1;
  }
}

/** A log cut exactly behind an earlier seal is that run as it stood then: only the chain of all runs knows better. */
function isEndOfSeal(whole: Uint8Array, size: number): boolean {
  const text = Buffer.from(whole.subarray(0, size)).toString();
  return text.endsWith('\n') && (text.trimEnd().split('\n').at(-1) ?? '').includes('"run.sealed"');
}
