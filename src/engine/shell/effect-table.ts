import { CLOUD_RULES } from './effect-rules/clouds.ts';
import { CLUSTER_RULES } from './effect-rules/clusters.ts';
import { DATA_RULES } from './effect-rules/data.ts';
import { PACKAGE_RULES } from './effect-rules/packages.ts';
import type { CommandRules } from './effect-rules/rules.ts';
import { SYSTEM_RULES } from './effect-rules/system.ts';

/** Commands that do nothing to the world outside their own shell. */
export const CHANGE_NOTHING = new Set(
  `: [ [[ alias bg break builtin cd command compgen complete continue declare dirs disown echo enable
  exit export false fg getopts hash help history jobs let local logout popd printf pushd read readarray
  mapfile readonly return seq set shift shopt sleep test time times trap true type typeset ulimit umask
  unalias unset wait yes expr bc basename dirname tput clear`.split(/\s+/),
);

/** Commands that only look, whatever their arguments. */
export const ONLY_READ = new Set(
  `ag arch arp base32 base64 blkid cal cat cksum cmp column comm cut df diff dig dmesg du egrep env
  fgrep file fmt fold free getconf getent getfacl grep groups head hexdump host hostid htop iostat id
  iotop jq last lastlog ldd less ls lsattr lsb_release lsblk lscpu lsmod lsof lspci lsusb man md5sum
  more mpstat mtr nethogs netstat nl nm nproc nslookup numfmt objdump od paste pgrep pidof pidstat ping
  ping6 pmap printenv ps pstree pwd readelf readlink realpath rev rg sar sha1sum sha224sum sha256sum
  sha512sum sort slabtop ss stat strings tac tail tcpdump top tr traceroute tracepath tree tty uname uniq
  uptime users vmstat w wc whereis which who whoami whois watch xxd yq zcat zgrep journalctl nc ncat
  nmap pg_isready pg_controldata pgbadger testssl.sh ab wrk hey k6 promtool amtool xmllint shellcheck
  yamllint hadolint trivy tflint pwdx iftop strace ltrace perf bpftrace timedatectl dstat atop glances
  ipcs sysdig nvidia-smi lsmem ibdev2netdev inxi neofetch kubectx kubens stern kubetail k9s kube-score logcli openssl_verify awk gawk mawk uuidgen
  mktemp_dry diffstat zless zmore bat fd locate apropos info test-connection lsns findmnt`.split(
    /\s+/,
  ),
);

/** Commands that take things away for good, whatever their arguments; what they are said to do. */
export const ALWAYS_DESTROY: Readonly<Record<string, string>> = {
  rm: 'deletes',
  rmdir: 'deletes',
  unlink: 'deletes',
  shred: 'overwrites for good',
  wipefs: 'erases',
  mkswap: 'formats',
  blkdiscard: 'erases',
  userdel: 'deletes an account',
  groupdel: 'deletes a group',
  deluser: 'deletes an account',
  delgroup: 'deletes a group',
  dropdb: 'drops a database',
  dropuser: 'drops a role',
  kill: 'ends a process',
  killall: 'ends processes',
  pkill: 'ends processes',
  skill: 'ends processes',
  fdisk: 'changes a partition table',
  parted: 'changes a partition table',
  truncate: 'cuts files',
  shutdown: 'stops the machine',
  poweroff: 'stops the machine',
  halt: 'stops the machine',
  reboot: 'restarts the machine',
  lvremove: 'removes a volume',
  vgremove: 'removes a volume group',
  pvremove: 'removes a physical volume',
  pg_resetwal: 'discards write-ahead log',
};

/** Commands whose effect hangs on their subcommand and options. */
export const RULES: Readonly<Record<string, CommandRules>> = {
  ...CLUSTER_RULES,
  ...CLOUD_RULES,
  ...DATA_RULES,
  ...PACKAGE_RULES,
  ...SYSTEM_RULES,
};
