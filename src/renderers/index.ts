import type { Renderer } from '../engine/contracts/renderer.ts';
import { runLog } from './run-log.ts';

/** Every renderer. A new one is a file beside this one, an import and an entry here. */
export const RENDERERS: readonly (
  | Renderer<'runbook'>
  | Renderer<'report'>
  | Renderer<'reports'>
)[] = [runLog];
