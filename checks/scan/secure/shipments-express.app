--- labels
good src/kit/outbound.ts:93 ssrf/request | one of its callers hands over an agent that looks addresses up itself
good src/kit/sql.ts:82 sql/injection | what is written into the text is an instance of the class, which no request is
--- package.json
{
  "name": "freightdesk",
  "version": "3.4.0",
  "private": true,
  "type": "module",
  "engines": { "node": ">=22" },
  "scripts": {
    "build": "tsc -p tsconfig.json",
    "start": "node dist/src/app.js",
    "migrate": "node dist/cli/ops.js migrate"
  },
  "dependencies": {
    "connect-pg-simple": "^10.0.0",
    "express": "^5.1.0",
    "express-session": "^1.18.2",
    "fast-xml-parser": "^5.3.0",
    "helmet": "^8.1.0",
    "jose": "^6.1.0",
    "lru-cache": "^11.2.0",
    "multer": "^2.0.2",
    "nodemailer": "^7.0.10",
    "pg": "^8.16.3",
    "undici": "^7.16.0",
    "ws": "^8.18.3",
    "zod": "^4.1.0"
  },
  "devDependencies": {
    "@types/connect-pg-simple": "^7.0.3",
    "@types/express": "^5.0.3",
    "@types/express-session": "^1.18.2",
    "@types/multer": "^2.0.0",
    "@types/node": "^22.18.0",
    "@types/nodemailer": "^7.0.2",
    "@types/pg": "^8.15.5",
    "@types/ws": "^8.18.1",
    "typescript": "^5.9.0"
  }
}
--- tsconfig.json
{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "types": ["node"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true,
    "rootDir": ".",
    "outDir": "dist"
  },
  "include": ["src", "cli"]
}
--- cli/ops.ts
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stdin, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hashPassword, newPassword } from '../src/auth/passwords.js';
import { loadConfig, type Config } from '../src/config.js';
import { Attempts } from '../src/http/limits.js';
import { email, line, oneOf, uuid } from '../src/kit/decode.js';
import { Database, sql } from '../src/kit/sql.js';

interface Context {
  config: Config;
  db: Database;
  args: string[];
}

class UsageError extends Error {}

type Command = (context: Context) => Promise<void>;

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
const MIGRATION_NAME = /^\d{4}_[a-z0-9_]{1,60}\.sql$/;
const MIGRATION_LOCK = 7_204_311;

/** Migrations are files of this repository; each runs once, and one that was changed afterwards stops everything. */
const migrate: Command = async ({ db }) => {
  const client = await db.pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, sha256 text NOT NULL)');
    const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM schema_migrations');
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));

    const names = (await readdir(MIGRATIONS)).filter((name) => MIGRATION_NAME.test(name)).sort();
    for (const name of names) {
      const script = await readFile(join(MIGRATIONS, name), 'utf8');
      const sha256 = createHash('sha256').update(script).digest('hex');
      const before = applied.get(name);
      if (before === sha256) continue;
      if (before !== undefined) throw new Error(`${name} was changed after it had run`);
      await client.query('BEGIN');
      try {
        await client.query(script);
        await client.query('INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
        await client.query('COMMIT');
      } catch (err) {
        await client.query('ROLLBACK');
        throw err;
      }
      stdout.write(`applied ${name}\n`);
    }
  } finally {
    // The lock ends with the connection.
    client.release(true);
  }
};

async function readStdin(maxBytes: number): Promise<string> {
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > maxBytes) throw new UsageError('too much input');
  }
  return text.replace(/\r?\n$/, '');
}

/** The password comes from standard input: arguments can be seen by everybody who lists processes. */
const createUser: Command = async ({ db, args }) => {
  const { values } = parseArgs({
    args,
    options: { account: { type: 'string' }, email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' } },
  });
  const user = {
    account: uuid(values.account, '--account'),
    email: email(values.email, '--email'),
    name: line(80)(values.name, '--name'),
    role: oneOf('viewer', 'dispatcher', 'admin')(values.role ?? 'viewer', '--role'),
  };
  const hash = await hashPassword(newPassword(await readStdin(1000), 'password'));
  const made = await db.one<{ id: string }>(sql`
    INSERT INTO users (account_id, email, name, role, password_hash)
    VALUES (${user.account}, ${user.email}, ${user.name}, ${user.role}, ${hash})
    RETURNING id
  `);
  stdout.write(`${made.id}\n`);
};

/** Starts pg_dump; how to reach the database goes along in the environment, so no list of processes shows a password. */
const backup: Command = async ({ config, args }) => {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, table: { type: 'string', multiple: true, default: [] } },
  });
  if (!values.out) throw new UsageError('--out is missing');
  const known = new Set(['accounts', 'users', 'shipments', 'documents', 'partners']);
  const tables = values.table.map((name) => {
    if (!known.has(name)) throw new UsageError('there is no such table');
    return `--table=public.${name}`;
  });

  const url = new URL(config.database.connectionString);
  const env = {
    PATH: '/usr/bin:/bin',
    PGHOST: url.hostname,
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    ...(config.database.ssl && { PGSSLMODE: 'verify-full', PGSSLROOTCERT: process.env.DATABASE_CA_FILE ?? 'system' }),
  };
  const target = await open(resolve(values.out), 'wx', 0o600);
  try {
    const dump = spawn('/usr/bin/pg_dump', ['--format=custom', '--no-owner', ...tables], {
      env,
      stdio: ['ignore', target.fd, 'inherit'],
    });
    const [code] = (await once(dump, 'close')) as [number | null];
    if (code !== 0) throw new Error(`pg_dump ended with ${code ?? 'a signal'}`);
  } finally {
    await target.close();
  }
};

const prune: Command = async ({ db, config }) => {
  const count = await new Attempts(db, config.masterKey).prune();
  stdout.write(`${count} rows removed\n`);
};

const commands = new Map<string, Command>([
  ['migrate', migrate],
  ['create-user', createUser],
  ['backup', backup],
  ['prune', prune],
]);

async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = commands.get(name);
  if (!command) {
    stderr.write(`usage: ops <${[...commands.keys()].join(' | ')}> [options]\n`);
    return 2;
  }
  const config = loadConfig();
  const db = Database.open({ ...config.database, max: 2, statement_timeout: 0 });
  try {
    await command({ config, db, args });
    return 0;
  } catch (err) {
    stderr.write(`${name}: ${err instanceof Error ? err.message : 'failed'}\n`);
    return err instanceof UsageError ? 2 : 1;
  } finally {
    await db.pool.end();
  }
}

process.exitCode = await main(process.argv.slice(2));
--- nest/package.json
{
  "name": "freightdesk-invoices",
  "version": "1.2.0",
  "private": true,
  "type": "module",
  "engines": { "node": ">=22" },
  "scripts": {
    "build": "tsc -p tsconfig.json",
    "start": "node dist/main.js"
  },
  "dependencies": {
    "@nestjs/axios": "^4.0.1",
    "@nestjs/common": "^11.1.6",
    "@nestjs/core": "^11.1.6",
    "@nestjs/platform-express": "^11.1.6",
    "@nestjs/throttler": "^6.4.0",
    "axios": "^1.12.2",
    "class-transformer": "^0.5.1",
    "class-validator": "^0.14.2",
    "helmet": "^8.1.0",
    "jose": "^6.1.0",
    "pg": "^8.16.3",
    "reflect-metadata": "^0.2.2",
    "rxjs": "^7.8.2"
  },
  "devDependencies": {
    "@types/express": "^5.0.3",
    "@types/node": "^22.18.0",
    "@types/pg": "^8.15.5",
    "typescript": "^5.9.0"
  }
}
--- nest/tsconfig.json
{
  "compilerOptions": {
    "target": "es2023",
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "types": ["node"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "experimentalDecorators": true,
    "emitDecoratorMetadata": true,
    "skipLibCheck": true,
    "rootDir": "src",
    "outDir": "dist"
  },
  "include": ["src"]
}
--- nest/src/access.ts
import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

export const SCOPES = ['invoices:read', 'invoices:write'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Caller {
  readonly subject: string;
  readonly accountId: string;
  readonly scopes: ReadonlySet<Scope>;
}

type CallerRequest = Request & { caller?: Caller };

const NEEDS = 'access:needs';

export const Needs = (...scopes: Scope[]) => SetMetadata(NEEDS, scopes);

export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (!caller) throw new UnauthorizedException();
  return caller;
});

const BEARER = /^Bearer ([\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]{1,1000})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function callerOf({ sub, account, scope }: JWTPayload): Caller | undefined {
  if (sub === undefined || typeof account !== 'string' || !UUID.test(account) || typeof scope !== 'string') return undefined;
  const given = new Set(scope.split(' '));
  return { subject: sub, accountId: account, scopes: new Set(SCOPES.filter((known) => given.has(known))) };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}

export function httpsUrl(name: string): URL {
  const url = new URL(required(name));
  if (url.protocol !== 'https:') throw new Error(`${name} must be an https address`);
  return url;
}

/** Stands before every route: each needs a token, and the scopes that the route names. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly issuer = required('TOKEN_ISSUER');
  private readonly audience = required('TOKEN_AUDIENCE');
  private readonly keys = createRemoteJWKSet(httpsUrl('TOKEN_JWKS'), { timeoutDuration: 5000 });

  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const caller = await this.read(request.get('authorization'));
    if (!caller) throw new UnauthorizedException();
    request.caller = caller;
    const needed = this.reflector.getAllAndOverride<Scope[] | undefined>(NEEDS, places);
    // A route that names no scope was forgotten, and stays closed.
    return needed !== undefined && needed.every((scope) => caller.scopes.has(scope));
  }

  private async read(header: string | undefined): Promise<Caller | undefined> {
    const token = BEARER.exec(header ?? '')?.[1];
    if (token === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience: this.audience,
        algorithms: ['ES256', 'RS256'],
        requiredClaims: ['sub', 'exp'],
      });
      return callerOf(payload);
    } catch (err) {
      if (err instanceof errors.JOSEError) return undefined;
      throw err;
    }
  }
}
--- nest/src/invoices.controller.ts
import { Body, Controller, Get, Header, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { Throttle } from '@nestjs/throttler';
import { CurrentCaller, Needs, type Caller } from './access.js';
import { CreateInvoiceDto, ListInvoicesDto } from './invoices.dto.js';
import { InvoicesService, type Invoice } from './invoices.service.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

function exported({ number, customer, currency, cents, issuedOn }: Invoice): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<invoice number="${xml(number)}" issued="${xml(issuedOn)}">`,
    `  <customer>${xml(customer)}</customer>`,
    `  <amount currency="${xml(currency)}">${(Number(cents) / 100).toFixed(2)}</amount>`,
    '</invoice>',
    '',
  ].join('\n');
}

@Controller('invoices')
export class InvoicesController {
  constructor(private readonly invoices: InvoicesService) {}

  @Get()
  @Needs('invoices:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListInvoicesDto): Promise<Invoice[]> {
    return this.invoices.list(caller.accountId, query);
  }

  @Get(':id')
  @Needs('invoices:read')
  async get(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string) {
    const invoice = await this.invoices.get(caller.accountId, id);
    return { ...invoice, euroCents: await this.invoices.inEuro(invoice) };
  }

  @Get(':id/export')
  @Needs('invoices:read')
  @Header('Cache-Control', 'private, no-store')
  async export(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const invoice = await this.invoices.get(caller.accountId, id);
    return new StreamableFile(Buffer.from(exported(invoice), 'utf8'), {
      type: 'application/xml; charset=utf-8',
      disposition: `attachment; filename="invoice-${invoice.id}.xml"`,
    });
  }

  @Post()
  @Needs('invoices:write')
  @Throttle({ default: { limit: 20, ttl: 60_000 } })
  create(@CurrentCaller() caller: Caller, @Body() dto: CreateInvoiceDto): Promise<Invoice> {
    return this.invoices.create(caller.accountId, dto);
  }
}
--- nest/src/invoices.dto.ts
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export const CURRENCIES = ['EUR', 'USD', 'CHF', 'GBP'] as const;
export type Currency = (typeof CURRENCIES)[number];

export const SORT_KEYS = ['newest', 'oldest', 'amount', 'customer'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export class ListInvoicesDto {
  @IsOptional()
  @IsIn(CURRENCIES)
  currency?: Currency;

  @IsOptional()
  @IsISO8601({ strict: true })
  @Length(10, 10)
  since?: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  @Length(10, 10)
  until?: string;

  @IsOptional()
  @IsString()
  @Length(2, 60)
  search?: string;

  @IsIn(SORT_KEYS)
  sort: SortKey = 'newest';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  size: number = 25;
}

export class CreateInvoiceDto {
  @IsString()
  @Matches(/^[A-Z]{2}-\d{4}-\d{1,6}$/)
  number!: string;

  @IsString()
  @Length(1, 120)
  @Matches(/^[^\r\n]+$/)
  customer!: string;

  @IsIn(CURRENCIES)
  currency!: Currency;

  @IsInt()
  @Min(1)
  @Max(10_000_000_00)
  cents!: number;

  @IsISO8601({ strict: true })
  @Length(10, 10)
  issuedOn!: string;
}
--- nest/src/invoices.service.ts
import { HttpService } from '@nestjs/axios';
import { BadGatewayException, ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Pool } from 'pg';
import { firstValueFrom, map, retry, timer } from 'rxjs';
import type { CreateInvoiceDto, Currency, ListInvoicesDto, SortKey } from './invoices.dto.js';

export const DATABASE = Symbol('database');

export interface Invoice {
  id: string;
  number: string;
  customer: string;
  currency: Currency;
  cents: string;
  issuedOn: string;
}

const COLUMNS = `id, number, customer, currency, cents, to_char(issued_on, 'YYYY-MM-DD') AS "issuedOn"`;

const ORDER: Readonly<Record<SortKey, string>> = {
  newest: 'issued_on DESC, id',
  oldest: 'issued_on, id',
  amount: 'cents DESC, id',
  customer: 'lower(customer), id',
};

/** Gathers conditions and their values; only the numbers of the parameters are written into the text. */
class Conditions {
  readonly values: unknown[];
  private readonly texts: string[];

  constructor(accountId: string) {
    this.values = [accountId];
    this.texts = ['account_id = $1'];
  }

  with(value: unknown, write: (place: string) => string): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.texts.push(write(`$${this.values.length}`));
    return this;
  }

  place(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  toString(): string {
    return this.texts.join(' AND ');
  }
}

@Injectable()
export class InvoicesService {
  constructor(
    @Inject(DATABASE) private readonly pool: Pool,
    private readonly http: HttpService,
  ) {}

