import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT } from '../../engine/model/outcome.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import { ofTeamOption } from '../shared-words.ts';
import { type BuildRequest, buildSite } from '../site/build-site.ts';
import { stateFolder } from '../state-folder.ts';

export const spec: CommandWords = {
  name: 'site',
  summary: 'make a documentation site of runbooks and their runs',
  arguments: [
    {
      name: 'ACTION',
      required: true,
      choices: ['build', 'serve'],
      summary: 'build it, or serve it here and renew it on change',
    },
    {
      name: 'DIR',
      completes: 'folder',
      summary: 'the folder of runbooks, this one by default',
    },
  ],
  options: [
    ofTeamOption,
    { name: 'out', value: 'DIR', completes: 'folder', summary: 'where to (default: site)' },
    { name: 'title', value: 'TEXT', summary: "its title (default: the folder's name)" },
    { name: 'url', value: 'URL', summary: 'where it will be published, for the sitemap' },
    { name: 'edit-url', value: 'URL', summary: 'where pages are edited; {path} is the file' },
    { name: 'no-runs', summary: 'without runs and incidents: runbooks alone' },
    { name: 'strict', summary: 'exit 65 when a link leads nowhere' },
    { name: 'port', value: 'N', summary: 'port of serve (default: 4173)' },
    {
      name: 'templates',
      value: 'DIR',
      completes: 'folder',
      summary: 'your own templates come first',
    },
  ],
  examples: [
    ['handrail site build runbooks --out public', 'static files, for any server or none'],
    ['handrail site serve runbooks', 'read while you write'],
  ],
};

/** `handrail site build`: the site as static files. `handrail site serve`: the same, here, renewed on change. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [action, dir = '.'] = invocation.words;
  const folder = path.resolve(context.cwd, dir);
  const request: BuildRequest = {
    folder,
    out: path.resolve(
      context.cwd,
      invocation.text('out') ?? (action === 'serve' ? servedFolder(folder, context) : 'site'),
    ),
    title: invocation.text('title') ?? path.basename(folder),
    url: invocation.text('url')?.replace(/(?<!\/)\/+$/, '') ?? null,
    editUrl: invocation.text('edit-url') ?? null,
    withRuns: !invocation.flag('no-runs'),
    templates: invocation.text('templates') ?? context.env['HANDRAIL_TEMPLATES'] ?? null,
  };
  if (action === 'serve') {
    const { serveSite } = await import('../site/serve-site.ts');
    return serveSite(request, invocation.text('port'), context);
  }
  const built = await buildSite(request, context);
  for (const { path: page, line, target, why } of built.broken)
    await context.err.write(
      `${screenLine(`${page}:${line}: the link \`${target}\` is broken: ${why}`)}\n`,
    );
  for (const { path: page, problem } of built.problems)
    await context.err.write(`${screenLine(`${page}: ${problem}`)}\n`);
  const changed =
    built.written === 0 && built.removed === 0
      ? 'nothing has changed'
      : `${built.written} written, ${built.removed} removed`;
  await context.out.write(
    `${counted(built.pages, 'runbook')} in ${screenLine(path.relative(context.cwd, request.out) || '.')}: ${changed}\n`,
  );
  return invocation.flag('strict') && built.broken.length > 0 ? EXIT.refused : EXIT.passed;
};

/** What is served without `--out` is kept with the caches: it is nobody's to publish. */
function servedFolder(folder: string, context: CliContext): string {
  const state = stateFolder(context, folder);
  const name = sha256Of(folder).slice(0, 16);
  return /^[a-z][a-z0-9+]*:/i.test(state)
    ? path.join(tmpdir(), `handrail-site-${name}`)
    : path.join(state, 'cache', 'served', name);
}
