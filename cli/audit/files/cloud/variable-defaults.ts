import type { Subject } from '../../subject/subject.ts';
import { type HclBlock, readHcl } from './read-hcl.ts';

const mostFiles = 500;

/**
 * What a variable of a module of Terraform is by its default. Undefined if it has none, if its default is no plain value, or if another file
 * of the project may set it: values for Terraform, the environment of a command, or a module that calls this one.
 *
 * @param path of a file of the module
 */
export function variableDefault({ paths, read }: Subject, path: string, name: string): string | undefined {
  const folder = folderOf(path);
  const files = paths
    .filter((one) => /\.(tf|tfvars|ya?ml|sh|json)$|(^|\/)Makefile$/.test(one))
    .slice(0, mostFiles);
  const set = new RegExp(`(^|[\\s{,"])${name}["']?\\s*[=:]|TF_VAR_${name}\\b|-var[= ]["']?${name}=`, 'm');
  const isSet = files.some((one) => {
    const isOfModule = one.endsWith('.tf') && folderOf(one) === folder;
    return !isOfModule && set.test(read(one) ?? '');
  });
  if (isSet) return undefined;
  const found = files
    .filter((one) => one.endsWith('.tf') && folderOf(one) === folder)
    .flatMap((one) => readHcl(read(one) ?? '') ?? [])
    .filter(({ type, labels }: HclBlock) => type === 'variable' && labels[0] === name);
  const [only] = found;
  return found.length === 1
    ? /^"([\w.-]*)"$|^(\d+|true|false)$/
        .exec(only?.attributes.get('default')?.text ?? '')
        ?.slice(1)
        .find(Boolean)
    : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
