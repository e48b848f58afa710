import type { ShownAnswers } from '../model/block.ts';
import { beginsAsSql } from './reads-as-sql.ts';
import { statementReader } from './sql-reader.ts';

/** Statements without prompts, with what the database answered taken off; every line keeps its number. */
export interface SqlListing {
  readonly text: string;
  readonly answers: ShownAnswers | undefined;
  /** 0-based line of a statement that is answered before its `;`: where it ends nobody can say. */
  readonly unfinished: number | undefined;
}

/** What a database says when a statement is done. */
const TAG =
  /^(?:(?:DELETE|UPDATE|SELECT|MERGE|COPY|MOVE|FETCH) \d+|INSERT \d+ \d+|(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|TRUNCATE|BEGIN|COMMIT|ROLLBACK|SET|RESET|VACUUM|ANALYZE|REINDEX|DO|CALL)(?: [A-Z]+){0,3}|\(\d+ rows?\)|Query OK\b.*|Empty set\b.*|\d+ rows? in set\b.*|(?:ERROR|WARNING|NOTICE|HINT|DETAIL|LINE \d+): .*|ERROR \d+ .*|Time: .*|-\[ RECORD .*)$/;
/** Answers that are no beginning of a line of any statement. */
const SURE_TAG =
  /^(?:(?:DELETE|UPDATE|MERGE) \d+|INSERT \d+ \d+|\(\d+ rows?\)|Query OK\b.*|-\[ RECORD .*)$/;
const RULE = /^\s*[+|]?--[-+|]*\s*$/;
const FOOTER = /^\(\d+ rows?\)$/;
/** Told beside a result: the clock, and what goes to the error stream. */
const ASIDE = /^(?:Time: .*|Timing is \w+\.|(?:WARNING|NOTICE|HINT|DETAIL|CONTEXT): .*)$/;
const ROUGH = /^(?:-\[ RECORD |\s*[+|]|ERROR\b|Query OK\b|Empty set\b|\d+ rows? in set\b)/;
const COPIES = /\bfrom\s+stdin\b/i;

/** Whether a line is a tag, or the head or rule of a table. */
export function isAnswer(lines: readonly string[], at: number): boolean {
  return (
    TAG.test((lines[at] ?? '').trimEnd()) ||
    RULE.test(lines[at] ?? '') ||
    (RULE.test(lines[at + 1] ?? '') && (lines[at] ?? '').trim() !== '')
  );
}

/** What is shown below statements, one list of lines for each of them; `undefined` where nothing is. */
export function answersOf(shown: readonly (readonly string[])[]): ShownAnswers | undefined {
  const groups = shown.map((lines) => trimmed(lines.filter((line) => !ASIDE.test(line.trim()))));
  if (groups.every((lines) => lines.length === 0)) return undefined;
  const text = groups.flatMap((lines) => {
    if (lines.length === 0) return ['...'];
    const isCut = lines.some((line) => RULE.test(line)) && !FOOTER.test(lines.at(-1) ?? '');
    return isCut ? [...lines, '...'] : lines;
  });
  const isRough = groups.some((lines) => lines.some((line) => ROUGH.test(line)));
  return { text: text.join('\n'), isRough };
}

function trimmed(lines: readonly string[]): readonly string[] {
  const filled = lines.map((line) => line.trim() !== '');
  const first = filled.indexOf(true);
  const shown = first < 0 ? [] : lines.slice(first, filled.lastIndexOf(true) + 1);
  return shown.map((line) => line.trimEnd());
}

/** Takes a fence of statements without prompts apart; `undefined` when no answer stands in it. */
export function readSqlListing(text: string): SqlListing | undefined {
  const lines = text.split('\n');
  const out = [...lines];
  const shown: string[][] = [];
  let statement = statementReader();
  let begun = -1;
  let where: 'between' | 'statement' | 'answer' | 'data' = 'between';
  for (const [at, line] of lines.entries()) {
    if (where === 'data') {
      if (line.trim() === '\\.') where = 'between';
      continue;
    }
    if (where === 'statement' && SURE_TAG.test(line.trimEnd()))
      return { text, answers: undefined, unfinished: begun };
    if (where === 'answer' && begins(lines, at)) where = 'between';
    if (where === 'between' && shown.length > 0 && isAnswer(lines, at)) where = 'answer';
    if (where === 'answer') {
      shown.at(-1)?.push(line);
      out[at] = '';
      continue;
    }
    if (where === 'between' && /^\s*(?:--.*)?$/.test(line)) continue;
    if (where === 'between') {
      statement = statementReader();
      begun = at;
      where = 'statement';
    }
    if (!statement.feed(line)) continue;
    const isCopied = COPIES.test(lines.slice(begun, at + 1).join('\n'));
    where = isCopied ? 'data' : 'between';
    shown.push([]);
  }
  const answers = answersOf(shown);
  return (
    answers && { text: out.join('\n').replace(/(?<!\n)\n+$/, ''), answers, unfinished: undefined }
  );
}

/** Statements that say too little on their first line. */
const WORD =
  /^(?:with|select|insert|update|delete|create|alter|drop|truncate|grant|revoke|begin|commit|copy|vacuum|explain|merge|call|do|set|reset|show)\b/i;
const MOST_LINES = 6;

/** Whether a line below an answer belongs to the next statement; rows of a table are indented, whatever they say. */
function begins(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (isAnswer(lines, at) || /^[\s|]/.test(line)) return false;
  const goesOn = WORD.test(line) && beginsAsSql(lines.slice(at, at + MOST_LINES).join(' '));
  return goesOn || beginsAsSql(line) || /^(?:--\s|\\[a-z])/.test(line);
}