  async list(accountId: string, query: ListInvoicesDto): Promise<Invoice[]> {
    const where = new Conditions(accountId)
      .with(query.currency, (place) => `currency = ${place}`)
      .with(query.since, (place) => `issued_on >= ${place}::date`)
      .with(query.until, (place) => `issued_on <= ${place}::date`)
      .with(query.search, (place) => `strpos(lower(customer), lower(${place})) > 0`);
    const text = `SELECT ${COLUMNS} FROM invoices WHERE ${where} ORDER BY ${ORDER[query.sort]} LIMIT ${where.place(query.size)}`;
    const { rows } = await this.pool.query<Invoice>(text, where.values);
    return rows;
  }

  async get(accountId: string, id: string): Promise<Invoice> {
    const { rows } = await this.pool.query<Invoice>(
      `SELECT ${COLUMNS} FROM invoices WHERE id = $1 AND account_id = $2`,
      [id, accountId],
    );
    const [invoice] = rows;
    if (!invoice) throw new NotFoundException();
    return invoice;
  }

  async create(accountId: string, dto: CreateInvoiceDto): Promise<Invoice> {
    const { number, customer, currency, cents, issuedOn } = dto;
    const { rows } = await this.pool.query<Invoice>(
      `INSERT INTO invoices (account_id, number, customer, currency, cents, issued_on)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, number) DO NOTHING RETURNING ${COLUMNS}`,
      [accountId, number, customer, currency, cents, issuedOn],
    );
    const [invoice] = rows;
    if (!invoice) throw new ConflictException('number-taken');
    return invoice;
  }

  /** The service of rates is the one of the configuration; a currency is one of ours when it comes here. */
  async inEuro(invoice: Invoice): Promise<number> {
    if (invoice.currency === 'EUR') return Number(invoice.cents);
    const answer = this.http
      .get<{ rate?: unknown }>(`/v1/rates/${encodeURIComponent(invoice.currency)}`, { params: { day: invoice.issuedOn } })
      .pipe(
        retry({ count: 2, delay: (_err, attempt) => timer(300 * attempt) }),
        map(({ data }) => data.rate),
      );
    const rate = await firstValueFrom(answer).catch(() => undefined);
    if (typeof rate !== 'number' || !(rate > 0)) throw new BadGatewayException('rates');
    return Math.round(Number(invoice.cents) * rate);
  }
}
--- nest/src/main.ts
import 'reflect-metadata';
import { HttpModule } from '@nestjs/axios';
import { Inject, Logger, Module, ValidationPipe, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import helmet from 'helmet';
import { Pool } from 'pg';
import { AccessGuard, httpsUrl } from './access.js';
import { InvoicesController } from './invoices.controller.js';
import { DATABASE, InvoicesService } from './invoices.service.js';

function openPool(): Pool {
  const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    ssl: { rejectUnauthorized: true },
    max: 8,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
  });
  const logger = new Logger('database');
  pool.on('error', (err) => logger.error({ event: 'idle connection failed', code: 'code' in err ? err.code : undefined }));
  return pool;
}

@Module({
  imports: [
    HttpModule.registerAsync({
      useFactory: () => ({
        baseURL: httpsUrl('RATES_URL').href,
        timeout: 5000,
        maxRedirects: 0,
        maxContentLength: 100_000,
        allowAbsoluteUrls: false,
      }),
    }),
  ],
  controllers: [InvoicesController],
  providers: [
    InvoicesService,
    { provide: DATABASE, useFactory: openPool },
  ],
})
class InvoicesModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly pool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

@Module({
  imports: [ThrottlerModule.forRoot([{ name: 'default', ttl: 60_000, limit: 120 }]), InvoicesModule],
  providers: [
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
class AppModule {}

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false });
  app.set('trust proxy', Number(process.env.PROXY_HOPS) || 0);
  app.useBodyParser('json', { limit: '50kb' });
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } }));
  app.useGlobalPipes(
    new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true, disableErrorMessages: true }),
  );
  app.enableShutdownHooks();
  await app.listen(Number(process.env.PORT ?? 8090), process.env.HOST ?? '127.0.0.1');
}

await bootstrap();
--- src/app.ts
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { loadConfig, type Config } from './config.js';
import { Folder } from './kit/folder.js';
import { endpoint, json, notFound, problems } from './kit/router.js';
import { Database, sql } from './kit/sql.js';
import { pdfText, Toolbox } from './kit/tools.js';
import { LiveBoard } from './live.js';
import { Logger } from './log.js';
import { letterJob, Mailer, smtpTransport } from './mail.js';
import { loginRoutes, resetJob, resetSender } from './auth/login.js';
import { oidcRoutes } from './auth/oauth.js';
import { Attempts, rateLimit } from './http/limits.js';
import { csrfGuard, loadUser, requestIds, securityHeaders, sessions, signedIn } from './http/security.js';
import { documentIndexer, documentRoutes, indexJob } from './routes/documents.js';
import { partnerRoutes } from './routes/partners.js';
import { reportRoutes } from './routes/reports.js';
import { shipmentRoutes } from './routes/shipments.js';
import { callbackJob, callbackSender, webhookRoutes } from './routes/webhooks.js';
import { Queue } from './jobs/queue.js';

const ASSETS = fileURLToPath(new URL('../../assets/', import.meta.url));

interface Parts {
  config: Config;
  db: Database;
  folder: Folder;
  board: LiveBoard;
  logger: Logger;
}

