import type { TextReport } from '../kit/rule.ts';
import { isPlaceholder } from '../kit/sensitive/secret-text.ts';
import { addressConfidence } from './address-confidence.ts';
import type { Surroundings } from './surroundings.ts';

/** `app:password@tcp(db.shop.io:3306)/shop`, a DSN of Go's database drivers. */
const before = /([\w.-]{1,60}):([^\s:@"'`/()]{3,100})$/;
const behind = /^@tcp[46]?\(([^)\s"':]{1,200})/;
/** No real settings file has more DSNs. */
const maxTries = 200;

export function* dsnPasswords(text: string, around: Surroundings): Generator<TextReport> {
  let tries = 0;
  for (
    let sign = text.indexOf('@tcp');
    sign >= 0 && tries < maxTries;
    sign = text.indexOf('@tcp', sign + 1)
  ) {
    tries++;
    const [, host = ''] = behind.exec(text.slice(sign, sign + 220)) ?? [];
    const [, user = '', password = ''] = before.exec(text.slice(Math.max(0, sign - 165), sign)) ?? [];
    if (host === '' || password === '') continue;
    if (password === user || isPlaceholder(password) || /^(?:localhost|127\.|0\.0\.0\.0)/.test(host))
      continue;
    if (/^(?:password|passwd|pass|pwd|secret|root|admin)\d*$/i.test(password)) continue;
    const at = sign - password.length;
    yield {
      message: 'A URL in a configuration file contains a password.',
      confidence: addressConfidence(host, password, around),
      at,
      end: sign,
    };
  }
}
