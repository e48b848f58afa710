import { existsSync } from 'node:fs';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long, the longest first, as a quiet machine had them. They are begun before all others, so that none
 * of them is still at it alone when the rest is over; a file's size, by which the others go, says little of its time.
 */
const LONG: readonly string[] = [
  'cli/commands/site-browser',
  'team/requests',
  'team/live',
  'team/requested-runs',
  'release',
  'team/mirror',
  'steps/shell/remote/ssh',
  'steps/shell/remote/parallel',
  'team/hostile-database',
  'engine/computed-secrets',
  'cli/commands/incident',
  'steps/shell/remote/logins',
  'cli/commands/site',
  'cli/proof/anchors',
  'runbooks',
  'engine/unattended',
  'engine/record/beginning',
  'cli/commands/timeline',
  'team/hostile-persons',
  'stores/files/claims',
  'cli/check',
  'team/record',
  'cli/walkthrough/terminal-steps',
  'host/notices/end-to-end',
  'cli/run',
  'team/schedules',
  'cli/walkthrough/ending',
  'library',
  'cli/commands/unattended',
  'cli/commands/alerts',
  'engine/crash',
  'steps/shell/state',
  'engine/redact',
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
