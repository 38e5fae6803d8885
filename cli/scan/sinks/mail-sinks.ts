/** Matches the names of those markup sinks that send mails. */
export const mailSinks: RegExp =
  /^(mail\.Transport|@sendgrid\/mail|mailgun\.|resend\b|postmark\b|@aws-sdk\/client-ses|@nestjs-modules\/mailer|flask_mail\b|fastapi_mail\b|django\.core\.mail\b|email\.|sendgrid\b)/;
