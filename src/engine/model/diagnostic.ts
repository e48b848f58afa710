/** Something wrong with the text of a runbook, found without running it. */
export interface Diagnostic {
  /** The rule's name in kebab-case, such as `nested-fence`; each has a page in the documentation. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** 1-based line in the file as it stands. */
  readonly line: number;
  /** 1-based column. */
  readonly column: number;
  /** One sentence: what is the case. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** What of the line is meant: where it stands in it is the column. */
  readonly word?: string;
}
