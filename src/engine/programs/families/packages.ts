import type { Judgement } from '../judgement.ts';
import type { Door, Program, Use } from '../program.ts';

/** Package managers. */
export const PACKAGES: readonly Program[] = [
  {
    names: 'apt apt-get aptitude',
    values: '-o -t -c --target-release',
    switches:
      '-q -y -a --installed --upgradable --all-versions --names-only --assume-yes --no-pager -f',
    dry: '-s, --simulate, --dry-run, --just-print',
    reads: 'list|show|search|policy|depends|rdepends|madison|changelog|indextargets|why',
    destroys: 'remove|purge|autoremove|autopurge|clean|autoclean|dist-clean',
    asks: 'install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep',
    answers: '-y --yes --assume-yes -q -s --simulate --dry-run --force-yes',
    examples: `reads: apt list --installed
      writes asks: apt install nginx
      writes: apt-get install -y nginx
      destroys: apt-get remove -y nginx
      reads: apt-get -s upgrade
      writes: apt update
      writes: apt-get check`,
  },
  {
    names: 'yum dnf dnf5 microdnf tdnf zypper urpmi',
    values: '-c -x --enablerepo --disablerepo --repo',
    switches:
      '-q -y -C -v -n --assumeyes --installed --all --showduplicates --security --non-interactive',
    dry: '--assumeno, --dry-run',
    reads:
      'list|search|info|repolist|check-update|provides|whatprovides|updateinfo|deplist|repoquery|lr|lu|se|if|repos|list-updates|patch-check|needs-restarting, history $, history info|list, module list, group list, needs-restarting',
    destroys: 'remove|erase|autoremove|rm|clean, history undo|rollback, swap',
    asks: 'install|update|upgrade|remove|erase|autoremove|localinstall|distro-sync|groupinstall|in|up|dup|patch',
    answers: '-y --assumeyes -n --non-interactive --assumeno --dry-run',
    examples:
      'reads: yum list installed\nwrites: dnf install -y x\nwrites asks: yum update\ndestroys: yum -y remove x\ndestroys: dnf history rollback 3 -y',
  },
  {
    names:
      'apt-cache apt-file apt-show-versions deborphan debsecan dpkg-query rpmquery equery eix dpkg-architecture',
    switches: '*',
    values: '-f -W',
    writes: 'gencaches|update, purge|reindex, -c, --command',
    otherwise: 'reads',
    examples: 'reads: apt-cache policy x\nreads: dpkg-query -W x',
  },
  {
    names:
      'apt-mark apt-key apt-config add-apt-repository apt-add-repository debconf-set-selections',
    reads: 'show*, list, finger, dump, -L, --list',
    destroys: 'del|rm, -r, --remove',
    asks: '',
    examples: 'reads: apt-mark showhold\ndestroys: apt-key del x',
  },
  {
    names: 'dpkg-reconfigure',
    values: '-f --frontend -p --priority',
    asks: '*',
    answers: '-f --frontend',
    examples:
      'writes asks: dpkg-reconfigure tzdata\nwrites: dpkg-reconfigure -f noninteractive tzdata',
  },
  {
    names: 'dpkg',
    dry: '--dry-run, --simulate, --no-act',
    reads:
      '-l, -L, -s, -S, --list, --listfiles, --status, --search, --get-selections, --print-*, -p, --audit, -C, -V, --verify, -c, --contents, -I, --info, --compare-versions',
    destroys: '-r, -P, --remove, --purge, --clear-*',
    examples: 'reads: dpkg -l\nwrites: dpkg -i x.deb\ndestroys: dpkg -P x',
  },
  {
    names: 'rpm',
    writes: '~*%(*',
    dry: '--test',
    switches:
      '-a -i -l -f -c -d -p -v --last --changelog --all --queryformat --qf --scripts --requires --provides',
    values: '--qf --queryformat',
    reads: '-q !-U !--import !-F, -V !-U, --query, --verify, -K, --checksig, --showrc, --eval',
    destroys: '-e, --erase, --rebuilddb',
    examples: 'reads: rpm -qa\nreads: rpm -qi x\nwrites: rpm -Uvh x.rpm\ndestroys: rpm -e x',
  },
  {
    names: 'apk opkg xbps-install pkg pkg_info port',
    switches: '-v -a -q',
    reads:
      'info|list|search|version|policy|stats|audit|query|which|list-installed|status|files|dot',
    destroys: 'del|delete|remove|autoremove|purge|clean|uninstall',
    asks: '',
    examples: 'reads: apk info\nwrites: apk add x\ndestroys: apk del x',
  },
  {
    names: 'pacman yay paru',
    values: '',
    reads: '-Q, -Ss, -Si, -F, -T',
    switches: '-i -l -s -e -m -u -q -o -k -d -t',
    destroys: '-R, -Sc, -Scc',
    writes: '-S, -U, -D, -y',
    asks: '-S, -R, -U',
    answers: '--noconfirm -Q',
    examples:
      'reads: pacman -Qi x\nwrites: pacman -Sy --noconfirm x\ndestroys: pacman -R --noconfirm x',
  },
  {
    names: 'nix-shell',
    values: '-p -I --arg --argstr',
    session: '* !--run !--command, $ !--run !--command',
    examples:
      'writes session: nix-shell\nwrites session: nix-shell -p jq\nwrites: nix-shell -p jq --run x',
  },
  {
    names: 'distrobox toolbox',
    reads: 'list|ls',
    destroys: 'rm|rmi|stop',
    session: 'enter',
    enters: true,
    examples:
      'reads: distrobox list\nwrites session: distrobox enter x\nwrites session: toolbox enter\ndestroys: toolbox rm x',
  },
  {
    names: 'minicom picocom cu tio',
    session: '*, $',
    enters: true,
    examples: 'writes session: minicom\nwrites session: picocom /dev/ttyS0',
  },
  {
    names: 'emerge nix nix-env nix-build nixos-rebuild guix home-manager',
    dry: '-p, --pretend, dry-*, --dry-run',
    longDash: true,
    reads:
      'search|why-depends|path-info|generations|list-generations, profile list, flake show|metadata, -q, --query',
    destroys:
      '--depclean, -C, --unmerge, collect-garbage|gc|delete-generations, profile remove, -e, --uninstall, --rollback, switch --rollback',
    examples:
      'reads: nix search x\nwrites: nixos-rebuild switch\ndestroys: nixos-rebuild switch --rollback',
  },
  { names: 'nix-collect-garbage', destroys: '*', examples: 'destroys: nix-collect-garbage -d' },
  {
    names: 'snap flatpak',
    values: '-n',
    switches: '--all',
    reads:
      'list|find|info|version|changes|tasks|connections|interfaces|services|logs|known|warnings|search|history|ps|remotes, refresh --list',
    destroys: 'remove|uninstall|stop|disable|revert, refresh --revert',
    examples:
      'reads: snap list\nwrites: snap install x\ndestroys: snap remove x\ndestroys: snap revert x',
  },
  {
    names: 'brew',
    values: '',
    switches: '*',
    reads:
      'list|ls|info|search|outdated|doctor|deps|config|leaves|uses|desc|cat|--prefix|home, services list|info, --prefix, --cellar, --repository',
    destroys: 'uninstall|remove|rm|cleanup|autoremove|untap|unlink, services stop',
    otherwise: 'writes',
    examples:
      'reads: brew list\nwrites: brew install x\ndestroys: brew uninstall x\nreads: brew --prefix',
  },
  {
    names: 'npm pnpm yarn bun cnpm',
    hosts: 'view=1 info=1 show=1',
    values: '-w --workspace --prefix -C --dir --cwd --registry --depth --filter -F',
    switches:
      '-g --global --json --long --all --production --prod -s --silent -l --parseable --omit --audit-level --omit=dev',
    reads:
      'ls|list|ll|view|info|show|outdated|whoami|ping|why|explain|search|root|bin|prefix|help|licenses|query|diff|stars, config get|list, audit $ !--fix, audit signatures, pkg get, cache ls|list, dist-tag ls, access list, team ls, run $, -v, --version, fund',
    writes: 'audit fix',
    runs: [{ under: 'exec|dlx', elsewhere: true, writes: true }],
    judge: judgeInstalled,
    destroys:
      'unpublish|deprecate|uninstall|un|unlink|remove|rm|r|prune, cache clean|clear, dist-tag rm, store prune, token revoke',
    endless: 'run|run-script dev|watch|start:dev|serve, start, dev, watch',
    secrets: '--otp',
    asks: 'init, adduser, login',
    answers: '-y --yes',
    examples: `reads: npm ls --depth=0
      writes: npm ci
      reads: npm audit
      writes: npm audit fix
      destroys: npm uninstall x
      destroys: pnpm dlx prisma migrate reset
      destroys: npm exec -- prisma migrate reset
      destroys: yarn prisma migrate reset --force
      destroys: pnpm knex migrate:rollback
      destroys: yarn run sequelize db:migrate:undo
      writes: yarn build
      writes: npm run build
      writes endless: npm run dev
      reads: npm view x version`,
  },
  {
    names:
      'corepack nx lerna turbo rush ng vue vite next nuxt gatsby webpack rollup esbuild tsc tsup tsx ts-node eslint prettier biome jest vitest mocha cypress playwright storybook astro remix',
    values: '-p',
    reads: '--version',
    dry: '',
    endless: 'dev|serve|start|watch, --watch, -w',
    examples: 'writes endless: vite dev\nwrites: eslint --fix x',
  },
  {
    names: 'pip pip3 pipx',
    hosts: 'index/versions=2',
    values: '-r -c -i --index-url -f --format --path',
    switches: '*',
    dry: 'install --dry-run',
    reads:
      'list|show|freeze|check|index|debug|inspect|hash|help, config list|get|debug, cache info|list|dir, environment',
    destroys: 'uninstall|uninstall-all, cache purge|remove, config unset',
    asks: 'uninstall',
    answers: '-y --yes',
    otherwise: 'writes',
    examples:
      'reads: pip list\nwrites: pip install -r x\ndestroys: pip uninstall -y x\nreads: pip3 freeze',
  },
  {
    names: 'pip-audit safety bandit semgrep pylint flake8 mypy pyright ruff vulture',
    values: '-r -f -c --config',
    switches: '*',
    writes:
      '--fix, -o, --output, format|clean|login|publish, --install-types, -a, --autofix, --in-place, --html-report, --xml-report, --txt-report, --junit-xml, --cobertura-xml-report, --linecount-report, --make-whitelist, --createstub',
    otherwise: 'reads',
    examples: 'reads: pip-audit -r x\nwrites: ruff check --fix\nwrites: pip-audit --fix',
  },
  {
    names: 'black isort',
    values: '-l -c --line-length --config --profile --settings-path',
    switches: '-v -q --color --check-only',
    reads: '--check, --check-only, --diff !--apply',
    examples:
      'writes: black x.py\nreads: black --check x.py\nreads: isort --check-only --diff x.py',
  },
  {
    names: 'cargo rustup',
    writes: 'audit fix',
    values: '-p --manifest-path --target',
    switches: '*',
    reads:
      'tree|search|metadata|audit|version|locate-project|pkgid|show|which, toolchain|component|target|override list, --list',
    destroys:
      'uninstall|yank|clean|remove|rm, toolchain|component|target remove|uninstall, self uninstall',
    otherwise: 'writes',
    examples: 'reads: cargo tree\nwrites: cargo build\ndestroys: cargo uninstall x',
  },
  {
    names: 'go',
    longDash: true,
    switches: '-m -json -u -f -mod',
    values: '-f',
    reads: 'version|doc|help, env $, env *, list !-toolexec, mod graph|why|verify',
    writes: 'env -w, env -u, -mod=mod',
    destroys: 'clean',
    examples:
      'reads: go version\nwrites: go build ./...\nwrites: go env -w A=b\nreads: go env GOPATH',
  },
  {
    names: 'gem',
    values: '-v',
    switches: '*',
    reads:
      'list|search|info|environment|env|outdated|specification|dependency|contents|which|query',
    destroys: 'uninstall|yank|cleanup',
    otherwise: 'writes',
    examples: 'reads: gem list\ndestroys: gem uninstall x',
  },
  {
    names: 'composer',
    values: '-d --working-dir',
    switches: '*',
    dry: '--dry-run',
    reads:
      'show|outdated|validate|diagnose|audit|search|info|depends|why|why-not|licenses|check-platform-reqs|status|fund, config --list',
    destroys: 'remove|clear-cache|clearcache',
    otherwise: 'writes',
    examples: 'reads: composer show\nwrites: composer install\ndestroys: composer remove x',
  },
  {
    names:
      'dotnet msbuild nuget xcodebuild cabal stack mix rebar3 elixir erl iex dart flutter pub cmake meson scons julia R Rscript ghc',
    longDash: true,
    reads:
      '--version, -version, --list-sdks $, --list-runtimes $, --info $, list $, hex.info $, deps $, info $, -list $',
    destroys: 'clean, ecto.drop|ecto.rollback|ecto.reset, ef database drop, nuget locals --clear',
    session: '',
    examples:
      'writes: cmake --build x\ndestroys: mix ecto.rollback\nwrites: dotnet ef database update',
  },
  {
    names: 'mvn mvnw gradle gradlew sbt lein ant ninja',
    longDash: true,
    switches: '-q -B -ntp --quiet --no-daemon --offline -o --console --all',
    values: '-f -p -pl --configuration -t -b',
    reads:
      'dependency:tree|dependency:list|dependency:resolve|help:effective-pom|help:effective-settings|dependencies|tasks|projects|properties|dependencyInsight|buildEnvironment|javaToolchains $, --version',
    destroys: 'clean|cleanTest|nuke, ~clean',
    examples:
      'writes: mvn package\nreads: mvn -q dependency:tree\nwrites: mvn dependency:tree install\nwrites: gradle build --info\nwrites: ninja -v\ndestroys: ./gradlew clean\ndestroys: mvn package clean',
  },
  {
    names: 'bazel bazelisk buck pants',
    switches: '*',
    reads: 'query|info|cquery|aquery|version|help',
    destroys: 'clean|shutdown, info --expunge',
    examples: 'reads: bazel query x\nwrites: bazel build x\ndestroys: bazel clean',
  },
  {
    names:
      'just task rake mage invoke fab cap dep deployer grunt gulp earthly tilt devspace dagger',
    values: '-C -f -j -I',
    reads: '-T $, -P $, --list $, -l $, --summary $',
    longDash: true,
    destroys:
      '~*clean, ~distclean, ~*destroy*, ~*delete*, ~uninstall, ~*rollback*, ~*purge*, ~*wipe*, ~down, ~*:down, ~*drop*, ~*reset*, ~*restore*, ~*teardown*',
    endless: 'dev, up',
    examples:
      'destroys: rake db:rollback\ndestroys: cap production deploy:rollback\nreads: just --list',
  },
  {
    names: 'make gmake',
    addresses: '=* -f -C --file --makefile --directory -I',
    values: '-C -f -j -I -l -o -W -O',
    destroys:
      '~*clean, ~distclean, ~*destroy*, ~*delete*, ~uninstall, ~*rollback*, ~*purge*, ~*wipe*, ~down, ~*:down, ~*drop*, ~*reset*, ~*restore*, ~*teardown*',
    endless: 'dev, up',
    examples:
      'writes: make test\nwrites: make\nwrites: make -l 4\nwrites: make describe\ndestroys: make clean\ndestroys: make destroy-prod\nwrites: make -n x',
  },
  {
    names: 'act',
    values: '-P -W -j',
    reads: '-l, --list',
    examples: 'reads: act -l\nwrites: act -P x=y',
  },
  {
    names: 'skaffold garden',
    reads: 'diagnose|version|schema|render !-o !--output',
    destroys: 'delete|cleanup',
    endless: 'dev',
    examples: 'reads: skaffold diagnose\nwrites: skaffold run\ndestroys: skaffold delete',
  },
  {
    names: 'gcc g++ cc clang ld as',
    reads: '--version, -dumpversion, -dumpmachine, --print-* $, -v $',
    longDash: true,
    examples: 'writes: gcc x.c\nwrites: gcc -v x.c\nreads: gcc -v',
  },
  {
    names: 'rustc javac kotlinc scalac tcc nasm nvcc protoc buf thrift',
    reads: '--version, -v $, lint',
    examples: 'writes: rustc x.rs',
  },
  {
    names:
      'hadolint shellcheck yamllint tflint tfsec checkov kube-score kube-linter kubeval kubeconform kubesec actionlint ansible-lint cfn-lint trufflehog docker-bench-security dockle kube-bench pluto',
    values: '-f -s -o --severity --format -c --config -q',
    switches: '*',
    writes:
      '-o, --output, --fix, monitor, --cache-clear, clean, -f=diff, --output-file, server, --save, --report-path, -w, --write, --init, --create-baseline, --update*, -u, -r',
    otherwise: 'reads',
    examples: 'reads: shellcheck x.sh\nwrites: tflint --init',
  },
  {
    names: 'trivy grype snyk syft',
    values: '-f -s -c --severity --format --config --scanners --exit-code',
    switches:
      '-q --quiet --debug --ignore-unfixed --all-projects --json --dev --fail-on --list-all-pkgs --offline-scan --skip-db-update',
    reads:
      'image|i|fs|filesystem|rootfs|repo|repository|config|k8s|vm|sbom|version|convert, test, container|iac|code test, db status|check, scan, *:*, dir:*',
    examples:
      'reads: trivy image x\nwrites: trivy image -o out x\nwrites: snyk fix\nreads: snyk test\ndestroys: grype db delete\nreads: grype alpine:3',
  },
  {
    names: 'markdownlint vale',
    values: '-c --config -p -i --ignore -s --minAlertLevel --glob',
    reads: '* !-f !--fix !-o !--output',
    writes: 'sync|compile, -f',
    examples: 'reads: markdownlint x.md\nwrites: markdownlint -f x.md\nwrites: vale sync',
  },
  {
    names: 'conftest terrascan gitleaks polaris popeye',
    values: '-p --policy -n --namespace -s --source -c --config -i -t --audit-path',
    switches: '-v --no-git --redact --no-banner --all-namespaces -A',
    reads: 'test|verify|detect|protect|dir|git|version, audit !--baseline, scan !--baseline',
    examples:
      'reads: conftest test x\nwrites: conftest push x\nreads: gitleaks detect\nwrites: gitleaks detect -r out\nwrites: polaris fix',
  },
  { names: 'prowler scoutsuite kube-hunter', examples: 'writes: prowler aws' },
];

/** `yarn prisma migrate reset`: a word that is none of its own is a program of the package. */
function judgeInstalled(
  { words, args, name }: Use,
  { words: judged }: Door,
): Judgement | undefined {
  const first = words[words[0] === 'run' ? 1 : 0];
  if (first === undefined || name === 'npm') return undefined;
  const own = judged(args.slice(args.indexOf(first)));
  return own.effect === 'destroys' && own.sure ? own : undefined;
}
