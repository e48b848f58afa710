import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import type { FenceBlock } from '../model/block.ts';
import type { Language } from './languages/language.ts';
import type { FencePiece } from './pieces.ts';

/** What a fence was taken for. */
export interface ReadFence {
  readonly piece: FencePiece;
  readonly block: FenceBlock;
  readonly type: AnyStepType | null;
  readonly detection: Detection<unknown> | null;
  /** It states what the step above must put out. */
  readonly expects: boolean;
  readonly lead: string;
  /** Languages of the page, the likeliest first. */
  readonly languages: readonly Language[];
}
