import type { Beside } from './alternatives.ts';
import type { Below } from './below.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import type { MarkReader } from './marks/mark-reader.ts';
import { isScenario, triesUndoing } from './marks/scenarios.ts';
import { canBeCase, gathersTrouble, isSymptom, isTrouble } from './marks/trouble.ts';
import type { HeadingPiece } from './pieces.ts';
import type { Outline } from './surroundings.ts';
import { callsOff, cleansAway, takesBack } from './undoing.ts';

/** Reads what titles of a page, headings and labels, say of when that is done which stands below them. */
export class TitleMarks {
  readonly #outline: Outline;
  readonly #marks: MarkReader;
  readonly #below: Below;
  /** Ids of procedures below which headings say what has gone wrong. */
  readonly #troubles: ReadonlySet<string>;

  constructor(outline: Outline, marks: MarkReader, below: Below) {
    this.#outline = outline;
    this.#marks = marks;
    this.#below = below;
    this.#troubles = new Set(
      outline.procedures
        .filter(({ heading }) => gathersTrouble(heading.text))
        .map(({ procedure }) => procedure.id),
    );
  }

  /** "Stop if the drain hangs" as a heading is a gate, and no case in which to do what is below it. */
  headed(text: string, ancestors: readonly string[]): ConditionMark | null {
    if (this.#marks.gate(text) !== null) return null;
    return (
      this.#marks.title(text) ??
      (ancestors.length > 0 ? (questionMark(text) ?? asideMark(text)) : null) ??
      this.#scenario(text, ancestors)
    );
  }

  /** "**Disk full:**" says when as a heading does. */
  label(text: string): ConditionMark | null {
    if (this.#marks.gate(text) !== null) return null;
    const mark = this.#marks.title(text) ?? questionMark(text);
    return mark === null && (isSymptom(text) || isScenario(text))
      ? { kind: 'if', text: shownTitle(text) }
      : mark;
  }

  /** "Uninstall" in a page that installs, "Testing the rollback" in one that has another end. */
  takenBack(
    heading: HeadingPiece,
    before: readonly string[],
    ancestors: readonly string[],
  ): ConditionMark | null {
    const { text } = heading;
    const others = before.filter((one) => one !== '');
    const isTaken =
      takesBack(text, before) ||
      callsOff(text, others) ||
      cleansAway(text, before, () => ({
        below: this.#below.firstCommand(heading),
        above: this.#below.commandsAbove(heading),
      })) ||
      (ancestors.length > 0 && triesUndoing(text));
    return isTaken ? { kind: 'if', text: shownTitle(text), undoes: true } : null;
  }

  /**
   * Below "Troubleshooting" the neighbours of cases are cases, whatever words say so: "No space left" beside "Pod is
   * stuck", and all of those that are counted. What asks for something there is none.
   */
  markCases(family: Beside[], parent: string): void {
    const marked = family.filter(({ mark }) => mark?.kind === 'if').length;
    if (!this.#isTroubles(parent) || marked === 0 || marked * 3 < family.length) return;
    const isCounted =
      marked > 1 &&
      marked * 2 >= family.length &&
      family.every(({ text }) => /^\W{0,3}\d{1,2}[.):]/.test(text));
    for (const [at, one] of family.entries()) {
      if (one.mark !== null || !(isCounted || canBeCase(one.text))) continue;
      const mark = { kind: 'if', text: shownTitle(one.text) } as const;
      family[at] = { ...one, mark: isCounted ? mark : { ...mark, sparesReads: true } };
    }
  }

  /** A procedure below which, or around which, it is said what has gone wrong. */
  #isTroubles(id: string): boolean {
    const read = this.#outline.procedures.find(({ procedure }) => procedure.id === id);
    return [id, ...(read?.ancestors ?? [])].some((one) => this.#troubles.has(one));
  }

  /** What has gone wrong: a symptom below another heading, or whatever says so below "Troubleshooting". */
  #scenario(heading: string, ancestors: readonly string[]): ConditionMark | null {
    if (ancestors.length > 0 && (isSymptom(heading) || isScenario(heading)))
      return { kind: 'if', text: shownTitle(heading) };
    if (!isTrouble(heading) || /\?$/.test(heading)) return null;
    return ancestors.some((id) => this.#troubles.has(id)) ? { kind: 'if', text: heading } : null;
  }
}

/** "Disk full → clean it": what is wrong stands in front of the arrow. */
export function symptomMark(text: string): ConditionMark | null {
  const at = text.search(/ (?:→|⇒|[-=]>) /u);
  const symptom = at > 0 ? text.slice(0, at) : '';
  return symptom !== '' && (isSymptom(symptom) || isTrouble(symptom))
    ? { kind: 'if', text: shownTitle(symptom) }
    : null;
}

/** "Is the disk full?" over what acts: whatever the answer is, it is one that somebody has to give. */
function questionMark(text: string): ConditionMark | null {
  return /^[^\p{L}]{0,6}(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|ist|sind|war|hat|haben|est-ce|a-t-|está|hay|è|é)(?![\p{L}])[^?？]{1,120}[?？][^\p{L}\p{N}]{0,3}$/iu.test(
    text,
  )
    ? { kind: 'if', text: shownTitle(text), sparesReads: true }
    : null;
}

/** "Failover (primary down)": what is wrong stands behind, in brackets. */
function asideMark(text: string): ConditionMark | null {
  const aside = /\(([^()]{3,60})\)\W{0,3}$/.exec(text)?.[1] ?? '';
  return isSymptom(aside) ? { kind: 'if', text: shownTitle(text) } : null;
}

/** A title without its colon. */
export const shownTitle = (text: string): string => text.replace(/\s?[:：]$/u, '').trim();
