/**
 * Whether a script is a copy of a published library, judging by the banner at its start: a name, a version and a licence, or a
 * plugin of jQuery and a licence.
 * False if the banner has the name of the project itself, as given in a manifest such as `package.json`. False if the
 * project has no manifest. False for a file with the banners of several libraries,
 * because it may end with the project's own code.
 *
 * @param read reads a file of the project
 */
export function isVendoredLibrary(
  path: string,
  text: string,
  read: (path: string) => string | undefined,
): boolean {
  const banner = leadingComments.exec(text.slice(0, longestBanner))?.[0] ?? '';
  if (!licensed.test(banner) || !(kept.test(banner) || publicLicence.test(banner))) return false;
  const isNamed = versioned.test(banner.replace(licenceVersions, '')) || plugin.test(banner);
  if (!isNamed || hasOtherBanner(banner, text)) return false;
  const folders = foldersAbove(path);
  const packages = folders.flatMap((folder) => read(`${folder}package.json`) ?? []);
  const others = manifests.flatMap((name) => read(name) ?? []);
  if (packages.length === 0 && others.length === 0) return false;
  const words = new Set(banner.toLowerCase().match(/[a-z0-9]+/g));
  const letters = [...words].join('');
  return ![...packages, ...others].some((manifest) => {
    const parts =
      nameIn(manifest)
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [];
    return (
      (parts.length > 0 && letters.includes(parts.join(''))) ||
      parts.some((part) => part.length > 4 && words.has(part))
    );
  });
}

const longestBanner = 3000;

const leadingComments = /^\ufeff?(?:\s|;|\/\*[\s\S]*?\*\/|\/\/.*|#!.*|(['"])use strict\1)*/;

const licensed = /\blicen[cs]ed?\b|\(c\)|\u00a9|\bcopyright\b/i;

/** The marks of comments that minifiers keep. */
const kept = /\/\*+!|\/\/!|@preserve\b|@license\b/;

/** A banner after the end of a statement. One inside of a statement is of a library that this library contains. */
const nextBanner = /[;)}]\s*^(?:\/\*+!|\/\/!)(.{0,99}\n?.{0,99})/gm;

/** Whether there are banners of other libraries. Those of the parts of one library begin with the same word. */
function hasOtherBanner(banner: string, text: string): boolean {
  const own = firstName(banner);
  for (const [, start = ''] of text.slice(banner.length).matchAll(nextBanner))
    if (own === undefined || firstName(start) !== own) return true;
  return false;
}

/** The first word of a banner that may be a name. */
function firstName(banner: string): string | undefined {
  return /\b(?!(?:copyright|the|licen[cs]ed?|version|file|this|a|an|c)\b)[a-z]\w*/i.exec(banner)?.[0];
}

const publicLicence =
  /\b(?:MIT|BSD|ISC|Apache|[AL]?GPL|MPL|Mozilla Public|Unlicense|WTFPL|CC0|public domain|opensource\.org)\b/i;

/** `Apache License, Version 2.0`, `GPL v3` */
const licenceVersions =
  /\b(?:licen[cs]es?|apache|[al]?gpl|mpl|bsd|cc[- ]by[-a-z]{0,9})[\s,(]{0,4}(?:v|version)?[\s-]{0,4}\d[\d.]*/gi;

/** `jQuery UI - v1.12.1`, `@version 1.4`, `DataTables 1.10.16` */
const versioned = /\bv(?:ersion:?)?\s{0,4}\d+\.\d|[\w.)]\s{1,4}(?:-\s{1,4})?\d+\.\d+\.\d/i;

/** `jQuery Tags Input Plugin`, whose banner often gives no version. */
const plugin = /^[\s/*!]{0,9}jquery\b[^\n]{0,60}\bplug-?in[\s\d.v-]{0,20}$/im;

/** Files at the root that say that a project in another language has its own name. */
const manifests: readonly string[] =
  'pyproject.toml setup.py setup.cfg requirements.txt Pipfile manage.py composer.json Gemfile go.mod pom.xml'.split(
    ' ',
  );

/** The folders that contain a file, each with `/` at its end, up to the root. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)];
}

/** `"name": "shop"` of package.json, `name = "shop"` of pyproject.toml, `name='shop'` of setup.py, `module a.org/shop` of go.mod. */
function nameIn(manifest: string): string {
  const found = /"name"\s*:\s*"([^"]*)"|^[ \t]*(?:name[ \t]*=|module )[ \t]*["']?([\w.@/-]*)/m.exec(manifest);
  return found?.[1] ?? found?.[2]?.split('/').at(-1) ?? '';
}
