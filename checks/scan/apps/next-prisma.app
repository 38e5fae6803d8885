--- labels
good app/actions/profile.ts:12 object/mass-assignment | schema strips all but two fields
bad app/actions/profile.ts:19 object/mass-assignment | all form fields go to the update, role too
good app/actions/profile.ts:27 object/mass-assignment | named fields, role is constant
good app/actions/profile.ts:28 sql/injection | the value is bound
bad app/actions/profile.ts:35 sql/injection | column name is an argument of the server action
good app/api/admin/route.ts:21 error/leak | constant text for the client
bad app/api/admin/route.ts:38 code/injection | text of the body is compiled to code
bad app/api/admin/route.ts:41 error/leak | stack trace goes to the client
good app/api/admin/route.ts:48 object/mass-assignment | one named field, cast to boolean
bad app/api/admin/route.ts:56 xss/reflected | query value in an HTML answer without escape
good app/api/admin/route.ts:61 xss/reflected | JSON answer
good app/api/files/route.ts:21 path/traversal | anchored pattern of the schema lets no dots or slashes through
bad app/api/files/route.ts:24 path/traversal | query value joined to the folder without a check
good app/api/files/route.ts:27 path/traversal | relative path is checked before the callback reads
good app/api/files/route.ts:37 path/traversal | generated name, extension from a Map
bad app/api/files/route.ts:49 upload/unchecked path/traversal | any file type, under the client's name, goes to the public folder
good app/api/products/search/route.ts:18 code/reflection | own property of a fixed object only
good app/api/products/search/route.ts:24 sql/injection | Prisma builds the statement, fields are cast
good app/api/proxy/route.ts:10 ssrf/request | its one caller gives constant addresses, value only as an encoded parameter
bad app/api/proxy/route.ts:16 ssrf/request | server fetches any address of the query
bad app/api/proxy/route.ts:32 ssrf/request | address stored by the seller is fetched without a check
bad app/api/proxy/route.ts:41 ssrf/request | deny-list of two names leaves all internal addresses open
good app/api/reports/route.ts:15 command/injection | schema lets only an enum and an integer through
bad app/api/reports/route.ts:23 command/injection | escaping the double quote leaves $() and backticks open
good app/api/reports/route.ts:29 command/injection | fixed program and an argument list without a shell
bad app/api/reports/route.ts:35 command/injection | shell option on, header value among the arguments
good app/api/session/route.ts:9 redirect/open | local path only, joined to a constant origin
good app/api/session/route.ts:11 redirect/open | constant target
good app/api/session/route.ts:21 cookie/flags | flags set
bad app/api/session/route.ts:22 redirect/open | target of the redirect comes from the body
bad app/api/session/route.ts:30 cookie/flags | session token readable by scripts, no secure flag
bad app/api/session/route.ts:38 cors/wild | the request's origin is reflected with credentials
bad app/products/page.tsx:17 xss/reflected xss/stored xss/dom xss/template | search word of the address is put into raw HTML
good app/products/page.tsx:31 xss/stored | sanitised with DOMPurify
bad app/products/page.tsx:38 xss/stored xss/template xss/dom | review text of a user as raw HTML
good app/products/page.tsx:44 xss/reflected | escaped first, then only fixed tags are added
good app/products/page.tsx:48 xss/stored | JSON with < encoded
bad components/ClientWidgets.tsx:15 xss/dom | address parameter in innerHTML
good components/ClientWidgets.tsx:28 xss/dom | constants from a Map
bad components/ClientWidgets.tsx:45 xss/dom | message of any origin is put in as HTML
good components/ClientWidgets.tsx:60 xss/dom | textContent does not read HTML
good components/ClientWidgets.tsx:62 xss/dom | sanitised with DOMPurify
good components/ClientWidgets.tsx:75 xss/dom | only a path of the same site
bad lib/db.ts:29 sql/injection | the search text is inside quotes of the built statement
good lib/db.ts:35 sql/injection | values are bound, ordering is one of three constants
good lib/db.ts:39 sql/injection | a tagged template binds its values
good lib/db.ts:44 sql/injection | Prisma.join binds each tag
bad lib/db.ts:49 sql/injection | Prisma.raw takes the joined labels as they are
bad lib/db.ts:55 sql/injection | the outcome of the check is only logged, the table name goes into the statement
good lib/db.ts:60 sql/injection | table name is checked with a list, else an exception
good lib/session.ts:14 secret/hard-coded | taken from the environment
good lib/session.ts:16 cookie/flags | all flags are set
bad lib/session.ts:19 secret/hard-coded | key that signs preview tokens is in the source
good lib/session.ts:28 jwt/unverified | signature and algorithm are checked
bad lib/session.ts:33 jwt/unverified | decode() does not check the signature, result is used as identity
good lib/session.ts:38 crypto/password-storage | bcrypt with a cost of 12
bad lib/session.ts:42 crypto/password-storage | one fast hash round for passwords
good lib/session.ts:46 crypto/weak-random | randomInt of node:crypto
bad lib/session.ts:50 crypto/weak-random | coupon worth money from a guessable generator
good next.config.mjs:19 cors/wild | one fixed origin
--- app/actions/profile.ts
'use server';

