/** An address, or a range that is given out in single ones, where a cloud hands credentials to whoever reaches it. */
export interface MetadataAddress {
  /** `169.254.169.254`, or `169.254.129.0/24`. */
  readonly address: string;
  readonly cloud: string;
  /** The vendor's page, or its own source where no page says it. */
  readonly source: string;
}

/**
 * Where clouds hand out credentials to whoever can reach the address from inside (CWE-918). From the vendors' pages on
 * instance metadata, November 2026. Some of these are public addresses (Azure), some sit in ranges that are private
 * anyway; all are refused whatever the mode.
 *
 * Not here, as they hold no credentials and their ranges are refused anyway: AWS's resolver and clock (169.254.169.253,
 * .123, fd00:ec2::253, ::123) and key servers for Windows (.250, .251). Agents on loopback (Azure Arc, ECS Anywhere) are
 * loopback.
 */
export const metadataAddresses: readonly MetadataAddress[] = [
  {
    address: '169.254.169.254',
    cloud: 'AWS, Azure, Google, Oracle, IBM, DigitalOcean, Hetzner, Linode, OVH, OpenStack',
    source:
      'docs.aws.amazon.com/AWSEC2, Instance metadata; docs.openstack.org/nova, Metadata service; and others',
  },
  { address: '169.254.170.2', cloud: 'AWS ECS task', source: 'docs.aws.amazon.com/AmazonECS, Task IAM role' },
  {
    address: '169.254.170.23',
    cloud: 'AWS EKS pod identity',
    source: 'docs.aws.amazon.com/eks, Pod Identity',
  },
  { address: 'fd00:ec2::23', cloud: 'AWS EKS pod identity', source: 'docs.aws.amazon.com/eks, Pod Identity' },
  { address: 'fd00:ec2::254', cloud: 'AWS', source: 'docs.aws.amazon.com/AWSEC2, Instance metadata' },
  {
    address: '168.63.129.16',
    cloud: 'Azure wire server',
    source: 'learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
  },
  // IDENTITY_ENDPOINT of a Linux app (http://169.254.129.2:8081/msi/token); each worker has another address of these.
  ...['169.254.129.0/24', '169.254.130.0/24', '169.254.131.0/24'].map((address) => ({
    address,
    cloud: 'Azure App Service identity',
    source: 'learn.microsoft.com/azure/app-service/overview-managed-identity; addresses as seen in apps',
  })),
  { address: 'fd20:ce::254', cloud: 'Google', source: 'cloud.google.com/compute/docs/metadata' },
  {
    address: '169.254.169.252',
    cloud: 'Google GKE',
    source:
      'cloud.google.com/kubernetes-engine/docs, Workload Identity and network policies (ports 987, 988)',
  },
  { address: 'fd00:c1::a9fe:a9fe', cloud: 'Oracle', source: 'docs.oracle.com/iaas, Instance metadata' },
  {
    address: '192.0.0.192',
    cloud: 'Oracle Classic',
    source: 'docs.oracle.com/cloud, Instance metadata (Classic)',
  },
  {
    address: '100.100.100.200',
    cloud: 'Alibaba',
    source: 'www.alibabacloud.com/help/ecs, Instance metadata',
  },
  { address: 'fd00:100::100:200', cloud: 'Alibaba', source: 'canonical/cloud-init, DataSourceAliYun' },
  { address: '169.254.0.23', cloud: 'Tencent', source: 'www.tencentcloud.com/document/product/213/4934' },
  { address: '100.96.0.96', cloud: 'Volcengine', source: 'volcengine/cello' },
  { address: '100.80.80.80', cloud: 'UCloud', source: 'docs.ucloud.cn/uhost, Metadata' },
  { address: '169.254.42.42', cloud: 'Scaleway', source: 'docs.cloud-init.io, Scaleway' },
  { address: 'fd00:42::42', cloud: 'Scaleway', source: 'docs.cloud-init.io, Scaleway' },
  {
    address: 'fd00:a9fe:a9fe::1',
    cloud: 'Linode',
    source: 'techdocs.akamai.com/cloud-computing/docs/metadata-service-api',
  },
  {
    address: 'fe80::a9fe:a9fe',
    cloud: 'OpenStack, Linode',
    source: 'docs.openstack.org/nova, Metadata service (22.0.0)',
  },
  { address: '169.254.169.250', cloud: 'Rancher', source: 'rancher/rancher-metadata' },
];

/** Names that lead there, in lower case and without a trailing dot. Any other name is judged by its addresses. */
export const metadataNames: readonly string[] = [
  // Google
  ...['metadata', 'metadata.google.internal', 'metadata.goog'],
  // AWS
  ...['instance-data', 'instance-data.ec2.internal'],
  // Azure, Oracle: in use as aliases, without a page of the vendor's
  ...['metadata.azure.internal', 'metadata.azure.com', 'metadata.oraclecloud.com'],
  // IBM, Tencent, Exoscale
  ...['api.metadata.cloud.ibm.com', 'metadata.tencentyun.com', 'metadata.exoscale.com'],
  // Equinix, which the same machines called Packet
  ...['metadata.platformequinix.com', 'metadata.packet.net'],
  // Rancher
  ...['rancher-metadata', 'rancher-metadata.rancher.internal'],
];
