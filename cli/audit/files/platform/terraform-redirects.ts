import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { type HclBlock, readHcl } from '../cloud/read-hcl.ts';
import { mayBeProduction } from '../production-file.ts';
import type { PlatformRedirect } from './platform-redirects.ts';

/** What listeners of AWS load balancers, CloudFront and web applications of Azure do with http, as Terraform says. */
export function terraformRedirects(subject: Subject): readonly PlatformRedirect[] {
  return subject.paths
    .filter((path) => path.endsWith('.tf') && mayBeProduction(path))
    .slice(0, 500)
    .flatMap((path) => {
      const blocks = readHcl(subject.read(path) ?? '') ?? [];
      return blocks.flatMap((block) => (block.type === 'resource' ? (judge(block, path) ?? []) : []));
    });
}

function judge(block: HclBlock, path: string): PlatformRedirect | undefined {
  const [kind = ''] = block.labels;
  // Infrastructure stands in a folder of its own, and is in front of what the project deploys.
  const base = { path, folder: '' } as const;
  if (/^aws_(lb|alb)_listener$/.test(kind) && isPlain(block))
    return { ...base, name: 'The load balancer', fix: listenerFix, ...ofListener(block, path) };
  if (kind === 'aws_cloudfront_distribution')
    return { ...base, name: 'CloudFront', fix: viewerFix, ...ofDistribution(block, path) };
  if (/^azurerm_(linux|windows)_(web|function)_app$/.test(kind))
    return { ...base, name: 'Azure', fix: azureFix, ...ofAzure(block, path) };
  return undefined;
}

const listenerFix =
  'Give the listener of port 80 a `default_action` of the type `redirect`, with `protocol = "HTTPS"`.';
const viewerFix = 'Set `viewer_protocol_policy = "redirect-to-https"` in each behavior of the distribution.';
const azureFix = 'Set `https_only = true`.';

type Found = Pick<PlatformRedirect, 'state' | 'evidence'>;

function isPlain({ attributes }: HclBlock): boolean {
  const protocol = attributes.get('protocol')?.text;
  return protocol === undefined ? attributes.get('port')?.text === '80' : /^"HTTP"$/i.test(protocol);
}

function ofListener(block: HclBlock, path: string): Found {
  const actions = block.blocks.filter(({ type }) => type === 'default_action');
  const evidence = [shown(block, path)];
  const [action] = actions;
  const type = action?.attributes.get('type');
  if (action === undefined || actions.length > 1 || type === undefined) return { state: 'unknown', evidence };
  const places = [...evidence, { text: `type = ${type.text}`, path, line: type.line }];
  // The listener forwards nothing: it refuses the request.
  if (type.text === '"fixed-response"') return { state: 'redirects', evidence: places };
  if (type.text !== '"redirect"')
    return { state: type.text === '"forward"' ? 'open' : 'unknown', evidence: places };
  const redirect = action.blocks.find((one) => one.type === 'redirect');
  const protocol = redirect?.attributes.get('protocol');
  const isHttps = protocol !== undefined && /^"HTTPS"$/i.test(protocol.text);
  return { state: isHttps ? 'redirects' : 'unknown', evidence: places };
}

function ofDistribution(block: HclBlock, path: string): Found {
  const behaviors = block.blocks.filter(({ type }) => /^(default|ordered)_cache_behavior$/.test(type));
  const policies = behaviors.map(({ attributes }) => attributes.get('viewer_protocol_policy'));
  const evidence: Evidence[] = [
    shown(block, path),
    ...policies.flatMap((one) =>
      one ? [{ text: `viewer_protocol_policy = ${one.text}`, path, line: one.line }] : [],
    ),
  ];
  if (policies.some((one) => one?.text === '"allow-all"')) return { state: 'open', evidence };
  const isWhole =
    policies.length > 0 &&
    // Files of S3 are not the application.
    block.blocks.some(
      (one) => one.type === 'origin' && one.blocks.some(({ type }) => type === 'custom_origin_config'),
    ) &&
    !block.blocks.some(({ type }) => type === 'dynamic') &&
    policies.every((one) => one !== undefined && /^"(redirect-to-https|https-only)"$/.test(one.text));
  return { state: isWhole ? 'redirects' : 'unknown', evidence };
}

function ofAzure(block: HclBlock, path: string): Found {
  const only = block.attributes.get('https_only');
  const evidence = [
    shown(block, path),
    ...(only ? [{ text: `https_only = ${only.text}`, path, line: only.line }] : []),
  ];
  // The provider's default is false.
  if (only === undefined || only.text === 'false') return { state: 'open', evidence };
  return { state: only.text === 'true' ? 'redirects' : 'unknown', evidence };
}

function shown({ labels, line }: HclBlock, path: string): Evidence {
  return { text: `resource ${labels.map((one) => `"${one}"`).join(' ')}`, path, line };
}