import { redirect } from 'next/navigation';
import { prisma } from '@/lib/db';
import { profileSchema } from '@/lib/schemas';
import { hashPassword, legacyHash, session } from '@/lib/session';

export async function saveProfile(form: FormData) {
  const { userId } = await session();
  if (!userId) redirect('/login');
  const data = profileSchema.parse({ displayName: form.get('displayName'), bio: form.get('bio') });
  await prisma.user.update({ where: { id: userId }, data });
}

export async function saveAll(form: FormData) {
  const { userId } = await session();
  if (!userId) redirect('/login');
  const data = Object.fromEntries(form) as Record<string, string>;
  await prisma.user.update({ where: { id: userId }, data: { ...data, updatedAt: new Date() } });
}

export async function register(form: FormData) {
  const email = String(form.get('email') ?? '');
  const password = String(form.get('password') ?? '');
  const old = form.get('legacy') === '1';
  const hash = old ? legacyHash(password, email) : await hashPassword(password);
  await prisma.user.create({ data: { email, hash, role: 'buyer' } });
  const count = await prisma.$queryRawUnsafe('select count(*) from users where email like $1', `%@${email.split('@')[1] ?? ''}`);
  console.log('accounts in domain', count);
}

export async function rename(id: string, field: string, value: string) {
  const { userId } = await session();
  if (!userId) redirect('/login');
  await prisma.$executeRawUnsafe(`update listings set "${field}" = $1 where id = $2 and owner = $3`, value, id, userId);
}
--- app/api/admin/route.ts
import { NextResponse, type NextRequest } from 'next/server';
import { archive, prisma, touch } from '@/lib/db';
import { session } from '@/lib/session';

type Handler = (request: NextRequest) => Promise<Response>;

function adminOnly(handler: Handler): Handler {
  return async (request) => {
    const { role } = await session();
    if (role !== 'admin') return NextResponse.json({ error: 'forbidden' }, { status: 403 });
    return handler(request);
  };
}

function reported(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      console.error('admin call failed', error);
      return NextResponse.json({ error: 'internal error' }, { status: 500 });
    }
  };
}

export const POST = adminOnly(
  reported(async (request) => {
    const { table, id, action } = await request.json();
    const result = action === 'archive' ? await archive(table, id) : await touch(table, id);
    return NextResponse.json({ result });
  }),
);

export const PUT = adminOnly(async (request) => {
  try {
    const { expression, values = {} } = await request.json();
    const names = Object.keys(values);
    const formula = new Function(...names, `return (${expression});`);
    return NextResponse.json({ value: formula(...Object.values(values)) });
  } catch (error) {
    return NextResponse.json({ error: String(error), stack: (error as Error).stack }, { status: 500 });
  }
});

