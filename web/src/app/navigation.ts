import {
  FlagOutlined, HomeOutlined, PlusSquareOutlined, ProjectOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Me } from '@/api/types';

export interface Entry {
  to: string;
  label: 'home' | 'lists' | 'report' | 'claims' | 'desk' | 'imports' | 'ruleSets' | 'jurisdictions' | 'receipts';
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
}

/** What the signed-in person can go to, by what the server says they may do. */
export function navigationFor(me: Me): Entry[] {
  const can = (...permissions: string[]) => permissions.some((each) => me.permissions.includes(each));
  const entries: (Entry | false)[] = [
    { to: '/', label: 'home', icon: HomeOutlined },
    me.role !== 'admin' && { to: '/lists', label: 'lists', icon: ProjectOutlined },
    can('report-project', 'register-project') && { to: '/report', label: 'report', icon: PlusSquareOutlined },
    can('read-claims') && { to: '/claims', label: 'claims', icon: FlagOutlined },
  ];
  return entries.filter((entry) => entry !== false);
}
