/** Packages of the Python Package Index that many others depend on. Nobody gives these names to modules of their own. */
const known: ReadonlySet<string> = new Set(
  `attr babel blinker bs4 cachetools certifi cffi chardet charset_normalizer cheroot cherrypy click configobj cryptography
  dateutil dns docutils feedparser flask greenlet html5lib httplib2 httpx idna importlib_metadata itsdangerous jinja2 jwt lxml
  mako markdown markupsafe numpy oauthlib packaging pkg_resources psutil pyasn1 pydantic pygments pyparsing pytz requests
  requests_oauthlib rsa setuptools simplejson six soupsieve sqlalchemy tornado typing_extensions tzlocal urllib3 webencodings
  websocket werkzeug yaml zipp zope`.split(/\s+/),
);

const fewest = 4;

/**
 * Whether a folder with these entries holds copies of published Python packages. An example is the folder `lib/` of an
 * application that ships with its dependencies.
 */
export function holdsPackages(names: readonly string[]): boolean {
  if (names.includes('__init__.py')) return false;
  return names.filter((name) => known.has(name.replace(/\.py$/, ''))).length >= fewest;
}

/** Returns the folders that hold copies of published Python packages, given the paths of all files. Never the root. */
export function packageFolders(paths: readonly string[]): ReadonlySet<string> {
  const entries = new Map<string, Set<string>>();
  const packages = new Set<string>();
  for (const path of paths) {
    if (path.endsWith('/__init__.py')) packages.add(path.slice(0, path.lastIndexOf('/')));
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const end = path.indexOf('/', at + 1);
      const name = path.slice(at + 1, end < 0 ? undefined : end).replace(/\.py$/, '');
      if (!known.has(name)) continue;
      const folder = path.slice(0, at);
      const names = entries.get(folder) ?? new Set();
      entries.set(folder, names.add(name));
    }
  }
  const found = [...entries].filter(([folder, names]) => names.size >= fewest && !packages.has(folder));
  return new Set(found.map(([folder]) => folder));
}
