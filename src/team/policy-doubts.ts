import { readFileSync } from 'node:fs';
import { coversGlob, coversName, type Policy, type Rule } from './policy.ts';

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
  const signers = signersIn(readFileSync(allowedSigners, 'utf8'));
  return rules.flatMap((rule, n) => {
    const says = [
      ...rule.runbooks.filter((glob) => !canBePath(glob)).map(noPath),
      ...behind(rule, rules.slice(0, n)),
      ...(signers === undefined ? [] : people(rule, signers)),
    ];
    return says.map(({ verdict, say }) => ({ verdict, say: `rule ${n + 1} ${say}` }));
  });
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

interface KnownSigner {
  readonly who: string;
  readonly key: string;
}

/** Whoever is known by a name and a key; `undefined`: a pattern or an authority stands for more than can be counted. */
function signersIn(text: string): readonly KnownSigner[] | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (told.some((line) => line.includes('cert-authority') || line.startsWith('"')))
    return undefined;
  const signers = told.flatMap((line) => {
    const [names = '', ...words] = line.replaceAll('\t', ' ').split(' ');
    const key = words.find((word) => word.startsWith('AAAA')) ?? '';
    return names.split(',').map((who) => ({ who, key }));
  });
  const isPattern = ({ who }: KnownSigner): boolean =>
    [...'*?!'].some((sign) => who.includes(sign));
  return signers.some(isPattern) ? undefined : signers;
}

function people(rule: Rule, signers: readonly KnownSigner[]): readonly PolicyDoubt[] {
  const asking = signers.filter(({ who }) => rule.mayRequest(who));
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
    ({ who, key }) => who !== requester.who && key !== requester.key && rule.mayApprove(who),
  );
  return Math.min(
    new Set(others.map(({ who }) => who)).size,
    new Set(others.map(({ key }) => key)).size,
  );
}
