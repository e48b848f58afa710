import type { SqlStatement } from './statements.ts';

/** A statement as it is sent. */
export interface BoundStatement {
  readonly text: string;
  readonly values: readonly string[];
  /** Where an offset of the sent text stands in the statement as written. */
  originalOffset(sent: number): number;
}

/**
 * Gives one statement of a fence its own values: parameters count through the whole fence and are numbered anew from
 * `$1`. Where the server takes no parameters (`ALTER ROLE … PASSWORD`), the value becomes a quoted literal.
 */
export function bindStatement(statement: SqlStatement, binds: readonly string[]): BoundStatement {
  const values: string[] = [];
  const places = new Map<number, number>();
  const edits: {
    readonly start: number;
    readonly end: number;
    readonly sent: number;
    readonly length: number;
  }[] = [];
  let text = '';
  let at = 0;
  for (const parameter of statement.parameters) {
    const value = binds[parameter.number - 1];
    if (value === undefined) continue;
    const known = places.get(parameter.number) ?? places.size + 1;
    if (statement.bindable && !places.has(parameter.number)) {
      places.set(parameter.number, known);
      values.push(value);
    }
    text += statement.text.slice(at, parameter.start);
    const put = statement.bindable ? `$${known}` : quoteLiteral(value);
    edits.push({
      start: parameter.start,
      end: parameter.end,
      sent: text.length,
      length: put.length,
    });
    text += put;
    at = parameter.end;
  }
  text += statement.text.slice(at);
  return {
    text,
    values,
    originalOffset(sent) {
      const last = edits.findLast((edit) => edit.sent <= sent);
      if (!last) return sent;
      const into = sent - last.sent;
      return into < last.length ? last.start : last.end + into - last.length;
    },
  };
}

/**
 * A string constant that means exactly the value, whatever `standard_conforming_strings` says; spaces around it keep
 * it apart from the author's own quotes and words.
 */
export function quoteLiteral(value: string): string {
  const quoted = value.replaceAll("'", "''").replaceAll('\\', '\\\\');
  return value.includes('\\') ? ` E'${quoted}' ` : ` '${quoted}' `;
}
