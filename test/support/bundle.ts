import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

const root = path.dirname(path.dirname(import.meta.dirname));

declare module 'vitest' {
  interface ProvidedContext {
    /** Why the bundle could not be built, `''` when it is there. */
    readonly bundleError: string;
  }
}

/** Before any test: makes the bundle that the harness runs, unless it is as new as what it is made of. */
export function setup(project: TestProject): void {
  project.provide('bundleError', build());
}

function build(): string {
  try {
    execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
