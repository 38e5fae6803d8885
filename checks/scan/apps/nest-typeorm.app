--- labels
bad src/app.module.ts:20 secret/hard-coded | the database password is a literal
good src/app.module.ts:27 secret/hard-coded | the key comes from the environment
good src/common/guards.ts:29 jwt/unverified | verifyAsync checks the signature with the configured key and algorithm
bad src/common/guards.ts:43 jwt/unverified | the guard believes a token that is only decoded
good src/common/problem.filter.ts:14 error/leak | a constant title and the status only
good src/common/problem.filter.ts:18 log/injection | the path is JSON-encoded
bad src/common/problem.filter.ts:19 error/leak | the stack is part of the answer
good src/documents/documents.controller.ts:21 xss/stored | sent as a binary download
bad src/documents/documents.controller.ts:56 upload/unchecked | every type is stored under its own name in the public directory
good src/documents/documents.controller.ts:62 upload/unchecked | the type and the size are limited and the name is generated
bad src/documents/documents.service.ts:28 path/traversal | folder and name of the request make the path
good src/documents/documents.service.ts:32 path/traversal | the resolved path is checked
good src/documents/documents.service.ts:36 path/traversal | the id is a number by ParseIntPipe
bad src/documents/documents.service.ts:40 command/injection | the text of the body is part of a shell command
good src/documents/documents.service.ts:44 command/injection | no shell, an absolute path is the only argument
good src/documents/documents.service.ts:50 command/injection | constants only
bad src/documents/documents.service.ts:56 template/injection | the template source comes from the body
good src/documents/documents.service.ts:63 template/injection | a constant template
good src/documents/documents.service.ts:68 deserialize/untrusted | js-yaml 4 load makes plain data only
bad src/documents/documents.service.ts:76 archive/zip-slip | the path of an archive entry is joined without a check
good src/documents/documents.service.ts:87 archive/zip-slip | the path is resolved and must lie below the store
bad src/documents/documents.service.ts:94 file/temp | a predictable name in the shared temporary directory
bad src/documents/documents.service.ts:95 file/permissions | every local user may read and write the draft
good src/documents/documents.service.ts:96 file/permissions | owner only
good src/documents/documents.service.ts:96 path/traversal | the name is hexadecimal
bad src/integrations/carrier.service.ts:15 ssrf/request | an address that the sender stored is requested
bad src/integrations/carrier.service.ts:21 ssrf/request | the endpoint of the body is requested
good src/integrations/carrier.service.ts:27 ssrf/request | the base address is looked up in a constant table
bad src/integrations/carrier.service.ts:32 tls/unverified | the certificate check is switched off
good src/integrations/carrier.service.ts:34 ssrf/request | the host is constant and the value is an encoded parameter
good src/main.ts:10 headers/missing | helmet is registered two lines below
good src/main.ts:11 limits/unbounded-body | the JSON body is limited
good src/main.ts:13 cors/wild | one fixed origin
good src/main.ts:16 config/bind-all | the loopback address
bad src/parcels/parcels.controller.ts:83 xss/stored | the stored note is written as HTML
good src/parcels/parcels.controller.ts:89 xss/stored | both values are escaped
bad src/parcels/parcels.controller.ts:95 xss/reflected | the reference of the path is sent back as HTML
good src/parcels/parcels.controller.ts:101 xss/reflected | the reference is escaped
good src/parcels/parcels.controller.ts:107 redirect/open | a fixed host, the value is an encoded path segment
bad src/parcels/parcels.controller.ts:112 redirect/open | the target of the query string is followed
good src/parcels/parcels.controller.ts:118 redirect/open | a set of constant paths
bad src/parcels/parcels.service.ts:20 sql/injection | the search text is interpolated into the condition
good src/parcels/parcels.service.ts:26 sql/injection | a named parameter is bound
good src/parcels/parcels.service.ts:27 sql/injection | bound in the nested condition too
good src/parcels/parcels.service.ts:34 sql/injection | the DTO allows only three column names
bad src/parcels/parcels.service.ts:43 sql/injection | the column of the query string gets into ORDER BY
good src/parcels/parcels.service.ts:48 sql/injection | In() binds the values
good src/parcels/parcels.service.ts:52 sql/injection | each id is checked to be a UUID by the DTO
bad src/parcels/parcels.service.ts:58 sql/injection | labels of the body are put into LIKE conditions
bad src/parcels/parcels.service.ts:63 sql/injection | the header value is a raw clause of the own builder
good src/parcels/parcels.service.ts:68 sql/injection | both values are bound by the builder
good src/parcels/parcels.service.ts:72 sql/injection | ILike binds its operand
good src/parcels/parcels.service.ts:77 sql/injection | the limit is a number
good src/parcels/parcels.service.ts:81 object/mass-assignment | the whitelist pipe leaves only the three DTO fields
bad src/parcels/parcels.service.ts:86 object/mass-assignment | any column of the parcel can be set by the body
good src/parcels/parcels.service.ts:90 object/mass-assignment | one named column
good src/parcels/parcels.service.ts:94 sql/injection | the value is bound
bad src/parcels/parcels.service.ts:96 log/injection | the id of the path is logged as it was sent
good src/users/accounts.controller.ts:30 cookie/flags | the flags are set
bad src/users/accounts.controller.ts:37 cookie/flags | a session cookie that scripts can read and that goes over plain HTTP
good src/users/accounts.controller.ts:49 code/reflection | only own keys of a constant table
bad src/users/accounts.controller.ts:55 code/reflection | the body chooses the method and its arguments
good src/users/accounts.service.ts:13 crypto/password-storage | bcrypt
good src/users/accounts.service.ts:14 object/mass-assignment | two named fields
bad src/users/accounts.service.ts:18 crypto/password-storage crypto/weak-hash | a password is kept as SHA-1 with a constant salt
good src/users/accounts.service.ts:25 crypto/password-storage | PBKDF2 with a random salt and many rounds
bad src/users/accounts.service.ts:27 object/mass-assignment | all the fields of the body, with the role, are stored
bad src/users/accounts.service.ts:31 crypto/weak-random | the pin that releases a parcel is made with Math.random
good src/users/accounts.service.ts:35 crypto/weak-random | randomInt of the crypto module
bad src/users/accounts.service.ts:39 crypto/weak-cipher | ECB mode shows equal blocks
good src/users/accounts.service.ts:45 crypto/weak-cipher | AES-GCM with a random nonce
good src/users/accounts.service.ts:51 crypto/weak-hash | SHA-512
good tracking/db.ts:4 tls/unverified | the certificate of the database is checked
good tracking/db.ts:13 sql/injection | the value is bound
bad tracking/db.ts:19 sql/injection | names and values of the query string make the conditions
good tracking/db.ts:26 sql/injection | the depot is bound and the direction is one of two words
good tracking/db.ts:31 sql/injection | pg-format quotes the literal
bad tracking/db.ts:39 sql/injection | the values of the body are concatenated into the INSERT
good tracking/db.ts:48 sql/injection | only placeholders are generated, the values are bound
good tracking/server.ts:7 limits/unbounded-body | the body is limited to 64 KiB
bad tracking/server.ts:11 cors/wild | the origin of each request is reflected with credentials
bad tracking/server.ts:52 xss/reflected | the name is sent back as HTML
good tracking/server.ts:57 xss/reflected | a JSON answer
good tracking/server.ts:63 redirect/open | the pattern allows plain path segments only, so no host can be named
good tracking/server.ts:67 cookie/flags | all the flags are set
bad tracking/server.ts:71 config/bind-all | bound to every interface
--- package.json
{
  "name": "parceldesk",
  "version": "2.1.0",
  "private": true,
  "scripts": { "start": "nest start", "start:tracking": "tsx tracking/server.ts" },
  "dependencies": {
    "@fastify/cookie": "^9.2.0",
    "@fastify/cors": "^8.4.2",
    "@fastify/helmet": "^11.1.1",
    "@nestjs/common": "^10.3.0",
    "@nestjs/core": "^10.3.0",
    "@nestjs/jwt": "^10.2.0",
    "@nestjs/platform-express": "^10.3.0",
    "@nestjs/typeorm": "^10.0.1",
    "bcryptjs": "^2.4.3",
    "class-transformer": "^0.5.1",
    "class-validator": "^0.14.0",
    "fastify": "^4.25.1",
    "handlebars": "^4.7.8",
    "helmet": "^7.1.0",
    "js-yaml": "^4.1.0",
    "pg": "^8.11.3",
    "pg-format": "^1.0.4",
    "reflect-metadata": "^0.2.1",
    "typeorm": "^0.3.17",
    "unzipper": "^0.10.14"
  }
}
--- src/app.module.ts
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Parcel } from './parcels/parcel.entity';
import { ParcelsController } from './parcels/parcels.controller';
import { ParcelsService } from './parcels/parcels.service';
import { Account } from './users/account.entity';
import { AccountsController } from './users/accounts.controller';
import { AccountsService } from './users/accounts.service';
import { DocumentsController } from './documents/documents.controller';
import { DocumentsService } from './documents/documents.service';
import { CarrierService } from './integrations/carrier.service';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      host: process.env.DB_HOST ?? '127.0.0.1',
      username: 'parceldesk',
      password: 'Prc3l!desk-prod-88',
      database: 'parceldesk',
      entities: [Parcel, Account],
      synchronize: false,
    }),
    TypeOrmModule.forFeature([Parcel, Account]),
    JwtModule.register({
      secret: process.env.JWT_SECRET,
      signOptions: { expiresIn: '4h' },
      verifyOptions: { algorithms: ['HS256'] },
    }),
  ],
  controllers: [ParcelsController, AccountsController, DocumentsController],
  providers: [ParcelsService, AccountsService, DocumentsService, CarrierService],
})
export class AppModule {}
--- src/common/guards.ts
import { CanActivate, createParamDecorator, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';

export interface Claims {
  sub: string;
  scope: string[];
}

type WithClaims = Request & { claims?: Claims };

export const CurrentUser = createParamDecorator((field: keyof Claims | undefined, ctx: ExecutionContext) => {
  const { claims } = ctx.switchToHttp().getRequest<WithClaims>();
  return field ? claims?.[field] : claims;
});

export const ClientTag = createParamDecorator(
  (_: unknown, ctx: ExecutionContext): string => (ctx.switchToHttp().getRequest<Request>().headers['x-client-tag'] as string) ?? 'web',
);

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithClaims>();
    const [, token] = (request.headers.authorization ?? '').split(' ');
    try {
      request.claims = await this.jwt.verifyAsync<Claims>(token);
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}

@Injectable()
export class CourierGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<WithClaims>();
    const claims = this.jwt.decode(String(request.headers['x-courier-token'])) as Claims | null;
    request.claims = claims ?? undefined;
    return Boolean(claims?.scope?.includes('courier'));
  }
}
--- src/common/problem.filter.ts
import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();

    if (exception instanceof HttpException) {
      response.status(exception.getStatus()).json({ title: 'Request failed', status: exception.getStatus() });
      return;
    }
    const problem = exception as Error;
    this.logger.error(`request ${JSON.stringify(request.path)} failed with ${problem.name}`);
    response.status(500).json({ title: problem.name, detail: problem.message, trace: problem.stack });
  }
}
--- src/common/sql.ts
export const ORDERABLE = ['createdAt', 'weight', 'status'] as const;
export type Orderable = (typeof ORDERABLE)[number];

