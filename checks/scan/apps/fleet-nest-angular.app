--- labels
bad src/main.ts:17 limits/unbounded-body | no limit on the body
good src/main.ts:18 limits/unbounded-body | limit of 200kb
good src/main.ts:19 limits/unbounded-body | limit of 50kb
good src/main.ts:20 headers/missing | helmet with its defaults
good src/main.ts:22 cookie/flags | secure and httpOnly set
good src/main.ts:23 csrf/off | csurf with defaults
bad src/main.ts:24 csrf/off | writing methods ignored
good src/main.ts:26 files/private-served | only the built pages
bad src/main.ts:27 files/private-served | whole working folder with dot files
good src/main.ts:29 cors/wild | fixed list of origins
bad src/main.ts:39 cors/wild | every origin allowed with credentials
bad src/main.ts:40 headers/missing | protective headers switched off
bad src/main.ts:41 cookie/flags | flags switched off
good scripts/import-fleet.ts:12 sql/injection | bound parameters
good scripts/import-fleet.ts:18 sql/injection | table from constants
good scripts/import-fleet.ts:23 sql/injection | bound parameters
good scripts/import-fleet.ts:23 crypto/password-storage | argon2id hash stored
bad scripts/import-fleet.ts:24 secret/logged | password in the log
good scripts/import-fleet.ts:28 command/injection | no shell, arguments apart
bad scripts/import-fleet.ts:29 file/permissions | writable by everybody
good scripts/import-fleet.ts:30 file/permissions | for the owner only
good scripts/import-fleet.ts:35 config/debug | only in development
good scripts/import-fleet.ts:44 error/leak | own terminal, a code
good src/app.module.ts:21 secret/hard-coded | from the environment
good src/app.module.ts:22 tls/unverified | certificate verified
bad src/auth/auth.controller.ts:25 limits/login-attempts | login without a limit of tries
bad src/auth/auth.controller.ts:29 log/injection | line breaks of the request in the log
bad src/auth/auth.controller.ts:30 secret/logged | password in the log
bad src/auth/auth.controller.ts:33 session/fixation | session id kept at login
bad src/auth/auth.controller.ts:34 trust/boundary | request value in the session unchecked
bad src/auth/auth.controller.ts:35 redirect/open | target from the request
good src/auth/auth.controller.ts:39 limits/login-attempts | throttled by the guard
good src/auth/auth.controller.ts:43 log/injection | line breaks removed
good src/auth/auth.controller.ts:48 session/fixation | after regenerate
good src/auth/auth.controller.ts:49 trust/boundary | role of the stored account
good src/auth/auth.controller.ts:50 secret/logged | no secret among the values
good src/auth/auth.controller.ts:50 log/injection | a stored number
good src/auth/auth.controller.ts:51 redirect/open | constant target
good src/auth/auth.controller.ts:58 cookie/flags | all flags
bad src/auth/auth.controller.ts:59 cookie/flags | flags switched off
bad src/auth/auth.controller.ts:70 mail/host-header | link built from the Host header
good src/auth/auth.controller.ts:72 mail/host-header | configured address
good src/auth/auth.controller.ts:80 redirect/open | exact hosts of the fleet
bad src/auth/auth.controller.ts:83 redirect/open | prefix test does not hold
good src/auth/auth.controller.ts:90 trust/boundary | one of a fixed list by the DTO
bad src/auth/auth.service.ts:14 sql/injection | login name in the query text
good src/auth/auth.service.ts:19 sql/injection | bound by TypeORM
good src/auth/auth.service.ts:27 sql/injection | bound by TypeORM
good src/auth/auth.service.ts:32 sql/injection | bound parameters
good src/auth/auth.service.ts:41 jwt/unverified | verified, fixed algorithm
bad src/auth/auth.service.ts:45 jwt/unverified | claims trusted without a signature
good src/common/errors.filter.ts:11 error/leak | constant text
bad src/common/errors.filter.ts:19 error/leak | stack and query in the answer
good src/common/secrets.ts:6 crypto/password-storage | argon2id
good src/common/secrets.ts:7 crypto/password-storage | argon2id
bad src/common/secrets.ts:9 crypto/password-storage crypto/weak-hash | unsalted SHA-1 of a secret
good src/common/secrets.ts:12 crypto/weak-hash | SHA-256
bad src/common/secrets.ts:15 crypto/weak-hash | MD5 as a signature
good src/common/secrets.ts:18 crypto/weak-hash | HMAC-SHA256
good src/common/secrets.ts:21 crypto/weak-random | random bytes of crypto
good src/common/secrets.ts:24 crypto/weak-random | randomInt of crypto
bad src/common/secrets.ts:27 crypto/weak-random | Math.random for an access code
good src/common/secrets.ts:31 crypto/weak-random | random bytes of crypto
good src/common/secrets.ts:34 crypto/weak-random | a colour, no secret
bad src/common/secrets.ts:37 crypto/weak-cipher | ECB mode
good src/common/secrets.ts:42 crypto/weak-cipher | ChaCha20-Poly1305 with a fresh nonce
good src/common/secrets.ts:49 compare/timing | constant time
good src/common/text.ts:4 text/incomplete-escape | all five characters, all places
bad src/common/text.ts:7 text/incomplete-escape | only the first occurrence
good src/common/text.ts:9 text/incomplete-escape | all metacharacters
good src/common/text.ts:17 url/incomplete-check | exact host or a dot before it
bad src/common/text.ts:23 url/incomplete-check | prefix without the end of the host
good src/common/text.ts:26 regex/redos | bounded repetition
bad src/common/text.ts:29 regex/redos | nested repetition on request text
bad src/common/text.ts:33 object/prototype-pollution | keys of the body, __proto__ too
good src/common/text.ts:40 object/prototype-pollution | names given by the code
good src/config/settings.ts:20 secret/hard-coded | from the environment
good src/config/settings.ts:23 secret/hard-coded | from the environment
bad src/config/settings.ts:25 secret/hard-coded | literal live key
bad src/config/settings.ts:30 secret/hard-coded | literal mail password
good src/config/settings.ts:33 secret/hard-coded | length and label, no secret
bad src/documents/documents.controller.ts:24 upload/unchecked limits/unbounded-body | neither type nor size checked
good src/documents/documents.controller.ts:30 upload/unchecked | type list and size limit
good src/documents/documents.controller.ts:30 limits/unbounded-body | size limit
good src/documents/documents.controller.ts:33 path/traversal | random name
good src/documents/documents.controller.ts:33 file/permissions | not open to others
bad src/documents/documents.controller.ts:40 path/traversal | name of the request joined
bad src/documents/documents.controller.ts:41 file/permissions | writable by everybody
good src/documents/documents.controller.ts:51 archive/zip-slip | within() refuses other folders
bad src/documents/documents.controller.ts:53 archive/zip-slip path/traversal | name of the entry not checked
good src/documents/documents.controller.ts:61 path/traversal | base name under a root
bad src/documents/documents.controller.ts:66 path/traversal | name of the request concatenated
good src/documents/documents.controller.ts:72 path/traversal | within() refuses other folders
good src/documents/documents.controller.ts:78 command/injection | no shell, arguments apart
bad src/documents/documents.controller.ts:84 command/injection | name of the file in a shell line
good src/documents/documents.controller.ts:90 command/injection | a number
bad src/documents/documents.controller.ts:96 file/temp | predictable name in the shared folder
good src/documents/documents.controller.ts:97 file/temp | private folder with a random name
good src/documents/documents.controller.ts:98 file/permissions | for the owner only
good src/documents/documents.controller.ts:98 file/temp | inside the private folder
good src/notify/mailer.ts:8 tls/cleartext | TLS demanded
bad src/notify/mailer.ts:9 tls/unverified | certificate not verified
good src/notify/mailer.ts:16 mail/injection | escaped name, constant subject
good src/notify/mailer.ts:21 mail/injection | line breaks removed from the subject
bad src/notify/mailer.ts:26 mail/injection | subject may hold line breaks in a raw message
bad src/partners/partners.controller.ts:17 tls/unverified | certificate not verified
good src/partners/partners.controller.ts:18 tls/unverified | verified against an own authority
good src/partners/partners.controller.ts:19 request/no-timeout | timeout of the client
good src/partners/partners.controller.ts:26 ssrf/request | address from a table of constants
bad src/partners/partners.controller.ts:31 ssrf/request | address from the request
good src/partners/partners.controller.ts:31 request/no-timeout | timeout given
good src/partners/partners.controller.ts:38 ssrf/request | exact hosts of the fleet
bad src/partners/partners.controller.ts:44 request/no-timeout | no timeout
good src/partners/partners.controller.ts:45 request/no-timeout | signal with a timeout
good src/partners/partners.controller.ts:45 ssrf/request | fixed host, encoded value
bad src/partners/partners.controller.ts:51 tls/cleartext | password sent over http
good src/partners/partners.controller.ts:52 tls/cleartext | https
good src/partners/partners.controller.ts:52 ssrf/request | constant address
good src/partners/partners.controller.ts:59 xml/external-entity | entities not expanded
bad src/partners/partners.controller.ts:60 xml/external-entity | entities expanded
bad src/partners/partners.controller.ts:67 xpath/injection | request text in the expression
good src/partners/partners.controller.ts:69 xpath/injection | a number
good src/partners/partners.controller.ts:74 tls/cleartext | ldaps
good src/partners/partners.controller.ts:77 ldap/injection | filter object
bad src/partners/partners.controller.ts:79 ldap/injection | filter text from the request
good src/partners/partners.controller.ts:86 header/injection | a number
bad src/partners/partners.controller.ts:87 header/injection | line breaks of the request in a header
bad src/partners/partners.controller.ts:95 compare/timing | secret compared with !==
good src/partners/partners.controller.ts:96 compare/timing | constant time
good src/partners/partners.controller.ts:99 compare/timing | no secret compared
bad src/reports/reports.controller.ts:13 xss/autoescape-off | escaping switched off
good src/reports/reports.controller.ts:14 xss/autoescape-off | escapes by default
good src/reports/reports.controller.ts:15 xss/autoescape-off | escaping on
good src/reports/reports.controller.ts:29 xss/reflected | plain text answer
good src/reports/reports.controller.ts:30 xss/reflected | template escapes
good src/reports/reports.controller.ts:30 template/injection | constant template
good src/reports/reports.controller.ts:35 template/injection | constant template
bad src/reports/reports.controller.ts:36 template/injection | template text from the request
bad src/reports/reports.controller.ts:42 code/injection | text of the request evaluated
good src/reports/reports.controller.ts:48 code/reflection | name among the own keys
bad src/reports/reports.controller.ts:54 code/reflection | any method of the service called
good src/reports/reports.controller.ts:61 csv/injection | formula signs prefixed
bad src/reports/reports.controller.ts:68 csv/injection | cells may begin with an equals sign
good src/reports/reports.controller.ts:74 regex/injection | metacharacters escaped
bad src/reports/reports.controller.ts:75 regex/injection regex/redos | pattern from the request
good src/reports/reports.controller.ts:81 deserialize/untrusted | strings and lists only
good src/reports/reports.controller.ts:82 deserialize/untrusted | JSON
bad src/reports/reports.controller.ts:83 deserialize/untrusted | body deserialized with functions
good src/reports/reports.controller.ts:89 limits/untrusted-size | at most 50
bad src/reports/reports.controller.ts:90 limits/untrusted-size | size from the request
bad src/reports/reports.controller.ts:99 error/leak | stack in the answer
good src/reports/reports.controller.ts:106 path/traversal | a number under a root
good src/reports/reports.controller.ts:108 error/leak | constant answer
bad src/vehicles/vehicles.controller.ts:37 xss/reflected | query value in HTML
good src/vehicles/vehicles.controller.ts:39 xss/reflected | JSON answer
good src/vehicles/vehicles.controller.ts:45 xss/reflected | all characters escaped
good src/vehicles/vehicles.controller.ts:47 xss/reflected | capitals, digits and dashes only
good src/vehicles/vehicles.controller.ts:70 xss/stored | all characters escaped
bad src/vehicles/vehicles.controller.ts:76 xss/stored | stored remark in HTML
good src/vehicles/vehicles.controller.ts:82 xss/stored | plain text answer
good src/vehicles/vehicles.service.ts:17 sql/injection | fixed lists and an integer by the DTO
good src/vehicles/vehicles.service.ts:20 sql/injection | bound parameter
good src/vehicles/vehicles.service.ts:21 sql/injection | constant column
bad src/vehicles/vehicles.service.ts:23 sql/injection | a string of any characters, length tested only
good src/vehicles/vehicles.service.ts:28 sql/injection | pattern of the DTO
good src/vehicles/vehicles.service.ts:31 sql/injection | bound by TypeORM
good src/vehicles/vehicles.service.ts:34 sql/injection | a number by ParseIntPipe
good src/vehicles/vehicles.service.ts:38 sql/injection | bound parameter
good src/vehicles/vehicles.service.ts:44 sql/injection | bound parameters
bad src/vehicles/vehicles.service.ts:48 sql/injection text/incomplete-escape | only the first quote doubled
bad src/vehicles/vehicles.service.ts:51 nosql/injection | query value may be an operator object
good src/vehicles/vehicles.service.ts:54 nosql/injection | a string under $eq
good src/vehicles/vehicles.service.ts:57 object/mass-assignment | DTO with a whitelist of three fields
bad src/vehicles/vehicles.service.ts:61 object/mass-assignment | all fields of the body
good src/vehicles/vehicles.service.ts:66 object/mass-assignment | fields picked by name
good views/handbook.hbs:1 xss/template | escaped output
good views/handbook.hbs:4 xss/template | escaped output
bad views/handbook.hbs:6 xss/template xss/stored | raw output of stored text
good views/handbook.hbs:8 xss/template | escaped output in a quoted attribute
bad web/src/VehiclePage.tsx:20 xss/dom | query value as HTML
good web/src/VehiclePage.tsx:21 xss/dom | text only
bad web/src/VehiclePage.tsx:30 message/origin | origin not looked at
good web/src/VehiclePage.tsx:31 message/origin | exact origin demanded
bad web/src/VehiclePage.tsx:41 secret/stored | token in localStorage
good web/src/VehiclePage.tsx:42 secret/stored | no secret
bad web/src/VehiclePage.tsx:43 message/origin | token sent to any origin
good web/src/VehiclePage.tsx:44 message/origin | exact target
bad web/src/VehiclePage.tsx:48 redirect/open xss/dom | target from the address
good web/src/VehiclePage.tsx:52 redirect/open | constant target
good web/src/VehiclePage.tsx:60 xss/dom | React escapes
bad web/src/VehiclePage.tsx:61 xss/dom xss/stored | stored remark as HTML
good web/src/VehiclePage.tsx:62 xss/dom | sanitized
good worker/queue-worker.ts:25 command/injection | no shell, arguments apart
good worker/queue-worker.ts:26 path/traversal | base name only
bad worker/queue-worker.ts:30 command/injection | file name of the message in a shell line
bad worker/queue-worker.ts:34 path/traversal | file name of the message joined
bad worker/queue-worker.ts:38 sql/injection | depot of the message in the query text
good worker/queue-worker.ts:39 sql/injection | bound parameter
good worker/queue-worker.ts:45 sql/injection | an integer
bad worker/queue-worker.ts:49 ssrf/request | address of the message
good worker/queue-worker.ts:56 sql/injection | bound parameters
bad worker/queue-worker.ts:57 secret/stored | access code in a file in the clear
good worker/queue-worker.ts:65 deserialize/untrusted | JSON
bad worker/queue-worker.ts:68 log/injection | line breaks of the message in the log
good worker/queue-worker.ts:71 log/injection | line breaks removed
good worker/queue-worker.ts:72 code/reflection | Map of known handlers
bad worker/queue-worker.ts:79 secret/logged | password in the log
--- src/main.ts
import { NestFactory } from '@nestjs/core';
import { ValidationPipe } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';
import * as session from 'express-session';
import * as csurf from 'csurf';
import * as cookieParser from 'cookie-parser';
import helmet from 'helmet';
import { json, urlencoded, static as serveStatic } from 'express';
import { join } from 'path';
import { AppModule } from './app.module';
import { settings } from './config/settings';
import { QuietFilter, VerboseFilter } from './common/errors.filter';

