import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Import, ImportRow } from '@/api/types';
import { LoadMore } from '@/shared/LoadMore';
import { Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { When } from '@/shared/When';
import { proposalsQuery, rowsOf, useDecideUpdates } from './queries';
import { Changes } from './Rows';

/** What rows would change of projects that are there already, to be accepted or declined, one or many. */
export function Proposals({ each }: { each: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const query = useInfiniteQuery(proposalsQuery(each.id));
  const decide = useDecideUpdates(each.id);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<number, string>>(new Map());
  const rows = rowsOf(query.data?.pages);
  const total = query.data?.pages[0]?.total ?? rows.length;
  if (!query.error && rows.length === 0) return null;

  const open = rows.filter((row) => !row.decision);
  const chosen = open.filter((row) => picked.has(row.rowNumber));
  const mayDecide = can('import') && can('edit-project');
  const send = (decision: 'accept' | 'decline', which: readonly ImportRow[]) =>
    decide.mutate(
      which
        .filter((row) => decision === 'decline' || row.acceptable)
        .map((row) => ({ rowNumber: row.rowNumber, decision })),
      {
        onSuccess: (failed) => {
          setRefused(failed);
          setPicked(new Set());
          const n = which.length - failed.size;
          if (n > 0)
            void message.success(
              t(decision === 'accept' ? 'imports.proposals.accepted' : 'imports.proposals.declined', { n }),
            );
        },
      },
    );
  const pick = (row: ImportRow, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(row.rowNumber);
    else next.delete(row.rowNumber);
    setPicked(next);
  };

  return (
    <Panel
      title={t('imports.proposals.title')}
      extra={<span className="hint num">{t('imports.proposals.count', { n: open.length, total })}</span>}
    >
      <p className="hint">{t('imports.proposals.hint')}</p>
      <ProblemAlert error={query.error ?? decide.error} />
      {mayDecide && open.length > 0 && (
        <div className="toolbar">
          <Checkbox
            checked={chosen.length === open.length}
            indeterminate={chosen.length > 0 && chosen.length < open.length}
            onChange={(event) => setPicked(new Set(event.target.checked ? open.map((row) => row.rowNumber) : []))}
          >
            {t('imports.proposals.all')}
          </Checkbox>
          <Button
            type="primary"
            disabled={!chosen.some((row) => row.acceptable)}
            loading={decide.isPending}
            onClick={() =>
              send(
                'accept',
                chosen.filter((row) => row.acceptable),
              )
            }
          >
            {t('imports.proposals.acceptMany', { n: chosen.filter((row) => row.acceptable).length })}
          </Button>
          <Button disabled={chosen.length === 0} loading={decide.isPending} onClick={() => send('decline', chosen)}>
            {t('imports.proposals.declineMany', { n: chosen.length })}
          </Button>
        </div>
      )}
      <ul className="proposals">
        {rows.map((row) => {
          const name = typeof row.parsed.name === 'string' ? row.parsed.name : '';
          return (
            <li key={row.rowNumber} className={row.decision ? 'proposal proposal-decided' : 'proposal'}>
              <div className="proposal-head">
                {mayDecide && !row.decision && (
                  <Checkbox
                    aria-label={t('imports.proposals.pick', { name })}
                    checked={picked.has(row.rowNumber)}
                    onChange={(event) => pick(row, event.target.checked)}
                  />
                )}
                <strong>{row.projectId ? <Link to={`/projects/${row.projectId}`}>{name}</Link> : name}</strong>
                <span className="hint num">{t('imports.row', { n: row.rowNumber })}</span>
                {row.decision && (
                  <span className={row.decision.decision === 'accept' ? 'tag tag-ok' : 'tag'}>
                    {t(`imports.proposals.is.${row.decision.decision}`)}
                  </span>
                )}
              </div>
              <Changes row={row} />
              {row.decision ? (
                <p className="hint">
                  {row.decision.decidedBy.name} · <When at={row.decision.decidedAt} />
                </p>
              ) : (
                <>
                  {!row.acceptable && <p className="hint">{t('imports.proposals.byMove')}</p>}
                  {refused.has(row.rowNumber) && (
                    <p className="error-text" role="alert">
                      {refused.get(row.rowNumber)}
                    </p>
                  )}
                  {mayDecide && (
                    <p className="proposal-actions">
                      {row.acceptable && (
                        <Button
                          size="small"
                          icon={<CheckOutlined aria-hidden />}
                          disabled={decide.isPending}
                          onClick={() => send('accept', [row])}
                        >
                          {t('imports.proposals.accept')}
                        </Button>
                      )}
                      <Button
                        size="small"
                        icon={<CloseOutlined aria-hidden />}
                        disabled={decide.isPending}
                        onClick={() => send('decline', [row])}
                      >
                        {t('imports.proposals.decline')}
                      </Button>
                    </p>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
      <LoadMore {...query} />
    </Panel>
  );
}
