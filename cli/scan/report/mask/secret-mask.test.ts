import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../finding/finding.ts';
import { yamlFinding } from '../../../finding/testing/sample-report.ts';
import { maskFinding, maskText } from './mask-text.ts';
import { secretMask } from './secret-mask.ts';

function masked(text: string, path = 'src/a.ts'): string {
  return secretMask((of) => (of === path ? text : undefined), []).sources(path) ?? '';
}

/** A text in parts, so that no file of the repository holds a whole key. */
const github = `ghp_${'aZ3kQ9xW1bN7mR5tY2cV8dL4sF6gH0jKpTuE'}`;
const stripe = `sk_${'live'}_9aKq3ZxW1bN7mR5tY2cV8dL4`;
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ1c2VyIjoiYW5uYSIsInJvbGUiOiJhZG1pbiJ9.q9Z3kWx1bN7mR5tY2cV8dL4sF6gH0jKpTuE_aB`;
const pem = `-----BEGIN ${'PRIVATE KEY'}-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDH\nq9Z3kWx1bN7mR5tY2cV8dL4sF6gH0jKpTuE\n-----END PRIVATE KEY-----`;

describe('secretMask', () => {
  it.each([
    ["const password = 'k9Vq2xTz7LmRw4';", 'k9Vq2xTz7LmRw4'],
    ["app.use(session({ secret: 'f3a9c1d47be84e0ba5726c9d18f0e6b2' }));", 'f3a9c1d47be84e0ba5726c9d18f0e6b2'],
    ["const secret = process.env.SECRET || 'hunter22';", 'hunter22'],
    ["const secret = process.env.SECRET ?? 'shh';", 'shh'],
    ['os.environ.get("SECRET_KEY", "dev-9x")', 'dev-9x'],
    ["if (password === 'Sommer2026!') grant();", 'Sommer2026!'],
    ["if ('Sommer2026!' == form.password) grant();", 'Sommer2026!'],
    ["const dbPassword: string = 'Sommer2026!';", 'Sommer2026!'],
    ["// don't\nconst apiKey = 'b8Rk2vQ9xTz4LmW7';", 'b8Rk2vQ9xTz4LmW7'],
    ["const x = a; /* it's */ const apiKey = 'b8Rk2vQ9xTz4LmW7';", 'b8Rk2vQ9xTz4LmW7'],
    [`fetch(url, { headers: { authorization: 'Bearer ${github}' } })`, github],
    [`// the old key was ${stripe}`, stripe],
    [`const t = "${jwt}";`, jwt],
    ['connect("postgres://app:Zk93mQ2x@db.shop.io/shop")', 'Zk93mQ2x'],
    ['connect("postgres://app:Zk93mQ2x@localhost/shop")', 'Zk93mQ2x'],
    ["open('app:Zk93mQ2x@tcp(db.shop.io:3306)/shop')", 'Zk93mQ2x'],
    [`const key = \`${pem}\`;`, 'q9Z3kWx1bN7mR5tY2cV8dL4sF6gH0jKpTuE'],
    [`const key = '${pem.replaceAll('\n', '\\n')}';`, 'q9Z3kWx1bN7mR5tY2cV8dL4sF6gH0jKpTuE'],
    ['// password: hunter2xyz9', 'hunter2xyz9'],
    ['# SECRET_KEY = k9Vq2xTz7LmRw4', 'k9Vq2xTz7LmRw4'],
    ['SECRET_KEY = (\n    "k9Vq2xTz"\n    "7LmRw4pq"\n)', '7LmRw4pq'],
    ['const token =\n  "b8Rk2vQ9xTz4LmW7";', 'b8Rk2vQ9xTz4LmW7'],
    ['password = """k9Vq2xTz7LmRw4"""', 'k9Vq2xTz7LmRw4'],
    ['DATABASES = {"default": {"PASSWORD": "k9Vq2xTz7LmRw4"}}', 'k9Vq2xTz7LmRw4'],
    ['{ Authorization: "Basic YWRtaW46aHVudGVyMg==" }', 'YWRtaW46aHVudGVyMg'],
    ["createHmac('sha256', 'b8Rk2vQ9xTz4LmW7')", 'b8Rk2vQ9xTz4LmW7'],
    ["jwt.sign({ id }, 'keyboard cat')", 'keyboard cat'],
    ['<meta name="token" content="b8Rk2vQ9xTz4LmW7">', 'b8Rk2vQ9xTz4LmW7'],
    ["exec('mysql --password=k9Vq2xTz7LmRw4 shop')", 'k9Vq2xTz7LmRw4'],
    ["connect('Server=db;User Id=sa;Password=k9Vq2xTz7LmRw4;')", 'k9Vq2xTz7LmRw4'],
    ["fetch('https://api.x.io/v1?api_key=k9Vq2xTz7LmRw4&x=1')", 'k9Vq2xTz7LmRw4'],
    ["process.env.JWT_SECRET ??= 'k9Vq2xTz7LmRw4'", 'k9Vq2xTz7LmRw4'],
  ])('masks %s', (text, secret) => {
    const shown = masked(text);
    expect(shown).toHaveLength(text.length);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(secret.slice(secret.length >> 2));
    expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  });

  it.each([
    [`const { password } = req.body; db.query(\`select * from u where n = '\${name}'\`);`],
    ["<input type='password' name='password'>"],
    ["const label = { password: 'Please enter the password of your account' };"],
    ["const password = process.env['DB_PASSWORD'];"],
    ["import { createHash } from 'node:crypto';"],
    ["res.send('<b>' + req.query.name + '</b>');"],
    ["const tokenUrl = 'https://login.shop.io/oauth/token';"],
    [`connect(\`postgres://\${user}:\${password}@\${host}/shop\`)`],
    ["const password = '<password>'; const token = 'your-token-here';"],
    ['type Props = { password: string; token?: string };'],
    ["const url = 'https://x.io/reset?token=' + token;"],
    ["if (key === 'Enter') submit();"],
    ["const keys = { primaryKey: 'id', foreignKey: 'user_id' };"],
    ["t('password.tooShort')"],
    ['connect(host=args.host, password=args.password, token=read_token())'],
    [`headers.set("authorization", \`Bearer \${access}\`)`],
  ])('leaves %s', (text) => expect(masked(text)).toBe(text));

  it.each([
    ['.env', 'DB_PASSWORD=k9Vq2xTz7LmRw4\nPORT=8080\n', 'k9Vq2xTz7LmRw4'],
    ['config/prod.yaml', 'db:\n  password: k9Vq2xTz7LmRw4\n  port: 5432\n', 'k9Vq2xTz7LmRw4'],
    ['config/prod.json', '{ "mail": { "apiKey": "b8Rk2vQ9xTz4LmW7pYc1NdG6" } }', 'b8Rk2vQ9xTz4LmW7pYc1NdG6'],
  ])('masks values of %s', (path, text, secret) => {
    const shown = masked(text, path);
    expect(shown).not.toContain(secret);
    expect(shown.replaceAll('*', '')).toBe(text.replace(secret, secret.slice(0, secret.length >> 3)));
  });

  it('masks what a finding stands at, whatever it looks like, and wherever it stands again', () => {
    const text = "sign(claims, 'keyboard cat');\nlog('keyboard cat');\n";
    const finding: Finding = {
      ...yamlFinding,
      rule: 'secret/hard-coded',
      place: { path: 'a.ts', line: 1, column: 14, endLine: 1, endColumn: 28 },
    };
    const sources = (path: string): string | undefined =>
      path === 'a.ts' ? text : path === 'b.ts' ? text : undefined;
    const { sources: shown, mask } = secretMask(sources, [finding]);
    const expected = "sign(claims, 'k***********');\nlog('k***********');\n";
    expect([shown('a.ts'), shown('b.ts'), mask('a.ts', text)]).toEqual([expected, expected, expected]);
    expect(shown('none')).toBeUndefined();
  });

  it('masks the literal of a variable that a finding stands at', () => {
    const text = "const k = 'pass word one';\nsign(claims, k);\n";
    const finding: Finding = {
      ...yamlFinding,
      rule: 'secret/hard-coded',
      place: { path: 'a.ts', line: 2, column: 14, endLine: 2, endColumn: 15 },
    };
    const shown = secretMask(() => text, [finding]).sources('a.ts');
    expect(shown).toBe("const k = 'p************';\nsign(claims, k);\n");
  });

  it('keeps the length and the line breaks of any text', () => {
    const part = fc.constantFrom(
      'password',
      '=',
      ':',
      ' ',
      "'",
      '"',
      '`',
      '\\',
      '\n',
      '\r\n',
      'k9Vq2xTz7',
      '://',
      '@',
      'ghp_',
      '\u00e9',
      '(',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const shown = masked(text);
        expect(shown).toHaveLength(text.length);
        expect(shown.replace(/[^\r\n]/g, '')).toBe(text.replace(/[^\r\n]/g, ''));
        for (const [at, sign] of [...shown].entries()) expect([[...text][at], '*']).toContain(sign);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['escaped quotes', '\\"'.repeat(500_000)],
    ['open quotes', '"a\n'.repeat(300_000)],
    ['one line of quotes', '"'.repeat(1_000_000)],
    ['headers of keys', `-----BEGIN ${'PRIVATE KEY'}-----`.repeat(30_000)],
    ['schemes', '://a:'.repeat(200_000)],
    ['letters', 'a'.repeat(1_000_000)],
    ['names', 'password='.repeat(100_000)],
    ['pairs', "password='abcd'".repeat(60_000)],
  ])('reads a megabyte of %s in a moment', (_, text) => {
    const start = process.cpuUsage();
    masked(text.slice(0, 1_000_000));
    const { user } = process.cpuUsage(start);
    expect(user / 1000).toBeLessThan(3000);
  });
});

describe('messages', () => {
  it('are masked where they quote a secret', () => {
    const message = `\`https://app:Zk93mQ2x@api.shop.io\` is not encrypted, ${github}`;
    expect(maskText(message)).not.toMatch(/Zk93mQ2x|kQ9xW1bN7/);
    const finding = { ...yamlFinding, message, steps: [{ place: yamlFinding.place, message }] };
    expect(JSON.stringify(maskFinding(finding))).not.toMatch(/Zk93mQ2x|kQ9xW1bN7/);
    expect(maskFinding(yamlFinding)).toBe(yamlFinding);
  });
});
