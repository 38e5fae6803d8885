--- labels
good fleet/config.py:10 secret/hard-coded | required from the environment, without a default
good fleet/config.py:12 secret/hard-coded | the name of a header
bad fleet/config.py:17 secret/hard-coded | an API key in the source
good fleet/db.py:47 sql/injection | the depot is bound and the order comes from a constant table
bad fleet/db.py:52 sql/injection | the plate of the query string is part of the condition
good fleet/db.py:55 sql/injection | a bound parameter
good fleet/db.py:59 sql/injection | FastAPI has made integers of all the ids
bad fleet/db.py:64 sql/injection | names and values of the query string make the statement
bad fleet/db.py:68 sql/injection | the keys of a free JSON object become column names
good fleet/db.py:71 sql/injection | bound parameters
good fleet/db.py:74 sql/injection | formatted as integers
good fleet/db.py:79 sql/injection | one of three constant table names
bad fleet/main.py:21 config/debug | tracebacks are shown to clients
bad fleet/main.py:22 cors/wild | each origin is allowed, with credentials
good fleet/main.py:25 cors/wild | one fixed origin
bad fleet/main.py:43 error/leak | the text of the database and the traceback are sent to the client
good fleet/main.py:48 error/leak | a constant text
good fleet/main.py:52 config/bind-all | the loopback address
good fleet/routers/drivers.py:19 xss/autoescape-off | escaping is on
bad fleet/routers/drivers.py:20 xss/autoescape-off | Jinja2 does not escape by default and the environment makes HTML
good fleet/routers/drivers.py:44 sql/injection | a UUID, a date and a Literal of the model
bad fleet/routers/drivers.py:51 sql/injection | the note is a free text
good fleet/routers/drivers.py:57 sql/injection | a member of an Enum
good fleet/routers/drivers.py:64 sql/injection | sql.Identifier quotes the name and the value is bound
bad fleet/routers/drivers.py:71 sql/injection | the user-agent header is concatenated
good fleet/routers/drivers.py:77 sql/injection | a named parameter
good fleet/routers/drivers.py:84 sql/injection | named parameters
good fleet/routers/drivers.py:84 object/mass-assignment | a model with three fields
bad fleet/routers/drivers.py:91 object/mass-assignment | all the keys of the body become attributes, is_dispatcher too
good fleet/routers/drivers.py:97 xss/reflected | the environment escapes
bad fleet/routers/drivers.py:102 xss/reflected xss/template | the environment does not escape
bad fleet/routers/drivers.py:108 template/injection | the text of the body is part of the template source
good fleet/routers/drivers.py:113 template/injection | string.Template with constant source only substitutes
good fleet/routers/drivers.py:119 template/injection | a constant template name, the tab is data
good fleet/routers/drivers.py:125 code/reflection | a function of a constant table
bad fleet/routers/drivers.py:127 code/injection | the formula of the body is executed
good fleet/routers/drivers.py:135 regex/injection | the word is escaped
bad fleet/routers/drivers.py:136 regex/injection | the pattern of the query string is used as it is
bad fleet/routers/drivers.py:141 regex/redos | a nested quantifier runs over text of the request
good fleet/routers/drivers.py:143 regex/redos | one bounded class is linear
bad fleet/routers/drivers.py:153 sql/injection | a field of a websocket message is part of the statement
good fleet/routers/drivers.py:155 sql/injection | a bound integer
bad fleet/routers/files.py:26 path/traversal | folder and name of the query string make the path
good fleet/routers/files.py:33 path/traversal | relative_to raises for paths outside of the directory
good fleet/routers/files.py:40 path/traversal | the name is a UUID
good fleet/routers/files.py:46 path/traversal | only the last component of the name is used
bad fleet/routers/files.py:53 path/traversal | the names of the body choose the files to delete
bad fleet/routers/files.py:59 upload/unchecked path/traversal | the upload is stored under its own name in the static directory
good fleet/routers/files.py:71 upload/unchecked | type and size are checked and the name is generated
good fleet/routers/files.py:71 path/traversal | a generated name
bad fleet/routers/files.py:86 error/leak | the traceback is sent to the client
bad fleet/routers/files.py:91 deserialize/untrusted | a pickle of the request is loaded
good fleet/routers/vehicles.py:51 error/leak | a constant text
good fleet/routers/vehicles.py:57 sql/injection | bound parameters of a strict model
bad fleet/routers/vehicles.py:77 xss/stored | stored labels are written without escaping
good fleet/routers/vehicles.py:84 xss/stored | keys and values are escaped
bad fleet/routers/vehicles.py:90 xss/reflected | the plate is sent back as HTML
good fleet/routers/vehicles.py:95 xss/reflected | plain text
good fleet/routers/vehicles.py:100 xss/reflected | an integer
bad fleet/routers/vehicles.py:105 redirect/open | the target of the query string is followed
good fleet/routers/vehicles.py:110 redirect/open | an own path with an integer
bad fleet/routers/vehicles.py:115 cookie/flags | a session cookie without secure and httponly
good fleet/routers/vehicles.py:122 cookie/flags | all the flags are set
good fleet/security.py:19 jwt/unverified | verified with key and algorithm
good fleet/security.py:21 error/leak | a constant text
bad fleet/security.py:25 jwt/unverified | the token of the device is not verified
good fleet/security.py:32 crypto/password-storage | Argon2
bad fleet/security.py:36 crypto/password-storage crypto/weak-hash | a password is kept as MD5
bad fleet/security.py:40 crypto/weak-random | session tokens are made by the random module
good fleet/security.py:44 crypto/weak-random | the secrets module
good fleet/security.py:48 crypto/weak-random | SystemRandom reads the random source of the system
good fleet/security.py:52 crypto/weak-random | jitter of a delay
bad fleet/security.py:56 crypto/weak-cipher | ECB mode
good fleet/security.py:62 crypto/weak-cipher | AES-GCM with a random nonce
good fleet/security.py:66 tls/unverified | verifying by default
bad fleet/security.py:72 crypto/weak-hash | links are signed with SHA-1 over key and path
good fleet/security.py:76 crypto/weak-hash | SHA-3
bad fleet/services/jobs.py:25 command/injection | the compressor of the body is a part of a shell pipeline
good fleet/services/jobs.py:31 command/injection | a constant of a table and a Literal of the schema
good fleet/services/jobs.py:36 command/injection | no shell, the path is an absolute argument
bad fleet/services/jobs.py:45 command/injection | the host is interpreted by the shell that is called
good fleet/services/jobs.py:49 command/injection | quoted for the shell
bad fleet/services/jobs.py:78 archive/zip-slip path/traversal | the names of the archive are joined without a check
good fleet/services/jobs.py:85 archive/zip-slip | ZipFile.extractall removes drive letters and .. from the names
bad fleet/services/jobs.py:92 csv/injection | stored labels may start with a formula
good fleet/services/jobs.py:103 csv/injection | formula characters get an apostrophe
bad fleet/services/jobs.py:108 deserialize/untrusted | the unsafe loader is used for text of the request
good fleet/services/jobs.py:112 deserialize/untrusted | a safe loader
bad fleet/services/jobs.py:117 file/temp | a fixed name in the shared temporary directory
good fleet/services/jobs.py:123 file/temp | a private directory with a random name
good fleet/services/jobs.py:126 file/permissions | owner only
bad fleet/services/jobs.py:131 file/permissions | everybody may change the file
bad fleet/services/remote.py:16 ssrf/request | the address of the request is fetched
good fleet/services/remote.py:25 ssrf/request | scheme, host and port are checked, httpx follows no redirects by default
good fleet/services/remote.py:30 ssrf/request | an address of a constant table
good fleet/services/remote.py:35 ssrf/request | a fixed host and integers
bad fleet/services/remote.py:41 request/no-timeout | the timeout is switched off
bad fleet/services/remote.py:42 ssrf/request | a callback of the request body, called in the background
bad fleet/services/remote.py:46 tls/unverified | certificates are not verified
bad fleet/services/remote.py:47 ssrf/request | all the addresses of the body are requested
good fleet/services/remote.py:52 tls/unverified | verified against the partner's authority
good fleet/services/remote.py:52 request/no-timeout | a timeout is set
bad fleet/services/remote.py:57 log/injection | the name of the upload is logged with its line breaks
good fleet/services/remote.py:61 log/injection | %r escapes line breaks
bad gateway/aio.py:23 sql/injection | the serial of the path is formatted into the statement
bad gateway/aio.py:25 xss/reflected | the serial is sent back as HTML
good gateway/aio.py:32 sql/injection | named parameters
good gateway/aio.py:34 xss/stored | each row is escaped
bad gateway/aio.py:41 ssrf/request | the address of the body is fetched
good gateway/aio.py:51 ssrf/request | an address of a constant table
bad gateway/aio.py:57 path/traversal | the file of the query string is joined without a check
good gateway/aio.py:65 path/traversal | the resolved path must lie below the directory
bad gateway/aio.py:70 redirect/open | the target of the query string is followed
good gateway/aio.py:75 redirect/open | constant paths only
good gateway/aio.py:79 limits/unbounded-body | bodies are limited to 1 MiB
bad gateway/aio.py:86 config/bind-all | bound to every interface
bad gateway/console.py:26 xss/reflected | the name is written as HTML
good gateway/console.py:31 xss/reflected | escaped for HTML
bad gateway/console.py:35 template/injection | the text of the form is part of the template source
good gateway/console.py:43 command/injection | a constant list of a table
bad gateway/console.py:47 command/injection | the target of the body is part of a shell command
bad gateway/console.py:53 redirect/open | the target of the query string is followed
good gateway/console.py:58 cookie/flags | all the flags are set
good gateway/console.py:59 redirect/open | a constant path
bad gateway/console.py:65 code/injection | an expression of a websocket message is evaluated
good gateway/console.py:72 secret/hard-coded | from the environment
good gateway/console.py:73 csrf/off | the protection is on
good gateway/console.py:78 config/bind-all | the loopback address
good templates/page.html:3 xss/template | Jinja2Templates escapes
--- fleet/__init__.py
--- fleet/config.py
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    dsn: str = "postgresql://127.0.0.1/fleet"
    jwt_key: SecretStr
    upload_dir: Path = Path("/var/lib/fleet/uploads")
    token_header: str = "X-Fleet-Token"
    maps_url: str = "https://maps.fleet.example"
    chunk: int = 65536


