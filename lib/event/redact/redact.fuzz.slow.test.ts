import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinaryTexts, secretCases } from '../../testing/corpus/event.ts';
import { redact } from './redact.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc
    .array(
      fc.constantFrom(...secretCases.map(({ text }) => text), ...ordinaryTexts, '"', '\\', '%', '\n', '&'),
    )
    .map((parts) => parts.join('')),
);
const word = fc.stringMatching(/^[a-z]{2}[A-Za-z0-9]{8,20}[0-9]$/);

describe('redact', () => {
  it('gives one bounded line for any text', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 300 }), (text, longest) => {
        const clean = redact(text, longest);
        expect(clean.length).toBeLessThanOrEqual(longest);
        expect(clean).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('finds a named secret behind any text, however it is written', () => {
    const written: ((secret: string) => string)[] = [
      (secret) => `password=${secret}`,
      (secret) => JSON.stringify({ password: secret }),
      (secret) => JSON.stringify(JSON.stringify({ password: secret })),
      (secret) => JSON.stringify(JSON.stringify({ a: JSON.stringify({ password: secret }) })),
      (secret) => encodeURIComponent(`password=${secret}`),
      (secret) => encodeURIComponent(encodeURIComponent(JSON.stringify({ password: secret }))),
      (secret) => `<password>${secret}</password>`,
      (secret) => `<login password="${secret}"/>`,
      (secret) => JSON.stringify({ password: secret }).replaceAll('"', '\\u0022'),
      (secret) => `password\\u003d${secret}`,
      (secret) => `&lt;password&gt;${secret}&lt;/password&gt;`,
      (secret) => JSON.stringify({ password: { value: secret } }),
      (secret) => JSON.stringify({ passwords: [secret] }),
      (secret) => JSON.stringify([['X-Api-Key', secret]]),
      (secret) => `ALTER USER app PASSWORD '${secret}'`,
      (secret) => `CREATE USER app IDENTIFIED BY '${secret}'`,
      (secret) => `INSERT INTO users (name, password) VALUES ('ann', '${secret}')`,
      (secret) => `Driver=x;UID=app;PWD={${secret}}`,
      (secret) => `curl -u app:${secret} https://h`,
      (secret) => `Authorization: Bearer ${secret}`,
      (secret) => `postgres://app:${secret}@db/app`,
    ];
    // Quotes before it may make it part of another value; it is gone all the same.
    const before = fc.string({ unit: fc.constantFrom(...'abc 019_-.,;:/?&={}[]()<>\n\t%') });
    fc.assert(
      fc.property(before, fc.constantFrom(...written), word, (prefix, write, secret) => {
        expect(redact(`${prefix} ${write(secret)}`, 5000)).not.toContain(secret);
      }),
      { numRuns: 2000 },
    );
  });

  it('shows no piece of a secret at the bound', () => {
    const cases = [
      '4111 1111 1111 1111',
      'https://bob:q7Xw9Kv3Tn5R@h/',
      'password=q7Xw9Kv3Tn5R',
      'Bearer q7Xw9Kv3Tn5R',
      "insert into u (password) values ('q7Xw9Kv3Tn5R')",
      "alter user a password 'q7Xw9Kv3Tn5R'",
      '{"password":{"value":"q7Xw9Kv3Tn5R"}}',
      'curl -u a:q7Xw9Kv3Tn5R https://h',
    ];
    for (const text of cases) {
      // 256 characters are read, and the long value before it is taken out, so that the cut comes into view.
      for (let at = 150; at < 250; at++) {
        expect(redact(`password=${'y'.repeat(at)} ${text}`, 64)).not.toMatch(/4111|q7X|yy/);
      }
    }
  });
});

