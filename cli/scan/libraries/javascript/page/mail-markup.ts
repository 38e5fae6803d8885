/**
 * The markup of mails: nodemailer 6 and 7, @nestjs-modules/mailer 2, @sendgrid/mail 8, mailgun.js 10, Resend 4, Postmark 4, the
 * AWS SDK 3 (SES). Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

/**
 * Parameters of mail libraries that take the HTML body of a mail. They are sinks of `xss`, because mail readers show the
 * body as HTML.
 */
export const mailMarkup: Models = {
  language: 'javascript',
  sinks: [
    ['mail.Transport', 'Member[sendMail].Argument[0].Member[html]', 'xss'],
    [
      '@nestjs-modules/mailer',
      'Member[MailerService].Instance.Member[sendMail].Argument[0].Member[html]',
      'xss',
    ],
    ['@sendgrid/mail', 'Member[send,sendMultiple].Argument[0].Member[html]', 'xss'],
    ['mailgun.Client', 'Member[messages].Member[create].Argument[1].Member[html]', 'xss'],
    ['resend', 'Member[Resend].Instance.Member[emails].Member[send].Argument[0].Member[html]', 'xss'],
    ['postmark', 'Member[ServerClient].Instance.Member[sendEmail].Argument[0].Member[HtmlBody]', 'xss'],
    [
      '@aws-sdk/client-ses',
      'Member[SendEmailCommand].Argument[0].Member[Message].Member[Body].Member[Html].Member[Data]',
      'xss',
    ],
  ],
};