export function buildApp(parts: Parts): { app: Express; identify: express.RequestHandler[] } {
  const { config, db, logger } = parts;
  const app = express();
  app.set('trust proxy', config.proxyHops);
  app.set('query parser', 'simple');

  const identify = [sessions(config, db), loadUser(db)];
  const attempts = new Attempts(db, config.masterKey);

  app.use(requestIds, securityHeaders());
  app.get('/health', rateLimit({ burst: 20, perMinute: 60 }), async (_req, res) => {
    await db.run(sql`SELECT 1`);
    res.json({ ok: true });
  });
  app.use('/assets', express.static(ASSETS, { dotfiles: 'ignore', index: false, maxAge: '1h' }));

  // Carriers sign what they send; they have no session, and no form of ours.
  app.use('/hooks', webhookRoutes(parts));

  app.use(rateLimit({ burst: 120, perMinute: 300 }));
  app.use(identify);
  app.use(express.json({ limit: '100kb' }), express.urlencoded({ extended: false, limit: '20kb', parameterLimit: 50 }));
  app.use(csrfGuard(config.publicOrigin));

  app.use('/auth/oidc', oidcRoutes({ config, db, logger }));
  app.use('/auth', loginRoutes({ db, attempts, logger }));

  app.get('/', (_req, res) => res.redirect(303, res.locals.user ? '/shipments' : '/auth/login'));
  app.use(signedIn);
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'private, no-store');
    next();
  });
  app.get('/api/me', endpoint({ run: ({ user }) => json({ name: user.name, role: user.role, features: [...config.features] }) }));
  app.use(shipmentRoutes(parts), documentRoutes(parts), partnerRoutes(parts), reportRoutes(parts));

  app.use(() => {
    throw notFound();
  });
  app.use(problems(logger));
  return { app, identify };
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
}

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = new Logger(process.stdout, config.mode === 'production' ? 'info' : 'debug', { service: 'freightdesk' });
  const db = Database.open(config.database);
  db.pool.on('error', (err) => logger.error('idle connection failed', { err }));

  const folder = await Folder.at(config.documentDir);
  const board = new LiveBoard();
  const mailer = new Mailer(smtpTransport(config), config.smtp.from, config.publicOrigin, logger);
  const tool = pdfText(new Toolbox(logger), config.pdftotext);

  const queue = new Queue(db, logger)
    .handle(letterJob, mailer.send)
    .handle(resetJob, resetSender(db, mailer))
    .handle(indexJob, documentIndexer({ db, folder, pdfText: tool }))
    .handle(callbackJob, callbackSender({ config, db, logger }));

  const { app, identify } = buildApp({ config, db, folder, board, logger });
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 }, app);
  board.attach(server, { origins: config.socketOrigins, identify, logger });

  queue.start();
  await listen(server, config);
  logger.info('listening', { port: config.port });

  const stop = async (signal: string): Promise<void> => {
    logger.info('stopping', { signal });
    setTimeout(() => process.exit(1), 20_000).unref();
    board.close();
    server.close();
    await queue.stop();
    mailer.close();
    await db.pool.end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
--- src/config.ts
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads variables and gathers everything that is wrong, so that one start shows all of it. */
class EnvReader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  text(name: string, fallback?: string): string {
    const value = this.env[name]?.trim() || fallback;
    if (value === undefined) this.problems.push(`${name} is missing`);
    return value ?? '';
  }

  /** A secret is in the variable itself, or in the file that NAME_FILE names (Docker and systemd credentials). */
  secret(name: string, minimum = 32): string {
    const file = this.env[`${name}_FILE`];
    let value = this.env[name] ?? '';
    if (file) {
      try {
        value = readFileSync(file, 'utf8').trimEnd();
      } catch {
        this.problems.push(`${name}_FILE cannot be read`);
        return '';
      }
    }
    if (Buffer.byteLength(value) < minimum) this.problems.push(`${name} needs at least ${minimum} bytes`);
    return value;
  }

  int(name: string, options: { min: number; max: number; fallback: number }): number {
    const raw = this.env[name];
    if (raw === undefined || raw === '') return options.fallback;
    const value = Number(raw);
    if (!Number.isInteger(value) || value < options.min || value > options.max) {
      this.problems.push(`${name} must be a whole number from ${options.min} to ${options.max}`);
      return options.fallback;
    }
    return value;
  }

  choice<const T extends string>(name: string, values: readonly T[], fallback: T): T {
    const raw = this.env[name] ?? fallback;
    const found = values.find((value) => value === raw);
    if (!found) this.problems.push(`${name} must be one of ${values.join(', ')}`);
    return found ?? fallback;
  }

  https(name: string): URL {
    const raw = this.text(name, 'https://unset.invalid');
    const url = URL.canParse(raw) ? new URL(raw) : undefined;
    if (!url || url.protocol !== 'https:' || url.username !== '' || url.hostname === 'unset.invalid') {
      this.problems.push(`${name} must be an https address`);
      return new URL('https://unset.invalid');
    }
    return url;
  }

  list(name: string): string[] {
    return (this.env[name] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}

const FEATURES = ['bulk-import', 'pdf-search', 'partner-callbacks'] as const;
export type Feature = (typeof FEATURES)[number];

const isFeature = (name: string): name is Feature => (FEATURES as readonly string[]).includes(name);

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function databaseOf(reader: EnvReader) {
  const url = reader.secret('DATABASE_URL', 1);
  const caFile = reader.text('DATABASE_CA_FILE', '');
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (host === '') reader.problems.push('DATABASE_URL is not an address');
  // A database on the same machine is reached without TLS; every other one must show a certificate that holds.
  const ssl = LOOPBACK.has(host)
    ? false
    : { rejectUnauthorized: true, ca: caFile === '' ? undefined : readFileSync(caFile, 'utf8') };
  return { connectionString: url, ssl };
}

export function loadConfig(env: Env = process.env) {
  const reader = new EnvReader(env);
  const publicOrigin = reader.https('PUBLIC_ORIGIN').origin;

  const config = {
    mode: reader.choice('NODE_ENV', ['production', 'staging', 'development', 'test'], 'production'),
    host: reader.text('HOST', '127.0.0.1'),
    port: reader.int('PORT', { min: 1, max: 65_535, fallback: 8080 }),
    proxyHops: reader.int('PROXY_HOPS', { min: 0, max: 3, fallback: 0 }),
    publicOrigin,
    socketOrigins: new Set([publicOrigin, ...reader.list('SOCKET_ORIGINS')]),
    database: databaseOf(reader),
    // The first key signs, the others are still accepted while keys are rotated.
    sessionKeys: [reader.secret('SESSION_KEY'), ...(env.SESSION_KEY_OLD ? [reader.secret('SESSION_KEY_OLD')] : [])],
    masterKey: reader.secret('MASTER_KEY'),
    documentDir: resolve(reader.text('DOCUMENT_DIR', '/var/lib/freightdesk/documents')),
    features: new Set(reader.list('FEATURES').filter(isFeature)),
    pdftotext: resolve(reader.text('PDFTOTEXT', '/usr/bin/pdftotext')),
    smtp: {
      host: reader.text('SMTP_HOST'),
      port: reader.int('SMTP_PORT', { min: 1, max: 65_535, fallback: 587 }),
      user: reader.text('SMTP_USER'),
      password: reader.secret('SMTP_PASSWORD', 8),
      from: reader.text('MAIL_FROM'),
    },
    oidc: {
      issuer: reader.https('OIDC_ISSUER'),
      clientId: reader.text('OIDC_CLIENT_ID'),
      clientSecret: reader.secret('OIDC_CLIENT_SECRET', 16),
    },
    carriers: new Map(
      reader.list('CARRIERS').map((code) => {
        const prefix = `CARRIER_${code.toUpperCase().replaceAll('-', '_')}`;
        return [code, { hookSecret: reader.secret(`${prefix}_HOOK_SECRET`) }] as const;
      }),
    ),
  };

  if (reader.problems.length > 0) throw new ConfigError(reader.problems.join('; '));
  return Object.freeze(config);
}

export type Config = ReturnType<typeof loadConfig>;
--- src/live.ts
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, RequestHandler, Response } from 'express';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { DecodeError, decodeJson, list, oneOf, record, uuid, type Decoded } from './kit/decode.js';
import type { User } from './kit/router.js';
import { TokenBuckets } from './http/limits.js';
import type { Logger } from './log.js';

export type BoardEvent = { type: 'shipment'; id: string; status: string } | { type: 'notice'; text: string };

const command = record({
  do: oneOf('watch', 'unwatch', 'alive'),
  ids: (input, at) => (input === undefined ? [] : list(uuid, 100)(input, at)),
});
type Command = Decoded<typeof command>;

interface Peer {
  readonly socket: WebSocket;
  readonly user: User;
  readonly watched: Set<string>;
  readonly since: number;
  alive: boolean;
}

const MAX_WATCHED = 500;
const MAX_PER_USER = 5;
const MAX_BUFFERED = 1_000_000;
const BEAT_MS = 30_000;
// After this a page connects again, and who it is is looked up anew.
const MAX_LIFE_MS = 15 * 60_000;

interface Options {
  origins: ReadonlySet<string>;
  /** The middleware that finds out whose session this is, and who that is: the same as for pages. */
  identify: readonly RequestHandler[];
  logger: Logger;
}

function refuse(socket: Duplex, status: '400 Bad Request' | '401 Unauthorized' | '403 Forbidden' | '429 Too Many Requests'): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export class LiveBoard {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 8192, perMessageDeflate: false });
  readonly #accounts = new Map<string, Set<Peer>>();
  readonly #messages = new TokenBuckets(30, 120);
  #beat: NodeJS.Timeout | undefined;

  attach(server: Server, options: Options): void {
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      this.#admit(req, socket, head, options).catch((err: unknown) => {
        options.logger.error('upgrade failed', { err });
        socket.destroy();
      });
    });
    this.#beat = setInterval(() => this.#checkPeers(), BEAT_MS);
    this.#beat.unref();
  }

  async #admit(req: IncomingMessage, socket: Duplex, head: Buffer, { origins, identify, logger }: Options): Promise<void> {
    if (req.url !== '/live') return refuse(socket, '400 Bad Request');
    // Browsers send cookies along from any page, so a page has to be one of ours.
    const { origin } = req.headers;
    if (origin === undefined || !origins.has(origin)) return refuse(socket, '403 Forbidden');

    const user = await this.#userOf(req, identify);
    if (!user) return refuse(socket, '401 Unauthorized');
    const peers = this.#accounts.get(user.accountId) ?? new Set();
    if ([...peers].filter((peer) => peer.user.id === user.id).length >= MAX_PER_USER) return refuse(socket, '429 Too Many Requests');

    this.#sockets.handleUpgrade(req, socket, head, (ws) => this.#welcome({ socket: ws, user, watched: new Set(), since: Date.now(), alive: true }, logger));
  }

  async #userOf(req: IncomingMessage, identify: readonly RequestHandler[]): Promise<User | undefined> {
    const res = Object.assign(new ServerResponse(req), { locals: {} }) as unknown as Response;
    for (const step of identify) {
      await new Promise<void>((done, fail) => {
        const next = (err?: unknown) => (err === undefined ? done() : fail(err));
        Promise.resolve(step(req as Request, res, next)).catch(fail);
      });
    }
    return res.locals.user;
  }

  #welcome(peer: Peer, logger: Logger): void {
    const { socket, user } = peer;
    const peers = this.#accounts.get(user.accountId) ?? new Set();
    this.#accounts.set(user.accountId, peers.add(peer));

    socket.on('pong', () => (peer.alive = true));
    socket.on('error', (err) => logger.warn('socket failed', { user: user.id, err }));
    socket.on('close', () => {
      peers.delete(peer);
      if (peers.size === 0 && this.#accounts.get(user.accountId) === peers) this.#accounts.delete(user.accountId);
    });
    socket.on('message', (data, isBinary) => {
      if (isBinary || !this.#messages.take(user.id).ok) return socket.close(1008);
      try {
        this.#obey(peer, decodeJson(textOf(data), command, 'message'));
      } catch (err) {
        if (!(err instanceof DecodeError)) logger.error('message failed', { user: user.id, err });
        socket.close(1007);
      }
      return undefined;
    });
  }

  #obey(peer: Peer, { do: what, ids }: Command): void {
    switch (what) {
      case 'watch':
        for (const id of ids) if (peer.watched.size < MAX_WATCHED) peer.watched.add(id);
        return;
      case 'unwatch':
        for (const id of ids) peer.watched.delete(id);
        return;
      case 'alive':
        peer.alive = true;
    }
  }

  /** Goes to the people of one account, and of those to the ones that watch this shipment. */
  publish(accountId: string, event: BoardEvent): void {
    const message = JSON.stringify(event);
    for (const { socket, watched } of this.#accounts.get(accountId) ?? []) {
      if (event.type === 'shipment' && !watched.has(event.id)) continue;
      if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.send(message);
    }
  }

  #checkPeers(): void {
    for (const peers of this.#accounts.values()) {
      for (const peer of peers) {
        if (!peer.alive || Date.now() - peer.since > MAX_LIFE_MS) peer.socket.terminate();
        peer.alive = false;
        peer.socket.ping();
      }
    }
  }

  close(): void {
    clearInterval(this.#beat);
    for (const peers of this.#accounts.values()) for (const { socket } of peers) socket.close(1001);
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8');
}
--- src/log.ts
import { AsyncLocalStorage } from 'node:async_hooks';

export type Level = 'debug' | 'info' | 'warn' | 'error';
export type Fields = Readonly<Record<string, unknown>>;

const RANK: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };
const MAX_TEXT = 2000;
const MAX_ITEMS = 50;
const MAX_DEPTH = 4;

const HIDDEN = [
  'password', 'passphrase', 'secret', 'token', 'authorization', 'cookie',
  'signature', 'apikey', 'sessionid', 'verifier',
] as const;

/** Fields of the request that is being answered; every line that is written meanwhile carries them. */
export const requestContext = new AsyncLocalStorage<Fields>();

function isHidden(key: string): boolean {
  const plain = key.toLowerCase().replaceAll('_', '').replaceAll('-', '');
  return HIDDEN.some((word) => plain.includes(word));
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** Makes what is logged small and plain, and hides what the name of its field says is secret. */
function tidy(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return shorten(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      break;
    default:
      return `[${typeof value}]`;
  }
  if (value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString();
  if (value instanceof Error) {
    const { code } = value as NodeJS.ErrnoException;
    return { name: value.name, message: shorten(value.message), code, stack: shorten(value.stack ?? '') };
  }
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => tidy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([key, item]) => [key, isHidden(key) ? '[hidden]' : tidy(item, depth + 1)]),
  );
}

export interface Sink {
  write(line: string): unknown;
}

/** One JSON object a line: line breaks of others are escaped by JSON, and cannot begin an entry of their own. */
export class Logger {
  readonly #floor: number;

  constructor(
    private readonly sink: Sink = process.stdout,
    level: Level = 'info',
    private readonly bound: Fields = {},
  ) {
    this.#floor = RANK[level];
  }

  debug(event: string, fields?: Fields): void {
    this.#write('debug', event, fields);
  }

  info(event: string, fields?: Fields): void {
    this.#write('info', event, fields);
  }

  warn(event: string, fields?: Fields): void {
    this.#write('warn', event, fields);
  }

  error(event: string, fields?: Fields): void {
    this.#write('error', event, fields);
  }

  #write(level: Level, event: string, fields: Fields = {}): void {
    if (RANK[level] < this.#floor) return;
    const entry = {
      ...(tidy({ ...this.bound, ...requestContext.getStore(), ...fields }) as object),
      time: new Date().toISOString(),
      level,
      event: shorten(event),
    };
    this.sink.write(`${JSON.stringify(entry)}\n`);
  }
}
--- src/mail.ts
import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from './config.js';
import { email, line, optional, oneOf, record, text, type Decoded } from './kit/decode.js';
import { href, html, type Html } from './kit/html.js';
import type { Logger } from './log.js';
import { jobKind } from './jobs/queue.js';

/** What is in the queue: which letter to whom, and what goes into it. Links are paths, which the sender completes. */
export const letterJob = jobKind(
  'letter',
  record({
    to: email,
    template: oneOf('reset', 'delayed'),
    name: line(),
    path: text({ max: 300, pattern: /^\/(?![/\\])[\w/?=&.-]*$/, what: 'path' }),
    subjectDetail: optional(line(80), ''),
    detail: optional(text({ max: 2000 }), ''),
  }),
);

export type Letter = Decoded<typeof letterJob.decode>;

interface Template {
  subject: (letter: Letter) => string;
  action: string;
  intro: (letter: Letter) => string;
}

const TEMPLATES: Readonly<Record<Letter['template'], Template>> = {
  reset: {
    subject: () => 'Choose a new password',
    action: 'Choose a new password',
    intro: () => 'Somebody, probably you, asked for a new password. The link can be used once, within half an hour.',
  },
  delayed: {
    subject: ({ subjectDetail }) => `Delayed: ${subjectDetail}`,
    action: 'Open the shipment',
    intro: ({ detail }) => `The carrier reports a delay. ${detail}`,
  },
};

const oneLine = (value: string): string => value.replace(/[\r\n]+/g, ' ').slice(0, 150);

function htmlOf(letter: Letter, link: string, template: Template): Html {
  return html`<!doctype html>
<html lang="en">
  <body>
    <p>Hello ${letter.name},</p>
    <p>${template.intro(letter)}</p>
    <p><a href="${href(link)}">${template.action}</a></p>
  </body>
</html>`;
}

function textOf(letter: Letter, link: string, template: Template): string {
  return [`Hello ${letter.name},`, template.intro(letter), `${template.action}: ${link}`].join('\n\n');
}

export function smtpTransport({ smtp }: Config): Transporter {
  return createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.port === 465,
    requireTLS: true,
    tls: { minVersion: 'TLSv1.2' },
    auth: { user: smtp.user, pass: smtp.password },
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A letter brings its own text; nothing in it may make the mailer read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

export class Mailer {
  constructor(
    private readonly transport: Transporter,
    private readonly from: string,
    private readonly publicOrigin: string,
    private readonly logger: Logger,
  ) {}

  /** Links begin with the origin of the configuration, whatever host a request named. */
  linkTo(path: string): string {
    const url = new URL(path, this.publicOrigin);
    if (url.origin !== this.publicOrigin) throw new Error('a link of a letter has to lead to our own pages');
    return url.href;
  }

  readonly send = async (letter: Letter): Promise<void> => {
    const template = TEMPLATES[letter.template];
    const link = this.linkTo(letter.path);
    await this.transport.sendMail({
      from: this.from,
      to: { name: oneLine(letter.name), address: letter.to },
      subject: oneLine(template.subject(letter)),
      text: textOf(letter, link, template),
      html: htmlOf(letter, link, template).toString(),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    this.logger.info('letter sent', { template: letter.template });
  };

  close(): void {
    this.transport.close();
  }
}
--- src/auth/login.ts
import { createHash, randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { email, record } from '../kit/decode.js';
import { html, layout, type Html } from '../kit/html.js';
import { HttpError, localPath } from '../kit/router.js';
import { sql, type Database } from '../kit/sql.js';
import type { Logger } from '../log.js';
import type { Mailer } from '../mail.js';
import { beginSession, csrfToken, endSession } from '../http/security.js';
import { rateLimit, type Attempts } from '../http/limits.js';
import { enqueue, jobKind } from '../jobs/queue.js';
import { checkPassword, hashPassword, newPassword, typedPassword } from './passwords.js';

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const TOKEN = /^[\w-]{43}$/;

export const resetJob = jobKind('password-reset', record({ email }), 3);

/** Makes a token only when the letter leaves; the database keeps its digest, and the queue nothing of it. */
export function resetSender(db: Database, mailer: Mailer) {
  return async ({ email: address }: { email: string }): Promise<void> => {
    const user = await db.maybe<{ id: string; name: string; email: string }>(sql`
      SELECT id, name, email FROM users WHERE lower(email) = ${address} AND active
    `);
    if (!user) return;
    const token = randomBytes(32).toString('base64url');
    await db.inTransaction(async (tx) => {
      await tx.run(sql`DELETE FROM reset_tokens WHERE user_id = ${user.id} OR expires_at < now()`);
      await tx.run(sql`
        INSERT INTO reset_tokens (digest, user_id, expires_at)
        VALUES (${digestOf(token)}, ${user.id}, now() + interval '30 minutes')
      `);
    });
    const { name, email: to } = user;
    await mailer.send({ to, name, template: 'reset', path: `/auth/reset?token=${token}`, subjectDetail: '', detail: '' });
  };
}

interface Deps {
  db: Database;
  attempts: Attempts;
  logger: Logger;
}

function show(req: Request, res: Response, title: string, fields: Html, status = 200): void {
  const token = csrfToken(req);
  const body = html`<form method="post">
    <input type="hidden" name="_csrf" value="${token}" />
    ${fields}
    <button>${title}</button>
  </form>`;
  const content = layout({ title, body, nonce: res.locals.nonce ?? '', csrfToken: token });
  res.status(status).set('Cache-Control', 'no-store').type('html').send(content.toString());
}

const signInFields = (typed: { email?: string; failed?: boolean; next?: string }) => html`
  ${typed.failed === true && html`<p role="alert">The address or the password is not right.</p>`}
  <input type="hidden" name="next" value="${typed.next}" />
  <label>Mail address <input name="email" type="email" autocomplete="username" required value="${typed.email}" /></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
`;

export function loginRoutes({ db, attempts, logger }: Deps): Router {
  const router = Router();

  router.use(rateLimit({ burst: 20, perMinute: 30 }));

  router.get('/login', (req, res) => {
    show(req, res, 'Sign in', signInFields({ next: localPath(req.query.next, '/') }));
  });

  router.post('/login', async (req, res) => {
    const form = (req.body ?? {}) as Record<string, unknown>;
    const password = typedPassword(form.password);
    const address = typeof form.email === 'string' ? form.email.trim().toLowerCase() : '';
    const next = localPath(form.next, '/');
    if (password === undefined || address === '' || address.length > 254) throw new HttpError(400, 'incomplete');

    await attempts.note(req, address);
    const user = await db.maybe<{ id: string; password_hash: string | null }>(sql`
      SELECT id, password_hash FROM users WHERE lower(email) = ${address} AND active
    `);
    const verdict = await checkPassword(password, user?.password_hash);
    if (!user || !verdict.ok) {
      logger.warn('sign-in refused', { account: address, ip: req.ip });
      show(req, res, 'Sign in', signInFields({ email: address, failed: true, next }), 401);
      return;
    }

    if (verdict.rehash) {
      await db.run(sql`UPDATE users SET password_hash = ${await hashPassword(password)} WHERE id = ${user.id}`);
    }
    await attempts.clear(address);
    await beginSession(req, user.id);
    logger.info('signed in', { user: user.id });
    res.redirect(303, next);
  });

  router.post('/logout', async (req, res) => {
    await endSession(req);
    res.redirect(303, '/auth/login');
  });

  router.get('/forgot', (req, res) => {
    show(req, res, 'Send me a link', html`<label>Mail address <input name="email" type="email" required /></label>`);
  });

  // The answer is the same, and takes as long, whether there is such a user or not: only the queue looks.
  router.post('/forgot', async (req, res) => {
    const { email: address } = record({ email })(req.body, '');
    await attempts.note(req, `forgot ${address}`);
    await enqueue(db, resetJob, { email: address });
    const body = html`<p>If ${address} belongs to an account, a letter is on its way.</p>`;
    res.type('html').send(layout({ title: 'Look at your mail', body, nonce: res.locals.nonce ?? '' }).toString());
  });

  router.get('/reset', (req, res) => {
    const { token } = req.query;
    if (typeof token !== 'string' || !TOKEN.test(token)) throw new HttpError(400, 'link-not-valid');
    const fields = html`<input type="hidden" name="token" value="${token}" />
      <label>New password <input name="password" type="password" autocomplete="new-password" minlength="12" required /></label>`;
    show(req, res, 'Set the password', fields);
  });

  router.post('/reset', async (req, res) => {
    const form = (req.body ?? {}) as Record<string, unknown>;
    if (typeof form.token !== 'string' || !TOKEN.test(form.token)) throw new HttpError(400, 'link-not-valid');
    const digest = digestOf(form.token);
    const passwordHash = await hashPassword(newPassword(form.password, 'password'));

    // The token is used up in the same step in which it is found, and all sessions that were open end.
    const userId = await db.inTransaction(async (tx) => {
      const used = await tx.maybe<{ user_id: string }>(sql`
        DELETE FROM reset_tokens WHERE digest = ${digest} AND expires_at > now() RETURNING user_id
      `);
      if (!used) throw new HttpError(400, 'link-not-valid');
      await tx.run(sql`UPDATE users SET password_hash = ${passwordHash} WHERE id = ${used.user_id}`);
      await tx.run(sql`DELETE FROM session WHERE sess ->> 'userId' = ${used.user_id}`);
      return used.user_id;
    });
    logger.info('password changed', { user: userId });
    res.redirect(303, '/auth/login');
  });

  return router;
}
--- src/auth/oauth.ts
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Config } from '../config.js';
import { HttpError, localPath } from '../kit/router.js';
import { clientOf } from '../kit/outbound.js';
import { sql, type Database } from '../kit/sql.js';
import { beginSession } from '../http/security.js';
import { rateLimit } from '../http/limits.js';
import type { Logger } from '../log.js';

const CALLBACK = '/auth/oidc/callback';
const MAX_AGE_MS = 10 * 60_000;
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

const callbackQuery = z.object({ code: z.string().min(1).max(2000), state: z.string().length(43) });

const tokenAnswer = z.object({
  id_token: z.string().max(20_000),
  token_type: z.string().refine((type) => type.toLowerCase() === 'bearer'),
});

const random = (): string => randomBytes(32).toString('base64url');

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}

/** Lets an address of the provider be read below its issuer; issuers with a path keep it. */
function below(issuer: URL, path: string): URL {
  const url = new URL(issuer);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  return url;
}

export function oidcRoutes(deps: { config: Config; db: Database; logger: Logger }): Router {
  const { config, db, logger } = deps;
  const { issuer, clientId, clientSecret } = config.oidc;
  const issuerName = issuer.href.replace(/\/$/, '');
  const router = Router();
  const redirectUri = new URL(CALLBACK, config.publicOrigin).href;
  const keys = createRemoteJWKSet(below(issuer, 'protocol/openid-connect/certs'), { timeoutDuration: 5000, cooldownDuration: 30_000 });
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const provider = clientOf(issuer, { Authorization: `Basic ${basic}`, Accept: 'application/json' });

  router.use(rateLimit({ burst: 15, perMinute: 20 }));

  router.get('/start', (req, res) => {
    const verifier = random();
    const oauth = {
      state: random(),
      nonce: random(),
      verifier,
      returnTo: localPath(req.query.next, '/'),
      startedAt: Date.now(),
    };
    req.session.oauth = oauth;

    const target = below(issuer, 'protocol/openid-connect/auth');
    target.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: oauth.state,
      nonce: oauth.nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    res.redirect(303, target.href);
  });

  router.get('/callback', async (req, res) => {
    const { oauth } = req.session;
    delete req.session.oauth; // Used once, whatever becomes of it.
    const query = callbackQuery.safeParse(req.query);
    if (!oauth || !query.success || Date.now() - oauth.startedAt > MAX_AGE_MS) throw new HttpError(400, 'sign-in-again');
    if (!same(query.data.state, oauth.state)) throw new HttpError(400, 'sign-in-again');

    const answer = tokenAnswer.parse(
      await provider.postForm(['protocol', 'openid-connect', 'token'], {
        grant_type: 'authorization_code',
        code: query.data.code,
        redirect_uri: redirectUri,
        code_verifier: oauth.verifier,
      }),
    );

    const subject = await subjectOf(answer.id_token, oauth.nonce);
    const user = await db.maybe<{ id: string }>(sql`
      SELECT users.id FROM identities
      JOIN users ON users.id = identities.user_id AND users.active
      WHERE identities.issuer = ${issuerName} AND identities.subject = ${subject}
    `);
    if (!user) {
      logger.warn('sign-in of an identity that is not linked', { issuer: issuerName, subject });
      throw new HttpError(403, 'not-linked');
    }
    await beginSession(req, user.id);
    res.redirect(303, oauth.returnTo);
  });

  async function subjectOf(idToken: string, nonce: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        issuer: issuerName,
        audience: clientId,
        algorithms: ALGORITHMS,
        clockTolerance: 30,
        maxTokenAge: '10m',
        requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      });
      if (typeof payload.nonce !== 'string' || !same(payload.nonce, nonce) || payload.sub === undefined) {
        throw new HttpError(400, 'sign-in-again');
      }
      return payload.sub;
    } catch (err) {
      if (!(err instanceof errors.JOSEError)) throw err;
      logger.warn('id token refused', { code: err.code });
      throw new HttpError(400, 'sign-in-again');
    }
  }

  return router;
}
--- src/auth/passwords.ts
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { DecodeError, type Decoder } from '../kit/decode.js';
import { atMost } from '../kit/tools.js';

