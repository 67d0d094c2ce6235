import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderPage } from '@/test/renderPage';
import { answers, meOf, server } from '@/test/server';
import { switchLanguage } from './i18n';
import { useUnitName, type UnitRef } from './units';

const units = {
  items: [
    {
      id: 'j-1',
      code: 'nanhu',
      name: '南湖区',
      nameEn: 'Nanhu District',
      kind: 'district',
      reports: true,
      provincialZone: false,
      active: true,
      aliases: [],
    },
    {
      id: 'j-2',
      code: 'office',
      name: '驻上海办',
      nameEn: '',
      kind: 'office',
      reports: true,
      provincialZone: false,
      active: true,
      aliases: [],
    },
  ],
};

function Named({ of }: { of: UnitRef }) {
  return <p data-testid="name">{useUnitName()(of)}</p>;
}

async function shown(of: UnitRef, language: 'zh-CN' | 'en') {
  await switchLanguage(language);
  server.use(answers('/jurisdictions', units));
  await renderPage(meOf('officer', []), '/', '/', <Named of={of} />);
}

describe('a unit', () => {
  afterEach(() => switchLanguage('zh-CN'));

  it('is called by its English name on an English page, though answers give the Chinese one', async () => {
    await shown({ id: 'j-1', name: '南湖区' }, 'en');
    expect(await screen.findByText('Nanhu District')).toBeVisible();
  });

  it('is found by its name where an answer gives no id', async () => {
    await shown('南湖区', 'en');
    expect(await screen.findByText('Nanhu District')).toBeVisible();
  });

  it('is found by its id where an answer gives no name', async () => {
    await shown({ id: 'j-1', name: 'j-1' }, 'zh-CN');
    expect(await screen.findByText('南湖区')).toBeVisible();
  });

  it('keeps the name it has where it has no English one, or is not known', async () => {
    await shown({ id: 'j-2', name: '旧名' }, 'en');
    expect(await screen.findByText('驻上海办')).toBeVisible();
  });

  it('keeps the name given where nobody knows it', async () => {
    await shown({ id: 'j-9', name: '某县' }, 'en');
    expect(await screen.findByText('某县')).toBeVisible();
  });
});
