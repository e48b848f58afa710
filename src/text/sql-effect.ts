import { readsOnly } from './sql-functions.ts';

/** What SQL text visibly does, judged by its words: no parser is loaded for it. */
export interface SqlJudgement {
  readonly effect: 'none' | 'reads' | 'writes' | 'destroys';
  /** Why it destroys, or why it only reads where that is not plain; `''` otherwise. */
  readonly why: string;
  /** What it would take away; `''` when that is nothing or has no name. */
  readonly target: string;
}

const READS =
  /^(?:select|show|explain|with|table|values|reset|fetch|move|declare|close|begin|start(?=\s+transaction\b)|commit|end|rollback|abort|savepoint|release|listen|unlisten|discard|set|describe|desc|use|help|pragma|print|go|\()/i;
const DESTROYS =
  /\b(?:drop\s+(?!(?:not\s+null|default|identity|expression)\b)\w+|delete\s+from|vacuum(?:\s*\(\s*|\s+)full|reassign\s+owned|detach\s+partition|insert\s+overwrite|flashback\s+table|restore\s+(?:database|table|log)|purge\s+(?:binary|master|table|recyclebin)\b|pg_(?:terminate|cancel)_backend|pg_(?:drop|replication_origin_drop|promote)\w*|(?:stop|reset)\s+(?:(?:all\s+)?(?:slaves?|replicas?)|master|group_replication|binary\s+logs|persist))\b|\btruncate\s+(?!\()|^(?:kill|shutdown)\b/i;
/** Statements that begin like a query and are more than one. */
const ACTS =
  /\b(?:insert\s+into|replace\s+into|merge\s+into|update\s+(?:only\s+)?[\w."]+\s+(?:as\s+\w+\s+|\w+\s+)?set|into\s+(?:outfile|dumpfile|temp\b|temporary\b|unlogged\b|table\b|@?[\w."]+)|for\s+(?:no\s+key\s+)?(?:update|share|key\s+share)|lock\s+in\s+share\s+mode)\b|^set\s+(?:global|persist|persist_only|password|@@global)\b|^pragma\s+\w+\s*(?:=|\()|^pragma\s+(?:optimize|wal_checkpoint|incremental_vacuum|shrink_memory)\b/i;
/** What a read-only connection lets a query do all the same. */
const ACTS_ON_OTHERS = /\bpg_(?:terminate_backend|cancel_backend|drop_\w+|promote)\b/i;
const TELLS =
  /\b(?:pg_(?:reload_conf|rotate_logfile|switch_wal|advisory_\w+|stat_(?:\w{1,40}_)?reset\w*|notify|file_write|create_\w+|log_\w+|wal_replay_\w+)|dblink\w*|lo_\w+|copy\b[^;]*\bto\b|alter\s+system|notify\s+\w|load\s+')/i;
const PROGRAM = /\bprogram\s+'/i;
const UNLOCKS =
  /\bread\s+write\b|transaction_read_only|\bset_config\b|\bdiscard\s+all\b|\breset\s+all\b/i;

/**
 * The worst thing the statements of the text do. Comments, strings and quoted bodies count for nothing; on a
 * read-only connection neither does what the server refuses.
 */
export function judgeSql(text: string, readonly = false): SqlJudgement {
  const { statements, commands } = split(text);
  if (readonly && !UNLOCKS.test(statements)) return judgeReadOnly(statements, commands);
  let effect: SqlJudgement['effect'] = 'none';
  for (const command of commands) effect = worse(effect, clientReads(command) ? 'reads' : 'writes');
  for (const statement of statements.split(';').map((each) => each.trim())) {
    if (statement === '') continue;
    const judgement = judgeStatement(statement);
    if (judgement.effect === 'destroys') return judgement;
    effect = worse(effect, judgement.effect);
  }
  return { effect, why: '', target: '' };
}

function judgeStatement(statement: string): SqlJudgement {
  const explained = /^explain\s+(?:query\s+plan\s+)?/i.exec(statement);
  if (explained !== null) {
    const inner = statement.slice(explained[0].length);
    const options = inner.startsWith('(') ? inner.slice(0, inner.indexOf(')') + 1) : '';
    const rest = inner.slice(options.length).trimStart();
    const words = /^(?:(?:analyze|analyse|verbose)\s+){0,2}/i.exec(rest)?.[0] ?? '';
    if (!/\banaly[sz]e\b/i.test(options + words)) return plain('reads');
    return judgeStatement(rest.slice(words.length));
  }
  const destroys = DESTROYS.exec(statement);
  if (destroys !== null) {
    const words = destroys[0].replace(/\s+/g, ' ').trim().toUpperCase();
    return {
      effect: 'destroys',
      why: `\`${words}\` takes something away`,
      target: targetOf(statement),
    };
  }
  if (changesEveryRow(statement)) {
    const why = '`UPDATE` without `WHERE` changes every row';
    return { effect: 'destroys', why, target: targetOf(statement) };
  }
  if (/^copy\b/i.test(statement))
    return plain(
      /\bto\s+stdout\b/i.test(statement) && readsOnly(statement.replace(/^copy\b/i, ''))
        ? 'reads'
        : 'writes',
    );
  const isQuery = READS.test(statement) && !ACTS.test(statement);
  return plain(isQuery && readsOnly(statement) ? 'reads' : 'writes');
}

function changesEveryRow(statement: string): boolean {
  if (!/^(?:update|with)\b/i.test(statement) || /\bdo\s+update\b/i.test(statement)) return false;
  const at = statement.toLowerCase().lastIndexOf('update ');
  return at >= 0 && /\bset\b/i.test(statement.slice(at)) && !/\bwhere\b/i.test(statement.slice(at));
}

function judgeReadOnly(statements: string, commands: readonly string[]): SqlJudgement {
  const acts = ACTS_ON_OTHERS.exec(statements);
  if (acts !== null)
    return { effect: 'destroys', why: `\`${acts[0]}\` ends what others do`, target: '' };
  if (TELLS.test(statements) || PROGRAM.test(statements) || !commands.every(clientReads))
    return plain('writes');
  return { effect: 'reads', why: 'the connection is read-only', target: '' };
}

function plain(effect: SqlJudgement['effect']): SqlJudgement {
  return { effect, why: '', target: '' };
}

const WEIGHT = { none: 0, reads: 1, writes: 2, destroys: 3 } as const;

function worse(one: SqlJudgement['effect'], other: SqlJudgement['effect']): SqlJudgement['effect'] {
  return WEIGHT[other] > WEIGHT[one] ? other : one;
}

/** Whether a command of psql's own (`\d`, `\x`) only shows; `\!`, `\copy`, `\o`, `\gexec` do not. */
function clientReads(command: string): boolean {
  return /^\\(?:d[\w+]*|l[+x]*|z|sf\+?|sv\+?|x|t|a|q|c|connect|conninfo|timing|pset|set|unset|echo|qecho|warn|encoding|errverbose|h|help|\?|f|H|C|T|p|r|g|gx|gdesc|gset|watch|if|elif|else|endif|prompt|password|bind|getenv|crosstabview|copyright|G)(?:\s[^|>]*)?$/.test(
    command,
  );
}

function targetOf(statement: string): string {
  return (
    /^(?:drop\s+\w+(?:\s+concurrently)?(?:\s+if\s+exists)?|truncate(?:\s+table)?|delete\s+from|alter\s+table(?:\s+if\s+exists)?(?:\s+only)?|update(?:\s+only)?)\s+([\w."$-]+)/i.exec(
      statement,
    )?.[1] ?? ''
  );
}

/** Statements without comments (nested ones too) and quoted text, and the client's own commands apart. */
function split(text: string): {
  readonly statements: string;
  readonly commands: readonly string[];
} {
  const commands: string[] = [];
  const statements = bare(text)
    .split('\n')
    .map((line) => {
      const at = line.search(/\\[a-zA-Z?!]/);
      if (at < 0) return line;
      commands.push(line.slice(at).trim().replace(/;$/, ''));
      return `${line.slice(0, at)};`;
    })
    .join('\n');
  return { statements, commands };
}

/** The code of a `DO` block stays. */
function bare(text: string): string {
  const pieces: string[] = [];
  const token =
    /--[^\n]*|\/\*|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\$(?:[A-Za-z_]\w*)?\$|[^-/'"$`]+|[\s\S]/g;
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
    } else if (/^["`]/.test(piece)) pieces.push(nameOf(piece));
    else pieces.push(piece.startsWith("'") ? "'x'" : piece);
  }
  return pieces.join('');
}

/** A quoted name, so that it can still be told as a target; never a word of the language. */
function nameOf(piece: string): string {
  return `"${piece.slice(1, -1).replace(/\W/g, '_')}"`.replace(
    /^"(?:drop|delete|truncate|update|vacuum)/i,
    '"x',
  );
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
