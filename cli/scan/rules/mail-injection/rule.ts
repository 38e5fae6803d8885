/**
 * Finds email headers and addresses that are built from untrusted input. Header fields of Nodemailer and
 * `EmailMessage` are not reported, because both libraries keep line breaks out of them.
 *
 * ## Why
 * A line break starts another header: `Bcc:` sends the email to thousands of people, in your name and from your
 * server. A second address after a comma does the same.
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
 * In an email client, whose users may write to anyone.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'mail/injection',
  title: 'Email header injection',
  severity: 'medium',
  cwe: [93],
  owasp: 'A05:2025 Injection',
  sinks: ['mail'],
  sources: ['remote'],
  message: 'Untrusted input becomes an email header or address',
  advice:
    'Pass each field to the mail library separately (`to: { name, address }`). Refuse line breaks, and check addresses with an anchored pattern.',
  pythonAdvice: {
    django:
      'Use `EmailMessage` of django.core.mail, which refuses line breaks, and check addresses with `EmailField`.',
    any: 'Set the fields of `email.message.EmailMessage`, which refuses line breaks, and check addresses with an anchored pattern.',
  },
} satisfies FlowRule);