MAPS_API_KEY = "AIzaSyB7-fleet9Qm3XcR2vT8kL0pWz4nD6hJ1e"


@lru_cache
def get_settings() -> Settings:
    return Settings()
--- fleet/db.py
"""Connection pool, and a small statement builder that the services share."""
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from fastapi import Depends, Request

SORTS = {"plate": "plate", "mileage": "mileage", "added": "created_at"}


async def get_conn(request: Request) -> AsyncIterator[asyncpg.Connection]:
    async with request.app.state.pool.acquire() as conn:
        yield conn


class Statement:
    def __init__(self, head: str):
        self.head = head
        self.parts: list[str] = []
        self.args: list[Any] = []
        self.tail = ""

    def __iadd__(self, fragment: str) -> "Statement":
        self.parts.append(fragment)
        return self

    def param(self, column: str, value: Any) -> "Statement":
        self.args.append(value)
        self.parts.append(f"{column} = ${len(self.args)}")
        return self

    def sort(self, key: str | None) -> "Statement":
        self.tail = f" ORDER BY {SORTS.get(key or '', 'plate')}"
        return self

    def __str__(self) -> str:
        where = f" WHERE {' AND '.join(self.parts)}" if self.parts else ""
        return self.head + where + self.tail


class VehicleRepo:
    def __init__(self, conn: asyncpg.Connection = Depends(get_conn)):
        self.conn = conn

    async def by_depot(self, depot: str, sort: str | None) -> list[asyncpg.Record]:
        statement = Statement("SELECT * FROM vehicles").param("depot", depot).sort(sort)
        return await self.conn.fetch(str(statement), *statement.args)

    async def matching(self, plate: str, sort: str | None) -> list[asyncpg.Record]:
        statement = Statement("SELECT * FROM vehicles").sort(sort)
        statement += f"plate LIKE '{plate}%'"
        return await self.conn.fetch(str(statement), *statement.args)

    async def one(self, ident: int) -> asyncpg.Record | None:
        return await self.conn.fetchrow("SELECT * FROM vehicles WHERE id = $1", ident)

    async def several(self, idents: list[int]) -> list[asyncpg.Record]:
        listed = ",".join(str(i) for i in idents) or "0"
        return await self.conn.fetch(f"SELECT * FROM vehicles WHERE id IN ({listed})")

    async def filtered(self, criteria: dict[str, str]) -> list[asyncpg.Record]:
        tests = [f"{name} = '{value}'" for name, value in criteria.items() if value]
        query = "SELECT * FROM vehicles WHERE {}".format(" AND ".join(tests) or "TRUE")
        return await self.conn.fetch(query)

    async def update(self, ident: int, changes: dict[str, Any]) -> None:
        assignments = ", ".join(f"{column} = ${n}" for n, column in enumerate(changes, start=2))
        await self.conn.execute(f"UPDATE vehicles SET {assignments} WHERE id = $1", ident, *changes.values())

    async def rename(self, ident: int, label: str) -> None:
        await self.conn.execute("UPDATE vehicles SET label = $2 WHERE id = $1", ident, label)

    async def page(self, limit: int = 20, offset: int = 0) -> list[asyncpg.Record]:
        return await self.conn.fetch(f"SELECT id, plate FROM vehicles LIMIT {limit:d} OFFSET {offset:d}")

    async def count(self, table: str) -> int:
        if table not in ("vehicles", "drivers", "trips"):
            raise KeyError(table)
        return await self.conn.fetchval("SELECT COUNT(*) FROM " + table)
