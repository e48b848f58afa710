import { startPostgres } from '../../../test/support/postgres.ts';
import { figure, type Group } from '../row.ts';

/** A result that is larger than memory should be. */
export const sql: Group = {
  name: 'sql',
  rows: ['sql-memory'],
  async measure(bench) {
    const count = bench.isQuick ? 500_000 : 10_000_000;
    const server = await startPostgres();
    try {
      const page = bench.file(
        'rows.md',
        `---\nconnections:\n  default: { url: $BENCH_DATABASE }\n---\n# Rows\n\n\`\`\`sql timeout=30m\nselect n, 'row ' || n as name from generate_series(1, ${count}) as n;\n\`\`\`\n`,
      );
      const run = bench.handrail('run', page, '--unattended');
      const argv = ['env', `BENCH_DATABASE=${server.url}`, ...run];
      return [
        figure(
          { name: 'sql-memory', what: `memory of an SQL result of ${count} rows`, goal: 150 },
          await bench.peakMb(argv),
          'MB',
        ),
      ];
    } finally {
      await server.stop();
    }
  },
};
