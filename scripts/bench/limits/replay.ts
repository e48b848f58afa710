/** Folds the newest run of a state folder into its report, with the built library. Prints its CPU time in ms. */
const [, , library = '', state = ''] = process.argv;
const { createHandrail } = await import(library);
const handrail = createHandrail({ env: {}, cwd: '/', state, version: '0' });
const reader = await handrail.find('last');
const from = process.cpuUsage();
await handrail.report(reader);
const { user, system } = process.cpuUsage(from);
process.stdout.write(`${(user + system) / 1000}\n`);
