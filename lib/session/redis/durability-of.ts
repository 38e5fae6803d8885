import type { StoreFinding } from '../session-store.ts';
import type { RedisConnection } from './redis-client.ts';

/** What this Redis can lose. Rejects if it does not answer. */
export async function durabilityOf(connection: RedisConnection): Promise<readonly StoreFinding[]> {
  const about = `${await connection.command('INFO', 'persistence')}\n${await connection.command('INFO', 'memory')}`;
  const fact = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(about)?.[1];
  const [fsync, save] = [await setting(connection, 'appendfsync'), await setting(connection, 'save')];
  const findings: StoreFinding[] = [];
  const aof = fact('aof_enabled');
  if (aof === '0' && save === '') {
    findings.push({
      finding: 'appendonly is no, and no snapshots are made',
      consequence: 'When Redis restarts, all sessions are gone and all users log in again. None comes back.',
    });
  } else if (aof === '0') {
    findings.push({
      finding: 'appendonly is no, and snapshots may be made',
      consequence:
        'When Redis restarts from a snapshot, sessions that began after it are gone, and those that ended after it come back.',
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
        'A crash of the machine loses the changes of some 30 seconds: ended sessions may come back.',
    });
  }
  const policy = fact('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction' && fact('maxmemory') !== '0') {
    findings.push({
      finding: `maxmemory-policy is ${policy}`,
      consequence:
        'When its memory is full, Redis ends sessions of users who are logged in. None that ended comes back.',
    });
  }
  return findings;
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
