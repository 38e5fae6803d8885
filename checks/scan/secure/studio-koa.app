--- labels
good studio/src/live.ts:44 code/reflection | a validator of its own has let two words through
--- harbor/package.json
{
  "name": "harbor",
  "private": true,
  "type": "module",
  "dependencies": {
    "@aws-sdk/client-dynamodb": "^3.726.0",
    "@aws-sdk/client-s3": "^3.726.0",
    "@aws-sdk/client-secrets-manager": "^3.726.0",
    "@aws-sdk/client-sqs": "^3.726.0",
    "@aws-sdk/lib-dynamodb": "^3.726.0",
    "@aws-sdk/s3-presigned-post": "^3.726.0",
    "@aws-sdk/s3-request-presigner": "^3.726.0",
    "fast-xml-parser": "^5.3.0",
    "jose": "^5.9.6",
    "next": "^15.5.9",
    "react": "^19.1.4",
    "react-dom": "^19.1.4",
    "server-only": "^0.0.1",
    "zod": "^3.24.1"
  },
  "devDependencies": {
    "@types/aws-lambda": "^8.10.147",
    "@types/chrome": "^0.0.297",
    "@types/node": "^20.17.0",
    "@types/react": "^19.0.0",
    "electron": "^39.2.0",
    "typescript": "^5.7.3"
  }
}
--- harbor/desktop/main.ts
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { app, BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent, net, protocol, session, shell } from "electron";

const ASSETS = path.join(app.getAppPath(), "dist", "ui");
const APP_ORIGIN = "app://ui";
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set(["docs.harbor.example", "status.harbor.example"]);
const MOST_BYTES = 1024 * 1024;

protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

const draftsFolder = () => path.join(app.getPath("userData"), "drafts");

function within(base: string, candidate: string): boolean {
  const relative = path.relative(base, candidate);
  return relative !== "" && !relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative);
}

/** app://ui/... is served from the bundled folder only. */
async function serveAsset(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== "ui") return new Response("not found", { status: 404 });
  const wanted = path.resolve(ASSETS, `.${path.posix.normalize(decodeURIComponent(url.pathname === "/" ? "/index.html" : url.pathname))}`);
  if (!within(ASSETS, wanted)) return new Response("not found", { status: 404 });
  const answer = await net.fetch(pathToFileURL(wanted).href);
  const headers = new Headers(answer.headers);
  headers.set("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'");
  headers.set("x-content-type-options", "nosniff");
  return new Response(answer.body, { status: answer.status, headers });
}

function openOutside(raw: string): void {
  if (!URL.canParse(raw)) return;
  const url = new URL(raw);
  if (url.protocol !== "https:" || !EXTERNAL_HOSTS.has(url.hostname)) return;
  shell.openExternal(url.href).catch((err: unknown) => console.error("openExternal", err));
}

type Call = (...args: unknown[]) => Promise<unknown>;

const DRAFT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function draftPath(id: unknown): string {
  if (typeof id !== "string" || !DRAFT_ID.test(id)) throw new TypeError("bad draft id");
  return path.join(draftsFolder(), `${id}.json`);
}

async function writeWhole(target: string, text: string): Promise<void> {
  const partial = `${target}.${randomUUID()}.part`;
  await writeFile(partial, text, { flag: "wx", mode: 0o600 });
  await rename(partial, target);
}

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  [
    "drafts:list",
    async () => {
      const names = await readdir(draftsFolder());
      return names.filter((n) => n.endsWith(".json")).map((n) => n.slice(0, -5)).filter((n) => DRAFT_ID.test(n));
    },
  ],
  [
    "drafts:read",
    async (id) => {
      const full = draftPath(id);
      const handle = await open(full, "r");
      try {
        if ((await handle.stat()).size > MOST_BYTES) throw new RangeError("draft is too large");
        return await handle.readFile("utf8");
      } finally {
        await handle.close();
      }
    },
  ],
  [
    "drafts:write",
    async (text) => {
      if (typeof text !== "string" || text.length > MOST_BYTES) throw new TypeError("bad draft");
      const id = randomUUID();
      await writeWhole(draftPath(id), text);
      return id;
    },
  ],
  [
    "export:choose",
    async (text) => {
      if (typeof text !== "string" || text.length > MOST_BYTES) throw new TypeError("bad text");
      // the person picks the place in the system's own dialog
      const { canceled, filePath } = await dialog.showSaveDialog({ filters: [{ name: "Text", extensions: ["txt"] }] });
      if (canceled || !filePath) return false;
      await writeWhole(filePath, text);
      return true;
    },
  ],
]);

function fromOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.origin === APP_ORIGIN;
}

function createWindow(): void {
  const win = new BrowserWindow({
    width: 1100,
    height: 760,
    webPreferences: {
      preload: path.join(app.getAppPath(), "dist", "preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  win.webContents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: "deny" };
  });
  win.webContents.on("will-navigate", (event, url) => {
    const target = URL.canParse(url) ? new URL(url) : null;
    if (target?.protocol !== "app:" || target.host !== "ui") event.preventDefault();
  });
  win.loadURL(`${APP_ORIGIN}/`).catch((err: unknown) => console.error("load", err));
}

app.on("web-contents-created", (_event, contents) => {
  contents.on("will-attach-webview", (event) => event.preventDefault());
});

await app.whenReady();
await mkdir(draftsFolder(), { recursive: true, mode: 0o700 });
protocol.handle("app", serveAsset);
session.defaultSession.setPermissionRequestHandler((_contents, _permission, done) => done(false));
for (const [channel, call] of calls) {
  ipcMain.handle(channel, (event, ...args: unknown[]) => {
    if (!fromOurPage(event)) throw new Error("refused");
    return call(...args);
  });
}
createWindow();
app.on("window-all-closed", () => app.quit());
--- harbor/extension/background.js
/* Service worker of the clipping extension (manifest v3). */
const API = "https://app.harbor.example";
const PAGE_ORIGINS = new Set([API]);

/** @typedef {{ title: string, url: string, text: string }} Clip */

/** @param {unknown} v @returns {v is Clip} */
function isClip(v) {
  return (
    typeof v === "object" &&
    v !== null &&
    typeof v.title === "string" &&
    v.title.length <= 200 &&
    typeof v.url === "string" &&
    /^https?:\/\//.test(v.url) &&
    v.url.length <= 2000 &&
    typeof v.text === "string" &&
    v.text.length <= 20000
  );
}

async function token() {
  // session storage lives in memory and is closed to content scripts
  const { token: value } = await chrome.storage.session.get("token");
  return typeof value === "string" ? value : null;
}

/** @param {string} path @param {RequestInit} init */
async function call(path, init = {}) {
  const bearer = await token();
  if (!bearer) return { ok: false, reason: "signed_out" };
  const answer = await fetch(new URL(path, API), {
    ...init,
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) return { ok: false, reason: `http_${answer.status}` };
  return { ok: true, data: await answer.json() };
}

const actions = new Map([
  [
    "clip.save",
    async (payload) => {
      if (!isClip(payload)) return { ok: false, reason: "invalid" };
      const { title, url, text } = payload;
      return call("/api/clips", { method: "POST", body: JSON.stringify({ title, url, text }) });
    },
  ],
  ["clip.recent", () => call("/api/clips?size=5")],
]);

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  // only our own scripts, and only from a tab's top frame or from our popup
  if (sender.id !== chrome.runtime.id) return false;
  if (sender.tab && sender.frameId !== 0) return false;
  const action = actions.get(message?.action);
  if (!action) return false;
  action(message.payload).then(reply, () => reply({ ok: false, reason: "failed" }));
  return true;
});

/* The web application hands its short-lived token over after sign-in. */
chrome.runtime.onMessageExternal.addListener((message, sender, reply) => {
  if (!sender.origin || !PAGE_ORIGINS.has(sender.origin)) return false;
  if (message?.action !== "token" || typeof message.value !== "string" || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(message.value)) {
    reply({ ok: false });
    return false;
  }
  chrome.storage.session.set({ token: message.value }).then(
    () => reply({ ok: true }),
    () => reply({ ok: false }),
  );
  return true;
});

chrome.action.onClicked.addListener((tab) => {
  if (tab.id === undefined) return;
  chrome.scripting
    .executeScript({ target: { tabId: tab.id }, files: ["content.js"] })
    .catch((err) => console.warn("cannot clip this page", err));
});

chrome.runtime.onInstalled.addListener(() => {
  chrome.storage.session.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
});
--- harbor/extension/content.js
/* Runs in the page that is clipped: a small panel in a closed shadow root, text by textContent only. */
(() => {
  const PANEL_ORIGIN = new URL(chrome.runtime.getURL("")).origin;
  const MARK = "harbor-clip-panel";
  if (document.getElementById(MARK)) return;

  const host = document.createElement("div");
  host.id = MARK;
  const root = host.attachShadow({ mode: "closed" });
  document.documentElement.append(host);

  /** Tiny element builder: attributes from a fixed list, children as nodes or text. */
  const ATTRIBUTES = new Set(["class", "title", "type", "role"]);
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (ATTRIBUTES.has(name)) node.setAttribute(name, String(value));
    }
    node.append(...children);
    return node;
  }

  function safeLink(raw, label) {
    const a = el("a", { class: "link" }, label);
    if (URL.canParse(raw)) {
      const url = new URL(raw);
      if (url.protocol === "https:" || url.protocol === "http:") a.href = url.href;
    }
    a.rel = "noopener noreferrer";
    a.target = "_blank";
    return a;
  }

  function clip() {
    const selected = String(window.getSelection() ?? "").slice(0, 20000);
    return { title: document.title.slice(0, 200), url: location.origin + location.pathname, text: selected };
  }

  const status = el("p", { role: "status" });
  const recent = el("ul");

  async function send(action, payload) {
    try {
      return (await chrome.runtime.sendMessage({ action, payload })) ?? { ok: false, reason: "no_answer" };
    } catch {
      return { ok: false, reason: "disconnected" };
    }
  }

  async function refresh() {
    const answer = await send("clip.recent");
    const items = answer.ok && Array.isArray(answer.data) ? answer.data.slice(0, 5) : [];
    recent.replaceChildren(...items.map((c) => el("li", {}, safeLink(String(c.url), String(c.title)))));
  }

  const save = el("button", { type: "button" }, "Save");
  save.addEventListener("click", async (event) => {
    // a script of the page cannot press the button for the person
    if (!event.isTrusted) return;
    save.disabled = true;
    const answer = await send("clip.save", clip());
    status.textContent = answer.ok ? "Saved." : `Not saved (${answer.reason}).`;
    save.disabled = false;
    await refresh();
  });

  const options = document.createElement("iframe");
  options.src = chrome.runtime.getURL("options.html");

  window.addEventListener("message", (event) => {
    if (event.origin !== PANEL_ORIGIN || event.source !== options.contentWindow) return;
    switch (event.data?.type) {
      case "close":
        host.remove();
        break;
      case "height":
        if (Number.isInteger(event.data.px) && event.data.px > 0 && event.data.px < 600) options.style.height = `${event.data.px}px`;
        break;
      default:
        break;
    }
  });
  options.addEventListener("load", () => options.contentWindow?.postMessage({ type: "hello" }, PANEL_ORIGIN));

  root.append(el("section", { class: "panel" }, save, status, recent), options);
  void refresh();
})();
--- harbor/extension/manifest.json
{
  "manifest_version": 3,
  "name": "Harbor clipper",
  "version": "1.4.0",
  "permissions": ["activeTab", "scripting", "storage"],
  "host_permissions": ["https://app.harbor.example/*"],
  "background": { "service_worker": "background.js", "type": "module" },
  "action": { "default_title": "Clip this page" },
  "externally_connectable": { "matches": ["https://app.harbor.example/*"] },
  "web_accessible_resources": [{ "resources": ["options.html"], "matches": ["https://*/*"] }],
  "content_security_policy": { "extension_pages": "default-src 'self'; object-src 'none'" }
}
--- harbor/lambda/http-api.ts
/** HTTP API (payload 2.0) with a tiny route table: carrier webhooks in XML, shop webhooks in JSON. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000 };
const secrets = new SecretsManagerClient({ requestHandler });
const sqs = new SQSClient({ requestHandler });
const QueueUrl = process.env.EVENTS_QUEUE_URL ?? "";

type Result = APIGatewayProxyStructuredResultV2;
type Handler = (event: APIGatewayProxyEventV2, body: Buffer) => Promise<Result>;

class HttpError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const json = (statusCode: number, body: unknown): Result => ({
  statusCode,
  headers: {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000",
  },
  body: JSON.stringify(body),
});

/* secrets are fetched once per container and kept for ten minutes */
const kept = new Map<string, { value: string; until: number }>();

