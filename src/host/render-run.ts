import type { Renderer } from '../engine/contracts/renderer.ts';
import type { RunReader } from '../engine/contracts/run-store.ts';
import { decode } from '../engine/load.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import { RUNBOOK } from '../engine/record/files.ts';

const EXCERPT_BYTES = 64 * 1024;

/** Renders a run's report over the text that ran. */
export async function renderReport(
  renderer: Renderer<'report'>,
  reader: RunReader,
  report: RunReport,
  tools: {
    readonly parse: (source: SourceText) => Promise<Runbook>;
    readonly template: (name: string) => Promise<(data: object) => string>;
    readonly timezone: string;
    readonly folder: string;
    readonly onlyPicked?: boolean;
  },
): Promise<string> {
  const bytes = (await reader.file(RUNBOOK)) ?? new Uint8Array();
  const { path, sha256 } = report.started.runbook;
  const source: SourceText = { path, folder: tools.folder, bytes, text: decode(bytes), sha256 };
  const runbook = await tools.parse(source);
  const files = await renderer.render(
    { report, runbook },
    {
      source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
      output: (name) => reader.excerpt(name, EXCERPT_BYTES, EXCERPT_BYTES),
      template: tools.template,
      timezone: tools.timezone,
      ...(tools.onlyPicked === undefined ? {} : { onlyPicked: tools.onlyPicked }),
      offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
    },
  );
  const content = files[0]?.content ?? '';
  return typeof content === 'string' ? content : Buffer.from(content).toString();
}