export const PATCH = adminOnly(
  reported(async (request) => {
    const { id, ...data } = await request.json();
    const user = await prisma.user.update({ where: { id: String(id) }, data: { verified: data.verified === true } });
    return NextResponse.json({ id: user.id });
  }),
);

export const GET = adminOnly(async (request) => {
  const q = request.nextUrl.searchParams.get('q') ?? '';
  const html = `<html><body><h1>Results for ${q}</h1></body></html>`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
});

export const HEAD = adminOnly(async (request) => {
  const label = request.nextUrl.searchParams.get('label') ?? '';
  return new Response(JSON.stringify({ label }), { headers: { 'content-type': 'application/json' } });
});
--- app/api/files/route.ts
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NextResponse, type NextRequest } from 'next/server';
import { slugSchema } from '@/lib/schemas';

const ROOT = '/var/lib/gardenmarket';
const TYPES = new Map([['image/png', 'png'], ['image/jpeg', 'jpg'], ['image/webp', 'webp']]);

async function within<T>(name: string, use: (full: string) => Promise<T>): Promise<T> {
  const full = path.resolve(ROOT, 'public', name);
  const relative = path.relative(path.join(ROOT, 'public'), full);
  if (relative.startsWith('..') || path.isAbsolute(relative)) throw new RangeError('outside');
  return use(full);
}

export async function GET(request: NextRequest) {
  const { name, guide, manual } = Object.fromEntries(request.nextUrl.searchParams) as Record<string, string | undefined>;
  if (guide) {
    const slug = slugSchema.parse(guide);
    return new NextResponse(await readFile(path.join(ROOT, 'guides', `${slug}.txt`), 'utf8'));
  }
  if (manual) {
    const data = await readFile([ROOT, 'manuals', decodeURIComponent(manual)].join('/'));
    return new NextResponse(data, { headers: { 'content-type': 'application/pdf' } });
  }
  const data = await within(name ?? 'index.txt', (full) => readFile(full));
  return new NextResponse(data, { headers: { 'content-type': 'application/octet-stream' } });
}

export async function POST(request: NextRequest) {
  const form = await request.formData();
  const file = form.get('photo') as File | null;
  const ext = file ? TYPES.get(file.type) : undefined;
  if (!file || !ext || file.size > 4_000_000) return NextResponse.json({ error: 'photo missing' }, { status: 400 });
  const id = randomUUID();
  await writeFile(path.join(ROOT, 'photos', `${id}.${ext}`), Buffer.from(await file.arrayBuffer()));
  return NextResponse.json({ id });
}

export async function PUT(request: NextRequest) {
  const form = await request.formData();
  const files = form.getAll('attachment').filter((f): f is File => f instanceof File);
  const folder = path.join(process.cwd(), 'public', 'attachments');
  await mkdir(folder, { recursive: true });
  const saved = await Promise.all(
    files.map(async (file) => {
      const { name: original, size } = file;
      await writeFile(path.join(folder, original), Buffer.from(await file.arrayBuffer()));
      return { original, size };
    }),
  );
  return NextResponse.json({ count: saved.length });
}
--- app/api/products/search/route.ts
import { NextResponse, type NextRequest } from 'next/server';
import { inCategory, inPriceRange, prisma, ProductQuery, withLabels, withTags } from '@/lib/db';

type Finder = (params: URLSearchParams) => Promise<unknown>;

const finders: Record<string, Finder> = {
  text: (params) => new ProductQuery().matching(params.get('q')).take(Number(params.get('limit'))).run(),
  price: (params) => inPriceRange(Number(params.get('low')), Number(params.get('high')), params.get('order')),
  category: (params) => inCategory(params.get('category') ?? ''),
  tags: (params) => withTags(params.getAll('tag')),
  labels: (params) => withLabels(params.getAll('label')),
};

