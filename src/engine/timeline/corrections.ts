import type { DraftEvent } from './draft.ts';

/** Which event corrects which. What the engine recorded of a run cannot be corrected away. */
export class Corrections {
  readonly #by = new Map<string, { readonly id: string; readonly recordedAt: string }>();

  /** Notes what an event corrects, if it may correct anything. */
  take(event: DraftEvent): void {
    if (event.supersedes === null || event.source.type === 'import') return;
    const known = this.#by.get(event.supersedes);
    if (known && known.recordedAt > event.recordedAt) return;
    this.#by.set(event.supersedes, { id: event.id, recordedAt: event.recordedAt });
  }

  /** Id of the event that corrects this one, `null` when it stands. */
  of(event: DraftEvent): string | null {
    const by = this.#by.get(event.id);
    if (!by || by.id === event.id || by.recordedAt < event.recordedAt) return null;
    return isEntry(event) ? by.id : null;
  }
}

/** Said by somebody, and not recorded by the engine. */
function isEntry(event: DraftEvent): boolean {
  return event.source.type !== 'run' || event.kind === 'note' || event.kind === 'milestone';
}
