/** What a heading, label, sentence, item or comment says about when what stands under it is to be done. */
export interface ConditionMark {
  readonly kind: 'if' | 'optional' | 'option' | 'or' | 'otherwise' | 'system';
  /** The words that say it, on one line. */
  readonly text: string;
  /** "If needed": what may be done in any case is not held up by it. */
  readonly soft?: boolean;
  /** Of an option: its noun; of a system: its family. Only equal ones are alternatives. */
  readonly family?: string;
  /** "Rollback": holds by itself below a heading that says the same, since that is done only after a failure. */
  readonly undoes?: true;
  /** What only reads is done in any case: it is one of a menu, or shows what has to be so before going on. */
  readonly sparesReads?: true;
  /** A condition even where no alternative stands beside it: "On Debian". */
  readonly alone?: boolean;
  /** It says when what stands below is done, however its sentence opens: "The next command is only needed on replicas." */
  readonly sure?: true;
  /** On all that follows: whether the reader goes on where the words hold, or stops there. */
  readonly gate?: 'if' | 'unless';
  /** Of a gate: it is about what it stands at, "Do not run this on replicas", and not about the whole page. */
  readonly near?: true;
  /** Of a gate: what its text says in front of it. */
  readonly inFront?: string;
  /** Its words say where the thing is left out: "Skip this on replicas". */
  readonly leavesOut?: true;
}

const MOST_CHARACTERS = 600;

/** What an author counts with: "3. Restore" is one sentence. */
const COUNTER = /^(?:step )?(?:\d{1,2}[.):]|\d{1,2}(?:\.\d{1,2}){1,3}[.):]?) /i;

/** The sentences of a title, item or paragraph, with a number in front of the first one. */
export function sentencesOf(text: string): readonly string[] {
  const line = text.slice(0, MOST_CHARACTERS).replace(/\s+/g, ' ').trim();
  const counter = COUNTER.exec(line)?.[0] ?? '';
  const [first = '', ...others] = line
    .slice(counter.length)
    .split(/(?<=[.!?؟।] )(?=[\p{Lu}\p{Lo}`"“*])|(?<=\? )(?=\p{Ll})|(?<=[。！？])/u);
  return [counter + first, ...others]
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** Without numbers, bullets and marks in front of the words. */
export function undecorated(sentence: string): string {
  const plain = (text: string): string => text.replace(/^[^\p{L}\p{N}`]+/u, '');
  return plain(plain(sentence).replace(COUNTER, ''));
}

/** The words as they are shown: on one line, whole, without the colon that leads over to what is done. */
export function shown(sentence: string): string {
  const line = sentence
    .replace(/^[\s#*-]+/, '')
    .replace(/^\d{1,2}(?:\.\d{1,2}){0,2}[.)] /, '')
    .replace(/ ?[:：]$/, '')
    .trim();
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
