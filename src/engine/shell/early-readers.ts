import { type ShellNode, shellGrammar } from './grammar.ts';

/** What looks at pipelines, their text or their statuses itself, or shows what runs: such a script runs as it stands. */
const OWN_WAYS =
  /PIPESTATUS|pipefail|xtrace|\bset\s+-[a-z]*x|\bdeclare\s+-[a-z]*[fF]|\b(?:export|typeset)\s+-[a-z]*f/;

/**
 * A script in which a member of a pipeline that its reader left early (`yes | head -1`) has not failed, while any other
 * failure of a member still is one, as `pipefail` has it. `verdict` names the function that is handed the statuses and
 * turns `pipefail` on again. Lines stay where they are; what the grammar does not read is left as it is.
 */
export function forEarlyReaders(script: string, verdict: string): string {
  if (!script.includes('|') || OWN_WAYS.test(script)) return script;
  const read = shellGrammar.parse(script);
  if ((read.errors?.length ?? 0) > 0) return script;
  const edits: Edit[] = [];
  const visit = (node: ShellNode): void => {
    // Positions inside escaped backticks belong to another text.
    if (node.type === 'Script' && node.source !== undefined) return;
    if (node.type === 'Statement' && node.background && node.command.type === 'Pipeline') return;
    if (node.type === 'Pipeline') addEdits(script, node, verdict, edits);
    shellGrammar.forEachChild(node, visit);
  };
  for (const statement of read.commands) visit(statement);
  const edited = applied(script, edits);
  const isSame = (shellGrammar.parse(edited).errors?.length ?? 0) === 0;
  return isSame ? edited : script;
}

interface Edit {
  readonly at: number;
  readonly text: string;
}

function addEdits(
  script: string,
  { commands }: Extract<ShellNode, { type: 'Pipeline' }>,
  verdict: string,
  edits: Edit[],
): void {
  const [first] = commands;
  const last = commands.at(-1);
  if (first === undefined || last === undefined || commands.length < 2) return;
  // Its first member may ask how the command before it ended.
  if (/\$\??[?_]|\$\{[?_]/.test(script.slice(first.pos, last.end))) return;
  edits.push({ at: first.pos, text: '{ \\builtin set +o pipefail; ' });
  edits.push({ at: last.end, text: `; ${verdict} "\${PIPESTATUS[@]}"; }` });
}

function applied(script: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.at - other.at)) {
    pieces.push(script.slice(at, edit.at), edit.text);
    at = edit.at;
  }
  pieces.push(script.slice(at));
  return pieces.join('');
}
