import { quoted } from '../../process/bash-quoting.ts';
import { unguessable } from '../../process/random-bytes.ts';

/** Options that a step's shell starts with. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
  readonly nounset: boolean;
}

/** A script and where its lines stand. */
export interface ShellScript {
  readonly text: string;
  /** The number that messages give the script's first line. */
  readonly firstLine: number;
  readonly options: ShellOptions;
  /** Variables whose values are told while it runs, and the file that they are appended to as `NAME=value`, closed by NUL. */
  readonly tells?: { readonly names: readonly string[]; readonly path: string } | undefined;
}

/** What a shell is started with. */
export interface ShellLaunch {
  /** The same for every script, but for the exchange file's path. */
  readonly args: readonly string[];
  /** What the exchange file must hold. */
  readonly content: Buffer;
  /** What it holds once the shell has read it: the same where the shell says nothing of that, and then fails by itself. */
  readonly begun: Buffer;
}

/**
 * Starts bash on a script. Script and state come through the exchange file, the end state goes back through it: they
 * stand neither in the arguments nor in the environment nor on a descriptor that the script's commands inherit.
 */
export function bashLaunch(script: ShellScript, restore: string, path: string): ShellLaunch {
  const keep = keepState(path);
  const nonce = unguessable(16).toString('hex');
  const names = ['nonce', 'head', 'text'].map((name) => `IFS= read -r -d "" __handrail_${name}`);
  const isOurs = `[[ $__handrail_nonce == ${nonce} ]]`;
  const begin = `\\builtin printf ${BEGUN} 1<>${quoted(path)}`;
  // The script is evaluated on the first line, so that its messages count lines as it does.
  const boot = [
    // Where that path is nothing or another process's file, not a word is evaluated.
    `{ ${[...names, isOurs, begin].join(' && ')}; } 2>/dev/null <${quoted(path)} || \\builtin exit ${UNREAD}`,
    'eval "$__handrail_head" 2>/dev/null',
    `\\builtin eval "$__handrail_text"\n${keep}\n\\builtin exit $__handrail_status`,
  ].join('; ');
  const judgesPipes = `${script.text}${restore}`.includes(PIPE_VERDICT_NAME);
  const verdict = judgesPipes ? [pipeVerdict(script.options.pipefail)] : [];
  const wraps = setsExitTrap(script.text) || setsExitTrap(restore);
  const head = [
    'unset -v __handrail_head __handrail_nonce',
    ...(restore === '' ? [] : [`eval ${quoted(restore)}`]),
    `\\builtin trap ${quoted(keep)} EXIT`,
    // Where the script ended early: its own ERR trap takes this one's place.
    '\\builtin trap "__handrail_line=\\$LINENO" ERR',
    ...(wraps ? [trapWrapper([keep, ...verdict].join('\n'))] : []),
    ...verdict,
    ...(script.tells === undefined ? [] : [telling(script.text, script.tells)]),
    '\\builtin shopt -s expand_aliases',
    `\\builtin set ${bashOptions(script.options)}`,
  ].join('\n');
  const text = `\\builtin unset -v __handrail_text${newlines(script)}${script.text}\n`;
  const content = Buffer.concat([
    Buffer.from(`${nonce}\0${withoutNul(head)}\0`, 'latin1'),
    Buffer.from(`${withoutNul(text)}\0`, 'utf8'),
  ]);
  return {
    args: ['--noprofile', '--norc', '-c', boot, 'bash'],
    content,
    begun: Buffer.concat([Buffer.from(BEGUN), content.subarray(BEGUN.length)]),
  };
}

/** Stands where the nonce began, once the script was read. */
const BEGUN = '+';
/** The exit code of a shell that could not read its script. */
const UNREAD = 126;

/**
 * Writes down the end state, once: folder, umask, locals of the function it ended in, variables, functions, attributes
 * of functions, aliases, each closed by NUL. Only bash's own words, so that it costs no process; spelled so that no
 * alias or function of the script takes their place, with the script's options, traps and redirections out of the way.
 * `__handrail_status` is the exit code the script ended with.
 */
