import { describe, expect, it } from 'vitest';
import { rule } from './rule.ts';

const found = (path: string, text: string): string[] =>
  rule.read({ path, text }).map(({ at, end, confidence }) => `${confidence} ${text.slice(at, end)}`);

const github = `ghp_${'a1B2c3D4'.repeat(5).slice(0, 36)}`;

describe('secrets in files of settings', () => {
  it.each([
    ['.env', 'export API_KEY="b8Rk2vQ9xTz4LmW7pYc1NdG6" # of mail', 'high b8Rk2vQ9xTz4LmW7pYc1NdG6'],
    [
      'k8s/secret.yaml',
      'kind: Secret\ndata:\n  password: azlWcTJ4VHo3TG1SdzQ=\n',
      'high azlWcTJ4VHo3TG1SdzQ=',
    ],
    ['config/a.json', `{"a":"x","note":"${github}"}`, `high ${github}`],
    ['.env.example', `TOKEN=${github}`, `medium ${github}`],
    ['.env.example', 'API_KEY=b8Rk2vQ9xTz4LmW7pYc1NdG6', 'low b8Rk2vQ9xTz4LmW7pYc1NdG6'],
    ['compose.yml', '      - "DB_PASSWORD=hunter22x"', 'low hunter22x'],
    ['app.ini', 'url = postgres://app:k9Vq2xTz7LmRw4@db.internal.io/app', 'high k9Vq2xTz7LmRw4'],
  ])('shows the value alone: %s %s', (path, text, expected) => {
    expect(found(path, text)).toEqual([expected]);
  });

  it('says nothing of a file that is none of settings', () => {
    expect(found('data.json', '{"password": "k9Vq2xTz7LmRw4"}')).toEqual([]);
  });

  it.each([
    ['a long line', 'x'.repeat(500_000)],
    ['signs of addresses', '://'.repeat(160_000)],
    ['addresses without an end', 'http://a:'.repeat(50_000)],
    ['quotes', '"'.repeat(500_000)],
    ['names', '"password":'.repeat(45_000)],
    ['beginnings of keys', '-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA'.repeat(10_000)],
    ['spaces', `${' '.repeat(1900)}\n`.repeat(250)],
    ['dashes', `${'- '.repeat(900)}\n`.repeat(250)],
    ['tokens', 'eyJ.'.repeat(120_000)],
    ['parts of connections', ';Password='.repeat(50_000)],
    ['comments', ' # bulwark-ignore'.repeat(30_000)],
  ])('comes to an end with %s', (_, text) => {
    for (const path of [
      'a.env',
      'config.json',
      'a.yaml',
      'a.ipynb',
      'web.config',
      'wp-config.php',
      '.netrc',
      'a.tf',
      'a.pem',
    ])
      expect(rule.read({ path, text }).length).toBeLessThanOrEqual(50);
  });
});