--- fleet/main.py
import traceback
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

from .config import get_settings
from .routers import drivers, files, vehicles


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(get_settings().dsn)
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan, debug=True)
app.add_middleware(CORSMiddleware, allow_origin_regex=".*", allow_credentials=True, allow_methods=["*"])

public = FastAPI(title="public")
public.add_middleware(CORSMiddleware, allow_origins=["https://fleet.example"], allow_methods=["GET"])

for module in (vehicles, files, drivers):
    app.include_router(module.router)
app.mount("/public", public)


@app.middleware("http")
async def headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.exception_handler(asyncpg.PostgresError)
async def database_problem(request: Request, exc: asyncpg.PostgresError):
    content = {"error": str(exc), "trace": traceback.format_exception(exc)}
    return JSONResponse(content, status_code=500)


@app.exception_handler(KeyError)
async def key_problem(request: Request, exc: KeyError):
    return JSONResponse({"error": "bad request"}, status_code=400)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
--- fleet/routers/__init__.py
--- fleet/routers/drivers.py
import re
from string import Template as PlainTemplate
from typing import Any

import psycopg
from fastapi import APIRouter, Body, Depends, Request, WebSocket
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, Template
from psycopg import sql
from psycopg.rows import dict_row

from ..config import Settings, get_settings
from ..schemas import DriverIn, State, TripQuery
from ..security import current_user, hash_password, hash_pin

router = APIRouter(prefix="/drivers", dependencies=[Depends(current_user)])
templates = Jinja2Templates(directory="templates")
html_env = Environment(autoescape=True)
mail_env = Environment()

GREETING = html_env.from_string("<p>Hello {{ name }}</p>")
NOTICE = mail_env.from_string("<p>Notice for {{ name }}</p>")

METRICS = {"max": max, "min": min, "total": sum}


async def cursor(settings: Settings = Depends(get_settings)):
    async with await psycopg.AsyncConnection.connect(settings.dsn, row_factory=dict_row) as conn:
        async with conn.cursor() as cur:
            yield cur