export async function GET(request: NextRequest) {
  const { searchParams } = request.nextUrl;
  const by = searchParams.get('by') ?? 'text';
  const find = Object.hasOwn(finders, by) ? finders[by] : finders.text;
  return NextResponse.json(await find!(searchParams));
}

export async function POST(request: NextRequest) {
  const { where = {}, page: { size = 20, after } = {} as any } = await request.json();
  const minimum = Number(where.minimum ?? 0);
  const rows = await prisma.product.findMany({
    where: { name: { contains: String(where.name ?? '') }, price: { gte: minimum } },
    take: Math.min(Number(size), 100),
    ...(after ? { cursor: { id: String(after) }, skip: 1 } : {}),
  });
  return NextResponse.json(rows);
}
--- app/api/proxy/route.ts
import { NextResponse, type NextRequest } from 'next/server';
import { prisma } from '@/lib/db';

const UPSTREAMS: Record<string, string> = {
  weather: 'https://api.weather.example/v1/current',
  soil: 'https://soil.gardenmarket.example/lookup',
};

async function relay(url: string | URL, init: RequestInit = {}) {
  return fetch(url, { cache: 'no-store', ...init, signal: AbortSignal.timeout(4000) });
}

export async function GET(request: NextRequest) {
  const image = request.nextUrl.searchParams.get('image');
  if (!image) return new NextResponse(null, { status: 404 });
  const upstream = await fetch(image, { signal: AbortSignal.timeout(4000) });
  return new NextResponse(upstream.body, { headers: { 'content-type': 'image/png' } });
}

export async function POST(request: NextRequest) {
  const { service, zip } = await request.json();
  if (!(service in UPSTREAMS) || !Object.hasOwn(UPSTREAMS, service)) return new NextResponse(null, { status: 404 });
  const target = new URL(UPSTREAMS[service]!);
  target.searchParams.set('zip', String(zip));
  const upstream = await relay(target);
  return NextResponse.json(await upstream.json());
}

export async function PUT(request: NextRequest) {
  const { sellerId } = await request.json();
  const seller = await prisma.seller.findUnique({ where: { id: String(sellerId) } });
  const feed = await fetch(seller?.feedUrl ?? 'https://feeds.gardenmarket.example/empty', { signal: AbortSignal.timeout(4000) });
  return NextResponse.json({ bytes: (await feed.text()).length });
}

export async function PATCH(request: NextRequest) {
  const { callback } = await request.json();
  const blocked = ['localhost', '127.0.0.1'];
  const host = new URL(callback).hostname;
  if (blocked.includes(host)) return new NextResponse(null, { status: 400 });
  const answer = await fetch(callback, { method: 'POST', signal: AbortSignal.timeout(4000) });
  return NextResponse.json({ status: answer.status });
}
--- app/api/reports/route.ts
import { exec, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { NextResponse, type NextRequest } from 'next/server';
import { reportSchema } from '@/lib/schemas';

const sh = promisify(exec);
const bin = promisify(execFile);

const quoteArg = (value: string) => `"${value.replace(/"/g, '\\"')}"`;

export async function GET(request: NextRequest) {
  const parsed = reportSchema.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!parsed.success) return NextResponse.json({ error: 'bad parameters' }, { status: 400 });
  const { format, year } = parsed.data;
  const { stdout } = await sh(`/opt/reports/bin/report --format ${format} --year ${year}`);
  return new NextResponse(stdout, { headers: { 'content-type': format === 'pdf' ? 'application/pdf' : 'text/html' } });
}

export async function POST(request: NextRequest) {
  const form = await request.formData();
  const title = form.get('title')?.toString() ?? 'report';
  const command = ['/opt/reports/bin/report', '--title', quoteArg(title)].join(' ');
  const { stdout } = await sh(command);
  return new NextResponse(stdout, { headers: { 'content-type': 'application/pdf' } });
}

