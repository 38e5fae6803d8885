import { createHash } from 'node:crypto';
import { drawer } from './drawn.ts';

/** Harmless texts that look like secrets, by file. They are drawn from a seed, as secrets are. */
export function lookAlikes(seed: number): readonly { readonly path: string; readonly text: string }[] {
  const draw = drawer(seed);
  const sha = (algorithm: string, encoding: 'hex' | 'base64' = 'hex'): string =>
    createHash(algorithm).update(draw('<a20>')).digest(encoding);
  const uuid = (): string => draw('<h8>-<h4>-4<h3>-a<h3>-<h12>');
  const files: Record<string, string> = {
    'src/aws.js': `const keyId = 'AKIA${'IOSFODNN7EXAMPLE'}';\nconst key = '${'wJalrXUtnFEMI/K7MDENG'}/bPxRfiCYEXAMPLEKEY';\n`,
    'src/stripe.js': `const stripe = Stripe('pk_live_${draw('<a24>')}');\nconst test = 'sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'}';\n`,
    'src/hash.js': `const sha256 = '${sha('sha256')}';\nconst etag = "${sha('md5')}";\nconst commit = '${sha('sha1')}';\n`,
    'src/ids.ts': `export const tenantId = '${uuid()}';\nexport const clientId = '${uuid()}';\nconst cacheKey = 'user:profile:v2';\n`,
    'package-lock.json': JSON.stringify({
      packages: {
        'node_modules/x': {
          resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
          integrity: `sha512-${sha('sha512', 'base64')}`,
        },
      },
    }),
    'yarn.lock': `x@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/x/-/x-1.0.0.tgz#${sha('sha1')}"\n  integrity sha512-${sha('sha512', 'base64')}\n`,
    'poetry.lock': `[[package]]\nname = "x"\nfiles = [{file = "x.whl", hash = "sha256:${sha('sha256')}"}]\n`,
    'Cargo.lock': `[[package]]\nname = "x"\nchecksum = "${sha('sha256')}"\n`,
    'go.sum': `golang.org/x/net v0.1.0 h1:${sha('sha256', 'base64')}\n`,
    'requirements.txt': `flask==3.0.0 --hash=sha256:${sha('sha256')}\n`,
    'public/index.html': `<script src="a.js" integrity="sha384-${sha('sha384', 'base64')}" crossorigin></script>\n<script src="https://maps.googleapis.com/maps/api/js?key=AIza${draw('<u35>')}"></script>\n`,
    'src/firebase.ts': `export const config = {\n  apiKey: "AIza${draw('<u35>')}",\n  authDomain: "shop.firebaseapp.com",\n  projectId: "shop",\n};\n`,
    'android/google-services.json': JSON.stringify({
      client: [{ api_key: [{ current_key: `AIza${draw('<u35>')}` }] }],
    }),
    'public/app.min.js': `!function(e,t){${'var n=e.token,r=t("passwordField"),o=e.key+"=";'.repeat(300)}}(window,function(){});var h="${draw('<a200>')}";`,
    'public/icon.css': `.a{background:url(data:image/png;base64,iVBORw0KGgo${draw('<b400>')}==)}\n.b{color:#${draw('<h6>')}}\n`,
    'i18n/en.json': JSON.stringify({
      password: 'Password',
      'reset.token': 'Reset token',
      'login.forgotPassword': 'Forgot your password?',
      secret: 'Keep this secret',
    }),
    'src/i18n.ts': `export const keys = { passwordLabel: 'auth.login.passwordLabel', tokenExpired: 'errors.tokenExpired' };\n`,
    'deploy/known_hosts': `github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${draw('<b43>')}\nshop.io ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ${draw('<b330>')}\n`,
    'deploy/authorized_keys': `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${draw('<b330>')} ops@shop\n`,
    'certs/ca.pem': `-----BEGIN CERTIFICATE-----\nMIID${draw('<b60>')}\n${draw('<b64>')}\n-----END CERTIFICATE-----\n`,
    'certs/public.pem': `-----BEGIN PUBLIC KEY-----\nMIIB${draw('<b60>')}\n${draw('<b64>')}\n-----END PUBLIC KEY-----\n`,
    'src/pem.ts': `if (text.startsWith('-----BEGIN ${'PRIVATE'} KEY-----')) return parse(text, '-----END ${'PRIVATE'} KEY-----');\n`,
    '.env.example': `API_KEY=your-api-key\nDATABASE_URL=postgres://user:password@localhost:5432/app\nJWT_SECRET=change-me-please\nTOKEN=ghp_${'x'.repeat(36)}\n`,
    'docker-compose.yml':
      'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: postgres\n      DATABASE_URL: postgres://postgres:postgres@db:5432/app\n',
    'config/settings.py':
      'SECRET_KEY = os.environ["SECRET_KEY"]\nPASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]\nAUTH_PASSWORD_VALIDATORS = []\n',
    'k8s/app.yaml':
      'env:\n  - name: API_TOKEN\n    valueFrom:\n      secretKeyRef: { name: shop-secret, key: api-token }\n',
    '.github/workflows/ci.yml': `env:\n  TOKEN: \${{ secrets.GITHUB_TOKEN }}\nsteps:\n  - uses: actions/checkout@${sha('sha1')}\n`,
    'main.tf':
      'variable "db_password" { sensitive = true }\nresource "x" "y" {\n  password = var.db_password\n  secret_id = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf"\n}\n',
    'README.md': `Run \`export GITHUB_TOKEN=ghp_${'your_token_here'}\`, then \`curl -H "Authorization: Bearer <token>"\`.\n`,
    'src/validate.go':
      'package main\n\nconst tokenHeader = "X-Auth-Token"\nvar passwordRegex = "^(?=.*[A-Z])(?=.*\\\\d).{8,}$"\n',
    'src/Login.java':
      'String password = request.getParameter("password");\nprivate static final String TOKEN_KEY = "com.shop.auth.token";\n',
    'src/sentry.ts': `init({ dsn: 'https://${draw('<h32>')}@o${draw('<d6>')}.ingest.sentry.io/${draw('<d7>')}' });\n`,
    'src/analytics.js': `gtag('config', 'G-${draw('<N10>')}');\nposthog.init('phc_${draw('<a43>')}');\n`,
    'data/wallets.json': JSON.stringify({ address: `0x${draw('<h40>')}`, tx: `0x${draw('<h64>')}` }),
    'src/schema.graphql':
      'type Mutation { login(password: String!): Token!  resetPassword(token: String!): Boolean }\n',
    'db/schema.sql':
      "CREATE TABLE users (password_hash varchar(60), api_token_id uuid);\nINSERT INTO keys (key) VALUES ('user.settings.theme');\n",
    'src/jwt.ts': `const example = '${'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'}.${Buffer.from('{"sub":"1234567890","name":"John Doe"}').toString('base64url')}.${draw('<u43>')}';\n`,
    Procfile: 'web: gunicorn shop.wsgi --access-logfile -\n',
    'src/Shop.csproj': `<Project><PropertyGroup><UserSecretsId>${uuid()}</UserSecretsId><PublicKeyToken>b77a5c561934e089</PublicKeyToken></PropertyGroup></Project>\n`,
    'terraform.lock.hcl': `hashes = ["h1:${sha('sha256', 'base64')}", "zh:${sha('sha256')}"]\n`,
  };
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
