import type { Effect } from '../../engine/model/effect.ts';

/** What SQL text visibly does, judged by its words: no parser is loaded for it. */
export interface SqlJudgement {
  readonly effect: Extract<Effect, 'none' | 'reads' | 'writes' | 'destroys'>;
  /** Why it destroys, `''` otherwise. */
  readonly effectWhy: string;
}

const READS =
  /^(?:select|show|explain|with|table|values|set|reset|fetch|move|declare|close|begin|start|commit|end|rollback|abort|savepoint|release|listen|unlisten|discard|checkpoint|analyze|\()/i;
const CHANGES =
  /\b(?:insert\s+into|update\s+(?:only\s+)?[\w."]+\s+(?:as\s+\w+\s+|\w+\s+)?set|delete\s+from|merge\s+into|into\s+(?:temp\w*\s+|unlogged\s+)?(?:table\s+)?[\w."]+\s+from|nextval|setval|set_config|lo_\w+|pg_(?:reload_conf|rotate_logfile|switch_wal|create_\w+|promote|advisory_\w*lock\w*|log_backend\w*)|dblink\w*|(?:stats|stat)_reset\w*|pg_stat_(?:statements_)?reset\w*)\b/i;
const DESTROYS =
  /\b(?:drop\s+(?!constraint\b)\w+|truncate|delete\s+from|vacuum\s*\(?\s*full|pg_(?:terminate|cancel)_backend|pg_drop_\w+|drop\s+constraint|reassign\s+owned|detach\s+partition)\b/i;
const EVERY_ROW = /^(?:with\b.*\)\s*)?update\b(?!.*\bwhere\b)/is;

/** What even a read-only connection lets a query do to others. */
const ACTS = /\bpg_(?:terminate_backend|cancel_backend|drop_\w+)\b/i;
const TELLS =
  /\bpg_(?:reload_conf|rotate_logfile|switch_wal|promote|advisory_\w*lock\w*|stat_(?:statements_)?reset\w*)\b/i;

/**
 * The worst thing the statements of the text do. Comments, strings and quoted bodies count for nothing; on a read-only connection
 * neither does what the server refuses.
 */
export function judgeSql(text: string, readonly = false): SqlJudgement {
  if (readonly) return judgeReadOnly(bare(text));
  let effect: SqlJudgement['effect'] = 'none';
  for (const statement of bare(text)
    .split(';')
    .map((each) => each.trim())) {
    if (statement === '') continue;
    if (isPlainExplain(statement)) {
      if (effect === 'none') effect = 'reads';
      continue;
    }
    const destroys = DESTROYS.exec(statement);
    if (destroys) {
      const words = destroys[0].replace(/\s+/g, ' ').toUpperCase();
      return { effect: 'destroys', effectWhy: `\`${words}\` takes something away` };
    }
    if (EVERY_ROW.test(statement)) {
      return { effect: 'destroys', effectWhy: '`UPDATE` without `WHERE` changes every row' };
    }
    if (effect !== 'writes') effect = reads(statement) ? 'reads' : 'writes';
  }
  return { effect, effectWhy: '' };
}

function judgeReadOnly(text: string): SqlJudgement {
  const acts = ACTS.exec(text);
  if (acts) return { effect: 'destroys', effectWhy: `\`${acts[0]}\` ends what others do` };
  if (TELLS.test(text)) return { effect: 'writes', effectWhy: '' };
  return { effect: 'reads', effectWhy: 'the connection is read-only' };
}

function isPlainExplain(statement: string): boolean {
  return /^explain\b/i.test(statement) && !/\banaly[sz]e\b/i.test(statement);
}

function reads(statement: string): boolean {
  return statement.startsWith('\\') || (READS.test(statement) && !CHANGES.test(statement));
}

/** Statements without comments (nested ones too) and quoted text; the code of a `DO` block stays. */
function bare(text: string): string {
  const pieces: string[] = [];
  const token =
    /--[^\n]*|\/\*|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|\$(?:[A-Za-z_]\w*)?\$|[^-/'"$]+|[\s\S]/g;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const piece = found[0];
    if (piece === '/*') token.lastIndex = commentEnd(text, token.lastIndex);
    else if (piece.startsWith('--')) pieces.push(' ');
    else if (/^\$.*\$$/.test(piece)) {
      const end = text.indexOf(piece, token.lastIndex);
      const from = token.lastIndex;
      token.lastIndex = end < 0 ? text.length : end + piece.length;
      const isCode = /(?:^|;)\s*do\s+(?:language\s+\w+\s+)?$/i.test(pieces.slice(-3).join(''));
      pieces.push(isCode ? ` ${text.slice(from, token.lastIndex - piece.length)} ` : "''");
    } else pieces.push(/^['"]/.test(piece) ? `${piece[0]}x${piece[0]}` : piece);
  }
  return pieces.join('');
}

function commentEnd(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  for (let depth = 1, found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}
