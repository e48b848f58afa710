import type { Effect } from '../model/effect.ts';

/** What a query given on a command line visibly does. The `sql` step type has the real parser; this is words only. */
export function judgeSql(
  sql: string,
  program: string,
): { readonly effect: Exclude<Effect, 'asks'>; readonly why: string; readonly target: string } {
  const statements = withoutNoise(sql)
    .split(';')
    .map((text) => text.trim())
    .filter(Boolean);
  let reads = true;
  for (const statement of statements) {
    const destroys = DESTROYS.exec(statement);
    if (destroys) {
      const words = destroys[0].toUpperCase().replace(/\s+/g, ' ').trim();
      return {
        effect: 'destroys',
        why: `\`${words}\` in \`${program}\` takes data away`,
        target: targetOf(statement),
      };
    }
    if (
      !READS.test(statement) ||
      /\b(?:for update|into\s+(?:outfile|\w+\s+from))\b/i.test(statement)
    )
      reads = false;
    if (/^with\b/i.test(statement) && /\b(?:insert|update|delete|merge)\b/i.test(statement))
      reads = false;
  }
  return reads
    ? { effect: 'reads', why: `the query in \`${program}\` only reads`, target: '' }
    : { effect: 'writes', why: `the query in \`${program}\` changes something`, target: '' };
}

const READS =
  /^(?:select|show|explain(?!\s+\(?\s*analyze)|with|table|values|describe|desc|use|help|fetch|begin|commit|rollback|start\s+transaction|end|set\s+(?:statement_timeout|lock_timeout|search_path)|pragma\s+\w+\s*$|\\[dlzpqcxt?]|\.(?:tables|schema|headers|mode|indexes))/i;
const DESTROYS =
  /^(?:drop\s+\w+|truncate(?:\s+table)?|delete\s+from|alter\s+table\b[^;]*\bdrop\b|vacuum\s+full|reset\s+\w+|purge\s+\w+|kill\b)|^update\s+(?!.*\bwhere\b)|^with\b.*\bdelete\s+from|^select\b.*\bpg_(?:terminate|cancel)_backend\b/is;

/** Comments and the insides of string literals are no words. */
function withoutNoise(sql: string): string {
  return sql
    .replace(/--[^\n]*/g, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''");
}

function targetOf(statement: string): string {
  return (
    /^(?:drop\s+\w+(?:\s+concurrently)?(?:\s+if\s+exists)?|truncate(?:\s+table)?|delete\s+from|alter\s+table|update)\s+([\w."$-]+)/i.exec(
      statement,
    )?.[1] ?? ''
  );
}
