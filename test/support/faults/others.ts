import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '../../../src/engine/model/event.ts';
import { md } from '../engine.ts';
import { type Scene, scene } from './scene.ts';

/** A fault that is none of the disk or the engine at one point, and what it has to come to. */
export interface OtherFault {
  readonly name: string;
  /** What came of it, as the documentation has it. */
  strike(): Promise<string>;
  readonly promised: RegExp;
}

const bin = join(import.meta.dirname, '../../../dist/handrail.js');

/** Faults that no point of a run stands for. */
export const OTHER_FAULTS: readonly OtherFault[] = [
  {
    name: "the step's own shell is killed (SIGKILL), the step writes",
    async strike() {
      const on = withSecond('writes, without one', 'echo two >> count; kill -KILL $$');
      return toldOf(on, await on.run({}));
    },
    promised: /^4, sound → 4; 1×$/,
  },
  {
    name: "the step's own shell is killed (SIGKILL), the step reads",
    async strike() {
      const on = withSecond('reads', 'echo two >> count; kill -KILL $$');
      return toldOf(on, await on.run({}));
    },
    promised: /^1, sound → 1; 2×$/,
  },
  {
    name: 'the state folder becomes read-only (EROFS) in mid-output',
    async strike() {
      const on = scene('writes, without one');
      return toldOf(on, await on.run({ point: 'mid-output', kind: 'EROFS' }));
    },
    promised: /^73, unsealed → 4; 1×$/,
  },
  {
    name: 'the clock is set back by an hour in mid-output',
    async strike() {
      const on = scene('writes, without one');
      const { exitCode } = await on.run({ point: 'mid-output', kind: 'clock back' });
      const events = await on.events();
      const jump = events.find(({ type }) => type === 'clock.jumped');
      const by = jump?.type === 'clock.jumped' ? Math.round(jump.byMs / 60_000) : 0;
      const times = events.flatMap((event) =>
        event.type === 'step.finished' ? [event.durationMs] : [],
      );
      const isSane = times.every((ms) => ms >= 0 && ms < 60_000);
      return `${exitCode}, ${await on.verify()}, jumped by ${by} min, durations ${isSane ? 'sane' : times.join()}; ${twos(on)}×`;
    },
    promised: /^0, sound, jumped by -(?:59|60) min, durations sane; 1×$/,
  },
  {
    name: 'two engines resume the same run at once',
    async strike() {
      const on = scene('writes, on-unknown=repeat', 300);
      await on.run({ point: 'before the start record', kind: 'SIGKILL' });
      const both = [called(on.place.folder, ['resume']), called(on.place.folder, ['resume'])];
      const codes = (await Promise.all(both)).toSorted((one, other) => Number(one) - Number(other));
      return `${codes.join(' and ')}, ${await on.verify()}; ${twos(on)}×`;
    },
    promised: /^0 and (?:64|70|75), sound; 1×$/,
  },
  {
    name: 'the run is resumed in its state folder, and then in a copy of it from before',
    async strike() {
      const on = scene('writes, without one');
      await on.run({ point: 'before the start record', kind: 'SIGKILL' });
      const copy = join(on.place.folder, 'copy');
      cpSync(join(on.place.folder, '.handrail'), copy, { recursive: true });
      const first = await called(on.place.folder, ['resume']);
      const second = await called(on.place.folder, ['resume'], copy);
      return `${first}, then ${second}; ${twos(on)}×`;
    },
    promised: /^0, then 0; 2×$/,
  },
];

/** The table of them in the documentation. */
export async function otherTable(): Promise<{
  readonly text: string;
  readonly broken: readonly string[];
}> {
  const rows: string[] = [];
  const broken: string[] = [];
  for (const { name, strike, promised } of OTHER_FAULTS) {
    const told = await strike();
    rows.push(`| ${name} | ${told} |`);
    if (!promised.test(told)) broken.push(`${name}: ${told}`);
  }
  return { text: ['| fault | what it came to |', '|---|---|', ...rows].join('\n'), broken };
}

/** A scene whose second step is another text. */
function withSecond(effect: Parameters<typeof scene>[0], text: string): Scene {
  const on = scene(effect);
  const file = join(on.place.folder, 'ops.md');
  const page = readFileSync(file, 'utf8').replace(/^echo two .*$/m, () => text);
  writeFileSync(file, md(page));
  return on;
}

async function toldOf(
  on: Scene,
  { exitCode }: { readonly exitCode: number; readonly printed: readonly StoredEvent[] },
): Promise<string> {
  const verdict = await on.verify();
  return `${exitCode}, ${verdict} → ${await on.resume()}; ${twos(on)}×`;
}

const twos = (on: Scene): number => on.starts().filter((id) => id === 'two').length;

/** Its exit code; where a step failed that never fails by itself, also the last that it said. */
function called(folder: string, args: readonly string[], state?: string): Promise<string> {
  const child = spawn(process.execPath, [bin, ...args, '--unattended'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      HANDRAIL_HOME: state ?? join(folder, '.handrail'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve(code === 1 ? `1 (${said.trim().split('\n').slice(-12).join(' / ')})` : String(code)),
    );
  });
}
