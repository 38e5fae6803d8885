/**
 * Untrusted messages and events: events of AWS Lambda (SQS, SNS, S3), Google's Pub/Sub 4 and its events, Azure Service
 * Bus 7, SQS by the AWS SDK 3, NATS 2, rhea 3, STOMP, node-rdkafka 3, Confluent's client 1, zeromq 6,
 * amqp-connection-manager 4, ioredis 5; mails (mailparser 3, smtp-server 3). Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const confluent = 'Member[KafkaJS].Member[Kafka].Instance.Member[consumer].ReturnValue';

export const eventSources: Models = {
  language: 'javascript',
  types: [
    ['lambda.QueueEvent', 'aws-lambda', 'Member[SQSEvent].Instance'],
    ['lambda.QueueEvent', 'aws-lambda', 'Member[SQSHandler].Instance.Parameter[0]'],
    ['lambda.TopicEvent', 'aws-lambda', 'Member[SNSEvent].Instance'],
    ['lambda.TopicEvent', 'aws-lambda', 'Member[SNSHandler].Instance.Parameter[0]'],
    ['lambda.FileEvent', 'aws-lambda', 'Member[S3Event].Instance'],
    ['lambda.FileEvent', 'aws-lambda', 'Member[S3Handler].Instance.Parameter[0]'],
    ['lambda.QueueRecord', 'aws-lambda', 'Member[SQSRecord].Instance'],
    ['lambda.QueueRecord', 'lambda.QueueEvent', 'Member[Records].AnyMember'],
    [
      'pubsub.Subscription',
      '@google-cloud/pubsub',
      'Member[PubSub].Instance.Member[subscription].ReturnValue',
    ],
    ['pubsub.Subscription', '@google-cloud/pubsub', 'Member[Subscription].Instance'],
    ['pubsub.Message', 'pubsub.Subscription', 'Member[on].Argument[1].Parameter[0]'],
    ['pubsub.Message', '@google-cloud/pubsub', 'Member[Message].Instance'],
    [
      'azure.BusReceiver',
      '@azure/service-bus',
      'Member[ServiceBusClient].Instance.Member[createReceiver,acceptSession,acceptNextSession].ReturnValue',
    ],
    ['azure.BusReceiver', '@azure/service-bus', 'Member[ServiceBusReceiver].Instance'],
    [
      'azure.BusMessage',
      'azure.BusReceiver',
      'Member[subscribe].Argument[0].Member[processMessage].Parameter[0]',
    ],
    ['azure.BusMessage', 'azure.BusReceiver', 'Member[receiveMessages].ReturnValue.AnyMember'],
    ['azure.BusMessage', '@azure/service-bus', 'Member[ServiceBusReceivedMessage].Instance'],
    ['sqs.Client', '@aws-sdk/client-sqs', 'Member[SQSClient,SQS].Instance'],
    ['sqs.Message', 'sqs.Client', 'Member[send,receiveMessage].ReturnValue.Member[Messages].AnyMember'],
    ['sqs.Message', '@aws-sdk/client-sqs', 'Member[Message].Instance'],
    ['nats.Connection', 'nats', 'Member[connect].ReturnValue'],
    ['nats.Connection', '@nats-io/transport-node', 'Member[connect].ReturnValue'],
    ['nats.Message', 'nats.Connection', 'Member[subscribe].ReturnValue.Member[__element__]'],
    ['nats.Message', 'nats.Connection', 'Member[subscribe].Argument[1].Member[callback].Parameter[1]'],
    ['nats.Message', 'nats', 'Member[Msg,JsMsg].Instance'],
    ['rhea.Context', 'rhea', 'Member[on,once].Argument[1].Parameter[0]'],
    ['stomp.Client', '@stomp/stompjs', 'Member[Client].Instance'],
    ['stomp.Client', '@stomp/stompjs', 'Member[Stomp].Member[client,over].ReturnValue'],
    ['rdkafka.Message', 'node-rdkafka', 'Member[KafkaConsumer].Instance.Member[on].Argument[1].Parameter[0]'],
    ['kafka.Consumer', '@confluentinc/kafka-javascript', confluent],
    [
      'amqp.Channel',
      'amqp-connection-manager',
      'Member[connect].ReturnValue.Member[createChannel].Argument[0].Member[setup].Parameter[0]',
    ],
    [
      'amqp.Channel',
      'amqp-connection-manager',
      'Member[connect].ReturnValue.Member[createChannel].ReturnValue',
    ],
    ['amqp.Channel', 'amqplib', 'Member[Channel,ConfirmChannel].Instance'],
    ['mail.Parsed', 'mailparser', 'Member[simpleParser].ReturnValue'],
    ['mail.Parsed', 'mailparser', 'Member[simpleParser].Argument[1,2].Parameter[1]'],
    ['mail.Parsed', 'mailparser', 'Member[ParsedMail].Instance'],
    ['mail.Attachment', 'mail.Parsed', 'Member[attachments].AnyMember'],
  ],
  sources: [
    ['lambda.QueueRecord', 'Member[body,messageAttributes]', 'remote'],
    [
      'lambda.TopicEvent',
      'Member[Records].AnyMember.Member[Sns].Member[Message,Subject,MessageAttributes]',
      'remote',
    ],
    // The uploader chooses the name.
    ['lambda.FileEvent', 'Member[Records].AnyMember.Member[s3].Member[object].Member[key]', 'remote'],
    ['pubsub.Message', 'Member[data,attributes]', 'remote'],
    [
      '@google-cloud/functions-framework',
      'Member[cloudEvent].Argument[1].Parameter[0].Member[data]',
      'remote',
    ],
    [
      'firebase-functions/v2/pubsub',
      'Member[onMessagePublished].Argument[1].Parameter[0].Member[data]',
      'remote',
    ],
    ['azure.BusMessage', 'Member[body,applicationProperties,subject]', 'remote'],
    ['sqs.Message', 'Member[Body,MessageAttributes]', 'remote'],
    ['nats.Message', 'Member[data,headers]', 'remote'],
    ['nats.Message', 'Member[json,string].ReturnValue', 'remote'],
    ['rhea.Context', 'Member[message].Member[body,subject,application_properties]', 'remote'],
    ['stomp.Client', 'Member[subscribe].Argument[1].Parameter[0].Member[body,headers,binaryBody]', 'remote'],
    ['rdkafka.Message', 'Member[value,key,headers]', 'remote'],
    ['zeromq', 'Member[Pull,Subscriber,Reply,Router,Dealer,Pair].Instance.Member[__element__]', 'remote'],
    [
      'zeromq',
      'Member[Pull,Subscriber,Reply,Router,Dealer,Pair].Instance.Member[receive].ReturnValue',
      'remote',
    ],
    ['redis.Client', 'Member[on].Argument[1].Parameter[1,2]', 'remote'],
    ['mail.Parsed', 'Member[subject,text,html,textAsHtml,from,headers,messageId]', 'remote'],
    ['mail.Attachment', 'Member[filename,content,contentType]', 'remote'],
    [
      'smtp-server',
      'Member[SMTPServer].Argument[0].Member[onMailFrom,onRcptTo].Parameter[0].Member[address]',
      'remote',
    ],
    [
      'smtp-server',
      'Member[SMTPServer].Argument[0].Member[onAuth].Parameter[0].Member[username,password]',
      'remote',
    ],
  ],
  summaries: [
    [
      'nats',
      'Member[StringCodec,JSONCodec].ReturnValue.Member[decode]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
};
