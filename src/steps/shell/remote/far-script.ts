/** What an attempt leaves in its folder on the far side. */
export const FAR = {
  /** The program's process id, which is its session's and group's too, and when it began. */
  pid: 'pid',
  exit: 'exit',
  out: 'out',
  err: 'err',
  exchange: 'x',
  outputs: 'outputs',
  script: 'script',
  main: 'main',
} as const;

/** What is started there. */
export interface FarLaunch {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole of what it gets beside the far side's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
  readonly cwd: string;
}

const NO_FOLDER = 97;
/** The lock is held there. */
export const BUSY = 95;
/** The program is not there. */
export const NO_PROGRAM = 96;

/** `main` under the name that it has once it was started; who renames it first decides whether it ever is. */
const STARTED = 'go';
/** It is there as long as the files have all of the output; to take it away asks for no room. */
const WHOLE = 'whole';
/** The output that could not be brought is in no file either. */
export const CUT = 'cut';
/** Where the exit code is written before it gets its name. */
const WRITTEN = 'exit.new';
/** Room that is taken beforehand, so that a disk that is full by then can still say how the program ended. */
const ROOM = '                                ';

/**
 * When a process began, as the far side has it, which tells it from a later one of the same number: clock ticks since a boot
 * that is named where there is a `/proc`, what `ps` says elsewhere, nothing of one that is not there.
 */
const begunOf = (pid: string): string =>
  [
    `$(s=$(cat /proc/${pid}/stat 2>/dev/null); set -- \${s##*")"}; b=;`,
    '[ -z "$s" ] || { read -r b </proc/sys/kernel/random/boot_id; } 2>/dev/null;',
    `if [ -n "$s" ]; then echo "\${20}-\${b%%-*}"; else ps -o lstart= -p ${pid} 2>/dev/null | tr -d " "; fi)`,
  ].join(' ');

/** Whether the process `$p` is still the one that began at `$w`; earlier editions did not write that down. */
const IS_SAME = `{ [ -z "$w" ] || [ "$w" = "${begunOf('$p')}" ]; }`;

/**
 * The file that becomes the program: its values stand in it, and nowhere in a list of processes. It is gone from the folder
 * as soon as the shell has it.
 */
export function mainFile(folder: string, { program, args, env, unset, cwd }: FarLaunch): string {
  const exports = Object.entries(env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `export ${name}=${quotedForSh(value)}`);
  const names = unset.filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const at = (file: string): string => quotedForSh(`${folder}/${file}`);
  return [
    `echo $$ "${begunOf('$$')}" 1<>${at(FAR.pid)}; rm -f ${at(STARTED)}`,
    ...(names.length === 0 ? [] : [`unset ${names.join(' ')}`]),
    ...exports,
    `cd ${quotedForSh(cwd)} || { echo "handrail: the folder is not there" >&2; exit ${NO_FOLDER}; }`,
    `exec ${[program, ...args].map(quotedForSh).join(' ')}`,
    '',
  ].join('\n');
}

/** Writes the exit code down, into room that is there. */
const NOTE_EXIT = `echo $c 1<>${WRITTEN}; mv ${WRITTEN} ${FAR.exit}`;

/**
 * Starts the program in a session of its own, so that a line that breaks takes nothing with it; its output goes into
 * files and, as long as somebody listens, up the line; its exit code is written down when it ends.
 */
