/** What a spelling is made of, which decides where it is one. */
export type WildKind =
  | 'angle'
  | 'brace'
  | 'bracket'
  | 'word'
  | 'mask'
  | 'cut'
  | 'example'
  /** Between signs: `%X%`, `@@X@@`, `«x»`. */
  | 'marked'
  /** `{{ x }}`, `<<x>>`, `[[x]]`, `#{x}`. */
  | 'doubled'
  /** `TODO`, `i-xxxx`, `/path/to/x`. */
  | 'filler'
  /** `INSTANCE_NAME`. */
  | 'shouted'
  /** Only where nothing quotes it. */
  | 'bare'
  /** `abc…`. */
  | 'elided';

/** A way in which authors write "put your own here". */
export interface Spelling {
  /** What it is, in words; names its test. */
  readonly what: string;
  readonly kind: WildKind;
  /** Linear in the text. */
  readonly pattern: RegExp;
  /** Scripts in which it stands, each with what is left to be filled in. */
  readonly finds: Readonly<Record<string, string>>;
  /** Scripts that mean what they say. */
  readonly leaves: readonly string[];
}

/** Last words of names of things that everybody has of his own. */
export const OWN = String.raw`account|address|app|arn|branch|bucket|cluster|commit|container|context|database|date|db|deployment|device|dir|directory|domain|email|endpoint|env|environment|file|filename|group|hash|host|hostname|id|image|instance|ip|job|key|name|namespace|node|number|password|path|pid|pod|port|project|queue|region|release|replica|repo|repository|role|secret|server|service|sha|snapshot|subscription|tag|timestamp|token|topic|url|user|username|value|version|volume|vm|zone`;