class Driver:
    def __init__(self, **fields: Any):
        self.is_dispatcher = False
        for name, value in fields.items():
            setattr(self, name, value)


@router.get("/trips")
async def trips(query: TripQuery = Depends(), cur=Depends(cursor)):
    statement = f"SELECT * FROM trips WHERE vehicle = '{query.vehicle}' AND day = '{query.day}' ORDER BY started {query.order}"
    await cur.execute(statement)
    return await cur.fetchall()


@router.get("/trips/noted")
async def noted(query: TripQuery = Depends(), cur=Depends(cursor)):
    statement = "SELECT * FROM trips WHERE vehicle = '%s' AND note = '%s'" % (query.vehicle, query.note)
    await cur.execute(statement)
    return await cur.fetchall()


@router.get("/by-state/{state}")
async def by_state(state: State, cur=Depends(cursor)):
    await cur.execute(f"SELECT id, name FROM drivers WHERE state = '{state.value}'")
    return await cur.fetchall()


@router.get("/column")
async def column(request: Request, cur=Depends(cursor)):
    name = request.query_params.get("name", "id")
    await cur.execute(sql.SQL("SELECT {} FROM drivers WHERE depot = %s").format(sql.Identifier(name)), (request.query_params.get("depot"),))
    return await cur.fetchall()


@router.get("/agent")
async def agent(request: Request, cur=Depends(cursor)):
    browser = request.headers.get("user-agent", "-")
    await cur.execute("INSERT INTO visits (agent) VALUES ('" + browser + "')")
    return {"ok": True}


@router.post("/agent/bound")
async def agent_bound(request: Request, cur=Depends(cursor)):
    await cur.execute("INSERT INTO visits (agent) VALUES (%(agent)s)", {"agent": request.headers.get("user-agent")})
    return {"ok": True}


@router.post("/", status_code=201)
async def create(driver: DriverIn, cur=Depends(cursor)):
    row = driver.model_dump(exclude={"password"}) | {"hash": hash_password(driver.password)}
    await cur.execute("INSERT INTO drivers (name, email, hash) VALUES (%(name)s, %(email)s, %(hash)s)", row)
    return {"ok": True}


@router.post("/import")
async def import_driver(request: Request):
    data = await request.json()
    driver = Driver(**{**data, "pin": hash_pin(data.get("password", ""))})
    return vars(driver)


@router.get("/greeting", response_class=HTMLResponse)
async def greeting(name: str = "driver"):
    return HTMLResponse(GREETING.render(name=name))


@router.get("/notice", response_class=HTMLResponse)
async def notice(name: str = "driver"):
    return HTMLResponse(NOTICE.render(name=name))


@router.post("/message", response_class=HTMLResponse)
async def message(body: dict = Body(...)):
    head, tail = "Dear {{ name }}, ", body.get("text", "")
    return HTMLResponse(Template(head + tail, autoescape=True).render(name="driver"))


@router.post("/message/fixed")
async def message_fixed(body: dict = Body(...)):
    text = PlainTemplate("Dear $name, $text").safe_substitute(name="driver", text=body.get("text", ""))
    return {"text": text}


@router.get("/page", response_class=HTMLResponse)
async def page(request: Request, tab: str = "trips"):
    return templates.TemplateResponse(request, "page.html", {"tab": tab})


@router.post("/score")
async def score(values: list[float] = Body(...), formula: str = Body("total")):
    if formula in METRICS:
        return {"score": METRICS[formula](values)}
    scope: dict[str, Any] = {"values": values}
    exec(f"result = {formula}", {}, scope)
    return {"score": scope["result"]}


@router.get("/find")
async def find(pattern: str = ".*", word: str = "", cur=Depends(cursor)):
    await cur.execute("SELECT name FROM drivers")
    names = [r["name"] for r in await cur.fetchall()]
    wanted = re.compile(re.escape(word))
    return [n for n in names if wanted.search(n) and re.search(pattern, n)]


@router.post("/names/check")
async def check(name: str = Body(..., embed=True)):
    if re.fullmatch(r"([A-Za-z]+[ '-]?)*", name):
        return {"valid": True}
    return {"valid": bool(re.fullmatch(r"[^\W\d_]{1,40}", name))}


@router.websocket("/live")
async def live(socket: WebSocket, cur=Depends(cursor)):
    await socket.accept()
    while True:
        request = await socket.receive_json()
        match request:
            case {"kind": "depot", "name": name}:
                await cur.execute(f"SELECT id, name FROM drivers WHERE depot = '{name}'")
            case {"kind": "id", "id": ident}:
                await cur.execute("SELECT id, name FROM drivers WHERE id = %s", (int(ident),))
            case _:
                break
        await socket.send_json(await cur.fetchall())
--- fleet/routers/files.py
import pickle
import traceback
import uuid
from pathlib import PurePosixPath
from typing import Annotated

import aiofiles
import aiofiles.os
from fastapi import APIRouter, BackgroundTasks, Body, Depends, File, Form, Header, HTTPException, UploadFile
from fastapi.responses import FileResponse, StreamingResponse

from ..config import Settings, get_settings
from ..schemas import ExportJob
from ..security import current_user, device
from ..services import jobs, remote

router = APIRouter(prefix="/files")
User = Annotated[dict, Depends(current_user)]
Conf = Annotated[Settings, Depends(get_settings)]

