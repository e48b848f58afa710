import { judgeSql } from '../../../text/sql-effect.ts';
import { unquoted } from '../arguments.ts';
import { type Judgement, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given } from '../rules.ts';

/** Clouds, and what sets them up. */
export const CLOUDS: readonly Program[] = [
  {
    names: 'aws awslocal',
    files: 'ssm/*=--name ssm/*=--names ssm/*=--path ssm/*=2+',
    selects:
      '--instance-ids --instance-id --filters --filter --log-group-name --filter-pattern --dimensions --db-instance-identifier --cluster --services --tasks --name --names --start-time --end-time',
    values: `--region --profile --output --query --endpoint-url --filters --filter --max-items --cli-input-json --name --names`,
    switches: '*',
    reads: `* describe*, * list*, * get-*, * head-*, * lookup-*, * batch-get-*, * filter-*, * search*, * query, * scan, * select-*,
      * wait, s3 ls, sts decode-authorization-message, logs tail|get-query-results, configure list|get|list-profiles, help, s3 presign, * simulate-*,
      * validate-*, * test-*, * estimate-*, * preview-*, * ls, ssm get-*, * check-*, * view-*, * verify*, * count*`,
    writes: `s3api get-object, s3api select-object-content, * get-object, ses|sesv2 verify*, apigateway get-export|get-sdk, cognito-identity get-id, elasticache|rds|docdb test-failover, dms test-connection, iot-data get-thing-shadow, ec2 get-console-screenshot, redshift get-cluster-credentials, sts get-session-token|get-federation-token, glacier get-job-output, lambda invoke, * test-invoke-*,
      iot test-invoke-authorizer, codeartifact get-package-version-asset, polly get-*, ssm start-session`,
    destroys: `* delete*, * terminate-*, * remove-*, * deregister-*, * stop-*, * purge-*, * revoke-*, * disable-*, * detach-*, * cancel-*,
      * release-*, * reboot-*, * schedule-key-deletion, s3 rm|rb|mv, s3 sync --delete, * destroy-*, * reset-*, * abort-*, * batch-delete-*,
      * disassociate-*, * flush-*, * failover*, * restore-*, * rollback-*, * switchover-*, * promote-read-replica, * deactivate-*, * revert-*,
      ecs update-service --desired-count=0, autoscaling set-desired-capacity --desired-capacity=0, * cancel*, * deprovision-*, * unassign-*, * start-restore-job`,
    dry: '* * --dry-run',
    endless: 'logs tail --follow',
    enters: true,
    session:
      'ssm start-session !--document-name, ecs execute-command --interactive, ec2-instance-connect ssh',
    secrets: '--master-user-password --secret-string --password',
    otherwise: 'writes',
    examples: `reads: aws ec2 describe-instances
      reads: aws s3 ls
      destroys: aws s3 rm s3://b/x
      destroys: aws s3 sync a s3://b --delete
      writes: aws s3 sync a s3://b
      writes: aws s3 cp a s3://b
      writes: aws s3api get-object --bucket b --key k out
      destroys: aws rds restore-db-instance-from-db-snapshot
      destroys: aws rds failover-db-cluster
      reads endless: aws logs tail x --follow
      reads: aws sts get-caller-identity
      writes: aws sts assume-role --role-arn x
      writes: aws sts get-session-token
      writes: aws logs start-query --log-group-name x
      reads: aws logs get-query-results --query-id x
      writes: aws ecs update-service --service x
      reads: aws ec2 run-instances --dry-run`,
  },
  {
    names: 'gcloud',
    values:
      '--project --region --zone --format --filter --limit --account --configuration --location --cluster --sort-by --command --instance --secret --page-size --flatten --impersonate-service-account',
    switches: '*',
    reads: `list|describe|info|version|help|topic, config list|get-value|get, auth list,
      * list|describe|get-iam-policy|info|read|tail|get-value|get-server-config|list-*|get-ancestors-iam-policy|lookup,
      * * list|describe|get-iam-policy|read|tail|ssh-keys|get-health|list-*|access|get-serial-port-output|get-guest-attributes|get,
      * * * list|describe|get-iam-policy|access|list-*, * * * * list|describe, auth print-*, auth application-default print-access-token, container clusters get-upgrade-info`,
    writes: 'config configurations activate, compute ssh-keys',
    destroys: `* delete|stop|reset|destroy|disable|remove-iam-policy-binding|undelete|failover,
      * * delete|stop|reset|destroy|disable|suspend|remove-*|cancel|purge|unset|failover|restore|restart|detach-*|rollback*|promote-replica|delete-*|abandon,
      * * * delete|stop|destroy|disable|remove-*|purge|restore|cancel|abandon, * * * * delete|remove|destroy, auth revoke, services disable`,
    asks: '* delete, * * delete|stop|reset|suspend|restore|failover|restart|promote-replica, * * * delete',
    answers: '-q --quiet',
    runs: [{ option: '--command', elsewhere: true }],
    enters: true,
    session: 'compute ssh !--command, alpha cloud-shell ssh, app instances ssh',
    endless: 'logging tail, * logs tail, app logs tail, beta logging tail',
    otherwise: 'writes',
    examples: `reads: gcloud compute instances list
      destroys: gcloud -q compute instances delete x
      destroys asks: gcloud sql backups restore x
      writes: gcloud compute instances start x
      writes session: gcloud compute ssh x
      destroys: gcloud compute ssh x --command 'rm -rf /x'
      reads: gcloud config list
      writes: gcloud config set project x
      reads: gcloud secrets versions access latest`,
  },
  {
    names: 'gsutil',
    switches: '*',
    values: '-o -h',
    reads: 'ls|cat|stat|du|hash|version|help, * get|list, iam get|test',
    destroys: 'rm|rb|mv, rsync -d, -m rm, * delete|del, iam ch -d',
    examples:
      'reads: gsutil ls\ndestroys: gsutil -m rm gs://x\ndestroys: gsutil rsync -d a b\nwrites: gsutil cp a b',
    otherwise: 'writes',
  },
  {
    names: 'gcloud+storage',
    switches: '*',
    reads: 'ls|cat|du|hash, buckets|objects list|describe|get-iam-policy',
    destroys: 'rm|mv, rsync --delete-unmatched-destination-objects, buckets|objects delete',
    otherwise: 'writes',
    examples:
      'reads: gcloud storage ls\ndestroys: gcloud storage rm gs://x\nwrites: gcloud storage cp a b',
  },
  {
    names: 'bq',
    values: '--project_id --format --dataset_id --location --max_results -n',
    longDash: true,
    switches: '*',
    judge: judgeBq,
    reads: 'ls|show|head|version|help|wait',
    destroys: 'rm|cancel|undelete|truncate',
    otherwise: 'writes',
    examples:
      "reads: bq ls\ndestroys: bq rm x\nreads: bq query 'select 1'\nwrites: bq load x\ndestroys: bq query 'drop table x'",
  },
  {
    names: 'az',
    values:
      '-g --resource-group -n --name -o --output --subscription --query -l --location -s --server --vault-name --ids -c --scripts --command-id --account-name --account-key --cluster-name',
    switches: '*',
    reads: `list|version|find, account show|list|get-access-token|list-locations, graph query, group list|show|exists, rest !--method !-m, rest --method=get|GET, rest -m=get|GET, monitor metrics list,
      * list|show|list-*|get-*|show-*|check-*|exists|wait|validate|what-if|query, * * list|show|list-*|get-*|show-*|check-*|exists|wait,
      * * * list|show|list-*|get-*|show-*|exists|wait, * * * * list|show, deployment * validate|what-if`,
    writes: 'aks get-credentials, * get-credentials, login, account set, --output-file',
    destroys: `rest -m=delete|DELETE, rest --method=delete|DELETE, logout, * delete|stop|purge|deallocate|restart|restore|reset|recover|failover|undelete|power-off|reimage|delete-*|disable,
      * * delete|stop|purge|deallocate|remove|reset|clear|restore|restart|failover*|delete-*|delete-batch|remove-*|swap|disable|revoke|regenerate,
      * * * delete|remove|purge|clear|restore*|failover|set-primary|disable, * * * * delete|remove`,
    asks: '* delete|purge|restore, * * delete|purge|restore, * * * delete, login',
    answers: '-y --yes --service-principal --identity',
    secrets: '-p --password --account-key --admin-password --sas-token --value',
    enters: true,
    session: 'ssh vm, serial-console connect, interactive, containerapp exec, webapp ssh',
    endless: 'webapp log tail, containerapp logs show --follow, container attach',
    otherwise: 'writes',
    examples: `reads: az vm list
      reads: az aks show -g x -n y
      writes: az aks get-credentials -g x -n y
      destroys: az vm delete -y -g x -n y
      writes: az vm start -g x -n y
      destroys: az sql db restore -y -g x
      destroys asks: az group delete -n x
      writes: az vm run-command invoke --scripts x`,
  },
  {
    names: 'azcopy',
    switches: '*',
    dry: '--dry-run',
    reads: 'list|doc|env, jobs list|show',
    destroys: 'remove|rm, sync --delete-destination, jobs clean|remove',
    otherwise: 'writes',
    examples: 'writes: azcopy copy a b\ndestroys: azcopy remove x',
  },
  {
    names: 'rclone',
    writes: '-o, --output',
    values: '--config --transfers --include --exclude --filter --max-age',
    switches: '*',
    dry: '-n !--config, --dry-run',
    reads:
      'ls|lsd|lsl|lsf|lsjson|size|check|cat|about|listremotes|version|tree|hashsum|md5sum|sha1sum|cryptcheck, config show|dump|file',
    destroys:
      'delete|deletefile|purge|rmdir|rmdirs|sync|cleanup|move|moveto|dedupe|bisync, config delete',
    otherwise: 'writes',
    endless: 'mount, serve, rcd',
    examples:
      'reads: rclone ls x:\ndestroys: rclone sync a b\nreads: rclone sync -n a b\nwrites: rclone copy a b',
  },
  {
    names: 's3cmd s5cmd s4cmd mc mcli b2 minio-mc swift',
    values: '-c --config --endpoint-url --profile -r',
    switches: '*',
    dry: '-n, --dry-run',
    reads:
      'ls|la|du|info|stat|cat|tree|diff|find !--exec|head, admin info|top, admin policy|user list, version info, alias list|ls, list|get-bucket|list-buckets, ping, ready',
    destroys:
      'rm|rb|del|delete|undo|sync|mv, mirror --remove, admin user|policy|service remove|stop|restart|rm, sync --delete-removed, cancel, bucket delete, file hide|delete, ilm rm',
    otherwise: 'writes',
    writes: 'find --exec',
    endless: 'mirror --watch, mirror -w, admin trace, watch',
    examples: 'reads: mc ls x\ndestroys: mc rm x\nwrites: mc cp a b\nreads: s3cmd ls',
  },
  {
    names: 'terraform tofu terragrunt tf',
    addresses: '-chdir',
    longDash: true,
    values:
      '-chdir -var -var-file -target -state -backend-config -parallelism -lock-timeout -module-depth -type',
    switches:
      '-no-color -json -input -lock -refresh -refresh-only -detailed-exitcode -compact-warnings -raw -check -diff -recursive -list -destroy --terragrunt-* -concise -verbose',
    reads:
      'plan, show, output, validate, version, state list|show|pull, providers $, providers schema, graph, workspace list|show, fmt -check, metadata functions, hclvalidate, -version',
    writes: 'plan -out, plan --out, plan -generate-config-out',
    destroys: `destroy, apply -destroy, apply --destroy, state rm|push|mv|replace-provider, workspace delete, force-unlock, taint, apply -replace, untaint, apply -auto-approve -destroy, run-all destroy`,
    does: 'takes away',
    asks: 'apply, destroy, login, console, init -migrate-state',
    answers: '-auto-approve --auto-approve -input --terragrunt-non-interactive -force',
    examples: `reads: terraform plan
      writes: terraform plan -out x
      writes asks: terraform apply
      writes: terraform apply -auto-approve
      destroys: terraform destroy -auto-approve
      destroys: terraform state rm x
      reads: terraform -chdir=x output
      writes: terraform init
      reads: terraform fmt -check`,
  },
  {
    names:
      'pulumi cdk cdktf cdk8s sam serverless sls copilot ecs-cli eb amplify chalice zappa sst nitric waypoint boundary packer',
    values: '-s --stack --profile --region --stage -f',
    switches: '*',
    reads:
      'preview|whoami|about|logs|ls|list|diff|doctor|version|validate|status|info|print|inspect|metadata|docs|context, stack ls|output|history|graph $, stack $, config $, config get, svc status|show|logs|ls, app ls|show, env ls|show',
    writes: 'config set, synth -o, synth --output, --save-plan',
    destroys:
      'destroy|cancel|delete|remove|rollback|terminate|abort|restore|down, stack rm, state delete|unprotect, svc|app|env|job delete|pause, * delete|rm',
    endless: 'logs --follow, logs -f, logs --tail, logs -t, watch, dev, local start-api',
    asks: 'up|destroy',
    answers: '-y --yes -f --force --non-interactive',
    otherwise: 'writes',
    examples:
      'reads: pulumi preview\ndestroys: pulumi destroy --yes\nwrites: pulumi up -y\ndestroys asks: cdk destroy x\nreads: cdk diff',
  },
  {
    names: 'ansible',
    addresses: '-i --inventory -M --module-path -a --args',
    values: '-i -m -a -u -l -e -f -t --limit --inventory --become-user --private-key -M',
    switches: '-b -K -k -v -o --become',
    runs: [{ option: '-a --args', elsewhere: true, writes: true }],
    reads: '-m=ping|setup|debug|gather_facts, --list-hosts',
    dry: '-C, --check',
    examples:
      'reads: ansible all -m ping\nwrites: ansible all -a uptime\ndestroys: ansible all -m shell -a "rm x"',
  },
  {
    names: 'ansible-playbook ansible-pull',
    addresses: '=0 -i --inventory -M --module-path',
    values:
      '-i -u -l -e -f -t --limit --inventory --tags --skip-tags --extra-vars --vault-password-file --start-at-task --private-key',
    dry: '--check, -C, --list-hosts, --list-tasks, --list-tags, --syntax-check',
    destroys:
      '~*delete*, ~*destroy*, ~*rollback*, ~*restore*, ~*teardown*, ~*wipe*, ~*uninstall*, ~*decommission*',
    asks: '-K, -k, --ask-become-pass, --ask-pass, --ask-vault-pass, --step',
    asksTerminal: true,
    examples:
      'reads: ansible-playbook --check x.yml\nwrites: ansible-playbook x.yml\ndestroys: ansible-playbook restore.yml',
  },
  {
    names: 'ansible-inventory ansible-doc ansible-config',
    addresses: '-i --inventory',
    values: '-i -t',
    switches: '*',
    writes: '--output, init, edit',
    otherwise: 'reads',
    examples: 'reads: ansible-inventory --list\nwrites: ansible-inventory --list --output x',
  },
  {
    names: 'ansible-vault ansible-galaxy ansible-console',
    files: 'view=1+',
    reads: 'view|list|info|search, collection|role list|info|search',
    destroys: 'remove|delete, role remove',
    asks: 'edit',
    values: '--vault-password-file -r -p',
    examples: 'reads: ansible-vault view x\nwrites: ansible-galaxy install x',
  },
  {
    names:
      'salt-call salt-run salt-ssh puppet chef-client knife chef inspec cinc-client bolt cfengine cf-agent',
    values: '-c -o -t -G -L -E -N -z',
    switches: '--local --local -l --out',
    runs: [{ under: 'ssh', after: 1, shell: true, elsewhere: true }],
    reads:
      'test.ping|grains.items|grains.get|pillar.items|pillar.get|jobs.list_jobs|jobs.active|manage.up|manage.down|manage.status, config print, resource * $, facts, node|client|role|environment|cookbook|status|data list|show, parser validate, module list, lookup',
    dry: 'agent --noop, apply --noop, --why-run, -W, state.apply test=True',
    destroys:
      '* pkg.remove|service.stop|file.remove|system.reboot|system.poweroff|saltutil.kill_job, node|client|role|cookbook|data delete|purge, cert clean, node clean|deactivate',
    examples:
      "reads: salt-call test.ping\nreads: puppet agent --noop\nwrites: puppet agent -t\ndestroys: knife ssh 'role:web' sudo rm x",
  },
  {
    names: 'salt-key',
    reads: '-L, -l, -p, -P, -f, -F, --list*, --finger*',
    destroys: '-d, -D, -r, -R, --delete*, --reject*',
    examples: 'reads: salt-key -L\ndestroys: salt-key -d x\nwrites: salt-key -A',
  },
  {
    names: 'salt',
    switches: '--no-color --static --async -v --out',
    values: '-t -G -L -E -N -C -c -b --timeout --batch-size',
    reads:
      '* test.ping|test.version|test.versions|grains.get|grains.item|grains.items|grains.ls|pillar.get|pillar.item|pillar.items|status.uptime|status.loadavg|status.diskusage|status.meminfo|status.cpuinfo|disk.usage|network.interfaces|network.ip_addrs|network.ping|network.netstat|pkg.list_pkgs|pkg.version|service.status|service.get_all|saltutil.running !-L !-G !-E !-N !-C, test.ping|test.version|grains.items|pillar.items|disk.usage -L, test.ping|test.version|grains.items|pillar.items|disk.usage -G',
    destroys:
      '~pkg.remove|service.stop|file.remove|system.reboot|system.poweroff|saltutil.kill_job|pkg.purge|system.shutdown|system.halt',
    dry: '~test=True',
    examples: `reads: salt '*' test.ping
      writes: salt -L 'a,b' cmd.run 'ls'
      writes: salt '*' grains.setval a b
      reads: salt -L 'a,b' test.ping
      destroys: salt '*' service.stop nginx`,
  },
  {
    names: 'cf',
    values: '-f -o -s',
    switches: '*',
    reads:
      'apps|app|logs|services|service|routes|domains|env|events|spaces|orgs|marketplace|version|buildpacks|stacks|quotas|org|space|a|s|org-users|space-users|feature-flags|security-groups|tasks|check-route|service-keys|network-policies, api $, target $ !-o !-s',
    destroys:
      'delete|d|delete-*|stop|sp|unbind-*|unmap-route|purge-*|rollback|cancel-*|unset-*|rename|disable-*|remove-*',
    endless: 'logs !--recent',
    enters: true,
    session: 'ssh !-c !--command',
    asks: 'delete|delete-*|login',
    answers: '-f',
    otherwise: 'writes',
    examples:
      'reads: cf apps\nreads: cf target\nwrites: cf target -o x\ndestroys: cf delete -f x\nreads endless: cf logs x\nreads: cf logs x --recent\nwrites: cf push',
  },
  {
    names: 'bosh om uaac credhub',
    values: '-e -d -o --column -t',
    switches: '*',
    reads:
      'deployments|ds|vms|instances|is|releases|stemcells|tasks|env|locks|events|manifest|man|cloud-config|cc|runtime-config|disks|status|targets|find|get|users|clients, task $, errands|configs|variables|networks|snapshots',
    destroys:
      'delete-*|del*|stop|recreate|clean-up|cck|cloud-check|restart|delete|orphan-disk|ignore|hard-stop',
    asks: 'delete-*|deploy|stop|recreate|restart|cck',
    answers: '-n --non-interactive',
    otherwise: 'writes',
    session: 'ssh !-c',
    examples:
      'reads: bosh -e x vms\ndestroys: bosh -n delete-deployment\nwrites: bosh -n deploy x.yml',
  },
  {
    names:
      'heroku dokku flyctl fly railway render vercel netlify now wrangler firebase supabase surge convox platform upsun clever scalingo deis nhost expo eas gatsby-cloud',
    values:
      '-a --app -r --remote -n --num -c --config -t --token --org -p --project -C --command -s --source',
    switches: '*',
    reads: `ps|config|apps|releases|addons|domains|regions|pipelines|certs|features|maintenance|stack|access|env|url|environments|checks|services|deployments|labs|drains|buildpacks|volumes|secrets|ips $,
      logs|log|info|status|whoami|list|ls|inspect|version, pg:info|pg:ps|pg:diagnose|pg:backups|pg:locks|pg:blocking|pg:long-running-queries|pg:bloat|functions:log|hosting:sites:list,
      *:list|*:info|*:report|*:show|*:get|*:exists, * list|ls|show|status|info|view|report, kv:key list|get`,
    destroys: `apps:destroy|ps:stop|pg:reset|pg:backups:restore|pg:promote|pg:kill*|addons:destroy|config:unset|rollback|releases:rollback|maintenance:on|pg:killall|pg:unfollow|certs:remove|domains:remove|drains:remove|delete|remove|rm|destroy|down|revert|undeploy|functions:delete|hosting:disable|pg:detach|addons:detach|ps:kill|apps:leave|redis:destroy|postgres:destroy|postgres:import|apps:remove|database:remove|firestore:delete|stop|suspend, * delete|destroy|rm|remove|rollback|unset|revoke|restore|reset|detach, db reset, kv:key delete, machine stop|destroy|kill`,
    endless: 'logs --tail, logs -t, logs --follow, logs -f, log --tail, tail, dev, emulators:start',
    runs: [
      { option: '-C --command', elsewhere: true },
      { under: 'run', shell: true, elsewhere: true, writes: true },
    ],
    session:
      'pg:psql|redis:cli|ps:exec|enter|bash|shell|ssh, ssh console, postgres:connect|redis:connect, run $, pg:psql, run bash|sh|zsh|console|irb|python $, run rails console|c',
    secrets: '-t --token',
    otherwise: 'writes',
    examples:
      'reads: heroku ps -a x\ndestroys: heroku rollback v3\ndestroys: heroku pg:reset\nwrites: vercel deploy\ndestroys: fly apps destroy x\nreads endless: heroku logs --tail\nreads: vercel ls\ndestroys: vercel rollback x\nwrites: vercel --prod\nwrites session: heroku pg:psql\nwrites session: heroku run bash\nwrites session: heroku run rails console\nwrites: fly apps create x\nwrites: vercel env add X\nwrites: heroku ps:scale web=2\nreads: dokku apps:list\nreads: heroku config -a x',
  },
  {
    names:
      'sentry-cli pagerduty pd opsgenie lab slackcat ngrok-api stripe twilio auth0 okta checkly cloudsmith jfrog jf artifactory nexus spacectl infracost driftctl steampipe',
    values: '-o',
    switches: '*',
    reads:
      'info|list|status|whoami|version|ping|breakdown|diff|query, * list|show|get|info|status|search|describe',
    destroys: '* delete|remove|del|cancel|refund|purge',
    endless: 'listen, logs tail',
    otherwise: 'writes',
    examples: 'reads: sentry-cli info\nwrites: stripe charges create',
  },
];

function judgeBq(use: Use): Judgement | undefined {
  if (use.words[0] !== 'query') return undefined;
  if (given(use, '--destination_table', '--replace', '--append_table'))
    return verdict('writes', '`bq query` writes a table');
  const { effect, why, target, sure } = judgeSql(use.words.slice(1).map(unquoted).join(' '));
  return verdict(effect, effect === 'destroys' ? why : '`bq query` runs a query', target, sure);
}
