import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HandrailError } from '../../../src/engine/model/errors.ts';
import type { StoredEvent } from '../../../src/engine/model/event.ts';
import type { Word } from '../../../src/engine/running/session.ts';
import { type Workplace, workplace } from '../engine.ts';
import type { Fault, FaultEffect } from './points.ts';

const bin = join(import.meta.dirname, '../../../dist/handrail.js');

/** A runbook of three steps, to be run by the real command line on a faulty disk, and gone on with on a good one. */
export interface Scene {
  readonly place: Workplace;
  /** `handrail run --unattended --json` in a process of its own. */
  run(fault: Fault, killAfterMs?: number): Promise<Ended>;
  /** `handrail resume --unattended --json` in a process of its own, once nothing of the lost engine works any more. */
  resumeUnder(fault: Fault, words: readonly string[]): Promise<Ended>;
  /** `handrail note` into an incident, in a process of its own; its exit code. */
  noteUnder(fault: Fault, text: string): Promise<number>;
  /** Goes on once nothing of the lost engine works any more. */
  resume(words?: readonly Word[]): Promise<number>;
  /** The verdict on the newest run's record; `none` when there is no run. */
  verify(): Promise<string>;
  /** Every verdict of `handrail verify`: on all runs, and on the chain of all runs. */
  verifyAll(): Promise<readonly { readonly of: string; readonly name: string }[]>;
  /** Edits the runbook. */
  edit(change: (text: string) => string): void;
  /** Leaves an empty file where the steps work. */
  leave(name: string): void;
  /** Which steps began, in order. */
  starts(): readonly string[];
  /** Events of the newest run. */
  events(): Promise<readonly StoredEvent[]>;
}

/** How a call of the command line ended. */
export interface Ended {
  /** 128 + n for a signal, as a shell says it. */
  readonly exitCode: number;
  /** Events that it printed. */
  readonly printed: readonly StoredEvent[];
  readonly stderr: string;
}

/** Makes a scene whose second step has this effect; `null`: it is a person's. */
export function scene(effect: FaultEffect | null, lastsMs = 50): Scene {
  const place = workplace(runbookOf(effect, lastsMs));
  const file = join(place.folder, 'count');
  const starts = (): readonly string[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return {
    place,
    starts,
    run: (fault, killAfterMs) => run(place.folder, RUN, { ...fault, file }, killAfterMs),
    async resumeUnder(fault, words) {
      for (let count = 0; ; count += 1) {
        const ended = await run(place.folder, [...RESUME, ...words], fault);
        if (ended.exitCode !== LOCK_HELD || count > MOST_WAITS) return ended;
        await sleep(WAIT_MS);
      }
    },
    async noteUnder(fault, text) {
      const words = ['note', text, '--incident', INCIDENT];
      return (await call(place.folder, words, fault)).exitCode;
    },
    edit(change) {
      const page = join(place.folder, 'ops.md');
      writeFileSync(page, change(readFileSync(page, 'utf8')));
    },
    leave: (name) => writeFileSync(join(place.folder, name), ''),
    async verifyAll() {
      const { stdout } = await call(place.folder, ['verify', '--json'], {});
      return JSON.parse(stdout).verdicts;
    },
    resume: (words = []) => resume(place, words),
    async verify() {
      if ((await place.handrail.store.runs()).length === 0) return 'none';
      return (await place.handrail.verify(await place.handrail.find('last'))).name;
    },
    async events() {
      if ((await place.handrail.store.runs()).length === 0) return [];
      const reader = await place.handrail.find('last');
      const found: StoredEvent[] = [];
      for await (const { raw, complete } of reader.lines())
        if (complete) found.push(JSON.parse(Buffer.from(raw).toString()));
      return found;
    },
  };
}

function runbookOf(effect: FaultEffect | null, lastsMs: number): string {
  const fence = (words: string, text: string): string => `~~~bash ${words}\n${text}\n~~~\n`;
  const look = '## Before that\n\n- [ ] The light is green\n\n## After that\n';
  const work = `echo two >> count; echo said; sleep ${lastsMs / 1000}; echo done >> done; echo more`;
  return [
    '# Three steps\n',
    fence('name=one', 'echo one >> count'),
    effect === null ? look : fence(`name=two ${ANNOTATIONS[effect]}`, work),
    ...(effect === 'writes, with a probe' ? [fence('verify', 'test -e done')] : []),
    fence('name=three', 'echo three >> count'),
  ].join('\n');
}

const ANNOTATIONS: Readonly<Record<FaultEffect, string>> = {
  reads: 'effect=reads',
  'writes, with a probe': 'effect=writes',
  'writes, without one': 'effect=writes',
  'writes, on-unknown=repeat': 'effect=writes on-unknown=repeat',
};

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15 };
const SIGNAL_BASE = 128;

let plainDisk: string | undefined;

/** The faulty disk as plain JavaScript: a process starts faster with it. */
function disk(): string {
  if (plainDisk === undefined) {
    plainDisk = join(mkdtempSync(join(tmpdir(), 'handrail-disk-')), 'disk.mjs');
    const text = readFileSync(join(import.meta.dirname, 'disk.ts'), 'utf8');
    writeFileSync(plainDisk, stripTypeScriptTypes(text));
  }
  return plainDisk;
}

/** The incident that is noted into. */
export const INCIDENT = 'INC-7';

const RUN: readonly string[] = ['run', 'ops.md', '--all', '--unattended', '--json'];
const RESUME: readonly string[] = ['resume', '--unattended', '--json'];

async function run(
  folder: string,
  words: readonly string[],
  fault: Fault,
  killAfterMs?: number,
): Promise<Ended> {
  const { exitCode, stdout, stderr } = await call(folder, words, fault, killAfterMs);
  const lines = stdout.split('\n').slice(0, -1);
  return { exitCode, printed: lines.map((line): StoredEvent => JSON.parse(line)), stderr };
}

interface Called {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function call(
  folder: string,
  args: readonly string[],
  fault: Fault,
  killAfterMs?: number,
): Promise<Called> {
  const child = spawn(process.execPath, ['--import', disk(), bin, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      USER: 'asmith',
      HANDRAIL_HOME: join(folder, '.handrail'),
      HANDRAIL_FAULT: JSON.stringify(fault),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const kill = (): void => void child.kill('SIGKILL');
  const timer = killAfterMs === undefined ? undefined : setTimeout(kill, killAfterMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const exitCode = code ?? SIGNAL_BASE + (SIGNAL_NUMBERS[signal ?? ''] ?? 0);
      resolve({ exitCode, ...said });
    });
  });
}

const LOCK_HELD = 75;
const MOST_WAITS = 400;
const WAIT_MS = 15;

async function resume(place: Workplace, words: readonly Word[]): Promise<number> {
  for (let count = 0; ; count += 1) {
    try {
      return (await place.resume(null, { resume: { words } })).exitCode;
    } catch (error) {
      if (!(error instanceof HandrailError)) throw error;
      if (error.code !== 'LOCK_HELD' || count > MOST_WAITS) return error.exitCode;
    }
    await sleep(WAIT_MS);
  }
}
