import { listed, type SecretKind, secretKind } from './secret-kind.ts';

const slack = 'https://docs.slack.dev/authentication/tokens';
const discord = 'https://docs.discord.com/developers/reference#authentication';

/** Chat and mail. */
export const messagingKinds: readonly SecretKind[] = [
  secretKind(
    'slack-token',
    'A Slack token',
    slack,
    'xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxd- xoxe',
    /xox(?:[bparsocd]-[A-Za-z0-9%-]{20,250}|e(?:\.xox[bp])?-\d-[A-Za-z0-9]{100,200}|e-[A-Za-z0-9-]{40,250})/,
    {
      isIssued: (value) => /\d/.test(value.slice(5)),
    },
  ),
  secretKind(
    'slack-app-token',
    'A Slack token',
    slack,
    'xapp-',
    /xapp-\d-[A-Z0-9]{5,20}-\d{5,20}-[a-zA-Z0-9]{32,128}/,
  ),
  secretKind(
    'slack-webhook',
    'A Slack webhook',
    'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    'hooks.slack.com/',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9]{6,20}\/[A-Za-z0-9]{6,20}\/[A-Za-z0-9]{16,60}(?:\/[A-Za-z0-9]{16,60})?)/,
  ),
  secretKind(
    'discord-bot-token',
    'A Discord bot token',
    discord,
    'mt mj mz nd nt nj nz od ot',
    /[MNO][A-Za-z0-9][\w-]{21,26}\.[\w-]{6}\.[\w-]{27,38}/,
    {
      isIssued: (value) =>
        /^\d{17,20}$/.test(Buffer.from(value.slice(0, value.indexOf('.')), 'base64').toString('latin1')),
    },
  ),
  secretKind(
    'discord-webhook',
    'A Discord webhook',
    'https://docs.discord.com/developers/resources/webhook',
    '/api/webhooks/',
    /\/api\/webhooks\/\d{17,20}\/([\w-]{60,80})/,
    { isOpen: true },
  ),
  secretKind(
    'telegram-token',
    'A Telegram bot token',
    'https://core.telegram.org/bots/api#authorizing-your-bot',
    ':aa',
    /\d{6,12}:AA[\w-]{33}/,
    { before: 12 },
  ),
  secretKind(
    'teams-webhook',
    'A Microsoft Teams webhook',
    listed,
    '/incomingwebhook/',
    /\/IncomingWebhook\/([a-f0-9]{32}\/[0-9a-f-]{36})/i,
    { isOpen: true },
  ),
  secretKind(
    'twilio-key',
    'A Twilio API key',
    'https://www.twilio.com/docs/iam/api-keys',
    'sk',
    /SK[0-9a-f]{32}/,
  ),
  secretKind(
    'sendgrid-key',
    'A SendGrid key',
    'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
    'sg.',
    /SG\.[\w-]{20,24}\.[\w-]{39,50}/,
  ),
  secretKind(
    'mailgun-key',
    'A Mailgun key',
    'https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt',
    'key-',
    /key-[a-f0-9]{32}/,
  ),
  secretKind(
    'mailgun-signing-key',
    'A Mailgun key',
    listed,
    'mailgun',
    /mailgun[\w.-]{0,40}["']?\]?[ \t]{0,4}(?:=|:|=>|,|:=)[ \t]{0,4}["'`]?([a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8})/i,
    { isOpen: true },
  ),
  secretKind(
    'mailchimp-key',
    'A Mailchimp key',
    'https://mailchimp.com/help/about-api-keys/',
    '-us',
    /[a-f0-9]{32}-us\d{1,2}/,
    { before: 32 },
  ),
  secretKind(
    'brevo-key',
    'A Brevo key',
    'https://developers.brevo.com/docs/getting-started',
    'xkeysib- xsmtpsib-',
    /x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}/,
  ),
  secretKind(
    'postmark-mandrill-key',
    'A Mailchimp Transactional key',
    'https://mailchimp.com/developer/transactional/guides/quick-start/',
    'md-',
    /md-[A-Za-z0-9_-]{22}/,
  ),
  secretKind(
    'resend-key',
    'A Resend key',
    'https://resend.com/docs/api-reference/introduction',
    're_',
    /re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,32}/,
  ),
];
