/** "1. ", "Step 2: ", "2.1 " in front of a title: its author counts too. "3 pods run" counts nothing. */
const COUNTED = /^(?:step )?(\d{1,3}(?:[.):](?=\s)|(?:\.\d{1,3}){1,3}\.?(?=\s)|:))/i;

/**
 * A step's title behind its number in the run, `1. Look`. Where its author counted it the same way it is said once; where the
 * two differ, the run's is the one behind `#`, as it may be typed. 0 is no number.
 */
export function countedTitle(position: number, title: string, mark = '.'): string {
  if (position === 0) return title;
  const own = COUNTED.exec(title)?.[1];
  if (own === undefined) return `${position}${mark} ${title}`;
  return own.replace(/[.):]$/, '') === String(position) ? title : `#${position} ${title}`;
}
