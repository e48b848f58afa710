import { statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { foundBefore } from '../../host/found-before.ts';
import type { Asked } from '../../host/look-here.ts';
import { hasCommand } from '../../process/commands-on-path.ts';
import type { Findings } from '../check-formats/sarif.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook, markdownFiles } from '../find-runbooks.ts';
import { watchSignals } from '../running/signals.ts';
import { worldOf } from '../world-of.ts';

export const spec: CommandWords = {
  name: 'check',
  summary: 'find what is wrong with runbooks, without running them',
  brief: ['watch'],
  arguments: [
    {
      name: 'PATH',
      required: true,
      many: true,
      completes: 'runbook',
      summary: 'runbooks, or folders of them',
    },
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'sarif', 'github', 'gitlab'],
      summary: 'text (default), json, sarif, github, gitlab',
    },
    { name: 'json', summary: 'the same as --format json' },
    { name: 'unattended', summary: 'also what an unattended run would refuse' },
    {
      name: 'fail-on',
      value: 'LEVEL',
      choices: ['error', 'warning'],
      summary: 'exit 65 from this severity on (default: error)',
    },
    {
      name: 'changed-since',
      value: 'REF',
      summary: 'also step ids that are others than at this commit',
    },
    { name: 'here', summary: 'also whether hosts and links answer here, and owners are named' },
    { name: 'watch', summary: 'again whenever a file changes' },
  ],
  examples: [
    ['handrail check runbooks', 'every runbook of a folder'],
    ['handrail check ops.md --unattended --fail-on warning', 'would cron be able to run it?'],
  ],
};

/** `handrail check`: findings of runbooks and folders. Exit 65 when there is one of the severity that counts. */
export const run: CommandBody['run'] = async (invocation, context) => {
  if (!invocation.flag('watch')) {
    const { text, exitCode } = await checked(invocation, context);
    await context.out.write(text);
    return exitCode;
  }
  const { whenChanged } = await import('../running/when-changed.ts');
  const { signal, stop } = watchSignals();
  try {
    let text = '';
    for await (const _ of whenChanged(foldersOf(invocation.words, context.cwd), signal)) {
      const before = text;
      ({ text } = await checked(invocation, context));
      // A log that is written beside the pages is no news of them.
      if (text !== before) await context.out.write(before === '' ? text : `\n${text}`);
    }
    return EXIT.passed;
  } finally {
    stop();
  }
};

/** The folders in which something may change. */
function foldersOf(words: readonly string[], cwd: string): readonly string[] {
  const isFolder = (one: string): boolean =>
    statSync(one, { throwIfNoEntry: false })?.isDirectory() === true;
  return words
    .map((word) => {
      const file = path.resolve(cwd, word.split('#')[0] ?? '');
      return isFolder(file) ? file : path.dirname(file);
    })
    .filter(isFolder);
}

/** What is found, as it is written, and the exit code that it means. */
async function checked(
  invocation: Invocation,
  context: CliContext,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const files = await filesOf(invocation.words, context.cwd);
  const findings: Findings[] = [];
  const asked: Asked = { hosts: new Map(), links: new Map() };
  for (const file of files) findings.push(await findingsOf(file, invocation, context, asked));
  if (files.length === 0)
    throw new HandrailError('RUNBOOK_NOT_FOUND', { path: invocation.words.join(' ') });
  const format = invocation.flag('json') ? 'json' : (invocation.text('format') ?? 'text');
  return {
    text: await formatted(findings, format, context),
    exitCode: counts(findings, invocation) ? EXIT.refused : EXIT.passed,
  };
}

async function filesOf(words: readonly string[], cwd: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    words.map(async (word) => {
      const absolute = path.resolve(cwd, word);
      if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory())
        return [(await findRunbook(word, cwd)).path];
      const found = await markdownFiles(absolute);
      return found.map((file) => path.join(word, path.relative(absolute, file)));
    }),
  );
  return [...new Set(lists.flat())];
}

