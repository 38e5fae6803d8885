/**
 * The decisions that one connection takes, by themselves: the place, four answers of a resolver, the peer. CPU time.
 *
 * npx tsx bench/fetch/check.ts [connections]
 */
import type { LookupAddress } from 'node:dns';
import { decideAnswers, decidePeer } from '../../lib/fetch/lookup/answers.ts';
import { decidePlace } from '../../lib/fetch/policy/destination.ts';
import { hostOf } from '../../lib/fetch/policy/host-rule.ts';
import { parsePolicy } from '../../lib/fetch/policy/parse-policy.ts';

const connections = Number(process.argv[2] ?? 200_000);
const policy = parsePolicy({
  hosts: ['api.example.com', '*.example.net', '*.example.org'],
  allowPrivate: [{ host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443] }],
});
const answers: readonly LookupAddress[] = [
  { address: '93.184.215.14', family: 4 },
  { address: '104.16.132.229', family: 4 },
  { address: '2606:4700::6810:84e5', family: 6 },
  { address: '2606:2800:21f::1', family: 6 },
];

function check(name: string): boolean {
  const host = hostOf(name);
  const place = decidePlace(host, 443, policy);
  return (
    place.allow && !decideAnswers(answers, host, 443, policy) && !decidePeer('93.184.215.14', answers, host)
  );
}

for (let i = 0; i < 20_000; i++) check('cdn.example.net');
const rounds = Array.from({ length: 15 }, () => {
  const before = process.cpuUsage();
  for (let i = 0; i < connections / 15; i++)
    if (!check(`h${i}.example.net`)) throw new Error('It was refused.');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (connections / 15);
}).sort((a, b) => a - b);
console.log(
  `${rounds[7]?.toFixed(2)} us a connection (median of 15 rounds; ${rounds[0]?.toFixed(2)} to ${rounds[14]?.toFixed(2)})`,
);