export function asOrderable(value: unknown): Orderable {
  return ORDERABLE.includes(value as Orderable) ? (value as Orderable) : 'createdAt';
}

export class Where {
  private readonly clauses: string[] = [];
  readonly values: unknown[] = [];

  raw(clause: string): this {
    this.clauses.push(clause);
    return this;
  }

  equals(column: string, value: unknown): this {
    this.values.push(value);
    this.clauses.push(`${column} = $${this.values.length}`);
    return this;
  }

  get text(): string {
    return this.clauses.length > 0 ? `WHERE ${this.clauses.join(' AND ')}` : '';
  }
}
--- src/documents/documents.controller.ts
import { BadRequestException, Body, Controller, Get, Param, ParseIntPipe, Post, Query, Res, UploadedFile, UseGuards, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { diskStorage } from 'multer';
import { TokenGuard } from '../common/guards';
import { DocumentsService } from './documents.service';

const anything = diskStorage({
  destination: 'public/files',
  filename: (_req, file, done) => done(null, file.originalname),
});

@Controller('documents')
@UseGuards(TokenGuard)
export class DocumentsController {
  constructor(private readonly documents: DocumentsService) {}

  @Get('raw')
  async raw(@Query('folder') folder = 'shared', @Query('name') name: string, @Res() response: Response) {
    response.type('application/octet-stream').send(await this.documents.read(folder, name));
  }

  @Get('file')
  async file(@Query('name') name: string, @Res() response: Response) {
    response.type('application/pdf').send(await this.documents.readChecked(name));
  }

  @Get('invoice/:id')
  async invoice(@Param('id', ParseIntPipe) id: number, @Res() response: Response) {
    response.type('application/pdf').send(await this.documents.readById(id));
  }

  @Post('stamp')
  stamp(@Body() { name, text }: { name: string; text: string }) {
    return { size: this.documents.stamp(name, text).length };
  }

  @Get('pages')
  pages(@Query('name') name: string) {
    return this.documents.pages(name);
  }

  @Post('letter')
  letter(@Body() body: { template?: string; data: { name: string; city: string } }) {
    const { template, data } = body;
    return { html: template ? this.documents.render(template, data) : this.documents.letter(data) };
  }

  @Post('manifest')
  manifest(@Body('yaml') text: string) {
    return this.documents.manifest(text);
  }

  @Post('upload')
  @UseInterceptors(FileInterceptor('file', { storage: anything }))
  upload(@UploadedFile() file: Express.Multer.File) {
    return { name: file.filename };
  }

  @Post('scan')
  @UseInterceptors(
    FileInterceptor('file', {
      storage: diskStorage({ destination: 'var/scans', filename: (_r, _f, done) => done(null, `${randomUUID()}.pdf`) }),
      limits: { fileSize: 5_000_000 },
      fileFilter: (_req, file, done) =>
        file.mimetype === 'application/pdf' ? done(null, true) : done(new BadRequestException('pdf only'), false),
    }),
  )
  scan(@UploadedFile() file: Express.Multer.File) {
    return { name: file.filename };
  }

  @Post('bundle')
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 20_000_000 } }))
  async bundle(@UploadedFile() file: Express.Multer.File, @Query('checked') checked?: string) {
    return checked ? this.documents.unpackChecked(file.buffer) : this.documents.unpack(file.buffer);
  }
}
--- src/documents/documents.service.ts
import { execFile, execSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { BadRequestException, Injectable } from '@nestjs/common';
import * as Handlebars from 'handlebars';
import * as yaml from 'js-yaml';
import * as unzipper from 'unzipper';

const run = promisify(execFile);
const STORE = path.resolve(process.env.DOCUMENTS ?? 'var/documents');

@Injectable()
export class DocumentsService {
  private readonly compiled = new Map<string, Handlebars.TemplateDelegate>();

  pathOf(...names: string[]): string {
    return [STORE, ...names].join('/');
  }

  checkedPath(name: string): string {
    const full = path.resolve(STORE, name);
    if (full !== STORE && !full.startsWith(`${STORE}${path.sep}`)) throw new BadRequestException();
    return full;
  }

  read(folder: string, name: string): Promise<Buffer> {
    return fs.promises.readFile(this.pathOf(folder, name));
  }

  readChecked(name: string): Promise<Buffer> {
    return fs.promises.readFile(this.checkedPath(name));
  }

  readById(id: number): Promise<Buffer> {
    return fs.promises.readFile(path.join(STORE, 'invoices', `${id}.pdf`));
  }

  stamp(name: string, text: string): Buffer {
    return execSync(`stamp-pdf --text "${text}" ${this.checkedPath(path.basename(name))}`);
  }

  async pages(name: string): Promise<number> {
    const { stdout } = await run('pdfinfo', [this.checkedPath(name)]);
    return Number(/Pages:\s+(\d+)/.exec(stdout)?.[1] ?? 0);
  }

  cleanUp(): string {
    const days = 14;
    return execSync(`find ${STORE}/tmp -mtime +${days} -delete`).toString();
  }

  render(source: string, data: Record<string, unknown>): string {
    let template = this.compiled.get(source);
    if (!template) {
      template = Handlebars.compile(source);
      this.compiled.set(source, template);
    }
    return template(data);
  }

  letter(data: { name: string; city: string }): string {
    const template = Handlebars.compile('<p>{{name}}</p><p>{{city}}</p>');
    return template(data);
  }

  manifest(text: string): unknown {
    return yaml.load(text);
  }

  async unpack(archive: Buffer): Promise<string[]> {
    const { files } = await unzipper.Open.buffer(archive);
    const written: string[] = [];
    for (const entry of files) {
      const target = path.join(STORE, 'inbox', entry.path);
      fs.writeFileSync(target, await entry.buffer());
      written.push(target);
    }
    return written;
  }

  async unpackChecked(archive: Buffer): Promise<number> {
    const { files } = await unzipper.Open.buffer(archive);
    let n = 0;
    for (const entry of files.filter((f) => f.type === 'File')) {
      const target = this.checkedPath(path.join('inbox', entry.path));
      fs.writeFileSync(target, await entry.buffer());
      n += 1;
    }
    return n;
  }

  scratch(user: string, content: string): void {
    fs.writeFileSync('/tmp/parceldesk-draft.txt', content);
    fs.chmodSync('/tmp/parceldesk-draft.txt', 0o666);
    fs.writeFileSync(path.join(STORE, 'drafts', `${Buffer.from(user).toString('hex')}.txt`), content, { mode: 0o600 });
  }
}
--- src/integrations/carrier.service.ts
import * as https from 'node:https';
import { BadRequestException, Injectable } from '@nestjs/common';
import type { Parcel } from '../parcels/parcel.entity';

const CARRIERS: Record<string, string> = {
  de: 'https://rates.carrier-de.example/v1',
  fr: 'https://rates.carrier-fr.example/v1',
};

@Injectable()
export class CarrierService {
  async callWebhook(parcel: Parcel): Promise<number> {
    if (!parcel.webhook) return 0;
    const payload = JSON.stringify({ id: parcel.id, status: parcel.status });
    const answer = await fetch(parcel.webhook, { method: 'POST', body: payload, signal: AbortSignal.timeout(3000) });
    return answer.status;
  }

  async ratesFrom(endpoint: string): Promise<unknown> {
    const target = `${endpoint.replace(/\/$/, '')}/rates.json`;
    const answer = await fetch(target, { signal: AbortSignal.timeout(3000) });
    return answer.json();
  }

  async rates(country: string): Promise<unknown> {
    if (!Object.prototype.hasOwnProperty.call(CARRIERS, country)) throw new BadRequestException('unknown country');
    const answer = await fetch(`${CARRIERS[country]}/rates.json`, { signal: AbortSignal.timeout(3000) });
    return answer.json();
  }

  legacyStatus(reference: string): Promise<number | undefined> {
    const options = { hostname: 'legacy.carrier.example', path: `/s?${new URLSearchParams({ reference })}`, rejectUnauthorized: false };
    return new Promise((resolve, reject) => {
      https.get(options, (res) => resolve(res.resume().statusCode)).on('error', reject);
    });
  }
}
--- src/main.ts
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ValidationPipe } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module';
import { ProblemFilter } from './common/problem.filter';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false });
  app.useBodyParser('json', { limit: '300kb' });
  app.use(helmet());
  app.enableCors({ origin: ['https://desk.parcel.example'], credentials: true });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(Number(process.env.PORT) || 3100, '127.0.0.1');
}

