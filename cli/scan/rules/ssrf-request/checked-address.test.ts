import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../finding/finding.ts';
import { readCases } from '../../testing/cases.ts';
import { findingsOf } from '../../testing/judge.ts';

async function ssrfIn(path: string, text: string): Promise<readonly Finding[]> {
  const one = { title: '', isBad: true, rule: '', expected: [], at: '', files: [{ path, text }] };
  return (await findingsOf(one)).filter(({ rule }) => rule === 'ssrf/request');
}

const head = `import ipaddress, socket
from urllib.parse import urlparse, urlsplit
import aiohttp, httpx, requests, urllib.request
from flask import Flask, abort, request
app = Flask(__name__)
`;

const loop = (test: string): string => `def check(url):
    host = urlparse(url).hostname
    for info in socket.getaddrinfo(host, None):
        address = ipaddress.ip_address(info[4][0])
        if ${test}:
            raise ValueError("private")
`;

const view = (body: string, name = 'def'): string => `@app.get("/fetch")
${name} fetch():
    url = request.args["url"]
${body
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
`;

/** The guide's class, and the view that calls it. */
const guide = (networks: string, call: string): string => `${head}
class SSRFProtection:
    def __init__(self):
        self.blocked = [ipaddress.ip_network(n) for n in (${networks})]
        self.schemes = {"http", "https"}

    def validate_url(self, url, allowed_hosts=None):
        parsed = urlparse(url)
        if parsed.scheme not in self.schemes:
            return False, "scheme"
        hostname = parsed.hostname
        if not hostname:
            return False, "no host"
        if allowed_hosts and hostname not in allowed_hosts:
            return False, "host"
        try:
            for family, type, proto, canonname, sockaddr in socket.getaddrinfo(hostname, None):
                ip = ipaddress.ip_address(sockaddr[0])
                for net in self.blocked:
                    if ip in net:
                        return False, "blocked"
        except socket.gaierror:
            return False, "dns"
        return True, "OK"

protection = SSRFProtection()

def safe_fetch(url, allowed_hosts=None):
    ok, error = protection.validate_url(url, allowed_hosts)
    if not ok:
        raise ValueError(error)
    return ${call}

${view('return safe_fetch(url).text')}`;

const get = 'requests.get(url, timeout=5)';
const noRedirects = 'requests.get(url, timeout=5, allow_redirects=False)';

const python: readonly (readonly [string, string])[] = [
  [
    'the loop in a function, redirects on',
    head + loop('address.is_private') + view(`check(url)\nreturn ${get}.text`),
  ],
  [
    'the loop, redirects off',
    head + loop('address.is_private') + view(`check(url)\nreturn ${noRedirects}.text`),
  ],
  ['a loop with is_global', head + loop('not address.is_global') + view(`check(url)\nreturn ${get}.text`)],
  [
    'a loop in the view',
    head +
      view(
        `for info in socket.getaddrinfo(urlsplit(url).hostname, 443):\n    if ipaddress.ip_address(info[4][0]).is_private:\n        abort(400)\nreturn ${get}.text`,
      ),
  ],
  [
    'one address of gethostbyname',
    head +
      view(
        `if ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname)).is_private:\n    abort(400)\nreturn ${noRedirects}.text`,
      ),
  ],
  ['the class of the guide', guide('"10.0.0.0/8", "169.254.0.0/16"', noRedirects)],
  ['the class of the guide, redirects on', guide('"10.0.0.0/8", "169.254.0.0/16"', get)],
  [
    'httpx that follows redirects',
    head + loop('address.is_private') + view('check(url)\nreturn httpx.get(url, follow_redirects=True).text'),
  ],
  [
    'urllib',
    head +
      loop('address.is_private') +
      view('check(url)\nreturn urllib.request.urlopen(url, timeout=5).read()'),
  ],
  [
    'aiohttp',
    head +
      loop('address.is_private') +
      view(
        'check(url)\nasync with aiohttp.ClientSession() as session:\n    async with session.get(url) as answer:\n        return await answer.text()',
        'async def',
      ),
  ],
  [
    'the checked address is dialled, but redirects lead on',
    head +
      view(
        'host = request.args["host"]\nif not ipaddress.ip_address(host).is_global:\n    abort(400)\nreturn requests.get(f"http://{host}/status", timeout=5).text',
      ),
  ],
];

