/** Programs and builtins that runbooks start their lines with. */
const COMMANDS = new Set(
  `. 7z accelerate aa-status acme.sh ack adduser add-apt-repository ag alembic alias alertmanager amtool ansible ansible-galaxy ansible-playbook ansible-vault
apachectl apk apt apt-cache apt-get aptitude arch argo argocd artillery ash asdf at atuin aws awk az azcopy b2 babel base64 basename bash bat batect bazel bc
bcftools bin/rails bin/rake borg brctl brew buildah bun bundle bunx busctl bzip2 cal cap capsh cargo cat cd cdk ceph ceph-volume certbot certutil cf cfssl cfssljson
chage chattr chcon chef-client chmod chown chpasswd chroot chsh circleci ckubectl clickhouse-client cmake cmctl cmp cockroach code column comm command composer conda consul
corepack coredumpctl cosign cp cqlsh crane crictl cron crontab cscli csplit ctr curl cut cypher-shell date dcgmi dd deactivate declare deno deployer df dig
diff dig dirname dmesg dmidecode dnf docker docker-compose doctl dokku dotnet dpkg dropdb createdb dscl du echo ecs-cli ed egrep eksctl elastic elasticsearch
emacs env envsubst erl etcdctl etcdutl ethtool eval exec exit expect expo export faas-cli fail2ban-client false fc-cache fdisk fg fgrep ffmpeg file find findmnt
firebase firewall-cmd fish flask flatpak flux flyctl fly fold free fsck ftp fuser fusermount g++ gatsby gcc gcloud gdb gem getenforce getent getfacl getopts gh git gitlab-ctl
gitlab-psql gitlab-rails gitlab-rake gitlab-runner glab go gpg gpg2 gpasswd gradle grafana-cli grep groupadd groups growpart gsutil gunicorn gunzip gzip haproxy hash head
helm helmfile heroku hexdump history host hostname hostnamectl hping3 htop http httpd httpie hugo hydra ibdev2netdev iconv id ifconfig ifdown ifup influx info init initctl insmod
install inxi ioping iostat iotop ip ip6tables ipcs iperf iperf3 ipmitool ipset iptables iptables-restore iptables-save ipvsadm iscsiadm iw jail java javac jc jekyll jenkins-cli jest jo jobs join
joe journalctl jps jq jstack julia just jupyter k k0s k3d k3s k6 k9s kafka-topics kafka-topics.sh kafka-consumer-groups kafka-console-consumer kafkacat kcat keepalived keytool kill killall kind kinit kion
klist knife kops ksh kube-bench kubeadm kubectl kubectl-neat kubectx kubens kustomize kubeseal kubelet krew last lastlog launchctl ldapsearch ldconfig ldd less lerna let
linkerd ln local locale localectl locate logger login loginctl logname logrotate logstash losetup ls lsattr lsblk lscpu lsmod lsns lsof lspci lsusb lvcreate lvdisplay lvextend lvresize lvs pvs vgs lxc
lxd lynx lz4 mail mailx make makecert man mapfile maturin mc mcli md5sum mdadm memcached memcached-tool meson micro microk8s migrate minikube mise mix mkdir mkfifo mkfs mkfs.ext4 mkswap mktemp modinfo modprobe mokutil
mongo mongod mongodump mongoexport mongoimport mongorestore mongosh mongostat monit more mosquitto_pub mount mountpoint mpirun mpstat mtr multipass mutt mv mvn mysql mysqladmin mysqlbinlog mysqlcheck
mysqldump mysqlimport mysqlsh nano nc ncat ncdu ncu neo4j-admin nest netcat netlify netplan netstat newgrp newman newrelic next nft nginx ngrok nice nix nl nmap nmcli node nodetool nohup nomad nproc npm npx nsenter
nslookup ntpdate ntpq nuctl nvcc nvidia-ctk nvidia-smi nvim nvm nx oc od odo okta-aws ollama op openssl openstack opkg osqueryi oras pacman pandoc parallel parted partprobe passwd paste patch patronictl gitlab-patronictl pbcopy pcs
pdsh perl pg_basebackup pg_controldata pg_ctl pg_ctlcluster pg_dump pg_dumpall pg_isready pg_lsclusters pg_restore pgbackrest pgbench pgloader pgrep php php-fpm ping ping6 pip pip3 pipenv pipx pkexec pkg pkill pm2 pnpm podman poetry popd postconf postfix postqueue postsuper powertop
pre-commit prettier print printenv printf prisma prlimit promtool proxychains prove ps psql pssh pstree pulumi puppet pushd pv pvcreate pvdisplay pvesh pvresize pwd pwsh pyenv pytest python python2 python3 q quarkus qm quit rabbitmq-diagnostics rabbitmq-plugins rabbitmqadmin rabbitmqctl
rados railway rails rake ray rbd rbenv rclone rdiff-backup read readarray readlink readonly realpath reboot redis-benchmark redis-cli redis-server renice reset resize2fs restic return revoke rg rm rmdir rmmod rndc rosa route rpm rspec rsync ruby ruff run-parts runme runuser rustc rustup rvm s3cmd
saltstack salt salt-call samtools sar sass sbt scp screen script scrapy scrut sctl sed selenium semanage semgrep sendmail sensors seq serverless service sestatus set setcap setenforce setfacl setopt setsebool sftp sg sh sha1sum sha256sum sha512sum shasum shellcheck shift shopt
showmount shred shuf shutdown skaffold skopeo sleep slcli smartctl smbclient snap snmpwalk snyk socat solr sops sort source spack split sqlcmd sqlite3 sqlplus ss ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan ssm-session sshfs sshpass stack star start stat stdbuf step stern stop strace strings stripe stty su
subscription-manager sudo sudoedit supabase supervisorctl suspend swapoff swapon swift sync sysbench sysctl systemctl systemd-analyze systemd-cgls systemd-resolve resolvectl systemd-run sysdig tail tailscale talosctl tar task tc tcpdump tcpflow tee telepresence telnet temporal terraform terragrunt test tf tfenv tflint tfsec tig time
timedatectl timeout tkn tmux tofu tmutil top tor touch tox tput tr trap traceroute tracepath tree trivy true truncate tsc tsh tshark tune2fs turbo twistcli type typeset tox udevadm ufw ulimit umask umount unalias uname unbuffer uniq unlink unset unshare unxz unzip update-alternatives update-ca-certificates update-grub update-rc.d uptime urlwatch useradd
userdel usermod users uuidgen uv uvicorn uvx vacuumdb vagrant valgrind valkey-cli vault vcluster velero vercel vgcreate vgdisplay vgextend vi view vim virsh virtctl virtualenv virt-install visudo vite vitest vmstat vncserver volta vscode vtysh vue w wait wall wascli watch wc web-ext weave wget wg wg-quick
whatis whereis which who whoami whois wine winget wipefs wp wrangler wrk ab wsl wsl.exe x xargs xcode-select xcodebuild xdg-open xfs_growfs xfs_repair xxd xz yamllint yarn yes ykman youtube-dl yq yum zcat zeek zfs zgrep zip zpool zsh zstd zypper`.split(
    /\s+/,
  ),
);

