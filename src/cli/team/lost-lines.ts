import { setTimeout as sleep } from 'node:timers/promises';
import { HandrailError } from '../../engine/model/errors.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Does what goes on for as long as somebody watches, and begins it anew when the line to the record was lost, which is said
 * once. `isThere` is called whenever something came over the line: what never came over it ends the work, and so does
 * everything else that is wrong.
 */
export async function overLostLines(
  { out, err }: Pick<CliContext, 'out' | 'err'>,
  work: (isThere: () => void) => Promise<void>,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  const line = { wasThere: false, isLost: false };
  const isThere = (): void => {
    if (line.isLost) void err.write("The team's record is there again.\n");
    Object.assign(line, { wasThere: true, isLost: false });
    pauseMs = FIRST_PAUSE_MS;
  };
  for (;;) {
    try {
      return await work(isThere);
    } catch (error) {
      const isLost = error instanceof HandrailError && error.code === 'UNREACHABLE';
      if (!isLost || !line.wasThere) throw error;
      if (!line.isLost)
        await err.write(
          `${screenLine(error.message)} Tried again until it is there; Ctrl-C ends this.\n`,
        );
      line.isLost = true;
      await sleep(pauseMs);
      if (out.closed) return;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}
