/** The head of a box whose text is indented below it. */
export interface Box {
  /** The line as markdown. */
  readonly said: string;
  readonly quote: boolean;
}

const TAB = /^[ \t]*===[!+]? +(?:"([^"\n]*)"|'([^'\n]*)')[ \t]*$/;
const BOX = /^[ \t]*(?:!!!|\?\?\?\+?) *([\w-]+(?: [\w-]+)*)[ \t]*(?:"([^"\n]*)"[ \t]*)?$/;
/** Kinds that GitHub or the site knows as alerts. */
const KINDS =
  /^(?:note|info|abstract|example|question|quote|tip|success|hint|important|warning|attention|bug|caution|danger|error|failure)$/i;

/** A tab or box of MkDocs that begins at this line. */
export function boxOf(line: string): Box | undefined {
  const tab = TAB.exec(line);
  if (tab) return { said: labelled(tab[1] ?? tab[2] ?? ''), quote: false };
  const box = BOX.exec(line);
  if (!box) return undefined;
  const kind = (box[1] ?? '').split(' ')[0] ?? '';
  const word = KINDS.test(kind) ? kind.toUpperCase() : 'NOTE';
  return { said: `> [!${word}] ${box[2] ?? ''}`.trimEnd(), quote: true };
}

/** A label as it stands over what belongs to it. */
export const labelled = (label: string): string => {
  const text = label.replace(/[*_`<>[\]]/g, '').trim();
  return text === '' ? '' : `**${text}**`;
};
