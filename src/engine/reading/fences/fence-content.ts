import type { FenceContent } from '../../model/block.ts';

/** What a fence holds, as its tag says or as nothing speaks against. */
export const plain = (kind: FenceContent['kind'], text: string, why: string): FenceContent => ({
  kind,
  text,
  why,
  inferred: false,
  mistagged: false,
  transcript: [],
});

/** What a fence holds in spite of its tag. */
export const mistagged = (kind: FenceContent['kind'], text: string, why: string): FenceContent => ({
  ...plain(kind, text, why),
  mistagged: true,
});
