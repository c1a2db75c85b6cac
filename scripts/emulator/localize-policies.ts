import { z } from 'zod';
import type { Template } from './assembly.ts';

/** Which property of a resource holds a policy. */
const POLICY_OF: Record<string, string> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
};

const ConditionSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const StatementSchema = z.looseObject({ Effect: z.string(), Condition: ConditionSchema.optional() });
const PolicySchema = z.looseObject({ Statement: z.array(StatementSchema) });

type Statement = z.infer<typeof StatementSchema>;

/**
 * Takes out of policies what the emulator cannot tell of a request: that it is encrypted, which it is not, and the
 * encryption context, which KMS itself still checks. Returns the ids of policies with which nothing is left to say.
 */
export function localizePolicies({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const property = POLICY_OF[Type];
    if (property === undefined || Properties[property] === undefined) return [];
    const policy = PolicySchema.parse(Properties[property]);
    const Statement = policy.Statement.flatMap(localizeStatement);
    Properties[property] = { ...policy, Statement };
    return Statement.length === 0 ? [id] : [];
  });
}

function localizeStatement({ Condition, ...statement }: Statement): Statement[] {
  if (Condition === undefined) return [statement];
  const known = Object.entries(Condition).flatMap(([operator, tests]) => {
    const kept = Object.entries(tests).filter(([key]) => !isUnknown(key));
    return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)] as const];
  });
  const isWhole = JSON.stringify(Object.fromEntries(known)) === JSON.stringify(Condition);
  if (isWhole) return [{ ...statement, Condition }];
  // Without its condition a denial would deny everything.
  if (statement.Effect === 'Deny') return [];
  return [known.length === 0 ? statement : { ...statement, Condition: Object.fromEntries(known) }];
}

function isUnknown(key: string): boolean {
  return key === 'aws:SecureTransport' || key.startsWith('kms:EncryptionContext');
}