void bootstrap();
--- src/parcels/parcel.dto.ts
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNumber, IsOptional, IsPositive, IsString, IsUUID, Matches, Max, MaxLength } from 'class-validator';
import { ORDERABLE, Orderable } from '../common/sql';

export class CreateParcelDto {
  @Matches(/^[A-Z]{2}\d{8}$/)
  reference!: string;

  @Type(() => Number)
  @IsNumber()
  @IsPositive()
  weight!: number;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class SearchDto {
  @IsOptional()
  @IsString()
  text?: string;

  @IsOptional()
  @IsString()
  sort?: string;

  @IsOptional()
  @IsString()
  status?: string;
}

export class PageDto {
  @IsIn(ORDERABLE)
  sort: Orderable = 'createdAt';

  @Type(() => Number)
  @IsInt()
  @Max(1000)
  page = 0;
}

export class BatchDto {
  @IsArray()
  @IsUUID('4', { each: true })
  ids!: string[];
}

export class LabelsDto {
  @IsArray()
  @IsString({ each: true })
  labels!: string[];
}
--- src/parcels/parcel.entity.ts
import { Column, CreateDateColumn, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Account } from '../users/account.entity';

@Entity('parcels')
export class Parcel {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column()
  reference!: string;

  @Column({ default: 'new' })
  status!: string;

