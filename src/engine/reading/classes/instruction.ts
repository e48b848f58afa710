import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Tells somebody to do something. In by structure: an ordered item is one unless something speaks against it. */
export const instruction: BlockClass<ItemFeatures, 'instruction'> = {
  name: 'instruction',
  summary: 'tells somebody to do something',
  evidence: [
    { weight: 'instruction/verb', says: 'begins with a verb', holds: (f) => f.verb },
    {
      weight: 'instruction/verb-maybe',
      says: 'begins with a word that may be a verb',
      holds: (f) => f.verbMaybe,
    },
    {
      weight: 'instruction/verb-form',
      says: 'has the form of an instruction',
      holds: (f) => f.verbForm,
    },
    { weight: 'instruction/duty', says: 'says that it must be done', holds: (f) => f.duty },
    {
      weight: 'instruction/conditional',
      says: 'says what to do under a condition',
      holds: (f) => f.conditional,
    },
    { weight: 'instruction/command', says: 'begins with a command', holds: (f) => f.command },
    {
      weight: 'instruction/definition-tells',
      says: 'names what it tells to do',
      holds: (f) => f.definitionTells,
    },
    {
      weight: 'instruction/arrow',
      says: 'tells what to do behind an arrow',
      holds: (f) => f.arrow,
    },
    {
      weight: 'instruction/labelled',
      says: 'tells what to do behind a colon',
      holds: (f) => f.labelled,
    },
    {
      weight: 'instruction/leads-on',
      says: 'leads over to what to do then',
      holds: (f) => f.leadsOn,
    },
    {
      weight: 'instruction/gerunds',
      says: 'is one of the doings asked for',
      holds: (f) => f.gerunds,
    },
    { weight: 'instruction/navigates', says: 'leads through a program', holds: (f) => f.navigates },
    {
      weight: 'instruction/among',
      says: 'stands among instructions',
      holds: (f) =>
        f.othersTell === 'nearly all' &&
        !f.states &&
        !f.comes &&
        !f.lasts &&
        !f.byItself &&
        !f.contact,
    },
    {
      weight: 'instruction/half-tell',
      says: 'stands beside instructions',
      holds: (f) => f.othersTell === 'half' && !f.comes && !f.lasts && !f.byItself && !f.contact,
    },
    {
      weight: 'instruction/impersonal',
      says: 'is told as the steps of a procedure are',
      holds: (f) => f.impersonal,
    },
    {
      weight: 'instruction/same-form',
      says: 'is named as the instructions beside it are',
      holds: (f) => f.sameForm,
    },
    {
      weight: 'instruction/alike',
      says: 'begins as the items beside it do',
      holds: (f) => f.alike,
    },
    {
      weight: 'instruction/steps-above',
      says: 'stands under words for things to be done',
      holds: (f) => f.overSteps,
    },
    {
      weight: 'instruction/asked',
      says: 'the sentence above asks the reader',
      holds: (f) => f.asked,
    },
    {
      weight: 'instruction/heading-tells',
      says: 'its heading tells what to do',
      holds: (f) => f.headingTells,
    },
    {
      weight: 'instruction/told-in-fence',
      says: 'its fence tells what to do',
      holds: (f) => f.toldInFence,
    },
    { weight: 'instruction/ordered', says: 'is an ordered item', holds: (f) => f.ordered },
  ],
  examples: [
    '# Recovery\n\n1. Jumpstart the worker on node 4\n2. Bleed traffic off the pool',
    '# Runbook\n\n1. Otwórz panel\n2. Sprawdź logi',
    '# Steps\n\n1. `systemctl restart app`',
    '# Fix\n\n1. Database: restart the primary',
  ],
  counterExamples: [
    '# Contacts\n\n1. Anna Smith\n2. The on-call engineer',
    '# Notes\n\n1. The server stands in Berlin',
    '# Scope\n\n1. Which hosts are affected?',
  ],
};
