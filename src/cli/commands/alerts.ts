import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AlertLead, Unreached } from '../../alerts/leads.ts';
import type { RuleFile } from '../../alerts/rule-files.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { formatDuration, parseDuration } from '../../text/duration.ts';
import { readAlertPages } from '../alerts/pages.ts';
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
      summary: 'rule files of Prometheus, Mimir or Grafana, or folders of them',
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
    ['handrail alerts rules/ --docs runbooks --json > runbooks/alerts.json', 'for the site'],
  ],
};

const MAX_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 5000;

/** `handrail alerts`: does every alert lead to a procedure that is there and can begin? Exit 65 when one does not. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const docs = path.resolve(context.cwd, invocation.text('docs') ?? '.');
  if (!statSync(docs, { throwIfNoEntry: false })?.isDirectory())
    throw new HandrailError('USAGE', {
      message: `\`--docs ${invocation.text('docs')}\` is no folder. Give the one that the runbooks are in.`,
    });
  const maxAgeMs = maxAgeOf(invocation.text('max-age'));
  const { readRules } = await import('../../alerts/rule-files.ts');
  const { alertLead, unreached } = await import('../../alerts/leads.ts');
  const pages = await readAlertPages(docs, context);
  const checked: CheckedFile[] = [];
  for (const { file, shown, named } of ruleFiles(invocation.words, context.cwd)) {
    const rules = await readRules(textOf(file, shown));
    if (rules.alerts.length + rules.diagnostics.length === 0 && !named) continue;
    const options = { now: Date.now(), maxAgeMs, ago: (ms: number) => `${formatDuration(ms)} ago` };
    checked.push({
      path: shown,
      leads: rules.alerts.map((rule) => alertLead(rule, pages, options)),
      diagnostics:
        rules.alerts.length + rules.diagnostics.length === 0 ? [NO_ALERTS] : rules.diagnostics,
    });
  }
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
  readonly diagnostics: RuleFile['diagnostics'];
}

const NO_ALERTS = {
  rule: 'alert-unreadable',
  severity: 'warning',
  line: 1,
  column: 1,
  message: 'No alerting rule was found in this file.',
  hint: 'Give rule files of Prometheus, Mimir or Grafana, or PrometheusRule manifests.',
} as const;

function maxAgeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const maxAgeMs = parseDuration(text);
  if (maxAgeMs !== undefined && maxAgeMs > 0) return maxAgeMs;
  throw new HandrailError('USAGE', {
    message: `\`--max-age ${text}\` is no time; write one such as 90d.`,
  });
}

interface NamedFile {
  readonly file: string;
  readonly shown: string;
  /** It was named itself, and not found in a folder. */
  readonly named: boolean;
}

function ruleFiles(words: readonly string[], cwd: string): readonly NamedFile[] {
  const files = new Map<string, NamedFile>();
  for (const word of words) {
    const place = path.resolve(cwd, word);
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts === undefined) throw new HandrailError('RULES_NOT_FOUND', { path: word });
    const found = facts.isDirectory() ? yamlFiles(place) : [place];
    for (const file of found) {
      const shown = facts.isDirectory() ? path.join(word, path.relative(place, file)) : word;
      files.set(file, {
        file,
        shown: shown.split(path.sep).join('/'),
        named: !facts.isDirectory(),
      });
    }
  }
  return [...files.values()];
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json|rules)$/i.test(name))
    .filter(
      (name) =>
        !name.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .toSorted()
    .slice(0, MOST_FILES)
    .map((name) => path.join(folder, name));
}

function textOf(file: string, shown: string): string {
  const facts = statSync(file);
  if (!facts.isFile() || facts.size > MAX_BYTES)
    throw new HandrailError('USAGE', {
      message: `\`${shown}\` is ${facts.isFile() ? 'larger than 16 MiB' : 'no regular file'}, which no file of rules is.`,
    });
  return readFileSync(file, 'utf8');
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
      const { sarif } = await import('../check-formats/sarif.ts');
      const { ALERT_RULES } = await import('../../alerts/leads.ts');
      return sarif(findings, ALERT_RULES, context.version);
    }
    case 'gitlab': {
      const { gitlabCodeQuality } = await import('../check-formats/gitlab.ts');
      return gitlabCodeQuality(findings);
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
