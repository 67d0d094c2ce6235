import { PLAIN_FACTS } from '@/api/facts';

/** A plain fact of a project: one value, shown and typed by its shape. */
export type PlainFact = (typeof PLAIN_FACTS)[number];
export type PlainName = PlainFact['name'];
export type Shape = 'text' | 'number' | 'whole' | 'money' | 'day' | 'choice';

type NameOf<S extends Shape> = Extract<PlainFact, { shape: S }>['name'];

/** Those of some shapes, by name. */
export function plainNames<S extends Shape>(...shapes: S[]): NameOf<S>[] {
  const wanted: readonly Shape[] = shapes;
  return PLAIN_FACTS.map((fact) => fact as PlainFact)
    .filter((fact) => wanted.includes(fact.shape))
    .map((fact) => fact.name as NameOf<S>);
}

/** The fact of a name, if it is a plain one. */
export function plainFact(name: string): PlainFact | undefined {
  return PLAIN_FACTS.find((fact) => fact.name === name);
}

/** What plain facts and their choices are called, as texts of a language. */
export function factTexts(language: 'zh-CN' | 'en'): Record<string, Record<string, string>> {
  const title = (each: { zh: string; en: string }) => (language === 'en' ? each.en : each.zh);
  return {
    project: Object.fromEntries(PLAIN_FACTS.map((fact) => [fact.name, title(fact)])),
    ...Object.fromEntries(
      PLAIN_FACTS.filter((fact) => fact.choices.length > 0).map((fact) => [
        fact.name,
        Object.fromEntries(fact.choices.map((choice) => [choice.value, title(choice)])),
      ]),
    ),
  };
}
