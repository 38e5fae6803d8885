import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isElsewhere } from '../production-file.ts';
import { at, entriesOf, itemsOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import { type HclBlock, readHcl } from './read-hcl.ts';

export interface SecurityGroups {
  /** Rules that allow all outbound traffic. */
  readonly open: readonly Evidence[];
  /** Rules with computed values, and files that could not be read. */
  readonly unclear: readonly Evidence[];
}

type Reach = 'all' | 'some' | 'unclear';

/** The rules for outbound traffic of AWS's security groups, in files of Terraform and templates of CloudFormation. */
export function securityGroups(subject: Subject): SecurityGroups {
  const open: Evidence[] = [];
  const unclear: Evidence[] = [];
  const files: { readonly path: string; readonly blocks: readonly HclBlock[] }[] = [];
  const paths = subject.paths.filter((one) => !isElsewhere(one) && /\.(tf|ya?ml|json|template)$/.test(one));
  for (const path of paths.slice(0, 3000)) {
    const text = subject.read(path);
    if (text === undefined) continue;
    if (path.endsWith('.tf')) {
      const blocks = readHcl(text);
      if (blocks) files.push({ path, blocks });
      else if (/security_group/.test(text))
        unclear.push({ text: `${path} could not be parsed`, path, line: 1 });
    } else if (/AWS::EC2::SecurityGroup/.test(text)) {
      const { documents, problem } = readYaml(text);
      if (problem !== undefined) unclear.push({ text: `${path} ${problem}`, path, line: 1 });
      for (const { value } of entriesOf(at(documents[0], 'Resources'))) {
        for (const rule of templateRules(value)) {
          const evidence = { text: 'SecurityGroupEgress', path, line: rule.line };
          add(reachOfTemplate(rule), evidence);
        }
      }
    }
  }
  const other = groupsOfOthers(files.flatMap(({ blocks }) => blocks));
  for (const { path, blocks } of files) {
    for (const { group, block } of blocks.flatMap(rulesOf)) {
      if (other.has(group)) continue;
      add(reachOf(block), { text: `egress of ${group.slice(0, 80)}`, path, line: block.line });
    }
  }
  return { open, unclear };

  function add(reach: Reach, evidence: Evidence): void {
    if (reach === 'all') open.push(evidence);
    else if (reach === 'unclear') unclear.push(evidence);
  }
}

interface Rule {
  /** `aws_security_group.web` */
  readonly group: string;
  readonly block: HclBlock;
}

function rulesOf(block: HclBlock): readonly Rule[] {
  const [resource = '', label = ''] = block.labels;
  if (block.type !== 'resource') return [];
  if (resource === 'aws_security_group' || resource === 'aws_default_security_group') {
    const group = `${resource}.${label}`;
    const list = block.attributes.get('egress');
    const inner = block.blocks.filter(
      ({ type, labels }) => type === 'egress' || (type === 'dynamic' && labels[0] === 'egress'),
    );
    const written: HclBlock[] = list
      ? [{ ...block, line: list.line, blocks: [], attributes: block.attributes }]
      : [];
    return [...inner, ...written].map((one) => ({ group, block: one }));
  }
  const isEgress =
    resource === 'aws_vpc_security_group_egress_rule' ||
    (resource === 'aws_security_group_rule' && /^"egress"$/.test(block.attributes.get('type')?.text ?? ''));
  if (!isEgress) return [];
  const id = block.attributes.get('security_group_id')?.text ?? '';
  return [{ group: id.replace(/\.id$/, ''), block }];
}

function reachOf({ type, attributes, blocks }: HclBlock): Reach {
  if (type === 'dynamic') return 'unclear';
  const list = blocks.length === 0 ? attributes.get('egress')?.text : undefined;
  if (list !== undefined) return reachOfList(list);
  const text = (...names: readonly string[]): string | undefined =>
    names.map((name) => attributes.get(name)?.text).find((one) => one !== undefined);
  const ranges = [text('cidr_blocks', 'cidr_ipv4'), text('ipv6_cidr_blocks', 'cidr_ipv6')].join(' ');
  const protocol = text('protocol', 'ip_protocol')?.replace(/^"|"$/g, '') ?? '';
  if (everywhere.test(ranges) && /^(-1|all)$/.test(protocol)) return 'all';
  const isAllPorts = /^"?0"?$/.test(text('from_port') ?? '') && /^"?65535"?$/.test(text('to_port') ?? '');
  if (everywhere.test(ranges) && isAllPorts) return 'all';
  return /\b(var|local|module|data|each)\./.test(`${ranges} ${protocol}`) ? 'unclear' : 'some';
}

const everywhere = /"(0\.0\.0\.0\/0|::\/0)"/;

/** `egress = [{ ... }]` */
function reachOfList(text: string): Reach {
  const rules = text.split(/(?<=\})/).filter((one) => one.includes('{'));
  if (rules.some((one) => everywhere.test(one) && /protocol\s*[=:]\s*"?(-1|all)"?/.test(one))) return 'all';
  return rules.length === 0 && !/^\[\s*\]$/.test(text) ? 'unclear' : 'some';
}

/** Groups that only load balancers and databases are in: no code of the application runs there. */
function groupsOfOthers(blocks: readonly HclBlock[]): ReadonlySet<string> {
  const users = new Map<string, Set<string>>();
  for (const block of blocks) {
    const [resource = ''] = block.labels;
    if (/security_group/.test(resource)) continue;
    for (const [group] of textOfBlock(block, 0).matchAll(/\baws_security_group\.[\w-]+/g)) {
      users.set(group, (users.get(group) ?? new Set()).add(resource));
    }
  }
  const others = [...users].filter(([, all]) => [...all].every((one) => withoutCode.test(one)));
  return new Set(others.map(([group]) => group));
}

const withoutCode =
  /^aws_(lb|alb|elb|db_\w+|rds_\w+|elasticache_\w+|memorydb_\w+|docdb_\w+|opensearch_\w+|redshift_\w+|efs_\w+|vpc_endpoint)$/;

function textOfBlock({ attributes, blocks }: HclBlock, depth: number): string {
  const own = [...attributes.values()].map(({ text }) => text).join(' ');
  return depth > 10 ? own : [own, ...blocks.map((one) => textOfBlock(one, depth + 1))].join(' ');
}

function templateRules(resource: Tree): readonly Tree[] {
  const type = textOf(at(resource, 'Type'));
  if (type === 'AWS::EC2::SecurityGroup') return itemsOf(at(resource, 'Properties', 'SecurityGroupEgress'));
  const properties = at(resource, 'Properties');
  return type === 'AWS::EC2::SecurityGroupEgress' && properties ? [properties] : [];
}

function reachOfTemplate(rule: Tree): Reach {
  const range = textOf(at(rule, 'CidrIp')) ?? textOf(at(rule, 'CidrIpv6')) ?? '';
  const protocol = textOf(at(rule, 'IpProtocol')) ?? '';
  if (!/^(0\.0\.0\.0\/0|::\/0)$/.test(range)) return 'some';
  if (protocol === '-1') return 'all';
  const isAll = textOf(at(rule, 'FromPort')) === '0' && textOf(at(rule, 'ToPort')) === '65535';
  return isAll ? 'all' : 'some';
}