async function bootstrap() {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false });

  app.use('/telemetry', json({ limit: Infinity }));
  app.use(json({ limit: '200kb' }));
  app.use(urlencoded({ extended: false, limit: '50kb' }));
  app.use(helmet());
  app.use(cookieParser());
  app.use(session({ name: 'fleet', secret: settings.sessionSecret, resave: false, saveUninitialized: false, cookie: { httpOnly: true, secure: true, sameSite: 'lax' } }));
  app.use(['/auth', '/vehicles', '/documents'], csurf());
  app.use('/reports', csurf({ ignoreMethods: ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'] }));

  app.use('/web', serveStatic(join(__dirname, '..', 'web', 'dist')));
  app.use('/download', serveStatic(process.cwd(), { dotfiles: 'allow' }));

  app.enableCors({ origin: settings.origins, credentials: true });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
  app.useGlobalFilters(new QuietFilter());
  app.setBaseViewsDir(join(__dirname, '..', 'views'));
  app.setViewEngine('hbs');
  app.set('query parser', 'extended');

  await app.listen(settings.port);

  const kiosk = await NestFactory.create<NestExpressApplication>(AppModule);
  kiosk.enableCors({ origin: (origin, cb) => cb(null, true), credentials: true });
  kiosk.use(helmet({ contentSecurityPolicy: false, frameguard: false, noSniff: false }));
  kiosk.use(session({ secret: settings.sessionSecret, resave: false, saveUninitialized: true, cookie: { httpOnly: false, secure: false } }));
  kiosk.use(csurf());
  kiosk.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
  kiosk.useGlobalFilters(new VerboseFilter());
  await kiosk.listen(settings.kioskPort);
}

bootstrap();
--- scripts/import-fleet.ts
#!/usr/bin/env ts-node
import { readFileSync, chmodSync } from 'fs';
import { execFileSync } from 'child_process';
import { DataSource } from 'typeorm';
import { hashPassword, newToken } from '../src/common/secrets';

const TABLES: Record<string, string> = { vehicles: 'vehicles_import', trips: 'trips_import' };

async function load(db: DataSource, file: string) {
  const rows = readFileSync(file, 'utf8').split('\n').map((l) => l.split(';'));
  for (const [plate, depot] of rows) {
    await db.query('INSERT INTO vehicles_import (plate, depot) VALUES ($1, $2)', [plate, depot]);
  }
}

async function swap(db: DataSource, kind: string) {
  if (!Object.keys(TABLES).includes(kind)) throw new Error('unknown kind');
  await db.query(`TRUNCATE ${TABLES[kind]}`);
}

async function seedAdmin(db: DataSource) {
  const password = newToken();
  await db.query('INSERT INTO accounts (nick, password_hash) VALUES ($1, $2)', ['admin', await hashPassword(password)]);
  console.log(`admin created, password ${password}`);
}

function archive(file: string) {
  execFileSync('tar', ['-czf', '/var/backups/fleet.tgz', '--', file]);
  chmodSync('/var/backups/fleet.tgz', 0o777);
  chmodSync('/var/backups', 0o700);
}

async function main() {
  const [, , kind, file] = process.argv;
  const db = await new DataSource({ type: 'postgres', url: process.env.PG_URL, logging: process.env.NODE_ENV === 'development' }).initialize();
  await swap(db, kind);
  await load(db, file);
  await seedAdmin(db);
  archive(file);
  await db.destroy();
}

main().catch((e) => {
  console.error('import failed:', e.code);
  process.exit(1);
});
--- src/app.module.ts
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ThrottlerModule } from '@nestjs/throttler';
import { AuthController } from './auth/auth.controller';
import { AuthService } from './auth/auth.service';
import { Account, Vehicle, Trip, Event } from './vehicles/entities';
import { VehiclesController } from './vehicles/vehicles.controller';
import { VehiclesService } from './vehicles/vehicles.service';
import { DocumentsController } from './documents/documents.controller';
import { ReportsController } from './reports/reports.controller';
import { PartnersController } from './partners/partners.controller';
import { Mailer } from './notify/mailer';

@Module({
  imports: [
    ThrottlerModule.forRoot([{ ttl: 60000, limit: 5 }]),
    TypeOrmModule.forRoot({
      type: 'postgres',
      host: process.env.PG_HOST,
      username: 'fleet',
      password: process.env.PG_PASSWORD,
      ssl: { rejectUnauthorized: true },
      entities: [Account, Vehicle, Trip],
    }),
    TypeOrmModule.forRoot({
      name: 'events',
      type: 'mongodb',
      url: process.env.MONGO_URL,
      entities: [Event],
    }),
    TypeOrmModule.forFeature([Account, Vehicle, Trip]),
    TypeOrmModule.forFeature([Event], 'events'),
  ],
  controllers: [AuthController, VehiclesController, DocumentsController, ReportsController, PartnersController],
  providers: [AuthService, VehiclesService, Mailer],
})
export class AppModule {}
--- src/auth/auth.controller.ts
import { Body, Controller, Get, Headers, Logger, Post, Query, Req, Res, UnauthorizedException, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { IsEmail, IsIn, IsString, MinLength } from 'class-validator';
import { Request, Response } from 'express';
import { AuthService } from './auth.service';
import { Mailer } from '../notify/mailer';
import { settings } from '../config/settings';
import { flat, isFleetHost, looksOurs } from '../common/text';

class LoginDto {
  @IsEmail() email: string;
  @IsString() @MinLength(8) password: string;
}

class LangDto {
  @IsIn(['en', 'nl', 'pl']) lang: string;
}

@Controller('auth')
export class AuthController {
  private readonly log = new Logger(AuthController.name);

  constructor(private readonly auth: AuthService, private readonly mailer: Mailer) {}

  @Post('login')
  async login(@Body() body: any, @Req() req: any, @Res() res: Response) {
    const account = await this.auth.byNick(body.nick);
    if (!account || !(await this.auth.matches(account, String(body.password)))) {
      this.log.warn(`login failed for ${body.nick}`);
      this.log.debug(`tried password ${JSON.stringify(body.password)}`);
      throw new UnauthorizedException();
    }
    req.session.accountId = account.id;
    req.session.depot = body.depot;
    return res.redirect(body.returnTo ?? '/');
  }

  @UseGuards(ThrottlerGuard)
  @Post('sign-in')
  async signIn(@Body() dto: LoginDto, @Req() req: any, @Res() res: Response) {
    const account = await this.auth.byEmail(dto.email);
    if (!account || !(await this.auth.matches(account, dto.password))) {
      this.log.warn(`sign-in failed for ${flat(dto.email)}`);
      throw new UnauthorizedException();
    }
    req.session.regenerate((err: Error) => {
      if (err) return res.sendStatus(500);
      req.session.accountId = account.id;
      req.session.role = account.role;
      this.log.log(`sign-in of account ${account.id}, password ok`);
      res.redirect('/vehicles');
    });
  }

  @Post('remember')
  remember(@Query('days') days: string, @Req() req: any, @Res() res: Response) {
    const age = Math.min(Number(days) || 1, 30) * 86400000;
    res.cookie('remember', this.auth.sign(req.session.accountId), { maxAge: age, httpOnly: true, secure: true, sameSite: 'strict' });
    res.cookie('device', this.auth.deviceId(), { maxAge: age, httpOnly: false, secure: false });
    res.sendStatus(204);
  }

  @UseGuards(ThrottlerGuard)
  @Post('forgot')
  async forgot(@Body('email') email: string, @Headers('host') host: string) {
    const account = await this.auth.byEmail(String(email));
    if (!account) return { ok: true };
    const token = await this.auth.startReset(account);
    if (account.role === 'driver') {
      await this.mailer.plain(account.email, 'Reset', `https://${host}/reset?token=${token}`);
    } else {
      await this.mailer.plain(account.email, 'Reset', `${settings.baseUrl}/reset?token=${token}`);
    }
    return { ok: true };
  }

  @Get('leave')
  leave(@Query('to') to: string, @Res() res: Response) {
    if (isFleetHost(to)) {
      return res.redirect(to);
    }
    if (looksOurs(to)) {
      return res.redirect(302, to);
    }
    return res.redirect('/');
  }

  @Get('language')
  language(@Query() query: LangDto, @Req() req: any) {
    req.session.lang = query.lang;
    return { lang: query.lang };
  }

  @Get('whoami')
  whoami(@Headers('authorization') header: string) {
    return this.auth.peek((header ?? '').replace('Bearer ', ''));
  }
}
--- src/auth/auth.service.ts
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import * as jwt from 'jsonwebtoken';
import { jwtSecret } from '../config/settings';
import { Account } from '../vehicles/entities';
import { digestPin, hashPassword, newToken, quickId, sha256, verifyPassword } from '../common/secrets';

@Injectable()
export class AuthService {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {}

  async byNick(nick: string): Promise<Account | undefined> {
    const rows = await this.accounts.query(`SELECT * FROM accounts WHERE nick = '${nick}'`);
    return rows[0];
  }

  byEmail(email: string): Promise<Account | null> {
    return this.accounts.findOne({ where: { email } });
  }

  matches(account: Account, password: string): Promise<boolean> {
    return verifyPassword(password, account.passwordHash);
  }

  async setPassword(id: number, password: string, pin: string): Promise<void> {
    await this.accounts.update({ id }, { passwordHash: await hashPassword(password), pinHash: digestPin(pin) });
  }

  async startReset(account: Account): Promise<string> {
    const token = newToken();
    await this.accounts.query('UPDATE accounts SET reset_hash = $1 WHERE id = $2', [sha256(token), account.id]);
    return token;
  }

  sign(id: number): string {
    return jwt.sign({ sub: id }, jwtSecret, { algorithm: 'HS256', expiresIn: '30d' });
  }

  verify(token: string): any {
    return jwt.verify(token, jwtSecret, { algorithms: ['HS256'] });
  }

  async peek(token: string) {
    const claims: any = jwt.decode(token);
    if (!claims) return null;
    const account = await this.accounts.findOneBy({ id: Number(claims.sub) });
    return account && { id: account.id, email: account.email, role: account.role };
  }

  deviceId(): string {
    return quickId();
  }
}
--- src/common/errors.filter.ts
import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';

@Catch()
export class QuietFilter implements ExceptionFilter {
  private readonly log = new Logger('errors');

  catch(error: any, host: ArgumentsHost) {
    const res = host.switchToHttp().getResponse();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    this.log.error(error?.name);
    res.status(status).json({ status, message: 'The request failed' });
  }
}

@Catch()
export class VerboseFilter implements ExceptionFilter {
  catch(error: any, host: ArgumentsHost) {
    const res = host.switchToHttp().getResponse();
    res.status(500).json({ message: error.message, stack: error.stack, query: error.query });
  }
}
--- src/common/secrets.ts
import { createCipheriv, createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'crypto';
import * as argon2 from 'argon2';

const KEY = Buffer.from(process.env.FLEET_KEY ?? '', 'base64');

export const hashPassword = (plain: string) => argon2.hash(plain, { type: argon2.argon2id });
export const verifyPassword = (plain: string, stored: string) => argon2.verify(stored, plain);
export function digestPin(pin: string): string {
  return createHash('sha1').update(pin).digest('hex');
}
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
export function linkSignature(path: string): string {
  return createHash('md5').update(KEY).update(path).digest('hex');
}
export function hookSignature(body: string): string {
  return createHmac('sha256', KEY).update(body).digest('hex');
}
export function newToken(): string {
  return randomBytes(24).toString('hex');
}
export function oneTimeCode(): string {
  return String(randomInt(100000, 999999));
}
export function doorCode(): string {
  const code = Math.floor(100000 + Math.random() * 900000);
  return String(code);
}
export function quickId(): string {
  return randomBytes(8).toString('base64url');
}
export function colourOf(index: number): string {
  return `hsl(${(index * 47 + Math.random() * 10) % 360}, 60%, 50%)`;
}
export function sealPosition(text: string): Buffer {
  const cipher = createCipheriv('aes-128-ecb', KEY.subarray(0, 16), null);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
}
export function sealContract(content: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('chacha20-poly1305', KEY.subarray(0, 32), nonce, { authTagLength: 16 });
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}
export function equal(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}
--- src/common/text.ts
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (value: unknown): string =>
  String(value ?? '').replace(/[&<>"']/g, (c) => ENTITIES[c]);

export const quoteLike = (value: string): string =>
  value.replace('%', '\\%').replace('_', '\\_');
export const flat = (value: unknown): string => String(value ?? '').replace(/[\r\n]+/g, ' ');
export const escapePattern = (value: string): string => value.replace(/[-\/\\^$*+?.()|[\]{}]/g, '\\$&');
export function csvCell(value: unknown): string {
  const text = String(value ?? '').replace(/"/g, '""');
  return /^[=+\-@\t\r]/.test(text) ? `"'${text}"` : `"${text}"`;
}
export function isFleetHost(target: string): boolean {
  try {
    const url = new URL(target);
    return url.protocol === 'https:' && (url.hostname === 'fleet.example' || url.hostname.endsWith('.fleet.example'));
  } catch {
    return false;
  }
}
export function looksOurs(target: string): boolean {
  return typeof target === 'string' && target.startsWith('https://fleet.example');
}
export function isPlate(value: string): boolean {
  return /^[A-Z]{1,3}-[A-Z0-9]{1,4}-\d{1,4}$/.test(value);
}
export function isRoute(value: string): boolean {
  return /^(([A-Z]+)-?)+\d$/.test(value);
}
export function mergeInto(target: any, source: any): any {
  for (const key in source) {
    target[key] = typeof source[key] === 'object' && target[key] ? mergeInto(target[key], source[key]) : source[key];
  }
  return target;
}
export function pick<T extends object>(source: any, names: (keyof T)[]): Partial<T> {
  const out: Partial<T> = {};
  for (const name of names) {
    if (source[name] !== undefined) out[name] = source[name];
  }
  return out;
}
--- src/config/settings.ts
export interface Settings {
  port: number;
  kioskPort: number;
  origins: string[];
  baseUrl: string;
  sessionSecret: string;
}

function must(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`missing ${name}`);
  return value;
}

export const settings: Settings = {
  port: Number(process.env.PORT ?? 4000),
  kioskPort: Number(process.env.KIOSK_PORT ?? 4001),
  origins: ['https://fleet.example', 'https://drivers.fleet.example'],
  baseUrl: process.env.BASE_URL ?? 'https://fleet.example',
  sessionSecret: must('SESSION_SECRET'),
};

export const jwtSecret = must('JWT_SECRET');

export const mapsApiKey = 'mk_live_7Qz41TnVb90sLdXe3RfU';

export const smtp = {
  host: 'smtp.fleet.example',
  user: 'fleet@fleet.example',
  password: 'Otter!Lantern42',
};

export const passwordRules = { passwordMinLength: 12, passwordLabel: 'Choose a password' };

export const folders = {
  contracts: '/srv/fleet/contracts',
  photos: '/srv/fleet/photos',
  exports: '/srv/fleet/exports',
};
--- src/documents/documents.controller.ts
import { BadRequestException, Body, Controller, Get, Param, Post, Query, Res, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { Response } from 'express';
import { createReadStream, promises as fs, chmodSync, mkdtempSync, writeFileSync } from 'fs';
import { basename, join, resolve, sep } from 'path';
import { tmpdir } from 'os';
import { exec, execFile } from 'child_process';
import { memoryStorage } from 'multer';
import * as AdmZip from 'adm-zip';
import { folders } from '../config/settings';
import { newToken } from '../common/secrets';

const EXTENSIONS: Record<string, string> = { 'image/png': '.png', 'image/jpeg': '.jpg', 'application/pdf': '.pdf' };

function within(folder: string, name: string): string {
  const full = resolve(folder, name);
  if (!full.startsWith(resolve(folder) + sep)) throw new BadRequestException();
  return full;
}

@Controller('documents')
export class DocumentsController {
  @Post('any')
  @UseInterceptors(FileInterceptor('file', { dest: folders.photos }))
  any(@UploadedFile() file: Express.Multer.File) {
    return { stored: file.filename };
  }

  @Post('photo')
  @UseInterceptors(FileInterceptor('file', { storage: memoryStorage(), limits: { fileSize: 3_000_000 }, fileFilter: (_r, f, cb) => cb(null, Object.keys(EXTENSIONS).includes(f.mimetype)) }))
  async photo(@UploadedFile() file: Express.Multer.File) {
    const name = newToken() + EXTENSIONS[file.mimetype];
    await fs.writeFile(join(folders.photos, name), file.buffer, { mode: 0o640 });
    return { name };
  }

  @Post('contract')
  async contract(@Body('name') name: string, @Body('content') content: string) {
    const file = join(folders.contracts, name);
    await fs.writeFile(file, content);
    chmodSync(within(folders.contracts, basename(name)), 0o666);
    return { ok: true };
  }

  @Post('unpack')
  @UseInterceptors(FileInterceptor('file', { storage: memoryStorage(), limits: { fileSize: 20_000_000 } }))
  unpack(@UploadedFile() file: Express.Multer.File, @Query('checked') checked: string) {
    const zip = new AdmZip(file.buffer);
    for (const entry of zip.getEntries().filter((e) => !e.isDirectory)) {
      if (checked) {
        writeFileSync(within(folders.contracts, entry.entryName), entry.getData());
      } else {
        writeFileSync(join(folders.contracts, entry.entryName), entry.getData());
      }
    }
    return { entries: zip.getEntryCount() };
  }

  @Get('file/:name')
  file(@Param('name') name: string, @Res() res: Response) {
    res.sendFile(basename(name), { root: folders.contracts });
  }

  @Get('stream')
  stream(@Query('name') name: string, @Res() res: Response) {
    createReadStream(folders.contracts + '/' + name).pipe(res.type('pdf'));
  }

  @Get('stream-checked')
  streamChecked(@Query('name') name: string, @Res() res: Response) {
    const file = within(folders.contracts, String(name));
    createReadStream(file).pipe(res.type('pdf'));
  }

  @Get('scaled')
  scaled(@Query('name') name: string, @Query('width') width: string, @Res() res: Response) {
    const file = within(folders.photos, String(name));
    execFile('convert', [file, '-resize', String(Number(width) || 100), 'png:-'], { encoding: 'buffer' }, (_e, out) => res.type('png').send(out));
  }

  @Get('rotated')
  rotated(@Query('name') name: string, @Query('angle') angle: string, @Res() res: Response) {
    const file = within(folders.photos, String(name));
    exec(`convert "${file}" -rotate ${parseInt(angle, 10)} png:-`, { encoding: 'buffer' }, (_e, out) => res.type('png').send(out));
  }

  @Get('pages')
  pages(@Query('first') first: string, @Res() res: Response) {
    const n = parseInt(first, 10) || 1;
    exec('pdftotext -f ' + n + ' /srv/fleet/manual.pdf -', (_e, out) => res.type('text').send(out));
  }

  @Post('draft')
  draft(@Body('text') text: string) {
    const target = tmpdir() + '/fleet-draft-' + process.pid + '.txt';
    writeFileSync(target, text);
    const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
    writeFileSync(join(folder, 'draft.txt'), text, { mode: 0o600 });
    return { ok: true };
  }
}
--- src/notify/mailer.ts
import { Injectable } from '@nestjs/common';
import * as nodemailer from 'nodemailer';
import { smtp } from '../config/settings';
import { escapeHtml, flat } from '../common/text';

@Injectable()
export class Mailer {
  private readonly transport = nodemailer.createTransport({ host: smtp.host, port: 587, requireTLS: true, auth: { user: smtp.user, pass: smtp.password } });
  private readonly relay = nodemailer.createTransport({ host: 'relay.fleet.example', port: 465, secure: true, tls: { rejectUnauthorized: false } });

  plain(to: string, subject: string, text: string) {
    return this.transport.sendMail({ from: smtp.user, to, subject, text });
  }

  welcome(to: string, name: string) {
    return this.transport.sendMail({ from: smtp.user, to, subject: 'Welcome', html: `<p>Hello ${escapeHtml(name)}</p>` });
  }

  digest(subject: string, body: string) {
    const raw = `From: ${smtp.user}\r\nTo: office@fleet.example\r\nSubject: ${flat(subject)}\r\n\r\n${body}`;
    return this.relay.sendMail({ envelope: { from: smtp.user, to: 'office@fleet.example' }, raw });
  }

  alarm(subject: string, body: string) {
    const raw = `From: ${smtp.user}\r\nTo: duty@fleet.example\r\nSubject: ${subject}\r\n\r\n${body}`;
    return this.relay.sendMail({ envelope: { from: smtp.user, to: 'duty@fleet.example' }, raw });
  }
}
--- src/partners/partners.controller.ts
import { Body, Controller, ForbiddenException, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import axios from 'axios';
import * as https from 'https';
import * as libxml from 'libxmljs';
import * as xpath from 'xpath';
import * as net from 'net';
import { connect } from 'amqplib';
import { createClient, EqualityFilter } from 'ldapjs';
import { DOMParser } from '@xmldom/xmldom';
import { readFileSync } from 'fs';
import { Response } from 'express';
import { mapsApiKey } from '../config/settings';
import { equal, hookSignature } from '../common/secrets';
import { isFleetHost } from '../common/text';

const depots: Record<string, string> = { north: 'https://north.fleet.example/state', south: 'https://south.fleet.example/state' };
const loose = new https.Agent({ rejectUnauthorized: false, keepAlive: true });
const pinned = new https.Agent({ ca: readFileSync('/etc/fleet/ca.pem'), keepAlive: true });
const client = axios.create({ timeout: 6000, maxRedirects: 0, httpsAgent: pinned });

@Controller('partners')
export class PartnersController {
  @Get('state/:depot')
  async state(@Param('depot') depot: string) {
    const url = Object.prototype.hasOwnProperty.call(depots, depot) ? depots[depot] : depots.north;
    return (await client.get(url)).data;
  }

  @Get('probe')
  async probe(@Query('url') url: string) {
    const answer = await axios.head(url, { timeout: 3000, httpsAgent: loose });
    return { status: answer.status };
  }

  @Get('mirror')
  async mirror(@Query('url') url: string) {
    if (!isFleetHost(url)) throw new ForbiddenException();
    return (await client.get(url)).data;
  }

  @Get('place')
  async place(@Query('q') q: string) {
    const place = encodeURIComponent(q);
    const first = await fetch(`https://maps.example/v1/search?q=${place}&key=${mapsApiKey}`);
    const second = await fetch(`https://maps.example/v1/near?q=${place}`, { signal: AbortSignal.timeout(4000) });
    return { first: await first.json(), second: await second.json() };
  }

  @Post('toll')
  async toll(@Body('plate') plate: string) {
    await client.post('http://toll.example/api/login', { user: 'fleet', password: process.env.TOLL_PASSWORD });
    const answer = await client.post('https://toll.example/api/charge', { plate });
    return answer.data;
  }

  @Post('orders.xml')
  orders(@Body('xml') xml: string, @Query('v') version: string) {
    const doc = version === '2'
      ? libxml.parseXml(xml, { nonet: true })
      : libxml.parseXml(xml, { noent: true, dtdload: true });
    return { root: doc.root()?.name() };
  }

  @Get('tariff')
  tariff(@Query('zone') zone: string, @Query('name') name: string) {
    const doc = new DOMParser().parseFromString(readFileSync('/srv/fleet/tariffs.xml', 'utf8'), 'text/xml') as any;
    if (name) return xpath.select(`//tariff[name/text()='${name}']/@price`, doc).toString();
    const n = Number(zone) | 0;
    return xpath.select(`//tariff[@zone='${n}']/@price`, doc).toString();
  }

  @Get('driver')
  driver(@Query('uid') uid: string, @Query('mail') mail: string, @Res() res: Response) {
    const directory = createClient({ url: 'ldaps://ldap.fleet.example' });
    const answer = (err: any, found: any) => (err ? res.sendStatus(502) : found.on('searchEntry', (e: any) => res.json(e.pojo)));
    if (uid) {
      directory.search('ou=drivers', { filter: new EqualityFilter({ attribute: 'uid', value: uid }) }, answer);
    } else {
      directory.search('ou=drivers', { filter: `(&(objectClass=person)(mail=${mail}))` }, answer);
    }
  }

  @Post('pager')
  pager(@Body('line') line: string, @Body('group') group: string) {
    const socket = net.connect({ host: 'pager.internal', port: 8123, timeout: 3000 });
    socket.write(`POST /page HTTP/1.1\r\nHost: pager\r\nX-Group: ${Number(group)}\r\n\r\n`);
    socket.end(`POST /line HTTP/1.1\r\nHost: pager\r\nX-Line: ${line}\r\n\r\n`);
    return { queued: true };
  }

  @Post('hook')
  hook(@Headers('x-signature') signature: string, @Headers('x-token') token: string, @Req() req: any) {
    const expected = hookSignature(JSON.stringify(req.body));
    if (token) {
      if (token !== process.env.HOOK_TOKEN) throw new ForbiddenException();
    } else if (!equal(signature ?? '', expected)) {
      throw new ForbiddenException();
    }
    return { kind: req.body.kind === 'ping' ? 'pong' : 'ok' };
  }

  @Post('jobs')
  async jobs(@Body() body: any) {
    const connection = await connect(process.env.AMQP_URL as string);
    const channel = await connection.createChannel();
    channel.sendToQueue('jobs', Buffer.from(JSON.stringify({ kind: body.kind, file: body.file, depot: body.depot, callback: body.callback, days: body.days })));
    return { queued: true };
  }
}
--- src/reports/reports.controller.ts
import { BadRequestException, Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Response } from 'express';
import * as Handlebars from 'handlebars';
import * as nunjucks from 'nunjucks';
import * as vm from 'vm';
import * as yaml from 'js-yaml';
import { unserialize } from 'node-serialize';
import { VehiclesService } from '../vehicles/vehicles.service';
import { Trip } from '../vehicles/entities';
import { csvCell, escapePattern, quoteLike } from '../common/text';
import { folders } from '../config/settings';

const plain = Handlebars.compile('Depot {{depot}}: {{count}}', { noEscape: true });
const page = Handlebars.compile('<h1>Depot {{depot}}</h1>');
const env = new nunjucks.Environment(null, { autoescape: true });
const sums: Record<string, (xs: number[]) => number> = {
  total: (xs) => xs.reduce((a, b) => a + b, 0),
  largest: (xs) => Math.max(...xs),
};
const COLUMNS = ['started', 'km'];

@Controller('reports')
export class ReportsController {
  constructor(private readonly vehicles: VehiclesService) {}

  @Get('depot')
  async depot(@Query('depot') depot: string, @Query('plain') asText: string, @Res() res: Response) {
    const rows = await this.vehicles.totals(String(depot));
    if (asText) return res.type('text/plain').send(plain({ depot, count: rows.length }));
    return res.send(page({ depot }));
  }

  @Post('preview')
  preview(@Body('template') template: string, @Body('title') title: string) {
    const known = env.renderString('<b>{{ title }}</b>', { title });
    const own = env.renderString(template, { day: 'Monday' });
    return { known, own };
  }

  @Post('formula')
  formula(@Body('formula') formula: string, @Body('values') values: number[]) {
    return { value: vm.runInNewContext(formula, { values }) };
  }

  @Post('sum/:name')
  sum(@Param('name') name: string, @Body('values') values: number[]) {
    if (!Object.keys(sums).includes(name)) throw new BadRequestException();
    return { value: sums[name](values.map(Number)) };
  }

  @Delete('cache/:method')
  cache(@Param('method') method: string) {
    const target: any = this.vehicles;
    return target[method](1);
  }

  @Get('trips.csv')
  async csv(@Query('from') from: string, @Query('to') to: string, @Query('column') column: string, @Res() res: Response) {
    const chosen = COLUMNS.includes(column) ? column : 'km';
    const rows = await this.vehicles.between(from, to, chosen);
    res.type('text/csv').send(rows.map((r: Trip) => Object.values(r).map(csvCell).join(';')).join('\n'));
  }

  @Get('remarks.csv')
  async remarks(@Query('depot') depot: string, @Res() res: Response) {
    const rows = await this.vehicles.inDepot(String(depot));
    const lines = rows.map((v) => `${v.id};"${v.remark.replace(/"/g, '""')}"`);
    res.type('text/csv').send(lines.join('\n'));
  }

  @Get('filter')
  async filter(@Query('depot') depot: string, @Query('text') text: string, @Query('expert') expert: string) {
    const rows = await this.vehicles.inDepot(String(depot));
    const pattern = new RegExp(escapePattern(String(text)), 'i');
    const wild = expert ? new RegExp(expert) : null;
    return rows.filter((v) => pattern.test(v.remark) || wild?.test(v.remark)).map((v) => ({ id: v.id, mark: quoteLike(v.remark) }));
  }

  @Post('layout')
  layout(@Body('layout') layout: string, @Body('kind') kind: string) {
    if (kind === 'yaml') return yaml.load(layout, { schema: yaml.FAILSAFE_SCHEMA });
    if (kind === 'json') return JSON.parse(layout);
    return unserialize(layout);
  }

  @Get('grid')
  grid(@Query('rows') rows: string, @Query('cols') cols: string) {
    const height = Math.min(Math.max(parseInt(rows, 10) || 1, 1), 50);
    const top = new Array(height).fill(0);
    const line = '-'.repeat(Number(cols));
    return { top, line };
  }

  @Get('broken')
  async broken(@Query('depot') depot: string, @Res() res: Response) {
    try {
      res.json(await this.vehicles.totals(String(depot)));
    } catch (e: any) {
      res.status(500).send({ failed: e.stack });
    }
  }

  @Get('latest')
  async latest(@Req() req: any, @Res() res: Response) {
    try {
      res.sendFile(`${Number(req.session.accountId)}.pdf`, { root: folders.exports });
    } catch (e: any) {
      res.status(500).send({ failed: true });
    }
  }
}
--- src/vehicles/entities.ts
import { Column, Entity, ManyToOne, ObjectIdColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn() id: number;
  @Column() nick: string;
  @Column() email: string;
  @Column({ default: 'driver' }) role: string;
  @Column() passwordHash: string;
  @Column({ nullable: true }) pinHash: string;
}

@Entity('vehicles')
export class Vehicle {
  @PrimaryGeneratedColumn() id: number;
  @Column() plate: string;
  @Column() depot: string;
  @Column({ default: '' }) remark: string;
  @Column({ default: false }) approved: boolean;
}

@Entity('trips')
export class Trip {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Vehicle) vehicle: Vehicle;
  @Column() started: Date;
  @Column() km: number;
}

@Entity('events')
export class Event {
  @ObjectIdColumn() id: any;
  @Column() device: string;
  @Column() kind: string;
}
--- src/vehicles/vehicle.dto.ts
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

export class ListDto {
  @IsOptional() @IsIn(['plate', 'depot', 'id']) sort: string = 'id';
  @IsOptional() @IsIn(['ASC', 'DESC']) dir: 'ASC' | 'DESC' = 'ASC';
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit: number = 50;
}

export class FindDto {
  @IsString() @MaxLength(80) depot: string;
  @IsOptional() @IsString() order: string;
}

export class CodeDto {
  @Matches(/^[A-Z]{2}\d{4}$/) code: string;
}

export class CreateVehicleDto {
  @IsString() @MaxLength(12) plate: string;
  @IsString() @MaxLength(40) depot: string;
  @IsOptional() @IsString() @MaxLength(400) remark?: string;
}
--- src/vehicles/vehicles.controller.ts
import { Body, Controller, Get, Header, NotFoundException, Param, ParseIntPipe, Patch, Post, Put, Query, Render, Res } from '@nestjs/common';
import { Response } from 'express';
import { VehiclesService } from './vehicles.service';
import { CodeDto, CreateVehicleDto, FindDto, ListDto } from './vehicle.dto';
import { Vehicle } from './entities';
import { escapeHtml, isPlate, isRoute, mergeInto, pick } from '../common/text';

const board: any = { columns: ['plate', 'depot'], refresh: 30 };

@Controller('vehicles')
export class VehiclesController {
  constructor(private readonly vehicles: VehiclesService) {}

  @Get()
  list(@Query() query: ListDto) {
    return this.vehicles.list(query);
  }

  @Get('find')
  find(@Query() query: FindDto) {
    return this.vehicles.inDepot(query.depot, query.order);
  }

  @Get('code')
  code(@Query() query: CodeDto) {
    return this.vehicles.byCode(query.code);
  }

  @Get('events')
  events(@Query('device') device: any, @Query('exact') exact: string) {
    return exact ? this.vehicles.eventsOf(String(device)) : this.vehicles.events(device);
  }

  @Get('route')
  route(@Query('name') name: string, @Res() res: Response) {
    if (!isRoute(name)) {
      return res.status(400).send(`<p>No route ${name}</p>`);
    }
    return res.json({ name });
  }

  @Get('plate/:plate')
  plate(@Param('plate') plate: string, @Res() res: Response) {
    if (!isPlate(plate)) {
      return res.status(400).send(`<p>No plate ${escapeHtml(plate)}</p>`);
    }
    return res.send(`<p>Plate ${plate}</p>`);
  }

  @Get(':id')
  async one(@Param('id', ParseIntPipe) id: number) {
    const vehicle = await this.vehicles.one(id);
    if (!vehicle) throw new NotFoundException();
    return vehicle;
  }

  @Get(':id/trips')
  trips(@Param('id', ParseIntPipe) id: number) {
    return this.vehicles.trips(id);
  }

  @Get(':id/costs')
  costs(@Param('id') id: number) {
    return this.vehicles.costs(id);
  }

  @Get(':id/label')
  async label(@Param('id', ParseIntPipe) id: number, @Res() res: Response) {
    const vehicle = await this.vehicles.one(id);
    res.send(`<h1>${escapeHtml(vehicle?.plate)}</h1>`);
  }

  @Get(':id/sheet')
  async sheet(@Param('id', ParseIntPipe) id: number, @Res() res: Response) {
    const vehicle = await this.vehicles.one(id);
    res.send(`<h1>Sheet</h1><p>${vehicle?.remark}</p>`);
  }

  @Get(':id/note')
  @Header('Content-Type', 'text/plain')
  async note(@Param('id', ParseIntPipe) id: number) {
    return (await this.vehicles.one(id))?.remark;
  }

  @Get(':id/handbook')
  @Render('handbook')
  async handbook(@Param('id', ParseIntPipe) id: number, @Query('search') search: string) {
    return { vehicle: await this.vehicles.one(id), search };
  }

  @Post()
  create(@Body() dto: CreateVehicleDto) {
    return this.vehicles.create(dto);
  }

  @Patch(':id')
  change(@Param('id', ParseIntPipe) id: number, @Body() body: any) {
    return this.vehicles.change(id, body);
  }

  @Put(':id')
  replace(@Param('id', ParseIntPipe) id: number, @Body() body: any) {
    return this.vehicles.store(id, pick<Vehicle>(body, ['plate', 'depot', 'remark']));
  }

  @Put('board/settings')
  settings(@Body() body: any) {
    return mergeInto(board, body);
  }
}
--- src/vehicles/vehicles.service.ts
import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, MongoRepository, Repository } from 'typeorm';
import { Event, Trip, Vehicle } from './entities';
import { CreateVehicleDto, ListDto } from './vehicle.dto';

@Injectable()
export class VehiclesService {
  constructor(
    @InjectRepository(Vehicle) private readonly vehicles: Repository<Vehicle>,
    @InjectRepository(Trip) private readonly tripsOf: Repository<Trip>,
    @InjectRepository(Event, 'events') private readonly log: MongoRepository<Event>,
    @InjectDataSource() private readonly db: DataSource,
  ) {}

  list(query: ListDto) {
    return this.db.query(`SELECT * FROM vehicles ORDER BY ${query.sort} ${query.dir} LIMIT ${query.limit}`);
  }
  inDepot(depot: string, order?: string) {
    const builder = this.vehicles.createQueryBuilder('v').where('v.depot = :depot', { depot });
    if (order === 'plate') builder.orderBy('v.plate', 'ASC');
    if (order && order.length < 40) {
      builder.andWhere(`v.remark LIKE '${order}%'`);
    }
    return builder.getMany();
  }
  byCode(code: string) {
    return this.db.query(`SELECT * FROM vehicles WHERE code = '${code}'`);
  }
  one(id: number) {
    return this.vehicles.findOneBy({ id });
  }
  trips(id: number) {
    return this.db.query('SELECT * FROM trips WHERE vehicle_id = ' + id + ' ORDER BY started');
  }
  costs(id: number) {
    const sql = ['SELECT sum(amount) AS total FROM costs', 'WHERE vehicle_id = $1'].join(' ');
    return this.db.query(sql, [id]);
  }
  between(from: string, to: string, column: string) {
    return this.tripsOf
      .createQueryBuilder('t')
      .select('t.' + column)
      .where('t.started BETWEEN :from AND :to', { from, to })
      .getRawMany();
  }
  totals(depot: string) {
    return this.db.query("SELECT depot, count(*) FROM vehicles WHERE depot = '" + depot.replace("'", "''") + "' GROUP BY depot");
  }
  events(device: any) {
    return this.log.find({ where: { device } as any, take: 100 });
  }
  eventsOf(device: string) {
    return this.log.find({ where: { device: { $eq: device } } as any, take: 100 });
  }
  create(dto: CreateVehicleDto) {
    return this.vehicles.save(this.vehicles.create(dto));
  }
  async change(id: number, body: any) {
    const vehicle = await this.vehicles.findOneByOrFail({ id });
    Object.assign(vehicle, body);
    return this.vehicles.save(vehicle);
  }
  async store(id: number, fields: Partial<Vehicle>) {
    const vehicle = await this.vehicles.findOneByOrFail({ id });
    Object.assign(vehicle, fields);
    return this.vehicles.save(vehicle);
  }
}
--- views/handbook.hbs
<h1>{{vehicle.plate}}</h1>
<dl>
  <dt>Depot</dt>
  <dd>{{vehicle.depot}}</dd>
  <dt>Remark</dt>
  <dd>{{{vehicle.remark}}}</dd>
</dl>
<input name="search" value="{{search}}">
{{> footer}}
--- web/src/VehiclePage.tsx
import React, { useEffect, useRef, useState } from 'react';
import DOMPurify from 'dompurify';

interface Vehicle { id: number; plate: string; remark: string; site: string }

const PORTAL = 'https://drivers.fleet.example';

export function VehiclePage({ id }: { id: number }) {
  const [vehicle, setVehicle] = useState<Vehicle | null>(null);
  const [notice, setNotice] = useState('');
  const banner = useRef<HTMLDivElement>(null);
  const caption = useRef<HTMLDivElement>(null);
  const query = new URLSearchParams(window.location.search);

  useEffect(() => {
    fetch(`/vehicles/${id}`).then((r) => r.json()).then(setVehicle);
  }, [id]);

  useEffect(() => {
    if (banner.current) banner.current.innerHTML = query.get('banner') ?? '';
    if (caption.current) caption.current.textContent = query.get('caption');
  }, []);

  useEffect(() => {
    const onState = (event: MessageEvent) => setNotice(event.data.notice);
    const onPortal = (event: MessageEvent) => {
      if (event.origin !== PORTAL) return;
      setNotice(event.data.notice);
    };
    window.addEventListener('message', onState);
    window.addEventListener('message', onPortal);
    return () => {
      window.removeEventListener('message', onState);
      window.removeEventListener('message', onPortal);
    };
  }, []);

  async function signIn(nick: string, password: string) {
    const answer = await fetch('/auth/login', { method: 'POST', body: JSON.stringify({ nick, password }) });
    const { token, theme } = await answer.json();
    localStorage.setItem('authToken', token);
    localStorage.setItem('theme', theme);
    window.parent.postMessage({ token }, '*');
    window.parent.postMessage({ ready: true }, PORTAL);
  }

  function leave() {
    window.location.href = query.get('next') ?? '/';
  }

  function home() {
    window.location.assign('/web/index.html');
  }

  if (!vehicle) return <p>Loading</p>;
  return (
    <main>
      <div ref={banner} />
      <div ref={caption} />
      <h1>{vehicle.plate}</h1>
      <section dangerouslySetInnerHTML={{ __html: vehicle.remark }} />
      <section dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(vehicle.remark) }} />
      <p>{notice}</p>
      <button onClick={leave}>Back</button>
      <button onClick={home}>Home</button>
      <button onClick={() => signIn('kiosk', (document.getElementById('pin') as HTMLInputElement).value)}>Sign in</button>
    </main>
  );
}
--- worker/queue-worker.ts
import { connect, ConsumeMessage } from 'amqplib';
import { exec, execFile } from 'child_process';
import { promises as fs } from 'fs';
import { basename, join } from 'path';
import axios from 'axios';
import { DataSource } from 'typeorm';
import { folders } from '../src/config/settings';
import { flat } from '../src/common/text';
import { doorCode } from '../src/common/secrets';
import { Mailer } from '../src/notify/mailer';

interface Job {
  kind: string;
  file?: string;
  depot?: string;
  callback?: string;
  days?: number | string;
}

const db = new DataSource({ type: 'postgres', url: process.env.PG_URL });
const mailer = new Mailer();

async function compress(job: Job) {
  const name = basename(String(job.file));
  execFile('gzip', ['-k', '--', join(folders.exports, name)]);
  await fs.rm(join(folders.exports, name + '.old'), { force: true });
}

async function print(job: Job) {
  exec('lp -d office ' + folders.exports + '/' + job.file);
}

async function drop(job: Job) {
  await fs.unlink(join(folders.exports, job.file ?? ''));
}

async function recount(job: Job) {
  await db.query(`UPDATE depots SET stale = true WHERE name = '${job.depot}'`);
  await db.query('UPDATE depots SET counted = now() WHERE name = $1', [job.depot]);
}

async function expire(job: Job) {
  const days = Number(job.days);
  if (!Number.isInteger(days) || days < 1) return;
  await db.query(`DELETE FROM trips WHERE started < now() - interval '${days} days'`);
}

async function report(job: Job) {
  if (job.callback) await axios.post(job.callback, { done: job.kind }, { timeout: 5000 });
  await mailer.alarm('Done ' + job.kind + ' ' + job.depot, 'finished');
  await mailer.digest('Done ' + job.kind, 'finished');
}

async function doors(job: Job) {
  const code = doorCode();
  await db.query('UPDATE depots SET door_code = $1 WHERE name = $2', [code, job.depot]);
  await fs.writeFile(join(folders.exports, 'door-password.txt'), code, { mode: 0o600 });
}

const handlers = new Map<string, (job: Job) => Promise<void>>([
  ['compress', compress], ['print', print], ['drop', drop], ['recount', recount], ['expire', expire], ['doors', doors],
]);

async function handle(message: ConsumeMessage) {
  const job: Job = JSON.parse(message.content.toString());
  const handler = handlers.get(job.kind);
  if (!handler) {
    console.warn('unknown job ' + job.kind);
    return;
  }
  console.log('job for depot ' + flat(job.depot));
  await handler(job);
  await report(job);
}

async function main() {
  await db.initialize();
  const connection = await connect(process.env.AMQP_URL as string);
  console.log('connected with', process.env.AMQP_URL, process.env.AMQP_PASSWORD);
  const channel = await connection.createChannel();
  await channel.assertQueue('jobs');
  await channel.prefetch(4);
  await channel.consume('jobs', async (message) => {
    if (!message) return;
    try {
      await handle(message);
    } finally {
      channel.ack(message);
    }
  });
}

main();