interface Cost {
  /** Two to this power. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

const CURRENT: Cost = { logN: 17, r: 8, p: 1 };
const LIMITS = { logN: [14, 18], r: [8, 16], p: [1, 5] } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

// Each one takes 128 MB for a moment.
const slot = atMost(4);

function derive(password: string, salt: Buffer, { logN, r, p }: Cost, length: number): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 128 * 2 ** logN * r + 1_048_576 };
  return slot(
    () =>
      new Promise((done, fail) => {
        scrypt(password.normalize('NFKC'), salt, length, options, (err, key) => (err ? fail(err) : done(key)));
      }),
  );
}

function encode(cost: Cost, salt: Buffer, key: Buffer): string {
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

interface Parsed {
  cost: Cost;
  salt: Buffer;
  key: Buffer;
}

function within(value: number, [min, max]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function parse(encoded: string): Parsed | undefined {
  const [scheme, logN, r, p, salt, key, ...rest] = encoded.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined || rest.length > 0) return undefined;
  const cost: Cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (!within(cost.logN, LIMITS.logN) || !within(cost.r, LIMITS.r) || !within(cost.p, LIMITS.p)) return undefined;
  const parsed = { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
  return parsed.salt.length === SALT_BYTES && parsed.key.length === KEY_BYTES ? parsed : undefined;
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return encode(CURRENT, salt, await derive(password, salt, CURRENT, KEY_BYTES));
}

// Of a password that nobody has: an account that is not there takes as long as one that is.
const decoy = encode(CURRENT, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));

export type Verdict = { ok: false } | { ok: true; rehash: boolean };

export async function checkPassword(password: string, encoded: string | null | undefined): Promise<Verdict> {
  const stored = parse(encoded ?? decoy);
  if (!stored) return { ok: false };
  const key = await derive(password, stored.salt, stored.cost, stored.key.length);
  const same = timingSafeEqual(key, stored.key);
  if (!same || !encoded) return { ok: false };
  const { logN, r, p } = stored.cost;
  return { ok: true, rehash: logN !== CURRENT.logN || r !== CURRENT.r || p !== CURRENT.p };
}

const TOO_COMMON: ReadonlySet<string> = new Set(['passwordpassword', 'password1234', '123456789012', 'letmeinletmein']);

/** Rules for a new password: long, not one of the usual ones, and not made of one sign. */
export const newPassword: Decoder<string> = (input, at) => {
  if (typeof input !== 'string') throw new DecodeError(at, 'password');
  const signs = [...input];
  if (signs.length < 12 || signs.length > 200) throw new DecodeError(at, 'password of 12 to 200 characters');
  if (new Set(signs).size < 5) throw new DecodeError(at, 'password of more different characters');
  if (TOO_COMMON.has(input.toLowerCase())) throw new DecodeError(at, 'password that is not so common');
  return input;
};

/** What is typed in at the sign-in only has to be a text of a size that can be worked with. */
export function typedPassword(input: unknown): string | undefined {
  return typeof input === 'string' && input.length > 0 && input.length <= 400 ? input : undefined;
}
--- src/http/limits.ts
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import { HttpError } from '../kit/router.js';
import { sql, type Database } from '../kit/sql.js';

interface Bucket {
  tokens: number;
  at: number;
}

export interface LimitOptions {
  /** How many requests may come at once. */
  burst: number;
  perMinute: number;
  key?: (req: Request) => string;
}

/** Whoever has one address of IPv6 has all of its network. */
export function addressKey(req: Request): string {
  const ip = req.ip ?? 'unknown';
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** A bucket of tokens for each key. Those that were not used for longest are forgotten first. */
export class TokenBuckets {
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(
    private readonly burst: number,
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#buckets = new LRUCache({ max: 50_000 });
  }

  /** Takes a token, and says in how many seconds there is one if there is none. */
  take(key: string): { ok: true } | { ok: false; waitSeconds: number } {
    const now = this.now();
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: this.burst, at: now };
    const filled = Math.min(this.burst, tokens + ((now - at) / 60_000) * this.perMinute);
    if (filled < 1) {
      this.#buckets.set(key, { tokens: filled, at: now });
      return { ok: false, waitSeconds: Math.ceil(((1 - filled) / this.perMinute) * 60) };
    }
    this.#buckets.set(key, { tokens: filled - 1, at: now });
    return { ok: true };
  }
}

export function rateLimit({ burst, perMinute, key = addressKey }: LimitOptions): RequestHandler {
  const buckets = new TokenBuckets(burst, perMinute);
  return (req, _res, next) => {
    const result = buckets.take(key(req));
    if (!result.ok) throw new HttpError(429, 'too-many-requests', { 'Retry-After': String(result.waitSeconds) });
    next();
  };
}

export interface AttemptRules {
  max: number;
  windowMinutes: number;
}

/** Attempts to sign in, counted in the database: all processes together, and still after a restart. */
export class Attempts {
  constructor(
    private readonly db: Database,
    private readonly key: string,
    private readonly rules: Readonly<Record<'account' | 'address', AttemptRules>> = {
      account: { max: 8, windowMinutes: 15 },
      address: { max: 40, windowMinutes: 15 },
    },
  ) {}

  #keyOf(scope: 'account' | 'address', value: string): string {
    return `${scope}:${createHmac('sha256', this.key).update(value.toLowerCase()).digest('base64url')}`;
  }

  async #count(scope: 'account' | 'address', value: string): Promise<void> {
    const { max, windowMinutes } = this.rules[scope];
    const { count } = await this.db.one<{ count: number }>(sql`
      INSERT INTO login_attempts AS kept (key, count, window_start)
      VALUES (${this.#keyOf(scope, value)}, 1, now())
      ON CONFLICT (key) DO UPDATE SET
        count = CASE
          WHEN kept.window_start < now() - make_interval(mins => ${windowMinutes}) THEN 1 ELSE kept.count + 1 END,
        window_start = CASE
          WHEN kept.window_start < now() - make_interval(mins => ${windowMinutes}) THEN now() ELSE kept.window_start END
      RETURNING count
    `);
    if (count > max) throw new HttpError(429, 'too-many-attempts', { 'Retry-After': String(windowMinutes * 60) });
  }

  /** Counts before the password is looked at; throws when there were too many. */
  async note(req: Request, account: string): Promise<void> {
    await this.#count('address', addressKey(req));
    await this.#count('account', account);
  }

  async clear(account: string): Promise<void> {
    await this.db.run(sql`DELETE FROM login_attempts WHERE key = ${this.#keyOf('account', account)}`);
  }

  async prune(): Promise<number> {
    return this.db.run(sql`DELETE FROM login_attempts WHERE window_start < now() - interval '1 day'`);
  }
}
--- src/http/security.ts
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import connectPg from 'connect-pg-simple';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import type { Config } from '../config.js';
import { forbidden, HttpError, type User } from '../kit/router.js';
import { sql, type Database } from '../kit/sql.js';
import { requestContext } from '../log.js';

declare module 'express-session' {
  interface SessionData {
    userId: string;
    signedInAt: number;
    csrf: string;
    oauth: { state: string; nonce: string; verifier: string; returnTo: string; startedAt: number };
  }
}

const HOUR = 3_600_000;
const ABSOLUTE_LIFE = 12 * HOUR;

export const requestIds: RequestHandler = (req, res, next) => {
  const requestId = randomUUID();
  res.locals.requestId = requestId;
  res.set('X-Request-Id', requestId);
  requestContext.run({ requestId, method: req.method }, next);
};

export function securityHeaders(): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals.nonce = randomBytes(18).toString('base64');
    next();
  };
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [(_req, res) => `'nonce-${(res as Response).locals.nonce}'`],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  return [nonce, headers];
}

export function sessions(config: Config, db: Database): RequestHandler {
  const Store = connectPg(session);
  return session({
    name: '__Host-desk',
    secret: config.sessionKeys,
    store: new Store({ pool: db.pool, tableName: 'session', pruneSessionInterval: 900 }),
    genid: () => randomBytes(32).toString('base64url'),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 2 * HOUR },
  });
}

/** Who somebody is and what they may do is read anew for each request, so a right that is taken away is away. */
export function loadUser(db: Database): RequestHandler {
  return async (req, res, next) => {
    const { userId, signedInAt } = req.session;
    if (userId === undefined) return next();
    const fresh = signedInAt !== undefined && Date.now() - signedInAt < ABSOLUTE_LIFE;
    const user = fresh
      ? await db.maybe<User & { [column: string]: unknown }>(sql`
          SELECT id, account_id AS "accountId", name, email, role FROM users WHERE id = ${userId} AND active
        `)
      : undefined;
    if (user) res.locals.user = user;
    else await endSession(req);
    return next();
  };
}

/** A session of its own for whoever has just signed in: nothing that was planted before lives on. */
export async function beginSession(req: Request, userId: string): Promise<void> {
  await new Promise<void>((done, fail) => req.session.regenerate((err: unknown) => (err ? fail(err) : done())));
  req.session.userId = userId;
  req.session.signedInAt = Date.now();
  await new Promise<void>((done, fail) => req.session.save((err: unknown) => (err ? fail(err) : done())));
}

export async function endSession(req: Request): Promise<void> {
  await new Promise<void>((done, fail) => req.session.regenerate((err: unknown) => (err ? fail(err) : done())));
}

export function csrfToken(req: Request): string {
  req.session.csrf ??= randomBytes(32).toString('base64url');
  return req.session.csrf;
}

