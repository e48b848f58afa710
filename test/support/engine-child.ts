/** One unattended run of `FOLDER/ops.md` in a process of its own, for tests that kill it. */
import { join } from 'node:path';
import type { Operator } from '../../src/engine/contracts/operator.ts';

/** The library as it is built: from its sources a process takes five times as long to start. */
const library: typeof import('../../src/index.ts') = await import(
  join(import.meta.dirname, '../../dist/index.js')
);
const { createHandrail, DEFAULT_REQUEST, HandrailError } = library;

const [folder = '', what = 'run', ...approve] = process.argv.slice(2);
const { PATH, HOME } = process.env;
const world = { env: { PATH, HOME, USER: 'asmith' }, cwd: folder, version: '0.0.0-test' };
const handrail = createHandrail({ ...world, state: join(folder, '.handrail') });
const operator: Operator = {
  name: 'policy',
  decide: async () => ({ do: 'run' }),
  input: async () => undefined,
  resolve: async () => undefined,
  terminal: () => null,
};
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => stop.abort(signal));
const attendance = { operator, signal: stop.signal };
try {
  const handle = await begin();
  for await (const event of handle.events) {
    process.stdout.write(`${event.type}\n`);
    if (event.type === 'run.finished') process.exitCode = event.exitCode;
  }
} catch (error) {
  if (!(error instanceof HandrailError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function begin() {
  if (what === 'resume') return handrail.resume(null, { approve, force: true }, attendance);
  const { source, runbook } = await handrail.read(join(folder, 'ops.md'));
  const plan = await handrail.plan(runbook, { ...DEFAULT_REQUEST, all: true, approve });
  return handrail.run(await handrail.prepare(plan, operator), source, attendance);
}
