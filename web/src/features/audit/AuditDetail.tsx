import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry } from '@/api/types';
import { clientName } from '@/shared/clientName';
import { useCodeText } from '@/shared/i18n';
import { Facts } from '@/shared/Page';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { useAuditText } from './auditText';
import { readable } from './changes';
import { OutcomeTag } from './OutcomeTag';

function only(params: Record<string, string>): string {
  return `/audit?${new URLSearchParams(params).toString()}`;
}

/** One entry in full: who, from where, what was changed into what, and its seal. */
export function AuditDetail({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const code = useCodeText();
  const text = useAuditText();
  const can = useCan();
  const { actor, subject, project } = entry;
  return (
    <Drawer
      open
      onClose={onClose}
      size={680}
      title={
        <>
          {text.action(entry.action)} <OutcomeTag outcome={entry.outcome} />
        </>
      }
      rootClassName="detail-drawer"
    >
      <p className="hint num">
        <When at={entry.at} precision="millisecond" /> · {t('audit.seq', { n: entry.seq })}
      </p>

      <h2 className="drawer-title">{t('audit.whoTitle')}</h2>
      <Facts
        items={[
          { label: t('audit.actor'), value: text.actor(actor) },
          { label: t('audit.actorKind'), value: code('actorKind', actor.kind) },
          actor.role ? { label: t('audit.role'), value: text.role(actor) } : null,
          actor.onBehalfOf ? { label: t('audit.onBehalfOf'), value: unit(actor.onBehalfOf) } : null,
        ]}
      />

      <h2 className="drawer-title">{t('audit.whereTitle')}</h2>
      <Facts
        items={[
          {
            label: t('audit.address'),
            value: entry.address ? <span className="num">{entry.address}</span> : t('common.none'),
          },
          {
            label: t('audit.client'),
            value: <span title={entry.client}>{clientName(entry.client) ?? t('common.none')}</span>,
          },
          entry.request
            ? { label: t('audit.request'), value: <code className="break">{entry.request}</code>, wide: true }
            : null,
          entry.requestId
            ? { label: t('audit.requestId'), value: <code className="break">{entry.requestId}</code>, wide: true }
            : null,
        ]}
      />

      <h2 className="drawer-title">{t('audit.whatTitle')}</h2>
      <Facts
        items={[
          subject ? { label: t('audit.subject'), value: text.subject(entry) } : null,
          project && project.id !== subject?.id
            ? { label: t('audit.project'), value: project.name ?? project.id }
            : null,
          entry.reason
            ? {
                label: t('audit.reason'),
                value: <span className="text">{code('auditReason', entry.reason)}</span>,
                wide: true,
              }
            : null,
          entry.ruleSetId
            ? { label: t('audit.ruleSet'), value: <code className="break">{entry.ruleSetId}</code> }
            : null,
          subject
            ? { label: t('audit.subjectId'), value: <code className="break">{subject.id}</code>, wide: true }
            : null,
        ]}
      />
      <Changes entry={entry} />
      <ul className="detail-links">
        {project && can('read-projects') && (
          <li>
            <Link to={`/projects/${project.id}`}>{t('audit.toProject')}</Link>
          </li>
        )}
        {entry.requestId && (
          <li>
            <Link to={only({ requestId: entry.requestId })} onClick={onClose}>
              {t('audit.sameRequest')}
            </Link>
          </li>
        )}
        {actor.id && (
          <li>
            <Link to={only({ actorId: actor.id })} onClick={onClose}>
              {t('audit.sameActor')}
            </Link>
          </li>
        )}
        {subject && (
          <li>
            <Link to={only({ subjectKind: subject.kind, subjectId: subject.id })} onClick={onClose}>
              {t('audit.sameSubject')}
            </Link>
          </li>
        )}
        {project && (
          <li>
            <Link to={only({ projectId: project.id })} onClick={onClose}>
              {t('audit.sameProject')}
            </Link>
          </li>
        )}
      </ul>

      <h2 className="drawer-title">{t('audit.sealTitle')}</h2>
      <Facts
        items={[
          { label: t('audit.hash'), value: <code className="break">{entry.hash}</code>, wide: true },
          { label: t('audit.previousHash'), value: <code className="break">{entry.previousHash}</code>, wide: true },
        ]}
      />
    </Drawer>
  );
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const text = useAuditText();
  const changes = readable(entry.changes);
  const kind = entry.subject?.kind;
  const empty = (value: unknown) => value === undefined || value === null || value === '';
  return (
    <>
      <h3 className="diff-title">{t('audit.changes')}</h3>
      {changes.length === 0 ? (
        <p className="muted">{t('audit.noChanges')}</p>
      ) : (
        <table className="diff">
          <caption className="visually-hidden">{t('audit.changes')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{text.label(field)}</th>
                <td>
                  {empty(before) ? (
                    <span className="muted">{t('common.none')}</span>
                  ) : (
                    <del>{text.value(kind, field, before)}</del>
                  )}
                </td>
                <td>
                  {empty(after) ? (
                    <span className="muted">{t('common.none')}</span>
                  ) : (
                    <ins>{text.value(kind, field, after)}</ins>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
