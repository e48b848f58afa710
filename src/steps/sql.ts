import { defineStepType } from '../engine/contracts/step-type.ts';
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
  reachesOut: true,
  preflightsConnection: true,
  detect(block, frontmatter) {
    if (block.kind !== 'fence' || block.content.kind !== 'sql') return undefined;
    const connection = block.annotations.connection ?? 'default';
    const readonly = frontmatter?.connections?.[connection]?.readonly;
    const { effect, why } = judgeSql(block.content.text, readonly);
    return {
      body: { connection },
      why: block.content.why,
      inferred: block.content.inferred,
      effect,
      effectWhy: why,
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
  show(step) {
    const line = step.text.split('\n').find((each) => !/^\s*(?:--.*)?$/.test(each));
    return { title: step.title, summary: line?.trim() ?? '' };
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