async function secret(SecretId: string): Promise<string> {
  const hit = kept.get(SecretId);
  if (hit && hit.until > Date.now()) return hit.value;
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  if (!SecretString) throw new Error("secret has no text");
  kept.set(SecretId, { value: SecretString, until: Date.now() + 600_000 });
  return SecretString;
}

async function checkSignature(secretId: string | undefined, body: Buffer, given: string | undefined): Promise<void> {
  if (!secretId) throw new Error("signing secret is not configured");
  const expected = createHmac("sha256", await secret(secretId)).update(body).digest();
  const actual = Buffer.from(given ?? "", "base64");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw new HttpError(401, "bad_signature");
}

async function enqueue(source: "shop" | "carrier", id: string, payload: unknown): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify({ source, payload }),
      MessageGroupId: source,
      MessageDeduplicationId: `${source}-${id}`,
    }),
  );
}

const shopEvent = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  topic: z.enum(["order.created", "order.cancelled"]),
  order: z.object({ number: z.string().regex(/^[A-Z0-9-]{1,20}$/), cents: z.number().int().nonnegative() }),
});

const parser = new XMLParser({ processEntities: false, ignoreAttributes: true, parseTagValue: false, trimValues: true });

const carrierEvent = z.object({
  shipment: z.object({
    event: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
    parcel: z.string().regex(/^[0-9]{12,20}$/),
    status: z.enum(["accepted", "moving", "delivered", "returned"]),
  }),
});

const routes: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["GET /health", async () => json(200, { ok: true })],
  [
    "POST /hooks/shop",
    async (event, body) => {
      await checkSignature(process.env.SHOP_SECRET_ID, body, event.headers["x-shop-hmac-sha256"]);
      const parsed = shopEvent.parse(JSON.parse(body.toString("utf8")));
      await enqueue("shop", parsed.id, parsed);
      return json(202, { ok: true });
    },
  ],
  [
    "POST /hooks/carrier",
    async (event, body) => {
      await checkSignature(process.env.CARRIER_SECRET_ID, body, event.headers["x-carrier-signature"]);
      const text = body.toString("utf8");
      // no document type, hence no entities at all
      if (text.includes("<!DOCTYPE") || XMLValidator.validate(text) !== true) throw new HttpError(400, "bad_xml");
      const { shipment } = carrierEvent.parse(parser.parse(text));
      await enqueue("carrier", shipment.event, shipment);
      return json(202, { ok: true });
    },
  ],
]);

const MOST = 128 * 1024;

export async function handler(event: APIGatewayProxyEventV2): Promise<Result> {
  const { method, path } = event.requestContext.http;
  const route = routes.get(`${method} ${path}`);
  if (!route) return json(404, { error: "not_found" });
  try {
    const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
    if (body.length > MOST) throw new HttpError(413, "too_large");
    return await route(event, body);
  } catch (err) {
    if (err instanceof HttpError) return json(err.statusCode, { error: err.code });
    if (err instanceof z.ZodError || err instanceof SyntaxError) return json(400, { error: "bad_body" });
    console.error(JSON.stringify({ route: `${method} ${path}`, request: event.requestContext.requestId, name: (err as Error).name }));
    return json(500, { error: "internal" });
  }
}
--- harbor/lambda/scan-consumer.ts
/** SQS consumer: an object has arrived in incoming/, is looked at, and is copied to clean/ or refused. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { z } from "zod";

const handlerOptions = { connectionTimeout: 2_000, requestTimeout: 10_000 };
const s3 = new S3Client({ requestHandler: handlerOptions });
const table = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: handlerOptions }));

const Bucket = process.env.FILES_BUCKET ?? "";
const TableName = process.env.TABLE_NAME ?? "";

const notice = z.object({
  Records: z
    .array(
      z.object({
        s3: z.object({
          bucket: z.object({ name: z.literal(Bucket) }),
          object: z.object({ key: z.string().max(200), size: z.number().int().nonnegative() }),
        }),
      }),
    )
    .max(10),
});

const KEY = /^incoming\/(org_[A-Za-z0-9]{20})\/(fil_[A-Za-z0-9]{20})\.(pdf|png|jpg|csv)$/;

type Ext = "pdf" | "png" | "jpg" | "csv";

const startsWith = (...magic: number[]) => (head: Uint8Array) => magic.every((b, i) => head[i] === b);

const LOOKS_RIGHT: Readonly<Record<Ext, (head: Uint8Array) => boolean>> = {
  pdf: startsWith(0x25, 0x50, 0x44, 0x46, 0x2d),
  png: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  jpg: startsWith(0xff, 0xd8, 0xff),
  csv: (head) => !head.includes(0),
};

function log(level: "info" | "warn" | "error", message: string, fields: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

async function headOf(Key: string): Promise<{ head: Uint8Array; etag: string | undefined }> {
  const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=0-1023" }));
  return { head: Body ? await Body.transformToByteArray() : new Uint8Array(), etag: ETag };
}

async function setState(orgId: string, fileId: string, state: "ready" | "refused"): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName,
      Key: { pk: `ORG#${orgId}`, sk: `FILE#${fileId}` },
      UpdateExpression: "SET #state = :state",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": state },
    }),
  );
}

async function handleObject(key: string): Promise<void> {
  const found = KEY.exec(key);
  if (!found) {
    log("warn", "unexpected key", { key });
    return;
  }
  const [, orgId, fileId, ext] = found;
  const { head, etag } = await headOf(key);
  const good = etag !== undefined && LOOKS_RIGHT[ext as Ext](head);
  if (good) {
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: `clean/${orgId}/${fileId}.${ext}`,
        CopySource: `${Bucket}/${key}`,
        // what was looked at is what is copied, even if it is uploaded again meanwhile
        CopySourceIfMatch: etag,
        ServerSideEncryption: "AES256",
      }),
    );
  }
  await setState(orgId, fileId, good ? "ready" : "refused");
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
  log("info", "file looked at", { fileId, good });
}

async function handleRecord(record: SQSRecord): Promise<void> {
  const parsed = notice.parse(JSON.parse(record.body));
  for (const { s3: entry } of parsed.Records) {
    // S3 writes keys form-encoded into its notices
    await handleObject(decodeURIComponent(entry.object.key.replaceAll("+", " ")));
  }
}

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const outcomes = await Promise.allSettled(event.Records.map(handleRecord));
  const batchItemFailures = outcomes.flatMap((outcome, i) => {
    if (outcome.status === "fulfilled") return [];
    const error = outcome.reason instanceof Error ? outcome.reason.name : "unknown";
    log("error", "record failed", { messageId: event.Records[i].messageId, request: context.awsRequestId, error });
    return [{ itemIdentifier: event.Records[i].messageId }];
  });
  return { batchItemFailures };
}
--- harbor/web/middleware.ts
import { type NextRequest, NextResponse } from "next/server";
import { readSession, SESSION_COOKIE } from "./lib/token";

const OPEN_PATHS: ReadonlySet<string> = new Set(["/", "/signin", "/signin/callback", "/health"]);

function policy(nonce: string): string {
  const bucket = `https://${process.env.FILES_BUCKET}.s3.${process.env.AWS_REGION}.amazonaws.com`;
  const rules: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"],
    "style-src": ["'self'", `'nonce-${nonce}'`],
    "img-src": ["'self'", "data:", bucket],
    "connect-src": ["'self'", bucket],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${values.join(" ")}`)
    .join("; ");
}

/**
 * First gate only: pages and handlers ask `requireUser` again, so nothing depends on this
 * having run.
 */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const { pathname } = request.nextUrl;

  if (!OPEN_PATHS.has(pathname)) {
    const session = await readSession(request.cookies.get(SESSION_COOKIE)?.value);
    if (!session) {
      if (pathname.startsWith("/api/")) return NextResponse.json({ error: "sign_in" }, { status: 401 });
      // built on the configured address, whatever the Host header says
      const target = new URL("/signin", process.env.PUBLIC_URL);
      target.search = new URLSearchParams({ next: pathname }).toString();
      return NextResponse.redirect(target);
    }
  }

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy(nonce));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy(nonce));
  response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|favicon.ico).*)"],
};
--- harbor/web/app/actions.ts
"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { forget, newId, requireUser } from "../lib/auth";
import { getNote, type NotePatch, patchNote, putNote } from "../lib/store";

export interface FormState {
  ok: boolean;
  problems: Record<string, string>;
}

const noteId = z.string().regex(/^nte_[A-Za-z0-9]{20}$/);

/** Only web links are kept: a `javascript:` address never reaches the page. */
const webLink = z
  .string()
  .trim()
  .max(500)
  .transform((raw, ctx) => {
    if (raw === "") return undefined;
    const url = URL.canParse(raw) ? new URL(raw) : null;
    if (!url || !(url.protocol === "https:" || url.protocol === "http:")) {
      ctx.addIssue({ code: z.ZodIssueCode.custom, message: "must be a web address" });
      return z.NEVER;
    }
    return url.href;
  });

const fields = z
  .object({
    title: z.string().trim().min(1).max(120),
    body: z.string().max(20_000),
    link: webLink,
    status: z.enum(["open", "done", "parked"]),
  })
  .strict();

function pick(form: FormData, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((n) => [n, form.get(n) ?? undefined]));
}

function problemsOf(error: z.ZodError): FormState {
  const problems = new Map<string, string>();
  for (const issue of error.issues) problems.set(String(issue.path[0] ?? "form"), issue.message);
  return { ok: false, problems: Object.fromEntries(problems) };
}

export async function createNote(_previous: FormState, form: FormData): Promise<FormState> {
  const { orgId, userId } = await requireUser();
  const parsed = fields.safeParse(pick(form, ["title", "body", "link", "status"]));
  if (!parsed.success) return problemsOf(parsed.error);
  const id = newId("nte");
  await putNote({ ...parsed.data, id, orgId, createdBy: userId, version: 1 });
  revalidatePath("/notes");
  redirect(`/notes/${id}`);
}

export async function editNote(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  // arguments of a server action come from the browser as well: checked like the form
  const { orgId, userId, role } = await requireUser();
  const checkedId = noteId.safeParse(id);
  if (!checkedId.success) return { ok: false, problems: { form: "no such note" } };
  const note = await getNote(orgId, checkedId.data);
  if (!note) return { ok: false, problems: { form: "no such note" } };
  if (note.createdBy !== userId && role !== "admin") return { ok: false, problems: { form: "not yours" } };

  const parsed = fields.partial().safeParse(pick(form, ["title", "body", "link", "status"]));
  if (!parsed.success) return problemsOf(parsed.error);
  const version = z.coerce.number().int().min(1).safeParse(form.get("version"));
  if (!version.success) return { ok: false, problems: { form: "stale" } };

  const patch: NotePatch = parsed.data;
  if (!(await patchNote(orgId, note.id, version.data, patch))) {
    return { ok: false, problems: { form: "somebody else changed this note" } };
  }
  revalidatePath(`/notes/${note.id}`);
  return { ok: true, problems: {} };
}

