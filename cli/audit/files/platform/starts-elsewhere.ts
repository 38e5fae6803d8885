import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { readHcl } from '../cloud/read-hcl.ts';
import { kubernetesManifests, workloadsOf } from '../kubernetes/read-manifests.ts';
import { folderOf, inside } from '../own-folder.ts';
import { mayBeProduction, productionFiles } from '../production-file.ts';
import { serviceUnits } from '../systemd/read-units.ts';
import type { PlatformRedirect } from './platform-redirects.ts';

/**
 * What speaks against the files of platforms being in front of all applications of the project: an image, an application or a deployment
 * that they do not start.
 */
export function startsElsewhere(all: readonly PlatformRedirect[], subject: Subject): Evidence | undefined {
  const own = all.filter((one) => !isTerraform(one));
  const images = productionFiles(subject, /(^|\/)(Dockerfile|Containerfile)$/);
  const applications = programs(subject);
  const count = Math.max(images.length, applications.length);
  const covers = (path: string): boolean => own.some((one) => isFor(one, path, subject));
  if (own.length > 0) {
    const outside = [...images, ...applications].find((path) => !covers(path));
    if (outside !== undefined) return whole(outside);
    if (count > 1 && count > own.length) return whole(images[1] ?? applications[1] ?? '');
  }
  const starts = startedByTerraform(subject);
  const runsMachines = own.length === 0 && starts.some(({ text }) => machine.test(text));
  if (own.length === 0) {
    const [first] = all;
    if (first && starts.length === 0) return whole(first.path);
    if (count > 1 || starts.length > 1) return starts[1] ?? whole(images[1] ?? applications[1] ?? '');
  }
  return ofCluster(subject) ?? (runsMachines ? undefined : ofSystemd(subject));
}

function ofCluster(subject: Subject): Evidence | undefined {
  const { manifests, gaps } = kubernetesManifests(subject);
  const [pod] = workloadsOf(manifests);
  return pod ? { text: `${pod.manifest.kind} of Kubernetes`, path: pod.manifest.path, line: 1 } : gaps[0];
}

function ofSystemd(subject: Subject): Evidence | undefined {
  const [unit] = serviceUnits(subject);
  return unit && whole(unit.path);
}

function isTerraform({ path }: PlatformRedirect): boolean {
  return path.endsWith('.tf');
}

function whole(path: string): Evidence {
  return { text: path, path, line: 1 };
}

/** The file that shows it, for each application. */
function programs({ stacks }: Subject): readonly string[] {
  const language = (path: string): string =>
    /(\.[cm]?[jt]sx?|package\.json)$/.test(path) ? 'node' : 'python';
  const all = stacks.map(({ folder, path }) => [`${language(path)} ${folder}`, path] as const);
  return [...new Map(all).values()].filter(mayBeProduction);
}

function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether the file of a platform deploys what lies there. Netlify and Vercel start functions and Next, and no server of another kind. */
function isFor({ name, folder, path: file }: PlatformRedirect, path: string, subject: Subject): boolean {
  if (!isInside(path, folder) && folderOf(folder) !== folderOf(path)) return false;
  if (name !== 'Netlify' && name !== 'Vercel') return true;
  if (/(^|\/)(Dockerfile|Containerfile)$/.test(path)) return false;
  if (subject.stacks.some((one) => one.framework === 'next' && one.path === path)) return true;
  const text = subject.read(file) ?? '';
  if (name === 'Netlify') return /^\s*functions\s*=/m.test(text);
  return (
    /@vercel\/(node|python)\b/.test(text) || subject.paths.some((one) => isInside(one, inside(folder, 'api')))
  );
}

const starter =
  /^(aws_(ecs_service|instance|autoscaling_group|lambda_function|apprunner_service)|azurerm_(linux|windows)_(web|function)_app)$/;
const machine = /"aws_(instance|autoscaling_group)"/;

/** What in Terraform runs a program. */
function startedByTerraform(subject: Subject): readonly Evidence[] {
  return subject.paths
    .filter((path) => path.endsWith('.tf') && mayBeProduction(path))
    .slice(0, 500)
    .flatMap((path) =>
      (readHcl(subject.read(path) ?? '') ?? [])
        .filter(({ type, labels }) => type === 'resource' && starter.test(labels[0] ?? ''))
        .map(({ labels, line }) => ({
          text: `resource ${labels.map((one) => `"${one}"`).join(' ')}`,
          path,
          line,
        })),
    );
}