  @Column('float')
  weight!: number;

  @Column({ type: 'text', nullable: true })
  note?: string;

  @Column({ nullable: true })
  webhook?: string;

  @Column({ default: false })
  insured!: boolean;

  @ManyToOne(() => Account)
  sender!: Account;

  @CreateDateColumn()
  createdAt!: Date;
}
--- src/parcels/parcels.controller.ts
import { Body, Controller, Get, Header, Param, ParseUUIDPipe, Patch, Post, Query, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ParcelsService } from './parcels.service';
import { BatchDto, CreateParcelDto, LabelsDto, PageDto, SearchDto } from './parcel.dto';
import { ClientTag, CourierGuard, CurrentUser, TokenGuard } from '../common/guards';
import { CarrierService } from '../integrations/carrier.service';

const entities: [RegExp, string][] = [[/&/g, '&amp;'], [/</g, '&lt;'], [/>/g, '&gt;'], [/"/g, '&quot;'], [/'/g, '&#39;']];
const toHtml = (text: string) => entities.reduce((out, [from, to]) => out.replace(from, to), text);

@Controller('parcels')
@UseGuards(TokenGuard)
export class ParcelsController {
  constructor(
    private readonly parcels: ParcelsService,
    private readonly carrier: CarrierService,
  ) {}

  @Get()
  search(@Query() query: SearchDto) {
    return query.status ? this.parcels.searchBound(query) : this.parcels.search(query);
  }

  @Get('page')
  page(@Query() page: PageDto) {
    return this.parcels.page(page);
  }

  @Get('sorted')
  sorted(@Query('by') by = 'createdAt') {
    return this.parcels.sorted(by);
  }

  @Post('batch')
  async batch(@Body() body: BatchDto) {
    const [full, brief] = await Promise.all([this.parcels.batch(body), this.parcels.batchRaw(body)]);
    return { full, brief };
  }

  @Post('labels')
  labels(@Body() { labels }: LabelsDto) {
    return this.parcels.byLabels(labels);
  }

  @Get('tagged')
  tagged(@ClientTag() tag: string) {
    return this.parcels.byTag(tag);
  }

  @Get('mine')
  mine(@CurrentUser('sub') sub: string, @Query('status') status: string) {
    return this.parcels.bySender(sub, status);
  }

  @Get('heaviest')
  heaviest(@Query('n') n: string) {
    return this.parcels.heaviest(n);
  }

  @Get('named/:reference')
  named(@Param('reference') reference: string) {
    return this.parcels.named(reference);
  }

  @Post()
  create(@Body() dto: CreateParcelDto, @CurrentUser('sub') sub: string) {
    return this.parcels.create(dto, sub);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Req() request: Request) {
    return this.parcels.change(id, request.body);
  }

  @Patch(':id/note')
  note(@Param('id', ParseUUIDPipe) id: string, @Body('note') note: string) {
    return this.parcels.setNote(id, String(note));
  }

  @Get(':id/slip')
  async slip(@Param('id') id: string, @Res() response: Response) {
    const parcel = await this.parcels.one(id);
    response.send(`<h1>${toHtml(parcel.reference)}</h1><p>${parcel.note}</p>`);
  }

  @Get(':id/label')
  async label(@Param('id', ParseUUIDPipe) id: string, @Res() response: Response) {
    const { reference, note = '' } = await this.parcels.one(id);
    response.send(`<h1>${toHtml(reference)}</h1><p>${toHtml(note)}</p>`);
  }

  @Get('missing/:reference')
  missing(@Param('reference') reference: string, @Res() response: Response) {
    const message = `<p>No parcel with number ${reference}</p>`;
    response.status(404).send(message);
  }

  @Get('lost/:reference')
  @Header('Content-Type', 'text/html')
  lost(@Param('reference') reference: string, @Res() response: Response) {
    response.send('<p>Lost: ' + toHtml(reference) + '</p>');
  }

  @Get('track/:reference')
  @Redirect()
  track(@Param('reference') reference: string) {
    return { url: `https://track.parcel.example/${encodeURIComponent(reference)}`, statusCode: 302 };
  }

  @Get('back')
  back(@Query('to') to: string | undefined, @Res() response: Response) {
    response.redirect(to ?? '/');
  }

  @Get('home')
  home(@Query('to') to: string, @Res() response: Response) {
    const allowed = new Set(['/desk', '/parcels', '/help']);
    response.redirect(allowed.has(to) ? to : '/desk');
  }

  @Post(':id/notify')
  async notify(@Param('id', ParseUUIDPipe) id: string) {
    const parcel = await this.parcels.one(id);
    return this.carrier.callWebhook(parcel);
  }

  @UseGuards(CourierGuard)
  @Post('rates')
  rates(@Body('endpoint') endpoint: string, @Body('country') country: string) {
    return endpoint ? this.carrier.ratesFrom(endpoint) : this.carrier.rates(country);
  }
}
--- src/parcels/parcels.service.ts
import { Injectable, Logger, NotFoundException } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { Brackets, DataSource, ILike, In, Repository } from 'typeorm';
import { Parcel } from './parcel.entity';
import { BatchDto, CreateParcelDto, PageDto, SearchDto } from './parcel.dto';
import { asOrderable, Where } from '../common/sql';

@Injectable()
export class ParcelsService {
  private readonly logger = new Logger(ParcelsService.name);

  constructor(
    @InjectRepository(Parcel) private readonly parcels: Repository<Parcel>,
    @InjectDataSource() private readonly source: DataSource,
  ) {}

  search({ text = '', sort = 'createdAt' }: SearchDto): Promise<Parcel[]> {
    return this.parcels
      .createQueryBuilder('p')
      .where(`p.reference ILIKE '%${text}%'`)
      .orderBy(`p.${asOrderable(sort)}`)
      .getMany();
  }

  searchBound({ text = '', status }: SearchDto): Promise<Parcel[]> {
    const query = this.parcels.createQueryBuilder('p').where('p.reference ILIKE :text', { text: `%${text}%` });
    if (status) query.andWhere(new Brackets((b) => b.where('p.status = :status', { status })));
    return query.getMany();
  }

  page({ sort, page }: PageDto): Promise<Parcel[]> {
    return this.parcels
      .createQueryBuilder('p')
      .orderBy(`p.${sort}`, 'DESC')
      .skip(page * 50)
      .take(50)
      .getMany();
  }

  sorted(column: string): Promise<Parcel[]> {
    return this.parcels
      .createQueryBuilder('p')
      .orderBy(`p.${column}`, 'ASC')
      .getMany();
  }

  batch({ ids }: BatchDto): Promise<Parcel[]> {
    return this.parcels.find({ where: { id: In(ids) } });
  }

  batchRaw({ ids }: BatchDto): Promise<unknown[]> {
    return this.source.query(`SELECT id, status FROM parcels WHERE id IN (${ids.map((id) => `'${id}'`).join(',')})`);
  }

  byLabels(labels: string[]): Promise<unknown[]> {
    const tests = labels.map((label) => `note LIKE '%#${label}%'`);
    const statement = ['SELECT id, note FROM parcels', tests.length ? 'WHERE ' + tests.join(' OR ') : ''].join(' ');
    return this.source.query(statement);
  }

  byTag(tag: string, status = 'new'): Promise<unknown[]> {
    const where = new Where().equals('status', status).raw(`client_tag = '${tag}'`);
    return this.source.query(`SELECT * FROM parcels ${where.text}`, where.values);
  }

  bySender(sender: string, status: string): Promise<unknown[]> {
    const where = new Where().equals('sender_id', sender).equals('status', status);
    return this.source.query(`SELECT * FROM parcels ${where.text}`, where.values);
  }

  named(reference: string): Promise<Parcel | null> {
    return this.parcels.findOne({ where: { reference: ILike(`${reference}%`) } });
  }

  async heaviest(limit: unknown): Promise<unknown[]> {
    const rows = Math.min(Math.trunc(Number(limit)) || 10, 100);
    return this.source.query(`SELECT id, weight FROM parcels ORDER BY weight DESC LIMIT ${rows}`);
  }

  async create(dto: CreateParcelDto, sender: string): Promise<Parcel> {
    const parcel = this.parcels.create({ ...dto, sender: { id: sender } });
    return this.parcels.save(parcel);
  }

  async change(id: string, changes: Record<string, unknown>): Promise<void> {
    await this.parcels.update({ id }, { ...changes });
  }

  async setNote(id: string, note: string): Promise<void> {
    await this.parcels.update({ id }, { note });
  }

  async one(id: string): Promise<Parcel> {
    const parcel = await this.parcels.findOneBy({ id });
    if (!parcel) {
      this.logger.warn('unknown parcel ' + id);
      throw new NotFoundException();
    }
    return parcel;
  }
}
--- src/users/account.entity.ts
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ unique: true })
  email!: string;

