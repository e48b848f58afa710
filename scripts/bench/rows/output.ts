import { rmSync } from 'node:fs';
import path from 'node:path';
import { figure, type Group, ratio } from '../row.ts';

const LINE = 'a line of output, as a build or a backup would print it, of eighty\n';
const MIB = 2 ** 20;

/** Much output, to the screen and into the record. */
export const output: Group = {
  name: 'output',
  rows: ['output', 'output-secrets', 'output-memory', 'output-line-memory'],
  async measure(bench) {
    const size = bench.isQuick ? 128 : 1024;
    const filler = bench.file('filler', LINE.repeat(Math.ceil(MIB / LINE.length)));
    const gen = `for ((i = 0; i < ${size}; i += 1)); do cat '${filler}'; done`;
    const fence = (text: string): string =>
      `# Big\n\n\`\`\`bash timeout=10m\n${text}\n${gen}\n\`\`\`\n`;
    const big = bench.file('big.md', fence(':'));
    const names = Array.from({ length: 20 }, (_, index) => `key${index}`);
    const declared = names.map((name) => `  ${name}: { secret: true }`).join('\n');
    const used = names.map((name) => `: {{${name}}}`).join('\n');
    const masked = bench.file('masked.md', `---\ninputs:\n${declared}\n---\n${fence(used)}`);
    const given = names.flatMap((name) => ['--input', `${name}=secret-value-${name}-abcdefgh`]);
    const wide = bench.file(
      'wide.md',
      '# Wide\n\n```bash timeout=10m\nhead -c 67108864 /dev/zero | tr "\\0" x\n```\n',
    );
    const forget = (): void =>
      rmSync(path.join(bench.state, 'runs'), { recursive: true, force: true });
    const unseen = (...args: readonly string[]): readonly string[] => [
      ...['bash', '-c', 'exec "$@" > /dev/null', 'bash'],
      ...bench.handrail('run', ...args, '--unattended'),
    ];
    const teed = path.join(bench.folder, 'teed');
    const times = bench.race([
      { name: 'T', argv: ['bash', '-c', `{ ${gen}; } | tee '${teed}' > /dev/null`] },
      { name: 'big', argv: unseen(big), before: forget },
      { name: 'masked', argv: unseen(masked, ...given), before: forget },
    ]);
    rmSync(teed);
    const memory = async (name: string, what: string, goal: number, file: string) => {
      const row = figure(
        { name, what, goal },
        await bench.peakMb(bench.handrail('run', file, '--unattended')),
        'MB',
      );
      forget();
      return row;
    };
    return [
      ratio(
        { name: 'output', what: `${size} MiB of output to screen and log`, goal: 1.3 },
        times,
        ['big'],
        ['T'],
      ),
      ratio(
        { name: 'output-secrets', what: '… with 20 secrets', goal: 1.8 },
        times,
        ['masked'],
        ['T'],
      ),
      await memory('output-memory', `memory at ${size} MiB of output`, 100, big),
      await memory('output-line-memory', 'memory at one line of 64 MiB', 150, wide),
    ];
  },
};
