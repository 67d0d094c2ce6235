import {
  ApartmentOutlined, AuditOutlined, CommentOutlined, FileProtectOutlined, FileSearchOutlined, FlagOutlined, HomeOutlined, IdcardOutlined, ImportOutlined, KeyOutlined,
  PlusSquareOutlined, ProjectOutlined, SafetyCertificateOutlined, SolutionOutlined, TeamOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Me } from '@/api/types';

export interface Entry {
  to: string;
  label: 'home' | 'lists' | 'report' | 'claims' | 'desk' | 'disputes' | 'imports' | 'ruleSets' | 'jurisdictions' | 'receipts'
    | 'users' | 'keys' | 'audit' | 'people' | 'permissions';
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
}

/** What the signed-in person can go to, by what the server says they may do. */
export function navigationFor(me: Me): Entry[] {
  const can = (...permissions: string[]) => permissions.some((each) => me.permissions.includes(each));
  const entries: (Entry | false)[] = [
    { to: '/', label: 'home', icon: HomeOutlined },
    can('read-projects') && { to: '/lists', label: 'lists', icon: ProjectOutlined },
    can('report-project', 'register-project') && { to: '/report', label: 'report', icon: PlusSquareOutlined },
    can('read-claims') && { to: '/claims', label: 'claims', icon: FlagOutlined },
    can('read-disputes') && { to: '/disputes', label: 'disputes', icon: CommentOutlined },
    can('decide-move', 'resolve-claim') && { to: '/desk', label: 'desk', icon: AuditOutlined },
    can('import') && { to: '/imports', label: 'imports', icon: ImportOutlined },
    can('verify-receipts') && { to: '/receipts', label: 'receipts', icon: SafetyCertificateOutlined },
    { to: '/rule-sets', label: 'ruleSets', icon: FileProtectOutlined },
    { to: '/jurisdictions', label: 'jurisdictions', icon: ApartmentOutlined },
  ];
  return entries.filter((entry) => entry !== false);
}

/** What concerns the system itself: who may use it, how, and what they did. */
export function systemNavigationFor(me: Me): Entry[] {
  const can = (permission: string) => me.permissions.includes(permission);
  const entries: (Entry | false)[] = [
    can('manage-users') && { to: '/users', label: 'users', icon: TeamOutlined },
    can('manage-keys') && { to: '/api-keys', label: 'keys', icon: KeyOutlined },
    can('read-audit') && { to: '/audit', label: 'audit', icon: FileSearchOutlined },
    can('manage-personal-data') && { to: '/personal-data', label: 'people', icon: IdcardOutlined },
    { to: '/permissions', label: 'permissions', icon: SolutionOutlined },
  ];
  return entries.filter((entry) => entry !== false);
}
