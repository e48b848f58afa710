import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Provenance } from '../../engine/model/event.ts';
import { runFolder } from '../../engine/record/files.ts';
import type { World } from '../../world.ts';
import type { CliContext } from '../context.ts';

const POLICY_OF_HOST = '/etc/handrail/policy.yaml';

/**
 * Where the word of a second person is looked for: beside the run's record and in the team's. Whose word counts say the
 * host's policy (HANDRAIL_POLICY, else /etc/handrail/policy.yaml) and its allowed signers. Throws POLICY_INVALID.
 */
export async function secondWords({
  env,
  cwd,
}: Pick<CliContext, 'env' | 'cwd'>): Promise<Pick<World, 'secondWord' | 'destroysNeedsTwo'>> {
  const named = env['HANDRAIL_POLICY'];
  const file = named === undefined ? POLICY_OF_HOST : path.resolve(cwd, named);
  const policy =
    named === undefined && !existsSync(file)
      ? null
      : await (await import('../../team/policy.ts')).loadPolicy(file);
  return {
    destroysNeedsTwo: policy?.destroysNeedsTwo === true,
    secondWord: (run, who, store) => async (stepId, sha256) => {
      const { keptApprovals, secondWordIn } = await import('../../team/requests/run-approvals.ts');
      const { allowedSignersFile } = await import('../proof/allowed-signers.ts');
      const folder = runFolder(store.where, run);
      const approvals = [...keptApprovals(folder), ...(await filedApprovals(run, env))];
      return secondWordIn(
        approvals,
        { run, stepId, sha256 },
        {
          first: namesOf(who, env),
          allowedSigners: policy?.allowedSigners ?? allowedSignersFile(undefined, env, store.where),
          mayApprove: (name) =>
            policy === null || policy.rules.some((rule) => rule.mayApprove(name)),
        },
      );
    },
  };
}

/** A record that is away has no word: what is kept beside the run counts all the same. */
async function filedApprovals(run: string, env: CliContext['env']) {
  const { teamUrlIfAny } = await import('../team/team-url.ts');
  const url = await teamUrlIfAny(undefined, env);
  if (url === undefined) return [];
  const { approvalsOf } = await import('../../team/requests/file-request.ts');
  return approvalsOf(url, run).catch(() => []);
}

/** Everything that whoever carries the run out is called. */
export function namesOf(
  { user, sudoUser, gitIdentity }: Provenance,
  env: CliContext['env'],
): readonly string[] {
  const mail = /<([^@>]*)(?:@[^>]*)?>/.exec(gitIdentity ?? '')?.[1];
  const address = /<([^>]*)>/.exec(gitIdentity ?? '')?.[1];
  const names = [
    env['HANDRAIL_AS'],
    sudoUser,
    sudoUser === undefined ? user : undefined,
    mail,
    address,
  ];
  return names.filter((name) => name !== undefined);
}