async function findingsOf(
  file: string,
  invocation: Invocation,
  context: CliContext,
  asked: Asked,
): Promise<Findings> {
  const unattended = invocation.flag('unattended');
  const since = invocation.text('changed-since');
  const shown = file.split(path.sep).join('/');
  try {
    if (TESTS.test(file)) {
      const { readTests, UnreadableTests } = await import('../testing/read-tests.ts');
      const diagnostics = await readTests(file).then(
        () => [],
        (error: unknown) => {
          if (error instanceof UnreadableTests) return error.findings;
          throw error;
        },
      );
      return { path: shown, diagnostics };
    }
    const isHere = (name: string): boolean => hasCommand(name, context.env);
    const known = unattended ? undefined : await foundBefore(file, isHere, context.env);
    const diagnostics = known ?? (await foundNow(file, isHere, unattended, context));
    const more = [
      ...(since === undefined ? [] : await idsChanged(file, since)),
      ...(invocation.flag('here') ? await foundHere(file, context, asked) : []),
    ];
    const own = invocation.flag('here') ? diagnostics.map(asHere) : diagnostics;
    return { path: shown, diagnostics: [...own, ...more] };
  } catch (error) {
    if (
      !(error instanceof HandrailError) ||
      error.code === 'RUNBOOK_NOT_FOUND' ||
      error.code === 'USAGE'
    )
      throw error;
    return { path: shown, diagnostics: [unreadable(error)] };
  }
}

async function foundNow(
  file: string,
  isHere: (name: string) => boolean,
  unattended: boolean,
  context: CliContext,
): Promise<readonly Diagnostic[]> {
  const { checkRunbook } = await import('../../checking.ts');
  const world = unattended ? { unattended: worldOf(context) } : {};
  return checkRunbook(file, { hasCommand: isHere, ...world });
}

/** A file of tests beside a runbook is no page. */
const TESTS = /\.test\.ya?ml$/;

async function idsChanged(file: string, since: string): Promise<readonly Diagnostic[]> {
  const { changedIds } = await import('../../host/changed-ids.ts');
  return changedIds(file, since);
}

/** A look at whether manuals fit this machine is about what is missing on it. */
function asHere(found: Diagnostic): Diagnostic {
  const isMissing = found.rule === 'tool-missing' && found.severity === 'info';
  return isMissing ? { ...found, severity: 'warning' } : found;
}

async function foundHere(
  file: string,
  { env }: CliContext,
  asked: Asked,
): Promise<readonly Diagnostic[]> {
  const { lookHere } = await import('../../host/look-here.ts');
  const { readRunbook } = await import('../../host/read-page.ts');
  return lookHere((await readRunbook(file, env)).runbook, asked, env);
}

function unreadable({ message }: HandrailError): Diagnostic {
  return { rule: 'unreadable', severity: 'error', line: 1, column: 1, message };
}

function counts(findings: readonly Findings[], invocation: Invocation): boolean {
  const levels = invocation.text('fail-on') === 'warning' ? ['error', 'warning'] : ['error'];
  return findings.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => levels.includes(severity)),
  );
}

async function formatted(
  findings: readonly Findings[],
  format: string,
  { style, version, cwd }: CliContext,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ files: findings }, null, 2)}\n`;
    case 'github': {
      const { inPipelines } = await import('../check-formats/in-pipelines.ts');
      const { githubAnnotations } = await import('../check-formats/github.ts');
      return githubAnnotations(inPipelines(findings, cwd));
    }
    case 'gitlab': {
      const { inPipelines } = await import('../check-formats/in-pipelines.ts');
      const { gitlabCodeQuality } = await import('../check-formats/gitlab.ts');
      return gitlabCodeQuality(inPipelines(findings, cwd));
    }
    case 'sarif': {
      const { inPipelines } = await import('../check-formats/in-pipelines.ts');
      const { sarif } = await import('../check-formats/sarif.ts');
      const { RULES } = await import('../../engine/checks/index.ts');
      const { HERE_RULES } = await import('../../host/look-here.ts');
      return sarif(inPipelines(findings, cwd), [...RULES, ...HERE_RULES], version);
    }
    default: {
      const { findingsText } = await import('../check-formats/text.ts');
      return findingsText(findings, style);
    }
  }
}
