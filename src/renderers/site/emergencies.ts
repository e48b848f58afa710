import type { Procedure } from '../../engine/model/runbook.ts';
import type { Drill } from './history.ts';
import { distinctTitles } from './titles.ts';
import type { SiteBook, SiteView } from './view.ts';

/** A procedure for emergencies and what proves that it works. */
export interface Emergency {
  readonly book: SiteBook;
  readonly id: string;
  readonly title: string;
  readonly severity: string | null;
  readonly drills: readonly Drill[];
  readonly proof: Drill | null;
}

const WORDS =
  /\b(?:emergenc|incident|outage|disaster|recover|restor|failover|fail over|roll ?back|breach|escalat|corrupt|critical|(?:is|system|service|site|server|application|database|host|node) down\b|loss\b)/i;

/** The procedures that have steps and are for emergencies, the least proven first. */
export function emergencies({ books, history }: SiteView): readonly Emergency[] {
  const found = books.flatMap((book) => {
    const names = distinctTitles(book.body.procedures);
    const withSteps = new Set(book.body.steps.map(({ procedure }) => procedure));
    return book.body.procedures
      .filter((procedure) => withSteps.has(procedure.id) && isEmergency(procedure, book))
      .map(({ id, title, severity }): Emergency => {
        const drills = history.procedure(book.path, id);
        return {
          book,
          id,
          title: names.get(id) ?? title,
          severity: severity ?? book.body.meta.severity ?? null,
          drills,
          proof: drills.find(({ proven }) => proven) ?? null,
        };
      });
  });
  return found.toSorted(
    (a, b) =>
      compare(a.proof?.at ?? '', b.proof?.at ?? '') ||
      compare(a.severity ?? 'P9', b.severity ?? 'P9') ||
      compare(a.book.path, b.book.path),
  );
}

function isEmergency(procedure: Procedure, { body }: SiteBook): boolean {
  return (
    procedure.severity !== null ||
    procedure.role === 'rollback' ||
    body.meta.severity !== undefined ||
    procedure.trail.some((title) => WORDS.test(title))
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
