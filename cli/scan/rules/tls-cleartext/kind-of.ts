/** The kind of file that a URL denotes, judging by its path. */
export type Kind = 'program' | 'package' | 'archive' | 'data';

const programs =
  /\.(exe|msi|msix|dmg|pkg|deb|rpm|sh|bash|ps1|bat|cmd|jar|war|apk|ipa|whl|dll|so|dylib|run|appimage|vsix|crx|bin|iso|img|py|pyz|rb|pl|vbs|scr|com|gem|nupkg|wasm)$/i;
/** Packages with a signature of their distribution, as on `http://archive.ubuntu.com/ubuntu/pool/a.deb`. */
const packages = /\.(deb|rpm|apk|iso|img)$/i;
const distributions =
  /^http:\/\/[^?#]*\b(ubuntu|debian|fedora(project)?|centos|epel|rockylinux|almalinux|archlinux|alpine(linux)?|opensuse|kali|raspbian)\b/i;
const archives = /\.(zip|tar|tgz|tar\.(gz|bz2|xz|zst)|7z|rar)$/i;

export function kindOf(url: string): Kind | undefined {
  const path = url.replace(/^http:\/\/[^/]*/i, '').split(/[?#]/, 1)[0] ?? '';
  if (programs.test(path)) return packages.test(path) && distributions.test(url) ? 'package' : 'program';
  if (!archives.test(path)) return undefined;
  return /data|corpus|corpora|images?|photos|mnist|cifar|glove|word2?vec|train|annotations|models?\b|fonts?\b|csv|gtfs|geo/i.test(
    path,
  )
    ? 'data'
    : 'archive';
}
