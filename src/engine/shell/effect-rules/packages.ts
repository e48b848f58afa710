import type { CommandRules } from './rules.ts';

const NPM: CommandRules = {
  valued: '-w --workspace --prefix -C --dir --cwd',
  reads: `ls, list, view, info, show, outdated, audit, whoami, ping, why, explain, search,
    config get|list, fund, doctor, version_, pkg get, root, bin, help, licenses`,
  destroys: 'unpublish, deprecate, cache clean --force, uninstall, remove, rm, prune',
};

const APT: CommandRules = {
  reads: `list, show, search, info, policy, depends, rdepends, check, check-update, repolist, history,
    provides, updateinfo, outdated, deps, status, query, madison, version`,
  destroys: 'remove, purge, autoremove, erase, uninstall, autoclean_all',
};

/** Package managers and build tools. */
export const PACKAGE_RULES: Readonly<Record<string, CommandRules>> = {
  npm: NPM,
  pnpm: NPM,
  yarn: NPM,
  pip: {
    reads: 'list, show, freeze, check, index, download_',
    destroys: 'uninstall, cache purge',
  },
  pip3: {
    reads: 'list, show, freeze, check',
    destroys: 'uninstall, cache purge',
  },
  cargo: {
    reads: 'tree, search, metadata, check, audit, version',
    destroys: 'uninstall, yank, clean',
  },
  go: {
    reads: 'version, env, list, vet, doc',
    destroys: 'clean',
  },
  gem: {
    reads: 'list, search, info, environment, outdated',
    destroys: 'uninstall, yank, cleanup',
  },
  brew: {
    reads: 'list, info, search, outdated, doctor, deps, config, services list',
    destroys: 'uninstall, remove, cleanup',
  },
  apt: APT,
  'apt-get': APT,
  aptitude: APT,
  yum: APT,
  dnf: APT,
  zypper: APT,
  snap: APT,
  apk: {
    reads: 'info, list, search, version, policy, stats',
    destroys: 'del',
  },
  'apt-cache': {
    otherwise: 'reads',
  },
  'apt-mark': {
    reads: 'show*',
  },
  dpkg: {
    reads: `-l, -L, -s, -S, --list, --status, --get-selections, --print-architecture, -p, --audit, -V`,
    destroys: '-r, -P, --remove, --purge',
  },
  rpm: {
    reads: '-q*, --query, -V*, --version',
    destroys: '-e, --erase',
  },
};