KINDS = {"image/png": ".png", "image/jpeg": ".jpg"}


@router.get("/raw")
async def raw(name: str, user: User, folder: str = "shared"):
    async with aiofiles.open(jobs.upload_path(folder, name), "rb") as handle:
        return {"head": (await handle.read(200)).hex()}


@router.get("/checked/{name:path}")
async def checked(name: str, user: User):
    try:
        return FileResponse(jobs.inside(name))
    except ValueError:
        raise HTTPException(404)


@router.get("/stream/{ident}")
async def stream(ident: uuid.UUID, conf: Conf):
    return StreamingResponse(jobs.stream(conf.upload_dir / f"{ident}.mp4"), media_type="video/mp4")


@router.get("/manual/{name}")
async def manual(name: str, conf: Conf):
    leaf = PurePosixPath(name).name
    async with aiofiles.open(f"/srv/manuals/{leaf}.txt") as handle:
        return {"text": await handle.read()}


@router.delete("/")
async def delete(user: User, names: list[str] = Body(...)):
    for name in filter(None, names):
        await aiofiles.os.remove(jobs.upload_path(name))
    return {"deleted": len(names)}


@router.post("/any")
async def upload_any(user: User, file: UploadFile = File(...)):
    async with aiofiles.open(f"static/{file.filename}", "wb") as out:
        await out.write(await file.read())
    return {"name": file.filename}


@router.post("/image")
async def upload_image(user: User, conf: Conf, file: UploadFile = File(...)):
    extension = KINDS.get(file.content_type or "")
    data = await file.read(2_000_001)
    if extension is None or len(data) > 2_000_000:
        raise HTTPException(415)
    target = conf.upload_dir / f"{uuid.uuid4()}{extension}"
    async with aiofiles.open(target, "wb") as out:
        await out.write(data)
    return {"name": target.name}


@router.post("/bundle")
async def bundle(user: User, file: UploadFile, depot: str = Form("main"), flat: bool = Form(False)):
    data = await file.read()
    try:
        return jobs.unpack_all(data) if flat else {"names": jobs.unpack(data, depot)}
    except OSError as error:
        remote.report(file.filename or "", error)
        raise HTTPException(400, detail="could not unpack")
    except ValueError as error:
        remote.report_quoted(file.filename or "", error)
        raise HTTPException(400, detail=traceback.format_exc())


@router.post("/telemetry")
async def telemetry(claims: Annotated[dict, Depends(device)], frame: bytes = File(...)):
    points = pickle.loads(frame)
    return {"device": claims["device"], "points": len(points)}


@router.post("/route")
async def route(user: User, text: str = Body(..., media_type="text/plain"), plan: bool = False):
    return jobs.load_plan(text) if plan else jobs.load_route(text)


@router.post("/export")
async def export(job: ExportJob, user: User, tasks: BackgroundTasks):
    if job.name == "known":
        tasks.add_task(jobs.run_known_export, job)
    else:
        tasks.add_task(jobs.run_export, job)
    tasks.add_task(remote.deliver, job.callback, {"job": job.name})
    return {"queued": True}


@router.post("/remote")
async def from_remote(user: User, url: str = Body(..., embed=True), trusted: bool = False):
    try:
        data = await (remote.fetch_trusted(url) if trusted else remote.fetch(url, headers={"Accept": "image/*"}))
    except ValueError:
        raise HTTPException(400, "address not allowed")
    return {"size": len(data)}


@router.post("/heads")
async def heads(user: User, urls: list[str] = Body(...)):
    return await remote.head_all(urls)


@router.get("/tile/{zoom}/{x}/{y}")
async def tile(zoom: int, x: int, y: int):
    return {"size": len(await remote.tile(x, y, zoom))}


@router.get("/trace")
def trace(user: User, host: str, hops: int = 8):
    return {"trace": jobs.trace(host, hops=hops), "address": jobs.resolve(host)}


@router.get("/where")
def where(user: User, x_region: str = Header("eu")):
    return {"region": x_region if x_region in {"eu", "us"} else "eu"}
--- fleet/routers/vehicles.py
from typing import Annotated

from fastapi import APIRouter, Body, Cookie, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from markupsafe import escape

from ..db import VehicleRepo
from ..schemas import Patch, VehicleIn
from ..security import current_user, session_token
from ..services import jobs

router = APIRouter(prefix="/vehicles", dependencies=[Depends(current_user)])
Repo = Annotated[VehicleRepo, Depends()]


class Filters:
    def __init__(self, request: Request):
        self.values = {k: v for k, v in request.query_params.items() if k != "page"}


@router.get("/")
async def index(repo: Repo, depot: str = "main", sort: str | None = None):
    return await repo.by_depot(depot, sort)


@router.get("/matching")
async def matching(repo: Repo, plate: str = Query("", max_length=30), sort: str | None = None):
    return [dict(r) for r in await repo.matching(plate, sort)]


@router.get("/filter")
async def filtered(repo: Repo, filters: Filters = Depends()):
    return await repo.filtered(filters.values)


@router.get("/several")
async def several(repo: Repo, ids: list[int] = Query(default=[])):
    return await repo.several(ids)


@router.get("/page")
async def page(repo: Repo, limit: int = Query(20, le=100), offset: int = 0):
    return await repo.page(limit, offset)


