import { expect, test } from 'vitest';
import { readShell } from '../../../src/engine/shell/facts.ts';

test.each([
  'aws ecs update-service --cluster a --service b --desired-count 0',
  'aws autoscaling set-desired-capacity --auto-scaling-group-name a --desired-capacity 0',
  'gcloud compute instance-groups managed resize web --size=0',
  'gcloud container clusters resize a --num-nodes 0',
  'oc patch dc/web --type merge -p \'{"spec":{"replicas":0}}\'',
  'docker compose up -d --scale web=0',
  'docker service scale web=0',
  'nomad job scale web 0',
  'heroku ps:scale web=0',
  'fly scale count 0',
  'az vmss scale --name a --new-capacity 0',
  'unheard-of resize --node-count=0',
])('what leaves none of them destroys: %s', async (command) => {
  expect((await readShell(command)).effect).toBe('destroys');
  // A number with a zero in it, and one that is not known yet, leave some.
  expect((await readShell(command.replace(/0(?=\D*$)/, '10'))).effect).toBe('writes');
});

test.each([
  'aws autoscaling update-auto-scaling-group --auto-scaling-group-name a --min-size 0',
  'kubectl patch deploy web -p \'{"spec":{"minReadySeconds":0}}\'',
  'heroku ps:scale web=1 worker=10',
  'tool --retries 0 --offset=0',
])('what only begins at none, or counts something else, writes: %s', async (command) => {
  expect((await readShell(command)).effect).toBe('writes');
});
