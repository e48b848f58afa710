import { unquoted } from '../arguments.ts';
import { type Judgement, verdict, worse } from '../judgement.ts';
import type { Door, Program, Use } from '../program.ts';

/** Files and folders. */
export const FILES: readonly Program[] = [
  {
    names: `ls dir vdir exa eza lsd stat du dust realpath readlink pwd which whereis namei lsattr getfacl getcap
      mountpoint locate mlocate plocate pathchk readelf objdump nm size addr2line`,
    selects: '=*',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: ls -la /srv\nreads: du -sh x\nreads: which kubectl',
  },
  {
    // It may start the program that it is asked about.
    names: 'ldd',
    addresses: '=*',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: ldd -v /bin/ls',
  },
  {
    names: 'file',
    switches: '*',
    values: '-m -f',
    writes: '-C, --compile',
    otherwise: 'reads',
    examples: 'reads: file -b x\nwrites: file -C -m x',
  },
  {
    names: 'tree',
    values: '-L -I -P --filelimit',
    switches: '*',
    writes: '-o, -R',
    otherwise: 'reads',
    examples: 'reads: tree -L 2 x\nwrites: tree -o out',
  },
  {
    names: 'rm',
    destroys: '*',
    does: 'deletes',
    asks: '-i, -I, --interactive',
    answers: '-f --force',
    examples:
      'destroys: rm -rf x\ndestroys: \\rm x\ndestroys: /bin/rm x\ndestroys: "rm" x\nreads: rm --help\ndestroys asks: rm -i x',
  },
  {
    names: 'rmdir unlink trash-put srm',
    destroys: '*',
    does: 'deletes',
    examples: 'destroys: rmdir x',
  },
  { names: 'rimraf del-cli', destroys: '*', examples: 'destroys: rimraf x' },
  { names: 'shred', destroys: '*', does: 'overwrites for good', examples: 'destroys: shred -u x' },
  {
    names: 'truncate',
    values: '-s -r --size --reference',
    destroys: '*',
    does: 'cuts files',
    examples: 'destroys: truncate -s 0 x',
  },
  {
    names: 'cp mv',
    values: '-t -S --target-directory --suffix',
    destroys: '/dev/null, ~/dev/null',
    does: 'empties or throws away the file',
    asks: '-i, --interactive',
    answers: '-f -n',
    examples:
      'writes: cp a b\ndestroys: cp /dev/null x\ndestroys: mv x /dev/null\nwrites asks: cp -i a b',
  },
  {
    names:
      'ln install mkdir mkfifo mknod touch mktemp chmod chown chgrp chattr setfacl setcap updatedb',
    examples: 'writes: mkdir -p x\nwrites: chmod 600 x\nwrites: touch x',
  },
  {
    names: 'find gfind',
    selects: '-name -iname -path -ipath -user -group -mtime -mmin -newer -size -type -maxdepth',
    longDash: true,
    judge: judgeFind,
    examples: `reads: find /tmp -name '*.log' -mtime +7 -print0
      destroys: find /tmp -delete
      destroys: find /tmp -exec rm -f {} +
      reads: find /tmp -exec ls -l {} \\;
      writes: find /tmp -fprintf out %p
      writes: find /tmp -exec chmod 600 {} \\;
      writes: find . -unheard-of
      reads: find . ( -name a -o -name b ) -newer x`,
  },
  {
    names: 'fd fdfind',
    values: '-e -t -d -E --extension --type --max-depth --exclude',
    switches: '*',
    judge: judgeFd,
    otherwise: 'reads',
    examples: 'reads: fd -e log\nwrites: fd -x touch\ndestroys: fd -e log -X rm\nreads: fd -x ls',
  },
  {
    names: 'tar gtar bsdtar',
    addresses: '=*',
    judge: judgeTar,
    examples: `reads: tar tzf x.tgz
      reads: tar -tvf x.tar
      writes: tar czf x.tgz y
      writes: tar xf x.tar
      writes: tar -tf x --checkpoint-action=exec=sh
      destroys: tar --remove-files -cf x y
      destroys: tar --delete -f x y`,
  },
  {
    names: 'unzip',
    files: '-p=* -c=*',
    values: '-d -x -P',
    switches: '-q -qq -o -j -C',
    reads: '-l, -t, -Z, -v, -z, -p, -c',
    secrets: '-P',
    examples: 'reads: unzip -l x.zip\nwrites: unzip x.zip',
  },
  {
    names: `gzip gunzip bzip2 bunzip2 xz unxz lzma zstd unzstd lz4 pigz unpigz pbzip2 brotli compress uncompress`,
    values: '-T -S -o',
    switches: '-d -k -v -q -f -1 -9 --decompress --keep',
    reads: '-c !-o, -l, -t, --stdout !-o, --list, --test, < $ !-o',
    examples:
      'reads: gunzip -c x.gz\nwrites: gunzip x.gz\nreads: gzip -l x.gz\nreads: cat x | gzip',
  },
  {
    names: '7z 7za 7zr rar unrar ar cpio pax',
    values: '-p -P',
    reads: 'l|t|v, -t, -sf',
    destroys: '-d, -m, d',
    secrets: '-P -p…',
    examples: 'writes: ar r x.a y\nreads: 7z l x.7z\ndestroys: 7z d x.7z y',
  },
  {
    names: 'zip',
    values: '-P --password',
    reads: '-sf, -T !-m',
    switches: '-r -q',
    destroys: '-d, -m, --delete, --move',
    secrets: '-P --password',
    examples: 'writes: zip -r x.zip y\nwrites: zip -t 01012024 x.zip y\ndestroys: zip -d x.zip y',
  },
  {
    names: 'dd',
    files: '=*',
    judge: judgeDd,
    examples:
      'destroys: dd if=/dev/zero of=/dev/sda bs=1M\nwrites: dd if=x of=y\nreads: dd if=/dev/sda bs=1M count=1\nwrites: dd if=x of=/dev/null of=y',
  },
  {
    names: 'inotifywait fswatch',
    values: '-e -t -r --exclude --format --timefmt --event --timeout',
    switches: '*',
    writes: '-o, --outfile, -d, --daemon',
    otherwise: 'reads',
    endless: '-m, --monitor',
    examples: 'reads endless: inotifywait -m x\nreads: inotifywait -e close_write x',
  },
  {
    names: 'cmark pandoc envtpl gomplate ytt jsonnet cue',
    switches: '-n',
    examples: 'writes: pandoc -o x.pdf x.md',
  },
  {
    names: 'rsnapshot logrotate',
    dry: '-d, --debug, -t',
    reads: 'configtest',
    examples: 'reads: logrotate -d /etc/logrotate.conf\nwrites: logrotate -f /etc/logrotate.conf',
  },
];

