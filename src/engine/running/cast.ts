import { sha256Of } from '../../text/sha256.ts';
import type { StepOutput } from '../contracts/step-type.ts';
import type { Attachment } from '../model/event.ts';
import { castFile } from '../record/files.ts';
import type { Session } from './session.ts';

/** Longest terminal session that is kept; what comes later is in the output file only. */
const MAX_CAST_BYTES = 4 * 1024 * 1024;

/** Records what an attempt shows, with its times, as an asciicast (version 2). */
export interface CastRecorder {
  /** Output as it goes to log and screen: masked. */
  see(output: StepOutput): void;
  /** Keeps it beside the attempt's output. */
  keep(): Promise<readonly Attachment[]>;
}

/** A recorder for an attempt that may be given the person's terminal; what it saw is kept only when asked to. */
export function castRecorder(session: Session, stepId: string, number: number): CastRecorder {
  const { clock, operator } = session.deps;
  const terminal = session.attended ? operator.terminal() : null;
  const startMs = clock.monoMs();
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let bytes = 0;
  return {
    see({ chunk }) {
      if (terminal === null || bytes > MAX_CAST_BYTES) return;
      bytes += chunk.length;
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '')
        lines.push(JSON.stringify([secondsSince(clock.monoMs() - startMs), 'o', text]));
    },
    async keep() {
      if (terminal === null) return [];
      const { columns: width, rows: height } = terminal;
      const timestamp = Math.floor((clock.nowMs() - (clock.monoMs() - startMs)) / 1000);
      const header = JSON.stringify({ version: 2, width, height, timestamp });
      const text = `${[header, ...lines].join('\n')}\n`;
      const path = castFile(stepId, number);
      await session.deps.keep(path, text);
      return [{ path, bytes: Buffer.byteLength(text), sha256: sha256Of(text) }];
    },
  };
}

const secondsSince = (spanMs: number): number => Math.round(spanMs * 1000) / 1_000_000;
