/** Where in a requested run a fault comes: what the server was just asked to store. */
export const TEAM_POINTS = ['approval', 'claim', 'first append', 'mid batch', 'seal'] as const;
export type TeamPoint = (typeof TEAM_POINTS)[number];

/** What is struck there. */
export const TEAM_FAULTS = ['connection', 'database', 'network', 'host engine'] as const;
export type TeamFault = (typeof TEAM_FAULTS)[number];

/** The table, and the row of it, before which everything holds still until the fault has come. */
export const GATES: Readonly<Record<TeamPoint, { readonly table: string; readonly when: string }>> =
  {
    approval: { table: 'answer', when: "NEW.kind = 'approval'" },
    claim: { table: 'claim', when: 'true' },
    'first append': { table: 'event', when: 'NEW.seq = 0' },
    'mid batch': { table: 'event', when: "NEW.type = 'step.finished'" },
    seal: { table: 'event', when: "NEW.type = 'run.sealed'" },
  };

/** SQLSTATEs that a fault may bring: the server was ended, is beginning, or lost its client. */
export const ALLOWED_STATES: ReadonlySet<string> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08P01',
]);
