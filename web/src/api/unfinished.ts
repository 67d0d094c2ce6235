import type { components, paths } from 'pipeline-client';

type Schemas = components['schemas'];

/** An amount as a form sends it: which currencies are taken is told by the API's refusal, like all that is missing or wrong. */
type Amount<T> = { [Member in keyof T]: Member extends 'currency' ? string : T[Member] };

/** What a form sends: any member may be missing yet. */
export type Unfinished<T> = T extends (infer Item)[]
  ? Unfinished<Item>[]
  : T extends object
    ? 'currency' extends keyof T
      ? Amount<T>
      : { [Member in keyof T]?: Unfinished<T[Member]> }
    : T;

/** What a form holds while it is filled in: what is not entered is absent, never null. */
type Held<T> = T extends (infer Item)[]
  ? Held<Item>[]
  : T extends object
    ? { [Member in keyof T]: Held<Exclude<T[Member], null>> }
    : T;

/** A body of the description, as a form holds it. */
export type Draft<Name extends keyof Schemas> = Held<Unfinished<Schemas[Name]>>;

type Contents<C> = { [Kind in keyof C]: Unfinished<C[Kind]> };

type SentUnfinished<Operation> = Operation extends { requestBody: { content: infer C } }
  ? Omit<Operation, 'requestBody'> & { requestBody: { content: Contents<C> } }
  : Operation;

/** The operations, with bodies that may be unfinished. */
export type PathsOfForms = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: SentUnfinished<paths[Path][Method]> };
};