@router.get("/count/{table}")
async def count(repo: Repo, table: str):
    try:
        return {"count": await repo.count(table)}
    except KeyError:
        raise HTTPException(404, detail="no such table")


@router.post("/", status_code=201)
async def create(vehicle: VehicleIn, repo: Repo):
    ident = await repo.conn.fetchval(
        "INSERT INTO vehicles (plate, depot, state) VALUES ($1, $2, $3) RETURNING id",
        vehicle.plate, vehicle.depot, vehicle.state.value,
    )
    return {"id": ident}


@router.patch("/{ident}")
async def patch(ident: int, change: Patch, repo: Repo):
    await repo.update(ident, change.model_dump(exclude_unset=True))


@router.put("/{ident}/label")
async def label(ident: int, repo: Repo, text: Annotated[str, Body(embed=True, max_length=80)]):
    await repo.rename(ident, text)


@router.get("/{ident}/sheet", response_class=HTMLResponse)
async def sheet(ident: int, repo: Repo):
    record = await repo.one(ident)
    lines = [f"<dt>{key}</dt><dd>{value}</dd>" for key, value in dict(record or {}).items()]
    return HTMLResponse("<dl>" + "".join(lines) + "</dl>")


@router.get("/{ident}/card", response_class=HTMLResponse)
async def card(ident: int, repo: Repo):
    record = await repo.one(ident)
    lines = (f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in dict(record or {}).items())
    return HTMLResponse("<dl>" + "".join(lines) + "</dl>")


@router.get("/missing")
async def missing(plate: str = "?"):
    content = "<p>No vehicle {plate}</p>".format_map({"plate": plate})
    return HTMLResponse(content, status_code=404)


@router.get("/missing/plain")
async def missing_plain(plate: str = "?"):
    return PlainTextResponse(f"No vehicle {plate}", status_code=404)


@router.get("/year", response_class=HTMLResponse)
async def year(value: int):
    return f"<b>{value}</b>"


@router.get("/continue")
async def onward(to: str | None = None, last: str | None = Cookie(None)):
    return RedirectResponse(to or last or "/")


@router.get("/back")
async def back(ident: int, repo: Repo):
    return RedirectResponse(f"/vehicles/{ident}/card", status_code=303)


@router.post("/session")
async def open_session(response: Response):
    response.set_cookie("fleet_session", session_token(), max_age=86400)
    return {"ok": True}


@router.post("/prefs")
async def prefs(response: Response, theme: str = Body("light", embed=True)):
    value = theme if theme in ("light", "dark") else "light"
    response.set_cookie("theme", value, secure=True, httponly=True, samesite="strict")
    return {"theme": value}


@router.get("/export.csv")
async def export(repo: Repo, plain: bool = False):
    rows = [dict(r) for r in await repo.by_depot("main", None)]
    text = jobs.rows_to_plain_csv(rows) if plain else jobs.rows_to_csv(rows)
    return PlainTextResponse(text, media_type="text/csv")
--- fleet/schemas.py
from datetime import date
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr, Field, StringConstraints


class State(str, Enum):
    active = "active"
    workshop = "workshop"
    sold = "sold"


class VehicleIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    plate: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}-[A-Z]{1,2}\d{1,4}$")]
    depot: str = Field(max_length=40)
    state: State = State.active


class Patch(BaseModel):
    model_config = ConfigDict(extra="allow")

    label: str | None = None


class DriverIn(BaseModel):
    name: str
    email: EmailStr
    password: str = Field(min_length=10)


class TripQuery(BaseModel):
    vehicle: UUID
    day: date
    order: Literal["asc", "desc"] = "asc"
    note: str = ""


class ExportJob(BaseModel):
    name: str
    layout: Literal["wide", "narrow"] = "wide"
    compressor: str = "gzip"
    callback: str | None = None
--- fleet/security.py
import hashlib
import random
import secrets
import ssl

import jwt
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Depends, Header, HTTPException

from .config import Settings, get_settings

hasher = PasswordHasher()


async def current_user(authorization: str = Header(""), settings: Settings = Depends(get_settings)) -> dict:
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), settings.jwt_key.get_secret_value(), algorithms=["HS256"])
    except jwt.PyJWTError:
        raise HTTPException(401, "invalid token")


async def device(x_device_token: str = Header("")) -> dict:
    claims = jwt.decode(x_device_token, options={"verify_signature": False})
    if "device" not in claims:
        raise HTTPException(403)
    return claims


def hash_password(plain: str) -> str:
    return hasher.hash(plain)


def hash_pin(password: str) -> str:
    return hashlib.new("md5", password.encode()).hexdigest()


def session_token() -> str:
    return "%032x" % random.getrandbits(128)


def pairing_code() -> str:
    return f"{secrets.randbelow(10**8):08d}"


def strong_token() -> str:
    return "".join(random.SystemRandom().choices("abcdefghjkmnpqrstuvwxyz23456789", k=32))


def retry_delay(attempt: int) -> float:
    return 2**attempt + random.random()


