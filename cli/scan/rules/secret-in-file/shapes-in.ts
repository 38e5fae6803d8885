import type { Confidence } from '../../../finding/finding.ts';
import type { TextReport } from '../kit/rule.ts';
import { passwordInUrl, secretShape } from '../kit/sensitive/secret-text.ts';
import { addressConfidence } from './address-confidence.ts';
import { dsnPasswords } from './dsn-passwords.ts';
import { privateKeys } from './private-keys.ts';
import { serviceToken } from './service-token.ts';
import type { Surroundings } from './surroundings.ts';

/** Reports secrets that are recognised by their shape, also in comments and commands. Returns at most `most` reports. */
export function shapesIn(text: string, around: Surroundings, most: number): TextReport[] {
  const reports: TextReport[] = [];
  for (const report of [
    ...privateKeys(text, around),
    ...tokens(text, around),
    ...addresses(text, around),
    ...dsnPasswords(text, around),
  ]) {
    if (reports.length >= most) break;
    const isSeen = reports.some((one) => one.at < report.end && report.at < one.end);
    if (!isSeen) reports.push(report);
  }
  return reports;
}

/** The characters of a service's key. Longer texts are pictures and other data. */
const token = /[\w.-]{16,3000}/g;

function* tokens(text: string, around: Surroundings): Generator<TextReport> {
  for (const found of text.matchAll(token)) {
    const word = found[0].replace(/[.-]+$/, '');
    const at = found.index;
    const end = at + word.length;
    const shape = secretShape(word);
    if (shape) {
      const before = text.slice(Math.max(0, at - 120), at);
      const line = before.slice(before.lastIndexOf('\n') + 1);
      yield {
        message: `${shape.what} is stored in a configuration file.`,
        confidence: shape.isCertain ? certain(around) : uncertain(around, line),
        at,
        end,
      };
    } else if (word.startsWith('ey') && serviceToken(word)) {
      const isQuiet =
        around.isTemplate ||
        around.isTest ||
        around.isOfTests ||
        around.isContainers ||
        around.isOfRun ||
        around.isDevelopment;
      const confidence = isQuiet ? 'low' : 'medium';
      yield { message: 'A signed token (JWT) is stored in a configuration file.', confidence, at, end };
    }
  }
}

/** A template or an example with a real key still discloses it. */
function certain({ isTest, isTemplate }: Surroundings): Confidence {
  if (isTest) return 'low';
  return isTemplate ? 'medium' : 'high';
}

/** Keys of Google Maps and Firebase are sent to every browser. */
function uncertain({ isTest, isTemplate, isOfClient }: Surroundings, line: string): Confidence {
  const isPublic =
    isOfClient ||
    /firebase|maps?\b|maps?_|PUBLIC|REACT_APP|VITE_|VUE_APP|youtube|browser|android|ios/i.test(line);
  return isTest || isTemplate || isPublic ? 'low' : 'medium';
}

const mostScheme = 30;

/** `postgres://user:password@host/` */
function* addresses(text: string, around: Surroundings): Generator<TextReport> {
  for (let sign = text.indexOf('://'); sign >= 0; sign = text.indexOf('://', sign + 3)) {
    let at = sign;
    while (at > 0 && sign - at < mostScheme && /[a-z\d+.-]/i.test(text.charAt(at - 1))) at--;
    const [address = ''] = /^[^\s"'`<>\\]{1,400}/.exec(text.slice(at, at + 400)) ?? [];
    const password = passwordInUrl(address);
    if (password === undefined || password.startsWith('ENC(')) continue;
    const start = address.indexOf(`:${password}@`) + 1;
    const host = /^[^\s:/?#,]*/.exec(address.slice(start + password.length + 1))?.[0] ?? '';
    yield {
      message: 'A URL in a configuration file contains a password.',
      confidence: addressConfidence(host, password, around),
      at: at + start,
      end: at + start + password.length,
    };
  }
}
