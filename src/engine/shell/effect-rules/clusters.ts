import type { CommandRules } from './rules.ts';

const KUBECTL: CommandRules = {
  valued: `-n --namespace -l --selector -f --filename -o --output -c --container --context --kubeconfig
    --cluster --user -s --server --type -p --patch --replicas --tail --since --field-selector
    --sort-by --grace-period --timeout --for --as -k --kustomize --image --token --dry-run`,
  reads: `get, describe, logs, top, version, cluster-info, explain, api-resources, api-versions, auth,
    diff, wait, events, rollout status|history,
    config view|get-contexts|current-context|get-clusters|get-users, port-forward, proxy, whoami,
    status, plugin list, kustomize`,
  destroys: 'delete, drain, replace --force, apply --prune',
};

const DOCKER: CommandRules = {
  valued: `-H --host --context -f --file -p --project-name --format --filter -n --tail --since --until -e
    --env -v --volume --name --network -u --user -w --workdir`,
  reads: `ps, images, logs, inspect, info, version, stats, top, port, diff, events, history, search,
    container|image|volume|network|context|node|service|stack|secret|config|buildx|manifest ls|list|inspect|logs|stats|top|port|ps|diff|history|show,
    system df|info|events, compose ps|logs|config|images|top|ls|version|port|events, wait`,
  destroys: `rm, rmi, kill,
    container|image|volume|network|node|service|stack|secret|config|context rm|remove|prune|kill,
    system|builder|buildx prune, compose down|rm|kill, swarm leave, down, prune`,
};

/** Containers, orchestrators and what runs on them. */
export const CLUSTER_RULES: Readonly<Record<string, CommandRules>> = {
  kubectl: KUBECTL,
  oc: KUBECTL,
  k: KUBECTL,
  docker: DOCKER,
  podman: DOCKER,
  nerdctl: DOCKER,
  'docker-compose': {
    valued: '-f --file -p --project-name --tail',
    reads: 'ps, logs, config, images, top, version, port, events',
    destroys: 'down, rm, kill',
  },
  crictl: {
    reads: 'ps, pods, images, logs, inspect, inspectp, inspecti, info, stats, version',
    destroys: 'rm, rmi, rmp, stopp',
  },
  helm: {
    valued: '-n --namespace -f --values --set --version --kube-context -o --output --timeout',
    reads: `list, ls, status, history, get, show, search, template, lint, version, env, repo list, diff,
      verify, dependency list, plugin list`,
    destroys: 'uninstall, delete, del, un, rollback --force, repo remove, upgrade --force',
  },
  argocd: {
    reads: `app list|get|diff|history|logs|manifests|resources|wait, * list|get, version,
      account get-user-info`,
    destroys: 'app delete|terminate-op, app sync --prune, * rm|delete',
  },
  flux: {
    reads: 'get, logs, check, events, tree, stats, export, diff',
    destroys: 'delete, uninstall',
  },
  kops: {
    reads: 'get, validate, version, describe',
    destroys: 'delete',
  },
  eksctl: {
    reads: 'get, version, info',
    destroys: 'delete, drain',
  },
  kubeadm: {
    reads: 'version, config print|images, certs check-expiration, token list, upgrade plan',
    destroys: 'reset',
  },
  velero: {
    reads: 'get, backup get|describe|logs, restore get|describe|logs, schedule get, version',
    destroys: 'delete, backup delete, restore delete, schedule delete, uninstall',
  },
  istioctl: {
    reads: 'analyze, proxy-status, proxy-config, version, ps, pc, verify-install, describe',
    destroys: 'uninstall',
  },
  cilium: {
    reads: 'status, version, endpoint list|get, monitor, connectivity',
    destroys: 'uninstall',
  },
  calicoctl: {
    reads: 'get, node status, version',
    destroys: 'delete',
  },
  kind: {
    reads: 'get, version',
    destroys: 'delete',
  },
  minikube: {
    reads: 'status, ip, version, logs, service, profile list',
    destroys: 'delete, stop',
  },
  nomad: {
    reads: `status, job status|history|inspect|plan, node status, alloc status|logs, server members,
      version, plan, logs`,
    destroys: 'stop, job stop, system gc, node drain',
  },
  consul: {
    reads: 'members, info, kv get, catalog, operator raft list-peers, version, monitor',
    destroys: 'kv delete, leave, force-leave',
  },
  etcdctl: {
    valued: '--endpoints --cacert --cert --key -w --write-out',
    reads: `get, endpoint, member list, alarm list, check, version, watch, snapshot status,
      cluster-health, user list|get, role list|get`,
    destroys: 'del, member remove, alarm disarm, snapshot restore, defrag, compact, compaction',
  },
  vault: {
    reads: `status, read, kv get|list|metadata, list, version, token lookup, policy read|list,
      auth list, secrets list, audit list, operator raft list-peers, print`,
    destroys: `delete, kv delete|destroy, secrets disable, auth disable, lease revoke, token revoke,
      operator seal|step-down, audit disable, policy delete`,
  },
  lxc: {
    reads: 'list, info, config show',
    destroys: 'delete, stop',
  },
  virsh: {
    reads: 'list, dominfo, domstate, dumpxml, net-list, pool-list, vol-list',
    destroys: 'destroy, undefine, vol-delete, net-destroy, shutdown',
  },
  vagrant: {
    reads: 'status, global-status, version',
    destroys: 'destroy, halt',
  },
};
