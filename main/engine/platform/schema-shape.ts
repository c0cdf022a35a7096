import { z } from 'zod';

/** A type reference of GraphQL introspection, with the wrappers (list, non-null) around a named type. */
const typeRef: z.ZodType<TypeRef> = z.looseObject({
  kind: z.string(),
  name: z.string().nullish(),
  get ofType() {
    return typeRef.nullish();
  },
});

interface TypeRef {
  readonly kind: string;
  readonly name?: string | null;
  readonly ofType?: TypeRef | null;
}

const member = z.looseObject({ name: z.string(), type: typeRef });

export const wireType = z.looseObject({
  type: z
    .looseObject({
      fields: z.array(member).nullish(),
      inputFields: z.array(member).nullish(),
    })
    .nullable(),
});

/** Asks for one type; wrappers are at most list of non-null inside non-null. */
export const typeQuery = `query TypeOf($name: String!) { type: __type(name: $name) {
  fields { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
  inputFields { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }`;

/** One field, without its wrappers. */
export interface FieldShape {
  /** `OBJECT`, `INPUT_OBJECT`, `SCALAR`, … */
  readonly kind: string;
  readonly type: string;
  readonly required: boolean;
}

export type Shape = ReadonlyMap<string, FieldShape>;

/** The fields of a type by name; `undefined` where the server knows no such type. */
export function readShape(answer: z.infer<typeof wireType>): Shape | undefined {
  if (answer.type === null) return undefined;
  const members = [...(answer.type.fields ?? []), ...(answer.type.inputFields ?? [])];
  return new Map(
    members.map(({ name, type }) => {
      const inner = unwrap(type);
      return [name, { kind: inner.kind, type: inner.name ?? '', required: type.kind === 'NON_NULL' }];
    }),
  );
}

function unwrap(type: TypeRef): TypeRef {
  let inner = type;
  while (inner.ofType !== null && inner.ofType !== undefined) inner = inner.ofType;
  return inner;
}