const FIND_LOOKS = new Set(
  `name iname path ipath wholename iwholename lname ilname regex iregex type xtype size mtime mmin atime
  amin ctime cmin newer anewer cnewer perm user group uid gid empty maxdepth mindepth mount xdev x depth d
  print print0 printf ls prune quit not a and o or true false follow H L P E s f links inum samefile
  readable writable executable nouser nogroup daystart regextype fstype used noleaf ignore_readdir_race
  noignore_readdir_race warn nowarn D O1 O2 O3 context help version`.split(/\s+/),
);

function judgeFind({ args }: Use, door: Door): Judgement {
  let worst = verdict('reads', '`find` only reads');
  const where = args
    .filter((arg) => !/^[-(!]/.test(arg))
    .slice(0, 1)
    .map(unquoted)
    .join(' ');
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!/^-./.test(arg)) continue;
    const name = arg.slice(1);
    if (name === 'delete') return verdict('destroys', '`find` deletes what it finds', where);
    if (/^(?:exec|execdir|ok|okdir)$/.test(name)) {
      const end = args.findIndex((word, index) => index > at && /^(?:\\?;|\+)$/.test(word));
      const inner = door.words(args.slice(at + 1, end < 0 ? args.length : end));
      worst = worse(
        worst,
        inner.effect === 'destroys'
          ? { ...inner, why: '`find` deletes what it finds', target: where }
          : inner,
      );
      at = end < 0 ? args.length : end;
    } else if (!FIND_LOOKS.has(name) && !/^newer[aBcmt]{2}$|^\d+$/.test(name))
      worst = worse(worst, verdict('writes', `\`find ${arg}\` may change something`));
    else if (/name|path|regex|size|perm|min$|time$|printf/.test(name)) at += 1;
  }
  return worst;
}

/** What stands behind `-x` is a command; it may end with `;` only where options follow. */
function judgeFd({ args }: Use, door: Door): Judgement | undefined {
  const at = args.findIndex((arg) => /^(?:-[xX]|--exec|--exec-batch)$/.test(arg));
  if (at < 0) return undefined;
  return worse(verdict('reads', '`fd` only reads'), door.words(args.slice(at + 1)));
}

const TAR_ACTS =
  /^--(?:checkpoint-action|to-command|use-compress-program|rsh-command|info-script|new-volume-script|index-file|rmt-command|[iI]$)/;

function judgeTar({ args }: Use): Judgement | undefined {
  if (args.some((arg) => /^--(?:remove-files|delete|recursive-unlink|unlink-first)/.test(arg)))
    return verdict('destroys', '`tar` deletes', args.at(-1) ?? '');
  const [mode = ''] = args;
  const lists =
    (/^-?[A-Za-z]{1,20}$/.test(mode) && mode.includes('t')) ||
    args.some((arg) => /^(?:--list|-t)$/.test(arg));
  const acts = args.some((arg) => TAR_ACTS.test(arg) || /^-[IF]/.test(arg));
  const also =
    /^-?[A-Za-z]*[xcruAIF]/.test(mode) ||
    args.some((arg) => /^(?:-[xcruA]|--(?:extract|create|append|update|get))/.test(arg));
  return lists && !acts && !also ? verdict('reads', '`tar t` only reads') : undefined;
}

function judgeDd({ words }: Use): Judgement | undefined {
  const files = words.filter((word) => word.startsWith('of=')).map((word) => word.slice(3));
  const device = files.find((file) => file.startsWith('/dev/') && file !== '/dev/null');
  if (device !== undefined) return verdict('destroys', '`dd` overwrites a device', device);
  return files.every((file) => file === '/dev/null')
    ? verdict('reads', '`dd` only reads')
    : undefined;
}
