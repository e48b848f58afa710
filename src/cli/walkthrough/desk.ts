import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { StepPart } from '../../engine/model/runbook.ts';
import type { Asker } from './asker.ts';
import type { Board } from './board.ts';
import { type Canvas, leadLines } from './canvas.ts';
import type { Clocks } from './clock-line.ts';
import type { Instead } from './earlier-legs.ts';
import type { StepLore } from './step-screen.ts';

/** What every menu of the walkthrough works with. */
export interface Desk {
  readonly asker: Asker;
  /** The block at the bottom of the screen that is drawn again in its place. */
  readonly board: Board;
  readonly canvas: () => Canvas;
  /** Commands that stand in a step's own words. */
  readonly codesOf: (planned: PlannedStep) => readonly string[];
  readonly lore: (situation: Situation) => StepLore;
  /** How this step ended before, one phrase; `''` when it never ran. */
  readonly history: (situation: Situation) => string;
  /** How long a step usually takes; `null`: nobody knows. */
  readonly usualMs: (stepId: string) => number | null;
  /** What a step printed, newest first: its tries in this run, and the last run before. */
  readonly outputs: (stepId: string) => Promise<readonly OutputSource[]>;
  /** The last lines of the last output. */
  readonly tail: () => readonly string[];
  /** Where the run's folder is. */
  readonly logPath: () => string;
  readonly mode: DeskMode;
}

/** One attempt's output that can be looked at. */
export interface OutputSource {
  /** `try 2, this run`, `2026-11-20`. */
  readonly label: string;
  readonly text: string;
}

/** What was said about the procedures of a manual that is gone through from one end to the other. */
export interface Gates {
  /** Procedures that were begun, by id. */
  readonly begun: Set<string>;
  /** Why a procedure is left out, by id. */
  readonly leftOut: Map<string, string>;
  /** The person wants no more questions. */
  open: boolean;
  /** The planned id of the stop whose text above its own procedure's is on the screen already. */
  told: string | null;
}

/** What the walkthrough remembers from one question to the next. */
export interface DeskMode {
  /** Run on without asking until something needs a person. */
  runOn: boolean;
  /** The person is on the way out: what is asked next is answered by saving and quitting. */
  leaving: boolean;
  /** The planned id of the step whose screen stands just above: it need not be shown again. */
  shown: string | null;
  /** The stop that the page's text led to last: it stands above. */
  led: string | null;
  /** The planned id of the step whose condition was just said to hold: "yes, run it". */
  agreed: string | null;
  /** Ids of conditions that the person was asked about: their words stand above. */
  readonly judged: Set<string>;
  /** The part of a step's fence that was tried last (from 0), by planned id. */
  readonly parts: Map<string, number>;
  /** How often each step was tried in this run, and how long its last try took, by planned id. */
  readonly stats: Map<string, { readonly tries: number; readonly tookMs: number }>;
  /** What each attempt of a fence's parts was, by `STEP try N`: "part 2". */
  readonly attempts: Map<string, string>;
  readonly instead: Instead;
  /** The step that ended last. */
  lastRun: { readonly id: string; readonly title: string } | null;
  /** What of a step ran last. */
  ran: Ran | null;
  /** The checklist that is being gone through. */
  list: OpenList | null;
  readonly clocks: Clocks;
  /** What stands beside answers that earlier legs of the run recorded, by planned id. */
  readonly answered: Map<string, string>;
  readonly gates: Gates;
}

/** What of a step's text ran last, as far as it is not all of it. */
export interface Ran {
  /** Planned id. */
  readonly id: string;
  readonly edited?: string;
  readonly part?: StepPart;
  /** Only from this line of it on (from 1). */
  readonly fromLine?: number;
}

/** Which parts of a fence are behind, and which one was tried last (from 0). */
export interface PartsRun {
  readonly passed: ReadonlySet<number>;
  readonly tried: number | null;
}

/** What the walkthrough remembers of the checklist on the screen from one answer to the next. */
export interface OpenList {
  /** Planned id of its first item. */
  readonly first: string;
  readonly title: string;
  readonly group: readonly PlannedStep[];
  cursor: number;
  /** Who answered when, by planned id. */
  readonly remarks: Map<string, string>;
  readonly outcomes: Map<string, string>;
  /** All of it was answered, and whoever came back to it goes on: the answers stand. */
  isPassed: boolean;
}

/** A menu's answer: a decision, or `null` to show the menu again. */
export type Choosing = Promise<Decision | null>;

/** A question that must be answered; `undefined` when the person left it. */
export async function reasonFor(
  desk: Pick<Desk, 'asker'>,
  question: string,
): Promise<string | undefined> {
  const answer = await desk.asker.questions.text(question, {
    judge: (text) =>
      text.trim() === '' ? 'A reason is needed: it is what the timeline will tell.' : undefined,
  });
  return answer?.trim();
}

/**
 * Shows a stop below the text that leads to it. Where the stop is text itself (`isText`), that is page text too: all of it
 * is read before its keys, which take `keyLines` lines.
 */
export async function showStop(
  desk: Pick<Desk, 'asker' | 'canvas'>,
  { lead, stop, keyLines, isText = false }: ShownStop,
): Promise<void> {
  const { asker, canvas } = desk;
  const below = keyLines + PROMPT_LINES;
  // In plain words the stop says first which one it is.
  const above = canvas().plain ? [] : leadLines(lead, canvas());
  if (isText) return asker.tell([...above, ...stop], below);
  await asker.tell(above, stop.length + below);
  await asker.say(stop);
}

/** What is shown of a stop. */
interface ShownStop {
  /** The markdown that leads to it. */
  readonly lead: string;
  readonly stop: readonly string[];
  readonly keyLines: number;
  readonly isText?: boolean;
}

/** The clocks and the prompt. */
const PROMPT_LINES = 2;

/** The markdown that leads to a stop (`of`), the first time that it is asked about: after that it stands above. */
export function leadOnce(situation: Situation, desk: Desk, of = situation.planned.id): string {
  if (desk.mode.led === of) return '';
  desk.mode.led = of;
  const { id, passage } = situation.planned;
  if (passage !== undefined && desk.mode.gates.told === id) return passage.own;
  return desk.lore(situation).lead;
}
