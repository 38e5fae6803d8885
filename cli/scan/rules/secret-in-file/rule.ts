/**
 * Finds passwords, keys and tokens in files of settings: by the shape that services give to their keys, a private key, a password in
 * an address, and by a telling name (`password`, `client_secret`, `api_key`, `token`) with a value that looks like a secret.
 *
 * What is read: `.env` and its variants, `.ini`, `.cfg`, `.conf`, `.properties`, `.toml`, `.tf`, `.tfvars`, YAML, JSON that is called
 * like settings or lies in a folder of them, `.npmrc`, `.yarnrc`, `.pypirc`, `.netrc`, `.pgpass`, `.git-credentials`, `web.config`, Maven's
 * `settings.xml`, `wp-config.php`, `Dockerfile`, notebooks, and files of keys (`.pem`, `.key`, `id_rsa`). What git ignores is not.
 *
 * ## Why
 * Whoever sees the repository, its history or a copy of it has the key, and takes it: programs search public repositories for such
 * keys within minutes. Taking it out of the file does not take it out of the history.
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
 * Empty values, placeholders, references to other places (`${VAR}`, `!vault`, `arn:`), encrypted values, translations, schemas and lock
 * files are not reported. Files to be filled in, examples, tests, documentation, keys that pages show to everybody, passwords of
 * databases that only developers run, and the program's own keys in CI have low confidence; so has what a comment beside it
 * calls a value for tests. Where a key may be public, a suppression with its reason says so, or the baseline.
 */
import type { TextFile } from '../../project/project.ts';
import { settingsFormat } from '../../project/settings-format.ts';
import type { TextReport } from '../../rule/rule.ts';
import type { SettingsRule } from '../../rule/settings-rule.ts';
import { judgeNamed } from './judge-named.ts';
import { keyOfFile } from './key-of-file.ts';
import { namedValues } from './named-values.ts';
import { shapesIn } from './shapes-in.ts';
import { surroundingsOf } from './surroundings.ts';

/** One file says no more than this of itself. */
const maxReports = 50;

export const rule: SettingsRule = Object.freeze({
  id: 'secret/in-file',
  title: 'Secret in a file of settings',
  severity: 'high',
  cwe: [798, 260, 313, 321],
  owasp: 'A07:2025 Authentication Failures',
  advice:
    'Change it where it is valid, and give it to the program by its environment or a secret store; keep the file out of the repository.',
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
      message: `\`${name}\` has its value in a file of settings`,
      confidence,
      at: named.at,
      end,
    });
  }
  return reports.sort((a, b) => a.at - b.at);
}
