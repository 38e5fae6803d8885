import type { StoreFinding } from '../session-store.ts';
import type { RedisConnection } from './redis-client.ts';

/** What this Redis can lose. Rejects if it does not answer. */
export async function durabilityOf(connection: RedisConnection): Promise<readonly StoreFinding[]> {
  const { aof_enabled: aof } = await factsOf(connection, 'persistence');
  const { maxmemory_policy: policy, maxmemory } = await factsOf(connection, 'memory');
  const fsync = await setting(connection, 'appendfsync');
  const findings: StoreFinding[] = [];
  if (aof === '0') {
    findings.push({
      finding: 'appendonly is no',
      consequence: 'When Redis restarts, all sessions end and all users log in again. None comes back.',
    });
  } else if (aof === undefined) {
    findings.push({
      finding: 'this server does not tell whether appendonly is on',
      consequence: 'Without it, a restart loses sessions, or brings ended ones back from a snapshot.',
    });
  } else if (fsync === 'no') {
    findings.push({
      finding: 'appendfsync is no',
      consequence:
        'If the machine crashes, about the last 30 seconds are lost: ended sessions may come back.',
    });
  }
  if (policy !== undefined && policy !== 'noeviction' && maxmemory !== '0') {
    findings.push({
      finding: `maxmemory-policy is ${policy}`,
      consequence:
        'When its memory is full, Redis ends sessions of logged-in users. No ended session comes back.',
    });
  }
  return findings;
}

/** What INFO tells of a section. */
export async function factsOf(
  connection: RedisConnection,
  section: 'persistence' | 'memory',
): Promise<Readonly<Record<string, string | undefined>>> {
  const facts: Record<string, string> = Object.create(null);
  for (const line of String(await connection.command('INFO', section)).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) facts[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return facts;
}

/** Undefined where a hosted Redis does not allow the question. */
async function setting(connection: RedisConnection, name: string): Promise<string | undefined> {
  try {
    return settingIn(await connection.command('CONFIG', 'GET', name));
  } catch {
    return undefined;
  }
}

/** A list of names and values in RESP2, a map in RESP3. */
function settingIn(answer: unknown): string | undefined {
  if (Array.isArray(answer)) return answer.length > 1 ? String(answer[1]) : undefined;
  if (answer instanceof Map) return [...answer.values()].map(String)[0];
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).map(String)[0];
  return undefined;
}
