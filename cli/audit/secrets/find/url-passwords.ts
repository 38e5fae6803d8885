import { passwordInUrl } from '../../../scan/rules/kit/sensitive/secret-text.ts';
import { isDrawn } from './drawn-text.ts';
import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';

const mostScheme = 30;
const mostTries = 20_000;
const databases =
  /^(?:postgres(?:ql)?|mysql2?|mariadb|mongodb|rediss?|mssql|sqlserver|oracle|amqps?|clickhouse|cockroachdb|couchdb|neo4j|bolt|jdbc|db2|cassandra|elasticsearch|kafka|nats|ldaps?)(?:\+[\w]{1,20})?$/i;
const atPlace = /[^\s"'`<>\\]{1,400}/y;
/** Hosts that only this machine, or a container beside, can mean. */
const isNear =
  /^(?:\[?::1|[a-z][\w-]{0,40}|[\w.-]{1,60}\.(?:local|localhost|test|invalid|example|svc|internal|lan)|0\.0\.0\.0|127\.[\d.]{3,11})\]?$/i;
const isWeak = /^[a-z_-]{0,16}\d{0,4}[!]?$/i;

/** `postgres://user:password@host/`, and the like of any scheme. */
export function* urlPasswords(text: string): Generator<FoundSecret> {
  let tries = 0;
  for (let sign = text.indexOf('://'); sign >= 0 && tries < mostTries; sign = text.indexOf('://', sign + 3)) {
    tries++;
    let at = sign;
    while (at > 0 && sign - at < mostScheme && /[a-z\d+.-]/i.test(text.charAt(at - 1))) at--;
    const scheme = text.slice(at, sign);
    atPlace.lastIndex = at;
    const [address = ''] = atPlace.exec(text) ?? [];
    const password = passwordInUrl(address);
    if (
      password === undefined ||
      /^(?:ENC\(|\$|%\(|\{|:)/.test(password) ||
      /[[\]|]/.test(password) ||
      isMadeUp(password)
    )
      continue;
    const start = address.indexOf(`:${password}@`) + 1;
    const host = /^[^\s:/?#,]*/.exec(address.slice(start + password.length + 1))?.[0] ?? '';
    const isOfDatabase = databases.test(scheme);
    const doubt = isNear.test(host) ? 'its host is near' : isWeak.test(password) ? 'it is weak' : undefined;
    if (doubt !== undefined && isWeak.test(password) && isNear.test(host)) continue;
    yield {
      kind: isOfDatabase ? 'database-url' : 'url-password',
      title: isOfDatabase ? 'The password of a database, in a URL' : 'A password in a URL',
      value: password,
      at: at + start,
      end: at + start + password.length,
      ...(doubt === undefined || isDrawn(password) ? {} : { doubt }),
    };
  }
}
