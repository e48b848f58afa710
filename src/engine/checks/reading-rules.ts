/** A rule that reading itself applies; its findings are in the runbook's own diagnostics. */
export interface ReadingRule {
  readonly name: string;
  readonly summary: string;
  readonly why: string;
}

/** What reading a runbook can find, for the documentation and for the formats of `check`. */
export const READING_RULES: readonly ReadingRule[] = [
  {
    name: 'unclosed-fence',
    summary: 'A fence that is never closed.',
    why: 'Everything behind it would be taken for commands, so the runbook is refused. Close the fence.',
  },
  {
    name: 'nested-fence',
    summary: 'A fence inside a markdown fence that ends it early for other readers.',
    why: 'handrail reads it as its author meant it; others show half of it as text. Use four backticks for the outer fence.',
  },
  {
    name: 'mistagged',
    summary: 'A fence whose text is not what its language says.',
    why: 'SQL, configuration or prose under `bash` is judged by what it is and not run as bash. Give the fence its own language.',
  },
  {
    name: 'runs-nothing',
    summary: 'A fence that only defines functions.',
    why: 'It would pass having done nothing. Call the function in the same fence, or leave it as a reference.',
  },
  {
    name: 'doubtful',
    summary: 'A block that may be a step and may be none.',
    why: 'Nearly as much speaks for the one as for the other. A person is asked; cron refuses it until `run` or `ignore` says which.',
  },
  {
    name: 'left-out',
    summary: 'A block that stands where steps are and was made none.',
    why: 'Nothing is lost in silence: what stands among steps and does not read as one is named with its reason.',
  },
  {
    name: 'unknown-annotation',
    summary: 'An annotation that handrail does not know.',
    why: 'A mistyped `timeout` is no timeout. The nearest name is suggested.',
  },
  {
    name: 'annotation',
    summary: 'An annotation whose value cannot be read.',
    why: 'It has no effect until it is written as its kind asks, such as `timeout=30s`.',
  },
  {
    name: 'expectation-near-miss',
    summary: 'A comment that nearly states an expectation.',
    why: '`expected_results=` asserts nothing. Write `expected_similarity=` or put the output in a fence.',
  },
  {
    name: 'same-minute',
    summary: 'Two entries of a schedule that are due together while the lock lets only one run.',
    why: 'With `policy: skip` or `fail` the one that comes second does not run, every time. Without a policy scheduled runs of one runbook wait for each other.',
  },
  {
    name: 'frontmatter',
    summary: 'A field of the frontmatter that is wrong.',
    why: 'The runbook is refused, so that a mistyped `timeout` or `readonly` cannot be passed over.',
  },
  {
    name: 'split-cell',
    summary: 'A `|` inside inline code that splits a table row for other readers.',
    why: 'handrail puts the cell together again; GitHub shows a torn row. Write `\\|` inside the code.',
  },
  {
    name: 'unread-limit',
    summary: 'A limit of a check that cannot be read.',
    why: 'Nothing can be compared with it, and the check fails. Write `> 80%`, `70-85`, `outside 10-20`, `10 or less`, or one word such as `down`.',
  },
  {
    name: 'wide-table',
    summary: 'A table with more columns than anybody reads.',
    why: 'It is read as text, so that its rows are no steps. Keep it in a file of its own.',
  },
  {
    name: 'changed-id',
    summary: 'A step whose id is another one than at the commit of `--changed-since`.',
    why: 'Its history, its tests and what is started with `--from` go by the old id. Give it the old one as its `name`.',
  },
  {
    name: 'crlf',
    summary: 'Lines that end in CR LF.',
    why: 'They are read as LF here; a shell that is handed the file would see the CR. Save it with LF.',
  },
  {
    name: 'invalid-utf8',
    summary: 'Bytes that are not UTF-8.',
    why: 'They are shown as `\ufffd`. Save the file as UTF-8.',
  },
  {
    name: 'nul-byte',
    summary: 'A NUL byte.',
    why: 'No shell can be handed one. Take it out.',
  },
];
