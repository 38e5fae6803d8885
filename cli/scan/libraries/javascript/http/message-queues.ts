/**
 * Messages in queues are untrusted: amqplib 0.10, kafkajs 2, mqtt 5, NATS 2, Amazon SQS by sqs-consumer 11. Queues of
 * the program's own jobs (Bull, BullMQ, Agenda) are not listed. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

export const messageQueues: Models = {
  language: 'javascript',
  types: [
    [
      'amqp.Channel',
      'amqplib',
      'Member[connect].ReturnValue.Member[createChannel,createConfirmChannel].ReturnValue',
    ],
    [
      'amqp.Channel',
      'amqplib/callback_api',
      'Member[connect].Argument[1,2].Parameter[1].Member[createChannel].Argument[0].Parameter[1]',
    ],
    ['amqp.Message', 'amqp.Channel', 'Member[consume].Argument[1].Parameter[0]'],
    ['amqp.Message', 'amqp.Channel', 'Member[get].ReturnValue'],
    ['amqp.Message', 'amqplib', 'Member[ConsumeMessage,Message,GetMessage].Instance'],
    ['kafka.Consumer', 'kafkajs', 'Member[Kafka].Instance.Member[consumer].ReturnValue'],
    ['mqtt.Client', 'mqtt', 'Member[connect,connectAsync].ReturnValue'],
  ],
  sources: [
    ['amqp.Message', 'Member[content]', 'remote'],
    [
      'kafka.Consumer',
      'Member[run].Argument[0].Member[eachMessage].Parameter[0].Member[message].Member[value,key,headers]',
      'remote',
    ],
    [
      'kafka.Consumer',
      'Member[run].Argument[0].Member[eachBatch].Parameter[0].Member[batch].Member[messages].AnyMember.Member[value]',
      'remote',
    ],
    ['mqtt.Client', 'Member[on].Argument[1].Parameter[0,1]', 'remote'],
    [
      'sqs-consumer',
      'Member[Consumer].Member[create].Argument[0].Member[handleMessage].Parameter[0].Member[Body]',
      'remote',
    ],
    ['redis.Client', 'Member[subscribe,pSubscribe].Argument[1].Parameter[0]', 'remote'],
  ],
};
