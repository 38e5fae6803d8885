/** What reflect-metadata adds to `Reflect`. Nest loads it before any decorator runs. */
interface MetadataReflect {
  defineMetadata(key: string, value: unknown, target: object, property?: string | symbol): void;
  getMetadata(key: string, target: object, property?: string | symbol): unknown;
  getOwnMetadata(key: string, target: object, property: string | symbol): unknown;
  getMetadataKeys(target: object): string[];
}

const reflect = Reflect as unknown as MetadataReflect;

export function getMetadata(key: string, target: object, property?: string | symbol): unknown {
  return property === undefined
    ? reflect.getMetadata(key, target)
    : reflect.getMetadata(key, target, property);
}

/** Without what a base class has. */
export function getOwnMetadata(key: string, target: object, property: string | symbol): unknown {
  return reflect.getOwnMetadata(key, target, property);
}

export function setMetadata(key: string, value: unknown, target: object, property?: string | symbol): void {
  if (property === undefined) reflect.defineMetadata(key, value, target);
  else reflect.defineMetadata(key, value, target, property);
}

export function copyMetadata(from: object, to: object): void {
  for (const key of reflect.getMetadataKeys(from)) setMetadata(key, getMetadata(key, from), to);
}
