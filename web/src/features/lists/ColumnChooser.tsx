import { ArrowDownOutlined, ArrowUpOutlined, PushpinFilled, PushpinOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { COLUMNS, pin, sameLayout, shift, STANDARD, toggle, type Layout } from './columns';
import { useColumnTitle } from './gridColumns';

/** Which columns are shown, in which order, and which stay when one scrolls sideways. */
export function ColumnChooser({
  layout,
  onChange,
}: {
  layout: Layout;
  onChange: (step: (layout: Layout) => Layout) => void;
}) {
  const { t } = useTranslation();
  const title = useColumnTitle();
  const hidden = COLUMNS.filter((key) => !layout.some((each) => each.key === key));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className="columns" role="group" aria-label={t('grid.columnsTitle')}>
          <p className="hint">{t('grid.columnsHint')}</p>
          <ul>
            {layout.map(({ key, pinned }, i) => (
              <li key={key}>
                <Checkbox checked disabled={key === 'name'} onChange={() => onChange((now) => toggle(now, key))}>
                  {title(key)}
                </Checkbox>
                <span className="columns-acts">
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowUpOutlined aria-hidden />}
                    aria-label={t('grid.earlier', { column: title(key) })}
                    disabled={layout[i - 1]?.pinned !== pinned}
                    onClick={() => onChange((now) => shift(now, key, -1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowDownOutlined aria-hidden />}
                    aria-label={t('grid.later', { column: title(key) })}
                    disabled={layout[i + 1]?.pinned !== pinned}
                    onClick={() => onChange((now) => shift(now, key, 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={pinned ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
                    aria-pressed={pinned}
                    aria-label={t(pinned ? 'grid.unpin' : 'grid.pin', { column: title(key) })}
                    onClick={() => onChange((now) => pin(now, key))}
                  />
                </span>
              </li>
            ))}
          </ul>
          {hidden.length > 0 && <h2>{t('grid.hiddenColumns')}</h2>}
          <ul className="columns-hidden">
            {hidden.map((key) => (
              <li key={key}>
                <Checkbox checked={false} onChange={() => onChange((now) => toggle(now, key))}>
                  {title(key)}
                </Checkbox>
              </li>
            ))}
          </ul>
          <Button size="small" disabled={sameLayout(layout, STANDARD)} onClick={() => onChange(() => STANDARD)}>
            {t('grid.standard')}
          </Button>
        </div>
      }
    >
      <Button icon={<SettingOutlined aria-hidden />}>{t('grid.columns')}</Button>
    </Popover>
  );
}
