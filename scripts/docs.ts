import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchemaOf } from '../src/cli/commands/schema.ts';
import { commandHelp } from '../src/cli/help.ts';
import { TABLE } from '../src/cli/table.ts';
import { wordsChapter } from '../src/cli/writing/page.ts';
import { WORD_TABLES, type WordTableName } from '../src/cli/writing/word-tables.ts';
import { RULES } from '../src/engine/checks/index.ts';
import { ANNOTATIONS } from '../src/engine/model/annotations.ts';
import type { WordGroup, Words } from '../src/engine/model/word.ts';
import { VERDICT_EXIT, VERDICT_MEANING } from '../src/engine/record/verdict.ts';
import { HERE_RULES } from '../src/host/look-here.ts';
import { stepTypes } from '../src/steps/index.ts';
import { sayHelp } from './say-help.ts';

/**
 * Writes the pages of `docs/` that are derived from the program itself: the command line, the words of a runbook,
 * the step types and the rules of `check`. `npm run docs` writes them; a test fails when they are not what the program says.
 */

const root = path.dirname(import.meta.dirname);
const NOTE = '<!-- Written by `npm run docs`. Change the program, not this page. -->';

/** Every derived page by its path. */
export function pages(): Readonly<Record<string, string>> {
  return {
    'docs/command-line.md': commandLine(),
    'docs/step-types.md': stepTypesPage(),
    'docs/rules.md': rules(),
    'docs/writing.md': writing(),
    'docs/schema/frontmatter.schema.json': schema('frontmatter'),
    'docs/schema/annotations.schema.json': schema('annotations'),
    'docs/schema/test.schema.json': schema('test'),
    'docs/record.md': record(),
  };
}

function commandLine(): string {
  const sections = TABLE.commands.map(
    (command) =>
      `## handrail ${command.name}\n\n\`\`\`text\n${commandHelp(command, TABLE)}\`\`\`\n`,
  );
  return [`# The command line\n\n${NOTE}\n`, ...sections].join('\n');
}

function stepTypesPage(): string {
  const sections = stepTypes.map(({ name, summary, human, takes, examples }) => {
    const who = human ? 'A person carries it out.\n' : '';
    const words = wordsTakenBy(takes ?? []);
    const taken = words === '' ? '' : `Takes, beside what every step does: ${words}.\n`;
    const shown = examples.map(({ markdown, body }) => {
      const verdict = body === null ? `Not \`${name}\`:` : `\`${name}\`:`;
      return `${verdict}\n\n${fenced(markdown)}`;
    });
    return [`## ${name}\n`, `${summary}\n`, who, taken, ...shown]
      .filter((text) => text !== '')
      .join('\n');
  });
  const lead =
    'How each step type knows its own. The examples are those that the tests run, in order of detection.\n';
  return [`# Step types\n\n${NOTE}\n`, lead, ...sections].join('\n');
}

function wordsTakenBy(groups: readonly WordGroup[]): string {
  const words: Words = ANNOTATIONS;
  return Object.entries(words)
    .filter(([, { at }]) => groups.some((group) => at?.includes(group)))
    .map(([word]) => `\`${word}\``)
    .join(', ');
}

function rules(): string {
  const sections = [...RULES, ...HERE_RULES].map(({ name, summary, why, unattended, ...more }) => {
    const [found] = 'examples' in more ? more.examples.finds : [];
    const shown = found === undefined ? '' : `\nFound here:\n\n${fenced(cut(found))}`;
    return `## ${name}\n\n${summary}\n\n${why}\n\nUnattended: ${unattended}\n${shown}`;
  });
  const lead =
    'What `handrail check` looks for, first while reading, then in what was read, and with `--here` on this machine. `<!-- handrail: allow=RULE -->` before a step allows it there.\n';
  return [`# The rules of check\n\n${NOTE}\n`, lead, ...sections].join('\n');
}

/** An example as a page can show it: control characters as their names, and no line that nobody reads to its end. */
function cut(markdown: string): string {
  const lines = markdown.replaceAll('\r', '␍').replaceAll('\0', '␀').split('\n');
  return lines.map((line) => (line.length > 80 ? `${line.slice(0, 79)}…` : line)).join('\n');
}

/** `scripts/writing.md` with a chapter in the place of each `<!-- words: NAME -->`. */
function writing(): string {
  const text = readFileSync(path.join(root, 'scripts/writing.md'), 'utf8');
  const names = Object.keys(WORD_TABLES) as WordTableName[];
  return names.reduce(
    (page, name) => page.replace(`<!-- words: ${name} -->\n`, () => wordsChapter(name, fenced)),
    text.replace(
      '<!-- note -->',
      NOTE.replace('the program', 'the program or `scripts/writing.md`'),
    ),
  );
}

