import { describe, expect, test } from 'vitest';
import { programsNeeded } from '../../../src/engine/programs/needs.ts';

describe('programs that a command needs on this machine', () => {
  test.each([
    ['deploy-it --now', ['deploy-it']],
    ['env FOO=1 deploy-it', ['env', 'deploy-it']],
    ['nohup env FOO=1 deploy-it', ['nohup', 'env', 'deploy-it']],
    ['timeout -k 5 30 deploy-it', ['timeout', 'deploy-it']],
    ['sudo -u postgres psql', ['sudo', 'psql']],
    ['xargs -0 -n1 deploy-it', ['xargs', 'deploy-it']],
    ['command -v deploy-it', ['command']],
    ['ssh web-1 deploy-it', ['ssh']],
    ['kubectl exec web-1 -- deploy-it', ['kubectl']],
    ['docker run --rm alpine deploy-it', ['docker']],
    ['$TOOL x', []],
  ])('%s', (text, expected) => {
    expect(programsNeeded(text.split(' '))).toEqual(expected);
  });
});
