/**
 * Finds links in mails that are made with the name that the request gives the server: its `Host` header.
 *
 * ## Why
 * Whoever asks for a new password in somebody else's name sends the header as well. The mail goes to the right person,
 * with a link to the attacker's server; a click brings the token there.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from flask_mail import Mail, Message
 *
 * app = Flask(__name__)
 * mail = Mail(app)
 *
 * @app.post("/forgot")
 * def forgot():
 *     link = f"https://{request.headers['Host']}/reset?token={new_token()}"
 *     mail.send(Message("Your password", recipients=[address()], body=link))
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import nodemailer from 'nodemailer';
 *
 * const app = express();
 * const mail = nodemailer.createTransport(process.env.SMTP_URL);
 * app.post('/forgot', async (req, res) => {
 *   const text = `https://${req.headers.host}/reset?token=${newToken()}`;
 *   await mail.sendMail({ to: address(), subject: 'Your password', text });
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## Good
 * ```python
 * import os
 * from flask import Flask, request
 * from flask_mail import Mail, Message
 *
 * app = Flask(__name__)
 * mail = Mail(app)
 *
 * @app.post("/forgot")
 * def forgot():
 *     link = f"{os.environ['PUBLIC_URL']}/reset?token={new_token()}"
 *     mail.send(Message("Your password", recipients=[address()], body=link))
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import nodemailer from 'nodemailer';
 *
 * const app = express();
 * const mail = nodemailer.createTransport(process.env.SMTP_URL);
 * app.post('/forgot', async (req, res) => {
 *   const text = `${process.env.PUBLIC_URL}/reset?token=${newToken()}`;
 *   await mail.sendMail({ to: address(), subject: 'Your password', text });
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## When not to use it
 * Where a proxy in front answers only the server's own names, and says so. Django's `get_host` and `build_absolute_uri`
 * are not reported: they ask for `ALLOWED_HOSTS`.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'mail/host-header',
  title: 'Link in a mail to where the request says',
  severity: 'high',
  cwe: [640, 644],
  owasp: 'A07:2025 Authentication Failures',
  sinks: ['mail-text'],
  sources: ['host'],
  message: 'A mail is built from the Host header of the request',
  advice: 'Make the links in mails with an address of the configuration, or compare the name with a list.',
  pythonAdvice: {
    django:
      'Build links in mails from a setting, or from `Site.objects.get_current().domain`, and list your hosts in `ALLOWED_HOSTS`.',
    flask: 'Build links in mails from a setting (`SERVER_NAME`), not from the request.',
    any: 'Build links in mails from a setting, or compare the host with an allow-list.',
  },
} satisfies FlowRule);
