/**
 * nodemailer 6 and 7, @sendgrid/mail, mailgun.js, Resend, Postmark, sendmail, the AWS SDK 3 (SES). Nodemailer folds line
 * breaks in fields. An attacker can still add receivers to a list, and `raw` is sent unchanged. Documentation:
 * https://nodemailer.com/message
 */
import type { Condition, Models } from '../../../models/model.ts';

const builtTo: Condition = { at: 'Argument[0].Member[to]', built: true };

export const mail: Models = {
  language: 'javascript',
  types: [
    ['mail.Transport', 'nodemailer', 'Member[createTransport].ReturnValue'],
    ['mail.Transport', 'nodemailer', 'Member[Transporter].Instance'],
  ],
  sinks: [
    ['mail.Transport', 'Member[sendMail].Argument[0].Member[cc,bcc,raw,envelope]', 'mail'],
    // A single untrusted address is the purpose of the field. A concatenated one can contain more.
    ['mail.Transport', 'Member[sendMail].Argument[0].Member[to]', 'mail', builtTo],
    ['mail.Transport', 'Member[sendMail].Argument[0].Member[envelope].Member[from,to]', 'mail'],
    ['mail.Transport', 'Member[sendMail].Argument[0].Member[attachments].AnyMember.Member[path]', 'path'],
    ['@sendgrid/mail', 'Member[send].Argument[0].Member[cc,bcc]', 'mail'],
    ['mailgun.Client', 'Member[messages].Member[create].Argument[1].Member[cc,bcc]', 'mail'],
    ['mailgun.Client', 'Member[messages].ReturnValue.Member[send].Argument[0].Member[cc,bcc]', 'mail'],
    ['resend', 'Member[Resend].Instance.Member[emails].Member[send].Argument[0].Member[cc,bcc]', 'mail'],
    ['postmark', 'Member[ServerClient].Instance.Member[sendEmail].Argument[0].Member[Cc,Bcc]', 'mail'],
    ['sendmail', 'ReturnValue.Argument[0].Member[cc,bcc]', 'mail'],
    [
      '@aws-sdk/client-ses',
      'Member[SendRawEmailCommand].Argument[0].Member[RawMessage].Member[Data]',
      'mail',
    ],
    [
      '@aws-sdk/client-sesv2',
      'Member[SendEmailCommand].Argument[0].Member[Content].Member[Raw].Member[Data]',
      'mail',
    ],
  ],
};
