--- labels
bad main.py:16 secret/hard-coded | app.add_middleware(SessionMiddleware, secret_key="change-me"
good main.py:17 cors/wild | app.add_middleware(CORSMiddleware, allow_origins=["https://s
bad main.py:29 ssrf/request | return {"text": (await client.get(url)).text}
good main.py:34 ssrf/request | return {"code": (await plain.get(f"https://{address}/status"
bad main.py:38 sql/injection | rows = session.execute(text(f"SELECT id FROM users WHERE nam
good main.py:43 sql/injection | rows = session.execute(text("SELECT id FROM users WHERE name
bad main.py:47 xss/reflected | return f"<p>{message}</p>"
good main.py:50 xss/reflected | return f"<p>{escape(message)}</p>"
bad main.py:53 jwt/unverified | return jwt.decode(token, options={"verify_signature": False}
good main.py:56 jwt/unverified | return jwt.decode(token, os.environ["JWT_KEY"], algorithms=[
bad main.py:59 redirect/open | return RedirectResponse(to)
good main.py:62 redirect/open | return RedirectResponse(f"/pages/{page}")
--- main.py
import os
import jwt
import httpx
import socket
import ipaddress
from urllib.parse import urlsplit
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from starlette.middleware.sessions import SessionMiddleware
from html import escape
app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="change-me")
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)
engine = create_engine(os.environ["DATABASE_URL"])
client = httpx.AsyncClient(follow_redirects=True)
plain = httpx.AsyncClient()
async def ensure_public(url: str) -> None:
    host = urlsplit(url).hostname
    for info in socket.getaddrinfo(host, 443):
        if not ipaddress.ip_address(info[4][0]).is_global:
            raise HTTPException(400)
@app.get("/preview")
async def preview(url: str):
    await ensure_public(url)
    return {"text": (await client.get(url)).text}
@app.get("/status")
async def status(address: str):
    if not ipaddress.ip_address(address).is_global:
        raise HTTPException(400)
    return {"code": (await plain.get(f"https://{address}/status")).status_code}
@app.get("/users")
def users(name: str):
    with Session(engine) as session:
        rows = session.execute(text(f"SELECT id FROM users WHERE name LIKE '%{name}%'"))
        return {"rows": [r[0] for r in rows]}
@app.get("/users-safe")
def users_safe(name: str):
    with Session(engine) as session:
        rows = session.execute(text("SELECT id FROM users WHERE name LIKE :n"), {"n": f"%{name}%"})
        return {"rows": [r[0] for r in rows]}
@app.get("/feedback", response_class=HTMLResponse)
def feedback(message: str):
    return f"<p>{message}</p>"
@app.get("/feedback-safe", response_class=HTMLResponse)
def feedback_safe(message: str):
    return f"<p>{escape(message)}</p>"
@app.get("/me")
def me(token: str):
    return jwt.decode(token, options={"verify_signature": False})
@app.get("/me-safe")
def me_safe(token: str):
    return jwt.decode(token, os.environ["JWT_KEY"], algorithms=["HS256"])
@app.get("/go")
def go(to: str):
    return RedirectResponse(to)
@app.get("/go-safe")
def go_safe(page: int):
    return RedirectResponse(f"/pages/{page}")
