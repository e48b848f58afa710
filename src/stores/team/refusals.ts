import { HandrailError } from '../../engine/model/errors.ts';
import { sqlstateOf } from './connection.ts';

/** A team's URL as it may be shown. */
export function withoutPassword(url: string): string {
  try {
    const shown = new URL(url);
    shown.password = '';
    return shown.toString().replace(/\/$/, '');
  } catch {
    return 'postgres:';
  }
}

/** What the server refused, as one sentence; everything that is not the server's word stays as it is. */
export function inWords(error: unknown, where: string): unknown {
  if (error instanceof HandrailError) return error;
  const sqlstate = sqlstateOf(error);
  const why = error instanceof Error ? error.message : String(error);
  const message = isOlder(error)
    ? `There is no team's record in ${where}, or an older one. \`handrail team init URL\` makes it, or brings it up to date.`
    : sentenceOf(sqlstate, where, why);
  const code = sqlstate === '' || /^(?:08|57)/.test(sqlstate) ? 'UNREACHABLE' : 'TEAM_REFUSED';
  return new HandrailError(code, { message, sqlstate }, { cause: error });
}

/** Something is asked for that the record has not: there is none, or one of an older version. */
export const isOlder = (error: unknown): boolean =>
  ['3F000', '42P01', '42883', '42703'].includes(sqlstateOf(error));

function sentenceOf(sqlstate: string, where: string, why: string): string {
  if (sqlstate === '42501') return `${where} may not do this: ${why}. Use a login that may.`;
  if (sqlstate === '22P02') return `${where} cannot read what was asked: ${why}.`;
  return `The team's record in ${where} did not answer: ${why}.`;
}
