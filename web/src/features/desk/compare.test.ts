import { describe, expect, it } from 'vitest';
import { nearest, stretches } from './compare';

const marked = (mine: string, theirs: string) =>
  stretches(mine, theirs)
    .map((each) => (each.same ? each.text : `[${each.text}]`))
    .join('');

describe('what differs between two texts', () => {
  it('is marked sign by sign', () => {
    expect(marked('固态电池一期项目', '固态电池二期项目')).toBe('固态电池[一]期项目');
    expect(marked('固态电池二期项目', '固态电池一期项目')).toBe('固态电池[二]期项目');
    expect(marked('杭州甲科技有限公司', '杭州甲公司')).toBe('杭州甲[科技有限]公司');
  });

  it('is nothing where only width or case differ', () => {
    expect(marked('ＡＢC项目', 'abc项目')).toBe('ＡＢC项目');
  });

  it('is all where nothing is alike, or the other is empty', () => {
    expect(marked('甲乙', '丙丁')).toBe('[甲乙]');
    expect(marked('甲乙', '')).toBe('[甲乙]');
    expect(marked('', '甲')).toBe('');
  });

  it('counts signs beyond the basic plane as one', () => {
    expect(marked('𠮷林园', '吉林园')).toBe('[𠮷]林园');
  });
});

describe('the investor to compare with', () => {
  it('is the most alike of the other side, if any is', () => {
    expect(nearest('上海远景科技', [{ name: '北京乙公司' }, { name: '上海远景能源科技' }])).toBe('上海远景能源科技');
    expect(nearest('上海远景科技', [{ name: '北京乙公司' }])).toBeUndefined();
    expect(nearest('上海远景科技', [])).toBeUndefined();
  });
});
