import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { World } from '../../world.ts';
import type { CliContext } from '../context.ts';

/** Has the metrics written after every run, where HANDRAIL_METRICS names a folder; nothing is loaded otherwise. A run is never broken by it. */
export function measured(context: CliContext): Pick<World, 'ended'> {
  const folder = context.env['HANDRAIL_METRICS'];
  if (!folder) return {};
  return {
    async ended(state) {
      try {
        const { writeTextfile } = await import('./textfile.ts');
        const docs = context.env['HANDRAIL_METRICS_DOCS'];
        await writeTextfile(
          path.resolve(context.cwd, folder),
          { ...context, state },
          docs ? path.resolve(context.cwd, docs) : undefined,
        );
      } catch (error) {
        const why = error instanceof HandrailError ? error.message : String(error);
        await context.err.write(`handrail: ${why}\n`);
      }
    },
  };
}
