import { describe, expect, test } from 'vitest';
import { needsOf } from '../../../src/engine/programs/needs.ts';
import { shellFacts } from '../../../src/engine/shell/facts.ts';

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
    expect(needsOf(text.split(' ')).programs).toEqual(expected);
  });
});

test.each([
  'find /srv -exec deploy-it {} \\;',
  'find /srv -execdir deploy-it {} +',
  'fd -e log -x deploy-it',
  'watch -n1 deploy-it',
  'parallel deploy-it ::: a b',
  "su - postgres -c 'deploy-it x'",
  "bash -c 'deploy-it x'",
  "sudo bash -c 'cd /; deploy-it x'",
  "script -c 'deploy-it' /dev/null",
  'eval deploy-it',
  'pkexec deploy-it',
  'setpriv --reuid 1 deploy-it',
  'chpst -u x deploy-it',
  'softlimit -m 1 deploy-it',
  'xvfb-run deploy-it',
  'dbus-run-session deploy-it',
  'ls | ifne deploy-it',
  "sg app -c 'deploy-it'",
  "hyperfine 'deploy-it x'",
  "flock /tmp/l -c 'deploy-it x'",
  'ls | xargs -n1 deploy-it',
  "bash -c 'timeout 5 deploy-it x'",
])('%s needs `deploy-it` here', (text) => {
  const names = shellFacts(text).commands.flatMap(({ name, needs = [name] }) => needs);
  expect(names).toContain('deploy-it');
});

test.each(["ssh web-1 'deploy-it x'", "docker exec web bash -c 'deploy-it x'"])(
  '%s needs it elsewhere',
  (text) => {
    const names = shellFacts(text).commands.flatMap(({ name, needs = [name] }) => needs);
    expect(names).not.toContain('deploy-it');
  },
);
