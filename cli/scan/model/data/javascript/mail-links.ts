/**
 * Links in mails, made with the name that a request gives the server: nodemailer 6 and 7, @sendgrid/mail, mailgun.js 10,
 * Resend 4, Postmark 4, the AWS SDK 3, emailjs 4. Documentation: the README of each.
 */
import type { Condition, Models } from '../../model.ts';

const names = [
  'host',
  'Host',
  'HOST',
  'x-forwarded-host',
  'X-Forwarded-Host',
  'origin',
  'Origin',
  'referer',
  'Referer',
];
const hostHeader: Condition = { at: 'Argument[0]', is: names };
const parts = 'text,html,amp,watchHtml,alternatives';

export const mailLinks: Models = {
  language: 'javascript',
  sources: [
    ['http.IncomingMessage', `Member[headers,headersDistinct].Member[${names.join()}]`, 'host'],
    ['express.Request', 'Member[hostname,host]', 'host'],
    ['express.Request', 'Member[get,header].ReturnValue', 'host', hostHeader],
    ['@nestjs/common', 'Member[Headers].ReturnValue.Argument[0]', 'host'],
    ['@nestjs/common', 'Member[HostParam].ReturnValue.Argument[0]', 'host'],
    ['fastify.Request', 'Member[hostname,host]', 'host'],
    ['fastify.Request', `Member[headers].Member[${names.join()}]`, 'host'],
    ['koa.Request', 'Member[host,hostname,origin,href,URL]', 'host'],
    ['koa.Request', `Member[headers,header].Member[${names.join()}]`, 'host'],
    ['koa.Request', 'Member[get].ReturnValue', 'host', hostHeader],
    ['koa.Context', 'Member[host,hostname,origin,href,URL]', 'host'],
    ['koa.Context', `Member[headers,header].Member[${names.join()}]`, 'host'],
    ['koa.Context', 'Member[get].ReturnValue', 'host', hostHeader],
    ['hono.Request', 'Member[header].ReturnValue', 'host', hostHeader],
    ['web.Request', 'Member[headers].Member[get].ReturnValue', 'host', hostHeader],
  ],
  sinks: [
    ['mail.Transport', `Member[sendMail].Argument[0].Member[${parts}]`, 'mail-text'],
    ['@sendgrid/mail', `Member[send,sendMultiple].Argument[0].Member[${parts}]`, 'mail-text'],
    ['mailgun.Client', `Member[messages].Member[create].Argument[1].Member[${parts}]`, 'mail-text'],
    [
      'resend',
      `Member[Resend].Instance.Member[emails].Member[send].Argument[0].Member[${parts}]`,
      'mail-text',
    ],
    [
      'postmark',
      'Member[ServerClient].Instance.Member[sendEmail].Argument[0].Member[TextBody,HtmlBody]',
      'mail-text',
    ],
    ['emailjs', 'Member[SMTPClient].Instance.Member[send,sendAsync].Argument[0].Member[text]', 'mail-text'],
  ],
  types: [
    ['mailgun.Client', 'mailgun.js', 'Instance.Member[client].ReturnValue'],
    ['mailgun.Client', 'mailgun-js', 'ReturnValue'],
  ],
};
