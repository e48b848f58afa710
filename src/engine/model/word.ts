/** What a text stands for, beyond being text: judged by `check` where the runbook is known. */
export type TextForm =
  | 'command'
  | 'condition'
  | 'connection'
  | 'cron'
  | 'database'
  | 'date'
  | 'each'
  | 'env'
  | 'host'
  | 'input'
  | 'on-fail'
  | 'pattern'
  | 'place'
  | 'regex'
  | 'rules'
  | 'timezone'
  | 'words'
  | 'webhook';

/** How a word's value is written, and so what it is read as. */
export type Value =
  /** Never empty, unless that means something too. */
  | { readonly kind: 'text'; readonly form?: TextForm; readonly empty?: true }
  /** Alone, or `true`/`false`; or one of the words. */
  | { readonly kind: 'flag'; readonly or?: readonly string[] }
  /** Read as milliseconds; `some`: 0 would leave no time at all. */
  | { readonly kind: 'duration'; readonly some?: true }
  /** A duration that is kept as it is written. */
  | { readonly kind: 'span'; readonly some?: true }
  /** From 0; `most`: up to that. */
  | { readonly kind: 'count'; readonly most?: number }
  /** Over 0. */
  | { readonly kind: 'number' }
  | { readonly kind: 'codes' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  /** One text, number, `true` or `false`; with `list` several of them too, which are read as one text. */
  | { readonly kind: 'scalar'; readonly list?: true }
  | { readonly kind: 'scalars' }
  /** One text, or several; `some`: an empty list would say the same as none, which its author did not mean. */
  | {
      readonly kind: 'texts';
      readonly of?: readonly string[];
      readonly form?: TextForm;
      readonly some?: true;
    }
  /** Names of the author's own, each with a value. */
  | {
      readonly kind: 'map';
      readonly of: Value;
      readonly bare?: boolean;
      /** What the names are, beyond being there. */
      readonly names?: TextForm;
    }
  | { readonly kind: 'group'; readonly words: Words }
  | { readonly kind: 'groups'; readonly words: Words };

/**
 * Annotations that mean something at the same steps, by what they are about: how the machine runs a step, a step that is done
 * once for itself, a fence's output, a process, a script, its shell, a database connection, a link to a runbook.
 */
export type WordGroup =
  | 'run'
  | 'doing'
  | 'fence'
  | 'process'
  | 'script'
  | 'bash'
  | 'connection'
  | 'link';

/** Places of annotations that are no steps: a heading, expected output, a fence that never runs. */
export type PlaceBeside = 'heading' | 'output' | 'shown';

/** One word that an author may write: all that reading, help, hints, schema and documentation say of it. */
export interface Word {
  /** One sentence: what it does. */
  readonly meaning: string;
  readonly value: Value;
  /** What holds where it is not written. */
  readonly default?: string;
  /** Where an annotation means something: at step types that take its group, or beside the steps. Absent: at every step. */
  readonly at?: readonly (WordGroup | PlaceBeside)[];
  /** The word without which it says nothing. */
  readonly beside?: string;
  /** It is said of one step: a heading does not pass it on, and it is no default of all. */
  readonly own?: true;
  readonly required?: true;
  /** A runbook in which it stands; a test carries it out. */
  readonly example?: string;
  /** What carrying the example out ends with, where that is not 0. */
  readonly exitCode?: number;
}

/** Words by name. */
export type Words = Readonly<Record<string, Word>>;

/** What a value is read as. */
export type ReadAs<Kind extends Value> = Kind extends { readonly kind: 'text' | 'span' }
  ? string
  : Kind extends { readonly kind: 'flag'; readonly or: readonly (infer One)[] }
    ? boolean | One
    : Kind extends { readonly kind: 'flag' }
      ? boolean
      : Kind extends { readonly kind: 'duration' | 'count' | 'number' }
        ? number
        : Kind extends { readonly kind: 'codes' }
          ? readonly number[]
          : Kind extends { readonly kind: 'choice'; readonly of: readonly (infer One)[] }
            ? One
            : Kind extends { readonly kind: 'scalar' }
              ? Scalar
              : Kind extends { readonly kind: 'scalars' }
                ? readonly Scalar[]
                : Kind extends { readonly kind: 'texts' }
                  ? readonly string[]
                  : Kind extends {
                        readonly kind: 'map';
                        readonly bare: true;
                        readonly of: infer Of;
                      }
                    ? { readonly [name: string]: (Of extends Value ? ReadAs<Of> : never) | null }
                    : Kind extends { readonly kind: 'map'; readonly of: infer Of extends Value }
                      ? { readonly [name: string]: ReadAs<Of> }
                      : Kind extends { readonly kind: 'group'; readonly words: infer Inner }
                        ? Inner extends Words
                          ? ReadWords<Inner>
                          : never
                        : Kind extends { readonly kind: 'groups'; readonly words: infer Inner }
                          ? Inner extends Words
                            ? readonly ReadWords<Inner>[]
                            : never
                          : never;

/** A value of one word. */
export type Scalar = string | number | boolean;
type RequiredOf<Table extends Words> = {
  [Name in keyof Table]: Table[Name] extends { readonly required: true } ? Name : never;
}[keyof Table];

/** What a table of words is read as. */
export type ReadWords<Table extends Words> = {
  readonly [Name in RequiredOf<Table>]: ReadAs<Table[Name]['value']>;
} & {
  readonly [Name in Exclude<keyof Table, RequiredOf<Table>>]?:
    | ReadAs<Table[Name]['value']>
    | undefined;
};

/** The words of a table that may hold for several steps. */
type SharedWords<Table extends Words> = {
  readonly [Name in keyof Table as Table[Name] extends { readonly own: true }
    ? never
    : Name]: Table[Name];
};

/** A table without what is said of one step alone. */
export function sharedWords<const Table extends Words>(table: Table): SharedWords<Table> {
  const shared = Object.entries(table).filter(([, { own }]) => own !== true);
  // Entries of the table that were not left out, under their own names.
  return Object.fromEntries(shared) as SharedWords<Table>;
}
