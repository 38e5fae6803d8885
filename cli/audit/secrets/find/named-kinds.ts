/** A kind whose value has no shape of its own: the name beside it tells it. */
interface NamedKind {
  readonly id: string;
  readonly title: string;
  readonly name: RegExp;
  readonly value: RegExp;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const hex = (length: string): RegExp => new RegExp(`^[0-9a-f]{${length}}$`, 'i');

function named(id: string, title: string, name: RegExp, value: RegExp): NamedKind {
  return { id, title, name, value };
}

/** The first that matches counts. Shapes as the services describe them, and as gitleaks lists them. */
export const namedKinds: readonly NamedKind[] = [
  named(
    'aws-secret-key',
    'An AWS secret access key',
    /aws.*(?:secret|key)|secret[-_.]?access[-_.]?key|secretkey/i,
    /^[A-Za-z0-9/+]{40}$/,
  ),
  named('heroku-key', 'A Heroku API key', /heroku/i, new RegExp(`^${uuid}$`, 'i')),
  named('snyk-token', 'A Snyk token', /snyk/i, new RegExp(`^${uuid}$`, 'i')),
  named('datadog-key', 'A Datadog key', /(?:^|[^a-z])(?:dd|datadog)[-_.]?|datadog/i, hex('32,40')),
  named('twilio-auth-token', 'A Twilio auth token', /twilio/i, hex('32')),
  named('cloudflare-key', 'A Cloudflare API key', /cloudflare|(?:^|_)cf_/i, /^(?:[0-9a-f]{37}|[\w-]{40})$/i),
  named('okta-token', 'An Okta token', /okta|ssws/i, /^00[\w-]{40}$/),
  named('algolia-key', 'An Algolia key', /algolia.*(?:admin|write|private|secret)/i, hex('32')),
  named('sentry-token', 'A Sentry token', /sentry.*(?:token|secret|key)/i, hex('64')),
  named('discord-secret', 'A Discord client secret', /discord.*secret/i, /^[\w-]{32}$/),
  named('airtable-key', 'An Airtable key', /airtable/i, /^key[A-Za-z0-9]{14}$/),
  named('facebook-secret', 'A Facebook app secret', /(?:facebook|fb).*(?:secret|key)/i, hex('32')),
  named('npm-legacy-token', 'An npm token', /_authtoken$/i, new RegExp(`^${uuid}$`, 'i')),
  named('new-relic-license-key', 'A New Relic license key', /new_?relic.*(?:key|license)/i, hex('40')),
  named(
    'mailgun-key',
    'A Mailgun key',
    /mailgun/i,
    /^(?:[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}|[a-f0-9]{50,72})$/,
  ),
  named('azure-key', 'The key of an Azure service', /azure|cosmos|storage|account/i, /^[A-Za-z0-9+/]{86}==$/),
  named('vault-token', 'A Vault token', /vault/i, /^s\.[A-Za-z0-9]{24}$/),
  named('atlassian-token', 'An Atlassian token', /atlassian|jira|confluence/i, /^[A-Za-z0-9]{24}$/),
  named('jenkins-token', 'A Jenkins token', /jenkins/i, /^11[0-9a-f]{32}$/),
];