export async function signOut(): Promise<void> {
  await forget();
  redirect("/");
}
--- harbor/web/app/api/files/route.ts
import { S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { type NextRequest, NextResponse } from "next/server";
import { z } from "zod";
import { currentSession, newId, sameOrigin } from "../../../lib/auth";
import { listFiles, putFile } from "../../../lib/store";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const s3 = new S3Client({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
const Bucket = process.env.FILES_BUCKET ?? "";

const TYPES = new Map<string, { ext: string; most: number }>([
  ["application/pdf", { ext: "pdf", most: 20 << 20 }],
  ["image/png", { ext: "png", most: 10 << 20 }],
  ["image/jpeg", { ext: "jpg", most: 10 << 20 }],
  ["text/csv", { ext: "csv", most: 5 << 20 }],
]);

const wish = z.object({
  name: z.string().trim().min(1).max(120).regex(/^[^\p{Cc}/\\]+$/u),
  type: z.string().max(60),
  bytes: z.number().int().positive(),
});

const MOST_BODY = 4 * 1024;

async function smallJson(request: Request): Promise<unknown> {
  if (!request.body) return null;
  const reader = request.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MOST_BODY) {
      await reader.cancel();
      throw new RangeError("body too large");
    }
    text += decoder.decode(value, { stream: true });
  }
  return JSON.parse(text + decoder.decode());
}

const refuse = (status: number, error: string) => NextResponse.json({ error }, { status });

export async function POST(request: NextRequest): Promise<NextResponse> {
  const session = await currentSession();
  if (!session) return refuse(401, "sign_in");
  if (!sameOrigin(request)) return refuse(403, "origin");

  let body: unknown;
  try {
    body = await smallJson(request);
  } catch {
    return refuse(400, "bad_body");
  }
  const parsed = wish.safeParse(body);
  if (!parsed.success) return refuse(422, "invalid");
  const kind = TYPES.get(parsed.data.type);
  if (!kind || parsed.data.bytes > kind.most) return refuse(422, "type_or_size");

  const id = newId("fil");
  // the object's name is made here; what the user calls the file is a row in the table
  const Key = `incoming/${session.orgId}/${id}.${kind.ext}`;
  const { url, fields } = await createPresignedPost(s3, {
    Bucket,
    Key,
    Expires: 300,
    Fields: { "Content-Type": parsed.data.type, "x-amz-server-side-encryption": "AES256" },
    Conditions: [
      ["content-length-range", 1, kind.most],
      ["eq", "$Content-Type", parsed.data.type],
    ],
  });
  await putFile({ id, orgId: session.orgId, name: parsed.data.name, type: parsed.data.type, bytes: parsed.data.bytes, state: "waiting" });
  return NextResponse.json({ id, url, fields }, { status: 201, headers: { "cache-control": "no-store" } });
}

export async function GET(request: NextRequest): Promise<NextResponse> {
  const session = await currentSession();
  if (!session) return refuse(401, "sign_in");
  const size = Number.parseInt(request.nextUrl.searchParams.get("size") ?? "25", 10);
  const limit = Number.isInteger(size) && size >= 1 && size <= 100 ? size : 25;
  const rows = await listFiles(session.orgId, limit);
  return NextResponse.json(rows.map(({ id, name, type, state }) => ({ id, name, type, state })));
}
--- harbor/web/app/api/files/[id]/route.ts
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { type NextRequest, NextResponse } from "next/server";
import { currentSession } from "../../../../lib/auth";
import { type FileRow, getFile } from "../../../../lib/store";

export const runtime = "nodejs";

const s3 = new S3Client({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
const Bucket = process.env.FILES_BUCKET ?? "";

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["application/pdf", "pdf"],
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["text/csv", "csv"],
]);

/** RFC 6266 with an ASCII stand-in and the percent-encoded real name. */
function disposition(name: string): string {
  const ascii = name.replace(/[^A-Za-z0-9._ -]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

type Wrapped = (file: FileRow, request: NextRequest) => Promise<NextResponse>;

/** Session, id and ownership for all handlers of this file. */
function withFile(handler: Wrapped) {
  return async (request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<NextResponse> => {
    const session = await currentSession();
    if (!session) return NextResponse.json({ error: "sign_in" }, { status: 401 });
    const { id } = await params;
    const file = /^fil_[A-Za-z0-9]{20}$/.test(id) ? await getFile(session.orgId, id) : null;
    if (!file) return NextResponse.json({ error: "no_such_file" }, { status: 404 });
    try {
      return await handler(file, request);
    } catch (err) {
      console.error(JSON.stringify({ at: "files", id: file.id, error: err instanceof Error ? err.name : "unknown" }));
      return NextResponse.json({ error: "internal" }, { status: 500 });
    }
  };
}

export const GET = withFile(async (file, request) => {
  if (file.state !== "ready") return NextResponse.json({ error: "not_ready" }, { status: 409 });
  const ext = EXTENSIONS.get(file.type);
  if (!ext) return NextResponse.json({ error: "no_such_file" }, { status: 404 });
  const url = await getSignedUrl(
    s3,
    new GetObjectCommand({
      Bucket,
      Key: `clean/${file.orgId}/${file.id}.${ext}`,
      ResponseContentDisposition: disposition(file.name),
      ResponseContentType: file.type,
    }),
    { expiresIn: 60 },
  );
  if (request.nextUrl.searchParams.get("as") === "json") {
    return NextResponse.json({ url }, { headers: { "cache-control": "no-store" } });
  }
  // made by the SDK for our own bucket
  return NextResponse.redirect(url, { status: 303, headers: { "cache-control": "no-store" } });
});
--- harbor/web/app/notes/[id]/page.tsx
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { requireUser } from "../../../lib/auth";
import { getNote } from "../../../lib/store";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ highlight?: string | string[] }>;
}

/** JSON that may stand inside a script element: no way to close it. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/>/g, "\\u003e")
    .replace(/&/g, "\\u0026")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/** Splits without a regular expression, so the searched word needs no escaping. */
function* pieces(text: string, word: string): Generator<{ text: string; hit: boolean }> {
  if (word === "") {
    yield { text, hit: false };
    return;
  }
  const lower = text.toLowerCase();
  const wanted = word.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    if (at > from) yield { text: text.slice(from, at), hit: false };
    yield { text: text.slice(at, at + wanted.length), hit: true };
    from = at + wanted.length;
  }
  if (from < text.length) yield { text: text.slice(from), hit: false };
}

function WebLink({ href }: { href: string }) {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return (
    <a href={url.href} rel="noopener noreferrer nofollow" target="_blank">
      {url.hostname}
    </a>
  );
}

export default async function NotePage({ params, searchParams }: Props) {
  const { orgId } = await requireUser();
  const { id } = await params;
  if (!/^nte_[A-Za-z0-9]{20}$/.test(id)) notFound();
  const note = await getNote(orgId, id);
  if (!note) notFound();

  const { highlight } = await searchParams;
  const word = typeof highlight === "string" ? highlight.slice(0, 40) : "";
  const nonce = (await headers()).get("x-nonce") ?? undefined;

  return (
    <main>
      <h1>{note.title}</h1>
      <p data-status={note.status}>{note.status}</p>
      <article>
        {[...pieces(note.body, word)].map((p, i) => (p.hit ? <mark key={i}>{p.text}</mark> : <span key={i}>{p.text}</span>))}
      </article>
      {note.link ? <WebLink href={note.link} /> : null}
      <script
        type="application/json"
        id="note-state"
        nonce={nonce}
        dangerouslySetInnerHTML={{ __html: inlineJson({ id: note.id, version: note.version }) }}
      />
    </main>
  );
}
--- harbor/web/app/signin/route.ts
import { createHash, randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { localPath } from "../../lib/auth";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** Starts the code flow; state, verifier and the way back wait in one short-lived cookie each. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const state = randomBytes(24).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  const next = localPath(request.nextUrl.searchParams.get("next"));

  const target = new URL("/oauth2/authorize", required("COGNITO_URL"));
  const query: Record<string, string> = {
    response_type: "code",
    client_id: required("COGNITO_CLIENT_ID"),
    redirect_uri: new URL("/signin/callback", required("PUBLIC_URL")).href,
    scope: "openid email",
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);

  const response = NextResponse.redirect(target, { status: 303 });
  for (const [name, value] of [
    ["__Host-oauth-state", state],
    ["__Host-oauth-verifier", verifier],
    ["__Host-oauth-next", next],
  ] as const) {
    response.cookies.set({ name, value, httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: 600 });
  }
  response.headers.set("cache-control", "no-store");
  return response;
}
--- harbor/web/app/signin/callback/route.ts
import { createHash, timingSafeEqual } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type NextRequest, NextResponse } from "next/server";
import { z } from "zod";
import { localPath, remember } from "../../../lib/auth";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const env = z
  .object({
    COGNITO_URL: z.string().url().startsWith("https://"),
    COGNITO_ISSUER: z.string().url().startsWith("https://"),
    COGNITO_CLIENT_ID: z.string().min(1),
    PUBLIC_URL: z.string().url().startsWith("https://"),
  })
  .parse(process.env);

const keys = createRemoteJWKSet(new URL(`${env.COGNITO_ISSUER}/.well-known/jwks.json`), { timeoutDuration: 4_000 });

const claims = z.object({
  "custom:user": z.string().regex(/^usr_[A-Za-z0-9]{20}$/),
  "custom:org": z.string().regex(/^org_[A-Za-z0-9]{20}$/),
  "cognito:groups": z.array(z.string()).default([]),
  token_use: z.literal("id"),
});

function equal(a: string, b: string): boolean {
  const digest = (s: string) => createHash("sha256").update(s).digest();
  return timingSafeEqual(digest(a), digest(b));
}

async function redeem(code: string, verifier: string): Promise<string> {
  const answer = await fetch(new URL("/oauth2/token", env.COGNITO_URL), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: env.COGNITO_CLIENT_ID,
      redirect_uri: new URL("/signin/callback", env.PUBLIC_URL).href,
      code,
      code_verifier: verifier,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(6_000),
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(`token endpoint answered ${answer.status}`);
  return z.object({ id_token: z.string().max(8192) }).parse(await answer.json()).id_token;
}

export async function GET(request: NextRequest): Promise<NextResponse> {
  const query = request.nextUrl.searchParams;
  const state = query.get("state") ?? "";
  const code = query.get("code") ?? "";
  const jar = request.cookies;
  const expected = jar.get("__Host-oauth-state")?.value;
  const verifier = jar.get("__Host-oauth-verifier")?.value;
  if (!expected || !verifier || code === "" || !equal(state, expected)) {
    return NextResponse.json({ error: "bad_state" }, { status: 400 });
  }

  try {
    const { payload } = await jwtVerify(await redeem(code, verifier), keys, {
      issuer: env.COGNITO_ISSUER,
      audience: env.COGNITO_CLIENT_ID,
      algorithms: ["RS256"],
    });
    const who = claims.parse(payload);
    await remember({
      userId: who["custom:user"],
      orgId: who["custom:org"],
      role: who["cognito:groups"].includes("admins") ? "admin" : "member",
    });
  } catch (err) {
    console.warn(JSON.stringify({ at: "signin", error: err instanceof Error ? err.name : "unknown" }));
    return NextResponse.json({ error: "sign_in_failed" }, { status: 401 });
  }

  const response = NextResponse.redirect(new URL(localPath(jar.get("__Host-oauth-next")?.value), env.PUBLIC_URL), { status: 303 });
  for (const name of ["__Host-oauth-state", "__Host-oauth-verifier", "__Host-oauth-next"]) {
    response.cookies.set({ name, value: "", httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: 0 });
  }
  return response;
}
--- harbor/web/lib/auth.ts
import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readSession, SESSION_COOKIE, SESSION_SECONDS, sealSession, type Session } from "./token";

export const currentSession = cache(async (): Promise<Session | null> => {
  const jar = await cookies();
  return readSession(jar.get(SESSION_COOKIE)?.value);
});

export async function requireUser(): Promise<Session> {
  const session = await currentSession();
  if (!session) redirect("/signin");
  return session;
}

export async function remember(session: Session): Promise<void> {
  const jar = await cookies();
  jar.set({
    name: SESSION_COOKIE,
    value: await sealSession(session),
    httpOnly: true,
    secure: true,
    sameSite: "lax",
    path: "/",
    maxAge: SESSION_SECONDS,
  });
}

export async function forget(): Promise<void> {
  const jar = await cookies();
  jar.set({ name: SESSION_COOKIE, value: "", httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: 0 });
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** `nte_` + 20 letters; bytes of 248 and above are thrown away so that all letters are equally likely. */
export function newId(prefix: "nte" | "fil"): string {
  let out = "";
  while (out.length < 20) {
    for (const byte of randomBytes(32)) {
      if (byte < 248 && out.length < 20) out += ALPHABET[byte % 62];
    }
  }
  return `${prefix}_${out}`;
}

/** A path of this site to go back to. Anything the URL parser would take elsewhere becomes the start page. */
export function localPath(raw: string | null | undefined): string {
  const base = new URL(process.env.PUBLIC_URL ?? "https://harbor.invalid");
  if (!raw || !/^\/(?![/\\])[A-Za-z0-9_\-/]{0,200}$/.test(raw)) return "/notes";
  const url = new URL(raw, base);
  return url.origin === base.origin ? url.pathname : "/notes";
}

/** Route handlers that write: the browser's own word on where the request comes from. */
export function sameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && origin === new URL(process.env.PUBLIC_URL ?? "https://harbor.invalid").origin;
}
--- harbor/web/lib/store.ts
import "server-only";
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, paginateQuery, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";

const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } }),
  { marshallOptions: { removeUndefinedValues: true } },
);

const TableName = process.env.TABLE_NAME ?? "harbor";

export const noteSchema = z.object({
  id: z.string(),
  orgId: z.string(),
  title: z.string(),
  body: z.string(),
  link: z.string().optional(),
  status: z.enum(["open", "done", "parked"]),
  version: z.number().int(),
  createdBy: z.string(),
});
export type Note = z.infer<typeof noteSchema>;

/** The organisation is always a part of the key: another organisation's id simply finds nothing. */
const keyOf = (orgId: string, kind: "NOTE" | "FILE", id: string) => ({ pk: `ORG#${orgId}`, sk: `${kind}#${id}` });

