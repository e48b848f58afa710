import { defineStepType } from '../engine/contracts/step-type.ts';
import type { StepLink } from '../engine/model/runbook.ts';
import { percentDecoded } from '../text/url.ts';

/** A link that is run in place. */
export const runbook = defineStepType<StepLink>({
  name: 'runbook',
  summary: 'An item that is only a link to another runbook, which is run in its place.',
  quoting: 'none',
  human: false,
  called: 'a link to a runbook',
  takes: ['link'],
  detect(block) {
    if (block.kind !== 'item' || block.link === undefined) return undefined;
    const link =
      /^(?![a-z][\w+.-]*:|\/\/)([^#?]+\.(?:md|markdown|mdx|md\.erb))(?:#([^?]*))?$/i.exec(
        block.link,
      );
    // Contents link within the page; one that gives values means to run what it leads to.
    const within = block.annotations.with === undefined ? null : /^#([^?]+)$/.exec(block.link);
    const [path = '', procedure = ''] = link?.slice(1) ?? ['', within?.[1]];
    if (!(link || within) || (!block.ordered && block.checked === null)) return undefined;
    return {
      body: { path: percentDecoded(path), procedure: percentDecoded(procedure) },
      why: 'item that is only a link to a runbook',
      effect: 'none',
    };
  },
  link: (body) => body,
  examples: [
    {
      markdown: '## Nightly\n\n1. [Back up the database](backup.md#nightly)',
      body: { path: 'backup.md', procedure: 'nightly' },
    },
    { markdown: '1. [Daily operations](#daily-operations)', body: null },
  ],
});
