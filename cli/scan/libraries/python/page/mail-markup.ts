// The markup of mails: email of Python 3.13, Flask-Mail 0.10, FastAPI-Mail 1.4, Django 5.2, SendGrid 6, Resend 2, boto3 1.3x.
import type { Condition, Models } from '../../../models/model.ts';

const asHtml: Condition = { at: 'Argument[1,_subtype:,subtype:]', is: ['html'] };
const subtype: Condition = {
  at: 'Argument[subtype:]',
  is: ['html'],
  isApi: [['fastapi_mail.Html', '']],
};
const html: Condition = { at: 'Argument[1,mimetype:]', is: ['text/html'] };

/**
 * Parameters of mail libraries that take the HTML body of a mail. They are sinks of `xss`, because mail readers show the
 * body as HTML.
 */
export const mailMarkup: Models = {
  language: 'python',
  types: [['fastapi_mail.Html', 'fastapi_mail', 'Member[MessageType].Member[html]']],
  sinks: [
    ['email.mime.text', 'Member[MIMEText].Argument[0,_text:]', 'xss', asHtml],
    [
      'email.message',
      'Member[EmailMessage].Instance.Member[set_content,add_alternative].Argument[0]',
      'xss',
      asHtml,
    ],
    ['flask_mail', 'Member[Message].Argument[3,html:]', 'xss'],
    ['flask_mail', 'Member[Message].Instance.Member[html]', 'xss'],
    ['fastapi_mail', 'Member[MessageSchema].Argument[html:]', 'xss'],
    ['fastapi_mail', 'Member[MessageSchema].Argument[body:]', 'xss', subtype],
    ['django.core.mail', 'Member[send_mail,mail_admins,mail_managers].Argument[html_message:]', 'xss'],
    [
      'django.core.mail',
      'Member[EmailMultiAlternatives].Instance.Member[attach_alternative].Argument[0,content:]',
      'xss',
      html,
    ],
    ['sendgrid.helpers.mail', 'Member[Mail].Argument[html_content:]', 'xss'],
    ['boto.Client', 'Member[send_email].Argument[Message:].Member[Body].Member[Html].Member[Data]', 'xss'],
    ['resend', 'Member[Emails].Member[send].Argument[0].Member[html]', 'xss'],
  ],
};
