import * as z from 'zod/mini';
import { defineStepType } from '../engine/contracts/step-type.ts';
import type { Effect } from '../engine/model/effect.ts';

const bodySchema = z.object({
  /** Name of the frontmatter connection that the statements run on. */
  connection: z.string(),
});

/** What an SQL fence needs. */
export type SqlBody = z.infer<typeof bodySchema>;

/** Statements that run on a database connection. */
export const sql = defineStepType<SqlBody>({
  name: 'sql',
  summary: 'Runs the statements of a fence on a PostgreSQL connection of the frontmatter.',
  body: bodySchema,
  quoting: 'sql',
  human: false,
  detect(block) {
    if (block.kind !== 'fence' || block.content.kind !== 'sql') return undefined;
    return {
      body: { connection: block.annotations.connection ?? 'default' },
      why: block.content.why,
      inferred: block.content.inferred,
      ...judge(block.content.text),
    };
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

/** The worst thing the words of the statements do. */
function judge(text: string): { readonly effect: Effect; readonly effectWhy: string } {
  const bare = text.replace(/--.*$|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/gm, ' ');
  const destroys = /\b(?:drop|truncate|delete\s+from)\b[^;]*/i.exec(bare);
  if (destroys) {
    const words = destroys[0].trim().split(/\s+/).slice(0, 2).join(' ').toUpperCase();
    return { effect: 'destroys', effectWhy: `\`${words}\` takes data away` };
  }
  const statements = bare.split(';').filter((each) => each.trim() !== '');
  const reads = statements.every(
    (each) =>
      /^\s*(?:select|show|explain|with|table|values|set|reset|\\d|\\l|begin|commit|rollback)/i.test(
        each,
      ) &&
      !/\b(?:insert|update|delete|merge|into|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_drop_\w+)\b/i.test(
        each,
      ),
  );
  return reads ? { effect: 'reads', effectWhy: '' } : { effect: 'writes', effectWhy: '' };
}
