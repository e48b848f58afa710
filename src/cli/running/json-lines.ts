import { StringDecoder } from 'node:string_decoder';
import type { RunEvent } from '../../engine/model/event.ts';
import type { Outlet } from '../outlet.ts';

/** Writes every event as a line of JSON; output carries its `text` in the place of bytes. */
export function jsonLines(
  run: string,
  out: Outlet,
): (event: RunEvent) => Promise<void> | undefined {
  let decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  return (event) => {
    if (event.type === 'step.started')
      decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
    const { type, ...facts } = event.type === 'step.output' ? withText(event, decoders) : event;
    return out.write(`${JSON.stringify({ run, type, ...facts })}\n`);
  };
}

type Output = Extract<RunEvent, { type: 'step.output' }>;

function withText(
  { chunk, ...facts }: Output,
  decoders: Readonly<Record<Output['stream'], StringDecoder>>,
): Omit<Output, 'chunk'> & { readonly text: string } {
  return { ...facts, text: decoders[facts.stream].write(Buffer.from(chunk)) };
}
