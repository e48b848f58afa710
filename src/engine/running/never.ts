/** A signal that is never aborted: for what has to come to its end whatever happens. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
