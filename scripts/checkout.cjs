// Before `npm start` and `npm test` in a checkout: says in a sentence what would fail in a page. It stands within the two
// commands and not in front of them, where an npm that runs no scripts of its own accord would pass it over.
const { accessSync, constants, existsSync } = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);

// The oldest Node that everything a checkout is built and tested with can be installed by; the command itself runs
// on the Node that package.json pins.
const OLDEST = '20.19';

/** Why the command cannot be carried out here; `undefined`: it can. */
function refusal({ word, npmsNode, node, needed, isThere, locked }) {
  if (isOlder(npmsNode, OLDEST))
    return (
      `npm runs on Node ${npmsNode}, which is too old to install what handrail is built with: ` +
      `install Node ${OLDEST} or newer and call npm ci again.`
    );
  if (!isThere('rolldown')) return 'What handrail is built with is not there: call npm ci first.';
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

module.exports = { refusal, lockedOf, unwritable };

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
    isThere: (name) => existsSync(path.join(root, 'node_modules', name)),
  });
  if (why !== undefined) {
    console.error(`handrail: ${why}`);
    process.exitCode = 1;
  }
}
