import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';

const opening = '-----BEGIN ';
const head = /-----BEGIN ((?:[A-Z\d]{1,20} ){0,4})PRIVATE KEY(?: BLOCK)?-----/y;
const mostKey = 8000;
/** The body of the shortest key in use, for a curve. */
const leastBody = 40;
const mostTries = 1000;

/** Private keys in PEM and PGP; the lines may be divided by `\n` or spaces, as in JSON and variables. */
export function* privateKeys(text: string): Generator<FoundSecret> {
  let tries = 0;
  for (let at = text.indexOf(opening); at >= 0 && tries < mostTries; at = text.indexOf(opening, at + 1)) {
    head.lastIndex = at;
    const [begin, label = ''] = head.exec(text) ?? [];
    if (begin === undefined) continue;
    tries++;
    const written = text.slice(at + begin.length, at + mostKey);
    const close = written.indexOf('-----END ');
    // A key that is cut off is no key.
    if (close < 0) continue;
    const body = written.slice(0, close);
    const key = body.replace(/\\[nr]|\\u000[ad]|["'+,\s]|\\$/g, '');
    const payload = key.replace(
      /^(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^=]{0,80}?)(?=[A-Za-z\d+/]{40})/,
      '',
    );
    if (payload.length < leastBody || !/[A-Za-z\d+/]{40}/.test(payload) || /\.\.\.|<[a-z]|[*]{3}/i.test(body))
      continue;
    if (isMadeUp(payload.slice(-64).replace(/=+$/, '')) || /(.)\1{9}/.test(payload.slice(40, 400))) continue;
    const isPgp = label.includes('PGP');
    const isEncrypted =
      label.includes('ENCRYPTED') || body.includes('ENCRYPTED') || isEncryptedOpenSsh(label, payload);
    yield {
      kind: isPgp ? 'pgp-private-key' : isEncrypted ? 'encrypted-private-key' : 'private-key',
      title: isPgp ? 'A PGP private key' : isEncrypted ? 'An encrypted private key' : 'A private key',
      value: payload,
      at,
      end: at + begin.length + close,
      ...(isEncrypted ? { doubt: 'a passphrase protects it' } : {}),
    };
  }
}

/** An OpenSSH key names its cipher behind its first fifteen bytes: `none`, or another one. */
function isEncryptedOpenSsh(label: string, payload: string): boolean {
  if (!label.includes('OPENSSH')) return false;
  const bytes = Buffer.from(payload.slice(0, 80), 'base64').toString('latin1');
  return bytes.startsWith('openssh-key-v1') && !bytes.slice(15, 27).includes('none');
}
