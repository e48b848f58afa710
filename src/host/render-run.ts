import { dirname, resolve } from 'node:path';
import { brokenContract } from '../engine/contracts/broken-promise.ts';
import { READER } from '../engine/contracts/kept-store.ts';
import type { RenderContext, RenderedFile, Renderer } from '../engine/contracts/renderer.ts';
import type { RunReader } from '../engine/contracts/run-store.ts';
import { decode } from '../engine/load.ts';
import { HandrailError, isSaid } from '../engine/model/errors.ts';
import {
  fields,
  flag,
  guard,
  maybe,
  recordOf,
  refuse,
  refuseArguments,
  saidBy,
  text,
  word,
} from '../engine/model/guard.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import { RUNBOOK } from '../engine/record/files.ts';
import { reportOf } from '../engine/replay.ts';
import {
  type PageToShow,
  recordWithoutSecrets,
  type WrittenPiece,
  writtenPieces,
} from '../engine/shown-page.ts';
import { stepTypes } from '../steps/index.ts';
import type { PageCache } from './page-cache.ts';
import { timezoneOf } from './provenance.ts';
import { pageOf } from './read-page.ts';

const EXCERPT_BYTES = 64 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

interface RenderingOptions extends Pick<RenderContext, 'onlyPicked'> {
  /** With what the author should not have written into the page, as earlier editions rendered it. */
  readonly asWritten?: boolean;
}

/** Renders a run over its text, which is read as the caller reads texts; what is known of the text is kept where it is. */
export type Rendering = (
  reader: RunReader,
  parse: (source: SourceText) => Promise<Runbook>,
  cache?: PageCache | null,
) => Promise<string>;

/**
 * A run rendered by the renderer of that name; without one, the run log as markdown: the text that ran, filled in with
 * what happened; of a manual, where `onlyPicked`, the procedures that it is about. Throws USAGE when there is no such
 * renderer.
 */
export async function renderRun(
  reader: RunReader,
  env: Env = process.env,
  renderer = 'run-log',
  options: RenderingOptions = {},
): Promise<string> {
  refuse('renderRun', 'its reader', reader, READER);
  refuseArguments('renderRun', { env, renderer, options }, SETTINGS);
  return (await loadRendering(env, renderer, [], options))(reader, (source) =>
    pageOf(source, null, stepTypes),
  );
}

const SETTINGS = {
  env: recordOf(maybe(text)),
  renderer: word,
  options: fields({ onlyPicked: maybe(flag), asWritten: maybe(flag) }),
};

/** Everything that rendering takes, loaded: templates too. */
export async function loadRendering(
  env: Env,
  name = 'run-log',
  own: readonly Renderer<'report'>[] = [],
  options: RenderingOptions = {},
): Promise<Rendering> {
  const renderer = own.find((one) => one.name === name) ?? (await rendererOf(name, own));
  const { openTemplates } = await import('../renderers/formats/template.ts');
  const template = openTemplates({ folder: env['HANDRAIL_TEMPLATES'] ?? null });
  if (name === 'run-log') await template('run-log-head');
  return async (reader, parse, cache = null) => {
    const report = await reportOf(reader);
    return renderReport(renderer, reader, report, {
      ...options,
      parse,
      cache,
      template,
      timezone: timezoneOf(env) ?? 'UTC',
      folder: dirname(resolve(report.started.who.cwd, report.started.runbook.path)),
    });
  };
}

/** The run log is what every run needs: it is loaded without the others. */
async function rendererOf(
  name: string,
  own: readonly Renderer<'report'>[],
): Promise<Renderer<'report'>> {
  if (name === 'run-log') return (await import('../renderers/run-log.ts')).runLog;
  const { RENDERERS } = await import('../renderers/index.ts');
  const found = RENDERERS.find((renderer) => renderer.name === name);
  if (found?.of === 'report') return found;
  const ofRuns = [...own, ...RENDERERS.filter(({ of }) => of === 'report')];
  const names = ofRuns.map((one) => `\`${one.name}\``).join(', ');
  const message = `There is no rendering of a run called \`${name}\`; there are ${names}.`;
  throw new HandrailError('USAGE', { message });
}

/** Renders a run's report over the text that ran. */
async function renderReport(
  renderer: Renderer<'report'>,
  reader: RunReader,
  report: RunReport,
  tools: {
    readonly parse: (source: SourceText) => Promise<Runbook>;
    readonly cache: PageCache | null;
    readonly template: (name: string) => Promise<(data: object) => string>;
    readonly timezone: string;
    readonly folder: string;
    readonly onlyPicked?: boolean;
    readonly asWritten?: boolean;
  },
): Promise<string> {
  const bytes = (await reader.file(RUNBOOK)) ?? new Uint8Array();
  const { path, sha256 } = report.started.runbook;
  const source: SourceText = { path, folder: tools.folder, bytes, text: decode(bytes), sha256 };
  const page = {
    source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
    runbook: await tools.parse(source),
  };
  const written = tools.asWritten === true ? [] : await writtenOf(page, source, tools.cache);
  const shown = recordWithoutSecrets({ ...page, report }, written);
  // A command that prints itself (`set -x`) says what its author wrote.
  const said = (output: Uint8Array): Uint8Array => {
    const before = Buffer.from(output).toString('utf8');
    const after = shown.masked(before);
    return after === before ? output : Buffer.from(after);
  };
  const files = await filesOf(
    renderer,
    { report: shown.report, runbook: shown.runbook },
    {
      source: shown.source,
      output: async (name) => {
        const excerpt = await reader.excerpt(name, EXCERPT_BYTES, EXCERPT_BYTES);
        return excerpt && { ...excerpt, head: said(excerpt.head), tail: said(excerpt.tail) };
      },
      template: tools.template,
      timezone: tools.timezone,
      ...(tools.onlyPicked === undefined ? {} : { onlyPicked: tools.onlyPicked }),
      offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
    },
  );
  const content = files[0]?.content ?? '';
  return typeof content === 'string' ? content : Buffer.from(content).toString();
}

/** To look for what its author wrote loads what is known of programs, 15 ms of a run's 95: once for each page. */
async function writtenOf(
  page: PageToShow,
  source: SourceText,
  cache: PageCache | null,
): Promise<readonly WrittenPiece[]> {
  const look = async (): Promise<readonly WrittenPiece[]> => writtenPieces(page);
  return await (cache === null ? look() : cache.derived(source, 'written', look));
}

const FILE = fields({
  path: word,
  content: guard('a text or a Uint8Array', (value) => text(value) || value instanceof Uint8Array),
});
const FILES = guard(
  'a list of at least one file `{ path, content }`, the content a text or a Uint8Array',
  (value) => Array.isArray(value) && value.length > 0 && value.every((one) => FILE(one)),
);

/** What a renderer made, held to the contract. Throws USAGE, which names the renderer. */
async function filesOf(
  renderer: Renderer<'report'>,
  ...of: Parameters<Renderer<'report'>['render']>
): Promise<readonly RenderedFile[]> {
  const broken = (is: string, cause?: unknown): HandrailError =>
    brokenContract('renderer', renderer.name, { is, expected: FILES.says }, cause);
  let files: readonly RenderedFile[];
  try {
    files = await renderer.render(...of);
    if (FILES(files)) return files;
  } catch (cause) {
    if (isSaid(cause)) throw cause;
    throw broken(`\`render\` threw "${saidBy(cause)}"`, cause);
  }
  throw broken('`render` answered something else');
}