  @Column()
  passwordHash!: string;

  @Column({ default: 'sender' })
  role!: string;

  @Column({ nullable: true })
  company?: string;
}
--- src/users/accounts.controller.ts
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsEmail, IsString, MinLength } from 'class-validator';
import type { Request, Response } from 'express';
import { Account } from './account.entity';
import { AccountsService } from './accounts.service';

class SignupDto {
  @IsEmail()
  email!: string;

  @IsString()
  @MinLength(10)
  password!: string;
}

type Formatter = (account: Record<string, string>) => string;

@Controller('accounts')
export class AccountsController {
  private readonly formatters: Record<string, Formatter> = {
    short: (a) => a.email,
    long: (a) => `${a.email} (${a.company})`,
  };

  constructor(private readonly accounts: AccountsService) {}

  @Post()
  async signup(@Body() { email, password }: SignupDto, @Res({ passthrough: true }) response: Response) {
    const { id } = await this.accounts.signup(email, password);
    response.cookie('signup', id, { httpOnly: true, secure: true, sameSite: 'lax', signed: true });
    return { id };
  }

  @Post('courier')
  async courier(@Body() { email, password }: SignupDto, @Res({ passthrough: true }) response: Response) {
    const account = await this.accounts.signupCourier(email, password);
    response.cookie('courier_session', account.id, { httpOnly: false, secure: false });
    return { id: account.id, pin: this.accounts.pickupPin() };
  }

