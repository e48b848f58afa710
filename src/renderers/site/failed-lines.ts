import type { SiteRun } from '../../engine/contracts/site.ts';
import { safeText } from '../../text/safe-text.ts';

const MOST_CHARACTERS = 600;

/** The first lines that failed attempts printed, by run, so that an error's own words find the run. */
export async function firstFailedLines(
  runs: readonly SiteRun[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const run of runs) {
    const lines: string[] = [];
    for (const { attempts } of run.report.steps) {
      for (const { outcome, output, why } of attempts) {
        if (outcome === 'passed' || outcome === 'confirmed') continue;
        if (why !== null) lines.push(why);
        const excerpt = output && (await run.output(output.path));
        if (excerpt) lines.push(new TextDecoder().decode(excerpt.head).slice(0, MOST_CHARACTERS));
      }
    }
    const text = safeText(lines.join(' ')).replace(/\s+/g, ' ').slice(0, MOST_CHARACTERS);
    if (text !== '') found.set(run.report.run, text);
  }
  return found;
}
