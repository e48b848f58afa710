/** What an attempt leaves in its folder on the far side. */
export const FAR = {
  /** The program's process id, which is its session's and group's too. */
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

/** The file that becomes the program: its values stand in it, and nowhere in a list of processes. */
export function mainFile(folder: string, { program, args, env, unset, cwd }: FarLaunch): string {
  const exports = Object.entries(env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `export ${name}=${quotedForSh(value)}`);
  const names = unset.filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return [
    `echo $$ >${quotedForSh(`${folder}/${FAR.pid}`)}`,
    ...(names.length === 0 ? [] : [`unset ${names.join(' ')}`]),
    ...exports,
    `cd ${quotedForSh(cwd)} || { echo "handrail: the folder is not there" >&2; exit ${NO_FOLDER}; }`,
    `exec ${[program, ...args].map(quotedForSh).join(' ')}`,
    '',
  ].join('\n');
}

/**
 * Starts the program in a session of its own, so that a line that breaks takes nothing with it; its output goes into
 * files and, as long as somebody listens, up the line; its exit code is written down when it ends.
 */
export function startLine(folder: string): string {
  return shLine(`cd ${quotedForSh(folder)} || exit ${NO_FOLDER}
mkfifo o e || exit ${NO_FOLDER}
( trap '' HUP INT TERM PIPE; exec tee ${FAR.out} <o ) &
t1=$!
( trap '' HUP INT TERM PIPE; exec tee ${FAR.err} <e >&2 ) &
t2=$!
( trap : HUP INT TERM
s=; command -v setsid >/dev/null 2>&1 && s=setsid
$s sh ./${FAR.main} >o 2>e </dev/null
echo $? >exit.new; mv exit.new ${FAR.exit} ) &
m=$!
while kill -0 $m 2>/dev/null; do wait $m; done
i=0
while [ $i -lt 10 ] && { kill -0 $t1 || kill -0 $t2; } 2>/dev/null; do sleep 0.05 2>/dev/null || sleep 1; i=$((i+1)); done
kill -9 $t1 $t2 2>/dev/null
exit $(cat ${FAR.exit})`);
}

/** The same at a terminal, which is the program's own. */
export function terminalLine(folder: string): string {
  return shLine(
    `cd ${quotedForSh(folder)} || exit ${NO_FOLDER}; sh ./${FAR.main}; c=$?; echo $c >${FAR.exit}; exit $c`,
  );
}

/** Says how the program stands: `exit N`, `alive`, `gone`, or `never` when it was not started. */
export function askLine(folder: string): string {
  return shLine(`cd ${quotedForSh(folder)} 2>/dev/null || { echo never; exit; }
if [ -f ${FAR.exit} ]; then echo exit $(cat ${FAR.exit})
elif [ -f ${FAR.pid} ] && kill -0 $(cat ${FAR.pid}) 2>/dev/null; then echo alive
elif [ -f ${FAR.exit} ]; then echo exit $(cat ${FAR.exit})
elif [ -f ${FAR.pid} ]; then echo gone
else echo never; fi`);
}

/** Ends the program with all that it started: TERM, five seconds, KILL. */
export function endLine(folder: string): string {
  return shLine(`cd ${quotedForSh(folder)} 2>/dev/null && p=$(cat ${FAR.pid} 2>/dev/null) || exit 0
g=$p; kill -0 -$p 2>/dev/null && g=-$p
kill -TERM $g 2>/dev/null
i=0
while [ $i -lt 50 ] && kill -0 $g 2>/dev/null; do sleep 0.1 2>/dev/null || sleep 1; i=$((i+1)); done
kill -KILL $g 2>/dev/null
exit 0`);
}

/** Bytes of an output from one on. */
export function restLine(folder: string, file: string, fromByte: number): string {
  return shLine(`tail -c +${fromByte + 1} ${quotedForSh(`${folder}/${file}`)} 2>/dev/null`);
}

/** What is to be brought back, each file behind a line with its size; then the folder goes. */
export function collectLine(folder: string): string {
  return shLine(`cd ${quotedForSh(folder)} || exit ${NO_FOLDER}
for f in ${FAR.exchange} ${FAR.outputs}; do
if [ -f $f ]; then echo $f $(wc -c <$f); cat $f; else echo $f 0; fi
done
cd / && rm -rf ${quotedForSh(folder)}`);
}

/** Puts files there: each behind a line with its name and size, on standard input, which no script ever sees. */
export function bringLine(folder: string): string {
  return shLine(`umask 077; mkdir -p ${quotedForSh(folder)} && cd ${quotedForSh(folder)} || exit ${NO_FOLDER}
while read -r f n; do dd bs=1 count="$n" of="$f" 2>/dev/null || exit ${NO_FOLDER}; done
: >>${FAR.outputs}`);
}

/** A line for a login shell of any kind, which hands it to `sh`. */
function shLine(script: string): string {
  return `exec sh -c ${quotedForSh(script)}`;
}

/** Single quotes hold everything but themselves, in every shell. */
export function quotedForSh(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