export function startLine(folder: string, mark: string): string {
  const deaf = 'trap "" HUP INT TERM PIPE;';
  // A line that is slow, or that nobody reads, holds back `cat` alone: the file has each byte before its end is waited for.
  const kept = (stream: string, pipe: string, to: string): string =>
    [
      `( ${deaf} cat <${pipe}f >${stream} || rm -f ${WHOLE} ) 2>/dev/null & f${pipe}=$!;`,
      `( ${deaf} exec cat <${pipe}l${to} 2>/dev/null ) & l${pipe}=$!;`,
      `( ${deaf} exec tee ${pipe}l <${pipe} >${pipe}f 2>/dev/null ) & t${pipe}=$!;`,
    ].join(' ');
  const ended = (of: string): string =>
    [
      `i=0; while [ $i -lt 10 ] && { kill -0 $${of}o || kill -0 $${of}e; } 2>/dev/null; do`,
      'sleep 0.05 2>/dev/null || sleep 1; i=$((i+1)); done;',
    ].join(' ');
  return shLine([
    `cd ${quotedForSh(folder)} || exit ${NO_FOLDER};`,
    `echo ${mark}; echo ${mark} >&2;`,
    `mkfifo o of ol e ef el || exit ${NO_FOLDER};`,
    kept(FAR.out, 'o', ''),
    kept(FAR.err, 'e', ' >&2'),
    '( trap : HUP INT TERM;',
    's=; command -v setsid >/dev/null 2>&1 && s=setsid;',
    `mv ${FAR.main} ${STARTED} || exit; $s sh ./${STARTED} >o 2>e </dev/null; c=$?;`,
    `${NOTE_EXIT} ) & m=$!;`,
    'while kill -0 $m 2>/dev/null; do wait $m; done;',
    `${ended('l')} b=$i; kill -9 $lo $le 2>/dev/null;`,
    `${ended('f')} kill -9 $to $te 2>/dev/null;`,
    // What was held back, and what no file has, is a line that broke.
    `[ $b -lt 10 ] || [ -f ${WHOLE} ] || exit 255;`,
    `exit $(cat ${FAR.exit} 2>/dev/null)`,
  ]);
}

/** The same at a terminal, which is the program's own. */
export function terminalLine(folder: string, mark: string): string {
  return shLine([
    `cd ${quotedForSh(folder)} || exit ${NO_FOLDER};`,
    `echo ${mark};`,
    `mv ${FAR.main} ${STARTED} || exit ${NO_FOLDER}; sh ./${STARTED}; c=$?;`,
    `${NOTE_EXIT}; exit $c`,
  ]);
}

/**
 * Says how the program stands: `exit N`, `alive`, `begins`, `gone`, or `never` when it was not started; from then on it
 * cannot be. Behind `exit N` stands `cut` where output is in no file. `lost`: what was written down is not there any more,
 * as after a restart of the place or the end of the user's last login, which says nothing of the program.
 */
export function askLine(folder: string, mark: string): string {
  return shLine([
    `echo ${mark};`,
    `cd ${quotedForSh(folder)} 2>/dev/null || { echo lost; exit; };`,
    `e() { [ -f ${FAR.exit} ] && echo exit $(cat ${FAR.exit}; [ -f ${WHOLE} ] || echo ${CUT}); };`,
    `p=; read p w <${FAR.pid}; e && exit;`,
    'if [ -n "$p" ]; then',
    `if kill -0 $p 2>/dev/null && ${IS_SAME}; then echo alive; else`,
    // Who waits for it may not have had its turn yet to write down how it ended.
    'i=0; while [ $i -lt 3 ]; do e && exit; sleep 1; i=$((i+1)); done; e || echo gone; fi;',
    `elif mv ${FAR.main} never 2>/dev/null; then echo never;`,
    `elif [ -f never ]; then echo never;`,
    'else echo begins; fi',
  ]);
}

/** Ends the program with all that it started: TERM, five seconds, KILL. What was not started yet never is. */
export function endLine(folder: string, mark: string): string {
  return shLine([
    `echo ${mark};`,
    `cd ${quotedForSh(folder)} 2>/dev/null || exit 0; mv ${FAR.main} never 2>/dev/null;`,
    `p=; read p w <${FAR.pid}; [ -n "$p" ] || exit 0;`,
    // Whoever it left in its group keeps that number from being given out again.
    `! kill -0 $p 2>/dev/null || ${IS_SAME} || exit 0;`,
    // At a terminal its group is the one of the whole line.
    'g=$p; if kill -0 -$p 2>/dev/null; then g=-$p;',
    // Linux says it behind the name, which holds whatever it likes; `ps` says it elsewhere.
    'else s=$(cat /proc/$p/stat 2>/dev/null); set -- ${s##*")"}; q=$3;',
    '[ -n "$q" ] || q=$(ps -o pgid= -p $p 2>/dev/null | tr -d " ");',
    '[ -n "$q" ] && [ "$q" -gt 1 ] && g=-$q; fi;',
    'kill -TERM $g 2>/dev/null;',
    'i=0; while [ $i -lt 50 ] && kill -0 $g 2>/dev/null; do',
    'sleep 0.1 2>/dev/null || sleep 1; i=$((i+1)); done;',
    'kill -KILL $g 2>/dev/null; exit 0',
  ]);
}

