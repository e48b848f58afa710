import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunReader } from '../../../src/engine/contracts/run-store.ts';
import { messageBehind, VERDICT_EXIT, type Verdict } from '../../../src/engine/record/verdict.ts';
import { ledgerOf, verifyLedger, verifyRun } from '../../../src/engine/record/verify.ts';
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
/** The entry of a run that is about to be removed, behind those of a chain of all runs. */
function pruneLine(ledger: string): string {
  const all = ledger.split('\n').slice(0, -1);
  const last = all.at(-1) ?? '';
  const fact = { ...JSON.parse(last), what: 'pruned', seq: all.length, prev: sha256(last) };
  return `${JSON.stringify(fact)}\n`;
}
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

  test('is unsealed, or a crash tail, when its engine was lost', async () => {
    const onlyCreated = (ledger: string): void =>
      writeFileSync(ledger, `${readFileSync(ledger, 'utf8').split('\n')[0]}\n`);
    const toFirstEnd = (folder: string): readonly string[] => {
      const all = lines(folder);
      return all.slice(
        0,
        all.findIndex((line) => line.includes('"run.finished"')),
      );
    };
    const unsealed = await verdictAfter((folder, ledger) => {
      onlyCreated(ledger);
      write(folder, toFirstEnd(folder));
      for (const name of ['two-2.log', 'one-2.log'])
        rmSync(join(folder, 'output', name), { force: true });
    });
    expect(unsealed).toMatchObject({ name: 'unsealed' });
    const torn = await verdictAfter((folder, ledger) => {
      onlyCreated(ledger);
      write(folder, toFirstEnd(folder));
      for (const name of ['two-2.log', 'one-2.log'])
        rmSync(join(folder, 'output', name), { force: true });
      appendFileSync(join(folder, 'log.jsonl'), '{"seq":99,');
    });
    expect(torn).toMatchObject({ name: 'crash tail' });
  });

  test('is truncated when a file is of an attempt that the log does not know any more', async () => {
    const cut = await verdictAfter((folder, ledger) => {
      writeFileSync(ledger, `${readFileSync(ledger, 'utf8').split('\n')[0]}\n`);
      const all = lines(folder);
      write(
        folder,
        all.slice(
          0,
          all.findIndex((line) => line.includes('"step.started"')),
        ),
      );
    });
    expect([cut.name, cut.message]).toEqual(['truncated', expect.stringContaining('output/')]);
  });

  test('is altered when an ending with right hashes is added behind the seal', async () => {
    const forged = await verdictAfter((folder) => {
      const all = lines(folder).map((line) => JSON.parse(line));
      const more = ['run.resumed', 'step.started', 'step.finished', 'run.finished', 'run.sealed'];
      const text = lines(folder);
      for (const type of more) {
        const { seq: _, prev: __, ...body } = all.findLast((event) => event.type === type);
        const prev = sha256(text.at(-1) ?? '');
        const attempt = 3;
        const seal = type === 'run.sealed' ? { events: text.length, head: prev } : {};
        text.push(JSON.stringify({ seq: text.length, ...body, attempt, ...seal, prev }));
      }
      write(folder, text);
    });
    expect([forged.name, forged.message]).toEqual([
      'altered',
      expect.stringContaining('does not know that the run was resumed'),
    ]);
    const second = await verdictAfter((folder) => {
      const text = lines(folder);
      const { prev: _, ...seal } = JSON.parse(text.at(-1) ?? '');
      const prev = sha256(text.at(-1) ?? '');
      const line = { ...seal, seq: text.length, events: text.length, head: prev, prev };
      write(folder, [...text, JSON.stringify(line)]);
    });
    expect(second.message).toContain('something stands behind the seal');
  });

  test('is altered when the run is another one, whatever its folder is called', async () => {
    const other = run.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const copy = mkdtempSync(join(tmpdir(), 'handrail-verify-'));
    cpSync(state, copy, { recursive: true });
    cpSync(join(copy, 'runs', run), join(copy, 'runs', other), { recursive: true });
    const handrail = createHandrail({ env: {}, cwd: copy, state: copy, version: '0' });
    const verdict = await handrail.verify(await handrail.find(other));
    expect([verdict.name, verdict.message]).toEqual(['altered', expect.stringContaining(run)]);
    const request = { attended: false, inputs: {}, approve: [], words: [], force: false };
    await expect(handrail.outlook(other, { ...request, holds: [], not: [] })).rejects.toMatchObject(
      { code: 'RUN_NOT_RESUMABLE' },
    );
    rmSync(copy, { recursive: true });
  });

  test.each([
    ['an end', '"outcome":"passed"', '"outcome":"splendid"'],
    ['a field', '"runbook":{', '"ruobook":{'],
    ['a time', /"at":"\d{4}/, '"at":"twen'],
    ['a kind', '"type":"step.started"', '"type":"step.begun"'],
  ])('is altered when %s is none that there is', async (_what, from, to) => {
    const verdict = await verdictAfter((folder) => {
      const text = readFileSync(join(folder, 'log.jsonl'), 'utf8');
      writeFileSync(join(folder, 'log.jsonl'), text.replace(from, to));
    });
    expect(verdict.name).toBe('altered');
  });

  test('is altered when its rendering says something else', async () => {
    const edited = await verdictAfter((folder) => {
      const text = readFileSync(join(folder, 'run.md'), 'utf8');
      writeFileSync(join(folder, 'run.md'), text.replace('Failed', 'Passed'));
    });
    expect([edited.name, edited.message]).toEqual(['altered', expect.stringContaining('run.md')]);
    const missing = await verdictAfter((folder) => rmSync(join(folder, 'run.md')));
    expect(missing.name).toBe('output');
  });

  test('is about output that nobody vouches for', async () => {
    const added = await verdictAfter((folder) =>
      writeFileSync(join(folder, 'output', 'two-7.log'), 'all is well'),
    );
    expect([added.name, added.message]).toEqual(['output', expect.stringContaining('two-7.log')]);
  });

  test('is unlisted where the chain of all runs does not know the run or its seal', async () => {
    const unknown = await verdictAfter((_folder, ledger) => rmSync(ledger));
    expect(unknown.name).toBe('unlisted');
    const toSeal = (ledger: string, change: (line: string) => string): void => {
      const all = readFileSync(ledger, 'utf8').split('\n').slice(0, -1);
      const last = all.findLastIndex((line) => line.includes('"sealed"'));
      const kept = all.slice(0, last).map((line) => `${change(line)}\n`);
      writeFileSync(ledger, kept.join(''));
    };
    const cut = await verdictAfter((_folder, ledger) => toSeal(ledger, (line) => line));
    expect([cut.name, cut.message]).toEqual(['altered', expect.stringContaining('this seal')]);
    // Earlier editions wrote a seal before the chain of all runs knew it, and could be lost in between.
    const earlier = await verdictAfter((_folder, ledger) =>
      toSeal(ledger, (line) => line.replace('"edition":3', '"edition":2')),
    );
    expect(earlier.name).toBe('unlisted');
  });

  test('is unsealed when its engine was lost between the chain of all runs and the seal', async () => {
    const beforeSeal = (folder: string, ledger: string): void => {
      write(folder, lines(folder).slice(0, -1));
      rmSync(join(folder, 'run.md'));
      const all = readFileSync(ledger, 'utf8').split('\n').slice(0, -2);
      writeFileSync(ledger, all.map((line) => `${line}\n`).join(''));
    };
    const lost = await verdictAfter(beforeSeal);
    expect([lost.name, lost.message]).toEqual([
      'unsealed',
      expect.stringContaining('those that runs.jsonl knows'),
    ]);
    const more = await verdictAfter((folder, ledger) => {
      beforeSeal(folder, ledger);
      write(folder, lines(folder).slice(0, -1));
    });
    expect(more.name).toBe('truncated');
  });

  test('is about a file of a run without its end, too', async () => {
    const place = workplace('# A\n\n~~~bash name=one\necho first\n~~~\n\n- [ ] Look\n');
    const { run: waiting } = await place.run();
    const folder = join(place.folder, '.handrail', 'runs', waiting);
    const log = lines(folder);
    write(folder, log.slice(0, -1));
    const ledger = join(place.folder, '.handrail', 'runs.jsonl');
    const entered = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${entered[0]}\n`);
    const verdictOn = async (): Promise<string> =>
      (await place.handrail.verify(await place.handrail.find(waiting))).name;
    expect(await verdictOn()).toBe('unsealed');
    appendFileSync(join(folder, 'output', 'one-1.log'), 'forged');
    expect(await verdictOn()).toBe('output');
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
    const entries = (await ledgerOf(place.store)).byRun.get(run) ?? [];
    for (let size = 0; size < whole.length; size += 1) {
      const cut: RunReader = {
        run,
        where: reader.where,
        live: () => reader.live(),
        lines: () => linesOf(whole.subarray(0, size)),
        lastLines: (bytes) => reader.lastLines(bytes),
        names: () => reader.names(),
        file: (path) => reader.file(path),
        digest: (path) => reader.digest(path),
        output: (id, attempt, from) => reader.output(id, attempt, from),
        excerpt: (path, head, tail) => reader.excerpt(path, head, tail),
      };
      verdicts.add((await verifyRun(cut, entries)).name);
    }
    expect([...verdicts]).toEqual(['truncated']);
  });

  test('is unsealed of a run that was killed before its first line, and of nothing else that looks so', async () => {
    const unbegun = (folder: string): void => {
      for (const name of ['log.jsonl', 'output', 'state', 'run.md'])
        rmSync(join(folder, name), { recursive: true, force: true });
    };
    const created = (ledger: string): void => {
      const all = readFileSync(ledger, 'utf8').split('\n');
      writeFileSync(ledger, `${all[0]}\n`);
    };
    const before = await verdictAfter((folder, ledger) => {
      unbegun(folder);
      rmSync(ledger);
    });
    expect(before).toMatchObject({ name: 'unsealed', events: 0 });
    const behind = await verdictAfter((folder, ledger) => {
      unbegun(folder);
      created(ledger);
      writeFileSync(join(folder, 'log.jsonl'), '');
    });
    expect(behind).toMatchObject({ name: 'unsealed', events: 0 });
    const torn = await verdictAfter((folder, ledger) => {
      const [line = ''] = lines(folder);
      unbegun(folder);
      created(ledger);
      writeFileSync(join(folder, 'log.jsonl'), line.slice(0, 50));
    });
    expect(torn).toMatchObject({ name: 'crash tail', events: 0 });
    const gone = await verdictAfter((folder, ledger) => {
      unbegun(folder);
      created(ledger);
    });
    expect(gone).toMatchObject({ name: 'truncated' });
    const cut = await verdictAfter((folder) => {
      unbegun(folder);
      writeFileSync(join(folder, 'log.jsonl'), '');
    });
    expect(cut).toMatchObject({ name: 'truncated' });
    for (const name of ['output/one-1.log', 'state/0.json', 'run.md']) {
      const more = await verdictAfter((folder, ledger) => {
        const kept = readFileSync(join(folder, name));
        unbegun(folder);
        created(ledger);
        writeFileSync(join(folder, 'log.jsonl'), '');
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), kept);
      });
      expect(more).toMatchObject({ name: 'truncated' });
      const stranger = await verdictAfter((folder, ledger) => {
        rmSync(ledger);
        rmSync(join(folder, 'log.jsonl'));
      });
      expect(['truncated', 'unlisted']).toContain(stranger.name);
    }
  });

  test('is pruned of what a prune that was killed left of a run', async () => {
    const tombstone = (ledger: string): void =>
      appendFileSync(ledger, pruneLine(readFileSync(ledger, 'utf8')));
    for (const name of ['log.jsonl', 'output', 'runbook.md']) {
      const left = await verdictAfter((folder, ledger) => {
        tombstone(ledger);
        rmSync(join(folder, name), { recursive: true });
      });
      expect(left.name, name).toBe('pruned');
    }
  });

  test('has an exit code of its own each time', () => {
    const codes = Object.values(VERDICT_EXIT);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('the verdict on the chain of all runs', () => {
  async function chainAfter(change: (copy: string) => void): Promise<string> {
    const copy = mkdtempSync(join(tmpdir(), 'handrail-verify-'));
    cpSync(state, copy, { recursive: true });
    change(copy);
    const { store } = createHandrail({ env: {}, cwd: copy, state: copy, version: '0' });
    const found = verifyLedger(await ledgerOf(store));
    rmSync(copy, { recursive: true });
    return found?.name ?? 'sound';
  }
  const cut = (copy: string, count: number): void => {
    const all = readFileSync(join(copy, 'runs.jsonl'), 'utf8').split('\n').slice(0, -1);
    const kept = all.slice(0, all.length - count).map((line) => `${line}\n`);
    writeFileSync(join(copy, 'runs.jsonl'), kept.join(''));
  };

  test.each([
    ['sound', 'as long as nobody touched it', () => {}],
    ['no chain', 'without it', (copy: string) => rmSync(join(copy, 'runs.jsonl'))],
    ['cut chain', 'when its end is gone', (copy: string) => cut(copy, 1)],
    [
      'cut chain',
      'when the newest run is gone with its lines',
      (copy: string) => {
        cut(copy, 3);
        rmSync(join(copy, 'runs', run), { recursive: true });
      },
    ],
    [
      'cut chain',
      'when nobody remembers its end',
      (copy: string) => rmSync(join(copy, 'runs.head')),
    ],
    [
      'altered',
      'when a line of it says something else',
      (copy: string) => {
        const text = readFileSync(join(copy, 'runs.jsonl'), 'utf8');
        writeFileSync(join(copy, 'runs.jsonl'), text.replace('"resumed"', '"created"'));
      },
    ],
  ])('is %s %s', async (name, _what, change) => {
    expect(await chainAfter(change)).toBe(name);
  });
});

test.each([
  ['truncated: the log is gone', 'the log is gone'],
  ['truncated logs are here', 'truncated logs are here'],
  ['15 events', '15 events'],
])('behind its name a verdict does not say that again: %s', (message, said) => {
  expect(messageBehind({ name: 'truncated', message })).toBe(said);
});

test('a chain of all runs that was cut stays cut when runs go on with it, and a stranger among the runs stops nothing', async () => {
  const place = workplace('# A\n\n~~~bash\ntrue\n~~~\n');
  await place.run();
  await place.run();
  const folder = join(place.folder, '.handrail');
  const ledger = join(folder, 'runs.jsonl');
  const { store } = place.handrail;
  const chain = async (): Promise<string> => verifyLedger(await ledgerOf(store))?.name ?? 'sound';
  expect(await chain()).toBe('sound');
  const kept = readFileSync(ledger, 'utf8').split('\n').slice(0, 3);
  writeFileSync(ledger, kept.map((line) => `${line}\n`).join(''));
  expect(await chain()).toBe('cut chain');
  const { run: last } = await place.run();
  expect(await chain()).toBe('cut chain');
  cpSync(join(folder, 'runs', last), join(folder, 'runs', `${last}.bak`), { recursive: true });
  expect(await store.strangers()).toEqual([`${last}.bak`]);
  expect(await store.runs()).toHaveLength(3);
  expect((await place.handrail.find('last')).run).toBe(last);
});

test('so does one whose remembered end was taken away with its last lines', async () => {
  const place = workplace('# A\n\n~~~bash name=one\necho first\n~~~\n');
  await place.run();
  const { run: gone } = await place.run();
  const folder = join(place.folder, '.handrail');
  const ledger = join(folder, 'runs.jsonl');
  const kept = readFileSync(ledger, 'utf8')
    .split('\n')
    .filter((line) => !line.includes(gone));
  writeFileSync(ledger, kept.join('\n'));
  rmSync(join(folder, 'runs', gone), { recursive: true });
  rmSync(join(folder, 'runs.head'));
  const chain = async () => verifyLedger(await ledgerOf(place.handrail.store));
  expect(await chain()).toMatchObject({ name: 'cut chain' });
  await place.run();
  await place.run();
  const { name, message } = (await chain()) ?? {};
  expect([name, message]).toEqual(['cut chain', expect.stringContaining('runs.head was missing')]);
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
