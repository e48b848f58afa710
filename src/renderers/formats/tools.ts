import type { RenderContext } from '../../engine/contracts/renderer.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { ViewTools } from './step-state.ts';
import { timesIn } from './times.ts';
import type { Blocks, Escape } from './untrusted.ts';

/** What the views of one report are made with; the zone that the run recorded comes first. */
export function toolsFor(
  report: RunReport,
  context: RenderContext,
  made: { readonly safe: Escape; readonly block: Blocks },
): ViewTools {
  const zone = report.started.who.timezone ?? context.timezone;
  const offset = zone === context.timezone ? context.offsetMinutes : undefined;
  return {
    report,
    output: context.output,
    times: timesIn(zone, report.startedAt, offset),
    ...made,
  };
}
