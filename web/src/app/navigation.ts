import {
  ApartmentOutlined,
  AccountBookOutlined,
  AimOutlined,
  AuditOutlined,
  BarChartOutlined,
  BulbOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CheckCircleOutlined,
  CheckSquareOutlined,
  CommentOutlined,
  DatabaseOutlined,
  EnvironmentOutlined,
  PartitionOutlined,
  NotificationOutlined,
  FundOutlined,
  CompassOutlined,
  DashboardOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  FlagOutlined,
  FunctionOutlined,
  GlobalOutlined,
  HomeOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  KeyOutlined,
  LineChartOutlined,
  LockOutlined,
  PlusSquareOutlined,
  ProjectOutlined,
  ReadOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SendOutlined,
  FormOutlined,
  SolutionOutlined,
  StarOutlined,
  SwapOutlined,
  TeamOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Me } from '@/api/types';

export interface Entry {
  to: string;
  label:
    | 'home'
    | 'lists'
    | 'figures'
    | 'report'
    | 'claims'
    | 'disputes'
    | 'transfers'
    | 'signings'
    | 'credit'
    | 'boards'
    | 'scores'
    | 'duties'
    | 'libraries'
    | 'foreignLists'
    | 'land'
    | 'chains'
    | 'events'
    | 'financing'
    | 'officeLeads'
    | 'scoreModels'
    | 'targets'
    | 'indicators'
    | 'periods'
    | 'bulletins'
    | 'problems'
    | 'meetings'
    | 'actions'
    | 'lights'
    | 'removals'
    | 'leaderLinks'
    | 'desk'
    | 'imports'
    | 'ruleSets'
    | 'jurisdictions'
    | 'receipts'
    | 'users'
    | 'keys'
    | 'webhooks'
    | 'audit'
    | 'system'
    | 'people'
    | 'permissions'
    | 'reasons';
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  /** The key that goes there after `g`, where there is one. */
  key?: string;
}

export interface Group {
  name: 'work' | 'resources' | 'records' | 'ground' | 'system';
  entries: Entry[];
}

/** What the signed-in person can go to, by what the server says they may do. */
export function navigationFor(me: Me): Group[] {
  return groupsFor((...permissions) => permissions.some((each) => me.permissions.includes(each)));
}

/** Pages that are in nobody's navigation, or need more than those they are found from. */
const WITHIN: Record<string, string[]> = {
  '/audit/patterns': ['read-patterns'],
  '/leader-links/batches/new': ['draft-leader-batch'],
  '/reason-templates': ['manage-reason-templates'],
  '/rule-sets/new': ['draft-rule-set'],
  '/score-models/new': ['draft-score-model'],
  '/transfers/market': ['read-market'],
  '/unit-keys': ['confirm-keys'],
};

const RECORD = /^[0-9a-f]{32}$/;

/** Whether an address is a page that the person may not open: that is said at once, and nothing is asked in vain. Whether a single record may be read, the server knows. */
export function isBarred(me: Me, pathname: string): boolean {
  if (WITHIN[pathname]) return !WITHIN[pathname].some((each) => me.permissions.includes(each));
  const parts = pathname.split('/');
  if (parts.some((part) => RECORD.test(part))) return false;
  const leadsHere = (groups: Group[]) =>
    groups.some((group) => group.entries.some((entry) => entry.to.split('/')[1] === parts[1]));
  return leadsHere(groupsFor(() => true)) && !leadsHere(navigationFor(me));
}

