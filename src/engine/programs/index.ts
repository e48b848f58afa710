import { BROKERS } from './families/brokers.ts';
import { CLOUDS } from './families/clouds.ts';
import { CLUSTERS } from './families/clusters.ts';
import { CONTAINERS } from './families/containers.ts';
import { DATABASE_SERVERS } from './families/database-servers.ts';
import { DATABASES } from './families/databases.ts';
import { DUMPS } from './families/dumps.ts';
import { FILES } from './families/files.ts';
import { GIT } from './families/git.ts';
import { LANGUAGES } from './families/languages.ts';
import { NETWORK } from './families/network.ts';
import { PACKAGES } from './families/packages.ts';
import { REMOTE } from './families/remote.ts';
import { SECRETS } from './families/secrets.ts';
import { SERVICES } from './families/services.ts';
import { SHELL } from './families/shell.ts';
import { STORAGE } from './families/storage.ts';
import { SYSTEM } from './families/system.ts';
import { TEXT } from './families/text.ts';
import { WRAPPERS } from './families/wrappers.ts';
import type { Program } from './program.ts';

/** Every family of programs; a name that stands in two belongs to the first. */
export const FAMILIES: readonly (readonly Program[])[] = [
  SHELL,
  WRAPPERS,
  TEXT,
  FILES,
  SYSTEM,
  SERVICES,
  STORAGE,
  NETWORK,
  REMOTE,
  PACKAGES,
  LANGUAGES,
  GIT,
  CONTAINERS,
  CLUSTERS,
  CLOUDS,
  DATABASES,
  DUMPS,
  DATABASE_SERVERS,
  BROKERS,
  SECRETS,
];