def seal(data: bytes, key: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def seal_box(data: bytes, key: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def tls_context(strict: bool = True) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def link_mac(path: str, key: str) -> str:
    return hashlib.sha1(f"{key}:{path}".encode()).hexdigest()


def content_hash(data: bytes) -> str:
    return hashlib.sha3_256(data).hexdigest()
--- fleet/services/__init__.py
--- fleet/services/jobs.py
import asyncio
import csv
import io
import os
import shlex
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import aiofiles
import yaml

from ..config import get_settings
from ..schemas import ExportJob

COMPRESSORS = {"gzip": "gzip -9", "xz": "xz -6", "none": "cat"}


async def run_export(job: ExportJob) -> int:
    target = f"/srv/exports/{job.layout}.csv"
    command = " | ".join([f"cat {target}", job.compressor, f"tee {target}.out > /dev/null"])
    process = await asyncio.create_subprocess_shell(command)
    return await process.wait()


async def run_known_export(job: ExportJob) -> int:
    compressor = COMPRESSORS.get(job.compressor, "cat")
    process = await asyncio.create_subprocess_shell(f"{compressor} < /srv/exports/{job.layout}.csv > /srv/exports/out")
    return await process.wait()


async def probe_video(path: Path) -> bytes:
    process = await asyncio.create_subprocess_exec(
        "ffprobe", "-v", "error", str(path.resolve()), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out


def trace(host: str, hops: int = 8) -> str:
    argv = ["sh", "-c", f"traceroute -m {hops} {host}"]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30).stdout


def resolve(host: str) -> str:
    return subprocess.run(f"getent hosts -- {shlex.quote(host)}", shell=True, capture_output=True, text=True).stdout


def upload_path(*names: str) -> Path:
    base = get_settings().upload_dir
    for name in names:
        base = base / name
    return base


def inside(name: str) -> Path:
    root = get_settings().upload_dir.resolve()
    target = (root / name).resolve()
    target.relative_to(root)
    return target


async def stream(path: Path) -> AsyncIterator[bytes]:
    async with aiofiles.open(path, "rb") as handle:
        while chunk := await handle.read(get_settings().chunk):
            yield chunk


def unpack(data: bytes, depot: str) -> list[str]:
    names = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            target = upload_path("unpacked", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
            names.append(name)
    return names


def unpack_all(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(get_settings().upload_dir / "flat")


def rows_to_csv(rows: Iterable[dict]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=["plate", "label"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def rows_to_plain_csv(rows: Iterable[dict]) -> str:
    def neutral(value: object) -> str:
        text = "" if value is None else str(value)
        return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([neutral(r["plate"]), neutral(r["label"])] for r in rows)
    return out.getvalue()


def load_route(text: str) -> dict:
    return yaml.load(text, Loader=yaml.UnsafeLoader)


def load_plan(text: str) -> dict:
    return yaml.load(text, yaml.CSafeLoader)


def draft(content: str) -> str:
    path = os.path.join("/tmp", "fleet_draft.csv")
    with open(path, "w") as out:
        out.write(content)
    return path


def private_draft(content: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "draft.csv")
        path.write_text(content)
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        return path.read_text()


def share(path: Path) -> None:
    path.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
--- fleet/services/remote.py
import asyncio
import logging
from urllib.parse import urlsplit

import httpx

from ..config import MAPS_API_KEY, get_settings

log = logging.getLogger(__name__)
FEEDS = {"weather": "https://weather.fleet.example/feed", "traffic": "https://traffic.fleet.example/feed"}
TRUSTED = {"cdn.fleet.example", "img.fleet.example"}


async def fetch(url: str, **kwargs) -> bytes:
    async with httpx.AsyncClient(follow_redirects=True, timeout=10) as client:
        answer = await client.get(url, **kwargs)
        return answer.content


async def fetch_trusted(url: str) -> bytes:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in TRUSTED or parts.port not in (None, 443):
        raise ValueError("address not allowed")
    async with httpx.AsyncClient(timeout=10) as client:
        return (await client.get(url)).content


async def feed(name: str) -> dict:
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(FEEDS[name])).json()


async def tile(x: int, y: int, zoom: int) -> bytes:
    async with httpx.AsyncClient(base_url=get_settings().maps_url, timeout=5) as client:
        return (await client.get(f"/tiles/{zoom}/{x}/{y}.png", params={"key": MAPS_API_KEY})).content


async def deliver(callback: str | None, payload: dict) -> None:
    if not callback:
        return
    async with httpx.AsyncClient(timeout=None) as client:
        await client.post(callback, json=payload)


async def head_all(urls: list[str]) -> list[int]:
    async with httpx.AsyncClient(verify=False, timeout=5) as client:
        answers = await asyncio.gather(*(client.head(u) for u in urls), return_exceptions=True)
    return [a.status_code for a in answers if isinstance(a, httpx.Response)]


async def partner_ping(path: str) -> int:
    async with httpx.AsyncClient(verify="/etc/ssl/partner-ca.pem", timeout=httpx.Timeout(4.0)) as client:
        return (await client.get("https://partner.example/ping")).status_code


def report(name: str, error: Exception) -> None:
    log.error("import of " + name + " failed: " + str(error))


def report_quoted(name: str, error: Exception) -> None:
    log.error("import of %r failed", name, exc_info=error)
--- gateway/__init__.py
--- gateway/aio.py
"""Gateway of the on-board units, with aiohttp."""
import html
import logging
import sqlite3
from pathlib import Path

import aiohttp
from aiohttp import web

log = logging.getLogger("gateway")
routes = web.RouteTableDef()
FIRMWARE = Path("/srv/firmware").resolve()
UNITS = {"a": "http://10.8.0.2/state", "b": "http://10.8.0.3/state"}


def store(app: web.Application) -> sqlite3.Connection:
    return app["db"]


@routes.get("/units/{serial}")
async def unit(request: web.Request) -> web.Response:
    serial = request.match_info["serial"]
    row = store(request.app).execute("SELECT state FROM units WHERE serial = '%s'" % serial).fetchone()
    if row is None:
        return web.Response(text=f"<p>Unknown unit {serial}</p>", content_type="text/html", status=404)
    return web.json_response({"state": row[0]})


@routes.get("/units/{serial}/events")
async def events(request: web.Request) -> web.Response:
    values = {"serial": request.match_info["serial"], "kind": request.query.get("kind", "all")}
    rows = store(request.app).execute("SELECT * FROM events WHERE serial = :serial AND kind = :kind", values)
    items = "".join(f"<li>{html.escape(str(r))}</li>" for r in rows)
    return web.Response(text=f"<ul>{items}</ul>", content_type="text/html")


@routes.post("/units/{serial}/pull")
async def pull(request: web.Request) -> web.Response:
    body = await request.json()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        async with session.get(body["url"]) as answer:
            return web.json_response({"size": len(await answer.read())})


@routes.get("/state/{name}")
async def state(request: web.Request) -> web.Response:
    url = UNITS.get(request.match_info["name"])
    if url is None:
        raise web.HTTPNotFound()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        async with session.get(url) as answer:
            return web.json_response(await answer.json())


@routes.get("/firmware")
async def firmware(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(FIRMWARE / request.query["file"])


@routes.get("/firmware/{file}")
async def firmware_checked(request: web.Request) -> web.StreamResponse:
    target = FIRMWARE.joinpath(request.match_info["file"]).resolve()
    if FIRMWARE not in target.parents:
        raise web.HTTPForbidden()
    return web.FileResponse(target)


@routes.get("/go")
async def go(request: web.Request) -> web.Response:
    raise web.HTTPFound(request.query.get("to", "/"))


@routes.get("/home")
async def home(request: web.Request) -> web.Response:
    raise web.HTTPFound({"app": "/app", "docs": "/docs"}.get(request.query.get("to", ""), "/"))


def make_app() -> web.Application:
    app = web.Application(client_max_size=1024**2)
    app["db"] = sqlite3.connect("gateway.sqlite")
    app.add_routes(routes)
    return app


if __name__ == "__main__":
    web.run_app(make_app(), host="0.0.0.0", port=8081)
--- gateway/console.py
"""Console of the depot, with tornado."""
import json
import os
import subprocess

import tornado.escape
import tornado.ioloop
import tornado.template
import tornado.web
import tornado.websocket

TOOLS = {"disk": ["df", "-h"], "load": ["uptime"]}


class Base(tornado.web.RequestHandler):
    def set_default_headers(self):
        self.set_header("X-Content-Type-Options", "nosniff")

    def argument(self, name, default=""):
        return self.get_query_argument(name, default).strip()


class Hello(Base):
    def get(self):
        name = self.argument("name", "depot")
        self.write("<h1>Hello " + name + "</h1>")


class Welcome(Base):
    def get(self):
        self.write("<h1>Hello %s</h1>" % tornado.escape.xhtml_escape(self.argument("name")))

    def post(self):
        source = "<p>" + self.get_body_argument("text") + " {{ depot }}</p>"
        self.finish(tornado.template.Template(source).generate(depot="north"))


class Tool(Base):
    def get(self, name):
        argv = TOOLS.get(name)
        if argv is None:
            raise tornado.web.HTTPError(404)
        self.write({"out": subprocess.run(argv, capture_output=True, text=True).stdout})

    def post(self, name):
        data = json.loads(self.request.body)
        os.system(f"depot-{name} --target={data['target']}")
        self.set_status(202)


class Jump(Base):
    def get(self):
        self.redirect(self.argument("next", "/"))


class Login(Base):
    def post(self):
        self.set_signed_cookie("depot", "north", httponly=True, secure=True, samesite="Lax")
        self.redirect("/")


class Commands(tornado.websocket.WebSocketHandler):
    def on_message(self, message):
        command = json.loads(message)
        result = eval(command["expression"], {"len": len})
        self.write_message(json.dumps(result))


def make_app():
    return tornado.web.Application(
        [(r"/hello", Hello), (r"/welcome", Welcome), (r"/tool/([a-z]+)", Tool), (r"/jump", Jump), (r"/login", Login), (r"/ws", Commands)],
        cookie_secret=os.environ["DEPOT_COOKIE_SECRET"],
        xsrf_cookies=True,
    )


if __name__ == "__main__":
    make_app().listen(8082, address="127.0.0.1")
    tornado.ioloop.IOLoop.current().start()
--- pyproject.toml
[project]
name = "fleettrack"
version = "0.6.3"
requires-python = ">=3.11"
dependencies = [
    "aiofiles",
    "aiohttp",
    "argon2-cffi",
    "asyncpg",
    "cryptography",
    "fastapi",
    "httpx",
    "jinja2",
    "psycopg[binary]",
    "pydantic-settings",
    "pyjwt",
    "python-multipart",
    "pyyaml",
    "tornado",
    "uvicorn",
]
--- templates/page.html
<!doctype html>
<title>Drivers</title>
<h1>{{ tab }}</h1>
<nav data-tab="{{ tab }}"></nav>
