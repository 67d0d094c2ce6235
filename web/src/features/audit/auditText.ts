import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditActor, AuditEntry } from '@/api/types';
import { useFactText } from '@/shared/factText';
import { useCodeText, useLanguage } from '@/shared/i18n';
import { formatCents, toCents } from '@/shared/money';
import { jurisdictionsQuery } from '@/shared/queries';
import { unitName } from '@/shared/units';

const UNITS = new Set(['jurisdictionId', 'parentId', 'ownerId', 'firstTalkId']);

/** An entry of the audit trail in words; slugs without any are shown as they are. */
export function useAuditText() {
  const { t } = useTranslation();
  const code = useCodeText();
  const fact = useFactText();
  const language = useLanguage();
  const { data: units } = useQuery(jurisdictionsQuery);

  function unit(id: unknown): string | undefined {
    const found = units?.find((each) => each.id === id);
    return found && unitName(found, language);
  }

  function label(field: string): string {
    return field
      .split('.')
      .map((step) => {
        const known = code('auditField', step);
        return known === step ? fact.label(step) : known;
      })
      .join(' · ');
  }

  function value(kind: string | undefined, field: string, given: unknown): string {
    const member = field.split('.').pop() ?? field;
    if (given === null || given === undefined || given === '') return t('common.none');
    if (UNITS.has(member)) return unit(given) ?? String(given);
    if (member === 'role') return code('role', String(given));
    if (member === 'scopes' && Array.isArray(given))
      return given.map((scope) => code('scope', String(scope).replace(':', '-'))).join(t('common.listSeparator'));
    if (member === 'kind' && kind === 'jurisdiction') return code('jurisdictionKind', String(given));
    if (typeof given === 'number' && /amount|cny|investment|capital/i.test(member))
      return formatCents(toCents(given), 0);
    return fact.value(member, given);
  }

  /** What the trail calls an action; what happened to a project is called as on its timeline. */
  function action(slug: string): string {
    const known = code('auditAction', slug);
    return known === slug ? code('timelineKind', slug) : known;
  }

  function actor({ kind, name }: AuditActor): string {
    return name ?? code('actorKind', kind);
  }

  /** The role of a person, the scopes of a key. */
  function role({ kind, role: held }: AuditActor): string {
    if (!held) return '';
    return kind === 'key'
      ? held
          .split(' ')
          .map((scope) => code('scope', scope.replace(':', '-')))
          .join(t('common.listSeparator'))
      : code('role', held);
  }

  function subject({ subject: about, project }: AuditEntry): string {
    if (!about) return '';
    const name = about.kind === 'project' ? project?.name : about.kind === 'jurisdiction' ? unit(about.id) : about.name;
    return `${code('subjectKind', about.kind)} ${name ?? about.id.slice(0, 8)}`;
  }

  return { label, value, actor, role, subject, action };
}
