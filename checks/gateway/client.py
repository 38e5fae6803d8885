"""Asks for URLs through a proxy, as Python programs do: client.py PROXY LIBRARY URL... Writes a list of JSON."""

import json
import sys
import urllib.error
import urllib.request


def by_urllib(proxy, url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    try:
        with opener.open(url, timeout=10) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.headers.get('x-bulwark-code')}"


def by_requests(session, proxy, url):
    response = session.get(url, proxies={"http": proxy, "https": proxy}, timeout=10)
    if response.status_code >= 400:
        return f"{response.status_code} {response.headers.get('x-bulwark-code')}"
    return response.text


def main(proxy, library, *urls):
    if library == "requests":
        import requests

        session = requests.Session()
        session.trust_env = True
    results = []
    for url in urls:
        try:
            results.append(by_requests(session, proxy, url) if library == "requests" else by_urllib(proxy, url))
        except Exception as error:  # The text is what a programmer sees.
            results.append(f"error {error}")
    print(json.dumps(results))


main(*sys.argv[1:])
