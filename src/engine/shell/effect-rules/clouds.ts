import type { CommandRules } from './rules.ts';

const TERRAFORM: CommandRules = {
  valued: '-chdir -var -var-file -target -out -state',
  reads: `plan, show, output, validate, version, state list|show|pull, providers, graph,
    workspace list|show, fmt --check, fmt -check, console`,
  destroys: `destroy, apply -destroy, apply --destroy, state rm|push, workspace delete, force-unlock,
    taint, apply -replace`,
};

/** Clouds, and what sets them up. */
export const CLOUD_RULES: Readonly<Record<string, CommandRules>> = {
  aws: {
    valued: `--region --profile --output --query --endpoint-url --filters --filter --max-items
      --cli-input-json`,
    reads: `* describe-*, * list-*, * get-*, * head-*, * lookup-*, * batch-get-*, * filter-*,
      * search-*, * query, * scan, * select-*, * wait, s3 ls, sts *,
      logs tail|start-query|get-query-results, configure list|get, help, s3 presign, * simulate-*,
      * validate-*, * test-*, * estimate-*, * preview-*, * ls`,
    destroys: `* delete-*, * terminate-*, * remove-*, * deregister-*, * stop-*, * purge-*, * revoke-*,
      * disable-*, * detach-*, * cancel-*, * release-*, * reboot-*, * schedule-key-deletion,
      s3 rm|rb, s3 sync --delete, * destroy-*, * reset-*, * abort-*, * batch-delete-*,
      * disassociate-*, * flush-*`,
  },
  gcloud: {
    valued: '--project --region --zone --format --filter --limit --account --configuration',
    reads: `* list|describe|get-iam-policy|info|read|tail|get-value|get-server-config,
      * * list|describe|get-iam-policy|read|tail|ssh-keys|get-health,
      * * * list|describe|get-iam-policy|versions|access, info, version,
      config list|get-value|get, auth list|print-access-token`,
    destroys: `* delete|stop|reset|destroy|disable|remove-iam-policy-binding,
      * * delete|stop|reset|destroy|disable|suspend|remove-*|cancel|purge,
      * * * delete|stop|destroy|disable|remove-*|purge`,
  },
  gsutil: {
    reads: 'ls, cat, stat, du, hash, version, * get',
    destroys: 'rm, rb, rsync -d',
  },
  bq: {
    valued: '--project_id --format',
    reads: 'ls, show, head, version',
    destroys: 'rm',
  },
  az: {
    valued: '-g --resource-group -n --name -o --output --subscription --query -l --location',
    reads: `* list|show|list-*|get-*|show-*|check-*, * * list|show|list-*|get-*|show-*|check-*|exists,
      * * * list|show|list-*|get-*|show-*|exists, * * * * list|show, account get-access-token,
      version, find, graph query`,
    destroys: `* delete|stop|purge|deallocate|restart, * * delete|stop|purge|deallocate|remove|reset|clear,
      * * * delete|remove|purge|clear, * * * * delete|remove`,
  },
  terraform: TERRAFORM,
  tofu: TERRAFORM,
  terragrunt: TERRAFORM,
  pulumi: {
    reads: 'preview, stack ls|output|history|graph, whoami, config get, about, logs',
    destroys: 'destroy, stack rm, cancel, state delete',
  },
  cf: {
    reads: `apps, app, logs, services, service, routes, domains, env, events, spaces, orgs, target,
      marketplace, version`,
    destroys: 'delete, delete-*, stop, unbind-*, unmap-route',
  },
  heroku: {
    valued: '-a --app -r',
    reads: 'ps, logs, config, apps, releases, info, status, pg:info, addons',
    destroys: 'apps:destroy, ps:stop, pg:reset, addons:destroy, config:unset',
  },
  rclone: {
    reads: 'ls, lsd, lsl, lsf, size, check, cat, about, listremotes, version',
    destroys: 'delete, deletefile, purge, rmdir, sync, cleanup, move',
  },
  mc: {
    reads: 'ls, stat, du, cat, admin info, tree, diff, find',
    destroys: 'rm, rb, mirror --remove',
  },
  ansible: {
    valued: '-i -m -a -u',
    reads: '-m ping, --list-hosts',
  },
  'ansible-playbook': {
    reads: '--check, -C, --list-hosts, --list-tasks, --syntax-check',
  },
  'ansible-inventory': {
    otherwise: 'reads',
  },
  gh: {
    valued: '-R --repo -L --limit --json --jq -q',
    reads: '* list|view|status|diff|checks|watch, status, search, auth status, browse, version',
    destroys: '* delete|close|cancel, api -X DELETE, api --method DELETE',
  },
  git: {
    valued: '-C -c --git-dir --work-tree -n -m --message --format --since --until --author',
    reads: `status, log, diff, show, rev-parse, rev-list, describe, blame, ls-files, ls-remote, ls-tree,
      cat-file, config --get, config --list, config -l, tag -l, tag --list, stash list|show, grep,
      shortlog, reflog, branch -a, branch -r, branch -v, branch -vv, branch --list,
      branch --show-current, branch --contains, branch --merged, remote -v, remote show|get-url,
      bisect log, fsck, diff-tree, merge-base, name-rev, for-each-ref, show-ref, whatchanged,
      cherry, count-objects, worktree list, submodule status, fetch --dry-run, push --dry-run,
      check-ignore, archive, version`,
    destroys: `reset --hard, clean -f*, clean -d*, clean -x*, clean --force, push -f, push --force,
      push --force-with-lease*, push --delete, push -d, push --mirror, push --prune, branch -D,
      branch -d, branch --delete, tag -d, tag --delete, stash drop|clear, filter-branch,
      filter-repo, checkout -f, checkout --force, restore, reflog expire|delete, update-ref -d,
      worktree remove, rm, gc --prune*`,
  },
  make: {
    valued: '-C -f -j',
    reads: '-n, --dry-run, help, test, lint, check',
    destroys: 'clean, distclean, destroy',
  },
};