/** Bytes of an output from one on. */
export function restLine(folder: string, mark: string, file: string, fromByte: number): string {
  return shLine([
    `echo ${mark};`,
    // What a terminal showed stands in no file.
    `cd ${quotedForSh(folder)} || exit ${NO_FOLDER}; [ -f ${file} ] || exit 0;`,
    `tail -c +${fromByte + 1} ${file}`,
  ]);
}

/**
 * What is to be brought back, each file behind a line with its size, and how large the outputs are. Nothing comes while the
 * program has not written down how it ended. The folder stays: the answer may be lost on its way, and is asked for again.
 */
export function collectLine(folder: string, mark: string): string {
  return shLine([
    `echo ${mark};`,
    `cd ${quotedForSh(folder)} && [ -f ${FAR.exit} ] || exit ${NO_FOLDER};`,
    `for f in ${FAR.exit} ${FAR.exchange} ${FAR.outputs}; do`,
    'if [ -f $f ]; then echo $f $(wc -c <$f); cat $f; else echo $f 0; fi;',
    'done;',
    `for f in ${FAR.out} ${FAR.err}; do n=0; [ -f $f ] && n=$(($(wc -c <$f)));`,
    'echo size-$f ${#n}; printf %s $n; done',
  ]);
}

/** The file that tells which try of which step a folder is of. */
export const sealOf = (key: string): string => `of-${key}`;

/**
 * Finds the folder of a try that an earlier engine of the run began there; says its path where there is one of this user's own.
 * Where a line broke meanwhile, it was brought more than once: the one that was begun is the one that counts.
 */
export function findLine(run: string, key: string, mark: string): string {
  return shLine([
    `echo ${mark}; n=;`,
    'for d in "$XDG_RUNTIME_DIR" /dev/shm "$TMPDIR" /tmp; do',
    `for f in "$d"/handrail-${run}-*/*/${sealOf(key)}; do`,
    'o="$' + '{f%/*}"; [ -f "$f" ] && [ -O "$f" ] && [ -O "$o" ] || continue;',
    `if [ -f "$o/${FAR.main}" ] || [ -f "$o/never" ]; then n=$o; else echo "$o"; exit; fi;`,
    'done; done; [ -z "$n" ] || echo "$n"',
  ]);
}

/** What begins a run's folder there, as the shell's pattern has it. */
const HOMES = ['handrail', ...[8, 4, 4, 4, 12, 8].map((length) => '?'.repeat(length))].join('-');
/** The lock that a run holds, as its folder there says it. */
export interface FarLock {
  /** A hash of its name: a path of this machine is nobody's business there. */
  readonly key: string;
  /** Tells one engine from every other one, also of the same run. */
  readonly engine: string;
}

const lockFile = ({ key }: FarLock): string => `lock-${key}`;

/**
 * Goes no further where a step of another engine is still at work there under the same lock, and says its process id and its
 * run: that engine or its line was lost, or it is on another machine.
 */
const refuseBusy = (lock: FarLock): readonly string[] => [
  'for d in "$XDG_RUNTIME_DIR" /dev/shm "$TMPDIR" /tmp; do',
  `[ -n "$d" ] && for l in "$d"/${HOMES}/${lockFile(lock)}; do`,
  'o="$' + '{l%/*}"; [ -f "$l" ] && [ -O "$l" ] && [ -O "$o" ] || continue;',
  `g=; read -r g <"$l"; [ "$g" = ${quotedForSh(lock.engine)} ] && continue;`,
  `for f in "$o"/*/${FAR.pid}; do [ -f "$f" ] && [ ! -f "$` + `{f%/*}/${FAR.exit}" ] || continue;`,
  'p=; w=; read p w <"$f"; [ -n "$p" ] && kill -0 "$p" 2>/dev/null &&',
  `${IS_SAME} && { echo "$p" "$` + `{o##*/}"; exit ${BUSY}; };`,
  'done; done; done;',
];

/** A file that is brought there. */
export interface Brought {
  readonly name: string;
  readonly content: Uint8Array;
}

interface Beside {
  /** Folders of steps that have ended and are in the log. */
  readonly over?: readonly string[];
  readonly lock?: FarLock | null;
}

