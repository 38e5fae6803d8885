import { tokenChecksum } from '../kinds/token-checksum.ts';
import type { drawer } from './drawn.ts';

type Draw = ReturnType<typeof drawer>;

/** By the id of their kinds: shapes as the documentation of the services has them, apart from the patterns that search for them. */
export const shapedSecrets: Readonly<Record<string, (draw: Draw) => string>> = {
  'aws-access-key-id': (draw) => draw('AKIA<z16>'),
  'aws-bedrock-key': (draw) => draw('ABSK<b128>'),
  'google-api-key': (draw) => draw('AIzaSy<u33>'),
  'google-oauth-secret': (draw) => draw('GOCSPX-<u28>'),
  'google-access-token': (draw) => draw('ya29.<u150>'),
  'google-refresh-token': (draw) => draw('1//0<u90>'),
  'firebase-server-key': (draw) => draw('AAAA<u7>:<u140>'),
  'azure-account-key': (draw) =>
    draw(
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<b86>==;EndpointSuffix=core.windows.net',
    ),
  'azure-client-secret': (draw) => draw('<a3>8Q~<u34>'),
  'azure-devops-token': (draw) => draw('<a76>AZDO<a4>'),
  'digitalocean-token': (draw) => draw('dop_v1_<h64>'),
  'cloudflare-token': (draw) => draw('cfut_<a40><h8>'),
  'cloudflare-origin-key': (draw) => draw('v1.0-<h24>-<h146>'),
  'heroku-key': (draw) => draw('HRKU-AA<u58>'),
  'alibaba-key-id': (draw) => draw('LTAI<a20>'),
  'supabase-token': (draw) => draw('sbp_<h40>'),
  'tailscale-key': (draw) => draw('tskey-auth-<a16>-<a32>'),
  'github-token': (draw) => {
    const body = draw('<a30>');
    return `ghp_${body}${tokenChecksum(body)}`;
  },
  'github-installation-token': (draw) => draw('ghs_123457_eyJ<u30>.eyJ<u200>.<u86>'),
  'github-fine-grained-token': (draw) => draw('github_pat_11<N20>_<a59>'),
  'gitlab-token': (draw) => draw('glpat-<u20>'),
  'npm-token': (draw) => {
    const body = draw('<a30>');
    return `npm_${body}${tokenChecksum(body)}`;
  },
  'pypi-token': (draw) => draw('pypi-AgEIcHlwaS5vcmc<u150>'),
  'rubygems-key': (draw) => draw('rubygems_<h48>'),
  'nuget-key': (draw) => draw('oy2<n43>'),
  'crates-token': (draw) => draw('cio<a32>'),
  'docker-hub-token': (draw) => draw('dckr_pat_<u27>'),
  'atlassian-token': (draw) => draw('ATATT3xFfGF0<u180>=<H8>'),
  'circleci-token': (draw) => draw('CCIPAT_<a22>_<h40>'),
  'pulumi-token': (draw) => draw('pul-<h40>'),
  'terraform-token': (draw) => draw('<a14>.atlasv1.<a67>'),
  'sonar-token': (draw) => draw('squ_<h40>'),
  'postman-key': (draw) => draw('PMAK-<h24>-<h34>'),
  'stripe-key': (draw) => draw('sk_live_<a24>'),
  'stripe-webhook-secret': (draw) => draw('whsec_<a32>'),
  'shopify-token': (draw) => draw('shpat_<h32>'),
  'square-token': (draw) => draw('sq0csp-<u43>'),
  'slack-token': (draw) => draw('xoxb-<d12>-<d13>-<a24>'),
  'slack-app-token': (draw) => draw('xapp-1-A<N10>-<d13>-<h64>'),
  'slack-webhook': (draw) => draw('https://hooks.slack.com/services/T<N8>/B<N10>/<a24>'),
  'discord-bot-token': (draw) =>
    `${Buffer.from(draw('10<d16>')).toString('base64url')}${draw('.G<u5>.<u38>')}`,
  'discord-webhook': (draw) => draw('https://discord.com/api/webhooks/10<d16>/<u68>'),
  'telegram-token': (draw) => draw('5<d9>:AA<u33>'),
  'twilio-key': (draw) => draw('SK<h32>'),
  'sendgrid-key': (draw) => draw('SG.<u22>.<u43>'),
  'mailgun-key': (draw) => draw('key-<h32>'),
  'mailchimp-key': (draw) => draw('<h32>-us12'),
  'brevo-key': (draw) => draw('xkeysib-<h64>-<a16>'),
  'openai-key': (draw) => draw('sk-proj-<u74>T3BlbkFJ<u74>'),
  'anthropic-key': (draw) => draw('sk-ant-api03-<u93>AA'),
  'hugging-face-token': (draw) => draw('hf_<l34>'),
  'databricks-token': (draw) => draw('dapi<h32>'),
  'airtable-token': (draw) => draw('pat<a14>.<h64>'),
  'notion-token': (draw) => draw('ntn_<d11><a35>'),
  'linear-key': (draw) => draw('lin_api_<a40>'),
  'new-relic-key': (draw) => draw('NRAK-<N27>'),
  'new-relic-license-key': (draw) => draw('<h36>NRAL'),
  'sentry-token': (draw) => draw('sntryu_<h64>'),
  'grafana-token': (draw) => draw('glsa_<a32>_<h8>'),
  'dynatrace-token': (draw) => draw('dt0c01.<z24>.<z64>'),
  'vault-token': (draw) => draw('hvs.<u95>'),
  'doppler-token': (draw) => draw('dp.pt.<a43>'),
  'age-key': (draw) => draw('AGE-SECRET-KEY-1<x58>'),
  'private-key': (draw) =>
    `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${draw('MIIEow<b58>')}\n${draw('<b64>')}\n${draw('<b64>')}\n-----END RSA PRIVATE KEY-----`,
  'pgp-private-key': (draw) =>
    `-----BEGIN ${'PGP'} PRIVATE KEY BLOCK-----\n\n${draw('lQOYBF<b58>')}\n${draw('<b64>')}\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----`,
  'signed-token': (draw) => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: draw('<d7>'), role: 'admin' })}.${draw('<u43>')}`;
  },
  'database-url': (draw) => draw('postgres://shop:<a16>@db.shop-prod.io:5432/shop'),
  'url-password': (draw) => draw('https://deploy:<a20>@registry.shop-prod.io/packages'),
};
