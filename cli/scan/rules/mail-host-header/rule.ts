/**
 * Finds links in emails that are built from the request's `Host` header.
 *
 * ## Why
 * An attacker asks for a password reset for someone else and sends their own `Host` header. The email goes to the
 * right person, but its link leads to the attacker's server. One click gives the attacker the reset token.
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
 * Where a proxy in front accepts only the server's own host names. Suppress the finding and name the proxy as the
 * reason. Django's `get_host` and `build_absolute_uri` are not reported, because they check `ALLOWED_HOSTS`.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'mail/host-header',
  title: 'Host header poisoning in emails',
  severity: 'high',
  cwe: [640, 644],
  owasp: 'A07:2025 Authentication Failures',
  sinks: ['mail-text'],
  sources: ['host'],
  message: 'The Host header of the request becomes part of an email',
  advice:
    'Build links from a configured base URL, such as `process.env.PUBLIC_URL`, or compare the host with an allow-list.',
  pythonAdvice: {
    django:
      'Build links in emails from a setting, or from `Site.objects.get_current().domain`, and list your hosts in `ALLOWED_HOSTS`.',
    flask: 'Build links in emails from a setting (`SERVER_NAME`), not from the request.',
    any: 'Build links in emails from a setting, or compare the host with an allow-list.',
  },
} satisfies FlowRule);
