import type { Verdict } from '../classes/class.ts';
import type { Language } from '../languages/language.ts';

/** What stands around a fence, as far as it tells what the fence holds. */
export interface FenceContext {
  /** The last sentence above, in the same item or section. */
  readonly lead: string;
  /** What else is said over it: the sentence above its tab or box, its own title. */
  readonly above?: readonly string[];
  /** The heading it stands under. */
  readonly heading?: string;
  /** Program names that the runbook uses in fences that say they are shell. */
  readonly tools: Pick<ReadonlySet<string>, 'has'>;
  /** Words that several fences of the page begin a line with, as only commands are begun. */
  readonly programs?: ReadonlySet<string>;
  /** Shell variables used by later fences. */
  readonly usedLater: Pick<ReadonlySet<string>, 'has'>;
  /** Whether the words above say that it is output. */
  readonly output: 'sure' | 'maybe' | 'no';
  /** Words that begin commands of later fences. */
  readonly namedLater?: Pick<ReadonlySet<string>, 'has'>;
  /** Languages of the page, the likeliest first. */
  readonly languages?: readonly Language[];
  /** It is labelled as one of two states set side by side: "Before", "After". */
  readonly compared?: boolean;
  /** What stands directly above opens a file in an editor. */
  readonly edited?: boolean;
  /** Nothing stands between it and a fence of commands. */
  readonly below?: boolean;
  /** Is told what the evidence says. */
  readonly judged?: (verdict: Verdict) => void;
  /** It is indented code or `<pre>`: no language could be given. */
  readonly unmarked?: boolean;
}
