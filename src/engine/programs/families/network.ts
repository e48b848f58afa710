import type { Program } from '../program.ts';

/** Networks, their tools and firewalls. */
export const NETWORK: readonly Program[] = [
  {
    names: 'ss netstat dig drill lnstat ipcalc sipcalc kdig dog mdig resolve geoiplookup',
    values: '-p -t -x -f -m -q -w -i -k -s',
    hosts: '=@',
    switches: '*',
    writes: '-K, --kill, -D, --diag',
    otherwise: 'reads',
    endless: '-c !-n, --continuous, -E, --events',
    examples: 'reads: ss -lntp\nwrites: ss -K dst 1.2.3.4\nreads: dig +short a.example',
  },
  {
    // A name is asked for at the servers of this machine, unless a second operand is one.
    names: 'host nslookup',
    values: '-t -W -R -N -c',
    hosts: '=1',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: host -t mx a.example\nreads: nslookup x',
  },
  {
    names: 'whois',
    values: '-h -p -i -s',
    hosts: '-h --host',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: whois -h whois.example a.example',
  },
  {
    names: 'traceroute tracepath traceroute6',
    values: '-p -m -q -w -i -f -s',
    hosts: '=*',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: traceroute -n a.example',
  },
  {
    names: 'ntpq',
    values: '-c',
    switches: '-p -n -4 -6',
    reads:
      '-p, --peers, -c=peers|lpeers|opeers|apeers|as|associations|rv*|readvar*|readlist|rl|sysinfo|sysstats|kerninfo|mrulist|iostats|pe|version',
    session: '$ !-p !-c !--peers',
    examples: 'reads: ntpq -pn\nreads: ntpq -c rv\nwrites: ntpq -c :config',
  },
  { names: 'nstat ifstat', switches: '*', otherwise: 'reads', examples: 'reads: nstat -a' },
  {
    names: 'ping ping6 fping gping',
    hosts: '=*',
    selects: '-c -w -W',
    values: '-c -w -W -i -I -s -t -M -Q -p',
    switches: '*',
    otherwise: 'reads',
    writes: '-f',
    endless: '!-c !-w !-V !-C !-h',
    examples: 'reads: ping -c 3 x\nreads endless: ping x\nwrites: ping -c 3 -f x',
  },
  {
    names: 'mtr',
    hosts: '=*',
    values: '-c -i -s',
    switches: '*',
    writes: '-F',
    otherwise: 'reads',
    asks: '!-r !-w !--report !--report-wide !--json !-j !--csv !-l',
    endless: '-l !-c',
    examples: 'reads: mtr -rwc 10 x\nreads asks: mtr x',
  },
  {
    names: 'arp',
    reads: '$, -a, -n, -e, -v',
    writes: '-s, -f, -Ds',
    destroys: '-d',
    values: '-i',
    examples: 'reads: arp -n\ndestroys: arp -d x\nwrites: arp -s x y',
  },
  {
    names: 'arping',
    hosts: '=*',
    values: '-c -I -w -s',
    writes: '-A, -U',
    otherwise: 'reads',
    switches: '*',
    endless: '!-c !-w',
    examples: 'reads: arping -c 3 x\nwrites endless: arping -U x',
  },
  { names: 'hping3 nping scapy ettercap arpspoof tcpreplay', examples: 'writes: hping3 x' },
  {
    names: 'ip',
    values: '-n -f -family -rcvbuf',
    longDash: true,
    switches:
      '-s -br -brief -4 -6 -o -d -c -j -p -details -stats -color -json -oneline -h -a -r -t -ts -human -0',
    reads: `a|ad|addr|address|l|link|r|ro|route|rule|n|neigh|neighbour|maddr|netns|tunnel|tuntap|xfrm|mroute|vrf|netconf|ntable|tcp_metrics|nexthop $,
      a|ad|addr|address|l|link|r|ro|route|rule|n|neigh|neighbour|maddr|netns|tunnel|tuntap|xfrm|mroute|vrf|netconf|ntable|tcp_metrics|nexthop|addrlabel show|list|ls|lst|sh|get,
      a|ad|addr|address|r|ro|route|n|neigh s,
      netns identify|pids|list-id, xfrm state|policy $, xfrm state|policy list|show, route get`,
    destroys: '* del*|flush|f, l|li|link set|s|se * down, l|li|link set|s|se dev * down',
    endless: 'monitor|mon',
    runs: [
      { under: 'netns exec', after: 1 },
      { under: 'vrf exec', after: 1 },
    ],
    examples: `reads: ip addr show eth0
      reads: ip -br a
      destroys: ip addr flush dev eth0
      writes: ip addr add 10.0.0.1/24 dev eth0
      destroys: ip route del default
      destroys: ip link set eth0 down
      destroys: ip l s eth0 down
      writes: ip l s eth0 up
      reads: ip a s eth0
      writes: ip link set eth0 up
      reads: ip netns exec blue ss -lnt
      reads: ip route get 1.1.1.1`,
  },
  {
    names: 'ifconfig',
    switches: '-a -s -v',
    destroys: '* down',
    writes: '* *',
    otherwise: 'reads',
    examples: 'reads: ifconfig eth0\ndestroys: ifconfig eth0 down\nwrites: ifconfig eth0 10.0.0.1',
  },
  {
    names: 'route',
    reads: '$',
    switches: '-n -e -v -6',
    destroys: 'del|flush',
    examples: 'reads: route -n\ndestroys: route del default\nwrites: route add x',
  },
  {
    names: 'ethtool',
    switches: '',
    reads: '* $, -S, -i, -k, -g, -a, -c, -l, -m, -T, -P, -d, --show-*, --statistics, --driver',
    examples: 'reads: ethtool eth0\nwrites: ethtool -K eth0 tso off\nreads: ethtool -S eth0',
  },
  {
    names: 'tc',
    switches: '-s -d -p',
    reads: 'qdisc|class|filter show|list|ls, qdisc $',
    destroys: '* del|delete|flush',
    examples:
      'reads: tc -s qdisc show dev eth0\ndestroys: tc qdisc del dev eth0 root\nwrites: tc qdisc add dev eth0',
  },
  {
    names: 'brctl bridge',
    reads: 'show*, * show, link $, fdb $',
    destroys: 'delbr|delif, * del',
    examples: 'reads: brctl show\ndestroys: brctl delbr x',
  },
  {
    names: 'nmcli',
    values: '-f -g -m -t -c --fields',
    switches: '-t -p',
    reads:
      '$, d|dev|device $, d|dev|device|c|con|connection|g|general|networking status|show|list|s|wifi, general $, r|radio $, c|con|connection $',
    destroys: 'c|con|connection|d|dev|device delete|down|disconnect|del, networking off',
    writes: 'd|dev|device wifi connect|hotspot',
    asks: 'c|con|connection edit',
    endless: 'monitor',
    examples: 'reads: nmcli con show\ndestroys: nmcli con down x\nwrites: nmcli con up x',
  },
  {
    names: 'netplan nmtui ifup wpa_cli rfkill iw iwconfig dhclient dhcpcd',
    reads: 'get|status|list, dev|* info|link',
    asks: 'try',
    examples: 'writes: netplan apply\nreads: netplan get',
  },
  {
    names: 'ifdown',
    destroys: '*',
    does: 'takes an interface down',
    examples: 'destroys: ifdown eth0',
  },
  {
    names: 'iptables ip6tables iptables-legacy iptables-nft ebtables arptables',
    values: '-t --table -w -W',
    switches: '-n -v -x --line-numbers --numeric --exact',
    reads: '-L, -S, --list, --list-rules, -C, --check',
    destroys: '-F, -X, -D, -Z, -P, --flush, --delete, --delete-chain, --policy, --zero',
    does: 'takes rules away',
    examples: `reads: iptables -L -n -v
      reads: iptables -nvL INPUT
      destroys: iptables -F
      writes: iptables -A INPUT -j DROP
      writes: iptables -L -A INPUT`,
  },
  {
    names: 'iptables-save ip6tables-save',
    values: '-t',
    switches: '-c',
    writes: '-f',
    otherwise: 'reads',
    examples: 'reads: iptables-save -t nat',
  },
  {
    names: 'iptables-restore ip6tables-restore',
    dry: '-t, --test',
    destroys: '*',
    does: 'replaces the rules',
    examples: 'destroys: iptables-restore x\nreads: iptables-restore --test x',
  },
  {
    names: 'nft',
    switches: '-a -n -s -j',
    dry: '-c',
    reads: 'list, monitor',
    destroys: 'delete|flush|destroy|reset',
    endless: 'monitor',
    session: '-i',
    examples: 'reads: nft list ruleset\ndestroys: nft flush ruleset\nwrites: nft add rule x',
  },
  {
    names: 'ipset conntrack',
    switches: '-n',
    reads: 'list|test, -L, -l, -ln, -Ln, -S, -C',
    destroys: 'destroy|flush|del, -D, -F, -d, -E',
    examples: 'reads: ipset list\ndestroys: conntrack -F\nwrites: ipset add x y',
  },
  {
    names: 'ipvsadm',
    switches: '-n --stats --rate --timeout --daemon --exact',
    reads: '-L, -l, -S, --list, --save',
    destroys: '-C, --clear, -D, -d, --delete-service, --delete-server, -Z, --zero',
    examples: 'reads: ipvsadm -Ln\ndestroys: ipvsadm -C',
  },
  {
    names: 'ufw',
    dry: '--dry-run',
    reads: 'status|show|version, app list|info',
    destroys: 'delete|reset|disable',
    asks: 'reset|enable',
    answers: '--force',
    examples: 'reads: ufw status verbose\ndestroys: ufw disable\nwrites: ufw allow 22',
  },
  {
    names: 'firewall-cmd',
    switches: '--permanent',
    values: '--zone --timeout',
    reads: '--list-*, --get-*, --state, --query-*, --info-*, --check-config',
    destroys: '--remove-*, --delete-*, --panic-on, --reset-to-defaults',
    examples:
      'reads: firewall-cmd --list-all\ndestroys: firewall-cmd --remove-port=80/tcp\nwrites: firewall-cmd --reload\nwrites: firewall-cmd --list-all --reload',
  },
  {
    names: 'pfctl',
    writes: '-f, -R, -A, -N',
    reads: '-s, -sr, -sn',
    destroys: '-F, -d, -k',
    values: '-s -f',
    examples: 'reads: pfctl -s rules\ndestroys: pfctl -F all\nwrites: pfctl -f x',
  },
  {
    names: 'tcpdump tshark',
    values: '-i -c -s -r -D -w -W -C -G -z -F -y -Y -f -e -T -a --interface',
    switches: '*',
    writes: '-w, -z, -C, -G, -W, -o, -k',
    otherwise: 'reads',
    endless: '!-c !-r !-D !-a !-L',
    examples:
      'reads: tcpdump -ni eth0 -c 10\nwrites: tcpdump -w x.pcap -c 10\nreads endless: tcpdump -ni eth0\nreads: tcpdump -r x.pcap',
  },
  {
    names: 'ngrep',
    values: '-d -n -s -S -W -I -O',
    switches: '-q -t -i -v -x -l -w -p',
    writes: '-O',
    otherwise: 'reads',
    endless: '!-n !-I',
    examples: 'reads: ngrep -d eth0 -n 5 x\nwrites endless: ngrep -O x',
  },
  {
    names: 'tcpflow dumpcap',
    values: '-i -c',
    endless: '!-c !-r',
    examples: 'writes endless: tcpflow -i eth0\nwrites: dumpcap -c 10',
  },
  {
    names: 'nmap masscan zmap rustscan',
    hosts: '=*',
    values:
      '-p -iL -T -e -S -D -g --exclude --top-ports --max-rate -oN -oX -oG -oA -PS -PA -PU --host-timeout --max-retries',
    longDash: true,
    switches:
      '-sn -sT -sS -sV -sP -sL -Pn -n -R -F -v -vv -A -O -6 -r -d -p- -T2 -T3 -T4 --open --reason --packet-trace -sU -sC',
    writes: '-oN, -oX, -oG, -oA, --script*, -sC, -A, --resume',
    otherwise: 'reads',
    examples: 'reads: nmap -p 22,80 x\nwrites: nmap -oN out x\nwrites: nmap --script=vuln x',
  },
  {
    names: 'nc ncat netcat socat telnet',
    hosts: '=0',
    values: '-w -p -s -q -i -X -x -o -e -c',
    switches: '-z -v -n -u -4 -6 -t -N -d',
    reads: '-z',
    session: '* * !-z !-l, * $ !-l !-z',
    endless: '-l, -k',
    examples: `reads: nc -zv db 5432
      writes endless: nc -l 4444 -e /bin/sh
      writes session: nc db 5432
      writes: echo stats | nc db 11211
      writes session: telnet db 25`,
  },
  {
    names: 'iperf iperf3 qperf netperf speedtest speedtest-cli ib_write_bw ib_read_bw',
    values: '-c -p -t -P -i',
    reads: '--list',
    endless: '-s !-1 !-D',
    examples: 'writes: iperf3 -c x\nwrites endless: iperf3 -s',
  },
  {
    names: 'chronyc',
    switches: '-n -N -c -a',
    values: '-h',
    reads: '$, tracking|sources|sourcestats|activity|ntpdata|serverstats|clients|waitsync',
    session: '$',
    examples: 'reads: chronyc tracking\nwrites: chronyc makestep',
  },
  { names: 'wg', reads: '$, show|showconf', examples: 'reads: wg show\nwrites: wg set x' },
  {
    names:
      'wg-quick openvpn tailscale ipsec swanctl strongswan zerotier-cli cloudflared nebula ngrok',
    reads:
      'status|ip|ping|netcheck|version|statusall|info|listpeers|listnetworks|whois, --list-sas, --stats, tunnel list|info, --list-*',
    destroys: 'down|logout|stop, tunnel delete|cleanup, --terminate',
    endless: '',
    examples: 'reads: tailscale status\ndestroys: wg-quick down wg0\nwrites: wg-quick up wg0',
  },
  {
    names: 'snmpwalk snmpget snmpbulkwalk snmptable snmpstatus klist kvno',
    addresses: '=0',
    values: '-v -c -u -A -X -a -x -l -H -D -b -s -w -y -h -p',
    switches: '*',
    secrets: '-c -A -X -w',
    writes: '-f',
    otherwise: 'reads',
    examples: 'reads: snmpwalk -v2c -c public x',
  },
  {
    names: 'ldapsearch ldapwhoami ldapcompare ldapurl',
    values: '-a -b -D -e -E -f -h -H -l -o -O -p -P -R -s -S -T -U -w -X -y -Y -z',
    switches: '*',
    secrets: '-w',
    writes: '-t, -tt, -T',
    otherwise: 'reads',
    examples:
      'reads: ldapsearch -x -H ldap://x -b dc=x\nreads: ldapwhoami -x -D cn=x -w geheim\nwrites: ldapsearch -x -t -b dc=x',
  },
  {
    names: 'rpcinfo',
    hosts: '=*',
    reads: '-p, -s, $, -u, -t, -l, -T',
    examples: 'reads: rpcinfo -p\nwrites: rpcinfo -d 1 2',
  },
  {
    names:
      'snmpset ldapadd ldapmodify ldappasswd smbclient rpcclient winexe smbget kinit kadmin kadmin.local samba-tool realm net',
    writes: '-c, -q=*;*',
    values: '-w -D -H -U -c -p -q',
    secrets: '-w -U: -U% --user%',
    reads: '-L, list|info|testparm, -q=get*|list*',
    destroys: 'leave, * delete',
    asks: '',
    examples:
      'writes: ldapmodify -f x\nwrites: kinit x\nreads: kadmin -q listprincs\nwrites: kadmin -q "listprincs; delprinc x"',
  },
  { names: 'ldapdelete kdestroy', destroys: '*', examples: 'destroys: ldapdelete x' },
  {
    names: 'vtysh birdc gobgp',
    values: '-c -d',
    reads: '-c=show*, show, global|neighbor $',
    session: '$ !-c',
    examples: 'reads: vtysh -c "show ip bgp"\nwrites session: vtysh\nwrites: vtysh -c "conf t"',
  },
];
