import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
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
  project.provide('bundleError', isFresh() ? '' : build());
}

function build(): string {
  try {
    execFileSync(process.execPath, ['scripts/build.ts', '--bundle-only'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isFresh(): boolean {
  try {
    const made = statSync(path.join(root, 'dist/handrail.js')).mtimeMs;
    const sources = ['src', 'templates', 'scripts', 'package.json'];
    return sources.every((name) => newest(path.join(root, name)) < made);
  } catch {
    return false;
  }
}

function newest(file: string): number {
  const facts = statSync(file);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
