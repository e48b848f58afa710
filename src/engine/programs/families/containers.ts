import type { Program } from '../program.ts';

const EXEC_VALUES = '-e --env -u --user -w --workdir --env-file --index --detach-keys';

/** Containers and virtual machines of one host. */
export const CONTAINERS: readonly Program[] = [
  {
    names: 'docker podman nerdctl finch',
    selects: '=1 --tail --since --until --filter -n --format',
    addresses: '-H --host --config --url --connection',
    hosts: 'manifest/inspect=2 buildx/imagetools/inspect=3 search=1',
    values: `-H --host --context -c --config -l --log-level --format --filter -n --tail --since --until -v --volume --name
      --network --namespace --connection --url --identity --mount -p --publish --hostname --entrypoint --platform --cpus -m --memory ${EXEC_VALUES}`,
    switches: `-a -q -s -f -t -i -it -d --all --quiet --size --latest --no-trunc --timestamps --details --follow --no-stream --verbose --digests
      --human --raw --pretty --tls --debug -D --interactive --tty --privileged --detach --rm --type`,
    reads: `ps, images, logs, inspect, info, version, stats, top, port, diff, events, history, search, ls,
      container|image|volume|network|context|node|service|stack|secret|config|buildx|manifest|plugin|pod|machine|builder|trust|system
      ls|list|inspect|logs|stats|top|port|ps|diff|history|show|df|info|events|du|tree|exists|services|check, wait, context show, images, swarm ca`,
    destroys: `rm, rmi, kill, stop, pause, container|image|volume|network|node|service|stack|secret|config|context|plugin|pod|machine|builder|buildx|trust
      rm|remove|prune|kill|stop|disable|reset, system|builder|buildx prune, swarm leave, system reset, service rollback, prune, swarm ca --rotate`,
    endless:
      'logs -f, logs --follow, container logs -f, service logs -f, stats !--no-stream, container stats !--no-stream, events !--until, system events !--until',
    asks: '* prune, system prune',
    answers: '-f --force',
    secrets: '--password',
    runs: [
      { under: 'exec', after: 1, elsewhere: true },
      { under: 'container exec', after: 1, elsewhere: true },
      { under: 'run', after: 1, elsewhere: true, writes: true },
      { under: 'container run', after: 1, elsewhere: true, writes: true },
    ],
    session: 'attach, run -it, run -i',
    examples: `reads: docker ps -a --format '{{.Names}}'
      reads endless: docker logs -f web
      reads: docker logs --tail 100 web
      reads: docker exec web ls /
      destroys: docker exec -u root web rm -rf /x
      writes: docker exec web env A=b deploy-it
      writes session: docker exec -it web sh
      writes: docker run --rm alpine ls
      destroys: docker rm -f web
      destroys asks: docker system prune -a
      destroys: docker system prune -af
      writes: docker build -t x .
      writes: docker restart web
      reads: docker stats --no-stream
      destroys: docker volume rm x
      writes: docker compose up -d`,
  },
  {
    names: 'docker+compose podman+compose docker-compose podman-compose nerdctl+compose',
    selects: '=1 --tail --since --until --filter -n',
    addresses: '-f --file --project-directory --env-file',
    values: `-f --file -p --project-name --profile --tail --since --until --format --filter --project-directory --ansi --parallel --scale -n -t --timeout ${EXEC_VALUES}`,
    switches:
      '-a -q -d -T --all --quiet --services --volumes --no-color --no-log-prefix --timestamps --status --orphans --images --profiles --hash --follow --no-interpolate -it -i --interactive --detach --index',
    dry: '--dry-run',
    reads: 'ps|logs|config|convert|images|top|ls|version|port|events|stats|volumes',
    writes: 'config -o, config --output, config --lock-image-digests',
    destroys: 'down|rm|kill|stop|pause, up --remove-orphans',
    endless:
      'logs --follow, events, up !-d !--detach !--no-start !--abort-on-container-exit !--exit-code-from !--wait, watch, stats !--no-stream',
    runs: [
      { under: 'exec', after: 1, elsewhere: true },
      { under: 'run', after: 1, elsewhere: true, writes: true },
    ],
    asks: 'rm',
    answers: '-f --force -s',
    examples: `reads: docker compose ps
      destroys: docker compose down -v
      destroys: docker-compose -f x.yml down
      writes: docker compose up -d
      writes endless: docker compose up
      reads: docker compose exec -T db psql -c 'select 1'
      destroys: docker compose exec db rm x
      reads: docker compose -f x.yml logs --tail 10 web`,
  },
  {
    names: 'crictl',
    values: '-r -i -o --runtime-endpoint --name --tail --since -n --namespace',
    switches: '-a -q --no-trunc --all --latest --state --pod --label -p --previous -t',
    reads:
      'ps|pods|images|img|logs|inspect|inspectp|inspecti|info|stats|statsp|version|imagefsinfo',
    destroys: 'rm|rmi|rmp|stop|stopp',
    runs: [{ under: 'exec', after: 1, elsewhere: true }],
    endless: 'logs -f, logs --follow, stats --watch',
    session: 'attach',
    examples: 'reads: crictl ps -a\ndestroys: crictl rmp x\nreads: crictl exec x ls',
  },
  {
    names: 'runc crun skopeo crane cosign img kaniko umoci dive notation',
    addresses: '=1',
    values: '-n --namespace -a',
    reads:
      'inspect|list-tags|ls|list|manifest|digest|config|catalog|tree|verify|triangulate|version|ps|state|blob|validate',
    destroys: 'delete|rm|rmi|kill|prune|umount|sync, * rm|remove|delete|del|kill|prune',
    examples: 'reads: skopeo inspect x\nwrites: crane copy a b',
  },
  {
    names: 'ctr',
    values: '-n --namespace -a --address',
    switches: '-q',
    reads:
      'images|image|i|containers|container|c|tasks|task|t|namespaces|namespace|ns|snapshots|snapshot|content|plugins|plugin|leases ls|list|info|metrics|check|tree|usage|ps, version',
    destroys: '* rm|remove|delete|del|kill|prune',
    runs: [{ under: 'task|tasks|t exec', after: 1, elsewhere: true, opens: true, writes: true }],
    examples:
      'reads: ctr -n k8s.io images ls\nwrites: ctr images pull x\ndestroys: ctr images rm x',
  },
  {
    names: 'oras regctl',
    hosts: '*/*=2 discover=1 resolve=1',
    switches: '--pretty --plain-http --insecure',
    values: '--format --platform',
    reads:
      'repo|tag|registry ls|info|tags|list, manifest|image|artifact|index get|fetch|inspect|digest|manifest|list|diff|head !-o !--output, discover, resolve, version, manifest fetch-config !-o !--output',
    destroys: '* rm|remove|delete|del',
    examples:
      'reads: oras repo ls x\nwrites: oras manifest push x y\nwrites: regctl blob put x\ndestroys: oras manifest delete x',
  },
  {
    names: 'buildah containerd',
    values: '-f --filter --format --type -t',
    switches: '-a -q --all --json',
    reads: 'images|containers|ps|inspect|info|version|mount $',
    destroys: 'rm|rmi|prune|umount',
    examples: 'reads: buildah images\nwrites: buildah config --env A=b c\ndestroys: buildah rm c',
  },
  {
    names: 'lxc incus lxc-ls lxc-info',
    values: '-n -c -f',
    reads:
      'list|ls|info|version, config|profile|network|storage|image|snapshot|remote|cluster show|list|info|get',
    destroys: 'delete|rm|stop|pause|restore, * delete|rm|remove|detach|unset',
    runs: [{ under: 'exec', after: 1, elsewhere: true, opens: true }],
    examples:
      'reads: lxc list\ndestroys: lxc stop x\ndestroys: lxc restore x y\nreads: lxc exec x -- ls',
  },
  {
    names: 'lxc-attach',
    values: '-n --name -P',
    runs: [{ dashes: true, elsewhere: true, opens: true }],
    session: '$',
    examples: 'writes session: lxc-attach -n c\nreads: lxc-attach -n c -- ls',
  },
  {
    names: 'virsh',
    values: '-c --domain --pool --vol',
    switches:
      '--all --inactive --title --name --details --persistent --autostart --source --full --state-running --tree --parent --roots',
    reads:
      'list|dominfo|domstate|dumpxml|net-list|pool-list|vol-list|domblklist|domiflist|domblkstat|domifaddr|nodeinfo|capabilities|version|snapshot-list|snapshot-info|dommemstat|vcpuinfo|domstats|net-info|pool-info|vol-info|hostname|uri|net-dumpxml|pool-dumpxml|nodememstats|domjobinfo',
    destroys:
      'destroy|undefine|vol-delete|vol-wipe|net-destroy|net-undefine|shutdown|reboot|reset|pool-destroy|pool-delete|snapshot-delete|snapshot-revert|detach-*|suspend|managedsave|restore|blockcommit|pool-undefine',
    enters: true,
    session: 'console, $',
    asks: 'edit|net-edit|pool-edit',
    examples:
      'reads: virsh list --all\ndestroys: virsh destroy x\ndestroys: virsh snapshot-revert x y\nwrites: virsh start x\nwrites session: virsh console x',
  },
  {
    names:
      'vagrant multipass limactl colima minikube kind k3d microk8s k0s k3s rke rke2 kubeadm talosctl virtctl vcluster',
    values: '-p --profile -n --namespace --nodes --name -c --cluster --context --kubeconfig',
    switches: '-A -o --all -w',
    reads:
      'status|global-status|version|list|ls|info|ip|port|logs|ssh-config|get, profile list, addons list, service list, containers|processes|dmesg|health|members|services|memory|mounts|netstat|stats|time|usage|check|disk, config print|get-contexts|view|info $, config print|view, config images list, certs check-expiration, token list, upgrade plan, cluster|node|registry list|ls|get, etcd members|status, etcd-snapshot ls, kubeconfig get|print, node list, box list, snapshot list|ls',
    destroys:
      'delete|destroy|halt|stop|suspend|reset|uninstall|rm|remove|purge|restore|pause|shutdown|reboot|rollback|leave|drain, cluster|node|registry delete|stop|rm, etcd remove-member|forfeit-leadership, snapshot delete|restore|pop, etcd-snapshot delete|prune, token delete',
    runs: [
      { option: '-c --command', elsewhere: true },
      { under: 'ssh', dashes: true, elsewhere: true, opens: true },
    ],
    enters: true,
    session: 'shell, console',
    endless: 'logs -f, dmesg -f, tunnel',
    examples:
      'reads: minikube status\ndestroys: minikube delete\nwrites: minikube start\nreads: kubeadm token list\ndestroys: kubeadm reset\nreads: k3s kubectl get pods\ndestroys: vagrant destroy\ndestroys: vagrant ssh -c "rm x"',
  },
  {
    names:
      'virt-install qm pct pvesh pvecm pvesm vmware-cmd govc esxcli vim-cmd xe VBoxManage vboxmanage qemu-img',
    values: '-vm -ds -k',
    reads:
      'list|config|status|info|get|ls|nodes|showvminfo|find|about, list *, vm.info|ls|about|datastore.ls|host.info|events|metric.ls, * list|get, vm-list|host-list|sr-list|vdi-list|pool-list, vmsvc/getallvms|vmsvc/power.getstate, snapshot list',
    destroys:
      'destroy|stop|shutdown|reset|rollback|delete|delsnapshot|remove|unregistervm|controlvm|suspend|free, vm.destroy|vm.power|snapshot.remove|snapshot.revert|datastore.rm, vm-destroy|vm-shutdown|vm-uninstall|snapshot-revert, snapshot -a, vmsvc/power.off|vmsvc/destroy, snapshot restore|delete',
    examples:
      'reads: qm list\ndestroys: qm stop 100\nwrites: qm start 100\ndestroys: qm rollback 100 x',
  },
];
