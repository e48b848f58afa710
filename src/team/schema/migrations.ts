import { sha256Of } from '../../text/sha256.ts';
import { HELD } from './held.ts';
import { INCIDENTS } from './incidents.ts';
import { APART, ENDS, RECORD } from './record.ts';
import { DUE, ELSEWHERE, FORESEEN, OWN_DUE, PENDING, REQUESTS } from './requests.ts';

/** One step of the schema; it is applied once, and never edited after a release. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Every version of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'record', sql: RECORD },
  { version: 2, name: 'requests', sql: REQUESTS },
  { version: 3, name: 'due', sql: DUE },
  { version: 4, name: 'incidents', sql: INCIDENTS },
  { version: 5, name: 'ends', sql: ENDS },
  { version: 6, name: 'pending', sql: PENDING },
  { version: 7, name: 'apart', sql: APART },
  { version: 8, name: 'held', sql: HELD },
  { version: 9, name: 'foreseen', sql: FORESEEN },
  { version: 10, name: 'own due', sql: OWN_DUE },
  { version: 11, name: 'elsewhere', sql: ELSEWHERE },
];

/** A migration as it is sent: its objects belong to the owner, and the list of versions knows it. */
export function migrationScript({ version, name, sql }: Migration): string {
  const digest = sha256Of(sql);
  return [
    `-- version ${version}: ${name}`,
    'SET LOCAL ROLE handrail_owner;',
    sql.trim(),
    `INSERT INTO handrail.migration (version, name, sha256) VALUES (${version}, '${name}', '${digest}');`,
    'RESET ROLE;',
    '',
  ].join('\n');
}