function sameText(given: unknown, expected: string | undefined): boolean {
  if (typeof given !== 'string' || expected === undefined) return false;
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Requests that change something must come from a page of ours, and bring the token of the session along. */
export function csrfGuard(publicOrigin: string): RequestHandler {
  return (req, _res, next) => {
    if (SAFE_METHODS.has(req.method)) return next();
    const origin = req.get('Origin');
    if (origin !== undefined && origin !== publicOrigin) throw forbidden();
    if (req.get('Sec-Fetch-Site') === 'cross-site') throw forbidden();
    const body = req.body as Record<string, unknown> | undefined;
    const given = req.get('X-CSRF-Token') ?? body?._csrf;
    if (!sameText(given, req.session.csrf)) throw new HttpError(403, 'csrf-token');
    return next();
  };
}

export const signedIn: RequestHandler = (_req, res, next) => {
  if (!res.locals.user) throw new HttpError(401, 'sign-in-first');
  next();
};
--- src/kit/decode.ts
/** Small decoders: each takes something unknown and gives back what was asked for, or throws. */
export type Decoder<T> = (input: unknown, at: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

export class DecodeError extends Error {
  override name = 'DecodeError';

  constructor(
    readonly at: string,
    readonly expected: string,
  ) {
    super(`${at}: ${expected}`);
  }
}

export interface TextRules {
  min?: number;
  max?: number;
  pattern?: RegExp;
  what?: string;
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

export function text(rules: TextRules = {}): Decoder<string> {
  const { min = 1, max = 200, pattern, what = 'text' } = rules;
  return (input, at) => {
    if (typeof input !== 'string') throw new DecodeError(at, what);
    const value = input.normalize('NFC').replaceAll('\r\n', '\n').trim();
    if (value.length < min || value.length > max) throw new DecodeError(at, `${what} of ${min} to ${max} characters`);
    if (CONTROL.test(value)) throw new DecodeError(at, `${what} without control characters`);
    if (pattern && !pattern.test(value)) throw new DecodeError(at, what);
    return value;
  };
}

/** One line: nothing that could end a header, a mail's subject or an entry of a log. */
export const line = (max = 120): Decoder<string> => text({ max, pattern: /^[^\r\n]+$/, what: 'one line' });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const uuid: Decoder<string> = (input, at) => {
  if (typeof input !== 'string' || !UUID.test(input)) throw new DecodeError(at, 'identifier');
  return input;
};

/** A whole number, as JSON has it or as a query spells it. */
export function int(min: number, max: number): Decoder<number> {
  return (input, at) => {
    const value = typeof input === 'string' && /^-?\d{1,12}$/.test(input) ? Number.parseInt(input, 10) : input;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      throw new DecodeError(at, `whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export function oneOf<const T extends readonly string[]>(...values: T): Decoder<T[number]> {
  const known: ReadonlySet<string> = new Set(values);
  return (input, at) => {
    if (typeof input !== 'string' || !known.has(input)) throw new DecodeError(at, `one of ${values.join(', ')}`);
    return input;
  };
}

export const day: Decoder<string> = (input, at) => {
  if (typeof input !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(input)) throw new DecodeError(at, 'day as YYYY-MM-DD');
  const date = new Date(`${input}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== input) throw new DecodeError(at, 'day of the calendar');
  return input;
};

/** Not a proof that a mailbox is there, only that nothing of it can be read as a header or as a second address. */
export const email: Decoder<string> = (input, at) => {
  if (typeof input !== 'string' || input.length > 254) throw new DecodeError(at, 'mail address');
  const parts = input.split('@');
  const [local = '', domain = ''] = parts;
  const fine =
    parts.length === 2 && /^[\w.+-]{1,64}$/.test(local) && /^[a-z0-9.-]{3,189}$/i.test(domain) && domain.includes('.');
  if (!fine) throw new DecodeError(at, 'mail address');
  return input.toLowerCase();
};

export function list<T>(item: Decoder<T>, max: number): Decoder<T[]> {
  return (input, at) => {
    if (!Array.isArray(input) || input.length > max) throw new DecodeError(at, `list of at most ${max}`);
    return input.map((value, index) => item(value, `${at}[${index}]`));
  };
}

export function optional<T>(inner: Decoder<T>): Decoder<T | undefined>;
export function optional<T>(inner: Decoder<T>, fallback: T): Decoder<T>;
export function optional<T>(inner: Decoder<T>, fallback?: T): Decoder<T | undefined> {
  return (input, at) => (input === undefined || input === null || input === '' ? fallback : inner(input, at));
}

export type Shape = Readonly<Record<string, Decoder<unknown>>>;
export type DecodedShape<S extends Shape> = { [K in keyof S]: Decoded<S[K]> };

/** Takes the fields of the shape and no others; what else was sent goes nowhere. */
export function record<S extends Shape>(shape: S): Decoder<DecodedShape<S>> {
  const fields = Object.entries(shape);
  return (input, at) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new DecodeError(at, 'object');
    const source = input as Record<string, unknown>;
    const entries = fields.map(([key, decode]) => {
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      return [key, decode(value, at === '' ? key : `${at}.${key}`)] as const;
    });
    return Object.fromEntries(entries) as DecodedShape<S>;
  };
}

export function decodeJson<T>(raw: string, decode: Decoder<T>, at = ''): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    throw new DecodeError(at, 'JSON');
  }
  return decode(parsed, at);
}
--- src/kit/folder.ts
import { constants, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { isAbsolute, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';

export class FolderError extends Error {
  override name = 'FolderError';

  constructor(readonly reason: 'outside' | 'missing' | 'not-a-file' | 'too-large') {
    super(reason);
  }
}

export interface OpenFile {
  readonly stream: ReadStream;
  readonly size: number;
}

const READ = constants.O_RDONLY | constants.O_NOFOLLOW;

function missing(err: unknown): boolean {
  return err instanceof Error && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((err as NodeJS.ErrnoException).code ?? '');
}

/** A folder that nothing leaves: every name is looked up below it, and links in the last place are not followed. */
export class Folder {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async at(path: string): Promise<Folder> {
    const root = resolve(path);
    await mkdir(root, { recursive: true, mode: 0o750 });
    return new Folder(root);
  }

  /** The path of a name below this folder; throws for what would be anywhere else. */
  pathOf(...names: string[]): string {
    const inside = names.every((name) => name !== '' && !name.includes('\0') && !isAbsolute(name));
    const path = resolve(this.#root, ...names);
    if (!inside || !path.startsWith(this.#root + sep)) throw new FolderError('outside');
    return path;
  }

  async read(...names: string[]): Promise<OpenFile> {
    const path = this.pathOf(...names);
    try {
      const handle = await open(path, READ);
      const info = await handle.stat();
      if (!info.isFile()) {
        await handle.close();
        throw new FolderError('not-a-file');
      }
      return { stream: handle.createReadStream({ autoClose: true }), size: info.size };
    } catch (err) {
      throw missing(err) ? new FolderError('missing') : err;
    }
  }

  /** Writes beside the target, and moves it there when it is whole. */
  async write(source: Readable | Buffer, maxBytes: number, ...names: string[]): Promise<number> {
    const target = this.pathOf(...names);
    await mkdir(resolve(target, '..'), { recursive: true, mode: 0o750 });
    const draft = `${target}.${randomUUID()}.part`;
    const handle = await open(draft, 'wx', 0o640);
    let size = 0;
    const measure = async function* (chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > maxBytes) throw new FolderError('too-large');
        yield chunk;
      }
    };
    try {
      await pipeline(measure(Buffer.isBuffer(source) ? [source] : source), handle.createWriteStream());
      await rename(draft, target);
      return size;
    } catch (err) {
      await rm(draft, { force: true });
      throw err;
    }
  }

  async remove(...names: string[]): Promise<void> {
    await rm(this.pathOf(...names), { force: true });
  }
}

/** A name for a download, made of what somebody called their file: one part of a path, printable, of a fair length. */
export function downloadName(given: string, extension: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const stem = last.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N} ._-]/gu, '_');
  const short = [...stem].slice(0, 80).join('').trim();
  return `${short === '' || short.startsWith('.') ? 'document' : short}.${extension}`;
}
--- src/kit/html.ts
/** Templates that escape everything which is not itself the result of a template. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static is(value: unknown): value is Markup {
    return typeof value === 'object' && value !== null && #text in value;
  }

  toString(): string {
    return this.#text;
  }
}

export type Html = Markup;
export type Child = Html | string | number | null | undefined | false | readonly Child[];

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (Markup.is(child)) return child.toString();
  if (typeof child === 'object') return child.map(render).join('');
  return escapeHtml(String(child));
}

export function html(texts: TemplateStringsArray, ...children: Child[]): Html {
  let out = texts[0] ?? '';
  children.forEach((child, index) => {
    out += render(child) + (texts[index + 1] ?? '');
  });
  return new Markup(out);
}

/** An address for `href`: of the web, of mail, or a path of ours. Everything else leads nowhere. */
export function href(target: string): string {
  if (/^\/(?![/\\])/.test(target)) return target;
  if (!URL.canParse(target)) return '#';
  const url = new URL(target);
  switch (url.protocol) {
    case 'https:':
    case 'http:':
    case 'mailto:':
      return url.href;
    default:
      return '#';
  }
}

/** Data for a script of ours, which reads it with JSON.parse. What would end the element is written as an escape. */
export function dataBlock(id: string, data: unknown): Html {
  const text = JSON.stringify(data ?? null).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return new Markup(`<script type="application/json" id="${escapeHtml(id)}">${text}</script>`);
}

export interface Layout {
  title: string;
  nonce: string;
  csrfToken?: string;
  userName?: string;
  body: Html;
}

export function layout({ title, nonce, csrfToken, userName, body }: Layout): Html {
  const signOut = html`<form method="post" action="/auth/logout">
    <input type="hidden" name="_csrf" value="${csrfToken}" />
    <button>Sign out ${userName}</button>
  </form>`;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="csrf-token" content="${csrfToken}" />
    <title>${title} · Freightdesk</title>
    <link rel="stylesheet" href="/assets/desk.css" />
    <script nonce="${nonce}" type="module" src="/assets/desk.js"></script>
  </head>
  <body>
    <header><a href="/">Freightdesk</a> ${userName !== undefined && signOut}</header>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>`;
}

export interface Column<R> {
  label: string;
  cell(row: R): Child;
}

export function table<R>(rows: readonly R[], columns: readonly Column<R>[]): Html {
  if (rows.length === 0) return html`<p class="empty">Nothing here yet.</p>`;
  return html`<table>
    <thead>
      <tr>${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows.map((row) => html`<tr>${columns.map(({ cell }) => html`<td>${cell(row)}</td>`)}</tr>`)}
    </tbody>
  </table>`;
}

/** A sentence of a page with the words that were searched for marked; words come from the user, and are escaped first. */
export function highlight(text: string, words: readonly string[]): Html {
  const wanted = new Set(words.map((word) => word.toLowerCase()));
  const pieces = text.split(/(\s)/).map((piece) => (wanted.has(piece.toLowerCase()) ? html`<mark>${piece}</mark>` : piece));
  return html`${pieces}`;
}
--- src/kit/outbound.ts
import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, type Dispatcher, type RequestInit, type Response } from 'undici';

export class OutboundError extends Error {
  override name = 'OutboundError';

  constructor(
    readonly reason: 'address' | 'status' | 'too-large' | 'unreachable',
    readonly status?: number,
  ) {
    super(status === undefined ? reason : `${reason} ${status}`);
  }
}

// Nothing in here is a host of the public internet.
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8],
  ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  inner.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20],
] as const) {
  inner.addSubnet(net, bits, 'ipv6');
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

export function isPublicAddress({ address, family }: LookupAddress): boolean {
  if (family === 4) return !inner.check(address, 'ipv4');
  return globalUnicast.check(address, 'ipv6') && !inner.check(address, 'ipv6');
}

/** Resolves a name for the connection itself, so what was checked is what is connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (err, addresses) => {
    if (err) return callback(err, '', 0);
    const [first] = addresses;
    if (first === undefined || !addresses.every(isPublicAddress)) return callback(new OutboundError('address'), '', 0);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

const publicOnly = new Agent({
  connect: { lookup: publicLookup, timeout: 4000 },
  headersTimeout: 8000,
  bodyTimeout: 8000,
});

/** Reads an address that a customer typed in; a host must be a name, for numbers are never looked up. */
export function customerUrl(raw: string): URL {
  const url = raw.length <= 500 && URL.canParse(raw) ? new URL(raw) : undefined;
  const fine =
    url !== undefined &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.hostname.includes('.') &&
    !url.hostname.startsWith('[') &&
    isIP(url.hostname) === 0;
  if (!fine) throw new OutboundError('address');
  return url;
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new OutboundError('too-large');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks, size);
}

interface Settings {
  timeoutMs: number;
  maxBytes: number;
  dispatcher?: Dispatcher;
}

const USUAL: Settings = { timeoutMs: 8000, maxBytes: 1_000_000 };

async function exchange(url: URL, init: RequestInit, overrides: Partial<Settings> = {}): Promise<Buffer> {
  const { timeoutMs, maxBytes, dispatcher } = { ...USUAL, ...overrides };
  try {
    const response = await fetch(url, {
      ...init,
      ...(dispatcher ? { dispatcher } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new OutboundError('status', response.status);
    }
    return await readBounded(response, maxBytes);
  } catch (err) {
    throw err instanceof OutboundError ? err : new OutboundError('unreachable');
  }
}

/** Tells a customer's server something; it may be any server of the internet, and none of ours. */
export async function postToCustomer(url: URL, body: string, headers: Record<string, string>): Promise<void> {
  const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } };
  await exchange(customerUrl(url.href), init, { dispatcher: publicOnly, maxBytes: 64_000 });
}

/** A client of one service that the configuration names. Callers choose the parts of a path, and never the host. */
export function clientOf(base: URL, headers: Record<string, string> = {}) {
  const address = (segments: readonly string[], query: Record<string, string>): URL => {
    if (segments.some((part) => part === '' || part === '.' || part === '..')) throw new OutboundError('address');
    const url = new URL(base);
    url.pathname = [url.pathname.replace(/\/$/, ''), ...segments.map(encodeURIComponent)].join('/');
    url.search = new URLSearchParams(query).toString();
    return url;
  };
  return {
    async postForm(segments: readonly string[], form: Record<string, string>): Promise<unknown> {
      const init = { method: 'POST', headers, body: new URLSearchParams(form) };
      return JSON.parse((await exchange(address(segments, {}), init)).toString('utf8')) as unknown;
    },
  };
}
--- src/kit/router.ts
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { DecodeError, type Decoder } from './decode.js';
import type { Html } from './html.js';
import { requestContext, type Logger } from '../log.js';

export type Role = 'viewer' | 'dispatcher' | 'admin';

export interface User {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Locals {
      user?: User;
      nonce?: string;
      requestId?: string;
    }
  }
}

export class HttpError extends Error {
  override name = 'HttpError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
}

export const notFound = () => new HttpError(404, 'not-found');
export const forbidden = () => new HttpError(403, 'forbidden');

/** A host that no page has, to see where the parser of addresses would lead. */
const HERE = 'https://here.invalid';

/**
 * A path of this site, or the fallback: `//host`, `/\host`, schemes and what browsers make of tabs in addresses
 * are all left out, since the address is read as a browser would and has to stay where it is.
 */
export function localPath(input: unknown, fallback: string): string {
  if (typeof input !== 'string' || input.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(input)) return fallback;
  if (!URL.canParse(input, HERE)) return fallback;
  const { origin, pathname, search, hash } = new URL(input, HERE);
  if (origin !== HERE || pathname.startsWith('//')) return fallback;
  return pathname + search + hash;
}

export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly user: User;
  readonly req: Request;
  readonly res: Response;
}

export type Reply =
  | { kind: 'json'; status: number; data: unknown }
  | { kind: 'page'; page: Html }
  | { kind: 'file'; stream: Readable; name: string; type: string; length?: number }
  | { kind: 'empty' };

export const json = (data: unknown, status = 200): Reply => ({ kind: 'json', status, data });
export const page = (content: Html): Reply => ({ kind: 'page', page: content });
export const empty = (): Reply => ({ kind: 'empty' });

/** Everything that is handed out as a file is for saving: no browser shows it as a page of ours. */
export function file(stream: Readable, name: string, type: string, length?: number): Reply {
  return { kind: 'file', stream, name, type, ...(length === undefined ? {} : { length }) };
}

async function send(res: Response, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'json':
      res.status(reply.status).json(reply.data);
      return;
    case 'page':
      res.type('html').send(reply.page.toString());
      return;
    case 'empty':
      res.status(204).end();
      return;
    case 'file':
      res.attachment(reply.name);
      res.set({
        'Content-Type': reply.type,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cache-Control': 'private, no-store',
      });
      if (reply.length !== undefined) res.set('Content-Length', String(reply.length));
      await pipeline(reply.stream, res);
  }
}