function keepState(path: string): string {
  // In POSIX mode `unset` is found before any function of that name.
  return `{ __handrail_status=$?; \\builtin shopt -u expand_aliases; } 2>/dev/null
{ if [[ -z \${__handrail_kept-} ]]; then
__handrail_kept=1
\\builtin set +xvu
\\builtin trap - DEBUG ERR RETURN
POSIXLY_CORRECT=
\\unset -f builtin
\\unset -v POSIXLY_CORRECT
if [[ -n \${__handrail_wraps-} ]]; then \\builtin unset -f trap; fi
\\builtin unset -f ${PIPE_VERDICT_NAME}
{
\\builtin pwd; \\builtin printf '\\0'
\\builtin umask; \\builtin printf '\\0'
if [[ \${#FUNCNAME[@]} -gt 0 ]]; then \\builtin local -p; fi; \\builtin printf '\\0'
\\builtin declare -p; \\builtin printf '\\0'
\\builtin declare -f; \\builtin printf '\\0'
\\builtin declare -F; \\builtin printf '\\0'
\\builtin alias -p; \\builtin printf '\\0end'
} >|${quoted(path)}
fi; } >/dev/null 2>&1 || \\builtin :`;
}

function setsExitTrap(text: string): boolean {
  return /\btrap\b/.test(text) && /\b(?:SIG)?(?:EXIT|0)\b/i.test(text);
}

/**
 * A `trap` that lets the script have an EXIT trap and still writes down the state (`keep`): first the state, then the script's
 * own commands with `$?` as they expect it. A function cannot take ERR, DEBUG and RETURN traps away for its caller:
 * it makes them do nothing.
 */
function trapWrapper(keep: string): string {
  const own = 'eval "$__handrail_exit"';
  const end = `${keep}
\\builtin shopt -s expand_aliases
if (\\builtin exit $__handrail_status); then ${own}; else ${own}; fi`;
  return `__handrail_wraps=1
trap() {
  if [[ $BASH_SUBSHELL -gt 0 || $# -lt 2 || $1 == -[lp] ]]; then builtin trap "$@"; return; fi
  if [[ $1 == -- ]]; then shift; fi
  local __handrail_do=$1 __handrail_on
  shift
  for __handrail_on; do
    case \${__handrail_on^^} in
      EXIT|SIGEXIT|0) __handrail_exit=\${__handrail_do#-}; builtin trap ${quoted(end)} EXIT ;;
      ERR|DEBUG|RETURN)
        if [[ $__handrail_do == - ]]; then builtin trap : "$__handrail_on"
        else builtin trap -- "$__handrail_do" "$__handrail_on"; fi ;;
      *) builtin trap -- "$__handrail_do" "$__handrail_on" ;;
    esac
  done
}`;
}

/**
 * Before every command it is told what the variables hold, so that nothing is printed of them that is not known by then. A
 * trace (`set -x`) of the command that sets one would print it before: that command's line stands there without the value.
 * A loop has hundreds of thousands of commands: where no value is new, the look is one comparison, which changes nothing
 * that a script can see (`$?`, `$_`, `PIPESTATUS`) and opens nothing that a closed or used up descriptor could fail.
 */
