/**
 * Secrets that anyone can read: in documentation, in default configurations, in published attacks. Compared without
 * letter case and separators. Collected on 2026-12-01 from the sources named beside them.
 */
export const publishedSecrets: readonly string[] = [
  // What people type: SecLists, default credentials of images on Docker Hub.
  ...[
    'secret',
    'secrets',
    'password',
    'passwd',
    'passw0rd',
    'p@ssw0rd',
    'pass',
    'admin',
    'administrator',
    'root',
  ],
  ...[
    'test',
    'testing',
    'dev',
    'development',
    'default',
    'guest',
    'user',
    'demo',
    'example',
    'sample',
    'none',
  ],
  ...[
    'null',
    'undefined',
    'true',
    'false',
    'xxx',
    'foo',
    'bar',
    'foobar',
    'token',
    'key',
    'apikey',
    'todo',
    'tbd',
  ],
  ...['letmein', 'welcome', 'iloveyou', 'monkey', 'dragon', 'abc123', 'password1', 'password123', 'admin123'],
  ...['postgres', 'mysql', 'redis', 'mongo', 'mongodb', 'mariadb', 'minioadmin', 'rabbitmq', 'elastic', 'sa'],
  ...[
    'mysecretpassword',
    'my-secret-pw',
    'minio123',
    'supersecretpassword',
    'secretkey',
    'secret-key',
    's3cr3t',
    's3cret',
  ],
  // express-session, cookie-session, koa, iron-session, Fastify, Hono, Remix, Nuxt, jsonwebtoken: their READMEs.
  ...['keyboard cat', 'shhhhh', 'some secret hurr', 'im a newer secret', 'i like turtle', 'key1', 'key2'],
  'complex_password_at_least_32_characters_long',
  'averylogphrasebiggerthanthirtytwochars',
  'a secret with minimum length of 32 characters',
  'it-is-very-secret',
  'n3wsecr3t',
  'password-with-at-least-32-characters',
  // jwt.io
  ...['your-256-bit-secret', 'your-384-bit-secret', 'your-512-bit-secret'],
  'a-string-secret-at-least-256-bits-long',
  // Flask's and FastAPI's documentation
  '_5#y2L"F4Q8z\\n\\xec]/',
  '192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf',
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  // Apache Superset (CVE-2023-27524)
  ...['\\2\\1thisismyscretkey\\1\\2\\e\\y\\y\\h', 'thisISaSECRET_1234', 'TEST_NON_DEV_SECRET'],
  // Apache Airflow (CVE-2020-17526), Apache Shiro (CVE-2016-4437), Nacos (QVD-2023-6271)
  ...['temporary_key', 'kPH+bIxk5D2deZiIxcaaaA=='],
  'SecretKey012345678901234567890123456789012345678901234567890123456789',
  // Grafana's conf/defaults.ini, Symfony's old standard edition, Supabase's and Hasura's examples
  ...['SW2YcwTIb9zpOOhoPsMm', 'ThisTokenIsNotSoSecretChangeIt', 'myadminsecretkey'],
  'super-secret-jwt-token-with-at-least-32-characters-long',
  // Laravel 4 and 5 (config/app.php), Strapi's .env.example
  ...['SomeRandomString', 'SomeRandomStringOfCharacters', 'YourSecretKey', 'toBeModified1', 'toBeModified2'],
  // Directus' docker-compose.yml, the documentation of h3
  ...['255d861b-5ea1-5996-9aa3-922530ec40b1', '6116487b-cda1-52c2-b5b5-c8022c45e263'],
  '80d42cfb-1cd2-462c-8f17-e3237d9027e9',
  // AWS's documentation
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  // Our own pages and docstrings
  ...['t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi', 'X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o', 'b8Rk2vQ9xTz4LmW7pYc1NdG6'],
  ...['q8Zr2mV7xLp0TbN4wYc9', 'f3a9c1d47be84e0ba5726c9d18f0e6b2'],
  // What is left of a value that was printed instead of used.
  ...['[redacted]', 'redacted', '[object Object]', 'hidden'],
];

/** What is a placeholder wherever it stands in a value, in lower case and without separators. */
export const placeholderPhrases: readonly string[] = [
  ...['change(?:me|this|itnow|inproduction|before)', 'changeit$', 'replace(?:me|this|with)', 'tobemodified'],
  ...['your(?:own|strong|random|secure)?(?:secret|password|apikey|token|key)', 'placeholder', 'donotuse'],
  ...[
    'djangoinsecure',
    'keyboardcat',
    'notsosecret',
    'notasecret',
    'thisisa(?:very|super)?secret',
    'insertyour',
  ],
  ...['atleast(?:16|32|64|256)', 'xxxxxxxx'],
  // A template or a command that was never run.
  ...['^\\{\\{.*\\}\\}$', '^\\$\\{\\w+\\}$', '^\\$\\(.*\\)$', 'opensslrand'],
];

/** What makes a placeholder of a value that is made of words. */
export const exampleWords: readonly string[] = [
  ...[
    'secret',
    'passw(?:or|0r)d',
    'passphrase',
    'example',
    'insecure',
    'random',
    'default',
    'development',
    'testing',
  ],
];
