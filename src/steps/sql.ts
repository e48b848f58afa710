import { defineStepType } from '../engine/contracts/step-type.ts';
import { metaCommandOf } from '../text/psql-command.ts';
import { judgeSql } from '../text/sql-effect.ts';

/** What an SQL fence needs. */
export interface SqlBody {
  /** Name of the frontmatter connection that the statements run on. */
  readonly connection: string;
}

/** Statements that run on a database connection. */
export const sql = defineStepType<SqlBody>({
  name: 'sql',
  summary: 'Runs the statements of a fence on a PostgreSQL connection of the frontmatter.',
  quoting: 'sql',
  human: false,
  content: 'sql',
  called: 'a query',
  takes: ['run', 'doing', 'fence', 'connection'],
  reachesOut: true,
  preflightsConnection: true,
  detect(block, frontmatter) {
    if (block.kind !== 'fence' || block.content.kind !== 'sql') return undefined;
    const connection = block.annotations.connection ?? 'default';
    const readonly = frontmatter?.connections?.[connection]?.readonly;
    const { effect, why, sure } = judgeSql(block.content.text, readonly);
    const meta = metaCommandOf(block.content.text);
    return {
      body: { connection },
      why: block.content.why,
      inferred: block.content.inferred,
      effect,
      effectWhy: why,
      effectSure: sure,
      ...(meta === undefined ? {} : { unread: [unreadOf(meta)] }),
    };
  },
  async *run(step, body, context) {
    const { runSql } = await import('./sql/run.ts');
    return yield* runSql(step, body, context);
  },
  async preflight(step, body, context) {
    const { preflightSql } = await import('./sql/run.ts');
    return preflightSql(step, body, context);
  },
  examples: [
    { markdown: '```sql\nSELECT 1;\n```', body: { connection: 'default' } },
    {
      markdown: '```bash\n# Who is connected?\nSELECT usename FROM pg_stat_activity;\n```',
      body: { connection: 'default' },
    },
    { markdown: '```bash\npsql -c "SELECT 1"\n```', body: null },
  ],
});

function unreadOf({ command: word, line }: NonNullable<ReturnType<typeof metaCommandOf>>) {
  const message = `\`${word}\` is a command of psql, which a database connection does not know.`;
  const hint = 'Write it as a query, or run psql in a shell fence.';
  return { rule: 'psql-command', line, word, message, hint } as const;
}
