const list = (text: string): readonly string[] => text.split('|');

/** Systems of which a machine is one. */
const OPERATING = list(
  'debian|ubuntu|red hat|redhat|red hat enterprise linux|rhel|centos|centos stream|fedora|suse|opensuse|sles|arch|arch linux|alpine|alpine linux|amazon linux|oracle linux|rocky|rocky linux|almalinux|alma linux|gentoo|mint|linux mint|raspbian|raspberry pi os|linux|gnu linux|macos|mac os|mac os x|os x|osx|mac|darwin|windows|windows server|wsl|wsl2|freebsd|openbsd|netbsd|bsd|unix|solaris|nixos|powershell|windows powershell|command prompt|cmd|git bash|deb|rpm',
);
/** Ways to install of which one is used. */
const PACKAGES = list(
  'apt|apt-get|yum|dnf|zypper|pacman|apk|homebrew|brew|macports|chocolatey|choco|scoop|winget|snap|flatpak|npm|yarn|pnpm|bun|pip|pip3|pipx|conda|poetry|uv|gem|cargo|source|binary|binaries|tarball',
);
/** What something runs on or with, where the words say so. */
const PLATFORMS = list(
  'docker|docker compose|docker desktop|docker-compose|podman|kubernetes|k8s|kubectl|helm|docker swarm|terraform|ansible|aws|gcp|azure|google cloud|eks|gke|aks|openshift|bare metal|systemd|pm2|mysql|postgresql|postgres|mariadb|sqlite|bash|zsh|fish|the console|the cli|the ui|the api|the web ui|the dashboard|cli|ui|api',
);

const FAMILIES = [
  ['system', new Set(OPERATING)],
  ['way', new Set(PACKAGES)],
  ['platform', new Set(PLATFORMS)],
] as const;

const WHERE =
  /^(?:(?:install|installing|installation|setup|set up|build|building|deploy|deploying|deployment|upgrade|upgrading|update|updating|configure|configuration|restart|steps|instructions|only|running|hosted) ){0,4}(?:on|for|under|using|with|via|in|from|through|auf|für|unter|mit|sur|pour|avec|sous|en|para|con|no|em|com|su|per|op|voor|met|na|dla|på|för|med) /i;
/** "If you use", "When running on", "While in": a condition in itself. */
const IF_ON =
  /^(?:if|when|while) (?:you are |you're |you |we )?(?:on|in|inside|using|use|running|run|working|deployed|hosted)(?: on| in| with| inside| under)? /i;
const BEHIND = new Set(
  'based user users system systems host hosts machine machines server servers distribution distributions distro distros family derivative derivatives only'.split(
    ' ',
  ),
);
const VERSION = /^(?:v?\d[\w.+]*|lts)$/;

/**
 * The systems that a text consists of, such as "On Debian or Ubuntu", "macOS", "With Docker Compose"; `null` where it
 * says anything else. `alone`: it says so even where no other system stands beside it.
 */
export function systemsIn(
  text: string,
): { readonly family: string; readonly alone: boolean } | null {
  if (text.length > 120) return null;
  const line = text.replace(/\s+/g, ' ').trim();
  const where = IF_ON.exec(line) ?? WHERE.exec(line);
  const named = (where === null ? line : line.slice(where[0].length)).toLowerCase();
  const [head = ''] = named.split(/[:：,] |[:：,]$| [–—-] /, 1);
  const family = familyOf(head, where !== null);
  if (family === null) return null;
  const isFor = /^(?:for|für|pour|para|per|voor|dla|för) /i.test(line);
  const alone = where !== null && (family === 'system' || isFor || IF_ON.test(line));
  return { family, alone };
}

function familyOf(head: string, isPlaced: boolean): string | null {
  const names = head
    .replace(/\([^()]*\)/g, ' ')
    .split(/[/,&+|]| (?:or|and|oder|und|ou|et|o|y|en|of|lub|i|och|eller) /)
    .map(bareName);
  if (names.length > 5 || names.includes('')) return null;
  const found = FAMILIES.find(([, known]) => names.every((name) => known.has(name)))?.[0];
  // "Using Homebrew" beside "With Docker": either is a way to do it.
  if (found === 'platform') return isPlaced ? 'way' : null;
  if (found !== undefined) return found;
  const isMixed = names.every((name) => FAMILIES.some(([, known]) => known.has(name)));
  return isMixed && isPlaced ? 'way' : null;
}

/** Without "-based systems", a version, and what is said of the machines. */
function bareName(name: string): string {
  const words = name
    .replace(/-based\b/, ' based')
    .split(' ')
    .filter((word) => word !== '');
  while (words.length > 1 && (BEHIND.has(words.at(-1) ?? '') || VERSION.test(words.at(-1) ?? '')))
    words.pop();
  return words.join(' ');
}

/**
 * Whether a comment names a machine that what follows is for: "on the replica:", "Now on db2", "auf dem Standby". In the
 * middle of a script what stands above it is for another one. Linear.
 */
export function namesPlace(comment: string): boolean {
  if (comment.length > 60) return false;
  const [, article = '', named = ''] = PLACE.exec(comment.trim()) ?? [];
  if (named === '' || NO_PLACE.test(named)) return false;
  const isName = /^[\p{L}]+[-._]?\d[\p{L}\d._-]*$|^[\p{L}\d]+(?:[-.][\p{L}\d]+)+$/u.test(named);
  return isName || MACHINE.test(named) || (article !== '' && /[:：]$/u.test(comment.trim()));
}

const PLACE =
  /^(?:(?:now|then|next|finally|and|back|run|execute|do|type|repeat|again|this|these|it|the following|the same|jetzt|dann|nun|puis|ensuite|luego|ahora|poi|ora|dan|nu|teraz|теперь|затем) ){0,4}(?:on|auf|sur|en|su|op|på|na|no|nos|nas|sul|sulla|sui|на) ((?:(?:the|your|a|an|each|every|all|both|any|one|other|der|dem|den|einem|jedem|le|la|les|chaque|el|los|las|cada|il|i|lo|de|het|elke|den|det|każdym) ){0,2})([\p{L}\p{N}._-]{2,40}(?: [\p{L}\p{N}._-]{2,30}){0,2})\s?[:：]?$/iu;
const NO_PLACE =
  /^(?:success|failure|errors?|top|port|boot|start|startup|exit|demand|this|same|local|localhost|current|first|last|next|fly|command line|cli|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|weekends?|weekdays?)(?![\p{L}])/iu;
/** Words for machines, by how they begin. */
const MACHINE =
  /(?<![\p{L}])(?:repli[ck]|répli|réplica|primar|primär|primär|secondar|sekund|standby|master|slave|server|servidor|serveur|hosts?(?![\p{L}])|hôte|nodes?(?![\p{L}])|knoten|nœud|nodo|knoop|węź|węzł|uzel|узел|узл|серв|клиент|client|klient|leader|follower|worker|bastion|laptop|machine|maschine|rechner|controller|control plane|jump)/iu;
