import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Holds at all times and is no step. */
export const rule: BlockClass<ItemFeatures, 'rule'> = {
  name: 'rule',
  summary: 'is a rule that holds at all times',
  evidence: [{ weight: 'rule/item', says: 'stands among rules', holds: (f) => f.rule }],
  examples: [
    '# Backups\n\n1. **NEVER** commit backups\n2. **ALWAYS** test restores',
    '# Wichtig\n\n1. Niemals den Primärserver löschen\n2. Immer zuerst die Sicherung prüfen',
  ],
  counterExamples: ['# Steps\n\n1. Stop the server\n2. Never mind the warning, go on'],
};
