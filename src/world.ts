import type { Clock } from './engine/contracts/clock.ts';
import type { Operator } from './engine/contracts/operator.ts';
import type { Renderer } from './engine/contracts/renderer.ts';
import type { RunStore } from './engine/contracts/run-store.ts';
import type { AnyStepType } from './engine/contracts/step-type.ts';
import type { Provenance } from './engine/model/event.ts';
import type { SecondWord } from './engine/running/session.ts';
import type { EagerLock } from './host/eager-lock.ts';
import type { Said } from './host/execute.ts';

/** The world that runs happen in. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder or URL of the run store. */
  readonly state: string;
  /** What runs are recorded as carried out with. */
  readonly version: string;
  readonly clock?: Clock;
  /** What this host is called in records; its own name where nothing is given. */
  readonly host?: string;
  /** Told of every run before it begins, or is gone on with. */
  readonly beginning?: (run: string, state: string) => void;
  /** Told, with its folder or URL, when a run has ended and its record is closed; the run's last event waits for it. */
  readonly ended?: (state: string) => Promise<void>;
  /** Where the signed word of a second person is looked for. */
  readonly secondWord?: (run: string, who: Provenance, store: RunStore) => SecondWord;
  /** What destroys needs a second person's signed word, whatever its step says. */
  readonly destroysNeedsTwo?: boolean;
  /** Step types of your own. They are asked before handrail's; a name of handrail's takes its place. */
  readonly stepTypes?: readonly AnyStepType[];
  /** Renderers of runs of your own, by which `render` can be asked for by name. */
  readonly renderers?: readonly Renderer<'report'>[];
  /** A run store of your own, instead of the one at `state`. */
  readonly store?: RunStore;
}

/** Who answers in a run, and what ends it. */
export interface Attendance {
  readonly operator: Operator;
  /** Aborted to end the run, with a signal's name as the reason (`SIGTERM`) or with what else is to stand in the record. */
  readonly signal: AbortSignal;
  /** The id that a run is known by already: of the signed request it carries out. It was never used before. */
  readonly run?: string;
  /** What others say about the run while it goes on. */
  readonly said?: Said;
  /** What `lock` answered for this run, where it was had before the run is begun. */
  readonly lock?: EagerLock;
}
