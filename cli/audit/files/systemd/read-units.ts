import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';

export interface UnitSetting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** A service of systemd. */
export interface ServiceUnit {
  readonly path: string;
  readonly settings: readonly UnitSetting[];
  /** It belongs to a user's own manager, which never runs as root. */
  readonly isOfUser: boolean;
}

/** The services of the project that start a program, without its drop-ins (`*.service.d/*.conf`), which are merged into them. */
export function serviceUnits(subject: Subject): readonly ServiceUnit[] {
  return subject.paths
    .filter((path) => /\.service$/.test(path) && mayBeProduction(path))
    .slice(0, 200)
    .flatMap((path) => {
      const own = settingsOf(subject.read(path) ?? '');
      const dropIns = subject.paths.filter((one) => one.startsWith(`${path}.d/`) && one.endsWith('.conf'));
      const settings = [
        ...own,
        ...dropIns.flatMap((one) =>
          settingsOf(subject.read(one) ?? '').map((setting) => ({ ...setting, line: 1 })),
        ),
      ];
      if (lastValue(settings, 'ExecStart') === undefined) return [];
      const wanted = settings
        .filter(({ section, key }) => section === 'Install' && key === 'WantedBy')
        .map(({ value }) => value);
      const isOfUser =
        /(^|\/)user\/[^/]+$/.test(path) ||
        (wanted.length > 0 && wanted.every((value) => value === 'default.target'));
      return { path, settings, isOfUser };
    });
}

function settingsOf(text: string): readonly UnitSetting[] {
  const found: UnitSetting[] = [];
  let section = '';
  const lines = text.split(/\r?\n/, 5000);
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    let line = lines[at] ?? '';
    while (line.endsWith('\\') && at + 1 < lines.length && line.length < 50_000)
      line = `${line.slice(0, -1)} ${(lines[++at] ?? '').trim()}`;
    const head = /^\s*\[(\w+)\]\s*$/.exec(line)?.[1];
    if (head !== undefined) section = head;
    const [, key, value = ''] = /^\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) found.push({ section, key, value, line: start + 1 });
  }
  return found;
}

/** The last value of a key of `[Service]`. */
export function lastValue(settings: readonly UnitSetting[], key: string): UnitSetting | undefined {
  return settings.filter((one) => one.section === 'Service' && one.key === key).at(-1);
}

/** All values of a key that is a list; an empty one takes back those before it. */
export function allValues(settings: readonly UnitSetting[], key: string): readonly UnitSetting[] {
  let found: UnitSetting[] = [];
  for (const one of settings) {
    if (one.section !== 'Service' || one.key !== key) continue;
    found = one.value === '' ? [] : [...found, one];
  }
  return found;
}

export function isOn(setting: UnitSetting | undefined): boolean {
  return setting !== undefined && /^(yes|true|on|1)$/i.test(setting.value);
}
