import type { CommandRules } from './rules.ts';

/** The machine itself: services, network, disks, accounts. */
export const SYSTEM_RULES: Readonly<Record<string, CommandRules>> = {
  systemctl: {
    valued: '-t --type -n --lines -o --output -p --property -H --host -M --machine',
    reads: `status, is-active, is-enabled, is-failed, is-system-running, list-*, show, show-*, cat,
      get-default, help`,
    destroys: `stop, kill, mask, disable --now, poweroff, reboot, halt, rescue, emergency, isolate, kexec`,
  },
  service: {
    reads: '* status, --status-all',
    destroys: '* stop',
  },
  'rc-service': {
    reads: '* status',
    destroys: '* stop',
  },
  supervisorctl: {
    valued: '-c',
    reads: 'status, tail, avail, pid, version',
    destroys: 'stop, remove, clear, shutdown',
  },
  pm2: {
    reads: 'list, ls, status, show, describe, logs, monit, info, jlist',
    destroys: 'delete, kill, stop, flush',
  },
  crontab: {
    reads: '-l',
    destroys: '-r',
  },
  ip: {
    valued: '-n',
    reads: `a, addr show|list, addr, address, r, route show|get|list, route, link show, link, neigh,
      rule, netns list, -s, -br*, maddr, monitor`,
    destroys: '* del|delete|flush, link set * down',
  },
  ifconfig: {
    destroys: '* down',
    otherwise: 'reads',
  },
  route: {
    reads: '-n',
    destroys: 'del',
  },
  iptables: {
    valued: '-t --table',
    reads: '-L*, -S, --list, -nL, -nvL, -vnL, -C, -n -L',
    destroys: '-F, -X, -D, -Z, --flush, --delete',
  },
  nft: {
    reads: 'list',
    destroys: 'delete, flush',
  },
  ufw: {
    reads: 'status, show, version',
    destroys: 'delete, reset, disable',
  },
  'firewall-cmd': {
    reads: '--list-*, --get-*, --state, --query-*',
    destroys: '--remove-*',
  },
  'fail2ban-client': {
    reads: 'status, get, ping, version',
    destroys: 'stop, unban',
  },
  nginx: {
    reads: '-t, -T, -v, -V',
    destroys: '-s stop, -s quit',
  },
  apachectl: {
    reads: 'configtest, status, fullstatus, -t, -S, -M, -v',
    destroys: 'stop, graceful-stop',
  },
  apache2ctl: {
    reads: 'configtest, status, fullstatus, -t, -S, -M, -v',
    destroys: 'stop, graceful-stop',
  },
  haproxy: {
    reads: '-c, -v, -vv',
  },
  openssl: {
    none: 'rand',
    reads: 'x509, s_client, verify, version, crl, asn1parse, dgst, ciphers, list, speed',
  },
  mount: {
    reads: '-l',
  },
  sysctl: {
    reads: '-a, -n',
    otherwise: 'reads',
  },
  date: {
    otherwise: 'reads',
  },
  hostname: {
    otherwise: 'reads',
  },
  hostnamectl: {
    reads: 'status',
  },
  ntpq: {
    otherwise: 'reads',
  },
  chronyc: {
    reads: 'tracking, sources, sourcestats, activity, ntpdata',
  },
  swapon: {
    reads: '-s, --show*',
  },
  swapoff: {
    otherwise: 'destroys',
  },
  umount: {},
  lvs: {
    otherwise: 'reads',
  },
  vgs: {
    otherwise: 'reads',
  },
  pvs: {
    otherwise: 'reads',
  },
  lvdisplay: {
    otherwise: 'reads',
  },
  smartctl: {
    otherwise: 'reads',
  },
  mdadm: {
    reads: '--detail, -D, --examine, -E',
    destroys: '--stop, --remove, --zero-superblock, -S',
  },
  certbot: {
    reads: 'certificates',
    destroys: 'delete, revoke',
  },
  logrotate: {
    reads: '-d, --debug',
  },
  visudo: {
    reads: '-c',
  },
  postqueue: {
    reads: '-p',
  },
  postsuper: {
    destroys: '-d',
  },
  dd: {
    destroys: 'of=/dev/*',
  },
  find: {
    destroys: '-delete, -exec rm, -execdir rm',
    otherwise: 'reads',
  },
  xargs: {},
  sed: {
    otherwise: 'reads',
  },
  passwd: {
    reads: '-S, --status',
    destroys: '-d, -l',
  },
  usermod: {
    destroys: '-L, --lock',
  },
};
