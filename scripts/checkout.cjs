// Before `npm start` and `npm test` in a checkout: says in a sentence what would fail in a page.
// The oldest Node that everything a checkout is built and tested with can be installed by; the command itself runs
// on the Node that package.json pins.
const OLDEST = [20, 19];

// Within a script, `node` is the pinned one: npm says which one runs itself.
const [, version = process.versions.node] =
  /\bnode\/v?(\S+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
const [major = 0, minor = 0] = version.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `handrail: npm runs on Node ${version}, which is too old to install what handrail is built with: ` +
      `install Node ${OLDEST.join('.')} or newer and call npm ci again.`,
  );
  process.exitCode = 1;
}