function groupsFor(can: (...permissions: string[]) => boolean): Group[] {
  const groups: { name: Group['name']; entries: (Entry | false)[] }[] = [
    {
      name: 'work',
      entries: [
        { to: '/', label: 'home', icon: HomeOutlined, key: 'h' },
        can('read-projects') && { to: '/lists', label: 'lists', icon: ProjectOutlined, key: 'l' },
        can('read-reports') && { to: '/figures', label: 'figures', icon: BarChartOutlined, key: 'f' },
        can('report-project', 'register-project') && {
          to: '/report',
          label: 'report',
          icon: PlusSquareOutlined,
          key: 'n',
        },
        can('read-claims') && { to: '/claims', label: 'claims', icon: FlagOutlined, key: 'c' },
        can('read-disputes') && { to: '/disputes', label: 'disputes', icon: CommentOutlined, key: 't' },
        can('read-transfers') && { to: '/transfers', label: 'transfers', icon: SwapOutlined, key: 'x' },
        can('read-signing-notices') && { to: '/signings', label: 'signings', icon: CalendarOutlined, key: 's' },
        can('read-credit') && { to: '/credit', label: 'credit', icon: AccountBookOutlined, key: 'm' },
        can('read-figures') && { to: '/boards', label: 'boards', icon: TrophyOutlined, key: 'z' },
        can('read-bulletins') && { to: '/bulletins', label: 'bulletins', icon: ReadOutlined, key: '4' },
        can('read-scores') && { to: '/scores', label: 'scores', icon: LineChartOutlined, key: '5' },
        can('read-duties') && { to: '/duties', label: 'duties', icon: CheckCircleOutlined, key: '7' },
        can('read-lights') && { to: '/lights', label: 'lights', icon: BulbOutlined, key: 'w' },
        can('read-removals') && { to: '/removals', label: 'removals', icon: InboxOutlined, key: 'v' },
        can('read-leader-links') && { to: '/leader-links', label: 'leaderLinks', icon: StarOutlined, key: 'g' },
        can('read-problems') && { to: '/problems', label: 'problems', icon: QuestionCircleOutlined, key: 'b' },
        can('read-meetings') && { to: '/meetings', label: 'meetings', icon: ScheduleOutlined, key: 'q' },
        can('read-actions') && { to: '/actions', label: 'actions', icon: CheckSquareOutlined, key: 'y' },
        can('decide-move', 'resolve-claim') && { to: '/desk', label: 'desk', icon: AuditOutlined, key: 'd' },
      ],
    },
    {
      name: 'resources',
      entries: [
        can('read-libraries') && {
          to: '/libraries/institutions',
          label: 'libraries',
          icon: DatabaseOutlined,
          key: '8',
        },
        can('read-libraries') && {
          to: '/foreign-lists/new',
          label: 'foreignLists',
          icon: GlobalOutlined,
        },
        can('read-land') && { to: '/land', label: 'land', icon: EnvironmentOutlined, key: '9' },
        can('read-chains') && { to: '/chains', label: 'chains', icon: PartitionOutlined, key: '0' },
        can('read-events') && { to: '/events', label: 'events', icon: NotificationOutlined },
        can('read-needs') && { to: '/financing', label: 'financing', icon: FundOutlined },
        can('read-office-leads') && { to: '/office-leads', label: 'officeLeads', icon: CompassOutlined },
      ],
    },
    {
      name: 'records',
      entries: [
        can('import') && { to: '/imports', label: 'imports', icon: ImportOutlined, key: 'i' },
        can('verify-receipts') && { to: '/receipts', label: 'receipts', icon: SafetyCertificateOutlined, key: 'e' },
      ],
    },
    {
      name: 'ground',
      entries: [
        { to: '/rule-sets', label: 'ruleSets', icon: FileProtectOutlined, key: 'r' },
        can('read-targets') && { to: '/targets', label: 'targets', icon: AimOutlined, key: '1' },
        can('read-indicators') && { to: '/indicators', label: 'indicators', icon: FunctionOutlined, key: '2' },
        can('read-score-models') && { to: '/score-models', label: 'scoreModels', icon: CalculatorOutlined, key: '6' },
        can('read-periods') && { to: '/periods', label: 'periods', icon: LockOutlined, key: '3' },
        can('manage-reason-templates') &&
          !can('decide-move', 'resolve-claim') && { to: '/reason-templates', label: 'reasons', icon: FormOutlined },
        { to: '/jurisdictions', label: 'jurisdictions', icon: ApartmentOutlined, key: 'j' },
        { to: '/permissions', label: 'permissions', icon: SolutionOutlined, key: 'p' },
      ],
    },
    {
      name: 'system',
      entries: [
        can('manage-users') && { to: '/users', label: 'users', icon: TeamOutlined, key: 'u' },
        can('manage-keys') && { to: '/api-keys', label: 'keys', icon: KeyOutlined, key: 'k' },
        can('manage-webhooks') && { to: '/webhooks', label: 'webhooks', icon: SendOutlined },
        can('read-system') && { to: '/system', label: 'system', icon: DashboardOutlined },
        can('read-audit') && { to: '/audit', label: 'audit', icon: FileSearchOutlined, key: 'a' },
        can('manage-personal-data') && { to: '/personal-data', label: 'people', icon: IdcardOutlined, key: 'o' },
      ],
    },
  ];
  return groups
    .map((group) => ({ name: group.name, entries: group.entries.filter((entry) => entry !== false) }))
    .filter((group) => group.entries.length > 0);
}
