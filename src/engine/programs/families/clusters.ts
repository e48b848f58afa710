import type { Program } from '../program.ts';

const GET_VALUES = `-n --namespace -l --selector -o --output -c --container --context --kubeconfig --cluster --user -s --server
  --tail --since --since-time --field-selector --sort-by --timeout --for --as --as-group --token --template -L --label-columns
  --chunk-size --request-timeout --limit-bytes --max-log-requests --raw --subresource --api-group --verbs --revision --to-revision --interval --pod-running-timeout --certificate-authority --resource-version`;
const GET_SWITCHES = `-A -w -p -i -t -R -h --all-namespaces --watch --watch-only --no-headers --show-labels --show-kind --show-managed-fields
  --previous --timestamps --all-containers --prefix --ignore-not-found --follow --recursive --use-protocol-buffers --containers
  --namespaced --cached --client --short --minify --flatten --raw --list --no-diff --insecure-skip-tls-verify --show-events --allow-missing-template-keys --match-server-version --ignore-errors --sum --show-capacity --insecure-skip-tls-verify-backend --quiet -v`;

/** Kubernetes and what runs on it. */
export const CLUSTERS: readonly Program[] = [
  {
    names:
      'kubectl oc k ckubectl kubecolor k3s+kubectl microk8s+kubectl minikube+kubectl k0s+kubectl',
    selects:
      '=1 -n --namespace -l --selector -c --container --tail --since --since-time --field-selector --sort-by --timeout --for',
    addresses: '--kubeconfig -s --server -k --kustomize get=1 describe=1',
    hosts: '--context',
    values: `${GET_VALUES} -f --filename --type --patch --replicas --grace-period -k --kustomize --image --dry-run
      --overrides --restart --port --labels --env --from-literal --from-file --cascade --profile --target`,
    switches: `${GET_SWITCHES} --force --rm -q --attach --stdin --tty -it`,
    dry: '--dry-run=client|server|true',
    reads: `get, describe, top, version, cluster-info $, explain, api-resources, api-versions, auth can-i|whoami, diff, wait,
      events, rollout status|history, config view|get-contexts|current-context|get-clusters|get-users, whoami, status, plugin list,
      kustomize, adm top|node-logs, adm policy who-can, policy who-can, projects, project $, get-token, options, completion, apply view-last-applied, image info, neat, ns $, ctx $, tree, view-secret, resource-capacity`,
    writes:
      'diff --force-conflicts, kustomize -o, kustomize --output, --enable-exec, kustomize --enable-alpha-plugins',
    destroys: `delete, drain, replace --force, apply --prune, rollout undo, scale --replicas=0, taint ~*:NoExecute|*:noexecute, adm drain|prune, rollout cancel,
      config delete-*|unset, policy remove-*, adm policy remove-*, logout, rollback, evict`,
    does: 'takes away, interrupts or undoes',
    asks: 'edit',
    endless:
      'get -w, get --watch, get --watch-only, events -w, events --watch, port-forward, proxy, attach, observe',
    session:
      'attach -i, attach --stdin, rsh * $, debug -i, debug --stdin, run -i * $, run --stdin * $',
    runs: [
      { under: 'exec', dashes: true, elsewhere: true },
      { under: 'exec', after: 1, elsewhere: true },
      { under: 'rsh', after: 1, elsewhere: true },
      { under: 'run', dashes: true, elsewhere: true, writes: true },
      { under: 'debug', dashes: true, elsewhere: true, writes: true },
    ],
    examples: `reads: kubectl get pods -A -o wide
      reads endless: kubectl get pods -w
      reads: kubectl get po x -o go-template='{{.status}}'
      writes: kubectl apply -f x.yaml
      reads: kubectl apply -f x.yaml --dry-run=server
      destroys: kubectl -n prod delete pod web-1
      destroys: kubectl rollout undo deploy/web
      destroys: kubectl scale deploy/web --replicas=0
      writes: kubectl scale deploy/web --replicas=3
      destroys: kubectl drain node-1
      destroys: kubectl taint nodes web-1 role=db:NoExecute
      writes: kubectl taint nodes web-1 role=db:NoSchedule
      writes: kubectl taint nodes web-1 role=db:NoExecute-
      destroys: kubectl patch deploy web -p '{"spec": {"replicas": 0}}'
      writes: kubectl patch deploy web -p '{"spec": {"replicas": 10}}'
      reads: kubectl rollout status deploy/web
      reads: kubectl exec web-1 -- ls /srv
      destroys: kubectl exec -n x web-1 -c y -- rm -rf /x
      reads: kubectl exec web-1 -- sh -c 'ls'
      writes session: kubectl exec -it web-1 -- bash
      writes session: kubectl debug -it web-1 --image=x
      writes session: kubectl run -it x --image=y
      writes endless: kubectl port-forward svc/x 80
      writes asks: kubectl edit deploy/web
      writes: kubectl run x --image=y --rm -- ls
      reads: kubectl diff -f x.yaml
      reads: kubectl auth can-i get pods
      writes: kubectl cluster-info dump --output-directory=x
      writes: kubectl get pods --unheard-of`,
  },
  {
    names: 'kubectl+logs oc+logs k+logs',
    values: `${GET_VALUES}`,
    switches: `${GET_SWITCHES} -f`,
    otherwise: 'reads',
    endless: '-f, --follow',
    examples:
      'reads endless: kubectl logs -f deploy/web\nreads: kubectl logs web-1 --tail=50 -p\nreads endless: kubectl -n x logs --follow y',
  },
  {
    names: 'oc+debug',
    values: `${GET_VALUES} -f --filename --image --node-name --to-namespace`,
    switches: GET_SWITCHES,
    session: '* $',
    runs: [{ dashes: true, elsewhere: true, writes: true }],
    examples: 'writes session: oc debug node/web-1\nwrites: oc debug node/web-1 -- chroot /host ls',
  },
  { names: 'kubectl+cp oc+cp oc+rsync', examples: 'writes: kubectl cp x:/a b' },
  {
    names:
      'kubectl+argo kubectl+rook-ceph kubectl+cnpg kubectl+cert-manager kubectl+krew kubectl+minio',
    values: '-n --namespace',
    reads:
      'list|status|get|version|search|info|ls|health|describe, * list|status|get|version, ceph status|-s|health|df, tenant list|status|info',
    destroys:
      'delete|uninstall|destroy|hibernate|fencing|promote|restart|abort|undo|remove|terminate, tenant delete, rook purge-osd',
    examples: 'reads: kubectl krew list\ndestroys: kubectl cnpg promote x y',
  },
  {
    names: 'helm helm3',
    selects: '-n --namespace',
    addresses: '--kubeconfig --kube-apiserver',
    hosts: 'show/*=2 inspect/*=2 template=1 template=2',
    values:
      '-n --namespace -f --values --set --set-string --set-file --version --kube-context --kubeconfig -o --output --timeout --revision --max --repo --description -a --api-versions --kube-version -s --show-only --filter --post-renderer --username --password --labels -l --selector',
    switches:
      '-A -a -q -d -r --all --all-namespaces --devel --validate --strict --no-hooks --include-crds --skip-tests --debug --short --pending --failed --deployed --is-upgrade --no-color --show-resources --show-desc --versions --regexp --fail-on-no-result --date --reverse --hide-secret --dry-run -c --context --suppress -C',
    dry: '--dry-run !--post-renderer, rollback --dry-run',
    reads:
      'list|ls|status|history|hist|get|show|inspect|search|template|lint|version|env|verify|diff, repo list|ls, dependency list|ls, plugin list|ls, completion',
    writes: '--post-renderer, template --output-dir, test, template --dependency-update',
    destroys: 'uninstall|delete|del|un|rollback, repo remove|rm, upgrade --force, plugin uninstall',
    does: 'takes away or undoes',
    secrets: '--password',
    examples: `reads: helm list -A
      reads: helm template x y -f z
      writes: helm test x
      writes: helm template x --output-dir y
      writes: helm template x --post-renderer ./z
      destroys: helm rollback web 3
      destroys: helm uninstall web
      writes: helm upgrade --install web x
      reads: helm upgrade web x --dry-run
      writes: helm upgrade web x --dry-run=none
      reads: helm get values web
      reads: helm diff upgrade web x`,
  },
  {
    names: 'helmfile',
    values: '-e -f -l --environment --file --selector',
    reads: 'diff|list|template|lint|status|version|build|show-dag',
    destroys: 'destroy|delete',
    dry: '',
    examples: 'reads: helmfile diff\nwrites: helmfile apply\ndestroys: helmfile destroy',
  },
  {
    names: 'kustomize',
    switches: '--load-restrictor',
    values: '--load-restrictor',
    reads: 'build !-o !--output !--enable-exec !--enable-alpha-plugins, version, cfg tree|grep',
    examples:
      'reads: kustomize build x\nwrites: kustomize edit set image x\nwrites: kustomize build x -o y',
  },
  {
    names: 'kubectx kubens',
    reads: '$ !-d, -c, --current',
    destroys: '-d',
    asks: '',
    examples: 'reads: kubectx\nwrites: kubectx prod',
  },
  { names: 'k9s lens octant kubetui', asks: '*', asksTerminal: true, examples: 'writes asks: k9s' },
  {
    names: 'kubeseal sops age ksops',
    switches: '-d --decrypt -e --encrypt',
    values:
      '--controller-name --controller-namespace --input-type --output-type --extract --age --pgp --kms -i -r -R --format',
    reads:
      '-d !-i !--in-place !--output !-o, --decrypt !-i !--in-place !--output !-o, --fetch-cert, --validate, decrypt !-i !--in-place !--output',
    asks: 'edit, * $ !-d !-e !--decrypt !--encrypt !-r !-p !--fetch-cert !-i !--version',
    examples:
      'reads: sops -d x.yaml\nwrites: sops -d -i x.yaml\nwrites asks: sops x.yaml\nwrites: sops -e -i x.yaml',
  },
  {
    names: 'argocd',
    values:
      '-o --output -l --selector --server --auth-token --revision -N --app-namespace --timeout',
    switches: '*',
    dry: 'app sync --dry-run',
    reads:
      'app list|diff|history|logs|manifests|resources|wait, * list|get !--hard-refresh !--refresh, version, account get-user-info|can-i, context $',
    destroys:
      'app delete|terminate-op|rollback|delete-resource, app sync --prune, app sync --force, app sync --replace, * rm|delete',
    endless: 'app logs -f, app logs --follow',
    otherwise: 'writes',
    secrets: '--password --auth-token',
    examples:
      'reads: argocd app get x\nwrites: argocd app get x --hard-refresh\ndestroys: argocd app rollback x 3\nwrites: argocd app sync x\ndestroys: argocd app sync x --prune',
  },
  {
    names: 'flux',
    values: '-n --namespace',
    switches: '*',
    reads: 'get|logs|check|events|tree|stats|export|diff|trace|version|build',
    destroys: 'delete|uninstall|suspend',
    endless: 'logs -f, logs --follow, get --watch, events --watch',
    otherwise: 'writes',
    examples: 'reads: flux get all\nwrites: flux reconcile x\ndestroys: flux suspend ks x',
  },
  {
    names: 'kops',
    values: '--name --state --cloud -o',
    dry: '',
    reads:
      'get|validate|version|describe, rolling-update cluster !--yes, update cluster !--yes !--create-kube-config !--out !--admin, toolbox dump',
    destroys: 'delete, rolling-update --yes',
    examples:
      'reads: kops validate cluster\nreads: kops update cluster x\nwrites: kops update cluster x --yes\ndestroys: kops delete cluster x --yes',
  },
  {
    names:
      'eksctl rosa ocm aro hcloud doctl linode-cli vultr-cli scw civo exo oci ibmcloud yc openstack nova cinder neutron glance ovhai upcloud',
    writes: '--file, --to-file, --output-file, token revoke',
    values:
      '--region --cluster --name -o --output --profile --context -f --format -c --project --os-cloud',
    switches: '*',
    reads:
      'get|list|describe|info|version|whoami|ls|show, token $, * list|get|describe|show|ls|info|logs|log, * * list|get|describe|show|ls|info, * * * list|get, account get, console log show',
    destroys:
      'delete|drain|revoke|stop|uninstall|undelete, * delete|remove|rm|poweroff|shutdown|reset|stop|destroy|rebuild|terminate|unset|detach|reboot|suspend|purge, * * delete|remove|rm|stop|terminate|detach|destroy, * * * delete|rm, * revoke',
    otherwise: 'writes',
    asks: '',
    examples:
      'reads: eksctl get cluster\ndestroys: eksctl delete cluster --name x\nreads: doctl compute droplet list\ndestroys: openstack server delete x\nwrites: openstack token issue\nreads: ocm token\nwrites: hcloud server create',
  },
  {
    names: 'velero ark',
    values: '-n --namespace',
    switches: '*',
    reads:
      'get|version|describe, client config get, * get|describe|logs, backup|restore|schedule get|describe|logs',
    destroys: 'delete|uninstall, * delete, restore create, create restore',
    does: 'deletes or restores',
    otherwise: 'writes',
    examples:
      'reads: velero backup get\ndestroys: velero restore create --from-backup x\nwrites: velero backup create x\ndestroys: velero backup delete x',
  },
  {
    names:
      'istioctl linkerd cilium hubble calicoctl consul-k8s kuma submariner subctl kyverno gator opa krew kubectl-neat kubent goldilocks keda telepresence skupper crossplane karmadactl kubefed capi clusterctl',
    values: '-n --namespace -o',
    switches: '*',
    reads:
      'analyze|proxy-status|proxy-config|version|ps|pc|verify-install|describe|status|check|stat|top|edges|routes|tap|get|observe|list|show|diagnose|metrics|authz, node status, ipam check, config view, describe cluster, endpoint list|get, bpf * list, node status, service list, policy get, x describe, x injector list, x authz check, viz check|stat|top|edges|routes|tap, identity list, upgrade plan, generate',
    destroys:
      'uninstall|delete|unjoin|leave|quit|uninject, * delete|uninstall|release, x uninstall, endpoint disconnect',
    endless: 'monitor, observe -f, observe --follow, tap, viz tap, dashboard',
    writes: 'connectivity, proxy-config|pc log --level, admin log --level, dashboard, bug-report',
    otherwise: 'writes',
    examples:
      'reads: cilium status\ndestroys: istioctl uninstall --purge\nwrites: istioctl install\nreads: linkerd check',
  },
  {
    names: 'nomad',
    values: '-address -namespace -token -region',
    longDash: true,
    switches: '*',
    reads:
      'status|plan|version|logs|inspect, job status|history|inspect|plan|deployments|allocs, node status, alloc status|logs|checks, server members, deployment list|status, eval list|status, operator raft list-peers, operator autopilot get-config|health, var get|list, volume status',
    destroys:
      'stop, job stop|revert|purge, system gc|reconcile, node drain|purge, alloc stop, deployment fail|pause, server force-leave, volume delete|deregister|detach, operator raft remove-peer, var purge, acl * delete',
    endless: 'monitor, alloc logs -f',
    runs: [{ under: 'alloc exec', after: 1, elsewhere: true }],
    secrets: '-token',
    otherwise: 'writes',
    examples:
      'reads: nomad job status x\ndestroys: nomad job revert x 3\ndestroys: nomad job stop x\nwrites: nomad job run x',
  },
  {
    names: 'consul',
    addresses: 'kv/get=2 kv/export=2',
    values: '-http-addr -token -datacenter',
    longDash: true,
    switches: '*',
    reads:
      'members|info|version|rtt|validate, kv get|export, catalog *, operator raft list-peers, operator autopilot get-config|state, config read|list, acl * read|list, intention check|get|match|list, snapshot inspect, connect ca get-config',
    destroys:
      'leave|force-leave|maint|lock, kv delete|import, snapshot restore, * delete, acl * delete, operator raft remove-peer, services deregister',
    endless: 'monitor, watch',
    secrets: '-token',
    otherwise: 'writes',
    examples:
      'reads: consul members\ndestroys: consul kv delete x\ndestroys: consul snapshot restore x\nwrites: consul kv put x y',
  },
  {
    names: 'etcdctl etcdutl',
    addresses: 'get=1',
    values:
      '--endpoints --cacert --cert --key -w --write-out --user --password --command-timeout --dial-timeout --limit --order --sort-by --rev -o --name',
    switches: '*',
    reads:
      'get|version|ls|cluster-health, endpoint *, member list, alarm list, snapshot status, user list|get, role list|get, lease list|timetolive, hashkv, auth status',
    destroys:
      'del|rm|rmdir|defrag|compact|compaction|migrate, member remove, alarm disarm, snapshot restore, lease revoke, user|role delete|revoke*, move-leader, auth disable, downgrade',
    endless: 'watch, lease keep-alive',
    secrets: '--user: --password',
    otherwise: 'writes',
    examples:
      'reads: etcdctl endpoint health --cluster\ndestroys: etcdctl snapshot restore x\nwrites: etcdctl snapshot save x\ndestroys: etcdctl del x\nwrites: etcdctl put a b\nwrites endless: etcdctl watch x',
  },
  {
    names: 'vault bao',
    addresses: 'read=1 list=1 kv/get=2 kv/list=2 kv/metadata/get=3',
    writes: 'read *creds/*|*/issue/*|*/sts/*|*/login*|*transit/random*',
    values:
      '-address -namespace -field -format -method -path -output-curl -mount -wrap-ttl -ca-cert',
    longDash: true,
    switches: '*',
    reads:
      'status|read|list|version|print, kv get|list, kv metadata get, token lookup|capabilities, policy read|list, auth list|help, secrets list, audit list, operator raft list-peers, operator members, lease lookup, plugin list|info, namespace list|lookup, operator key-status, operator raft autopilot state',
    destroys:
      'delete, kv delete|destroy|rollback|undelete, kv metadata delete, secrets disable|move, auth disable, lease revoke, token revoke, operator seal|step-down|rekey|rotate|generate-root, audit disable, policy delete, namespace delete, operator raft remove-peer, operator raft snapshot restore, plugin deregister',
    asks: 'operator unseal $, login $',
    secrets: 'operator/unseal=2 login=1',
    endless: 'monitor, agent, server, proxy',
    otherwise: 'writes',
    examples:
      'reads: vault status\nreads: vault kv get secret/x\ndestroys: vault kv delete secret/x\nwrites: vault kv put secret/x a=b\ndestroys: vault operator raft snapshot restore x\nwrites asks: vault operator unseal',
  },
  {
    names: 'pcs',
    values: '--name --timeout --wait -u -p -f',
    switches: '--full --all --hide-inactive --output-format --nodesc',
    reads:
      'status, config $, config show, cluster status|config|corosync|pcsd-status|cib, resource config|status|show|list|describe|relations, stonith config|status|show|list|describe|history, constraint $, constraint config|list|show|ref, property $, property config|list|show, quorum $, quorum status|config, node attribute $, node utilization $, alert config, booth status|config, host, qdevice status',
    destroys:
      'cluster destroy|stop|kill|standby|remove-node|node, resource delete|remove|disable|ban|move|restart, stonith delete|remove|fence|confirm|disable, node remove|standby|maintenance|delete, constraint delete|remove, property unset, config restore, booth destroy|remove',
    does: 'takes away or moves',
    examples: `reads: pcs status
      reads: pcs resource config
      destroys: pcs cluster destroy --all
      destroys: pcs resource delete vip
      writes: pcs resource create vip x`,
  },
  {
    names: 'crm',
    switches: '-w -D',
    reads:
      'status, configure show|verify, resource status|show|list, node status|list|show, ra *, cluster status|health, options show',
    destroys:
      'configure erase|delete|remove|load|restore, resource stop|ban|move|migrate|restart|demote|unmanage, node standby|delete|fence|clearstate|maintenance|server, cluster stop|remove|restart|disable',
    does: 'takes away or moves',
    examples: `reads: crm status
      reads: crm configure show
      destroys: crm configure erase
      destroys: crm node standby n1
      writes: crm resource cleanup vip`,
  },
  {
    names: 'crm_mon crm_verify crm_node cibadmin',
    values: '-i --interval -n -N -o -X -x -t',
    switches: '-1 --one-shot -r -A -f -V -L --live-check -Q --query -l --list -p -q -i',
    reads: '-1, --one-shot, -L, --live-check, -Q, --query, -l, --list, -p, -q, -i',
    destroys: '-E, --erase, -D, --delete, -R, --remove, -d',
    examples:
      'reads: crm_mon -1\nwrites: crm_mon\ndestroys: cibadmin --erase --force\nreads: cibadmin -Q',
  },
];
