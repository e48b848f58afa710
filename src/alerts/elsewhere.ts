import { addressesIn, hostsIn, layersOf } from '../engine/programs/layers.ts';
import {
  asInputs,
  beginsWithLabel,
  type Held,
  holdsLabel,
  isGivenIn,
  labelsIn,
  usesAny,
  usesMade,
} from './held.ts';

/**
 * Whether a label says where a program goes, in a language of its own: a scheme, also one whose first letters are
 * spelled, a connection string, another host, the folder or file of its settings or of its code, a file that it writes.
 */
export function leadsElsewhere(words: readonly string[], text: string, held: Held): boolean {
  const layers = layersOf(words);
  // A host that is logged into has no scheme: `ssh web{{n}}`, `psql -h db{{n}}`.
  const hosts = hostsIn(words);
  const isHost = (word: string): boolean =>
    hosts.includes(word) ||
    layers.some(({ use }) => use?.runs?.elsewhere === true && use.words.includes(word));
  return (
    isSocketGiven(text, held) ||
    addressesIn(words).some(
      (address) => isGivenIn(address, text, held) && isElsewhere(address, isHost(address), held),
    ) ||
    words.some((word) => namesHost(word, text, held)) ||
    layers.some(
      ({ words: [name, ...files] }) => name === 'tee' && files.some((file) => usesAny(file, held)),
    )
  );
}

/**
 * Whether a label may have an address lead elsewhere than its author spelled: he spells where it begins, and a value
 * is one name behind that, or letters behind those of a host. A whole host it is only where he said which ones fit:
 * what is sent there may be a password.
 */
function isElsewhere(address: string, isHost: boolean, held: Held): boolean {
  const spelled = asInputs(address, held.same).replace(/^["']+/, '');
  const [before = ''] = /^[^{$`<]*/.exec(spelled) ?? [];
  const base = /^\$\{?[A-Za-z_]\w{0,99}\}?\//.test(spelled);
  const [, scheme = '', named = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/]*)/i.exec(before) ?? [];
  const isBehindHost = base || before.length > scheme.length + named.length;
  // `ops@{{pod}}`, `host={{pod}}`: what is in front of it belongs to no host.
  const host = named.slice(
    /^(?:.{0,300}@|(?:.{0,300}\s)?(?:host|hostaddr|server)=)/i.exec(named)?.[0].length ?? 0,
  );
  const isSaid =
    !usesMade(address, held) && labelsIn(address, held).every((name) => held.said.has(name));
  if ((before === '' && !base && !(isHost && isSaid)) || /^[./~]/.test(before)) return true;
  if (scheme === '' && !isBehindHost && !isHost && /^[a-z]{1,9}$/i.test(before)) return true;
  if (!isBehindHost && (host === '' || host.endsWith(',')) && !isSaid) return true;
  const fits = isBehindHost ? ONE_NAME : host === '' ? A_HOST : SOME_LETTERS;
  if (!isBehindHost && host.includes('.')) return true;
  const names = usesMade(address, held) ? Object.keys(held.inputs) : labelsIn(address, held);
  return names.some((name) => !fits.test(held.inputs[name] ?? ''));
}

/** `/dev/tcp/{{pod}}/80`, which bash itself opens. */
const isSocketGiven = (text: string, held: Held): boolean =>
  [...text.matchAll(/\/dev\/(?:tcp|udp)\/["']?([^/\s"']{1,300})/g)].some(
    ([, host = '']) =>
      (holdsLabel(host, held) || usesMade(host, held)) && isElsewhere(host, true, held),
  );

/** Whether a request goes to a host that a label gives; behind the host a value is encoded. */
export const isSentElsewhere = (request: string, held: Held): boolean =>
  [...request.matchAll(SENT_TO)].some(
    ([, address = '']) =>
      (holdsLabel(address, held) || usesMade(address, held)) && isElsewhere(address, true, held),
  );

/** The authority of a request's first line, and a header that names one. */
const SENT_TO =
  /^[ \t]*(?:[A-Z]{3,7}[ \t]+|host:[ \t]*|(?=[\w+.-]{1,20}:\/\/)|(?=\{\{))((?:[\w+.-]{1,20}:\/\/)?[^\s/?#]{0,999})/gim;

/** Whether a label is the host of an URL that a word of any program spells. */
const namesHost = (word: string, text: string, held: Held): boolean =>
  /^[^{]{0,300}:\/\/(?:[^{/]{0,300}@)?\{\{/.test(asInputs(word, held.same)) &&
  isGivenIn(word, text, held) &&
  !labelsIn(word, held).every((name) => held.said.has(name));

const ONE_NAME = /^(?!\.{1,2}$)[\w.~:+=-]{1,999}$/;

const A_HOST = /^[\w.:-]{1,255}$/;

const SOME_LETTERS = /^[\w-]{1,63}$/;

/** Whether a label is the file that is shown, which no folder of its author's stands in front of. */
export const isFileGiven = (file: string, held: Held): boolean =>
  leadsAway(file, true, held) ||
  (NO_FOLDER.test(asInputs(file, held.same))
    ? holdsLabel(file, held) && !labelsIn(file, held).every((name) => held.said.has(name))
    : /^["']{0,2}[$`]/.test(file) && usesMade(file, held));

/** Nothing in front of a label names a folder: `/`, `./`, `~/`, `if=`, `{a,`. */
const NO_FOLDER =
  /(?:^|[{,=])[^\w{]{0,9}\{\{|^["']?\$\{?HOME\}?["']?\/["']?\{\{[\w.-]{1,128}\}\}["']?$/;

/**
 * Whether a value leads away from where its word goes: to a file that is named in it, out of a folder, or to any file of
 * the machine where what stands in it is shown.
 */
export function leadsAway(word: string, isShown: boolean, held: Held): boolean {
  const [first = '', ...others] = labelsIn(word, held);
  const values = [first, ...others].map((name) => held.inputs[name] ?? '');
  return (
    values.some((value) => /(?:^|\/)\.\.(?:\/|$)/.test(value)) ||
    (beginsWithLabel(word, held) &&
      (/^(?:@|fileb?:)/.test(values[0] ?? '') ||
        (isShown && !held.said.has(first) && /^[/~]/.test(values[0] ?? ''))))
  );
}
