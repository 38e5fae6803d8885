import type { TextReport } from '../kit/rule.ts';
import { secretShape } from '../kit/sensitive/secret-text.ts';
import type { Surroundings } from './surroundings.ts';

const opening = '-----BEGIN ';
const isPrivate = /^-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY/;
/** Shorter than any key in use; the shortest are for elliptic curves. */
const leastBody = 60;
const mostKey = 8000;
/** No real settings file has more keys. */
const maxTries = 100;

/**
 * Reports private keys. A key may be a file of its own, or the value of a setting, where spaces or `\n` may replace its
 * line breaks.
 */
export function* privateKeys(text: string, around: Surroundings): Generator<TextReport> {
  let tries = 0;
  for (let at = text.indexOf(opening); at >= 0 && tries < maxTries; at = text.indexOf(opening, at + 1)) {
    // A bundle may have any number of certificates before its key.
    if (!isPrivate.test(text.slice(at, at + opening.length + 60))) continue;
    tries++;
    const written = text.slice(at, at + mostKey);
    const key = written.replace(/\\[nr]/g, '\n');
    if (!secretShape(key.slice(0, 400)) && !/^-----BEGIN PGP PRIVATE KEY BLOCK-----/.test(key)) continue;
    const close = written.indexOf('-----END ');
    const [head = ''] = /^-----BEGIN [A-Z ]{0,40}-----/.exec(written) ?? [];
    const body = key.slice(head.length, key.indexOf('-----END '));
    if (close < 0 || body.length < leastBody || /\.\.\.|<[a-z]|your|xxxx|example|(.)\1{9}/i.test(body))
      continue;
    const isEncrypted = head.includes('ENCRYPTED') || body.includes('ENCRYPTED');
    const isQuiet = around.isTest || around.isTemplate || around.isDevelopment || isEncrypted;
    yield {
      message: 'A private key is stored in a configuration file.',
      confidence: isQuiet ? 'low' : 'high',
      at,
      end: at + head.length,
    };
  }
}