describe('a check of the address before a request, in Python', () => {
  it.each(python)('is reported with medium confidence: %s', async (_, text) => {
    const found = await ssrfIn('app.py', text);
    expect(found.map(({ confidence }) => confidence)).toEqual(['medium']);
    expect(found[0]?.message).toContain('resolved again');
    expect(found[0]?.advice).toContain('bulwark-gateway');
    expect(found[0]?.advice).not.toMatch(/createFetch|TypeScript/);
  });

  it('is none where only multicast addresses are refused', async () => {
    const [found] = await ssrfIn(
      'app.py',
      head + loop('address.is_multicast') + view(`check(url)\nreturn ${get}.text`),
    );
    expect(found?.confidence).toBe('high');
  });

  it.each([
    [
      'the checked address is the one that is dialled, and redirects are off',
      head +
        view(
          'host = request.args["host"]\nif not ipaddress.ip_address(host).is_global:\n    abort(400)\nreturn requests.get(f"http://{host}/status", timeout=5, allow_redirects=False).text',
        ),
    ],
    [
      'the same with is_private, by httpx, which follows none',
      head +
        view(
          'host = request.args["host"]\nif ipaddress.ip_address(host).is_private:\n    abort(400)\nreturn httpx.get(f"http://{host}/status", timeout=5).text',
        ),
    ],
    [
      'a host of a list',
      head +
        view(
          `if urlsplit(url).hostname not in {"api.example.com", "cdn.example.com"}:\n    abort(400)\nreturn ${get}.text`,
        ),
    ],
    [
      'a prefix with the host',
      head + view(`if not url.startswith("https://api.example.com/"):\n    abort(400)\nreturn ${get}.text`),
    ],
    [
      'a host of a list, and its addresses',
      head +
        loop('address.is_private') +
        view(
          `if urlsplit(url).hostname not in {"api.example.com"}:\n    abort(400)\ncheck(url)\nreturn ${get}.text`,
        ),
    ],
    [
      'the resolved address is dialled, and redirects are off',
      head +
        view(
          'host = urlsplit(url).hostname\naddress = socket.gethostbyname(host)\nif not ipaddress.ip_address(address).is_global:\n    abort(400)\nreturn requests.get(f"http://{address}/", headers={"Host": host}, timeout=5, allow_redirects=False).text',
        ),
    ],
  ])('is accepted: %s', async (_, text) => {
    expect(await ssrfIn('app.py', text)).toEqual([]);
  });
});

const express = `import express from 'express';
import dns from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import net from 'node:net';
const app = express();
`;

const route = (body: string): string => `app.get('/fetch', async (req, res) => {
  const url = String(req.query.url);
${body}
});
`;

const check = (test: string): string => `async function check(url) {
  const { hostname } = new URL(url);
  const found = await dns.lookup(hostname, { all: true });
  for (const { address } of found) {
    if (${test}) throw new Error('private');
  }
}
`;

const answer = '  res.send(await (await fetch(url)).text());';

describe('a check of the address before a request, in JavaScript', () => {
  it.each([
    [
      'dns.lookup and ipaddr.js',
      express +
        check("ipaddr.parse(address).range() !== 'unicast'") +
        route(`  await check(url);\n${answer}`),
    ],
    [
      'a function that tells, redirects off',
      `${express}async function isPublic(url) {
  const { address } = await dns.lookup(new URL(url).hostname);
  return ipaddr.parse(address).range() === 'unicast';
}
${route("  if (!(await isPublic(url))) return res.sendStatus(400);\n  res.send(await (await fetch(url, { redirect: 'error' })).text());")}`,
    ],
    [
      'in the route itself',
      express +
        route(
          `  const { address } = await dns.lookup(new URL(url).hostname);\n  if (ipaddr.parse(address).range() === 'private') return res.sendStatus(400);\n${answer}`,
        ),
    ],
  ])('is reported with medium confidence: %s', async (_, text) => {
    const found = await ssrfIn('app.mjs', text);
    expect(found.map(({ confidence }) => confidence)).toEqual(['medium']);
    expect(found[0]?.advice).toContain('createFetch');
  });

  it('is accepted where the host is one of a list', async () => {
    const text =
      express +
      check("ipaddr.parse(address).range() !== 'unicast'") +
      route(
        `  if (!['api.example.com'].includes(new URL(url).hostname)) return res.sendStatus(400);\n  await check(url);\n${answer}`,
      );
    expect(await ssrfIn('app.mjs', text)).toEqual([]);
  });
});

const cases = ['checked-address.cases', 'resolved-address.cases'].flatMap((name) =>
  readCases(fileURLToPath(new URL(name, import.meta.url))),
);
const withConfidence = cases.flatMap((one) => {
  const confidence = /\((high|medium)\)$/.exec(one.title)?.[1];
  return confidence === undefined ? [] : [{ ...one, confidence }];
});

it.each(withConfidence)('has the confidence that the case names: $title', async (one) => {
  const found = (await findingsOf(one)).filter(({ rule }) => rule === one.rule);
  expect(found.map(({ confidence }) => confidence)).toEqual([one.confidence]);
});
