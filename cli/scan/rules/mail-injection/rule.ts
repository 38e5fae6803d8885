/**
 * Finds mails whose header fields or addresses are put together with data of a request. Nodemailer and `EmailMessage` keep line
 * breaks out of fields, and are not reported for them.
 *
 * ## Why
 * A line break begins another header: `Bcc:` sends the mail to thousands, in your name and from your server. A second address
 * behind a comma does the same.
 *
 * ## Bad
 * ```python
 * import smtplib
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/contact")
 * def contact():
 *     text = "Subject: " + request.form["subject"] + "\r\n\r\nA question."
 *     smtplib.SMTP("localhost").sendmail("web@example.com", "help@example.com", text)
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import nodemailer from 'nodemailer';
 *
 * const app = express();
 * const mailer = nodemailer.createTransport({ host: 'localhost' });
 * app.post('/contact', async (req, res) => {
 *   const to = `${req.body.name} <${req.body.address}>`;
 *   await mailer.sendMail({ from: 'web@example.com', to, subject: 'Your copy' });
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## Good
 * ```python
 * import smtplib
 * from email.message import EmailMessage
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/contact")
 * def contact():
 *     mail = EmailMessage()
 *     mail["Subject"] = request.form["subject"]  # refuses line breaks
 *     mail["From"], mail["To"] = "web@example.com", "help@example.com"
 *     smtplib.SMTP("localhost").send_message(mail)
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import nodemailer from 'nodemailer';
 *
 * const app = express();
 * const mailer = nodemailer.createTransport({ host: 'localhost' });
 * app.post('/contact', async (req, res) => {
 *   const to = { name: String(req.body.name), address: String(req.body.address) }; // one address, whatever it holds
 *   await mailer.sendMail({ from: 'web@example.com', to, subject: 'Your copy' });
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## When not to use it
 * In a mail program, whose users write to whom they want.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'mail/injection',
  title: "Data of others in a mail's header",
  severity: 'medium',
  cwe: [93],
  owasp: 'A05:2025 Injection',
  sinks: ['mail'],
  sources: ['remote'],
  message: 'Untrusted input becomes a mail header or address',
  advice:
    'Hand the fields to the mail library one by one, refuse line breaks, and check addresses by an anchored shape.',
  pythonAdvice: {
    django:
      'Use `EmailMessage` of django.core.mail, which refuses line breaks, and check addresses with `EmailField`.',
    any: 'Set the fields of `email.message.EmailMessage`, which refuses line breaks, and check addresses with an anchored pattern.',
  },
} satisfies FlowRule);
