import { useQuery } from '@tanstack/react-query';
import type { Jurisdiction } from '@/api/types';
import { useLanguage, type Language } from './i18n';
import { jurisdictionsQuery, useMe } from './queries';

/** A unit as other answers refer to it: by id and name, or by its name alone. */
export type UnitRef = { id?: string; name: string } | string;

/** A unit's name in the language shown; the Chinese one where it has no other. */
export function unitName(unit: Pick<Jurisdiction, 'name' | 'nameEn'>, language: Language): string {
  return language === 'en' ? unit.nameEn || unit.name : unit.name;
}

/** What a unit is called on the page shown, whatever answer refers to it; its name as given until the units are known. */
export function useUnitName(): (unit: UnitRef) => string {
  const language = useLanguage();
  const signedIn = useMe() !== undefined;
  const { data: units } = useQuery({ ...jurisdictionsQuery, enabled: signedIn });
  return (unit) => {
    const given = typeof unit === 'string' ? { name: unit } : unit;
    const known = units?.find((each) => (given.id === undefined ? each.name === given.name : each.id === given.id));
    return known ? unitName(known, language) : given.name;
  };
}
