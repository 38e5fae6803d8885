import type { PackageEcosystem } from '../../package-graph.ts';

/** Packages of PyPI whose modules are not named after them. Each is the `top_level.txt` of the package. */
const modules: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  'django-cors-headers': ['corsheaders'],
  djangorestframework: ['rest_framework'],
  'djangorestframework-simplejwt': ['rest_framework_simplejwt'],
  gitpython: ['git'],
  mysqlclient: ['MySQLdb'],
  'opencv-python': ['cv2'],
  pillow: ['PIL'],
  protobuf: ['google'],
  'psycopg2-binary': ['psycopg2'],
  pycryptodome: ['Crypto'],
  pyjwt: ['jwt'],
  pyopenssl: ['OpenSSL'],
  'python-dateutil': ['dateutil'],
  'python-dotenv': ['dotenv'],
  'python-jose': ['jose'],
  'python-multipart': ['multipart', 'python_multipart'],
  pyyaml: ['yaml'],
  'scikit-learn': ['sklearn'],
  setuptools: ['setuptools', 'pkg_resources'],
};

/** The names under which code imports a package, in lower case; `isSure` if it has no others. */
export function moduleNames(
  ecosystem: PackageEcosystem,
  name: string,
): { readonly names: readonly string[]; readonly isSure: boolean } {
  if (ecosystem === 'npm') return { names: [name], isSure: true };
  const known = Object.hasOwn(modules, name) ? modules[name] : undefined;
  const names = known ?? [name.replace(/-/g, '_')];
  return { names, isSure: known !== undefined };
}
