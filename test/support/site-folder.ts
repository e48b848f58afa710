import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A small shop's runbooks: what a site is made of, hostile corners included. */
export const SHOP: Readonly<Record<string, string>> = {
  'README.md': `# The shop's runbooks

What keeps the shop open. Begin with the [morning round](daily/morning.md), and keep [the database](database/failover.md#promote-the-standby) in mind.
`,
  'daily/morning.md': `---
title: Morning round
description: Ten minutes that tell whether the shop will be open at noon.
tags: [daily, shop]
owner: Shop team
aliases: [/old/morning]
---

# Morning round (10 minutes)

> [!TIP]
> A ==cup== of coffee fits between the second and the third step.

## Is the shop open?

\`\`\`bash name=front-door timeout=20s
echo "shop: open"
echo "queue: 3"
\`\`\`

Expected output:

\`\`\`text
shop: open
queue: 3
\`\`\`

Look at the disks as well:

\`\`\`console
$ df -h / | tail -1
\`\`\`

## By eye

- [ ] The order page shows orders of today
- [ ] No red lamp on the payment panel
- [x] The printer has paper

| Check | Command | Threshold |
|---|---|---|
| Load | \`cut -d' ' -f1 /proc/loadavg\` | < 500 |
| Users | \`who \\| wc -l\` | < 1000 |
`,
  'database/failover.md': `---
severity: P1
tags: [database]
owner: Database team
---

# Database failover

!!! warning "There is no way back"
    The old primary has to be rebuilt afterwards.

The standby follows the primary, and the pool follows whoever is primary:

\`\`\`mermaid
graph LR
  shop[Shop] --> pool[Pool]
  pool --> primary[(Primary)]
  primary -. replicates .-> standby[(Standby)]
\`\`\`

## Check replication lag

\`\`\`bash name=lag
echo "lag: 2 s"
\`\`\`

## Promote the standby

Run ssh to <standby> first; {{ $labels.instance }} names it.

\`\`\`bash name=promote effect=destroys timeout=2m
echo "server promoted"
\`\`\`

## Roll back

\`\`\`bash name=rollback effect=writes
echo "rebuild {REPLICA}"
\`\`\`
`,
  'database/restore.md': `---
severity: P2
tags: [database, backup]
---

# Restore a backup

## Emergency restore

Orders since the backup will be missing: the shop team has to know.

\`\`\`bash name=newest
echo "backup of 02:00, 41 GB"
\`\`\`

## Odd corners

<script>alert(1)</script>

[click me](javascript:alert(1)) <a href="javascript:alert(2)" onclick="alert(3)">or me</a> <img src=x onerror=alert(4)>

<details><summary>More</summary>Folded <kbd>Ctrl</kbd> text</details>

A [broken link](nowhere.md) and [another](failover.md#no-such-heading).

| A very wide table | with many columns | that has to scroll | on a small screen | instead of the page |
|---|---|---|---|---|
| aaaaaaaaaaaaaaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | cccccccccccccccccccccccccc | dddddddddddddddddddddd | eeeeeeeeeeeeeeeee |
`,
  'broken.md': '---\ninputs: [\n---\n\n# Printer out of paper\n\n- [ ] Put paper in\n',
};

/** A fresh folder with the shop's runbooks and room for their runs. */
export function shopFolder(more: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-site-'));
  mkdirSync(path.join(folder, '.handrail'));
  for (const [name, text] of Object.entries({ ...SHOP, ...more })) {
    mkdirSync(path.dirname(path.join(folder, 'runbooks', name)), { recursive: true });
    writeFileSync(path.join(folder, 'runbooks', name), text);
  }
  return folder;
}