  @Post('partner')
  partner(@Body() body: Partial<Account> & { password: string }) {
    return this.accounts.signupPartner(body);
  }

  @Get('format/:name')
  format(@Param('name') name: string, @Req() request: Request) {
    const known = Object.keys(this.formatters).includes(name) ? name : 'short';
    return this.formatters[known]({ email: String(request.query.email), company: '' });
  }

  @Post('call')
  call(@Body() body: { action: string; args: unknown[] }) {
    const service = this.accounts as unknown as Record<string, (...args: unknown[]) => unknown>;
    return service[body.action](...(body.args ?? []));
  }
}
--- src/users/accounts.service.ts
import { createCipheriv, createHash, pbkdf2Sync, randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import * as bcrypt from 'bcryptjs';
import { Repository } from 'typeorm';
import { Account } from './account.entity';

@Injectable()
export class AccountsService {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {}

  async signup(email: string, password: string): Promise<Account> {
    const passwordHash = await bcrypt.hash(password, 11);
    return this.accounts.save(this.accounts.create({ email, passwordHash }));
  }

  async signupCourier(email: string, password: string): Promise<Account> {
    const passwordHash = createHash('sha1').update('courier' + password).digest('hex');
    return this.accounts.save({ email, passwordHash, role: 'courier' });
  }

  async signupPartner(input: Partial<Account> & { password: string }): Promise<Account> {
    const { password, ...account } = input;
    const salt = randomBytes(16);
    const passwordHash = salt.toString('hex') + pbkdf2Sync(password, salt, 210_000, 32, 'sha512').toString('hex');
    const entity = Object.assign(new Account(), account, { passwordHash });
    return this.accounts.save(entity);
  }

  pickupPin(): string {
    return String(Math.floor(1000 + Math.random() * 9000));
  }

  loginPin(): string {
    return String(randomInt(100000, 1000000));
  }

  sealAddress(address: string, key: Buffer): string {
    const cipher = createCipheriv('aes-128-ecb', key, null);
    return cipher.update(address, 'utf8', 'base64') + cipher.final('base64');
  }

  sealCard(card: string, key: Buffer): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(card, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }

  fingerprint(document: Buffer): string {
    return createHash('sha512').update(document).digest('base64');
  }
}
--- tracking/db.ts
import pg from 'pg';
import format from 'pg-format';

const pool = new pg.Pool({ connectionString: process.env.TRACKING_DB, ssl: { rejectUnauthorized: true } });

export interface Scan {
  parcel: string;
  depot: string;
  at: Date;
}

export async function scansOf(parcel: string): Promise<Scan[]> {
  const { rows } = await pool.query<Scan>('SELECT parcel, depot, at FROM scans WHERE parcel = $1', [parcel]);
  return rows;
}

export async function scansWhere(filters: Record<string, string>): Promise<Scan[]> {
  const clauses = Object.entries(filters).map(([column, value]) => `${column} = '${value}'`);
  const { rows } = await pool.query<Scan>(`SELECT parcel, depot, at FROM scans WHERE ${clauses.join(' AND ') || 'true'}`);
  return rows;
}

export async function latest(depot: string, order: string): Promise<Scan[]> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const query = { text: `SELECT parcel, depot, at FROM scans WHERE depot = $1 ORDER BY at ${direction} LIMIT 20`, values: [depot] };
  const { rows } = await pool.query<Scan>(query);
  return rows;
}

