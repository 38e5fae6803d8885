// boto3 1.3x, aioboto3 13, google-cloud-storage 2, as documented.
import type { Models } from '../../../models/model.ts';

/**
 * Clients of AWS and Google Cloud Storage. All clients of boto3 have one type, because boto3 makes a client from the name
 * of a service. Methods of different services are distinguished by the names of their required arguments.
 */
export const cloudClients: Models = {
  language: 'python',
  types: [
    ['boto.Session', 'boto3', ''],
    ['boto.Session', 'boto3', 'Member[Session].Instance'],
    ['boto.Session', 'boto3.session', 'Member[Session].Instance'],
    ['boto.Session', 'aioboto3', 'Member[Session].Instance'],
    ['boto.Session', 'botocore.session', 'Member[get_session].ReturnValue'],
    ['boto.Session', 'aiobotocore.session', 'Member[get_session].ReturnValue'],
    ['boto.Client', 'boto.Session', 'Member[client,create_client].ReturnValue'],
    ['boto.Bucket', 'boto.Session', 'Member[resource].ReturnValue.Member[Bucket].ReturnValue'],
    ['boto.Object', 'boto.Session', 'Member[resource].ReturnValue.Member[Object].ReturnValue'],
    [
      'boto.Queue',
      'boto.Session',
      'Member[resource].ReturnValue.Member[Queue,get_queue_by_name].ReturnValue',
    ],
    ['gcs.Bucket', 'google.cloud.storage', 'Member[Client].Instance.Member[bucket,get_bucket].ReturnValue'],
    ['gcs.Blob', 'gcs.Bucket', 'Member[blob,get_blob].ReturnValue'],
    ['gcs.Blob', 'google.cloud.storage', 'Member[Blob].Instance'],
  ],
  sources: [
    ['boto.Client', 'Member[receive_message].ReturnValue.Member[Messages].AnyMember.Member[Body]', 'remote'],
    [
      'boto.Client',
      'Member[receive_message].ReturnValue.Member[get].ReturnValue.AnyMember.Member[Body]',
      'remote',
    ],
    ['boto.Queue', 'Member[receive_messages].ReturnValue.AnyMember.Member[body]', 'remote'],
  ],
  sinks: [
    ['boto.Client', 'Member[start_query_execution].Argument[QueryString:]', 'sql'],
    ['boto.Client', 'Member[execute_statement].Argument[sql:,Sql:,Statement:]', 'sql'],
    ['boto.Client', 'Member[batch_execute_statement].Argument[sql:]', 'sql'],
    ['boto.Client', 'Member[select_object_content].Argument[Expression:]', 'sql'],
    ['boto.Client', 'Member[send_command].Argument[Parameters:].Member[commands].AnyMember', 'command'],
    ['boto.Session', 'Member[client,resource,create_client].Argument[endpoint_url:]', 'ssrf'],
    ['boto.Client', 'Member[download_file].Argument[2,Filename:]', 'path'],
    ['boto.Client', 'Member[upload_file].Argument[0,Filename:]', 'path'],
    ['boto.Bucket', 'Member[download_file].Argument[1,Filename:]', 'path'],
    ['boto.Bucket', 'Member[upload_file].Argument[0,Filename:]', 'path'],
    ['boto.Object', 'Member[download_file,upload_file].Argument[0,Filename:]', 'path'],
    // Files that are stored under an untrusted name, or served with an untrusted type.
    ['boto.Client', 'Member[upload_fileobj,upload_file].Argument[2,Key:]', 'upload'],
    ['boto.Client', 'Member[put_object].Argument[Key:,ContentType:]', 'upload'],
    [
      'boto.Client',
      'Member[upload_fileobj,upload_file].Argument[3,ExtraArgs:].Member[ContentType]',
      'upload',
    ],
    ['boto.Bucket', 'Member[upload_fileobj,upload_file].Argument[1,Key:]', 'upload'],
    ['boto.Bucket', 'Member[put_object].Argument[Key:,ContentType:]', 'upload'],
    ['gcs.Bucket', 'Member[blob].Argument[0,blob_name:]', 'upload'],
    ['gcs.Blob', 'Member[download_to_filename,upload_from_filename].Argument[0,filename:]', 'path'],
  ],
};
