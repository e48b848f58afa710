import type { Renderer } from '../engine/contracts/renderer.ts';
import { junit } from './junit.ts';
import { runHtml } from './run-html.ts';
import { runJson } from './run-json.ts';
import { runLog } from './run-log.ts';
import { runSummary } from './run-summary.ts';

/** Every renderer. A new one is a file beside this one, an import and an entry here. */
export const RENDERERS: readonly (
  | Renderer<'runbook'>
  | Renderer<'report'>
  | Renderer<'reports'>
)[] = [runLog, runJson, junit, runHtml, runSummary];
