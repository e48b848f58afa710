import { appendFile } from 'node:fs/promises';
import type { Handrail } from '../../library.ts';
import type { CliContext } from '../context.ts';

/**
 * Adds a short summary of a run to the page of a GitHub job, where there is one (`GITHUB_STEP_SUMMARY`, the file that
 * GitHub's runner names). A page that cannot be written changes nothing of the run.
 */
export async function pipelineSummary(
  handrail: Handrail,
  run: string,
  { env, err }: CliContext,
): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    const { renderRun } = await import('../../host/render-run.ts');
    const text = await renderRun(await handrail.find(run), env, 'summary');
    await appendFile(file, `${text}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await err.write(`handrail: the job's summary was not written: ${why}\n`);
  }
}