const KEYWORDS = new Set(
  'if then else elif fi for while until do done case esac function select in { } ( ) [ [[ ! (( :'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  'make find test time which watch sort cut head tail host kill let read set source split stop start at more less open service true false yes type wait who history join fold file link mount nice paste script screen touch tree write install last login local view print run info patch train column command exit export free route expect date group groups step star task cap stack swift salt ray flux next node move users at look more most go fly just k op mix ant hash id q x arch diff init jail mail man return script stat strings test users while for if case in do then until select'.split(
    ' ',
  ),
);
const PROSE_NEXT =
  /^(?:the|a|an|that|sure|this|these|those|your|our|all|is|are|was|were|to|for|of|in|on|it|if|and|or|any|out|with|from|than|by|as|we|you|they|there|not|will|should|can|new|has|have|does)[,.;:]?$/i;

/** How a line reads: as a command surely, possibly, or not at all. */
export type Reading = 'sure' | 'maybe' | 'no';

/** Judges one logical line of what may be a script. `tools` are programs that the runbook names elsewhere. */
export function readsAsCommand(line: string, tools: Pick<ReadonlySet<string>, 'has'>): Reading {
  const text = withoutEnvironment(line.trim());
  // It empties a file, which is a command without a program; `> some words` is a quotation.
  if (/^>{1,2} ?(?=\S{0,200}[/.])[\w./~${}-]{1,200}$/.test(text)) return 'maybe';
  // Nobody writes `sudo` in front of anything but a command.
  if (/^(?:sudo|doas)\s+(?:-\w+\s+)*[a-z./][\w./-]*(?:\s|$)/.test(line.trim())) return 'sure';
  if (/^(?:export )?[A-Za-z_]\w*="?\$\([^(]/.test(line.trim())) return 'sure';
  if (text === '') return line.trim() === '' ? 'no' : 'maybe';
  const words = text.split(/\s+/);
  const word = (words[0] ?? '').replace(/(?<![;&|)])[;&|)]+$/, '').replace(/^[("'!]+/, '');
  const next = words[1] ?? '';
  if (word === '' && /^[!(]/.test(text)) return 'maybe';
  if (KEYWORDS.has(word))
    return PROSE_NEXT.test(next) || !/[;=$[(]|^\S+$|\bin\b/.test(text) ? 'maybe' : 'sure';
  if (/^(?:\.{1,2}|~|\$[A-Z_a-z{][\w}]*)?\/[\w.{}$@+-][\w./{}$@+-]*$/.test(word))
    return pathReading(word, words);
  if (/^\$\{?\w+\}?$/.test(word) && words.length > 1) return 'maybe';
  if (/^[\w.-]+\(\)/.test(word)) return 'sure';
  if (COMMANDS.has(word) || tools.has(word)) return knownReading(word, next, text);
  if (/^[\w-]+\.(?:sh|py|rb|pl|exe|ps1)$/.test(word)) return 'sure';
  if (SCRIPT_OF_PROJECT.test(word)) return looksLikeProse(text) ? 'no' : 'maybe';
  return unknownReading(word, words, text);
}

/** `bin/run`, `scripts/deploy`: a file without an ending in a folder of the project. */
export const SCRIPT_OF_PROJECT = /^[a-z][\w-]*(?:\/[\w-]+)*\/[a-z][\w-]*$/;

function knownReading(word: string, next: string, text: string): Reading {
  if (ENGLISH.has(word) && PROSE_NEXT.test(next)) return 'no';
  if (/^[:=]$/.test(next) || text.startsWith(`${word}:`)) return 'no';
  if (ENGLISH.has(word) && looksLikeProse(text)) return 'no';
  return 'sure';
}

/** What stands below these is kept there and not run, but for folders of programs and scripts. */
const KEPT =
  /^(?:\/(?:etc|proc|sys|boot|var\/(?:lib|log|run|cache|spool))\/|~\/\.)(?!.*(?:\/s?bin\/|\/(?:init|cron)\.|\/scripts?\/|\.(?:sh|py|rb|pl|bash)$))/;
const DEVICE = /^\/dev\/\S/;

function pathReading(word: string, words: readonly string[]): Reading {
  if (DEVICE.test(word)) return 'no';
  const alone = words.length === 1 || /^#/.test(words[1] ?? '');
  if (alone && KEPT.test(word)) return 'no';
  if (words.length === 1) {
    if (
      /\/$|\/(?:s?bin|lib|lib64|etc|log|logs|conf\.d)$|\.(?:log|conf|cfg|ya?ml|json|txt|md|ini)$/.test(
        word,
      )
    )
      return 'no';
    return /^\.{1,2}\/|\.(?:sh|py|rb|pl)$/.test(word) ? 'sure' : 'maybe';
  }
  if (/^\/[\w-]+$/.test(word)) return 'maybe';
  return /^[{(=]/.test(words[1] ?? '') || looksLikeProse(words.slice(1).join(' ')) ? 'no' : 'sure';
}

/** `backup.eu.example.com`: no program is called so. */
const HOST = /^(?:[a-z\d-]{1,63}\.){2,8}(?!sh$|py$|rb$|pl$|js$|exe$|jar$)[a-z]{2,24}$/;

function unknownReading(word: string, words: readonly string[], text: string): Reading {
  if (HOST.test(word)) return 'no';
  if (!/^[a-z][\w.+-]*$/.test(word) || /[.:]$/.test(word)) return 'no';
  if (looksLikeProse(text) || /^\S+\s*(?:[:=]\s|=>|==)/.test(text)) return 'no';
  if (PROSE_NEXT.test(words[1] ?? '')) return 'no';
  return 'maybe';
}

/** Sentences: a full stop at the end, several small words, no flags or pipes. */
export function looksLikeProse(text: string): boolean {
  if (/(?:^|\s)--?\w|[|>]\s|\$\(|\\$/.test(text)) return false;
  const words = text.split(/\s+/);
  const small = words.filter((word) => PROSE_NEXT.test(word)).length;
  return (
    (words.length >= 4 && small * 4 >= words.length) ||
    (words.length >= 4 && /[a-z]{2}[.!?]$/.test(text))
  );
}

/** Drops `A=b` assignments and `sudo`, `time`, `env` in front of a command. */
function withoutEnvironment(text: string): string {
  return text
    .replace(
      /^(?:[A-Za-z_]\w*\+?=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|(?:[^\s"'$]|\$(?!\())*)\s+)+(?=\S)/,
      '',
    )
    .replace(/^(?:sudo|doas)\s+(?:-\w+\s+)*/, '');
}