export async function PUT(request: NextRequest) {
  const { title, pages } = await request.json();
  const { stdout } = await bin('/opt/reports/bin/report', ['--title', String(title), '--pages', String(Number(pages))]);
  return new NextResponse(stdout, { headers: { 'content-type': 'application/pdf' } });
}

export async function DELETE(request: NextRequest) {
  const name = request.headers.get('x-report-name') ?? '';
  const child = spawn('rm', ['-f', `/var/reports/${name.replaceAll('/', '')}.pdf`], { shell: true });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return NextResponse.json({ code });
}
--- app/api/session/route.ts
import { cookies } from 'next/headers';
import { NextResponse, type NextRequest } from 'next/server';
import { prisma } from '@/lib/db';
import { session, sellerOf } from '@/lib/session';

export async function GET(request: NextRequest) {
  const target = request.nextUrl.searchParams.get('next') ?? '/';
  if (/^\/[\w-]+(?:\/[\w-]+)*$/.test(target)) {
    return NextResponse.redirect(new URL(target, 'https://www.gardenmarket.example'));
  }
  return NextResponse.redirect('https://www.gardenmarket.example/');
}

export async function POST(request: NextRequest) {
  const { seller: sellerToken, theme = 'light', continueTo } = await request.json();
  const current = await session();
  const { sellerId, admin } = sellerOf(sellerToken);
  current.userId = sellerId;
  current.role = admin ? 'admin' : 'seller';
  await current.save();
  cookies().set('theme', theme === 'dark' ? 'dark' : 'light', { httpOnly: true, secure: true, sameSite: 'lax' });
  return NextResponse.redirect(continueTo);
}

export async function PUT(request: NextRequest) {
  const { token } = await request.json();
  const device = await prisma.device.findFirst({ where: { token: String(token) } });
  if (!device) return NextResponse.json({ error: 'unknown device' }, { status: 401 });
  const response = NextResponse.json({ ok: true });
  response.cookies.set('session_token', device.sessionToken, { httpOnly: false, sameSite: 'none' });
  return response;
}

export async function OPTIONS(request: NextRequest) {
  return new NextResponse(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': request.headers.get('origin') ?? '*',
      'Access-Control-Allow-Credentials': 'true',
    },
  });
}
--- app/products/page.tsx
import DOMPurify from 'isomorphic-dompurify';
import { prisma } from '@/lib/db';
import { readPreview } from '@/lib/session';

interface Props {
  searchParams: { [key: string]: string | undefined };
}

function bold(text: string): string {
  return text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
}

const encode = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

function Highlighted({ text, mark }: { text: string; mark?: string }) {
  const html = mark ? text.split(mark).join(`<mark>${mark}</mark>`) : text;
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}

export default async function ProductPage({ searchParams }: Props) {
  const { id = '', q: word, banner, preview } = searchParams;
  const product = await prisma.product.findUnique({ where: { id }, include: { reviews: true } });
  const slug = preview ? readPreview(preview) : undefined;
  const ldJson = JSON.stringify({ '@type': 'Product', sku: product?.id ?? '' }).replace(/</g, '\\u003c');
  return (
    <main>
      <h1>{product?.name ?? slug}</h1>
      <p>You searched for {word}</p>
      <Highlighted text="Flowers, seeds and tools" mark={word} />
      <div
        dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(product?.description ?? '') }}
      />
      <ul>
        {product?.reviews.map((review) => (
          <li key={review.id}>
            <em>{review.author}</em>
            <div
              dangerouslySetInnerHTML={{ __html: bold(review.text) }}
            />
          </li>
        ))}
      </ul>
      <footer
        dangerouslySetInnerHTML={{ __html: bold(encode(banner ?? 'Spring sale')) }}
      />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: ldJson }}
      />
    </main>
  );
}
--- components/ClientWidgets.tsx
'use client';

