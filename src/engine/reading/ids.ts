import { slugOf } from './slugs.ts';

const LONGEST = 60;

/**
 * Gives out step ids: the step's `name`, else procedure and title, with `-2`, `-3` … for repeated
 * ones: stable under edits elsewhere.
 */
export class StepIds {
  readonly #given = new Map<string, number>();
  readonly #taken = new Set<string>();

  next(name: string | undefined, procedure: string, title: string): string {
    const tail = shortened(slugOf(title)) || 'step';
    const wanted = name
      ? name.trim().replace(/\s+/g, '-')
      : procedure
        ? `${procedure}/${tail}`
        : tail;
    let count = (this.#given.get(wanted) ?? 0) + 1;
    let id = count === 1 ? wanted : `${wanted}-${count}`;
    while (this.#taken.has(id)) {
      count += 1;
      id = `${wanted}-${count}`;
    }
    this.#given.set(wanted, count);
    this.#taken.add(id);
    return id;
  }
}

function shortened(text: string): string {
  const clean = text.replace(/^-+|(?<!-)-+$/g, '').replace(/-{2,}/g, '-');
  return clean.length <= LONGEST ? clean : clean.slice(0, LONGEST).replace(/-[^-]*$/, '');
}
