// Before `npm start` and `npm test` in a checkout: says in a sentence what would fail in a page. It stands within the two
// commands and not in front of them, where an npm that runs no scripts of its own accord would pass it over.
const { accessSync, constants, existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);

// The oldest Node that everything a checkout is built and tested with can be installed by; the command itself runs
// on the Node that package.json pins.
const OLDEST = '20.19';

/** Why the command cannot be carried out here; `undefined`: it can. */
function refusal({ word, npmsNode, node, needed, isThere, locked, omits = [] }) {
  if (isOlder(npmsNode, OLDEST))
    return (
      `npm runs on Node ${npmsNode}, which is too old to install what handrail is built with: ` +
      `install Node ${OLDEST} or newer and call npm ci again.`
    );
  const left = ['dev', 'optional'].filter((kind) => omits.includes(kind));
  const isWhole = isThere('rolldown') && isThere('rolldown for this machine');
  if (!isWhole && left.length > 0)
    return (
      `npm was told to leave out what handrail is built with (omit=${left}, or NODE_ENV=production): ` +
      `call npm ci ${left.map((kind) => `--include=${kind}`).join(' ')} && npm ${word}.`
    );
  if (!isWhole) return `What handrail is built with is not there: call npm ci && npm ${word}.`;
  if (word === 'test' && locked !== undefined) return unwritable(locked, 'npm test');
  const isPinned = isThere('node/bin/node');
  if (isPinned || (word === 'start' && !isOlder(node, needed))) return undefined;
  return (
    'npm was told to run no scripts of packages (ignore-scripts), and the Node that a checkout brings comes by one: ' +
    `call npm ci --ignore-scripts=false && npm ${word}.`
  );
}

function isOlder(version, than) {
  const [given, least] = [version, than].map((one) => one.split('.').map(Number));
  const at = least.findIndex((part, index) => part !== given[index]);
  return at !== -1 && (given[at] || 0) < least[at];
}

/** Why what is built or tested cannot be kept. */
function unwritable(place, command) {
  return (
    `${place} cannot be written to, where ${command} keeps what it builds: ` +
    `call npm ci && ${command} in a copy of the checkout that is yours.`
  );
}

/** The first of the places that cannot be written to; `undefined`: all can that are there. */
function lockedOf(places) {
  return places.find((place) => existsSync(place) && !isWritable(place));
}

function isWritable(place) {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What npm is told to leave out, by an option, a variable or its configuration. */
function omitted({ npm_config_omit: said = '', NODE_ENV: mode }) {
  return [...said.split(/[\s,]+/).filter(Boolean), ...(mode === 'production' ? ['dev'] : [])];
}

/** Whether a package is there; of the bundler also what it needs of its own for this kind of machine. */
function isInstalled(name) {
  const modules = path.join(root, 'node_modules');
  if (name !== 'rolldown for this machine') return existsSync(path.join(modules, name));
  const kind = `binding-${process.platform}-${process.arch}`;
  const folder = path.join(modules, '@rolldown');
  return existsSync(folder) && readdirSync(folder).some((one) => one.startsWith(kind));
}

module.exports = { refusal, lockedOf, omitted, unwritable };

if (require.main === module) {
  // Within a script, `node` is the pinned one: npm says which one runs itself.
  const [, npmsNode = process.versions.node] =
    /\bnode\/v?(\S+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
  const why = refusal({
    word: process.argv[2],
    npmsNode,
    node: process.versions.node,
    needed: require('../package.json').engines.node.replace('>=', ''),
    locked: lockedOf(['', 'dist', 'node_modules'].map((name) => path.join(root, name))),
    isThere: isInstalled,
    omits: omitted(process.env),
  });
  if (why !== undefined) {
    console.error(`handrail: ${why}`);
    process.exitCode = 1;
  }
}
