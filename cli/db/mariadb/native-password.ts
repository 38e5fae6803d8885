import { createHash } from 'node:crypto';

/**
 * What MariaDB stores for mysql_native_password, which every client speaks, made here: the password is in no statement
 * and no log. It has no salt, so that only a long random password is safe from who reads it.
 */
export function nativePassword(password: string): string {
  const sha1 = (data: string | Buffer): Buffer => createHash('sha1').update(data).digest();
  return `*${sha1(sha1(password)).toString('hex').toUpperCase()}`;
}
