import type { ElementContent } from 'hast';
import type { SiteSubject } from '../../engine/contracts/site.ts';
import { element } from './element.ts';

type LeftOut = Pick<SiteSubject, 'leftOut'>;

/** What can be said of something that no run was found of. */
export function neverRun({ leftOut }: LeftOut): string {
  return leftOut !== undefined && leftOut.older > 0
    ? `Not run in the newest ${leftOut.newest} runs`
    : 'Never run';
}

/** Which runs of the record are not on the site: a list that leaves some out says so. */
export function leftOutNotes({ leftOut }: LeftOut): ElementContent[] {
  if (leftOut === undefined) return [];
  const { older, newest, unreadable } = leftOut;
  const notes: string[] = [];
  if (older > 0)
    notes.push(
      `Only the newest ${newest} runs were looked at: ${older === 1 ? '1 older run is' : `${older} older runs are`} left out. \`handrail runs\` lists all of them.`,
    );
  if (unreadable.length > 0)
    notes.push(
      `Left out, because what is stored of them cannot be read: ${unreadable.join(', ')}. \`handrail verify\` says what is wrong.`,
    );
  return notes.map((note) => element('p', { className: ['left-out'] }, note));
}
