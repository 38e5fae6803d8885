import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';

/** Files of tools whose secrets have a place of their own, and no telling name. */
export function* settingsSecrets(path: string, text: string): Generator<FoundSecret> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const { id, title, file, pattern } of formats) {
    if (!file.test(name)) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const at = match.index + match[0].lastIndexOf(value);
      if (value !== '' && !isMadeUp(value) && !/^[$%{<]|^(?:password|secret|token|changeit)$/i.test(value))
        yield { kind: id, title, value, at, end: at + value.length };
    }
  }
}

interface Format {
  readonly id: string;
  readonly title: string;
  readonly file: RegExp;
  readonly pattern: RegExp;
}

/** All repetitions are bounded. */
const formats: readonly Format[] = [
  {
    id: 'netrc-password',
    title: 'A password of .netrc',
    file: /^[._]netrc$/i,
    pattern: /\bpassword[ \t\n]{1,20}(\S{3,200})/g,
  },
  {
    id: 'pypirc-password',
    title: 'A password of .pypirc',
    file: /^\.pypirc$/i,
    pattern: /^[ \t]{0,9}password[ \t]{0,9}[=:][ \t]{0,9}(\S{3,300})/gm,
  },
  {
    id: 'npmrc-password',
    title: 'A password of .npmrc',
    file: /^\.npmrc$/i,
    pattern: /(?:^|:)_(?:auth|password)[ \t]{0,9}=[ \t]{0,9}"?([A-Za-z\d+/=]{8,400})/gm,
  },
  {
    id: 'pgpass-password',
    title: 'A password of .pgpass',
    file: /^\.?pgpass(?:\.conf)?$/i,
    pattern: /^[^:\s#]{1,100}:(?:\d{1,5}|\*):[^:\s]{1,100}:[^:\s]{1,100}:(\S{3,200})$/gm,
  },
  {
    id: 'password-hash',
    title: 'The hash of a password',
    file: /htpasswd/i,
    pattern:
      /^[\w.@-]{1,64}:((?:\$(?:apr1|2[aby]|1|5|6)\$[./$\w]{20,120}|\{SHA\}[A-Za-z\d+/]{27}=|[./A-Za-z\d]{13}))$/gm,
  },
  {
    id: 'kubeconfig-key',
    title: 'A client key of a kubeconfig',
    file: /^config$|kube/i,
    pattern: /\bclient-key-data:[ \t]{1,9}([A-Za-z\d+/]{40,8000}={0,2})/g,
  },
  {
    id: 'kubeconfig-token',
    title: 'A token of a kubeconfig',
    file: /^config$|kube/i,
    pattern: /^[ \t]{2,20}token:[ \t]{1,9}"?([\w.-]{20,3000})/gm,
  },
  {
    id: 'docker-login',
    title: 'A log-in of Docker',
    file: /^(?:config|\.?dockercfg|\.?dockerconfigjson)(?:\.json)?$/i,
    pattern: /"auth"\s{0,9}:\s{0,9}"([A-Za-z\d+/]{12,400}={0,2})"/g,
  },
];
