/** Where a piece of the page stands, as gates see it. */
export interface Standing<Scope> {
  /** Conditions around it that are no gates, the outermost first. */
  readonly chain: readonly Scope[];
  /** Those of them that headings say. */
  readonly headings: readonly Scope[];
  /** Below a heading whose steps are carried out only after a failure. */
  readonly isUndoing: boolean;
}

interface OpenGate<Scope> {
  readonly scope: Scope;
  /** Conditions that it stands in itself: it ends with them. */
  readonly inside: readonly Scope[];
  readonly isUndoing: boolean;
  /** It ends with the section it stands in, whatever the page is. */
  readonly isNear: boolean;
  /** It ends there, whatever the page is: "skip to 'Cleanup'". */
  readonly until: object | undefined;
  /** Level of the heading it stands under, or of the one it led past. */
  level: number;
  /** The highest level of a heading that it leads past: no other title of a manual. */
  readonly highest: number;
  /** Something to do stood behind it. */
  isReached: boolean;
}

/**
 * The gates ("Only continue if …", "Abort if …") that are open while a page is gone through from the top. In a runbook,
 * which is carried out as a whole, a gate stands before everything below it; in a manual before the rest of its
 * section, or the next section with steps where none is left. One inside "On Debian" ends with that.
 */
export class OpenGates<Scope> {
  readonly #isManual: boolean;
  #open: readonly OpenGate<Scope>[] = [];

  constructor(isManual: boolean) {
    this.#isManual = isManual;
  }

  heading(level: number): void {
    this.#open = this.#open.filter((gate) => {
      if (gate.until !== undefined || (!this.#isManual && !gate.isNear)) return true;
      if (level > gate.level) return true;
      if (gate.isNear) return false;
      if (gate.isReached || level < gate.highest) return false;
      gate.level = level;
      return true;
    });
  }

  /** The piece is reached to which one of them leads. */
  until(piece: object): void {
    this.#open = this.#open.filter((gate) => gate.until !== piece);
  }

  /** Those that a piece stands behind; what has a condition of its own, such as "If it fails", is not led to. */
  over({ chain, headings, isUndoing }: Standing<Scope>): readonly Scope[] {
    this.#open = this.#open.filter(({ inside }) => inside.every((one) => chain.includes(one)));
    return this.#over(headings, isUndoing).map(({ scope }) => scope);
  }

  /** Something is to be done there. */
  reach({ headings, isUndoing }: Standing<Scope>): void {
    for (const gate of this.#over(headings, isUndoing)) gate.isReached = true;
  }

  open(
    scope: Scope,
    level: number,
    standing: Standing<Scope>,
    {
      isNear = false,
      until,
    }: { readonly isNear?: boolean | undefined; readonly until?: object | undefined } = {},
  ): void {
    const { chain, isUndoing } = standing;
    const gate = { scope, inside: chain, isUndoing, isNear, until, level, isReached: false };
    this.#open = [...this.#open, { ...gate, highest: Math.min(level, 2) }];
  }

  #over(headings: readonly Scope[], isUndoing: boolean): readonly OpenGate<Scope>[] {
    return this.#open.filter(
      (gate) => gate.isUndoing === isUndoing && headings.every((one) => gate.inside.includes(one)),
    );
  }
}
