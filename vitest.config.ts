import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./test/support/needs.ts', './test/support/place.ts', './test/support/bundle.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    // What a test waits for comes when it comes: only what never does is a fault.
    expect: { poll: { timeout: 200_000 } },
    // A worker that ends late on a busy machine is no fault either.
    teardownTimeout: 120_000,
    // More than half of the time is waiting, for processes, keys and disks: two cores keep four workers busy.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // On a machine that proves a change, a stall of the machine is no fault of the change; a fault fails each time.
    retry: process.env['CI'] ? 2 : 0,
  },
});
