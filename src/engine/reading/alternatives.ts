import type { Tab } from './furniture/tabs.ts';
import { WAYS } from './languages/condition-words.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import type { Piece } from './pieces.ts';
import { isImperative } from './verbs.ts';

/** A title among those beside it, from which alternatives are told. */
export interface Beside {
  readonly piece: Piece;
  readonly text: string;
  readonly mark: ConditionMark | null;
}

/** Said of ways to do the same thing of which one fits: "Restore the latest backup", "Restore a specific date". */
const SAME = /\b(restor|recover|rollback|roll back|revert|import)/i;
const QUALIFIED =
  /\b(?:latest|most recent|specific|given|certain|particular|full|partial|single|point[- ]in[- ]time|previous|whole|entire|all|older|earlier|another|custom|by date|from date)\b/i;

/** Tabs of each set, of which one is used; "Request" and "Response" are none. */
export function tabsAmong(
  labels: readonly Beside[],
  tabs: ReadonlyMap<number, Tab>,
): readonly (readonly Beside[])[] {
  const found = labels.filter(({ piece }) => tabs.has(piece.line));
  return [...Map.groupBy(found, ({ piece }) => tabs.get(piece.line)?.set).values()].filter(
    (set) => set.length > 1 && !set.some(({ text }) => ONE_AFTER_THE_OTHER.test(text)),
  );
}

const ONE_AFTER_THE_OTHER =
  /^(?:step|part|phase|\d|first|then|next|finally)\b|^(?:in|out)put\b|^(?:request|response|result|example|command|explanation|before|after|description|logs?|yaml|json|config\w*)\b/i;

/** The first of some titles are ways to do one thing. */
export function tellWays<
  One extends { readonly text: string; readonly mark: ConditionMark | null },
>(family: readonly One[], ways: number, tell: Told<One>): void {
  const members = family.slice(0, ways);
  if (members.length < 2) return;
  const group = {};
  for (const one of members)
    tell(one, one.mark ?? { kind: 'option', text: titleOf(one.text) }, group);
}

const MANY_WAYS = 20;
const NUMBERS: ReadonlyMap<string, number> = new Map(
  ['two', 'three', 'four', 'five'].flatMap((word, at): [string, number][] => [
    [word, at + 2],
    [`${at + 2}`, at + 2],
  ]),
);

/** Of how many ways to do one thing a text speaks; 0 when of none. */
export function waysIn(text: string): number {
  const said = WAYS.exec(text);
  if (said === null) return 0;
  return NUMBERS.get((said[1] ?? '').toLowerCase()) ?? MANY_WAYS;
}

export type Told<One> = (one: One, mark: ConditionMark, group: object | null) => void;

/** Tells titles that say nothing conditional by themselves, and do beside each other. */
function tellAlike<One extends { readonly text: string; readonly mark: ConditionMark | null }>(
  family: readonly One[],
  tell: Told<One>,
): void {
  const ways = family.filter(
    ({ mark, text }) => (mark === null || mark.kind === 'or') && BY_MEANS.test(text),
  );
  if (ways.length > 1) tellWays(ways, ways.length, tell);
  const some = family.filter(({ mark, text }) => mark === null && FOR_SOME.test(text));
  if (some.length > 1)
    for (const one of some) tell(one, { kind: 'if', text: titleOf(one.text) }, null);
  const places = family.filter(({ mark, text }) => mark === null && ENVIRONMENT.test(text));
  if (new Set(places.map(({ text }) => titleOf(text).toLowerCase())).size > 1)
    for (const one of places) tell(one, { kind: 'if', text: titleOf(one.text) }, null);
  for (const versions of versionsAmong(family)) tellWays(versions, versions.length, tell);
}

/** Tells each conditional title, and puts those that exclude each other into one group. */
export function linkAlternatives<
  One extends {
    readonly piece: object;
    readonly text: string;
    readonly mark: ConditionMark | null;
  },
