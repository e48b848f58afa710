/**
 * How the effect of a command with subcommands is told. Rules are separated by commas. Each is words
 * that must come first among the arguments (options left out), then options that must all be there;
 * `a|b` are alternatives, `*` is any word, and a word that ends in `*` is a beginning.
 */
export interface CommandRules {
  /** Options that take a value, so that the value is not taken for a word. */
  readonly valued?: string;
  readonly none?: string;
  readonly reads?: string;
  readonly destroys?: string;
  /** When no rule matches; `writes` when left out. */
  readonly otherwise?: 'none' | 'reads' | 'writes' | 'destroys';
}