export async function getNote(orgId: string, id: string): Promise<Note | null> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(orgId, "NOTE", id) }));
  return Item ? noteSchema.parse(Item) : null;
}

export async function putNote(note: Note): Promise<void> {
  await client.send(
    new PutCommand({
      TableName,
      Item: { ...keyOf(note.orgId, "NOTE", note.id), ...note },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
}

const EDITABLE = ["title", "body", "link", "status"] as const;
export type NotePatch = Partial<Pick<Note, (typeof EDITABLE)[number]>>;

/** The expression is made of the allow-listed names only; names and values travel as placeholders. */
export async function patchNote(orgId: string, id: string, version: number, patch: NotePatch): Promise<boolean> {
  const names: Record<string, string> = { "#version": "version" };
  const values: Record<string, unknown> = { ":seen": version, ":next": version + 1 };
  const sets = ["#version = :next"];
  for (const field of EDITABLE) {
    const value = patch[field];
    if (value === undefined) continue;
    names[`#${field}`] = field;
    values[`:${field}`] = value;
    sets.push(`#${field} = :${field}`);
  }
  try {
    await client.send(
      new UpdateCommand({
        TableName,
        Key: keyOf(orgId, "NOTE", id),
        UpdateExpression: `SET ${sets.join(", ")}`,
        ConditionExpression: "#version = :seen",
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    );
    return true;
  } catch (err) {
    if (err instanceof ConditionalCheckFailedException) return false;
    throw err;
  }
}

export async function* allNotes(orgId: string): AsyncGenerator<Note> {
  const pages = paginateQuery(
    { client, pageSize: 100 },
    {
      TableName,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
      ExpressionAttributeValues: { ":pk": `ORG#${orgId}`, ":kind": "NOTE#" },
    },
  );
  for await (const page of pages) {
    for (const item of page.Items ?? []) yield noteSchema.parse(item);
  }
}

export interface FileRow {
  id: string;
  orgId: string;
  name: string;
  type: string;
  bytes: number;
  state: "waiting" | "ready" | "refused";
}

export async function getFile(orgId: string, id: string): Promise<FileRow | null> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(orgId, "FILE", id) }));
  return (Item as FileRow | undefined) ?? null;
}

export async function putFile(row: FileRow): Promise<void> {
  const { id, orgId, name, type, bytes, state } = row;
  await client.send(new PutCommand({ TableName, Item: { ...keyOf(orgId, "FILE", id), id, orgId, name, type, bytes, state } }));
}

export async function listFiles(orgId: string, limit: number): Promise<FileRow[]> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
      ExpressionAttributeValues: { ":pk": `ORG#${orgId}`, ":kind": "FILE#" },
      Limit: Math.min(limit, 100),
    }),
  );
  return (Items ?? []) as FileRow[];
}
--- harbor/web/lib/token.ts
import { errors, jwtVerify, SignJWT } from "jose";

export const SESSION_COOKIE = "__Host-harbor";
export const SESSION_SECONDS = 8 * 3600;

const ISSUER = "harbor-web";
const AUDIENCE = "harbor-session";

let cached: Uint8Array | undefined;

function key(): Uint8Array {
  if (cached) return cached;
  const raw = process.env.SESSION_KEY ?? "";
  const bytes = Uint8Array.from(atob(raw), (c) => c.charCodeAt(0));
  if (bytes.length < 32) throw new Error("SESSION_KEY must hold 32 bytes");
  cached = bytes;
  return bytes;
}

export interface Session {
  userId: string;
  orgId: string;
  role: "member" | "admin";
}

const ROLES: ReadonlySet<unknown> = new Set(["member", "admin"]);
const ID = /^[a-z]{3}_[A-Za-z0-9]{20}$/;

function isId(v: unknown): v is string {
  return typeof v === "string" && ID.test(v);
}