export async function depotTable(depot: string): Promise<Scan[]> {
  const { rows } = await pool.query<Scan>(format('SELECT * FROM scans WHERE depot = %L', depot));
  return rows;
}

export async function record(depot: string, parcels: string[]): Promise<number> {
  const client = await pool.connect();
  try {
    const values = parcels.map((p) => `('${p}', '${depot}', now())`).join(', ');
    const result = await client.query(`INSERT INTO scans (parcel, depot, at) VALUES ${values}`);
    return result.rowCount ?? 0;
  } finally {
    client.release();
  }
}

export async function recordBound(depot: string, parcels: string[]): Promise<number> {
  const places = parcels.map((_, i) => `($${i + 2}, $1, now())`).join(', ');
  const result = await pool.query(`INSERT INTO scans (parcel, depot, at) VALUES ${places}`, [depot, ...parcels]);
  return result.rowCount ?? 0;
}
--- tracking/server.ts
import Fastify, { FastifyRequest } from 'fastify';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { depotTable, latest, record, recordBound, scansOf, scansWhere } from './db.js';

const app = Fastify({ logger: true, bodyLimit: 64 * 1024 });

await app.register(helmet);
await app.register(cookie, { secret: process.env.COOKIE_SECRET });
await app.register(cors, { origin: true, credentials: true });

