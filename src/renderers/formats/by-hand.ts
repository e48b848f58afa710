import type { TimelineEvent } from '../../engine/model/timeline.ts';

/** What somebody wrote down for whoever reads the story later: with `handrail note`, or in the walkthrough of a run. */
export function isByHand({ actor, kind, source, visibility }: TimelineEvent): boolean {
  const isNote = source.type === 'note' || (source.type === 'run' && kind === 'note');
  return isNote && actor.type === 'human' && visibility === 'shown';
}
