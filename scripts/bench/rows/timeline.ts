import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { figure, type Group, ms } from '../row.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** A million events of a chat export, told as a timeline. */
export const timeline: Group = {
  name: 'timeline',
  rows: ['timeline', 'timeline-memory'],
  async measure(bench) {
    const count = bench.isQuick ? 50_000 : 1_000_000;
    const file = path.join(bench.folder, 'events.jsonl');
    const fd = openSync(file, 'w');
    for (let from = 0; from < count; from += 1000) {
      const lines = Array.from({ length: 1000 }, (_, index) => line(from + index));
      writeSync(fd, lines.join(''));
    }
    closeSync(fd);
    const out = path.join(bench.folder, 'timeline.md');
    const argv = bench.handrail('timeline', '--import', file, '--out', out, '--force');
    const times = bench.race([{ name: 'timeline', argv }]);
    const { cpuMs, wallMs, rounds } = times.get('timeline') ?? { cpuMs: 0, wallMs: 0, rounds: 0 };
    return [
      figure(
        { name: 'timeline', what: `${count} events into a timeline`, goal: 10 },
        cpuMs / 1000,
        's',
        `wall ${ms(wallMs)}; ${rounds} rounds`,
      ),
      figure(
        { name: 'timeline-memory', what: 'its memory', goal: 300 },
        await bench.peakMb(argv),
        'MB',
      ),
    ];
  },
};

function line(number: number): string {
  const time = new Date(START_MS + number * 250).toISOString();
  return `{"time":"${time}","actor":"asmith","text":"what was seen, said or done, number ${number}"}\n`;
}
