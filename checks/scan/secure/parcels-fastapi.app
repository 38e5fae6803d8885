--- labels
good parcels/routes_files.py:77 path/traversal | the name of a temporary file, and not what was written into it
--- pyproject.toml
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "warehouse"
version = "2.4.0"
requires-python = ">=3.13"
dependencies = [
  "aiohttp>=3.11",
  "argon2-cffi>=23.1",
  "asyncpg>=0.30",
  "click>=8.1",
  "defusedxml>=0.7.1",
  "email-validator>=2.2",
  "fastapi>=0.115.11",
  "httpx>=0.28",
  "jinja2>=3.1.6",
  "pydantic-settings>=2.7",
  "pyjwt[crypto]>=2.10",
  "python-multipart>=0.0.20",
  "typer>=0.15",
  "uvicorn[standard]>=0.32",
]

[project.scripts]
parcels = "parcels.main:main"
relay = "relay.app:main"
toolbox-accounts = "toolbox.accounts:app"
toolbox-backup = "toolbox.backup:main"
toolbox-feeds = "toolbox.feeds:main"
toolbox-release = "toolbox.release:main"
toolbox-stock = "toolbox.store:main"

[tool.setuptools]
packages = ["parcels", "relay", "toolbox"]
--- parcels/db.py
"""A thin layer over asyncpg: a pool, transactions, and a builder of conditions.

Texts of SQL are typed as LiteralString wherever the type checker can follow them, so
that values cannot get into them by accident; they travel as numbered parameters.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString

import asyncpg
from starlette.requests import HTTPConnection

from .settings import Settings

log = logging.getLogger("parcels.db")
SLOW_SECONDS = 0.5


@dataclass(slots=True)
class Where:
    """Collects conditions; `{}` in a condition becomes the next `$n`."""

    args: list[Any] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def add(self, condition: LiteralString, *values: Any) -> Where:
        placeholders = [self.bind(value) for value in values]
        self.parts.append("(" + condition.format(*placeholders) + ")")
        return self

    def add_if(self, condition: LiteralString, value: Any | None) -> Where:
        return self if value is None else self.add(condition, value)

    def bind(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    def __str__(self) -> str:
        return " AND ".join(self.parts) if self.parts else "TRUE"


def assignments(changes: Mapping[str, Any], columns: Mapping[str, LiteralString], start: int = 1) -> tuple[str, list[Any]]:
    """The text and the arguments of a SET clause.

    `columns` maps the names that callers may change to columns. Any other name is an
    error of the program, not something to be passed on to the database.
    """
    texts: list[str] = []
    args: list[Any] = []
    for number, (name, value) in enumerate(changes.items(), start):
        column = columns.get(name)
        if column is None:
            raise KeyError("not a column that may be changed")
        texts.append(f'"{column}" = ${number}')
        args.append(value)
    if not texts:
        raise ValueError("nothing to change")
    return ", ".join(texts), args


class Database:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @classmethod
    async def connect(cls, settings: Settings) -> Database:
        pool = await asyncpg.create_pool(
            dsn=settings.database_dsn.get_secret_value(),
            ssl=settings.database_tls(),
            min_size=1,
            max_size=10,
            timeout=5,
            command_timeout=10,
            server_settings={"application_name": "parcels", "statement_timeout": "10000"},
        )
        return cls(pool)

    async def close(self) -> None:
        await self._pool.close()

    async def rows(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        started = time.monotonic()
        try:
            return await self._pool.fetch(sql, *args)
        finally:
            self._note(sql, started)

    async def row(self, sql: str, *args: Any) -> asyncpg.Record | None:
        return await self._pool.fetchrow(sql, *args)

    async def value(self, sql: str, *args: Any) -> Any:
        return await self._pool.fetchval(sql, *args)

    async def run(self, sql: str, *args: Any) -> int:
        """Runs a statement, and tells how many rows it changed."""
        status = await self._pool.execute(sql, *args)
        last = status.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        await self._pool.executemany(sql, list(rows))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        async with self._pool.acquire() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def cursor(self, sql: str, *args: Any, prefetch: int = 200) -> AsyncIterator[AsyncIterator[asyncpg.Record]]:
        """Rows of a large result, a few at a time."""
        async with self._pool.acquire() as connection, connection.transaction(readonly=True):
            yield connection.cursor(sql, *args, prefetch=prefetch).__aiter__()

    @staticmethod
    def _note(sql: str, started: float) -> None:
        took = time.monotonic() - started
        if took > SLOW_SECONDS:
            # The text has placeholders only, so no value of a user gets into the log.
            log.warning("slow statement", extra={"sql": sql, "seconds": round(took, 3)})


def get_db(connection: HTTPConnection) -> Database:
    """Dependency that works for requests and for websockets."""
    return connection.app.state.db
--- parcels/fetcher.py
"""Requests to addresses that users gave: webhooks of customers, previews of links.

The transport resolves each host itself, refuses all that isn't a public address, and
connects to the very address that it has checked. Redirects go the same way.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Final

import httpx
from pydantic import BaseModel, Field

MAX_BYTES: Final = 512 * 1024
HEAD_BYTES: Final = 64 * 1024
TOTAL_SECONDS: Final = 15
BLOCKED_SUFFIXES: Final = (".internal", ".local", ".localhost", ".lan", ".home.arpa")


class BlockedAddress(httpx.RequestError):
    """The address isn't one that we send requests to."""


class TooMuch(httpx.RequestError):
    """The answer is larger than we read."""


def is_public(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


async def public_address(host: str) -> str:
    """One IPv4 address of the host, if all that it has are public ones.

    IPv4 alone, which leaves no mapped, translated or tunnelled forms to think of.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, 443, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BlockedAddress("host not found") from None
    addresses = [ipaddress.IPv4Address(entry[4][0]) for entry in found]
    if not addresses or not all(map(is_public, addresses)):
        raise BlockedAddress("not a public host")
    return str(addresses[0])


def checked_host(url: httpx.URL) -> str:
    if url.scheme != "https" or url.port not in (None, 443) or url.userinfo:
        raise BlockedAddress("only plain https addresses")
    host = url.raw_host.decode("ascii").rstrip(".").lower()
    if not host or "." not in host or host.endswith(BLOCKED_SUFFIXES):
        raise BlockedAddress("not a public host")
    return host


class PublicOnlyTransport(httpx.AsyncBaseTransport):
    def __init__(self) -> None:
        # No kept-alive connections: each belongs to the one host it was made for.
        limits = httpx.Limits(max_connections=20, max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(limits=limits, trust_env=False, retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = checked_host(request.url)
        address = await public_address(host)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            # The certificate is still checked for the name.
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._inner.handle_async_request(pinned)

    async def aclose(self) -> None:
        await self._inner.aclose()


def public_client(*, redirects: int = 0) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=PublicOnlyTransport(),
        timeout=httpx.Timeout(5.0, connect=3.0),
        follow_redirects=redirects > 0,
        max_redirects=redirects,
        headers={"User-Agent": "parcels-fetcher/1.0", "Accept-Encoding": "identity"},
    )


@asynccontextmanager
async def bounded_get(client: httpx.AsyncClient, url: str) -> AsyncIterator[tuple[httpx.Response, bytes]]:
    async with asyncio.timeout(TOTAL_SECONDS), client.stream("GET", url) as response:
        response.raise_for_status()
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise TooMuch("compressed answers aren't read")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MAX_BYTES:
                raise TooMuch("answer too large")
        yield response, bytes(body)


class Preview(BaseModel):
    title: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=500)


class _HeadParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
        elif tag == "meta":
            values = dict(attrs)
            name = values.get("property") or values.get("name") or ""
            if name in ("og:title", "og:description", "description"):
                self.found.setdefault(name, values.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.found.setdefault("title", data.strip())


def read_head(page: str) -> Preview:
    parser = _HeadParser()
    parser.feed(page)
    found = parser.found
    return Preview(
        title=(found.get("og:title") or found.get("title") or "")[:200],
        description=(found.get("og:description") or found.get("description") or "")[:500],
    )


async def preview(url: str) -> Preview | None:
    """Title and description of a page, as texts (the template escapes them)."""
    try:
        async with public_client(redirects=3) as client, bounded_get(client, url) as (response, body):
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return read_head(body[:HEAD_BYTES].decode("utf-8", "replace")) if kind == "text/html" else None
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        return None
--- parcels/limits.py
"""Limits of how often something may be done: sliding windows in memory, one process."""

import asyncio
import hashlib
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import HTTPException, Request, status
from starlette.requests import HTTPConnection

Clock = Callable[[], float]


@dataclass(slots=True)
class SlidingWindow:
    """At most `times` per `seconds` and key. Forgets the oldest keys over `max_keys`."""

    times: int
    seconds: float
    max_keys: int = 50_000
    clock: Clock = time.monotonic
    _hits: OrderedDict[bytes, deque[float]] = field(default_factory=OrderedDict, repr=False)

    @staticmethod
    def _short(key: str) -> bytes:
        # Keys hold addresses of people; what is kept in memory has one size and no names.
        return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()

    def hit(self, key: str) -> float:
        """Counts one. 0 when it is allowed, else the seconds to wait."""
        now = self.clock()
        short = self._short(key)
        hits = self._hits.pop(short, None) or deque(maxlen=self.times)
        while hits and hits[0] <= now - self.seconds:
            hits.popleft()
        wait = 0.0
        if len(hits) >= self.times:
            wait = hits[0] + self.seconds - now
        else:
            hits.append(now)
        self._hits[short] = hits
        while len(self._hits) > self.max_keys:
            self._hits.popitem(last=False)
        return wait

    def forget(self, key: str) -> None:
        self._hits.pop(self._short(key), None)


def client_address(connection: HTTPConnection) -> str:
    """The address of the peer. Headers that a client can write play no part in it;
    uvicorn takes the one of our own proxy into account (`forwarded_allow_ips`)."""
    return connection.client.host if connection.client else "unknown"


def too_many(wait: float) -> HTTPException:
    return HTTPException(
        status.HTTP_429_TOO_MANY_REQUESTS,
        "Too many attempts, please wait",
        headers={"Retry-After": str(max(1, math.ceil(wait)))},
    )


class RateLimit:
    """A dependency: `Depends(RateLimit("export", times=3, seconds=60))`."""

    def __init__(self, name: str, *, times: int, seconds: float) -> None:
        self.name = name
        self.window = SlidingWindow(times, seconds)

    async def __call__(self, request: Request) -> None:
        wait = self.window.hit(f"{self.name}|{client_address(request)}")
        if wait > 0:
            raise too_many(wait)


class LoginGuard:
    """Two windows for log-ins: for each account, whoever tries, and for each address."""

    def __init__(self) -> None:
        self.by_account = SlidingWindow(times=8, seconds=900)
        self.by_address = SlidingWindow(times=30, seconds=900)

    def check(self, request: Request, email: str) -> None:
        wait = max(
            self.by_address.hit(client_address(request)),
            self.by_account.hit(email.casefold()),
        )
        if wait > 0:
            raise too_many(wait)

    def passed(self, email: str) -> None:
        self.by_account.forget(email.casefold())


class Slots:
    """A bound for what runs at the same time; who finds no slot is told to come back."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)

    @asynccontextmanager
    async def take(self, patience: float = 2.0) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(patience):
                await self._free.acquire()
        except TimeoutError:
            raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "Busy, try again") from None
        try:
            yield
        finally:
            self._free.release()
--- parcels/live.py
"""Live changes of orders over websockets."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect, status
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .db import Database, get_db
from .limits import SlidingWindow
from .orders import Orders
from .security import Session, optional_session
from .settings import Settings, get_settings

log = logging.getLogger("parcels.live")
router = APIRouter()

MAX_SUBSCRIPTIONS = 50
MAX_MESSAGE = 2_000
QUEUE_SIZE = 100
IDLE_SECONDS = 90
# After that the page connects again, and its session is looked up again.
LIFETIME_SECONDS = 3600


class Subscribe(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["subscribe"]
    order_id: UUID


class Unsubscribe(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["unsubscribe"]
    order_id: UUID


class Ping(BaseModel):
    model_config = ConfigDict(extra="forbid")
    type: Literal["ping"]


Incoming = TypeAdapter(Annotated[Subscribe | Unsubscribe | Ping, Field(discriminator="type")])


class Hub:
    """Hands on events to whoever asked for an order. Slow readers lose their oldest events."""

    def __init__(self) -> None:
        self._readers: defaultdict[UUID, set[Reader]] = defaultdict(set)

    def add(self, order_id: UUID, reader: Reader) -> None:
        self._readers[order_id].add(reader)

    def discard(self, order_id: UUID, reader: Reader) -> None:
        readers = self._readers.get(order_id)
        if readers is None:
            return
        readers.discard(reader)
        if not readers:
            del self._readers[order_id]

    def publish(self, order_id: UUID, event: dict[str, Any]) -> None:
        for reader in tuple(self._readers.get(order_id, ())):
            reader.push({"order_id": str(order_id), **event})


class Reader:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.orders: set[UUID] = set()
        self.queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(QUEUE_SIZE)

    def push(self, event: dict[str, Any]) -> None:
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(event)

    def follow(self, order_id: UUID) -> None:
        self.orders.add(order_id)
        self.hub.add(order_id, self)

    def leave(self, order_id: UUID) -> None:
        self.orders.discard(order_id)
        self.hub.discard(order_id, self)

    def close(self) -> None:
        for order_id in tuple(self.orders):
            self.leave(order_id)


def origin_allowed(socket: WebSocket, settings: Settings) -> bool:
    """Browsers send cookies with websockets from any page: only our own pages may connect."""
    origin = socket.headers.get("origin")
    return origin is not None and origin.lower() in settings.allowed_origins


async def handle(text: str, reader: Reader, orders: Orders) -> None:
    try:
        message = Incoming.validate_json(text)
    except ValidationError:
        reader.push({"type": "error", "reason": "not a message that is known here"})
        return
    match message:
        case Subscribe(order_id=order_id):
            if len(reader.orders) >= MAX_SUBSCRIPTIONS:
                reader.push({"type": "error", "reason": "too many subscriptions"})
            elif await orders.one(order_id) is None:
                reader.push({"type": "error", "reason": "no such order"})
            else:
                reader.follow(order_id)
                reader.push({"type": "subscribed", "order_id": str(order_id)})
        case Unsubscribe(order_id=order_id):
            reader.leave(order_id)
        case Ping():
            reader.push({"type": "pong"})


async def receive_all(socket: WebSocket, reader: Reader, orders: Orders) -> None:
    window = SlidingWindow(times=30, seconds=10, max_keys=1)
    while True:
        async with asyncio.timeout(IDLE_SECONDS):
            text = await socket.receive_text()
        if len(text) > MAX_MESSAGE or window.hit("message") > 0:
            await socket.close(status.WS_1008_POLICY_VIOLATION)
            return
        await handle(text, reader, orders)


async def send_all(socket: WebSocket, reader: Reader) -> None:
    while True:
        event = await reader.queue.get()
        async with asyncio.timeout(10):
            await socket.send_json(event)


@router.websocket("/live/orders")
async def live_orders(
    socket: WebSocket,
    settings: Annotated[Settings, Depends(get_settings)],
    session: Annotated[Session | None, Depends(optional_session)],
    db: Annotated[Database, Depends(get_db)],
) -> None:
    if session is None or not origin_allowed(socket, settings):
        await socket.close(status.WS_1008_POLICY_VIOLATION)
        return
    await socket.accept()
    reader = Reader(socket.app.state.hub)
    tasks = {
        asyncio.create_task(receive_all(socket, reader, Orders(db, session))),
        asyncio.create_task(send_all(socket, reader)),
    }
    try:
        done, _ = await asyncio.wait(tasks, timeout=LIFETIME_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            error = task.exception()
            if error and not isinstance(error, WebSocketDisconnect | TimeoutError):
                log.error("websocket failed", exc_info=error, extra={"user": str(session.user_id)})
    finally:
        reader.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(RuntimeError):
            await socket.close()
--- parcels/main.py
"""The application: what belongs together is put together here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from . import live, oauth, pages, routes_auth, routes_files, routes_orders, webhooks
from .db import Database
from .middleware import BodyLimit, RequestId, SecurityHeaders
from .settings import Settings, get_oauth_settings, get_settings