interface Spec<P, Q, B> {
  roles?: readonly Role[];
  params?: Decoder<P>;
  query?: Decoder<Q>;
  body?: Decoder<B>;
  run(call: Call<P, Q, B>): Promise<Reply> | Reply;
}

const nothing: Decoder<undefined> = () => undefined;

/** A route of a user who has signed in: decodes the parts of the request, asks for the role, and sends what `run` gives. */
export function endpoint<P = undefined, Q = undefined, B = undefined>(spec: Spec<P, Q, B>): RequestHandler {
  const params = (spec.params ?? nothing) as Decoder<P>;
  const query = (spec.query ?? nothing) as Decoder<Q>;
  const body = (spec.body ?? nothing) as Decoder<B>;

  return async (req, res) => {
    const { user } = res.locals;
    if (!user) throw new HttpError(401, 'sign-in-first');
    if (spec.roles && !spec.roles.includes(user.role)) throw forbidden();
    const reply = await spec.run({
      params: params(req.params, 'path'),
      query: query(req.query, 'query'),
      body: body(req.body, ''),
      user,
      req,
      res,
    });
    await send(res, reply);
  };
}

interface BodyError extends Error {
  status: number;
  type: string;
}

function isBodyError(err: unknown): err is BodyError {
  return err instanceof Error && 'type' in err && 'status' in err && typeof err.status === 'number';
}

/** The last handler: what went wrong goes into the log, and the client learns a code and the number of its request. */
export function problems(logger: Logger): ErrorRequestHandler {
  const describe = (err: unknown): HttpError | { status: number; code: string; detail: unknown } => {
    if (err instanceof HttpError) return err;
    if (err instanceof DecodeError) return { status: 422, code: 'invalid', detail: { at: err.at, expected: err.expected } };
    if (isBodyError(err) && err.status >= 400 && err.status < 500) return new HttpError(err.status, 'unreadable-body');
    return new HttpError(500, 'internal');
  };

  return (err, req, res, next) => {
    const problem = describe(err);
    const route = typeof req.route?.path === 'string' ? req.route.path : undefined;
    if (problem.status >= 500) logger.error('request failed', { err, route });
    else logger.info('request refused', { status: problem.status, code: problem.code, route });

    if (res.headersSent) return next(err);
    if (problem instanceof HttpError) res.set(problem.headers);
    return res
      .status(problem.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          status: problem.status,
          code: problem.code,
          request: requestContext.getStore()?.requestId,
          ...('detail' in problem ? { detail: problem.detail } : {}),
        }),
      );
  };
}
--- src/kit/sql.ts
import { Pool, type PoolClient, type QueryResultRow } from 'pg';

export type Param = string | number | boolean | Date | Buffer | null | readonly string[];

/**
 * A piece of SQL whose texts come from source code alone. Everything else in it is a parameter, or another piece.
 * The class is not exported, and a private field tells a real one from what merely looks like it.
 */
class Piece {
  readonly #texts: readonly string[];
  readonly #values: readonly (Param | Piece)[];

  constructor(texts: readonly string[], values: readonly (Param | Piece)[]) {
    this.#texts = texts;
    this.#values = values;
  }

  static is(value: unknown): value is Piece {
    return typeof value === 'object' && value !== null && #texts in value;
  }

  compile(): { text: string; values: Param[] } {
    const values: Param[] = [];
    const walk = (piece: Piece): string =>
      piece.#texts
        .map((part, index) => {
          if (index === 0) return part;
          const value = piece.#values[index - 1] as Param | Piece;
          if (Piece.is(value)) return walk(value) + part;
          values.push(value);
          return `$${values.length}${part}`;
        })
        .join('');
    return { text: walk(this), values };
  }
}

export type Sql = Piece;

export function sql(texts: TemplateStringsArray, ...values: (Param | Sql)[]): Sql {
  if (!Array.isArray(texts) || !Object.hasOwn(texts, 'raw')) throw new TypeError('sql is a tag for templates');
  return new Piece(texts, values);
}

export const nothing = sql``;

const GLUE = { and: ' AND ', or: ' OR ', comma: ', ' } as const;

export function join(pieces: readonly Sql[], glue: keyof typeof GLUE): Sql {
  if (pieces.length === 0) return glue === 'and' ? sql`TRUE` : glue === 'or' ? sql`FALSE` : nothing;
  const texts = ['', ...Array.from({ length: pieces.length - 1 }, () => GLUE[glue]), ''];
  return new Piece(texts, pieces);
}

/** For LIKE: what was typed in stands for itself, and not for a pattern. */
export const startsWith = (typed: string): string => `${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * Orders by one of the columns that are listed, `-name` downwards. A name that is not listed is not an error of the
 * database but the fallback, and the last column makes the order one of its own.
 */
export function ordering<const C extends string>(columns: Readonly<Record<C, Sql>>, fallback: NoInfer<C>, last: Sql) {
  const known = new Map<string, Sql>(Object.entries(columns));
  const usual = columns[fallback];
  return (asked: string | undefined): Sql => {
    const down = asked?.startsWith('-') ?? false;
    const column = known.get(down ? (asked ?? '').slice(1) : (asked ?? '')) ?? usual;
    return down ? sql`ORDER BY ${column} DESC NULLS LAST, ${last}` : sql`ORDER BY ${column} ASC NULLS LAST, ${last}`;
  };
}

export interface Queries {
  rows<R extends QueryResultRow>(query: Sql): Promise<R[]>;
  maybe<R extends QueryResultRow>(query: Sql): Promise<R | undefined>;
  one<R extends QueryResultRow>(query: Sql): Promise<R>;
  run(query: Sql): Promise<number>;
}

function queriesOn(runner: Pick<Pool | PoolClient, 'query'>): Queries {
  const execute = async <R extends QueryResultRow>(query: Sql) => {
    const { text, values } = query.compile();
    return runner.query<R>(text, values);
  };
  return {
    rows: async <R extends QueryResultRow>(query: Sql) => (await execute<R>(query)).rows,
    maybe: async <R extends QueryResultRow>(query: Sql) => (await execute<R>(query)).rows[0],
    one: async <R extends QueryResultRow>(query: Sql) => {
      const { rows } = await execute<R>(query);
      const [row] = rows;
      if (row === undefined || rows.length > 1) throw new Error(`one row expected, and there are ${rows.length}`);
      return row;
    },
    run: async (query: Sql) => (await execute(query)).rowCount ?? 0,
  };
}

export class Database implements Queries {
  readonly rows: Queries['rows'];
  readonly maybe: Queries['maybe'];
  readonly one: Queries['one'];
  readonly run: Queries['run'];

  constructor(readonly pool: Pool) {
    const { rows, maybe, one, run } = queriesOn(pool);
    this.rows = rows;
    this.maybe = maybe;
    this.one = one;
    this.run = run;
  }

  static open(options: ConstructorParameters<typeof Pool>[0]): Database {
    const defaults = { max: 12, connectionTimeoutMillis: 5000, statement_timeout: 15_000, idle_in_transaction_session_timeout: 20_000 };
    return new Database(new Pool({ ...defaults, ...options }));
  }

  async inTransaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(queriesOn(client));
      await client.query('COMMIT');
      return result;
    } catch (err) {
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw err;
    } finally {
      client.release(broken);
    }
  }

  /** Goes through a long result in pages: `next` writes the query for what comes after the last row. */
  async *pages<R extends QueryResultRow>(next: (after: R | undefined) => Sql): AsyncGenerator<R> {
    for (let after: R | undefined; ; ) {
      const rows: R[] = await this.rows<R>(next(after));
      yield* rows;
      after = rows.at(-1);
      if (after === undefined) return;
    }
  }
}
--- src/kit/tools.ts
import { execFile, type ExecFileException } from 'node:child_process';
import { isAbsolute } from 'node:path';
import type { Logger } from '../log.js';

/** The programs that this server may start, each with the way its arguments are made. No shell is ever involved. */
export interface ToolSpec<I> {
  readonly program: string;
  readonly args: (input: I) => readonly string[];
  readonly timeoutMs?: number;
  readonly maxOutput?: number;
}

export class ToolError extends Error {
  override name = 'ToolError';

  constructor(
    readonly tool: string,
    readonly reason: 'timeout' | 'output' | 'exit' | 'missing',
  ) {
    super(`${tool}: ${reason}`);
  }
}

export type Tool<I> = (input: I, signal?: AbortSignal) => Promise<string>;

function reasonOf(err: ExecFileException): ToolError['reason'] {
  if (err.killed) return 'timeout';
  switch (err.code as unknown) {
    case 'ENOENT':
    case 'EACCES':
      return 'missing';
    case 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER':
      return 'output';
    default:
      return 'exit';
  }
}

/** At most so many at once; the others wait in the order in which they came. */
export function atMost(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

export class Toolbox {
  readonly #slot = atMost(3);

  constructor(private readonly logger: Logger) {}

  define<I>(name: string, spec: ToolSpec<I>): Tool<I> {
    const { program, timeoutMs = 20_000, maxOutput = 4_000_000 } = spec;
    if (!isAbsolute(program)) throw new TypeError(`${name}: a program is named by its whole path`);

    return (input, signal) => {
      const args = [...spec.args(input)];
      const options = {
        timeout: timeoutMs,
        maxBuffer: maxOutput,
        encoding: 'utf8' as const,
        killSignal: 'SIGKILL' as const,
        shell: false,
        // Nothing of this process's environment, where keys are.
        env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
        ...(signal ? { signal } : {}),
      };
      return this.#slot(
        () =>
          new Promise<string>((done, fail) => {
            execFile(program, args, options, (err, stdout, stderr) => {
              if (!err) return done(stdout);
              const reason = reasonOf(err);
              this.logger.warn('tool failed', { tool: name, reason, code: err.code, stderr });
              return fail(new ToolError(name, reason));
            });
          }),
      );
    };
  }
}

export interface PdfInput {
  /** The whole path of a file; it begins with a slash, so no option can be made of it. */
  readonly path: string;
  readonly lastPage: number;
}

export function pdfText(toolbox: Toolbox, program: string): Tool<PdfInput> {
  return toolbox.define<PdfInput>('pdftotext', {
    program,
    timeoutMs: 15_000,
    args: ({ path, lastPage }) => {
      if (!isAbsolute(path)) throw new TypeError('a whole path is expected');
      const last = Math.min(Math.max(1, Math.trunc(lastPage)), 50);
      return ['-q', '-enc', 'UTF-8', '-l', String(last), path, '-'];
    },
  });
}
--- src/routes/documents.ts
import { createHash, randomUUID } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import multer from 'multer';
import type { Config } from '../config.js';
import { record, uuid } from '../kit/decode.js';
import { downloadName, FolderError, type Folder } from '../kit/folder.js';
import { endpoint, file, HttpError, json, notFound, type User } from '../kit/router.js';
import { sql, type Database } from '../kit/sql.js';
import type { PdfInput, Tool } from '../kit/tools.js';
import { rateLimit } from '../http/limits.js';
import type { Logger } from '../log.js';
import { enqueue, jobKind } from '../jobs/queue.js';

const MAX_BYTES = 12_000_000;

interface Kind {
  readonly extension: string;
  readonly type: string;
  matches(start: Buffer): boolean;
}

const begins =
  (...bytes: number[]) =>
  (start: Buffer): boolean =>
    start.subarray(0, bytes.length).equals(Buffer.from(bytes));

/** What may be stored. The first bytes decide, and not the name or the type that came with the file. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['pdf', { extension: 'pdf', type: 'application/pdf', matches: begins(0x25, 0x50, 0x44, 0x46, 0x2d) }],
  ['png', { extension: 'png', type: 'image/png', matches: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) }],
  ['jpeg', { extension: 'jpg', type: 'image/jpeg', matches: begins(0xff, 0xd8, 0xff) }],
]);

const kindOf = (content: Buffer): string | undefined => {
  for (const [name, kind] of KINDS) if (kind.matches(content)) return name;
  return undefined;
};

export const indexJob = jobKind('index-document', record({ documentId: uuid }), 3);

interface DocumentRow {
  [column: string]: unknown;
  id: string;
  account_id: string;
  name: string;
  kind: string;
  bytes: number;
}

/** Files lie in folders of their accounts, under names that are ours. */
const placeOf = (row: Pick<DocumentRow, 'account_id' | 'id' | 'kind'>): [string, string] => [
  row.account_id,
  `${row.id}.${KINDS.get(row.kind)?.extension ?? 'bin'}`,
];

interface Deps {
  config: Config;
  db: Database;
  folder: Folder;
  logger: Logger;
}

export function documentRoutes({ config, db, folder, logger }: Deps): Router {
  const router = Router();
  const byId = record({ id: uuid });

  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: MAX_BYTES, files: 1, fields: 5, fieldSize: 1000, parts: 6, headerPairs: 30 },
  });
  const oneFile: RequestHandler = (req, res, next) => {
    upload.single('file')(req, res, (err: unknown) => {
      if (err instanceof multer.MulterError) return next(new HttpError(413, 'upload-refused'));
      return next(err);
    });
  };
  const mayUpload: RequestHandler = (_req, res, next) => {
    const { user } = res.locals;
    if (!user) throw new HttpError(401, 'sign-in-first');
    if (user.role === 'viewer') throw new HttpError(403, 'forbidden');
    next();
  };

  const find = (user: User, id: string) =>
    db.maybe<DocumentRow>(sql`
      SELECT id, account_id, name, kind, bytes FROM documents WHERE id = ${id} AND account_id = ${user.accountId}
    `);

  router.post(
    '/api/shipments/:id/documents',
    mayUpload,
    rateLimit({ burst: 10, perMinute: 20 }),
    oneFile,
    endpoint({
      roles: ['dispatcher', 'admin'],
      params: byId,
      run: async ({ user, params, req }) => {
        if (!req.file) throw new HttpError(400, 'file-missing');
        const { buffer, originalname } = req.file;
        const kind = kindOf(buffer);
        if (kind === undefined) throw new HttpError(415, 'kind-not-taken');
        const owned = await db.maybe(sql`SELECT 1 FROM shipments WHERE id = ${params.id} AND account_id = ${user.accountId}`);
        if (!owned) throw notFound();

        const row = { id: randomUUID(), account_id: user.accountId, kind };
        const name = downloadName(originalname, KINDS.get(kind)?.extension ?? 'bin');
        const sha256 = createHash('sha256').update(buffer).digest('hex');
        await folder.write(buffer, MAX_BYTES, ...placeOf(row));
        const stored = db.inTransaction(async (tx) => {
          await tx.run(sql`
            INSERT INTO documents (id, account_id, shipment_id, name, kind, bytes, sha256)
            VALUES (${row.id}, ${user.accountId}, ${params.id}, ${name}, ${kind}, ${buffer.length}, ${sha256})
          `);
          if (kind === 'pdf' && config.features.has('pdf-search')) await enqueue(tx, indexJob, { documentId: row.id });
        });
        await stored.catch(async (err: unknown) => {
          await folder.remove(...placeOf(row));
          throw err;
        });
        logger.info('document stored', { document: row.id, kind, bytes: buffer.length });
        return json({ id: row.id, name, kind }, 201);
      },
    }),
  );

  router.get(
    '/documents/:id',
    endpoint({
      params: byId,
      run: async ({ user, params }) => {
        const row = await find(user, params.id);
        const kind = row && KINDS.get(row.kind);
        if (!row || !kind) throw notFound();
        try {
          const { stream, size } = await folder.read(...placeOf(row));
          return file(stream, row.name, kind.type, size);
        } catch (err) {
          throw err instanceof FolderError ? notFound() : err;
        }
      },
    }),
  );

  return router;
}

const WORD = /[\p{L}\p{N}]{3,40}/gu;

/** Reads the text of a document, so that it can be searched for. */
export function documentIndexer(deps: { db: Database; folder: Folder; pdfText: Tool<PdfInput> }) {
  const { db, folder, pdfText } = deps;
  return async ({ documentId }: { documentId: string }, signal: AbortSignal): Promise<void> => {
    const row = await db.maybe<DocumentRow>(sql`SELECT id, account_id, kind FROM documents WHERE id = ${documentId}`);
    if (row?.kind !== 'pdf') return;
    const text = await pdfText({ path: folder.pathOf(...placeOf(row)), lastPage: 20 }, signal);
    const words = new Set(text.slice(0, 500_000).toLowerCase().match(WORD));
    await db.run(sql`UPDATE documents SET body_text = ${[...words].slice(0, 5000).join(' ')} WHERE id = ${row.id}`);
  };
}
--- src/routes/partners.ts
import express, { Router } from 'express';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Config } from '../config.js';
import { DecodeError, email, int, line, list, optional, record, text, uuid, type Decoded, type Decoder } from '../kit/decode.js';
import { href, html, layout, table } from '../kit/html.js';
import { customerUrl } from '../kit/outbound.js';
import { endpoint, HttpError, json, notFound, page } from '../kit/router.js';
import { nothing, sql, type Database } from '../kit/sql.js';
import { csrfToken } from '../http/security.js';
import { rateLimit } from '../http/limits.js';

const MAX_PARTNERS = 500;
const MAX_NESTING = 8;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (name) => name === 'partner',
});

/** How deep elements lie in each other; counted before anything is built of them. */
function depthOf(xml: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of xml.matchAll(/<[/a-zA-Z][^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) deepest = Math.max(deepest, (depth += 1));
  }
  return deepest;
}

/** Reads XML that has elements and texts, and nothing that could declare entities. */
export function readXml(xml: string): unknown {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml)) throw new HttpError(422, 'doctype-not-taken');
  if (depthOf(xml) > MAX_NESTING) throw new HttpError(422, 'nested-too-deep');
  if (XMLValidator.validate(xml) !== true) throw new HttpError(422, 'not-xml');
  return parser.parse(xml) as unknown;
}

const callbackUrl: Decoder<string> = (input, at) => {
  if (typeof input !== 'string') throw new DecodeError(at, 'address');
  try {
    return customerUrl(input).href;
  } catch {
    throw new DecodeError(at, 'public https address');
  }
};

const partner = record({
  code: text({ max: 20, pattern: /^[A-Z0-9-]+$/, what: 'code' }),
  name: line(120),
  contact: optional(email),
  callback: optional(callbackUrl),
});

const importDocument = record({ partners: record({ partner: list(partner, MAX_PARTNERS) }) });
const listQuery = record({ after: optional(uuid), size: optional(int(1, 200), 50) });
type Partner = Decoded<typeof partner>;

interface PartnerRow {
  [column: string]: unknown;
  id: string;
  code: string;
  name: string;
  contact_email: string | null;
  callback_url: string | null;
}

interface Deps {
  config: Config;
  db: Database;
}

export function partnerRoutes({ config, db }: Deps): Router {
  const router = Router();

  const save = (accountId: string, { code, name, contact, callback }: Partner) => sql`
    INSERT INTO partners (account_id, code, name, contact_email, callback_url)
    VALUES (${accountId}, ${code}, ${name}, ${contact ?? null}, ${callback ?? null})
    ON CONFLICT (account_id, code) DO UPDATE SET
      name = excluded.name, contact_email = excluded.contact_email, callback_url = excluded.callback_url
  `;

  router.get(
    '/partners',
    endpoint({
      query: listQuery,
      run: async ({ user, query, req, res }) => {
        const { size, after } = query;
        const rows = await db.rows<PartnerRow>(sql`
          SELECT id, code, name, contact_email, callback_url FROM partners
          WHERE account_id = ${user.accountId} ${after === undefined ? nothing : sql`AND id > ${after}`}
          ORDER BY id LIMIT ${size}
        `);
        const last = rows.length === size ? rows.at(-1) : undefined;
        const next = last && `/partners?${new URLSearchParams({ after: last.id, size: String(size) }).toString()}`;
        const body = html`
          ${table(rows, [
            { label: 'Code', cell: (row) => row.code },
            { label: 'Name', cell: (row) => row.name },
            {
              label: 'Contact',
              cell: (row) => row.contact_email !== null && html`<a href="${href(`mailto:${row.contact_email}`)}">${row.contact_email}</a>`,
            },
            {
              label: 'Callback',
              cell: (row) => row.callback_url !== null && html`<a rel="noreferrer" href="${href(row.callback_url)}">${row.callback_url}</a>`,
            },
          ])}
          ${next !== undefined && html`<a rel="next" href="${href(next)}">More</a>`}
        `;
        const nonce = res.locals.nonce ?? '';
        return page(layout({ title: 'Partners', body, nonce, csrfToken: csrfToken(req), userName: user.name }));
      },
    }),
  );

  router.post(
    '/api/partners/import',
    rateLimit({ burst: 3, perMinute: 6 }),
    express.text({ type: ['application/xml', 'text/xml'], limit: '512kb' }),
    endpoint({
      roles: ['admin'],
      run: async ({ user, req }) => {
        if (!config.features.has('bulk-import')) throw notFound();
        if (typeof req.body !== 'string') throw new HttpError(415, 'xml-expected');
        const { partners } = importDocument(readXml(req.body), '');
        await db.inTransaction(async (tx) => {
          for (const item of partners.partner) await tx.run(save(user.accountId, item));
        });
        return json({ imported: partners.partner.length });
      },
    }),
  );

  return router;
}
--- src/routes/reports.ts
import { Readable } from 'node:stream';
import { Router } from 'express';
import { day, oneOf, optional, record, type Decoded } from '../kit/decode.js';
import { endpoint, file, HttpError, json } from '../kit/router.js';
import { sql, type Database, type Sql } from '../kit/sql.js';
import { addressKey, rateLimit } from '../http/limits.js';

type Cell = string | number | bigint | Date | boolean | null | undefined;

const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20])/;

/** One cell of a CSV: what a spreadsheet would take for a formula gets an apostrophe, and quotes are doubled. */
export function csvCell(value: Cell): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : '';
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'undefined':
      return '';
    case 'object':
      return value === null ? '' : value.toISOString();
    default: {
      const safe = FORMULA.test(value) ? `'${value}` : value;
      return `"${safe.replaceAll('"', '""')}"`;
    }
  }
}

