import { Code, Text } from '@mantine/core';
import classes from './api-reference.module.css';
import { type OpenApi, resolve, type Schema } from './openapi.ts';

const MAX_DEPTH = 6;

type SchemaViewProps = { schema: Schema; document: OpenApi; depth?: number };

/** A JSON schema as a tree of fields. */
export function SchemaView({ schema, document, depth = 0 }: SchemaViewProps) {
  const resolved = resolve(schema, document);
  if (resolved === null || depth > MAX_DEPTH) return <Code>{typeWords(schema)}</Code>;
  const fields = fieldsOf(resolved.schema);
  const items = asSchema(resolved.schema.items);
  const options = optionsOf(resolved.schema);
  return (
    <div className={classes.schema}>
      <Text size="sm" span>
        <Code>{resolved.name ?? typeWords(resolved.schema)}</Code>{' '}
        {typeof resolved.schema.description === 'string' && resolved.schema.description}
      </Text>
      {fields.length > 0 && (
        <ul className={classes.fields}>
          {fields.map(({ name, field, isRequired }) => (
            <li key={name}>
              <Field name={name} field={field} isRequired={isRequired} document={document} depth={depth} />
            </li>
          ))}
        </ul>
      )}
      {items && <SchemaView schema={items} document={document} depth={depth + 1} />}
      {options.map((option) => (
        <SchemaView
          key={JSON.stringify(option).slice(0, 200)}
          schema={option}
          document={document}
          depth={depth + 1}
        />
      ))}
    </div>
  );
}

type FieldProps = { name: string; field: Schema; isRequired: boolean; document: OpenApi; depth: number };

function Field({ name, field, isRequired, document, depth }: FieldProps) {
  const title = (
    <>
      <Code>{name}</Code> {typeWords(field)}
      {isRequired ? '' : ', optional'}
      {typeof field.description === 'string' && <span className={classes.about}> {field.description}</span>}
    </>
  );
  const resolved = resolve(field, document);
  const hasMore =
    resolved !== null &&
    (fieldsOf(resolved.schema).length > 0 ||
      resolved.schema.items !== undefined ||
      optionsOf(resolved.schema).length > 0);
  if (!hasMore) return <Text size="sm">{title}</Text>;
  return (
    <details>
      <summary>{title}</summary>
      <SchemaView schema={field} document={document} depth={depth + 1} />
    </details>
  );
}

function fieldsOf(schema: Schema): { name: string; field: Schema; isRequired: boolean }[] {
  const properties = asSchema(schema.properties) ?? {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, value]) => {
    const field = asSchema(value);
    return field ? [{ name, field, isRequired: required.includes(name) }] : [];
  });
}

function optionsOf({ anyOf, oneOf, allOf }: Schema): Schema[] {
  const options = [anyOf, oneOf, allOf].flatMap((some): unknown[] => (Array.isArray(some) ? some : []));
  return options.flatMap((option): Schema[] => {
    const schema = asSchema(option);
    return schema ? [schema] : [];
  });
}

function typeWords({ type, enum: values, const: only, $ref: reference, anyOf, oneOf }: Schema): string {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (typeof reference === 'string') return reference.slice(reference.lastIndexOf('/') + 1);
  if (Array.isArray(type)) return type.join(' | ');
  if (typeof type === 'string') return type;
  return anyOf || oneOf ? 'one of' : 'anything';
}

function asSchema(value: unknown): Schema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
