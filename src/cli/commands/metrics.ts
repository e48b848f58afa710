import path from 'node:path';
import { EXIT } from '../../engine/model/outcome.ts';
import { docsFolder } from '../alerts/pages.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { measure } from '../metrics/measure.ts';
import { metricsText } from '../metrics/text.ts';
import { screenLine } from '../screen/safe-text.ts';

export const spec: CommandWords = {
  name: 'metrics',
  aside: true,
  summary: 'tell how the runs stand, for Prometheus',
  arguments: [],
  options: [
    {
      name: 'textfile',
      value: 'DIR',
      completes: 'folder',
      summary: 'write them where node_exporter reads (else HANDRAIL_METRICS), or print them',
    },
    {
      name: 'docs',
      value: 'DIR',
      completes: 'folder',
      summary: 'tell too what never ran of these runbooks (else HANDRAIL_METRICS_DOCS)',
    },
    { name: 'quiet', short: 'q', summary: 'nothing on success' },
  ],
  examples: [
    ['handrail metrics --textfile /var/lib/node_exporter', 'now, or from cron'],
    ['HANDRAIL_METRICS=/var/lib/node_exporter handrail run a.md', 'after the run by itself'],
  ],
};

/** `handrail metrics`: how the runs stand, in the text format of Prometheus, printed or written for node_exporter. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const given = invocation.text('docs') ?? context.env['HANDRAIL_METRICS_DOCS'];
  const docs = given ? docsFolder(given, context.cwd) : undefined;
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