>(family: readonly One[], tell: Told<One>): void {
  // One alone is no alternative: not to ask whether it could be leaves four expressions uncompiled, 10 ms.
  if (family.length > 1) tellAlike(family, tell);
  const families = new Map<string, One[]>();
  let before: { readonly one: One; readonly group: object } | null = null;
  for (const one of family) {
    const { mark } = one;
    const kin = kinOf(one, mark);
    if (kin !== null) families.set(kin, [...(families.get(kin) ?? []), one]);
    const isOther = before !== null && isOtherThing(before.one.text, one.text);
    const joins =
      (mark?.kind === 'or' && !isOther) || (mark?.kind === 'otherwise' && before?.one.mark != null);
    if (mark !== null && joins && before !== null) {
      tell(
        before.one,
        before.one.mark ?? { kind: 'option', text: titleOf(before.one.text) },
        before.group,
      );
      tell(one, mark, before.group);
      before = { one, group: before.group };
      continue;
    }
    before = { one, group: {} };
    const isOne = mark?.kind === 'if' || mark?.kind === 'optional' || mark?.kind === 'otherwise';
    // What stands in its place may be a list, or a fence that nothing leads to: it is one all the same.
    if (
      mark !== null &&
      (isOne || (mark.kind === 'or' && (isOther || isOtherTitle(one) || 'label' in one.piece)))
    )
      tell(one, mark, null);
    else if (mark?.kind === 'option' || mark?.alone === true) tell(one, mark, null);
  }
  for (const members of [...families.values()].flatMap(exclusive)) {
    const group = {};
    for (const one of members)
      tell(one, one.mark ?? { kind: 'option', text: titleOf(one.text) }, group);
  }
}

/**
 * "By hand" beside "By script", "A) Using the console" beside "B) Using the API", "A) Restart by hand" beside "B) Restart with
 * Ansible": titles that say by what means, and nothing else, are ways to do one thing. Prepositions are few.
 */
const BY_MEANS =
  /^[^\p{L}\p{N}]{0,6}(?:(?:[A-H]|\d)[.):][^\p{L}\p{N}]{0,3})?(?:by|using|via|through|with|manually|automatically|per|mit|über|von hand|manuell|automatisch|par|avec|à la main|manuellement|automatiquement|con|por|mediante|a mano|manualmente|com|pelo|pela|tramite|met|handmatig|przez|za pomocą|ręcznie|automatycznie|via|manuellt|через|с помощью|вручную|автоматически|за допомогою|вручну)(?![\p{L}])(?! (?:the|this|that) (?:above|way|following|same)(?![\p{L}]))[^,.;?]{0,60}$|^[^\p{L}\p{N}]{0,6}[A-H]\)[^\p{L}\p{N}]{0,3}[^,.;?]{1,50} (?:by|using|via|through|with|from) [^,.;?]{1,40}$/iu;

/** "For Acme Cloud:" beside "For Local PostgreSQL:", "For the EU:" beside "For the US:", "For clusters on 1.x:" beside "For clusters on 2.x:". */
const FOR_SOME =
  /^\W{0,6}[Ff]or (?:(?:the )?\p{Lu}(?!.{0,40}\b(?:see|read|refer)\b)|(?:users|clusters|servers|systems|hosts|nodes|projects|customers|tenants|environments|deployments|installations|instances|teams|databases) (?:on|in|with|running|using|that|of)\b)[^,;]{1,80}$/u;

/**
 * "On staging:" beside "Production:", "AWS" beside "On premises": what some have and others have not. Each is asked for
 * by itself, since a reader may have both. Counted ones ("1. Staging") come one after the other.
 */
