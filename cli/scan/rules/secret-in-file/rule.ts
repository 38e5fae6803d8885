/**
 * Finds passwords, keys and tokens in configuration files: keys in the format of a known service, private keys,
 * passwords in URLs, and values that look like a secret under a telling name (`password`, `client_secret`, `api_key`,
 * `token`).
 *
 * It reads `.env` and its variants, `.ini`, `.cfg`, `.conf`, `.properties`, `.toml`, `.tf`, `.tfvars`, YAML, JSON
 * whose name or folder marks it as configuration, `.npmrc`, `.yarnrc`, `.pypirc`, `.netrc`, `.pgpass`,
 * `.git-credentials`, `web.config`, Maven's `settings.xml`, `wp-config.php`, `Dockerfile`, notebooks, and key files
 * (`.pem`, `.key`, `id_rsa`). Files that git ignores are not read.
 *
 * ## Why
 * Anyone who sees the repository, its history or a copy has the key. Bots find such keys in public repositories within
 * minutes. Removing the key from the file does not remove it from the history.
 *
 * ## Bad
 * ```python
 * # deploy/production.env: DB_PASSWORD=k9Vq2xTz7LmRw4
 * password = os.environ["DB_PASSWORD"]
 * ```
 * ```typescript
 * // config/production.json: { "mail": { "apiKey": "b8Rk2vQ9xTz4LmW7pYc1NdG6" } }
 * export const { apiKey } = settings.mail;
 * ```
 *
 * ## Good
 * ```python
 * # deploy/production.env: DB_PASSWORD=${DB_PASSWORD}
 * password = os.environ["DB_PASSWORD"]
 * ```
 * ```typescript
 * // config/production.json: { "mail": { "apiKey": "{{ mail_api_key }}" } }
 * export const { apiKey } = settings.mail;
 * ```
 *
 * ## When not to use it
 * Empty values, placeholders, references to other places (`${VAR}`, `!vault`, `arn:`), encrypted values, translations,
 * schemas and lock files are not reported. Confidence is low for files to be filled in, examples, tests,
 * documentation, keys that pages show to everyone, passwords of databases that only developers run, the program's own
 * keys in CI, and values that a comment next to them calls test values. Where a key may be public, suppress the
 * finding with a reason, or accept it in the baseline.
 */
import type { TextFile } from '../../project/project.ts';
import { settingsFormat } from '../../project/settings-format.ts';
import type { TextReport } from '../kit/rule.ts';
import type { SettingsRule } from '../kit/settings-rule.ts';
import { judgeNamed } from './judge-named.ts';
import { keyOfFile } from './key-of-file.ts';
import { namedValues } from './named-values.ts';
import { shapesIn } from './shapes-in.ts';
import { surroundingsOf } from './surroundings.ts';

/** Bounds the findings in one file. */
const maxReports = 50;

export const rule: SettingsRule = Object.freeze({
  id: 'secret/in-file',
  title: 'Secret in a configuration file',
  severity: 'high',
  cwe: [798, 260, 313, 321],
  owasp: 'A07:2025 Authentication Failures',
  advice:
    'Rotate the secret, and pass it to the program through its environment or a secret store. Keep the file out of the repository.',
  isOfSettings: true,
  read,
} satisfies SettingsRule);

function read({ path, text }: TextFile): readonly TextReport[] {
  const format = settingsFormat(path);
  if (format === undefined || format === 'packages') return [];
  const around = surroundingsOf(path, text);
  if (around.isEncrypted) return [];
  const reports = shapesIn(text, around, maxReports);
  if (format === 'key' && reports.length === 0) reports.push(...keyOfFile(text, around));
  if (format === 'key' || around.isSchema) return reports;
  for (const named of namedValues(text, format)) {
    if (reports.length >= maxReports) break;
    const end = named.at + named.value.length;
    if (reports.some((one) => one.at < end && named.at < one.end)) continue;
    const confidence = judgeNamed(named, around, text);
    if (confidence === undefined) continue;
    const name = named.name.length > 60 ? `${named.name.slice(0, 60)}...` : named.name;
    reports.push({
      message: `The value of \`${name}\` is stored in a configuration file.`,
      confidence,
      at: named.at,
      end,
    });
  }
  return reports.sort((a, b) => a.at - b.at);
}
