import { verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given, valuesOf } from '../rules.ts';

/** Version control and the services around it. */
export const GIT: readonly Program[] = [
  {
    names: 'git',
    files: 'show=1+ cat-file=1+',
    hosts: 'ls-remote=1 remote/show=2 fetch=1 push=1',
    addresses: '-C -c --git-dir --work-tree --exec-path --config-env',
    values:
      '-C -c -n -m -F -S -G -L -O -U --git-dir --work-tree --namespace --config-env --exec-path --message --format --pretty --since --until --after --before --author --committer --grep --max-count --skip --sort --points-at --date --diff-filter --exclude --match --abbrev --pathspec-from-file',
    switches: '*',
    judge: judgeGit,
    reads: `status, log, diff, show, rev-parse, rev-list, describe, blame, annotate, ls-files, ls-remote,
      ls-tree, cat-file, grep, shortlog, reflog $, reflog show|exists, bisect log|view, diff-tree, diff-index,
      diff-files, merge-base, name-rev, for-each-ref, show-ref, show-branch, whatchanged, cherry, count-objects,
      worktree list, submodule status|summary, check-ignore, check-attr, check-ref-format, version, help,
      stash list|show, branch $, branch --list, branch --contains, branch --merged, branch --no-merged,
      branch --show-current, tag $ !-a !-s, tag -l, tag --list, tag --contains, tag --points-at, remote $, remote show|get-url,
      config --get, config --get-all, config --get-regexp, config --list, config -l, config get|list, config * $, notes list|show,
      bundle verify|list-heads, verify-commit, verify-tag, var, range-diff, request-pull, lfs ls-files|env|status|locks, fsck, archive --list, flow config`,
    writes: `--output, --ext-diff, --open-files-in-pager, --config-env, --exec-path, --upload-pack, --receive-pack,
      --textconv, --run, branch -m, branch -M, branch -C, branch -u, branch --set-upstream-to, branch --unset-upstream,
      branch --edit-description, branch -f, grep -O, fsck --lost-found, cat-file --filters, config --add, config --unset, config --unset-all,
      config --replace-all, config -e, config --edit, config --rename-section, help -w`,
    dry: 'fetch --dry-run, push --dry-run, push -n, clean -n, clean --dry-run, add -n, add --dry-run, commit --dry-run, rm -n, mv -n, prune -n',
    destroys: `reset --hard, reset --merge, reset --keep, clean -f, clean -d, clean -x, clean --force, push -f,
      push --force, push --force-with-lease, push --delete, push -d, push --mirror, push --prune, branch -D,
      branch -d, branch --delete, tag -d, tag --delete, stash drop|clear, filter-branch, filter-repo,
      checkout -f, checkout --force, restore, reflog expire|delete, update-ref -d, worktree remove|prune, rm, gc --prune,
      remote remove|rm|prune, switch --discard-changes, switch -f, submodule deinit, notes remove, prune, lfs prune, symbolic-ref -d, replace -d`,
    does: 'takes away, undoes or overwrites',
    asks: 'rebase -i, rebase --interactive, add -p, add -i, add --patch, commit $ !-m !-F !-C !--amend !--no-edit !--message !--file !--fixup, commit --amend !--no-edit !-m !-C, checkout -p, stash -p, mergetool, difftool, config -e, citool, gui',
    endless: 'daemon, instaweb, fsmonitor--daemon',
    examples: `reads: git status -sb
      reads: git -C /srv log --oneline -5
      reads: git branch -a
      writes: git branch new
      destroys: git branch -D old
      destroys: git stash drop
      destroys: git push --force origin main
      destroys: git push origin :old
      destroys: git checkout -- x
      destroys: git reset --hard HEAD~1
      writes: git -c core.pager=./x log
      writes: git -c core.sshCommand=./x ls-remote
      reads: git config user.name
      writes: git config user.name x
      writes: git diff --output=x
      writes: git pull
      writes: git tag v1
      reads: git tag -l 'v*'
      reads: git remote -v
      writes: git bisect run make
      writes: git revert abc
      writes: git rebase main
      writes asks: git rebase -i main
      reads: git -c color.ui=never status
      reads: git --no-pager log -3`,
  },
  {
    names: 'gh glab hub tea',
    values:
      '-R --repo -L --limit --json --jq -q -X --method -f -F --field --raw-field --input -H --header -t --template --hostname -s --state -a -l --label --cache -b --branch -w --workflow -o --owner -O -D --dir -p --pattern -n --name -e -A -S --search -u --user',
    switches: '*',
    reads:
      '* list|ls|view|status|diff|checks|watch|verify, status, search, auth status, browse --no-browser, api !-X !--method !-f !-F !--field !--raw-field !--input, api -X=GET|get, api --method=GET|get, * get, ruleset check, cache list, variable get, extension search, ci status|view|trace|lint',
    writes: '-w, --web, -O, view -w, auth login|refresh|setup-git, run download, auth token --show',
    destroys:
      '* delete|close|cancel|remove|archive|unlink|delete-asset|disable|lock, api -X=DELETE|delete, api --method=DELETE|delete',
    asks: 'auth login, pr create $ !-f !--fill !-t !--title !-b !--body',
    endless: '',
    examples: `reads: gh pr list
      reads: gh api repos/x/y
      writes: gh api -f a=b repos/x/y
      destroys: gh api -X DELETE repos/x/y
      destroys: gh release delete v1
      writes: gh workflow run x.yml
      reads: gh run watch 42
      reads: gh api -X GET -f a=b search`,
  },
  {
    names: 'svn hg bzr fossil cvs',
    values: '-r -m',
    reads:
      'status|st|stat|log|diff|di|info|list|ls|cat|blame|annotate|identify|id|summary|heads|tip|parents|branches|tags|paths|manifest|help|proplist|propget|outgoing|incoming',
    destroys: 'revert|delete|rm|remove|strip|rollback|purge|obliterate',
    writes: '--config, --tool, -p, --diff-cmd, --extdiff',
    examples:
      'reads: svn status\ndestroys: svn revert x\nwrites: hg pull\nwrites: svn diff --diff-cmd ./x',
  },
  { names: 'tig gitk lazygit gitui', asks: '*', asksTerminal: true, examples: 'writes asks: tig' },
  {
    names:
      'jenkins-cli circleci travis buildkite-agent drone argo tkn concourse teamcity gitlab-runner woodpecker',
    values: '-n --namespace -t -s',
    reads:
      'list|ls|get|info|status|logs|verify|version|lint|watch, * list|ls|describe|logs|info|get|view',
    destroys:
      'delete|stop|terminate|suspend|unregister, * delete|cancel|stop|rm, safe-shutdown|shutdown|delete-job',
    endless: 'logs -f, * logs -f, logs --follow',
    examples:
      'reads: argo list\ndestroys: argo delete x\nwrites: argo submit x\nreads: tkn pipelinerun list',
  },
  {
    names: 'gitlab-ctl gitlab-rake gitlab-rails gitlab-patronictl gitlab-backup',
    reads:
      'status|service-list|show-config|get-postgresql-primary|check-config|members, patroni members, gitlab:check|gitlab:env:info|gitlab:doctor:secrets|gitlab:geo:check|db:migrate:status, list|topology',
    destroys:
      'stop|kill|cleanse|uninstall|remove-accounts|restore|revert-pg-upgrade|reinitialize-replica, gitlab:backup:restore|gitlab:cleanup:*|cache:clear|db:reset, failover|switchover|reinit|restart',
    endless: 'tail',
    session: 'console|dbconsole, $ !-c',
    values: '-c',
    examples:
      'reads: gitlab-ctl status\ndestroys: gitlab-ctl stop\nwrites: gitlab-ctl reconfigure\ndestroys: gitlab-backup restore\nwrites session: gitlab-rails console\nwrites endless: gitlab-ctl tail',
  },
];

