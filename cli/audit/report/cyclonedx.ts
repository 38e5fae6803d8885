import * as Enums from '@cyclonedx/cyclonedx-library/Enums';
import * as Models from '@cyclonedx/cyclonedx-library/Models';
import * as Serialize from '@cyclonedx/cyclonedx-library/Serialize';
import * as Spec from '@cyclonedx/cyclonedx-library/Spec';
import type { Audit } from '../audit.ts';
import type { Integrity, LockedPackage, LockFile } from '../dependencies/package-graph.ts';

/** Of hexadecimal digits. */
const hashes: ReadonlyMap<string, { readonly name: Enums.HashAlgorithm; readonly digits: number }> = new Map([
  ['md5', { name: Enums.HashAlgorithm.MD5, digits: 32 }],
  ['sha1', { name: Enums.HashAlgorithm['SHA-1'], digits: 40 }],
  ['sha256', { name: Enums.HashAlgorithm['SHA-256'], digits: 64 }],
  ['sha384', { name: Enums.HashAlgorithm['SHA-384'], digits: 96 }],
  ['sha512', { name: Enums.HashAlgorithm['SHA-512'], digits: 128 }],
]);

/**
 * The packages of all lock files as a list of materials: CycloneDX 1.6 in JSON. A package of several archives has no hashes, because
 * none of them speaks of all. Where a lock file was not read as a whole, a property `bulwark:incomplete` says it.
 */
export function writeCyclonedx(
  { project, version, day }: Pick<Audit, 'project' | 'version' | 'day'>,
  files: readonly LockFile[],
): string {
  const root = new Models.Component(Enums.ComponentType.Application, project, { bomRef: 'project' });
  const bom = new Models.Bom();
  bom.metadata.component = root;
  bom.metadata.timestamp = new Date(`${day}T00:00:00Z`);
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'bulwark', { version }),
  );
  for (const file of files) {
    const parts = new Map(file.packages.map((of) => [of.id, componentOf(of, file)]));
    for (const of of file.packages) {
      const component = parts.get(of.id);
      if (component === undefined) continue;
      bom.components.add(component);
      if (of.isDirect) root.dependencies.add(component.bomRef);
      for (const id of of.needs) {
        const needed = parts.get(id);
        if (needed !== undefined) component.dependencies.add(needed.bomRef);
      }
    }
    for (const { text } of file.problems)
      bom.metadata.properties.add(new Models.Property('bulwark:incomplete', text));
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf(of: LockedPackage, file: LockFile): Models.Component {
  const { name, version, source } = of;
  const [, group, last = name] = (of.ecosystem === 'npm' ? /^(@[^/]+)\/(.+)$/ : /^()(.*)$/).exec(name) ?? [];
  const component = new Models.Component(Enums.ComponentType.Library, last, {
    bomRef: `${file.path}#${of.id}`,
    ...(group === undefined || group === '' ? {} : { group }),
    ...(version === undefined ? {} : { version }),
    ...(source.kind === 'registry' && version !== undefined ? { purl: purlOf(of, version) } : {}),
    scope: of.isDev ? Enums.ComponentScope.Excluded : scopeOf(of),
  });
  component.properties.add(new Models.Property('bulwark:lock-file', file.path));
  const [integrity, ...others] = of.integrity;
  const hash = others.length === 0 && integrity !== undefined ? hashOf(integrity) : undefined;
  if (hash !== undefined) component.hashes.set(hash[0], hash[1]);
  return component;
}

function scopeOf({ isOptional, isPeer }: LockedPackage): Enums.ComponentScope {
  return isOptional || isPeer ? Enums.ComponentScope.Optional : Enums.ComponentScope.Required;
}

/** https://github.com/package-url/purl-spec: `pkg:npm/%40scope/name@1.0.0` */
function purlOf({ ecosystem, name }: LockedPackage, version: string): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:${ecosystem.toLowerCase()}/${path}@${encodeURIComponent(version)}`;
}

function hashOf({ algorithm, value }: Integrity): readonly [Enums.HashAlgorithm, string] | undefined {
  const known = hashes.get(algorithm);
  if (known === undefined) return undefined;
  const isHex = value.length === known.digits && /^[0-9a-f]+$/i.test(value);
  const digits = isHex ? value.toLowerCase() : Buffer.from(value, 'base64').toString('hex');
  return digits.length === known.digits ? [known.name, digits] : undefined;
}
