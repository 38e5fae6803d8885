import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allRules } from '../all-rules.ts';
import { isUseRule } from './rule.ts';

/** States that a rule asks of other things than a call and its arguments, or only of calls with one of its names. */
const others: Readonly<Record<string, readonly string[]>> = {
  'compare/timing': ['use.Hmac', 'use.HmacNew', 'use.Hash', 'use.FastHash', 'use.WeakHash'],
  'crypto/password-storage': ['use.OldCryptMethod'],
  'crypto/weak-cipher': ['use.AesEcb', 'use.Ecb'],
  'crypto/weak-hash': ['use.SecureBytes'],
  'crypto/weak-random': ['use.StrongRandom', 'use.SecureBytes'],
  'file/race': ['use.CheckPath', 'use.CheckFile'],
  'files/private-served': ['use.TornadoStatic'],
  'limits/login-attempts': ['use.LoginView'],
  'secret/in-url': ['use.Aiohttp', 'use.Httpx', 'use.QueryMaker', 'use.Request', 'use.Timeout'],
  'tls/old-version': [
    'use.OldTls',
    'use.AnyTls',
    'use.AnyTlsName',
    'use.NoOldTls',
    'use.UnsafeRenegotiation',
  ],
  'tls/unverified': ['use.CertNone', 'use.HostKeyPolicy', 'use.CertChecked'],
  'xss/autoescape-off': ['use.Mustache'],
};

describe('what a rule says that it looks at', () => {
  const rules = allRules.filter(isUseRule).filter(({ modelled }) => modelled);

  it.each(rules.map((rule) => [rule.id, rule] as const))('has all states that %s asks for', (id, rule) => {
    const folder = new URL(`../${id.replace('/', '-')}/`, import.meta.url);
    const sources = readdirSync(folder)
      .filter((file) => /^(?!.*\.test).*\.ts$/.test(file))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const asked = new Set(sources.flatMap((text) => text.match(/(?<=')use\.\w+(?=')/g) ?? []));
    const left = [...asked].filter((state) => !rule.modelled?.test(state));
    expect(left.sort()).toEqual([...(others[id] ?? [])].sort());
  });
});
