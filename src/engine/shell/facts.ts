import { lineFinder } from '../../text/lines.ts';
import { firstSpanFrom, maskSpans } from '../../text/spans.ts';
import { onlyReads } from '../model/effect.ts';
import type { ShellCommand, ShellFacts } from '../model/shell-facts.ts';
import { type Behaviour, behaviourOf } from '../programs/behaviour.ts';
import { judgeWords } from '../programs/effect.ts';
import { type Judgement, NOTHING, verdict, worse } from '../programs/judgement.ts';
import { needsOf } from '../programs/needs.ts';
import { secretValues } from '../programs/secrets.ts';
import { type ShellGrammar, type ShellNode, type ShellScript, shellGrammar } from './grammar.ts';
import { judgeSetting, judgeWrite } from './judge-around.ts';
import { partsOf } from './parts.ts';
import { standings } from './standing.ts';
import { type WalkedScript, walkScript } from './walk.ts';
import {
  exampleHosts,
  isWildInput,
  surroundingsOf,
  toWildInput,
  type WildCandidate,
  wildCandidates,
} from './wild.ts';

/** Longer scripts are not looked into: they count as writing, with nothing known about them. */
const MAX_SCRIPT_LENGTH = 1_000_000;
const MAX_NESTED_SHELLS = 3;

/** Reads a script with the bash grammar. Pure, and linear in the text. */
export async function readShell(text: string): Promise<ShellFacts> {
  return shellFacts(text);
}

/** The same, at once. */
export function shellFacts(text: string): ShellFacts {
  return factsOf(shellGrammar, text);
}

function factsOf(grammar: ShellGrammar, text: string, depth = 0): ShellFacts {
  if (text.length > MAX_SCRIPT_LENGTH) return unread(text);
  const { source, script, wildInputs } = readWild(grammar, text);
  const walked = walkScript(grammar, script, source, text);
  const lineOf = lineFinder(text);
  const statements = script.commands.map(({ pos, end }) => ({
    line: lineOf(pos),
    endLine: lineOf(Math.max(pos, end - 1)),
  }));
  const shebang = /^#!.*/.exec(text)?.[0] ?? null;
  const isScript =
    shebang !== null ||
    walked.functions.length > 0 ||
    walked.hereDocuments > 0 ||
    walked.compounds.some(({ line, endLine }) => endLine > line);
  const judgement = judge(grammar, walked, MAX_NESTED_SHELLS);
  const isReading = onlyReads(judgement.effect);
  const isDestroying = judgement.effect === 'destroys';
  const hosts = isReading ? [] : exampleInputs(grammar, script, text, wildInputs, isDestroying);
  return {
    wellFormed: walked.errors === 0 && !text.includes('\0'),
    commands: walked.commands.map((command) => withNeeds(grammar, command, depth)),
    assigns: walked.assigns,
    uses: walked.uses,
    functions: walked.functions,
    wildInputs: [...wildInputs, ...hosts].sort((one, other) => one.start - other.start),
    sources: walked.sources,
    shebang,
    onlyComments: script.commands.length === 0 && text.trim() !== '',
    onlyAssignments: isOnly(script, isAssignment),
    onlyFunctions: isOnly(script, (node) => node.type === 'Function'),
    effect: judgement.effect,
    effectWhy: judgement.why,
    effectSure: judgement.sure,
    effectRecorded: judgement.recorded,
    target: judgement.target,
    targets: judgement.targets,
    ...behaviours(grammar, walked),
    isScript,
    parts: isScript ? [] : partsOf(text, statements),
  };
}

