import { verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given } from '../rules.ts';

/** The shell itself: its builtins, and shells. */
export const SHELL: readonly Program[] = [
  {
    names: ': true false [ [[ test type expr seq basename dirname tput logname',
    switches: '*',
    selects: '=*',
    judge: judgeSubscripts,
    otherwise: 'none',
    examples: `none: test -f x
      none: seq 1 5
      reads: [ "$(date)" = x ]
      writes: test -v 'a[$(touch x)]'`,
  },
  {
    names: `unalias bg fg jobs break continue cd pushd popd dirs
      declare typeset local readonly export unset disown exit logout return getopts help let set
      shift shopt times ulimit umask wait complete compopt caller clear suspend`,
    switches: '*',
    judge: judgeSubscripts,
    otherwise: 'none',
    examples: `none: cd /srv
      none: export A=1
      none: let x=1
      writes: let 'a[$(touch x)]'
      writes: let 'n = a[\`touch x\`] + 1'
      writes: unset 'a[$(touch x)]'`,
  },
  {
    names: 'hash',
    values: '-p',
    switches: '*',
    writes: '-p',
    otherwise: 'none',
    examples: 'none: hash -r\nwrites: hash -p ./ls ls',
  },
  { names: 'alias', switches: '*', otherwise: 'none', examples: 'none: alias k=kubectl' },
  {
    names: 'echo',
    switches: '*',
    selects: '=*',
    otherwise: 'none',
    examples: 'none: echo hello',
  },
  {
    names: 'printf',
    selects: '=*',
    values: '-v',
    switches: '*',
    judge: (use) => (given(use, '-v') ? judgeSubscripts(use) : undefined),
    otherwise: 'none',
    examples:
      "none: printf '%s' x\nnone: printf -v a x\nwrites: printf -v 'a[$(touch x)]' x\nnone: printf '%s' 'a[$(date)]'",
  },
  {
    names: 'compgen',
    values: '-A -C -F -G -P -S -W -X -o',
    switches: '*',
    writes: '-C, -F, -W',
    otherwise: 'none',
    examples: "none: compgen -A function\nwrites: compgen -C 'touch x'",
  },
  {
    names: 'sleep',
    otherwise: 'none',
    endless: 'infinity|inf',
    examples: 'none: sleep 5\nnone endless: sleep infinity',
  },
  {
    names: 'read mapfile readarray',
    values: '-a -d -i -n -N -p -t -u -O -s -c',
    switches: '*',
    judge: judgeSubscripts,
    writes: '-C',
    otherwise: 'none',
    asks: '!-u',
    leaves: '*',
    examples: 'none asks: read -p "Sure? " answer\nnone: read -u 3 line\nnone: read -r line < list',
  },
  {
    names: 'history',
    destroys: '-c, -d, -w',
    otherwise: 'none',
    does: 'changes what was kept of earlier commands',
    examples: 'none: history 5\ndestroys: history -c',
  },
  { names: 'enable bind', reads: '$', examples: 'writes: enable -f ./x.so x\nreads: enable' },
  {
    names: 'bc dc',
    values: '-e -f',
    switches: '*',
    otherwise: 'none',
    session: '$ !-e',
    examples: 'none session: bc\nnone: echo 1+1 | bc -l',
  },
  {
    names: 'trap',
    judge: (use, { script }) =>
      use.words.length < 2 || use.words[0] === '-' ? undefined : script(quotesOff(use.words[0])),
    otherwise: 'none',
    code: { reads: 'shell', operand: 0 },
    examples: "none: trap - EXIT\ndestroys: trap 'rm -rf /srv/x' EXIT\nnone: trap 'echo done' EXIT",
  },
  {
    names: 'eval',
    runs: [{ shell: true }],
    otherwise: 'none',
    code: { reads: 'shell', operand: 0, rest: true },
    examples: 'destroys: eval "rm -rf x"\nwrites: eval "$(ssh-agent -s)"\nreads: eval "ls -l"',
  },
  { names: 'source .', addresses: '=0', examples: 'writes: source ./env.sh\nwrites: . ./env.sh' },
  {
    names: 'exec',
    values: '-a',
    switches: '-c -l',
    runs: [{}],
    otherwise: 'none',
    examples: 'destroys: exec rm -rf x\nnone: exec 3<file',
  },
  {
    names: 'command',
    switches: '-p',
    reads: '-v, -V',
    otherwise: 'none',
    runs: [{ unless: '-v -V' }],
    examples: 'reads: command -v rm\ndestroys: command rm x',
  },
  {
    names: 'builtin coproc',
    otherwise: 'none',
    runs: [{}],
    examples: 'none: builtin cd /srv\nwrites: builtin source x',
  },
  {
    names: 'bash sh zsh ksh dash ash fish rbash',
    addresses: '--rcfile --init-file',
    values: '-c -o -O --rcfile --init-file',
    switches: '*',
    judge: judgeShell,
    runs: [{ option: '-c' }],
    session: '$ !-c !--version',
    code: { reads: 'shell', options: '-c', input: true },
    examples: `destroys: bash -c 'rm -rf x'
      reads: sh -c "ls -l"
      reads: bash -n deploy.sh
      writes: bash deploy.sh
      destroys: sh ./restore.sh
      writes: curl -s https://a.example/x | sh
      destroys: echo 'rm -rf x' | sh
      writes session: bash`,
  },
];

/** A name with a subscript is computed, and whatever stands in the subscript runs, quoted or not. */
function judgeSubscripts({ name, args }: Use) {
  const begins = name === 'let' ? /\[/ : /^["']?[A-Za-z_]\w*\[/;
  const runs = args.some((arg) => {
    const subscript = begins.exec(arg);
    return subscript !== null && /\$\(|`/.test(arg.slice(subscript.index));
  });
  return runs ? verdict('writes', `\`${name}\` runs what stands in a subscript`) : undefined;
}

function judgeShell(use: Use, { script, words }: Parameters<NonNullable<Program['judge']>>[1]) {
  if (given(use, '-c')) return verdict('none', '');
  if (given(use, '-n')) return verdict('reads', `\`${use.name} -n\` only reads`);
  if (given(use, '--version')) return undefined;
  const [file, ...rest] = use.words;
  if (file !== undefined) return words([file.includes('/') ? file : `./${file}`, ...rest]);
  if (use.feed?.kind === 'text') return script(use.feed.text);
  const said = use.feed?.kind === 'pipe' ? SAID.exec(use.feed.text)?.[2] : undefined;
  const fed = said === undefined ? undefined : script(said);
  if (fed?.effect === 'destroys') return fed;
  return verdict(
    'writes',
    `\`${use.name}\` ${use.feed ? 'runs what it is fed' : 'opens another shell'}`,
  );
}

/** `echo 'rm -rf x'` in front of a shell: what that is fed. */
const SAID = /^\s*(?:echo|printf)\s+(?:-\w+\s+)?(["'])([^"']{1,2000})\1[\s|]*$/;

function quotesOff(word = ''): string {
  return word.replace(/^"([^"]*)"$/, '$1');
}
