import type { Plan } from '../../engine/model/plan.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted } from '../progress/words.ts';
import { type Canvas, capital, clip, facts, fold, rule, sentences } from './canvas.ts';
import { countedTitle } from './counted-title.ts';
import { shortRun } from './step-screen.ts';

/** What a person should know before the first step: what runs, for how long, with what, and what it touches. */
export function startScreen(
  plan: Plan,
  { run, user, where }: { readonly run: string; readonly user: string; readonly where: string },
  canvas: Canvas,
): readonly string[] {
  const { runbook, steps, procedures } = plan;
  const title = procedures.length === 1 ? (procedures[0]?.title ?? runbook.title) : runbook.title;
  const rows: readonly (readonly [string, string])[] = [
    ['runbook', `${runbook.path}   sha256 ${runbook.sha256.slice(0, 12)}`],
    ['steps', stepsByType(plan)],
    ['budget', budgetOf(plan)],
    ['careful', carefulOf(plan)],
    [
      'inputs',
      plan.values.map(({ name, value, secret }) => `${name}=${secret ? '***' : value}`).join('   '),
    ],
    ['run', `${shortRun(run)} by ${user}`],
    ['log', where],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  if (canvas.plain)
    return [
      ...fold(sentences(title, counted(steps.length, 'step')), canvas.width),
      ...shown.flatMap(([label, value]) =>
        fold(sentences(`${capital(label)}: ${value}`), canvas.width),
      ),
    ];
  return [
    '',
    canvas.style('strong', clip(title, canvas.width)),
    rule(canvas),
    ...facts(shown, canvas),
    ...plan.findings
      .filter((finding) => finding.severity !== 'info' && !MET_AT_ITS_STEP.has(finding.rule))
      .flatMap(({ line, message }) =>
        fold(`line ${line}: ${message}`, canvas.width - 2, '  ').map((text) =>
          canvas.style('careful', text),
        ),
      ),
  ];
}

/** What only stands in the way where nobody is there: a person is asked, or told, at the step itself. */
const MET_AT_ITS_STEP: ReadonlySet<string> = new Set([
  'condition',
  'doubtful',
  'endless-command',
  'inferred-step',
  'interactive-command',
  'remote-session',
  'sudo-password',
]);

function stepsByType({ steps }: Plan): string {
  const counts = new Map<string, number>();
  for (const { step } of steps) counts.set(step.type, (counts.get(step.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
}

function budgetOf({ procedures }: Plan): string {
  const totalMs = procedures.reduce((sum, { budgetMs }) => sum + (budgetMs ?? 0), 0);
  return totalMs > 0 ? formatDuration(totalMs) : '';
}

function carefulOf({ steps }: Plan): string {
  return steps
    .flatMap((planned, at) =>
      planned.needsApproval
        ? [
            `${countedTitle(at + 1, planned.step.title)} (${planned.step.effectWhy || 'to be confirmed'})`,
          ]
        : [],
    )
    .join('; ');
}

/** The values that a run begins with, and where they came from; secrets are not shown. */
export function inputsScreen({ values }: Plan, canvas: Canvas): readonly string[] {
  const rows = values.map(({ name, value, secret, source }) => ({
    name,
    value: secret ? '***' : value,
    source: source === 'operator' ? 'you' : source,
  }));
  if (canvas.plain)
    return rows.flatMap(({ name, value, source }) =>
      fold(sentences(`Input ${name}: ${value}`, `From: ${source}`), canvas.width),
    );
  const names = Math.min(24, Math.max(...rows.map(({ name }) => name.length)));
  const sources = Math.min(20, Math.max(...rows.map(({ source }) => source.length)));
  const room = Math.max(8, canvas.width - names - sources - 6);
  const shown = Math.min(room, Math.max(...rows.map(({ value }) => value.length)));
  return [
    '',
    ...rows.map(({ name, value, source }) => {
      const label = canvas.style('dim', clip(name, names).padEnd(names));
      const from = canvas.style('dim', clip(source, sources));
      return `  ${label}  ${clip(value, shown).padEnd(shown)}  ${from}`;
    }),
    '',
  ];
}
