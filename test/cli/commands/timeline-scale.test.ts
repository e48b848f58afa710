import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { cleanEnv } from '../../support/handrail.ts';
import { RUN_A, started } from '../../support/incident-seven.ts';

const EVENTS = 80_000;
/** Together more than may be in memory at once. */
const BODY = 'x'.repeat(3000);
/** Says at its end how much memory it took at most, in KiB. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))`;

/** A log of many notes, each third of them told late. */
function writeLog(folder: string): void {
  mkdirSync(join(folder, '.handrail/runs', RUN_A), { recursive: true });
  const fd = openSync(join(folder, '.handrail/runs', RUN_A, 'log.jsonl'), 'w');
  let [prev, text] = ['0'.repeat(64), ''];
  const begin = Date.parse('2026-11-20T00:00:00Z');
  for (let seq = 0; seq <= EVENTS; seq += 1) {
    const atMs = begin + seq * 20;
    const late =
      seq % 3 === 0 ? { occurredAt: new Date(atMs - (seq % 97) * 60_000).toISOString() } : {};
    const note = {
      type: 'note.added',
      by: 'asmith',
      text: `note ${seq} of many, "quoted" | piped\n${BODY}`,
      ...late,
    };
    const { type, ...rest } = seq === 0 ? { ...started('Long', []), incident: 'BIG' } : note;
    const at = new Date(atMs).toISOString();
    const line = JSON.stringify({
      seq,
      at,
      monoMs: seq * 20,
      run: RUN_A,
      attempt: 1,
      type,
      prev,
      ...rest,
    });
    prev = hash('sha256', line, 'hex');
    text += `${line}\n`;
    if (text.length > 1e6) text = String(writeSync(fd, text) && '');
  }
  writeSync(fd, text);
  closeSync(fd);
}

test('a long incident is told in order and in bounded memory', async () => {
  expect(inject('bundleError')).toBe('');
  const folder = mkdtempSync(join(tmpdir(), 'handrail-scale-'));
  writeLog(folder);
  const args = ['timeline', '--incident', 'BIG', '--gap', 'none', '--out', 'big.ndjson'];
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', TELL_PEAK, resolve('dist/handrail.js'), ...args],
    { cwd: folder, env: cleanEnv(folder) },
  );
  const times = readFileSync(join(folder, 'big.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => /"occurredAt":"([^"]+)"/.exec(line)?.[1] ?? '');
  expect(times).toHaveLength(EVENTS + 1);
  expect(times.every((time, at) => at === 0 || time >= (times[at - 1] ?? ''))).toBe(true);
  expect(Number(/\d+$/.exec(stderr)?.[0]) / 1024).toBeLessThan(300);
});
