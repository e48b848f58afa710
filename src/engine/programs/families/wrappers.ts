import type { Program } from '../program.ts';

/** Programs that run another one. */
export const WRAPPERS: readonly Program[] = [
  {
    names: 'sudo doas',
    values: `-u -g -p -C -h -r -t -T -U -D -R --user --group --prompt --chdir --host --role --type
      --close-from`,
    switches: '-n -E -H -S -b -A -k -K -P --non-interactive --preserve-env --set-home --stdin',
    runs: [{ environment: true, unless: '-e --edit -l --list' }],
    none: '-v, -k, -K',
    reads: '-l, --list',
    asks: '-e, --edit',
    session: '-i, -s, --login, --shell',
    enters: true,
    otherwise: 'none',
    writes: '-e, --edit',
    examples: `destroys: sudo -u app rm -rf x
      reads: sudo -n systemctl status nginx
      reads: sudo -l
      none session: sudo -i
      writes asks: sudo -e /etc/hosts`,
  },
  {
    names: 'su',
    values: '-c --command -s --shell -g -G -w --session-command',
    switches: '-l -m -p --login -',
    runs: [{ option: '-c --command --session-command' }],
    none: '-c, --command, --session-command',
    session: '!-c !--command',
    enters: true,
    code: { reads: 'shell', options: '-c --command', input: true },
    examples: `reads: su - postgres -c "psql -c 'select 1'"
      destroys: su postgres -c 'dropdb shop'
      writes session: su -`,
  },
  {
    names: 'runuser',
    values: '-u --user -c --command -s --shell -g -G -l',
    switches: '*',
    runs: [{ option: '-c --command' }, { with: '-u --user' }],
    none: '-c, --command, -u, --user',
    session: '!-c !-u',
    enters: true,
    code: { reads: 'shell', options: '-c --command' },
    examples: 'reads: runuser -u app -- ls\ndestroys: runuser -l postgres -c "dropdb shop"',
  },
  {
    names: 'gosu su-exec setuidgid envdir faketime',
    otherwise: 'none',
    runs: [{ after: 1 }],
    examples: 'reads: gosu app ls\ndestroys: gosu app rm x',
  },
  {
    names:
      'chpst softlimit pkexec setpriv xvfb-run dbus-run-session ifne firejail with-contenv s6-setuidgid',
    values: `-u -U -e -m -d -f -o -p -n -/ -b --user --reuid --regid --groups --inh-caps --bounding-set
      --ambient-caps --server-args -s --server-num`,
    switches: '*',
    otherwise: 'none',
    runs: [{}],
    examples: `reads: chpst -u app ls
      destroys: pkexec rm x
      destroys: setpriv --reuid 1 rm x
      reads: xvfb-run -a ls
      writes: ifne deploy-it`,
  },
  {
    names: 'npx pnpx bunx uvx',
    values: '-p --package --from --with -w --workspace',
    switches: '-y --yes --no -q --quiet',
    reads: '--version, -v',
    otherwise: 'none',
    // What is not installed is fetched first: nothing has to be here.
    runs: [{ elsewhere: true, writes: true }],
    examples: `writes: npx deploy-it
      destroys: npx prisma migrate reset --force
      destroys: npx -y rimraf x
      reads: npx --version`,
  },
  {
    names: 'sg',
    values: '-c',
    runs: [{ option: '-c' }],
    none: '-c',
    examples: "destroys: sg app -c 'rm x'\nreads: sg app -c ls",
  },
  {
    names: 'hyperfine',
    values: '-w -r -p -c -n --warmup --runs --prepare --cleanup --export-json --export-markdown',
    writes: '-p, --prepare, -c, --cleanup, --export-json, --export-markdown',
    switches: '*',
    otherwise: 'none',
    runs: [{ shell: true }],
    examples: "reads: hyperfine 'ls -l'\ndestroys: hyperfine 'rm x'",
  },
  {
    names: 'env',
    values: '-u -C -S --unset --chdir --split-string',
    switches: '-i -0 -v --ignore-environment --null',
    runs: [{ option: '-S --split-string' }, { environment: true }],
    otherwise: 'reads',
    examples: 'reads: env\ndestroys: env A=b rm x\nwrites: env A=b deploy-it',
  },
  {
    names: `nohup setsid stdbuf unbuffer nice ionice numactl chronic dumb-init tini winpty catchsegv
      proxychains proxychains4 torsocks busybox toybox valgrind caffeinate daemonize`,
    values: '-n -c -i -o -e -N -m -C --adjustment --class --classdata --output --error --input',
    switches: '-t -w -f -q -s -l -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 --fork --wait --ctty',
    writes: '-p, --pid',
    otherwise: 'none',
    runs: [{}],
    examples: `destroys: nohup rm -rf x
      reads: nice -n 5 ls
      reads: stdbuf -oL cat x
      reads endless: nohup tail -f x
      writes: ionice -c 3 -p 42`,
  },
  {
    names: 'time',
    values: '-f -o --format --output',
    switches: '-p -v -a',
    writes: '-o, --output',
    otherwise: 'none',
    runs: [{}],
    examples: 'reads: time ls\nwrites: time -o t.txt ls',
  },
  {
    names: 'timeout gtimeout',
    values: '-s -k --signal --kill-after',
    switches: '--foreground --preserve-status -v --verbose',
    otherwise: 'none',
    ends: '*',
    runs: [{ after: 1 }],
    examples: `reads: timeout 5 tail -f x
      destroys: timeout -k 5 30 rm x
      reads: timeout 5 bash -c 'tail -f x'`,
  },
  {
    names: 'taskset chrt',
    values: '-c --cpu-list -T -P -D',
    switches: '-f -r -b -o -i -a --fifo --rr --batch --other --idle',
    reads: '-p $, -m',
    writes: '-p',
    otherwise: 'none',
    runs: [
      { after: 1, unless: '-c --cpu-list -p' },
      { with: '-c --cpu-list', unless: '-p' },
    ],
    examples: 'reads: taskset -c 0 ls\nwrites: taskset -p 3 42\nreads: chrt -f 10 ls',
  },
  {
    names: 'flock',
    values: '-w -E -c --timeout --wait --conflict-exit-code --command',
    switches: '-n -x -s -u -o -F --nonblock --exclusive --shared --unlock --close',
    otherwise: 'none',
    runs: [{ option: '-c --command' }, { after: 1 }],
    examples:
      "destroys: flock /tmp/l rm x\ndestroys: flock /tmp/l -c 'rm x'\nreads: flock -n /tmp/l ls",
  },
  {
    names: 'xargs',
    values: `-I -n -P -L -d -a -s -E --max-args --max-procs --max-lines --max-chars --delimiter --arg-file
      --eof`,
    switches: '-0 -r -t -x -o -i --null --no-run-if-empty --exit --open-tty --replace',
    otherwise: 'none',
    asks: '-p, --interactive',
    asksTerminal: true,
    runs: [{ appends: true }],
    examples: `destroys: xargs -0 -n1 rm
      reads: xargs -n 1 ls -l
      writes: xargs -I{} sh -c '{}'
      writes: xargs env
      writes: xargs git
      none: xargs`,
  },
  {
    names: 'parallel',
    values: `-j -P -a -n -N -I -C -S --jobs --delay --timeout --arg-file --max-args --colsep --sshlogin
      --retries --memfree --load`,
    switches: '-k --keep-order --bar --progress --halt -0 --null -q --will-cite --tag --no-notice',
    otherwise: 'none',
    runs: [{ shell: true, appends: true }],
    examples: 'destroys: parallel -j 4 rm ::: a b\nreads: parallel wc -l',
  },
  {
    names: 'watch',
    values: '-n --interval -q --equexit',
    switches: '*',
    otherwise: 'none',
    endless: '!-g !--chgexit !-e !--errexit !-q',
    runs: [{ shell: true }],
    code: { reads: 'shell', operand: 0, rest: true },
    examples:
      "reads endless: watch -n 5 kubectl get pods\ndestroys endless: watch 'rm x'\nreads: watch -g ls",
  },
  {
    names: 'entr watchexec nodemon',
    values: '-e -w -i -d --exts --watch --ignore',
    endless: '*',
    asksTerminal: true,
    runs: [{ writes: true }],
    examples: 'writes endless: entr make\ndestroys endless: watchexec rm x',
  },
  {
    names: 'chroot',
    values: '--userspec --groups',
    otherwise: 'none',
    runs: [{ after: 1, opens: true }],
    examples: 'writes session: chroot /mnt\ndestroys: chroot /mnt rm x\nreads: chroot /mnt ls',
  },
  {
    names: 'nsenter unshare',
    values: '-t --target -S -G --setuid --setgid',
    switches: '*',
    otherwise: 'none',
    runs: [{ opens: true }],
    examples: 'reads: nsenter -t 1 -m -n ss -lnt\nwrites session: nsenter -t 1 -m',
  },
  {
    names: 'systemd-run',
    values: `-p --property -u --unit -M --machine -H --host --uid --gid --on-calendar --on-active --slice
      --description -E --setenv --working-directory`,
    runs: [{ writes: true }],
    examples: 'writes: systemd-run --scope ls\ndestroys: systemd-run -p X=1 rm x',
  },
  {
    names: 'systemd-inhibit systemd-cat prlimit cgexec cgclassify',
    values: '--what --who --why --mode -t -p -g --identifier --priority',
    writes: '--pid',
    otherwise: 'none',
    runs: [{}],
    examples: 'reads: systemd-inhibit ls\ndestroys: systemd-cat rm x',
  },
  {
    names: 'strace ltrace dtruss',
    values: '-e -s -p -o -P -u -a -n -l -A -I -O -S -x -E',
    switches: '*',
    writes: '-o, -w, --output, --inject',
    otherwise: 'reads',
    endless: '-p',
    runs: [{}],
    examples: `reads endless: strace -f -p 42
      destroys: strace rm x
      writes: strace -o t ls
      reads: strace -c ls`,
  },
  {
    names: 'script',
    values: '-c --command -I -O -B -T',
    runs: [{ option: '-c --command', writes: true }],
    session: '!-c !--command',
    examples:
      "writes: script -c 'ls' out.txt\ndestroys: script -qc 'rm x' /dev/null\nwrites session: script log.txt",
  },
  {
    names: 'expect autoexpect at batch',
    reads: '-l, -V',
    destroys: '-r, -d',
    examples: 'writes: expect login.exp\nreads: at -l\nwrites: at 22:00',
  },
  {
    names: 'sshpass',
    values: '-p -f -d -P',
    switches: '-e -v',
    otherwise: 'none',
    secrets: '-p',
    runs: [{}],
    examples:
      "destroys: sshpass -p geheim ssh web-1 'rm -rf /x'\nreads: sshpass -e ssh web-1 uptime",
  },
  {
    names: 'aws-vault op doppler infisical chamber teller direnv',
    values: '--project --config -p -c --env -n',
    reads: 'list|ls|status|version|whoami, exec * --help',
    destroys: 'remove|rm|delete|clear',
    runs: [
      { under: 'run', dashes: true },
      { under: 'exec', after: 1 },
    ],
    otherwise: 'writes',
    examples:
      'reads: aws-vault exec prod -- aws s3 ls\ndestroys: op run -- rm x\nreads: aws-vault list',
  },
  {
    names:
      'pipenv poetry bundle uv pdm hatch conda mamba rbenv pyenv nvm asdf mise dotenv rvm volta',
    values: '-n --name -p --python -C --directory --group --with --from',
    reads: `list, show, check, version $, versions, info, config --list, env list, outdated, platform,
      which, where, current, ls, ls-remote, lock --check, pip list|show|freeze|check, tree, graph`,
    destroys: `remove, uninstall, env remove, clean, cache clear, cache clean, pip uninstall, prune`,
    runs: [
      { under: 'run|exec', unless: '-n --name' },
      { under: 'run', with: '-n --name' },
    ],
    session: 'shell $',
    examples: `writes: bundle exec rake deploy
      writes session: poetry shell
      destroys: poetry run rm x
      reads: uv pip list
      destroys: conda env remove -n x
      writes: bundle install`,
  },
];