import DOMPurify from 'dompurify';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'next/navigation';

const TABS = new Map([['care', 'How to care'], ['size', 'Size chart']]);

export function NoticeBar() {
  const bar = useRef<HTMLDivElement>(null);
  const params = useSearchParams();

  useEffect(() => {
    const message = params.get('notice') ?? 'Welcome';
    if (bar.current) bar.current.innerHTML = `<strong>${message}</strong>`;
  }, [params]);

  return <div ref={bar} />;
}

export function TabTitle() {
  const title = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const show = () => {
      const name = window.location.hash.slice(1);
      if (!title.current) return;
      title.current.innerHTML = TABS.get(name) ?? 'Overview';
      title.current.title = decodeURIComponent(name);
    };
    window.addEventListener('hashchange', show);
    return () => window.removeEventListener('hashchange', show);
  }, []);

  return <h2 ref={title} />;
}

export function EmbedBridge() {
  const [height, setHeight] = useState(200);
  const box = useRef<HTMLElement>(null);

  useEffect(() => {
    const onMessage = ({ data: { type, html, height: px } }: MessageEvent) => {
      if (type === 'size') setHeight(Number(px));
      if (type === 'content') box.current?.insertAdjacentHTML('beforeend', html);
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, []);

  return <section ref={box} style={{ height }} />;
}

export function ChatBox({ origin }: { origin: string }) {
  const log = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onMessage = (event: MessageEvent) => {
      const line = document.createElement('p');
      line.textContent = String(event.data?.text);
      log.current?.append(line);
      if (log.current && event.data?.rich) log.current.lastElementChild!.innerHTML = DOMPurify.sanitize(event.data.rich);
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, [origin]);

  return <div ref={log} />;
}

export function BackLink() {
  const params = useSearchParams();
  const back = params.get('back') ?? '/';
  const local = /^\/[\w-]+(?:\/[\w-]+)*$/.test(back) ? back : '/';
  return <a href={local}>Back</a>;
}
--- lib/db.ts
import { Prisma, PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();

export type Row = Record<string, unknown>;

const ORDERINGS = { newest: 'created_at desc', cheapest: 'price asc', name: 'name asc' } as const;

export function orderingOf(name: string | null): string {
  return name && Object.hasOwn(ORDERINGS, name) ? ORDERINGS[name as keyof typeof ORDERINGS] : ORDERINGS.newest;
}

export class ProductQuery {
  private clauses: string[] = ['published'];
  private limit = 24;

  matching(text: string | null | undefined): ProductQuery {
    if (text?.length) this.clauses.push(`name ilike '%${text.trim()}%'`);
    return this;
  }

  take(count: number): ProductQuery {
    this.limit = Math.max(1, Math.min(100, Math.trunc(count) || 24));
    return this;
  }

  run(): Promise<Row[]> {
    const sql = ['select id, name, price from products where', this.clauses.join(' and '), 'limit', this.limit].join(' ');
    return prisma.$queryRawUnsafe<Row[]>(sql);
  }
}

export async function inPriceRange(low: number, high: number, ordering: string | null): Promise<Row[]> {
  const sql = `select id, name from products where price between $1 and $2 order by ${orderingOf(ordering)}`;
  return prisma.$queryRawUnsafe<Row[]>(sql, low, high);
}

export async function inCategory(category: string): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`select id, name from products where category = ${category}`;
}

export async function withTags(tags: string[]): Promise<Row[]> {
  const list = Prisma.join(tags.map((tag) => Prisma.sql`${tag}`));
  return prisma.$queryRaw<Row[]>(Prisma.sql`select product_id from product_tags where tag in (${list})`);
}

export async function withLabels(labels: string[]): Promise<Row[]> {
  const quoted = labels.map((label) => `'${label}'`).join(', ');
  return prisma.$queryRaw<Row[]>(Prisma.raw(`select product_id from product_labels where label in (${quoted})`));
}

export async function touch(table: string, id: string): Promise<number> {
  const known = ['products', 'sellers'].includes(table);
  if (!known) console.warn('unknown table', { table });
  return prisma.$executeRawUnsafe(`update ${table} set seen_at = now() where id = $1`, id);
}

export async function archive(table: string, id: string): Promise<number> {
  if (!['products', 'sellers'].includes(table)) throw new RangeError('unknown table');
  return prisma.$executeRawUnsafe(`update ${table} set archived = true where id = $1`, id);
}
--- lib/schemas.ts
import { z } from 'zod';

export const profileSchema = z.object({
  displayName: z.string().min(1).max(60),
  bio: z.string().max(2000),
});

export const reportSchema = z.object({
  format: z.enum(['pdf', 'html']),
  year: z.coerce.number().int().min(2015).max(2100),
});

export const slugSchema = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(80);
--- lib/session.ts
import { getIronSession, type SessionOptions } from 'iron-session';
import jwt from 'jsonwebtoken';
import bcrypt from 'bcryptjs';
import { createHash, randomInt } from 'node:crypto';
import { cookies } from 'next/headers';

export interface SessionData {
  userId?: string;
  role?: string;
  cart?: string[];
}

export const sessionOptions: SessionOptions = {
  password: process.env.SESSION_PASSWORD as string,
  cookieName: 'gm_session',
  cookieOptions: { secure: true, httpOnly: true, sameSite: 'lax' },
};

const PREVIEW_SECRET = 'p7Xq2-Vw9kLr4-Tz8mNb1c';

export const session = () => getIronSession<SessionData>(cookies(), sessionOptions);

export function previewToken(slug: string): string {
  return jwt.sign({ slug }, PREVIEW_SECRET, { expiresIn: '15m' });
}

export function readPreview(token: string): string | undefined {
  const claims = jwt.verify(token, PREVIEW_SECRET, { algorithms: ['HS256'] });
  return typeof claims === 'object' ? claims.slug : undefined;
}

export function sellerOf(token: string | undefined): { sellerId?: string; admin?: boolean } {
  const decoded = jwt.decode(token ?? '');
  return decoded && typeof decoded === 'object' ? { sellerId: decoded.sub, admin: decoded.admin } : {};
}

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, 12);
}

