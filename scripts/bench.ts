/**
 * Prints the table of performance goals: every figure is a ratio to a limit measured in the same run, medians
 * of interleaved rounds. `npm run bench` runs all of it, `npm run bench -- start` only rows whose name matches.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const bin = path.join(root, 'dist/handrail.js');
const node = process.execPath;
const work = mkdtempSync(path.join(tmpdir(), 'handrail-bench-'));
const state = path.join(work, '.handrail');
mkdirSync(state);
const wanted = process.argv.slice(2);

/** One measured thing: a call whose wall time in milliseconds counts. */
interface Contender {
  readonly name: string;
  readonly call: () => void;
}

/** A row of the table. */
interface Row {
  readonly what: string;
  readonly goal: string;
  readonly seen: string;
  readonly holds: boolean | null;
}

const rows: Row[] = [];

function file(name: string, text: string): string {
  const full = path.join(work, name);
  writeFileSync(full, text);
  return full;
}

function start(command: string, args: readonly string[], stdio: 'ignore' | 'pipe' = 'ignore') {
  return spawnSync(command, args, {
    cwd: work,
    stdio: ['ignore', stdio, 'inherit'],
    env: { ...process.env, HANDRAIL_HOME: state, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });
}

function succeed(result: SpawnSyncReturns<Buffer>, what: string): void {
  if (result.status !== 0) throw new Error(`${what} ended with ${result.status ?? result.signal}`);
}

function handrail(...args: readonly string[]): void {
  succeed(start(node, [bin, ...args]), `handrail ${args.join(' ')}`);
}

/** Median wall times in milliseconds, the contenders taking turns so that noise hits all of them alike. */
function medians(rounds: number, contenders: readonly Contender[]): ReadonlyMap<string, number> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, call } of contenders) {
      const from = process.hrtime.bigint();
      call();
      // The first round only warms caches.
      if (round > 0) times.get(name)?.push(Number(process.hrtime.bigint() - from) / 1e6);
    }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
}

function ratio(
  what: string,
  got: number | undefined,
  limit: number | undefined,
  unit: string,
  goal: number,
): void {
  const value = (got ?? Number.NaN) / (limit ?? Number.NaN);
  const seen = `${value.toFixed(2)} ${unit} (${got?.toFixed(0)} ms to ${limit?.toFixed(0)} ms)`;
  rows.push({ what, goal: `≤ ${goal} ${unit}`, seen, holds: value <= goal });
}

function section(name: string, measure: () => void): void {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
  try {
    measure();
  } catch (error) {
    rows.push({ what: name, goal: '', seen: `not measured: ${error}`, holds: null });
  }
}

const steps = (count: number, text: string): string =>
  `# Bench\n${Array.from({ length: count }, () => `\n\`\`\`bash\n${text}\n\`\`\`\n`).join('')}`;

section('start-up', () => {
  const empty = file('empty.cjs', '');
  const spawning = file(
    'spawn.cjs',
    "require('node:child_process').spawn('bash', ['-c', 'true'], { stdio: 'pipe' });",
  );
  const one = file('one.md', steps(1, 'true'));
  const front = file('front.md', `---\ntitle: Bench\n---\n${steps(1, 'true')}`);
  const fresh = path.join(work, 'fresh.md');
  let edition = 0;
  const manual = file('manual.md', manualOf(40_000));
  const got = medians(21, [
    { name: 'E', call: () => succeed(start(node, [empty]), 'E') },
    { name: 'S', call: () => succeed(start(node, [spawning]), 'S') },
    { name: 'version', call: () => handrail('--version') },
    { name: 'help', call: () => handrail('--help') },
    {
      name: 'new',
      call: () => {
        edition += 1;
        writeFileSync(fresh, `${steps(1, 'true')}\nEdition ${edition}.\n`);
        handrail('run', fresh, '--unattended');
      },
    },
    { name: 'one', call: () => handrail('run', one, '--unattended') },
    { name: 'front', call: () => handrail('run', front, '--unattended') },
    { name: 'manual', call: () => handrail('run', `${manual}#part-3`, '--unattended') },
  ]);
  ratio('--version', got.get('version'), got.get('E'), 'E', 1.25);
  ratio('--help', got.get('help'), got.get('E'), 'E', 1.25);
  ratio('run one small step, never read before', got.get('new'), got.get('S'), 'S', 1.6);
  ratio('run one small step, read before', got.get('one'), got.get('S'), 'S', 1.6);
  ratio('… with frontmatter, read before', got.get('front'), got.get('S'), 'S', 1.9);
  ratio('a procedure of a 40 KB manual, read before', got.get('manual'), got.get('S'), 'S', 1.35);
});

