/** What `new` can begin with, by name. */
export const RUNBOOK_TEMPLATES: Readonly<
  Record<string, { readonly summary: string; readonly text: (title: string) => string }>
> = {
  simple: {
    summary: 'look, do, verify, roll back',
    text: (title) => `---
kind: runbook
inputs:
  service: { description: The service to look after, default: example }
---

# ${title}

Say when this is done, by whom, and what it must not break.

## Before you begin

Where are we, and how full is the disk?

\`\`\`bash name=look effect=reads
hostname
df -h .
\`\`\`

## Do it

Say what happens here, then let it happen:

\`\`\`bash name=do-it timeout=5m
echo "restarting {{service}}"
\`\`\`

## Verify

\`\`\`console
$ echo "it is up"
it is up
\`\`\`

## Rollback

Offered by name when a step above fails.

\`\`\`bash name=put-back
echo "putting {{service}} back"
\`\`\`
`,
  },
  'health-check': {
    summary: 'numbers with limits, for a person and for cron',
    text: (title) => `---
kind: runbook
description: Is it well? Reads only; safe at any time.
defaults: { effect: reads, timeout: 30s }
# schedule: [{ cron: "*/15 * * * *" }]
# notify: [{ on: [failure, recovery], command: ./tell-somebody }]
---

# ${title}

Every row is a check: its number is compared with its limits. A critical one fails the run.

| Metric | Warning | Critical | Check Command |
|---|---|---|---|
| Disk used | > 80% | > 90% | \`df --output=pcent . \\| tail -1\` |
| Processes | > 5000 | > 20000 | \`ls /proc \\| grep -c '^[0-9]'\` |

## Does it answer?

\`\`\`bash name=answers retries=2 delay=2s
echo '{"status":"ok","uptime":12.5}'
\`\`\`

Expected output:

\`\`\`json
{"status": "ok", "uptime": 3600.5}
\`\`\`
`,
  },
  backup: {
    summary: 'a backup, and the drill that proves it',
    text: (title) => `---
kind: manual
description: Backs the data up, and proves that it can be restored.
inputs:
  data: { description: The folder to back up, default: data }
  backups: { description: Where backups are kept, default: backups }
lock: { name: backup, policy: wait, wait: 10m }
# schedule: [{ procedure: back-up, cron: "0 2 * * *" }, { procedure: restore-drill, cron: "0 4 * * 0" }]
---

# ${title}

## Back up

There is room for it:

\`\`\`bash name=room effect=reads
mkdir -p "{{backups}}"
df -h "{{backups}}"
\`\`\`

Write it beside the others under a name of its own, and only then give it its name:

\`\`\`bash name=write timeout=1h
file="{{backups}}/$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
tar -czf "$file.part" "{{data}}"
mv "$file.part" "$file"
\`\`\`

It can be read to its end:

\`\`\`bash verify
tar -tzf "$file" > /dev/null
\`\`\`

## Restore drill

The newest one, into a folder of its own:

\`\`\`bash name=restore timeout=1h
newest=$(ls -1 "{{backups}}"/*.tar.gz | tail -1)
mkdir -p drill
tar -xzf "$newest" -C drill
\`\`\`

What came back is what is there:

\`\`\`bash name=compare effect=reads
diff -r "{{data}}" "drill/{{data}}"
\`\`\`

<!-- handrail: unattended=skip -->
- [ ] Somebody who knows the data has looked at what came back

### Cleanup

\`\`\`bash name=tidy effect=writes
rm -rf drill
\`\`\`
`,
  },
  release: {
    summary: 'check, tag, deploy, roll back',
    text: (title) => `---
kind: runbook
inputs:
  version: { description: 'The version to release', pattern: '[0-9]+\\.[0-9]+\\.[0-9]+' }
  environment: { description: Where to, choices: [staging, production], default: staging }
requires: { commands: [git] }
lock: { name: release, policy: fail }
---

# ${title}

## Before

\`\`\`bash name=clean effect=reads
test -z "$(git status --porcelain)"
\`\`\`

\`\`\`bash name=current effect=reads capture=current
git describe --tags --abbrev=0
\`\`\`

<!-- handrail: when="environment = production" -->
- [ ] {{version}} has been on staging for a day

## Release

\`\`\`bash name=tag on-fail=rollback
git tag "v{{version}}" -m "after {{current}}"
git push origin "v{{version}}"
\`\`\`

- [ ] Tell the team that {{version}} is out

## Rollback

\`\`\`bash name=untag
git tag -d "v{{version}}"
git push origin ":refs/tags/v{{version}}"
\`\`\`
`,
  },
  incident: {
    summary: 'look, mitigate, verify, tell',
    text: (title) => `---
kind: runbook
severity: P1
inputs:
  service: { description: The service that is in trouble, default: example }
---

# ${title}

\`handrail incident open INC-1\` first: every run and note belongs to it then.

## Immediate actions (5 minutes)

- [ ] Say in the channel that you are on it

What is it doing?

\`\`\`bash name=look effect=reads on-fail=continue
uptime
df -h .
\`\`\`

## Mitigation (15 minutes)

If the disk is full:

\`\`\`bash name=free-disk effect=writes
find /var/tmp -maxdepth 1 -name '*.tmp' -mtime +1 -print -delete
\`\`\`

1. Restart {{service}}, one instance at a time, and watch it come up

## Verification

\`\`\`bash name=verify effect=reads retries=3 delay=5s
echo "{{service}} answers"
\`\`\`

- [ ] Customers have been told that it is over
- [ ] \`handrail timeline --format postmortem\` has been written
`,
  },
};
