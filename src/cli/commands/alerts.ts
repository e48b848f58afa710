import type { AlertLead, AlertPage, LeadOptions, Unreached } from '../../alerts/leads.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { formatDuration, parseDuration } from '../../text/duration.ts';
import { docsFolder, readAlertPages } from '../alerts/pages.ts';
import { type RuleText, ruleTexts } from '../alerts/rule-texts.ts';
import type { Findings } from '../check-formats/sarif.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import { diagnosticLines } from '../show/diagnostic-lines.ts';

export const spec: CommandWords = {
  name: 'alerts',
  aside: true,
  summary: 'say whether every alert leads to a procedure that is there',
  arguments: [
    {
      name: 'RULES',
      required: true,
      many: true,
      completes: 'file',
      summary:
        'rule files of Prometheus, Mimir or Grafana, folders of them, or - for standard input',
    },
  ],
  options: [
    {
      name: 'docs',
      value: 'DIR',
      completes: 'folder',
      summary: 'the folder of runbooks, this one by default',
    },
    { name: 'max-age', value: 'TIME', summary: 'a proof must not be older, such as 90d' },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'sarif', 'gitlab'],
      summary: 'text (default), json, sarif, gitlab',
    },
    { name: 'json', summary: 'the same as --format json' },
  ],
  examples: [
    ['handrail alerts rules/ --docs runbooks', 'every alert of a folder of rules'],
    ['helm template . | handrail alerts - --docs runbooks', 'what a chart comes to'],
    ['handrail alerts rules/ --docs runbooks --json > runbooks/alerts.json', 'for the site'],
  ],
};

/** `handrail alerts`: does every alert lead to a procedure that is there and can begin? Exit 65 when one does not. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const docs = docsFolder(invocation.text('docs'), context.cwd);
  const options = {
    now: Date.now(),
    maxAgeMs: maxAgeOf(invocation.text('max-age')),
    ago: (ms: number) => `${formatDuration(ms)} ago`,
  };
  const { unreached } = await import('../../alerts/leads.ts');
  const pages = await readAlertPages(docs, context);
  const checked: CheckedFile[] = [];
  let files = 0;
  for await (const file of ruleTexts(invocation.words, context.cwd)) {
    const one = await checkedFile(file, pages, options);
    if (one.isRules) files += 1;
    if (file.named || one.leads.length + one.diagnostics.length > 0) checked.push(one);
  }
  if (files + checked.length === 0) checked.push(nothingIn(invocation.words));
  const leads = checked.flatMap((one) => one.leads);
  const findings = checked.map(
    (one): Findings => ({
      path: one.path,
      diagnostics: [...one.diagnostics, ...one.leads.flatMap((lead) => lead.findings)],
    }),
  );
  await context.out.write(
    await formatted(checked, findings, unreached(leads, pages), invocation, context),
  );
  const isBad = findings.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity !== 'info'),
  );
  return isBad ? EXIT.refused : EXIT.passed;
};

/** A file of rules with where each of its alerts leads. */
interface CheckedFile {
  readonly path: string;
  readonly leads: readonly AlertLead[];
  readonly diagnostics: readonly Diagnostic[];
  /** It holds rules, of alerts or others. */
  readonly isRules: boolean;
}

function maxAgeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const maxAgeMs = parseDuration(text);
  if (maxAgeMs !== undefined && maxAgeMs > 0) return maxAgeMs;
  throw new HandrailError('USAGE', {
    message: `\`--max-age ${text}\` is no time; write one such as 90d.`,
  });
}

/** What one text comes to. Only one that was named itself has to hold rules. */
async function checkedFile(
  { path: shown, named, text, why }: RuleText,
  pages: readonly AlertPage[],
  options: LeadOptions,
): Promise<CheckedFile> {
  const none = { path: shown, leads: [], isRules: false };
  if (text === null) return { ...none, diagnostics: [unreadable(why)] };
  const { readRules } = await import('../../alerts/rule-files.ts');
  const { alertLead } = await import('../../alerts/leads.ts');
  const { alerts, isRules, diagnostics } = await readRules(text);
  if (!isRules && diagnostics.length === 0)
    return { ...none, diagnostics: named ? [noRules('file')] : [] };
  const leads = alerts.map((rule) => alertLead(rule, pages, options));
  return { path: shown, leads, diagnostics, isRules };
}

