import { unquoted } from '../arguments.ts';
import { onlyPrints } from '../awk-script.ts';
import { isHarmlessFile, type Judgement, NOTHING, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given, valuesOf } from '../rules.ts';
import { onlyEdits } from '../sed-script.ts';

/** What looks at text and changes it on its way. */
export const TEXT: readonly Program[] = [
  {
    names: `cat tac zcat gzcat bzcat xzcat nl cut paste join comm cmp colordiff zdiff zcmp
      icdiff delta fold fmt rev column pr expand unexpand od hexdump hd base32 basenc gron
      lolcat nroff tsort strings`,
    files: '=*',
    switches: '*',
    values: '-a -d -f -n -s -w -N -b -c -t',
    reads: '*',
    examples: 'reads: cat /etc/hosts\nreads: cut -d: -f1 x',
  },
  {
    names: `wc tr md5sum sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5 b2sum cksum sum
      look numfmt cal envsubst jo figlet cowsay ts`,
    switches: '*',
    values: '-a -d -f -n -s -w -N -b -c -t',
    reads: '*',
    examples: 'reads: wc -l x\nreads: sha256sum -c sums',
  },
  {
    names: 'diffstat zstdcat lz4cat',
    files: '=*',
    switches: '*',
    writes: '-o, --output',
    otherwise: 'reads',
    examples: 'reads: zstdcat x.zst\nwrites: diffstat -o out x',
  },
  {
    names: 'grep egrep fgrep zgrep zegrep bzgrep xzgrep ag ack ugrep',
    files: '=1+ -e=* --regexp=* -f=* --file=*',
    selects: '-e -m -A -B -C --regexp --max-count --include --exclude --context',
    values:
      '-A -B -C -m -e -f -d -D --include --exclude --exclude-dir --max-count --regexp --file --color',
    switches: '*',
    writes: '--pager, --save-config, --filter',
    otherwise: 'reads',
    leaves: '-m, -q, --max-count, --quiet, --silent',
    examples: 'reads: grep -rn x .\nreads: zgrep x a.gz',
  },
  {
    names: 'rg',
    files: '=1+ -e=* --regexp=* -f=* --file=*',
    selects: '-e -m -A -B -C -g -t --glob --type --max-count',
    values: '-A -B -C -m -e -f -g -t -T --max-count --glob --type',
    switches: '*',
    writes: '--pre, --hostname-bin',
    otherwise: 'reads',
    leaves: '-m, -q, --max-count, --quiet',
    examples: 'reads: rg -n x src\nwrites: rg --pre ./run.sh x',
  },
  {
    names: 'head',
    files: '=*',
    selects: '-n -c --lines --bytes',
    values: '-n -c --lines --bytes',
    switches: '*',
    otherwise: 'reads',
    leaves: '*',
    examples: 'reads: head -20 x\nreads: head -n 1 x',
  },
  {
    names: 'tail',
    files: '=*',
    selects: '-n -c --lines --bytes',
    values: '-n -c -s --lines --bytes --pid --sleep-interval --max-unchanged-stats',
    switches: '*',
    otherwise: 'reads',
    endless:
      '-f !--pid, -F !--pid, --follow !--pid, --retry !--pid, -f --pid=1, -F --pid=1, --follow --pid=1',
    examples:
      'reads endless: tail -f x\nreads endless: tail -n100 -F x\nreads endless: tail -f x --pid=1\nreads: tail -f x --pid=42\nreads: tail -n 5 x\nreads: tail -100 x',
  },
  { names: 'yes', switches: '*', otherwise: 'none', endless: '*', examples: 'none endless: yes' },
  {
    names: 'base64 iconv',
    files: '=*',
    values: '-w -f -t',
    switches: '*',
    writes: '-o, --output',
    otherwise: 'reads',
    examples: 'reads: base64 -d x\nwrites: iconv -f a -t b -o out in',
  },
  {
    names: 'sort gsort',
    files: '=*',
    values:
      '-k -t -S -T --temporary-directory --key --field-separator --buffer-size --parallel --files0-from --sort --batch-size',
    switches: '*',
    addresses: '-T --temporary-directory',
    writes: '-o, --output, --compress-program',
    otherwise: 'reads',
    examples:
      'reads: sort -k2,2n -u x\nwrites: sort -o x x\nwrites: sort --outp=x x\nwrites: sort -uo x x',
  },
  {
    names: 'shuf',
    files: '=*',
    values: '-n -e',
    switches: '*',
    writes: '-o, --output',
    otherwise: 'reads',
    examples: 'reads: shuf -n 1 x\nwrites: shuf -o y x',
  },
  {
    names: 'uniq',
    files: '=*',
    values: '-f -s -w',
    switches: '*',
    writes: '* *',
    otherwise: 'reads',
    examples: 'reads: uniq -c\nwrites: uniq in out',
  },
  {
    names: 'xxd',
    files: '=*',
    values: '-c -g -l -s -o',
    switches: '*',
    writes: '* *',
    otherwise: 'reads',
    examples: 'reads: xxd -l 16 x\nwrites: xxd -r a b',
  },
  {
    names: 'diff sdiff',
    files: '=*',
    switches: '*',
    values: '-x -I -U -C -W',
    writes: '-o, --output',
    otherwise: 'reads',
    examples: 'reads: diff -u a b\nwrites: sdiff -o c a b',
  },
  {
    names: 'tee',
    judge: judgeTee,
    examples:
      'none: tee /dev/null\nwrites: tee -a x\ndestroys: tee /dev/sdb\ndestroys: tee /proc/sysrq-trigger',
  },
  {
    names: 'sponge split csplit dos2unix unix2dos rename patch',
    dry: '--dry-run, -n',
    examples: 'writes: sponge x\nreads: patch --dry-run -p1',
  },
  {
    names: 'sed gsed',
    files: '=1+ -e=* --expression=* -f=* --file=*',
    addresses: '-f --file',
    values: '-e -f -l --expression --file --line-length',
    switches: '*',
    judge: judgeSed,
    otherwise: 'reads',
    leaves: '~*q*',
    code: { reads: 'sed', options: '-e --expression', operand: 0 },
    examples: `reads: sed -n '1,5p' x
      reads: sed 's/a/b/g; /x/d' y
      writes: sed -i s/a/b/ x
      writes: sed 's/a/b/w out' x
      writes: sed -n '/x/w out' y
      writes: sed '1e touch x' y
      writes: sed -f script x`,
  },
  {
    names: 'awk gawk mawk nawk',
    files: '=1+ -f=* --file=*',
    selects: '-v --assign',
    addresses: '-f --file -i --include -l --load -E --exec',
    values: '-F -v -f --field-separator --assign --file',
    switches: '-e -P --posix --traditional -b -n -t -V -O',
    judge: judgeAwk,
    otherwise: 'reads',
    leaves: '~*exit*',
    code: { reads: 'code', operand: 0 },
    examples: `reads: awk '{print $1}' x
      reads: awk -F: '$3 > 80 && /a|b/ {print "x > y"}' x
      writes: awk 'BEGIN { system("touch x") }'
      writes: awk '{print > "out"}' x
      writes: awk '{print | "sh"}' x
      writes: awk -f x.awk y
      writes: awk -i inplace '{print}' x`,
  },
  {
    names: 'jq gojq jaq',
    files: '=1+ -f=* --from-file=*',
    selects: '--arg --argjson',
    values: '-f --from-file -L --indent',
    pairs: '--arg --argjson --slurpfile --rawfile',
    switches: '*',
    otherwise: 'reads',
    leaves: '~*first(inputs)*',
    code: { reads: 'code', operand: 0 },
    examples: "reads: jq -r '.items[]' x",
  },
  {
    names: 'yq xq tomlq dasel',
    files: '=1+',
    values: '-o -p --output-format --input-format -I --indent -r -s -f',
    switches: '*',
    writes: '-i, --inplace, --in-place, -s, --split-exp, put|delete',
    otherwise: 'reads',
    code: { reads: 'code', operand: 0 },
    examples: "reads: yq '.a' x.yaml\nwrites: yq -i '.a = 1' x.yaml\nwrites: yq --inplace .a x",
  },
  {
    names: 'csvcut csvgrep csvstat csvlook csvsort xsv in2csv',
    files: '=*',
    switches: '*',
    writes: '-I, -o, --output, index|partition|split|tee, --write-sheets',
    otherwise: 'reads',
    examples: 'reads: csvcut -c 1 x\nwrites: xsv index x',
  },
  {
    names: 'mlr',
    switches: '*',
    writes: '-I, ~tee|split|case|put|filter, -s, --load, --mload, --prepipe*',
    otherwise: 'reads',
    examples:
      'reads: mlr --icsv cat x\nwrites: mlr -I --csv sort x\nwrites: mlr --icsv sort -f a then tee y x',
  },
  {
    names: 'xmllint',
    files: '=*',
    switches: '*',
    values: '--xpath --schema',
    writes: '-o, --output, --shell',
    otherwise: 'reads',
    examples: 'reads: xmllint --noout x.xml\nwrites: xmllint -o y x.xml',
  },
  {
    names: 'less more most zless zmore bat batcat pg man info',
    files: '=*',
    values: '-p -P -j -x -l --language',
    switches: '*',
    writes:
      '-o, -O, --log-file, --LOG-FILE, --pager, -k, -P=./*|/*|*sh*, cache --build, cache --clear',
    otherwise: 'reads',
    judge: ({ words, name, options }) => {
      if (words.some((word) => /^["']?\+.*[!|#]/.test(word)))
        return verdict('writes', 'a command given with `+` may run anything');
      const pages = options.some(
        (one) =>
          name === 'man' &&
          (one.name === '-H' ||
            (one.name === '-P' && !/^(?:less|more|most|cat|pg)?$/.test(one.value))),
      );
      return pages ? verdict('writes', 'the pager that it is given may do anything') : undefined;
    },
    asks: '*',
    asksTerminal: true,
    examples:
      "reads asks: less x\nwrites asks: less '+!touch x' y\nwrites asks: man -P ./x ls\nwrites asks: man -P 'touch x' ls\nreads asks: man -P cat ls",
  },
  {
    names: 'view',
    values: '-c -S -u -t',
    switches: '-R -M -n',
    writes: '-c, -S, -u, --cmd, ~+*',
    otherwise: 'reads',
    asks: '*',
    asksTerminal: true,
    examples: 'reads asks: view x\nwrites asks: view -c w x',
  },
  {
    names: 'apropos whatis tldr cheat',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: apropos x',
  },
  {
    names: `vi vim nvim nano pico emacs joe mcedit micro hx ed ex vimdiff vipw vigr dialog whiptail fzf
      ncdu code subl gedit kate`,
    asks: '*',
    asksTerminal: true,
    examples: "writes asks: vim -c ':!touch x' y\nwrites asks: nano /etc/hosts",
  },
  {
    names: 'visudo',
    reads: '-c',
    values: '-f',
    asks: '!-c',
    examples: 'reads: visudo -c\nwrites asks: visudo',
  },
];

function judgeTee({ words }: Use): Judgement {
  const files = words.map(unquoted);
  const device = files.find(
    (file) =>
      file === '/proc/sysrq-trigger' || (/^\/dev\/(?!shm\/)/.test(file) && !isHarmlessFile(file)),
  );
  if (device !== undefined) return verdict('destroys', '`tee` overwrites a device', device);
  return files.every(isHarmlessFile)
    ? NOTHING
    : verdict('writes', `\`tee ${words[0]}\` writes a file`);
}

function judgeSed(use: Use): Judgement | undefined {
  if (given(use, '-i', '--in-place', '-I'))
    return verdict('writes', '`sed -i` changes files', '', true);
  if (given(use, '-f', '--file')) return verdict('writes', '`sed -f` runs another file');
  const scripts = valuesOf(use, '-e', '--expression');
  const script = scripts.length > 0 ? scripts.join('\n') : unquoted(use.words[0] ?? '');
  return onlyEdits(script) ? undefined : verdict('writes', '`sed` may write or run something');
}

function judgeAwk(use: Use): Judgement | undefined {
  if (given(use, '-f', '--file')) return verdict('writes', '`awk -f` runs another file');
  const script = unquoted(use.words[0] ?? '');
  if (/^"|^\$\{?\w+\}?$/.test(use.words[0] ?? ''))
    return verdict('writes', '`awk` runs a program made at run time');
  return onlyPrints(script) ? undefined : verdict('writes', '`awk` runs or writes something');
}
