import type { Outlet } from './outlet.ts';
import type { Style } from './screen/style.ts';

/** The world as the command line found it: the only place where commands look for it. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: Outlet;
  readonly err: Outlet;
  /** Colours of standard output, or none. */
  readonly style: Style;
  readonly colour: boolean;
  /** Width to fold text to; 80 when unknown. */
  readonly columns: number;
  /** Standard input and output are terminals. */
  readonly interactive: boolean;
  /** Where runs are kept, when `--state` says so. */
  readonly state: string | undefined;
  readonly version: string;
}
