/**
 * Links in mails that are built with the host name of a request: smtplib and email of Python 3.13, Flask-Mail 0.10,
 * Django 5.2, FastAPI-Mail 1.4, SendGrid 6. Django's `get_host` and `build_absolute_uri` check `ALLOWED_HOSTS`.
 */
import type { Condition, Models } from '../../../models/model.ts';

const names = [
  'Host',
  'host',
  'HOST',
  'X-Forwarded-Host',
  'x-forwarded-host',
  'Origin',
  'origin',
  'Referer',
  'referer',
];
const wsgiNames = ['HTTP_HOST', 'HTTP_X_FORWARDED_HOST', 'HTTP_ORIGIN', 'HTTP_REFERER'];
const hostHeader: Condition = { at: 'Argument[0]', is: names };
const wsgiHost: Condition = { at: 'Argument[0]', is: wsgiNames };

/** With these, an address has a configured host, or requests for other hosts are rejected. */
const unlessNamed = ['SERVER_NAME', 'TRUSTED_HOSTS', 'trusted_hosts'];
const external: Condition = { at: 'Argument[_external:]', is: [true], unless: unlessNamed };
const withScheme: Condition = { at: 'Argument[_scheme:]', is: ['https', 'http'], unless: unlessNamed };
const unlessTrusted: Condition = { at: 'Argument[this]', unless: ['TrustedHostMiddleware'] };

const frameworks = [
  'flask.Request',
  'starlette.Request',
  'aiohttp.Request',
  'sanic.Request',
  'tornado.HTTPServerRequest',
  'django.HttpRequest',
  'guess.Request',
];

export const mailLinks: Models = {
  language: 'python',
  sources: [
    ...frameworks.flatMap((type) => [
      [type, `Member[headers].Member[${names.join()}]`, 'host'] as const,
      [type, 'Member[headers].Member[get].ReturnValue', 'host', hostHeader] as const,
    ]),
    ['flask.Request', 'Member[host,host_url,url_root,root_url,base_url,url]', 'host'],
    ['flask.Request', `Member[environ].Member[${wsgiNames.join()}]`, 'host'],
    ['starlette.Request', 'Member[base_url]', 'host'],
    ['starlette.Request', 'Member[url].Member[hostname,netloc]', 'host'],
    ...['flask', 'quart', 'flask.Flask'].flatMap((type) => [
      [type, 'Member[url_for].ReturnValue', 'host', external] as const,
      [type, 'Member[url_for].ReturnValue', 'host', withScheme] as const,
    ]),
    ['starlette.Request', 'Member[url_for].ReturnValue', 'host', unlessTrusted],
    ['aiohttp.Request', 'Member[host]', 'host'],
    ['sanic.Request', 'Member[host]', 'host'],
    ['tornado.HTTPServerRequest', 'Member[host,host_name]', 'host'],
    ...['django.HttpRequest', 'guess.Request'].flatMap((type) => [
      [type, `Member[META].Member[${wsgiNames.join()}]`, 'host'] as const,
      [type, 'Member[META].Member[get].ReturnValue', 'host', wsgiHost] as const,
    ]),
  ],
  sanitizers: [['starlette.Request', 'Member[url_for].ReturnValue.Member[path]', ['mail-text']]],
  sinks: [
    [
      'email.message',
      'Member[EmailMessage].Instance.Member[set_content,add_alternative].Argument[0]',
      'mail-text',
    ],
    ['email.mime.text', 'Member[MIMEText].Argument[0,_text:]', 'mail-text'],
    ['smtplib.SMTP', 'Member[sendmail].Argument[2,msg:]', 'mail-text'],
    ['flask_mail', 'Member[Message].Argument[2,3,body:,html:]', 'mail-text'],
    ['flask_mail', 'Member[Message].Instance.Member[body,html]', 'mail-text'],
    ['fastapi_mail', 'Member[MessageSchema].Argument[body:,html:]', 'mail-text'],
    ['django.core.mail', 'Member[send_mail].Argument[1,message:,html_message:]', 'mail-text'],
    ['django.core.mail', 'Member[mail_admins,mail_managers].Argument[1,message:,html_message:]', 'mail-text'],
    ['django.core.mail', 'Member[EmailMessage,EmailMultiAlternatives].Argument[1,body:]', 'mail-text'],
    [
      'django.core.mail',
      'Member[EmailMultiAlternatives].Instance.Member[attach_alternative].Argument[0]',
      'mail-text',
    ],
    ['sendgrid.helpers.mail', 'Member[Mail].Argument[plain_text_content:,html_content:]', 'mail-text'],
  ],
};
