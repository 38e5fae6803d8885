import { settingsFormat } from '../../../scan/project/settings-format.ts';
import {
  commonWords,
  isPlaceholder,
  looksSecret,
  secretKind,
} from '../../../scan/rules/kit/sensitive/secret-text.ts';
import { judgeNamed } from '../../../scan/rules/secret-in-file/judge-named.ts';
import { type NamedValue, namedValues } from '../../../scan/rules/secret-in-file/named-values.ts';
import { surroundingsOf } from '../../../scan/rules/secret-in-file/surroundings.ts';
import { assignments } from './assignments.ts';
import { isDrawn } from './drawn-text.ts';
import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';
import { namedKinds } from './named-kinds.ts';

/** Files where a value needs no quotes, besides those of settings. */
const plain =
  /\.(?:sh|bash|zsh|fish|ksh|ps1|bat|cmd|txt|log|service|plist|list|http|rest|sls|hcl|nomad|secrets?|creds|credentials|mk)$|(?:^|\/)(?:Makefile|Procfile|Jenkinsfile|Vagrantfile|credentials|\.[\w-]{1,30}rc)$/i;

/** The value stands elsewhere, is encrypted or hashed, or is the name of an algorithm. */
const references =
  /^(?:ENC[[(]|encrypted:|\{cipher\}|!\w|(?:vault|arn|ssm|op|env|file|secret|aws|gcp|kms|sops|sha\d+|md5|bcrypt|pbkdf2\w*):|\$\w+\$|0x[\da-f]{40}$|(?:latin1|utf-?8\w*|ascii|base64)$|(?:sha|md|hs|rs|es|ps|ed|aes|rsa|ec|p|x|argon|scrypt|bcrypt|pbkdf)[-_]?\d{1,5}\w?$)/i;

/** Secrets that are told by the name beside them. */
export function* namedSecrets(path: string, bytes: Buffer, text: string): Generator<FoundSecret> {
  const format = settingsFormat(path);
  if (format !== undefined && format !== 'packages' && format !== 'key') {
    const around = surroundingsOf(path, text);
    if (!around.isEncrypted && !around.isSchema)
      for (const named of namedValues(text, format)) {
        const service = ofService(named);
        const confidence = service ? 'high' : judgeNamed(named, around, text);
        if (confidence === undefined || confidence === 'low') continue;
        yield secretOf(
          named,
          service,
          confidence === 'high' ? undefined : 'its value is easy to guess, or it is for development',
        );
      }
  }
  for (const named of assignments(bytes, text, !plain.test(path))) {
    const service = ofService(named);
    if (service) {
      yield secretOf(named, service, undefined);
      continue;
    }
    const kind = secretKind(named.name.replace(/^.*\./, ''));
    if (kind === undefined || format !== undefined || !looksSecret(named.value, kind)) continue;
    if (isPlaceholder(named.value) || isMadeUp(named.value) || references.test(named.value)) continue;
    if (commonWords.test(named.value)) continue;
    if (kind === 'key' && !isDrawn(named.value)) continue;
    yield secretOf(named, undefined, undefined);
  }
}

function ofService({ name, value }: NamedValue): { readonly id: string; readonly title: string } | undefined {
  if (/public|publishable|client_?id|fingerprint|checksum|hash|sha|digest|integrity|example/i.test(name))
    return undefined;
  const kind = namedKinds.find((one) => one.name.test(name) && one.value.test(value));
  if (kind === undefined || isMadeUp(value)) return undefined;
  return /^[0-9a-f-]+$/i.test(value) || isDrawn(value) ? kind : undefined;
}

function secretOf(
  { name, value, at }: NamedValue,
  service: { readonly id: string; readonly title: string } | undefined,
  doubt: string | undefined,
): FoundSecret {
  const isPassword = secretKind(name) === 'password';
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  return {
    kind: service?.id ?? (isPassword ? 'password' : 'named-secret'),
    title: service?.title ?? `The value of \`${shown}\``,
    value,
    at,
    end: at + value.length,
    ...(doubt === undefined ? {} : { doubt }),
  };
}