log = logging.getLogger("parcels")
SWEEP_SECONDS = 600


async def sweep_forever(db: Database) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await routes_auth.sweep_sessions(db)
        except Exception:
            log.exception("sweeping failed")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = get_settings()
    async with AsyncExitStack() as stack:
        app.state.db = await Database.connect(settings)
        stack.push_async_callback(app.state.db.close)

        app.state.hub = live.Hub()
        app.state.provider = oauth.Provider(get_oauth_settings(), f"{settings.public_origin}/oauth/callback")
        stack.push_async_callback(app.state.provider.client.aclose)

        app.state.deliverer = webhooks.Deliverer(app.state.db)
        stack.push_async_callback(app.state.deliverer.close)

        sweeper = asyncio.create_task(sweep_forever(app.state.db))
        try:
            yield
        finally:
            sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeper


async def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """Where the mistake is and what kind it is; not what was sent."""
    places = [
        {"where": [str(step)[:40] for step in problem["loc"]], "kind": problem["type"]} for problem in error.errors()[:10]
    ]
    return JSONResponse({"detail": "Invalid request", "problems": places}, status_code=422)


async def on_error(request: Request, error: Exception) -> JSONResponse:
    identifier = getattr(request.state, "request_id", "-")
    log.error("unhandled", exc_info=error, extra={"request_id": identifier})
    return JSONResponse({"detail": "Something went wrong", "request_id": identifier}, status_code=500)


async def health() -> dict[str, str]:
    return {"status": "ok"}


def create_app(settings: Settings) -> FastAPI:
    app = FastAPI(title="Parcels", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    for module in (routes_auth, routes_orders, routes_files, webhooks, oauth, live, pages):
        app.include_router(module.router)
    app.add_api_route("/health", health, methods=["GET"], include_in_schema=False)

    app.add_exception_handler(RequestValidationError, on_invalid)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, on_error)

    # The last one added is the first one asked.
    app.add_middleware(
        BodyLimit,
        default=64 * 1024,
        larger=[("/api/orders/", settings.max_upload_bytes + 16 * 1024), ("/hooks/", 256 * 1024)],
    )
    if settings.extra_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=sorted(settings.extra_origins),
            allow_credentials=True,
            allow_methods=["GET", "PATCH", "POST"],
            allow_headers=["Content-Type", "X-CSRF-Token"],
            max_age=600,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[settings.public_host], www_redirect=False)
    app.add_middleware(RequestId)
    return app


def main() -> None:
    settings = get_settings()
    logging.basicConfig(level=logging.INFO)
    uvicorn.run(
        create_app(settings),
        host=settings.bind_host,
        port=settings.bind_port,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        ws_max_size=16 * 1024,
        timeout_keep_alive=10,
        limit_concurrency=500,
    )


if __name__ == "__main__":
    main()
--- parcels/middleware.py
"""Middleware written against plain ASGI: identifiers, limits of bodies, headers."""

from __future__ import annotations

import contextvars
import logging
import re
import secrets
import time
from collections.abc import Iterable

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("parcels.access")
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
_REQUEST_ID = re.compile(r"[0-9a-f]{16,32}")