/** Folders that hold no rules: somebody who looks after alerts has named the wrong ones. */
function nothingIn(words: readonly string[]): CheckedFile {
  const [word = '.'] = words;
  return { path: word, leads: [], diagnostics: [noRules('folder')], isRules: false };
}

function noRules(what: 'file' | 'folder'): Diagnostic {
  return {
    rule: 'alert-unreadable',
    severity: 'warning',
    line: 1,
    column: 1,
    message: `No alerting rule was found in this ${what}.`,
    hint: 'Give rule files of Prometheus, Mimir or Grafana, or PrometheusRule manifests.',
  };
}

function unreadable(why: string): Diagnostic {
  return {
    rule: 'alert-unreadable',
    severity: 'error',
    line: 1,
    column: 1,
    message: `This file cannot be read: ${why}.`,
    hint: 'Until it can be, no rule of it is looked at.',
  };
}

async function formatted(
  checked: readonly CheckedFile[],
  findings: readonly Findings[],
  left: readonly Unreached[],
  invocation: Invocation,
  context: CliContext,
): Promise<string> {
  const format = invocation.flag('json') ? 'json' : (invocation.text('format') ?? 'text');
  switch (format) {
    case 'json': {
      const alerts = checked.flatMap((one) =>
        one.leads.map((lead) => ({ ...lead, file: one.path })),
      );
      const files = checked.map((one) => ({ path: one.path, diagnostics: one.diagnostics }));
      return `${JSON.stringify({ alerts, files, unreached: left }, null, 2)}\n`;
    }
    case 'sarif': {
      const { inPipelines } = await import('../check-formats/in-pipelines.ts');
      const { sarif } = await import('../check-formats/sarif.ts');
      const { ALERT_RULES } = await import('../../alerts/leads.ts');
      return sarif(inPipelines(findings, context.cwd), ALERT_RULES, context.version);
    }
    case 'gitlab': {
      const { inPipelines } = await import('../check-formats/in-pipelines.ts');
      const { gitlabCodeQuality } = await import('../check-formats/gitlab.ts');
      return gitlabCodeQuality(inPipelines(findings, context.cwd));
    }
    default:
      return alertsText(checked, left, context);
  }
}

function alertsText(
  checked: readonly CheckedFile[],
  left: readonly Unreached[],
  { style }: CliContext,
): string {
  const blocks = checked.flatMap(({ path: file, leads, diagnostics }) => [
    style('strong', screenLine(file)),
    ...diagnosticLines(diagnostics, style),
    ...leads.flatMap((lead) => [
      `  ${screenLine(lead.name)}  ${style('dim', screenLine(whereTo(lead)))}`,
      ...diagnosticLines(
        lead.findings.filter(({ severity }) => severity !== 'info'),
        style,
      ),
    ]),
    '',
  ]);
  const alerts = checked.flatMap(({ leads }) => leads);
  const good = alerts.filter(({ findings }) =>
    findings.every(({ severity }) => severity === 'info'),
  );
  const unreachedLines = left.map(
    ({ path: page, procedure, title }) => `  ${screenLine(`${page}#${procedure}  ${title}`)}`,
  );
  return [
    ...blocks,
    ...(left.length === 0 ? [] : [style('strong', 'No alert leads to'), ...unreachedLines, '']),
    `${counted(alerts.length, 'alert')}: ${good.length} good, ${alerts.length - good.length} with findings`,
    '',
  ].join('\n');
}

function whereTo({ path: page, procedure, runbook, lastProof }: AlertLead): string {
  if (page === null) return runbook === null ? 'no runbook' : runbook;
  const proof =
    lastProof === null
      ? 'never proven'
      : `passed ${formatDuration(Date.now() - Date.parse(lastProof.at))} ago`;
  return `${page}${procedure === '' ? '' : `#${procedure}`}, ${proof}`;
}
