import { expect, test } from 'vitest';
import { targetLabels } from '../../src/alerts/target-labels.ts';

test.each([
  ['up == 0', 'instance job'],
  ['{__name__="up"} == 0', 'instance job'],
  ['up{job="shop"} == 0', 'instance job'],
  ['rate(errors_total{path="/sum(x)"}[5m]) > 0.1', 'instance job'],
  ['predict_linear(free_bytes[1h], 4 * 3600) < 0', 'instance job'],
  ['topk(3, queue_depth)', 'instance job'],
  ['sum(errors)', ''],
  ['100 * (1 - avg(rate(idle[5m])))', ''],
  ['sum by (queue) (depth) > 9', ''],
  ['sum(depth) by (queue) > 9', ''],
  ['histogram_quantile(0.99, sum by (le) (rate(took_bucket[5m]))) > 1', ''],
  ['absent(up{job="shop"})', ''],
  ['count(up == 0) > 2', ''],
  ['sum without (instance) (errors) > 1', 'job'],
  ['sum(errors) without (instance, pod) > 1', 'job'],
  ['errors / on (job) group_left () sum by (job) (requests) > 1', 'instance job'],
  ['up == 0 and on () count(up) > 3', 'instance job'],
  ['sum(rate({app="shop"} |= "error" [5m])) > 1', ''],
  ['rate({app="shop"} |= "error" [5m]) > 1', 'instance job'],
  ['sum(a) > 1 # up', ''],
  ['vector(1)', ''],
  ['1 > bool 0', ''],
  ['sum(((', ''],
  ['', ''],
])('%s leaves %s', (expression, expected) => {
  expect(targetLabels(expression).join(' ')).toBe(expected);
});
