import { useTranslation } from 'react-i18next';
import type { Money, Project } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { useYuan } from '@/shared/rates';
import type { GridColumn } from './gridColumns';

/** A foot of the table: the sum of an amount in yuan, of all rows or of those picked; what has no rate is told, not counted as nothing. */
export function SumCell({
  column,
  left,
  className,
  rows,
  of,
}: {
  column: GridColumn;
  left: number | undefined;
  className: string | undefined;
  rows: readonly Project[];
  of: 'all' | 'loaded' | 'chosen';
}) {
  const { t } = useTranslation();
  const sum = useSum();
  const style = left === undefined ? undefined : { left };
  if (column.key === 'name')
    return (
      <th scope="row" className={className} style={style}>
        {t(`grid.sumOf.${of}`, { n: rows.length })}
      </th>
    );
  return (
    <td className={className} style={style}>
      {column.money && sum(rows.map(column.money))}
    </td>
  );
}

/** Amounts added up in yuan, as text. */
export function useSum(): (amounts: readonly (Money | undefined | null)[]) => string {
  const { t } = useTranslation();
  const yuan = useYuan();
  const { format } = useMoneyText();
  return (amounts) => {
    const given = amounts.filter((each) => each !== undefined && each !== null);
    const known = given.map(yuan).filter((each) => each !== undefined);
    // In cents, so that many amounts add up to the cent.
    const cents = known.reduce((sum, each) => sum + Math.round(each * 100), 0);
    const text = format({ amount: cents / 100, currency: 'CNY' }, 2);
    return known.length < given.length ? t('grid.sumWithout', { sum: text, n: given.length - known.length }) : text;
  };
}
