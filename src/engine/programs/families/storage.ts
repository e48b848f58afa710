import type { Program } from '../program.ts';

/** Disks, volumes and file systems. */
export const STORAGE: readonly Program[] = [
  {
    names:
      'df lsblk findmnt lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan lsscsi nfsstat nfsiostat xfs_info repquota quota dumpe2fs',
    selects: '=*',
    writes: '-z, --cache, --mknodes',
    switches: '*',
    values: '-t -x -o -S',
    otherwise: 'reads',
    examples: 'reads: df -h\nreads: lsblk -f\nreads: lvs -a',
  },
  {
    names: 'showmount',
    hosts: '=*',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: showmount -e files',
  },
  {
    names: 'blkid',
    selects: '=*',
    switches: '*',
    values: '-o -s -t -L -U -c',
    writes: '-w, -g',
    otherwise: 'reads',
    examples: 'reads: blkid /dev/sda',
  },
  {
    names: 'mount',
    values: '-t -o -L -U',
    reads: '$ !-a !-o, -l $',
    examples:
      'reads: mount\nwrites: mount /dev/x /mnt\nreads: mount -t nfs\nwrites: mount -a\nreads: mount -l',
  },
  {
    names: 'cryptsetup dmsetup',
    reads: 'status|luksDump|isLuks|ls|info|table|luksUUID|version',
    destroys: 'luksFormat|erase|luksErase|luksRemoveKey|remove|remove_all|luksKillSlot',
    asks: 'luksFormat|luksOpen|open|luksAddKey',
    answers: '-q --key-file',
    examples:
      'writes: cryptsetup resize x\nreads: cryptsetup status x\ndestroys asks: cryptsetup luksFormat /dev/x',
  },
  {
    names: 'umount fusermount',
    examples: 'writes: umount /mnt\nwrites: umount -a\nwrites: umount -l /mnt',
  },
  {
    names: 'losetup kpartx partprobe partx',
    values: '-O --output -j',
    switches: '-n -J -v',
    reads: '-l !-d !-D !-a, -l $, --list $, -a $ !-d, -j, -s $',
    destroys: '-d, -D, --detach, --detach-all, --delete',
    examples:
      'reads: losetup -a\nwrites: partprobe\ndestroys: losetup -d /dev/loop0\nreads: kpartx -l x',
  },
  {
    names:
      'mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap newfs',
    dry: '-n',
    destroys: '*',
    does: 'formats',
    values: '-t -L -b -m',
    examples: 'destroys: mkfs.ext4 /dev/sdb1\ndestroys: mkswap /dev/sdb2',
  },
  {
    names: 'wipefs',
    reads: '$, -n',
    destroys: '-a, -o, --all',
    does: 'erases',
    otherwise: 'reads',
    examples: 'destroys: wipefs -a /dev/sdb\nreads: wipefs /dev/sdb',
  },
  {
    names: 'blkdiscard sg_format nwipe',
    destroys: '*',
    does: 'erases',
    examples: 'destroys: blkdiscard /dev/sdb',
  },
  {
    names: 'fdisk sfdisk gdisk parted cfdisk',
    switches: '-s --script',
    reads: '-l, --list, -d, --dump, -p, * print|unit, -s $',
    destroys: 'rm, * rm|mklabel|mkpart|resizepart, -Z, --zap-all, --delete, -o',
    does: 'changes a partition table',
    asks: '!-l !-s !--script !-d !-n !-p',
    otherwise: 'destroys',
    examples:
      'reads: fdisk -l\ndestroys asks: fdisk /dev/sda\ndestroys: parted -s /dev/sda mklabel gpt',
  },
  {
    names: 'sgdisk',
    destroys: '-d, -Z, --zap-all, --delete, -o, --clear, -z, --zap',
    values: '-i -d -n -t -b -c --info --delete --new --typecode --backup',
    reads:
      '-p !-d !-n !-t !-b !-c, -v !-d !-n !-t !-b, -i !-d !-n !-t !-b, --print, --verify, --info, -P',
    otherwise: 'destroys',
    does: 'changes a partition table',
    examples: 'reads: sgdisk -p x\ndestroys: sgdisk -d 1 x\ndestroys: sgdisk -p -d 1 x',
  },
  {
    names: 'fsck fsck.ext4 fsck.xfs e2fsck xfs_repair btrfsck ntfsfix fsfreeze',
    reads: '-n, -N',
    destroys: '',
    asks: '!-n !-y !-p !-a !-N',
    switches: '-f -v -c',
    examples: 'reads: fsck -n /dev/sda1\nwrites: fsck -y /dev/sda1',
  },
  {
    names:
      'tune2fs resize2fs xfs_growfs growpart debugfs e2label btrfs setquota edquota quotaon quotaoff',
    reads:
      '-l, filesystem df|show|usage, subvolume list|show, device stats, scrub status, --dry-run, -N',
    destroys: 'subvolume delete, device remove|delete',
    dry: '--dry-run, -N',
    examples:
      'reads: tune2fs -l /dev/sda1\nwrites: resize2fs /dev/sda1\ndestroys: btrfs subvolume delete x',
  },
  {
    names:
      'lvcreate lvextend lvchange lvconvert lvrename vgcreate vgextend vgchange vgscan pvcreate pvresize pvmove pvscan vgreduce',
    dry: '-t, --test',
    destroys: '-an, -a=n, --removemissing',
    asks: '',
    examples:
      'writes: lvextend -L+5G x\nwrites: pvcreate /dev/sdb\ndestroys: vgreduce --removemissing vg',
  },
  {
    names: 'lvresize',
    values: '-L --size -l --extents',
    dry: '-t, --test',
    writes: '-L=+*, --size=+*, -l=+*, --extents=+*',
    destroys: '*',
    does: 'may cut off the end of a volume',
    asks: '!-y !-f !--yes !--force',
    examples: 'destroys asks: lvresize -L 5G x\ndestroys: lvresize -y -L -5G x',
  },
  {
    names: 'lvreduce',
    values: '-L --size -l --extents',
    dry: '-t, --test',
    destroys: '*',
    does: 'cuts off the end of a volume',
    asks: '!-y !-f !--yes !--force',
    examples: 'destroys asks: lvreduce -L 5G x\ndestroys: lvreduce -f -L -5G x',
  },
  {
    names: 'lvremove vgremove pvremove',
    destroys: '*',
    does: 'removes a volume',
    asks: '!-y !-f !--yes !--force',
    examples: 'destroys asks: lvremove x\ndestroys: lvremove -f x',
  },
  {
    names: 'mdadm',
    switches: '-v -q',
    reads: '--detail, -D, --examine, -E, -Q, --query, --misc -D',
    destroys: '--stop, --remove, --zero-superblock, -S, -r, --fail, -f',
    examples:
      'reads: mdadm --detail /dev/md0\ndestroys: mdadm --stop /dev/md0\nwrites: mdadm --add /dev/md0 /dev/sdb',
  },
  {
    names: 'smartctl nvme',
    values: '-d -t -l -n -T',
    switches: '-a -A -H -i -x -c -q --all --info --health --xall --scan',
    reads:
      '-a, -A, -H, -i, -x, -l, -c, --all, --health, --scan, --info, list|smart-log|id-ctrl|id-ns|error-log|show-regs',
    destroys: 'format|sanitize|reset',
    writes: '-t, -s, -o, -S, -X',
    examples:
      'reads: smartctl -a /dev/sda\nwrites: smartctl -t long /dev/sda\ndestroys: nvme format /dev/nvme0',
  },
  {
    names: 'swapon',
    reads: '$ !-a, -s, --show, --summary',
    switches: '--noheadings --bytes',
    examples: 'reads: swapon --show\nwrites: swapon -a',
  },
  {
    names: 'swapoff',
    destroys: '*',
    does: 'takes swap space away',
    examples: 'destroys: swapoff -a',
  },
  {
    names: 'zpool',
    switches: '-v -H -p -P -L -x -g -T',
    values: '-o -d',
    reads: 'status|list|iostat|history|get|events|version',
    destroys: 'destroy|labelclear|remove|detach|offline|export|split',
    writes: '-c',
    endless: 'iostat * $',
    examples: 'reads: zpool status -v\ndestroys: zpool destroy tank\nwrites: zpool scrub tank',
  },
  {
    names: 'zfs',
    switches: '-H -r -p -t -v -s',
    values: '-o -t -s -S -d',
    reads: 'list|get|diff|holds|userspace|groupspace|version',
    dry: 'destroy -n',
    destroys: 'destroy|rollback, recv|receive -F',
    does: 'takes away',
    examples:
      'reads: zfs list -t snapshot\ndestroys: zfs destroy tank/x\ndestroys: zfs rollback tank/x@y\nwrites: zfs snapshot tank/x@z',
  },
  {
    names: 'ceph',
    values: '-f --format -n --name -c --conf --cluster -o -i',
    switches: '-s',
    reads:
      'status|-s|df, health $, health detail|versions|report|version, osd tree|df|stat|dump|perf|ls|find|metadata|safe-to-destroy|ok-to-stop|getcrushmap, osd pool get|ls|stats|get-quota|autoscale-status, pg stat|dump|ls|query|dump_stuck, * query, mon stat|dump, mds stat|dump, fs ls|status|get, auth list|ls|get, mgr dump|services|metadata|stat, mgr module ls, config get|dump|show|ls, log last, crash ls|info|stat, orch ls|ps|status, device ls, -s, -w, fs volume|subvolume ls, telemetry show',
    writes:
      'auth get -o, osd pool create|set|rename|application|mksnap, osd pool set-quota, mgr module enable|disable, osd getcrushmap -o',
    destroys:
      'osd rm|purge|destroy|out|down|lost, osd crush remove|rm, osd pool delete|rm, mon remove|rm, auth del|rm, fs rm|fail|reset, orch rm, crash rm|archive-all, config rm',
    endless: '-w, --watch*',
    session: '$ !-s !-w !-v',
    examples:
      'reads: ceph -s\nreads: ceph osd tree\ndestroys: ceph osd out 3\ndestroys: ceph osd purge 3\nwrites: ceph osd pool create x\nreads endless: ceph -w\nwrites: ceph config set x y z',
  },
  {
    names: 'rbd rados radosgw-admin cephadm ceph-volume rook',
    values: '-p --pool -n --uid --bucket',
    reads:
      'ls|info|du|status|df|lspools|stat|version, * list|ls|stat|status|info|show, lvm list, user info',
    destroys:
      'rm|remove|purge, * rm|remove|purge|delete, snap rollback|purge|rm, lvm zap, bucket rm, purge',
    examples:
      'reads: rbd ls\ndestroys: rbd rm x\nwrites: rbd create x\ndestroys: ceph-volume lvm zap /dev/x',
  },
  {
    names: 'gluster drbdadm drbdsetup multipath multipathd targetcli',
    values: '-m -k -T -p',
    reads: 'volume info|status, peer status, status, -ll, -l, show, cstate|dstate|role',
    destroys:
      'volume stop|delete|remove-brick|reset, peer detach, -F, -f, down|detach|invalidate|wipe-md|secondary, --discard-my-data, ~--overwrite-data-of-peer, ~--discard-my-data, primary --force, --logout',
    examples:
      'reads: gluster volume info\ndestroys: gluster volume delete x\nreads: multipath -ll\ndestroys: drbdadm -- --overwrite-data-of-peer primary r',
  },
  {
    names: 'iscsiadm',
    values: '-m --mode -T -p -r -P -t',
    reads:
      '-m=session !-u !-R !-o, --mode=session !-u !-R !-o, -m=iface|node|discovery $ !-l !-L !-u !-U !-o !-t !--login !--logout !--op !-R',
    destroys: '-u, -U, --logout, --logoutall',
    examples:
      'reads: iscsiadm -m session\nwrites: iscsiadm -m node -T x -l\ndestroys: iscsiadm -m node -T x -u',
  },
  {
    names: 'ipmitool racadm storcli storcli64 perccli perccli64 hpssacli ssacli hpacucli',
    values: '-H -U -P -I -L',
    secrets: '-P',
    reads:
      'sdr $, sdr list|elist|type|get|info, sel list|elist|info, sensor $, sensor list|get|reading, chassis status, power status, fru $, fru print|list, mc info, lan print, user list, getsysinfo|getsel, show, * show',
    destroys:
      'power off|cycle|reset|soft, chassis power off|cycle|reset|soft, sel clear, mc reset, serveraction, ~delete|del|erase',
    session: 'sol activate',
    examples:
      'reads: ipmitool -H h -U u -P p sdr\ndestroys: ipmitool power cycle\nwrites session: ipmitool sol activate\ndestroys: ssacli ctrl slot=0 ld 2 delete forced\ndestroys: perccli /c0/vall del force',
  },
  {
    names: 'megacli MegaCli megacli64 MegaCli64 megaclisas-status',
    longDash: true,
    switches: '-aALL -a0 -a1 -LALL -lALL -L0 -NoLog -nolog',
    reads:
      '-LDInfo, -PDList, -PDInfo, -AdpAllInfo, -CfgDsply, -LDPDInfo, -ShowSummary, -EncInfo, -PdGetMissing',
    destroys:
      '-CfgLdDel, -CfgClr, -CfgForeign, -CfgEachDskRaid0, -PDOffline, -PDMarkMissing, -PdMarkMissing, -PDPrpRmv, -PdPrpRmv, -PDClear, -PDMakeJBOD, -LDInit, -AdpFacDefSet, -DiscardPreservedCache',
    does: 'takes away or interrupts',
    examples:
      'reads: megacli -LDInfo -LALL -aALL\ndestroys: megacli -CfgLdDel -L1 -a0\ndestroys: MegaCli64 -PDOffline -PhysDrv [32:1] -a0\nwrites: megacli -PDRbld -Start -PhysDrv [32:1] -a0',
  },
];
