import { setFlagsFromString } from 'node:v8';

/** Shorter runs end before it would matter; to ask V8 for it loads a module of Node's (1 ms). */
const MANY_STEPS = 100;
const GROWTH = '--semi-space-growth-factor';
/** What V8 has by itself. */
const USUAL_GROWTH = 2;
/** V8 looks through all of its memory sooner, and gives back what it does not need. */
const FRUGAL = '--optimize-for-size';
const GENEROUS = '--no-optimize-for-size';

/**
 * Keeps the memory for young objects of a long run as small as it is: V8 doubles it whenever much survives, and a
 * thousand steps, of which 12 MB stay, had 83 MB and a process of 145 (with this 22). V8 asks for the factor whenever it is
 * about to grow. Being frugal takes the process from 124 MB to 98, for a twenty-fifth of its CPU time. Compiled code that is kept counts as made under other settings, so the
 * factor is its own again before this process keeps any.
 */
export function limitYoungMemory(steps: number): void {
  if (steps < MANY_STEPS) return;
  setFlagsFromString(`${GROWTH}=1`);
  setFlagsFromString(FRUGAL);
  process.prependOnceListener('exit', () => {
    setFlagsFromString(`${GROWTH}=${USUAL_GROWTH}`);
    setFlagsFromString(GENEROUS);
  });
}

/** Less than this and it would not matter. */
const MUCH_OUTPUT = 4 * 1024 * 1024;
const MEMORY_GROWTH = '--heap-growing-percent';
const GROWN_BY = 200;

/**
 * Told of output as it passes, lets memory grow to three times what is in use before V8 looks through all of it. Output
 * stands outside of V8's own memory and yet counts: beside the 9 MB that a run has, V8 marked all of these after every
 * few MB of output. 256 MiB cost 2272 ms without this and 1863 with it, in as much memory. Set back at the end for the
 * sake of kept code, as above.
 */
export function spareMarking(): (bytes: number) => void {
  let left = MUCH_OUTPUT;
  return (bytes) => {
    if (left <= 0) return;
    left -= bytes;
    if (left > 0) return;
    setFlagsFromString(`${MEMORY_GROWTH}=${GROWN_BY}`);
    process.prependOnceListener('exit', () => setFlagsFromString(`${MEMORY_GROWTH}=0`));
  };
}