export function legacyHash(password: string, salt: string): string {
  return createHash('sha256').update(salt).update(password).digest('hex');
}

export function loginCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0');
}

export function couponCode(prefix = 'GM'): string {
  return `${prefix}-${Math.random().toString(36).slice(2, 12).toUpperCase()}`;
}
--- next.config.mjs
/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { remotePatterns: [{ protocol: 'https', hostname: 'cdn.gardenmarket.example' }] },
  async headers() {
    return [
      {
        source: '/(.*)',
        headers: [
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
        ],
      },
      {
        source: '/api/session/:path*',
        headers: [
          { key: 'Access-Control-Allow-Origin', value: 'https://www.gardenmarket.example' },
          { key: 'Access-Control-Allow-Credentials', value: 'true' },
        ],
      },
    ];
  },
};

export default nextConfig;
--- package.json
{
  "name": "gardenmarket",
  "version": "0.9.4",
  "private": true,
  "scripts": { "dev": "next dev", "build": "next build", "start": "next start" },
  "dependencies": {
    "@prisma/client": "^5.10.2",
    "bcryptjs": "^2.4.3",
    "dompurify": "^3.0.9",
    "iron-session": "^8.0.1",
    "isomorphic-dompurify": "^2.4.0",
    "jsonwebtoken": "^9.0.2",
    "next": "^14.1.0",
    "react": "^18.2.0",
    "react-dom": "^18.2.0",
    "zod": "^3.22.4"
  },
  "devDependencies": { "prisma": "^5.10.2", "typescript": "^5.3.3" }
}
