/** One entry of Node's `stdio` as processes are started here. */
export type Descriptor = 'ignore' | 'pipe' | number;

/** First descriptor of the locks: out of the way of what scripts use themselves. */
const FIRST_LOCK_FD = 40;

/** Descriptors of a process that inherits the locks from 40 on. */
export function withLocks(stdio: readonly Descriptor[], lockFds: readonly number[]): Descriptor[] {
  if (lockFds.length === 0) return [...stdio];
  const unused = Array.from({ length: FIRST_LOCK_FD - stdio.length }, () => 'ignore' as const);
  return [...stdio, ...unused, ...lockFds];
}