/** Settings given with `-c` that only change how things look. */
const LOOKS =
  /^(?:color\.|core\.(?:quotepath|abbrev)|advice\.|log\.|column\.|core\.pager=(?:cat|less|)$|safe\.directory=|user\.|http\.sslverify|diff\.(?:renames|noprefix)|i18n\.)/i;

function judgeGit(use: Use): ReturnType<NonNullable<Program['judge']>> {
  const { words } = use;
  const settings = valuesOf(use, '-c');
  const [sub = '', first = ''] = words;
  const isSetting = use.args.indexOf('-c') >= 0 && use.args.indexOf('-c') < use.args.indexOf(sub);
  if (isSetting && settings.length > 0) {
    const odd = settings.find((setting) => !LOOKS.test(setting));
    if (odd !== undefined)
      return verdict('writes', `\`git -c ${odd.split('=')[0]}\` may run a program`);
  }
  if (sub === 'checkout' && (use.args.includes('--') || first === '.'))
    return verdict('destroys', '`git checkout --` discards changes', words.slice(1).join(' '));
  if (sub === 'push' && words.slice(1).some((word) => /^[+:]\S/.test(word)))
    return verdict(
      'destroys',
      '`git push` with `+` or `:` overwrites or deletes',
      words.slice(1).join(' '),
    );
  if (
    sub === 'branch' &&
    given(use, '-a', '-r', '-v', '-vv', '--all', '--remotes') &&
    words.length === 1 &&
    !given(use, '-d', '-D', '-m', '-M', '--delete', '-f')
  )
    return verdict('reads', '`git branch` only lists');
  return undefined;
}
