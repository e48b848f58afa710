import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Says how something is, was or should be. */
export const fact: BlockClass<ItemFeatures, 'fact'> = {
  name: 'fact',
  summary: 'says how something is',
  evidence: [
    { weight: 'fact/quoted', says: 'stands in a quote', holds: (f) => f.quoted },
    {
      weight: 'fact/never-above',
      says: 'stands under words for what is never to be done',
      holds: (f) => f.overNever,
    },
    {
      weight: 'fact/described',
      says: 'the sentence above says how something works',
      holds: (f) => f.describes,
    },
    {
      weight: 'fact/planned',
      says: 'stands under a heading that gives it weeks or months',
      holds: (f) => f.planned,
    },
    { weight: 'fact/facts-above', says: 'stands under words for facts', holds: (f) => f.overFacts },
    { weight: 'fact/states', says: 'is a statement', holds: (f) => f.states },
    {
      weight: 'fact/thing',
      says: 'says what a thing of the page does',
      holds: (f) => f.thing,
    },
    { weight: 'fact/comes', says: 'says what will be seen then', holds: (f) => f.comes },
    {
      weight: 'fact/result',
      says: 'says what is so if something holds',
      holds: (f) => f.result,
    },
    { weight: 'fact/lasts', says: 'says how long something takes', holds: (f) => f.lasts },
    {
      weight: 'fact/does',
      says: 'says what something does, as its list does',
      holds: (f) => f.does,
    },
    {
      weight: 'fact/no-verb',
      says: 'has no verb that tells what to do',
      holds: (f) => f.noVerb === 'surely',
    },
    {
      weight: 'fact/no-verb-maybe',
      says: 'has no verb that is known',
      holds: (f) => f.noVerb === 'maybe',
    },
    { weight: 'fact/others-state', says: 'stands among statements', holds: (f) => f.othersState },
    { weight: 'fact/way', says: 'names one of several ways', holds: (f) => f.way },
    { weight: 'fact/spoken', says: 'is what somebody says', holds: (f) => f.spoken },
    {
      weight: 'fact/exclaims',
      says: 'is an exclamation and tells nothing',
      holds: (f) => f.exclaims,
    },
    { weight: 'fact/ticked', says: 'is ticked off', holds: (f) => f.ticked },
    {
      weight: 'fact/by-itself',
      says: 'says what happens by itself',
      holds: (f) => f.byItself,
    },
    { weight: 'fact/tells', says: 'begins with a verb', holds: (f) => f.verb },
  ],
  examples: [
    '# Notes\n\n1. The server stands in Berlin\n2. Backups are made at night',
    '# Ursachen\n\n1. Zu wenig Speicher\n2. Volle Platte',
    '# Improvements\n\n## Short term (1-2 weeks)\n\n1. Raise the coverage\n2. Write the docs',
    '# 计划\n\n## 中期（1个月）\n\n1. 完善监控\n2. 提升性能',
    '# Setup\n\n1. Copy the file\n2. Restart the server\n3. Done!',
    'This script will:\n\n1. Stop the server\n2. Back up the database\n3. Start the server',
    '# Look\n\nThere are two ways to look:\n\n1. Web console\n2. Remote shell',
    '# Titta\n\nDet finns två sätt att titta:\n\n1. Webbkonsolen\n2. Fjärrskalet',
    '# Setup\n\n1. Start the import\n2. Open the console\n3. You will see the list of nodes',
    '# Installation\n\n1. Lancez l’import\n2. Ouvrez la console\n3. Une fenêtre s’ouvrira',
    '# Postup obnovy\n\n1. Spusťte skript\n2. Zkontrolujte záznamy\n3. Tento proces zabere přibližně 5 minut',
    '# Reset\n\n1. Deletes the namespace\n2. Removes the finalizers\n3. Asks for a password',
    '# Run\n\nEvery script:\n\n1. Creates a folder\n2. Downloads the library into it\n3. Sources it\n4. Deletes the folder',
    '# Run\n\n1. Press *Start*\n2. If the portal lists the host, the import was successful',
    '# Upgrade the agent\n\n1. Stop the agent\n2. Run the installer\n3. If it went well, it is recorded in `/opt/agent/install.log`.',
    '# Rutine\n\n1. Stopp tjenesten\n2. Start tjenesten\n3. Hver natt bytter lederen',
    '# Обзор\n\n1. Сервер стоит в Москве\n2. База данных большая',
  ],
  counterExamples: ['# Steps\n\n1. Restart the server\n2. Tell the team'],
};