export async function sealSession(session: Session): Promise<string> {
  return new SignJWT({ org: session.orgId, role: session.role })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(session.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${SESSION_SECONDS}s`)
    .sign(key());
}

export async function readSession(token: string | undefined): Promise<Session | null> {
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, key(), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "exp"],
    });
    if (!isId(payload.sub) || !isId(payload.org) || !ROLES.has(payload.role)) return null;
    return { userId: payload.sub, orgId: payload.org, role: payload.role as Session["role"] };
  } catch (err) {
    if (err instanceof errors.JOSEError) return null;
    throw err;
  }
}
--- studio/package.json
{
  "name": "print-studio",
  "private": true,
  "type": "module",
  "engines": { "node": ">=20.11" },
  "scripts": {
    "build": "tsc -p .",
    "start": "node dist/server.js",
    "worker": "node dist/worker.js"
  },
  "dependencies": {
    "@koa/bodyparser": "^5.1.1",
    "@koa/multer": "^3.1.0",
    "@koa/router": "^13.1.0",
    "argon2": "^0.41.1",
    "file-type": "^19.6.0",
    "ioredis": "^5.4.2",
    "ipaddr.js": "^2.2.0",
    "koa": "^2.16.1",
    "koa-helmet": "^8.0.1",
    "mongoose": "^8.9.5",
    "multer": "^2.0.2",
    "nodemailer": "^7.0.10",
    "pdfkit": "^0.16.0",
    "pino": "^9.6.0",
    "sharp": "^0.33.5",
    "undici": "^6.21.1",
    "ws": "^8.18.0"
  },
  "devDependencies": {
    "@types/koa": "^2.15.0",
    "@types/koa__router": "^12.0.4",
    "@types/node": "^20.17.0",
    "@types/nodemailer": "^7.0.0",
    "@types/pdfkit": "^0.13.8",
    "@types/ws": "^8.5.13",
    "typescript": "^5.7.3"
  }
}
--- studio/src/hooks.ts
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "koa";
import { Types } from "mongoose";
import { id, oneOf, Refused, read, shape, str, whole } from "./lib/check.js";
import { type JobKind, jobs, redis } from "./lib/jobs.js";
import { customerUrl, postToCustomer } from "./lib/outbound.js";
import { Order, Tenant } from "./models.js";
import { settings } from "./settings.js";

/* ---- coming in: the payment provider tells us what was paid ---- */

async function rawBody(ctx: Context, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of ctx.req) {
    size += (part as Buffer).length;
    if (size > most) throw new Refused(413, "too_large");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function verify(body: Buffer, header: string, key: Buffer): void {
  const found = /^t=(\d{10}),v1=([0-9a-f]{64})$/.exec(header);
  if (!found) throw new Refused(401, "bad_signature");
  const [, stamp, hex] = found;
  if (Math.abs(Date.now() / 1000 - Number(stamp)) > 300) throw new Refused(401, "bad_signature");
  const expected = createHmac("sha256", key).update(`${stamp}.`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(hex, "hex"))) throw new Refused(401, "bad_signature");
}

const paymentEvent = shape({
  event: str({ max: 64, re: /^evt_[A-Za-z0-9]+$/ }),
  type: oneOf(["payment.succeeded", "payment.failed"]),
  order: id,
  cents: whole(0, 100_000_000),
});

export async function paymentHook(ctx: Context): Promise<void> {
  const body = await rawBody(ctx, 64 * 1024);
  verify(body, ctx.get("x-payments-signature"), settings.paymentsHookKey);
  const event = read(paymentEvent, JSON.parse(body.toString("utf8")));

  ctx.status = 204;
  const fresh = await redis.set(`studio:hook:${event.event}`, "1", "EX", 7 * 86_400, "NX");
  if (fresh === null || event.type !== "payment.succeeded") return;

  const order = await Order.findOne({ _id: event.order, state: "placed" }).exec();
  if (!order) return;
  // the amount is ours, not the sender's
  const due = order.lines.reduce((sum, l) => sum + l.copies * l.cents, 0);
  if (event.cents < due) return;
  order.state = "paid";
  await order.save();
  await jobs.add("hook.deliver", { tenant: order.tenant.toHexString(), order: order._id.toHexString(), event: "order.paid" });
}

/* ---- going out: customers' own endpoints ---- */

export function seal(plain: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", settings.webhookSeal.subarray(0, 32), iv);
  const boxed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), boxed]);
}

export function unseal(sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", settings.webhookSeal.subarray(0, 32), sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

/** Owners set the address; the fresh secret is shown once and kept sealed. */
export async function configureHook(tenantId: Types.ObjectId, raw: string): Promise<string> {
  const url = customerUrl(raw);
  const secret = randomBytes(32);
  await Tenant.updateOne({ _id: tenantId }, { $set: { hookUrl: url.href, hookSecretSealed: seal(secret) } }).exec();
  return secret.toString("base64url");
}

const deliverShape = shape({ tenant: id, order: id, event: oneOf(["order.paid", "order.printed", "order.shipped"]) });

export const deliverJob: JobKind<ReturnType<typeof deliverShape>> = {
  name: "hook.deliver",
  check: deliverShape,
  attempts: 6,
  async run(data) {
    const tenant = await Tenant.findById(data.tenant).exec();
    if (!tenant?.hookUrl || !tenant.hookSecretSealed) return;
    const payload = JSON.stringify({ event: data.event, order: data.order.toHexString(), at: new Date().toISOString() });
    const stamp = Math.floor(Date.now() / 1000);
    const mac = createHmac("sha256", unseal(tenant.hookSecretSealed)).update(`${stamp}.${payload}`).digest("hex");
    const { status } = await postToCustomer(tenant.hookUrl, payload, { "x-studio-signature": `t=${stamp},v1=${mac}` });
    if (status >= 500 || status === 429) throw new Error(`endpoint answered ${status}`);
  },
};
--- studio/src/live.ts
/** Order screens follow changes over a websocket. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { membershipOf } from "./auth/tenancy.js";
import { sessionCookieName, sessionFromToken } from "./auth/session.js";
import { oneOf, read, shape, slug, id } from "./lib/check.js";
import { Order } from "./models.js";
import { log, settings } from "./settings.js";

interface Client {
  socket: WebSocket;
  tenantId: string;
  watching: Set<string>;
  alive: boolean;
}

const clients = new Set<Client>();
const message = shape({ do: oneOf(["watch", "forget"]), order: id });

function cookie(req: IncomingMessage, name: string): string | undefined {
  for (const part of (req.headers.cookie ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

type Action = (client: Client, order: ReturnType<typeof message>["order"]) => Promise<void>;

const actions: Readonly<Record<"watch" | "forget", Action>> = {
  async watch(client, order) {
    if (client.watching.size >= 50) return;
    const seen = await Order.exists({ _id: order, tenant: client.tenantId });
    if (seen) client.watching.add(order.toHexString());
  },
  async forget(client, order) {
    client.watching.delete(order.toHexString());
  },
};

async function onMessage(client: Client, raw: RawData): Promise<void> {
  const m = read(message, JSON.parse(raw.toString()));
  await actions[m.do](client, m.order);
}

async function admit(req: IncomingMessage): Promise<string | null> {
  const origin = req.headers.origin;
  if (origin !== settings.publicUrl.origin && !settings.liveOrigins.has(origin ?? "")) return null;
  const session = await sessionFromToken(cookie(req, sessionCookieName));
  if (!session) return null;
  const url = new URL(req.url ?? "/", settings.publicUrl);
  if (url.pathname !== "/live") return null;
  const scope = await membershipOf(session.userId, read(slug, url.searchParams.get("tenant")));
  return scope ? scope.tenant._id.toHexString() : null;
}

export function attachLive(server: Server): () => void {
  const wss = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024, perMessageDeflate: false });

  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    admit(req)
      .then((tenantId) => {
        if (tenantId === null || clients.size >= 5_000) {
          socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
          return;
        }
        wss.handleUpgrade(req, socket, head, (ws) => welcome(ws, tenantId));
      })
      .catch((err: unknown) => {
        log.warn({ err }, "upgrade refused");
        socket.destroy();
      });
  });

  function welcome(socket: WebSocket, tenantId: string): void {
    const client: Client = { socket, tenantId, watching: new Set(), alive: true };
    clients.add(client);
    socket.on("pong", () => {
      client.alive = true;
    });
    socket.on("message", (raw) => {
      onMessage(client, raw).catch(() => socket.close(1008, "bad message"));
    });
    socket.on("error", (err) => log.debug({ err }, "socket"));
    socket.on("close", () => clients.delete(client));
  }

  const beat = setInterval(() => {
    for (const client of clients) {
      if (!client.alive) client.socket.terminate();
      client.alive = false;
      client.socket.ping();
    }
  }, 30_000);
  beat.unref();

  return () => {
    clearInterval(beat);
    wss.close();
  };
}

export function announce(tenantId: string, orderId: string, state: string): void {
  const text = JSON.stringify({ order: orderId, state });
  for (const c of clients) {
    if (c.tenantId === tenantId && c.watching.has(orderId) && c.socket.readyState === c.socket.OPEN) c.socket.send(text);
  }
}
--- studio/src/mail.ts
import nodemailer from "nodemailer";
import { type Check, email, line, oneOf, shape } from "./lib/check.js";
import type { JobKind } from "./lib/jobs.js";
import { settings } from "./settings.js";

const transport = nodemailer.createTransport({
  host: settings.smtp.host,
  port: 465,
  secure: true,
  auth: { user: settings.smtp.user, pass: settings.smtp.pass },
  connectionTimeout: 8_000,
  greetingTimeout: 8_000,
  socketTimeout: 20_000,
  pool: true,
  maxConnections: 3,
  disableFileAccess: true,
  disableUrlAccess: true,
});

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (s: string) => s.replace(/[&<>"']/g, (c) => ENTITIES[c]);

class Markup {
  constructor(readonly text: string) {}
}

/** Tagged template: every value is escaped unless it is Markup made by this same function. */
function html(parts: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  let out = parts[0];
  values.forEach((v, i) => {
    out += (v instanceof Markup ? v.text : escapeHtml(String(v))) + parts[i + 1];
  });
  return new Markup(out);
}

interface MailData {
  to: string;
  template: "order-placed" | "order-shipped";
  customer: string;
  number: string;
  studio: string;
}

interface Letter {
  subject: string;
  text: string;
  body: Markup;
}

const LETTERS: Record<MailData["template"], (d: MailData) => Letter> = {
  "order-placed": (d) => ({
    subject: `Your order ${d.number} at ${d.studio}`,
    text: `Dear ${d.customer},\n\nwe have received your order ${d.number}.\n\n${d.studio}`,
    body: html`<p>Dear ${d.customer},</p><p>we have received your order <b>${d.number}</b>.</p>${signature(d)}`,
  }),
  "order-shipped": (d) => ({
    subject: `Order ${d.number} is on its way`,
    text: `Dear ${d.customer},\n\nyour prints left our studio today.\n\n${d.studio}`,
    body: html`<p>Dear ${d.customer},</p><p>your prints left our studio today.</p>${signature(d)}`,
  }),
};

function signature(d: MailData): Markup {
  // links are built on the configured address, never on a request's Host header
  const home = new URL("/orders", settings.publicUrl).href;
  return html`<p>${d.studio}<br><a href="${home}">Your orders</a></p>`;
}

const check: Check<MailData> = shape({
  to: email,
  template: oneOf(["order-placed", "order-shipped"]),
  customer: line(120),
  number: line(30),
  studio: line(80),
});

export const mailJob: JobKind<MailData> = {
  name: "mail.send",
  check,
  attempts: 5,
  async run(data) {
    const letter = LETTERS[data.template](data);
    await transport.sendMail({
      from: settings.smtp.from,
      to: { name: "", address: data.to },
      subject: letter.subject,
      text: letter.text,
      html: letter.body.text,
    });
  },
};
--- studio/src/models.ts
import mongoose, { type HydratedDocument, type InferSchemaType, model, Schema, Types } from "mongoose";

mongoose.set("strictQuery", "throw");

const tenantSchema = new Schema(
  {
    slug: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    hookUrl: { type: String },
    hookSecretSealed: { type: Buffer },
    billingMail: { type: String, required: true },
  },
  { strict: "throw", timestamps: true },
);

const userSchema = new Schema(
  {
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    passwordHash: { type: String, select: false },
    oauthSubject: { type: String, index: { unique: true, sparse: true } },
    memberships: [
      {
        _id: false,
        tenant: { type: Schema.Types.ObjectId, ref: "Tenant", required: true },
        role: { type: String, enum: ["viewer", "editor", "owner"], required: true },
      },
    ],
  },
  { strict: "throw", timestamps: true },
);

const artworkSchema = new Schema(
  {
    tenant: { type: Schema.Types.ObjectId, required: true, index: true },
    title: { type: String, required: true, maxlength: 120 },
    stored: { type: String, required: true },
    mime: { type: String, required: true },
    width: Number,
    height: Number,
    addedBy: { type: Schema.Types.ObjectId, required: true },
  },
  { strict: "throw", timestamps: true },
);

export const ORDER_STATES = ["draft", "placed", "paid", "printed", "shipped", "cancelled"] as const;

const orderSchema = new Schema(
  {
    tenant: { type: Schema.Types.ObjectId, required: true, index: true },
    number: { type: String, required: true },
    customer: { type: String, required: true, maxlength: 120 },
    customerMail: { type: String, required: true },
    state: { type: String, enum: ORDER_STATES, default: "draft" },
    lines: [
      {
        _id: false,
        artwork: { type: Schema.Types.ObjectId, required: true },
        title: { type: String, required: true },
        copies: { type: Number, min: 1, max: 500, required: true },
        cents: { type: Number, min: 0, required: true },
      },
    ],
    note: { type: String, maxlength: 2000 },
  },
  { strict: "throw", timestamps: true },
);
orderSchema.index({ tenant: 1, number: 1 }, { unique: true });

export const Tenant = model("Tenant", tenantSchema);
export const User = model("User", userSchema);
export const Artwork = model("Artwork", artworkSchema);
export const Order = model("Order", orderSchema);

export type TenantDoc = HydratedDocument<InferSchemaType<typeof tenantSchema>>;
export type UserDoc = HydratedDocument<InferSchemaType<typeof userSchema>>;
export type OrderData = InferSchemaType<typeof orderSchema> & { _id: Types.ObjectId };

export async function connect(url: string): Promise<void> {
  await mongoose.connect(url, { serverSelectionTimeoutMS: 5_000, socketTimeoutMS: 20_000, maxPoolSize: 20 });
}
--- studio/src/server.ts
import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa, { type Context, type Next } from "koa";
import helmet from "koa-helmet";
import { begin, callback } from "./auth/oauth.js";
import { endSession, signedIn, signIn, throttle } from "./auth/session.js";
import { inTenant } from "./auth/tenancy.js";
import { paymentHook } from "./hooks.js";
import { Refused } from "./lib/check.js";
import { redis } from "./lib/jobs.js";
import { attachLive } from "./live.js";
import { connect } from "./models.js";
import { artworks } from "./routes/artworks.js";
import { orders } from "./routes/orders.js";
import { log, settings } from "./settings.js";

async function answerErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (err) {
    if (err instanceof Refused) {
      ctx.status = err.status;
      ctx.body = { error: err.code, field: err.field };
      return;
    }
    const status = typeof err === "object" && err !== null && "status" in err ? Number(err.status) : 500;
    if (status >= 400 && status < 500) {
      ctx.status = status;
      ctx.body = { error: "bad_request" };
      return;
    }
    log.error({ err, method: ctx.method, path: ctx.path }, "request failed");
    ctx.status = 500;
    ctx.body = { error: "internal" };
  }
}

async function limitRate(ctx: Context, next: Next): Promise<void> {
  await throttle(`ip:${ctx.ip}`, 600, 60);
  await next();
}

async function onlyJson(ctx: Context, next: Next): Promise<void> {
  if (ctx.request.length && !ctx.is("application/json", "multipart/form-data")) throw new Refused(415, "unsupported_type");
  await next();
}

export function buildApp(): Koa {
  const app = new Koa({ proxy: true, maxIpsCount: 1 });
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      },
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    }),
  );
  app.use(answerErrors);
  app.use(limitRate);

  // signed by the sender over the raw bytes: stands before the body parser
  const hooks = new Router();
  hooks.post("/hooks/payments", paymentHook);
  app.use(hooks.routes());

  app.use(onlyJson);
  app.use(bodyParser({ enableTypes: ["json"], jsonLimit: "128kb" }));

  const open = new Router();
  open.post("/auth/sign-in", signIn);
  open.get("/auth/begin", begin);
  open.get("/auth/callback", callback);
  open.post("/auth/sign-out", signedIn, async (ctx) => {
    await endSession(ctx);
    ctx.status = 204;
  });
  open.get("/health", (ctx) => {
    ctx.body = { ok: true };
  });
  app.use(open.routes()).use(open.allowedMethods());

  const inside = new Router({ prefix: "/t/:tenant" });
  inside.use(signedIn, inTenant);
  inside.use(orders.routes());
  inside.use(artworks.routes());
  app.use(inside.routes()).use(inside.allowedMethods());

  app.on("error", (err) => log.error({ err }, "koa"));
  return app;
}

await connect(settings.mongoUrl);
const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 5_000 }, buildApp().callback());
const closeLive = attachLive(server);
server.listen(settings.port, settings.host, () => log.info({ port: settings.port }, "listening"));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    closeLive();
    server.close(() => {
      redis.quit().catch((err: unknown) => log.error({ err }, "redis quit"));
    });
  });
}
--- studio/src/settings.ts
import path from "node:path";
import pino from "pino";

type Reader<T> = (raw: string, name: string) => T;

function setting<T>(name: string, read: Reader<T>, fallback?: T): T {
  const raw = process.env[name];
  if (raw === undefined || raw === "") {
    if (fallback !== undefined) return fallback;
    throw new Error(`setting ${name} is missing`);
  }
  return read(raw, name);
}

const text: Reader<string> = (raw) => raw;

const whole =
  (min: number, max: number): Reader<number> =>
  (raw, name) => {
    const n = Number(raw);
    if (!Number.isInteger(n) || n < min || n > max) {
      throw new Error(`setting ${name} must be a whole number from ${min} to ${max}`);
    }
    return n;
  };

const httpsUrl: Reader<URL> = (raw, name) => {
  const url = new URL(raw);
  if (url.protocol !== "https:") throw new Error(`setting ${name} must be an https address`);
  return url;
};

const folder: Reader<string> = (raw) => path.resolve(raw);

const keyOf =
  (bytes: number): Reader<Buffer> =>
  (raw, name) => {
    const key = Buffer.from(raw, "base64");
    if (key.length < bytes) throw new Error(`setting ${name} must hold at least ${bytes} bytes`);
    return key;
  };

const list: Reader<readonly string[]> = (raw) =>
  raw
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean);

export const settings = Object.freeze({
  port: setting("PORT", whole(1, 65535), 8080),
  host: setting("HOST", text, "127.0.0.1"),
  publicUrl: setting("PUBLIC_URL", httpsUrl),
  mongoUrl: setting("MONGO_URL", text),
  redisUrl: setting("REDIS_URL", text),
  dataFolder: setting("DATA_FOLDER", folder, path.resolve("var/data")),
  webhookSeal: setting("WEBHOOK_SEAL_KEY", keyOf(32)),
  paymentsHookKey: setting("PAYMENTS_HOOK_KEY", keyOf(32)),
  smtp: {
    host: setting("SMTP_HOST", text),
    user: setting("SMTP_USER", text),
    pass: setting("SMTP_PASS", text),
    from: setting("SMTP_FROM", text),
  },
  oauth: {
    issuer: setting("OAUTH_ISSUER", httpsUrl),
    clientId: setting("OAUTH_CLIENT_ID", text),
    clientSecret: setting("OAUTH_CLIENT_SECRET", text),
  },
  liveOrigins: new Set(setting("LIVE_ORIGINS", list, [])),
});

export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  redact: {
    paths: ["req.headers.cookie", "req.headers.authorization", "*.password", "*.token", "*.secret"],
    censor: "[gone]",
  },
});
--- studio/src/worker.ts
#!/usr/bin/env node
/** `worker run` works jobs off; `worker prices FILE --tenant SLUG` checks a price list before it is taken over. */
import { open } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import mongoose from "mongoose";
import { deliverJob } from "./hooks.js";
import { line, read, slug, whole } from "./lib/check.js";
import { parseCsv } from "./lib/csv.js";
import { jobs, redis } from "./lib/jobs.js";
import { mailJob } from "./mail.js";
import { connect, Tenant } from "./models.js";
import { separateJob } from "./routes/artworks.js";
import { log, settings } from "./settings.js";

async function runJobs(): Promise<void> {
  jobs.register(mailJob).register(deliverJob).register(separateJob);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => jobs.stop());
  await Promise.all(Array.from({ length: 4 }, () => jobs.work()));
}

async function readSmall(file: string, most: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size > most) throw new Error("file is too large");
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

async function checkPrices(file: string, tenantSlug: string): Promise<void> {
  const tenant = await Tenant.findOne({ slug: read(slug, tenantSlug) }).exec();
  if (!tenant) throw new Error("no such tenant");
  const inbox = path.join(settings.dataFolder, "inbox");
  const full = path.resolve(inbox, file);
  const relative = path.relative(inbox, full);
  if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) throw new Error("price lists lie in the inbox");

  const [head, ...rows] = parseCsv(await readSmall(full, 2 * 1024 * 1024));
  if (head?.join() !== "title,cents") throw new Error("first line must be title,cents");
  const prices = rows.map(([title, cents], i) => ({
    title: line(120)(title, `row ${i + 2} title`),
    cents: whole(1, 1_000_000)(cents, `row ${i + 2} cents`),
  }));
  log.info({ tenant: tenant.slug, rows: prices.length }, "price list is good");
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tenant: { type: "string" } },
});

const commands: ReadonlyMap<string, () => Promise<void>> = new Map([
  ["run", runJobs],
  ["prices", () => checkPrices(positionals[1] ?? "", values.tenant ?? "")],
]);

const command = commands.get(positionals[0] ?? "run");
if (!command) {
  process.stderr.write(`usage: worker ${[...commands.keys()].join("|")}\n`);
  process.exitCode = 64;
} else {
  await connect(settings.mongoUrl);
  try {
    await command();
  } catch (err) {
    log.fatal({ err }, "worker stopped");
    process.exitCode = 1;
  } finally {
    await mongoose.disconnect();
    redis.disconnect();
  }
}
--- studio/src/auth/oauth.ts
/** Sign-in through the company's identity provider: code flow with state, nonce-free userinfo and PKCE. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "koa";
import { email, line, Refused, read, shape, str } from "../lib/check.js";
import { User } from "../models.js";
import { settings } from "../settings.js";
import { startSession } from "./session.js";
import { redis } from "../lib/jobs.js";

const STATE_COOKIE = "__Host-oauth";
const callbackUrl = new URL("/auth/callback", settings.publicUrl).href;
const b64 = (bytes: number) => randomBytes(bytes).toString("base64url");

/** Where to go afterwards: one of our own pages, looked up by a short name. */
const LANDING: ReadonlyMap<string, string> = new Map([
  ["orders", "/app/orders"],
  ["artworks", "/app/artworks"],
  ["billing", "/app/billing"],
]);
const HOME = "/app";

export async function begin(ctx: Context): Promise<void> {
  const state = b64(24);
  const verifier = b64(48);
  const wanted = typeof ctx.query.to === "string" ? ctx.query.to : "";
  await redis.set(`studio:oauth:${state}`, JSON.stringify({ verifier, to: LANDING.has(wanted) ? wanted : "none" }), "EX", 600);
  ctx.cookies.set(STATE_COOKIE, state, { httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: 600_000 });

  const target = new URL("/authorize", settings.oauth.issuer);
  target.search = new URLSearchParams({
    response_type: "code",
    client_id: settings.oauth.clientId,
    redirect_uri: callbackUrl,
    scope: "openid email profile",
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  ctx.redirect(target.href);
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const tokenShape = shape({ access_token: str({ max: 4096 }) });
const personShape = shape({
  sub: str({ max: 128 }),
  email,
  name: line(120),
  email_verified: (v: unknown) => v === true,
});

async function getJson(url: URL, init: RequestInit): Promise<unknown> {
  const answer = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(8_000) });
  if (!answer.ok) throw new Refused(502, "identity_provider");
  return answer.json();
}

export async function callback(ctx: Context): Promise<void> {
  const { state, code } = read(shape({ state: str({ max: 64 }), code: str({ max: 1024 }) }), ctx.query);
  const remembered = ctx.cookies.get(STATE_COOKIE);
  ctx.cookies.set(STATE_COOKIE, null, { httpOnly: true, secure: true, sameSite: "lax", path: "/" });
  if (!remembered || !equal(state, remembered)) throw new Refused(400, "bad_state");

  // GETDEL: each state can be used once
  const raw = await redis.getdel(`studio:oauth:${remembered}`);
  if (raw === null) throw new Refused(400, "bad_state");
  const { verifier, to } = read(shape({ verifier: str({ max: 128 }), to: str({ max: 20 }) }), JSON.parse(raw));

  const tokens = read(
    tokenShape,
    await getJson(new URL("/token", settings.oauth.issuer), {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${settings.oauth.clientId}:${settings.oauth.clientSecret}`).toString("base64")}`,
      },
      body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: callbackUrl, code_verifier: verifier }),
    }),
  );
  const person = read(
    personShape,
    await getJson(new URL("/userinfo", settings.oauth.issuer), { headers: { authorization: `Bearer ${tokens.access_token}` } }),
  );
  if (!person.email_verified) throw new Refused(403, "unverified_email");

  // accounts are tied by the provider's subject, never by the e-mail address alone
  const user = await User.findOneAndUpdate(
    { oauthSubject: person.sub },
    { $set: { name: person.name }, $setOnInsert: { email: person.email, memberships: [] } },
    { upsert: true, new: true, runValidators: true },
  ).exec();
  await startSession(ctx, user._id.toHexString());
  ctx.redirect(LANDING.get(to) ?? HOME);
}
--- studio/src/auth/session.ts
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import argon2 from "argon2";
import type { Context, Middleware, Next } from "koa";
import { email, Refused, read, shape, str } from "../lib/check.js";
import { redis } from "../lib/jobs.js";
import { User } from "../models.js";
import { log } from "../settings.js";

export interface Session {
  userId: string;
  csrf: string;
}

const COOKIE = "__Host-studio";
const LIFE = 8 * 60 * 60;
const keyFor = (token: string) => `studio:session:${createHash("sha256").update(token).digest("hex")}`;

export async function startSession(ctx: Context, userId: string): Promise<Session> {
  const old = ctx.cookies.get(COOKIE);
  if (old) await redis.del(keyFor(old));
  // a new random name at each sign-in, so that a planted cookie is worth nothing
  const token = randomBytes(32).toString("base64url");
  const session: Session = { userId, csrf: randomBytes(24).toString("base64url") };
  await redis.set(keyFor(token), JSON.stringify(session), "EX", LIFE);
  ctx.cookies.set(COOKIE, token, { httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: LIFE * 1000, overwrite: true });
  return session;
}

export async function endSession(ctx: Context): Promise<void> {
  const token = ctx.cookies.get(COOKIE);
  if (token) await redis.del(keyFor(token));
  ctx.cookies.set(COOKIE, null, { httpOnly: true, secure: true, sameSite: "lax", path: "/" });
}

const sessionShape = shape({ userId: str({ max: 24, re: /^[0-9a-f]{24}$/ }), csrf: str({ max: 64 }) });

export async function sessionFromToken(token: string | undefined): Promise<Session | null> {
  if (!token || token.length > 64) return null;
  const raw = await redis.get(keyFor(token));
  return raw === null ? null : read(sessionShape, JSON.parse(raw));
}

export const sessionCookieName = COOKIE;

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

function same(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}

/** Requires a session; writing requests must also carry its CSRF token in a header. */
export const signedIn: Middleware = async (ctx: Context, next: Next) => {
  const session = await sessionFromToken(ctx.cookies.get(COOKIE));
  if (!session) throw new Refused(401, "sign_in");
  if (!SAFE.has(ctx.method) && !same(ctx.get("x-csrf-token"), session.csrf)) throw new Refused(403, "csrf");
  ctx.state.session = session;
  await next();
};

/** At most `most` tries in each window, counted in Redis. */
export async function throttle(bucket: string, most: number, seconds: number): Promise<void> {
  const key = `studio:throttle:${createHash("sha256").update(bucket).digest("hex")}`;
  const answers = await redis.multi().incr(key).expire(key, seconds, "NX").exec();
  const count = Number(answers?.[0]?.[1] ?? Number.POSITIVE_INFINITY);
  if (count > most) throw new Refused(429, "slow_down");
}

const credentials = shape({ email, password: str({ min: 8, max: 200 }) });
const dummyHash = argon2.hash(randomBytes(16).toString("hex"), { type: argon2.argon2id });

export async function signIn(ctx: Context): Promise<void> {
  const { email: address, password } = read(credentials, ctx.request.body);
  await throttle(`login-ip:${ctx.ip}`, 30, 900);
  await throttle(`login-user:${address}`, 8, 900);

  const user = await User.findOne({ email: address }).select("+passwordHash").exec();
  // unknown users cost the same time as known ones
  const good = await argon2.verify(user?.passwordHash ?? (await dummyHash), password);
  if (!user || !user.passwordHash || !good) {
    log.info({ ip: ctx.ip }, "sign-in refused");
    throw new Refused(401, "wrong_credentials");
  }
  const session = await startSession(ctx, user._id.toHexString());
  ctx.body = { name: user.name, csrf: session.csrf };
}
--- studio/src/auth/tenancy.ts
import type { Context, Middleware, Next } from "koa";
import type { Types } from "mongoose";
import { Refused, read, slug } from "../lib/check.js";
import { Tenant, type TenantDoc, User, type UserDoc } from "../models.js";
import type { Session } from "./session.js";

export type Role = "viewer" | "editor" | "owner";
const RANK: Readonly<Record<Role, number>> = { viewer: 1, editor: 2, owner: 3 };

export interface Scope {
  tenant: TenantDoc;
  user: UserDoc;
  role: Role;
}

export async function membershipOf(userId: string, tenantSlug: string): Promise<Scope | null> {
  const [user, tenant] = await Promise.all([
    User.findById(userId).exec(),
    Tenant.findOne({ slug: tenantSlug }).exec(),
  ]);
  if (!user || !tenant) return null;
  const membership = user.memberships.find((m) => m.tenant.equals(tenant._id));
  return membership ? { tenant, user, role: membership.role as Role } : null;
}

/** /t/:tenant/...: the membership is looked up for every request; strangers get the same answer as for a missing tenant. */
export const inTenant: Middleware = async (ctx: Context, next: Next) => {
  const session = ctx.state.session as Session | undefined;
  if (!session) throw new Refused(401, "sign_in");
  const scope = await membershipOf(session.userId, read(slug, ctx.params.tenant));
  if (!scope) throw new Refused(404, "no_such_tenant");
  ctx.state.scope = scope;
  await next();
};

export const atLeast = (role: Role): Middleware => async (ctx: Context, next: Next) => {
  const scope = scopeOf(ctx);
  if (RANK[scope.role] < RANK[role]) throw new Refused(403, "not_allowed");
  await next();
};

export function scopeOf(ctx: Context): Scope {
  const scope = ctx.state.scope as Scope | undefined;
  if (!scope) throw new Error("route is not below inTenant");
  return scope;
}

/** Every query on tenants' data starts here, so that no handler can forget the tenant. */
export function owned<F extends Record<string, unknown>>(ctx: Context, filter: F): F & { tenant: Types.ObjectId } {
  return { ...filter, tenant: scopeOf(ctx).tenant._id };
}
--- studio/src/lib/check.ts
/** Small in-house decoders: every one takes `unknown` and either returns the exact type or throws. */
import { Types } from "mongoose";

export class Refused extends Error {
  readonly expose = true;
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field?: string,
  ) {
    super(code);
    this.name = "Refused";
  }
}

export type Check<T> = (value: unknown, field: string) => T;

const bad = (field: string): never => {
  throw new Refused(422, "invalid_field", field);
};

export const str =
  (opts: { min?: number; max: number; re?: RegExp }): Check<string> =>
  (value, field) => {
    if (typeof value !== "string") return bad(field);
    const s = value.normalize("NFC").trim();
    if (s.length < (opts.min ?? 1) || s.length > opts.max) return bad(field);
    if (opts.re && !opts.re.test(s)) return bad(field);
    return s;
  };

/** One printable line: no CR, LF or other control characters. */
export const line = (max: number): Check<string> => str({ max, re: /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u });

export const slug: Check<string> = str({ max: 40, re: /^[a-z][a-z0-9-]*$/ });

export const email: Check<string> = (value, field) => {
  const s = str({ max: 254, re: /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}$/ })(value, field);
  return s.toLowerCase();
};

export const whole =
  (min: number, max: number): Check<number> =>
  (value, field) => {
    const n = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof n !== "number" || !Number.isSafeInteger(n) || n < min || n > max) return bad(field);
    return n;
  };

export const id: Check<Types.ObjectId> = (value, field) => {
  if (typeof value !== "string" || !/^[0-9a-f]{24}$/.test(value)) return bad(field);
  return new Types.ObjectId(value);
};

export const oneOf =
  <const V extends readonly string[]>(allowed: V): Check<V[number]> =>
  (value, field) => {
    const hit = allowed.find((a) => a === value);
    return hit === undefined ? bad(field) : hit;
  };

export const day: Check<Date> = (value, field) => {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return bad(field);
  const d = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(d.getTime()) ? bad(field) : d;
};

export const optional =
  <T>(inner: Check<T>): Check<T | undefined> =>
  (value, field) =>
    value === undefined || value === null || value === "" ? undefined : inner(value, field);

export const withDefault =
  <T>(inner: Check<T>, fallback: T): Check<T> =>
  (value, field) =>
    value === undefined || value === "" ? fallback : inner(value, field);

export const listOf =
  <T>(inner: Check<T>, max: number): Check<T[]> =>
  (value, field) => {
    if (!Array.isArray(value) || value.length > max) return bad(field);
    return value.map((v, i) => inner(v, `${field}[${i}]`));
  };

type Shape = Record<string, Check<unknown>>;
type Out<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> };

/** Reads only the named fields; whatever else the sender put into the object is left behind. */
export function shape<S extends Shape>(spec: S): Check<Out<S>> {
  const fields = Object.entries(spec);
  return (value, field) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return bad(field);
    const source = new Map<string, unknown>(Object.entries(value));
    const out = new Map<string, unknown>();
    for (const [name, check] of fields) {
      out.set(name, check(source.get(name), field ? `${field}.${name}` : name));
    }
    return Object.fromEntries(out) as Out<S>;
  };
}

export const read = <T>(check: Check<T>, value: unknown): T => check(value, "");
--- studio/src/lib/csv.ts
import { Readable } from "node:stream";

type Cell = string | number | Date | null | undefined;

export interface Column<Row> {
  title: string;
  value: (row: Row) => Cell;
}

/** Spreadsheets run cells that start with these as formulas. */
const FORMULA_START = /^[\t\r]|^ *[=+\-@|%]/;

export function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (value instanceof Date) return value.toISOString();
  const shielded = FORMULA_START.test(value) ? `'${value}` : value;
  return `"${shielded.replaceAll('"', '""')}"`;
}