function telling(
  text: string,
  { names, path }: { readonly names: readonly string[]; readonly path: string },
): string {
  const seen = names.map((name, at) => ({ name, told: `__handrail_told${at}` }));
  // What was told once is not told again when it is gone in between, as the locals of a function are.
  const old = ({ name, told }: { name: string; told: string }): string =>
    `( -z \${${name}[*]-} || \${${name}[*]-} == "\${${told}-}" )`;
  const looks = seen.flatMap(({ name, told }) => [
    `[[ ${old({ name, told })} ]] || { ${told}=\${${name}[*]}; \\builtin printf '${name}=%s\\0' "\${${name}[@]}" >>${quoted(path)}; } || \\builtin :`,
    `if [[ $- == *x* && \${BASH_COMMAND//[\\$\\{]${name}/} == *${name}* ]]; then __handrail_trace=$BASH_SUBSHELL; \\builtin set +x; \\builtin printf '%s%s=***\\n' "\${PS4-}" ${name} >&3; fi`,
  ]);
  const tell = [
    'if [[ -n ${__handrail_trace-} && $BASH_SUBSHELL -le $__handrail_trace ]]; then __handrail_trace=; \\builtin set -x; fi',
    ...looks,
  ].join('\n');
  const isOld = `[[ ! -o xtrace && -z \${__handrail_trace-} && ${seen.map(old).join(' && ')} ]]`;
  const evaluated =
    '{ __handrail_last=$_; \\builtin eval "$__handrail_tell"; \\builtin : "$__handrail_last"; }';
  // Without a descriptor there is nothing that a trace could be written to either.
  const look = MAY_TRACE.test(text)
    ? `{ ${isOld} || ${evaluated}; } 3>&2 2>/dev/null || [[ -o xtrace ]] || ${isOld} || ${evaluated}`
    : `${isOld} || ${evaluated} 3>&2 2>/dev/null || [[ -o xtrace ]] || ${evaluated}`;
  return [
    // What traps of the script see, and shells that it starts with its own options, stays as it is.
    ...(FUNCTRACE_WORDS.some((word) => text.includes(word)) ? [] : ['\\builtin set -o functrace']),
    `__handrail_tell=${quoted(tell)}`,
    `\\builtin trap ${quoted(`${look} || \\builtin :`)} DEBUG`,
  ].join('\n');
}

/** Scripts whose trace would show how it is looked; where another one comes to trace itself, the look is seen, without values. */
const MAY_TRACE = /\bset\s[^\n;]{0,200}[x"'$]/;
/** Words of scripts that see whether traps are inherited. */
const FUNCTRACE_WORDS = ['RETURN', 'DEBUG', 'SHELLOPTS', 'functrace'];

/** The function that judges a pipeline whose readers may have left early. */
export const PIPE_VERDICT_NAME = '__handrail_pipe';

/** The last member's failure, or that of the last one before it that did not merely lose its reader (SIGPIPE, 141). */
function pipeVerdict(pipefail: boolean): string {
  // Functions that a step defined come back in a transcript too, which has no `pipefail`.
  if (!pipefail) return `${PIPE_VERDICT_NAME}() { \\builtin return "\${!#}"; }`;
  return `${PIPE_VERDICT_NAME}() {
\\builtin set -o pipefail
\\builtin local __handrail_code=0 __handrail_one
for __handrail_one in "\${@:1:$#-1}"; do
if [[ $__handrail_one -ne 0 && $__handrail_one -ne 141 ]]; then __handrail_code=$__handrail_one; fi
done
if [[ \${!#} -ne 0 ]]; then __handrail_code=\${!#}; fi
\\builtin return $__handrail_code
}`;
}

/** Starts another POSIX shell on a script; its folder and exported variables come back. */
export function posixLaunch(program: string, script: ShellScript, path: string): ShellLaunch {
  const keep = `{ pwd; printf '\\0'; env -0; printf end; } >${quoted(path)} 2>/dev/null`;
  const { errexit, nounset, pipefail } = script.options;
  const head = [
    `trap ${quoted(keep)} EXIT`,
    // Not every shell knows it.
    ...(pipefail ? ['command set -o pipefail 2>/dev/null || :'] : []),
    ...(nounset ? ['set -u'] : []),
    ...(errexit ? ['set -e'] : []),
  ].join('; ');
  const content = Buffer.from(withoutNul(`${head}${newlines(script)}${script.text}\n`));
  return {
    args: [...(program === 'zsh' ? ['-f'] : []), '-c', `. ${quoted(path)}`, program],
    content,
    begun: content,
  };
}

function bashOptions({ errexit, pipefail, nounset }: ShellOptions): string {
  return `${errexit ? '-e' : '+e'} ${nounset ? '-u' : '+u'} ${pipefail ? '-o' : '+o'} pipefail`;
}

const newlines = ({ firstLine }: ShellScript): string => '\n'.repeat(Math.max(1, firstLine - 1));
const withoutNul = (text: string): string => text.replaceAll('\0', '');

/** The line of the file at which a shell ended early, from the state it left; `undefined` where it did not say. */
export function failedLineIn(raw: string): number | undefined {
  const line = Number(/^declare -- __handrail_line="(\d{1,9})"$/m.exec(raw)?.[1]);
  return Number.isInteger(line) && line > 0 ? line : undefined;
}