section('steps', () => {
  const many = file('many.md', steps(1000, 'true'));
  const loop = 'for ((i = 0; i < 1000; i += 1)); do bash -c true; done';
  const got = medians(3, [
    { name: 'L', call: () => succeed(start('bash', ['-c', loop]), 'L') },
    { name: 'many', call: () => handrail('run', many, '--all', '--unattended') },
  ]);
  ratio('1,000 steps', got.get('many'), got.get('L'), 'L', 2.2);
  memory('memory of a one-step run', file('one.md', steps(1, 'true')), 60);
  memory('memory of 1,000 steps', many, 100);
});

section('log', () => {
  const target = path.join(work, 'sync');
  const times: number[] = [];
  const fd = openSync(target, 'w');
  for (let round = 0; round < 200; round += 1) {
    const from = process.hrtime.bigint();
    writeSync(fd, `${'x'.repeat(300)}\n`);
    fdatasyncSync(fd);
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  closeSync(fd);
  rows.push({
    what: 'F: write and fdatasync',
    goal: '',
    seen: `${median(times).toFixed(2)} ms`,
    holds: null,
  });
});

section('output', () => {
  const filler = file(
    'filler',
    'a line of output, as a build or a backup would print it, of eighty\n'.repeat(15_625),
  );
  const gen = `for ((i = 0; i < 1024; i += 1)); do cat '${filler}'; done`;
  const teed = path.join(work, 'teed');
  const big = file('big.md', `# Big\n\n\`\`\`bash timeout=10m\n${gen}\n\`\`\`\n`);
  const secrets = Array.from({ length: 20 }, (_, index) => `secret-value-${index}-abcdefgh`);
  const declared = secrets.map((_, index) => `  key${index}: { secret: true }`).join('\n');
  const used = secrets.map((_, index) => `: {{key${index}}}`).join('\n');
  const masked = file(
    'masked.md',
    `---\ninputs:\n${declared}\n---\n# Big\n\n\`\`\`bash timeout=10m\n${used}\n${gen}\n\`\`\`\n`,
  );
  const given = secrets.flatMap((value, index) => ['--input', `key${index}=${value}`]);
  const wide = file(
    'wide.md',
    '# Wide\n\n```bash timeout=10m\nhead -c 67108864 /dev/zero | tr "\\0" x\n```\n',
  );
  const pipe = (...args: readonly string[]): void => {
    const words = [node, bin, ...args].map((word) => `'${word}'`).join(' ');
    succeed(start('bash', ['-o', 'pipefail', '-c', `${words} | cat > /dev/null`]), words);
    rmSync(path.join(state, 'runs'), { recursive: true, force: true });
  };
  const got = medians(3, [
    {
      name: 'T',
      call: () => succeed(start('bash', ['-c', `{ ${gen}; } | tee '${teed}' > /dev/null`]), 'T'),
    },
    { name: 'big', call: () => pipe('run', big, '--unattended') },
    { name: 'masked', call: () => pipe('run', masked, '--unattended', ...given) },
  ]);
  rmSync(teed);
  ratio('1 GiB of output, log and screen', got.get('big'), got.get('T'), 'T', 1.3);
  ratio('… with 20 secrets', got.get('masked'), got.get('T'), 'T', 2);
  memory('memory at 1 GiB of output', big, 150);
  memory('memory at one line of 64 MiB', wide, 150);
  rmSync(path.join(state, 'runs'), { recursive: true, force: true });
});

section('reading', () => {
  const small = file('small.md', manualOf(1_000_000));
  const large = file('large.md', manualOf(10_000_000));
  const fences = file(
    'fences.md',
    `# List\n\n${'1. Do it:\n   ```bash\n   true\n   ```\n'.repeat(1200)}`,
  );
  const hostile = file('hostile.md', `# Hostile\n\n${'- '.repeat(12_500)}x\n`);
  const quick = (name: string): void => {
    start(node, [bin, 'show', name, '--json', '--state', path.join(work, 'none')]);
  };
  const got = medians(3, [
    { name: 'small', call: () => quick(small) },
    { name: 'large', call: () => quick(large) },
    { name: 'fences', call: () => quick(fences) },
    { name: 'hostile', call: () => quick(hostile) },
  ]);
  ratio('10 MB of markdown to 1 MB', got.get('large'), got.get('small'), '× 1 MB', 12);
  absolute('a list of 1,200 fences', got.get('fences'), 300);
  absolute('hostile 25 KB', got.get('hostile'), 1000);
});

section('peers', () => {
  const peers = ['runme', 'atuin', 'ie', 'just', 'ansible-playbook'];
  const found = peers.filter(
    (name) => spawnSync('bash', ['-c', `command -v ${name}`]).status === 0,
  );
  const seen = found.length === 0 ? 'none is installed here' : `found: ${found.join(', ')}`;
  rows.push({ what: `peers (${peers.join(', ')})`, goal: '', seen, holds: null });
});

function memory(what: string, runbook: string, goalMb: number): void {
  if (!existsSync('/usr/bin/time')) {
    memoryByWait(what, runbook, goalMb);
    return;
  }
  const result = spawnSync(
    '/usr/bin/time',
    ['-f', '%M', '-o', path.join(work, 'rss'), node, bin, 'run', runbook, '--all', '--unattended'],
    { cwd: work, stdio: 'ignore', env: { ...process.env, HANDRAIL_HOME: state } },
  );
  succeed(result, what);
  megabytes(
    what,
    Number(readFileSync(path.join(work, 'rss'), 'utf8').trim().split('\n').at(-1)) / 1024,
    goalMb,
  );
}

/** Without GNU time: the kernel's own high-water mark of the engine, read while it still runs. */
function memoryByWait(what: string, runbook: string, goalMb: number): void {
  const wrapper = file(
    'peak.mjs',
    `import { spawn } from 'node:child_process'; import { readFileSync, writeFileSync } from 'node:fs';
const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'ignore' });
let peak = 0;
const timer = setInterval(() => { try { peak = Math.max(peak, Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/' + child.pid + '/status', 'utf8'))?.[1] ?? 0)); } catch {} }, 5);
child.on('close', (code) => { clearInterval(timer); writeFileSync('rss', String(peak)); process.exitCode = code ?? 1; });\n`,
  );
  succeed(start(node, [wrapper, bin, 'run', runbook, '--all', '--unattended']), what);
  megabytes(what, Number(readFileSync(path.join(work, 'rss'), 'utf8')) / 1024, goalMb);
}

function megabytes(what: string, got: number, goalMb: number): void {
  rows.push({ what, goal: `≤ ${goalMb} MB`, seen: `${got.toFixed(0)} MB`, holds: got <= goalMb });
}

function absolute(what: string, got: number | undefined, goalMs: number): void {
  const value = got ?? Number.NaN;
  rows.push({
    what,
    goal: `≤ ${goalMs} ms`,
    seen: `${value.toFixed(0)} ms, start-up included`,
    holds: value <= goalMs,
  });
}

/** A manual of about so many bytes: procedures of prose, a table, a list and small steps. */
function manualOf(bytes: number): string {
  const part = (number: number): string =>
    [
      `## Part ${number}\n`,
      'The pool hangs when connections leak. Look before you act, and write down what you see.\n',
      '| Sign | Meaning |\n|---|---|\n| slow | the pool is full |\n| errors | the pool is gone |\n',
      `- [ ] The dashboard of part ${number} was looked at\n- The team was told\n`,
      'Look at it:\n',
      `\`\`\`bash\necho "part ${number}"\n\`\`\`\n`,
    ].join('\n');
  const parts: string[] = ['# Manual\n'];
  for (let number = 1, size = 0; size < bytes; number += 1) {
    const text = part(number).replace(/^- \[ \].*\n/m, '');
    parts.push(text);
    size += text.length;
  }
  return parts.join('\n');
}

const width = (pick: (row: Row) => string): number =>
  Math.max(...rows.map((row) => pick(row).length));
const [whatWidth, goalWidth] = [width(({ what }) => what), width(({ goal }) => goal)];
for (const { what, goal, seen, holds } of rows) {
  const word = holds === null ? '     ' : holds ? 'holds' : 'SHORT';
  console.log(`${word}  ${what.padEnd(whatWidth)}  ${goal.padEnd(goalWidth)}  ${seen}`);
}
rmSync(work, { recursive: true, force: true });
