/**
 * What lies in queues was put there by others: pika 1.3, aio-pika 9, kafka-python 2, confluent-kafka 2, paho-mqtt 2. Those of the
 * program's own jobs (Celery, RQ) are not listed.
 */
import type { Models } from '../../model.ts';

export const messageQueues: Models = {
  language: 'python',
  types: [
    ['pika.Channel', 'pika', 'Member[BlockingConnection].Instance.Member[channel].ReturnValue'],
    ['kafka.Consumer', 'kafka', 'Member[KafkaConsumer].Instance'],
    ['kafka.Message', 'kafka.Consumer', 'Member[__element__]'],
    ['confluent.Message', 'confluent_kafka', 'Member[Consumer].Instance.Member[poll].ReturnValue'],
    ['mqtt.Client', 'paho.mqtt.client', 'Member[Client].Instance'],
  ],
  sources: [
    ['pika.Channel', 'Member[basic_consume].Argument[1,on_message_callback:].Parameter[3]', 'remote'],
    ['aio_pika', 'Member[IncomingMessage].Instance.Member[body]', 'remote'],
    ['aio_pika.abc', 'Member[AbstractIncomingMessage].Instance.Member[body]', 'remote'],
    ['kafka.Message', 'Member[value,key,headers]', 'remote'],
    ['confluent.Message', 'Member[value,key,headers].ReturnValue', 'remote'],
    ['mqtt.Client', 'Member[on_message].Parameter[2].Member[payload,topic]', 'remote'],
  ],
};