async function* rowsOf<Row>(columns: readonly Column<Row>[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield "\ufeff" + columns.map((c) => cell(c.title)).join(",") + "\r\n";
  for await (const row of rows) {
    yield columns.map((c) => cell(c.value(row))).join(",") + "\r\n";
  }
}

export function csvStream<Row>(columns: readonly Column<Row>[], rows: AsyncIterable<Row>): Readable {
  return Readable.from(rowsOf(columns, rows), { encoding: "utf8" });
}

/** A file name for Content-Disposition built from parts: letters, digits and dashes remain. */
export function downloadName(parts: readonly string[], ext: "csv" | "pdf"): string {
  const stem = parts
    .map((p) => p.toLowerCase().replace(/[^a-z0-9]+/g, "-"))
    .join("_")
    .slice(0, 80);
  return `${stem || "export"}.${ext}`;
}

/** Reads our own price lists back: quotes, doubled quotes, CRLF. One pass over the text, no regular expression. */
export function parseCsv(source: string, limits = { rows: 5_000, columns: 40 }): string[][] {
  const out: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  const endField = () => {
    if (row.length >= limits.columns) throw new RangeError("too many columns");
    row.push(field);
    field = "";
  };
  const endRow = () => {
    endField();
    if (out.length >= limits.rows) throw new RangeError("too many rows");
    out.push(row);
    row = [];
  };
  for (let i = 0; i < source.length; i++) {
    const ch = source[i];
    if (quoted) {
      if (ch !== '"') field += ch;
      else if (source[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
      continue;
    }
    switch (ch) {
      case '"':
        quoted = true;
        break;
      case ",":
        endField();
        break;
      case "\r":
        break;
      case "\n":
        endRow();
        break;
      default:
        field += ch;
    }
  }
  if (field !== "" || row.length > 0) endRow();
  return out;
}
--- studio/src/lib/images.ts
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { log, settings } from "../settings.js";
import { Refused } from "./check.js";

const run = promisify(execFile);

sharp.cache({ memory: 64 });
sharp.concurrency(2);

const KINDS = new Map<string, "jpg" | "png" | "tif">([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/tiff", "tif"],
]);

const PRESETS = {
  thumb: { width: 240, height: 240 },
  page: { width: 1200, height: 1200 },
  wall: { width: 2400, height: 2400 },
} as const;

export type Preset = keyof typeof PRESETS;
export const presetNames = Object.keys(PRESETS) as readonly Preset[];

const STORED_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:jpg|png|tif|webp)$/;

export function tenantFolder(tenantId: string): string {
  if (!/^[0-9a-f]{24}$/.test(tenantId)) throw new Refused(400, "bad_tenant");
  return path.join(settings.dataFolder, "tenants", tenantId);
}

/** The file's place on disk, sure to be inside the tenant's folder. */
export function placeOf(tenantId: string, stored: string): string {
  if (!STORED_NAME.test(stored)) throw new Refused(404, "no_such_file");
  const base = tenantFolder(tenantId);
  const full = path.resolve(base, stored);
  if (!full.startsWith(base + path.sep)) throw new Refused(404, "no_such_file");
  return full;
}

export interface Kept {
  stored: string;
  width: number;
  height: number;
  mime: string;
}

export async function keepUpload(tenantId: string, bytes: Buffer): Promise<Kept> {
  const kind = await fileTypeFromBuffer(bytes);
  const ext = kind && KINDS.get(kind.mime);
  if (!kind || !ext) throw new Refused(415, "not_an_image");

  const meta = await sharp(bytes, { limitInputPixels: 80_000_000, failOn: "error" })
    .metadata()
    .catch(() => {
      throw new Refused(415, "not_an_image");
    });
  if (!meta.width || !meta.height) throw new Refused(415, "not_an_image");

  const stored = `${randomUUID()}.${ext}`;
  await mkdir(tenantFolder(tenantId), { recursive: true, mode: 0o750 });
  await writeFile(placeOf(tenantId, stored), bytes, { flag: "wx", mode: 0o640 });
  return { stored, width: meta.width, height: meta.height, mime: kind.mime };
}

export async function preview(tenantId: string, stored: string, preset: Preset): Promise<Buffer> {
  const size = PRESETS[preset];
  return sharp(placeOf(tenantId, stored), { limitInputPixels: 80_000_000 })
    .rotate()
    .resize({ ...size, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 82 })
    .timeout({ seconds: 15 })
    .toBuffer();
}

const PROFILES: Readonly<Record<"coated" | "uncoated", string>> = {
  coated: "/usr/share/color/icc/ghostscript/default_cmyk.icc",
  uncoated: "/usr/share/color/icc/colord/SWOP2006_Uncoated3v2.icc",
};

/** Colour separation is done by vips's own command, with a list of arguments and a private work folder. */
export async function separate(tenantId: string, stored: string, paper: "coated" | "uncoated"): Promise<string> {
  const source = placeOf(tenantId, stored);
  const work = await mkdtemp(path.join(os.tmpdir(), "separate-"));
  const target = path.join(work, "out.tif");
  try {
    await run("/usr/bin/vips", ["icc_transform", source, target, PROFILES[paper], "--intent", "relative"], {
      timeout: 60_000,
      maxBuffer: 1024 * 1024,
      env: { PATH: "/usr/bin", VIPS_CONCURRENCY: "2" },
      cwd: work,
    });
    const handle = await open(target, "r");
    let bytes: Buffer;
    try {
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
    const name = `${randomUUID()}.tif`;
    const partial = path.join(tenantFolder(tenantId), `.${name}.part`);
    await writeFile(partial, bytes, { flag: "wx", mode: 0o640 });
    await rename(partial, placeOf(tenantId, name));
    return name;
  } catch (err) {
    log.warn({ err, tenantId, stored }, "separation failed");
    throw err;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
--- studio/src/lib/jobs.ts
/** A queue of our own on Redis lists: waiting -> busy -> gone, with a sorted set for what must wait. */
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { log, settings } from "../settings.js";
import { type Check, Refused, read, shape, str, whole } from "./check.js";

export interface JobKind<T> {
  name: string;
  check: Check<T>;
  attempts: number;
  run: (data: T, signal: AbortSignal) => Promise<void>;
}

const envelope = shape({
  id: str({ max: 36, re: /^[0-9a-f-]{36}$/ }),
  kind: str({ max: 40, re: /^[a-z.]+$/ }),
  tries: whole(0, 50),
  data: ((v: unknown) => v) as Check<unknown>,
});

/** Moves what is due from the sorted set to the list; the script text is constant, all values are KEYS and ARGV. */
const MOVE_DUE = `
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 50)
for _, item in ipairs(due) do
  redis.call('ZREM', KEYS[1], item)
  redis.call('LPUSH', KEYS[2], item)
end
return #due
`;

export class Jobs {
  readonly #kinds = new Map<string, JobKind<unknown>>();
  readonly #keys;
  #stopping = false;

  constructor(
    private readonly redis: Redis,
    prefix = "studio:jobs",
  ) {
    this.#keys = { waiting: `${prefix}:waiting`, busy: `${prefix}:busy`, later: `${prefix}:later`, dead: `${prefix}:dead` };
  }

  register<T>(kind: JobKind<T>): this {
    if (this.#kinds.has(kind.name)) throw new Error(`job ${kind.name} is registered twice`);
    this.#kinds.set(kind.name, kind as JobKind<unknown>);
    return this;
  }

  async add(kind: string, data: Record<string, unknown>): Promise<string> {
    const id = randomUUID();
    await this.redis.lpush(this.#keys.waiting, JSON.stringify({ id, kind, tries: 0, data }));
    return id;
  }

  async *#take(blocking: Redis): AsyncGenerator<string> {
    while (!this.#stopping) {
      await this.redis.eval(MOVE_DUE, 2, this.#keys.later, this.#keys.waiting, String(Date.now()));
      const item = await blocking.blmove(this.#keys.waiting, this.#keys.busy, "RIGHT", "LEFT", 2);
      if (item !== null) yield item;
    }
  }

  async work(): Promise<void> {
    const blocking = this.redis.duplicate();
    try {
      for await (const item of this.#take(blocking)) {
        await this.#one(item);
        await this.redis.lrem(this.#keys.busy, 1, item);
      }
    } finally {
      blocking.disconnect();
    }
  }

  async #one(item: string): Promise<void> {
    let job;
    try {
      job = read(envelope, JSON.parse(item));
    } catch (err) {
      log.error({ err }, "unreadable job");
      await this.redis.lpush(this.#keys.dead, item);
      return;
    }
    const kind = this.#kinds.get(job.kind);
    if (!kind) {
      await this.redis.lpush(this.#keys.dead, item);
      return;
    }
    try {
      await kind.run(read(kind.check, job.data), AbortSignal.timeout(120_000));
      log.info({ job: job.id, kind: job.kind }, "job done");
    } catch (err) {
      const tries = job.tries + 1;
      log.warn({ err, job: job.id, kind: job.kind, tries }, "job failed");
      const again = JSON.stringify({ ...job, tries });
      if (tries >= kind.attempts || err instanceof Refused) {
        await this.redis.multi().lpush(this.#keys.dead, again).ltrim(this.#keys.dead, 0, 999).exec();
      } else {
        await this.redis.zadd(this.#keys.later, Date.now() + 2 ** tries * 5_000, again);
      }
    }
  }

  stop(): void {
    this.#stopping = true;
  }
}

export const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: 3, connectTimeout: 5_000 });
redis.on("error", (err) => log.error({ err }, "redis"));

export const jobs = new Jobs(redis);
--- studio/src/lib/outbound.ts
/** Calls to addresses our customers typed in: https only, public addresses only, the checked address is the dialled one. */
import dns, { type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, request } from "undici";
import { Refused } from "./check.js";

export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` turns ::ffff:10.0.0.1 into 10.0.0.1 first
  return ipaddr.process(address).range() === "unicast";
}

const guardedLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (err, found) => {
    if (err) {
      callback(err, "", 0);
      return;
    }
    const addresses = found as LookupAddress[];
    if (addresses.length === 0 || !addresses.every((a) => isPublic(a.address))) {
      callback(Object.assign(new Error("address is not public"), { code: "EADDRREFUSED" }), "", 0);
      return;
    }
    if (options.all) {
      (callback as unknown as (e: null, a: LookupAddress[]) => void)(null, addresses);
    } else {
      callback(null, addresses[0].address, addresses[0].family);
    }
  });
};

const agent = new Agent({
  connect: { lookup: guardedLookup, timeout: 4_000 },
  headersTimeout: 8_000,
  bodyTimeout: 8_000,
  connections: 20,
});

/** Parses and refuses early what can be seen from the text; names are checked again when dialled. */
export function customerUrl(raw: string): URL {
  let url: URL;
  try {
    url = new URL(raw);
  } catch {
    throw new Refused(422, "bad_url");
  }
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") throw new Refused(422, "bad_url");
  if (url.port !== "" && url.port !== "443") throw new Refused(422, "bad_url");
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  // a literal address never passes through lookup, so it is judged here
  if (ipaddr.isValid(bare) && !isPublic(bare)) throw new Refused(422, "bad_url");
  return url;
}

export interface Delivery {
  status: number;
  body: string;
}

const MOST = 64 * 1024;

export async function postToCustomer(raw: string, payload: string, headers: Record<string, string>): Promise<Delivery> {
  const target = customerUrl(raw);
  // undici's `request` follows no redirect unless told to
  const answer = await request(target, {
    dispatcher: agent,
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "print-studio-hooks/1", ...headers },
    body: payload,
    signal: AbortSignal.timeout(10_000),
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body) {
    const piece = part as Buffer;
    size += piece.length;
    if (size > MOST) {
      answer.body.destroy();
      break;
    }
    parts.push(piece);
  }
  return { status: answer.statusCode, body: Buffer.concat(parts).toString("utf8") };
}
--- studio/src/lib/pdf.ts
import type { Readable } from "node:stream";
import PDFDocument from "pdfkit";

export interface InvoiceView {
  number: string;
  studio: string;
  customer: string;
  issued: Date;
  lines: readonly { title: string; copies: number; cents: number }[];
}

const money = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });

/** pdfkit draws text as text: there is no markup in here to break out of. */
export function invoicePdf(view: InvoiceView): Readable {
  const doc = new PDFDocument({ size: "A4", margin: 50, info: { Title: `Invoice ${view.number}`, Author: view.studio } });

  doc.fontSize(20).text(view.studio);
  doc.moveDown().fontSize(12).text(`Invoice ${view.number}`);
  doc.text(view.issued.toISOString().slice(0, 10));
  doc.moveDown().text(view.customer);
  doc.moveDown();

  const columns = [50, 340, 420] as const;
  const drawRow = (cells: readonly [string, string, string]) => {
    if (doc.y > 740) doc.addPage();
    const y = doc.y;
    cells.forEach((c, i) => doc.text(c, columns[i], y, { width: i === 0 ? 280 : 80, lineBreak: i === 0, ellipsis: true }));
    doc.y = Math.max(doc.y, y + 18);
  };

  drawRow(["Print", "Copies", "Price"]);
  doc.moveTo(50, doc.y).lineTo(545, doc.y).stroke();
  let total = 0;
  for (const entry of view.lines.slice(0, 500)) {
    const sum = entry.copies * entry.cents;
    total += sum;
    drawRow([entry.title.slice(0, 120), String(entry.copies), money.format(sum / 100)]);
  }
  doc.moveTo(50, doc.y).lineTo(545, doc.y).stroke();
  drawRow(["Total", "", money.format(total / 100)]);
  doc.end();
  return doc as unknown as Readable;
}
--- studio/src/routes/artworks.ts
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import multer from "@koa/multer";
import Router from "@koa/router";
import { throttle } from "../auth/session.js";
import { atLeast, owned, scopeOf } from "../auth/tenancy.js";
import * as c from "../lib/check.js";
import { keepUpload, placeOf, presetNames, preview, separate } from "../lib/images.js";
import { type JobKind, jobs } from "../lib/jobs.js";
import { Artwork } from "../models.js";
import { configureHook } from "../hooks.js";

export const artworks = new Router();

const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: 20 * 1024 * 1024, files: 1, fields: 4, fieldSize: 1024, parts: 6 },
});

artworks.post("/artworks", atLeast("editor"), upload.single("image"), async (ctx) => {
  const { tenant, user } = scopeOf(ctx);
  await throttle(`upload:${user._id.toHexString()}`, 60, 3600);
  const { title } = c.read(c.shape({ title: c.line(120) }), ctx.request.body);
  const file = ctx.file;
  if (!file) throw new c.Refused(422, "invalid_field", "image");
  // the sender's file name and declared type are not used: the bytes decide, the name is random
  const kept = await keepUpload(tenant._id.toHexString(), file.buffer);
  const made = await Artwork.create({ ...kept, title, tenant: tenant._id, addedBy: user._id });
  ctx.status = 201;
  ctx.body = { id: made._id.toHexString(), width: kept.width, height: kept.height };
});

async function mine(ctx: Parameters<typeof scopeOf>[0]) {
  const found = await Artwork.findOne(owned(ctx, { _id: c.read(c.id, ctx.params.id) })).lean().exec();
  if (!found) throw new c.Refused(404, "no_such_artwork");
  return found;
}

artworks.get("/artworks/:id/preview/:preset", async (ctx) => {
  const preset = c.read(c.oneOf(presetNames), ctx.params.preset);
  const art = await mine(ctx);
  ctx.set("Cache-Control", "private, max-age=600");
  ctx.type = "image/webp";
  ctx.body = await preview(art.tenant.toHexString(), art.stored, preset);
});

artworks.get("/artworks/:id/original", atLeast("editor"), async (ctx) => {
  const art = await mine(ctx);
  const handle = await open(placeOf(art.tenant.toHexString(), art.stored), "r").catch(() => {
    throw new c.Refused(404, "no_such_file");
  });
  const { size } = await handle.stat();
  ctx.type = art.mime;
  ctx.length = size;
  ctx.attachment(art.stored);
  ctx.body = createReadStream("", { fd: handle });
});

artworks.post("/artworks/:id/separations", atLeast("editor"), async (ctx) => {
  const { paper } = c.read(c.shape({ paper: c.oneOf(["coated", "uncoated"]) }), ctx.request.body);
  const art = await mine(ctx);
  await throttle(`separate:${art.tenant.toHexString()}`, 100, 3600);
  const job = await jobs.add("art.separate", { tenant: art.tenant.toHexString(), artwork: art._id.toHexString(), paper });
  ctx.status = 202;
  ctx.body = { job };
});

artworks.put("/hook", atLeast("owner"), async (ctx) => {
  const { url } = c.read(c.shape({ url: c.line(500) }), ctx.request.body);
  ctx.set("Cache-Control", "no-store");
  ctx.body = { secret: await configureHook(scopeOf(ctx).tenant._id, url) };
});

const separateShape = c.shape({ tenant: c.id, artwork: c.id, paper: c.oneOf(["coated", "uncoated"]) });

export const separateJob: JobKind<ReturnType<typeof separateShape>> = {
  name: "art.separate",
  check: separateShape,
  attempts: 2,
  async run({ tenant, artwork, paper }) {
    const art = await Artwork.findOne({ _id: artwork, tenant }).exec();
    if (!art) return;
    const stored = await separate(tenant.toHexString(), art.stored, paper);
    await Artwork.create({
      tenant,
      title: `${art.title} (${paper})`.slice(0, 120),
      stored,
      mime: "image/tiff",
      width: art.width,
      height: art.height,
      addedBy: art.addedBy,
    });
  },
};
--- studio/src/routes/orders.ts
import { randomInt } from "node:crypto";
import Router from "@koa/router";
import type { SortOrder } from "mongoose";
import { atLeast, owned, scopeOf } from "../auth/tenancy.js";
import * as c from "../lib/check.js";
import { csvStream, downloadName, type Column } from "../lib/csv.js";
import { jobs } from "../lib/jobs.js";
import { invoicePdf } from "../lib/pdf.js";
import { announce } from "../live.js";
import { Artwork, Order, ORDER_STATES, type OrderData } from "../models.js";

export const orders = new Router();

const SORTS: Readonly<Record<"newest" | "oldest" | "customer", Record<string, SortOrder>>> = {
  newest: { createdAt: -1 },
  oldest: { createdAt: 1 },
  customer: { customer: 1, _id: 1 },
};

const listQuery = c.shape({
  state: c.optional(c.oneOf(ORDER_STATES)),
  from: c.optional(c.day),
  q: c.optional(c.line(60)),
  sort: c.withDefault(c.oneOf(["newest", "oldest", "customer"]), "newest"),
  page: c.withDefault(c.whole(1, 1_000), 1),
  size: c.withDefault(c.whole(1, 100), 25),
});

const literal = (s: string) => s.replace(/[\\^$.*+?()[\]{}|\-/]/g, "\\$&");

function filterOf(q: ReturnType<typeof listQuery>) {
  const filter: Record<string, unknown> = {};
  if (q.state) filter.state = q.state;
  return { filter, prefix: q.q ? new RegExp(`^${literal(q.q)}`, "i") : undefined };
}

orders.get("/orders", async (ctx) => {
  const q = c.read(listQuery, ctx.query);
  const { filter, prefix } = filterOf(q);
  const find = Order.find(owned(ctx, filter));
  if (q.from) find.where("createdAt").gte(q.from.getTime());
  if (prefix) find.where("customer").regex(prefix);
  const rows = await find
    .sort(SORTS[q.sort])
    .skip((q.page - 1) * q.size)
    .limit(q.size)
    .maxTimeMS(3_000)
    .lean()
    .exec();
  ctx.body = rows.map((r) => ({ id: r._id.toHexString(), number: r.number, customer: r.customer, state: r.state }));
});

const newOrder = c.shape({
  customer: c.line(120),
  customerMail: c.email,
  note: c.optional(c.str({ max: 2000 })),
  lines: c.listOf(c.shape({ artwork: c.id, copies: c.whole(1, 500) }), 50),
});

const PRICE_CENTS = 2_400;

orders.post("/orders", atLeast("editor"), async (ctx) => {
  const input = c.read(newOrder, ctx.request.body);
  const wanted = input.lines.map((l) => l.artwork);
  const found = await Artwork.find(owned(ctx, {})).where("_id").in(wanted).lean().exec();
  const titles = new Map(found.map((a) => [a._id.toHexString(), a.title]));
  const lines = input.lines.map((l) => {
    const title = titles.get(l.artwork.toHexString());
    if (title === undefined) throw new c.Refused(422, "no_such_artwork", "lines");
    return { artwork: l.artwork, title, copies: l.copies, cents: PRICE_CENTS };
  });
  const { tenant } = scopeOf(ctx);
  const number = `${new Date().getUTCFullYear()}-${randomInt(1e8, 1e9)}`;
  const order = await Order.create({
    tenant: tenant._id,
    number,
    customer: input.customer,
    customerMail: input.customerMail,
    note: input.note,
    lines,
    state: "placed",
  });
  await jobs.add("mail.send", {
    to: order.customerMail,
    template: "order-placed",
    customer: order.customer,
    number,
    studio: tenant.name,
  });
  ctx.status = 201;
  ctx.body = { id: order._id.toHexString(), number };
});

/** From which state one may go where. */
const NEXT: ReadonlyMap<string, readonly string[]> = new Map([
  ["placed", ["cancelled"]],
  ["paid", ["printed", "cancelled"]],
  ["printed", ["shipped"]],
]);

orders.patch("/orders/:id/state", atLeast("editor"), async (ctx) => {
  const orderId = c.read(c.id, ctx.params.id);
  const { state } = c.read(c.shape({ state: c.oneOf(["printed", "shipped", "cancelled"]) }), ctx.request.body);
  const order = await Order.findOne(owned(ctx, { _id: orderId })).exec();
  if (!order) throw new c.Refused(404, "no_such_order");
  if (!NEXT.get(order.state)?.includes(state)) throw new c.Refused(409, "wrong_state");
  order.state = state;
  await order.save();
  const tenantId = order.tenant.toHexString();
  announce(tenantId, orderId.toHexString(), state);
  if (state !== "cancelled") {
    await jobs.add("hook.deliver", { tenant: tenantId, order: orderId.toHexString(), event: `order.${state}` });
  }
  ctx.status = 204;
});

orders.get("/orders/:id/invoice.pdf", async (ctx) => {
  const order = await Order.findOne(owned(ctx, { _id: c.read(c.id, ctx.params.id) })).lean().exec();
  if (!order) throw new c.Refused(404, "no_such_order");
  const { tenant } = scopeOf(ctx);
  ctx.type = "application/pdf";
  ctx.attachment(downloadName(["invoice", order.number], "pdf"));
  ctx.body = invoicePdf({ number: order.number, studio: tenant.name, customer: order.customer, issued: order.createdAt, lines: order.lines });
});

const COLUMNS: readonly Column<OrderData>[] = [
  { title: "Number", value: (o) => o.number },
  { title: "Customer", value: (o) => o.customer },
  { title: "State", value: (o) => o.state },
  { title: "Total", value: (o) => o.lines.reduce((n, l) => n + l.copies * l.cents, 0) / 100 },
  { title: "Note", value: (o) => o.note },
];

orders.get("/orders.csv", atLeast("editor"), (ctx) => {
  const cursor = Order.find(owned(ctx, {})).sort({ createdAt: -1 }).limit(20_000).lean<OrderData[]>().cursor();
  ctx.type = "text/csv; charset=utf-8";
  ctx.attachment(downloadName(["orders", scopeOf(ctx).tenant.slug], "csv"));
  ctx.body = csvStream(COLUMNS, cursor as AsyncIterable<OrderData>);
});
