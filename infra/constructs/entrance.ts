import { RemovalPolicy } from 'aws-cdk-lib';
import { ApiKey } from 'aws-cdk-lib/aws-apigateway';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

/** Who may come in: the page by its own key, whose visitors are told apart by signed cookies, and clients by theirs. */
export class Entrance extends Construct {
  readonly pageKey: ApiKey;
  /** The value of the page's key; the edge adds it to the page's requests. */
  readonly pageKeyValue: Secret;
  /** Signs the cookies of browser sessions. */
  readonly sessionSecret: Secret;
  readonly clientKeys: ApiKey[];

  constructor(scope: Construct, id: string, { clients }: StageConfig) {
    super(scope, id);
    this.pageKeyValue = this.secret('PageKeyValue', 'The API key that the edge adds for the page');
    this.sessionSecret = this.secret('SessionSecret', 'Signs browser sessions');
    this.pageKey = new ApiKey(this, 'PageKey', {
      description: 'The web page, whoever its visitor is',
      // A reference that CloudFormation resolves: the value is in no template.
      value: this.pageKeyValue.secretValue.unsafeUnwrap(),
    });
    this.clientKeys = clients.map(
      (name) => new ApiKey(this, `Client-${name}`, { description: `The client ${name}` }),
    );
  }

  private secret(id: string, description: string): Secret {
    const secret = new Secret(this, id, {
      description,
      generateSecretString: { excludePunctuation: true, passwordLength: 64 },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'Replaced by hand where it leaked: doing so ends every session, or needs a deployment.',
    });
    return secret;
  }
}
