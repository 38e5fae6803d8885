/**
 * Messages in queues are untrusted: pika 1.3, aio-pika 9, kafka-python 2, confluent-kafka 2, paho-mqtt 2, aiokafka 0.12,
 * nats-py 2, redis 6, pyzmq 26, google-cloud-pubsub 2, azure-servicebus 7, faust 0.11, stomp.py 8. Queues of the
 * program's own jobs (Celery, RQ) are not listed.
 */
import type { Models } from '../../../models/model.ts';

export const messageQueues: Models = {
  language: 'python',
  types: [
    ['pika.Channel', 'pika', 'Member[BlockingConnection].Instance.Member[channel].ReturnValue'],
    ['kafka.Consumer', 'kafka', 'Member[KafkaConsumer].Instance'],
    ['kafka.Message', 'kafka.Consumer', 'Member[__element__]'],
    ['confluent.Message', 'confluent_kafka', 'Member[Consumer].Instance.Member[poll].ReturnValue'],
    ['mqtt.Client', 'paho.mqtt.client', 'Member[Client].Instance'],
    ['kafka.Consumer', 'aiokafka', 'Member[AIOKafkaConsumer].Instance'],
    ['kafka.Message', 'kafka.Consumer', 'Member[getone].ReturnValue'],
    ['nats.Client', 'nats', 'Member[connect].ReturnValue'],
    ['nats.Client', 'nats.aio.client', 'Member[Client].Instance'],
    ['nats.Client', 'nats.Client', 'Member[jetstream].ReturnValue'],
    ['redis.PubSub', 'redis.Client', 'Member[pubsub].ReturnValue'],
    ['zmq.Socket', 'zmq', 'Member[Context].Instance.Member[socket].ReturnValue'],
    ['zmq.Socket', 'zmq.asyncio', 'Member[Context].Instance.Member[socket].ReturnValue'],
    ['zmq.Socket', 'zmq', 'Member[Context].Member[instance].ReturnValue.Member[socket].ReturnValue'],
    ['servicebus.Client', 'azure.servicebus', 'Member[ServiceBusClient].Instance'],
    [
      'servicebus.Client',
      'azure.servicebus',
      'Member[ServiceBusClient].Member[from_connection_string].ReturnValue',
    ],
    [
      'servicebus.Receiver',
      'servicebus.Client',
      'Member[get_queue_receiver,get_subscription_receiver].ReturnValue',
    ],
    ['faust.App', 'faust', 'Member[App].Instance'],
  ],
  sources: [
    ['pika.Channel', 'Member[basic_consume].Argument[1,on_message_callback:].Parameter[3]', 'remote'],
    ['aio_pika', 'Member[IncomingMessage].Instance.Member[body]', 'remote'],
    ['aio_pika.abc', 'Member[AbstractIncomingMessage].Instance.Member[body]', 'remote'],
    ['kafka.Message', 'Member[value,key,headers]', 'remote'],
    ['confluent.Message', 'Member[value,key,headers].ReturnValue', 'remote'],
    ['mqtt.Client', 'Member[on_message].Parameter[2].Member[payload,topic]', 'remote'],
    ['nats.Client', 'Member[subscribe].Argument[2,cb:].Parameter[0].Member[data,subject,headers]', 'remote'],
    ['nats.aio.msg', 'Member[Msg].Instance.Member[data,subject,headers]', 'remote'],
    ['redis.PubSub', 'Member[listen].ReturnValue.AnyMember.Member[data,channel]', 'remote'],
    ['redis.PubSub', 'Member[get_message].ReturnValue.Member[data,channel]', 'remote'],
    ['zmq.Socket', 'Member[recv,recv_string,recv_json,recv_multipart,recv_unicode].ReturnValue', 'remote'],
    [
      'google.cloud.pubsub_v1',
      'Member[SubscriberClient].Instance.Member[subscribe].Argument[1,callback:].Parameter[0].Member[data,attributes]',
      'remote',
    ],
    ['servicebus.Receiver', 'Member[__element__]', 'remote'],
    ['servicebus.Receiver', 'Member[receive_messages].ReturnValue', 'remote'],
    ['faust.App', 'Member[agent].ReturnValue.Argument[0].Parameter[0].Member[__element__]', 'remote'],
    [
      'stomp',
      'Member[ConnectionListener].Instance.Member[on_message].Parameter[0].Member[body,headers]',
      'remote',
    ],
    [
      'proton.handlers',
      'Member[MessagingHandler].Instance.Member[on_message].Parameter[0].Member[message]',
      'remote',
    ],
  ],
};
