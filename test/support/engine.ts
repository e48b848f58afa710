import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Decision, Operator, Situation } from '../../src/engine/contracts/operator.ts';
import type { RunEvent } from '../../src/engine/model/event.ts';
import { DEFAULT_REQUEST, type Plan, type RunRequest } from '../../src/engine/model/plan.ts';
import type { RunReport } from '../../src/engine/model/report.ts';
import { createHandrail } from '../../src/handrail.ts';
import type { Said } from '../../src/host/execute.ts';
import type { ResumeRequest } from '../../src/host/go-on.ts';
import type { Handrail, RunHandle } from '../../src/library.ts';

/** Markdown with `~~~` in the place of fences. */
export function md(text: string): string {
  return text.replace(/^\n/, '').replaceAll('~~~', '```');
}

/** What one run in a test is made of. */
export interface Attempt {
  readonly request?: Partial<RunRequest>;
  readonly resume?: Partial<ResumeRequest>;
  readonly operator?: Partial<Operator>;
  readonly signal?: AbortSignal;
  /** What is said from outside while it goes on. */
  readonly said?: Said;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each event as it comes up. */
  readonly onEvent?: (event: RunEvent) => Promise<void> | void;
}

/** What came of it. */
export interface Done {
  readonly run: string;
  readonly where: string;
  readonly events: readonly RunEvent[];
  readonly exitCode: number;
  readonly outcome: string;
  readonly why: string;
  readonly report: RunReport;
  /** Outcome by step id. */
  readonly steps: Readonly<Record<string, string | null>>;
}

/** A folder with runbooks, and the wired pipeline over it. */
export interface Workplace {
  readonly folder: string;
  readonly handrail: Handrail;
  run(file?: string, attempt?: Attempt): Promise<Done>;
  resume(name?: string | null, attempt?: Attempt): Promise<Done>;
}

/** Writes the files into a fresh folder; a lone text is `ops.md`. */
export function workplace(files: string | Readonly<Record<string, string>>): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-engine-'));
  const texts = typeof files === 'string' ? { 'ops.md': files } : files;
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), md(text));
  }
  const handrail = handrailIn(folder, {});
  const follow = async (handle: RunHandle, attempt: Attempt): Promise<Done> => {
    const events: RunEvent[] = [];
    for await (const event of handle.events) {
      events.push(event);
      await attempt.onEvent?.(event);
    }
    const report = await handrail.report(await handrail.find(handle.run));
    const end = events.findLast((event) => event.type === 'run.finished');
    return {
      run: handle.run,
      where: handle.where,
      events,
      exitCode: end?.exitCode ?? -1,
      outcome: end?.outcome ?? '',
      why: end?.why ?? '',
      report,
      steps: Object.fromEntries(report.steps.map(({ id, outcome }) => [id, outcome])),
    };
  };
  return {
    folder,
    handrail,
    async run(file = 'ops.md', attempt = {}) {
      const own = handrailIn(folder, attempt.env ?? {});
      const operator = operatorOf(attempt);
      const { source, runbook } = await own.read(join(folder, file));
      const plan = await own.plan(runbook, requestOf(attempt.request));
      const prepared = await own.prepare(plan, operator);
      const { said } = attempt;
      const attendance = {
        operator,
        signal: signalOf(attempt),
        ...(said === undefined ? {} : { said }),
      };
      return follow(own.run(prepared, source, attendance), attempt);
    },
    async resume(name = null, attempt = {}) {
      const own = handrailIn(folder, attempt.env ?? {});
      const attendance = { operator: operatorOf(attempt), signal: signalOf(attempt) };
      return follow(await own.resume(name, attempt.resume ?? {}, attendance), attempt);
    },
  };
}

/** A request for everything, without a person. */
export function requestOf(more: Partial<RunRequest> = {}): RunRequest {
  return { ...DEFAULT_REQUEST, all: (more.procedures ?? []).length === 0, ...more };
}

/** An operator who gives these decisions one after the other, and then runs whatever comes. */
export function scripted(...decisions: readonly Decision[]): Partial<Operator> & {
  readonly asked: Situation[];
} {
  const asked: Situation[] = [];
  const left = [...decisions];
  return {
    name: 'asmith',
    asked,
    async decide(situation) {
      asked.push(situation);
      return left.shift() ?? { do: 'run' };
    },
  };
}

function handrailIn(folder: string, env: Readonly<Record<string, string>>): Handrail {
  return createHandrail({
    env: { PATH: process.env['PATH'], HOME: folder, USER: 'asmith', ...env },
    cwd: folder,
    state: join(folder, '.handrail'),
    version: '0.0.0-test',
  });
}

/** What one page comes to as a plan, asked for as nobody attends it. */
export async function planOf(text: string): Promise<Plan> {
  const { folder, handrail } = workplace(text);
  const { runbook } = await handrail.read(join(folder, 'ops.md'));
  return handrail.plan(runbook, requestOf());
}

function operatorOf({ operator }: Attempt): Operator {
  return { ...policy(), ...operator };
}

/** The policy of an unattended run: commands run, people are waited for. */
export function policy(): Operator {
  return {
    name: 'policy',
    async decide({ planned: { step } }) {
      if (step.effect === 'asks') return { do: 'wait', why: 'a person has to do this' };
      return { do: 'run' };
    },
    input: async () => undefined,
    resolve: async () => undefined,
    terminal: () => null,
  };
}

function signalOf({ signal }: Attempt): AbortSignal {
  return signal ?? new AbortController().signal;
}
