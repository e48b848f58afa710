import type { StepContext, StepOutput, StepResult } from '../../src/engine/contracts/step-type.ts';
import type { Annotations } from '../../src/engine/model/annotations.ts';
import type { TranscriptEntry } from '../../src/engine/model/block.ts';
import type { BoundInput } from '../../src/engine/model/plan.ts';
import type { Step } from '../../src/engine/model/runbook.ts';
import { runShell } from '../../src/steps/shell/run.ts';

/** How one step ended, with what it printed. */
export type Ran = StepResult & { readonly stdout: string; readonly stderr: string };

/** What a test may set for one step. */
export interface StepOptions {
  readonly annotations?: Annotations;
  readonly transcript?: readonly TranscriptEntry[];
  /** The text with inputs filled in, when it is not the author's own. */
  readonly filled?: string;
  readonly step?: Partial<Step>;
  readonly context?: Partial<StepContext>;
  readonly signal?: AbortSignal;
}

/** A run of shell steps without the engine: state, resources and environment as the engine would hand them out. */
export interface TestRun {
  run(text: string, options?: StepOptions): Promise<Ran>;
  start(text: string, options?: StepOptions): AsyncGenerator<StepOutput, StepResult>;
  readonly carried: Map<string, string>;
  close(): Promise<void>;
}

/** Starts a test run in a folder. */
export function testRun(
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  secrets: Readonly<Record<string, string>> = {},
): TestRun {
  const carried = new Map<string, string>();
  const opened = new Map<string, { close(): Promise<void> | void }>();
  const values = new Map(
    Object.entries(secrets).map(([name, value]): [string, BoundInput] => [
      name,
      { name, value, secret: true, source: '--input' },
    ]),
  );
  let steps = 0;
  const start = (
    text: string,
    options: StepOptions = {},
  ): AsyncGenerator<StepOutput, StepResult> => {
    steps += 1;
    const step = testStep(text, options);
    const context: StepContext = {
      text: options.filled ?? text,
      binds: [],
      values,
      attended: false,
      cwd,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: cwd,
        LANG: 'C.UTF-8',
        HANDRAIL_RUN_ID: `test-${process.pid}-${runs}`,
        HANDRAIL_STEP_ID: `step-${steps}`,
        ...env,
      },
      signal: options.signal ?? new AbortController().signal,
      timeoutMs: null,
      lockFds: [],
      carried: {
        get: (key) => carried.get(key),
        set: (key, value) => void carried.set(key, value),
        isSecret: () => false,
        learnt: new Map(),
        learn: () => undefined,
      },
      resources: {
        async get<T extends { close(): Promise<void> | void }>(
          name: string,
          open: () => Promise<T>,
        ): Promise<T> {
          const resource = opened.get(name) ?? (await open());
          opened.set(name, resource);
          // Kept under the name it was opened by, as the engine does.
          return resource as T;
        },
      },
      terminal: null,
      shell: { program: 'bash', errexit: true, pipefail: true, nounset: false },
      connections: {},
      ...options.context,
    };
    return runShell(step, { transcript: options.transcript }, context);
  };
  runs += 1;
  return {
    carried,
    start,
    run: async (text, options) => await collect(start(text, options)),
    async close() {
      for (const resource of opened.values()) await resource.close();
    },
  };
}

let runs = 0;

async function collect(generator: AsyncGenerator<StepOutput, StepResult>): Promise<Ran> {
  const bytes = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let next = await generator.next();
  while (!next.done) {
    bytes[next.value.stream].push(next.value.chunk);
    next = await generator.next();
  }
  const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString('utf8');
  return { ...next.value, stdout: text(bytes.stdout), stderr: text(bytes.stderr) };
}

function testStep(text: string, options: StepOptions): Step {
  return {
    id: 'step',
    type: 'shell',
    traits: { isRun: true, quoting: 'shell' },
    title: 'Step',
    procedure: '',
    line: 1,
    endLine: 3,
    effect: 'writes',
    effectWhy: '',
    language: 'bash',
    text,
    textLine: 2,
    body: {},
    inputs: [],
    parts: [],
    expectation: null,
    annotations: options.annotations ?? {},
    why: 'fence `bash`',
    inferred: false,
    label: '',
    ...options.step,
  };
}
