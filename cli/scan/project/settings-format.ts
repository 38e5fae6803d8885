/** The syntax of a settings file, as far as it matters for names and values. */
export type SettingsFormat =
  | 'lines'
  | 'quoted'
  | 'yaml'
  | 'json'
  | 'xml'
  | 'php'
  | 'netrc'
  | 'notebook'
  | 'key'
  | 'packages';

/** A quick test that most files fail. */
const maybe =
  /^\.?[\w-]*(?:env|rc|pass|credentials|dockerfile|cfg)|id_(?:rsa|dsa|ecdsa|ed25519)|\.(?:env|ini|cfg|conf|cnf|properties|toml|tfvars|tf|tfstate|jsonc?|json5|ya?ml|config|xml|php|ipynb|pem|key|p8)(?:$|[.~])/i;

/** Files that list the dependencies of a program. */
const packages =
  /(?:^|\/)(?:package\.json|Pipfile|(?:[\w.-]*requirements|constraints)[\w.-]*\.txt|requirements\/[\w.-]+\.txt)$/i;

/** Translations of a program's texts, one of which is `password`. */
const translations = /(?:^|\/)(?:i18n|l10n|locales?|langs?|languages?|translations?|messages|nls)\//i;
const translated = /\.(?:json[c5]?|ya?ml|properties|php)$/i;
/** The name of a service. Translations are split by page (`settings.json`, `auth.json`), not by service. */
const ofService =
  /^\.env|(?:^|[._-])(?:config|configs|configuration|conf|appsettings|secrets?|credentials?|creds|env|environment|serviceaccount|prod|production|dev|development|staging|ormconfig|firebase|client_?secrets?)(?:[._-]|$)/i;

function isOfTranslations(path: string, name: string): boolean {
  return translations.test(path) && translated.test(name) && !ofService.test(name);
}

/** Tool output and descriptions of data, in which names of secrets have no secrets as values. */
const machineMade =
  /^(?:pnpm-lock\.ya?ml|package(?:-lock)?\.json|npm-shrinkwrap\.json|[tj]sconfig.*|.*(?:openapi|swagger|schema).*\.(?:ya?ml|json)|(?:messages|translations?)[._-].*|.*_(?:ar|bg|cs|da|de|el|en|es|fi|fr|he|hu|id|it|ja|ko|nb|nl|no|pl|pt|ro|ru|sk|sv|th|tr|uk|vi|zh)(?:_[a-z]{2,4})?\.properties|\.env\.vault)$/i;

const byEnding: ReadonlyMap<string, SettingsFormat> = new Map<string, SettingsFormat>([
  ...'env ini cfg conf cnf properties'.split(' ').map((ending) => [ending, 'lines'] as const),
  ...'toml tfvars tf'.split(' ').map((ending) => [ending, 'quoted'] as const),
  ...'yml yaml'.split(' ').map((ending) => [ending, 'yaml'] as const),
  ...'pem key p8'.split(' ').map((ending) => [ending, 'key'] as const),
  ['tfstate', 'json'],
  ['ipynb', 'notebook'],
]);

/** Most JSON is data. Settings have a name or folder that says so. */
const jsonName =
  /(?:^|[._-])(?:config|configs|configuration|conf|settings?|appsettings|secrets?|credentials?|creds|env|environment|auth|account|serviceaccount|keys?|local|prod|production|dev|development|staging|default|database|db|ormconfig|connections?|tfvars|launch|tasks|mcp|nodemon|vercel|now|postman_collection|postman_environment|google-services|client_?secrets?|firebase|dockerconfigjson)(?:[._-]|$)/i;
const jsonNameInCapitals = /(?:Config|Settings|Secrets?|Credentials|Key)$/;
const jsonFolder =
  /(?:^|\/)(?:configs?|conf|settings|env|environments?|secrets?|credentials|\.docker|\.vscode|\.cursor|\.claude)\/[^/]*$/i;

/**
 * Returns the format in which a file is searched for secrets, judging by the file's name. Undefined for most files, which
 * are not searched.
 */
export function settingsFormat(path: string): SettingsFormat | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (packages.test(path)) return 'packages';
  if (!maybe.test(name) || machineMade.test(name)) return undefined;
  if (isOfTranslations(path, name)) return undefined;
  if (
    /^\.env(?:rc|\..+)?$|^\.(?:flaskenv|npmrc|yarnrc|pypirc|s3cfg|boto)$|^(?:.+\.)?dockerfile(?:\..+)?$/i.test(
      name,
    )
  )
    return 'lines';
  if (name === 'credentials') return /(?:^|\/)\.aws\/credentials$/.test(path) ? 'lines' : undefined;
  if (/^[._]netrc$/.test(name)) return 'netrc';
  if (/^\.(?:git-credentials|pgpass)$/.test(name)) return 'lines';
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)$/.test(name)) return 'key';
  // A template to be filled in: `config.ini.dist`
  const plain = name.replace(templateEnding, '');
  const dot = plain.lastIndexOf('.');
  const ending = plain.slice(dot + 1).toLowerCase();
  if (/^json[c5]?$/.test(ending)) return isJsonOfSettings(path, plain.slice(0, dot)) ? 'json' : undefined;
  if (/^(?:(?:web|app|nuget|machine)(?:\..+)?\.config|settings\.xml)$/i.test(plain)) return 'xml';
  if (/^(?:wp-config[\w.-]*|config|database|settings|LocalSettings|configuration)\.php$/.test(plain))
    return 'php';
  return dot < 0 ? undefined : byEnding.get(ending);
}

const templateEnding = /\.(?:example|sample|dist|template|tpl|tmpl|default|defaults|in)$/i;

/** Whether a file is a template to be copied and filled in: `.env.example`, `config.sample.json`. */
export function isTemplateOfSettings(path: string): boolean {
  return /(?:^|[._-])(?:example|sample|dist|template|tpl|tmpl|skeleton|defaults?\.env)s?(?:[._-]|$)/i.test(
    path.slice(path.lastIndexOf('/') + 1),
  );
}

function isJsonOfSettings(path: string, name: string): boolean {
  return jsonName.test(name) || jsonNameInCapitals.test(name) || jsonFolder.test(path);
}
