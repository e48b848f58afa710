import type { Program } from '../program.ts';

/** The machine: processes, kernel, hardware, clock, accounts. */
export const SYSTEM: readonly Program[] = [
  {
    names: 'printenv',
    addresses: '=*',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: printenv HOME',
  },
  {
    names: `ps pgrep pidof pstree uptime w who whoami id groups users last lastb uname nproc free
      lscpu lsmem lspci lsusb lsmod lsns lsipc ipcs getconf getent hostid neofetch fastfetch lsb_release sw_vers locale tty pmap pwdx uuidgen mcookie numastat
      sestatus getenforce getsebool ibdev2netdev
      ibstat ibstatus biosdecode screenfetch cloud-id
      aa-status finger acpi systemd-detect-virt systemd-cgls systemd-path
      systemd-escape modinfo`,
    selects: '-u -p -C -g -U -o -f -ef -aux',
    writes: '--set, --reset',
    switches: '*',
    values: '-o -u -p -C -n -U -g -s',
    otherwise: 'reads',
    examples: 'reads: ps aux\nreads: free -m\nreads: pgrep -f x\nreads: uname -a',
  },
  {
    names: 'arch',
    writes: '~*',
    otherwise: 'reads',
    examples: 'reads: arch\nwrites: arch -x86_64 brew install x',
  },
  {
    names: 'lastlog sensors vmtouch',
    values: '-u -t -b',
    switches: '-v -q -A -f -F -j',
    reads: '* !-C !-S !-s !-e !-l !-L !-d, $ !-C !-S !-s',
    examples:
      'writes: lastlog -C -u x\nreads: lastlog -u x\nwrites: sensors -s\nreads: sensors\nwrites: vmtouch -e x\nreads: vmtouch x',
  },
  {
    names: 'dmidecode lshw hwinfo inxi rocm-smi',
    longDash: true,
    values: '-t -s -C -c -class -d',
    switches:
      '-q -u -short -businfo -json -xml -html -sanitize -numeric -F -b -x -z -i -a --type --string --short --json --cpu --disk --memory --usb --network ',
    reads:
      '$, -showtemp, --showtemp, --showuse, --showid, --showmeminfo, --showproductname, --showpids, --showall',
    examples:
      'reads: dmidecode -t memory\nwrites: dmidecode --dump-bin x\nreads: lshw -short -C disk\nwrites: lshw -dump x\nwrites: rocm-smi --setsclk 3\nreads: rocm-smi --showtemp\nwrites: hwinfo --log x\nreads: inxi -F',
  },
  {
    names: 'vmstat iostat mpstat pidstat',
    values: '-p -d -o -U -C',
    switches: '*',
    writes: '--file, -e',
    otherwise: 'reads',
    endless: '* $ !-s !-V',
    examples: 'reads: vmstat 1 5\nreads endless: vmstat 1\nreads: iostat -x',
  },
  {
    names: 'sar sadf',
    values: '-f -n -s -e -P',
    switches: '*',
    writes: '-o',
    otherwise: 'reads',
    endless: '* $ !-f',
    examples:
      'reads: sar -u 1 3\nreads endless: sar -n DEV 1\nreads: sar -f x 1\nwrites: sar -o x 1 3',
  },
  {
    names: 'dstat nmon slabtop',
    values: '-o --output -w',
    switches: '*',
    writes: '-w, --output, -f',
    otherwise: 'reads',
    endless: '$ !-h !-V !--list !--version, * $',
    examples: 'reads: dstat 1 5\nreads endless: dstat -c\nreads: dstat --list',
  },
  {
    names: 'top',
    values: '-n -d -p -u -U -o -s -w',
    switches: '*',
    otherwise: 'reads',
    asks: '!-b !-l',
    asksTerminal: true,
    endless: '-b !-n',
    examples: 'reads asks: top\nreads: top -b -n1\nreads endless: top -b\nreads: top -bn1 -o %CPU',
  },
  {
    names:
      'htop btop atop glances iotop iftop nethogs bmon ctop nvtop gtop powertop s-tui bashtop intel_gpu_top radeontop',
    values: '-n -d -p -u -i -o',
    switches: '*',
    writes: '-w, --export, --output, -S',
    otherwise: 'reads',
    asks: '!-b !-t !--once !--stdout !-V',
    asksTerminal: true,
    endless: '-b !-n',
    examples: 'reads asks: htop\nreads: iotop -b -n 3',
  },
  {
    names: 'nvidia-smi',
    switches: '-L -q -a -x',
    values: '-i -d -f --query-gpu --format --id --display',
    reads: '$, topo, nvlink, pmon, dmon, -L, -q',
    writes: '-pm, -pl, -r, --gpu-reset, -mig, -e, -c, -f',
    endless: '-l, --loop, dmon !-c, pmon !-c',
    examples: 'reads: nvidia-smi\nwrites: nvidia-smi --gpu-reset\nwrites: nvidia-smi -pm 1',
  },
  {
    names: 'dcgmi rocm-bandwidth-test',
    switches: '-l -v -c',
    values: '-g -i -e -d',
    reads: 'discovery|health|dmon|topo',
    examples: 'reads: dcgmi discovery -l\nwrites: dcgmi policy --set 0',
  },
  {
    names: 'lsof',
    selects: '=* -i -p -u -c',
    values: '-i -p -u -c -d -s -n -g',
    switches: '*',
    otherwise: 'reads',
    endless: '-r',
    examples: 'reads: lsof -i :8080\nreads: lsof +L1',
  },
  {
    names: 'fuser',
    selects: '=*',
    switches: '*',
    destroys: '-k, --kill',
    does: 'ends processes',
    otherwise: 'reads',
    examples: 'reads: fuser -v 80/tcp\ndestroys: fuser -k 80/tcp',
  },
  {
    names: 'kill',
    destroys: '!-0 !-l !-L',
    reads: '-0 !-9, -l, -L',
    switches: '*',
    does: 'ends a process',
    values: '-s -n',
    examples: 'destroys: kill -9 42\nreads: kill -0 42\nreads: kill -l',
  },
  {
    names: 'killall pkill skill xkill killall5',
    destroys: '!-0 !-l, -9, -l *',
    reads: '-0 !-9, -l $',
    switches: '*',
    does: 'ends processes',
    examples: 'destroys: pkill -f x\nreads: pkill -0 nginx',
  },
  { names: 'renice wall write mesg', examples: 'writes: renice 5 42' },
  {
    names: 'dmesg',
    values: '-l -f -s -n --level --facility --since --until',
    switches: '*',
    destroys: '-c, -C, --clear, --read-clear',
    writes: '-n, -D, -E, --console-*',
    does: 'empties the kernel log',
    otherwise: 'reads',
    endless: '-w, -W, --follow, --follow-new',
    examples: 'reads: dmesg -T\ndestroys: dmesg -c\nreads endless: dmesg -w\nwrites: dmesg -n 1',
  },
  {
    names: 'sysctl',
    switches: '-a -n -N -e -q -A -X -r --all --values --names --pattern --ignore',
    writes: '-w, --write, -p, -f, --load, --system, ~*=*',
    otherwise: 'reads',
    examples:
      'reads: sysctl -n vm.swappiness\nwrites: sysctl -w vm.swappiness=1\nwrites: sysctl vm.swappiness=1\nwrites: sysctl --system',
  },
  {
    names: 'date gdate',
    values: '-d -r -f --date --reference --file -v',
    switches: '*',
    writes: '-s, --set, ~0*|1*',
    otherwise: 'reads',
    examples: 'reads: date -u +%F\nwrites: date -s 12:00\nwrites: date 112912002026',
  },
  {
    names: 'hwclock ntpdate rdate',
    hosts: '=*',
    reads: '-r, --show, -q, --get',
    examples: 'reads: hwclock --show\nwrites: hwclock -w\nwrites: ntpdate pool.ntp.org',
  },
  {
    names: 'hostname domainname',
    switches: '-f -i -I -s -d -a -A -y --fqdn --short --domain --ip-address --all-ip-addresses',
    writes: '~*, -F, -b',
    otherwise: 'reads',
    examples: 'reads: hostname -f\nwrites: hostname web-2\nreads: hostname',
  },
  {
    names:
      'hostnamectl timedatectl localectl loginctl machinectl bootctl coredumpctl resolvectl systemd-resolve networkctl busctl',
    switches: '*',
    values: '-p -o -n -M -H',
    reads:
      '$, status|show|list*|session-status|user-status|query|statistics|show-*|timesync-status|info|tree|introspect|get-property|service, dns|domain|nta|llmnr|mdns|dnssec $',
    destroys: 'terminate-*|kill-*|poweroff|remove|reboot',
    asks: 'login|shell',
    session: 'login|shell',
    examples:
      'reads: timedatectl\nreads: hostnamectl status\nwrites: hostnamectl set-hostname x\nwrites: timedatectl set-ntp true\nwrites: resolvectl flush-caches\nreads: coredumpctl list',
  },
  {
    names: 'journalctl',
    selects:
      '-u -t -g -S -U -n -p -b --unit --identifier --grep --since --until --lines --priority',
    values:
      '-u -n -S -U -p -o -t -b -D -M -g -N -F --unit --since --until --lines --priority --output --identifier --grep --boot --user-unit --case-sensitive --output-fields',
    switches: '*',
    destroys: '--vacuum-*, --rotate',
    does: 'deletes logs',
    writes:
      '--flush, --sync, --relinquish-var, --smart-relinquish-var, --setup-keys, --update-catalog, --cursor-file',
    otherwise: 'reads',
    endless: '-f, --follow',
    examples:
      'reads: journalctl -u nginx -n 50\nreads endless: journalctl -fu nginx\nreads: journalctl -u f\ndestroys: journalctl --vacuum-time=2d\nwrites: journalctl --flush',
  },
  { names: 'logger systemd-notify', examples: 'writes: logger x' },
  {
    names: 'modprobe kmod mkinitramfs update-initramfs',
    dry: '-n, --dry-run',
    reads: '--show-depends, -D, list $',
    destroys: '-r, --remove',
    examples: 'reads: modprobe -n x\nwrites: modprobe x\ndestroys: modprobe -r x',
  },
  {
    names: 'rmmod insmod kexec dracut',
    destroys: '-u, --unload',
    examples: 'writes: kexec -p x\nwrites: insmod x.ko\nwrites: rmmod x',
  },
  {
    names: 'udevadm',
    values: '-n -p -q -a --name --path --query',
    switches: '--attribute-walk',
    reads: 'info, monitor, verify',
    examples: 'reads: udevadm info -q all -n x\nwrites: udevadm trigger\nwrites: udevadm test x',
  },
  {
    names: 'ldconfig',
    reads: '-p, --print-cache',
    switches: '-v',
    examples: 'reads: ldconfig -p\nwrites: ldconfig -n x',
  },
  { names: 'depmod', reads: '-n, --dry-run', examples: 'reads: depmod -n\nwrites: depmod -a' },
  {
    names: 'shutdown poweroff halt init telinit',
    destroys: '!-c !--show',
    values: '-k',
    does: 'stops the machine',
    examples: 'destroys: shutdown -h now\nwrites: shutdown -c',
  },
  { names: 'reboot', destroys: '*', does: 'restarts the machine', examples: 'destroys: reboot' },
  {
    names:
      'setenforce setsebool semanage restorecon aa-enforce aa-complain aa-disable apparmor_parser semodule auditctl augenrules',
    reads: '-l, boolean -l, port -l, fcontext -l',
    destroys: '-D, -d, -r',
    examples: 'writes: setenforce 0\nreads: semanage port -l\ndestroys: auditctl -D',
  },
  { names: 'chcon', examples: 'writes: chcon -l s0 x' },
  {
    names: 'ausearch aureport audit2why lynis rkhunter chkrootkit clamscan',
    values: '-m -ts -te -k',
    longDash: true,
    switches: '*',
    destroys: '--remove',
    writes: '--update, --propupd, --move, update, --copy',
    otherwise: 'reads',
    examples: 'reads: ausearch -m avc -ts recent\ndestroys: clamscan --remove x',
  },
  {
    names:
      'useradd adduser addgroup groupadd usermod groupmod gpasswd chfn chpasswd newusers newgrp',
    destroys: '-L, --lock, -d, --delete',
    reads: '',
    switches: '*',
    asks: '',
    secrets: '-p --password',
    examples: 'writes: useradd -m x\nwrites: usermod -l x y\ndestroys: usermod -L x',
  },
  {
    names: 'chage chsh',
    reads: '-l, --list, --list-shells',
    asks: '',
    examples: 'reads: chage -l x\nwrites: chage -E 0 x',
  },
  {
    names: 'passwd',
    reads: '-S, --status',
    switches: '-a',
    destroys: '-d, -l, --delete, --lock',
    asks: '!-S !--status !-d !-l !-u !-e !--stdin !--lock !--delete !--unlock',
    asksTerminal: true,
    does: 'locks or opens an account',
    examples: 'reads: passwd -S root\ndestroys: passwd -l root\nwrites asks: passwd root',
  },
  {
    names: 'userdel deluser',
    destroys: '*',
    does: 'deletes an account',
    examples: 'destroys: userdel -r x',
  },
  {
    names: 'groupdel delgroup',
    destroys: '*',
    does: 'deletes a group',
    examples: 'destroys: groupdel x',
  },
  {
    names: 'faillock faillog pam_tally2',
    reads: '$, --user !--reset',
    values: '--user -u',
    writes: '--reset, -r',
    examples: 'reads: faillock --user x\nwrites: faillock --user x --reset',
  },
  {
    names: 'perf',
    reads: 'list|report|script|annotate|diff',
    runs: [{ under: 'stat' }],
    values: '-e -p',
    writes: '-o, --output',
    asks: 'top',
    endless: 'top',
    examples: 'reads: perf list\nwrites: perf record -a\ndestroys: perf stat rm x',
  },
  {
    names:
      'bpftrace bpftool sysdig opensnoop execsnoop biolatency tcplife tcptop gdb gcore pstack rbspy py-spy',
    reads: 'prog|map|net list|show',
    examples: 'reads: bpftool prog list\nwrites: bpftrace -e x',
  },
  {
    names: 'screen tmux zellij',
    values: '-s -n -c -t -x -y -S',
    runs: [
      { with: '-dm -dmS', writes: true },
      { under: 'new-session|new|new-window|neww|split-window', shell: true, writes: true },
    ],
    reads: '-ls, ls, list-sessions, list-windows, -list',
    longDash: true,
    destroys: 'kill-*',
    asks: '$ !-ls !-list !-d !-dm !-dmS !-X !-V !-S, attach|a|attach-session|new|new-session !-d',
    session:
      '$ !-ls !-list !-d !-dm !-dmS !-X !-V !-S, -S !-X !-d !-dm !-p, -r, -x, attach|a|attach-session|new|new-session !-d',
    examples:
      'reads: tmux ls\nwrites asks session: tmux\ndestroys: tmux kill-session -t x\nwrites session: screen -S x\nwrites: tmux new-session -d -s x\ndestroys: tmux new-session -d -s x "rm -rf y"\ndestroys: screen -dm rm -rf y',
  },
  { names: 'xdg-open open pbcopy xclip xsel wl-copy say notify-send', examples: 'writes: pbcopy' },
  { names: 'pbpaste wl-paste', otherwise: 'reads', examples: 'reads: pbpaste' },
  { names: 'stty reset', reads: '$, -a', examples: 'reads: stty -a\nwrites: stty -echo' },
  {
    names: 'stress stress-ng sysbench fio ioping iozone bonnie++ memtester cyclictest unixbench',
    values: '-c -s -i',
    reads: '--version',
    examples: 'writes: stress --cpu 4\nwrites: fio job.fio\nwrites: stress -c 4 -t 60',
  },
  {
    names: 'hdparm',
    reads: '-I, -i, -g, -t, -T, -C',
    destroys:
      '--security-erase, --security-erase-enhanced, --trim-sector-ranges, --write-sector, --repair-sector, --sanitize-block-erase, --sanitize-crypto-scramble, --sanitize-overwrite, --fwdownload, --dco-restore',
    examples:
      'destroys: hdparm --security-erase p /dev/sda\nreads: hdparm -I /dev/sda\nreads: hdparm -tT /dev/sda\nwrites: hdparm -y /dev/sda',
  },
];