const ENVIRONMENT =
  /^[^\p{L}\p{N}]{0,6}(?:(?:only )?(?:on|in|for|auf|in der|für|en|sur|pour|para|em|su|per|op|voor|na|dla|på|för) )?(?:the |our |die |das |la |le |l['’]|o |a )?(?:staging|production|prod|pre-?prod(?:uction)?|non-?prod(?:uction)?|development|dev|sandbox|uat|qa|produktion|produktiv\p{L}{0,12}|testumgebung|producción|produção|produzione|productie|produkcja|préproduction|desarrollo|desenvolvimento|aws|amazon|gcp|google cloud|azure|digital ?ocean|hetzner|ovh|linode|scaleway|exoscale|openstack|vmware|proxmox|on[- ]prem(?:ises?)?|bare[- ]metal|self[- ]hosted|(?:(?:old|new|former|current) )?(?:primary|replicas?|standby|standbys|master|slaves?|secondary|secondaries|leader|followers?|primär\p{L}{0,6}|replika(?:te|t)?|principal|primaire|réplica[st]?|secondaire|secundario))(?: (?:environments?|clusters?|systems?|servers?|hosts?|nodes?|databases?|instances?|accounts?|umgebung|knoten|serveur|servidor))?(?: only)?[^\p{L}\p{N}]{0,3}$/iu;

/** "PostgreSQL 12" beside "PostgreSQL 13", "v1.x" beside "v2.x": nothing but a name and its version. */
const VERSIONED =
  /^[^\p{L}\p{N}]{0,6}(?:(?:on|for|with|from|using) )?(?:(\p{L}[\p{L}.+#-]{1,24}(?: (?:\p{L}[\p{L}.+#-]{1,24}))?) )?(v(?:ersion )?)?(\d{1,4}(?:\.(?:\d{1,4}|x)){0,3})(?:\+| and (?:later|newer|above|up|older|earlier|below)| or (?:later|newer|higher|above|older|earlier|lower))?(?: \([^()]{1,30}\))?\s?[:：]?$/iu;
/** What is counted, or stands more than once, carries a number as well. */
const COUNTED_THINGS =
  /(?:^|[\s-])(?:step|phase|part|stage|day|week|month|round|pass|batch|wave|node|server|host|instance|replica|shard|broker|worker|member|disk|drive|rack|site|zone|region|cluster|data ?cent(?:er|re)|level|tier|chapter|section|appendix|task|test|example|case|issue|ticket|db|web|app|schritt|phase|teil|tag|woche|knoten|étape|partie|jour|paso|parte|día|passo|dia|fase|stap|deel|krok|etap|steg|del|line|port|group|set|slot|channel|queue|partition)$/iu;

/**
 * Titles that name versions of one thing. Bare numbers that begin with 0 or 1 count things, whatever they are called;
 * "v1" and "v2" do not.
 */
function versionsAmong<One extends { readonly text: string; readonly mark: ConditionMark | null }>(
  family: readonly One[],
): readonly (readonly One[])[] {
  const named = family.flatMap((one) => {
    const [, name = '', sign = '', version = ''] =
      (one.mark === null ? VERSIONED.exec(one.text) : null) ?? [];
    const isVersion =
      name === '' ? sign !== '' : !COUNTED_THINGS.test(name) && !isImperative(`${name} it`);
    return version !== '' && isVersion ? [{ one, name: name.toLowerCase(), sign, version }] : [];
  });
  return [...Map.groupBy(named, ({ name }) => name).values()]
    .filter((same) => new Set(same.map(({ version }) => version)).size > 1)
    .filter(
      (same) =>
        !same.some(({ sign, version }) => sign === '' && (version === '0' || version === '1')),
    )
    .map((same) => same.map(({ one }) => one));
}

/** "Alternative setup" takes the place of a setup, wherever that stands; not of whatever comes before. */
function isOtherThing(before: string, text: string): boolean {
  const thing = /^[^\p{L}\p{N}]{0,6}alternative (\p{L}{3,30})[^\p{L}\p{N}]{0,6}$/iu
    .exec(text)?.[1]
    ?.toLowerCase();
  return thing !== undefined && !WAY_TO_DO.test(thing) && !before.toLowerCase().includes(thing);
}

/** "Alternative: grow the disk" as a heading, with nothing beside it: the other way is what stands above. */
const isOtherTitle = ({
  piece,
  text,
}: {
  readonly piece: object;
  readonly text: string;
}): boolean => 'level' in piece && /^\W{0,6}alternative(?:ly)?\s?[:–—-]/iu.test(text);

const WAY_TO_DO =
  /^(?:ways?|methods?|approach(?:es)?|options?|solutions?|routes?|paths?|procedures?|commands?|steps|means|manual|form)$/;

/**
 * Those of one kin that exclude each other: of one noun or family, or ways to restore one thing ("the latest backup",
 * "a specific date"). "The database from the latest backup" and "the uploads" are two things.
 */
function exclusive<One extends { readonly text: string; readonly mark: ConditionMark | null }>(
  members: readonly One[],
): readonly (readonly One[])[] {
  if (members.some(({ mark }) => mark !== null)) return members.length > 1 ? [members] : [];
  const words = members.map(({ text }) => QUALIFIED.exec(text)?.[0].toLowerCase() ?? '');
  if (members.length > 1 && !words.includes('') && new Set(words).size === members.length)
    return [members];
  // "Restore a specific date" below "Restore the uploads" restores those.
  const things: string[] = [];
  for (const { text } of members) things.push(thingIn(text) || (things.at(-1) ?? ''));
  const byThing = Map.groupBy(members, (one) => things[members.indexOf(one)] ?? '');
  return [...byThing.values()].filter(
    (same) =>
      same.length > 1 &&
      same.some(({ text }) => QUALIFIED.test(text)) &&
      !same.some(({ text }) => IN_TURN.test(text)),
  );
}

/** One of these comes after the other. */
const IN_TURN = /\b(?:incrementals?|differentials?|each|every|remaining|next|then|wal|binlogs?)\b/i;
/** What is restored from, and not what is restored. */
const GENERIC =
  /^(?:backups?|dumps?|snapshots?|dates?|days?|points?|times?|versions?|files?|archives?|copy|copies|image|images|state|release|releases|it|everything|all)$/i;
const SMALL = /^(?:the|a|an|your|our|its|their|last|whole|entire|complete|data)$/i;

/** What a title wants to restore; `''` where it only says from what. */
function thingIn(text: string): string {
  const said = text.replace(/\([^()]*\)/g, ' ').toLowerCase();
  const behind = said.slice(SAME.exec(said)?.index ?? 0).replace(/^\S+ ?(?:back )?/, '');
  const [object = ''] = behind.split(
    / (?:from|to|at|on|in|with|using|for|by|of) |[,;:–—]|^(?:from|to|with|by) /,
    1,
  );
  return object
    .replace(QUALIFIED, ' ')
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== '' && !SMALL.test(word) && !GENERIC.test(word))
    .join(' ')
    .replace(/s$/, '');
}

/** Alternatives are of one kin: options of one noun, systems of one family, ways to restore. */
function kinOf({ text }: { readonly text: string }, mark: ConditionMark | null): string | null {
  if (mark?.kind === 'option' || mark?.kind === 'system')
    return `${mark.kind} ${mark.family ?? ''}`;
  const same = mark === null && restores(text) ? SAME.exec(text)?.[1] : undefined;
  return same === undefined ? null : `same ${same.toLowerCase().replace(' ', '')}`;
}

/** What is tested or validated after a restore is no way to restore. */
const restores = (text: string): boolean => !isImperative(text) || BY_VERB.test(text);
const BY_VERB =
  /^\W{0,6}(?:(?:now|then|to|or) )?(?:restor|recover|roll|revert|import|perform|do|run|execute|use|start|try|make)/i;

const LONGEST = 160;

/** A title as it is shown: on one line, without its colon. */
export function titleOf(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?[:：]$/, '');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
