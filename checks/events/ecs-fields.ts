/**
 * Fields of the Elastic Common Schema that an event may have, with their types and, where ECS lists them, their values.
 *
 * Source: github.com/elastic/ecs (Apache-2.0), generated/elasticsearch/composable/component (files of several
 * releases from 8.7 to 9.3), transcribed by hand, and for the values
 * https://www.elastic.co/guide/en/ecs/8.17/ecs-allowed-values-event-type.html and -event-category.html
 */
export interface EcsField {
  readonly type: 'keyword' | 'text' | 'date' | 'long' | 'ip';
  readonly list?: true;
  readonly values?: readonly string[];
}

const keyword: EcsField = { type: 'keyword' };
const ip: EcsField = { type: 'ip' };

export const ecsFields: Readonly<Record<string, EcsField>> = {
  '@timestamp': { type: 'date' },
  message: { type: 'text' },
  'ecs.version': keyword,
  'event.id': keyword,
  'event.kind': {
    type: 'keyword',
    values: ['alert', 'asset', 'enrichment', 'event', 'metric', 'pipeline_error', 'signal', 'state'],
  },
  // Of the categories, those that a web application's guard could name.
  'event.category': { type: 'keyword', list: true, values: ['intrusion_detection', 'threat', 'web'] },
  // What intrusion_detection may be combined with.
  'event.type': { type: 'keyword', list: true, values: ['allowed', 'denied', 'info'] },
  'event.action': keyword,
  'event.code': keyword,
  'event.severity': { type: 'long' },
  'event.module': keyword,
  'event.dataset': keyword,
  'event.provider': keyword,
  'rule.id': keyword,
  'rule.category': keyword,
  'rule.ruleset': keyword,
  'client.address': keyword,
  'client.ip': ip,
  'source.address': keyword,
  'source.ip': ip,
  'user.name': keyword,
  'http.request.id': keyword,
  'http.request.method': keyword,
  'related.ip': { type: 'ip', list: true },
  'related.user': { type: 'keyword', list: true },
};
