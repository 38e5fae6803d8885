import { describe, expect, it } from 'vitest';
import { drawer } from '../testing/drawn.ts';
import { findSecrets } from './find-secrets.ts';

const draw = drawer(33);
const kindsIn = (path: string, text: string): readonly string[] =>
  findSecrets(path, Buffer.from(text)).map(({ kind }) => kind);

describe('secrets that are passed by position', () => {
  it.each<[string, string, string]>([
    ['mail.py', 'relay.login("news", "<a4>-<a4>-<a4>-<d2><a2>")', 'password'],
    ['fetch.js', "request.get(url).auth('reports', '<a20>');", 'password'],
    ['pull.py', "requests.get(url, auth=HTTPBasicAuth('sync', '<a18>'))", 'password'],
    ['mail.go', 'smtp.PlainAuth("", "news", "<a18>", host)\nauth("news",\n  "<a18>")', 'password'],
    ['sms.js', "const sms = require('twilio')('AC<h32>', '<h32>');", 'twilio-auth-token'],
    ['sms.py', 'client = Client("AC<h32>", "<h32>")', 'twilio-auth-token'],
  ])('%s: %s', (path, template, kind) => {
    expect(kindsIn(path, draw(template))).toContain(kind);
  });

  it.each<[string, string]>([
    ['mail.py', 'relay.login("news", os.environ["RELAY_PASSWORD"])'],
    ['routes.js', "app.get('/', auth('members', 'can-read-members'), list);"],
    ['routes.js', "login('user@example.com', 'your-password-here')"],
    ['users.test.js', draw("await login('anna', '<a16>')")],
    ['page.py', 'login("news", "the words of a hint")'],
  ])('nothing in %s: %s', (path, text) => {
    expect(kindsIn(path, text)).toEqual([]);
  });
});
