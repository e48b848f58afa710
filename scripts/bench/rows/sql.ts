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
        `# Rows\n\n\`\`\`sql connection={{url}} timeout=30m\nselect n, 'row ' || n as name from generate_series(1, ${count}) as n;\n\`\`\`\n`,
      );
      const argv = bench.handrail('run', page, '--unattended', '--input', `url=${server.url}`);
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