/** Puts files there out of one stream on standard input, which no script ever sees, and takes the room that the end needs. */
export function bringLine(
  folder: string,
  mark: string,
  program: string,
  files: readonly Brought[],
  { over = [], lock = null }: Beside = {},
): string {
  let at = 1;
  const taken = files.map(({ name, content }) => {
    const from = at;
    at += content.length;
    return `tail -c +${from} in | head -c ${content.length} >${name} || exit ${NO_FOLDER};`;
  });
  return shLine([
    `echo ${mark};`,
    ...(lock === null ? [] : refuseBusy(lock)),
    `command -v ${quotedForSh(program)} >/dev/null 2>&1 || exit ${NO_PROGRAM};`,
    `umask 077; mkdir -p ${quotedForSh(folder)} && cd ${quotedForSh(folder)} && [ -O .. ] || exit ${NO_FOLDER};`,
    `cat >in || exit ${NO_FOLDER}; [ $(wc -c <in) -eq ${at - 1} ] || exit ${NO_FOLDER};`,
    ...taken,
    `rm -f in; for f in ${FAR.pid} ${WRITTEN}; do echo "${ROOM}" >$f || exit ${NO_FOLDER}; done;`,
    `: >>${FAR.outputs}; : >${WHOLE}`,
    ...(over.length === 0 ? [] : [`; rm -rf ${over.map(quotedForSh).join(' ')}; :`]),
  ]);
}

/** Days without a change after which a folder that nobody asks about is old, and after which nobody asks any more. */
const OLD_DAYS = 7;
const VERY_OLD_DAYS = 30;

/**
 * Takes old folders away that a line which broke for good has left: this user's own alone, none that a process is at work in,
 * and none with a try in it that its run may still ask about, before that is very old.
 */
const SWEEP = [
  'for d in "$XDG_RUNTIME_DIR" /dev/shm "$TMPDIR" /tmp; do',
  `[ -n "$d" ] && for o in "$d"/${HOMES}; do`,
  '[ -d "$o" ] && [ ! -L "$o" ] && [ -O "$o" ] || continue;',
  `[ -n "$(find "$o" -prune -mtime +${OLD_DAYS - 1} 2>/dev/null)" ] || continue;`,
  `k=; for p in "$o"/*/${FAR.pid}; do [ -f "$p" ] && { f=$p; p=; read p w <"$f";`,
  `[ -n "$p" ] && kill -0 "$p" 2>/dev/null && ${IS_SAME} && k=1; }; done;`,
  `[ -n "$(find "$o" -prune -mtime +${VERY_OLD_DAYS - 1} 2>/dev/null)" ] ||`,
  'for s in "$o"/*/of-*; do [ -f "$s" ] && k=1; done;',
  '[ -n "$k" ] || rm -rf "$o"; done; done;',
];

/** Makes a private folder there, in memory where there is room, and says its path, where one is, and the environment. */
export function openLine(name: string, mark: string, lock: FarLock | null = null): string {
  const held =
    lock === null ? [] : [`&& echo ${quotedForSh(lock.engine)} >"$d/${name}/${lockFile(lock)}"`];
  return shLine([
    `echo ${mark}; umask 077;`,
    ...SWEEP,
    'for d in "$XDG_RUNTIME_DIR" /dev/shm "$TMPDIR" /tmp ""; do',
    `[ -n "$d" ] && [ -d "$d" ] && mkdir "$d/${name}" 2>/dev/null || continue;`,
    `{ echo "${ROOM}" >"$d/${name}/room"`,
    ...held,
    `; } 2>/dev/null && break; rm -rf "$d/${name}";`,
    'done;',
    `[ -n "$d" ] || { echo "no folder can be made there: is the disk full?" >&2; exit ${NO_FOLDER}; };`,
    `echo "$d/${name}" && pwd && env -0 2>/dev/null`,
  ]);
}

/** Takes a folder away that `openLine` made. */
export function closeLine(folder: string): string {
  return shLine([`rm -rf ${quotedForSh(folder)}`]);
}

/**
 * A line for a login shell of any kind, which hands it to `sh`. It is one line: csh ends a quoted word at a newline; and it has
 * no backslash: fish reads them within single quotes.
 */
function shLine(parts: readonly string[]): string {
  return `exec sh -c ${quotedForSh(parts.join(' '))}`;
}

/** Single quotes hold everything but themselves, in every shell. */
export function quotedForSh(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
