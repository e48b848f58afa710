import { spawn } from 'node:child_process';

/** Ends a process group when the engine is lost. */
export interface Guard {
  /** From now on it watches over the process group whose first process began then (`startOf`). */
  watch(group: number, start: string | undefined): void;
  /** The step is over: nobody has to be ended. */
  dismiss(): void;
}

/**
 * Reads the group and when its first process began, then its dismissal. The end of its input without one means that the
 * engine is gone. Where it went while it started the step, before it could name the group, that is looked for by the marks
 * that the step's processes have. Numbers of processes are given out again: a group is the step's as long as its first
 * process is the one that was named or, when that has ended, as somebody in it has the marks.
 */
const SCRIPT = `looks=$1
shift
fields() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) && echo "\${stat##*) }"
}
marked() {
  for one in /proc/[0-9]*; do
    for mark; do
      grep -qzxF -- "$mark" "$one/environ" 2>/dev/null || continue 2
    done
    fields "\${one#/proc/}" | { read -r state parent group rest && echo ",$group,"; }
  done
}
own() {
  [ -n "$start" ] || return 0
  now=$(fields "$group" | cut -d ' ' -f 20)
  [ "$now" != "$start" ] || return 0
  [ -z "$now" ] && [ "$#" -gt 0 ] || return 1
  case $(marked "$@") in *",$group,"*) return 0 ;; esac
  return 1
}
start=
if read -r group start; then
  read -r word && exit 0
else
  [ "$#" -gt 0 ] || exit 0
  for look in 1 2 3 4 5; do
    group=$(marked "$@" | { read -r first; echo "$first"; } | tr -d ,)
    [ -z "$group" ] || break
    sleep 0.4
  done
  [ -n "$group" ] || exit 0
fi
own "$@" || exit 0
kill -s TERM -- "-$group" 2>/dev/null || exit 0
kill -s CONT -- "-$group" 2>/dev/null
count=0
while [ "$count" -lt "$looks" ]; do
  sleep 0.1
  kill -s 0 -- "-$group" 2>/dev/null || exit 0
  count=$((count + 1))
done
own "$@" && kill -s KILL -- "-$group" 2>/dev/null`;

const LOOKS_A_SECOND = 10;

/**
 * Opens a guard for `on-engine-death=kill`, before the step is started: a process in a session of its own that reads from
 * the engine. When the engine is lost, it ends the group: TERM, and KILL after the grace for those that stay. Where the guard is
 * killed before the engine, or with it, the step stays at work and holds the run's lock: who comes next is told so.
 */
export function openGuard(graceMs: number, marks: readonly string[]): Guard {
  const looks = Math.max(1, Math.round((graceMs / 1000) * LOOKS_A_SECOND));
  const child = spawn('sh', ['-c', SCRIPT, 'handrail-guard', String(looks), ...marks], {
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guard the step is left alone, as it is by default.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    watch: (group, start) =>
      void child.stdin.write(`${group} ${start === '' ? '-' : (start ?? '')}\n`),
    dismiss() {
      child.stdin.end('done\n');
      if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
    },
  };
}
