import { readFileSync } from 'node:fs';
import type { DocumentKind } from './documents.ts';
import { coversGlob, coversName, fitsName, type Policy, type Rule } from './policy.ts';
import { namespaceOf } from './signed.ts';

/** What a policy says that cannot be meant so. It can be used all the same. */
export interface PolicyDoubt {
  /** `bad`: what the rule is for is never started, or not as it says. */
  readonly verdict: 'doubtful' | 'bad';
  readonly say: string;
}

/** Looks at a policy as a whole, together with its allowed signers. */
export function policyDoubts({
  rules,
  allowedSigners,
}: Pick<Policy, 'rules' | 'allowedSigners'>): readonly PolicyDoubt[] {
  const lines = linesIn(readFileSync(allowedSigners, 'utf8'));
  const signers = signersIn(lines);
  const ofRules = rules.flatMap((rule, n) => {
    const says = [
      ...rule.runbooks.filter((glob) => !canBePath(glob)).map(noPath),
      ...behind(rule, rules.slice(0, n)),
      ...(signers === undefined ? [] : people(rule, signers)),
    ];
    return says.map(({ verdict, say }) => ({ verdict, say: `rule ${n + 1} ${say}` }));
  });
  return [...useless(lines), ...ofRules];
}

/** A request names its runbook by an absolute path. */
function canBePath(glob: string): boolean {
  const [first = ''] = glob.split('/');
  return [...first].every((sign) => sign === '*');
}

function noPath(glob: string): PolicyDoubt {
  return { verdict: 'bad', say: `fits nothing by \`${glob}\`, which is no absolute path` };
}

/** The first rule that fits holds. */
function behind(rule: Rule, earlier: readonly Rule[]): readonly PolicyDoubt[] {
  const before = earlier.findIndex((other) => covers(other, rule));
  if (before === -1) return [];
  const say = `never holds: rule ${before + 1} stands before it and fits all that it fits`;
  return [{ verdict: 'bad', say }];
}

function covers(wide: Rule, narrow: Rule): boolean {
  return (
    narrow.runbooks.every((glob) => wide.runbooks.some((other) => coversGlob(other, glob))) &&
    narrow.procedures.every((name) => wide.procedures.some((other) => coversName(other, name)))
  );
}

/** Whoever is known by a name and a key, and what they may sign with it. */
interface KnownSigner {
  readonly who: string;
  readonly key: string;
  readonly isFor: (kind: DocumentKind) => boolean;
}

/** A line of allowed signers, as ssh-keygen(1) has it: names, options, type and key. */
interface SignerLine {
  readonly names: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly key: string;
}

const KINDS = ['request', 'approval'] as const;

function linesIn(text: string): readonly SignerLine[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const [names = '', ...words] = unquotedSplit(line, ' \t').filter((word) => word !== '');
    const at = words.findIndex((word) => word.startsWith('AAAA'));
    if (at < 1) return [];
    const options = unquotedSplit(at > 1 ? (words[0] ?? '') : '', ',').map((option) => {
      const [name = '', ...value] = option.split('=');
      return [name.toLowerCase(), value.join('=').replaceAll('"', '')] as const;
    });
    const key = words[at] ?? '';
    return [{ names: names.replaceAll('"', '').split(','), options: new Map(options), key }];
  });
}

/** Parts of a text between signs, but for those in double quotes. */
function unquotedSplit(text: string, signs: string): readonly string[] {
  const parts = [''];
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    if (!isQuoted && signs.includes(sign)) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts;
}

/** `undefined`: a pattern of names stands for more people than can be counted. */
function signersIn(lines: readonly SignerLine[]): readonly KnownSigner[] | undefined {
  const usable = lines.filter((line) => whyUseless(line) === undefined);
  if (
    usable.some(({ names }) => names.some((who) => [...'*?!'].some((sign) => who.includes(sign))))
  )
    return undefined;
  return usable.flatMap((line) =>
    line.names.map((who) => ({
      who,
      // Each has a key of their own that an authority has signed.
      key: line.options.has('cert-authority') ? `${line.key} ${who}` : line.key,
      isFor: (kind) => isFor(line, kind),
    })),
  );
}

function isFor({ options }: SignerLine, kind: DocumentKind): boolean {
  const patterns = options.get('namespaces')?.split(',') ?? ['*'];
  const fits = (pattern: string): boolean => fitsName(pattern, namespaceOf(kind));
  return (
    patterns.some(fits) &&
    !patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))
  );
}

/** Why nothing that is signed by a line's key counts now, at whatever it is. */
function whyUseless(line: SignerLine): string | undefined {
  const { options } = line;
  const [after, before] = ['valid-after', 'valid-before'].map((name) => options.get(name));
  const now = Date.now();
  if (before !== undefined && (timeOf(before) ?? now) <= now) return `was valid before ${before}`;
  if (after !== undefined && (timeOf(after) ?? now) > now) return `is valid after ${after}`;
  if (KINDS.some((kind) => isFor(line, kind))) return undefined;
  const wanted = KINDS.map((kind) => `\`${namespaceOf(kind)}\``).join(' nor ');
  return `is for the namespaces \`${options.get('namespaces')}\`, neither for ${wanted}`;
}

/** `YYYYMMDD`, with `HHMM` or `HHMMSS` behind it, in this machine's time unless `Z` ends it. */
function timeOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/i.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}

function useless(lines: readonly SignerLine[]): readonly PolicyDoubt[] {
  return lines.flatMap((line) => {
    const why = whyUseless(line);
    if (why === undefined) return [];
    const say = `the key of ${line.names.join(', ')} in the allowed signers ${why}: nothing that it signs counts`;
    return [{ verdict: 'doubtful', say }];
  });
}

function people(rule: Rule, signers: readonly KnownSigner[]): readonly PolicyDoubt[] {
  const asking = signers.filter(({ who, isFor: may }) => may('request') && rule.mayRequest(who));
  if (asking.length === 0)
    return [{ verdict: 'doubtful', say: 'lets nobody ask whom the allowed signers name' }];
  const most = Math.max(...asking.map((requester) => othersFor(rule, requester, signers)));
  if (most >= rule.approvals) return [];
  const say = `asks for ${rule.approvals} approvals, and ${most === 0 ? 'nobody' : `no more than ${most}`} of the allowed signers may give them beside who asks: nothing of it is ever started`;
  return [{ verdict: 'bad', say }];
}

/** One name and one key count once each. */
function othersFor(rule: Rule, requester: KnownSigner, signers: readonly KnownSigner[]): number {
  const others = signers.filter(
    ({ who, key, isFor: may }) =>
      may('approval') && who !== requester.who && key !== requester.key && rule.mayApprove(who),
  );
  return Math.min(
    new Set(others.map(({ who }) => who)).size,
    new Set(others.map(({ key }) => key)).size,
  );
}