interface Field<R> {
  readonly head: string;
  readonly of: (row: R) => Cell;
}

async function* csvLines<R>(fields: readonly Field<R>[], rows: AsyncIterable<R>): AsyncGenerator<string> {
  yield `\ufeff${fields.map(({ head }) => csvCell(head)).join(',')}\r\n`;
  for await (const row of rows) yield `${fields.map(({ of }) => csvCell(of(row))).join(',')}\r\n`;
}

interface ShipmentRow {
  [column: string]: unknown;
  id: string;
  reference: string;
  origin: string;
  destination: string;
  status: string;
  weight_grams: string;
  eta: Date | null;
  note: string;
}

const SHIPMENT_FIELDS: readonly Field<ShipmentRow>[] = [
  { head: 'Reference', of: (row) => row.reference },
  { head: 'From', of: (row) => row.origin },
  { head: 'To', of: (row) => row.destination },
  { head: 'State', of: (row) => row.status },
  { head: 'Weight (kg)', of: (row) => Number(row.weight_grams) / 1000 },
  { head: 'Expected', of: (row) => row.eta },
  { head: 'Note', of: (row) => row.note },
];

const span = record({ from: day, until: day });
type Span = Decoded<typeof span>;

const MAX_DAYS = 366;
function checkSpan({ from, until }: Span): void {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
  if (!(days >= 0 && days <= MAX_DAYS)) throw new HttpError(422, 'span-too-long');
}

/** What can be grouped by, and the piece of SQL that does it. */
const GROUPS = {
  status: sql`status`,
  origin: sql`origin`,
  destination: sql`destination`,
  month: sql`to_char(eta, 'YYYY-MM')`,
} as const satisfies Record<string, Sql>;

const MEASURES = new Map<string, Sql>([
  ['count', sql`count(*)`],
  ['weight', sql`sum(weight_grams) / 1000`],
  ['latest', sql`max(eta)::text`],
]);

function measureOf(name: string): Sql {
  const measure = MEASURES.get(name);
  if (!measure) throw new HttpError(422, 'measure-not-known');
  return measure;
}

const groupName = oneOf('status', 'origin', 'destination', 'month');
const statistics = record({ from: day, until: day, by: groupName, measure: optional(oneOf('count', 'weight', 'latest'), 'count') });

export function reportRoutes({ db }: { db: Database }): Router {
  const router = Router();
  const perUser = rateLimit({ burst: 5, perMinute: 10, key: (req) => req.res?.locals.user?.id ?? addressKey(req) });

  function shipmentsOf(accountId: string, { from, until }: Span): AsyncGenerator<ShipmentRow> {
    return db.pages<ShipmentRow>(
      (after) => sql`
        SELECT id, reference, origin, destination, status, weight_grams, eta, note FROM shipments
        WHERE account_id = ${accountId} AND eta BETWEEN ${from}::date AND ${until}::date
        ${after ? sql`AND id > ${after.id}` : sql``}
        ORDER BY id LIMIT 500
      `,
    );
  }

  router.get(
    '/reports/shipments.csv',
    perUser,
    endpoint({
      query: span,
      run: ({ user, query }) => {
        checkSpan(query);
        const lines = csvLines(SHIPMENT_FIELDS, shipmentsOf(user.accountId, query));
        const name = `shipments-${query.from}-${query.until}.csv`;
        return file(Readable.from(lines, { objectMode: true, highWaterMark: 50 }), name, 'text/csv; charset=utf-8');
      },
    }),
  );

  router.get(
    '/api/reports/statistics',
    perUser,
    endpoint({
      query: statistics,
      run: async ({ user, query }) => {
        checkSpan(query);
        const group = GROUPS[query.by];
        const rows = await db.rows<{ label: string | null; value: string }>(sql`
          SELECT ${group} AS label, ${measureOf(query.measure)} AS value FROM shipments
          WHERE account_id = ${user.accountId} AND eta BETWEEN ${query.from}::date AND ${query.until}::date
          GROUP BY 1 ORDER BY 1 LIMIT 500
        `);
        return json({ by: query.by, measure: query.measure, rows });
      },
    }),
  );

  return router;
}
--- src/routes/shipments.ts
import { Router } from 'express';
import { day, int, line, oneOf, optional, record, text, uuid, type Decoded } from '../kit/decode.js';
import { dataBlock, highlight, html, layout, table } from '../kit/html.js';
import { empty, endpoint, HttpError, json, notFound, page, type User } from '../kit/router.js';
import { join, ordering, sql, startsWith, type Database, type Sql } from '../kit/sql.js';
import { csrfToken } from '../http/security.js';
import { enqueue } from '../jobs/queue.js';
import { letterJob } from '../mail.js';
import type { LiveBoard } from '../live.js';

const STATUSES = ['planned', 'loading', 'under-way', 'delayed', 'delivered', 'cancelled'] as const;
type Status = (typeof STATUSES)[number];

/** What may come after what; everything else is refused. */
const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  planned: ['loading', 'cancelled'],
  loading: ['under-way', 'cancelled'],
  'under-way': ['delayed', 'delivered'],
  delayed: ['under-way', 'delivered'],
  delivered: [],
  cancelled: [],
};

interface Shipment {
  [column: string]: unknown;
  id: string;
  reference: string;
  origin: string;
  destination: string;
  status: Status;
  weight_grams: string;
  eta: string | null;
  note: string;
}

const columns = sql`id, reference, origin, destination, status, weight_grams, to_char(eta, 'YYYY-MM-DD') AS eta, note`;

const order = ordering(
  {
    created: sql`created_at`,
    reference: sql`lower(reference)`,
    eta: sql`eta`,
    weight: sql`weight_grams`,
    status: sql`status`,
  },
  'created',
  sql`id`,
);

const filters = record({
  q: optional(line(60)),
  status: optional(oneOf(...STATUSES)),
  from: optional(day),
  until: optional(day),
  sort: optional(line(20)),
  page: optional(int(1, 500), 1),
  size: optional(int(5, 100), 25),
});

export type Filters = Decoded<typeof filters>;

export function whereOf(accountId: string, { q, status, from, until }: Omit<Filters, 'sort' | 'page' | 'size'>): Sql {
  const conditions = [sql`account_id = ${accountId}`];
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (from !== undefined) conditions.push(sql`eta >= ${from}::date`);
  if (until !== undefined) conditions.push(sql`eta <= ${until}::date`);
  if (q !== undefined) {
    const pattern = startsWith(q);
    const fields = [sql`reference`, sql`origin`, sql`destination`];
    conditions.push(sql`(${join(fields.map((field) => sql`${field} ILIKE ${pattern}`), 'or')})`);
  }
  return join(conditions, 'and');
}

