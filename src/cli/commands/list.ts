import { statSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { alteredText, type LastRuns, lastRunsByRunbook } from '../last-runs.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { jsonOption, ofTeamOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'list',
  summary: 'list runbooks and their procedures',
  brief: [],
  arguments: [{ name: 'DIR', completes: 'folder', summary: 'the folder, this one by default' }],
  options: [ofTeamOption, jsonOption],
  examples: [['handrail list runbooks', 'with steps by type and last runs']],
};

/** One runbook as `list` shows it. Files without a step are documentation and left out. */
interface Listed {
  readonly path: string;
  readonly title: string;
  readonly kind: Runbook['kind'];
  readonly steps: Readonly<Record<string, number>>;
  readonly procedures: readonly {
    readonly id: string;
    readonly title: string;
    readonly steps: number;
  }[];
  readonly lastRun: LastRuns[string] | null;
  readonly errors: number;
}

/** `handrail list`: the runbooks in and below a folder. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [word = '.'] = invocation.words;
  const folder = path.resolve(context.cwd, word);
  const isFile = statSync(folder, { throwIfNoEntry: false })?.isFile() === true;
  const files = isFile ? [folder] : await markdownFiles(folder);
  const altered: string[] = [];
  const lastRuns = await lastRunsByRunbook(context, (id) => altered.push(id));
  const listed: Listed[] = [];
  for (const file of files) {
    const one = await listedOf(file, context, lastRuns);
    if (one) listed.push(one);
  }
  const text = invocation.flag('json')
    ? `${JSON.stringify({ runbooks: listed, altered }, null, 2)}\n`
    : `${listText(listed, folder, context.style)}${alteredText(altered, context.style)}`;
  await context.out.write(text);
  return EXIT.passed;
};

async function listedOf(
  file: string,
  { cwd, env }: CliContext,
  lastRuns: LastRuns,
): Promise<Listed | undefined> {
  const { derivedFromPage } = await import('../../host/read-page.ts');
  try {
    const page = await derivedFromPage(file, 'list', pageOf, env);
    if (Object.keys(page.steps).length === 0) return undefined;
    return { path: path.relative(cwd, file), ...page, lastRun: lastRuns[file] ?? null };
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

/** What the list says of a page, whoever runs it and wherever from. */
function pageOf(runbook: Runbook): Omit<Listed, 'path' | 'lastRun'> {
  const steps: Record<string, number> = {};
  const perProcedure = new Map<string, number>();
  for (const { type, procedure } of runbook.steps) {
    steps[type] = (steps[type] ?? 0) + 1;
    perProcedure.set(procedure, (perProcedure.get(procedure) ?? 0) + 1);
  }
  return {
    title: runbook.title,
    kind: runbook.kind,
    steps,
    procedures: runbook.procedures
      .filter(({ id }) => perProcedure.has(id))
      .map(({ id, title }) => ({ id, title, steps: perProcedure.get(id) ?? 0 })),
    errors: runbook.diagnostics.filter(({ severity }) => severity === 'error').length,
  };
}

function listText(listed: readonly Listed[], folder: string, style: Style): string {
  if (listed.length === 0) return `There is no runbook in ${screenLine(folder)}.\n`;
  const blocks = listed.map((one) => {
    const types = Object.entries(one.steps).map(([type, count]) => `${count} ${type}`);
    const total = Object.values(one.steps).reduce((sum, count) => sum + count, 0);
    const last = one.lastRun ? `last run ${one.lastRun.outcome} ${one.lastRun.at}` : 'never run';
    const wrong = one.errors > 0 ? `, ${style('bad', counted(one.errors, 'error'))}` : '';
    const procedures =
      one.kind === 'runbook'
        ? []
        : one.procedures.map(
            ({ id, title, steps }) =>
              `    ${style('dim', `#${id}`)}  ${screenLine(title)} (${counted(steps, 'step')})`,
          );
    return [
      `${style('strong', screenLine(one.path))}  ${screenLine(one.title)}`,
      `  ${one.kind}: ${counted(total, 'step')} (${types.join(', ')}); ${last}${wrong}`,
      ...procedures,
      '',
    ].join('\n');
  });
  return `${blocks.join('\n')}`;
}
