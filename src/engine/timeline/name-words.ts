/** Accounts that are nobody in particular: their names are words of the trade, too. */
export const SERVICES = new Set(
  'root admin administrator postgres deploy deployer ubuntu debian ec2-user www-data nobody cron ci runner jenkins vagrant ansible git dev ops app service system unknown alertmanager'.split(
    ' ',
  ),
);

/** Names that are words of English as well: in small letters they are the words. */
export const WORDS = new Set(
  'will may mark bill rob bob hope grace faith joy dawn rose art jack drew chase pat sue ray dean frank grant guy max min rich robin victor june april august summer autumn rusty sandy skip sonny miles clay cliff dale glen heath lane page reed ross wade ward west north young long short strong small little large brown white black green gray grey king price cook baker hall wood woods stone hill field fields rivers brook brooks bush fox wolf bird fish rice bean berry bell ball banks bank barber butler carter carver cross day dear early english fisher ford forest fuller gardener good hand hardy head hunter hunt keys key knight law lock love major marsh mason mercer miller moody moon moss noble park parks pace pool pope porter potter powers read rush sharp shepherd singer smith snow speed spring star steel step stock swift taylor thatcher test turner wall walker waters weaver webb wells wise worth wright log nine mine host node root user data disk base case call code core file line link list load name note time type'.split(
    ' ',
  ),
);

/** Short words of the trade: an account that is called so is not known from them. */
export const SHORT_WORDS = new Set(
  'lib bin etc usr var opt tmp log dev lan wan api app cli sql ssh tls dns url job run all any set get put add new old out end top map key pid tag'.split(
    ' ',
  ),
);

export const isWord = (bare: string): boolean =>
  [WORDS, SHORT_WORDS, SERVICES].some((words) => words.has(bare.toLowerCase())) || bare.length < 3;
