import { hash } from 'node:crypto';
import type { Dice } from './dice.ts';

const NO_HEAD = '0'.repeat(64);

/** Lines with numbers and hashes that are right, each behind the one before it; seals count anew. */
export function rechained(lines: readonly string[]): readonly string[] {
  let prev = NO_HEAD;
  return lines.map((line, seq) => {
    const made = behind(line, seq, prev);
    prev = hash('sha256', made, 'hex');
    return made;
  });
}

/** A log with further events behind it, each made of one of its own kind, or of what such an event has at least. */
export function appended(lines: readonly string[], kinds: readonly string[]): readonly string[] {
  const all = [...lines];
  for (const type of kinds) {
    const last = JSON.parse(all.at(-1) ?? '{}');
    const model = all.map((line) => JSON.parse(line)).findLast((event) => event.type === type);
    const began = JSON.parse(all[0] ?? '{}');
    const body = model ?? {
      ...LEAST[type],
      ...(type === 'run.resumed'
        ? {
            pid: 1,
            who: began.who,
            runbookSha256: began.runbook?.sha256,
            changed: false,
            forced: false,
          }
        : {}),
    };
    const attempt = last.attempt + (type === 'run.resumed' ? 1 : 0);
    const {
      seq: _,
      prev: __,
      ...rest
    } = { ...body, at: last.at, run: last.run, attempt, type, monoMs: 1 };
    const prev = hash('sha256', all.at(-1) ?? '', 'hex');
    all.push(behind(JSON.stringify({ seq: 0, ...rest, prev: '' }), all.length, prev));
  }
  return all;
}

const LEAST: Readonly<Record<string, object>> = {
  'run.sealed': { events: 0, head: NO_HEAD },
  'run.finished': { outcome: 'passed', exitCode: 0, durationMs: 5 },
  'step.started': {
    stepId: 'two',
    stepType: 'shell',
    title: 'Two',
    line: 1,
    try: 1,
    effect: 'reads',
    text: 'true',
    textSha256: NO_HEAD,
    cwd: '/',
    env: [],
    timeoutMs: null,
  },
  'step.finished': {
    stepId: 'two',
    try: 1,
    outcome: 'passed',
    exitCode: 0,
    durationMs: 5,
    stdoutBytes: 0,
    stderrBytes: 0,
  },
  'note.added': { by: 'mallory', text: 'all is well' },
};

/** A line that says something else, and is still one that could have been written. */
export function forged(line: string, dice: Dice): string {
  const data = JSON.parse(line);
  const names = Object.keys(data).filter((key) => !['seq', 'prev', 'type', 'run'].includes(key));
  const name = dice.one(names);
  const value: unknown = data[name];
  if (typeof value === 'number') data[name] = value + 1;
  else if (typeof value === 'boolean') data[name] = !value;
  else if (name === 'outcome') data[name] = value === 'passed' ? 'failed' : 'passed';
  else if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
    data[name] = hash('sha256', value, 'hex');
  else if (name === 'at') data[name] = new Date(Date.parse(String(value)) + 1000).toISOString();
  else if (typeof value === 'string') data[name] = `${value} and more`;
  else delete data[name];
  return JSON.stringify(data);
}

function behind(line: string, seq: number, prev: string): string {
  try {
    const data = JSON.parse(line);
    const seal = data.type === 'run.sealed' ? { events: seq, head: prev } : {};
    return JSON.stringify({ ...data, ...seal, seq, prev });
  } catch {
    return line;
  }
}
