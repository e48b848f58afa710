import type { StepContext, StepOutput, StepResult } from '../../src/engine/contracts/step-type.ts';
import type { Step } from '../../src/engine/model/runbook.ts';

/** A step as the reader would hand it on, with only what matters said. */
export function stepOf(more: Partial<Step> = {}): Step {
  return {
    id: 'step',
    type: 'shell',
    traits: { isRun: true, quoting: 'shell' },
    title: 'Step',
    procedure: '',
    line: 10,
    endLine: 12,
    effect: 'reads',
    effectWhy: '',
    language: null,
    text: '',
    textLine: 11,
    body: {},
    inputs: [],
    parts: [],
    expectation: null,
    annotations: {},
    why: '',
    inferred: false,
    label: '',
    ...more,
  };
}

/** A context as the engine would hand it down, with what a run shares kept in `opened`. */
export function contextOf(more: Partial<StepContext> = {}): StepContext & TestResources {
  const resources = testResources();
  return {
    text: '',
    binds: [],
    values: new Map(),
    attended: false,
    cwd: process.cwd(),
    env: { PATH: process.env['PATH'] ?? '' },
    signal: new AbortController().signal,
    timeoutMs: null,
    lockFds: [],
    carried: {
      get: () => undefined,
      set: () => {},
      isSecret: () => false,
      learnt: new Map(),
      learn: () => {},
    },
    resources,
    terminal: null,
    shell: { program: 'bash', errexit: true, pipefail: true, nounset: false },
    connections: {},
    closeAll: resources.closeAll,
    ...more,
  };
}

interface TestResources {
  closeAll(): Promise<void>;
}

function testResources(): StepContext['resources'] & TestResources {
  const opened = new Map<string, Promise<{ close(): Promise<void> | void }>>();
  return {
    get<T extends { close(): Promise<void> | void }>(name: string, open: () => Promise<T>) {
      const known = opened.get(name) ?? open();
      opened.set(name, known);
      // Whoever asks by a name also chose what stands under it.
      return known as Promise<T>;
    },
    async closeAll() {
      for (const one of opened.values()) await (await one).close();
      opened.clear();
    },
  };
}

/** What a step printed and how it ended. */
export interface StepEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly result: StepResult;
}

/** Runs a step to its end. */
export async function runToEnd(running: AsyncGenerator<StepOutput, StepResult>): Promise<StepEnd> {
  const chunks: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  for (;;) {
    const next = await running.next();
    if (next.done) {
      const stdout = Buffer.concat(chunks.stdout).toString();
      return { stdout, stderr: Buffer.concat(chunks.stderr).toString(), result: next.value };
    }
    chunks[next.value.stream].push(next.value.chunk);
  }
}