function withNeeds(grammar: ShellGrammar, command: ShellCommand, depth: number): ShellCommand {
  const words = [command.name, ...command.args];
  const { programs, scripts } = needsOf(words);
  const handed = depth < MAX_NESTED_SHELLS ? scripts : [];
  const needs = [
    ...new Set([...programs, ...handed.flatMap((text) => startedBy(grammar, text, depth + 1))]),
  ];
  const secrets = secretValues(words);
  const isPlain = needs.length === 1 && needs[0] === command.name;
  return {
    ...command,
    ...(isPlain ? {} : { needs }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

/** The programs that a text for another shell of this machine starts in any case. */
function startedBy(grammar: ShellGrammar, text: string, depth: number): readonly string[] {
  const { commands, functions } = factsOf(grammar, text, depth);
  return commands
    .filter(({ conditional, name }) => !conditional && !functions.includes(name))
    .flatMap(({ name, needs = [name] }) => needs);
}

/** Finds the author's own spellings of inputs, and reads the script with plain words in their place. */
function readWild(
  grammar: ShellGrammar,
  text: string,
): {
  readonly source: string;
  readonly script: ShellScript;
  readonly wildInputs: ShellFacts['wildInputs'];
} {
  const candidates = wildCandidates(text);
  if (candidates.length === 0) return { source: text, script: grammar.parse(text), wildInputs: [] };
  const masked = maskSpans(text, candidates);
  const first = grammar.parse(masked);
  const lineOf = lineFinder(text);
  const isInput = wildJudge(grammar, first, text, candidates);
  const alone = candidates.map((candidate, index) => isInput(candidate, index));
  const alike = candidates.some(({ kind }, index) => kind === 'angle' && alone[index] === true);
  const chosen = alike ? candidates.map((each, index) => isInput(each, index, true)) : alone;
  const inputs = candidates.filter((_, index) => chosen[index]);
  const wildInputs = inputs.map((input) => toWildInput(input, lineOf(input.start), text));
  if (inputs.length === candidates.length) return { source: masked, script: first, wildInputs };
  const source = maskSpans(text, inputs);
  return { source, script: grammar.parse(source), wildInputs };
}

/** Says of candidates whether they are inputs where they stand. */
function wildJudge(
  grammar: ShellGrammar,
  script: ShellScript,
  text: string,
  candidates: readonly WildCandidate[],
): (candidate: WildCandidate, index: number, alike?: boolean) => boolean {
  const where = standings(grammar, script, candidates);
  const broken = (script.errors?.length ?? 0) > 0;
  return (candidate, index, alike = false) => {
    const standing = where[index];
    if (standing === undefined) return false;
    const around = surroundingsOf(text, candidate);
    // Where the grammar gives up, what is no comment is a word.
    const isLost = broken && standing.context === 'comment';
    const context =
      isLost && !around.line.slice(0, around.column).includes('#') ? 'bare' : standing.context;
    return isWildInput(candidate, { ...standing, ...around, context, alike });
  };
}

/** Hosts that only documentation has, in a script that writes. */
function exampleInputs(
  grammar: ShellGrammar,
  script: ShellScript,
  text: string,
  inputs: ShellFacts['wildInputs'],
  isDestroying: boolean,
): ShellFacts['wildInputs'] {
  const hosts = exampleHosts(text, isDestroying).filter((host) => {
    const next = firstSpanFrom(inputs, host.start);
    return (
      (inputs[next - 1]?.end ?? 0) <= host.start && (inputs[next]?.start ?? Infinity) >= host.end
    );
  });
  const isInput = wildJudge(grammar, script, text, hosts);
  const lineOf = lineFinder(text);
  return hosts
    .filter((host, index) => isInput(host, index))
    .map((host) => toWildInput(host, lineOf(host.start), text));
}

function judge(grammar: ShellGrammar, walked: WalkedScript, depth: number): Judgement {
  const script = (text: string): Judgement => {
    if (depth === 0) return verdict('writes', 'shells within shells');
    return judge(grammar, walkText(grammar, text), depth - 1);
  };
  const { functions, aliases, fed } = walked;
  const around = { functions, aliases, script };
  let worst = NOTHING;
  for (const command of walked.commands) {
    const words = [command.name, ...command.args];
    worst = worse(worst, judgeWords(words, around, fed.get(command)));
  }
  for (const write of walked.writes) worst = worse(worst, judgeWrite(write));
  for (const { name, value } of walked.settings) worst = worse(worst, judgeSetting(name, value));
  return worst;
}

/** Walks a text that is handed to another shell. */
function walkText(grammar: ShellGrammar, text: string): WalkedScript {
  const masked = maskSpans(text, wildCandidates(text));
  return walkScript(grammar, grammar.parse(masked), masked, text);
}

/** How the commands of a script behave towards whoever waits for it. */
function behaviours(
  grammar: ShellGrammar,
  walked: WalkedScript,
): Pick<ShellFacts, 'endless' | 'interactive' | 'sessions'> {
  const known = new Map<ShellCommand, Behaviour>();
  const behaviour = (command: ShellCommand): Behaviour => {
    const found =
      known.get(command) ??
      behaviourOf([command.name, ...command.args], walked.fed.get(command), (text) =>
        inside(grammar, text, MAX_NESTED_SHELLS),
      );
    known.set(command, found);
    return found;
  };
  return {
    endless: walked.lasting.filter(
      (command) => walked.loops.has(command) || behaviour(command).endless,
    ),
    interactive: walked.commands.filter((command) => behaviour(command).interactive),
    sessions: walked.commands.filter((command) => behaviour(command).session),
  };
}

/** How the commands of a text that is handed to another shell behave, all in all. */
function inside(grammar: ShellGrammar, text: string, depth: number): Behaviour {
  if (depth === 0) return { endless: false, interactive: false, session: false };
  const walked = walkText(grammar, text);
  const each = new Map(
    walked.commands.map((command) => [
      command,
      behaviourOf([command.name, ...command.args], walked.fed.get(command), (inner) =>
        inside(grammar, inner, depth - 1),
      ),
    ]),
  );
  return {
    endless: walked.lasting.some(
      (command) => walked.loops.has(command) || each.get(command)?.endless === true,
    ),
    interactive: [...each.values()].some(({ interactive }) => interactive),
    session: [...each].some(([{ conditional }, { session }]) => session && !conditional),
  };
}

function isOnly(script: ShellScript, holds: (node: ShellNode) => boolean): boolean {
  return script.commands.length > 0 && script.commands.every(({ command }) => holds(command));
}

/** `A=1`, `export A=1`: names things and runs nothing. A value that runs a command is more than that. */
function isAssignment(node: ShellNode): boolean {
  if (node.type !== 'Command') return false;
  const runs = (assignment: ShellNode): boolean =>
    assignment.type === 'Assignment' &&
    assignment.value.type === 'Word' &&
    (assignment.value.parts ?? []).some(
      (part) =>
        part.type === 'CommandExpansion' ||
        (part.type === 'DoubleQuoted' &&
          part.parts.some((child) => child.type === 'CommandExpansion')),
    );
  if (node.suffix.some(runs) || node.prefix.some(runs)) return false;
  if (node.name === undefined) return node.prefix.some((item) => item.type === 'Assignment');
  return (
    /^(?:export|declare|readonly|typeset)$/.test(node.name.value) &&
    node.suffix.some((item) => item.type === 'Assignment')
  );
}

function unread(text: string): ShellFacts {
  const none: readonly ShellCommand[] = [];
  return {
    wellFormed: true,
    commands: none,
    assigns: [],
    uses: [],
    functions: [],
    wildInputs: [],
    sources: [],
    shebang: /^#!.*/.exec(text)?.[0] ?? null,
    onlyComments: false,
    onlyAssignments: false,
    onlyFunctions: false,
    effect: 'writes',
    effectWhy: 'the script is too long to be judged',
    effectSure: false,
    effectRecorded: false,
    target: '',
    targets: [],
    endless: none,
    interactive: none,
    sessions: none,
    isScript: true,
    parts: [],
  };
}