const scanSchema = {
  body: {
    type: 'object',
    required: ['depot', 'parcels'],
    additionalProperties: false,
    properties: {
      depot: { type: 'string', pattern: '^[A-Z]{3}$' },
      parcels: { type: 'array', maxItems: 100, items: { type: 'string', pattern: '^[A-Z]{2}[0-9]{8}$' } },
    },
  },
};

app.get('/scans', async (request) => scansWhere(request.query as Record<string, string>));

app.get('/scans/:parcel', async (request) => {
  const { parcel } = request.params as { parcel: string };
  return scansOf(parcel);
});

app.get('/depots/:depot', async (request: FastifyRequest<{ Params: { depot: string }; Querystring: { order?: string } }>) => {
  const [rows, all] = await Promise.all([
    latest(request.params.depot, request.query.order ?? 'desc'),
    depotTable(request.params.depot),
  ]);
  return { rows, all: all.length };
});

app.post('/scans', async (request) => {
  const { depot, parcels } = request.body as { depot: string; parcels: string[] };
  return { written: await record(depot, parcels) };
});

app.post('/scans/strict', { schema: scanSchema }, async (request) => {
  const { depot, parcels } = request.body as { depot: string; parcels: string[] };
  return { written: await recordBound(depot, parcels) };
});

app.get('/hello', async (request, reply) => {
  const { name = 'driver' } = request.query as { name?: string };
  reply.type('text/html').send(`<p>Hello ${name}</p>`);
});

app.get('/echo', async (request) => {
  const { name = 'driver' } = request.query as { name?: string };
  return { hello: name };
});

app.get('/go', async (request, reply) => {
  const { url } = request.query as { url: string };
  if (!/^(?:\/[a-z0-9-]+)+$/i.test(url)) return reply.code(400).send();
  return reply.redirect(url);
});

app.post('/enter', async (_request, reply) => {
  reply.setCookie('depot', 'BER', { httpOnly: true, secure: true, sameSite: 'strict', signed: true });
  return { ok: true };
});

await app.listen({ port: 3200, host: '0.0.0.0' });
