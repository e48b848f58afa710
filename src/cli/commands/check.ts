import { statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { hasCommand } from '../../process/commands-on-path.ts';
import type { Findings } from '../check-formats/sarif.ts';
import type { CommandBody, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook, markdownFiles } from '../find-runbooks.ts';
import { stateFolder } from '../state-folder.ts';

/** `handrail check`: findings of runbooks and folders. Exit 65 when there is one of the severity that counts. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const files = await filesOf(invocation.words, context.cwd);
  const findings: Findings[] = [];
  for (const file of files)
    findings.push(await findingsOf(file, invocation.flag('unattended'), context));
  if (files.length === 0)
    throw new HandrailError('RUNBOOK_NOT_FOUND', { path: invocation.words.join(' ') });
  const format = invocation.flag('json') ? 'json' : (invocation.text('format') ?? 'text');
  await context.out.write(await formatted(findings, format, context));
  return counts(findings, invocation) ? EXIT.refused : EXIT.passed;
};

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
  unattended: boolean,
  context: CliContext,
): Promise<Findings> {
  const { checkRunbook } = await import('../../handrail.ts');
  const shown = file.split(path.sep).join('/');
  try {
    const diagnostics = await checkRunbook(file, {
      hasCommand: (name) => hasCommand(name, context.env),
      unattended: unattended ? { ...context, state: stateFolder(context) } : undefined,
    });
    return { path: shown, diagnostics };
  } catch (error) {
    if (!(error instanceof HandrailError) || error.code === 'RUNBOOK_NOT_FOUND') throw error;
    return { path: shown, diagnostics: [unreadable(error)] };
  }
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
  { style, version }: CliContext,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ files: findings }, null, 2)}\n`;
    case 'github': {
      const { githubAnnotations } = await import('../check-formats/github.ts');
      return githubAnnotations(findings);
    }
    case 'sarif': {
      const { sarif } = await import('../check-formats/sarif.ts');
      const { RULES } = await import('../../engine/check.ts');
      const { READING_RULES } = await import('../../engine/checks/reading-rules.ts');
      return sarif(findings, [...READING_RULES, ...RULES], version);
    }
    default: {
      const { findingsText } = await import('../check-formats/text.ts');
      return findingsText(findings, style);
    }
  }
}