const draft = record({
  reference: text({ max: 40, pattern: /^[A-Z0-9][A-Z0-9/-]*$/, what: 'reference' }),
  origin: line(80),
  destination: line(80),
  carrier: optional(text({ max: 20, pattern: /^[a-z][a-z0-9-]*$/, what: 'code of a carrier' })),
  weightGrams: int(1, 40_000_000),
  eta: optional(day),
  note: optional(text({ max: 4000 }), ''),
});

const patch = record({
  status: optional(oneOf(...STATUSES)),
  eta: optional(day),
  note: optional(text({ min: 0, max: 4000 })),
});

const isDuplicate = (err: unknown): boolean => err instanceof Error && 'code' in err && err.code === '23505';

export function shipmentRoutes({ db, board }: { db: Database; board: LiveBoard }): Router {
  const router = Router();
  const byId = record({ id: uuid });

  const search = (user: User, query: Filters) =>
    db.rows<Shipment>(sql`
      SELECT ${columns} FROM shipments
      WHERE ${whereOf(user.accountId, query)}
      ${order(query.sort)}
      LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}
    `);

  router.get('/api/shipments', endpoint({ query: filters, run: async ({ user, query }) => json(await search(user, query)) }));

  router.get(
    '/shipments',
    endpoint({
      query: filters,
      run: async ({ user, query, req, res }) => {
        const rows = await search(user, query);
        const words = query.q?.split(' ') ?? [];
        const body = html`
          <form><input type="search" name="q" value="${query.q}" placeholder="Reference or place" /></form>
          ${table(rows, [
            { label: 'Reference', cell: (row) => html`<a href="/shipments/${row.id}">${highlight(row.reference, words)}</a>` },
            { label: 'From', cell: (row) => highlight(row.origin, words) },
            { label: 'To', cell: (row) => highlight(row.destination, words) },
            { label: 'Expected', cell: (row) => row.eta },
            { label: 'State', cell: (row) => html`<span class="state-${row.status}">${row.status}</span>` },
          ])}
          ${dataBlock('board', { ids: rows.map((row) => row.id), filter: query })}
        `;
        const nonce = res.locals.nonce ?? '';
        return page(layout({ title: 'Shipments', body, nonce, csrfToken: csrfToken(req), userName: user.name }));
      },
    }),
  );

  router.post(
    '/api/shipments',
    endpoint({
      roles: ['dispatcher', 'admin'],
      body: draft,
      run: async ({ user, body }) => {
        try {
          const made = await db.one<Shipment>(sql`
            INSERT INTO shipments (account_id, reference, origin, destination, carrier, weight_grams, eta, note)
            VALUES (${user.accountId}, ${body.reference}, ${body.origin}, ${body.destination}, ${body.carrier ?? null},
                    ${body.weightGrams}, ${body.eta ?? null}, ${body.note})
            RETURNING ${columns}
          `);
          return json(made, 201);
        } catch (err) {
          throw isDuplicate(err) ? new HttpError(409, 'reference-taken') : err;
        }
      },
    }),
  );

  router.patch(
    '/api/shipments/:id',
    endpoint({
      roles: ['dispatcher', 'admin'],
      params: byId,
      body: patch,
      run: async ({ user, params, body }) => {
        const sets = [
          ...(body.status === undefined ? [] : [sql`status = ${body.status}`]),
          ...(body.eta === undefined ? [] : [sql`eta = ${body.eta}::date`]),
          ...(body.note === undefined ? [] : [sql`note = ${body.note}`]),
        ];
        if (sets.length === 0) return empty();
        const changed = await db.inTransaction(async (tx) => {
          const mine = sql`id = ${params.id} AND account_id = ${user.accountId}`;
          const before = await tx.maybe<Shipment>(sql`SELECT ${columns} FROM shipments WHERE ${mine} FOR UPDATE`);
          if (!before) throw notFound();
          if (body.status !== undefined && !NEXT[before.status].includes(body.status)) throw new HttpError(409, 'not-now');
          const after = await tx.one<Shipment>(
            sql`UPDATE shipments SET ${join(sets, 'comma')} WHERE ${mine} RETURNING ${columns}`,
          );
          if (after.status === 'delayed' && before.status !== 'delayed') {
            await enqueue(tx, letterJob, {
              to: user.email,
              template: 'delayed',
              name: user.name,
              path: `/shipments/${after.id}`,
              subjectDetail: after.reference,
              detail: `${after.origin} to ${after.destination}`,
            });
          }
          return after;
        });
        board.publish(user.accountId, { type: 'shipment', id: changed.id, status: changed.status });
        return json(changed);
      },
    }),
  );

  return router;
}
--- src/routes/webhooks.ts
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import express, { Router, type Request } from 'express';
import { z } from 'zod';
import type { Config } from '../config.js';
import { oneOf, record, uuid } from '../kit/decode.js';
import { customerUrl, OutboundError, postToCustomer } from '../kit/outbound.js';
import { HttpError, notFound } from '../kit/router.js';
import { sql, type Database } from '../kit/sql.js';
import { rateLimit } from '../http/limits.js';
import type { LiveBoard } from '../live.js';
import type { Logger } from '../log.js';
import { enqueue, jobKind } from '../jobs/queue.js';

const TOLERANCE_SECONDS = 300;

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), id: z.uuid(), shipment: z.uuid(), status: z.enum(['under-way', 'delayed', 'delivered']) }),
  z.object({ type: z.literal('eta'), id: z.uuid(), shipment: z.uuid(), eta: z.iso.date() }),
  z.object({ type: z.literal('ping'), id: z.uuid() }),
]);

type CarrierEvent = z.infer<typeof event>;

interface Signature {
  readonly at: number;
  readonly digests: readonly Buffer[];
}

/** `t=1700000000,v1=ab…,v1=cd…`: a carrier that changes its key signs with both for a while. */
function readSignature(header: string | undefined): Signature | undefined {
  if (header === undefined || header.length > 500) return undefined;
  let at = Number.NaN;
  const digests: Buffer[] = [];
  for (const part of header.split(',', 6)) {
    const [name, value = ''] = part.trim().split('=', 2);
    if (name === 't' && /^\d{10}$/.test(value)) at = Number(value);
    if (name === 'v1' && /^[0-9a-f]{64}$/.test(value)) digests.push(Buffer.from(value, 'hex'));
  }
  return Number.isNaN(at) || digests.length === 0 ? undefined : { at, digests };
}

export function signatureHolds(body: Buffer, header: string | undefined, secret: string, nowSeconds: number): boolean {
  const signature = readSignature(header);
  if (!signature || Math.abs(nowSeconds - signature.at) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${signature.at}.`).update(body).digest();
  return signature.digests.some((digest) => digest.length === expected.length && timingSafeEqual(digest, expected));
}

function parseEvent(body: Buffer): CarrierEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'not-json');
  }
  const result = event.safeParse(raw);
  if (!result.success) throw new HttpError(422, 'invalid');
  return result.data;
}

export const callbackJob = jobKind(
  'partner-callback',
  record({ partnerId: uuid, shipmentId: uuid, status: oneOf('under-way', 'delayed', 'delivered') }),
);

/** Each partner has a key of its own, made of the master key; none of them is stored. */
const keyOf = (masterKey: string, partnerId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, 'partner-callback', partnerId, 32));

export function callbackSender({ config, db, logger }: { config: Config; db: Database; logger: Logger }) {
  return async (job: { partnerId: string; shipmentId: string; status: string }): Promise<void> => {
    const partner = await db.maybe<{ id: string; callback_url: string | null }>(
      sql`SELECT id, callback_url FROM partners WHERE id = ${job.partnerId}`,
    );
    if (!partner?.callback_url) return;
    const body = JSON.stringify({ shipment: job.shipmentId, status: job.status });
    const at = Math.floor(Date.now() / 1000);
    const digest = createHmac('sha256', keyOf(config.masterKey, partner.id)).update(`${at}.${body}`).digest('hex');
    try {
      await postToCustomer(customerUrl(partner.callback_url), body, { 'X-Freightdesk-Signature': `t=${at},v1=${digest}` });
    } catch (err) {
      // An address that may not be called will not become better by calling again.
      if (!(err instanceof OutboundError) || err.reason !== 'address') throw err;
      logger.warn('callback address refused', { partner: partner.id });
    }
  };
}

interface Deps {
  config: Config;
  db: Database;
  board: LiveBoard;
  logger: Logger;
}

export function webhookRoutes({ config, db, board, logger }: Deps): Router {
  const router = Router();

  router.use(rateLimit({ burst: 100, perMinute: 600 }));

  router.post('/carriers/:carrier', express.raw({ type: 'application/json', limit: '64kb' }), async (req: Request, res) => {
    const code = String(req.params.carrier);
    const carrier = config.carriers.get(code);
    if (!carrier || !Buffer.isBuffer(req.body)) throw notFound();
    if (!signatureHolds(req.body, req.get('X-Carrier-Signature'), carrier.hookSecret, Date.now() / 1000)) {
      logger.warn('webhook refused', { carrier: code });
      throw new HttpError(401, 'signature');
    }
    const received = parseEvent(req.body);

    const touched = await db.inTransaction(async (tx) => {
      const fresh = await tx.run(sql`
        INSERT INTO carrier_events (carrier, event_id) VALUES (${code}, ${received.id}) ON CONFLICT DO NOTHING
      `);
      if (fresh === 0 || received.type === 'ping') return undefined;
      const change = received.type === 'status' ? sql`status = ${received.status}` : sql`eta = ${received.eta}::date`;
      // A carrier speaks of the shipments that it was given, and of no others.
      const row = await tx.maybe<{ id: string; account_id: string; status: string }>(sql`
        UPDATE shipments SET ${change} WHERE id = ${received.shipment} AND carrier = ${code}
        RETURNING id, account_id, status
      `);
      if (row && received.type === 'status' && config.features.has('partner-callbacks')) {
        const partners = await tx.rows<{ id: string }>(sql`
          SELECT id FROM partners WHERE account_id = ${row.account_id} AND callback_url IS NOT NULL LIMIT 100
        `);
        for (const { id } of partners) {
          await enqueue(tx, callbackJob, { partnerId: id, shipmentId: row.id, status: received.status });
        }
      }
      return row;
    });

    if (touched) board.publish(touched.account_id, { type: 'shipment', id: touched.id, status: touched.status });
    res.status(204).end();
  });

  return router;
}
--- src/jobs/queue.ts
import { setTimeout as sleep } from 'node:timers/promises';
import { DecodeError, type Decoder } from '../kit/decode.js';
import { sql, type Database, type Queries } from '../kit/sql.js';
import type { Logger } from '../log.js';

export interface JobKind<P> {
  readonly name: string;
  readonly decode: Decoder<P>;
  readonly maxAttempts: number;
}

/** Declares a kind of job once; those who enqueue and those who handle it share the type of its payload. */
export function jobKind<P>(name: string, decode: Decoder<P>, maxAttempts = 8): JobKind<P> {
  return Object.freeze({ name, decode, maxAttempts });
}

interface JobRow {
  id: string;
  kind: string;
  payload: unknown;
  attempts: number;
}

interface Handler {
  maxAttempts: number;
  run(payload: unknown, signal: AbortSignal): Promise<void>;
}

export async function enqueue<P>(queries: Queries, kind: JobKind<P>, payload: P, delaySeconds = 0): Promise<void> {
  await queries.run(sql`
    INSERT INTO jobs (kind, payload, run_at)
    VALUES (${kind.name}, ${JSON.stringify(payload)}::jsonb, now() + make_interval(secs => ${delaySeconds}))
  `);
}

/** Doubles with each attempt up to an hour, and is spread a little so that not all come back in the same second. */
export function backoffSeconds(attempt: number): number {
  const base = Math.min(3600, 5 * 2 ** Math.min(attempt, 12));
  return Math.round(base * (0.8 + Math.random() * 0.4));
}

export class Queue {
  readonly #handlers = new Map<string, Handler>();
  readonly #stop = new AbortController();
  #running: Promise<void>[] = [];

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
    private readonly options: { idleMs: number; jobTimeoutMs: number } = { idleMs: 1500, jobTimeoutMs: 60_000 },
  ) {}

  handle<P>(kind: JobKind<P>, work: (payload: P, signal: AbortSignal) => Promise<void>): this {
    if (this.#handlers.has(kind.name)) throw new Error(`two handlers of ${kind.name}`);
    this.#handlers.set(kind.name, {
      maxAttempts: kind.maxAttempts,
      run: (payload, signal) => work(kind.decode(payload, kind.name), signal),
    });
    return this;
  }

  start(workers = 2): void {
    this.#running = Array.from({ length: workers }, () => this.#loop());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#running);
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const job = await this.#claim();
        if (job) await this.#work(job);
        else await sleep(this.options.idleMs, undefined, { signal });
      } catch (err) {
        if (signal.aborted) return;
        this.logger.error('queue loop failed', { err });
        await sleep(5000, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Takes a job that is due. Should this process die, the job is due again when its time is over. */
  async #claim(): Promise<JobRow | undefined> {
    const kinds = [...this.#handlers.keys()];
    const lease = Math.ceil(this.options.jobTimeoutMs / 1000) + 30;
    return this.db.maybe<JobRow>(sql`
      UPDATE jobs SET attempts = attempts + 1, run_at = now() + make_interval(secs => ${lease})
      WHERE id = (
        SELECT id FROM jobs
        WHERE failed_at IS NULL AND run_at <= now() AND kind = ANY(${kinds})
        ORDER BY run_at
        FOR UPDATE SKIP LOCKED
        LIMIT 1
      )
      RETURNING id, kind, payload, attempts
    `);
  }

  async #work(job: JobRow): Promise<void> {
    const handler = this.#handlers.get(job.kind);
    if (!handler) return;
    const start = performance.now();
    try {
      await handler.run(job.payload, AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.options.jobTimeoutMs)]));
      await this.db.run(sql`DELETE FROM jobs WHERE id = ${job.id}`);
      this.logger.info('job done', { job: job.id, kind: job.kind, ms: Math.round(performance.now() - start) });
    } catch (err) {
      const hopeless = err instanceof DecodeError || job.attempts >= handler.maxAttempts;
      this.logger.warn('job failed', { job: job.id, kind: job.kind, attempts: job.attempts, hopeless, err });
      await this.db.run(
        hopeless
          ? sql`UPDATE jobs SET failed_at = now() WHERE id = ${job.id}`
          : sql`UPDATE jobs SET run_at = now() + make_interval(secs => ${backoffSeconds(job.attempts)}) WHERE id = ${job.id}`,
      );
    }
  }
}
