import { statSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';
import { measure } from '../metrics/measure.ts';
import { metricsText } from '../metrics/text.ts';
import { screenLine } from '../screen/safe-text.ts';

/** `handrail metrics`: how the runs stand, in the text format of Prometheus, printed or written for node_exporter. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const given = invocation.text('docs') ?? context.env['HANDRAIL_METRICS_DOCS'];
  const docs = given ? path.resolve(context.cwd, given) : undefined;
  if (docs !== undefined && !statSync(docs, { throwIfNoEntry: false })?.isDirectory())
    throw new HandrailError('USAGE', {
      message: `\`--docs ${given}\` is no folder. Give the one that the runbooks are in.`,
    });
  const folder = invocation.text('textfile') ?? context.env['HANDRAIL_METRICS'];
  if (folder) {
    const { writeTextfile } = await import('../metrics/textfile.ts');
    const file = await writeTextfile(path.resolve(context.cwd, folder), context, docs);
    if (!invocation.flag('quiet')) await context.out.write(`${screenLine(file)} is written\n`);
  } else {
    await context.out.write(metricsText(await measure(context, docs), Date.now()));
  }
  return EXIT.passed;
};
