import { EXIT } from '../../engine/model/outcome.ts';
import { candidates } from '../candidates.ts';
import type { CommandBody, CommandWords } from '../command.ts';

export const spec: CommandWords = {
  name: 'completion',
  summary: 'print the completion script of a shell',
  brief: [],
  aside: true,
  arguments: [
    {
      name: 'SHELL',
      required: true,
      choices: ['bash', 'zsh', 'fish'],
      completes: 'shell',
      summary: 'bash, zsh or fish',
    },
    {
      name: 'WORD',
      many: true,
      summary: 'behind `--`: a command line so far; prints what could stand for its last word',
    },
  ],
  options: [],
  examples: [['eval "$(handrail completion bash)"', 'in ~/.bashrc']],
};

/** `handrail completion SHELL` prints the script; with `-- WORD…` it prints what could stand for the last word. */
export const run: CommandBody['run'] = async (
  { words: [shell = 'bash', ...typed], table },
  context,
) => {
  if (typed.length === 0) {
    await context.out.write(completionScript(shell));
    return EXIT.passed;
  }
  const found = await candidates(typed, { table, ...context });
  for (const { word, summary } of found) {
    const described = shell === 'bash' || summary === '' ? word : `${word}\t${summary}`;
    await context.out.write(`${described}\n`);
  }
  return EXIT.passed;
};

/** The completion script of a shell. It asks `handrail completion` for every word, so it never goes out of date. */
export function completionScript(shell: string): string {
  if (shell === 'fish') return FISH;
  return shell === 'zsh' ? ZSH : BASH;
}

const BASH = `_handrail() {
  local word="\${COMP_WORDS[COMP_CWORD]}" line
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(handrail completion bash -- "\${words[@]}" 2>/dev/null)
  [[ \${COMPREPLY[0]-} == */ || \${COMPREPLY[0]-} == *= || \${COMPREPLY[0]-} == *.md ]] && compopt -o nospace
  return 0
}
complete -o default -F _handrail handrail
`;

const ZSH = `#compdef handrail
_handrail() {
  local -a lines values displays
  local line
  lines=("\${(@f)$(handrail completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    [[ -z $line ]] && continue
    values+=("\${line%%$'\\t'*}")
    displays+=("\${line/$'\\t'/  -- }")
  done
  (( \${#values} )) && compadd -d displays -a values || _files
}
compdef _handrail handrail
`;

const FISH = `function __handrail_complete
    set -l words (commandline -opc) (commandline -ct)
    handrail completion fish -- $words[2..-1] 2>/dev/null
end
complete -c handrail -f -a '(__handrail_complete)'
`;