class RequestId:
    """Takes over the identifier of our proxy if it looks like one, and makes one otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        identifier = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(12)
        scope.setdefault("state", {})["request_id"] = identifier
        token = request_id.set(identifier)
        started = time.monotonic()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = identifier
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            route = scope.get("route")
            log.info(
                "request",
                extra={
                    "request_id": identifier,
                    "method": scope.get("method", "WS"),
                    # The template of the route: no text of the client.
                    "route": getattr(route, "path", None),
                    "status": status,
                    "ms": round((time.monotonic() - started) * 1000),
                },
            )
            request_id.reset(token)


class BodyTooLarge(HTTPException):
    def __init__(self) -> None:
        super().__init__(413, "Too large")


class BodyLimit:
    """Bounds what a request may send, whether or not it says how much that is."""

    def __init__(self, app: ASGIApp, *, default: int, larger: Iterable[tuple[str, int]] = ()) -> None:
        self.app = app
        self.default = default
        self.larger = tuple(larger)

    def _limit(self, path: str) -> int:
        return next((limit for prefix, limit in self.larger if path.startswith(prefix)), self.default)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        declared = Headers(scope=scope).get("content-length")
        if declared is not None:
            if not declared.isascii() or not declared.isdigit() or len(declared) > 15 or int(declared) > limit:
                await PlainTextResponse("Too large", 413)(scope, receive, send)
                return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    raise BodyTooLarge
            return message

        await self.app(scope, counted, send)


class SecurityHeaders:
    """A strict policy for contents, with a nonce that templates find in the request's state."""

    FIXED = {
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["csp_nonce"] = nonce
        policy = "; ".join(
            (
                "default-src 'self'",
                f"script-src 'self' 'nonce-{nonce}'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.FIXED.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy)
            await send(message)

        await self.app(scope, receive, send_with_headers)
--- parcels/oauth.py
"""Log-in by OpenID Connect: authorization code with PKCE, state and nonce.

What belongs to one attempt stays in the database; the browser gets only the random
name of the attempt, in a cookie that is bound to this host.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import time
from typing import Annotated, Any
from urllib.parse import urlencode

import httpx
import jwt
from fastapi import APIRouter, Depends, HTTPException, Query, Request, status
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from .db import Database, get_db
from .limits import RateLimit
from .security import SESSION_COOKIE, start_session
from .settings import OAuthSettings, Settings, get_settings

log = logging.getLogger("parcels.oauth")
router = APIRouter(prefix="/oauth", tags=["oauth"])

ATTEMPT_COOKIE = "__Host-parcels-oauth"
ATTEMPT_SECONDS = 600
ALGORITHMS = ("RS256", "ES256")
# Where a log-in may lead to; the browser sends a name, never an address.
LANDINGS = {"home": "/", "orders": "/orders", "manual": "/manual/index.html"}


class TokenAnswer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id_token: str = Field(min_length=20, max_length=16_384)
    token_type: str


class KeySet:
    """The provider's public keys, fetched again after a while or when one is missing."""

    def __init__(self, oauth: OAuthSettings, client: httpx.AsyncClient, ttl: float = 3600) -> None:
        self._url = oauth.endpoint(oauth.jwks_path)
        self._client = client
        self._ttl = ttl
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    async def find(self, kid: str) -> jwt.PyJWK | None:
        age = time.monotonic() - self._fetched
        if age > self._ttl or (kid not in self._keys and age > 60):
            answer = await self._client.get(self._url)
            answer.raise_for_status()
            found = jwt.PyJWKSet.from_dict(answer.json())
            self._keys = {key.key_id: key for key in found.keys if key.key_id}
            self._fetched = time.monotonic()
        return self._keys.get(kid)


class Provider:
    def __init__(self, oauth: OAuthSettings, redirect_uri: str) -> None:
        self.oauth = oauth
        self.redirect_uri = redirect_uri
        self.client = httpx.AsyncClient(timeout=httpx.Timeout(8.0, connect=3.0), follow_redirects=False, trust_env=False)
        self.keys = KeySet(oauth, self.client)

    def authorize_url(self, *, state: str, nonce: str, challenge: str) -> str:
        query = {
            "response_type": "code",
            "client_id": self.oauth.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.oauth.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.oauth.endpoint(self.oauth.authorize_path)}?{urlencode(query)}"

    async def redeem(self, code: str, verifier: str) -> str:
        answer = await self.client.post(
            self.oauth.endpoint(self.oauth.token_path),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_uri,
                "code_verifier": verifier,
            },
            auth=(self.oauth.client_id, self.oauth.client_secret.get_secret_value()),
        )
        answer.raise_for_status()
        return TokenAnswer.model_validate(answer.json()).id_token

    async def claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(id_token)
        kid = header.get("kid")
        key = await self.keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise jwt.InvalidTokenError("unknown key")
        claims = jwt.decode(
            id_token,
            key=key,
            algorithms=list(ALGORITHMS),
            audience=self.oauth.client_id,
            issuer=self.oauth.issuer,
            leeway=30,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise jwt.InvalidTokenError("wrong nonce")
        return claims


def get_provider(request: Request) -> Provider:
    return request.app.state.provider


def s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@router.get("/start", dependencies=[Depends(RateLimit("oauth-start", times=20, seconds=60))])
async def start(
    db: Annotated[Database, Depends(get_db)],
    provider: Annotated[Provider, Depends(get_provider)],
    landing: Annotated[str, Query(max_length=20)] = "home",
) -> RedirectResponse:
    attempt, state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(4))
    await db.run(
        "INSERT INTO oauth_attempts (id_digest, state, nonce, verifier, landing, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))",
        hashlib.sha256(attempt.encode()).digest(),
        state,
        nonce,
        verifier,
        landing if landing in LANDINGS else "home",
        float(ATTEMPT_SECONDS),
    )
    response = RedirectResponse(
        provider.authorize_url(state=state, nonce=nonce, challenge=s256(verifier)), status.HTTP_303_SEE_OTHER
    )
    # "lax", since the provider sends the browser back by a link from another site.
    response.set_cookie(
        ATTEMPT_COOKIE, attempt, max_age=ATTEMPT_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
    )
    return response


@router.get("/callback", dependencies=[Depends(RateLimit("oauth-callback", times=20, seconds=60))])
async def callback(
    request: Request,
    db: Annotated[Database, Depends(get_db)],
    provider: Annotated[Provider, Depends(get_provider)],
    settings: Annotated[Settings, Depends(get_settings)],
    state: Annotated[str, Query(max_length=100)],
    code: Annotated[str, Query(max_length=2000)],
) -> RedirectResponse:
    refused = HTTPException(status.HTTP_400_BAD_REQUEST, "The log-in did not work, please try again")
    attempt_id = request.cookies.get(ATTEMPT_COOKIE, "")
    # Deleted as it is read: an attempt counts once.
    attempt = await db.row(
        "DELETE FROM oauth_attempts WHERE id_digest = $1 AND expires_at > now() RETURNING state, nonce, verifier, landing",
        hashlib.sha256(attempt_id.encode()).digest(),
    )
    if attempt is None or not secrets.compare_digest(attempt["state"].encode(), state.encode()):
        raise refused
    try:
        claims = await provider.claims(await provider.redeem(code, attempt["verifier"]), attempt["nonce"])
    except (httpx.HTTPError, jwt.PyJWTError, ValueError) as error:
        log.warning("log-in by provider failed", extra={"kind": type(error).__name__})
        raise refused from None
    user_id = await db.value(
        "SELECT i.user_id FROM identities i JOIN users u ON u.id = i.user_id"
        " WHERE i.issuer = $1 AND i.subject = $2 AND NOT u.disabled",
        claims["iss"],
        claims["sub"],
    )
    if user_id is None:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "No account is linked to this identity")
    response = RedirectResponse(LANDINGS[attempt["landing"]], status.HTTP_303_SEE_OTHER)
    await start_session(db, settings, response, user_id, request.cookies.get(SESSION_COOKIE))
    response.delete_cookie(ATTEMPT_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response
--- parcels/orders.py
"""Orders in the database: filters, sorting and pages, changes of single fields."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, LiteralString, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from .db import Database, Where, assignments
from .security import Role, Session


class OrderStatus(StrEnum):
    NEW = "new"
    PACKED = "packed"
    SENT = "sent"
    RETURNED = "returned"


# What may follow what: a change that isn't here is refused.
NEXT_STATUS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.NEW: frozenset({OrderStatus.PACKED}),
    OrderStatus.PACKED: frozenset({OrderStatus.SENT, OrderStatus.NEW}),
    OrderStatus.SENT: frozenset({OrderStatus.RETURNED}),
    OrderStatus.RETURNED: frozenset(),
}

SORTS: dict[str, LiteralString] = {
    "created": "o.created_at",
    "total": "o.total",
    "reference": "o.reference",
}
SortName = Literal["created", "total", "reference"]

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[0-9]{6}$")]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class OrderChange(BaseModel):
    """The fields that a customer may change. Owner, total and status aren't among them."""

    model_config = ConfigDict(extra="forbid")

    note: ShortText | None = None
    street: ShortText | None = None
    postcode: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z -]{3,10}$")] | None = None

    COLUMNS: ClassVar[dict[str, LiteralString]] = {
        "note": "note",
        "street": "ship_street",
        "postcode": "ship_postcode",
    }

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing to change")
        return self


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: OrderStatus | None = None
    text: Annotated[str, StringConstraints(max_length=60)] | None = None
    since: AwareDatetime | None = None
    sort: SortName = "created"
    descending: bool = True
    limit: int = Field(default=50, ge=1, le=200)
    after: Annotated[str, StringConstraints(max_length=300)] | None = None


VALUES: dict[str, TypeAdapter[Any]] = {
    "created": TypeAdapter(AwareDatetime),
    "total": TypeAdapter(Decimal),
    "reference": TypeAdapter(Reference),
}


class Position(BaseModel):
    """Where the last page ended. It comes back from the client, so it's checked again."""

    model_config = ConfigDict(extra="forbid")

    sort: SortName
    value: Annotated[str, StringConstraints(max_length=60)]
    id: UUID

    def encode(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode()

    @classmethod
    def decode(cls, text: str) -> tuple[Position, Any]:
        try:
            position = cls.model_validate(json.loads(base64.urlsafe_b64decode(text.encode())))
            return position, VALUES[position.sort].validate_python(position.value)
        except (binascii.Error, UnicodeError, json.JSONDecodeError, ValidationError):
            raise ValueError("not a position") from None


class Order(BaseModel):
    id: UUID
    reference: str
    status: OrderStatus
    total: Decimal
    note: str | None
    created_at: datetime


COLUMNS = "o.id, o.reference, o.status, o.total, o.note, o.created_at"


def like_literal(text: str) -> str:
    """For LIKE with ESCAPE '!': the text itself, anywhere."""
    return "%" + "".join("!" + sign if sign in "!%_" else sign for sign in text) + "%"


class Orders:
    """The orders that one session may see."""

    def __init__(self, db: Database, session: Session) -> None:
        self._db = db
        self._session = session

    def _visible(self) -> Where:
        where = Where()
        if self._session.role is Role.CUSTOMER:
            where.add("o.owner_id = {}", self._session.user_id)
        return where

    def _query(self, filters: Filters) -> tuple[str, Where]:
        where = self._visible()
        where.add_if("o.status = {}", filters.status)
        where.add_if("o.created_at >= {}", filters.since)
        if filters.text:
            where.add("o.reference ILIKE {} ESCAPE '!'", like_literal(filters.text))
        column = SORTS[filters.sort]
        direction = "DESC" if filters.descending else "ASC"
        if filters.after:
            position, value = Position.decode(filters.after)
            if position.sort != filters.sort:
                raise ValueError("position of another sorting")
            compare = "<" if filters.descending else ">"
            where.parts.append(f"({column}, o.id) {compare} ({where.bind(value)}, {where.bind(position.id)})")
        return f"SELECT {COLUMNS} FROM orders o WHERE {where} ORDER BY {column} {direction}, o.id {direction}", where

    async def page(self, filters: Filters) -> tuple[list[Order], str | None]:
        sql, where = self._query(filters)
        rows = await self._db.rows(f"{sql} LIMIT {where.bind(filters.limit + 1)}", *where.args)
        orders = [Order.model_validate(dict(row)) for row in rows[: filters.limit]]
        if len(rows) <= filters.limit:
            return orders, None
        last = orders[-1]
        value = {"created": last.created_at.isoformat(), "total": str(last.total), "reference": last.reference}
        return orders, Position(sort=filters.sort, value=value[filters.sort], id=last.id).encode()

    async def every(self, filters: Filters) -> AsyncIterator[Order]:
        sql, where = self._query(filters)
        async with self._db.cursor(sql, *where.args) as rows:
            async for row in rows:
                yield Order.model_validate(dict(row))

    async def one(self, order_id: UUID) -> Order | None:
        where = self._visible().add("o.id = {}", order_id)
        row = await self._db.row(f"SELECT {COLUMNS} FROM orders o WHERE {where}", *where.args)
        return Order.model_validate(dict(row)) if row else None

    async def change(self, order_id: UUID, change: OrderChange) -> bool:
        changes: dict[str, Any] = change.model_dump(exclude_unset=True)
        where = self._visible().add("o.id = {}", order_id).add("o.status = {}", OrderStatus.NEW)
        text, args = assignments(changes, change.COLUMNS, start=len(where.args) + 1)
        return await self._db.run(f"UPDATE orders AS o SET {text} WHERE {where}", *where.args, *args) == 1

    async def move(self, order_id: UUID, status: OrderStatus) -> bool:
        before = [old.value for old, following in NEXT_STATUS.items() if status in following]
        where = self._visible().add("o.id = {}", order_id).add("o.status = ANY({})", before)
        sql = f"UPDATE orders AS o SET status = {where.bind(status.value)} WHERE {where}"
        return await self._db.run(sql, *where.args) == 1
--- parcels/pages.py
"""Pages for people: templates that escape, forms with tokens, redirects to our own places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pydantic import ValidationError

from .fetcher import preview
from .limits import RateLimit
from .orders import Filters, OrderChange, Orders
from .routes_orders import get_orders
from .security import Session, SessionDep, csrf_matches, optional_session
from .settings import Settings, get_settings

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
templates = Jinja2Templates(env=environment)

THEMES = {"light": "theme-light", "dark": "theme-dark"}
NOTICES = {"saved": "Your changes were saved.", "expired": "The form was out of date, please try again."}


def highlight(text: str, needle: str | None) -> Markup:
    """Marks what was searched for. Each piece is escaped before it becomes markup."""
    if not needle:
        return escape(text)
    pieces = re.split(f"({re.escape(needle)})", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces)
    )


def money(value: Any) -> str:
    return f"{value:,.2f} €"


environment.filters.update(highlight=highlight, money=money)


def local_path(raw: str | None, fallback: str = "/orders") -> str:
    """A path of this site. Whatever a browser could read as another host gives the fallback."""
    if not raw or len(raw) > 500 or not re.fullmatch(r"(?:/[A-Za-z0-9_-]+)+(?:\?[A-Za-z0-9_=&-]*)?", raw):
        return fallback
    return raw


def common(request: Request, session: Session | None, settings: Settings) -> dict[str, Any]:
    return {
        "nonce": request.state.csp_nonce,
        "session": session,
        "csrf": session.csrf_token(settings) if session else "",
        "theme": THEMES.get(request.cookies.get("theme", ""), THEMES["light"]),
    }


SettingsDep = Annotated[Settings, Depends(get_settings)]
OrdersDep = Annotated[Orders, Depends(get_orders)]


@router.get("/")
async def home(
    request: Request, session: Annotated[Session | None, Depends(optional_session)], settings: SettingsDep
) -> HTMLResponse:
    return templates.TemplateResponse(request, "home.html", common(request, session, settings))


@router.get("/orders")
async def order_list(
    request: Request,
    session: SessionDep,
    orders: OrdersDep,
    settings: SettingsDep,
    q: Annotated[str | None, Query(max_length=60)] = None,
    notice: Annotated[str | None, Query(max_length=20)] = None,
    after: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    try:
        found, following = await orders.page(Filters(text=q or None, after=after))
    except ValueError:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such page") from None
    context = common(request, session, settings) | {
        "orders": found,
        "q": q,
        "notice": NOTICES.get(notice or ""),
        "more": f"/orders?{urlencode({'q': q or '', 'after': following})}" if following else None,
    }
    return templates.TemplateResponse(request, "orders.html", context, headers={"Cache-Control": "no-store"})


@router.post("/orders/{order_id}/note")
async def save_note(
    order_id: UUID,
    session: SessionDep,
    orders: OrdersDep,
    settings: SettingsDep,
    csrf: Annotated[str, Form(max_length=128)],
    note: Annotated[str, Form(max_length=200)],
    back: Annotated[str | None, Form(max_length=500)] = None,
) -> RedirectResponse:
    if not csrf_matches(session, settings, csrf):
        return RedirectResponse("/orders?notice=expired", status.HTTP_303_SEE_OTHER)
    try:
        change = OrderChange(note=note)
    except ValidationError:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, "The note is too long") from None
    if not await orders.change(order_id, change):
        raise HTTPException(status.HTTP_409_CONFLICT, "This order can't be changed any more")
    return RedirectResponse(local_path(back, "/orders?notice=saved"), status.HTTP_303_SEE_OTHER)


@router.post("/theme")
async def set_theme(theme: Annotated[str, Form(max_length=10)]) -> RedirectResponse:
    response = RedirectResponse("/", status.HTTP_303_SEE_OTHER)
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=31_536_000, secure=True, httponly=True, samesite="lax")
    return response


@router.get("/preview", dependencies=[Depends(RateLimit("preview", times=10, seconds=60))])
async def link_preview(
    request: Request, session: SessionDep, settings: SettingsDep, url: Annotated[str, Query(max_length=1000)]
) -> HTMLResponse:
    context = common(request, session, settings) | {"preview": await preview(url), "url": url}
    return templates.TemplateResponse(request, "preview.html", context)
--- parcels/routes_auth.py
"""Log-in with a password, log-out, and the change of a password."""

from __future__ import annotations

import logging
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Request, Response, status
from pydantic import BaseModel, ConfigDict, EmailStr, Field, SecretStr, field_validator

from .db import Database, get_db
from .limits import LoginGuard
from .security import (
    SESSION_COOKIE,
    Role,
    SessionDep,
    check_login,
    end_session,
    hash_password,
    require_csrf,
    require_own_origin,
    start_session,
)
from .settings import Settings, get_settings

log = logging.getLogger("parcels.auth")
router = APIRouter(prefix="/api", tags=["auth"])
guard = LoginGuard()

DbDep = Annotated[Database, Depends(get_db)]
SettingsDep = Annotated[Settings, Depends(get_settings)]
MIN_PASSWORD = 12
# Argon2 takes any length; a megabyte of password is no password.
MAX_PASSWORD = 256


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: EmailStr = Field(max_length=254)
    password: SecretStr = Field(max_length=MAX_PASSWORD)


class NewPassword(BaseModel):
    model_config = ConfigDict(extra="forbid")

    current: SecretStr = Field(max_length=MAX_PASSWORD)
    new: SecretStr = Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)

    @field_validator("new")
    @classmethod
    def _varied(cls, value: SecretStr) -> SecretStr:
        if len(set(value.get_secret_value())) < 5:
            raise ValueError("too simple")
        return value


class Me(BaseModel):
    id: UUID
    email: str
    role: Role
    csrf_token: str


def mask(email: str) -> str:
    """Enough of an address to find it in a log again, without line breaks or the whole of it."""
    name, _, domain = email.partition("@")
    kept = "".join(sign for sign in f"{name[:2]}***@{domain}" if sign.isprintable())
    return kept[:80]


@router.post("/session", status_code=status.HTTP_204_NO_CONTENT, dependencies=[Depends(require_own_origin)])
async def log_in(credentials: Credentials, request: Request, db: DbDep, settings: SettingsDep) -> Response:
    guard.check(request, credentials.email)
    user_id = await check_login(db, credentials.email, credentials.password.get_secret_value())
    if user_id is None:
        log.info("log-in refused", extra={"account": mask(credentials.email)})
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Address or password is wrong")
    guard.passed(credentials.email)
    response = Response(status_code=status.HTTP_204_NO_CONTENT)
    await start_session(db, settings, response, user_id, request.cookies.get(SESSION_COOKIE))
    return response


@router.delete("/session", status_code=status.HTTP_204_NO_CONTENT, dependencies=[Depends(require_csrf)])
async def log_out(session: SessionDep, db: DbDep) -> Response:
    response = Response(status_code=status.HTTP_204_NO_CONTENT)
    await end_session(db, response, session)
    return response


@router.get("/me")
async def me(session: SessionDep, settings: SettingsDep, response: Response) -> Me:
    response.headers["Cache-Control"] = "no-store"
    return Me(
        id=session.user_id,
        email=session.email,
        role=session.role,
        csrf_token=session.csrf_token(settings),
    )


@router.put("/me/password", status_code=status.HTTP_204_NO_CONTENT, dependencies=[Depends(require_csrf)])
async def change_password(
    change: NewPassword, request: Request, session: SessionDep, db: DbDep, settings: SettingsDep
) -> Response:
    guard.check(request, session.email)
    if await check_login(db, session.email, change.current.get_secret_value()) != session.user_id:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "The present password is wrong")
    hashed = await hash_password(change.new.get_secret_value())
    async with db.transaction() as connection:
        await connection.execute("UPDATE users SET password_hash = $1 WHERE id = $2", hashed, session.user_id)
        # Whoever else is logged in as this user is so no longer.
        await connection.execute("DELETE FROM sessions WHERE user_id = $1", session.user_id)
    response = Response(status_code=status.HTTP_204_NO_CONTENT)
    await start_session(db, settings, response, session.user_id, None)
    return response


async def sweep_sessions(db: Database) -> int:
    """Called by the scheduler: removes what has run out."""
    gone = await db.run("DELETE FROM sessions WHERE expires_at <= now()")
    gone += await db.run("DELETE FROM oauth_attempts WHERE expires_at <= now()")
    if gone:
        log.info("swept", extra={"rows": gone})
    return gone
--- parcels/routes_files.py
"""Attachments of orders, and the manual: what comes in and goes out as files."""

from __future__ import annotations

import logging
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, BinaryIO, NamedTuple
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, UploadFile, status
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from .db import Database, get_db
from .limits import RateLimit
from .orders import Orders
from .routes_orders import get_orders
from .security import SessionDep, require_csrf
from .settings import Settings, get_settings

log = logging.getLogger("parcels.files")
router = APIRouter(tags=["files"])
CHUNK = 64 * 1024


class Kind(NamedTuple):
    extension: str
    media_type: str
    magic: bytes


class UploadRefused(Exception):
    """Its text is written here, and is fit for the client."""


KINDS = (
    Kind(".png", "image/png", b"\x89PNG\r\n\x1a\n"),
    Kind(".jpg", "image/jpeg", b"\xff\xd8\xff"),
    Kind(".pdf", "application/pdf", b"%PDF-"),
)
MEDIA_TYPES = {kind.extension: kind.media_type for kind in KINDS}
MANUAL_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def detect(head: bytes) -> Kind | None:
    return next((kind for kind in KINDS if head.startswith(kind.magic)), None)


def store(source: BinaryIO, folder: Path, limit: int) -> tuple[str, int]:
    """Copies an upload to a name of our own. The name that the client gave plays no part."""
    head = source.read(CHUNK)
    kind = detect(head)
    if kind is None:
        raise UploadRefused("Only PNG, JPEG and PDF files are taken")
    name = secrets.token_hex(16) + kind.extension
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".incoming-", delete_on_close=False) as target:
        size = 0
        chunk = head
        while chunk:
            size += len(chunk)
            if size > limit:
                raise UploadRefused("The file is too large")
            target.write(chunk)
            chunk = source.read(CHUNK)
        target.flush()
        os.fsync(target.fileno())
        os.link(target.name, folder / name)
    return name, size


def open_regular(path: Path) -> BinaryIO | None:
    """Opens first and looks then, so that it's the same file that is looked at and read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return os.fdopen(descriptor, "rb")


def chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


@router.post(
    "/api/orders/{order_id}/files",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(require_csrf), Depends(RateLimit("upload", times=20, seconds=60))],
)
async def upload(
    order_id: UUID,
    file: UploadFile,
    session: SessionDep,
    orders: Annotated[Orders, Depends(get_orders)],
    db: Annotated[Database, Depends(get_db)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> dict[str, UUID]:
    if await orders.one(order_id) is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such order")
    try:
        name, size = await run_in_threadpool(store, file.file, settings.upload_dir, settings.max_upload_bytes)
    except UploadRefused as problem:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, str(problem)) from None
    file_id = uuid4()
    await db.run(
        "INSERT INTO files (id, order_id, stored_name, size, uploaded_by) VALUES ($1, $2, $3, $4, $5)",
        file_id,
        order_id,
        name,
        size,
        session.user_id,
    )
    return {"id": file_id}


@router.get("/api/orders/{order_id}/files/{file_id}")
async def download(
    order_id: UUID,
    file_id: UUID,
    orders: Annotated[Orders, Depends(get_orders)],
    db: Annotated[Database, Depends(get_db)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> StreamingResponse:
    missing = HTTPException(status.HTTP_404_NOT_FOUND, "No such file")
    if await orders.one(order_id) is None:
        raise missing
    name = await db.value("SELECT stored_name FROM files WHERE id = $1 AND order_id = $2", file_id, order_id)
    if name is None:
        raise missing
    path = settings.upload_dir / os.path.basename(name)
    file = await run_in_threadpool(open_regular, path)
    if file is None:
        log.error("file of the database is not in the folder", extra={"file_id": str(file_id)})
        raise missing
    return StreamingResponse(
        chunks(file),
        media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
        headers={
            "Content-Disposition": f'attachment; filename="{file_id}{path.suffix}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def manual_path(root: Path, asked: str) -> Path | None:
    """A page below `root`, or None. Nothing hidden, nothing outside, known types only."""
    parts = PurePosixPath(asked).parts
    if not parts or "\0" in asked or "\\" in asked or any(part.startswith((".", "/")) for part in parts):
        return None
    try:
        path = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    if not path.is_relative_to(root) or path.suffix not in MANUAL_TYPES:
        return None
    return path


@router.get("/manual/{page:path}")
def manual(page: str, settings: Annotated[Settings, Depends(get_settings)]) -> StreamingResponse:
    path = manual_path(settings.manual_dir, page)
    file = open_regular(path) if path else None
    if path is None or file is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such page")
    return StreamingResponse(chunks(file), media_type=MANUAL_TYPES[path.suffix])
--- parcels/routes_orders.py
"""The API of orders."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Response, status
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from .db import Database, get_db
from .limits import RateLimit
from .orders import Filters, Order, OrderChange, Orders, OrderStatus
from .security import RequireRole, Role, Session, SessionDep, require_csrf

router = APIRouter(prefix="/api/orders", tags=["orders"])
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_EXPORT_ROWS = 20_000


class OrderPage(BaseModel):
    orders: list[Order]
    next: str | None


class Move(BaseModel):
    status: OrderStatus


def get_orders(db: Annotated[Database, Depends(get_db)], session: SessionDep) -> Orders:
    return Orders(db, session)


def get_all_orders(
    db: Annotated[Database, Depends(get_db)],
    session: Annotated[Session, Depends(RequireRole(Role.CLERK, Role.ADMIN))],
) -> Orders:
    return Orders(db, session)


OrdersDep = Annotated[Orders, Depends(get_orders)]
not_found = HTTPException(status.HTTP_404_NOT_FOUND, "No such order")


def cell(value: object) -> str:
    """A text that spreadsheets show, and don't calculate."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_line(values: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([cell(value) for value in values])
    return buffer.getvalue()


async def csv_lines(orders: AsyncIterator[Order]) -> AsyncIterator[str]:
    yield csv_line(("reference", "status", "total", "note", "created"))
    count = 0
    async for order in orders:
        count += 1
        if count > MAX_EXPORT_ROWS:
            break
        yield csv_line((order.reference, order.status, order.total, order.note, order.created_at.isoformat()))


@router.get("")
async def list_orders(orders: OrdersDep, filters: Annotated[Filters, Query()]) -> OrderPage:
    try:
        found, following = await orders.page(filters)
    except ValueError:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, "Not a page of this list") from None
    return OrderPage(orders=found, next=following)


# Before /{order_id}, which would be tried with "export.csv" otherwise.
@router.get("/export.csv", dependencies=[Depends(RateLimit("export", times=5, seconds=60))])
async def export(
    orders: Annotated[Orders, Depends(get_all_orders)],
    wanted: Annotated[OrderStatus | None, Query(alias="status")] = None,
) -> StreamingResponse:
    suffix = f"-{wanted.value}" if wanted else ""
    return StreamingResponse(
        csv_lines(orders.every(Filters(status=wanted))),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="orders{suffix}.csv"', "Cache-Control": "no-store"},
    )


@router.get("/{order_id}")
async def show_order(order_id: UUID, orders: OrdersDep) -> Order:
    order = await orders.one(order_id)
    if order is None:
        raise not_found
    return order


@router.patch("/{order_id}", dependencies=[Depends(require_csrf)])
async def change_order(order_id: UUID, orders: OrdersDep, change: Annotated[OrderChange, Body()]) -> Order:
    if not await orders.change(order_id, change):
        raise HTTPException(status.HTTP_409_CONFLICT, "This order can't be changed any more")
    order = await orders.one(order_id)
    if order is None:
        raise not_found
    return order


@router.post("/{order_id}/status", status_code=status.HTTP_204_NO_CONTENT, dependencies=[Depends(require_csrf)])
async def move_order(order_id: UUID, move: Move, orders: Annotated[Orders, Depends(get_all_orders)]) -> Response:
    if not await orders.move(order_id, move.status):
        raise HTTPException(status.HTTP_409_CONFLICT, "Not from the status that it has now")
    return Response(status_code=status.HTTP_204_NO_CONTENT)
--- parcels/security.py
"""Passwords, sessions and tokens against forged requests."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHash, VerificationError
from fastapi import Depends, Header, HTTPException, Response, status
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from .db import Database, get_db
from .settings import Settings, get_settings

SESSION_COOKIE = "__Host-parcels"
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
# Checked when there is no such user, so that both answers take the same time.
_NOBODY = _hasher.hash(secrets.token_urlsafe(24))


class Role(StrEnum):
    CUSTOMER = "customer"
    CLERK = "clerk"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Session:
    digest: bytes
    user_id: UUID
    email: str
    role: Role

    def csrf_token(self, settings: Settings) -> str:
        return hmac.new(settings.key("csrf"), self.digest, hashlib.sha256).hexdigest()


async def hash_password(password: str) -> str:
    return await run_in_threadpool(_hasher.hash, password)


async def check_login(db: Database, email: str, password: str) -> UUID | None:
    """The user whose address and password these are."""
    row = await db.row("SELECT id, password_hash FROM users WHERE email = $1 AND NOT disabled", email)
    stored = row["password_hash"] if row and row["password_hash"] else _NOBODY
    try:
        await run_in_threadpool(_hasher.verify, stored, password)
    except (VerificationError, InvalidHash):
        return None
    if row is None or stored is _NOBODY:
        return None
    if _hasher.check_needs_rehash(stored):
        await db.run("UPDATE users SET password_hash = $1 WHERE id = $2", await hash_password(password), row["id"])
    return row["id"]


def _digest(token: str) -> bytes:
    # Tokens have 256 random bits; what is slow for passwords isn't needed here.
    return hashlib.sha256(token.encode()).digest()


async def start_session(db: Database, settings: Settings, response: Response, user_id: UUID, old: str | None) -> None:
    """A new identifier for each log-in; the one that the browser had before ends."""
    token = secrets.token_urlsafe(32)
    expires = datetime.now(UTC) + timedelta(hours=settings.session_hours)
    async with db.transaction() as connection:
        if old:
            await connection.execute("DELETE FROM sessions WHERE token_digest = $1", _digest(old))
        await connection.execute(
            "INSERT INTO sessions (token_digest, user_id, expires_at) VALUES ($1, $2, $3)",
            _digest(token),
            user_id,
            expires,
        )
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


async def end_session(db: Database, response: Response, session: Session) -> None:
    await db.run("DELETE FROM sessions WHERE token_digest = $1", session.digest)
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")


async def optional_session(connection: HTTPConnection, db: Annotated[Database, Depends(get_db)]) -> Session | None:
    token = connection.cookies.get(SESSION_COOKIE)
    if not token or len(token) > 100:
        return None
    row = await db.row(
        "SELECT s.token_digest, u.id, u.email, u.role FROM sessions s JOIN users u ON u.id = s.user_id"
        " WHERE s.token_digest = $1 AND s.expires_at > now() AND NOT u.disabled",
        _digest(token),
    )
    return Session(row["token_digest"], row["id"], row["email"], Role(row["role"])) if row else None


async def current_session(session: Annotated[Session | None, Depends(optional_session)]) -> Session:
    if session is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Please log in")
    return session


class RequireRole:
    """`Depends(RequireRole(Role.ADMIN))`: the role is the one in the database."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    def __call__(self, session: Annotated[Session, Depends(current_session)]) -> Session:
        if session.role not in self.roles:
            raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
        return session


def csrf_matches(session: Session, settings: Settings, sent: str | None) -> bool:
    return sent is not None and hmac.compare_digest(session.csrf_token(settings).encode(), sent.encode())


def require_csrf(
    session: Annotated[Session, Depends(current_session)],
    settings: Annotated[Settings, Depends(get_settings)],
    x_csrf_token: Annotated[str | None, Header(max_length=128)] = None,
) -> None:
    if not csrf_matches(session, settings, x_csrf_token):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "The form is out of date")


def require_own_origin(
    settings: Annotated[Settings, Depends(get_settings)],
    origin: Annotated[str | None, Header(max_length=300)] = None,
) -> None:
    """For what has no session yet, such as the log-in."""
    if origin is None or origin.lower() != settings.public_origin:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Wrong origin")


SessionDep = Annotated[Session, Depends(current_session)]
--- parcels/settings.py
"""Settings of the parcel service.

Everything comes from the environment (or from files that the orchestrator mounts
as secrets); nothing has a default that would be unsafe in production.
"""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_KEY_BYTES = 32


def _https_origin(value: str) -> str:
    """Accepts `https://host[:port]` and nothing else."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("an https origin is needed")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("an origin has no user, query or fragment")
    if parts.path not in ("", "/"):
        raise ValueError("an origin has no path")
    return f"https://{parts.netloc.lower()}"


def _existing_folder(value: Path) -> Path:
    resolved = value.resolve()
    if not resolved.is_dir():
        raise ValueError("not a folder")
    return resolved


HttpsOrigin = Annotated[str, AfterValidator(_https_origin)]
Folder = Annotated[Path, AfterValidator(_existing_folder)]


class OAuthSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PARCELS_OAUTH_", frozen=True)

    client_id: str = Field(min_length=4, max_length=200)
    client_secret: SecretStr
    issuer: HttpsOrigin
    authorize_path: str = "/oauth2/authorize"
    token_path: str = "/oauth2/token"
    jwks_path: str = "/oauth2/keys"
    scopes: tuple[str, ...] = ("openid", "email")

    def endpoint(self, path: str) -> str:
        return self.issuer + path

    @field_validator("authorize_path", "token_path", "jwks_path")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not value.startswith("/") or value.startswith("//"):
            raise ValueError("must be an absolute path")
        return value


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="PARCELS_",
        secrets_dir=os.environ.get("PARCELS_SECRETS_DIR"),
        frozen=True,
        extra="ignore",
    )

    database_dsn: SecretStr
    database_ca: Path
    session_key: SecretStr
    webhook_secret: SecretStr
    public_origin: HttpsOrigin
    extra_origins: frozenset[HttpsOrigin] = frozenset()
    upload_dir: Folder
    manual_dir: Folder
    max_upload_bytes: int = Field(default=5 * 1024 * 1024, ge=1024, le=50 * 1024 * 1024)
    session_hours: int = Field(default=12, ge=1, le=72)
    bind_host: str = "127.0.0.1"
    bind_port: int = Field(default=8443, ge=1024, le=65535)

    @field_validator("session_key", "webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value().encode()) < MIN_KEY_BYTES:
            raise ValueError(f"needs at least {MIN_KEY_BYTES} bytes")
        return value

    @model_validator(mode="after")
    def _separate_keys(self) -> Settings:
        if self.session_key.get_secret_value() == self.webhook_secret.get_secret_value():
            raise ValueError("session_key and webhook_secret have to differ")
        return self

    @property
    def allowed_origins(self) -> frozenset[str]:
        return self.extra_origins | {self.public_origin}

    @property
    def public_host(self) -> str:
        host = urlsplit(self.public_origin).hostname
        assert host is not None  # _https_origin has seen to it
        return host

    def key(self, purpose: str) -> bytes:
        """One key of the settings, with its purpose mixed in."""
        return f"{purpose}:".encode() + self.session_key.get_secret_value().encode()

    def database_tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.database_ca))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    return Settings()  # type: ignore[call-arg]


@lru_cache(maxsize=1)
def get_oauth_settings() -> OAuthSettings:
    return OAuthSettings()  # type: ignore[call-arg]
--- parcels/webhooks.py
"""Webhooks: those of the carrier that come in, and those of customers that go out."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx
from fastapi import APIRouter, Depends, HTTPException, Request, Response, status
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .db import Database, get_db
from .fetcher import public_client
from .settings import Settings, get_settings

log = logging.getLogger("parcels.webhooks")
router = APIRouter(prefix="/hooks", tags=["webhooks"])

TOLERANCE_SECONDS = 300
ATTEMPTS = 4


class Event(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: UUID
    type: str = Field(max_length=60)
    order_id: UUID
    data: dict[str, Any] = Field(default_factory=dict, max_length=50)


Handler = Callable[[Database, Event], Awaitable[None]]
_handlers: dict[str, Handler] = {}


def on(event_type: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        if event_type in _handlers:
            raise RuntimeError(f"two handlers for {event_type}")
        _handlers[event_type] = handler
        return handler

    return register


@on("parcel.sent")
async def parcel_sent(db: Database, event: Event) -> None:
    tracking = str(event.data.get("tracking", ""))[:40]
    await db.run(
        "UPDATE orders SET status = 'sent', tracking = $2 WHERE id = $1 AND status = 'packed'", event.order_id, tracking
    )


@on("parcel.returned")
async def parcel_returned(db: Database, event: Event) -> None:
    await db.run("UPDATE orders SET status = 'returned' WHERE id = $1 AND status = 'sent'", event.order_id)


def sign(secret: bytes, timestamp: int, body: bytes) -> str:
    return hmac.new(secret, str(timestamp).encode() + b"." + body, hashlib.sha256).hexdigest()


def verify(secret: bytes, header: str, body: bytes, now: float) -> bool:
    """Checks a header `t=1700000000,v1=<hex>[,v1=<hex>]`; two signatures while a key is changed."""
    timestamp: int | None = None
    signatures: list[str] = []
    for pair in header.split(",", 8)[:8]:
        name, _, value = pair.strip().partition("=")
        if name == "t" and value.isascii() and value.isdigit() and len(value) <= 12:
            timestamp = int(value)
        elif name == "v1":
            signatures.append(value)
    if timestamp is None or abs(now - timestamp) > TOLERANCE_SECONDS:
        return False
    expected = sign(secret, timestamp, body).encode()
    return any([hmac.compare_digest(expected, given.encode("utf-8", "replace")) for given in signatures])


async def signed_body(request: Request, settings: Annotated[Settings, Depends(get_settings)]) -> bytes:
    """The body as it was signed; how large it may be is up to the middleware."""
    body = await request.body()
    secret = settings.webhook_secret.get_secret_value().encode()
    if not verify(secret, request.headers.get("carrier-signature", ""), body, time.time()):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Wrong signature")
    return body


@router.post("/carrier")
async def carrier(
    body: Annotated[bytes, Depends(signed_body)], db: Annotated[Database, Depends(get_db)]
) -> Response:
    try:
        event = Event.model_validate_json(body)
    except ValidationError:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Not an event") from None
    handler = _handlers.get(event.type)
    if handler is None:
        return Response(status_code=status.HTTP_202_ACCEPTED)
    fresh = await db.run("INSERT INTO seen_events (id) VALUES ($1) ON CONFLICT DO NOTHING", event.id)
    if fresh:
        await handler(db, event)
        log.info("event handled", extra={"event_id": str(event.id), "handler": handler.__name__})
    return Response(status_code=status.HTTP_204_NO_CONTENT)


def backoff(attempt: int, *, base: float = 1.0, most: float = 30.0) -> float:
    """Full jitter. It spreads load and protects nothing, so `random` is good enough."""
    return random.uniform(0, min(most, base * 2**attempt))


class Deliverer:
    """Sends events to the addresses that customers entered, through the guarded client."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._client = public_client()
        self._slots = asyncio.Semaphore(10)

    async def close(self) -> None:
        await self._client.aclose()

    async def deliver(self, owner_id: UUID, event_type: str, data: dict[str, Any]) -> None:
        hooks = await self._db.rows(
            "SELECT id, url, signing_key FROM hooks WHERE owner_id = $1 AND enabled LIMIT 10", owner_id
        )
        body = json.dumps({"id": str(uuid4()), "type": event_type, "data": data}, separators=(",", ":")).encode()
        async with asyncio.TaskGroup() as group:
            for hook in hooks:
                group.create_task(self._attempts(hook["id"], hook["url"], bytes(hook["signing_key"]), body))

    async def _attempts(self, hook_id: UUID, url: str, key: bytes, body: bytes) -> None:
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(backoff(attempt))
            async with self._slots:
                if await self._send(url, key, body):
                    return
        await self._db.run("UPDATE hooks SET failures = failures + 1, enabled = failures < 20 WHERE id = $1", hook_id)
        log.warning("hook not reached", extra={"hook_id": str(hook_id)})

    async def _send(self, url: str, key: bytes, body: bytes) -> bool:
        now = int(time.time())
        headers = {"Content-Type": "application/json", "Parcels-Signature": f"t={now},v1={sign(key, now, body)}"}
        try:
            async with (
                asyncio.timeout(15),
                self._client.stream("POST", url, content=body, headers=headers) as response,
            ):
                return response.is_success
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return False
--- parcels/templates/base.html
<!doctype html>
<html lang="en" class="{{ theme }}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="csrf-token" content="{{ csrf }}">
  <title>{% block title %}Parcels{% endblock %}</title>
  <link rel="stylesheet" href="/manual/site.css">
  <script nonce="{{ nonce }}">
    document.documentElement.classList.add('js');
  </script>
</head>
<body>
  <header>
    <a href="/">Parcels</a>
    {% if session %}
      <span>{{ session.email }}</span>
    {% else %}
      <a href="/oauth/start?landing=orders">Log in</a>
    {% endif %}
    <form method="post" action="/theme">
      <button name="theme" value="light">Light</button>
      <button name="theme" value="dark">Dark</button>
    </form>
  </header>
  <main>{% block main %}{% endblock %}</main>
</body>
</html>
--- parcels/templates/home.html
{% extends "base.html" %}
{% block main %}
  <h1>Welcome{% if session %}, {{ session.email }}{% endif %}</h1>
  <p><a href="/orders">Your orders</a> · <a href="/manual/index.html">Manual</a></p>
{% endblock %}
--- parcels/templates/orders.html
{% extends "base.html" %}
{% block title %}Orders{% endblock %}
{% block main %}
  {% if notice %}<p role="status">{{ notice }}</p>{% endif %}
  <form method="get" action="/orders">
    <label>Search <input name="q" value="{{ q or '' }}" maxlength="60"></label>
    <button>Search</button>
  </form>
  <table>
    {% for order in orders %}
      <tr data-id="{{ order.id }}" data-status="{{ order.status.value }}">
        <td>{{ order.reference|highlight(q) }}</td>
        <td>{{ order.total|money }}</td>
        <td>
          <form method="post" action="/orders/{{ order.id }}/note">
            <input type="hidden" name="csrf" value="{{ csrf }}">
            <input type="hidden" name="back" value="/orders?notice=saved">
            <input name="note" value="{{ order.note or '' }}" maxlength="200">
            <button>Save</button>
          </form>
        </td>
      </tr>
    {% else %}
      <tr><td>Nothing found for “{{ q or '' }}”.</td></tr>
    {% endfor %}
  </table>
  {% if more %}<a href="{{ more }}" rel="next">More</a>{% endif %}
  <script nonce="{{ nonce }}">
    const state = {{ {"q": q, "count": orders|length}|tojson }};
    document.title = `Orders (${state.count})`;
  </script>
{% endblock %}
--- parcels/templates/preview.html
{% extends "base.html" %}
{% block title %}Preview{% endblock %}
{% block main %}
  {% if preview %}
    <article>
      <h2>{{ preview.title }}</h2>
      <p>{{ preview.description }}</p>
      <p><code>{{ url }}</code></p>
    </article>
  {% else %}
    <p>There is no preview of this address.</p>
  {% endif %}
{% endblock %}
--- relay/app.py
"""The relay: a small aiohttp service in front of a few internal services of ours."""

import asyncio
import hashlib
import hmac
import json
import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from . import live, thumbs, upstreams

log = logging.getLogger("relay")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKENS = web.AppKey("tokens", dict)
PUBLIC_PATHS = frozenset({"/health"})
BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{32,128})")
CALLER = "relay.caller"


def load_tokens(path: Path) -> dict[str, bytes]:
    """Names of callers, and the SHA-256 of the random token of each (never the token)."""
    raw = json.loads(path.read_text("utf-8"))
    if not isinstance(raw, dict):
        raise SystemExit("the file of tokens has to be an object")
    tokens = {str(name): bytes.fromhex(digest) for name, digest in raw.items()}
    if not all(len(digest) == hashlib.sha256().digest_size for digest in tokens.values()):
        raise SystemExit("a digest of a token has the wrong length")
    return tokens


def caller_of(header: str, tokens: dict[str, bytes]) -> str | None:
    match = BEARER.fullmatch(header)
    if match is None:
        return None
    given = hashlib.sha256(match[1].encode()).digest()
    found = None
    for name, digest in tokens.items():  # all of them, however early one fits
        if hmac.compare_digest(digest, given):
            found = name
    return found


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("unhandled error in %s", request.match_info.handler.__name__)
        return web.json_response({"error": "internal"}, status=500)


@web.middleware
async def authenticate(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path in PUBLIC_PATHS or live.uses_ticket(request):
        return await handler(request)
    caller = caller_of(request.headers.get("Authorization", ""), request.app[TOKENS])
    if caller is None:
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Bearer realm="relay"'})
    request[CALLER] = caller
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.pop("Server", None)


async def client(app: web.Application) -> AsyncIterator[None]:
    connector = TCPConnector(limit=50, limit_per_host=10)
    timeout = ClientTimeout(total=20, connect=3, sock_read=10)
    async with ClientSession(
        connector=connector, timeout=timeout, cookie_jar=DummyCookieJar(), auto_decompress=False
    ) as session:
        app[upstreams.SESSION] = session
        yield


async def health(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def create_app(config: Path) -> web.Application:
    app = web.Application(middlewares=[errors, authenticate], client_max_size=6 * 1024 * 1024)
    app[TOKENS] = load_tokens(config / "tokens.json")
    app[upstreams.UPSTREAMS] = upstreams.load(config / "upstreams.json")
    app.cleanup_ctx.append(client)
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/health", health)
    upstreams.add_routes(app)
    thumbs.add_routes(app)
    live.add_routes(app)
    return app


def main() -> None:
    logging.basicConfig(level=os.environ.get("RELAY_LOG_LEVEL", "INFO"))
    config = Path(os.environ["RELAY_CONFIG_DIR"]).resolve(strict=True)
    port = int(os.environ.get("RELAY_PORT", "8090"))
    web.run_app(create_app(config), host="127.0.0.1", port=port, access_log=None)


if __name__ == "__main__":
    main()
--- relay/live.py
"""Events for browsers: server-sent events and websockets, opened with a ticket.

A browser can't add an Authorization header to either, so its page asks for a ticket
by an ordinary request, and gets a cookie for one connection within a minute.
"""

import asyncio
import contextlib
import json
import os
import secrets
import time
from collections.abc import AsyncIterator

from aiohttp import WSMsgType, web

TICKET_COOKIE = "__Host-relay-ticket"
TICKET_SECONDS = 60
MAX_TICKETS = 10_000
TOPICS = frozenset({"stock", "orders", "alarms"})
ORIGINS = frozenset(filter(None, os.environ.get("RELAY_ORIGINS", "").split(",")))


class Tickets:
    def __init__(self) -> None:
        self._open: dict[str, tuple[float, str]] = {}

    def issue(self, caller: str) -> str:
        now = time.monotonic()
        for ticket in [ticket for ticket, (until, _) in self._open.items() if until < now]:
            del self._open[ticket]
        if len(self._open) >= MAX_TICKETS:
            raise web.HTTPServiceUnavailable
        ticket = secrets.token_urlsafe(32)
        self._open[ticket] = (now + TICKET_SECONDS, caller)
        return ticket

    def redeem(self, ticket: str) -> str | None:
        until, caller = self._open.pop(ticket, (0.0, None))
        return caller if until >= time.monotonic() else None


class Broker:
    """Topics with readers; each reader has a queue with a bound."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str]]] = {topic: set() for topic in TOPICS}

    def publish(self, topic: str, event: dict[str, object]) -> None:
        text = json.dumps(event)  # one line, whatever is in it
        for queue in self._queues[topic]:
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(text)

    @contextlib.contextmanager
    def reading(self, topic: str):
        queue: asyncio.Queue[str] = asyncio.Queue(200)
        self._queues[topic].add(queue)
        try:
            yield queue
        finally:
            self._queues[topic].discard(queue)


TICKETS = web.AppKey("tickets", Tickets)
BROKER = web.AppKey("broker", Broker)


def uses_ticket(request: web.Request) -> bool:
    """The two routes that check a ticket in place of a token."""
    return request.match_info.handler in (events, socket)


def admitted(request: web.Request) -> str:
    """The caller, for a page of ours with a ticket. Both are needed."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in ORIGINS:
        raise web.HTTPForbidden
    caller = request.app[TICKETS].redeem(request.cookies.get(TICKET_COOKIE, ""))
    if caller is None:
        raise web.HTTPUnauthorized
    return caller


def topic_of(request: web.Request) -> str:
    topic = request.match_info["topic"]
    if topic not in TOPICS:
        raise web.HTTPNotFound
    return topic


async def ticket(request: web.Request) -> web.Response:
    response = web.Response(status=204)
    response.set_cookie(
        TICKET_COOKIE,
        request.app[TICKETS].issue(request["relay.caller"]),
        max_age=TICKET_SECONDS,
        path="/",
        secure=True,
        httponly=True,
        samesite="Strict",
    )
    return response


async def with_heartbeat(queue: asyncio.Queue[str], seconds: float) -> AsyncIterator[str | None]:
    while True:
        try:
            async with asyncio.timeout(seconds):
                yield_value = await queue.get()
        except TimeoutError:
            yield None
        else:
            yield yield_value


async def events(request: web.Request) -> web.StreamResponse:
    topic = topic_of(request)
    admitted(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    with request.app[BROKER].reading(topic) as queue, contextlib.suppress(ConnectionResetError):
        async for text in with_heartbeat(queue, 20):
            await response.write(b": \n\n" if text is None else b"data: " + text.encode() + b"\n\n")
    return response


async def socket(request: web.Request) -> web.WebSocketResponse:
    if request.headers.get("Origin") not in ORIGINS:
        raise web.HTTPForbidden
    topic = topic_of(request)
    admitted(request)
    websocket = web.WebSocketResponse(heartbeat=20, max_msg_size=4096, receive_timeout=120)
    await websocket.prepare(request)

    async def pump(queue: asyncio.Queue[str]) -> None:
        while True:
            await websocket.send_str(await queue.get())

    with request.app[BROKER].reading(topic) as queue:
        pumping = asyncio.create_task(pump(queue))
        try:
            async for message in websocket:
                if message.type is not WSMsgType.TEXT or message.data != "ping":
                    break
                await websocket.send_str('"pong"')
        finally:
            pumping.cancel()
            await asyncio.gather(pumping, return_exceptions=True)
            await websocket.close()
    return websocket


def add_routes(app: web.Application) -> None:
    app[TICKETS] = Tickets()
    app[BROKER] = Broker()
    app.router.add_post("/ticket", ticket)
    app.router.add_get("/events/{topic:[a-z]+}", events)
    app.router.add_get("/socket/{topic:[a-z]+}", socket)
--- relay/thumbs.py
"""Small versions of pictures, made by ImageMagick in a process of its own."""

import asyncio
import logging
import os
import re
import shutil
from asyncio import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import BodyPartReader, web

log = logging.getLogger("relay.thumbs")

SIZES: Final = {"icon": 64, "list": 200, "page": 800}
MAX_PICTURE: Final = 5 * 1024 * 1024
SECONDS: Final = 15
FORMATS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
LIMITS: Final = ("-limit", "memory", "256MiB", "-limit", "map", "0", "-limit", "disk", "0", "-limit", "area", "40MP")


class PictureError(Exception):
    pass


def format_of(data: bytes) -> str | None:
    return next((name for magic, name in FORMATS.items() if data.startswith(magic)), None)


@dataclass(frozen=True)
class Program:
    """A program, found once, that reads its standard input and writes its standard output."""

    path: str
    environment: dict[str, str]

    @classmethod
    def find(cls, name: str) -> "Program":
        path = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin")
        if path is None:
            raise SystemExit(f"{name} is not installed")
        return cls(path, {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": os.devnull})

    async def run(self, arguments: Sequence[str], data: bytes, *, seconds: float, most: int) -> bytes:
        process = await subprocess.create_subprocess_exec(
            self.path,
            *arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(seconds):
                output, _ = await process.communicate(data)
        except BaseException:
            # Out of time, or nobody waits any more.
            if process.returncode is None:
                process.kill()
            await process.wait()
            raise
        if process.returncode != 0 or len(output) > most:
            raise PictureError(f"exit {process.returncode}, {len(output)} bytes")
        return output


class Thumbnails:
    def __init__(self, program: Program, workers: int = 2) -> None:
        self._program = program
        self._slots = asyncio.Semaphore(workers)

    async def make(self, data: bytes, width: int, quality: int) -> bytes:
        kind = format_of(data)
        if kind is None:
            raise PictureError("neither PNG nor JPEG")
        arguments = [
            *LIMITS,
            # The decoder is named, so that ImageMagick doesn't guess one from the contents.
            f"{kind}:-[0]",
            "-auto-orient",
            "-strip",
            "-thumbnail",
            f"{width}x{width}>",
            "-quality",
            str(quality),
            "webp:-",
        ]
        async with self._slots:
            return await self._program.run(arguments, data, seconds=SECONDS, most=MAX_PICTURE)


THUMBNAILS = web.AppKey("thumbnails", Thumbnails)


async def read_picture(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        data += chunk
        if len(data) > MAX_PICTURE:
            raise web.HTTPRequestEntityTooLarge(MAX_PICTURE, len(data))
    return bytes(data)


def quality_of(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", text):
        raise web.HTTPBadRequest(text="quality: 1 to 99")
    return int(text)


async def create(request: web.Request) -> web.Response:
    width = SIZES.get(request.match_info["size"])
    if width is None:
        raise web.HTTPNotFound
    quality = quality_of(request.query.get("quality", "80"))
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    part = await (await request.multipart()).next()
    if not isinstance(part, BodyPartReader) or part.name != "picture":
        raise web.HTTPBadRequest(text="one part with the name 'picture' is needed")
    data = await read_picture(part)
    try:
        small = await request.app[THUMBNAILS].make(data, width, quality)
    except (PictureError, TimeoutError) as problem:
        log.info("picture refused: %s of %d bytes", type(problem).__name__, len(data))
        raise web.HTTPUnprocessableEntity(text="This picture can't be read") from None
    return web.Response(body=small, content_type="image/webp")


def add_routes(app: web.Application) -> None:
    app[THUMBNAILS] = Thumbnails(Program.find("magick"))
    app.router.add_post("/thumbs/{size}", create)
--- relay/upstreams.py
"""Passes requests on to services that the configuration names, and to no others."""

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from aiohttp import ClientError, ClientSession, web
from multidict import CIMultiDict
from yarl import URL

log = logging.getLogger("relay.upstreams")

MAX_ANSWER: Final = 20 * 1024 * 1024
# Begins with a letter or a digit: neither "." nor ".." is one.
SEGMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
PASSED_UP: Final = ("Accept", "Accept-Language", "If-None-Match", "Content-Type")
PASSED_DOWN: Final = ("Content-Type", "ETag", "Last-Modified", "Content-Encoding")
SAFE_TYPES: Final = frozenset({"application/json", "image/png", "image/jpeg", "image/webp", "text/plain"})


class Upstream(NamedTuple):
    base: URL
    methods: frozenset[str]
    query: frozenset[str]


UPSTREAMS = web.AppKey("upstreams", dict)
SESSION = web.AppKey("session", ClientSession)


def load(path: Path) -> dict[str, Upstream]:
    found: dict[str, Upstream] = {}
    for name, entry in json.loads(path.read_text("utf-8")).items():
        base = URL(entry["base"])
        if base.scheme != "https" or not base.host or base.user or base.query_string:
            raise SystemExit(f"upstream {name}: needs a plain https address")
        methods = frozenset(entry.get("methods", ["GET"]))
        if not methods <= {"GET", "POST", "PUT", "DELETE"}:
            raise SystemExit(f"upstream {name}: unknown method")
        found[name] = Upstream(base, methods, frozenset(entry.get("query", [])))
    return found


def target(upstream: Upstream, tail: str, query: Mapping[str, str]) -> URL:
    """The address below the base of an upstream; ValueError for what isn't below it."""
    segments = tail.split("/")
    if len(segments) > 10 or not all(SEGMENT.fullmatch(segment) for segment in segments):
        raise ValueError("not a path that is passed on")
    url = upstream.base.joinpath(*segments)
    if url.origin() != upstream.base.origin():
        raise ValueError("left the upstream")
    return url.with_query({name: query[name] for name in sorted(upstream.query & query.keys())})


def passed(source: Mapping[str, str], names: tuple[str, ...]) -> CIMultiDict[str]:
    """The headers of an allow list; aiohttp's parser has refused line breaks in them."""
    return CIMultiDict((name, source[name]) for name in names if name in source)


async def relay(request: web.Request) -> web.StreamResponse:
    upstream: Upstream | None = request.app[UPSTREAMS].get(request.match_info["name"])
    if upstream is None:
        raise web.HTTPNotFound
    if request.method not in upstream.methods:
        raise web.HTTPMethodNotAllowed(request.method, upstream.methods)
    try:
        url = target(upstream, request.match_info["tail"], request.query)
    except ValueError:
        raise web.HTTPNotFound from None

    body = await request.read() if request.can_read_body else None
    headers = passed(request.headers, PASSED_UP)
    headers["X-Relay-Caller"] = request["relay.caller"]
    session = request.app[SESSION]
    try:
        async with session.request(
            request.method, url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            if answer.status >= 500 or (answer.status != 304 and 300 <= answer.status < 400):
                raise web.HTTPBadGateway
            if answer.status not in (204, 304) and answer.content_type not in SAFE_TYPES:
                log.warning("upstream %s answers with a type that isn't passed on", upstream.base.host)
                raise web.HTTPBadGateway
            response = web.StreamResponse(status=answer.status, headers=passed(answer.headers, PASSED_DOWN))
            await response.prepare(request)
            sent = 0
            async for chunk in answer.content.iter_chunked(64 * 1024):
                sent += len(chunk)
                if sent > MAX_ANSWER:
                    log.warning("answer of %s is too long", upstream.base.host)
                    if request.transport is not None:
                        request.transport.abort()
                    break
                await response.write(chunk)
            await response.write_eof()
            return response
    except (ClientError, TimeoutError):
        raise web.HTTPBadGateway from None


def add_routes(app: web.Application) -> None:
    app.router.add_route("*", "/up/{name:[a-z][a-z0-9-]{0,30}}/{tail:.+}", relay)
--- toolbox/accounts.py
"""`toolbox-accounts`: the accounts of the warehouse's tools, and mails with invitations."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import smtplib
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from jinja2 import DictLoader, Environment, select_autoescape

from .config import ConfigError, Number, SecretFile, Section, Text, load

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

N, R, P = 2**17, 8, 1
INVITATION_HOURS = 24
TEXTS = {
    "invitation.txt": "Hello {{ name }},\n\nplease choose a password within {{ hours }} hours:\n{{ link }}\n",
    "invitation.html": (
        "<p>Hello {{ name }},</p>"
        '<p>please <a href="{{ link }}">choose a password</a> within {{ hours }} hours.</p>'
    ),
}
# Escapes in the HTML part; the text part is no markup.
templates = Environment(loader=DictLoader(TEXTS), autoescape=select_autoescape(enabled_extensions=("html",)))


class Role(StrEnum):
    reader = "reader"
    packer = "packer"
    manager = "manager"


class Mail(Section, name="mail"):
    host = Text(pattern=r"[a-z0-9][a-z0-9.-]{0,252}")
    port = Number(587, least=1, most=65535)
    user = Text()
    password = SecretFile()
    sender = Text(pattern=r"[A-Za-z0-9._-]+@[a-z0-9.-]+")
    # Links lead to where the settings say, whoever asks for them.
    base_url = Text(pattern=r"https://[a-z0-9][a-z0-9.-]*")


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    key = hashlib.scrypt(password.encode(), salt=salt, n=N, r=R, p=P, maxmem=256 * 1024**2, dklen=32)
    return "$".join(("scrypt", str(N), base64.b64encode(salt).decode(), base64.b64encode(key).decode()))


def check_password(password: str, stored: str) -> bool:
    scheme, cost, salt, key = stored.split("$")
    if scheme != "scrypt" or int(cost) not in (2**15, 2**16, N):
        return False
    found = hashlib.scrypt(
        password.encode(), salt=base64.b64decode(salt), n=int(cost), r=R, p=P, maxmem=256 * 1024**2, dklen=32
    )
    return hmac.compare_digest(found, base64.b64decode(key))


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """The file is this user's alone, from the moment that it's there."""
    path = Path(os.environ.get("TOOLBOX_ACCOUNTS_DB", "/var/lib/toolbox/accounts.db"))
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS accounts (email TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT,"
            " invitation BLOB, invited_at TEXT, active INTEGER NOT NULL DEFAULT 1)"
        )
        yield connection


def address(text: str) -> str:
    """Checks an address, and takes nothing that could be a second header."""
    try:
        found = Address(addr_spec=text)
    except (ValueError, IndexError):
        raise typer.BadParameter("not an address") from None
    if not text.isascii() or not text.isprintable() or not found.domain or len(text) > 254:
        raise typer.BadParameter("not an address")
    return found.addr_spec.lower()


Email = Annotated[str, typer.Argument(callback=address)]


def invitation(mail: Mail, to: str, name: str, token: str) -> EmailMessage:
    # In the fragment, which browsers send to no server; the page posts it.
    values = {"name": name, "hours": INVITATION_HOURS, "link": f"{mail.base_url}/welcome#{token}"}
    message = EmailMessage()
    message["Subject"] = "Your account for the warehouse"
    message["From"] = Address("Warehouse", addr_spec=mail.sender)
    message["To"] = to
    message.set_content(templates.get_template("invitation.txt").render(values))
    message.add_alternative(templates.get_template("invitation.html").render(values), subtype="html")
    return message


def send(mail: Mail, message: EmailMessage) -> None:
    with smtplib.SMTP(mail.host, mail.port, timeout=20) as server:
        server.starttls(context=ssl.create_default_context())
        server.login(mail.user, mail.password)
        server.send_message(message)


@app.command()
def invite(
    email: Email,
    role: Annotated[Role, typer.Option()] = Role.reader,
    name: Annotated[str, typer.Option(help="How to address the person.")] = "colleague",
    config: Annotated[Path, typer.Option()] = Path("/etc/toolbox.ini"),
) -> None:
    """Makes an account, and sends a mail with a link to choose a password."""
    token = secrets.token_urlsafe(32)
    try:
        with database() as connection:
            connection.execute(
                "INSERT INTO accounts (email, role, invitation, invited_at) VALUES (?, ?, ?, datetime('now'))"
                " ON CONFLICT (email) DO UPDATE SET invitation = excluded.invitation, invited_at = excluded.invited_at",
                (email, role.value, hashlib.sha256(token.encode()).digest()),
            )
            mail = Mail(load([config]))
            send(mail, invitation(mail, email, name, token))
    except (ConfigError, smtplib.SMTPException, OSError) as error:
        typer.echo(f"not invited: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{email} was invited as {role.value}")


@app.command()
def set_password(email: Email) -> None:
    """Asks for a password at the terminal; it is in no argument and in no history."""
    password: str = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    if len(password) < 12:
        raise typer.BadParameter("at least 12 characters")
    with database() as connection:
        cursor = connection.execute(
            "UPDATE accounts SET password = ?, invitation = NULL WHERE email = ?", (hash_password(password), email)
        )
        if cursor.rowcount != 1:
            raise typer.BadParameter("no such account")
    typer.echo("done")


@app.command("list")
def list_accounts(role: Annotated[Role | None, typer.Option()] = None) -> None:
    condition = "role = ?" if role else "1"
    with database() as connection:
        sql = f"SELECT email, role, active FROM accounts WHERE {condition} ORDER BY email"
        for email, held, active in connection.execute(sql, (role.value,) if role else ()):
            typer.echo(f"{email}\t{held}\t{'active' if active else 'locked'}")


if __name__ == "__main__":
    app()
--- toolbox/backup.py
"""Backups: `toolbox-backup create shop --to /srv/backups`, `verify FILE`, `restore FILE --into DIR`.

A backup is a tar file with the dump of a database and some folders, and beside it a
file with its HMAC. What has no right HMAC isn't unpacked.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import logging
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

log = logging.getLogger("toolbox.backup")

DATABASE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
MAX_MEMBERS = 200_000
MAX_UNPACKED = 50 * 1024**3
KEY_VARIABLE = "BACKUP_HMAC_KEY"


class BackupError(Exception):
    pass


def key_from_environment() -> bytes:
    key = os.environ.get(KEY_VARIABLE, "").encode()
    if len(key) < 32:
        raise BackupError(f"{KEY_VARIABLE} has to have at least 32 bytes")
    return key


def database_name(text: str) -> str:
    if not DATABASE_NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("not the name of a database")
    return text


def existing_folder(text: str) -> Path:
    path = Path(text).resolve()
    if not path.is_dir():
        raise argparse.ArgumentTypeError("not a folder")
    return path


def mac_of(file: BinaryIO, key: bytes) -> str:
    mac = hmac.new(key, digestmod=hashlib.sha256)
    while chunk := file.read(1024 * 1024):
        mac.update(chunk)
    return mac.hexdigest()


def mac_path(path: Path) -> Path:
    return path.with_name(path.name + ".hmac")


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=parent) as name:
        yield Path(name)


def dump(name: str, target: Path) -> None:
    """pg_dump finds host, user and password in its own files (service file, .pgpass)."""
    command = ["pg_dump", "--format=custom", "--no-password", f"--file={target}", f"--dbname={name}"]
    try:
        subprocess.run(command, check=True, timeout=3600, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    except subprocess.CalledProcessError as error:
        tail = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise BackupError(f"pg_dump failed: {tail[0]}") from None
    except subprocess.TimeoutExpired:
        raise BackupError("pg_dump took too long") from None


def without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Files and folders only, and no names of this machine's users."""
    if not (member.isreg() or member.isdir()):
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def create(name: str, folders: Sequence[Path], target: Path, key: bytes) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    final = target / f"{name}-{stamp}.tar.gz"
    with private_folder(target) as work:
        dump(name, work / "database.dump")
        archive = work / "archive.tar.gz"
        with tarfile.open(archive, "x:gz") as tar:
            tar.add(work / "database.dump", arcname="database.dump")
            for number, folder in enumerate(folders):
                tar.add(folder, arcname=f"files/{number}-{folder.name}", filter=without_owner)
        archive.chmod(0o600)
        with archive.open("rb") as file:
            mac_path(final).write_text(mac_of(file, key) + "\n", "ascii")
        os.replace(archive, final)
    return final


@contextmanager
def verified(path: Path, key: bytes) -> Iterator[BinaryIO]:
    """The file, opened once: what is read afterwards is what the HMAC was computed of."""
    stored = mac_path(path).read_bytes().strip()
    with path.open("rb") as file:
        if not hmac.compare_digest(stored, mac_of(file, key).encode()):
            raise BackupError("the file isn't the one that was made here")
        file.seek(0)
        yield file


def bounded(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    total = 0
    for count, member in enumerate(tar, 1):
        total += member.size
        if count > MAX_MEMBERS or total > MAX_UNPACKED:
            raise BackupError("the archive is larger than is unpacked here")
        yield member


def restore(path: Path, into: Path, key: bytes) -> None:
    with private_folder(into) as work, verified(path, key) as file:
        content = work / "content"
        content.mkdir(mode=0o700)
        with tarfile.open(fileobj=file, mode="r:gz") as tar:
            for member in bounded(tar):
                # "data" refuses absolute names, "..", links to outside, devices and odd modes.
                tar.extract(member, content, filter="data")
        content.rename(into / path.name.removesuffix(".tar.gz"))


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(prog="toolbox-backup", description=__doc__.partition("\n")[0])
    actions = result.add_subparsers(dest="action", required=True)
    make = actions.add_parser("create")
    make.add_argument("database", type=database_name)
    make.add_argument("folders", nargs="*", type=existing_folder)
    make.add_argument("--to", type=existing_folder, required=True)
    check = actions.add_parser("verify")
    check.add_argument("file", type=Path)
    back = actions.add_parser("restore")
    back.add_argument("file", type=Path)
    back.add_argument("--into", type=existing_folder, required=True)
    return result


def main(argv: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    options = parser().parse_args(argv)
    try:
        key = key_from_environment()
        match options.action:
            case "create":
                log.info("made %s", create(options.database, options.folders, options.to, key))
            case "verify":
                with verified(options.file, key):
                    log.info("this is a backup that was made here")
            case "restore":
                restore(options.file, options.into, key)
    except (BackupError, OSError, tarfile.TarError) as error:
        print(f"toolbox-backup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
--- toolbox/cache.py
"""A cache on disk. JSON with a MAC: what this program did not write is not believed."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import hmac
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
MAC_BYTES = 32
MAX_ENTRY = 4 * 1024 * 1024
_MISSING: Any = object()


class DiskCache:
    """Entries are files of hashed names in a folder that only this user can read."""

    def __init__(self, folder: Path, key: bytes, *, ttl: float = 3600, clock: Callable[[], float] = time.time) -> None:
        if len(key) < 32:
            raise ValueError("the key needs 32 bytes")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder.resolve()
        self._key = key
        self._ttl = ttl
        self._clock = clock
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    @classmethod
    def for_user(cls, application: str, key: bytes, **options: Any) -> Self:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        if not application.isidentifier():
            raise ValueError("the name of an application is an identifier")
        return cls(base / application, key, **options)

    def _name(self, key: str) -> str:
        return hashlib.blake2b(key.encode(), digest_size=20, key=self._key[:64]).hexdigest()

    def _mac(self, name: str, body: bytes) -> bytes:
        # The name goes in too: an entry isn't good under the name of another one.
        return hmac.digest(self._key, name.encode() + b"\0" + body, "sha256")

    def get(self, key: str, default: Any = None) -> Any:
        name = self._name(key)
        try:
            with open(self._folder / name, "rb") as file:
                raw = file.read(MAX_ENTRY + MAC_BYTES + 1)
        except FileNotFoundError:
            return default
        mac, body = raw[:MAC_BYTES], raw[MAC_BYTES:]
        if len(body) > MAX_ENTRY or not hmac.compare_digest(mac, self._mac(name, body)):
            return default
        entry = json.loads(body)
        return entry["value"] if entry["until"] > self._clock() else default

    def set(self, key: str, value: Any, ttl: float | None = None) -> None:
        name = self._name(key)
        until = self._clock() + (self._ttl if ttl is None else ttl)
        body = json.dumps({"until": until, "value": value}, separators=(",", ":")).encode()
        if len(body) > MAX_ENTRY:
            return
        # Written beside it under a random name, then put in its place in one step.
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(self._mac(name, body) + body)
            os.replace(temporary, self._folder / name)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise

    def delete(self, key: str) -> None:
        (self._folder / self._name(key)).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Removes entries that nobody wrote for long; tells how many."""
        before = self._clock() - max(self._ttl, 86_400)
        gone = 0
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < before:
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(entry.path)
                        gone += 1
        return gone

    @contextlib.contextmanager
    def _single(self, key: str) -> Iterator[None]:
        """One thread at a time computes a value; the others find it afterwards."""
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        try:
            with lock:
                yield
        finally:
            with self._guard:
                if not lock.locked():
                    self._locks.pop(key, None)

    def cached(self, ttl: float | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorator for functions whose arguments and results are JSON."""

        def decorate(function: Callable[P, R]) -> Callable[P, R]:
            prefix = f"{function.__module__}.{function.__qualname__}"

            @functools.wraps(function)
            def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
                key = prefix + json.dumps([args, kwargs], sort_keys=True)
                found = self.get(key, _MISSING)
                if found is not _MISSING:
                    return found
                with self._single(key):
                    found = self.get(key, _MISSING)
                    if found is _MISSING:
                        found = function(*args, **kwargs)
                        self.set(key, found, ttl)
                return found

            return wrapper

        return decorate
--- toolbox/channel.py
"""Frames of JSON between our machines: TLS with certificates of both sides."""

from __future__ import annotations

import json
import logging
import os
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

log = logging.getLogger("toolbox.channel")

HEADER = struct.Struct("!I")
MAX_FRAME = 256 * 1024
MAX_CALLS = 1000
MAX_CONNECTIONS = 64
SECONDS = 15.0

Procedure = Callable[[Mapping[str, Any]], Any]


class ChannelError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Identity:
    certificate: Path
    key: Path
    authority: Path

    @classmethod
    def from_environment(cls) -> Identity:
        folder = Path(os.environ["CHANNEL_TLS_DIR"]).resolve(strict=True)
        return cls(folder / "node.crt", folder / "node.key", folder / "ca.crt")

    def _finish(self, context: ssl.SSLContext) -> ssl.SSLContext:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(self.certificate, self.key)
        return context

    def server_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(self.authority))
        context.verify_mode = ssl.CERT_REQUIRED
        return self._finish(context)

    def client_context(self) -> ssl.SSLContext:
        # Checks the host's name and the chain; our authority is the only one it knows.
        return self._finish(ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(self.authority)))


def read_exactly(connection: ssl.SSLSocket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        chunk = connection.recv(min(size - len(data), 65_536))
        if not chunk:
            raise ChannelError("closed in the middle of a frame")
        data += chunk
    return bytes(data)


def read_frame(connection: ssl.SSLSocket) -> dict[str, Any]:
    (size,) = HEADER.unpack(read_exactly(connection, HEADER.size))
    if size > MAX_FRAME:
        raise ChannelError("frame too large")
    try:
        frame = json.loads(read_exactly(connection, size))
    except (ValueError, RecursionError):
        raise ChannelError("not JSON") from None
    if not isinstance(frame, dict):
        raise ChannelError("not an object")
    return frame


def write_frame(connection: ssl.SSLSocket, frame: Mapping[str, Any]) -> None:
    body = json.dumps(frame).encode()
    if len(body) > MAX_FRAME:
        raise ChannelError("frame too large")
    connection.sendall(HEADER.pack(len(body)) + body)


def peer_name(connection: ssl.SSLSocket) -> str:
    certificate = connection.getpeercert() or {}
    for kind, name in certificate.get("subjectAltName", ()):
        if kind == "DNS":
            return name
    raise ChannelError("a certificate without a name")


class Server(socketserver.ThreadingTCPServer):
    """Calls the procedures that it was given, by name, for the peers that may call them."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], identity: Identity, rights: Mapping[str, frozenset[str]]) -> None:
        super().__init__(address, Handler)
        self._context = identity.server_context()
        self._rights = dict(rights)
        self._procedures: dict[str, Procedure] = {}
        self.slots = threading.BoundedSemaphore(MAX_CONNECTIONS)

    def procedure(self, function: Procedure) -> Procedure:
        self._procedures[function.__name__] = function
        return function

    def find(self, peer: str, name: object) -> Procedure | None:
        if not isinstance(name, str) or name not in self._rights.get(peer, frozenset()):
            return None
        return self._procedures.get(name)

    def secure(self, connection: socket.socket) -> ssl.SSLSocket:
        connection.settimeout(SECONDS)
        return self._context.wrap_socket(connection, server_side=True)


class Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        if not self.server.slots.acquire(blocking=False):
            log.warning("too many connections")
            return
        # The handshake is made here, in the thread of the connection.
        try:
            with self.server.secure(self.request) as connection:
                peer = peer_name(connection)
                for _ in range(MAX_CALLS):
                    write_frame(connection, self.answer(peer, read_frame(connection)))
        except (ChannelError, OSError) as error:
            log.info("connection ended: %s", type(error).__name__)
        finally:
            self.server.slots.release()

    def answer(self, peer: str, frame: Mapping[str, Any]) -> dict[str, Any]:
        procedure = self.server.find(peer, frame.get("call"))
        arguments = frame.get("arguments", {})
        if procedure is None or not isinstance(arguments, dict):
            return {"error": "not allowed"}
        try:
            return {"result": procedure(arguments)}
        except Exception:
            log.exception("a procedure failed for %r", peer)
            return {"error": "failed"}


class Client:
    def __init__(self, host: str, port: int, identity: Identity) -> None:
        self._address = (host, port)
        self._context = identity.client_context()
        self._connection: ssl.SSLSocket | None = None

    def __enter__(self) -> Self:
        plain = socket.create_connection(self._address, timeout=SECONDS)
        try:
            self._connection = self._context.wrap_socket(plain, server_hostname=self._address[0])
        except BaseException:
            plain.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._connection is not None:
            self._connection.close()

    def call(self, name: str, **arguments: Any) -> Any:
        if self._connection is None:
            raise ChannelError("not connected")
        write_frame(self._connection, {"call": name, "arguments": arguments})
        frame = read_frame(self._connection)
        if "error" in frame:
            raise ChannelError(f"{name}: refused")
        return frame.get("result")
--- toolbox/config.py
"""Typed options from an INI file and the environment, as descriptors of a class.

    class Mail(Section, name="mail"):
        host = Text(pattern=r"[a-z0-9.-]+")
        port = Number(587, least=1, most=65535)

    mail = Mail(load([Path("/etc/toolbox.ini")]))
"""

from __future__ import annotations

import configparser
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, overload

T = TypeVar("T")
_REQUIRED: Any = object()
_TRUE = {"1": True, "yes": True, "true": True, "on": True}
_FALSE = {"0": False, "no": False, "false": False, "off": False}


class ConfigError(Exception):
    pass


class Option(Generic[T]):
    def __init__(self, default: Any = _REQUIRED) -> None:
        self.default = default
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Option[T]: ...
    @overload
    def __get__(self, instance: Section, owner: type) -> T: ...

    def __get__(self, instance: Section | None, owner: type) -> Any:
        if instance is None:
            return self
        raw = instance.raw(self.name)
        if raw is None:
            if self.default is _REQUIRED:
                raise ConfigError(f"{instance.section}.{self.name} is missing")
            return self.default
        try:
            return self.convert(raw)
        except ValueError as error:
            # Which option, and why; not its value, which may be a secret.
            raise ConfigError(f"{instance.section}.{self.name}: {error}") from None

    def __set__(self, instance: Section, value: Any) -> None:
        raise AttributeError("options are read only")

    def convert(self, raw: str) -> T:
        raise NotImplementedError


class Text(Option[str]):
    def __init__(self, default: Any = _REQUIRED, *, pattern: str | None = None, most: int = 1000) -> None:
        super().__init__(default)
        self.pattern = re.compile(pattern) if pattern else None
        self.most = most

    def convert(self, raw: str) -> str:
        if len(raw) > self.most or (self.pattern and not self.pattern.fullmatch(raw)):
            raise ValueError("has the wrong form")
        return raw


class Number(Option[int]):
    def __init__(self, default: Any = _REQUIRED, *, least: int, most: int) -> None:
        super().__init__(default)
        self.least, self.most = least, most

    def convert(self, raw: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,12}", raw) or not self.least <= int(raw) <= self.most:
            raise ValueError(f"has to be a number from {self.least} to {self.most}")
        return int(raw)


class Switch(Option[bool]):
    def convert(self, raw: str) -> bool:
        try:
            return {**_TRUE, **_FALSE}[raw.strip().lower()]
        except KeyError:
            raise ValueError("has to be yes or no") from None


class Choice(Option[T]):
    def __init__(self, choices: Mapping[str, T], default: Any = _REQUIRED) -> None:
        super().__init__(default)
        self.choices = dict(choices)

    def convert(self, raw: str) -> T:
        if raw not in self.choices:
            raise ValueError(f"has to be one of {', '.join(sorted(self.choices))}")
        return self.choices[raw]


class SecretFile(Option[str]):
    """The option names a file; only its owner may be able to read that."""

    def convert(self, raw: str) -> str:
        try:
            with open(raw, encoding="utf-8") as file:
                if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                    raise ValueError("others can read the file")
                return file.read(10_000).strip()
        except OSError as error:
            raise ValueError(error.strerror or "can't be read") from None


class Section:
    section: ClassVar[str]

    def __init_subclass__(cls, *, name: str, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.section = name

    def __init__(self, parser: configparser.ConfigParser, environ: Mapping[str, str] = os.environ) -> None:
        self._parser = parser
        self._environ = environ

    def raw(self, option: str) -> str | None:
        """The environment goes first: TOOLBOX_MAIL_HOST is before [mail] host."""
        from_environment = self._environ.get(f"TOOLBOX_{self.section}_{option}".upper())
        return from_environment or self._parser.get(self.section, option, fallback=None)

    def check(self) -> list[str]:
        """All mistakes at once, for `--check-config`."""
        found = []
        for name, option in vars(type(self)).items():
            if isinstance(option, Option):
                try:
                    option.__get__(self, type(self))
                except ConfigError as error:
                    found.append(f"{name}: {error}")
        return found


def load(paths: Iterable[Path], warn: Callable[[str], None] = print) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    read = parser.read(paths, encoding="utf-8")
    if not read:
        warn("no file of settings was found; the environment has to say it all")
    return parser
--- toolbox/feeds.py
"""Reads product feeds of suppliers (XML), and writes our own.

Feeds come from the addresses in the file of settings, and are parsed by defusedxml:
no document types, no entities, nothing from outside.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import xml.etree.ElementTree as ET  # builds documents; parsing is defusedxml's
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import httpx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .config import ConfigError, Section, Text, load

MAX_FEED = 30 * 1024 * 1024
MAX_PRODUCTS = 50_000
SKU = re.compile(r"[A-Z0-9]{3,20}")
# What XML 1.0 can't hold, even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Suppliers(Section, name="suppliers"):
    north = Text(pattern=r"https://[a-z0-9.-]+/[A-Za-z0-9/._-]*")
    south = Text(pattern=r"https://[a-z0-9.-]+/[A-Za-z0-9/._-]*")


class FeedError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    name: str
    price: Decimal
    link: str | None


def https_link(text: str | None) -> str | None:
    """Links are shown on our pages: nothing but https gets there."""
    if not text or len(text) > 500:
        return None
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme == "https" and parts.hostname and not parts.username else None


def price_of(text: str | None) -> Decimal:
    try:
        price = Decimal((text or "").strip()[:20])
    except InvalidOperation:
        raise FeedError("a price isn't a number") from None
    if not price.is_finite() or not 0 < price < 1_000_000:
        raise FeedError("a price is out of range")
    return price.quantize(Decimal("0.01"))


def products(source: IO[bytes]) -> Iterator[Product]:
    """One product at a time; elements are emptied after use, so memory stays small."""
    count = 0
    try:
        for _event, element in iterparse(source, events=("end",), forbid_dtd=True):
            if element.tag != "product":
                continue
            count += 1
            if count > MAX_PRODUCTS:
                raise FeedError("too many products")
            sku = element.get("sku", "")
            if SKU.fullmatch(sku):
                name = " ".join((element.findtext("name") or "").split())[:200]
                yield Product(sku, name, price_of(element.findtext("price")), https_link(element.findtext("link")))
            element.clear()
    except (ET.ParseError, DefusedXmlException) as error:
        raise FeedError(f"not a feed: {type(error).__name__}") from None


def fetch(url: str) -> IO[bytes]:
    body = io.BytesIO()
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(10, connect=5), follow_redirects=False) as client,
            client.stream("GET", url, headers={"Accept": "application/xml"}) as answer,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes(64 * 1024):
                body.write(chunk)
                if body.tell() > MAX_FEED:
                    raise FeedError("the feed is too large")
    except httpx.HTTPError as error:
        raise FeedError(f"the feed can't be fetched: {type(error).__name__}") from None
    body.seek(0)
    return body


def clean(text: str) -> str:
    return NOT_XML.sub("", text)


def document(found: Iterable[Product]) -> bytes:
    """Our own feed. The serializer escapes texts and attributes."""
    root = ET.Element("products", {"version": "2"})
    for product in found:
        entry = ET.SubElement(root, "product", {"sku": product.sku})
        for tag, text in (("name", product.name), ("price", str(product.price)), ("link", product.link)):
            if text is not None:
                ET.SubElement(entry, tag).text = clean(text)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def cheapest(found: Iterable[Product], key: Callable[[Product], str] = lambda product: product.sku) -> list[Product]:
    best: dict[str, Product] = {}
    for product in found:
        known = best.get(key(product))
        if known is None or product.price < known.price:
            best[key(product)] = product
    return sorted(best.values(), key=key)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="toolbox-feeds")
    parser.add_argument("--config", type=Path, default=Path("/etc/toolbox.ini"))
    parser.add_argument("--supplier", choices=("north", "south"), action="append", required=True)
    parser.add_argument("--out", type=argparse.FileType("wb"), default="-")
    options = parser.parse_args(argv)
    try:
        suppliers = Suppliers(load([options.config]))
        addresses = {"north": suppliers.north, "south": suppliers.south}
        found = [product for name in options.supplier for product in products(fetch(addresses[name]))]
    except (ConfigError, FeedError) as error:
        print(f"toolbox-feeds: {error}", file=sys.stderr)
        return 1
    with options.out as out:
        out.write(document(cheapest(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
--- toolbox/logsetup.py
"""Logs as lines of JSON, with names of secrets blotted out."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import queue
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

SECRET_NAME = re.compile(r"pass(?:word|phrase|wd)?|secret|token|authorization|cookie|api_?key|signature", re.IGNORECASE)
BEARER = re.compile(r"\b(Bearer|Basic) [A-Za-z0-9+/=._~-]{1,4096}")
MAX_TEXT = 4_000
BLOT = "[removed]"
# What every record has of itself; the rest was given as `extra`.
_OWN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}
_context: ContextVar[Mapping[str, Any]] = ContextVar("log_context", default={})


@contextmanager
def log_context(**values: Any) -> Iterator[None]:
    """Fields for all entries that are written inside of the block, in this task or thread."""
    token = _context.set({**_context.get(), **values})
    try:
        yield
    finally:
        _context.reset(token)


def redact(value: Any, depth: int = 0) -> Any:
    if depth > 6:
        return "…"
    if isinstance(value, Mapping):
        return {
            str(key): BLOT if SECRET_NAME.search(str(key)) else redact(item, depth + 1)
            for key, item in list(value.items())[:100]
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item, depth + 1) for item in list(value)[:100]]
    if value is None or isinstance(value, bool | int | float):
        return value
    return BEARER.sub(rf"\1 {BLOT}", str(value)[:MAX_TEXT])


class JsonFormatter(logging.Formatter):
    """One line for each entry: json.dumps escapes line breaks and control characters."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        extra = {name: value for name, value in vars(record).items() if name not in _OWN}
        entry |= redact({**_context.get(), **extra, **getattr(record, "bound", {})})
        entry.pop("bound", None)
        if record.exc_info:
            entry["trace"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True, default=str)


class ContextQueueHandler(logging.handlers.QueueHandler):
    """Writing happens in a thread of its own, where the context is another one; it goes along."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record.bound = dict(_context.get())  # type: ignore[attr-defined]
        return record


def level_from_environment(name: str = "LOG_LEVEL", default: str = "INFO") -> int:
    levels = logging.getLevelNamesMapping()
    return levels.get(os.environ.get(name, default).upper(), levels[default])


@contextmanager
def logging_to_stderr() -> Iterator[None]:
    target = logging.StreamHandler(sys.stderr)
    target.setFormatter(JsonFormatter())
    entries: queue.Queue[logging.LogRecord] = queue.Queue(10_000)
    listener = logging.handlers.QueueListener(entries, target)
    root = logging.getLogger()
    handler = ContextQueueHandler(entries)
    root.addHandler(handler)
    root.setLevel(level_from_environment())
    # Theirs are full of addresses with queries.
    for name in ("httpx", "urllib3", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    listener.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        listener.stop()
--- toolbox/plugins.py
"""Exporters as plug-ins: found by entry points, loaded only if the configuration lists them."""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar, Protocol, TextIO, runtime_checkable

log = logging.getLogger("toolbox.plugins")
GROUP = "toolbox.exporters"
API_VERSION = 2


class PluginError(Exception):
    pass


@runtime_checkable
class Exporter(Protocol):
    name: str
    api_version: int

    def export(self, rows: Iterable[Mapping[str, Any]], target: TextIO) -> int: ...


class Builtin:
    """Base of the exporters that come with the toolbox; each subclass registers itself."""

    registry: ClassVar[dict[str, type[Builtin]]] = {}
    name: ClassVar[str]
    api_version: ClassVar[int] = API_VERSION

    def __init_subclass__(cls, *, name: str, **options: Any) -> None:
        super().__init_subclass__(**options)
        if name in Builtin.registry:
            raise TypeError(f"two exporters {name!r}")
        cls.name = name
        Builtin.registry[name] = cls

    def export(self, rows: Iterable[Mapping[str, Any]], target: TextIO) -> int:
        count = 0
        for count, row in enumerate(rows, 1):
            target.write(self.line(row))
        return count

    def line(self, row: Mapping[str, Any]) -> str:
        raise NotImplementedError


class JsonLines(Builtin, name="jsonl"):
    def line(self, row: Mapping[str, Any]) -> str:
        return json.dumps(dict(row), default=str, ensure_ascii=True) + "\n"


class TabSeparated(Builtin, name="tsv"):
    _SIGNS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})

    def line(self, row: Mapping[str, Any]) -> str:
        return "\t".join(map(self._cell, row.values())) + "\n"

    def _cell(self, value: Any) -> str:
        text = str(value).translate(self._SIGNS)
        return "'" + text if text.lstrip().startswith(("=", "+", "-", "@")) else text


@dataclass(frozen=True, slots=True)
class Trusted:
    """An entry point by its name and by the distribution that it has to come from."""

    name: str
    distribution: str

    @classmethod
    def parse(cls, text: str) -> Trusted:
        distribution, separator, name = text.partition(":")
        if not separator or not name.isidentifier() or not distribution:
            raise PluginError("write plug-ins as distribution:name")
        return cls(name, distribution.lower().replace("_", "-"))

    def fits(self, point: EntryPoint) -> bool:
        found = point.dist.name.lower().replace("_", "-") if point.dist else None
        return point.name == self.name and found == self.distribution


class Exporters(Mapping[str, Exporter]):
    """All exporters of this run, made when they're first asked for."""

    def __init__(self, trusted: Iterable[Trusted] = (), *, find: Callable[..., Iterable[EntryPoint]] = entry_points) -> None:
        self._made: dict[str, Exporter] = {}
        self._factories: dict[str, Callable[[], Any]] = dict(Builtin.registry)
        points = tuple(find(group=GROUP))
        for wanted in trusted:
            matching = [point for point in points if wanted.fits(point)]
            if len(matching) != 1:
                raise PluginError(f"{wanted.distribution}:{wanted.name} is installed {len(matching)} times")
            if wanted.name in self._factories:
                raise PluginError(f"there is an exporter {wanted.name} already")
            self._factories[wanted.name] = self._loader(matching[0])

    @staticmethod
    def _loader(point: EntryPoint) -> Callable[[], Any]:
        def load() -> Any:
            found = point.load()
            if not inspect.isclass(found):
                raise PluginError(f"{point.name} is not a class")
            return found()

        return load

    def __getitem__(self, name: str) -> Exporter:
        if name not in self._made:
            exporter = self._factories[name]()
            if not isinstance(exporter, Exporter) or exporter.api_version != API_VERSION:
                raise PluginError(f"{name} doesn't fit this version")
            log.debug("exporter %s is %s", name, type(exporter).__qualname__)
            self._made[name] = exporter
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._factories)

    def __len__(self) -> int:
        return len(self._factories)


def export(exporters: Exporters, name: str, rows: Iterable[Mapping[str, Any]], target: TextIO) -> int:
    try:
        exporter = exporters[name]
    except KeyError:
        raise PluginError(f"choose one of {', '.join(sorted(exporters))}") from None
    return exporter.export(rows, target)
--- toolbox/release.py
"""`toolbox-release VERSION`: checks, builds, tags and publishes a release of a repository."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

VERSION = re.compile(r"(?:0|[1-9][0-9]{0,4})(?:\.(?:0|[1-9][0-9]{0,4})){2}(?:-rc[1-9][0-9]?)?")
BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9][A-Za-z0-9_-]*)*")
REMOTES = ("origin", "mirror")
# What programs get of the environment; the rest may hold secrets that they don't need.
PASSED_ON = ("PATH", "HOME", "LANG", "SSH_AUTH_SOCK", "GNUPGHOME", "GPG_TTY")

Run = Callable[..., str]


@dataclass(frozen=True)
class Runner:
    """Runs programs by lists of arguments. There is no shell in between."""

    folder: Path
    dry: bool = False
    echo: Callable[[str], None] = click.echo
    environment: Mapping[str, str] = field(
        default_factory=lambda: {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    )

    def __call__(self, program: str, *arguments: str, changes: bool = False, timeout: float = 120) -> str:
        command = [program, *arguments]
        # Quoted for whoever reads it.
        self.echo(f"{'would run' if self.dry and changes else '$'} {shlex.join(command)}")
        if self.dry and changes:
            return ""
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={**self.environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=True,
            )
        except FileNotFoundError:
            raise click.ClickException(f"{program} is not installed") from None
        except subprocess.TimeoutExpired:
            raise click.ClickException(f"{program} takes too long") from None
        except subprocess.CalledProcessError as error:
            raise click.ClickException(f"{program} ended with {error.returncode}\n{error.stderr.strip()}") from None
        return done.stdout


class VersionType(click.ParamType):
    name = "version"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not VERSION.fullmatch(value):
            self.fail("write versions as 1.2.3 or 1.2.3-rc1", param, ctx)
        return value


def branch_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if len(value) > 100 or not BRANCH.fullmatch(value):
        raise click.BadParameter("not the name of a branch")
    return value


def check_clean(git: Run) -> None:
    if git("status", "--porcelain").strip():
        raise click.ClickException("there are changes that aren't committed")


def check_branch(git: Run, branch: str) -> None:
    if git("rev-parse", "--abbrev-ref", "HEAD").strip() != branch:
        raise click.ClickException(f"check out {branch} first")


def check_new(git: Run, version: str) -> None:
    if git("tag", "--list", f"v{version}").strip():
        raise click.ClickException(f"v{version} is there already")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(files: Iterable[Path], target: Path) -> None:
    target.write_text("".join(f"{sha256_of(path)}  {path.name}\n" for path in sorted(files)), "utf-8")


def build(run: Runner, version: str) -> list[Path]:
    out = run.folder / "dist"
    if not run.dry:
        shutil.rmtree(out, ignore_errors=True)
    run("python3", "-m", "build", "--outdir", str(out), changes=True, timeout=900)
    files = [path for path in out.glob("*") if path.suffix in (".whl", ".gz") and version in path.name]
    if not files and not run.dry:
        raise click.ClickException("nothing was built for this version")
    if files:
        write_sums(files, out / "SHA256SUMS")
    return files


def steps(run: Runner, version: str, branch: str, remotes: Sequence[str]) -> Iterable[tuple[str, Callable[[], object]]]:
    git: Run = partial(run, "git")
    yield "no open changes", partial(check_clean, git)
    yield "right branch", partial(check_branch, git, branch)
    yield "new version", partial(check_new, git, version)
    yield "tests", partial(run, "python3", "-m", "pytest", "-q", timeout=1800)
    yield "build", partial(build, run, version)
    yield "tag", partial(git, "tag", "--sign", "--message", f"Release {version}", f"v{version}", changes=True)
    for remote in remotes:
        yield f"push to {remote}", partial(
            git, "push", "--atomic", "--", remote, f"refs/heads/{branch}", f"refs/tags/v{version}", changes=True
        )


@click.command()
@click.argument("version", type=VersionType())
@click.option("--branch", default="main", show_default=True, callback=branch_name)
@click.option("--remote", "remotes", type=click.Choice(REMOTES), multiple=True, default=("origin",))
@click.option("--repo", type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path), default=".")
@click.option("--dry-run", is_flag=True, help="Shows what would be done.")
@click.confirmation_option(prompt="Release this version?")
def main(version: str, branch: str, remotes: tuple[str, ...], repo: Path, dry_run: bool) -> None:
    run = Runner(repo, dry=dry_run)
    for title, step in steps(run, version, branch, remotes):
        click.secho(f"== {title}", bold=True)
        step()
    click.secho(f"{version} is out" if not dry_run else "nothing was changed", fg="green")


if __name__ == "__main__":
    main()
--- toolbox/store.py
"""A stock list in SQLite: migrations, queries with filters, CSV in and out."""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import batched
from pathlib import Path
from typing import Any, Final, LiteralString, TextIO

MIGRATIONS: Final[tuple[LiteralString, ...]] = (
    "CREATE TABLE items (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, amount INTEGER NOT NULL)",
    "ALTER TABLE items ADD COLUMN shelf TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX items_by_shelf ON items (shelf, sku)",
)
COLUMNS: Final = ("sku", "name", "amount", "shelf")
OPERATORS: Final[Mapping[str, LiteralString]] = {"is": "=", "not": "<>", "under": "<", "over": ">", "has": "LIKE"}
FORMULA_STARTS: Final = frozenset("=+-@\t\r\n")
MAX_FIELD: Final = 500


class StoreError(Exception):
    pass


def open_store(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, autocommit=True)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    migrate(connection)
    return connection


def migrate(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, statement in enumerate(MIGRATIONS[version:], version + 1):
        with transaction(connection):
            connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def escape_like(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text


class Query:
    """`Query().where("shelf", "is", "B4").sort("-amount").limit(20)`"""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self._values: list[Any] = []
        self._order = "sku"
        self._limit = 1000

    @staticmethod
    def _column(name: str) -> str:
        if name not in COLUMNS:
            raise StoreError(f"the columns are {', '.join(COLUMNS)}")
        return f'"{name}"'

    def where(self, column: str, operator: str, value: str | int) -> Query:
        sign = OPERATORS.get(operator)
        if sign is None:
            raise StoreError(f"the operators are {', '.join(OPERATORS)}")
        if operator == "has":
            self._conditions.append(f"{self._column(column)} LIKE ? ESCAPE '\\'")
            value = f"%{escape_like(str(value))}%"
        else:
            self._conditions.append(f"{self._column(column)} {sign} ?")
        self._values.append(value)
        return self

    def any_of(self, column: str, values: Sequence[str]) -> Query:
        if not values or len(values) > 500:
            raise StoreError("1 to 500 values")
        marks = ", ".join("?" * len(values))
        self._conditions.append(f"{self._column(column)} IN ({marks})")
        self._values.extend(values)
        return self

    def sort(self, text: str) -> Query:
        name = text.removeprefix("-")
        self._order = f"{self._column(name)} {'DESC' if text.startswith('-') else 'ASC'}"
        return self

    def limit(self, count: int) -> Query:
        self._limit = max(1, min(count, 10_000))
        return self

    def run(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
        where = " AND ".join(self._conditions) or "1"
        sql = f"SELECT {', '.join(COLUMNS)} FROM items WHERE {where} ORDER BY {self._order} LIMIT ?"
        yield from connection.execute(sql, (*self._values, self._limit))


def parse_rows(source: TextIO) -> Iterator[dict[str, str | int]]:
    reader = csv.DictReader(source, strict=True)
    if reader.fieldnames is None or set(reader.fieldnames) != set(COLUMNS):
        raise StoreError(f"the first line has to name the columns {', '.join(COLUMNS)}")
    for number, row in enumerate(reader, 2):
        amount = row["amount"]
        if None in row or None in row.values() or any(len(text) > MAX_FIELD for text in row.values()):
            raise StoreError(f"line {number}: wrong number of fields, or one is too long")
        if not (amount.isascii() and amount.isdigit() and len(amount) <= 9):
            raise StoreError(f"line {number}: the amount isn't a number")
        yield {**row, "amount": int(amount)}


def import_rows(connection: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    names = ", ".join(COLUMNS)
    marks = ", ".join(f":{name}" for name in COLUMNS)
    changes = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "sku")
    sql = f"INSERT INTO items ({names}) VALUES ({marks}) ON CONFLICT (sku) DO UPDATE SET {changes}"
    count = 0
    with transaction(connection):
        for batch in batched(rows, 500):
            connection.executemany(sql, batch)
            count += len(batch)
    return count


def plain(value: object) -> str:
    text = str(value)
    return f"'{text}" if text and text[0] in FORMULA_STARTS else text


def export_rows(rows: Iterable[sqlite3.Row], target: TextIO) -> None:
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([plain(value) for value in row] for row in rows)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="toolbox-stock")
    parser.add_argument("--store", type=Path, required=True)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("import").add_argument("file", type=argparse.FileType("r", encoding="utf-8"))
    listing = actions.add_parser("list")
    listing.add_argument("--where", nargs=3, action="append", default=[], metavar=("COLUMN", "OPERATOR", "VALUE"))
    listing.add_argument("--sort", default="sku")
    listing.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args(argv)
    try:
        with closing(open_store(options.store)) as connection:
            if options.action == "import":
                print(import_rows(connection, parse_rows(options.file)), "items")
                return 0
            query = Query().sort(options.sort).limit(options.limit)
            for condition in options.where:
                query.where(*condition)
            export_rows(query.run(connection), sys.stdout)
    except (StoreError, sqlite3.Error, csv.Error) as error:
        print(f"toolbox-stock: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
--- toolbox/unpack.py
"""Unpacks zip files of others: bounded, below one folder, regular files only."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

CHUNK = 128 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)})


class UnsafeArchive(Exception):
    """The archive has something that isn't unpacked."""


@dataclass(frozen=True, slots=True)
class Limits:
    entries: int = 5_000
    total: int = 512 * 1024**2
    single: int = 128 * 1024**2
    ratio: int = 200


def _no_progress(_path: Path, _size: int) -> None:
    pass


@dataclass(slots=True)
class Unpacker:
    root: Path
    limits: Limits = field(default_factory=Limits)
    allowed: frozenset[str] | None = None
    progress: Callable[[Path, int], None] = _no_progress

    def __post_init__(self) -> None:
        self.root = self.root.resolve(strict=True)

    def unpack(self, source: IO[bytes] | str | os.PathLike[str]) -> list[Path]:
        with zipfile.ZipFile(source) as archive:
            entries = list(self._checked(archive))
            left = self.limits.total
            written: list[Path] = []
            for info, target in entries:
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.parent.resolve().is_relative_to(self.root):
                    raise UnsafeArchive("a folder leads to the outside")
                size = self._copy(archive, info, target, min(left, self.limits.single))
                left -= size
                written.append(target)
                self.progress(target, size)
            return written

    def _checked(self, archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, Path]]:
        """All entries are looked at before the first one is written."""
        infos = archive.infolist()
        if len(infos) > self.limits.entries:
            raise UnsafeArchive("too many entries")
        if sum(info.file_size for info in infos) > self.limits.total:
            raise UnsafeArchive("too large")
        seen: set[str] = set()
        for info in infos:
            target = self.target(info.filename)
            if info.is_dir():
                continue
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG):
                raise UnsafeArchive("links and devices aren't unpacked")
            if info.flag_bits & 0x1:
                raise UnsafeArchive("encrypted")
            if info.file_size > self.limits.ratio * max(info.compress_size, 1024):
                raise UnsafeArchive("compressed too well to be true")
            if self.allowed is not None and target.suffix.lower() not in self.allowed:
                raise UnsafeArchive("a kind of file that isn't taken")
            folded = str(target).casefold()
            if folded in seen:
                raise UnsafeArchive("two entries with one name")
            seen.add(folded)
            yield info, target

    def target(self, name: str) -> Path:
        """The path of an entry below the root; raises for any name that is not plain."""
        if not name or len(name) > 500 or "\0" in name or "\\" in name or _DRIVE.match(name):
            raise UnsafeArchive("not a plain name")
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise UnsafeArchive("not below the folder")
        if any(part.split(".", 1)[0].lower() in _RESERVED or part.endswith((" ", ".")) for part in path.parts):
            raise UnsafeArchive("not a name on all systems")
        target = self.root.joinpath(*path.parts).resolve()
        if not target.is_relative_to(self.root):
            raise UnsafeArchive("not below the folder")
        return target

    @staticmethod
    def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
        size = 0
        # "x": nothing that is there already is followed or written over.
        with archive.open(info) as source, target.open("xb") as file:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > most:
                    break
                file.write(chunk)
        if size > most:
            target.unlink()
            raise UnsafeArchive("larger than it says")
        return size


def unpack_pictures(source: IO[bytes], folder: Path) -> list[Path]:
    """What the shop's import calls: pictures only, and not many of them."""
    limits = Limits(entries=500, total=200 * 1024**2, single=10 * 1024**2)
    return Unpacker(folder, limits, allowed=frozenset({".png", ".jpg", ".jpeg", ".webp"})).unpack(source)