describe('the time redaction takes', () => {
  const units = [
    'a',
    '=',
    '"',
    '\\',
    '\\"',
    'password=',
    'password="',
    'password:"\\',
    'password=[',
    '<password>',
    'value=',
    'name="a" value="',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'a://',
    'a://b:',
    'a://b:c',
    'postgres://:',
    '@',
    ':',
    'eyJaaaaaaaa.',
    '4111 ',
    '1',
    '%25',
    '%3D',
    'bearer ',
    'cookie: ',
    'cookie:a',
    'authorization: a ',
    '--password ',
    ' api key: ',
    ';a',
    '\u2028',
    '\ud800',
    'sk-',
    'xoxb-',
    '$2b$',
    '{{',
    '))',
    'token: a',
    'password=a;b c',
    ' \t',
    '\n',
    'aA',
    '-',
    'password={',
    'password={"a":"b",',
    'token={"a":"b"},',
    'password=(',
    "password('",
    'password is ',
    'password is is is ',
    '["password","',
    '"password","',
    '("password",',
    '<a name="password">',
    '<a name="password" ',
    '<a ',
    '<password ',
    '<![CDATA[',
    'name="password"\r\n\r\n',
    'name=password\n',
    'insert into t (password) values (',
    "insert into t (password) values ('a'),",
    'insert into t (',
    'insert into t(',
    'password,a\n',
    'password,a\n1,',
    'a,password\n',
    '"a,',
    '\\u0022',
    '\\u0022password\\u0022:',
    '\\\\u0022',
    '&quot;',
    '&amp;',
    '&#34;',
    '%2525',
    'mysql ',
    'mysql -p',
    'curl -u a',
    'curl -u a:',
    'curl ',
    'net use ',
    'docker login ',
    'echo a',
    'echo a | ',
    'AUTH ',
    'AUTH a',
    'mnemonic abc ',
    'recovery phrase abandon ',
    'abc ',
    'ssn ',
    'crypt(',
    "crypt('",
    'crypt(a,',
    "PDO('a', ",
    '.pgpass:',
    'a:',
    '/reset/',
    '/reset/a/',
    '/verify/aaaaaaaaaaaaaaaaaaaaaaa',
    '/confirm/1a',
    'DE89',
    'DE89 3704 ',
    'A1',
    '$1$',
    '$1$aaaa',
    'pbkdf2:',
    'scrypt:1',
    '{SSHA}',
    'Private-Lines: 1\n',
    'LS0tLS1CRUdJTi',
    'hooks.',
    '.webhook.office.com/webhook',
    '[private key]',
    '[redacted]',
    'password=[redacted]',
    'password=[redacted],',
    'password: |\n a\n',
    'password: >\n',
    'password=<Buffer aa ',
    'password=<',
    'name: password\n value: ',
    '"value":"a","name":"password",',
    '{"name":"password","value":',
    'PWD={',
    'UID=a;PWD={a}}',
    ';PWD={',
    '"password" with value "',
    'password to ',
    'password a1b2c3d4 to ',
    'passwords: a1b2c3d4, ',
    'a1b2c3d4, ',
    'x-a-b, ',
    'X-Auth-Token, aaaaaaaaaaaaaaaaaaaaa1',
    'https://a',
    'https://a1B',
    'https://a:b/',
    'jdbc:oracle:thin:a/',
    'a:b@tcp',
    '%B41111111111111^',
    ';41111111111111=',
    'glc_',
    'pat',
    'AAAA',
    'AAQA',
    '1//0',
    'ac_',
    'v1.0-',
    'identified by ',
    "'",
    '`',
    '""',
    "''",
    '"""',
    '$$',
    "password=''a",
    'password=""',
    '\u00e9',
    'contrase\u00f1a',
    '\\x22',
    '\\/',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.',
    'a-',
    'A-a, ',
    'key=',
    'password\\',
    'password\\\\\\"',
    ' {',
    '[',
    ']',
    'password=a"',
    'password=a,',
    'a\n',
    'password\ta\n',
    '| ',
    'password|a\n',
    'user:a|',
    '"kty""d":"',
    'md5 passwd ',
    '/reset/a1',
    '/token/a-1',
    's.A1',
  ];

  it.each(units)('grows no faster than the text: %j', (unit) => {
    const cpu = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const times = [1, 2, 3].map(() => {
        const start = process.cpuUsage();
        redact(text, length);
        const { user, system } = process.cpuUsage(start);
        return user + system;
      });
      return Math.min(...times);
    };
    cpu(12_500);
    // Eight times the text: 8 where it is linear, 64 where it is quadratic. The constant hides the clock's grain.
    expect((cpu(100_000) + 2000) / (cpu(12_500) + 2000)).toBeLessThan(32);
  });
});