function schema(name: WordTableName): string {
  return `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`;
}

function record(): string {
  const codes = new Map(Object.entries(VERDICT_EXIT));
  const rows = Object.entries(VERDICT_MEANING).map(
    ([name, meaning]) => `| ${codes.get(name)} | ${name} | ${meaning} |`,
  );
  return `# The record of a run

${NOTE}

A run is a folder. \`log.jsonl\` holds its events, each with the hash of the line before; \`runbook.md\` the exact text that
ran; \`output/\` all that its steps printed, a file for each attempt; \`run.md\` the rendering. \`runs.jsonl\` is the chain of
all runs of a state folder: it notes when a run was created, resumed, sealed, rendered and pruned, and with which head.
\`runs.head\` remembers where that chain ends, and which line is being written. A seal is entered in the chain before it is
written to the log: a seal that the chain does not know was written by nobody's engine. Where a run finds the chain to end
elsewhere than remembered, it writes that into the chain and goes on: \`verify\` says \`cut chain\` from then on.

What a run was asked to do and the values it was given are one write, on disk before anything else happens; the hash of its
last line is entered in \`runs.jsonl\` as the run is created, right before that. A step is on
disk before its process starts. Each line about output says what all of it up to there comes to, so that what an attempt
whose engine was lost had printed is vouched for as far as the log tells of it, and all of it once the run is gone on with.

## What handrail verify says

Without arguments it looks at the chain of all runs, at every run that is there, and for those that should be there; the
exit code is that of the first verdict that is not sound.

| exit code | verdict | meaning |
| --- | --- | --- |
${rows.join('\n')}

## What that proves, and what it does not

Found without any help from outside: every edit of a log, of the text that ran, of an output, of a query's result, of
\`run.md\`; a captured value that is not what its step printed, also in a run that was killed (\`capture\` of commands and of
HTTP answers; what a query's result, or \`HANDRAIL_OUTPUT\`, gave is told by the log alone); an ending added with right hashes; another beginning, such as other values, with right hashes behind it, also of
a run that was killed; a run copied, renamed, cut, deleted; \`runs.jsonl\` edited, cut, missing or
behind. A run that is altered or truncated is not gone on with: what of it has run cannot be told from its log.

Not provable from the folder alone: somebody who may write to it and knows how it is made can write all of it anew, logs,
chain and remembered end, so that everything fits; anchors are for that. A signature (\`--sign\`) of a seal says who vouched for
it; what was written anew by whoever holds that key stays unprovable, and so does a deletion of the newest runs together with
all that remembers them. An engine that is lost as it seals leaves a record without its seal (\`unsealed\`), and so does
whoever takes away the last line of a run that was not rendered: the chain still vouches for all lines before it. Of a run
whose engine was lost the last lines may be taken away, with what they tell of, or others be put behind them, until it is gone
on with (how it began is known: what was cut off within that is a \`crash tail\`, and is not gone on with; records of earlier
editions do not say); what output, kept state and chain say otherwise is found. A folder without a line is \`unsealed\`, *no event*: nothing had
begun there, or all of it was taken away before the run's end. What the disk itself loses with the power, such as output that
a program's end does not wait for, looks like what somebody altered. \`npm run fuzz -- verify\` makes ten thousand
edits of stored runs and says how many verdicts were wrong.

Incidents are kept in the same way: each log is chained and sealed with every word that is added, and the chain of all of them
(\`incidents.jsonl\`, whose end \`incidents.head\` remembers) knows behind which line it was gone on with and each seal, before
either is done. \`verify\` says of them what it says of runs, also once others have gone on behind it: an edited, cut, renamed
or deleted log, one that somebody else made or wrote on, and a chain that was edited, cut or taken away. Whoever is lost as
they write leaves it \`unsealed\`, and what they had not sealed may be taken away, or added to, until it is gone on with.

\`verify\` passes over what no event could name and nothing is read from: kept state, claims (\`engine/\`), drafts of a lost
engine, \`log.torn\`, the text of a resume that never came (\`runbook-2.md\`), approvals (each is signed, and counts by its
signature alone), and what else lies beside the logs of incidents.

## What listings believe

\`runs\`, \`list\`, \`status\` and \`prune\` read logs, and nothing that was made of them before: a file that lies beside them
says nothing. They do not follow the hashes: an edited log is shown as it stands until \`verify\` has looked at it. A claim on
a turn, a run or a lock (\`runs.turn\`, \`engine/\`, \`locks/\`) is believed of the very process that it names, by start time,
boot and namespace of process ids, and only while that keeps the claim open. Of a process that may not be looked into nobody
can say: its claim is believed. Where there is no \`/proc\`, the pid alone decides. What engines of another container or host
claim of a run cannot be seen: their lock keeps others away as long as both have \`flock\` and a file system that shares it.
Who takes over what a dead engine left has a turn of its own at it (\`….over\`), so that nobody takes it from somebody who did so
before. A turn at the chain that another container has left, or that cannot be read, is over after two seconds. Whoever
was stopped for that long in theirs sees that before they write, and begins anew; stopped between that look and the write, an
instant, they would write a line that does not fit, and \`verify\` says \`altered\`: nothing is lost, and nothing is passed over.

Where a file or a folder of the record should stand, a link is not followed, a pipe is not waited for, and anything else that
was not written is named in one sentence (73 where it was to be written, 78 where it was to be read). The state folder itself,
\`runs\` and \`incidents\` may be links: where records are kept is their owner's choice.

## Secrets in the record

A secret is masked as it is, in what everyday encoders and dumpers make of it, and in many pairs of them; white space, line
breaks, offsets, colours, zero bytes and the separators \`, : . - | \\ " '\` may stand in between, and its letters may be
reversed, also once encoded, or all be large or small. Not found is what no fixed shape tells: a compressed, encrypted or hashed secret, one in letters of another
order (\`rot13\`, \`dd conv=swab\`), one with other text or line numbers between its letters (\`grep -on .\`, overstriking,
characters of no width, \`sed 's/./&_/g'\`), one cut into columns, one with its blanks named (\`od -a\`), one number for all of its bytes, ascii85 and base85, UTF-7, words of eight bytes, three encoders one
after the other, and most dumps that are encoded once more. A step that prints a secret in such a way writes it to disk.

What an author wrote into the page as a secret is masked wherever the page is shown (the site and its search, \`show\`, \`check\`,
\`run.md\`), but not in \`runbook.md\`, which holds the bytes that ran. It is found by its shape, by the option or name that it is
given to, and where words say it of something that no word looks like ("the password is hunter2"). It is not found where only
a table's heading says so, where a password is a plain word without quotes or backticks, or in a page whose frontmatter
cannot be read. A password that is a word of the page as well (\`mysql -ppostgres\`, and "postgres is up") is masked where it is
given, and not looked for in what commands print; one that a shell variable of a secret's name holds (\`PGPASSWORD=postgres\`)
is, and hides the word there too.

## Anchors

\`handrail anchor\` writes three lines, in the shape of a C2SP checkpoint: whose chain it is (\`handrail/HOST\`), how many lines
\`runs.jsonl\` has, and the SHA-256 of the last of them in base64. That hash vouches for every line before it, and through
the seals in them for every log. With \`--sign KEY\` an SSH signature follows (namespace \`handrail-anchor\`). It goes to the
branch \`handrail-heads/HOST\` of a git remote (\`--git\`), by fast-forward alone; what the remote does not take waits in
\`anchors.git\` of the state folder and goes with the next one, and the exit code is 69. Or to a command's standard input
(\`--command\`); or it is printed. A host with several state folders gives each a name of its own with \`--host\`.

\`handrail verify --anchors --git REMOTE\` fetches the branch anew, and believes nothing of the state folder; \`--file FILE\` takes
checkpoints out of any text. Every anchor must still stand in \`runs.jsonl\`, else \`rewritten since anchor N\`. It says of which
time the newest anchor is: what came later could be written anew unseen until the next one. With \`--allowed-signers\` the
anchors that count are those that one of them signed. Each notice carries the number of
lines and the first twelve hex digits of the hash as it stood then: witnesses in mailboxes, to be compared by hand with
\`head -n N runs.jsonl | tail -n 1 | tr -d '\\n' | sha256sum\`.

What that proves: whoever rewrites the host's record after an anchor was made is found, unless they can rewrite the anchor
too. What it does not: that the record was true when it was anchored; anything behind the newest anchor; and nothing at all
when one person owns both ends. The host can push to its branch: let the remote refuse what is no fast-forward
(\`receive.denyNonFastForwards\` and \`receive.denyDeletes\`, or a protected branch), and let somebody else own it. A key on the
host signs what the host's root wants; it keeps strangers' anchors out, and says nothing about root. A branch that is gone
is an error (exit 69), never sound.
`;
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${text.replace(/\n*$/, '\n')}${fence}\n`;
}

if (process.argv[1] === import.meta.filename) {
  sayHelp(import.meta.filename);
  for (const [name, text] of Object.entries(pages())) {
    const file = path.join(root, name);
    if (readIfThere(file) !== text) writeFileSync(file, text);
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
