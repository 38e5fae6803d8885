/**
 * Links in mails that are built with the host name of a request: nodemailer 6 and 7, @sendgrid/mail, mailgun.js 10,
 * Resend 4, Postmark 4, the AWS SDK 3, emailjs 4. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

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
    ['next/headers', 'Member[headers].ReturnValue.Member[get].ReturnValue', 'host', hostHeader],
    ['hapi.Request', `Member[headers].Member[${names.join()}]`, 'host'],
    ['hapi.Request', 'Member[info].Member[host,hostname]', 'host'],
    ...['h3', 'global'].flatMap((type) => [
      [type, 'Member[getRequestHost].ReturnValue', 'host'] as const,
      [type, 'Member[getRequestURL].ReturnValue.Member[host,hostname,origin,href]', 'host'] as const,
      [type, `Member[getRequestHeaders].ReturnValue.Member[${names.join()}]`, 'host'] as const,
      [type, 'Member[getRequestHeader].ReturnValue', 'host', { at: 'Argument[1]', is: names }] as const,
    ]),
    ['h3', 'Member[getHeader].ReturnValue', 'host', { at: 'Argument[1]', is: names }],
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
    ['email-templates', 'Instance.Member[send].Argument[0].Member[locals].AnyMember', 'mail-text'],
    ['email-templates', 'Instance.Member[render,renderAll].Argument[1].AnyMember', 'mail-text'],
    ['emailjs', 'Member[SMTPClient].Instance.Member[send,sendAsync].Argument[0].Member[text]', 'mail-text'],
  ],
  types: [
    ['mailgun.Client', 'mailgun.js', 'Instance.Member[client].ReturnValue'],
    ['mailgun.Client', 'mailgun-js', 'ReturnValue'],
  ],
};
