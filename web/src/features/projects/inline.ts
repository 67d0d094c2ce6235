import type { Tagged } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { Project, ProjectInput } from '@/api/types';
import { PLAIN_FACTS } from '@/api/facts';
import type { PlainFact, PlainName } from '@/shared/facts';
import type { Power } from '@/shared/money';
import { fromProject, mergePatch, sameValue, toProjectInput, type Patch, type ProjectForm } from '@/shared/projectForm';

type Editor = 'text' | 'money' | 'industry' | 'place' | 'number' | 'past' | 'date' | 'choice';
export type InlineField =
  'name' | 'totalInvestment' | 'industryCode' | 'landingPlace' | 'chain' | 'nationalCode' | 'referrer' | PlainName;

function editorOf({ shape, past }: PlainFact): Editor {
  switch (shape) {
    case 'money':
    case 'choice':
      return shape;
    case 'day':
      return past ? 'past' : 'date';
    default:
      return 'number';
  }
}

/** The facts that are edited where they stand, and what each is typed into. */
export const EDITORS: Record<InlineField, Editor> = {
  name: 'text',
  totalInvestment: 'money',
  industryCode: 'industry',
  landingPlace: 'place',
  chain: 'text',
  nationalCode: 'text',
  ...(Object.fromEntries(PLAIN_FACTS.map((fact) => [fact.name, editorOf(fact)])) as Record<PlainName, Editor>),
  referrer: 'text',
};
export type Typed = ProjectForm[InlineField];

/** The facts of a project with one of them as typed. */
export function factsWith(project: Project, powers: readonly Power[], field: InlineField, typed: Typed): ProjectInput {
  return toProjectInput({ ...fromProject(project, powers), [field]: typed });
}

export type Saved =
  { kind: 'saved'; again: boolean } | { kind: 'conflict'; theirs: Tagged<Project>; mine: ProjectInput };

interface Ways {
  powers: readonly Power[];
  send: (patch: Patch, etag: string) => Promise<unknown>;
  read: () => Promise<Tagged<Project>>;
}

/** Saves one fact. If somebody saved meanwhile, it is saved upon theirs, unless they changed this very fact: then the person has to choose. */
export async function saveFact(
  base: Tagged<Project>,
  field: InlineField,
  typed: Typed,
  { powers, send, read }: Ways,
): Promise<Saved> {
  const before = toProjectInput(fromProject(base.value, powers));
  const mine = factsWith(base.value, powers, field, typed);
  const patch = mergePatch(before, mine);
  if (Object.keys(patch).length === 0) return { kind: 'saved', again: false };
  let etag = base.etag;
  for (let again = false; ; again = true) {
    try {
      await send(patch, etag);
      return { kind: 'saved', again };
    } catch (problem) {
      if (!isProblem(problem, 'precondition-failed')) throw problem;
      const theirs = await read();
      const stored = toProjectInput(fromProject(theirs.value, powers));
      if (!sameValue(stored[field], before[field]))
        return sameValue(stored[field], mine[field])
          ? { kind: 'saved', again: true }
          : { kind: 'conflict', theirs, mine };
      etag = theirs.etag;
    }
  }
}
