import { existsSync } from 'node:fs';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long, the longest first, as a quiet machine had them. They are begun before all others, so that none
 * of them is still at it alone when the rest is over; a file's size, by which the others go, says little of its time.
 */
const LONG: readonly string[] = [
  'faults/faults',
  'team/requests',
  'release',
  'team/requested-runs',
  'cli/commands/site-browser',
  'team/faults',
  'team/live',
  'steps/shell/remote/recall',
  'scripts/new',
  'package',
  'cli/commands/timeline',
  'team/mirror',
  'scripts/golden',
  'library',
  'team/hostile-persons',
  'team/hostile-database',
  'cli/commands/site',
  'steps/shell/remote/ssh',
  'steps/shell/remote/logins',
  'steps/shell/remote/parallel',
  'cli/commands/incident',
  'engine/computed-secrets',
  'cli/proof/anchors',
  'runbooks',
  'runbooks/tests',
  'engine/parse-hostile',
  'engine/record/fuzz',
  'engine/reading/expected',
  'engine/redacting/tools',
  'engine/shell/early-readers',
  'team/incidents',
  'cli/commands',
  'cli/commands/altered',
  'cli/run',
  'team/schedules',
  'cli/check',
  'engine/record/beginning',
  'stores/files/claims',
  'team/record',
  'cli/walkthrough/terminal-steps',
  'host/notices/end-to-end',
  'team/second-word',
  'team/evidence',
  'runbooks/database-health',
  'cli/walkthrough/ending',
  'engine/crash',
  'cli/commands/for-alert',
  'cli/commands/unattended',
  'cli/commands/alerts',
  'engine/unattended',
  'engine/resolve',
  'engine/words',
  'renderers/run-log.property',
];

const tests = path.dirname(import.meta.dirname);
const places = new Map(LONG.map((name, place) => [path.join(tests, `${name}.test.ts`), place]));

/** Begins with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = [...places.keys()].find((file) => !existsSync(file));
    if (gone !== undefined)
      throw new Error(`${gone} is no file any more: take it out of test/support/longest-first.ts.`);
    const place = ({ moduleId }: TestSpecification): number => places.get(moduleId) ?? LONG.length;
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
