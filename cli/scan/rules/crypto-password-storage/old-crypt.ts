import type { Call } from '../../ir/ir.ts';
import { argumentId, isA, isNamed, known, type Use } from '../kit/use.ts';

/** Whether `crypt` uses DES or MD5: by its method, or by the start of the salt. */
export function isOldCrypt(use: Use, call: Call): boolean {
  const isSalt = isA(use, call.callee, 'use.CryptSalt');
  if (!isSalt && !isA(use, call.callee, 'use.Crypt')) return false;
  const method = isSalt ? argumentId(use, call, 0, 'method') : argumentId(use, call, 1, 'salt');
  if (method === undefined) return false;
  if (isNamed(use, method, 'use.OldCryptMethod')) return true;
  const salt = isSalt ? undefined : known(use, method)?.textTemplate;
  return salt !== undefined && (salt.startsWith('$1$') || /^[\w./]{2}$/.test(salt));
}
